#!/bin/bash
# report-correct: the table of correctness follows the results and the plan, and bad
# results are refused before anything is written.

# shellcheck disable=SC2016  # backquotes of Markdown

# shellcheck source=tests/fixtures/report.bash
. "$(dirname "$0")/fixtures/report.bash"

cd "$work" || exit 1
make_cells results/raw
make_correct good
kind=correct bad_file=raw/debug.kunit.json

verdict "a report without such results is made" report
verdict "nothing run is told" test \
	"$(grep -A 2 "^## Correctness" COMPARISON.md | tail -n 1)" = "Not measured."
verdict "and summary has no list of them" jq -e 'has("correctness") | not' results/summary.json

fresh
verdict "the report is made" report
verdict "summary has the results" jq -e '
	(.correctness | length) == 5 and
	(.correctness[] | select(.variant == "raw" and .test == "contexts") |
		. == {variant: "raw", config: "debug", test: "contexts", accel: "smp", cpus: 2,
			result: "failed", reason: "BUG: a | b", seconds: 1234}) and
	(.correctness[] | select(.config == "arm64") |
		. == {variant: "raw", config: "arm64", test: "build", result: "passed"})' results/summary.json
says "what passed, failed and was not run" \
	'| debug | contexts | passed, 1,234 s smp, 2 CPUs | **failed**, 1,234 s smp, 2 CPUs | not run | not run | not run |'
says "what is not planned" '| arm64 | build | – | passed | – | – | – |'
says "how much of the plan that is" 'Of 11 planned results 5 are there: 4 passed, 1 failed.'
says "why one failed" '- `raw`, debug, contexts failed: `BUG: a \| b`'

verdict "summary has the mutants" jq -e '(.mutants | length) == 3 and
	.mutants[0] == {name: "lock-twice", variant: "raw", config: "debug", test: "kunit", caught: true,
		what: "A | B is taken twice.", reason: "BUG: a | b", patch_sha256: ("ab" * 32)} and
	.mutants[1] == {name: "drain-in-one-hold"} and .mutants[2].caught == false' results/summary.json
says "sabotage that is caught" '| `lock-twice`: A \| B is taken twice. | `raw` | debug | kunit | `BUG: a \| b` |'
says "that was not tried" '| `drain-in-one-hold` | – | – | – | **no**: not tried |'
says "that is not caught" '| `wake-up-lost`: Nobody wakes up. | `raw` | debug | kunit | **no**: `the test passes` |'

verdict "no table of parts where there are none" sh -c "! grep -q '^### The parts of' COMPARISON.md"

edit results/correct/raw/debug.kunit.json '.latest_wakeup_ns = 5432 | .left_out = [{name: "three", reason: "too much"}] |
	.results = [{name: "one -n 1", result: "passed"}, {name: "two", result: "skipped", reason: "a | b"}]'
verdict "the report is made with parts" report
says "how late the real-time task was" 'passed, 1,234 s smp, 2 CPUs, latest wakeup 5,432 ns |'
says "whose parts they are" '### The parts of kunit in debug'
says "a part that passed" '| `one -n 1` | not run | passed | not run | not run | not run |'
says "a part that was skipped" '| `two` | not run | skipped: `a \| b` | not run |'
says "a part that is left out" 'Left out: `three` (too much).'
verdict "summary has them" jq -e '.correctness[] | select(.variant == "raw" and .test == "kunit") |
	(.results | length) == 2 and (.left_out | length) == 1 and .latest_wakeup_ns == 5432' results/summary.json
fresh
report

edit results/correct/raw/debug.contexts.json '.seconds = 1'
refused "a summary of other results" "key 'correctness' is not what the measured results give" \
	"$compare" results COMPARISON.md

fresh
report
bad "no result" "'result' is missing" 'del(.result)'
bad "a result of no kind" "'result' is neither passed nor failed" '.result = "fine"'
bad "a failure without reason" "'reason' is missing" '.result = "failed"'
bad "a measured kernel" "'kernel.debug' is not true" '.kernel.debug = false'
bad "a kernel of another configuration" "'kernel.config' is not 'config'" '.kernel.config = "kasan"'
bad "another series" "'kernel.series_sha256'" '.kernel.series_sha256 = "cd" * 32'
bad "a latest wakeup that is none" "'latest_wakeup_ns' is not a whole number" '.latest_wakeup_ns = "soon"'
bad "a part without a result" "'results' has an entry without its texts" '.results = [{name: "one"}]'
bad "a file of another place" "none/debug.kunit.json" '.variant = "none" | .kernel.variant = "none"'

bad_file=mutants/lock-twice.json
bad "a mutant of which nobody knows whether it is caught" "'caught' is neither true nor false" '.caught = "yes"'
bad "one without the hash of its patch" "'patch_sha256' is missing" 'del(.patch_sha256)'
bad "one of another series" "'kernel.series_sha256'" '.kernel.series_sha256 = "cd" * 32'
bad "one of another kernel than its test" "'kernel.config_sha256'" '.kernel.config_sha256 = "cd" * 32'
bad "one of a test that is not planned" "'test' is not planned there" '.test = "storm"'
bad "one of another name" "wake-up-lost.json" '.name = "wake-up-lost"'
fresh
echo lock-twice >results/correct/mutants/list
refused "one that is not listed" "wake-up-lost.json: key 'name' is not in the list" "$summarize" results
rm results/correct/mutants/list
refused "no list of them" "mutants/list: No such file" "$summarize" results
rm -r results/correct/mutants
verdict "tests without mutants are reported" report
verdict "that none was tried is told" test "$(grep -A 2 '^### Sabotage' COMPARISON.md | tail -n 1)" = "Not tried."
mkdir results/correct/trylocks
refused "a directory of no variant" "trylocks: no variant has this name" "$summarize" results

fresh
echo 'debug none kunit contexts' >results/correct/plan
refused "a result that is not planned" "'test' is not planned there" "$summarize" results
rm results/correct/plan
refused "no plan" "results/correct/plan: No such file" "$summarize" results
fresh
head -c 100 good/raw/debug.kunit.json >results/correct/raw/debug.kunit.json
refused "truncated file" "raw/debug.kunit.json: line 1" "$summarize" results
finish
