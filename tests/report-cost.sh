#!/bin/bash
# report-cost: the table of code and memory follows what was measured, and bad or
# missing results are refused before anything is written.

# shellcheck disable=SC2016  # backquotes of Markdown

# shellcheck source=tests/fixtures/report.bash
. "$(dirname "$0")/fixtures/report.bash"

cd "$work" || exit 1
make_cells results/raw
make_cost good
kind=cost bad_file=raw.json

report
verdict "without a measurement nothing is claimed" test "$(sed -n \
	'/^## What it costs in code and memory$/,/^## /p' COMPARISON.md | sed -n 3p)" = "Not measured."

fresh
verdict "the report is made" report
verdict "summary has the variants in order" jq -e '
	[.cost[].variant] == ["none", "raw", "raw-unbounded", "no-locks", "trylock"] and
	[.cost[].code_bytes] == [4000000, 4001000, 4000000, 4000000, 4000000] and
	.cost[3].gfp_bits.used == 25 and .cost[3].fast_path.alloc.instructions == 301' results/summary.json
says "code with its difference" '| code, bytes | 4,000,000 | 4,001,000 (+1,000) | 4,000,000 | 4,000,000 | 4,000,000 |'
says "functions" '| functions added, removed, grown, shrunk | – | 1, 0, 2, 3 | 1, 0, 2, 3 |'
says "a structure that shrank" '| `struct zone`, bytes | 1,664 | 1,600 (-64) | 1,664 | 1,664 | 1,664 |'
says "gfp bits" '| gfp bits in use | 24 | 24 | 24 | 25 (+1) | 24 |'
says "the fast path" '| allocating a page: instructions | 300 | 300 | 300 | 301 (+1) | 300 |'
says "what grew" 'New or grown most, in bytes: in `raw` `refill` +1150.'
says "with what it was measured" '| code and memory | QEMU emulator version 7.2, initramfs'

rm results/cost/trylock.json
refused "a missing variant" "results/cost/trylock.json: missing" "$summarize" results
report_partial
says "it is shown as missing" '| gfp bits in use | 24 | 24 | 24 | 25 (+1) | – |'
rm results/cost/none.json
report_partial
says "without none there is no difference" '| gfp bits in use | – | 24 | 24 | 25 | – |'

bad "missing key" "'structs.zone' is missing" 'del(.structs.zone)'
bad "variant of another name" "results/cost/none.json" '.variant = "none" | .kernel.variant = "none"'
bad "sizes that do not add up" "'code.after' is not" '.code.after += 1'
bad "compared with another kernel" "'code.before'" '.code.before += 8 | .code.after += 8'
bad "other configuration" "'kernel.config_sha256'" '.kernel.config_sha256 = "cd" * 32'
bad "other series" "'kernel.series_sha256'" '.kernel.series_sha256 = "cd" * 32'
bad "more bits than gfp_t has" "'gfp_bits.used' is too large" '.gfp_bits.numbered = 33'
finish
