// SPDX-License-Identifier: GPL-2.0
/* Reading of throughput, its ratios, and its list in summary.json. */
#include <err.h>
#include <gsl/gsl_statistics_double.h>
#include <math.h>
#include <stdlib.h>

#include "interval.h"
#include "throughput.h"

static const struct record_key keys[] = {
	{ "cmdline", RECORD_TEXT },
	{ "rounds", RECORD_COUNT },
	{ "unit", RECORD_TEXT },
};
static const char *const same[] = { "unit" };

/* The mean time of a seed's rounds in ns, or 0 if the seed is malformed. */
static double seed_mean(const json_t *seed)
{
	const json_t *samples = json_object_get(seed, "samples"), *sample;
	size_t i, nr = json_array_size(samples);
	double *ns, mean;

	if (!nr)
		return 0;
	ns = calloc(nr, sizeof(*ns));
	if (!ns)
		err(1, "samples");
	json_array_foreach(samples, i, sample) {
		ns[i] = json_number_value(sample);
		if (!(ns[i] > 0)) {
			free(ns);
			return 0;
		}
	}
	mean = gsl_stats_mean(ns, 1, nr);
	free(ns);
	return mean;
}

static int check(const struct record *rec)
{
	const json_t *seeds = record_get(rec, "seeds"), *seed;
	const json_t *value = record_get(rec, "value");
	size_t rounds = record_int(rec, "rounds"), i;
	double sum = 0, mean;

	if (!rounds)
		return record_bad(rec, "rounds",
				  "is not a whole number above 0");
	if (!json_array_size(seeds))
		return record_bad(rec, "seeds",
				  seeds ? "is not a list of seeds" :
					  "is missing");
	json_array_foreach(seeds, i, seed) {
		if (!json_is_integer(json_object_get(seed, "seed")))
			return record_bad(rec, "seeds",
					  "has one without a number");
		mean = seed_mean(seed);
		if (!(mean > 0))
			return record_bad(
				rec, "seeds",
				"has samples that are not numbers above 0");
		if (json_array_size(json_object_get(seed, "samples")) != rounds)
			return record_bad(
				rec, "seeds",
				"has more or fewer samples than 'rounds'");
		sum += mean;
	}
	if (!json_is_number(value))
		return record_bad(rec, "value",
				  value ? "is not a number" : "is missing");
	mean = sum / json_array_size(seeds);
	/* A value may have been rounded when it was written. */
	if (fabs(json_number_value(value) - mean) > 1 + mean * 1e-9)
		return record_bad(rec, "value",
				  "is not the mean of the samples");
	return 0;
}

/* Work is fixed only if every variant did the same rounds with the same seeds. */
static int check_work(const struct matrix *m, enum load l)
{
	static const char *const rounds[] = { "rounds" };
	const struct record *first = NULL;

	for (int v = 0; v < NR_VARIANTS; v++) {
		const struct record *rec = matrix_find(m, v, l);
		const json_t *seeds, *seed;
		size_t i;

		if (!rec)
			continue;
		if (!first)
			first = rec;
		if (record_same(first, rec, rounds, 1))
			return -1;
		seeds = record_get(first, "seeds");
		if (json_array_size(seeds) !=
		    json_array_size(record_get(rec, "seeds")))
			return record_bad(rec, "seeds",
					  "are not those of other variants");
		json_array_foreach(record_get(rec, "seeds"), i, seed)
			if (!json_equal(json_object_get(seed, "seed"),
					json_object_get(json_array_get(seeds, i),
							"seed")))
				return record_bad(
					rec, "seeds",
					"are not those of other variants");
	}
	return 0;
}

int throughput_read(struct matrix *m, const char *dir, const char *config,
		    const struct grid *grid)
{
	const struct matrix_kind kind = {
		.keys = keys,
		.nr_keys = ARRAY_SIZE(keys),
		.same = same,
		.nr_same = ARRAY_SIZE(same),
		.config = config,
		.check = check,
	};

	if (matrix_read(m, dir, &kind, grid))
		return -1;
	for (int l = 0; l < NR_LOADS; l++)
		if (check_work(m, l)) {
			matrix_free(m);
			return -1;
		}
	return 0;
}

