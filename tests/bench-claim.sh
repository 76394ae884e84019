#!/bin/bash
# bench-claim: whatever writes results refuses a directory that another run has, and a
# disk that has no room, in one line, and leaves what is there.

# shellcheck source=tests/fixtures/check.bash
. "$(dirname "$0")/fixtures/check.bash"

# What a script needs to come so far.
cell=$work/raw/idle.s1.json
mkdir -p "$work/raw" "$work/from/cells" "$work/modules/raw"
echo '{"variant": "raw", "accel": "icount", "cyclictest": {"max_ns": 1}}' >"$cell"
echo initramfs >"$work/initrd"
declare -A arguments=([explain]="--initrd $work/initrd $cell" [contend]="--holds $top/results/linux-7.2/holds --waits none"
	[publish]="--from $work/from")
declare -A option_of=([publish]=--results) doing=([correct]="testing into" [explain]="explaining into"
	[contend]="simulating into" [publish]="publishing into")
scripts="run holds trace sweep cost contend explain alloc kfree perf waits correct publish"

# guarded SCRIPT OPTION WORDS...: the directory that the option names is guarded.
guarded() {
	local script=$1 option=$2 out=$work/there before=$work/before
	shift 2
	rm -rf "$out" "$out".{before,after}
	mkdir -p "$out/raw" && echo old >"$out/raw/old.json"
	cp -a "$out" "$before"
	# It is given back when the command has ended.
	refused "$script: a second run in one $option is refused" \
		"another run is ${doing[$script]-measuring into} '$out'; wait for it or give $option another directory" \
		flock "$out" "$top/bench/$script" "$option" "$out" "$@"
	verdict "$script: what was there stays" diff -r "$before" "$out"
	if can_mount "$script on a full disk"; then
		refused "$script: a full disk behind $option is named" "less than [0-9]* MiB free in '$out'; make room and run again" \
			on_disk 1 "$out" "$top/bench/$script" "$option" "$out" "$@"
		verdict "$script: what is on it stays" diff -r "$before" "$out.after"
	fi
	rm -rf "$before"
	refused "$script: a place that cannot be made is named" "cannot make the director.*/proc/x'" \
		"$top/bench/$script" "$option" /proc/x "$@"
}
for script in $scripts; do
	# shellcheck disable=SC2086  # words
	guarded "$script" "${option_of[$script]---out}" ${arguments[$script]-}
done
guarded sweep --work --out "$work/sweep"

verdict "these are all that have such a directory" test "$(cd "$top/bench" && grep -lE '^  --(out|results) DIR ' -- * 2>/dev/null |
	sort | tr '\n' ' ')" = "$(tr ' ' '\n' <<<"$scripts" | sort | tr '\n' ' ')"
finish
