// SPDX-License-Identifier: GPL-2.0
/* Reading a directory of cells. */
#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "grid.h"
#include "tree.h"

/* What may not differ: in the whole grid, and among the cells of one variant. */
static const char *const same_in_grid[] = {
	"accel",
	"kernel.base",
	"kernel.base_sha256",
	"kernel.series_sha256",
	"interval_us",
	"initramfs_sha256",
	"qemu",
	"kernel.compiler",
	"cyclictest.version",
};
static const char *const same_in_variant[] = {
	"kernel.config_sha256",
	"kernel.kernel_release",
	"profile",
	"samples",
};

/* Two variants with one configuration are one variant under two names. */
static int check_other_config(const struct grid *grid, const struct cell *cell)
{
	static const char key[] = "kernel.config_sha256";

	for (const struct cell *other = grid->cells; other < cell; other++)
		if (!strcmp(record_str(&other->rec, key),
			    record_str(&cell->rec, key))) {
			warnx("%s: key '%s' is that of another variant in %s; build the kernel and measure again",
			      cell->rec.path, key, other->rec.path);
			return -1;
		}
	return 0;
}

static int check_grid(const struct grid *grid)
{
	const struct cell *first = grid->cells, *of_variant = first;

	for (size_t i = 1; i < grid->nr; i++) {
		const struct cell *cell = &grid->cells[i];

		if (record_same(&first->rec, &cell->rec, same_in_grid,
				ARRAY_SIZE(same_in_grid)))
			return -1;
		if (cell->variant != of_variant->variant) {
			of_variant = cell;
			if (check_other_config(grid, cell))
				return -1;
			continue;
		}
		if (record_same(&of_variant->rec, &cell->rec, same_in_variant,
				ARRAY_SIZE(same_in_variant)))
			return -1;
	}
	return 0;
}

struct reading {
	struct grid *grid;
	const char *dir;
};

static int read_cell(const char *path, void *arg)
{
	const struct reading *reading = arg;
	struct grid *grid = reading->grid;
	struct cell *cell;
	int ret;

	grid->cells =
		reallocarray(grid->cells, grid->nr + 1, sizeof(*grid->cells));
	if (!grid->cells)
		err(1, "%s", path);
	cell = &grid->cells[grid->nr];
	if (cell_read(cell, path))
		return -1;
	grid->nr++;
	ret = record_is_at(&cell->rec, "%s/%s/%s.s%lld.json", reading->dir,
			   variant_names[cell->variant], load_names[cell->load],
			   cell->seed);
	return ret;
}

static int by_place(const void *a, const void *b)
{
	const struct cell *x = a, *y = b;

	if (x->variant != y->variant)
		return x->variant < y->variant ? -1 : 1;
	if (x->load != y->load)
		return x->load < y->load ? -1 : 1;
	return (x->seed > y->seed) - (x->seed < y->seed);
}

/* Put a seed in its place, once. */
static void note_seed(struct grid *grid, enum variant v, long long seed)
{
	size_t at = 0, nr = grid->seeds[v].nr;
	long long *seeds = grid->seeds[v].at;

	while (at < nr && seeds[at] < seed)
		at++;
	if (at < nr && seeds[at] == seed)
		return;
	seeds = reallocarray(seeds, nr + 1, sizeof(*seeds));
	if (!seeds)
		err(1, "seeds");
	memmove(&seeds[at + 1], &seeds[at], (nr - at) * sizeof(*seeds));
	seeds[at] = seed;
	grid->seeds[v].at = seeds;
	grid->seeds[v].nr++;
}

void grid_index(struct grid *grid)
{
	qsort(grid->cells, grid->nr, sizeof(*grid->cells), by_place);
	for (size_t i = 0; i < grid->nr; i++) {
		const struct cell *cell = &grid->cells[i];

		grid->nr_loads += !grid->loads[cell->load];
		grid->loads[cell->load] = true;
		note_seed(grid, cell->variant, cell->seed);
	}
}

int grid_read(struct grid *grid, const char *dir)
{
	struct reading reading = { grid, dir };
	int ret;

	memset(grid, 0, sizeof(*grid));
	ret = tree_variants(dir, read_cell, &reading);
	if (!ret && !grid->nr) {
		warnx("%s: holds no cell; 'make compare' measures them", dir);
		ret = -1;
	}
	if (!ret) {
		grid_index(grid);
		ret = check_grid(grid);
	}
	if (ret)
		grid_free(grid);
	return ret;
}

const struct cell *grid_find(const struct grid *grid, enum variant v,
			     enum load l, long long seed)
{
	struct cell key = { .variant = v, .load = l, .seed = seed };

	return bsearch(&key, grid->cells, grid->nr, sizeof(key), by_place);
}

const struct cell *grid_first(const struct grid *grid, enum variant v)
{
	for (size_t i = 0; i < grid->nr; i++)
		if (grid->cells[i].variant == v)
			return &grid->cells[i];
	return NULL;
}

size_t grid_missing(const struct grid *grid)
{
	size_t want = 0;

	for (int v = 0; v < NR_VARIANTS; v++)
		want += grid->nr_loads * grid->seeds[v].nr;
	return want - grid->nr;
}

#define COMPLETE_IT \
	"run 'make compare', or give --partial for an unfinished table"

int grid_complete(const struct grid *grid, const char *dir)
{
	for (int v = 0; v < NR_VARIANTS; v++) {
		if (!grid->seeds[v].nr) {
			warnx("%s/%s: missing, no cell of this variant; " COMPLETE_IT,
			      dir, variant_names[v]);
			return -1;
		}
		for (int l = 0; l < NR_LOADS; l++)
			for (size_t s = 0;
			     grid->loads[l] && s < grid->seeds[v].nr; s++)
				if (!grid_find(grid, v, l,
					       grid->seeds[v].at[s])) {
					warnx("%s/%s/%s.s%lld.json: missing (%zu of %zu cells are); " COMPLETE_IT,
					      dir, variant_names[v],
					      load_names[l],
					      grid->seeds[v].at[s],
					      grid_missing(grid),
					      grid_missing(grid) + grid->nr);
					return -1;
				}
	}
	return 0;
}

bool grid_even(const struct grid *grid)
{
	const struct cell *first = grid->cells;

	for (int v = 0; v < NR_VARIANTS; v++) {
		const struct cell *cell = grid_first(grid, v);
		size_t nr = grid->seeds[first->variant].nr;

		if (!cell)
			continue;
		if (grid->seeds[v].nr != nr ||
		    memcmp(grid->seeds[v].at, grid->seeds[first->variant].at,
			   nr * sizeof(long long)) ||
		    record_int(&cell->rec, "samples") !=
			    record_int(&first->rec, "samples"))
			return false;
	}
	return true;
}

void grid_free(struct grid *grid)
{
	for (size_t i = 0; i < grid->nr; i++)
		cell_free(&grid->cells[i]);
	free(grid->cells);
	for (int v = 0; v < NR_VARIANTS; v++)
		free(grid->seeds[v].at);
	memset(grid, 0, sizeof(*grid));
}
