#!/bin/bash
# bench-publish: results are published all together or not at all, and only if they
# are complete and from the same kernels.

# shellcheck source=tests/fixtures/report.bash
. "$(dirname "$0")/fixtures/report.bash"

cd "$work" || exit 1
make_cells good/cells
make_holds good/holds
make_throughput good/throughput
make_sweep good/sweep
make_trace good/trace
make_cost good/cost
make_contend good/contend
make_alloc good/alloc
make_kfree good/kfree
make_correct good/correct
publish=("$top/bench/publish" --profile custom --from build --results published)

# fresh: good results that are to be published, and published ones that may survive.
fresh() {
	rm -rf build published
	cp -r good build
	mkdir -p published/{raw,holds,throughput,sweep,trace,contend,correct}/old
}
# shellcheck disable=SC2317  # called by verdict
# kept: the published results are as they were.
kept() {
	[ "$(cd published && find . -mindepth 1 | sort | tr '\n' ' ')" = \
		"./contend ./contend/old ./correct ./correct/old ./holds ./holds/old ./raw ./raw/old ./sweep ./sweep/old ./throughput ./throughput/old ./trace ./trace/old " ]
}

fresh
touch build/holds/.lock build/holds/raw/anon.json.console
mkdir -p build/throughput/seeds/raw
echo '{}' >build/throughput/seeds/raw/anon.s1.json
verdict "complete results are published" "${publish[@]}"
verdict "all of them and nothing else" test "$(for kind in raw holds throughput sweep trace cost contend alloc kfree correct; do
	find published/$kind -type f | wc -l; done | tr '\n' ' ')" = "80 6 10 4 6 5 2 15 5 9 "
verdict "as they were measured" diff -r good/sweep published/sweep
verdict "with the plan of the tests" cmp "$top/bench/plan" published/correct/plan
verdict "and the list of the mutants" diff <(cd "$top/tests/mutants" && printf '%s\n' *.patch | sed 's/\.patch$//') \
	published/correct/mutants/list
verdict "with what became of some" cmp good/correct/mutants/lock-twice.json published/correct/mutants/lock-twice.json
rm -r build/correct/mutants
verdict "tests are published without mutants, too" "${publish[@]}"
verdict "which are listed" cmp -s <(ls published/correct/mutants) <(echo list)
verdict "nothing is left over" test "$(find published -mindepth 1 -maxdepth 1 | wc -l)" -eq 10

rm -r build/holds build/sweep build/trace build/contend build/correct
verdict "cells and throughput alone are published" "${publish[@]}"
verdict "what was not measured is gone" test ! -e published/holds -a ! -e published/sweep -a ! -e published/trace

