/* SPDX-License-Identifier: GPL-2.0 */
/* The keys of the variants, loads and contexts, in the order of the tables. */
#ifndef REPORT_NAMES_H
#define REPORT_NAMES_H

enum variant {
	V_NONE, /* the baseline: every factor is against it */
	V_RAW,
	V_RAW_UNBOUNDED,
	V_NO_LOCKS,
	V_TRYLOCK,
	NR_VARIANTS
};

enum load {
	L_IDLE,
	L_PAGECACHE,
	L_ANON,
	L_FORKEXEC,
	L_COMPILE,
	L_HACKBENCH,
	L_COMPACTION,
	L_STEAL,
	L_CONTIG,
	L_HOTPLUG,
	L_PAGETYPEINFO,
	L_DROPCACHES,
	L_LOWMEM,
	L_ALL,
	NR_LOADS
};

/* What a call is made from. */
enum context {
	C_TASK,
	C_RAW_LOCK,
	C_IRQS_OFF,
	C_SOFTIRQ,
	C_HARDIRQ,
	NR_CONTEXTS
};

extern const char *const variant_names[NR_VARIANTS];
extern const char *const load_names[NR_LOADS];
extern const char *const context_names[NR_CONTEXTS];

/**
 * name_find() - look a key up
 * @names: variant_names, load_names or others
 * @nr: number of names
 * @name: the key, need not end with NUL
 * @len: length of the key in bytes
 *
 * Return: its index, or -1 if there is no such key.
 */
int name_find(const char *const *names, int nr, const char *name,
	      unsigned long len);

#endif
