# shellcheck shell=bash
# names.sh: the variants and loads of the benchmark, in the order of measuring, and the
# check of a list of such names. To be sourced by who has die.

# shellcheck disable=SC2034  # used by the scripts that source this file
all_variants="none raw raw-unbounded no-locks trylock"
# Those whose zone->lock is raw: with the others its waiters sleep.
raw_variants="raw raw-unbounded"
all_loads="idle pagecache anon forkexec compile hackbench compaction"
all_loads+=" steal contig hotplug pagetypeinfo dropcaches lowmem all"

# known WHAT LIST WORDS: every word of the comma-separated list is one of the words.
known() {
	local word
	for word in ${2//,/ }; do
		[[ " $3 " == *" $word "* ]] || die "unknown $1 '$word': ${3// /, }"
	done
}
