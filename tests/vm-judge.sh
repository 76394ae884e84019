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

# Nor is a line that is no trouble taken for it.
sed '5a MCE: Killing uffd-unit-tests:7 due to hardware memory corruption fault at 7f0000000000' \
	"$consoles/good.txt" >"$work/console"
fails_with 0 "a process that uses a poisoned page is no trouble" "$judge" "$work/console"

sed '/^guest: end/d' "$consoles/good.txt" >"$work/console"
fails_with 1 "a console without the end marker is bad" "$judge" "$work/console"
verdict "the missing marker is named" grep -q "no end marker" "$work/out"

# What the kernel says when it kills x, and when allocations fail.
cat >"$work/oom" <<'OOM'
[    9.000001] y invoked oom-killer: gfp_mask=0x140dca(GFP_HIGHUSER_MOVABLE|__GFP_ZERO), order=0, oom_score_adj=0
[    9.000002] Call Trace:
[    9.000003] Mem-Info:
[    9.000004] oom-kill:constraint=CONSTRAINT_NONE,nodemask=(null),cpuset=/,mems_allowed=0,global_oom,task_memcg=/,task=x,pid=7,uid=0
[    9.000005] Out of memory: Killed process 7 (x) total-vm:9kB, anon-rss:8kB, file-rss:0kB, shmem-rss:0kB, UID:0 pgtables:4kB oom_score_adj:1000
[    9.000006] x: page allocation failure: order:0, mode:0x140dca(GFP_HIGHUSER_MOVABLE|__GFP_ZERO), nodemask=(null),cpuset=/,mems_allowed=0
[    9.000007] Call Trace:
[    9.000008] swapper/0: page allocation failure: order:3, mode:0x820(GFP_ATOMIC), nodemask=(null),cpuset=/,mems_allowed=0
[    9.000009] Call Trace:
OOM
sed "5r $work/oom" "$consoles/good.txt" >"$work/console"
fails_with 0 "--allow-oom lets the kill of a name pass, and failed allocations" "$judge" --allow-oom x "$work/console"
fails_with 1 "but not without it" "$judge" "$work/console"
fails_with 1 "nor with another name" "$judge" --allow-oom y "$work/console"
fails_with 1 "nor with part of it" "$judge" --allow-oom '7' "$work/console"
# bad_with_oom WHAT SED: such a console, changed by a command of sed, is bad.
bad_with_oom() {
	sed -E "$2" "$work/console" >"$work/more"
	fails_with 1 "$1 is bad with it" "$judge" --allow-oom x "$work/more"
}
bad_with_oom "another call trace" '5a Call Trace:'
bad_with_oom "a warning in its midst" '/Mem-Info/i WARNING: mm/page_alloc.c:1 at here'
bad_with_oom "the kill of another process" 's/Killed process 7 \(x\)/Killed process 8 (xy)/'
bad_with_oom "a failed allocation that could wait, of another process" 's/x: page alloc/xy: page alloc/'
bad_with_oom "a kill in a control group" 's/Out of memory/Memory cgroup out of memory/'
bad_with_oom "nobody to kill" 's/Out of memory: .*/Out of memory and no killable processes.../'
fails_with 2 "--allow-oom needs a name" "$judge" --allow-oom '' "$work/console"
fails_with 2 "a missing file is no verdict" "$judge" "$work/nothing"
finish