double throughput_value(const struct matrix *m, enum variant v, enum load l)
{
	const struct record *rec = matrix_find(m, v, l);

	return rec ? json_number_value(record_get(rec, "value")) : 0;
}

double throughput_ratio(const struct matrix *m, enum variant v, enum load l)
{
	double value = throughput_value(m, v, l);

	return value > 0 ? throughput_value(m, V_NONE, l) / value : 0;
}

double throughput_mean(const struct matrix *m, enum variant v)
{
	double logs[NR_LOADS];
	size_t nr = 0;

	for (int l = 0; l < NR_LOADS; l++) {
		double ratio = throughput_ratio(m, v, l);

		if (!m->loads[l])
			continue;
		if (!(ratio > 0))
			return 0;
		logs[nr++] = log(ratio);
	}
	return nr ? exp(gsl_stats_mean(logs, 1, nr)) : 0;
}

/* Is load @i measured and asked for by @l, the load itself or NR_LOADS for all? */
static bool is_asked(const struct matrix *m, enum load l, int i)
{
	return m->loads[i] && (l == NR_LOADS || (int)l == i);
}

/* The logarithm of a seed's ratio, the mean over the loads if @l is NR_LOADS. */
static double seed_log(const struct matrix *m, enum variant v, enum load l,
		       size_t nr)
{
	double logs[NR_LOADS];
	size_t loads = 0;

	for (int i = 0; i < NR_LOADS; i++) {
		const json_t *none, *own;

		if (!is_asked(m, l, i))
			continue;
		none = record_get(matrix_find(m, V_NONE, i), "seeds");
		own = record_get(matrix_find(m, v, i), "seeds");
		logs[loads++] = log(seed_mean(json_array_get(none, nr)) /
				    seed_mean(json_array_get(own, nr)));
	}
	return gsl_stats_mean(logs, 1, loads);
}

/* The number of seeds, 0 if the loads do not all have the same number. */
static size_t nr_seeds(const struct matrix *m, enum variant v, enum load l)
{
	size_t nr = 0, own;

	for (int i = 0; i < NR_LOADS; i++) {
		if (!is_asked(m, l, i))
			continue;
		own = json_array_size(
			record_get(matrix_find(m, v, i), "seeds"));
		if (nr && own != nr)
			return 0;
		nr = own;
	}
	return nr;
}

double throughput_interval(const struct matrix *m, enum variant v, enum load l)
{
	double ratio = l == NR_LOADS ? throughput_mean(m, v) :
				       throughput_ratio(m, v, l);
	double *logs, interval;
	size_t nr;

	if (!(ratio > 0))
		return 0;
	nr = nr_seeds(m, v, l);
	if (nr < 2)
		return 0;
	logs = calloc(nr, sizeof(*logs));
	if (!logs)
		err(1, "seeds");
	for (size_t i = 0; i < nr; i++)
		logs[i] = seed_log(m, v, l, i);
	interval = interval_of_logs(logs, nr);
	free(logs);
	return interval;
}

/* To four digits behind the point. */
static json_t *rounded(double value)
{
	return json_real(round(value * 10000) / 10000);
}

void throughput_summarize(const struct matrix *m, const char *config,
			  json_t *summary)
{
	json_t *list = json_object_get(summary, "throughput");

	if (!m->nr)
		return;
	if (!list) {
		list = json_array();
		json_object_set_new(summary, "throughput", list);
	}
	for (int v = 0; v < NR_VARIANTS; v++)
		for (int l = 0; l < NR_LOADS; l++) {
			const struct record *rec = matrix_find(m, v, l);
			double ratio = throughput_ratio(m, v, l);
			double interval = throughput_interval(m, v, l);
			json_t *entry;

			if (!rec)
				continue;
			entry = json_pack("{sO sO sO sO}", "variant",
					  record_get(rec, "variant"), "load",
					  record_get(rec, "load"), "unit",
					  record_get(rec, "unit"), "value",
					  record_get(rec, "value"));
			if (!entry)
				errx(1, "out of memory");
			if (config)
				json_object_set_new(entry, "config",
						    json_string(config));
			if (ratio > 0)
				json_object_set_new(entry, "ratio",
						    rounded(ratio));
			if (interval > 0 && v != V_NONE)
				json_object_set_new(entry, "interval",
						    rounded(interval));
			json_array_append_new(list, entry);
		}
}
