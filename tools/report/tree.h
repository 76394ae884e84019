/* SPDX-License-Identifier: GPL-2.0 */
/* Directories of result files. */
#ifndef REPORT_TREE_H
#define REPORT_TREE_H

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

/** tree_dirs() - call a function for every directory in @dir, as tree_flat() */
int tree_dirs(const char *dir, tree_file_fn *entry, void *arg);

#endif
