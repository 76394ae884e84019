/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The latencies of a recording. The lowest bucket of all is that of the fastest
 * wakeup, whose latency the cell knows: so all addresses are latencies, exact. One
 * behind the last bucket is counted from the wakeup before it, as long as the
 * processor did not halt in between: an instruction is a ns.
 */
#ifndef LATENCY_H
#define LATENCY_H

#include "recording.h"

struct latencies {
	size_t nr;
	uint64_t *ns;			/* of each wakeup; 0: not known */
	size_t beyond, unknown;		/* behind the last bucket; of them not known */
	/*
	 * Wakeups without a halt since the one before: how far at most the count of
	 * instructions is off the guest's clock between the two, in ns.
	 */
	size_t checked;
	uint64_t error;
};

/* @min: the cell's lowest latency in ns. Ends the program without memory. */
void latency_compute(struct latencies *latencies, const struct recording *recording,
		     uint64_t min);
void latency_free(struct latencies *latencies);

#endif
