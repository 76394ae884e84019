#!/bin/bash
# bench-waits: a file has what each guest counted, by number of CPUs, and of raw what it
# waited for the gate; and bench/contend puts the model beside it.

# shellcheck source=tests/fixtures/vm.bash
. "$(dirname "$0")/fixtures/vm.bash"
use_fake_qemu
edit() { jq "$2" "$1" >"$work/edited" && mv "$work/edited" "$1"; }
for v in raw raw-unbounded; do
	mkdir -p "$work/modules/$v" && echo module >"$work/modules/$v/page_probe.ko"
	cp -r "$kernels/raw" "$kernels/$v-lockstat"
	edit "$kernels/$v-lockstat/kernel.json" ".variant = \"$v\""
	built "$kernels/$v-lockstat"
done
cp -r "$kernels/raw" "$kernels/raw-trace"
edit "$kernels/raw-trace/kernel.json" '.config_sha256 = "02" * 32'
built "$kernels/raw-trace"
out=$work/waits
# shellcheck disable=SC2054  # bench/waits takes commas
run=("$top/bench/waits" --kernels "$kernels" --modules "$work/modules" --initrd "$initrd"
	--out "$out" --cpus 1,2,4 --window 300 --seeds 2)

fails_with 0 "a whole run succeeds" "${run[@]}"
verdict "a guest for each variant, number of CPUs and seed, and of raw with more CPUs one for the gate" \
	test "$(grep -c 'bench.load=waits .*bench.of=pagecache bench.window=300' "$FAKE_QEMU_LOG")" -eq 16
file=$out/raw-unbounded/pagecache.json of_raw=$out/raw/pagecache.json
verdict "a file has what they counted" jq -e '.load == "pagecache" and .window_ms == 300 and
	.accel == "smp" and (.host_cpus > 0) and [.points[] | .cpus, (.waits | length)] == [1, 2, 2, 2, 4, 2] and
	.points[1].waits[0] == {window_ns: 300000000, acquisitions: 2000, contentions: 20,
		wait_ns: 200000, wait_max_ns: 5000, hold_ns: 2000000, hold_max_ns: 9000} and
	(has("seed") or has("cpus") or has("gate_kernel") | not)' "$file"
verdict "that of raw has the gate, too, and its kernel" jq -e '.variant == "raw" and .kernel.config_sha256 == "01" * 32 and
	.gate_kernel.config_sha256 == "02" * 32 and [.points[] | .cpus, (.waits | length), (.gate | length)] == [1, 2, 0, 2, 2, 2, 4, 2, 2] and
	.points[2].gate[1] == {contentions: 4, wait_ns: 8000, wait_max_ns: 2504}' "$of_raw"
verdict "the table has the means" grep -qE '^ +4 +240 +10000 +5000$' "$work/out"
verdict "and those of the gate" grep -qE '^ +4 +240 +10000 +5000 +8 +2000 +2504$' "$work/out"
verdict "where nobody waits there are none" grep -qE '^ +1 +0 +- +-$' "$work/out"
: >"$FAKE_QEMU_LOG"
fails_with 0 "a second run succeeds" "${run[@]}"
verdict "and measures nothing" test ! -s "$FAKE_QEMU_LOG"
verdict "nothing else is left" test "$(find "$out" -type f | wc -l)" -eq 18
fails_with 0 "a variant is measured as asked" "${run[@]}" --variants raw-unbounded --out "$work/one"
verdict "it alone, and no gate" test "$(grep -c bench.load=waits "$FAKE_QEMU_LOG") $(ls "$work/one")" = "6 raw-unbounded
seeds"

# A CPU alone holds the lock for 1000 ns of 300,000: the model is fed with that.
for v in raw raw-unbounded; do
	mkdir -p "$work/holds/$v"
	jq -n --arg v "$v" --slurpfile k "$kernels/raw-unbounded-lockstat/kernel.json" '
		{format: 1, variant: $v, load: "pagecache", kernel: $k[0], window_ns: 1000000, window_instructions: 900000,
		date: "2026-01-01T00:00:00Z", locks: {zone: {holds: 10,
			hold_ns: {"200": 9, "300": 1},
			gap_ns: ([range(1; 2000) | {key: "\(. * . + . % 7)", value: 1}] | from_entries)}}}' >"$work/holds/$v/pagecache.json"
done
contend=("$top/bench/contend" --holds "$work/holds" --waits "$out" --loads pagecache --cpus 2 --operations 200000 --out "$work/contend")
fails_with 0 "the model is held against it" "${contend[@]}"
verdict "with the means of as many CPUs" jq -e '.measured | .qemu and .kernel.series_sha256 and .host_cpus and
	[.points[] | .cpus, .acquisitions, .contentions, .wait_ns, .wait_max_ns, .hold_mean_ns, .gap_mean_ns, .wait_mean_ns,
		.wait_least_ns, .wait_most_ns] ==
		[1, 2000, 0, 0, 5000, 1000, 299000, 0, 0, 0, 2, 4000, 40, 400000, 5000, 1000, 298900, 100, 100, 100,
		4, 8000, 240, 2400000, 5000, 1000, 298700, 300, 300, 300]' "$work/contend/raw-unbounded/pagecache.json"
# Half a hold, as often as the other one has the lock.
verdict "and its mean wait is that of two CPUs" jq -e '.measured.points[:2] | map(.model_mean_ns) |
	.[0] == 0 and .[1] > 1.5 and .[1] < 2.1' "$work/contend/raw-unbounded/pagecache.json"
