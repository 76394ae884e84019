#!/bin/bash
# kernel-zero-cost: the default choice changes no machine code.

# shellcheck source=tests/fixtures/check.bash
. "$(dirname "$0")/fixtures/check.bash"

fails_with 0 "the proof succeeds" "$top/tools/kernel/zero-cost"
for title in "PREEMPT_RT" "no PREEMPT_RT"; do
	verdict "$title: over 1000 objects are compared, some of them concerned" \
		grep -qE "^zero-cost: $title: [1-9][0-9]{3,} objects compared, [1-9][0-9]* of them" "$work/out"
	verdict "$title: none differs" grep -qE "^zero-cost: $title: .* 0 differ$" "$work/out"
done
finish
