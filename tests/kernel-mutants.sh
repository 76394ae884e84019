#!/bin/bash
# kernel-mutants: every mutant says what it is and applies to the series. That each is
# caught says tests/correct-guest.sh.

# shellcheck source=tests/fixtures/check.bash
. "$(dirname "$0")/fixtures/check.bash"
# shellcheck source=bench/names.sh
. "$top/bench/names.sh"

for mutant in "$top"/tests/mutants/*.patch; do
	name=$(basename "$mutant" .patch)
	variant=$(sed -n '1s/^variant: //p' "$mutant" | grep .)
	verdict "$name: its variant is known" grep -qxF -- "$variant" <(tr ' ' '\n' <<<"$all_variants")
	config=$(sed -n '2s/^config: //p' "$mutant" | grep .)
	verdict "$name: its configuration has its test" grep -qxF -- "$(sed -n '3s/^test: //p' "$mutant" | grep .)" \
		<(sed -nE "s/^$config\t+(all|$variant)\t+//p" "$top/bench/plan" | tr ' ' '\n')
	verdict "$name: it says how it is noticed" grep -q '^caught: .' <(sed -n 4p "$mutant")
	verdict "$name: it says what it does" grep -q . <(sed -n 5p "$mutant")
	fails_with 0 "$name: it applies to the series" patch -d "$top/build/linux" -p1 --fuzz=0 --force --dry-run -i "$mutant"
done
for variant in $all_variants; do
	verdict "$variant has a mutant" grep -qx "variant: $variant" "$top"/tests/mutants/*.patch -h
done
refused "a mutant that is not there is named" "cannot read the mutant 'x'" "$top/tools/kernel/mutants" x
finish
