// SPDX-License-Identifier: GPL-2.0
/* Histograms: pooling, nearest-rank percentiles, mean. */
#include <err.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "hist.h"

/* Index of the first bin with a latency of at least ns. */
static size_t lower_bound(const struct hist *h, long long ns)
{
	size_t low = 0, high = h->nr;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (h->bins[mid].ns < ns)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

void hist_add(struct hist *h, long long ns, long long count)
{
	size_t at = lower_bound(h, ns);

	h->total += count;
	if (at < h->nr && h->bins[at].ns == ns) {
		h->bins[at].count += count;
		return;
	}
	if (h->nr == h->size) {
		h->size = h->size ? 2 * h->size : 256;
		h->bins = reallocarray(h->bins, h->size, sizeof(*h->bins));
		if (!h->bins)
			err(1, "histogram");
	}
	memmove(&h->bins[at + 1], &h->bins[at],
		(h->nr - at) * sizeof(*h->bins));
	h->bins[at].ns = ns;
	h->bins[at].count = count;
	h->nr++;
}

void hist_pool(struct hist *to, const struct hist *from)
{
	for (size_t i = 0; i < from->nr; i++)
		hist_add(to, from->bins[i].ns, from->bins[i].count);
}

long long hist_percentile(const struct hist *h, int per_10000)
{
	long long rank = (h->total * per_10000 + 9999) / 10000;
	long long seen = 0;

	for (size_t i = 0; i < h->nr; i++) {
		seen += h->bins[i].count;
		if (seen >= rank)
			return h->bins[i].ns;
	}
	return hist_max(h);
}

long long hist_min(const struct hist *h)
{
	return h->bins[0].ns;
}

long long hist_max(const struct hist *h)
{
	return h->bins[h->nr - 1].ns;
}

long long hist_above(const struct hist *h, long long ns)
{
	long long above = 0;

	for (size_t i = h->nr; i && h->bins[i - 1].ns > ns; i--)
		above += h->bins[i - 1].count;
	return above;
}

long long hist_avg(const struct hist *h)
{
	double sum = 0;

	for (size_t i = 0; i < h->nr; i++)
		sum += (double)h->bins[i].ns * h->bins[i].count;
	return llround(sum / h->total);
}

void hist_free(struct hist *h)
{
	free(h->bins);
	memset(h, 0, sizeof(*h));
}
