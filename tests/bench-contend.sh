#!/bin/bash
# bench-contend: the model takes the heaviest load's holds, says what it is made from,
# keeps what is made, and its results are what the report takes; bad input is refused.

# shellcheck disable=SC2016  # variables of jq

# shellcheck source=tests/fixtures/report.bash
. "$(dirname "$0")/fixtures/report.bash"

cd "$work" || exit 1
make -s -C "$top/tools/model" || exit 1
model=$top/build/tools/contend
make_cells results/raw
make_holds results/holds
# Seldom, and as often as not; under both, none has holds that nobody waits for with
# preemption off.
edit results/holds/raw/pagecache.json '.locks.zone.gap_ns = {"900000": 70}'
edit results/holds/raw/anon.json '.window_ns = 700000 | .locks.zone.gap_ns = {"4000": 60, "9000": 10}'
# shellcheck disable=SC2317  # called by verdict
contend() {
	"$top/bench/contend" --holds results/holds --waits none --cpus 2,8,64 --operations 20000 --atomic 0.02 --shares 0.3,0.9 --patiences 700 \
		--out results/contend "$@"
}

verdict "the model runs" contend
verdict "for the load that holds the lock most" test \
	"$(find results/contend -type f | sort | tr '\n' ' ')" = \
	"results/contend/raw-unbounded/anon.json results/contend/raw/anon.json "
verdict "from these holds, of these kernels" jq -e --slurpfile holds results/holds/raw/anon.json \
	--arg sha "$(sha256sum <results/holds/raw/anon.json | cut -d' ' -f1)" '
	.kernel == $holds[0].kernel and .holds == {sha256: $sha, date: $holds[0].date, nr: 70} and
	.hold.max_ns == 5001 and .gap.max_ns == 9000' results/contend/raw/anon.json
verdict "all disciplines and numbers of CPUs" jq -e '
	[.points[] | "\(.discipline) \(.handoff_ns) \(.cpus)"] == [
		(("queue", "spin", "gate", "gate-spin") | "\(.) 0 \(2, 8, 64)"),
		(("gate", "gate-spin") | "\(.) 3000 \(2, 8, 64)")]' results/contend/raw/anon.json
verdict "raw with other shares of atomic callers, too, first that of the holds, and more or less patience" jq -e '
	[.shares[] | [.atomic_share, .patience_ns, .discipline, .handoff_ns, .cpus, .measured]] ==
		[(0.1, 0.3, 0.9) as $s | (160000, 700) as $p | (0, 3000) as $h |
			[$s, $p, "gate-spin", $h, 64, $s == 0.1]]' results/contend/raw/anon.json
verdict "and nobody else" jq -e 'has("shares") | not' results/contend/raw-unbounded/anon.json
verdict "who queues waits for all others, who spins with preemption on" jq -e '
	def worst($d; $n): .points[] | select(.discipline == $d and .cpus == $n and .handoff_ns == 0) |
		[.preemptible.wait_max_ns, .atomic.wait_max_ns];
	.hold.max_ns as $hold |
	(worst("queue"; 2) | max <= $hold) and
	(worst("queue"; 64) | min > 40 * $hold and max <= 63 * $hold) and
	(worst("spin"; 64) | .[0] == 0 and .[1] > $hold and .[1] < 5 * $hold) and
	(worst("gate"; 64) | .[0] > 0 and .[0] < 10 * $hold)' results/contend/raw/anon.json
verdict "and breaks the budgets" jq -e '
	[.breaks[] | select(.discipline == "queue" and .caller == "preemptible") | .cpus] as [$a, $b] |
	$a >= 7 and $a < 20 and $b >= 21 and $b < 60 and
	([.breaks[] | select(.discipline == "spin" and .caller == "preemptible") | has("cpus")] |
		any | not)' results/contend/raw/anon.json
verdict "the report takes it" "$summarize" --partial results
verdict "and shows it" "$compare" results COMPARISON.md
verdict "with its plot" test -s results/plots/contend-raw-anon.svg

# Results of the same input are the same, and kept.
cp results/contend/raw/anon.json first.json
verdict "the model runs again" contend
verdict "what is made is kept" cmp -s first.json results/contend/raw/anon.json
rm results/contend/raw/anon.json
verdict "the model runs once more" contend
verdict "the same input gives the same" test \
	"$(jq -c .points first.json)" = "$(jq -c .points results/contend/raw/anon.json)"
verdict "another seed is another input" contend --seed 2 --variants raw
verdict "and gives something else" test \
	"$(jq -c .points first.json)" != "$(jq -c .points results/contend/raw/anon.json)"
