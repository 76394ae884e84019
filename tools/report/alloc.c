// SPDX-License-Identifier: GPL-2.0
/* Reading of allocations, and their list in summary.json. */
#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "tree.h"

const char *const pressure_names[NR_PRESSURES] = {
	[P_PLENTY] = "plenty", [P_EMPTY] = "empty",	    [P_MIN] = "min",
	[P_BELOW] = "below",   [P_CONTENDED] = "contended",
};
const char *const way_names[NR_WAYS] = {
	[W_NOWAIT] = "GFP_NOWAIT",
	[W_ATOMIC] = "GFP_ATOMIC",
	[W_NOLOCK] = "alloc_pages_nolock",
	[W_NO_LOCKS] = "__GFP_NO_LOCKS",
};

static const struct record_key keys[] = {
	{ "pressure", RECORD_TEXT },  { "accel", RECORD_TEXT },
	{ "profile", RECORD_TEXT },   { "command", RECORD_TEXT },
	{ "cmdline", RECORD_TEXT },   { "seed", RECORD_COUNT },
	{ "attempts", RECORD_COUNT }, { "clock_ns", RECORD_COUNT },
};
static const char *const same_everywhere[] = {
	"profile",
	"qemu",
	"seed",
	"attempts",
};
/* The module, which is in it, is built for the variant. */
static const char *const same_in_variant[] = { "initramfs_sha256" };

static bool is_raw(enum variant v)
{
	return v == V_RAW || v == V_RAW_UNBOUNDED;
}

/* As in bench/probe/alloc.c. */
static bool allowed(enum variant v, enum context c, enum way w)
{
	if (w == W_NOWAIT || w == W_ATOMIC)
		return is_raw(v) || c == C_TASK || c == C_SOFTIRQ;
	return w == W_NOLOCK || v == V_NO_LOCKS;
}

enum way alloc_way(enum variant v)
{
	return is_raw(v) ? W_NOWAIT : v == V_NO_LOCKS ? W_NO_LOCKS : W_NOLOCK;
}

static int check_tally(const struct record *rec, const char *key,
		       const struct tally *tally, const json_t *entry)
{
	if (tally->attempts != record_int(rec, "attempts"))
		return record_bad(rec, key, "has more or fewer attempts");
	if (tally->successes < 0 || tally->missed < 0 || tally->zone_held < 0 ||
	    tally->pcp_held < 0 || tally->zone_held > tally->attempts ||
	    tally->pcp_held > tally->attempts)
		return record_bad(rec, key, "has a count that is impossible");
	if (tally->successes > tally->attempts)
		return record_bad(rec, key, "has more successes than attempts");
	if (tally->hist.total != tally->successes)
		return record_bad(
			rec, key,
			"has a histogram of other than its successes");
	if (tally->successes < tally->attempts &&
	    member_count(entry, "fail_max_ns") < 0)
		return record_bad(rec, key,
				  "has failures without 'fail_max_ns'");
	if (!tally->successes)
		return 0;
	if (tally->min_ns < 0 || tally->min_ns > hist_min(&tally->hist))
		return record_bad(rec, key,
				  "has a 'min_ns' above its histogram");
	if (member_count(entry, "max_ns") != hist_max(&tally->hist))
		return record_bad(rec, key,
				  "has a 'max_ns' that is not its histogram's");
	return 0;
}

static int read_tally(struct alloc_file *file, enum variant v, size_t i,
		      const json_t *entry)
{
	int c = member_name(entry, "context", context_names, NR_CONTEXTS),
	    w = member_name(entry, "way", way_names, NR_WAYS);
	long long order = member_count(entry, "order");
	const struct record *rec = &file->rec;
	struct tally *tally;
	char key[32];

	snprintf(key, sizeof(key), "alloc[%zu]", i);
	if (c < 0 || w < 0 || order < 0 || order >= NR_ORDERS)
		return record_bad(rec, key,
				  "has no known context, way and order");
	if (!allowed(v, c, w))
		return record_bad(rec, key,
				  "is a call that its variant does not allow");
	tally = &file->at[c][w][order];
	if (tally->attempts)
		return record_bad(rec, key, "is there twice");
	tally->attempts = member_count(entry, "attempts");
	tally->successes = member_count(entry, "successes");
	tally->missed = member_count(entry, "missed");
	tally->zone_held = member_count(entry, "zone_held");
	tally->pcp_held = member_count(entry, "pcp_held");
	tally->min_ns = member_count(entry, "min_ns");
	if (tally->successes &&
	    record_hist(rec, key, json_object_get(entry, "histogram"),
			&tally->hist))
		return -1;
	return check_tally(rec, key, tally, entry);
}

