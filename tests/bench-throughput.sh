#!/bin/bash
# bench-throughput: bench/run --throughput times a fixed number of rounds, joins
# the seeds of a load into one file and keeps what was measured from the same input.

# shellcheck source=tests/fixtures/vm.bash
. "$(dirname "$0")/fixtures/vm.bash"
use_fake_qemu

out=$work/throughput
# shellcheck disable=SC2054  # bench/run takes commas
run=("$top/bench/run" --throughput --kernels "$kernels" --initrd "$initrd" --out "$out"
	--variants none,raw --loads pagecache,compile)

# guests_are N: so many guests ran since the last call.
# shellcheck disable=SC2317  # called by verdict
guests_are() {
	local n
	n=$(wc -l <"$FAKE_QEMU_LOG")
	: >"$FAKE_QEMU_LOG"
	[ "$n" -eq "$1" ]
}

fails_with 0 "a whole run succeeds" "${run[@]}"
verdict "no guest runs cyclictest" sh -c "! grep -q bench.samples '$FAKE_QEMU_LOG'"
verdict "one guest a variant, load and seed" guests_are 12
# The fake guest's rounds take 1000 ns, 1001 ns and so on.
verdict "a file holds what it must" jq -e '
	.format == 1 and .variant == "raw" and .load == "compile" and .accel == "icount" and
	.profile == "default" and .kernel.config_sha256 == "01" * 32 and
	(.qemu | startswith("fake QEMU")) and (.initramfs_sha256 | length == 64) and
	(.command | test("bench.load=compile bench.seed=1 bench.rounds=4 bench.warmup=2")) and
	(.cmdline | test("bench.rounds=4")) and (.date | test("^20..-..-..T..:..:..Z$")) and
	.rounds == 4 and .warmup == 2 and
	.seeds == [range(1; 4) | {seed: ., samples: [1000, 1001, 1002, 1003]}] and
	.unit == "virtual ns a round" and .value == 1001.5 and
	(has("seed") or has("samples") or has("times_ns") | not)' "$out/raw/compile.json"
verdict "each load has its own number of rounds" \
	jq -e '.rounds > 4 and ([.seeds[].samples | length] | add) == 3 * .rounds' "$out/raw/pagecache.json"
verdict "a seed's cell says what the load reached" \
	jq -e '.seed == 2 and .vmstat.pgfree == 7' "$out/seeds/raw/compile.s2.json"
verdict "the table has the factor against none" \
	grep -qE '^compile +raw +100[12] \(x1\.000\)$' "$work/out"

cp "$out/raw/compile.json" "$work/before"
fails_with 0 "a second run succeeds" "${run[@]}"
verdict "and measures nothing" guests_are 0
verdict "and changes nothing" cmp "$work/before" "$out/raw/compile.json"

jq 'del(.times_ns[0])' "$out/seeds/raw/compile.s3.json" >"$work/x"
mv "$work/x" "$out/seeds/raw/compile.s3.json"
fails_with 0 "a run over a damaged cell succeeds" "${run[@]}"
verdict "and measures just that again" guests_are 1

rm -rf "$out"
FAKE_QEMU=few:compile fails_with 1 "a missing round fails the run" "${run[@]}"
verdict "that is said" grep -q 'raw/compile.s3: rounds are missing' "$work/err"
verdict "a load without all its seeds has no file" test ! -e "$out/raw/compile.json"
verdict "the other load has its file" test -s "$out/raw/pagecache.json"

# The guest's stopwatch, on this machine's clock.
gcc -O2 -static -o "$work/stopwatch" "$top/bench/guest/stopwatch.c"
mapfile -t ns < <({ echo; sleep 0.2; echo one; sleep 0.1; echo; } | "$work/stopwatch")
verdict "stopwatch prints one time less than lines" test ${#ns[@]} -eq 2
verdict "in ns" test "${ns[0]:-0}" -ge 200000000 -a "${ns[0]:-0}" -lt 20000000000
verdict "each since the line before" test "${ns[1]:-0}" -ge 100000000 -a "${ns[1]:-0}" -lt 20000000000
refused "stopwatch takes no argument" "takes no argument" "$work/stopwatch" 3

refused "a load without a number of rounds is named" "'idle' has no fixed number" \
	"${run[@]}" --loads idle
fails_with 0 "kernels without PREEMPT_RT do the same" "${run[@]}" --config nort --out "$work/nort"
verdict "and the file names their configuration" jq -e '.config == "nort"' "$work/nort/raw/compile.json"
verdict "that of others does not" jq -e 'has("config") | not' "$out/raw/pagecache.json"
refused "another configuration" "unknown --config 'debug': bench or nort" "${run[@]}" --config debug
refused "wakeups have one configuration" "config is for --throughput" "$top/bench/run" --config nort
refused "wakeups make no sense here" "no --samples" "${run[@]}" --samples 5
finish