fresh
for cell in build/cells/raw/*.json; do
	edit "$cell" '.profile = "full"'
done
verdict "two profiles are published" "${publish[@]}" --profile custom,full
verdict "with the cells of both" test "$(find published/raw -name '*.json' | wc -l)" -eq 80

# bad WHAT PATTERN: what is in build has to be refused.
bad() {
	fails_with 1 "$1 is refused" "${publish[@]}"
	verdict "$1 is named" grep -q -- "$2" "$work/err"
	verdict "$1 changes nothing" kept
}
fresh
rm build/cells/raw/anon.s2.json
bad "a missing cell" "raw/anon.s2.json: missing"
fresh
rm build/holds/none/anon.json
bad "a missing file of holds" "holds/none/anon.json: missing"
fresh
rm build/throughput/none/hackbench.json
bad "a missing file of throughput" "throughput/none/hackbench.json: missing"
fresh
rm build/trace/raw/anon.json
bad "a missing trace" "trace/raw/anon.json: missing"
fresh
rm -r build/contend/raw
bad "a missing model" "contend/raw: missing"
fresh
rm -r build/holds
bad "a model of holds that are not published" "contend/raw/anon.json: key 'holds'"
fresh
rm build/sweep/0.json
bad "a missing batch" "sweep/0.json: missing"
fresh
edit build/holds/raw/anon.json '.kernel.series_sha256 = "cd" * 32'
bad "another series" "holds/raw/anon.json: key 'kernel.series_sha256'"
fresh
edit build/throughput/raw/pagecache.json '.kernel.config_sha256 = "cd" * 32'
bad "another configuration" "throughput/raw/pagecache.json: key 'kernel.config_sha256'"
fresh
edit build/sweep/8.json '.kernel.config_sha256 = "cd" * 32'
bad "another default" "sweep/8.json: key 'kernel.config_sha256'"
fresh
rm -r build/sweep/*
bad "a directory without results" "sweep: holds no result"
fresh
rm -r build/cells
bad "no cells at all" "there are no cells in 'build/cells'"

# One kind, beside others that are published already.
fresh
"${publish[@]}" >/dev/null || exit 1
# What is published has other dates than what is measured.
for file in published/{throughput,trace}/raw/*.json; do
	edit "$file" '.date = "2025-12-31T00:00:00Z"'
done
cp -r published older
# shellcheck disable=SC2317  # called by verdict
# only LIST: publish these kinds over the older ones.
only() { "${publish[@]}" --only "$1"; }
renew() {
	rm -rf build published
	cp -r good build
	cp -r older published
}
renew
rm -r build/cells build/trace
verdict "one kind is published" only throughput
verdict "it is the measured one" diff -r good/throughput published/throughput
rm -r published/throughput
verdict "the others stay" diff -r --exclude=throughput older published
renew
verdict "two kinds are published" only trace,throughput
verdict "the first is the measured one" diff -r good/trace published/trace
verdict "the second is as well" diff -r good/throughput published/throughput
renew
rm -r build/cells published/raw
cp -r good/cells build/cells
verdict "cells alone are published" only cells
verdict "beside the other kinds" diff -r older published
renew
edit build/throughput/raw/pagecache.json '.kernel.series_sha256 = "cd" * 32'
fails_with 1 "a kind that does not go with the published cells is refused" only throughput
verdict "it is named" grep -q "throughput/raw/pagecache.json: key 'kernel.series_sha256'" "$work/err"
verdict "and nothing changes" diff -r older published
renew
rm -r build/throughput
refused "a kind that was not measured is refused" "no 'build/throughput' to publish" only throughput
refused "an unknown kind is refused" "unknown kind 'noise': cells, holds" only noise
refused "no kind is refused" "only needs a value" only ''
verdict "what is refused changes nothing" diff -r older published

# A machine that has booted some of the variants.
fresh
rm -r build/{holds,throughput,sweep,trace,cost,contend,alloc,kfree,correct} build/cells/trylock published
# shellcheck disable=SC2317  # called by fails_with
machine() { "${publish[@]}" --results machines/box "$@"; }
fails_with 1 "a missing variant is refused" machine
fails_with 0 "with --partial it is published" machine --partial
verdict "and just its cells" test "$(find machines/box -mindepth 1 -maxdepth 1)" = machines/box/raw
cp -r good/cells raw
fails_with 0 "with those of the same series beside it, too" machine --partial
cp -r machines/box older-box
find build/cells -name '*.json' | while read -r file; do
	edit "$file" '.kernel.series_sha256 |= sub("^.{8}"; "00000000")'
done
refused "of another series it is not" "not of the series of those in" machine --partial
verdict "and what the machine had is kept" diff -r older-box machines/box
rm -r raw

# A move that fails in the middle.
fresh
rm -r published/throughput
mkdir bin
cat >bin/mv <<'MV'
#!/bin/sh
case $1 in */publish.??????/sweep) exit 1 ;; esac
exec /usr/bin/mv "$@"
MV
chmod +x bin/mv
PATH=$work/bin:$PATH fails_with 1 "a directory that cannot be replaced fails it" "${publish[@]}"
verdict "that is said" grep -q "cannot replace 'published/sweep'; the old results are kept" "$work/err"
mkdir -p published/throughput/old
verdict "and the old results are back" kept
finish
