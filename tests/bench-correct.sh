#!/bin/bash
# bench-correct: what bench/correct runs is what is planned; a result is passed only if
# the guest ended well, said what its test wants and reported nothing.

# shellcheck disable=SC2016  # variables of made-up scripts and of jq

# shellcheck source=tests/fixtures/vm.bash
. "$(dirname "$0")/fixtures/vm.bash"

# shellcheck source=bench/names.sh
. "$top/bench/names.sh"

# well_formed FILE: as bench/correct reads it, and the guest runs it.
# shellcheck disable=SC2317  # called by verdict
well_formed() (
	test_cpus=1 load_parts="" test_kunit="" test_adds="" test_lists="" test_accel=turns test_seconds=60
	# shellcheck source=/dev/null
	. "$1" || exit
	[[ "$test_cpus" =~ ^[1-8]$ ]] || exit 1
	[[ "$test_accel" =~ ^(turns|smp)$ && "$test_seconds" =~ ^[1-9][0-9]*$ ]] || exit 1
	for part in $load_parts; do
		[ -e "$top/bench/loads/$part" ] || [ -e "$top/bench/together/$part" ] || exit 1
	done
	[ -z "$test_adds" ] || [ -x "$top/bench/adds/$test_adds" ] || exit 1
	[ -z "$test_lists" ] || [ -e "$top/bench/$test_lists" ] || exit 1
	[ -n "$test_kunit" ] || [[ $(type -t load_round) == function ]]
)
for file in "$top"/bench/tests/*; do
	test=${file##*/}
	verdict "$test: its first line says what it proves" grep -qE -m1 '^# proves: .' <(head -n 1 "$file")
	verdict "$test: parts and rounds are as they have to be" well_formed "$file"
	verdict "$test: nothing else has its name" test ! -e "$top/bench/loads/$test" -a ! -e "$top/bench/together/$test"
	verdict "$test: it is planned" grep -qwE "^[^#].*$test" "$top/bench/plan"
