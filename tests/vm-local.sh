#!/bin/bash
# vm-local: a kernel that runs is recognised, what makes its figures worth less is said;
# a measurement on the machine itself leaves it as it was, also when it is stopped.

# shellcheck source=tests/fixtures/vm.bash
. "$(dirname "$0")/fixtures/vm.bash"

# A made-up machine with a kernel of this project.
root=$work/machine
cpus=$root/sys/devices/system/cpu
mkdir -p "$root"/{boot,proc/sys/{kernel,vm},sys/{kernel,devices/system/clocksource/clocksource0}} \
	"$cpus"/cpu{0,1,2,3}
echo 7.2.11-mine-raw >"$root/proc/sys/kernel/osrelease"
echo 0 >"$root/proc/sys/vm/nr_hugepages"
echo "0.03 0.02 0.00 1/99 123" >"$root/proc/loadavg"
echo "MemTotal:       8388608 kB" >"$root/proc/meminfo"
echo "root=/dev/sda1 isolcpus=2-3" >"$root/proc/cmdline"
printf 'processor\t: 0\nmodel name\t: Some CPU\nprocessor\t: 1\nmodel name\t: Some CPU\n' >"$root/proc/cpuinfo"
echo 0-3 >"$cpus/online"
echo 2-3 >"$cpus/isolated"
echo 1 >"$root/sys/kernel/realtime"
echo tsc >"$root/sys/devices/system/clocksource/clocksource0/current_clocksource"
sha=$(printf 'ab%.0s' {1..32})
# config SYMBOL=VALUE...: the configuration of its kernel.
config() {
	{
		printf 'CONFIG_%s\n' "$@"
		cat <<-CONFIG
			CONFIG_CC_VERSION_TEXT="gcc (Debian 14.2.0) 14.2.0"
			CONFIG_BUILD_SALT="base_sha256=$sha series_sha256=$sha"
		CONFIG
	} >"$root/boot/config-7.2.11-mine-raw"
}
# shellcheck disable=SC2317,SC2120  # called by refused and fails_with, with arguments
check() { "$top/tools/vm/local-check" --root "$root" "$@"; }
# variant_is NAME
variant_is() {
	check >"$work/out" 2>/dev/null
	verdict "$1 is recognised" test "$(jq -r .kernel.variant "$work/out")" = "$1"
}

config PAGE_ALLOC_ATOMIC_NONE=y
variant_is none
config PAGE_ALLOC_ATOMIC_RAW=y PAGE_ALLOC_RAW_BATCH=0
variant_is raw-unbounded
config PAGE_ALLOC_ATOMIC_NO_LOCKS=y
variant_is no-locks
config PAGE_ALLOC_ATOMIC_TRYLOCK=y
variant_is trylock
config PAGE_ALLOC_ATOMIC_RAW=y PAGE_ALLOC_RAW_BATCH=8
variant_is raw
fails_with 0 "a fit machine" check
verdict "has no warning" test ! -s "$work/err"
# shellcheck disable=SC2016  # variables of jq
verdict "and is described" jq -e --arg sha "$sha" '.machine.cpu == 2 and .machine.warnings == [] and
	.machine.memory_mib == 8192 and .machine.cpu_model == "Some CPU" and .kernel.base == "7.2.11" and
	.kernel.base_sha256 == $sha and .kernel.series_sha256 == $sha and .kernel.debug == false and
	(.kernel.config_sha256 | length) == 64 and .kernel.compiler == "gcc (Debian 14.2.0) 14.2.0"' "$work/out"
gzip -c "$root/boot/config-7.2.11-mine-raw" >"$root/proc/config.gz"
rm "$root/boot/config-7.2.11-mine-raw"
fails_with 0 "the kernel's own copy of the configuration will do" check
cp "$work/out" "$work/before"
rm "$root/proc/config.gz"
refused "without either" "neither /proc/config.gz nor /boot/config-7.2.11-mine-raw" check

# warned WHAT PATTERN [ARGUMENT...]: it is measured, the warning is said and recorded.
warned() {
	local what=$1 pattern=$2
	shift 2
	fails_with 0 "$what is no error" check "$@"
	verdict "$what is said" grep -q "$pattern" "$work/err"
	# shellcheck disable=SC2016  # variables of jq
	verdict "$what is recorded" jq -e --arg p "$pattern" '.machine.warnings | any(test($p))' "$work/out"
}
config PAGE_ALLOC_ATOMIC_RAW=y PROVE_LOCKING=y
warned "a kernel that checks itself" "checks itself"
config PAGE_ALLOC_ATOMIC_RAW=y
warned "a CPU that is not isolated" "CPU 1 is not isolated" --cpu 1
rm "$root/sys/kernel/realtime"
warned "no PREEMPT_RT" "has no PREEMPT_RT"
echo 1 >"$root/sys/kernel/realtime"
echo "3.70 0.02 0.00 1/99 123" >"$root/proc/loadavg"
warned "a busy machine" "is busy: its load is 3.70"
echo >"$cpus/isolated"
fails_with 0 "without an isolated CPU" check
verdict "the last one is taken" test "$(jq .machine.cpu "$work/out")" = 3
refused "a CPU that is not there" "there is no CPU 4" check --cpu 4
echo 0,2-3 >"$cpus/online"
refused "one that is offline" "CPU 1 is offline" check --cpu 1
config PREEMPT_RT=y
refused "a kernel without the choice" "has none of the choices" check
config PAGE_ALLOC_ATOMIC_RAW=y
sed -i '/BUILD_SALT/d' "$root/boot/config-7.2.11-mine-raw"
refused "one of unknown source" "does not say which source" check
config PAGE_ALLOC_ATOMIC_RAW=y
echo 16 >"$root/proc/sys/vm/nr_hugepages"
echo 0.00 >"$root/proc/loadavg"
fails_with 1 "huge pages that a load would give back" check
verdict "are named" grep -q "keeps huge pages" "$work/err"

