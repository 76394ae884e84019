/* SPDX-License-Identifier: GPL-2.0 */
/* Wake-up latency of one variant under one load, pooled over the seeds. */
#ifndef REPORT_LATENCY_H
#define REPORT_LATENCY_H

#include "grid.h"

struct latency {
	struct hist hist; /* of all seeds; total is 0 if nothing was measured */
	long long *seeds,
		*seed_max_ns; /* one a measured seed, ascending seeds */
	size_t nr_seeds;
	long long rounds; /* of the load, over all seeds; 0 for idle */
	long long p50_ns, p99_ns, p9999_ns, min_ns, avg_ns, max_ns;
};

struct latencies {
	struct latency at[NR_VARIANTS][NR_LOADS];
};

/**
 * latencies_pool() - pool the seeds of every variant and load
 * @all: filled
 * @grid: the cells
 *
 * All times in ns, percentiles as in hist_percentile().
 */
void latencies_pool(struct latencies *all, const struct grid *grid);

/** latencies_free() - give back what latencies_pool() took */
void latencies_free(struct latencies *all);

/** measured() - whether the variant was measured under the load */
bool measured(const struct latencies *all, enum variant v, enum load l);

/**
 * max_ratio() - factor of the maximum against that of the variant none
 * @all: latencies
 * @v: variant
 * @l: load
 *
 * Return: max_ns / max_ns of none, or 0 if one of the two was not measured.
 */
double max_ratio(const struct latencies *all, enum variant v, enum load l);

/**
 * seed_max() - one of the maxima of a variant's seeds
 * @lat: latency of at least nth + 1 seeds
 * @nth: which one, from the largest, 0, down
 */
long long seed_max(const struct latency *lat, size_t nth);

/** seed_max_median() - the median of them; there has to be a seed */
double seed_max_median(const struct latency *lat);

/**
 * work_ratio() - rounds that a load did beside a wakeup, as a factor of none's
 *
 * Return: the factor; 1 where too few rounds were done to tell.
 */
double work_ratio(const struct latencies *all, enum variant v, enum load l);

/** other_work() - whether that factor is more than a tenth from 1 */
bool other_work(const struct latencies *all, enum variant v, enum load l);

/** p9999_ratio() - factor of p99.99 against that of none, as max_ratio() */
double p9999_ratio(const struct latencies *all, enum variant v, enum load l);

/** latency_json() - the list "latency" of summary.json, a new reference */
json_t *latency_json(const struct latencies *all);

#endif
