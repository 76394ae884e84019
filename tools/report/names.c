// SPDX-License-Identifier: GPL-2.0
/* The keys of the variants, loads and contexts. */
#include <string.h>

#include "names.h"

const char *const variant_names[NR_VARIANTS] = {
	[V_NONE] = "none",
	[V_RAW] = "raw",
	[V_RAW_UNBOUNDED] = "raw-unbounded",
	[V_NO_LOCKS] = "no-locks",
	[V_TRYLOCK] = "trylock",
};

const char *const load_names[NR_LOADS] = {
	[L_IDLE] = "idle",
	[L_PAGECACHE] = "pagecache",
	[L_ANON] = "anon",
	[L_FORKEXEC] = "forkexec",
	[L_COMPILE] = "compile",
	[L_HACKBENCH] = "hackbench",
	[L_COMPACTION] = "compaction",
	[L_STEAL] = "steal",
	[L_CONTIG] = "contig",
	[L_HOTPLUG] = "hotplug",
	[L_PAGETYPEINFO] = "pagetypeinfo",
	[L_DROPCACHES] = "dropcaches",
	[L_LOWMEM] = "lowmem",
	[L_ALL] = "all",
};

const char *const context_names[NR_CONTEXTS] = {
	[C_TASK] = "task",	   [C_RAW_LOCK] = "raw_lock",
	[C_IRQS_OFF] = "irqs_off", [C_SOFTIRQ] = "softirq",
	[C_HARDIRQ] = "hardirq",
};

int name_find(const char *const *names, int nr, const char *name,
	      unsigned long len)
{
	for (int i = 0; i < nr; i++)
		if (strlen(names[i]) == len && !memcmp(names[i], name, len))
			return i;
	return -1;
}
