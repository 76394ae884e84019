// SPDX-License-Identifier: GPL-2.0
/* Reading of benchmarks, their ratios, and their list in summary.json. */
#include <err.h>
#include <gsl/gsl_statistics_double.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "file.h"
#include "interval.h"
#include "perf.h"
#include "tree.h"

const char *const perf_accel_names[NR_PERF_ACCELS] = {
	[PERF_ICOUNT] = "icount",
	[PERF_SMP] = "smp",
	[PERF_LOCAL] = "local",
};

static const struct record_key keys[] = {
	{ "accel", RECORD_TEXT },   { "profile", RECORD_TEXT },
	{ "command", RECORD_TEXT }, { "cmdline", RECORD_TEXT },
	{ "blocks", RECORD_COUNT },
};
static const char *const same_everywhere[] = { "qemu", "blocks", "seeds" };

static const char *text(const json_t *object, const char *key)
{
	return json_string_value(json_object_get(object, key));
}

static json_t *benchmark(const struct record *rec, size_t i)
{
	return json_array_get(record_get(rec, "benchmarks"), i);
}

static size_t nr_benchmarks(const struct record *rec)
{
	return json_array_size(record_get(rec, "benchmarks"));
}

static const char *benchmark_fault(const struct record *rec,
				   const json_t *entry)
{
	const json_t *values = json_object_get(entry, "values"), *value;
	size_t i;

	if (!text(entry, "name") || !text(entry, "unit"))
		return "has no name or no unit";
	if (json_array_size(values) !=
	    json_array_size(record_get(rec, "seeds")))
		return "has more or fewer values than seeds";
	json_array_foreach(
		values, i,
		value) if (!(json_number_value(value) >
			     0)) return "has a value that is not above 0";
	return NULL;
}

static int check_benchmarks(const struct record *rec,
			    const struct record *first)
{
	const json_t *entry;
	const char *what;
	char key[64];
	size_t i;

	if (!nr_benchmarks(rec))
		return record_bad(rec, "benchmarks", "are missing");
	if (nr_benchmarks(rec) != nr_benchmarks(first))
		return record_bad(rec, "benchmarks",
				  "are not those of other variants");
	json_array_foreach(record_get(rec, "benchmarks"), i, entry)
	{
		snprintf(key, sizeof(key), "benchmarks[%zu]", i);
		what = benchmark_fault(rec, entry);
		if (!what && strcmp(text(benchmark(first, i), "name"),
				    text(entry, "name")))
			what = "is another one in other variants";
		if (what)
			return record_bad(rec, key, what);
	}
	return 0;
}

struct reading {
	struct perf *perf;
	const struct grid *grid;
	const char *dir;
	enum perf_accel accel;
};

static int check(const struct reading *reading, const struct record *rec,
		 enum variant v)
{
	const struct cell *cell = grid_first(reading->grid, v);
	const struct record *first = perf_first(reading->perf, reading->accel);

	if (strcmp(record_str(rec, "accel"), perf_accel_names[reading->accel]))
		return record_bad(rec, "accel", "is not that of its directory");
	if (!json_array_size(record_get(rec, "seeds")))
		return record_bad(rec, "seeds", "are missing");
	if (check_benchmarks(rec, first ? first : rec))
		return -1;
	if (record_get(rec, "contention") &&
	    !json_equal(record_get(rec, "contention_kernel.series_sha256"),
			record_get(rec, "kernel.series_sha256")))
		return record_bad(rec, "contention_kernel.series_sha256",
				  "is not that of the benchmarks");
	if (first && record_same(first, rec, same_everywhere,
				 ARRAY_SIZE(same_everywhere)))
		return -1;
	if (cell && record_same_config(&cell->rec, rec))
		return -1;
	return record_same_source(&reading->grid->cells->rec, rec);
}

static int read_file(const char *path, void *arg)
{
	const struct reading *reading = arg;
	struct record rec = {};
	enum variant v;

	if (record_of_variant(&rec, path, reading->dir, keys, ARRAY_SIZE(keys),
			      &v))
		return -1;
	if (check(reading, &rec, v)) {
		record_free(&rec);
		return -1;
	}
	reading->perf->files[reading->accel][v] = rec;
	reading->perf->nr++;
	return 0;
}

