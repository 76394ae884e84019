// SPDX-License-Identifier: GPL-2.0
#include <err.h>
#include <stdlib.h>

#include "stat.h"

void stat_add(struct stat_site *stat, uint64_t total, uint64_t own, uint64_t moves,
	      const struct chain *chain)
{
	if (stat->nr == stat->room) {
		stat->room = stat->room ? stat->room * 2 : 1024;
		stat->ns = reallocarray(stat->ns, stat->room, sizeof(*stat->ns));
		if (!stat->ns)
			err(1, "holds");
	}
	stat->ns[stat->nr++] = total > UINT32_MAX ? UINT32_MAX : total;
	if (own > stat->max_own_ns)
		stat->max_own_ns = own;
	if (total > stat->max_ns) {
		stat->max_ns = total;
		stat->moves = moves;
		stat->chain = *chain;
	}
}

static int compare_ns(const void *a, const void *b)
{
	const uint32_t *x = a, *y = b;

	return *x < *y ? -1 : *x > *y;
}

uint64_t stat_quantile(struct stat_site *stat, unsigned int per_10000)
{
	const size_t rank = (stat->nr * per_10000 + 9999) / 10000;

	qsort(stat->ns, stat->nr, sizeof(*stat->ns), compare_ns);
	return stat->ns[rank ? rank - 1 : 0];
}

void stat_free(struct stat_site *stat)
{
	free(stat->ns);
	*stat = (struct stat_site){ 0 };
}
