#!/bin/bash
# explain-guest: in a real guest, the wakeup that bench/run --explain explains is the
# maximum of its cell, to the ns, and what is said of it covers all of its time.

# shellcheck source=tests/fixtures/vm.bash
. "$(dirname "$0")/fixtures/vm.bash"
real_guest
linux=${LINUX:-$top/build/linux}

# shellcheck disable=SC2054  # bench/run takes commas
run=("$top/bench/run" --kernels "$(dirname "$kernel")" --initrd "$initrd" --linux "$linux"
	--out "$work/cells" --variants none,raw --loads pagecache --samples 1000 --seeds 2)
fails_with 0 "bench/run --explain explains" "${run[@]}" --explain
cp "$work/out" "$work/first"

for variant in none raw; do
	text=$work/explain/$variant/pagecache.txt
	max=$(jq -s 'map(.cyclictest.max_ns) | max' "$work/cells/$variant"/pagecache.s?.json)
	seed=$(jq -s -r 'max_by(.cyclictest.max_ns).seed' "$work/cells/$variant"/pagecache.s?.json)
	verdict "$variant: the line names its maximum and a chain" \
		grep -qE "^$variant/pagecache\.s$seed: $max ns, .* in [a-z_]+( <- [a-z_.0-9]+)+" "$work/first"
	verdict "$variant: so does the file" \
		grep -qE "^$variant/pagecache, seed $seed: wakeup [0-9]+ of 1000 took $max ns" "$text"
	sed -nE 's/^\[ *([0-9]+)\.\. *([0-9]+)\] [a-z ]+ ([0-9]+) ns: .*/\1 \2 \3/p' "$text" |
		sort -n >"$work/sections"
	# shellcheck disable=SC2016  # for awk
	verdict "$variant: the sections are all of it, each behind the other" awk -v max="$max" '
		$1 != end || $2 - $1 != $3 { bad = 1 }
		{ end = $2; sum += $3 }
		END { exit bad || end != max || sum != max }' "$work/sections"
	verdict "$variant: the timer's interrupt wakes the thread" \
		grep -qE '^ +[0-9]+ +[0-9]+  irqs off +hrtimer_wakeup$' "$text"
	verdict "$variant: at the end it is in user space" \
		grep -qE "^ +[0-9]+ +[0-9]+  preemptible +user space$" <(tail -n 1 "$text")
done
verdict "raw: another cell than the one of none" test "$(jq -c .cyclictest "$work"/cells/none/pagecache.s1.json)" != \
	"$(jq -c .cyclictest "$work"/cells/raw/pagecache.s1.json)"

# The same cell with a maximum that it does not have, or from another kernel.
cell=$work/cells/none/pagecache.s1.json
jq '.cyclictest.max_ns += 5' "$cell" >"$work/wrong.json"
explain=("$top/bench/explain" --kernels "$(dirname "$kernel")" --initrd "$initrd"
	--linux "$linux" --out "$work/wrong")
refused "a maximum that is not found again is not explained" "when it is measured again" \
	"${explain[@]}" "$work/wrong.json"
jq '.kernel.config_sha256 = "00"' "$cell" >"$work/wrong.json"
refused "nor is a cell of another kernel" "was measured with another kernel" \
	"${explain[@]}" "$work/wrong.json"
verdict "and nothing is left of them" test -z "$(find "$work/wrong" -mindepth 1)"
refused "what is no cell is named" "is no cell with wakeups" "${explain[@]}" "$work/first"
finish
