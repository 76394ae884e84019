# shellcheck shell=bash
# jobs.sh: guests side by side, and what becomes of them if the script is stopped. To be
# sourced.
#
# Takes:  $me, die, $tmp and $jobs, how many at a time.
# Gives:  the functions below; $tmp/failed, the names of those that failed, a line each.

# shellcheck disable=SC2154  # of the scripts that source this file

# stop: end every guest. For trap; what they write is removed by who started them.
# shellcheck disable=SC2317
stop() {
	trap '' HUP INT TERM
	# shellcheck disable=SC2046  # one word a job
	kill -TERM $(jobs -p) 2>/dev/null
	wait
	die "stopped; finished files are kept, run again to go on"
}

# start NAME COMMAND...: run it in the background, as soon as there is a job to spare.
start() {
	while [ "$(jobs -rp | wc -l)" -ge "$jobs" ]; do
		wait -n
	done
	{ "${@:2}" || echo "$1" >>"$tmp/failed"; } &
}

# has_failed NAME
has_failed() { grep -qsFx "$1" "$tmp/failed"; }

# all_there: status 1, and a line with their names, if some failed.
all_there() {
	[ -s "$tmp/failed" ] || return 0
	echo "$me: failed: $(paste -sd' ' "$tmp/failed")" >&2
	return 1
}
