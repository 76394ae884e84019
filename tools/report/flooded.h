/* SPDX-License-Identifier: GPL-2.0 */
/* Cells whose loads had a flood of allocations from hard interrupts beside them. */
#ifndef REPORT_FLOODED_H
#define REPORT_FLOODED_H

#include "latency.h"

struct flooded {
	struct grid grid; /* nr is 0: nothing was measured */
	struct latencies *all; /* the same, pooled over the seeds */
};

/* What the floods of a variant did, in all cells. */
struct flood_sum {
	long long interrupts; /* an allocation each */
	long long got; /* of them not NULL */
	long long objects, bulk; /* given to kfree_rcu(), of them in pages */
	double least_objects; /* an interrupt, in the cell with the fewest */
};

/**
 * flooded_read() - read and check the cells with a flood
 * @flooded: filled on success
 * @dir: directory as grid_read() takes it; without it nothing was measured
 * @grid: the cells without: beside the flood all that was measured with is the same
 *
 * Return: 0, or -1 after a line on stderr that names the file and the key.
 */
int flooded_read(struct flooded *flooded, const char *dir,
		 const struct grid *grid);

/**
 * flooded_complete() - complain about missing cells
 * @flooded: cells; nothing is missing if there are none
 * @dir: their directory, for the message
 *
 * Return: 0 if none, raw and all variants that some cell has have every load with every
 * seed of the variant, otherwise -1 after a line on stderr.
 */
int flooded_complete(const struct flooded *flooded, const char *dir);

/** flooded_sum() - what the floods of a variant did */
struct flood_sum flooded_sum(const struct flooded *flooded, enum variant v);

/**
 * flooded_summarize() - add the object "flood" to summary.json
 * @flooded: cells; if there are none nothing is added
 * @summary: object of summary.json
 */
void flooded_summarize(const struct flooded *flooded, json_t *summary);

/** flooded_free() - give everything back that flooded_read() took */
void flooded_free(struct flooded *flooded);

#endif