done
for file in "$top"/bench/together/*; do
	part=${file##*/}
	verdict "$part: its first line says what it disturbs" grep -qE -m1 '^# disturbs: .' <(head -n 1 "$file")
	verdict "$part: no load has its name" test ! -e "$top/bench/loads/$part"
	verdict "$part: it is part of a test" grep -qw "$part" "$top"/bench/tests/*
done
# shellcheck disable=SC2317  # called by verdict
of_a_test() { grep -qx "test_adds=$1" "$top"/bench/tests/*; }
for file in "$top"/bench/adds/*; do
	verdict "${file##*/}: a test has it" of_a_test "${file##*/}"
done
while read -r config variants tests; do
	verdict "$config: it is a configuration" grep -qE "^${config}[[:space:]]+checked" "$top/rt-configs/configurations"
	for v in ${variants//,/ }; do
		verdict "$config: $v is all or a variant" grep -qw -- "$v" <<<"all $all_variants"
	done
	for test in $tests; do
		verdict "$config: $test is a test" test "$test" = build -o -e "$top/bench/tests/${test%%:*}"
		[ "$test" = "${test%%:*}" ] ||
			verdict "$config: $test is beside a load" test -e "$top/bench/loads/${test#*:}"
	done
done < <(grep '^[^#]' "$top/bench/plan")

for l in $all_loads; do
	verdict "the leak test is beside $l" grep -qE "^debug[[:space:]]+(all|raw)[[:space:]].*leak:$l\b" "$top/bench/plan"
done
verdict "that beside all loads is of every variant" grep -q "^debug[[:space:]]*all[[:space:]].*leak:all\b" "$top/bench/plan"

# From here on kernels and QEMU are made up, and so is what makes the initramfs.
use_fake_qemu
project=$work/project
mkdir -p "$project/tools"
cp -r "$top/bench" "$top/rt-configs" "$project/"
cp -r "$top/tools/kernel" "$top/tools/vm" "$project/tools/"
printf '%s\n' '#!/bin/sh' 'mkdir -p "${4%/*}" && echo module >"$4"' >"$project/bench/probe/build"
printf '%s\n' '#!/bin/sh' 'for word; do' 'case $last in --out) out=$word ;; --tree) more=$(ls "$word") ;; esac' \
	'last=$word' 'done' 'echo "cpio $more" >"$out"' >"$project/bench/probe/mkinitramfs"
for adds in torture selftests; do
	printf '%s\n' '#!/bin/sh' 'while [ "$1" != --out ]; do shift; done; mkdir "$2" "$2/${0##*/}"' \
		>"$project/bench/adds/$adds"
done
printf '%s\n' 'debug all kunit contexts' 'up raw contexts' 'arm64 raw build' >"$project/bench/plan"
for config in debug up arm64; do
	for v in none raw; do
		mkdir -p "$kernels/$v-$config"
		touch "$kernels/$v-$config/bzImage"
		echo CONFIG_SMP=y >"$kernels/$v-$config/.config"
		jq --arg c "$config" '.debug = true | .config = $c' "$kernels/$v/kernel.json" \
			>"$kernels/$v-$config/kernel.json"
		built "$kernels/$v-$config"
	done
done
echo CONFIG_SMP=n >"$kernels/raw-up/.config"
out=$work/correct
# shellcheck disable=SC2054  # bench/correct takes commas
run=("$project/bench/correct" --kernels "$kernels" --initrd "$initrd" --out "$out"
	--variants none,raw --seconds 2 --jobs 1)

fails_with 0 "a whole run succeeds" "${run[@]}"
verdict "what is planned was run, and nothing else" test "$(cd "$out" && find . -name '*.json' | sort | tr '\n' ' ')" = \
	"./none/debug.contexts.json ./none/debug.kunit.json ./raw/arm64.build.json ./raw/debug.contexts.json ./raw/debug.kunit.json ./raw/up.contexts.json "
file=$out/raw/debug.contexts.json
verdict "a result says what it is of" jq -e '.variant == "raw" and .config == "debug" and .test == "contexts" and
	.result == "passed" and .seconds == 2 and .cpus == 2 and .accel == "turns" and .rounds == 3 and
	.kernel.config == "debug" and (.reason | not)' "$file"
verdict "the guest is told what the configuration needs" jq -e '.cmdline |
	test(" page_owner=on ") and test(" bench.samples=200 ") and test("kunit.enable=0")' "$file"
verdict "the suite counts" jq -e '.kunit == {passed: 18, failed: 0, skipped: 4} and .accel == "icount"' "$out/raw/debug.kunit.json"
verdict "and is not told to be off" jq -e '.cmdline | test("kunit.enable") | not' "$out/raw/debug.kunit.json"
verdict "a kernel for one CPU gets one" jq -e '.cpus == 1 and .accel == "icount"' "$out/raw/up.contexts.json"
verdict "one that is only compiled needs no guest" jq -e '.result == "passed" and (has("qemu") | not)' "$out/raw/arm64.build.json"
verdict "a line each is printed" grep -qx "raw/debug.kunit: passed, 5 s, suite: 18 passed, 4 skipped" "$work/out"

fails_with 0 "a run on threads of the host succeeds" "${run[@]}" --accel smp --out "$work/smp"
verdict "which is said" jq -e '.accel == "smp"' "$work/smp/raw/debug.contexts.json"
: >"$FAKE_QEMU_LOG"
fails_with 0 "a second run succeeds" "${run[@]}"
verdict "and runs nothing" test ! -s "$FAKE_QEMU_LOG"
fails_with 0 "a shorter one neither" "${run[@]}" --seconds 1
verdict "runs anything" test ! -s "$FAKE_QEMU_LOG"
fails_with 0 "a longer one succeeds" "${run[@]}" --seconds 3
verdict "and runs what has rounds" test "$(wc -l <"$FAKE_QEMU_LOG")" -eq 3

# failed WHAT MODE REASON: with this QEMU the contexts of raw fail.
failed() {
	rm -rf "$out"
	FAKE_QEMU=$2 fails_with 1 "$1 fails its test" "${run[@]}" --variants raw --configs debug
	verdict "$1: that is the reason" jq -e --arg why "$3" '.result == "failed" and (.reason | test($why))' "$file"
	verdict "$1: the failed ones are named" grep -q "failed: .*raw/debug.contexts" "$work/err"
}
failed "a QEMU whose runner is killed" orphan:contexts "qemu-run ended with status 137"
failed "a warning" bad:contexts "WARNING: mm/page_alloc.c"
verdict "the console is kept" grep -q WARNING <(gzip -dc "$out/raw/debug.contexts.console.gz")
verdict "the other test has passed" jq -e '.result == "passed"' "$out/raw/debug.kunit.json"
fails_with 0 "a failed test is run again" "${run[@]}" --variants raw --configs debug
verdict "and its console replaced" grep -qx "guest: end" <(gzip -dc "$out/raw/debug.contexts.console.gz")
gzip -dc "$out/raw/debug.contexts.console.gz" | sed '1a WARNING: mm/page_alloc.c' | gzip >"$work/console.gz"
mv "$work/console.gz" "$out/raw/debug.contexts.console.gz"
: >"$FAKE_QEMU_LOG"
fails_with 0 "what passed with a console that is bad is run again" "${run[@]}" --variants raw --configs debug
verdict "and nothing else" test "$(wc -l <"$FAKE_QEMU_LOG")" -eq 1
failed "a context in which raw locks gave nothing" deaf:contexts "it counted no hardirq"
failed "a guest that stops" short:contexts "no end marker"
failed "a QEMU that fails" crash:contexts "QEMU failed"
failed "a guest that panics" panic:contexts "Kernel panic"
failed "a guest that warns and hangs" stuck:contexts "^the guest hung; WARNING: mm/page_alloc.c"
verdict "it is ended" wait_for 5 no_qemu_left
failed "a result that is cut" cut:contexts "no round came to its end"
failed "a load without rounds" idle:contexts "no round came to its end"
rm -rf "$out"
FAKE_QEMU=nosuite:kunit fails_with 1 "a suite that does not run fails" "${run[@]}" --tests kunit --variants raw
verdict "that is said" jq -e '.reason == "the suite did not come to its end"' "$out/raw/debug.kunit.json"
FAKE_QEMU=badsuite:kunit fails_with 1 "a suite that fails fails" "${run[@]}" --tests kunit --variants raw
verdict "the number is said" jq -e '.reason == "1 tests of the suite failed" and .kunit.failed == 1' "$out/raw/debug.kunit.json"
rm -rf "$out"
printf '%s\n' 'debug all concurrency' >"$project/bench/plan"
FAKE_QEMU=good fails_with 1 "a part without rounds fails its test" "${run[@]}" --variants raw
verdict "it is named" jq -e '.reason == "no round of dropcaches came to its end" and .parts.anon == 4' "$out/raw/debug.concurrency.json"
FAKE_QEMU=good fails_with 1 "so it does for as long as it says" "$project/bench/correct" --kernels "$kernels" \
	--initrd "$initrd" --out "$out" --variants raw --jobs 1
verdict "and on threads of the host" jq -e '.accel == "smp" and (.cmdline | test(" bench.samples=60000 "))' "$out/raw/debug.concurrency.json"

# What single tests ask for.
printf '%s\n' 'debug all faults torture selftests hibernation' >"$project/bench/plan"
printf '%s\n' '# A list' 'one -n 1' 'two' '-three too little' >"$project/bench/selftests"
echo CONFIG_PREEMPT_RT=y >>"$kernels/raw-debug/.config"
rm -rf "$out"
fails_with 0 "tests that ask for more pass" "${run[@]}" --variants raw
verdict "what they have beside the others is in their guests" test "$(jq -r .initramfs_sha256 "$out"/raw/*.json | sort -u | wc -l)" -eq 3
verdict "numbers that a test says are in its result" jq -e '.counts ==
	{injected: 2, killed: 4, served: 1, refused: 3, lost: -2}' "$out/raw/debug.faults.json"
verdict "so is the latest wakeup" jq -e '.latest_wakeup_ns == 5000' "$out/raw/debug.faults.json"
verdict "which is in no other one" jq -e 'has("latest_wakeup_ns") | not' "$out/raw/debug.torture.json"
verdict "a test of one round has no real-time task" jq -e '.cmdline | test(" bench.rounds=0") and (test("bench.samples") | not)' \
	"$out/raw/debug.torture.json"
verdict "results of parts are in the result" jq -e '.results ==
	[{name: "one -n 1", result: "passed"}, {name: "two", result: "skipped", reason: "it needs: much"}]' "$out/raw/debug.selftests.json"
verdict "a guest that hibernates is booted again" jq -e '.boots == 2 and (.cmdline | test("resume=/dev/vda"))' "$out/raw/debug.hibernation.json"
: >"$FAKE_QEMU_LOG"
fails_with 0 "a second run of these succeeds" "${run[@]}" --variants raw
verdict "and does nothing" test ! -s "$FAKE_QEMU_LOG"
# asked TEST MODE REASON: with this QEMU the test fails, and says so.
asked() {
	rm -rf "$out"
	FAKE_QEMU=$2 fails_with 1 "$2 is no success" "${run[@]}" --variants raw --tests "$1"
	verdict "$2: that is the reason" jq -e --arg why "$3" '.result == "failed" and (.reason | test($why))' "$out/raw/debug.$1.json"
}
asked faults late:faults "was late: 10000000 ns"
asked faults killother:faults "Killed process 7 .sh."
asked torture kill:torture "Killed process 7 .memload."
asked selftests partial:selftests "not all of bench/selftests have a result"
asked selftests skipped:selftests "none of bench/selftests passed"
asked hibernation awake:hibernation "never hibernated"
rm -rf "$out"
FAKE_QEMU=kill:faults fails_with 0 "a kill that belongs to its test is no failure" "${run[@]}" --variants raw --tests faults
sed -i /PREEMPT_RT/d "$kernels/raw-debug/.config"
FAKE_QEMU=late:faults fails_with 0 "without PREEMPT_RT nobody is late" "${run[@]}" --variants raw --tests faults --out "$work/late"
printf '%s\n' '#!/bin/sh' 'echo "selftests: one does not compile" >&2; exit 1' >"$project/bench/adds/selftests"
fails_with 1 "a test whose guest cannot be made fails" "${run[@]}" --variants raw --tests selftests --out "$work/adds"
verdict "why is said" grep -q "one does not compile" "$work/err"

# A file system with a megabyte; what is there stays.
printf '%s\n' 'debug all kunit' >"$project/bench/plan"
mkdir "$work/small"
# shellcheck disable=SC2016  # for the inner shell
refused "a full disk is named" "less than 512 MiB free" unshare --mount sh -c '
	mount -t tmpfs -o size=1m small "$0" && mkdir "$0/none" && echo old >"$0/none/debug.kunit.json"
	"$@"
	status=$?
	grep -qx old "$0/none/debug.kunit.json" && exit $status' "$work/small" "${run[@]}" --out "$work/small"
# One that gets full while the guest runs, or before its result is written.
printf '%s\n' 'debug all kunit contexts' >"$project/bench/plan"
rm -rf "$out"
fails_with 0 "results on a disk with room" "${run[@]}" --variants raw
rm "$out"/raw/debug.contexts.*
cp -r "$out" "$work/before"
for mode in full filled; do
	can_mount "bench/correct with a disk that gets full" || break
	FAKE_QEMU=$mode:contexts fails_with 1 "$mode: the run fails" on_disk 520 "$out" "${run[@]}" --variants raw
	verdict "$mode: one line says why" test "$(grep -c "cannot write '$out/raw/debug.contexts.json': make room there" "$work/err")" -eq 1
	verdict "$mode: one what to do, and nothing else" test "$(grep -c 'finished files are kept, run again to go on' "$work/err")-$(wc -l <"$work/err")" = 1-2
	verdict "$mode: the other result is as it was, and nothing else is left" diff -r "$work/before" "$out.after"
	rm -rf "$out".{before,after}
done
rm -rf "$out"
printf '%s\n' 'debug all leak:anon leak:all' >"$project/bench/plan"
fails_with 0 "a test beside loads succeeds" "${run[@]}" --variants raw
verdict "the load is told" jq -e '.test == "leak:anon" and .result == "passed" and
	(.cmdline | test("bench.load=leak .*bench.beside=anon"))' "$out/raw/debug.leak:anon.json"
verdict "and no wakeups are measured" jq -e '.cmdline | test("bench.samples") | not' "$out/raw/debug.leak:all.json"
rm -rf "$out"
FAKE_QEMU=bad:leak fails_with 1 "a warning beside a load fails it" "${run[@]}" --variants raw
verdict "both are named" grep -q "failed: raw/debug.leak:anon raw/debug.leak:all" "$work/err"

# Interrupted, or killed: what is finished stays, nothing runs on.
printf '%s\n' 'debug all kunit contexts' >"$project/bench/plan"
for signal in TERM KILL; do
	rm -rf "$out"
	: >"$FAKE_QEMU_PIDS"
	: >"$FAKE_QEMU_LOG"
	(set -m; FAKE_QEMU=hang:contexts "${run[@]}" >"$work/out" 2>"$work/err" & echo $! >"$work/pid"; wait) 2>/dev/null &
	wait_for 20 test -s "$out/none/debug.kunit.json"
	wait_for 20 grep -q bench.load=contexts "$FAKE_QEMU_LOG"
	[ "$signal" = KILL ] ||
		refused "a second run in one directory is refused" "another run is testing" "${run[@]}"
	kill -s "$signal" "$(cat "$work/pid")"
	wait
	verdict "no QEMU is left after $signal" wait_for 5 no_qemu_left
	verdict "a finished result is there after $signal" test -s "$out/none/debug.kunit.json"
	verdict "an unfinished one is not" test ! -e "$out/none/debug.contexts.json"
	: >"$FAKE_QEMU_LOG"
	fails_with 0 "the run after $signal succeeds" "${run[@]}"
	verdict "and does only what was missing" test "$(wc -l <"$FAKE_QEMU_LOG")" -eq 3
done
: >"$FAKE_QEMU_LOG"

refused "a missing QEMU is named" "qemu-system-x86_64 is missing; run 'make setup'" without qemu-system-x86_64 "${run[@]}"
verdict "and what is there stays" test -s "$out/none/debug.kunit.json"
refused "an unknown test is named" "unknown test 'x': kunit, contexts" "${run[@]}" --tests x
refused "an unknown configuration is named" "unknown configuration 'x': debug" "${run[@]}" --configs x
refused "an unknown variant is named" "unknown variant 'x': none" "${run[@]}" --variants x
refused "an unknown accelerator is named" "unknown accelerator 'x': turns, smp" "${run[@]}" --accel x
refused "two accelerators are one too many" "unknown accelerator 'turns,smp'" "${run[@]}" --accel turns,smp
refused "seconds are a number" "not a whole number" "${run[@]}" --seconds long
printf '%s\n' 'debug none kunit' >"$project/bench/plan"
refused "what is not planned is not run" "nothing of this is planned" "${run[@]}" --variants raw
printf '%s\n' 'debug all kunit' >"$project/bench/plan"
echo another >"$kernels/raw-debug/bzImage"
rm -rf "$out"
fails_with 1 "an image that its description is not of is not tested" "${run[@]}"
verdict "that is said" grep -q "the kernel in '$kernels/raw-debug' is not the one that its kernel.json is of" "$work/err"
verdict "it has no result" test -e "$out/none/debug.kunit.json" -a ! -e "$out/raw/debug.kunit.json"
rm -r "$kernels/raw-debug" "$out"
fails_with 1 "without its kernel a test fails" "${run[@]}"
verdict "what to do is said" grep -q "run 'make kernel VARIANT=raw CONFIG=debug'" "$work/err"
verdict "the others are run" test -e "$out/none/debug.kunit.json" -a ! -e "$out/raw/debug.kunit.json"
finish
