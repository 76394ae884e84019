#!/bin/bash
# bench-run: the benchmark script goes on where it stopped, keeps what is good,
# measures again what is not, and says in one line what is wrong.

# shellcheck source=tests/fixtures/vm.bash
. "$(dirname "$0")/fixtures/vm.bash"
use_fake_qemu

out=$work/cells
# shellcheck disable=SC2054  # bench/run takes commas
run=("$top/bench/run" --kernels "$kernels" --initrd "$initrd" --out "$out"
	--variants none,raw --loads idle,anon --samples 50 --seeds 2)

# shellcheck disable=SC2317  # called by verdict
# guests: how many guests ran since the last call.
guests() {
	wc -l <"$FAKE_QEMU_LOG"
	: >"$FAKE_QEMU_LOG"
}

# guests_are N
# shellcheck disable=SC2317  # called by verdict
guests_are() { [ "$(guests)" -eq "$1" ]; }

fails_with 0 "a whole run succeeds" "${run[@]}"
verdict "one guest a cell" guests_are 8
verdict "the table has the factor against none" grep -qE '^anon +5,000 +5,000 \(x1\.00\)$' "$work/out"
verdict "a cell holds what it must" jq -e '
	.format == 1 and .variant == "raw" and .load == "anon" and .seed == 2 and
	.accel == "icount" and .profile == "custom" and .samples == 50 and
	.interval_us == 201 and .kernel.config_sha256 == "01" * 32 and
	(.qemu | startswith("fake QEMU")) and (.initramfs_sha256 | length == 64) and
	(.command | test("bench.load=anon bench.seed=2")) and .rounds == 3 and .vmstat.pgfree == 7 and
	(.date | test("^20..-..-..T..:..:..Z$")) and .cyclictest.cycles == 50 and
	([.cyclictest.histogram[]] | add) == 50 and .cyclictest.max_ns == 5000' \
	"$out/raw/anon.s2.json"
verdict "idle has no rounds" jq -e 'has("rounds") | not' "$out/none/idle.s1.json"
verdict "nothing but cells is left" test -z "$(find "$out" -type f ! -name '*.json')"

fails_with 0 "a second run succeeds" "${run[@]}"
verdict "and measures nothing" guests_are 0

echo '{"format":1,' >"$out/raw/anon.s1.json"
jq '.cyclictest.histogram = {"1": 1}' "$out/none/idle.s2.json" >"$work/x"
mv "$work/x" "$out/none/idle.s2.json"
fails_with 0 "a run over damaged cells succeeds" "${run[@]}"
verdict "and measures just those again" guests_are 2
verdict "the damaged cell is whole again" jq -e '.cyclictest.cycles == 50' "$out/raw/anon.s1.json"

jq '.config_sha256 = "02" * 32' "$kernels/raw/kernel.json" >"$work/x"
mv "$work/x" "$kernels/raw/kernel.json"
built "$kernels/raw"
fails_with 0 "a run with another kernel succeeds" "${run[@]}"
verdict "and measures its cells again" guests_are 4
jq '.command |= sub("-m 1024"; "-m 512")' "$out/raw/anon.s1.json" >"$work/x"
mv "$work/x" "$out/raw/anon.s1.json"
fails_with 0 "another guest is run again" "${run[@]}"
verdict "alone" guests_are 1

rm -rf "$out"
FAKE_QEMU=bad:anon fails_with 1 "bad consoles fail the run" "${run[@]}"
verdict "the failing cells are named" grep -q '4 of 8 cells failed: .*raw/anon.s2' "$work/err"
verdict "the bad line is shown" grep -q 'WARNING: mm/page_alloc.c:1' "$work/err"
verdict "the console is kept" grep -q WARNING "$out/raw/anon.s1.json.console"
verdict "a bad cell is no cell" test ! -e "$out/raw/anon.s1.json"
verdict "the other cells are there" test -e "$out/raw/idle.s2.json"
# mishap MODE PATTERN: one cell's guest ends like that; the line about it matches.
mishap() {
	cp -r "$out" "$work/before" && rm -f "$out/raw/anon.s1.json" "$work/before/raw/anon.s1.json"
	FAKE_QEMU=$1:anon fails_with 1 "$1: the run fails" "${run[@]}" --variants raw --seeds 1
	verdict "$1: one line says so" test "$(grep -cE "raw/anon.s1: $2" "$work/err")" -eq 1
	verdict "$1: it is no cell" test ! -e "$out/raw/anon.s1.json"
	rm -f "$out/raw/anon.s1.json.console" "$work/before/raw/anon.s1.json.console"
	verdict "$1: the other cells are as they were" diff -r "$work/before" "$out"
	rm -rf "$work/before"
}
fails_with 0 "the next run repairs it" "${run[@]}"
mishap panic "bad console"
verdict "panic: what the kernel said is shown" grep -q "Kernel panic" "$work/err"
mishap short "bad console"
mishap cut "."
mishap crash "qemu-run: QEMU failed with status 1"
# The limit, which is minutes, comes at once.
mkdir "$work/hasty"
printf '%s\n' '#!/bin/bash' "exec $(command -v timeout) --foreground -k 5 1 \"\${@:5}\"" >"$work/hasty/timeout"
chmod +x "$work/hasty/timeout"
: >"$FAKE_QEMU_PIDS"
PATH=$work/hasty:$PATH mishap hang "qemu-run: the guest did not end within [0-9]* s"
verdict "hang: no QEMU is left" no_qemu_left
# A disk that gets full while the guest runs, or before its cell is written.
for mode in full filled; do
	can_mount "bench/run with a disk that gets full" || break
	cp -r "$out" "$work/before" && rm -f "$out/raw/anon.s1.json" "$work/before/raw/anon.s1.json"
	FAKE_QEMU=$mode:anon fails_with 1 "$mode: the run fails" \
		on_disk 80 "$out" "${run[@]}" --variants raw --seeds 1 --jobs 1
	verdict "$mode: one line says why" test "$(grep -c "cannot write '$out/raw/anon.s1.json': make room there" "$work/err")" -eq 1
	verdict "$mode: one what to do, and nothing else" test "$(grep -c 'finished cells are kept, run again to go on' "$work/err")-$(wc -l <"$work/err")" = 1-2
	verdict "$mode: the other cells are as they were, and nothing else is left" diff -r "$work/before" "$out.after"
	rm -rf "$work/before" "$out".{before,after}
