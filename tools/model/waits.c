// SPDX-License-Identifier: GPL-2.0
/* A histogram with bins of equal relative width. */
#include "waits.h"

/* The octave of a time: 0 has two times as many bins as steps, each of one ns. */
static unsigned int octave(uint64_t ns)
{
	if (ns < 2 * WAITS_STEPS)
		return 0;
	return 63 - __builtin_clzll(ns / WAITS_STEPS);
}

void waits_add(struct waits *waits, uint64_t ns)
{
	unsigned int o = octave(ns);

	waits->bins[o * WAITS_STEPS + (ns >> o)]++;
	waits->nr++;
	waits->sum_ns += ns;
	if (ns > waits->max_ns)
		waits->max_ns = ns;
}

/* The longest time of a bin. */
static uint64_t bin_end(unsigned int bin)
{
	unsigned int o = bin < 2 * WAITS_STEPS ? 0 : bin / WAITS_STEPS - 1;

	return ((uint64_t)(bin - o * WAITS_STEPS + 1) << o) - 1;
}

uint64_t waits_quantile(const struct waits *waits, unsigned int per_10000)
{
	uint64_t rank = (waits->nr * per_10000 + 9999) / 10000, seen = 0;
	unsigned int bin = 0;

	if (!waits->nr)
		return 0;
	while ((seen += waits->bins[bin]) < rank)
		bin++;
	return bin_end(bin) < waits->max_ns ? bin_end(bin) : waits->max_ns;
}

double waits_mean(const struct waits *waits)
{
	return waits->nr ? waits->sum_ns / waits->nr : 0;
}
