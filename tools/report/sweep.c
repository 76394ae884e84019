// SPDX-License-Identifier: GPL-2.0
/* Reading of the sweep, its ratios, and its list in summary.json. */
#include <err.h>
#include <gsl/gsl_statistics_double.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sweep.h"
#include "tree.h"

static const struct record_key keys[] = {
	{ "batch", RECORD_COUNT },
	{ "hold_max_ns", RECORD_COUNT },
	{ "hold_site", RECORD_TEXT },
};
static const char *const same_in_sweep[] = { "qemu", "initramfs_sha256" };
static const char config[] = "kernel.config_sha256";

/* An object of known loads with figures above 0. */
static int check_loads(const struct record *rec, const char *key)
{
	json_t *of = record_get(rec, key), *value;
	const char *load;

	if (!json_object_size(of))
		return record_bad(rec, key, of ? "has no load" : "is missing");
	json_object_foreach(of, load, value) {
		if (name_find(load_names, NR_LOADS, load, strlen(load)) < 0)
			return record_bad(rec, key, "has an unknown load");
		if (!(json_number_value(value) > 0))
			return record_bad(
				rec, key,
				"has a figure that is not a number above 0");
	}
	return 0;
}

static int check(const struct record *rec)
{
	const json_t *is_default = record_get(rec, "default");

	if (record_check(rec, keys, ARRAY_SIZE(keys)))
		return -1;
	if (record_int(rec, "batch") > BATCH_MAX)
		return record_bad(rec, "batch", "is above 63");
	if (!record_int(rec, "hold_max_ns"))
		return record_bad(rec, "hold_max_ns", "is 0");
	if (is_default && !json_is_boolean(is_default))
		return record_bad(rec, "default", "is not true or false");
	return check_loads(rec, "cyclictest_max_ns") ||
			       check_loads(rec, "throughput") ?
		       -1 :
		       0;
}

static int same_loads(const struct record *a, const struct record *b,
		      const char *key)
{
	json_t *x = record_get(a, key), *y = record_get(b, key), *value;
	const char *load;

	json_object_foreach(x, load, value)
		if (!json_object_get(y, load))
			return record_bad(
				b, key, "lacks a load that other batches have");
	return json_object_size(x) == json_object_size(y) ?
		       0 :
		       record_bad(b, key, "has a load that other batches lack");
}

/* Two batches with one configuration are one batch under two names. */
static int check_pair(const struct point *a, const struct point *b)
{
	if (record_same(&a->rec, &b->rec, same_in_sweep,
			ARRAY_SIZE(same_in_sweep)) ||
	    same_loads(&a->rec, &b->rec, "cyclictest_max_ns") ||
	    same_loads(&a->rec, &b->rec, "throughput"))
		return -1;
	if (!strcmp(record_str(&a->rec, config), record_str(&b->rec, config)))
		return record_bad(&b->rec, config, "is that of another batch");
	if (a->is_default && b->is_default)
		return record_bad(&b->rec, "default",
				  "is true for another batch as well");
	return 0;
}

/* The default is what the variant raw was measured with. */
static int check_default(const struct sweep *sweep, const struct grid *grid)
{
	static const char *const keys[] = { config };
	const struct cell *raw = grid_first(grid, V_RAW);

	for (size_t i = 0; raw && i < sweep->nr; i++)
		if (sweep->points[i].is_default &&
		    record_same(&raw->rec, &sweep->points[i].rec, keys, 1))
			return -1;
	return 0;
}

struct reading {
	struct sweep *sweep;
	const char *dir;
	const struct grid *grid;
};

static int read_point(const char *path, void *arg)
{
	const struct reading *reading = arg;
	struct sweep *sweep = reading->sweep;
	struct point *point;
	int ret;

	sweep->points = reallocarray(sweep->points, sweep->nr + 1,
				     sizeof(*sweep->points));
	if (!sweep->points)
		err(1, "%s", path);
	point = &sweep->points[sweep->nr];
	memset(point, 0, sizeof(*point));
	if (record_read(&point->rec, path))
		return -1;
	sweep->nr++;
	if (check(&point->rec))
		return -1;
	point->batch = record_int(&point->rec, "batch");
	point->hold_max_ns = record_int(&point->rec, "hold_max_ns");
	point->is_default = json_is_true(record_get(&point->rec, "default"));
	ret = record_is_at(&point->rec, "%s/%d.json", reading->dir,
			   point->batch);
	if (ret)
		return -1;
	for (size_t i = 0; i + 1 < sweep->nr; i++)
		if (check_pair(&sweep->points[i], point))
			return -1;
	return record_same_source(&reading->grid->cells->rec, &point->rec);
}

