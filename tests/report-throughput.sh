#!/bin/bash
# report-throughput: the table of throughput and its verdict follow the measured
# rounds, and bad or missing ones are refused before anything is written.

# shellcheck disable=SC2016  # backquotes of Markdown

# shellcheck source=tests/fixtures/report.bash
. "$(dirname "$0")/fixtures/report.bash"

cd "$work" || exit 1
make_cells results/raw
make_throughput good
kind=throughput bad_file=raw/pagecache.json
make_throughput results/throughput-nort nort

fresh
verdict "the report is made" report
verdict "summary has the schema's keys" jq -e '
	(.throughput | length) == 20 and (.throughput | map(select(.config == "nort")) | length) == 10 and
	(.throughput[] | select(.variant == "raw" and .load == "hackbench" and has("config") == false) |
		.unit == "virtual ns a round" and .value == 990495 and .ratio == 1.0101 and
		.interval == 1 and length == 6)' results/summary.json

says "values and ratios" '| pagecache | 1,000,500 | 990,495 (1.010 ± 0.000) | 1,000,500 (1.000 ± 0.000, =) | 1,020,510 (0.980 ± 0.000) | 1,000,500 (1.000 ± 0.000, =) |'
says "geometric means" '| *geometric mean* | *1.000* | *1.010 ± 0.000* | *1.000 ± 0.000, =* | *0.980 ± 0.000* | *1.000 ± 0.000, =* |'
says "the verdict" 'keep the throughput of `none`? Yes.** The geometric mean of its ratios is 1.010 ± 0.000.'
says "that of the other kernels" 'of `none` without PREEMPT_RT? Yes.** The geometric mean of its ratios is 1.010 ± 0.000. (Rule: of the loads with fixed work, pagecache, hackbench, the geometric mean or the end of its interval is at least 1.00'

# raw_takes NS LOAD: a round of raw takes that long.
raw_takes() {
	edit "results/throughput/raw/$2.json" ".value = $1 | .seeds[].samples = [$1, $1]"
}
raw_takes 1042000 pagecache
refused "a summary of other rounds" "key 'throughput' is not what" "$compare" results COMPARISON.md
report
says "one load below its limit turns it" '? No.** The geometric mean of its ratios is 0.985 ± 0.003; too low in pagecache 0.960.'
raw_takes 1030000 pagecache
report
says "the mean alone turns it" '? No.** The geometric mean of its ratios is 0.991 ± 0.003. (Rule'
raw_takes 960000 hackbench
report
says "a fast load makes up for it" '? Yes.** The geometric mean of its ratios is 1.006 ± 0.006.'
for l in pagecache hackbench; do
	edit "results/throughput/raw/$l.json" '.seeds[0].samples = [900000, 900000] |
		.seeds[1].samples = [1100000, 1100000] | .value = 1000000'
done
report
says "an interval that has everything in it decides nothing" '? Not known, the interval is too wide.**'
rm results/throughput/raw/hackbench.json
refused "missing file" "results/throughput/raw/hackbench.json: missing" "$summarize" results
report_partial
says "its verdict is not yet known" '? Not known yet, loads are missing.** (Rule'
says "its mean is missing" '| *geometric mean* | *1.000* | – | *1.000 ± 0.000, =* |'
rm -r results/throughput/none
refused "missing none" "results/throughput/none: missing" "$summarize" results

bad "missing key" "'unit' is missing" 'del(.unit)'
bad "value that is not the mean" "'value' is not the mean" '.value += 100'
bad "lost round" "'seeds'" 'del(.seeds[0].samples[0])'
bad "other rounds than none" "'rounds'" '.rounds = 1 | .seeds[].samples |= [990000] | .value = 990000'
bad "other seeds than none" "'seeds'" '.seeds[1].seed = 3'
bad "other initramfs than none" "'initramfs_sha256'" '.initramfs_sha256 = "cd" * 32'
bad "other series" "'kernel.series_sha256'" '.kernel.series_sha256 = "cd" * 32'
bad "other configuration" "'kernel.config_sha256'" '.kernel.config_sha256 = "cd" * 32'
finish