static int read_tallies(struct alloc_file *file, enum variant v)
{
	const json_t *list = record_get(&file->rec, "alloc"), *entry;
	size_t i;

	json_array_foreach(list, i,
			   entry) if (read_tally(file, v, i, entry)) return -1;
	for (int c = 0; c < NR_CONTEXTS; c++)
		for (int w = 0; w < NR_WAYS; w++)
			for (int o = 0; allowed(v, c, w) && o < NR_ORDERS; o++)
				if (!file->at[c][w][o].attempts) {
					warnx("%s: %s in %s of order %d is missing; remove the file and measure again",
					      file->rec.path, way_names[w],
					      context_names[c], o);
					return -1;
				}
	return 0;
}

struct reading {
	struct alloc *alloc;
	const char *dir;
	const struct grid *grid;
};

static const struct record *first_of(const struct alloc *alloc, enum variant v)
{
	for (int p = 0; p < NR_PRESSURES; p++)
		if (alloc->files[v][p])
			return &alloc->files[v][p]->rec;
	return NULL;
}

const struct record *alloc_first(const struct alloc *alloc)
{
	for (int v = 0; v < NR_VARIANTS; v++)
		if (first_of(alloc, v))
			return first_of(alloc, v);
	return NULL;
}

/* A second CPU takes another accelerator, whose figures are never beside others. */
static int check_accel(const struct record *rec, enum pressure p)
{
	const char *want = p == P_CONTENDED ? "smp" : "icount";

	return strcmp(record_str(rec, "accel"), want) ?
		       record_bad(rec, "accel",
				  p == P_CONTENDED ? "is not 'smp'" :
						     "is not 'icount'") :
		       0;
}

static int check(const struct reading *reading, const struct record *rec,
		 enum variant v, enum pressure p)
{
	const struct cell *cell = grid_first(reading->grid, v);
	const struct record *first = alloc_first(reading->alloc),
			    *own = first_of(reading->alloc, v);

	if (check_accel(rec, p))
		return -1;
	if (!record_int(rec, "attempts"))
		return record_bad(rec, "attempts", "is 0");
	if (first && record_same(first, rec, same_everywhere,
				 ARRAY_SIZE(same_everywhere)))
		return -1;
	if (own &&
	    record_same(own, rec, same_in_variant, ARRAY_SIZE(same_in_variant)))
		return -1;
	if (own && record_same_config(own, rec))
		return -1;
	if (cell && record_same_config(&cell->rec, rec))
		return -1;
	return record_same_source(&reading->grid->cells->rec, rec);
}

static void file_free(struct alloc_file *file)
{
	for (int c = 0; c < NR_CONTEXTS; c++)
		for (int w = 0; w < NR_WAYS; w++)
			for (int o = 0; o < NR_ORDERS; o++)
				tally_free(&file->at[c][w][o]);
	record_free(&file->rec);
	free(file);
}

/* Fill what is read and empty; says where it belongs. */
static int read_into(const struct reading *reading, struct alloc_file *file,
		     const char *path, enum variant *v, enum pressure *p)
{
	int i, ret;

	if (record_read(&file->rec, path) ||
	    record_check(&file->rec, keys, ARRAY_SIZE(keys)) ||
	    record_variant(&file->rec, v))
		return -1;
	i = member_name(file->rec.json, "pressure", pressure_names,
			NR_PRESSURES);
	if (i < 0)
		return record_bad(&file->rec, "pressure",
				  "is no known pressure");
	*p = i;
	ret = record_is_at(&file->rec, "%s/%s/%s.json", reading->dir,
			   variant_names[*v], pressure_names[i]);
	return ret || check(reading, &file->rec, *v, *p) ||
			       read_tallies(file, *v) ?
		       -1 :
		       0;
}

static int read_file(const char *path, void *arg)
{
	const struct reading *reading = arg;
	struct alloc_file *file = calloc(1, sizeof(*file));
	enum pressure p = P_PLENTY;
	enum variant v = V_NONE;

	if (!file)
		err(1, "%s", path);
	if (read_into(reading, file, path, &v, &p)) {
		file_free(file);
		return -1;
	}
	reading->alloc->files[v][p] = file;
	reading->alloc->nr++;
	return 0;
}

