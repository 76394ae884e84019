/* SPDX-License-Identifier: GPL-2.0 */
/* How long callers waited: a histogram of fixed size, whatever is counted. */
#ifndef MODEL_WAITS_H
#define MODEL_WAITS_H

#include <stdint.h>

/*
 * Up to 2 * WAITS_STEPS ns a bin is one ns wide; above, an octave has WAITS_STEPS
 * bins, so that a bin is at most 1/128 of its times wide.
 */
enum { WAITS_STEPS = 128, WAITS_OCTAVES = 57 };

struct waits {
	uint64_t bins[(WAITS_OCTAVES + 1) * WAITS_STEPS];
	uint64_t nr, max_ns; /* of all */
	double sum_ns;
};

/** waits_add() - count one wait; starts as all zeroes */
void waits_add(struct waits *waits, uint64_t ns);

/**
 * waits_quantile() - quantile by nearest rank
 * @waits: waits
 * @per_10000: the quantile in hundredths of a percent: 9999 is p99.99
 *
 * Return: the longest time of the bin that it is in, in ns, but never more than the
 * longest wait: at most 1/128 too long, never too short; 0 if nothing was counted.
 */
uint64_t waits_quantile(const struct waits *waits, unsigned int per_10000);

/** waits_mean() - arithmetic mean in ns; 0 if nothing was counted */
double waits_mean(const struct waits *waits);

#endif
