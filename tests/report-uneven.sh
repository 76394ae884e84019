#!/bin/bash
# report-uneven: variants may have other loads than the eight of old, and other
# numbers of seeds and wakeups; the report says so.

# shellcheck disable=SC2016  # backquotes of Markdown

# shellcheck source=tests/fixtures/report.bash
. "$(dirname "$0")/fixtures/report.bash"

cd "$work" || exit 1
make_cells results/raw

# Every variant gets the load lowmem; raw a third seed and twice the wakeups.
for cell in results/raw/*/compaction.s*.json; do
	jq -c '.load = "lowmem"' "$cell" >"${cell/compaction/lowmem}"
done
for cell in results/raw/raw/*.s1.json; do
	jq -c '.seed = 3' "$cell" >"${cell/.s1./.s3.}"
done
for cell in results/raw/raw/*.json; do
	edit "$cell" '.samples = 20000 | .profile = "full" | .cyclictest.cycles = 20000 |
		.cyclictest.histogram["3000"] += 10000'
done
verdict "the report is made" eval '"$summarize" results && "$compare" results COMPARISON.md'

says "seeds and wakeups of each variant are in the table" \
	'| *seeds x wakeups* | *2 x 10,000* | *3 x 20,000* | *2 x 10,000* | *2 x 10,000* | *2 x 10,000* |'
says "the conclusion has the wakeups" '| `raw` | x1.05 | idle | 8,421 | 60,000 | 8,020 | 20,000 |'
says "what it means is said" '`none` 2 x 10,000; `raw` 3 x 20,000;'
says "the seeds of each variant are in their table" '| *seeds* | *1* / *2* | *1* / *2* / *3* | *1* / *2* |'
says "each has its maximum" '| lowmem | 8,010 / 8,020 | 8,410 / 8,421 / 8,410 |'
says "the verdict is over the measured loads" 'It does in 9 of 9 loads.'
verdict "loads are in order" test "$(grep -oE '^\| (compaction|lowmem|all) \|' COMPARISON.md | head -n 3 | tr -d '|\n ')" = compactionlowmemall
says "the profile of each is told" 'profile full: 20,000 wakeups a cell, seeds 1, 2, 3'
verdict "the summary has it for each variant" jq -e '
	.profile == "mixed" and .runs.raw == {profile: "full", samples: 20000, seeds: [1, 2, 3]} and
	.runs.none == {profile: "custom", samples: 10000, seeds: [1, 2]}' results/summary.json
verdict "the new load has its plot" test -s results/plots/lowmem.svg

rm results/raw/raw/lowmem.s3.json
refused "a seed of one load alone is missed" "raw/raw/lowmem.s3.json: missing (1 of 99 cells are)" "$summarize" results
finish
