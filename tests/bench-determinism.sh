#!/bin/bash
# bench-determinism: in a real guest, the same seed gives the same histogram to
# the last wakeup, another seed another one, and every load finishes rounds.

# shellcheck source=tests/fixtures/vm.bash
. "$(dirname "$0")/fixtures/vm.bash"
real_guest

# cells DIR SEEDS [LOADS]: measure short cells of one kernel into DIR, all by default.
# shellcheck disable=SC2317  # called by fails_with
cells() {
	"$top/bench/run" --kernels "$(dirname "$kernel")" --initrd "$initrd" --out "$work/$1" \
		--variants "$(basename "$kernel")" --samples 2000 --seeds "$2" ${3:+--loads "$3"}
}

# figures DIR LOAD SEED: everything in a cell that was measured.
figures() {
	jq -cS '[.rounds, .vmstat, .cyclictest]' "$work/$1/$(basename "$kernel")/$2.s$3.json"
}

fails_with 0 "every load runs" cells a 1
fails_with 0 "another seed runs" cells a 2, idle,pagecache,all
fails_with 0 "the first seed runs again" cells b 1 idle,pagecache,compaction,hotplug,lowmem,all
for load in idle pagecache compaction hotplug lowmem all; do
	verdict "$load: the same seed, the same histogram" \
		test "$(figures a $load 1)" = "$(figures b $load 1)"
done
for load in idle pagecache all; do
	verdict "$load: another seed, another histogram" \
		test "$(figures a $load 1)" != "$(figures a $load 2)"
done
finish
