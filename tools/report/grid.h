/* SPDX-License-Identifier: GPL-2.0 */
/* The grid: all cells of a directory, variants x loads x seeds. */
#ifndef REPORT_GRID_H
#define REPORT_GRID_H

#include <stdbool.h>

#include "cell.h"

struct grid {
	struct cell *cells; /* by variant, load, seed */
	size_t nr;
	long long *seeds; /* every seed that some cell has, ascending */
	size_t nr_seeds;
};

/**
 * grid_read() - read all cells of a directory and check that they belong together
 * @grid: filled on success
 * @dir: directory with <variant>/<load>.s<seed>.json
 *
 * All cells have to have the same accelerator, base, series, samples, interval,
 * profile, initramfs, compiler and tools; all cells of a variant the same
 * configuration. Files whose names do not end in .json are passed over.
 *
 * Return: 0, or -1 after a line on stderr that names the file and the key.
 */
int grid_read(struct grid *grid, const char *dir);

/**
 * grid_find() - one cell
 * @grid: grid
 * @v: variant
 * @l: load
 * @seed: seed
 *
 * Return: the cell, or NULL if it is missing.
 */
const struct cell *grid_find(const struct grid *grid, enum variant v,
			     enum load l, long long seed);

/** grid_missing() - cells that all variants x all loads x seeds would have and the grid has not */
size_t grid_missing(const struct grid *grid);

/**
 * grid_complete() - complain about missing cells
 * @grid: grid
 * @dir: its directory, for the message
 *
 * Return: 0 if every variant has every load with every seed, otherwise -1 after
 * a line on stderr that names the first missing file.
 */
int grid_complete(const struct grid *grid, const char *dir);

/** grid_has() - whether there is a cell of this variant */
bool grid_has(const struct grid *grid, enum variant v);

/** grid_free() - give everything back that grid_read() took */
void grid_free(struct grid *grid);

#endif
