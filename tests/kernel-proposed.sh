#!/bin/bash
# kernel-proposed: the next version of the series applies, one patch after the other and
# without fuzz, and checkpatch.pl says nothing.

# shellcheck source=tests/fixtures/check.bash
. "$(dirname "$0")/fixtures/check.bash"
# shellcheck disable=SC2034  # for lib.sh
me="proposed"
# shellcheck source=tools/kernel/lib.sh
. "$top/tools/kernel/lib.sh"

cd "$top" || exit 1
mapfile -t files < <(touched patches/proposed/*.patch)
verdict "they change files of the source" test ${#files[@]} -gt 0
for file in "${files[@]}"; do
	[ -e "build/base/linux/$file" ] || continue
	mkdir -p "$work/linux/$(dirname "$file")" && cp "build/base/linux/$file" "$work/linux/$file" || exit 1
done
# What tools/kernel/check-series ignores, for its reasons.
ignore=$(sed -n 's/^ignore=//p' tools/kernel/check-series)
# shellcheck disable=SC2317  # called by verdict
is_clean() { [ -z "$(cd build/base/linux && perl scripts/checkpatch.pl -q --no-summary --terse --ignore "$ignore" "$1" 2>&1)" ]; }
for patch in patches/proposed/*.patch; do
	verdict "${patch##*/} applies" patch -d "$work/linux" -p1 --fuzz=0 --force -r - -i "$top/$patch"
	verdict "${patch##*/} is clean" is_clean "$top/$patch"
done
finish
