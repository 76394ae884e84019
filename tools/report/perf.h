/* SPDX-License-Identifier: GPL-2.0 */
/* Benchmarks of the page allocator and of what uses it, by perf and page_probe. */
#ifndef REPORT_PERF_H
#define REPORT_PERF_H

#include "grid.h"

/* What counted the time, each with files of its own. */
enum perf_accel { PERF_ICOUNT, PERF_SMP, PERF_LOCAL, NR_PERF_ACCELS };

extern const char *const perf_accel_names[NR_PERF_ACCELS];

struct perf {
	struct record files[NR_PERF_ACCELS]
			   [NR_VARIANTS]; /* empty: not measured */
	size_t nr; /* of files; 0: nothing was measured */
};

/**
 * perf_read() - read and check the benchmarks
 * @perf: filled on success
 * @dir: directory with <accelerator>/<variant>.json; without it nothing was measured
 * @grid: the cells: base, series and compiler have to be theirs, and but under smp the
 *        configuration of each variant
 *
 * All files of an accelerator have the same benchmarks in the same order, each with a
 * value above 0 for each of the same seeds.
 *
 * Return: 0, or -1 after a line on stderr that names the file and the key.
 */
int perf_read(struct perf *perf, const char *dir, const struct grid *grid);

/** perf_find() - the file of an accelerator and variant, or NULL */
const struct record *perf_find(const struct perf *perf, enum perf_accel a,
			       enum variant v);

/** perf_first() - some file of an accelerator, or NULL */
const struct record *perf_first(const struct perf *perf, enum perf_accel a);

/** perf_value() - mean ns of a benchmark, by its index, in a file */
double perf_value(const struct record *rec, size_t i);

/**
 * perf_ratio() - work done in the same time, against another file
 * @none: file that it is compared with
 * @rec: file
 * @i: index of the benchmark, or SIZE_MAX: the geometric mean over all
 * @interval: where the factor of the 95 % confidence interval goes, as in
 *            interval_of_logs(): of the seeds, each against the same one
 *
 * Return: above 1 is faster.
 */
double perf_ratio(const struct record *none, const struct record *rec, size_t i,
		  double *interval);

/**
 * perf_complete() - complain about missing variants
 * @perf: benchmarks
 * @dir: their directory, for the message
 *
 * Return: 0 if an accelerator has all variants or none of them, and under smp none and
 * raw at least, otherwise -1 after a line on stderr.
 */
int perf_complete(const struct perf *perf, const char *dir);

/** perf_summarize() - add the list "perf" to summary.json, if something was measured */
void perf_summarize(const struct perf *perf, json_t *summary);

/** perf_free() - give everything back that perf_read() took */
void perf_free(struct perf *perf);

#endif
