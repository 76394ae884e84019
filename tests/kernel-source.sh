#!/bin/bash
# kernel-source: tools/kernel/fetch and apply: a tree of the user's is taken as it
# is and never changed; a series applies entirely or not at all; unchanged files
# keep their time.

# shellcheck source=tests/fixtures/kernel.bash
. "$(dirname "$0")/fixtures/kernel.bash"

linux=$project/build/linux
before=$(cd "$ksrc" && find . -type f -exec sha256sum {} + | sort)
fails_with 0 "a tree is taken" env KSRC="$ksrc" "$tools/fetch"
verdict "its version is known" grep -qx "BASE='7.2.99'" "$project/build/source/base.env"
sum=$(grep BASE_SHA256 "$project/build/source/base.env")
fails_with 0 "the series is applied" "$tools/apply"
verdict "both patches are in" test "$(sed -n '5p;15p' "$linux/mm/a.c" | tr '\n' ' ')" = "five fifteen "
verdict "the tree as it came is kept" diff -r "$ksrc" "$project/build/base/linux"
verdict "the user's tree is not changed" \
	test "$before" = "$(cd "$ksrc" && find . -type f -exec sha256sum {} + | sort)"

# series_is WHAT: remember what the code of the series is; it is the same, or another.
code=$("$tools/series-sha256")
# shellcheck disable=SC2317  # called by verdict
series_is() {
	local was=$code
	code=$("$tools/series-sha256") || return 1
	case $1 in
	same) [ "$code" = "$was" ] ;;
	another) [ "$code" != "$was" ] ;;
	esac
}
verdict "its code has a hash" grep -qE '^[0-9a-f]{64}$' <<<"$code"
make_patch 0003-three mm/b.c 7 '7 \/* seven, "7" *\/'
refused "that of a series that is not applied is not known" "run 'make source'" "$tools/series-sha256"
"$tools/apply" >/dev/null
verdict "a comment is in the tree" grep -q 'seven, "7"' "$linux/mm/b.c"
verdict "the code is another one with the file" series_is another
make_patch 0004-four mm/b.c '7 .*' '7 \/* not eight *\/ \/\/ "7'
"$tools/apply" >/dev/null
verdict "another comment is in the tree" grep -q 'not eight' "$linux/mm/b.c"
verdict "and the code is the same" series_is same
make_patch 0005-five mm/b.c 8 '"\/* 8 *\/"'
"$tools/apply" >/dev/null
verdict "a string is no comment" series_is another
make_patch 0006-six mm/tests/t.c 12 twelve
"$tools/apply" >/dev/null
verdict "the suite is in no kernel that is measured" series_is same
rm "$patches"/000[3456]-*.patch && rm -r "$work/edit"
"$tools/apply" >/dev/null
verdict "without these patches it is what it was" series_is another

times() { stat -c '%n %Y' "$linux"/Makefile "$linux"/mm/*; }
touch -d 2026-01-02 "$linux"/Makefile "$linux"/mm/*
old=$(times)
fails_with 0 "the same series again" "$tools/apply"
verdict "does nothing" test "$old" = "$(times)"
printf 'Subject: [PATCH 0/2] what it is\n\n-7\n+nothing of this applies\n' >"$patches/0000-cover-letter.patch"
fails_with 0 "the same series with a cover letter" "$tools/apply"
verdict "does nothing either" test "$old" = "$(times)"
make_patch 0003-three mm/b.c 7 seven
fails_with 0 "a longer series" "$tools/apply"
verdict "writes the file it changes alone" test "$(diff <(echo "$old") <(times) | grep -c '^>')" = 1
verdict "which is the right one" grep -qx seven "$linux/mm/b.c"
rm "$patches/0003-three.patch"
fails_with 0 "a shorter series" "$tools/apply"
verdict "restores the file" cmp -s "$ksrc/mm/b.c" "$linux/mm/b.c"
verdict "with the time of now" test "$linux/mm/b.c" -nt "$linux/Makefile"

cp -r "$linux" "$work/good"
sed 's/^-7$/-8/; s/^ 7$/ 77/' "$patches/0002-two.patch" >"$patches/0003-bad.patch"
refused "a patch that does not apply is named" "0003-bad.patch does not apply to Linux 7.2.99: mm/a.c: Hunk #1 FAILED" "$tools/apply"
verdict "the tree stays as it was" diff -r "$work/good" "$linux"
verdict "nothing is left behind" sh -c "! ls -d '$project'/build/apply.* 2>/dev/null"
make_patch 0003-bad mm/b.c 10 ten
sed -i 's/^ 9$/ nine/' "$patches/0003-bad.patch"
refused "a patch that needs fuzz is refused" "0003-bad.patch does not apply" "$tools/apply"
rm "$patches/0003-bad.patch"

sed -i 's/^3$/three/' "$ksrc/mm/b.c"
fails_with 0 "a changed tree is taken" env KSRC="$ksrc" "$tools/fetch"
fails_with 0 "and patched" "$tools/apply"
verdict "the change is in" grep -qx three "$linux/mm/b.c"
verdict "the series too" grep -qx fifteen "$linux/mm/a.c"

sed -i 's/^three$/3/' "$ksrc/mm/b.c"
tar -C "$work" -cJf "$work/ksrc.tar.xz" ksrc
fails_with 0 "a tarball is taken" env KSRC="$work/ksrc.tar.xz" "$tools/fetch"
fails_with 0 "and patched" "$tools/apply"
verdict "it has no change" cmp -s "$ksrc/mm/b.c" "$linux/mm/b.c"

git -C "$ksrc" -c init.defaultBranch=main init -q
echo '*.o' >"$ksrc/.gitignore"
touch "$ksrc/mm/a.o"
fails_with 0 "a git tree is taken" env KSRC="$ksrc" "$tools/fetch"
fails_with 0 "and patched" "$tools/apply"
verdict "without build products" test ! -e "$linux/mm/a.o"
verdict "without its repository" test ! -e "$linux/.git"
rm -rf "$ksrc/.git" "$ksrc/.gitignore" "$ksrc/mm/a.o"
touch -d 2025-01-01 "$ksrc/mm/a.c"
fails_with 0 "the first tree again" env KSRC="$ksrc" "$tools/fetch"
verdict "has the first sum, whatever its times" \
	test "$sum" = "$(grep BASE_SHA256 "$project/build/source/base.env")"

cp -r "$ksrc" "$work/other"
sed -i 's/^VERSION = .*/VERSION = 6/' "$work/other/Makefile"
sed -i 's/^5$/other/' "$work/other/mm/a.c"
fails_with 0 "a tree of another version is taken" env KSRC="$work/other" "$tools/fetch"
refused "the series does not apply to it, which is named" "0001-one.patch does not apply to Linux 6.2.99" "$tools/apply"
fails_with 0 "the first tree is taken again" env KSRC="$ksrc" "$tools/fetch"

touch "$ksrc/.config"
refused "a tree that was built in is refused" "has been built in" env KSRC="$ksrc" "$tools/fetch"
refused "a directory that is no tree is refused" "is no kernel tree" env KSRC="$work" "$tools/fetch"
echo junk >"$work/junk"
refused "a file that is no tarball is refused" "is no tarball" env KSRC="$work/junk" "$tools/fetch"
refused "a missing tree is refused" "neither a directory nor a file" env KSRC="$work/nothing" "$tools/fetch"
rm -rf "$project/build"
refused "without a source apply says what to run" "run 'make source'" "$tools/apply"
finish
