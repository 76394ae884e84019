#!/bin/bash
# bench-perf: a file has a value a seed of each benchmark, variants are measured in turns,
# what was measured is kept, and what is missing is not made up.

# shellcheck source=tests/fixtures/vm.bash
. "$(dirname "$0")/fixtures/vm.bash"
use_fake_qemu
make_modules page_probe
out=$work/perf
# shellcheck disable=SC2054  # bench/perf takes commas
run=("$top/bench/run" --perf --kernels "$kernels" --modules "$work/modules" --initrd "$initrd"
	--out "$out" --variants none,raw --blocks 3000 --seeds 2 --jobs 1)

fails_with 0 "a whole run succeeds" "${run[@]}"
verdict "the guests are told what to do, in turns" test \
	"$(grep -oE 'bench.load=perf bench.seed=[0-9] bench.rounds=1 bench.blocks=3000' "$FAKE_QEMU_LOG" |
		grep -oE 'seed=[0-9]' | tr '\n' ' ')" = 'seed=1 seed=1 seed=2 seed=2 '
file=$out/icount/raw.json
verdict "a file has a value a seed" jq -e '.seeds == [1, 2] and (.benchmarks | length) == 4 and
	.benchmarks[1] == {name: "many, order 1, 2 CPUs", unit: "a block", values: [2000, 2000]} and
	.benchmarks[2] == {name: "faults, 2 processes", unit: "a page fault", values: [1000, 1000]} and
	.benchmarks[3] == {name: "pipe", unit: "a run", values: [5000, 5000]}' "$file"
verdict "and what was counted, or not" jq -e '.events[0] ==
	{name: "faults", processes: 2, "page-faults": 8, cycles: null}' "$file"
verdict "and what it was measured with" jq -e '.variant == "raw" and .blocks == 3000 and
	.accel == "icount" and (.command | test("-smp 1 ")) and (["seed", "pages", "contention"] - keys | length) == 3' "$file"
verdict "the table has the means" grep -qE '^many, order 1, 2 CPUs, a block +2000 +2000$' "$work/out"

: >"$FAKE_QEMU_LOG"
fails_with 0 "a second run succeeds" "${run[@]}"
verdict "and measures nothing" test ! -s "$FAKE_QEMU_LOG"
echo "another module of raw" >"$work/modules/raw/page_probe.ko"
fails_with 0 "a run with another module succeeds" "${run[@]}"
verdict "and measures what that is for" test "$(wc -l <"$FAKE_QEMU_LOG")" -eq 2

for v in none raw; do
	cp -r "$kernels/$v" "$kernels/$v-trace"
	jq '.config_sha256 = "trace"' "$kernels/$v/kernel.json" >"$kernels/$v-trace/kernel.json"
	built "$kernels/$v-trace"
done
fails_with 0 "two CPUs are measured" "${run[@]}" --accel smp
verdict "and have files of their own" jq -e '.accel == "smp" and (.command | test("-smp 2 "))' "$out/smp/none.json"
verdict "who waits is of kernels that can say so, not the benchmarks" jq -e '.blocks == 3000 and
	.contention == [{function: "rmqueue", waits: 6, ns: 1800, max_ns: 500}] and
	.contention_kernel.config_sha256 == "trace" and .kernel.config_sha256 != "trace"' "$out/smp/none.json"
verdict "nothing else is left" test "$(find "$out" -type f | wc -l)" -eq 16
: >"$FAKE_QEMU_LOG"
fails_with 0 "a second run of two CPUs succeeds" "${run[@]}" --accel smp
verdict "and measures nothing there" test ! -s "$FAKE_QEMU_LOG"

# Of another kernel.
jq '.series_sha256 = "another"' "$kernels/none-trace/kernel.json" >"$kernels/none/kernel.json"
built "$kernels/none"
FAKE_QEMU=few fails_with 1 "guests that fail" "${run[@]}" --variants none
verdict "leave no file of those that were there" test ! -e "$out/icount/none.json"
verdict "the other variant is left alone" test -e "$file"

rm -r "$out"
FAKE_QEMU=few fails_with 1 "missing blocks fail a guest" "${run[@]}"
verdict "that is said" grep -q 'benchmarks are missing' "$work/err"
verdict "and leave no file" test ! -e "$file"
verdict "the failed ones are named" grep -q 'failed: none/1 raw/1 none/2 raw/2' "$work/err"

refused "an unknown variant is named" "unknown variant 'x'" "$top/bench/perf" --variants x
refused "an unknown accelerator is named" "unknown --accel 'kvm'" "$top/bench/perf" --accel kvm
refused "this machine has its own kernel" "so no --kernels" "$top/bench/perf" --accel local --kernels "$kernels"
refused "no blocks are refused" "--blocks '0'" "$top/bench/perf" --blocks 0
refused "an unknown argument is named" "unknown argument '--x'" "$top/bench/run" --perf --x
finish
