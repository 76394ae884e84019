#!/bin/bash
# bench-alloc: a file holds what the module said, with what it was measured from, is
# kept as long as that is the same, and what is missing is not made up.

# shellcheck source=tests/fixtures/vm.bash
. "$(dirname "$0")/fixtures/vm.bash"
use_fake_qemu
make_modules page_probe
out=$work/alloc
# shellcheck disable=SC2054  # bench/alloc takes commas
run=("$top/bench/alloc" --kernels "$kernels" --modules "$work/modules" --initrd "$initrd"
	--out "$out" --variants none,raw --pressures min,contended --attempts 30 --jobs 1)

fails_with 0 "a whole run succeeds" "${run[@]}"
verdict "one guest a file" test "$(wc -l <"$FAKE_QEMU_LOG")" -eq 4
verdict "the guest is told what to do" grep -q \
	'bench.load=alloc .*bench.rounds=1 bench.pressure=min bench.attempts=30' "$FAKE_QEMU_LOG"
file=$out/raw/min.json
verdict "the file has what the module said" jq -e '
	.alloc == [{context: "hardirq", way: "alloc_pages_nolock", order: 0, attempts: 30,
		successes: 29, missed: 0, zone_held: 1, pcp_held: 0, fail_max_ns: 50,
		min_ns: 900, max_ns: 1000, histogram: {"1000": 29}}] and .clock_ns == 20 and
	.vmstat == {pgfree: 7} and (has("times_ns") or has("load") | not)' "$file"
verdict "and what it was measured with" jq -e '.variant == "raw" and .pressure == "min" and
	.attempts == 30 and .seed == 1 and .accel == "icount" and .kernel.variant == "raw" and
	(.command | test("-smp 1 ")) and (.cmdline | test("bench.attempts=30"))' "$file"
verdict "who contends has a processor" jq -e '.accel == "smp" and
	(.command | test("-smp 2 "))' "$out/raw/contended.json"
verdict "a module is part of what is measured" test "$(jq -r .initramfs_sha256 "$file")" != \
	"$(jq -r .initramfs_sha256 "$out/none/min.json")"
verdict "the table has the successes" grep -q '^  hardirq   alloc_pages_nolock    29$' "$work/out"
verdict "nothing else is left" test "$(find "$out" -type f | wc -l)" -eq 4

: >"$FAKE_QEMU_LOG"
fails_with 0 "a second run succeeds" "${run[@]}"
verdict "and measures nothing" test ! -s "$FAKE_QEMU_LOG"
echo "another module of raw" >"$work/modules/raw/page_probe.ko"
fails_with 0 "a run with another module succeeds" "${run[@]}"
verdict "and measures what that is for" test "$(wc -l <"$FAKE_QEMU_LOG")" -eq 2
: >"$FAKE_QEMU_LOG"
fails_with 0 "a run with other attempts succeeds" "${run[@]}" --attempts 40
verdict "and measures all again" test "$(wc -l <"$FAKE_QEMU_LOG")" -eq 4

rm -r "$out"
FAKE_QEMU=few fails_with 1 "missing attempts fail a file" "${run[@]}"
verdict "that is said" grep -q 'attempts are missing' "$work/err"
verdict "and leave none" test ! -e "$file"
FAKE_QEMU=bad fails_with 1 "a bad console fails a file" "${run[@]}"
verdict "the console is kept" grep -q WARNING "$file.console"
verdict "the failed ones are named" grep -q 'failed: none/min raw/min none/contended' "$work/err"

refused "an unknown variant is named" "unknown variant 'x'" "$top/bench/alloc" --variants x
refused "an unknown pressure is named" "unknown pressure 'x'" "$top/bench/alloc" --pressures x
refused "no attempts are refused" "--attempts '0'" "$top/bench/alloc" --attempts 0
refused "an unknown argument is named" "unknown argument '--x'" "$top/bench/alloc" --x
refused "a missing kernel is named" "run 'make kernel VARIANT=trylock'" \
	"$top/bench/alloc" --kernels "$kernels" --initrd "$initrd" --out "$out" --variants trylock
finish
