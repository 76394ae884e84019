/* SPDX-License-Identifier: GPL-2.0 */
/* The grid: all cells of a directory, variants x loads x seeds. */
#ifndef REPORT_GRID_H
#define REPORT_GRID_H

#include <stdbool.h>

#include "cell.h"

struct grid {
	struct cell *cells; /* by variant, load, seed */
	size_t nr;
	bool loads[NR_LOADS]; /* the loads that some cell has */
	size_t nr_loads;
	struct {
		long long *at; /* every seed that some cell has, ascending */
		size_t nr; /* 0: there is no cell of this variant */
	} seeds[NR_VARIANTS];
};

/**
 * grid_read() - read all cells of a directory and check that they belong together
 * @grid: filled on success
 * @dir: directory with <variant>/<load>.s<seed>.json
 *
 * All cells have to have the same accelerator, base, series, interval,
 * initramfs, compiler and tools; all cells of a variant the same configuration,
 * profile and number of wakeups as well.
 *
 * Return: 0, or -1 after a line on stderr that names the file and the key.
 */
int grid_read(struct grid *grid, const char *dir);

/** grid_index() - sort the cells and note which loads and seeds there are */
void grid_index(struct grid *grid);

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

/** grid_first() - some cell of the variant, or NULL if there is none */
const struct cell *grid_first(const struct grid *grid, enum variant v);

/**
 * grid_missing() - cells that the grid has not
 * @grid: grid
 *
 * Every variant should have every load of the grid with every seed that the
 * variant has. A variant without any cell is not counted: how many seeds it
 * would have is not known.
 */
size_t grid_missing(const struct grid *grid);

/**
 * grid_complete() - complain about missing cells and variants
 * @grid: grid
 * @dir: its directory, for the message
 *
 * Return: 0 if every variant has every load with every seed of the variant,
 * otherwise -1 after a line on stderr that names the first that is missing.
 */
int grid_complete(const struct grid *grid, const char *dir);

/** grid_even() - whether all variants have the same seeds and number of wakeups */
bool grid_even(const struct grid *grid);

/** grid_free() - give everything back that grid_read() took */
void grid_free(struct grid *grid);

#endif
