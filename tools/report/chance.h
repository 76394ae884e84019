/* SPDX-License-Identifier: GPL-2.0 */
/* What chance does to a ratio of maxima. */
#ifndef REPORT_CHANCE_H
#define REPORT_CHANCE_H

#include <stdbool.h>
#include <stddef.h>

/**
 * chance_of_ratio() - how often a ratio of maxima comes about by chance
 * @a: figures of one kernel, in ns
 * @nr_a: their number
 * @b: those of the other, measured alike
 * @nr_b: their number
 * @num: numerator of the ratio
 * @den: its denominator; the ratio is above 1 or, without @above, at least 1
 * @above: whether a ratio has to be above it, not just as large
 *
 * The permutation test of Fisher (The Design of Experiments, 1935, section 21), one-sided
 * and exact: of all ways to deal the figures out to the two kernels anew, so many to each
 * as it has, the share in which max(a) / max(b) is as large. For kernels that do not
 * differ every way is as likely as what was measured.
 *
 * Return: the share, 0 to 1; 0 if one of the two has no figures.
 */
double chance_of_ratio(const long long *a, size_t nr_a, const long long *b,
		       size_t nr_b, long long num, long long den, bool above);

/** descending() - for qsort() of long long, the largest first */
int descending(const void *a, const void *b);

#endif
