#!/bin/bash
# report-flood: tables and verdict about wakeups beside a flood follow its cells, and
# bad ones are refused before anything is written.

# shellcheck disable=SC2016  # backquotes of Markdown

# shellcheck source=tests/fixtures/report.bash
. "$(dirname "$0")/fixtures/report.bash"

cd "$work" || exit 1
make_cells results/raw
make_flood good
kind=flood bad_file=raw/anon.s1.json blamed='raw/.*'
# section: what the report says of the flood.
section() { sed -n '/^## Wake-up latency beside a flood/,/^## Lock holds/p' COMPARISON.md; }
# shows WHAT TEXT
shows() { verdict "$1" grep -qF -- "$2" <(section); }

verdict "a report without a flood is made" report
shows "nothing measured is told" 'Not measured.'
says "also in the conclusion" 'beside interrupts that do what it can? Not measured.** (Rule:'
verdict "and summary has nothing of it" jq -e 'has("flood") | not' results/summary.json

fresh
rm results/flood/{none,raw}/idle.*
verdict "the report is made" report
shows "the flood has maxima of its own" '| anon | 9,020 | 9,421 (x1.04) | – | – | – |'
verdict "those of the cells without stay" grep -qF '| anon | 8,020 | 8,421 (x1.05)' COMPARISON.md
shows "what it did in raw" '| `raw` | 5,000 | 100.00 % | 4,000 | 99.95 % | 0.80 |'
shows "and in none" '| `none` | 5,000 | 0.00 % | 4,000 | 99.95 % | 0.80 |'
shows "the others were not measured" '| `trylock` | – | – | – | – | – |'
says "with a load missing it is not known" 'beside interrupts that do what it can? Not known yet, loads are missing.**'
says "the loads are counted" 'It does](#wake-up-latency-beside-a-flood-from-hard-interrupts) in 1 of 1 loads.'
verdict "summary has the schema's keys" jq -e '.flood | (.latency | length) == 2 and
	.did[1] == {variant: "raw", interrupts: 5000, got: 5000,
		objects: 4000, bulk: 3998, least_objects: 0.8}' results/summary.json

fresh
for seed in 1 2; do
	edit results/flood/raw/anon.s$seed.json '.cyclictest.histogram |= (del(.["\(keys[] | select(tonumber > 9000))"]) | .["9923"] = 1) |
		.cyclictest.max_ns = 9923'
done
report
says "a maximum beyond the limit is a no" 'beside interrupts that do what it can? No.** [It does](#wake-up-latency-beside-a-flood-from-hard-interrupts) in 1 of 2 loads; not in anon (max x1.10, p99.99 x1.00).'
edit results/flood/none/anon.s2.json '.cyclictest.histogram |= (del(.["9020"]) | .["9021"] = 1) | .cyclictest.max_ns = 9021'
report
says "one at the limit is none" ') in 2 of 2 loads.'

fresh
report
bad "no flood" "'flood.interval_us' is missing" 'del(.flood)'
bad "more pages than were asked for" "'flood.got' is more" '.flood.got = 2501'
bad "other series" "'kernel.series_sha256'" '.kernel.series_sha256 = "cd" * 32'
bad "another kernel" "'kernel.config_sha256'" '.kernel.config_sha256 = "cd" * 32'
fresh
rm -r results/flood/none
refused "missing none" "results/flood/none: missing" "$summarize" results
fresh
rm results/flood/none/idle.s2.json
refused "a missing cell" "results/flood: 1 cells are missing" "$summarize" results
verdict "or not, on request" report_partial
finish
