#!/bin/bash
# cost-guest: what a page costs is counted in a real guest, and is what the guest's own
# clock says; sizes are those of the kernel.

# shellcheck source=tests/fixtures/vm.bash
. "$(dirname "$0")/fixtures/vm.bash"
real_guest
kernels=$(dirname "$kernel")
linux=${LINUX:-$top/build/linux}
# shellcheck disable=SC2317  # called by fails_with
cost() {
	"$top/bench/cost" --kernels "$kernels" --initrd "$initrd" --linux "$linux" \
		--out "$work/cost" "$@"
}
# the JSON of both is checked: FILTER of jq, with $none and $raw.
# shellcheck disable=SC2317  # called by verdict
both() {
	jq -e -n --slurpfile n "$work/cost/none.json" --slurpfile r "$work/cost/raw.json" \
		"\$n[0] as \$none | \$r[0] as \$raw | $1"
}

fails_with 0 "none and raw are measured" cost --variants none,raw
# shellcheck disable=SC2016  # variables of jq
{
	verdict "none is its own base" both '$none.code | .up == 0 and .down == 0 and .before == .after'
	verdict "raw has its own functions" both '$raw.code | .added > 0 and .before == $none.code.after and
		.before + .up - .down == .after and (.most[0].bytes >= .most[-1].bytes)'
	verdict "raw wakes the daemons from the node" both '$raw.structs.pglist_data > $none.structs.pglist_data'
	verdict "neither uses all the bits that have a number" both '[$none, $raw] |
		all(.gfp_bits.used == .gfp_bits.numbered - 1)'
	verdict "every call is seen" both '[$none, $raw] | all(.fast_path | .alloc.calls == 20000 and .free.calls == 20000)'
	verdict "a call touches lines of code and data" both '[$none, $raw] | all(.fast_path[] |
		.data_lines > 1 and .code_lines > 1 and .code_lines <= .instructions)'
}

# The same without the plugin: rounds of 20,000 pairs and of 10,000 differ by 10,000,
# the loop around them, and some ticks of the timer.
"$top/bench/probe/build" --linux "$linux" --module page_pairs "$kernels/none" "$work/pairs.ko" &&
	mkdir -p "$work/root/lib" "$work/root/loads" &&
	strip -g -o "$work/root/lib/page_pairs.ko" "$work/pairs.ko" &&
	cat >"$work/root/loads/pairs" <<'LOAD' &&
load_round() {
	insmod /lib/page_pairs.ko pairs=$((10000 + $1 % 2 * 10000)) && rmmod page_pairs
}
LOAD
	(cd "$work/root" && find . -mindepth 1 | cpio --quiet -o -H newc) | cat "$initrd" - >"$work/cpio"
fails_with 0 "rounds are timed" "$top/bench/cell" --kernel "$kernels/none" --initrd "$work/cpio" \
	--variant none --load pairs --seed 1 --rounds 2 --warmup 1 --accel icount --profile custom \
	--out "$work/cell.json"
# shellcheck disable=SC2016  # variables of jq
verdict "they take the instructions of their calls, and 10 % more at most" both \
	"($(jq '(.times_ns[0] - .times_ns[1]) / 10000' "$work/cell.json")) as \$ns |
	 (\$none.fast_path | .alloc.instructions + .free.instructions) as \$counted |
	 \$ns >= \$counted and \$ns <= \$counted * 1.1"

before=$(stat -c %i "$work/cost/raw.json")
fails_with 0 "what is there" cost --variants raw
verdict "is kept" test "$(stat -c %i "$work/cost/raw.json")" = "$before"
refused "an unknown variant is named" "unknown variant 'x': none, raw" cost --variants x
refused "a missing kernel is named" "no kernel in '$work/no/none'" "$top/bench/cost" --kernels "$work/no" \
	--initrd "$initrd" --linux "$linux" --out "$work/other" --variants none
finish
