# shellcheck shell=bash
# initrd.sh: what every guest boots. To be sourced.
#
# Takes:  $top, $here (the directory bench), die, and $initrd, empty if it was not given.
# Gives:  the function below.

# shellcheck disable=SC2154  # of the scripts that source this file

# need_initrd DIR: set $initrd, unless it was given, to one that is up to date. Its text
# for the load compile is made with the commands that built the kernel none: in DIR, or
# else, if DIR is empty, in build/kernel/none, which is brought up to date before.
need_initrd() {
	local none=${1:-$top/build/kernel/none}
	if [ -z "$initrd" ]; then
		initrd=$top/build/guest/initramfs.cpio
		[ -n "$1" ] || make -s -C "$top" --no-print-directory kernel VARIANT=none CONFIG=bench ||
			die "the kernel of the variant none does not build"
		"$here/guest/mkinitramfs" --kernel "$none" --out "$initrd" || exit 1
	fi
	[ -r "$initrd" ] || die "cannot read the initramfs '$initrd'"
}
