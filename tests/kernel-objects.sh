#!/bin/bash
# kernel-objects: tools/kernel/compare-objects finds one changed instruction and
# names its function; it lets pass what is no code.

# shellcheck source=tests/fixtures/check.bash
. "$(dirname "$0")/fixtures/check.bash"

# object DIR NAME TEXT: compile, and note the source as kbuild does.
object() {
	mkdir -p "$work/$1/mm"
	echo "$3" | gcc -O2 -g0 -x c -c -o "$work/$1/mm/$2.o" - || not_ok "the test's source compiles"
	printf 'savedcmd_mm/%s.o := gcc\n\nsource_mm/%s.o := /x/linux/mm/%s.c\n\ndeps_mm/%s.o := \\\n  /x/linux/include/one.h \\\n' \
		"$2" "$2" "$2" "$2" >"$work/$1/mm/.$2.o.cmd"
}
# shellcheck disable=SC2317  # called by fails_with
compare() { (cd "$work" && "$top/tools/kernel/compare-objects" a b); }
good='int f(int x) { return x + 1; } int g(int x) { return x * 3; }'
strings='extern void p(const char *); void f(void) { p("first"); p("second"); }'

for d in a b; do
	object $d one "$good"
	object $d two "$strings"
done
fails_with 0 "equal builds are equal" compare </dev/null
verdict "both objects are counted" grep -q "2 objects compared.*; 2 are the same file.* 0 differ" "$work/out"
fails_with 0 "objects made from a file of interest" compare <<<include/one.h
verdict "are counted" grep -q " 2 of them made from" "$work/out"
fails_with 1 "no object made from one is no proof" compare <<<include/other.h
object b two 'extern void p(const char *); extern void q(const char *); void f(void) { p("first"); p("second"); }
	__attribute__((section(".discard"))) const char s[] = "data"; const char *t(void); int v = 3;'
fails_with 0 "other data is no other code" compare </dev/null
verdict "which is said" grep -q "1 have the same code" "$work/out"

object b two "${strings//second/2nd}"
fails_with 0 "another place of a string is no other code" compare </dev/null
object b one 'int f(int x) { return x + 1; } int g(int x) { return x * 5; }'
fails_with 1 "one other instruction is a difference" compare </dev/null
verdict "its function is named, and no other" grep -qx "compare-objects: mm/one.o differs: g " "$work/out"
object b one 'int f(int x) { return x + 1 + (x >> 3); } int g(int x) { return x * 3; }'
fails_with 1 "a longer function is a difference" compare </dev/null
verdict "one that only moved is not named" grep -qx "compare-objects: mm/one.o differs: f " "$work/out"
object a one 'extern int p, q; int f(void) { return p; }'
object b one 'extern int p, q; int f(void) { return q; }'
fails_with 1 "another symbol is a difference" compare </dev/null
object a one 'extern int __UNIQUE_ID_p_7; int f(void) { return __UNIQUE_ID_p_7; }'
object b one 'extern int __UNIQUE_ID_p_8; int f(void) { return __UNIQUE_ID_p_8; }'
fails_with 0 "but not another number of a unique name" compare </dev/null
object b one 'extern int __UNIQUE_ID_q_7; int f(void) { return __UNIQUE_ID_q_7; }'
fails_with 1 "another unique name is one" compare </dev/null
object a one 'static int p[9]; int *f(void) { return p + 1; } int *g(void) { return p; }'
object b one 'static int p[9]; int *f(void) { return p + 2; } int *g(void) { return p; }'
fails_with 1 "another place of data is a difference" compare </dev/null
object a one "$good"
object b one "$good"
object b three "$good"
fails_with 1 "an object more is a difference" compare </dev/null
verdict "it is named" grep -qx "compare-objects: mm/three.o is in one build only" "$work/out"
echo junk >"$work/b/mm/one.o"
fails_with 1 "an object that cannot be read is a difference" compare </dev/null
rm -r "$work/a" "$work/b"
mkdir "$work/a" "$work/b"
fails_with 1 "nothing compared is no proof" compare </dev/null
finish
