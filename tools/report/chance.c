// SPDX-License-Identifier: GPL-2.0
#include <err.h>
#include <gsl/gsl_sf_gamma.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "chance.h"

int descending(const void *a, const void *b)
{
	long long x = *(const long long *)a, y = *(const long long *)b;

	return (x < y) - (x > y);
}

/*
 * The ratio is max / figures[first] where the largest figures go to a and number first
 * is the first that goes to b: its other nr_b - 1 are any of those that follow.
 */
static double share(size_t nr, size_t nr_b, size_t first)
{
	return exp(gsl_sf_lnchoose(nr - first - 1, nr_b - 1) -
		   gsl_sf_lnchoose(nr, nr_b));
}

double chance_of_ratio(const long long *a, size_t nr_a, const long long *b,
		       size_t nr_b, long long num, long long den, bool above)
{
	size_t nr = nr_a + nr_b;
	long long *all;
	double sum = 0;

	if (!nr_a || !nr_b)
		return 0;
	all = calloc(nr, sizeof(*all));
	if (!all)
		err(1, "figures");
	memcpy(all, a, nr_a * sizeof(*a));
	memcpy(all + nr_a, b, nr_b * sizeof(*b));
	qsort(all, nr, sizeof(*all), descending);
	for (size_t first = 1; first <= nr_a; first++) {
		long long left = all[0] * den, right = all[first] * num;

		if (above ? left > right : left >= right)
			sum += share(nr, nr_b, first);
	}
	free(all);
	return sum;
}