verdict "raw, where nobody queues like that, has what was measured alone" jq -e '.measured | .kernel.variant == "raw" and
	.gate_kernel.config_sha256 == "02" * 32 and (.points | map(del(.waits))) == [
		{cpus: 1, contentions: 0, wait_ns: 0, wait_max_ns: 5000},
		{cpus: 2, contentions: 40, wait_ns: 400000, wait_max_ns: 5000, gate: {contentions: 4, wait_ns: 8000, wait_max_ns: 2502}},
		{cpus: 4, contentions: 240, wait_ns: 2400000, wait_max_ns: 5000, gate: {contentions: 8, wait_ns: 16000, wait_max_ns: 2504}}]' \
	"$work/contend/raw/pagecache.json"
touch "$work/before"
fails_with 0 "a second run succeeds" "${contend[@]}"
verdict "and simulates nothing" test -z "$(find "$work/contend" -newer "$work/before" -name '*.json')"
edit "$file" '.points[1].waits[0].wait_ns = 400000'
fails_with 0 "other waits are looked at" "${contend[@]}"
verdict "anew" jq -e '.measured.points[1] | .wait_mean_ns == 150 and
	.wait_least_ns == 100 and .wait_most_ns == 200' "$work/contend/raw-unbounded/pagecache.json"

edit "$of_raw" '.gate_kernel.series_sha256 = "cd"'
fails_with 1 "waits for a gate of another series are refused" "${contend[@]}"
verdict "that is said" grep -q "raw/pagecache.json' is of another series" "$work/err"
edit "$of_raw" 'del(.gate_kernel)'
edit "$file" '.kernel.series_sha256 = "cd"'
fails_with 1 "waits of another series are refused" "${contend[@]}"
verdict "that is said" grep -q "pagecache.json' is of another series than .*; run 'make holds' and 'make waits'" "$work/err"
refused "waits that are not there are refused" "no waits in '$work/no'; run 'make waits'" "${contend[@]}" --waits "$work/no"

FAKE_QEMU=few fails_with 1 "a guest that is measured again and fails" "${run[@]}" --window 301
verdict "leaves no file that is of others" test ! -e "$file"
rm -r "$out"
FAKE_QEMU=few fails_with 1 "a lock that nobody took fails a guest" "${run[@]}"
verdict "that is said" grep -q 'nobody took zone->lock' "$work/err"
verdict "and leaves no file" test ! -e "$file"
refused "a variant whose lock sleeps is refused" "unknown variant 'none'" "$top/bench/waits" --variants none
refused "an unknown load is named" "unknown load 'x'" "$top/bench/waits" --loads x
refused "a load that only one CPU can run is refused" "unknown load 'steal'" "$top/bench/waits" --loads steal
for cpus in 2,4 1 1,2,2 1,4,2 1,16 1,2,x; do
	refused "numbers of CPUs $cpus are refused" "--cpus '$cpus' is not 1 and then larger" "$top/bench/waits" --cpus $cpus
done
refused "no seeds are refused" "--seeds '0'" "$top/bench/waits" --seeds 0
# As a guest counts it, with its awk: times of more than 32 bits of ns.
cat >"$work/lock_stat" <<'TEXT'
lock_stat version 0.4
                              class name    con-bounces    contentions   waittime-min   waittime-max waittime-total   waittime-avg    acq-bounces   acquisitions   holdtime-min   holdtime-max holdtime-total   holdtime-avg

                             &zone->lock:            10           1200           0.10      123456.78     4321098.76           0.50            100         700000           0.05        2000.50    12345678.90           1.75
                             -----------
                             &zone->lock           1200          [<ffffffff81123456>] rmqueue_bulk+0x40/0x900
                     &(&pcp->lock)->lock:             3              9           0.10           0.20           0.30           0.10              7             99           0.05           0.10           0.20           0.01
TEXT
mkdir "$work/bin" && ln -s "$(command -v busybox)" "$work/bin/awk"
# by_guest COMMAND...: with the functions and the awk of a guest.
# shellcheck disable=SC2317  # called by verdict and fails_with
by_guest() (
	PATH=$work/bin:$PATH
	# shellcheck source=bench/probe/waits
	. "$top/bench/probe/waits" && "$@"
)
verdict "a guest reads the lock's line whole" jq -e '.waits == {window_ns: 10000000000,
	acquisitions: 700000, contentions: 1200, wait_ns: 4321098760, wait_max_ns: 123456780,
	hold_ns: 12345678900, hold_max_ns: 2000500}' <(by_guest counted 10000000000 <"$work/lock_stat")
# As perf prints it: the gate by two ways there, the queue behind it, and others.
cat >"$work/contention" <<'TEXT'
 contended   total wait     max wait     avg wait         type   caller

        12     30.50 ms      9.25 ms      2.54 ms      rtmutex   zone_lock_wait+0x35
         3      6.00 us      4.00 us      2.00 us     rt-mutex   zone_lock_wait+0x35
         9    700.00 us    600.00 us     77.78 us     spinlock   zone_lock_wait+0x8a
        40      1.00 s     500.00 ms     25.00 ms      rtmutex   folio_lruvec_lock_irqsave+0x2b
TEXT
verdict "a guest reads the waits for the gate, and no others" jq -e '.gate == {contentions: 15,
	wait_ns: 30506000, wait_max_ns: 9250000}' <(by_guest at_gate <"$work/contention")
sed -i /zone_lock_wait/d "$work/contention"
verdict "there may be none" jq -e '.gate == {contentions: 0, wait_ns: 0, wait_max_ns: 0}' <(by_guest at_gate <"$work/contention")
sed -i /lruvec/d "$work/contention"
fails_with 1 "but a perf that sees no lock at all fails" by_guest at_gate <"$work/contention"
finish