done
fails_with 0 "the run after these repairs it" "${run[@]}"
verdict "the old console is gone" test ! -e "$out/raw/anon.s1.json.console"
guests >/dev/null

# Interrupted in the middle, in each way: what is finished stays, nothing runs on.
for signal in INT TERM KILL; do
	rm -rf "$out"
	: >"$FAKE_QEMU_PIDS"
	(set -m; FAKE_QEMU=hang:anon "${run[@]}" >"$work/out" 2>"$work/err" & echo $! >"$work/pid"; wait) 2>/dev/null &
	wait_for 20 grep -q bench.load=anon "$FAKE_QEMU_LOG"
	wait_for 20 test -s "$out/raw/idle.s2.json"
	kill -s "$signal" "$(cat "$work/pid")"
	wait
	verdict "no QEMU is left after $signal" wait_for 5 no_qemu_left
	verdict "finished cells are there after $signal" test -s "$out/raw/idle.s2.json"
	[ "$signal" = KILL ] || verdict "$signal says how to go on" grep -q 'run again to go on' "$work/err"
	: >"$FAKE_QEMU_LOG"
	fails_with 0 "the run after $signal succeeds" "${run[@]}"
	verdict "and measures only what was missing" guests_are 4
done

# Two at once.
rm -rf "$out"
(set -m; FAKE_QEMU=hang "${run[@]}" >/dev/null 2>&1 & echo $! >"$work/pid"; wait) 2>/dev/null &
wait_for 20 grep -q bench.load "$FAKE_QEMU_LOG"
refused "a second run in one directory is refused" "another run is measuring" "${run[@]}"
kill "$(cat "$work/pid")"
wait
fails_with 0 "after the first has ended it works" "${run[@]}"

refused "an unknown variant is named" "unknown variant 'x'" "${run[@]}" --variants none,x
refused "an unknown load is named" "unknown load 'x'" "${run[@]}" --loads x
refused "an unknown profile is named" "unknown profile 'x'" "${run[@]}" --profile x
refused "bad seeds are named" "--seeds '1,x'" "${run[@]}" --seeds 1,x
refused "no samples are refused" "--samples '0'" "${run[@]}" --samples 0
refused "--explain is for wakeups alone" "no --explain" "$top/bench/run" --throughput --explain
refused "an unknown argument is named" "unknown argument '--x'" "${run[@]}" --x
refused "a place that cannot be written is named" "cannot make the directory" "${run[@]}" --out /proc/x

# A file system with a megabyte.
mkdir "$work/small"
# shellcheck disable=SC2016  # for the inner shell
refused "a full disk is named" "less than 64 MiB free" unshare --mount sh -c '
	mount -t tmpfs -o size=1m small "$0" && exec "$@"' "$work/small" "${run[@]}" --out "$work/small/cells"
refused "a missing QEMU is named" "qemu-system-x86_64 is missing; run 'make setup'" without qemu-system-x86_64 "${run[@]}"

# The image of another variant beside the description of this one.
rm -r "$out"/raw
cp -r "$out" "$work/before"
echo another >"$kernels/raw/bzImage"
: >"$FAKE_QEMU_LOG"
fails_with 1 "an image that the description is not of fails the run" "${run[@]}"
verdict "it is named once, with what to do" test \
	"$(grep -c "the kernel in '$kernels/raw' is not the one .*run 'make kernel'" "$work/err")" -eq 1
verdict "it is not booted" test ! -s "$FAKE_QEMU_LOG"
verdict "and what there was stays" diff -r "$work/before" "$out"
refused "nor does bench/cell boot it" "is not the one that its kernel.json is of" "$top/bench/cell" --kernel "$kernels/raw" \
	--initrd "$initrd" --variant raw --load idle --seed 1 --samples 9 --interval 9 --accel icount --profile custom --out "$work/c.json"
: >"$kernels/raw/bzImage"
rm "$kernels/raw/sha256sums"
fails_with 1 "so does one of which nothing is known" "${run[@]}"
built "$kernels/raw"
fails_with 0 "the right one is booted" "${run[@]}"

jq '.series_sha256 = "03" * 32' "$kernels/none/kernel.json" >"$work/x"
cp "$work/x" "$kernels/none/kernel.json"
built "$kernels/none"
fails_with 1 "kernels of two series are not compared" "${run[@]}"
verdict "that is said once" test "$(grep -c "not from the same source" "$work/err")" -eq 1

echo '{' >"$kernels/raw/kernel.json"
rm -rf "$out"
fails_with 1 "a damaged kernel description fails the run" "${run[@]}"
verdict "it is named once" test "$(grep -c "kernel.json' is damaged" "$work/err")" -eq 1
verdict "the other variant is measured" test -s "$out/none/anon.s2.json"
finish
