#!/bin/bash
# bench-kfree: a file holds what the modules said, with what it was measured from, is
# kept as long as that is the same, and what is missing is not made up.

# shellcheck source=tests/fixtures/vm.bash
. "$(dirname "$0")/fixtures/vm.bash"
use_fake_qemu
make_modules page_probe rcuscale
out=$work/kfree
# shellcheck disable=SC2054  # bench/kfree takes commas
run=("$top/bench/kfree" --kernels "$kernels" --modules "$work/modules" --initrd "$initrd"
	--out "$out" --variants none,raw --objects 3000 --burst 500 --loops 4 --seeds 2 --jobs 1)

fails_with 0 "a whole run succeeds" "${run[@]}"
verdict "a guest a seed, in turns" test "$(grep -oE 'bench.seed=[0-9]' "$FAKE_QEMU_LOG" |
	tr '\n' ' ')" = 'bench.seed=1 bench.seed=1 bench.seed=2 bench.seed=2 '
verdict "the guest is told what to do" grep -q \
	'bench.load=kfree .*bench.rounds=1 bench.objects=3000 bench.burst=500 bench.loops=4' "$FAKE_QEMU_LOG"
file=$out/raw.json
verdict "the file has the means of what the modules said" jq -e '
	.kfree_rcu == [{context: "hardirq", objects: 3000, bulk: 2998, least_bulk: 2998, fallback: 2, ns: 1800015,
		least_ns: 1800010, most_ns: 1800020, call_ns: 270000, peak_pages: 77}] and
	.rcuscale == {ns: 40000000, loops: 4, batches: 9, footprint_mb: 3, objects: 8000} and
	.seeds == [1, 2] and (has("times_ns") or has("load") or has("seed") | not)' "$file"
verdict "and what it was measured with" jq -e '.variant == "raw" and .objects == 3000 and
	.burst == 500 and .loops == 4 and .accel == "icount" and
	.kernel.variant == "raw" and (.command | test("-smp 1 ")) and (.cmdline | test("bench.burst=500"))' "$file"
verdict "a module is part of what is measured" test "$(jq -r .initramfs_sha256 "$file")" != \
	"$(jq -r .initramfs_sha256 "$out/none.json")"
verdict "the table has the share and the times" grep -qE \
	'^  hardirq +99\.93 % +600 +90 +77$' "$work/out"
verdict "and what rcuscale says" grep -qE '^  rcuscale +1250 +3 MB$' "$work/out"
verdict "nothing else is left" test "$(find "$out" -type f | wc -l)" -eq 6

: >"$FAKE_QEMU_LOG"
fails_with 0 "a second run succeeds" "${run[@]}"
verdict "and measures nothing" test ! -s "$FAKE_QEMU_LOG"
for module in page_probe rcuscale; do
	echo "another $module of raw" >"$work/modules/raw/$module.ko"
	: >"$FAKE_QEMU_LOG"
	fails_with 0 "a run with another $module succeeds" "${run[@]}"
	verdict "and measures what that is for" test "$(wc -l <"$FAKE_QEMU_LOG")" -eq 2
done
for option in objects burst loops; do
	: >"$FAKE_QEMU_LOG"
	fails_with 0 "a run with other $option succeeds" "${run[@]}" --$option 44
	verdict "and measures all again" test "$(wc -l <"$FAKE_QEMU_LOG")" -eq 4
done

# What was there before is no part of a file.
FAKE_QEMU=few fails_with 1 "missing objects fail a file" "${run[@]}" --objects 2000
verdict "that is said" grep -q 'objects are missing' "$work/err"
verdict "and leave none" test ! -e "$file"
FAKE_QEMU=bad fails_with 1 "a bad console fails a file" "${run[@]}"
verdict "the console is kept" grep -q WARNING "$out/seeds/raw.s1.json.console"
verdict "the failed ones are named" grep -q 'failed: none/1 raw/1 none/2 raw/2' "$work/err"

refused "an unknown variant is named" "unknown variant 'x'" "$top/bench/kfree" --variants x
refused "no objects are refused" "--objects '0'" "$top/bench/kfree" --objects 0
refused "a burst that is too large is refused" "'9000' is more than 8192" "$top/bench/kfree" --burst 9000
refused "loops that rcuscale cannot divide are refused" "'3' is less than 4" "$top/bench/kfree" --loops 3
refused "an unknown argument is named" "unknown argument '--x'" "$top/bench/kfree" --x
refused "a missing kernel is named" "run 'make kernel VARIANT=trylock'" \
	"$top/bench/kfree" --kernels "$kernels" --initrd "$initrd" --out "$out" --variants trylock
finish
