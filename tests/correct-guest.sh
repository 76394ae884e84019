#!/bin/bash
# correct-guest: all that bench/plan names passes, everything at once for half an hour in
# each variant, counted over its configurations; each mutant of the series fails its test.
# As root: installs the compilers of other architectures.

# shellcheck source=tests/fixtures/check.bash
. "$(dirname "$0")/fixtures/check.bash"

fails_with 0 "the compilers are there" "$top/tools/setup/install" --cross
fails_with 0 "what is planned passes" "$top/bench/correct"
verdict "half an hour of everything at once of every variant" jq -se '
	map(select(.result == "passed")) | group_by(.variant) | length == 5 and
	all(.[]; map(.seconds) | add >= 1800)' "$top"/build/correct/*/*.concurrency.json
fails_with 0 "every mutant is caught" "$top/tools/kernel/mutants"
finish
