/* SPDX-License-Identifier: GPL-2.0 */
/* Traces: what was longest, by the kernel's own tracers. */
#ifndef REPORT_TRACE_H
#define REPORT_TRACE_H

#include "matrix.h"

/**
 * trace_read() - read and check the traces of all variants and loads
 * @m: filled on success
 * @dir: directory with <variant>/<load>.json; without it nothing was traced
 * @grid: the cells
 *
 * Checked are, beside what matrix_read() does: the section has a length, a start
 * and an end, and if timerlat analysed a wakeup no part of its latency is longer
 * than all of it.
 *
 * Return: 0, or -1 after a line on stderr that names the file and the key.
 */
int trace_read(struct matrix *m, const char *dir, const struct grid *grid);

/**
 * trace_blame() - what made the wakeup late that timerlat analysed
 * @rec: a trace
 *
 * Return: the longest part of its latency, an object with "what" and "ns"; NULL if
 * timerlat analysed none.
 */
const json_t *trace_blame(const struct record *rec);

/**
 * trace_summarize() - add the list "trace" to summary.json
 * @m: traces; if nothing was traced nothing is added
 * @summary: object of summary.json
 */
void trace_summarize(const struct matrix *m, json_t *summary);

#endif
