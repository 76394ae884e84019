#!/bin/bash
# bench-trace: a trace file holds what the two tracers said, is kept as long as its
# input is the same, and what a tracer did not say is not made up.

# shellcheck source=tests/fixtures/vm.bash
. "$(dirname "$0")/fixtures/vm.bash"
use_fake_qemu
for v in none raw; do
	edited=$(jq '.trace = true' "$kernels/$v/kernel.json")
	mv "$kernels/$v" "$kernels/$v-trace"
	echo "$edited" >"$kernels/$v-trace/kernel.json"
	built "$kernels/$v-trace"
done
out=$work/trace
# shellcheck disable=SC2054  # bench/trace takes commas
run=("$top/bench/trace" --kernels "$kernels" --initrd "$initrd" --out "$out"
	--variants none,raw --loads idle,anon --samples 50 --jobs 1)

fails_with 0 "a whole run succeeds" "${run[@]}"
verdict "two guests a file" test "$(wc -l <"$FAKE_QEMU_LOG")" -eq 8
verdict "one of them for each tracer" test "$(grep -c 'bench.tracer=timerlat' "$FAKE_QEMU_LOG")" -eq 4
file=$out/raw/anon.json
verdict "the section is where the tracer says" jq -e '.section ==
	{max_ns: 8869, start: "irqentry_enter", end: "irqentry_exit", task: "cyclictest",
	 stack: ["asm_sysvec_apic_timer_interrupt"]}' "$file"
verdict "the analysis is rtla's" jq -e '.timerlat ==
	{latency_ns: 12450, of: "thread", thread: "kworker/0:1",
	 stack: ["clear_page_erms", "get_page_from_freelist"],
	 parts: [{what: "IRQ handler delay", ns: 2130}, {what: "Timerlat IRQ duration", ns: 2900},
		{what: "blocking thread", ns: 6120}, {what: "IRQ interference", ns: 1000}]}' "$file"
verdict "cyclictest's figures are there" jq -e '.cyclictest == {avg_ns: 4000, max_ns: 5000}' "$file"
verdict "and what it was traced with" jq -e '.kernel.trace and .samples == 50 and .seed == 1 and
	.interval_us == 201 and .load == "anon" and .variant == "raw" and
	(.command | test("bench.tracer=preemptirqsoff"))' "$file"
verdict "the table names the section" grep -q 'raw/anon: section 8869 ns from irqentry_enter to irqentry_exit' "$work/out"
verdict "and what is blamed" grep -q 'timerlat 12450 ns: blocking thread 6120 ns of kworker/0:1' "$work/out"
verdict "nothing else is left" test "$(find "$out" -type f | wc -l)" -eq 4

: >"$FAKE_QEMU_LOG"
fails_with 0 "a second run succeeds" "${run[@]}"
verdict "and traces nothing" test ! -s "$FAKE_QEMU_LOG"
fails_with 0 "a run with another seed succeeds" "${run[@]}" --seed 2
verdict "and traces all again" test "$(wc -l <"$FAKE_QEMU_LOG")" -eq 8

rm -r "$out"
FAKE_QEMU=silent:anon fails_with 1 "a tracer that says nothing fails its file" "${run[@]}"
verdict "that is said" grep -q 'raw/anon: the tracer kept no section' "$work/err"
verdict "and leaves none" test ! -e "$file" -a -s "$out/raw/idle.json"
FAKE_QEMU=bad:anon fails_with 1 "a bad console fails its file" "${run[@]}"
verdict "the console is kept" grep -q WARNING "$file.console"
verdict "the failed ones are named" grep -q 'failed: none/anon raw/anon' "$work/err"

refused "an unknown variant is named" "unknown variant 'x'" "$top/bench/trace" --variants x
refused "an unknown load is named" "unknown load 'x'" "$top/bench/trace" --loads x
refused "what timerlat cannot do is said" "below 100 us" "$top/bench/trace" --interval 50
refused "a missing kernel is named" "run 'make kernel VARIANT=trylock CONFIG=trace'" \
	"$top/bench/trace" --kernels "$kernels" --initrd "$initrd" --out "$out" --variants trylock
finish
