#!/bin/bash
# bench-loads: in a real guest, each load reaches what it names: the memory
# manager's counters say so. Those of pagecache show that it takes the others.

# shellcheck source=tests/fixtures/vm.bash
. "$(dirname "$0")/fixtures/vm.bash"
real_guest
variant=$(basename "$kernel")

# timed DIR LOAD: run five rounds of a load alone.
# shellcheck disable=SC2317  # called by fails_with
timed() {
	"$top/bench/cell" --kernel "$kernel" --initrd "$initrd" --variant "$variant" --load "$2" \
		--seed 1 --accel icount --profile custom --rounds 4 --warmup 1 --out "$work/$1/$2.json"
}

# reached LOAD WHAT CONDITION: v("NAME") is the change of a counter in five rounds
# and the setup before them, 0 if it did not move.
reached() {
	verdict "$1: $2" jq -e ". as \$cell | def v(name): \$cell.vmstat[name] // 0; $3" \
		"$work/a/$1.json"
}

for load in pagecache steal contig hotplug pagetypeinfo dropcaches lowmem; do
	fails_with 0 "$load runs alone" timed a $load
	reached $load "a round takes less than a virtual second" '.times_ns | max < 1e9'
	reached $load "nothing is killed for lack of memory" 'v("oom_kill") == 0'
done

reached pagecache "none of all this" 'v("pageblocks_unmovable") < 10 and v("cma_alloc_success") == 0 and
	v("pgmigrate_success") == 0 and v("drop_slab") == 0 and v("pgsteal_direct") == 0 and
	v("pgsteal_kswapd") == 0 and v("pswpout") == 0 and v("compact_daemon_wake") == 0'
reached steal "movable pageblocks become unmovable" 'v("pageblocks_unmovable") >= 20'
# Only a claim of less than a whole free pageblock raises the watermarks.
reached steal "parts of pageblocks are claimed" 'v("compact_daemon_wake") >= 5'
reached pagetypeinfo "free memory lies in pieces of pageblocks" \
	'v("nr_free_pages") - v("nr_free_pages_blocks") > 10000'
reached contig "three areas a round are allocated" 'v("cma_alloc_success") == 15'
reached contig "after their pages were moved" 'v("pgmigrate_success") > 5 * 2000'
reached hotplug "the pages of the block were moved" 'v("pgmigrate_success") > 5 * 2000'
reached hotplug "the block is in the movable zone" 'v("pgalloc_movable") > 5 * 10000'
reached dropcaches "caches are dropped each round" 'v("drop_pagecache") == 5 and v("drop_slab") == 5'
reached dropcaches "so that each round reads its 48 MiB again" 'v("pgpgin") >= 5 * 48 * 1024'
reached lowmem "kswapd reclaims" 'v("pgsteal_kswapd") > 1000'
reached lowmem "allocations reclaim themselves" 'v("pgsteal_direct") > 100'
reached lowmem "to swap and back" 'v("pswpout") > 5 * 1000 and v("pswpin") > 0'

fails_with 0 "fixed work runs again" timed b pagecache
verdict "fixed work takes the same time to the instruction" \
	test "$(jq -c .times_ns "$work/a/pagecache.json")" = "$(jq -c .times_ns "$work/b/pagecache.json")"
finish
