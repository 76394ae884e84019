#!/bin/bash
# report-reach: the table of lock holds says which test or other variant reaches a site
# that no load does, and why the rest is not reached; in the published results there is
# a reason for every such site, and nine of ten are reached.

# shellcheck disable=SC2016  # backquotes of Markdown

# shellcheck source=tests/fixtures/report.bash
. "$(dirname "$0")/fixtures/report.bash"

cd "$work" || exit 1
make_cells results/raw
make_holds results/holds
make_reach good
kind=reach

fresh
verdict "the report is made" report
says "a site has the figures of its test" '| `mm/b.c:scan` | zone | `one pageblock` | 5 | 60 | 66 | 65 | 2 | – | test poison |'
says "one that a load reaches keeps those of the load" '| `mm/a.c:take` | pcp | **none, for a reason** | 2,400 | 100 | 120 | 110 | – | `take` ← `alloc` | pagecache |'
says "it counts as reached" 'Reached: 3 of 3 lock sites are (100.0 %): 2 by a load in `raw`, 1 by a test in `raw`, 0 in another variant only. 1 has no bound'
says "its figures are set apart" 'not to be compared with those of the loads'
verdict "summary says it" jq -e '(.reach | length) == 3 and (.reach[] |
	select(.site == "mm/b.c:scan")) == {site: "mm/b.c:scan", by: "test", test: "poison",
		variant: "raw", holds: 5}' results/summary.json

rm -r results/reach/raw
report
says "a test of another variant gives no time" '| `mm/b.c:scan` | zone | `one pageblock` | 5 | – | – | – | – | – | test poison in `none` |'
says "and counts as that" 'Reached: 3 of 3 lock sites are (100.0 %): 2 by a load in `raw`, 0 by a test in `raw`, 1 in another variant only; without these, in `raw`, 2 of 2 (100.0 %).'

rm results/reach/none/poison.json
report
says "a site without a reason is told" 'Reached: 2 of 3 lock sites are (66.7 %): 2 by a load in `raw`, 0 by a test in `raw`, 0 in another variant only. For 1 of the others no reason is given.'
printf '# comment\nmm/b.c:scan\tneeds a tape drive\n' >results/reach/unreached
report
says "its reason is in its row" '| `mm/b.c:scan` | zone | `one pageblock` | not reached | – | – | – | – | – | needs a tape drive |'
verdict "and in the summary" jq -e '.reach[] | select(.by == "none") |
	. == {site: "mm/b.c:scan", by: "none", reason: "needs a tape drive"}' results/summary.json

# bad WHAT PATTERN LINE: this line of reasons is refused.
bad() {
	fresh
	echo "$3" >results/reach/unreached
	refused "$1" "results/reach/unreached: $2" "$summarize" results
	refused "$1, by compare" "results/reach/unreached: $2" "$compare" results COMPARISON.md
}
bad "a reason for a site that a test reaches" "'mm/b.c:scan' is reached, by poison in raw" "mm/b.c:scan old"
bad "a reason for a site that a load reaches" "'mm/a.c:fill' is reached, by anon in raw" "mm/a.c:fill old"
bad "a reason for no site" "there is no site 'mm/c.c:x'" "mm/c.c:x gone"
rm -r results/reach/*/poison.json
echo "mm/b.c:scan" >results/reach/unreached
refused "an empty reason" "'mm/b.c:scan' needs one reason" "$summarize" results
printf 'mm/b.c:scan a\nmm/b.c:scan b\n' >results/reach/unreached
refused "two reasons" "'mm/b.c:scan' needs one reason" "$summarize" results

# bad_file WHAT PATTERN JQ: change one test; it has to be refused.
bad_file() {
	fresh
	edit results/reach/raw/poison.json "$3"
	refused "$1" "results/reach/raw/poison.json: .*$2" "$summarize" results
}
bad_file "other sites than the loads" "'sites\[0\].site'" '.sites[0].site = "mm/c.c:x"'
bad_file "fewer sites than the loads" "'sites'" '.sites |= .[1:]'
bad_file "other series" "'kernel.series_sha256'" '.kernel.series_sha256 = "cd" * 32'
bad_file "figure of a site that was not reached" "'sites\[0\].max_ns'" '.sites[0].max_ns = 1'
bad_file "file of another test" "raw/boot.json" '.load = "boot"'
fresh
rm -r results/holds
refused "tests without the loads" "results/reach: the holds of raw under the loads are missing" "$summarize" results

published=$top/results/linux-7.2/summary.json
verdict "published: every site that is not reached has its reason" jq -e \
	'.reach | length > 0 and all(.by != "none" or (.reason | length > 0))' "$published"
verdict "published: nine of ten sites are reached" jq -e \
	'.reach | (map(select(.by != "none")) | length) >= 0.9 * length' "$published"
finish
