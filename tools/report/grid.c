// SPDX-License-Identifier: GPL-2.0
/* Reading a directory of cells. */
#include <dirent.h>
#include <err.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "grid.h"

/* What may not differ: in the whole grid, and among the cells of one variant. */
static const char *const same_in_grid[] = {
	"accel",
	"kernel.base",
	"kernel.base_sha256",
	"kernel.series_sha256",
	"samples",
	"interval_us",
	"profile",
	"initramfs_sha256",
	"qemu",
	"kernel.compiler",
	"cyclictest.version",
};
static const char *const same_in_variant[] = {
	"kernel.config_sha256",
	"kernel.kernel_release",
};

#define ARRAY_SIZE(a) (sizeof(a) / sizeof((a)[0]))

static int check_same(const struct cell *a, const struct cell *b,
		      const char *const *keys, size_t nr)
{
	for (size_t i = 0; i < nr; i++) {
		json_t *x = cell_get(a, keys[i]), *y = cell_get(b, keys[i]);
		char *xs, *ys;

		if (json_equal(x, y))
			continue;
		xs = json_dumps(x, JSON_ENCODE_ANY);
		ys = json_dumps(y, JSON_ENCODE_ANY);
		warnx("%s: key '%s' is %s, but %s in %s; cells of one table must agree: remove the ones that do not belong and measure them again",
		      b->path, keys[i], ys, xs, a->path);
		free(xs);
		free(ys);
		return -1;
	}
	return 0;
}

/* Two variants with one configuration are one variant under two names. */
static int check_other_config(const struct grid *grid, const struct cell *cell)
{
	for (const struct cell *other = grid->cells; other < cell; other++)
		if (!strcmp(cell_str(other, "kernel.config_sha256"),
			    cell_str(cell, "kernel.config_sha256"))) {
			warnx("%s: key 'kernel.config_sha256' is that of another variant in %s; build the kernel and measure again",
			      cell->path, other->path);
			return -1;
		}
	return 0;
}

static int check_grid(const struct grid *grid)
{
	const struct cell *first = grid->cells, *of_variant = first;

	for (size_t i = 1; i < grid->nr; i++) {
		const struct cell *cell = &grid->cells[i];

		if (check_same(first, cell, same_in_grid,
			       ARRAY_SIZE(same_in_grid)))
			return -1;
		if (cell->variant != of_variant->variant) {
			of_variant = cell;
			if (check_other_config(grid, cell))
				return -1;
			continue;
		}
		if (check_same(of_variant, cell, same_in_variant,
			       ARRAY_SIZE(same_in_variant)))
			return -1;
	}
	return 0;
}

/* Read one file of a variant's directory if its name is that of a cell. */
static int read_file(struct grid *grid, const char *dir, const char *variant,
		     const char *name)
{
	size_t len = strlen(name);
	struct cell *cell;
	char *path, *want;
	int differs;

	if (len < 5 || strcmp(name + len - 5, ".json"))
		return 0;
	grid->cells =
		reallocarray(grid->cells, grid->nr + 1, sizeof(*grid->cells));
	if (!grid->cells || asprintf(&path, "%s/%s/%s", dir, variant, name) < 0)
		err(1, "%s", name);
	cell = &grid->cells[grid->nr];
	if (cell_read(cell, path)) {
		free(path);
		return -1;
	}
	grid->nr++;
	free(path);

	if (asprintf(&want, "%s/%s/%s.s%lld.json", dir,
		     cell_str(cell, "variant"), cell_str(cell, "load"),
		     cell->seed) < 0)
		err(1, "%s", name);
	differs = strcmp(cell->path, want);
	if (differs)
		warnx("%s: keys 'variant', 'load' and 'seed' say that this is %s; move or remove it",
		      cell->path, want);
	free(want);
	return differs ? -1 : 0;
}

static int read_variant(struct grid *grid, const char *dir, const char *variant)
{
	struct dirent **names;
	int nr, ret = 0;
	char *path;

	if (asprintf(&path, "%s/%s", dir, variant) < 0)
		err(1, "%s", variant);
	nr = scandir(path, &names, NULL, alphasort);
	if (nr < 0) {
		warn("%s: cannot be read", path);
		free(path);
		return -1;
	}
	free(path);
	for (int i = 0; i < nr; i++) {
		if (!ret && names[i]->d_name[0] != '.')
			ret = read_file(grid, dir, variant, names[i]->d_name);
		free(names[i]);
	}
	free(names);
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

static int by_value(const void *a, const void *b)
{
	long long x = *(const long long *)a, y = *(const long long *)b;

	return (x > y) - (x < y);
}

static void collect_seeds(struct grid *grid)
{
	size_t nr = 0;

	grid->seeds = calloc(grid->nr, sizeof(*grid->seeds));
	if (!grid->seeds)
		err(1, "seeds");
	for (size_t i = 0; i < grid->nr; i++)
		grid->seeds[i] = grid->cells[i].seed;
	qsort(grid->seeds, grid->nr, sizeof(*grid->seeds), by_value);
	for (size_t i = 0; i < grid->nr; i++)
		if (!nr || grid->seeds[nr - 1] != grid->seeds[i])
			grid->seeds[nr++] = grid->seeds[i];
	grid->nr_seeds = nr;
}

int grid_read(struct grid *grid, const char *dir)
{
	struct dirent **names;
	int nr, ret = 0;

	memset(grid, 0, sizeof(*grid));
	nr = scandir(dir, &names, NULL, alphasort);
	if (nr < 0) {
		warn("%s: cannot be read; 'make compare' fills it", dir);
		return -1;
	}
	for (int i = 0; i < nr; i++) {
		const char *name = names[i]->d_name;

		if (!ret && name_find(variant_names, NR_VARIANTS, name,
				      strlen(name)) >= 0) {
			ret = read_variant(grid, dir, name);
		} else if (!ret && names[i]->d_type == DT_DIR &&
			   name[0] != '.') {
			warnx("%s/%s: no variant has this name; move or remove it",
			      dir, name);
			ret = -1;
		}
		free(names[i]);
	}
	free(names);
	if (!ret && !grid->nr) {
		warnx("%s: holds no cell; 'make compare' measures them", dir);
		ret = -1;
	}
	if (!ret) {
		qsort(grid->cells, grid->nr, sizeof(*grid->cells), by_place);
		collect_seeds(grid);
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

size_t grid_missing(const struct grid *grid)
{
	return NR_VARIANTS * NR_LOADS * grid->nr_seeds - grid->nr;
}

int grid_complete(const struct grid *grid, const char *dir)
{
	if (!grid_missing(grid))
		return 0;
	for (int v = 0; v < NR_VARIANTS; v++)
		for (int l = 0; l < NR_LOADS; l++)
			for (size_t s = 0; s < grid->nr_seeds; s++)
				if (!grid_find(grid, v, l, grid->seeds[s])) {
					warnx("%s/%s/%s.s%lld.json: missing (%zu of %zu cells are); run 'make compare', or give --partial for an unfinished table",
					      dir, variant_names[v],
					      load_names[l], grid->seeds[s],
					      grid_missing(grid),
					      grid_missing(grid) + grid->nr);
					return -1;
				}
	return -1;
}

bool grid_has(const struct grid *grid, enum variant v)
{
	for (size_t i = 0; i < grid->nr; i++)
		if (grid->cells[i].variant == v)
			return true;
	return false;
}

void grid_free(struct grid *grid)
{
	for (size_t i = 0; i < grid->nr; i++)
		cell_free(&grid->cells[i]);
	free(grid->cells);
	free(grid->seeds);
	memset(grid, 0, sizeof(*grid));
}
