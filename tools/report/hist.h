/* SPDX-License-Identifier: GPL-2.0 */
/* A histogram of latencies with one bin a nanosecond value: what is added is not rounded. */
#ifndef REPORT_HIST_H
#define REPORT_HIST_H

#include <stddef.h>

struct hist_bin {
	long long ns;
	long long count;
};

/* Starts as all zeroes; bins are sorted by ns, no two alike. */
struct hist {
	struct hist_bin *bins;
	size_t nr;
	size_t size;
	long long total; /* sum of the counts */
};

/**
 * hist_add() - count latencies
 * @h: histogram
 * @ns: latency in ns
 * @count: how many wakeups had it, above 0
 */
void hist_add(struct hist *h, long long ns, long long count);

/**
 * hist_pool() - add all wakeups of one histogram to another
 * @to: histogram that grows
 * @from: histogram that stays as it is
 */
void hist_pool(struct hist *to, const struct hist *from);

/**
 * hist_percentile() - percentile by nearest rank
 * @h: histogram with at least one wakeup
 * @per_10000: the percentile in hundredths of a percent: 9999 is p99.99
 *
 * Definition: the smallest latency v such that at least ceil(p / 10000 * n) of
 * the n wakeups took v or less. Always a latency that was measured, never
 * interpolated; with n below 10,000 p99.99 is the maximum.
 *
 * Return: latency in ns.
 */
long long hist_percentile(const struct hist *h, int per_10000);

/** hist_min() - smallest latency in ns of a histogram that is not empty */
long long hist_min(const struct hist *h);

/** hist_max() - largest latency in ns of a histogram that is not empty */
long long hist_max(const struct hist *h);

/** hist_above() - how many wakeups took longer than @ns */
long long hist_above(const struct hist *h, long long ns);

/** hist_avg() - arithmetic mean, rounded to whole ns; not for an empty histogram */
long long hist_avg(const struct hist *h);

/** hist_free() - give the bins back; the histogram is empty then */
void hist_free(struct hist *h);

#endif
