#!/bin/bash
# report-sweep: table and plot of the batches follow the measured sweep, and a bad or
# missing one is refused before anything is written.

# shellcheck disable=SC2016  # backquotes of Markdown

# shellcheck source=tests/fixtures/report.bash
. "$(dirname "$0")/fixtures/report.bash"

cd "$work" || exit 1
make_cells results/raw
make_sweep good
kind=sweep bad_file=8.json

fresh
verdict "the report is made" report
cp results/plots/sweep.svg first.svg
sleep 1
report
verdict "the same sweep gives the same plot" cmp -s first.svg results/plots/sweep.svg
verdict "summary has the batches in order" jq -e '
	[.sweep[].batch] == [1, 8, 63, 0] and [.sweep[].ratio] == [0.8, 1.0101, 1, 1] and
	[.sweep[] | select(.default) | .batch] == [8]' results/summary.json

says "the plot is shown" '(results/plots/sweep.svg)'
says "a batch" '| 1 | 2,000 | `mm/a.c:fill` | 8,000 | anon | 0.800 |'
says "the default is marked" '| 8 (default) | 4,000 | `mm/a.c:fill` | 10,000 | anon | 1.010 |'
says "no limit" '| 0 (no limit) | 300,000 | `mm/a.c:fill` | 306,000 | anon | 1.000 |'
says "and argued" '**Why 8:** its longest hold is 4,000 ns. The next smaller batch, 1, has one of 2,000 ns and x0.792 the throughput. The next larger batch, 63, has one of'
verdict "the plot marks the default" grep -q 'default: 8' results/plots/sweep.svg

edit results/sweep/8.json 'del(.default)'
report
says "no default is told" 'Which one is the default is not in the results.'
verdict "and not drawn" test -z "$(grep 'default:' results/plots/sweep.svg)"
rm results/sweep/0.json
refused "missing batch 0" "results/sweep/0.json: missing" "$summarize" results
report_partial
says "there is no ratio then" '| 1 | 2,000 | `mm/a.c:fill` | 8,000 | anon | – |'

bad "missing key" "'hold_site' is missing" 'del(.hold_site)'
bad "batch of another name" "results/sweep/9.json" '.batch = 9'
bad "default that raw is not" "'kernel.config_sha256'" '.kernel.config_sha256 = "cd" * 32'
bad "other series" "'kernel.series_sha256'" '.kernel.series_sha256 = "cd" * 32'
bad "missing load" "'throughput' has a load that other batches lack\|'throughput' lacks" 'del(.throughput.pagecache)'
finish
