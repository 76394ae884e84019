/* SPDX-License-Identifier: GPL-2.0 */
/* Cost: the size of a variant's code and data structures, and of its fast path. */
#ifndef REPORT_COST_H
#define REPORT_COST_H

#include "grid.h"

struct costs {
	struct record at[NR_VARIANTS]; /* empty: not measured */
	size_t nr; /* 0: nothing was measured */
};

/**
 * cost_read() - read and check the cost of all variants
 * @costs: filled on success
 * @dir: directory with <variant>.json; without it nothing was measured
 * @grid: the cells: base, series, compiler and the configuration of each variant
 *        have to be theirs
 *
 * Checked are, beside what record_read() does: every figure is there, what grew and
 * shrank is the difference of the sizes, and every variant was compared with the
 * same kernel, which is that of none.
 *
 * Return: 0, or -1 after a line on stderr that names the file and the key.
 */
int cost_read(struct costs *costs, const char *dir, const struct grid *grid);

/** cost_find() - the file of a variant, or NULL if it is missing */
const struct record *cost_find(const struct costs *costs, enum variant v);

/**
 * cost_complete() - complain about missing variants
 * @costs: costs
 * @dir: their directory, for the message
 *
 * Return: 0 if all are there or nothing was measured, otherwise -1 after a line on
 * stderr.
 */
int cost_complete(const struct costs *costs, const char *dir);

/**
 * cost_summarize() - add the list "cost" to summary.json
 * @costs: costs; if nothing was measured nothing is added
 * @summary: object of summary.json
 */
void cost_summarize(const struct costs *costs, json_t *summary);

/** cost_free() - give everything back that cost_read() took */
void cost_free(struct costs *costs);

#endif
