/* SPDX-License-Identifier: GPL-2.0 */
/* The table of maxima for a terminal. */
#ifndef REPORT_TABLE_H
#define REPORT_TABLE_H

#include <stdio.h>

#include "latency.h"

/**
 * table_print() - print the maxima, loads x variants
 * @to: stream
 * @all: latencies, of as many cells as there are
 *
 * Gives the worst latency over the seeds in ns and in brackets its factor
 * against none; "-" where nothing was measured. Loads and variants of which
 * there is no cell at all are left out.
 */
void table_print(FILE *to, const struct latencies *all);

#endif
