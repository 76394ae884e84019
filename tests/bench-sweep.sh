#!/bin/bash
# bench-sweep: the sweep says in one line what is wrong with its arguments.

# shellcheck source=tests/fixtures/check.bash
. "$(dirname "$0")/fixtures/check.bash"

sweep=("$top/bench/sweep" --out "$work/sweep" --work "$work/sweep-work")
refused "a batch that is too large is named" "--batches '64' is not a number from 0 to 63" "${sweep[@]}" --batches 8,64
refused "a batch that is no number is named" "--batches 'x' is not" "${sweep[@]}" --batches x
refused "no samples are refused" "--samples '0'" "${sweep[@]}" --samples 0
refused "a missing value is named" "--jobs needs a value" "${sweep[@]}" --jobs
refused "an unknown argument is named" "unknown argument '--x'" "${sweep[@]}" --x
refused "a place that cannot be written is named" "cannot make the directories" "$top/bench/sweep" --out /proc/x
verdict "nothing was made" test ! -e "$work/sweep"
finish
