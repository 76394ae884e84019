#!/bin/bash
# report-kfree: tables, plot and conclusion about kfree_rcu() follow the measured floods,
# and bad or missing ones are refused before anything is written.

# shellcheck disable=SC2016  # backquotes of Markdown

# shellcheck source=tests/fixtures/report.bash
. "$(dirname "$0")/fixtures/report.bash"

cd "$work" || exit 1
make_cells results/raw
make_kfree good
kind=kfree bad_file=raw.json

verdict "a report without floods is made" report
verdict "that is told" test \
	"$(grep -A 2 "^## kfree_rcu() in raw context" COMPARISON.md | tail -n 1)" = "Not measured."
verdict "and summary has no list of them" jq -e 'has("kfree_rcu") or has("rcuscale") | not' results/summary.json
says "also in the conclusion" 'in every context, in no more time? Not measured.**'

fresh
verdict "the report is made" report
verdict "summary has each context" jq -e '
	(.kfree_rcu | length) == 5 * 5 and
	([.kfree_rcu[] | select(.variant == "none" and .context == "hardirq")] ==
	 [{variant: "none", context: "hardirq", objects: 100000, bulk: 60000, fallback: 40000,
	   ns_per_object: 700.5, call_ns_per_object: 81, peak_pages: 1204}])' results/summary.json
verdict "and what rcuscale says" jq -e '
	(.rcuscale | length) == 5 and
	([.rcuscale[] | select(.variant == "raw")] ==
	 [{variant: "raw", loops: 50, objects: 8000, ns_per_loop: 4000000, footprint_mb: 3}])' results/summary.json
says "a row of shares" '| hardirq | 60.00 % | 100.00 % | 100.00 % | 99.99 % | 60.00 % |'
says "a row of times" '| irqs_off | 700 / 81 | 600 / 81 | 600 / 81 | 700 / 81 | 700 / 81 |'
says "a row of pages" '| softirq | 1,203 | 1,203 | 1,203 | 1,203 | 1,203 |'
says "what rcuscale needs for a loop" '| *rcuscale, a loop* | 5,000,000 | 4,000,000 | 5,000,000 | 5,000,000 | 5,000,000 |'
says "and in memory" '| *rcuscale, footprint* | 3 MB | 3 MB | 3 MB | 3 MB | 3 MB |'
says "the conclusion" '**Does `kfree_rcu()` under `raw` find room in pages in every context, in no more time? Yes.** In each guest at least 100.00 % of a flood'"'"'s objects go there. The call itself takes x1.00 to x1.00 of what it takes under the others.'
says "how it was measured is told" '| kfree_rcu() | QEMU emulator version 7.2'
says "the plot is shown" '(results/plots/kfree.svg)'
cp results/plots/kfree.svg first.svg
sleep 1
report
verdict "the same results give the same plot" cmp -s first.svg results/plots/kfree.svg

edit results/kfree/raw.json '.kfree_rcu[1] |= (.least_bulk = 98999)'
report
says "how far the guests are apart" 'the mean of 3 guests, whose ns differ by 0.35 % at most'
says "too few in one context are a no" 'in no more time? No.** In each guest at least 98.99 % of a flood'"'"'s objects go there; fewer in raw_lock.'
fresh
edit results/kfree/trylock.json '.kfree_rcu[4] |= (.ns = 59000000 | .least_ns = .ns)'
report
says "a faster variant is a no" 'in no more time? No.** In each guest at least 100.00 % of a flood'"'"'s objects go there; x1.02 the time of `trylock` in hardirq.'
edit results/kfree/trylock.json '.kfree_rcu[4].peak_pages = 5'
refused "a summary of other floods" "key 'kfree_rcu' is not what the measured results give" \
	"$compare" results COMPARISON.md

fresh
rm results/kfree/none.json
refused "a missing variant" "results/kfree/none.json: missing" "$summarize" results
report_partial
says "it is not known then" 'in no more time? Not known yet, variants are missing.**'
says "its figures are missing" '| hardirq | – | 100.00 % |'
fresh
rm results/kfree/raw.json
report_partial
says "without raw nothing is known" 'variants are missing.** (Rule: in every context and guest at least 99 %'
rm -r results/kfree
mkdir results/kfree
refused "no file at all" "results/kfree: holds no result" "$summarize" results

fresh
report
bad "a mean that no guest has" "'kfree_rcu\[2\]' has a mean that is not among" '.kfree_rcu[2].most_ns = .kfree_rcu[2].ns - 1'
bad "a dropped context" "the flood in hardirq is missing" 'del(.kfree_rcu[4])'
bad "a context twice" "'kfree_rcu\[5\]' is there twice" '.kfree_rcu += [.kfree_rcu[0]]'
bad "fewer objects" "'kfree_rcu\[0\]' has more or fewer objects" '.kfree_rcu[0].objects = 999'
bad "an object that is lost" "'kfree_rcu\[0\]' has objects that are neither" '.kfree_rcu[0].bulk -= 1'
bad "an accelerator of another table" "'accel' is not 'icount'" '.accel = "smp"'
bad "a flood of another size" "'burst' is 10, but 1000" '.burst = 10'
bad "other series" "'kernel.series_sha256'" '.kernel.series_sha256 = "cd" * 32'
bad "other configuration" "'kernel.config_sha256'" '.kernel.config_sha256 = "cd" * 32'
bad "file of another place" "kfree/trylock.json" '.variant = "trylock" | .kernel.variant = "trylock"'
finish