if [ "$(id -u)" -ne 0 ]; then
	left_out "nothing is measured on this machine: that needs root"
	finish
fi
# This machine, with a check that takes any kernel.
real_guest
mkdir "$work/top"
cp -r "$top/bench" "$top/tools" "$work/top/"
cp "$work/before" "$work/checked"
cpu=$(sed -E 's/.*[-,]//' /sys/devices/system/cpu/online)
cat >"$work/top/tools/vm/local-check" <<CHECK
#!/bin/sh
jq '.machine.cpu = $cpu | .machine.cpus = "$(cat /sys/devices/system/cpu/online)"' "$work/checked"
CHECK
settings="/proc/sys/kernel/sched_rt_runtime_us /sys/kernel/mm/transparent_hugepage/enabled /proc/sys/vm/nr_hugepages"
# settings_are: as they were in the beginning.
# shellcheck disable=SC2086  # a list
set_before=$(cat $settings 2>/dev/null)
# shellcheck disable=SC2317,SC2086  # called by verdict; a list
settings_are() { [ "$(cat $settings 2>/dev/null)" = "$set_before" ]; }
bench=("$work/top/bench/run" --accel local --initrd "$initrd" --out "$work/cells" --seeds 1)

fails_with 0 "cells are measured here" "${bench[@]}" --loads idle,pagecache --samples 3000 --interval 1000
cell=$work/cells/raw/pagecache.s1.json
verdict "they are cells like others" "$top/build/tools/summarize" --table "$work/cells"
# shellcheck disable=SC2016  # variables of jq
verdict "with the machine in them" jq -e --argjson cpu "$cpu" '.accel == "local" and .qemu == "none" and
	.machine.cpu == $cpu and (.machine.changed | index("/proc/sys/vm/nr_hugepages")) and
	.rounds > 0 and .cyclictest.cycles == 3000' "$cell"
verdict "the settings are back" settings_are
refused "a load that does harm" "the load 'hotplug' runs in a guest alone" "${bench[@]}" --loads hotplug
refused "another variant than the one that runs" "the kernel that runs is the variant raw" "${bench[@]}" --variants none
refused "kernels to boot" "so no --kernels" "${bench[@]}" --kernels "$work"
refused "a CPU in a guest" "--cpu is for --accel local" "$top/bench/run" --cpu 1

# A load of its own in a second archive, which says what it was given and may use.
mkdir -p "$work/more/loads"
cat >"$work/more/loads/cpus" <<'LOAD'
load_setup() { echo "{\"words\": \"$(cat /proc/cmdline)\", \"cpus\": $(nproc)}" >&4; }
load_round() { :; }
LOAD
(cd "$work/more" && find . | cpio -o -H newc --quiet) | cat "$initrd" - >"$work/two.cpio"
# cpus_seen [OPTION]: what it says.
cpus_seen() {
	"$work/top/tools/vm/local-run" --initrd "$work/two.cpio" --console "$work/console" \
		--result "$work/result" --append "bench.load=cpus bench.rounds=1" "$@" 2>"$work/err" &&
		jq -r 'select(.cpus) | "\(.cpus) \(.words)"' "$work/result"
}
verdict "a load runs on the CPU that is measured" test "$(cpus_seen)" = "1 bench.load=cpus bench.rounds=1"
verdict "or on all" test "$(cpus_seen --all-cpus)" = "$(nproc) bench.load=cpus bench.rounds=1"
verdict "all of that is of this machine" jq -se 'length == 2 and all(.machine.cpu != null)' "$work/result"

# measuring: the cell of stopped is being measured.
# shellcheck disable=SC2317  # called by wait_for and fails_with
measuring() { pgrep -f '[c]yclictest .*-l 100000' >/dev/null; }
# stopped SIGNAL STATUS: in the middle of a cell.
stopped() {
	local pid status
	rm -rf "$work/cells"
	# In a job of its own, so that INT is not ignored.
	(
		set -m
		"${bench[@]}" --loads compaction --samples 100000 --interval 1000 >"$work/out" 2>"$work/err" &
		echo $! >"$work/pid"
		wait $!
		echo $? >"$work/status"
	) 2>/dev/null &
	wait_for 60 measuring || not_ok "$1: the measurement begins"
	verdict "$1: a setting is changed meanwhile" test "$(cat /proc/sys/kernel/sched_rt_runtime_us)" = -1
	kill -s "$1" "$(cat "$work/pid")"
	wait
	verdict "$1: the status says so" test "$(cat "$work/status")" -eq "$2"
	wait_for 20 settings_are
	verdict "$1: the settings are back" settings_are
	fails_with 1 "$1: nothing of it runs" measuring
	verdict "$1: there is no cell" test -z "$(find "$work/cells" -name '*.json')"
}
stopped TERM 143
stopped INT 130
finish
