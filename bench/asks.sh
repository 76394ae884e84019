# shellcheck shell=bash
# asks.sh: what a test, or a load, asks of who runs it. To be sourced, with bench's
# directory in $here.

# asks_of DIR FILE NAME: the value that bench/DIR/FILE gives to a variable, or nothing.
asks_of() (
	unset "$3"
	# shellcheck source=/dev/null
	. "${here:?}/$1/$2"
	echo "${!3-}"
)

# asks TEST NAME: the same of a test of bench/tests; what is behind a colon in its name is
# the load that it is beside.
#   test_cpus, test_mem   how many CPUs, how many MiB of memory it needs
#   test_accel            turns or smp, if nothing else is asked for; otherwise turns
#   test_seconds          how long its rounds run, if nothing else is asked for; otherwise 60
#   test_kunit            it is the KUnit suite, which runs by itself
#   test_oom              processes of this name may be killed for want of memory
#   test_ontime           a wakeup of the real-time task has to come before the next is due
#   test_once             it is one round, with no real-time task beside it
#   test_alone            its setup is all, with no rounds and no real-time task
#   test_disk             MiB of a disk; a guest that hibernates to it is booted again
#   test_adds             what it has in the guest beyond what all have: bench/adds/NAME
#   test_lists            it has parts, each of which has to have a result: those that
#                         bench/NAME lists, a line each
#   test_append           kernel parameters
#   test_counts           numbers that it says which have to be above 0
#   test_counts_raw       the same, in the variants with raw locks
#   test_counts_CONFIG    the same, in a configuration
#   load_parts            loads that run at the same time, each of which has to come round
asks() { asks_of tests "${1%%:*}" "$2"; }
