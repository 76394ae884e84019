/* SPDX-License-Identifier: GPL-2.0 */
/* kfree_rcu(): where the objects of a flood go, and what they cost until they are freed. */
#ifndef REPORT_KFREE_H
#define REPORT_KFREE_H

#include "grid.h"

/* What came of the objects of one context. */
struct flood {
	long long objects;
	long long bulk; /* went into a page of pointers */
	long long least_bulk; /* the same in one guest */
	long long fallback; /* were linked by their rcu_head */
	long long ns; /* from the first call until the last object was freed */
	long long least_ns, most_ns; /* the same in one guest */
	long long call_ns; /* in kfree_rcu() */
	long long peak_pages; /* that were in use above those before */
};

/* The file of a variant. */
struct kfree_file {
	struct record rec; /* empty: not measured */
	struct flood at[NR_CONTEXTS];
};

struct kfree {
	struct kfree_file files[NR_VARIANTS];
	size_t nr; /* of files; 0: nothing was measured */
};

/**
 * kfree_read() - read and check the floods of all variants
 * @kfree: filled on success
 * @dir: directory with <variant>.json; without it nothing was measured
 * @grid: the cells: base, series, compiler and the configuration of each variant
 *        have to be theirs
 *
 * A file has to have every context with all its objects, each of which is either bulk
 * or fallback, and what rcuscale says; all files are of floods of the same size.
 *
 * Return: 0, or -1 after a line on stderr that names the file and the key.
 */
int kfree_read(struct kfree *kfree, const char *dir, const struct grid *grid);

/** kfree_find() - the file of a variant, or NULL if it is missing */
const struct kfree_file *kfree_find(const struct kfree *kfree, enum variant v);

/** kfree_first() - some file, or NULL if nothing was measured */
const struct record *kfree_first(const struct kfree *kfree);

/** kfree_object_ns() - ns an object of a flood, until it was freed */
double kfree_object_ns(const struct flood *flood);

/** kfree_loop_ns() - ns a loop of rcuscale */
double kfree_loop_ns(const struct record *rec);

/**
 * kfree_complete() - complain about missing variants
 * @kfree: floods
 * @dir: their directory, for the message
 *
 * Return: 0 if all are there or nothing was measured, otherwise -1 after a line on
 * stderr.
 */
int kfree_complete(const struct kfree *kfree, const char *dir);

/**
 * kfree_summarize() - add the lists "kfree_rcu" and "rcuscale" to summary.json
 * @kfree: floods; if nothing was measured nothing is added
 * @summary: object of summary.json
 */
void kfree_summarize(const struct kfree *kfree, json_t *summary);

/** kfree_free() - give everything back that kfree_read() took */
void kfree_free(struct kfree *kfree);

#endif
