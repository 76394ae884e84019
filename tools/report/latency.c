// SPDX-License-Identifier: GPL-2.0
/* Pooling of latencies, and their list in summary.json. */
#include <err.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "chance.h"
#include "latency.h"

static void pool(struct latency *lat, const struct grid *grid, enum variant v,
		 enum load l)
{
	size_t nr = grid->seeds[v].nr;

	/* One more: of a variant without a cell nothing would be left to take. */
	lat->seeds = calloc(nr + 1, sizeof(*lat->seeds));
	lat->seed_max_ns = calloc(nr + 1, sizeof(*lat->seed_max_ns));
	if (!lat->seeds || !lat->seed_max_ns)
		err(1, "seeds");
	for (size_t i = 0; i < nr; i++) {
		const struct cell *cell =
			grid_find(grid, v, l, grid->seeds[v].at[i]);

		if (!cell)
			continue;
		hist_pool(&lat->hist, &cell->hist);
		lat->seeds[lat->nr_seeds] = cell->seed;
		lat->seed_max_ns[lat->nr_seeds++] = hist_max(&cell->hist);
		lat->rounds += record_int(&cell->rec, "rounds");
	}
	if (!lat->hist.total)
		return;
	lat->min_ns = hist_min(&lat->hist);
	lat->avg_ns = hist_avg(&lat->hist);
	lat->p50_ns = hist_percentile(&lat->hist, 5000);
	lat->p99_ns = hist_percentile(&lat->hist, 9900);
	lat->p9999_ns = hist_percentile(&lat->hist, 9999);
	lat->max_ns = hist_max(&lat->hist);
}

void latencies_pool(struct latencies *all, const struct grid *grid)
{
	memset(all, 0, sizeof(*all));
	for (int v = 0; v < NR_VARIANTS; v++)
		for (int l = 0; l < NR_LOADS; l++)
			pool(&all->at[v][l], grid, v, l);
}

void latencies_free(struct latencies *all)
{
	for (int v = 0; v < NR_VARIANTS; v++)
		for (int l = 0; l < NR_LOADS; l++) {
			hist_free(&all->at[v][l].hist);
			free(all->at[v][l].seeds);
			free(all->at[v][l].seed_max_ns);
		}
}

bool measured(const struct latencies *all, enum variant v, enum load l)
{
	return all->at[v][l].hist.total > 0;
}

double max_ratio(const struct latencies *all, enum variant v, enum load l)
{
	if (!measured(all, v, l) || !measured(all, V_NONE, l))
		return 0;
	return (double)all->at[v][l].max_ns / all->at[V_NONE][l].max_ns;
}

long long seed_max(const struct latency *lat, size_t nth)
{
	long long *all = calloc(lat->nr_seeds, sizeof(*all)), max;

	if (!all)
		err(1, "seeds");
	memcpy(all, lat->seed_max_ns, lat->nr_seeds * sizeof(*all));
	qsort(all, lat->nr_seeds, sizeof(*all), descending);
	max = all[nth];
	free(all);
	return max;
}

double seed_max_median(const struct latency *lat)
{
	size_t half = lat->nr_seeds / 2;

	if (lat->nr_seeds % 2)
		return seed_max(lat, half);
	return (seed_max(lat, half - 1) + seed_max(lat, half)) / 2.0;
}

double work_ratio(const struct latencies *all, enum variant v, enum load l)
{
	enum { TO_TELL = 50 };
	const struct latency *its = &all->at[v][l], *none = &all->at[V_NONE][l];

	if (!measured(all, v, l) || !measured(all, V_NONE, l) ||
	    its->rounds < TO_TELL || none->rounds < TO_TELL)
		return 1;
	return (double)its->rounds / its->hist.total /
	       ((double)none->rounds / none->hist.total);
}

bool other_work(const struct latencies *all, enum variant v, enum load l)
{
	double ratio = work_ratio(all, v, l);

	return ratio < 0.9 || ratio > 1.1;
}

double p9999_ratio(const struct latencies *all, enum variant v, enum load l)
{
	if (!measured(all, v, l) || !measured(all, V_NONE, l))
		return 0;
	return (double)all->at[v][l].p9999_ns / all->at[V_NONE][l].p9999_ns;
}

static json_t *integers(const long long *values, size_t nr)
{
	json_t *list = json_array();

	for (size_t i = 0; i < nr; i++)
		json_array_append_new(list, json_integer(values[i]));
	return list;
}

static json_t *entry(const struct latencies *all, enum variant v, enum load l)
{
	const struct latency *lat = &all->at[v][l];
	double ratio = max_ratio(all, v, l);
	json_t *obj;

	obj = json_pack("{ss ss so so sI sI sI sI sI sI sI}", "variant",
			variant_names[v], "load", load_names[l], "seeds",
			integers(lat->seeds, lat->nr_seeds), "seed_max_ns",
			integers(lat->seed_max_ns, lat->nr_seeds), "samples",
			(json_int_t)lat->hist.total, "min_ns",
			(json_int_t)lat->min_ns, "avg_ns",
			(json_int_t)lat->avg_ns, "p50_ns",
			(json_int_t)lat->p50_ns, "p99_ns",
			(json_int_t)lat->p99_ns, "p9999_ns",
			(json_int_t)lat->p9999_ns, "max_ns",
			(json_int_t)lat->max_ns);
	if (!obj)
		errx(1, "out of memory");
	if (ratio > 0)
		json_object_set_new(obj, "max_ratio",
				    json_real(round(ratio * 1000) / 1000));
	if (lat->rounds)
		json_object_set_new(obj, "rounds", json_integer(lat->rounds));
	return obj;
}

json_t *latency_json(const struct latencies *all)
{
	json_t *list = json_array();

	for (int v = 0; v < NR_VARIANTS; v++)
		for (int l = 0; l < NR_LOADS; l++)
			if (measured(all, v, l))
				json_array_append_new(list, entry(all, v, l));
	return list;
}
