# shellcheck shell=bash
# names.sh: the variants and loads of the benchmark, in the order of measuring. To
# be sourced.

# shellcheck disable=SC2034  # used by the scripts that source this file
all_variants="none raw raw-unbounded no-locks trylock"
all_loads="idle pagecache anon forkexec compile hackbench compaction"
all_loads+=" steal contig hotplug pagetypeinfo dropcaches lowmem all"
