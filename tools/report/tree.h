/* SPDX-License-Identifier: GPL-2.0 */
/* Directories of result files. */
#ifndef REPORT_TREE_H
#define REPORT_TREE_H

#include <stddef.h>

/* Takes the path of a file and the caller's pointer; 0 to go on, -1 to stop. */
typedef int tree_file_fn(const char *path, void *arg);

/**
 * tree_flat() - call a function for every result file of one directory
 * @dir: directory; files whose names do not end in .json are passed over
 * @file: what to call, in the order of the names
 * @arg: handed on
 *
 * Return: 0, or -1 if @file gave it or after a line on stderr.
 */
int tree_flat(const char *dir, tree_file_fn *file, void *arg);

/**
 * tree_variants() - call a function for every file <variant>/<name>.json
 * @dir: directory; one of its directories that no variant is named like is refused
 * @file: what to call
 * @arg: handed on
 *
 * Return: as tree_flat().
 */
int tree_variants(const char *dir, tree_file_fn *file, void *arg);

/**
 * tree_variants_but() - tree_variants(), where one other directory may be
 * @dir: directory
 * @but: name of the directory in it that is passed over, or NULL
 * @file: what to call
 * @arg: handed on
 *
 * Return: as tree_flat().
 */
int tree_variants_but(const char *dir, const char *but, tree_file_fn *file,
		      void *arg);

/* Either of tree_flat() and tree_variants(). */
typedef int tree_walk_fn(const char *dir, tree_file_fn *file, void *arg);

/**
 * tree_results() - read the results of one kind
 * @dir: their directory; without it nothing was measured
 * @walk: tree_flat() or tree_variants()
 * @file: what to call
 * @arg: handed on
 * @nr: the number of results that @file counts; none is an error
 *
 * Return: as tree_flat().
 */
int tree_results(const char *dir, tree_walk_fn *walk, tree_file_fn *file,
		 void *arg, const size_t *nr);

/** tree_dirs() - call a function for every directory in @dir, as tree_flat() */
int tree_dirs(const char *dir, tree_file_fn *entry, void *arg);

#endif
