#!/bin/bash
# report-cover: the series' cover letter has the published table, and no figure in its
# text on what was measured that the comparison does not have.

# shellcheck source=tests/fixtures/check.bash
. "$(dirname "$0")/fixtures/check.bash"

cd "$top" || exit 1
letter=patches/linux-7.2/0000-cover-letter.patch
make -s tools >"$work/out" 2>&1
build/tools/summarize --table results/linux-7.2/raw >"$work/table"
verdict "there is a published table" test "$(wc -l <"$work/table")" -gt 2
grep -n -A "$(($(wc -l <"$work/table") - 1))" -xF "$(head -n 1 "$work/table")" "$letter" |
	sed -E 's/^[0-9]+[-:]//' >"$work/in-letter"
verdict "the letter has it" diff "$work/table" "$work/in-letter"
# From the headline to the next, without the table.
sed -n '/^Figures$/,/^Limits/p' "$letter" | grep -vxFf "$work/table" |
	grep -oE '[0-9][0-9,]*\.[0-9]+|[0-9]+,[0-9]{3}|[0-9]+ of [0-9]+ loads' | sort -u >"$work/figures"
verdict "the letter's text has figures" test -s "$work/figures"
while IFS= read -r figure; do
	verdict "the comparison has the letter's $figure" grep -qF -- "$figure" COMPARISON.md
done <"$work/figures"
verdict "the letter counts the patches" grep -q "^Subject: \[PATCH 00/$(find patches/linux-7.2 -name '*.patch' ! -name '0000-*' | wc -l)\] " "$letter"
verdict "git takes series and letter" git mailinfo "$work/message" "$work/patch" <"$letter"
finish