int perf_read(struct perf *perf, const char *dir, const struct grid *grid)
{
	memset(perf, 0, sizeof(*perf));
	for (int a = 0; a < NR_PERF_ACCELS; a++) {
		char *sub = path_in(dir, perf_accel_names[a]);
		struct reading reading = { perf, grid, sub, a };
		int ret = tree_results(sub, tree_flat, read_file, &reading,
				       &perf->nr);

		free(sub);
		if (ret) {
			perf_free(perf);
			return -1;
		}
	}
	return 0;
}

const struct record *perf_find(const struct perf *perf, enum perf_accel a,
			       enum variant v)
{
	return perf->files[a][v].json ? &perf->files[a][v] : NULL;
}

const struct record *perf_first(const struct perf *perf, enum perf_accel a)
{
	for (int v = 0; v < NR_VARIANTS; v++)
		if (perf_find(perf, a, v))
			return perf_find(perf, a, v);
	return NULL;
}

static double seed_value(const struct record *rec, size_t i, size_t seed)
{
	return json_number_value(json_array_get(
		json_object_get(benchmark(rec, i), "values"), seed));
}

double perf_value(const struct record *rec, size_t i)
{
	size_t nr = json_array_size(record_get(rec, "seeds"));
	double sum = 0;

	for (size_t s = 0; s < nr; s++)
		sum += seed_value(rec, i, s);
	return sum / nr;
}

/* The logarithm of a seed's ratio, the mean over all benchmarks for SIZE_MAX. */
static double seed_log(const struct record *none, const struct record *rec,
		       size_t i, size_t seed)
{
	size_t nr = nr_benchmarks(rec);
	double sum = 0;

	if (i != SIZE_MAX)
		return log(seed_value(none, i, seed) /
			   seed_value(rec, i, seed));
	for (size_t b = 0; b < nr; b++)
		sum += seed_log(none, rec, b, seed);
	return sum / nr;
}

double perf_ratio(const struct record *none, const struct record *rec, size_t i,
		  double *interval)
{
	size_t nr = json_array_size(record_get(rec, "seeds"));
	double *logs = calloc(nr, sizeof(*logs)), ratio;

	if (!logs)
		err(1, "seeds");
	for (size_t s = 0; s < nr; s++)
		logs[s] = seed_log(none, rec, i, s);
	ratio = exp(gsl_stats_mean(logs, 1, nr));
	*interval = interval_of_logs(logs, nr);
	free(logs);
	return ratio;
}

int perf_complete(const struct perf *perf, const char *dir)
{
	for (int a = 0; a < NR_PERF_ACCELS; a++)
		for (int v = 0; perf_first(perf, a) && v < NR_VARIANTS; v++) {
			if (perf_find(perf, a, v) ||
			    (a == PERF_SMP && v != V_NONE && v != V_RAW))
				continue;
			warnx("%s/%s/%s.json: missing; measure it, remove '%s', or give --partial for an unfinished table",
			      dir, perf_accel_names[a], variant_names[v], dir);
			return -1;
		}
	return 0;
}

static void add_benchmarks(json_t *list, const struct record *none,
			   const struct record *rec)
{
	for (size_t i = 0; i < nr_benchmarks(rec); i++) {
		double interval;
		json_t *entry = json_pack(
			"{sO sO sO sO sf}", "variant",
			record_get(rec, "variant"), "accel",
			record_get(rec, "accel"), "name",
			json_object_get(benchmark(rec, i), "name"), "unit",
			json_object_get(benchmark(rec, i), "unit"), "ns",
			perf_value(rec, i));

		if (!entry)
			errx(1, "out of memory");
		if (none && none != rec) {
			json_object_set_new(
				entry, "ratio",
				json_real(perf_ratio(none, rec, i, &interval)));
			if (interval > 0)
				json_object_set_new(entry, "interval",
						    json_real(interval));
		}
		json_array_append_new(list, entry);
	}
}

void perf_summarize(const struct perf *perf, json_t *summary)
{
	json_t *list;

	if (!perf->nr)
		return;
	list = json_array();
	for (int a = 0; a < NR_PERF_ACCELS; a++)
		for (int v = 0; v < NR_VARIANTS; v++)
			if (perf_find(perf, a, v))
				add_benchmarks(list, perf_find(perf, a, V_NONE),
					       perf_find(perf, a, v));
	json_object_set_new(summary, "perf", list);
}

void perf_free(struct perf *perf)
{
	for (int a = 0; a < NR_PERF_ACCELS; a++)
		for (int v = 0; v < NR_VARIANTS; v++)
			record_free(&perf->files[a][v]);
	memset(perf, 0, sizeof(*perf));
}
