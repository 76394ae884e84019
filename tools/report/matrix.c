// SPDX-License-Identifier: GPL-2.0
/* Reading a directory with one result file a variant and load. */
#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "matrix.h"
#include "tree.h"

/* What has to be that of the cells, beside what their kernels were built from. */
static const char *const same_as_cells[] = { "accel" };
static const char *const same_in_matrix[] = {
	"profile",
	"qemu",
	"initramfs_sha256",
};
/* What says how a file was measured. */
static const struct record_key own_keys[] = {
	{ "accel", RECORD_TEXT },
	{ "profile", RECORD_TEXT },
	{ "command", RECORD_TEXT },
};

struct reading {
	struct matrix *m;
	const char *dir;
	const struct matrix_kind *kind;
	const struct grid *grid;
};

/* A record that has the configuration of the variant's kernels, or NULL. */
static const struct record *configured(const struct reading *reading,
				       enum variant v)
{
	const struct cell *cell = grid_first(reading->grid, v);

	if (!reading->kind->traced && !reading->kind->config)
		return cell ? &cell->rec : NULL;
	for (int l = 0; l < NR_LOADS; l++)
		if (matrix_find(reading->m, v, l))
			return matrix_find(reading->m, v, l);
	return NULL;
}

/* In the configuration of the kind, which may not be that of the cells. */
static int check_config(const struct reading *reading, const struct record *rec,
			enum variant v)
{
	const char *want = reading->kind->config, *config;
	const struct cell *cell = grid_first(reading->grid, v);

	config = json_string_value(record_get(rec, "config"));
	if (!want)
		return config ? record_bad(rec, "config",
					   "is not that of the cells") :
				0;
	if (!config || strcmp(config, want))
		return record_bad(rec, "config",
				  "is not that of its directory");
	if (cell && json_equal(record_get(&cell->rec, "kernel.config_sha256"),
			       record_get(rec, "kernel.config_sha256")))
		return record_bad(rec, "kernel.config_sha256",
				  "is that of the cells");
	return 0;
}

static int check(const struct reading *reading, const struct record *rec,
		 enum variant v)
{
	const struct matrix_kind *kind = reading->kind;
	const struct record *like = configured(reading, v);

	if (record_check(rec, own_keys, ARRAY_SIZE(own_keys)) ||
	    record_check(rec, kind->keys, kind->nr_keys) || kind->check(rec))
		return -1;
	if (check_config(reading, rec, v))
		return -1;
	if (kind->traced != json_is_true(record_get(rec, "kernel.trace")))
		return record_bad(rec, "kernel.trace",
				  kind->traced ? "is not true" : "is true");
	if (reading->m->nr) {
		const struct record *first = matrix_first(reading->m);

		if (record_same(first, rec, same_in_matrix,
				ARRAY_SIZE(same_in_matrix)) ||
		    record_same(first, rec, kind->same, kind->nr_same))
			return -1;
	}
	if (like && record_same_config(like, rec))
		return -1;
	if (record_same(&reading->grid->cells->rec, rec, same_as_cells,
			ARRAY_SIZE(same_as_cells)))
		return -1;
	return record_same_source(&reading->grid->cells->rec, rec);
}

static int read_file(const char *path, void *arg)
{
	const struct reading *reading = arg;
	struct matrix *m = reading->m;
	struct record rec = { 0 };
	enum variant v;
	enum load l;
	int ret;

	if (record_read(&rec, path))
		return -1;
	if (record_place(&rec, &v, &l)) {
		record_free(&rec);
		return -1;
	}
	ret = record_is_at(&rec, "%s/%s/%s.json", reading->dir,
			   variant_names[v], load_names[l]) ||
	      check(reading, &rec, v);
	if (ret) {
		record_free(&rec);
		return -1;
	}
	m->at[v][l] = rec;
	m->variants[v] = true;
	m->loads[l] = true;
	m->nr++;
	return 0;
}

int matrix_read(struct matrix *m, const char *dir,
		const struct matrix_kind *kind, const struct grid *grid)
{
	struct reading reading = { m, dir, kind, grid };
	int ret;

	memset(m, 0, sizeof(*m));
	ret = tree_results(dir, tree_variants, read_file, &reading, &m->nr);
	if (ret)
		matrix_free(m);
	return ret;
}

const struct record *matrix_find(const struct matrix *m, enum variant v,
				 enum load l)
{
	return m->at[v][l].json ? &m->at[v][l] : NULL;
}

const struct record *matrix_first(const struct matrix *m)
{
	for (int v = 0; v < NR_VARIANTS; v++)
		for (int l = 0; l < NR_LOADS; l++)
			if (matrix_find(m, v, l))
				return matrix_find(m, v, l);
	return NULL;
}

int matrix_complete(const struct matrix *m, const char *dir, enum variant needs)
{
	if (!m->nr)
		return 0;
	if (!m->variants[needs]) {
		warnx("%s/%s: missing; measure it, remove '%s', or give --partial for an unfinished table",
		      dir, variant_names[needs], dir);
		return -1;
	}
	for (int v = 0; v < NR_VARIANTS; v++)
		for (int l = 0; l < NR_LOADS; l++)
			if (m->variants[v] && m->loads[l] &&
			    !matrix_find(m, v, l)) {
				warnx("%s/%s/%s.json: missing; measure it, remove '%s', or give --partial for an unfinished table",
				      dir, variant_names[v], load_names[l],
				      dir);
				return -1;
			}
	return 0;
}

void matrix_free(struct matrix *m)
{
	for (int v = 0; v < NR_VARIANTS; v++)
		for (int l = 0; l < NR_LOADS; l++)
			record_free(&m->at[v][l]);
	memset(m, 0, sizeof(*m));
}
