#!/bin/bash
# bench-reach: every test of bench/reach says what it reaches, in which variants and
# in which kernel; bench/holds --reach takes these and no others.

# shellcheck source=tests/fixtures/check.bash
. "$(dirname "$0")/fixtures/check.bash"

# shellcheck source=bench/names.sh
. "$top/bench/names.sh"

# well_formed FILE: as bench/holds reads it, and the guest runs it.
# shellcheck disable=SC2317  # called by verdict
well_formed() (
	reach_variants="" reach_kernel=""
	# shellcheck source=/dev/null
	. "$1" || exit
	[ -n "$reach_variants" ] || exit 1
	for variant in $reach_variants; do
		[[ " $all_variants " == *" $variant "* ]] || exit 1
	done
	[ -z "$reach_kernel" ] || [ "$reach_kernel" = -reach ] || exit 1
	# What the host reads line by line is what the shell says.
	[ "$(sed -nE 's/^reach_variants="(.*)"$/\1/p' "$1")" = "$reach_variants" ] || exit 1
	[[ $(type -t load_round) == function ]]
)
for file in "$top"/bench/reach/*; do
	test=${file##*/}
	verdict "$test: its first line says what it reaches" grep -qE -m1 '^# reaches: .' <(head -n 1 "$file")
	verdict "$test: variants, kernel and rounds are as they have to be" well_formed "$file"
	verdict "$test: no load has its name" test ! -e "$top/bench/loads/$test"
done

refused "an unknown test is named" "unknown test 'x'" "$top/bench/holds" --reach --loads x
refused "a load is no test" "unknown test 'anon'" "$top/bench/holds" --reach --loads anon
refused "a test is no load" "unknown load 'snapshot'" "$top/bench/holds" --loads snapshot
refused "a test of other variants is named" "none of these tests is for the variants trylock" \
	"$top/bench/holds" --reach --variants trylock --out "$work/reach"
refused "the module needs a kernel" "no kernel in" "$top/bench/probe/build" "$work" "$work/out.ko"
refused "the initramfs needs the module" "cannot read the module" "$top/bench/probe/mkinitramfs" \
	--initrd "$top/README.md" --module "$work/none" --out "$work/out.cpio"
finish
