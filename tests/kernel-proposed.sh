#!/bin/bash
# kernel-proposed: the patches that are proposed apply behind the series, one after the
# other and without fuzz.

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
	mkdir -p "$work/linux/${file%/*}" && cp "build/linux/$file" "$work/linux/$file" || exit 1
done
for patch in patches/proposed/*.patch; do
	verdict "${patch##*/}" patch -d "$work/linux" -p1 --fuzz=0 --force -r - -i "$top/$patch"
done
finish
