#!/bin/bash
# correct-guest: all that bench/plan names passes, and everything at once for half an
# hour in each variant; each mutant of the series fails its test. As root: installs the
# compilers of other architectures.

# shellcheck source=tests/fixtures/check.bash
. "$(dirname "$0")/fixtures/check.bash"

fails_with 0 "the compilers are there" "$top/tools/setup/install" --cross
fails_with 0 "half an hour of everything at once passes" \
	"$top/bench/correct" --configs debug --tests concurrency --seconds 1800
verdict "of every variant" test "$(jq -r 'select(.result == "passed" and .seconds >= 1800) | .variant' \
	"$top"/build/correct/*/debug.concurrency.json | wc -l)" -eq 5
fails_with 0 "what is planned passes" "$top/bench/correct"
fails_with 0 "every mutant is caught" "$top/tools/kernel/mutants"
finish