verdict "loads are taken as asked" contend --seed 2 --loads pagecache --variants raw
verdict "where it is seldom the lock is free" jq -e '
	[.points[] | select(.cpus == 2) | .utilisation < 0.02] | all' results/contend/raw/pagecache.json

# Without --shares, those that are made have the assumed one.
verdict "other shares are simulated unasked" "$top/bench/contend" --holds results/holds --waits none --variants raw \
	--cpus 2 --operations 2000 --patiences 700 --out unasked
verdict "the assumed one is among them, with each patience" jq -e '.model.atomic as $assumed |
	[.shares[] | select(.atomic_share == $assumed and (.measured | not)) | [.patience_ns, .handoff_ns]] ==
		[(160000, 700) as $p | (0, 3000) as $h | [$p, $h]]' unasked/raw/anon.json

# What was measured to wait, of a load that is not the heaviest.
mkdir -p waits/raw waits/seeds/raw
echo unfinished >waits/seeds/raw/compile.2.s1.json
jq '{kernel, qemu, date, host_cpus: 2, window_ms: 9, points: [
	{cpus: 1, waits: [{contentions: 0, wait_ns: 0, wait_max_ns: 0}]},
	{cpus: 2, waits: [{contentions: 2, wait_ns: 30, wait_max_ns: 20}, {contentions: 1, wait_ns: 5, wait_max_ns: 5}]}]}' \
	results/holds/raw/pagecache.json >waits/raw/pagecache.json
verdict "loads that were measured to wait are simulated, too" contend --waits waits --out waited
verdict "they alone" test "$(find waited -type f | sort | tr '\n' ' ')" = \
	"waited/raw-unbounded/anon.json waited/raw-unbounded/pagecache.json waited/raw/anon.json waited/raw/pagecache.json "
verdict "with what was measured" jq -e '.measured.points[1] | del(.waits) ==
	{cpus: 2, contentions: 3, wait_ns: 35, wait_max_ns: 20}' waited/raw/pagecache.json
verdict "where it was" jq -e 'has("measured") | not' waited/raw-unbounded/pagecache.json

edit results/holds/raw/anon.json '.date = "2026-01-01T00:00:04Z"'
rm -r results/contend/raw-unbounded
refused "what is of other holds is not published" "contend/raw/anon.json: key 'holds' is of other holds" \
	"$summarize" --partial results

rm -r results/contend
refused "a variant whose lock sleeps" "unknown variant 'none'" contend --variants none
refused "an unknown load" "unknown load 'x'" contend --loads x
refused "a bad handoff" "--handoff '0'" contend --handoff 0
refused "a missing value" "--cpus needs a value" "$top/bench/contend" --cpus
refused "an unknown argument" "unknown argument '--x'" contend --x
refused "a place that cannot be written" "cannot make the directory" contend --out /proc/x
refused "holds that are not there" "cannot read 'results/holds/raw/idle.json'; run 'make holds'" \
	contend --loads idle
cp -r results/holds older
edit older/raw/anon.json 'del(.window_instructions)'
refused "holds of more than the window" "older/raw/anon.json' is of a bench/holds that measured beyond its window" \
	contend --holds older --out other
refused "no holds at all" "no holds of zone->lock in 'nothing/raw'; run 'make holds'" \
	"$top/bench/contend" --holds nothing --out results/contend
verdict "nothing was made" test -z "$(find results/contend -type f 2>/dev/null)"

# The largest that is asked for is ten times as many.
TIMEFORMAT=%U
took=$({ time "$model" --cpus 512 --operations 10000000 --budgets 4000000000 --discipline gate-spin \
	results/holds/raw/anon.json >/dev/null; } 2>&1)
verdict "512 CPUs and 10^8 operations take at most a minute" test "${took%.*}" -lt 6

verdict "the model explains itself" "$model" --help
refused "no file" "needs one file" "$model"
refused "a file that is not there" "nothing.json: .*; measure it with bench/holds" "$model" nothing.json
echo '{"locks": {"zone": {"holds": 0}}}' >none.json
refused "a load that does not take the lock" "none.json: key 'locks.zone.hold_ns' is no histogram" "$model" none.json
holds=results/holds/raw/anon.json
refused "too many CPUs" "--cpus '513' is not a whole number from 1 to 512" "$model" --cpus 2,513 $holds
refused "CPUs out of order" "--cpus is not ascending" "$model" --cpus 4,2 $holds
refused "no share" "--atomic '1.1' is not a share" "$model" --atomic 1.1 $holds
refused "no operations" "--operations '0'" "$model" --operations 0 $holds
refused "an unknown discipline" "--discipline 'x' is none of" "$model" --discipline x $holds
finish
