#!/bin/bash
# kernel-mutants: every mutant says what it is and applies to the series; what becomes of
# each is written down, and kept while it holds. That each is caught says
# tests/correct-guest.sh.

# shellcheck disable=SC2016  # variables of made-up scripts and of jq

# shellcheck source=tests/fixtures/kernel.bash
. "$(dirname "$0")/fixtures/kernel.bash"
# shellcheck source=bench/names.sh
. "$top/bench/names.sh"

for mutant in "$top"/tests/mutants/*.patch; do
	its=$(basename "$mutant" .patch)
	variant=$(sed -n '1s/^variant: //p' "$mutant" | grep .)
	verdict "$its: its variant is known" grep -qxF -- "$variant" <(tr ' ' '\n' <<<"$all_variants")
	config=$(sed -n '2s/^config: //p' "$mutant" | grep .)
	verdict "$its: its configuration has its test" grep -qxF -- "$(sed -n '3s/^test: //p' "$mutant" | grep .)" \
		<(sed -nE "s/^$config\t+(all|$variant)\t+//p" "$top/bench/plan" | tr ' ' '\n')
	verdict "$its: it says how it is noticed" grep -q '^caught: .' <(sed -n 4p "$mutant")
	verdict "$its: it says what it does" grep -q . <(sed -n 5p "$mutant")
	fails_with 0 "$its: it applies to the series" patch -d "$top/build/linux" -p1 --fuzz=0 --force --dry-run -i "$mutant"
done
for variant in $all_variants; do
	verdict "$variant has a mutant" grep -qx "variant: $variant" "$top"/tests/mutants/*.patch -h
done
refused "a mutant that is not there is named" "cannot read the mutant 'x'" "$top/tools/kernel/mutants" x

# From here on the source, its kernels and bench/correct are made up: a kernel is its
# source, and of one that is broken the test says $SAYS.
mkdir -p "$project"/{bench,tests/mutants,build/{source,linux/mm,kernel/raw-debug}}
cp -r "$top/rt-configs" "$project/"
touch "$project/build/source/base.env"
echo state >"$project/build/linux.state"
cp "$ksrc/mm/a.c" "$project/build/linux/mm/"
printf '%s\n' 'vmlinux:' '	cp mm/a.c $(O)/vmlinux' >"$project/build/linux/Makefile"
unbroken=$project/build/kernel/raw-debug/kernel.json
echo '{"variant": "raw", "series_sha256": "one"}' >"$unbroken"
printf '%s\n' '#!/bin/sh' 'mkdir -p "$2"' >"$tools/configure"
cat >"$project/bench/correct" <<'CORRECT'
#!/bin/bash
build=${0%/bench/*}/build kernels="" says=""
while [ $# -gt 0 ]; do
	case $1 in --out) out=$2 ;; --kernels) kernels=$2 ;; esac
	shift 2
done
echo correct >>"$CALLS"
dir=${kernels:-$build/kernel}/raw-debug
if [ -n "$kernels" ]; then
	[ -z "${BREAKS-}" ] || { echo "no space"; exit 1; }
	cmp -s "$dir/vmlinux" "$build/linux/mm/a.c" || says=$SAYS
fi
mkdir -p "$out/raw"
jq -c --arg says "$says" '{variant: "raw", config: "debug", test: "kunit", kernel: .} +
	if $says == "" then {result: "passed"} else {result: "failed", reason: $says} end
	' "$dir/kernel.json" >"$out/raw/debug.kunit.json"
CORRECT
chmod +x "$tools/configure" "$project/bench/correct"
# mutant NAME LINE: a patch that breaks this line.
mutant() {
	{
		printf '%s\n' 'variant: raw' 'config: debug' 'test: kunit' 'caught: tests? failed' "Line $2 is lost." ''
		diff -u --label a/mm/a.c --label b/mm/a.c "$ksrc/mm/a.c" <(sed "$2d" "$ksrc/mm/a.c")
	} >"$project/tests/mutants/$1.patch"
}
mutant first 3
mutant second 17
results=$project/build/correct/mutants
export CALLS=$work/calls SAYS="2 tests failed"
# shellcheck disable=SC2317  # called by verdict
# ran N: bench/correct was called so often since the last time.
ran() {
	local calls
	calls=$(wc -l <"$CALLS")
	: >"$CALLS"
	[ "$calls" -eq "$1" ]
}
# shellcheck disable=SC2317
# says NAME JQ: so says the mutant's result.
says() { jq -e "$2" "$results/$1.json"; }

mkdir -p "$results"
touch "$results/gone.json"
fails_with 0 "mutants that are caught are tried" "$tools/mutants"
verdict "that is said" grep -qx "mutants: second is caught by kunit: 2 tests failed" "$work/out"
verdict "each was run, beside the kernel without them" ran 3
verdict "a result each is there, and none of a mutant that is not" test "$(cd "$results" && echo *)" = "first.json second.json"
verdict "it says what it is of" says first '.format == 1 and .name == "first" and .variant == "raw" and
	.config == "debug" and .test == "kunit" and .what == "Line 3 is lost." and
	(.date | test("^[0-9]{4}-.*Z$")) and (keys | length) == 11'
verdict "of which patch" says first ".patch_sha256 == \"$(sha256sum <"$project/tests/mutants/first.patch" | cut -d' ' -f1)\""
verdict "with the kernel of the series" says first '.kernel == {variant: "raw", series_sha256: "one"}'
verdict "and by what it was caught" says first '.caught and .reason == "2 tests failed"'
cp -r "$results" "$work/first"
fails_with 0 "a second run succeeds" "$tools/mutants"
verdict "says the same" grep -qx "mutants: 2 of 2 mutants are caught" "$work/out"
verdict "runs none of them" ran 1
verdict "and changes nothing" diff -r "$work/first" "$results"
mutant first 4
fails_with 0 "with another patch a third succeeds" "$tools/mutants"
verdict "and runs this one" ran 2
verdict "which its result says" says first '.what == "Line 4 is lost."'
echo '{"variant": "raw", "series_sha256": "two"}' >"$unbroken"
fails_with 0 "one mutant alone of another series is caught" "$tools/mutants" "$project/tests/mutants/first.patch"
verdict "it was run" ran 2
verdict "it is of that" says first '.kernel.series_sha256 == "two"'
verdict "the others are not" says second '.kernel.series_sha256 == "one"'
SAYS=hung fails_with 1 "what fails in another way is not caught" "$tools/mutants"
verdict "which is said" grep -qx "mutants: second is not caught by kunit as it shall be: hung" "$work/err"
verdict "so is its result" says second '.caught == false and .reason == "hung"'
verdict "it was run" ran 2
SAYS='' fails_with 1 "what passes is not caught" "$tools/mutants"
verdict "the result has a reason" says second '.caught == false and .reason == "the test passes"'
verdict "one that is not caught was run again" ran 2
BREAKS=1 fails_with 1 "a test without a result fails it" "$tools/mutants"
verdict "which is named" grep -qx "mutants: second has no result of kunit: no space" "$work/err"
verdict "nothing is left of what was said before" test "$(cd "$results" && echo *)" = first.json
finish
