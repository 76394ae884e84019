#!/bin/bash
# kernel-variants: the kernel of every variant builds, says what it was made from,
# is not built again for nothing, and boots.

# shellcheck source=tests/fixtures/check.bash
. "$(dirname "$0")/fixtures/check.bash"

# shellcheck disable=SC2317  # called by fails_with
build() { "$top/tools/kernel/build" "$@"; }
for v in none raw raw-unbounded no-locks trylock; do
	fails_with 0 "$v builds" build "$v"
	dir=$top/build/kernel/$v
	# shellcheck disable=SC2016  # $v, $config and $state are of jq
	verdict "$v is described" jq -e --arg v "$v" --arg state "$(cut -d' ' -f1,2 "$top/build/linux.state")" \
		--arg config "$(sha256sum <"$dir/.config" | cut -d' ' -f1)" '
		.variant == $v and .debug == false and .config_sha256 == $config and
		"\(.base_sha256) \(.series_sha256)" == $state and
		(.base as $b | .kernel_release | startswith($b)) and (.compiler | length) > 0' "$dir/kernel.json"
	verdict "$v is what is written down of it" sh -c "cd '$dir' && sha256sum --check --strict --quiet sha256sums"
	verdict "$v: its image is in there" grep -q ' vmlinux$' "$dir/sha256sums"
	old=$(stat -c %y "$dir/vmlinux" "$dir/kernel.json")
	fails_with 0 "$v again" build "$v"
	verdict "$v is left alone" test "$old" = "$(stat -c %y "$dir/vmlinux" "$dir/kernel.json")"
	fails_with 0 "$v boots" "$top/tools/vm/boot" "$dir"
done
verdict "the release says nothing about the variant" \
	test "$(jq -r .kernel_release "$top"/build/kernel/{none,raw,raw-unbounded,no-locks,trylock}/kernel.json | sort -u | wc -l)" = 1
fails_with 0 "raw builds with another batch" build --batch 4 raw
verdict "and has it" grep -qx CONFIG_PAGE_ALLOC_RAW_BATCH=4 "$top/build/kernel/batch-4/raw/.config"
verdict "and nothing else is different" test "$(diff "$top"/build/kernel/{raw,batch-4/raw}/.config | grep -c '^[<>]')" -eq 2
refused "a batch for another variant is refused" "goes with raw in the configuration bench alone" build --batch 4 none
refused "a batch that is no number is refused" "needs a number of pages" build --batch few raw
refused "a batch with tracers is refused" "goes with raw in the configuration bench alone" build --config trace --batch 4 raw
refused "an unknown variant is refused" "unknown variant 'x': none, raw" build x
refused "a bad JOBS is refused" "not a whole number" env JOBS=many "$top/tools/kernel/build" none
finish
