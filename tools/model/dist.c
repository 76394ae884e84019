// SPDX-License-Identifier: GPL-2.0
/* Distributions of measured times; GSL draws by Walker's alias method. */
#include <err.h>
#include <errno.h>
#include <stdlib.h>

#include "dist.h"

void dist_make(struct dist *dist, const uint64_t *ns, const double *weights,
	       size_t nr)
{
	double sum = 0, all = 0;

	*dist = (struct dist){ .nr = nr };
	dist->ns = calloc(nr, sizeof(*dist->ns));
	dist->pick = gsl_ran_discrete_preproc(nr, weights);
	if (!dist->ns || !dist->pick)
		errx(1, "out of memory");
	for (size_t i = 0; i < nr; i++) {
		dist->ns[i] = ns[i];
		sum += weights[i] * ns[i];
		all += weights[i];
		if (weights[i] > 0 && ns[i] > dist->max_ns)
			dist->max_ns = ns[i];
	}
	dist->mean_ns = sum / all;
}

/* A key of a histogram as a time; -1 if it is none. */
static int parse_ns(const char *key, uint64_t *ns)
{
	char *end;

	errno = 0;
	*ns = strtoull(key, &end, 10);
	return errno || end == key || *end || *key == '-' ? -1 : 0;
}

int dist_read(struct dist *dist, const json_t *hist)
{
	size_t room = json_object_size(hist), nr = 0;
	double *weights;
	uint64_t *ns;
	int ret = 0;
	void *at;

	if (!room)
		return -1;
	ns = calloc(room, sizeof(*ns));
	weights = calloc(room, sizeof(*weights));
	if (!ns || !weights)
		err(1, "histogram");
	for (at = json_object_iter((json_t *)hist); !ret && at;
	     at = json_object_iter_next((json_t *)hist, at)) {
		weights[nr] = json_integer_value(json_object_iter_value(at));
		if (parse_ns(json_object_iter_key(at), &ns[nr]) ||
		    weights[nr] < 1)
			ret = -1;
		nr++;
	}
	if (!ret)
		dist_make(dist, ns, weights, nr);
	free(ns);
	free(weights);
	return ret;
}

void dist_free(struct dist *dist)
{
	gsl_ran_discrete_free(dist->pick);
	free(dist->ns);
	*dist = (struct dist){ 0 };
}
