// SPDX-License-Identifier: GPL-2.0
#include <err.h>
#include <stdlib.h>

#include "stat.h"

void stat_note(struct stat_times *times, uint64_t ns)
{
	if (times->nr == times->room) {
		times->room = times->room ? times->room * 2 : 1024;
		times->ns = reallocarray(times->ns, times->room, sizeof(*times->ns));
		if (!times->ns)
			err(1, "holds");
	}
	times->ns[times->nr++] = ns > UINT32_MAX ? UINT32_MAX : ns;
}

void stat_add(struct stat_site *stat, uint64_t total, uint64_t own, uint64_t moves,
	      const struct chain *chain)
{
	stat_note(&stat->holds, total);
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

void stat_sort(struct stat_times *times)
{
	if (times->nr)
		qsort(times->ns, times->nr, sizeof(*times->ns), compare_ns);
}

uint64_t stat_quantile(struct stat_site *stat, unsigned int per_10000)
{
	const size_t rank = (stat->holds.nr * per_10000 + 9999) / 10000;

	stat_sort(&stat->holds);
	return stat->holds.ns[rank ? rank - 1 : 0];
}

void stat_free(struct stat_site *stat)
{
	free(stat->holds.ns);
	*stat = (struct stat_site){ 0 };
}
