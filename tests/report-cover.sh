#!/bin/bash
# report-cover: README and the series' cover letter have the published table, and the
# letter no figure in its text on what was measured that the comparison does not have; at
# its end are the titles of the patches and the lines that they change. Takes build/linux.

# shellcheck source=tests/fixtures/report.bash
. "$(dirname "$0")/fixtures/report.bash"

cd "$top" || exit 1
letter=patches/linux-7.2/0000-cover-letter.patch
"$summarize" --table results/linux-7.2/raw >"$work/table"
verdict "there is a published table" test "$(wc -l <"$work/table")" -gt 2
# shellcheck disable=SC2317  # called by verdict
# shown: the text on stdin has the table.
shown() { grep -A "$(($(wc -l <"$work/table") - 1))" -xF "$(head -n 1 "$work/table")" | diff "$work/table" -; }
verdict "the letter has it" shown <"$letter"
verdict "README has it" shown < <(sed 's/^    //' README.md)
# From the headline to the next, without the table.
sed -n '/^Figures$/,/^Limits/p' "$letter" | grep -vxFf "$work/table" |
	grep -oE '[0-9][0-9,]*\.[0-9]+|[0-9]+,[0-9]{3}|[0-9]+ of [0-9]+ loads' | sort -u >"$work/figures"
verdict "the letter's text has figures" test -s "$work/figures"
while IFS= read -r figure; do
	verdict "the comparison has the letter's $figure" grep -qF -- "$figure" COMPARISON.md
done <"$work/figures"
verdict "the letter counts the patches" grep -q "^Subject: \[PATCH 00/$(find patches/linux-7.2 -name '*.patch' ! -name '0000-*' | wc -l)\] " "$letter"

# The series as one change of the files that it touches.
mkdir "$work/tree"
git -C "$work/tree" init -q
while IFS= read -r file; do
	mkdir -p "$work/tree/$(dirname "$file")"
	[ ! -e "build/base/linux/$file" ] || cp "build/base/linux/$file" "$work/tree/$file"
done <build/linux.files
git -C "$work/tree" add .
while IFS= read -r file; do cp "build/linux/$file" "$work/tree/$file"; done <build/linux.files
git -C "$work/tree" add -N .
git -C "$work/tree" diff --stat=76 --summary >"$work/lines"
verdict "the letter has the lines that change" diff "$work/lines" \
	<(tail -n "$(wc -l <"$work/lines")" "$letter")
for patch in patches/linux-7.2/0[0-9]*.patch; do
	[ "$patch" = "$letter" ] || git mailinfo /dev/null /dev/null <"$patch" | sed -n 's/^Subject: /  /p'
done >"$work/titles"
verdict "the letter has the titles of the patches" diff "$work/titles" \
	<(grep -A "$(wc -l <"$work/titles")" ' project ([0-9]*):$' "$letter" | tail -n +2)
verdict "git takes series and letter" git mailinfo "$work/message" "$work/patch" <"$letter"
finish
