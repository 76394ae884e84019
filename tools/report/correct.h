/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Correctness: the tests of bench/tests in the configurations that look for mistakes,
 * and the plan, which says what should have been run.
 */
#ifndef REPORT_CORRECT_H
#define REPORT_CORRECT_H

#include <stdbool.h>

#include "grid.h"

/* A row of the plan: a test in a configuration. */
struct planned {
	char *config, *test;
	bool variants[NR_VARIANTS]; /* that it is planned for */
	struct record at[NR_VARIANTS]; /* empty: not run */
};

struct correct {
	struct planned *rows; /* in the order of the plan */
	size_t nr_rows;
	size_t nr; /* of results; 0: nothing was run */
};

/**
 * correct_read() - read and check the plan and all results
 * @c: filled on success
 * @dir: directory with plan, lines of a configuration, its variants and its tests, and
 *       <variant>/<config>.<test>.json; without it nothing was run. What is below
 *       mutants in it is for mutants_read()
 * @grid: the cells: base and series have to be theirs
 *
 * Checked are, beside what all files have: the kernel is one that looks for mistakes,
 * of the variant and configuration that the file names; each result is planned, is
 * passed or failed, the latter with its reason, and all of a variant and configuration
 * are of the same kernel. A test that counts pages has counted them if it passed.
 *
 * Return: 0, or -1 after a line on stderr that names the file and the key.
 */
int correct_read(struct correct *c, const char *dir, const struct grid *grid);

/** correct_is_planned() - whether a test is planned in a configuration and variant */
bool correct_is_planned(const struct correct *c, const char *config,
			const char *test, enum variant v);

/**
 * correct_check_kernel() - check the kernel of a record that has a configuration
 * @c: results; those of the variant and configuration have to be of the same kernel
 * @grid: the cells: base and series have to be theirs
 * @rec: record
 * @v: its variant
 *
 * Return: 0, or -1 after a line on stderr.
 */
int correct_check_kernel(const struct correct *c, const struct grid *grid,
			 const struct record *rec, enum variant v);

/** correct_find() - the result of a variant, or NULL if it was not run */
const struct record *correct_find(const struct planned *row, enum variant v);

/** correct_passed() - whether a result is passed */
bool correct_passed(const struct record *rec);

/** correct_leak() - the load of a row that counts pages, or NULL if it is another test */
const char *correct_leak(const struct planned *row);

/** correct_seconds() - how long a test that passed ran, over the configurations */
long long correct_seconds(const struct correct *c, const char *test,
			  enum variant v);

/* Of all variants. */
struct correct_sum {
	size_t planned, passed, failed;
};

/** correct_sum() - how many results are planned, and what became of them */
struct correct_sum correct_sum(const struct correct *c);

/**
 * correct_summarize() - add the list "correctness" to summary.json
 * @c: results; if nothing was run nothing is added
 * @summary: object of summary.json
 */
void correct_summarize(const struct correct *c, json_t *summary);

/** correct_free() - give everything back that correct_read() took */
void correct_free(struct correct *c);

#endif