int alloc_read(struct alloc *alloc, const char *dir, const struct grid *grid)
{
	struct reading reading = { alloc, dir, grid };
	int ret;

	memset(alloc, 0, sizeof(*alloc));
	ret = tree_results(dir, tree_variants, read_file, &reading, &alloc->nr);
	if (ret)
		alloc_free(alloc);
	return ret;
}

int alloc_complete(const struct alloc *alloc, const char *dir)
{
	if (!alloc->nr)
		return 0;
	for (int v = 0; v < NR_VARIANTS; v++) {
		if (v != V_RAW && !first_of(alloc, v))
			continue;
		for (int p = 0; p < NR_PRESSURES; p++)
			if (!alloc->files[v][p]) {
				warnx("%s/%s/%s.json: missing; measure it, remove '%s', or give --partial for an unfinished table",
				      dir, variant_names[v], pressure_names[p],
				      dir);
				return -1;
			}
	}
	return 0;
}

const struct tally *alloc_find(const struct alloc *alloc, enum variant v,
			       enum pressure p, enum context c, enum way w,
			       int order)
{
	const struct alloc_file *file = alloc->files[v][p];

	return file && file->at[c][w][order].attempts ? &file->at[c][w][order] :
							NULL;
}

bool alloc_sum(struct tally *sum, const struct alloc *alloc, enum variant v,
	       enum pressure p, enum context c, enum way w, int first, int last)
{
	memset(sum, 0, sizeof(*sum));
	for (int o = first; o <= last; o++) {
		const struct tally *t = alloc_find(alloc, v, p, c, w, o);

		if (!t)
			return false;
		if (t->successes &&
		    (!sum->successes || t->min_ns < sum->min_ns))
			sum->min_ns = t->min_ns;
		sum->attempts += t->attempts;
		sum->successes += t->successes;
		sum->missed += t->missed;
		sum->zone_held += t->zone_held;
		sum->pcp_held += t->pcp_held;
		hist_pool(&sum->hist, &t->hist);
	}
	return true;
}

void tally_free(struct tally *tally)
{
	hist_free(&tally->hist);
}

/* Times of a guest whose CPUs share a host are no figures. */
static json_t *tally_json(const struct tally *t, enum variant v,
			  enum pressure p, enum context c, enum way w, int o)
{
	json_t *json = json_pack("{ss ss ss ss si sI sI sI sI}", "variant",
				 variant_names[v], "pressure",
				 pressure_names[p], "context", context_names[c],
				 "way", way_names[w], "order", o, "attempts",
				 (json_int_t)t->attempts, "successes",
				 (json_int_t)t->successes, "zone_held",
				 (json_int_t)t->zone_held, "pcp_held",
				 (json_int_t)t->pcp_held);

	if (!json)
		errx(1, "out of memory");
	if (!t->successes || p == P_CONTENDED)
		return json;
	json_object_set_new(json, "min_ns", json_integer(t->min_ns));
	json_object_set_new(json, "p50_ns",
			    json_integer(hist_percentile(&t->hist, 5000)));
	json_object_set_new(json, "p9999_ns",
			    json_integer(hist_percentile(&t->hist, 9999)));
	json_object_set_new(json, "max_ns", json_integer(hist_max(&t->hist)));
	return json;
}

static void append_file(json_t *list, const struct alloc *alloc, enum variant v,
			enum pressure p)
{
	for (int c = 0; c < NR_CONTEXTS; c++)
		for (int w = 0; w < NR_WAYS; w++)
			for (int o = 0; o < NR_ORDERS; o++) {
				const struct tally *t =
					alloc_find(alloc, v, p, c, w, o);

				if (t)
					json_array_append_new(
						list,
						tally_json(t, v, p, c, w, o));
			}
}

void alloc_summarize(const struct alloc *alloc, json_t *summary)
{
	json_t *list;

	if (!alloc->nr)
		return;
	list = json_array();
	for (int v = 0; v < NR_VARIANTS; v++)
		for (int p = 0; p < NR_PRESSURES; p++)
			append_file(list, alloc, v, p);
	json_object_set_new(summary, "alloc", list);
}

void alloc_free(struct alloc *alloc)
{
	for (int v = 0; v < NR_VARIANTS; v++)
		for (int p = 0; p < NR_PRESSURES; p++)
			if (alloc->files[v][p])
				file_free(alloc->files[v][p]);
	memset(alloc, 0, sizeof(*alloc));
}
