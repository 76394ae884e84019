#!/bin/bash
# kernel-check-series: tools/kernel/check-series refuses patches that are bad.

# shellcheck source=tests/fixtures/kernel.bash
. "$(dirname "$0")/fixtures/kernel.bash"

# A project whose source has checkpatch.pl and whose patches are bare diffs;
# checkpatch.pl knows the top of a tree by these names.
cp -r "$top/build/base/linux/scripts" "$ksrc/"
for f in COPYING CREDITS Kbuild README MAINTAINERS; do
	echo text >"$ksrc/$f"
done
for d in Documentation arch drivers fs include init ipc kernel lib; do
	mkdir "$ksrc/$d"
	echo text >"$ksrc/$d/file"
done
env KSRC="$ksrc" "$tools/fetch" >/dev/null && "$tools/apply" >/dev/null || not_ok "the test's source is there"
refused "a patch that is no mail is refused" "0001-one.patch: git am: " "$tools/check-series"

# mail PATCH SUBJECT [TRAILER]: make it one, by git's format.
mail() {
	{
		printf 'From %040d Mon Sep 17 00:00:00 2001\nFrom: Test Person <test@example.org>\n' 0
		printf 'Date: Mon, 23 Nov 2026 12:00:00 +0000\nSubject: [PATCH] mm: %s\n\nChange a line because the test needs it to be changed.\n\n%s\n---\n' "$2" "${3-}"
		cat "$patches/$1.patch"
	} >"$work/mail" && mv "$work/mail" "$patches/$1.patch"
}
mail 0001-one "change line five" "Signed-off-by: Test Person <test@example.org>"
mail 0002-two "change line fifteen"
"$tools/check-series" >"$work/out" 2>"$work/err"
verdict "a patch without a sign-off is refused" grep -q "0002-two.patch: there is no Signed-off-by" "$work/err"
make_patch 0002-two mm/b.c 10 '	if(x){ return(1);}'
mail 0002-two "change line fifteen" "Signed-off-by: Test Person <test@example.org>"
"$tools/check-series" >"$work/out" 2>"$work/err"
verdict "bad style is found" grep -q "0002-two.patch: checkpatch.pl: " "$work/err"
verdict "the good patch passes" grep -q "0001-one.patch: applies, is clean" "$work/out"
rm "$patches"/*
refused "no patch is no pass" "there is no patch" "$tools/check-series"
refused "an unknown variant is refused" "unknown variant 'x'" "$tools/check-series" --variants x
finish
