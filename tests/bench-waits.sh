#!/bin/bash
# bench-waits: a file has what each guest counted, by number of CPUs; and bench/contend
# puts the model beside it.

# shellcheck source=tests/fixtures/vm.bash
. "$(dirname "$0")/fixtures/vm.bash"
use_fake_qemu
mkdir -p "$work/modules/raw-unbounded" && echo module >"$work/modules/raw-unbounded/page_probe.ko"
cp -r "$kernels/raw" "$kernels/raw-unbounded-lockstat"
edit() { jq "$2" "$1" >"$work/edited" && mv "$work/edited" "$1"; }
edit "$kernels/raw-unbounded-lockstat/kernel.json" '.variant = "raw-unbounded"'
out=$work/waits
# shellcheck disable=SC2054  # bench/waits takes commas
run=("$top/bench/waits" --kernels "$kernels" --modules "$work/modules" --initrd "$initrd"
	--out "$out" --cpus 1,2,4 --window 300 --seeds 2)

fails_with 0 "a whole run succeeds" "${run[@]}"
verdict "a guest for each number of CPUs and seed" test "$(grep -c 'bench.load=waits .*bench.of=steal bench.window=300' "$FAKE_QEMU_LOG")" -eq 6
file=$out/steal.json
verdict "a file has what they counted" jq -e '.load == "steal" and .window_ms == 300 and
	.accel == "smp" and (.host_cpus > 0) and [.points[] | .cpus, (.waits | length)] == [1, 2, 2, 2, 4, 2] and
	.points[1].waits[0] == {window_ns: 300000000, acquisitions: 2000, contentions: 20,
		wait_ns: 200000, wait_max_ns: 5000, hold_ns: 2000000, hold_max_ns: 9000} and
	(has("seed") or has("cpus") | not)' "$file"
verdict "the table has the means" grep -qE '^ +4 +8000 +1\.3 % +3 % +0\.3$' "$work/out"
: >"$FAKE_QEMU_LOG"
fails_with 0 "a second run succeeds" "${run[@]}"
verdict "and measures nothing" test ! -s "$FAKE_QEMU_LOG"
verdict "nothing else is left" test "$(find "$out" -type f | wc -l)" -eq 7

# A CPU alone holds the lock for 1000 ns of 300,000: the model is fed with that.
for v in raw raw-unbounded; do
	mkdir -p "$work/holds/$v"
	jq -n --arg v "$v" '{format: 1, variant: $v, load: "steal", kernel: {}, window_ns: 1000000,
		date: "2026-01-01T00:00:00Z", locks: {zone: {holds: 10,
			hold_ns: {"200": 9, "300": 1}, gap_ns: {"9000": 5, "7000": 5}}}}' >"$work/holds/$v/steal.json"
done
contend=("$top/bench/contend" --holds "$work/holds" --waits "$out" --loads steal --cpus 2 --operations 20000 --out "$work/contend")
fails_with 0 "the model is held against it" "${contend[@]}"
verdict "with the means of one CPU" jq -e '.measured | .hold_mean_ns == 1000 and .gap_mean_ns == 299000 and
	[.points[] | .cpus, .acquisitions, .contentions, .wait_mean_ns, .wait_max_ns] ==
		[2, 4000, 40, 100, 5000, 4, 8000, 240, 300, 5000]' "$work/contend/raw-unbounded/steal.json"
# Half a hold, as often as the other one has the lock.
verdict "and its mean wait is that of two CPUs" jq -e '.measured.points[0].model_mean_ns |
	. >= 1 and . <= 3' "$work/contend/raw-unbounded/steal.json"
verdict "raw, where nobody queues like that, has none" jq -e 'has("measured") | not' "$work/contend/raw/steal.json"
touch "$work/before"
fails_with 0 "a second run succeeds" "${contend[@]}"
verdict "and simulates nothing" test -z "$(find "$work/contend" -newer "$work/before" -name '*.json')"
edit "$file" '.points[1].waits[0].wait_ns = 400000'
fails_with 0 "other waits are looked at" "${contend[@]}"
verdict "anew" jq -e '.measured.points[0].wait_mean_ns == 150' "$work/contend/raw-unbounded/steal.json"

rm -r "$out"
FAKE_QEMU=few fails_with 1 "a lock that nobody took fails a guest" "${run[@]}"
verdict "that is said" grep -q 'nobody took zone->lock' "$work/err"
verdict "and leaves no file" test ! -e "$file"
refused "an unknown load is named" "unknown load 'x'" "$top/bench/waits" --loads x
refused "numbers of CPUs without 1 are refused" "with 1 among them" "$top/bench/waits" --cpus 2,4
refused "no seeds are refused" "--seeds '0'" "$top/bench/waits" --seeds 0
finish
