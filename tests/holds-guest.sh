#!/bin/bash
# holds-guest: in a real guest, the hold-time instrument changes nothing of what is
# measured, does not lose track of the guest, and sees the holds that have to be there.

# shellcheck source=tests/fixtures/vm.bash
. "$(dirname "$0")/fixtures/vm.bash"
real_guest
kernels=$(dirname "$kernel")
linux=${LINUX:-$top/build/linux}
verdict "the plugin builds" make -s -C "$top/tools/holds"

# cell VARIANT FILE [OPTION...]: a short cell under the load that refills the most.
# shellcheck disable=SC2317  # called by fails_with
cell() {
	local variant=$1 out=$2
	shift 2
	"$top/bench/cell" --kernel "$kernels/$variant" --initrd "$initrd" --variant "$variant" \
		--load pagecache --seed 1 --samples 1000 --interval 201 --accel icount \
		--profile custom --out "$out" "$@"
}
figures() { jq -cS '[.rounds, .cyclictest]' "$1"; }

for variant in none raw; do
	fails_with 0 "$variant: its lock sites are found" \
		"$top/tools/holds/sites" --linux "$linux" --kernel "$kernels/$variant"
	cp "$work/out" "$work/$variant.sites"
	fails_with 0 "$variant: a cell is measured" cell $variant "$work/$variant.json"
	fails_with 0 "$variant: and once more with the plugin" cell $variant "$work/$variant.holds.json" \
		--plugin "$top/build/tools/holds.so,map=$work/$variant.sites,out=$work/$variant.holds"
	verdict "$variant: the histogram is the same to the last wakeup" \
		test "$(figures "$work/$variant.json")" = "$(figures "$work/$variant.holds.json")"
	verdict "$variant: the plugin never lost track" jq -e '.window_instructions > 0 and
		.wrong_counts == 0 and .wrong_releases == 0' "$work/$variant.holds"
done

fails_with 0 "bench/holds measures" "$top/bench/holds" --kernels "$kernels" --initrd "$initrd" \
	--linux "$linux" --variants raw --loads pagecache --samples 1000 --out "$work/holds"
file=$work/holds/raw/pagecache.json
verdict "every site is in its file" test "$(jq '.sites | length' "$file")" -eq \
	"$(jq '.sites | length' "$work/raw.sites")"
for site in rmqueue_bulk:2 __free_taken_pages rmqueue_pcplist; do
	verdict "raw: $site is held" jq -e ".sites[] |
		select(.site == \"mm/page_alloc.c:$site\") | .holds > 0 and
		.max_ns >= .p9999_ns and .max_ns >= .max_own_ns and (.chain | length > 1)" "$file"
done
for site in rmqueue_bulk:2 __free_taken_pages; do
	verdict "raw: the longest hold of $site moves blocks" jq -e ".sites[] |
		select(.site == \"mm/page_alloc.c:$site\") | .moves > 0" "$file"
done
verdict "a site that is not reached has no figures" jq -e '[.sites[] | select(.holds == 0)] |
	length > 0 and all(has("max_ns") or has("p9999_ns") | not)' "$file"
verdict "raw: the holds are inside of sections with preemption off" jq -e '.off.with_locks_max_ns >=
	([.sites[].max_ns // 0] | max)' "$file"
# shellcheck disable=SC2016  # variables of jq
verdict "raw: holds and gaps of each lock fill the window, to 1 %" jq -e '
	def ns: to_entries | map((.key | tonumber) * .value) | add;
	.window_instructions as $window | .locks | keys == ["pcp", "zone"] and all(
		.holds > 0 and .holds == (.hold_ns | add) and .holds == (.gap_ns | add) and
		((((.hold_ns | ns) + (.gap_ns | ns)) / $window - 1) | . >= 0 and . <= 0.01))' "$file"
# shellcheck disable=SC2016  # variables of jq
verdict "raw: they are the holds of the sites" jq -e '
	def total($lock): [.sites[] | select(.lock == $lock).holds] | add;
	.locks.zone.holds == total("zone") and .locks.pcp.holds == total("pcp")' "$file"
before=$(stat -c %i "$file")
fails_with 0 "bench/holds runs again" "$top/bench/holds" --kernels "$kernels" --initrd "$initrd" \
	--linux "$linux" --variants raw --loads pagecache --samples 1000 --out "$work/holds"
verdict "and keeps what is there" test "$(stat -c %i "$file")" = "$before"
refused "an unknown variant is named" "unknown variant 'x'" "$top/bench/holds" --variants x
refused "an unknown load is named" "unknown load 'x'" "$top/bench/holds" --loads x
finish
