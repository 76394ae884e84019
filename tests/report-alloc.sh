#!/bin/bash
# report-alloc: tables, plot and conclusion about the success of allocations follow the
# measured ones, and bad or missing ones are refused before anything is written.

# shellcheck disable=SC2016  # backquotes of Markdown

# shellcheck source=tests/fixtures/report.bash
. "$(dirname "$0")/fixtures/report.bash"

cd "$work" || exit 1
make_cells results/raw
make_alloc good
kind=alloc bad_file=raw/min.json
# table PRESSURE: its table of successes.
table() { sed -n "/^\*\*$1\*\*/,/^\*\*/p" COMPARISON.md; }

verdict "a report without allocations is made" report
verdict "that is told" test \
	"$(grep -A 2 "^## Success of allocations" COMPARISON.md | tail -n 1)" = "Not measured."
verdict "and summary has no list of them" jq -e 'has("alloc") | not' results/summary.json
says "also in the conclusion" 'above its minimum watermark? Not measured.**'

fresh
verdict "the report is made" report
verdict "summary has each context, way and order" jq -e '
	(.alloc | length) == 5 * 4 * (9 + 15 + 14) and
	([.alloc[] | select(.variant == "raw" and .pressure == "min" and .context == "hardirq" and
		.way == "GFP_NOWAIT" and .order == 1)] ==
	 [{variant: "raw", pressure: "min", context: "hardirq", way: "GFP_NOWAIT", order: 1,
	   attempts: 1000, successes: 1000, zone_held: 0, pcp_held: 0, min_ns: 1590, p50_ns: 1600,
	   p9999_ns: 14400, max_ns: 14400}]) and
	([.alloc[] | select(.successes == 0 and has("max_ns"))] == []) and
	([.alloc[] | select(.pressure == "contended" and has("max_ns"))] == [])' results/summary.json
verdict "a row of successes" grep -qF \
	'| hardirq | 0 | 0.00 % | 100.00 % | – | 0.00 % | – |' <(table min)
verdict "only all of them are 100 %" grep -qF \
	'| raw_lock | 1 to 3 | 99.90 % | 100.00 % | – | 100.00 % | – |' <(table plenty)
verdict "how often the lock was held" grep -qF \
	'| *`zone->lock` was held* | | 55.50 % | 55.50 % | – | 55.50 % | – |' <(table contended)
verdict "and the other one" grep -qF \
	'| *`pcp->lock` was held* | | 44.40 % | 44.40 % | – | 44.40 % | – |' <(table contended)
says "what users of alloc_pages_nolock() get" '| plenty | hardirq | 0.00 % | 99.90 % | – | 0.00 % | – |'
says "a latency" '| plenty | irqs_off | 890 / 900 / 8,100 / 8,100 | 790 / 800 / 7,200 / 7,200 | – | 690 / 700 / 6,300 / 6,300 | – |'
says "the latency of higher orders" '| plenty | irqs_off | 1,790 / 2,700 / 32,400 / 32,400 | 1,590 / 2,400 / 28,800 / 28,800 | – | 1,390 / 2,100 / 25,200 / 25,200 | – |'
says "no latency without a success" '| below | task | – | – | – | – | – |'
verdict "no latency where CPUs share a host" absent '| contended | task | 9'
says "the conclusion" '**Does every allocation under `raw` succeed while the zone is above its minimum watermark? Yes.** 0 of 160,000 attempts fail; beside the second CPU `zone->lock` was held in 56 % of them, `pcp->lock` in 44 %.'
says "how it was measured is told" '| allocations | QEMU emulator version 7.2'
says "the plot is shown" '(results/plots/alloc.svg)'
cp results/plots/alloc.svg first.svg
sleep 1
report
verdict "the same results give the same plot" cmp -s first.svg results/plots/alloc.svg

edit results/alloc/raw/empty.json '(.alloc[] | select(.way == "GFP_ATOMIC" and .context == "irqs_off" and
	.order == 3)) |= (.successes -= 1 | .fail_max_ns = 5 | .histogram["3200"] -= 1)'
report
says "a single failure is a no" 'watermark? No.** 1 of 160,000 attempts fail; they fail in irqs_off with GFP_ATOMIC (empty); beside'
edit results/alloc/raw/empty.json '.alloc[0].zone_held = 900'
refused "a summary of other allocations" "key 'alloc' is not what the measured results give" \
	"$compare" results COMPARISON.md

fresh
rm results/alloc/raw/min.json
refused "a missing pressure" "results/alloc/raw/min.json: missing" "$summarize" results
report_partial
says "it is not known then" 'watermark? Not known yet, pressures are missing.**'
verdict "its successes are missing" grep -qF '| task | 0 | 99.90 % | – | – | 0.00 % | – |' <(table min)
fresh
rm -r results/alloc/raw
refused "missing raw" "results/alloc/raw/plenty.json: missing" "$summarize" results
rm -r results/alloc
mkdir results/alloc
refused "no file at all" "results/alloc: holds no result" "$summarize" results

fresh
report
bad "a dropped context" "GFP_NOWAIT in hardirq of order 2 is missing" \
	'del(.alloc[] | select(.context == "hardirq" and .way == "GFP_NOWAIT" and .order == 2))'
bad "a call that is not allowed" "'alloc\[60\]' is a call that its variant does not allow" \
	'.alloc += [.alloc[0] | .way = "__GFP_NO_LOCKS"]'
bad "a context twice" "'alloc\[60\]' is there twice" '.alloc += [.alloc[0]]'
bad "fewer attempts" "'alloc\[0\]' has more or fewer attempts" '.alloc[0].attempts = 999'
bad "times that are missing" "'alloc\[0\]' has a histogram of other" '.alloc[0].histogram |= map_values(. + 1)'
bad "an accelerator of another table" "'accel' is not 'icount'" '.accel = "smp"'
bad "other series" "'kernel.series_sha256'" '.kernel.series_sha256 = "cd" * 32'
bad "other configuration" "'kernel.config_sha256'" '.kernel.config_sha256 = "cd" * 32'
bad "another module" "'initramfs_sha256'" '.initramfs_sha256 = "cd" * 32'
bad "file of another place" "raw/below.json" '.pressure = "below"'
finish
