/* SPDX-License-Identifier: GPL-2.0 */
/* A distribution of times, as measured, to draw from. */
#ifndef MODEL_DIST_H
#define MODEL_DIST_H

#include <stddef.h>
#include <stdint.h>

#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>
#include <jansson.h>

struct dist {
	uint64_t *ns; /* the times; the same one may be there twice */
	size_t nr;
	gsl_ran_discrete_t *pick; /* how often each of them is */
	double mean_ns;
	uint64_t max_ns;
};

/**
 * dist_make() - a distribution of given times
 * @dist: filled
 * @ns: times
 * @weights: how often each is, in any unit, not negative and not all 0
 * @nr: number of times, 1 at least
 */
void dist_make(struct dist *dist, const uint64_t *ns, const double *weights,
	       size_t nr);

/**
 * dist_read() - the distribution of a measured histogram
 * @dist: filled on success
 * @hist: object from times in whole ns to how many of them there were
 *
 * Return: 0, or -1 if that is no such histogram or an empty one.
 */
int dist_read(struct dist *dist, const json_t *hist);

/** dist_draw() - a time in ns, drawn independently of all others */
static inline uint64_t dist_draw(const struct dist *dist, const gsl_rng *rng)
{
	return dist->ns[gsl_ran_discrete(rng, dist->pick)];
}

/** dist_free() - give everything back */
void dist_free(struct dist *dist);

#endif
