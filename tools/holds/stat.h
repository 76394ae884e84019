/* SPDX-License-Identifier: GPL-2.0 */
/* How long the locks of one site were held. Times in ns, one an instruction. */
#ifndef STAT_H
#define STAT_H

#include <stddef.h>
#include <stdint.h>

#include "stack.h"

/* Times, each of them; longer than 4.2 s counts as that. */
struct stat_times {
	uint32_t *ns;
	size_t nr, room;
};

struct stat_site {
	struct stat_times holds;
	uint64_t max_ns, max_own_ns;
	uint64_t moves;		/* blocks moved in the longest hold */
	struct chain chain;	/* of the longest hold */
};

/* Note one time. Ends the program without memory. */
void stat_note(struct stat_times *times, uint64_t ns);

/* Sort times, the shortest first. */
void stat_sort(struct stat_times *times);

/*
 * stat_add - note one hold
 * @total: from the acquire to the release
 * @own: the same without interrupts and other tasks
 */
void stat_add(struct stat_site *stat, uint64_t total, uint64_t own, uint64_t moves,
	      const struct chain *chain);

/* The nearest-rank quantile @per_10000 / 10000. Sorts; there has to be a hold. */
uint64_t stat_quantile(struct stat_site *stat, unsigned int per_10000);
void stat_free(struct stat_site *stat);

#endif
