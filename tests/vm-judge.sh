#!/bin/bash
# vm-judge: tools/vm/judge lets good consoles pass and finds every kind of trouble.

# shellcheck source=tests/fixtures/check.bash
. "$(dirname "$0")/fixtures/check.bash"

judge=$top/tools/vm/judge
consoles=$top/tests/fixtures/console

fails_with 0 "a good console is good" "$judge" "$consoles/good.txt"
verdict "a good console prints nothing" test ! -s "$work/out"
for file in "$consoles"/bad-*.txt; do
	what=${file##*/bad-} what=${what%.txt}
	fails_with 1 "$what is found" "$judge" "$file"
	verdict "$what: the lines are shown" test -s "$work/out"
done

# One line of trouble in the middle of a good console is enough.
while IFS= read -r line; do
	sed "5a $line" "$consoles/good.txt" >"$work/console"
	fails_with 1 "found: ${line:0:50}" "$judge" "$work/console"
	verdict "shown: ${line:0:50}" grep -qF -- "$line" "$work/out"
done <"$consoles/trouble.txt"

sed '/^guest: end/d' "$consoles/good.txt" >"$work/console"
fails_with 1 "a console without the end marker is bad" "$judge" "$work/console"
verdict "the missing marker is named" grep -q "no end marker" "$work/out"

sed '5a Out of memory: Killed process 7 (x)' "$consoles/good.txt" >"$work/console"
fails_with 0 "--allow-oom lets a kill pass" "$judge" --allow-oom "$work/console"
sed '5a x invoked oom-killer: gfp_mask=0x0\nCall Trace:\nMem-Info:\nOut of memory: Killed process 7 (x)\nx: page allocation failure: order:0\nCall Trace:' \
	"$consoles/good.txt" >"$work/console"
fails_with 0 "its call trace as well, and a failed allocation" "$judge" --allow-oom "$work/console"
fails_with 1 "but not without it" "$judge" "$work/console"
sed '5a Call Trace:' "$work/console" >"$work/more"
fails_with 1 "another call trace is bad with it" "$judge" --allow-oom "$work/more"
sed '/^Mem-Info/i WARNING: mm/page_alloc.c:1 at here' "$work/console" >"$work/more"
fails_with 1 "a warning in its midst is bad with it" "$judge" --allow-oom "$work/more"
fails_with 2 "a missing file is no verdict" "$judge" "$work/nothing"
finish
