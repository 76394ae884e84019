#!/bin/bash
# bench-flood: bench/run --flood measures in guests whose initramfs has the flood on top,
# says what the flood did, and takes no cell beside which there was none.

# shellcheck source=tests/fixtures/vm.bash
. "$(dirname "$0")/fixtures/vm.bash"
use_fake_qemu
make_modules page_probe
out=$work/flood
# shellcheck disable=SC2054  # bench/run takes commas
run=("$top/bench/run" --flood --kernels "$kernels" --initrd "$initrd" --modules "$work/modules"
	--out "$out" --variants none,raw --loads idle,anon --samples 50 --seeds 1)

fails_with 0 "a whole run succeeds" "${run[@]}"
verdict "one guest a cell" test "$(wc -l <"$FAKE_QEMU_LOG")" -eq 4
verdict "the table has the factor against none" grep -qE '^anon +5,000 +5,000 \(x1\.00\)$' "$work/out"
cell=$out/raw/anon.s1.json
verdict "a cell says what the flood did" jq -e '.flood == {interval_us: 50, interrupts: 1000,
	got: 1000, objects: 1000, bulk: 1000} and .cyclictest.cycles == 50 and
	(.cmdline | test("bench.load=anon .*bench.flood=50"))' "$cell"
verdict "its initramfs is that of all cells" test "$(jq -r .initramfs_sha256 "$cell")" = \
	"$(sha256sum <"$initrd" | cut -d' ' -f1)"
verdict "and that of its variant lies on top" test "$(jq -r .flood_sha256 "$cell")" != \
	"$(jq -r .flood_sha256 "$out/none/anon.s1.json")"

: >"$FAKE_QEMU_LOG"
fails_with 0 "a second run succeeds" "${run[@]}"
verdict "and measures nothing" test ! -s "$FAKE_QEMU_LOG"
echo "another module of raw" >"$work/modules/raw/page_probe.ko"
fails_with 0 "a run with another module succeeds" "${run[@]}"
verdict "and measures its cells again" test "$(wc -l <"$FAKE_QEMU_LOG")" -eq 2

rm -r "$out"
FAKE_QEMU=dry:anon fails_with 1 "a flood that does nothing fails a cell" "${run[@]}"
verdict "that is said" grep -q 'raw/anon.s1: there was no flood' "$work/err"
verdict "and leaves none" test ! -e "$cell" -a -e "$out/raw/idle.s1.json"
rm "$work/modules/raw/page_probe.ko"
fails_with 1 "without its module a variant is not measured" "${run[@]}"
verdict "the module is named" grep -q "cannot read the module '$work/modules/raw/page_probe.ko'" "$work/err"
verdict "the other variant is" test -e "$out/none/idle.s1.json"

refused "no throughput beside it" "so no --throughput" "$top/bench/run" --flood --throughput
refused "none is explained" "no --explain" "$top/bench/run" --flood --explain
finish
