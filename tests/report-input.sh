#!/bin/bash
# report-input: malformed, missing and mixed cells are refused with one line that
# names the file and the key, and nothing that was there is changed.

# shellcheck source=tests/fixtures/report.bash
. "$(dirname "$0")/fixtures/report.bash"

make_cells "$work/good"
dir=$work/results
cell=$dir/raw/raw/anon.s2.json

# fresh: results with good cells and a summary that has to survive.
fresh() {
	rm -rf "$dir"
	mkdir "$dir"
	cp -r "$work/good" "$dir/raw"
	echo untouched >"$dir/summary.json"
}

# bad WHAT PATTERN JQ: change one cell; it has to be refused.
bad() {
	fresh
	jq -c "$3" "$work/good/raw/anon.s2.json" >"$cell"
	refused "$1" "raw/raw/anon.s2.json: .*$2" "$summarize" "$dir"
	survives "$1"
}

survives() {
	if [ "$(cat "$dir/summary.json")" != untouched ] || [ "$(ls "$dir")" != "$(printf 'raw\nsummary.json')" ]; then
		not_ok "$1: summary.json stays as it was"
	fi
}

fresh
verdict "good cells are accepted" "$summarize" "$dir"

bad "missing key" "'kernel.compiler' is missing" 'del(.kernel.compiler)'
bad "missing histogram" "'cyclictest.histogram' is missing" 'del(.cyclictest.histogram)'
bad "lost wakeups" "'cyclictest.histogram' does not sum" '.cyclictest.histogram["3000"] -= 1'
bad "wrong maximum" "'cyclictest.max_ns'" '.cyclictest.max_ns += 1'
bad "debug kernel" "'kernel.debug'" '.kernel.debug = true'
bad "no round of the load" "'rounds'" '.rounds = 0'
bad "cell of another place" "none/anon.s2.json" '.variant = "none" | .kernel.variant = "none"'
bad "mixed accelerators" "'accel' is \"kvm\", but \"icount\"" '.accel = "kvm"'
bad "mixed bases" "'kernel.base'" '.kernel.base = "7.2.12"'
bad "mixed series" "'kernel.series_sha256'" '.kernel.series_sha256 = "cd" * 32'
bad "mixed samples in a variant" "'samples'" '.samples = 10001 | .cyclictest.cycles = 10001 | .cyclictest.histogram["3000"] += 1'
bad "mixed profiles in a variant" "'profile'" '.profile = "quick"'
bad "mixed intervals" "'interval_us'" '.interval_us = 100'
bad "mixed configurations in a variant" "'kernel.config_sha256'" '.kernel.config_sha256 = "cd" * 32'
bad "command line of another form" "'command'" '.command += " -more"'

fresh
for file in "$dir"/raw/raw/*.json; do
	jq -c '.kernel.config_sha256 = "00" * 32' "$file" >"$work/changed"
	mv "$work/changed" "$file"
done
refused "two variants of one configuration" "'kernel.config_sha256' is that of another" "$summarize" "$dir"
survives "two variants of one configuration"

fresh
head -c 300 "$work/good/raw/anon.s2.json" >"$cell"
refused "truncated cell" "raw/anon.s2.json: line 1" "$summarize" "$dir"
survives "truncated cell"

fresh
: >"$cell"
refused "empty cell" "raw/anon.s2.json" "$summarize" "$dir"

fresh
mkdir "$dir/raw/rare"
refused "unknown variant" "raw/rare: no variant" "$summarize" "$dir"

fresh
mv "$dir/raw/trylock" "$dir/"
refused "missing variant" "raw/trylock: missing, no cell" "$summarize" "$dir"
verdict "missing variant with --partial" "$summarize" --partial "$dir"
verdict "it is not in the list of variants" jq -e '.variants | index("trylock") | not' "$dir/summary.json"

fresh
rm "$dir"/raw/*/anon.s*.json
verdict "a load that no variant has is not missed" "$summarize" "$dir"
fresh
rm "$dir"/raw/raw/anon.s*.json
refused "a load that other variants have is" "raw/raw/anon.s1.json: missing (2 of 80 cells are)" "$summarize" "$dir"

fresh
rm "$cell"
refused "missing cell" "raw/anon.s2.json: missing (1 of 80 cells are)" "$summarize" "$dir"
survives "missing cell"
verdict "missing cell with --partial" "$summarize" --partial "$dir"
verdict "a figure that was not measured is absent" jq -e '
	[.latency[] | select(.variant == "raw" and .load == "anon")] |
	length == 1 and .[0].seeds == [1] and .[0].samples == 10000' "$dir/summary.json"

rm "$dir"/raw/none/idle.s*.json
"$summarize" --table "$dir/raw" >"$work/table"
verdict "table shows - for a missing cell and no factor without none" \
	grep -Eq '^idle +- +8,421 +8,020 +8,020 +8,020$' "$work/table"
verdict "table shows maxima with factors" \
	grep -Eq '^pagecache +8,020 +8,421 \(x1\.05\) +401,000 \(x50\.00\) +8,020 \(x1\.00\) +8,020 \(x1\.00\)$' "$work/table"

refused "no such directory" "$work/nothing/raw: cannot be read" "$summarize" "$work/nothing"
mkdir -p "$work/empty/raw"
refused "no cells" "holds no cell" "$summarize" --partial "$work/empty"
refused "no argument" "see --help" "$summarize"

finish
