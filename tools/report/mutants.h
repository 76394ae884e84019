/* SPDX-License-Identifier: GPL-2.0 */
/* Sabotage: lines of the series that were broken, and whether a test noticed it. */
#ifndef REPORT_MUTANTS_H
#define REPORT_MUTANTS_H

#include "correct.h"

/* A line of the list: a mutant that should have been tried. */
struct mutant {
	char *name;
	struct record rec; /* empty: not tried */
};

struct mutants {
	struct mutant *list; /* in the order of the list */
	size_t nr; /* 0: there is no list */
};

/**
 * mutants_read() - read and check the list and all results
 * @m: filled on success
 * @dir: directory with list, a name a line, and <name>.json; without it no mutant was tried
 * @correct: tests without mutants: those of a variant and configuration have to be of
 *           the kernel that the mutant was made from, and the test has to be planned
 * @grid: the cells: base and series have to be theirs
 *
 * Return: 0, or -1 after a line on stderr that names the file and the key.
 */
int mutants_read(struct mutants *m, const char *dir,
		 const struct correct *correct, const struct grid *grid);

/** mutant_tried() - whether there is a result of a mutant */
bool mutant_tried(const struct mutant *mutant);

/** mutant_caught() - whether its test noticed it; false if it was not tried */
bool mutant_caught(const struct mutant *mutant);

/**
 * mutants_summarize() - add the list "mutants" to summary.json
 * @m: mutants; those that were not tried have a name alone; without a list nothing is added
 * @summary: object of summary.json
 */
void mutants_summarize(const struct mutants *m, json_t *summary);

/** mutants_free() - give everything back that mutants_read() took */
void mutants_free(struct mutants *m);

#endif
