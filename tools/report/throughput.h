/* SPDX-License-Identifier: GPL-2.0 */
/* Throughput: the virtual time that a round of fixed work takes. */
#ifndef REPORT_THROUGHPUT_H
#define REPORT_THROUGHPUT_H

#include "matrix.h"

/**
 * throughput_read() - read and check the throughput of all variants and loads
 * @m: filled on success
 * @dir: directory with <variant>/<load>.json; without it nothing was measured
 * @config: configuration of the kernels, or NULL: that of the cells
 * @grid: the cells
 *
 * Checked are, beside what matrix_read() does: each seed has a time for each
 * round, 'value' is the mean of all of them, and all variants did the same rounds
 * of a load with the same seeds.
 *
 * Return: 0, or -1 after a line on stderr that names the file and the key.
 */
int throughput_read(struct matrix *m, const char *dir, const char *config,
		    const struct grid *grid);

/** throughput_value() - mean time of a round in virtual ns, or 0 if not measured */
double throughput_value(const struct matrix *m, enum variant v, enum load l);

/**
 * throughput_ratio() - work done in the same time, against the variant none
 * @m: throughput
 * @v: variant
 * @l: load
 *
 * Return: value of none / value of @v: above 1 is faster; 0 if one is missing.
 */
double throughput_ratio(const struct matrix *m, enum variant v, enum load l);

/**
 * throughput_mean() - geometric mean of the ratios over the loads
 * @m: throughput
 * @v: variant
 *
 * Return: the mean, or 0 unless every load of the matrix has a ratio: a mean over
 * fewer loads could not be compared.
 */
double throughput_mean(const struct matrix *m, enum variant v);

/**
 * throughput_interval() - the 95 % confidence interval of a ratio
 * @m: throughput
 * @v: variant
 * @l: load, or NR_LOADS: of the geometric mean
 *
 * From the ratios of the seeds, each against none with the same seed: Student's t for
 * the mean of their logarithms.
 *
 * Return: the factor h of the interval ratio / h to ratio * h, 1 or more; 0 if the
 * ratio is not known or fewer than two seeds were measured.
 */
double throughput_interval(const struct matrix *m, enum variant v, enum load l);

/**
 * throughput_summarize() - add to the list "throughput" of summary.json
 * @m: throughput; if nothing was measured nothing is added
 * @config: configuration that the entries name, or NULL
 * @summary: object of summary.json
 */
void throughput_summarize(const struct matrix *m, const char *config,
			  json_t *summary);

#endif
