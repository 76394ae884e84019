#!/bin/bash
# report-trace: the table of what the kernel's tracers say follows the traces, and bad
# or missing ones are refused before anything is written.

# shellcheck disable=SC2016  # backquotes of Markdown

# shellcheck source=tests/fixtures/report.bash
. "$(dirname "$0")/fixtures/report.bash"

cd "$work" || exit 1
make_cells results/raw
make_trace good
kind=trace bad_file=raw/anon.json

verdict "a report without traces is made" report
verdict "nothing traced is told" test \
	"$(grep -A 2 "^## What was longest" COMPARISON.md | tail -n 1)" = "Not measured."
verdict "and summary has no list of them" jq -e 'has("trace") | not' results/summary.json

fresh
verdict "the report is made" report
verdict "summary has the traces" jq -e '
	(.trace | length) == 6 and
	(.trace[] | select(.variant == "raw" and .load == "anon") |
		. == {variant: "raw", load: "anon", section_max_ns: 5000, section_start: "fill",
			section_end: "drain", timerlat_ns: 10000, timerlat_thread: "dd|1",
			blame: "blocking thread", blame_ns: 7500}) and
	(.trace[] | select(.variant == "none" and .load == "idle") |
		has("timerlat_ns") or has("blame") | not)' results/summary.json
says "a row" '| anon | `raw` | 5,000 | `fill` | `drain` | `drain` ← `alloc` | 10,000 | blocking thread, 75 %; on the CPU `dd\|1` | `fill` ← `alloc` |'
says "the control" '| anon | `raw-unbounded` | 310,000 | `fill` |'
says "no analysis is told" '| idle | `none` | 6,000 | `fill` | `drain` | `drain` ← `alloc` | no wakeup analysed | – | – |'
verdict "variants that were not traced have no row" \
	test "$(grep -c '^| [a-z]* | `[a-z-]*` | [0-9,]* | `fill` |' COMPARISON.md)" -eq 6
says "what tracing costs" 'takes 4,321 ns on average and 9,876 ns at most with the tracer of sections on, 3,501 and 8,020 ns'
says "what the figures are for" '**The figures only name what was longest:**'
says "how it was traced is told" '| tracers | profile custom, QEMU emulator version 7.2'

edit results/trace/raw/anon.json '.section.max_ns += 1'
refused "a summary of other traces" "key 'trace' is not what the measured results give" "$compare" results COMPARISON.md

fresh
report
rm results/trace/none/{idle,anon}.json
report_partial
says "its cost is not known then" 'What they add is not known'
fresh
rm results/trace/none/anon.json
refused "missing file" "results/trace/none/anon.json: missing" "$summarize" results
report_partial
says "its figures are missing" '| anon | `none` | – | – | – | – | – | – | – |'
rm -r results/trace/raw
refused "missing raw" "results/trace/raw: missing" "$summarize" results

bad "missing key" "'section.end' is missing" 'del(.section.end)'
bad "no stack" "'section.stack' is not" '.section.stack = "main"'
bad "a part of no latency" "'timerlat.parts\[1\]' is longer" '.timerlat.latency_ns = 7499'
bad "an analysis without parts" "'timerlat.parts'" '.timerlat.parts = []'
bad "a kernel without tracers" "'kernel.trace' is not true" 'del(.kernel.trace)'
bad "other series" "'kernel.series_sha256'" '.kernel.series_sha256 = "cd" * 32'
bad "other accelerator" "'accel'" '.accel = "kvm"'
bad "file of another place" "none/anon.json" '.variant = "none" | .kernel.variant = "none"'

fresh
edit results/trace/raw/anon.json '.kernel.config_sha256 = "cd" * 32'
refused "two configurations of a variant" "'kernel.config_sha256'" "$summarize" results
fresh
head -c 100 good/raw/anon.json >results/trace/raw/anon.json
refused "truncated file" "raw/anon.json: line 1" "$summarize" results
rm -rf results/trace
mkdir results/trace
refused "no file at all" "results/trace: holds no result" "$summarize" results
make_holds results/holds
rm -r results/trace
edit results/holds/raw/anon.json '.kernel.trace = true'
refused "holds of a traced kernel" "holds/raw/anon.json: key 'kernel.trace' is true" "$summarize" results
finish
