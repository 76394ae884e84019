#!/bin/bash
# report-machines: each machine has tables of its own, with what makes its figures
# worth less; one of another series is refused.

# shellcheck disable=SC2016  # backquotes of Markdown

# shellcheck source=tests/fixtures/report.bash
. "$(dirname "$0")/fixtures/report.bash"

cd "$work" || exit 1
make_cells results/raw
# machine NAME JQ: the cells of none and raw under idle and pagecache, changed.
machine() {
	local file
	mkdir -p "results/machines/$1/raw"
	cp -r results/raw/{none,raw} "results/machines/$1/raw/"
	find "results/machines/$1" -name '*.json' ! -name 'idle.*' ! -name 'pagecache.*' -delete
	find "results/machines/$1" -name '*.json' | while read -r file; do
		edit "$file" ".accel = \"local\" | .qemu = \"none\" | $2"
	done
}
# section: what the report says of machines.
section() { sed -n '/^## On other machines$/,/^## Beside/p' COMPARISON.md; }
# says WHAT TEXT
says() { verdict "$1" grep -qF -- "$2" <(section); }

report
says "without a machine nothing is claimed" 'Not measured.'
machine box '.machine = {cpu_model: "Some CPU", cpus: "0-3", cpu: 2, isolated: "2-3",
	governor: "performance", warnings: [], smis: 1}'
machine old '.kernel.compiler = "gcc 15" | .machine = {warnings: ["the machine is busy", "no RT"]}'
verdict "the report is made" report
verdict "machines are in order" test "$(section | grep '^### ')" = '### `box`
### `old`'
says "a machine is described" 'Accelerator local; processor Some CPU; CPUs 0-3; measured on CPU 2; isolated 2-3; governor performance; gcc 12.2.0.'
says "interrupts are counted" 'System management interrupts in 8 of 8 cells: 8.'
says "or not known" 'Whether there were system management interrupts is not known.'
verdict "a warning is said once" test "$(section | grep -c '^- the machine is busy$')" -eq 1
says "a machine has its own figures" '| pagecache | 8,020 | 8,421 (x1.05) | – | – | – |'
verdict "summary has them apart" jq -e '[.machines[] | .machine, .accel, (.latency | length)] ==
	["box", "local", 4, "old", "local", 4] and .accel == "icount"' results/summary.json

absent=$(section | grep -c 'Benchmarks on all CPUs of it')
verdict "without benchmarks nothing is said of them" test "$absent" -eq 0
make_perf perf
mkdir results/machines/box/perf
mv perf/icount results/machines/box/perf/local
find results/machines/box/perf -name '*.json' | while read -r file; do
	edit "$file" '.accel = "local" | .qemu = "none" | .machine = {smis: 0, warnings: ["the benchmarks were disturbed"]}'
done
rm results/machines/box/perf/local/{raw-unbounded,no-locks,trylock}.json
verdict "benchmarks of a machine are read" report
says "and have a table in its section" '| single, order 0, 1 CPU | a block | 1,000 | 500 (2.000) | – | – | – |'
says "what they were measured in spite of is said" '- the benchmarks were disturbed'
verdict "summary has them beside its cells" jq -e '.machines[0].perf | length == 4 and
	all(.accel == "local")' results/summary.json
mv results/machines/box/perf/local results/machines/box/perf/icount
find results/machines/box/perf -name '*.json' | while read -r file; do
	edit "$file" '.accel = "icount"'
done
refused "instructions of a machine" "key 'accel' is not local, as of another machine" "$summarize" results
rm -r results/machines/box/perf

report
cp COMPARISON.md before
edit results/machines/old/raw/none/idle.s1.json '.accel = "kvm"'
refused "two accelerators in one machine" "machines/old/raw/.*: key 'accel'" "$summarize" results
find results/machines/old -name '*.json' | while read -r file; do
	edit "$file" '.accel = "local" | .kernel.series_sha256 = "cd" * 32'
done
refused "another series" "machines/old/raw/.*: key 'kernel.series_sha256'" "$summarize" results
verdict "what is refused changes nothing" cmp -s before COMPARISON.md
finish
