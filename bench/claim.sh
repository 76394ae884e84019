# shellcheck shell=bash
# claim.sh: a directory for results: one run at a time, with room for what it writes. To
# be sourced by who has $me and die.

# shellcheck disable=SC2154  # of the scripts that source this file

# claim DIR MIB WHAT OPTION: make the directory, be the only one in it until the script
# ends, and have so much room there. For the messages: what runs do to it ("measuring
# into"), and the option that names it. $out_lock is what holds it: a child that has it
# open holds it as well.
claim() {
	mkdir -p "$1" 2>/dev/null || die "cannot make the directory '$1'"
	[ -w "$1" ] || die "cannot write in '$1'"
	# The directory itself: what is published has no file for it.
	exec {out_lock}<"$1" || die "cannot read the directory '$1'"
	# A run that was killed may have a child that still ends.
	flock -w 2 "$out_lock" ||
		die "another run is $3 '$1'; wait for it or give $4 another directory"
	[ "$(df --output=avail -m "$1" | tail -n 1)" -ge "$2" ] ||
		die "less than $2 MiB free in '$1'; make room and run again"
}

# no_room DIR: its disk is full, or nearly: what was written there may have its end cut
# off.
no_room() { [ "$(df --output=avail -k "$1" | tail -n 1)" -lt 1024 ]; }

# cannot_write PATH: say so, and end with status 3.
cannot_write() {
	echo "$me: cannot write '$1': make room there, or make it writable" >&2
	exit 3
}
