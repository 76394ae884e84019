#!/bin/bash
# probe-lockdep: a kernel that looks for mistakes complains about alloc_pages() in raw
# context under none, which has no way there, with the reports that are known from 2020;
# about what raw, no-locks and trylock have for it, in every context, it does not.

# shellcheck source=tests/fixtures/vm.bash
. "$(dirname "$0")/fixtures/vm.bash"
me=$name
# shellcheck source=tools/kernel/lib.sh
. "$top/tools/kernel/lib.sh"
kernel=${KERNEL:-$build/kernel/none-debug}
if [ -z "${KERNEL-}" ]; then
	for v in none raw no-locks trylock; do
		fails_with 0 "the kernel $v-debug is built" "$top/tools/kernel/build" --config debug "$v"
	done
fi
real_guest
linux=${LINUX:-$build/linux}

# Blocks of all orders: those above PAGE_ALLOC_COSTLY_ORDER are not in the pcp lists, so
# zone->lock is taken. In task context this is what everybody does.
mkdir "$work/loads"
contexts="task raw_lock irqs_off hardirq"
for context in $contexts; do
	cat >"$work/loads/in_$context" <<LOAD
load_setup() {
	insert-probe rounds=1 forbidden=1 &&
		echo $context GFP_ATOMIC >/sys/kernel/debug/page_probe/run
}
load_round() { usleep 1000; }
LOAD
done
# Alone, a call finds the locks free, and does not come to sleep.
cat >"$work/loads/in_turns" <<'LOAD'
load_setup() {
	insert-probe pressure=contended rounds=50 orders=1 forbidden=1 &&
		echo raw_lock GFP_ATOMIC >/sys/kernel/debug/page_probe/run
}
load_round() { usleep 1000; }
LOAD
"$top/bench/probe/build" --linux "$linux" "$kernel" "$work/page_probe.ko" &&
	"$top/bench/probe/mkinitramfs" --linux "$linux" --initrd "$initrd" --loads "$work/loads" \
		--module "$work/page_probe.ko" --out "$work/cpio" || { not_ok "the module builds"; finish; }

# said CONTEXT TEXT: the kernel has a report of this kind that names the module.
# shellcheck disable=SC2317  # called by verdict
said() { tr -d '\r' <"$work/$1" | grep -aA 60 -- "$2" | grep -qa '\[page_probe\]'; }
# shellcheck disable=SC2317  # called by verdict
reports_nothing() { "$top/tools/vm/judge" "$work/$1"; }
# in_guest CONTEXT [ARGUMENT...]: its load in a guest, whose console is $work/CONTEXT. How it
# ends is not the question: after a report anything may happen.
in_guest() {
	local context=$1
	shift
	"$top/tools/vm/qemu-run" --kernel "$kernel" --initrd "$work/cpio" --console "$work/$context" \
		--result "$work/result" --timeout 1800 "$@" \
		--append "loglevel=7 kunit.enable=0 bench.load=in_$context $boot" 2>"$work/error"
}
configuration debug none
for context in $contexts; do
	in_guest "$context"
	if [ "$context" = task ]; then
		verdict "none: nothing is said about task context" reports_nothing task
		continue
	fi
	verdict "none: $context is a context in which nothing may sleep" said "$context" \
		'BUG: sleeping function called from invalid context'
	# With just interrupts off, lockdep knows of nothing that is held.
	[ "$context" = irqs_off ] ||
		verdict "none: and lockdep finds its locks invalid there" said "$context" 'BUG: Invalid wait context'
done

in_guest turns --cpus 2 --accel turns
verdict "none: who has to wait for a lock there sleeps" said turns 'BUG: scheduling while atomic'

fails_with 0 "raw, no-locks and trylock say nothing about their own ways" \
	"$top/bench/correct" --variants raw,no-locks,trylock --configs debug --tests contexts --seconds 10 \
	--kernels "$(dirname "$kernel")" --initrd "$initrd" --linux "$linux" --out "$work/correct"
verdict "in all of them" test "$(cat "$work"/correct/*/debug.contexts.json | jq -r .result | grep -c passed)" -eq 3
finish
