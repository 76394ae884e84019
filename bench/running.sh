# shellcheck shell=bash
# running.sh: what bench/run and bench/perf share about --accel local. To be sourced.
#
# Takes:  $top, die; of the options $variants, empty if it was not given, and $cpu.
# Gives:  the functions below.

# shellcheck disable=SC2154,SC2034  # of the scripts that source this file

# running_kernel: check this machine and recognise the kernel that runs. Sets $variants,
# $jobs and $home, below which the results of this machine go.
running_kernel() {
	[ "$(id -u)" -eq 0 ] || die "--accel local needs root: it mounts, and gives real-time priority"
	checked=$("$top/tools/vm/local-check" ${cpu:+--cpu "$cpu"}) || exit 1
	running_variant=$(jq -r .kernel.variant <<<"$checked")
	[ "${variants:-$running_variant}" = "$running_variant" ] ||
		die "the kernel that runs is the variant $running_variant; boot that of another one to measure it"
	variants=$running_variant jobs=1 home=$top/build/machines/$(hostname)
}

# running_dir DIR: a directory of kernels with just the description of the one that runs;
# it need not be of the source here.
running_dir() {
	mkdir -p "$1/$running_variant" && jq .kernel <<<"$checked" >"$1/$running_variant/kernel.json"
}
