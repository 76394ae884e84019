#!/bin/bash
# report-holds: the tables of lock holds follow the measured holds, and bad or
# missing ones are refused before anything is written.

# shellcheck disable=SC2016  # backquotes of Markdown

# shellcheck source=tests/fixtures/report.bash
. "$(dirname "$0")/fixtures/report.bash"

cd "$work" || exit 1
make_cells results/raw
make_holds good
kind=holds bad_file=raw/anon.json

fresh
verdict "the report is made" report
verdict "summary has the schema's keys" jq -e '
	(.sections | length) == 18 and
	(.sections[] | select(.variant == "raw" and .load == "anon" and .site == "mm/a.c:fill") |
		. == {variant: "raw", load: "anon", site: "mm/a.c:fill", lock: "zone",
			bound: "BATCH | pages", holds: 70, p9999_ns: 4991, max_ns: 5001,
			max_own_ns: 4901, moves: 8, chain: ["fill", "alloc"]}) and
	(.sections[] | select(.variant == "none" and .load == "anon" and .site == "mm/b.c:scan") |
		.holds == 0 and (has("max_ns") or has("p9999_ns") or has("moves") | not)) and
	(.off[] | select(.variant == "raw" and .load == "anon") |
		.max_ns == 5001 and .without_locks_max_ns == 5000)' results/summary.json

says "a site has its longest hold over the loads" '| `mm/a.c:fill` | zone | `BATCH \| pages` | 140 | 4,991 | 5,001 | 4,901 | 8 | `fill` ← `alloc` | anon |'
says "a site with no bound is marked" '| `mm/a.c:take` | pcp | **none, for a reason** | 2,400 | 100 | 120 | 110 | – | `take` ← `alloc` | pagecache |'
says "a site that was not reached is named" '| `mm/b.c:scan` | zone | `one pageblock` | not reached | – | – | – | – | – | – |'
says "sites are counted" 'Reached: 2 of 3 lock sites are (66.7 %): 2 by a load in `raw`, 0 by a test in `raw`, 0 in another variant only. For 1 of the others no reason is given. 1 has no bound, in bold.'
says "the longest section of none" '| anon | `none` | any | 5,000 | – | `schedule` ← `main` |'
says "raw below none" '| pagecache | `raw` | allocator lock | 4,000 | yes | `fill` ← `alloc` |'
says "raw above none" '| anon | `raw` | allocator lock | 5,001 | **no** | `fill` ← `alloc` |'
says "the control" '| anon | `raw-unbounded` | allocator lock | 300,000 | **no** | `fill` ← `alloc` |'
says "the verdict" 'anyway? No.** They do in 1 of 2 loads; not in anon (5,001 ns, `none` 5,000 ns)'
says "cells measured again have the same wakeups" '6 of these runs were made once more without measuring holds; in 6 of them'
says "how long is told" 'one run a load (seed 1, 10,000 wakeups)'
says "how they were measured is told" '| lock holds | profile custom, QEMU emulator version 7.2'

edit results/holds/raw/anon.json '.off.with_locks_max_ns = 5000 | .undisturbed = false'
refused "a summary of other holds" "key 'off' is not what the measured results give" "$compare" results COMPARISON.md
report
says "not yet known where wakeups alone were measured" 'anyway? Not known yet, loads are missing.** They do in 2 of 2 loads.'
find results/raw -name '*.json' ! -name 'pagecache.*' ! -name 'anon.*' -delete
report
says "exactly that of none is within" 'anyway? Yes.** They do in 2 of 2 loads.'
says "one that is not the same is counted" 'in 5 of them'
edit results/holds/raw/anon.json 'del(.off.with_locks_max_ns)'
report
says "no section with a lock is told" '| anon | `raw` | allocator lock | none seen | – | – |'
says "and is no answer" 'anyway? Not known yet, loads are missing.** They do in 1 of 1 loads.'

rm results/holds/none/anon.json
refused "missing file" "results/holds/none/anon.json: missing" "$summarize" results
report_partial
says "its verdict is not yet known" 'anyway? Not known yet, loads are missing.** They do in 1 of 1 loads'
says "its figures are missing" '| anon | `none` | any | – | – | – |'
rm -r results/holds/raw
refused "missing raw" "results/holds/raw: missing" "$summarize" results
report_partial
says "its sites are not measured" 'Not measured in `raw`.'

bad "missing key" "'off.max_at' is missing" 'del(.off.max_at)'
bad "figure of a site that was not reached" "'sites\[2\].max_ns'" '.sites[2].max_ns = 1'
bad "hold without a figure" "'sites\[0\].max_ns'" 'del(.sites[0].max_ns)'
bad "a site that other loads lack" "'sites'" '.sites += [{site: "mm/c.c:x", lock: "pcp", bound: "", holds: 0}]'
bad "other series" "'kernel.series_sha256'" '.kernel.series_sha256 = "cd" * 32'
bad "other configuration" "'kernel.config_sha256'" '.kernel.config_sha256 = "cd" * 32'
bad "other accelerator" "'accel'" '.accel = "kvm"'
bad "file of another place" "none/anon.json" '.variant = "none" | .kernel.variant = "none"'

fresh
head -c 100 good/raw/anon.json >results/holds/raw/anon.json
refused "truncated file" "raw/anon.json: line 1" "$summarize" results
rm -rf results/holds
mkdir results/holds
refused "no file at all" "results/holds: holds no result" "$summarize" results
finish