static int by_batch(const void *a, const void *b)
{
	const struct point *x = a, *y = b;

	/* 0 - 1 is the largest unsigned number. */
	return (x->batch - 1u > y->batch - 1u) -
	       (x->batch - 1u < y->batch - 1u);
}

int sweep_read(struct sweep *sweep, const char *dir, const struct grid *grid)
{
	struct reading reading = { sweep, dir, grid };
	int ret;

	memset(sweep, 0, sizeof(*sweep));
	ret = tree_results(dir, tree_flat, read_point, &reading, &sweep->nr);
	if (!ret && sweep->nr)
		ret = check_default(sweep, grid);
	if (ret)
		sweep_free(sweep);
	else if (sweep->nr)
		qsort(sweep->points, sweep->nr, sizeof(*sweep->points),
		      by_batch);
	return ret;
}

/* Batch 0 is the last. */
static const struct point *no_limit(const struct sweep *sweep)
{
	const struct point *last = sweep->nr ? &sweep->points[sweep->nr - 1] :
					       NULL;

	return last && !last->batch ? last : NULL;
}

int sweep_complete(const struct sweep *sweep, const char *dir)
{
	if (!sweep->nr || no_limit(sweep))
		return 0;
	warnx("%s/0.json: missing; measure it, remove '%s', or give --partial for an unfinished table",
	      dir, dir);
	return -1;
}

double sweep_ratio(const struct sweep *sweep, size_t i)
{
	const struct point *base = no_limit(sweep);
	double logs[NR_LOADS];
	json_t *of, *value;
	const char *load;
	size_t nr = 0;

	if (!base)
		return 0;
	of = record_get(&sweep->points[i].rec, "throughput");
	json_object_foreach(of, load, value)
		logs[nr++] = log(
			json_number_value(json_object_get(
				record_get(&base->rec, "throughput"), load)) /
			json_number_value(value));
	return exp(gsl_stats_mean(logs, 1, nr));
}

long long sweep_wakeup(const struct point *point, const char **load)
{
	const json_t *of = record_get(&point->rec, "cyclictest_max_ns");
	long long worst = -1;

	/* In the order of the tables, so that the first of equals is named. */
	for (int l = 0; l < NR_LOADS; l++) {
		long long ns =
			json_number_value(json_object_get(of, load_names[l]));

		if (ns > worst) {
			worst = ns;
			*load = load_names[l];
		}
	}
	return worst;
}

void sweep_summarize(const struct sweep *sweep, json_t *summary)
{
	json_t *list;

	if (!sweep->nr)
		return;
	list = json_array();
	for (size_t i = 0; i < sweep->nr; i++) {
		const struct record *rec = &sweep->points[i].rec;
		double ratio = sweep_ratio(sweep, i);
		json_t *entry;

		entry = json_pack("{sO sO sO sO sO sb}", "batch",
				  record_get(rec, "batch"), "hold_max_ns",
				  record_get(rec, "hold_max_ns"), "hold_site",
				  record_get(rec, "hold_site"),
				  "cyclictest_max_ns",
				  record_get(rec, "cyclictest_max_ns"),
				  "throughput", record_get(rec, "throughput"),
				  "default", sweep->points[i].is_default);
		if (!entry)
			errx(1, "out of memory");
		if (ratio > 0)
			json_object_set_new(
				entry, "ratio",
				json_real(round(ratio * 10000) / 10000));
		json_array_append_new(list, entry);
	}
	json_object_set_new(summary, "sweep", list);
}

void sweep_free(struct sweep *sweep)
{
	for (size_t i = 0; i < sweep->nr; i++)
		record_free(&sweep->points[i].rec);
	free(sweep->points);
	memset(sweep, 0, sizeof(*sweep));
}
