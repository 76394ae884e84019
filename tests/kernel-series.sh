#!/bin/bash
# kernel-series: what the series touches compiles after every patch, in every
# variant that exists by then.

# shellcheck source=tests/fixtures/check.bash
. "$(dirname "$0")/fixtures/check.bash"

fails_with 0 "every patch compiles" "$top/tools/kernel/check-series" --build
for patch in "$top"/patches/linux-7.2/*.patch; do
	[[ ${patch##*/} != 0000-* ]] || continue
	verdict "${patch##*/}" grep -qF "${patch##*/}: applies, is clean, none" "$work/out"
done
finish
