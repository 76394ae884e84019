/* SPDX-License-Identifier: GPL-2.0 */
/* A directory with one result file a variant and load. */
#ifndef REPORT_MATRIX_H
#define REPORT_MATRIX_H

#include <stdbool.h>

#include "grid.h"

struct matrix {
	struct record at[NR_VARIANTS][NR_LOADS]; /* empty: not measured */
	bool variants[NR_VARIANTS], loads[NR_LOADS]; /* that some file has */
	size_t nr; /* of files; 0: nothing was measured */
};

/* The kind of the files. */
struct matrix_kind {
	const struct record_key *keys; /* beside those of every result file */
	size_t nr_keys;
	const char *const
		*same; /* keys that may not differ, beside the kernel's */
	size_t nr_same;
	/*
	 * Measured with kernels that say kernel.trace, or in this configuration, which
	 * the files name: theirs is that of the variant's other files, not of its cells.
	 */
	bool traced;
	const char *config;
	/* More checks of one file; 0, or -1 after a line on stderr. */
	int (*check)(const struct record *rec);
};

/**
 * matrix_read() - read all files of a directory and check them
 * @m: filled on success
 * @dir: directory with <variant>/<load>.json; without it nothing was measured
 * @kind: kind of the files
 * @grid: the cells: accelerator, base, series, compiler and the configuration of
 *        each variant have to be theirs, or not if @kind has one of its own
 *
 * Return: 0, or -1 after a line on stderr that names the file and the key.
 */
int matrix_read(struct matrix *m, const char *dir,
		const struct matrix_kind *kind, const struct grid *grid);

/** matrix_find() - the file of a variant and load, or NULL if it is missing */
const struct record *matrix_find(const struct matrix *m, enum variant v,
				 enum load l);

/** matrix_first() - some file of the matrix, or NULL if it is empty */
const struct record *matrix_first(const struct matrix *m);

/**
 * matrix_complete() - complain about missing files
 * @m: matrix
 * @dir: its directory, for the message
 * @needs: variant that has to be there
 *
 * Return: 0 if nothing was measured, or if @needs was and every variant that was
 * has every load that some variant has; otherwise -1 after a line on stderr.
 */
int matrix_complete(const struct matrix *m, const char *dir,
		    enum variant needs);

/** matrix_free() - give everything back that matrix_read() took */
void matrix_free(struct matrix *m);

#endif
