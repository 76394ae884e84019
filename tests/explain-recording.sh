#!/bin/bash
# explain-recording: build/tools/explain takes a recording of wakeups for that of a
# cell only if it gives its histogram, and says in one line why it does not.

# shellcheck source=tests/fixtures/check.bash
. "$(dirname "$0")/fixtures/check.bash"
make -s -C "$top/tools/holds" || exit 1

# Three wakeups, 201 us apart: 3000, 3010 and 9000 ns, in a histogram at 4096. The
# slowest stays 6000 ns in f with interrupts off.
jq -n '{variant: "raw", load: "steal", seed: 2, cyclictest: {min_ns: 3000, max_ns: 9000,
	cycles: 3, histogram: {"3000": 1, "3010": 1, "9000": 1}}}' >"$work/cell"
jq -n '{interval_ns: 201000, wrong_counts: 0,
	wakeups: [[1003000, 28096, 0, 0], [1204010, 28176, 0, 0], [1411000, 76096, 0, 0]],
	paths: [[0, "user space"], [0, "entry"], [2, "f"]],
	fastest: {wakeup: 0, records: [[900000, 1, 5, 0]]},
	slowest: {wakeup: 2, records: [[1400000, 1, 5, 0], [1403000, 3, 5, 1], [1409000, 1, 5, 0]]}}' \
	>"$work/recording"

# explain [CELL [RECORDING]]: with these changed by jq.
# shellcheck disable=SC2317  # called by fails_with and refused
explain() {
	jq "${1:-.}" "$work/cell" >"$work/cell.json"
	jq "${2:-.}" "$work/recording" >"$work/recording.json"
	"$top/build/tools/explain" --cell "$work/cell.json" --recording "$work/recording.json" \
		--text "$work/text"
}

fails_with 0 "a recording is explained" explain
verdict "the line names the chain" \
	test "$(cat "$work/out")" = "raw/steal.s2: 9000 ns, 6000 more than the fastest; of these 6000 in f <- entry"
verdict "the text has the section" grep -qE '^\[  1000\.\.  7000\] irqs off +6000 ns: f <- entry$' "$work/text"
verdict "and the call" grep -qE '^    1000     6000  irqs off +f$' "$work/text"

refused "a wakeup more in the cell is seen" "are not those of the cell's histogram" \
	explain '.cyclictest.cycles = 4 | .cyclictest.histogram["3001"] = 1'
refused "a latency that is another one is seen" "are not those of the cell's histogram" \
	explain '.cyclictest.histogram |= (del(.["3010"]) | .["3011"] = 1)'
refused "a clock that is off is seen" "is not the guest's clock" \
	explain . '.wakeups[1][0] += 200'
refused "states that are wrong are not used" "lost track of the preemption count" \
	explain . '.wrong_counts = 1'
refused "another window than the slowest wakeup's is seen" "another wakeup than the slowest" \
	explain . '.slowest.wakeup = 1'
refused "a window that begins too late is seen" "begins too late" \
	explain . '.slowest.records |= .[1:]'
refused "a damaged recording is named" "is no recording of wakeups" \
	explain . 'del(.paths)'
refused "so is what is no cell" "is no cell with wakeups" explain '{}'

# Behind the last bucket cyclictest counts nothing, the cell has it at the maximum.
beyond='.wakeups[2] = [2011000, 0, 0, 0]'
late='.cyclictest.max_ns = 609000 | .cyclictest.histogram |= (del(.["9000"]) | .["609000"] = 1)'
begin='.slowest.records[0][0] = 1000000'
fails_with 0 "a wakeup behind the last bucket is explained" explain "$late" "$beyond | $begin"
verdict "with the maximum of the cell" grep -q "wakeup 3 of 3 took 609000 ns" "$work/text"
refused "but not if the processor halted before it" "the processor halted" \
	explain "$late" "$beyond | $begin | .wakeups[2][2] = 1"
refused "nor if its time is another" "is not the maximum of the cell" \
	explain "$late" "$beyond | $begin | .wakeups[2][0] += 200"
refused "a missing argument is named" "needs --cell" "$top/build/tools/explain" --cell x
finish
