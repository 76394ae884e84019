#!/bin/bash
# report-perf: tables of benchmarks follow their files, and bad or missing ones are
# refused before anything is written.

# shellcheck disable=SC2016  # backquotes of Markdown

# shellcheck source=tests/fixtures/report.bash
. "$(dirname "$0")/fixtures/report.bash"

cd "$work" || exit 1
make_cells results/raw
make_perf good
kind=perf bad_file=icount/raw.json
# section: what the report says of benchmarks.
section() { sed -n '/^## Benchmarks/,/^## Many/p' COMPARISON.md; }
# shows WHAT TEXT
shows() { verdict "$1" grep -qF -- "$2" <(section); }

verdict "a report without benchmarks is made" report
shows "nothing measured is told" 'Not measured.'
verdict "and summary has no list of them" jq -e 'has("perf") | not' results/summary.json

fresh
verdict "the report is made" report
shows "instructions and ratios" '| single, order 0, 1 CPU | a block | 1,000 | 500 (2.000 ± 0.000) | 1,000 (1.000 ± 0.000, =) | 1,000 (1.000 ± 0.000, =) | 1,000 (1.005 ± 2.'
shows "on two CPUs just the ratios" '| single, order 0, 1 CPU | a block | 1 | 2.000 ± 0.000 | 1.000 ± 0.000, = | 1.000 ± 0.000, = | 1.005 ± 2.'
shows "the mean" '| *geometric mean* | | *1* | *1.414 ± 0.000* | *1.000 ± 0.000, =* |'
shows "events" '| pipe | page-faults | 12 | 12 | 12 | 12 | 12 |'
shows "and those that there are not" '| pipe | cycles | *none* | *none* |'
shows "who waited" '| `raw` | `rmqueue` | 4 | 250 | 700 |'
shows "and who did not" '| `none` | nobody | – | – | – |'
verdict "the provenance is told" grep -Eq '^\| benchmarks on two CPUs \| .* to 20' COMPARISON.md
verdict "summary has the schema's keys" jq -e '(.perf | length) == 20 and
	(.perf[] | select(.variant == "raw" and .accel == "smp" and .name == "pipe") |
		.unit == "a run" and .ns == 8000 and .ratio == 1)' results/summary.json

rm -r results/perf/smp
verdict "one accelerator is enough" report
verdict "the other is not shown" test -z "$(section | grep 'two emulated CPUs at the same time')"
fresh
rm results/perf/smp/{no-locks,trylock}.json
verdict "on two CPUs the rivals may be missing" report
shows "and are shown so" '| pipe | a run | 1 | 1.000 ± 0.000, = | 1.000 ± 0.000, = | – | – |'

fresh
report
bad "no benchmarks" "'benchmarks' are missing" '.benchmarks = []'
bad "other benchmarks" "'benchmarks\[1\]' is another one" '.benchmarks[1].name = "other"'
bad "a missing value" "'benchmarks\[0\]' has more or fewer values" '.benchmarks[0].values = [1]'
bad "a value of nothing" "'benchmarks\[0\]' has a value that is not above 0" '.benchmarks[0].values[1] = 0'
bad "other seeds" "'seeds'" '.seeds = [1, 3]'
bad "other work" "'blocks'" '.blocks = 4'
bad "other series" "'kernel.series_sha256'" '.kernel.series_sha256 = "cd" * 32'
bad "another kernel" "'kernel.config_sha256'" '.kernel.config_sha256 = "cd" * 32'
bad_file=smp/raw.json
bad "waits of another series" "'contention_kernel.series_sha256' is not that of the benchmarks" \
	'.contention_kernel.series_sha256 = "cd" * 32'
fresh
rm results/perf/icount/no-locks.json
refused "a missing variant" "results/perf/icount/no-locks.json: missing" "$summarize" results
verdict "or not, on request" report_partial
finish
