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
says "also in the conclusion" '- **Does every test pass in kernels that look for mistakes? Not measured.** (Rule: all that'
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
bad "another suite" "'kernel.suite_sha256'" '.kernel.suite_sha256 = "cd" * 32'
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

# concludes WHAT ANSWER [TEXT]: the conclusion's sentence is this, and has the text.
concludes() {
	report
	verdict "$1: $2" grep -qF -- "$3" <(grep -F "that look for mistakes? $2.** [Of " COMPARISON.md)
}
fresh
concludes "one that failed" No 'Of 11 planned results](#correctness) 4 passed, 1 failed and 6 are missing'
says "sabotage that was not noticed is named" \
	'; tests notice 1 of 3 [sabotages](#sabotage); not `drain-in-one-hold` (not tried), `wake-up-lost`. (Rule:'

# All is well: two configurations of everything at once, two loads beside a flood.
jq -nc "$measured"'
	("none", "raw", "raw-unbounded", "no-locks", "trylock") as $v |
	("debug", "kasan") as $c | ("concurrency", "leak:all", "leak:anon") as $t |
	select($t == "concurrency" or $c == "debug" and ($t == "leak:all" or $v == "raw")) |
	head($v) + {variant: $v, config: $c, test: $t, result: "passed", accel: "smp", cpus: 2,
		command: "qemu-system-x86_64", seconds: 900} |
	.kernel.debug = true | .kernel.config = $c | .kernel.suite_sha256 = $sha |
	.kernel.config_sha256 |= sub("^0"; "d") |
	if $t == "concurrency" then .
	else .counts = {before: 250000, after: 248976, interrupts: 215000, objects: 214000,
		got: (if $v == "none" then 0 else 215000 end)} end' | spread all '"\(.variant)/\(.config).\(.test)"'
printf '%s\n' 'debug all concurrency leak:all' 'debug raw leak:anon' 'kasan all concurrency' >all/plan
cp -r good/mutants all/
rm all/mutants/wake-up-lost.json
echo lock-twice >all/mutants/list
edit all/mutants/lock-twice.json '.test = "concurrency"'
rm -r good
mv all good
fresh
concludes "all passed, and all sabotage was noticed" Yes 'Of 16 planned results](#correctness) 16 passed, 0 failed and 0 are missing'
says "how long everything ran at once" '; everything at once ran for 1,800 s or more of each variant; tests notice 1 of 1 [sabotages](#sabotage); after'
says "of each" '| seconds | 1,800 | 1,800 | 1,800 | 1,800 | 1,800 |'
says "how many pages are missing" '; after 6 of 6 floods beside a load no more than 1,024 pages [are missing](#pages-that-are-missing-after-a-flood), of `raw` after 86 s of them (the aim is 600). (Rule:'
says "what the test counted" '| anon | debug | `raw` | 250,000 | 248,976 | 215,000 | 215,000 | 43 |'
says "also of none" '| all | debug | `none` | 250,000 | 248,976 | 215,000 | 0 | 43 |'
says "the seconds in all" 'Seconds of passed tests in all: `none` 43, `raw` 86, `raw-unbounded` 43, `no-locks` 43, `trylock` 43.'
verdict "slack and interval are those of the test" test "$(grep -cxE 'slack=1024|flood_us=200' "$top/bench/tests/leak")" -eq 2
edit results/correct/trylock/kasan.concurrency.json '.seconds = 899'
concludes "a second too few" "Not known yet" 'everything at once ran for 1,799 s or more of each variant'
fresh
rm results/correct/trylock/debug.leak:all.json
concludes "a result that is missing" "Not known yet" '15 passed, 0 failed and 1 are missing'
says "it is not among the floods" 'after 5 of 6 floods'
fresh
echo wake-up-lost >>results/correct/mutants/list
concludes "sabotage that was not tried" "Not known yet" '1 of 2 [sabotages](#sabotage); not `wake-up-lost` (not tried)'
fresh
rm -r results/correct/mutants
concludes "no sabotage at all" "Not known yet" '; no [sabotage](#sabotage) of the series was tried;'
fresh
edit results/correct/mutants/lock-twice.json '.caught = false'
concludes "sabotage that is not noticed" No 'tests notice 0 of 1 [sabotages](#sabotage); not `lock-twice`;'
fresh
edit results/correct/raw/debug.leak:anon.json '.result = "failed" | .reason = "pages" | .counts.after = 248975'
edit results/correct/none/debug.leak:all.json '.result = "failed" | .reason = "a load failed" | del(.counts)'
concludes "pages that are missing" No 'after 4 of 6 floods'
says "they stand out" '| anon | debug | `raw` | 250,000 | **248,975** | 215,000 | 215,000 | 43 |'
says "what failed has no part in the seconds" 'in all: `none` 0, `raw` 43,'
says "one that did not come so far has no counts" '| all | debug | `none` | – | – | – | – | – |'
bad_file=raw/debug.leak:anon.json
fresh
report
bad "a test that passed and counted nothing" "'counts.before' is missing" 'del(.counts)'
bad "one that counted no pages" "'counts.after' is not a whole number" '.counts.after = "all"'
finish
