// SPDX-License-Identifier: GPL-2.0
/* Reading of floods of kfree_rcu(), and their lists in summary.json. */
#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kfree.h"
#include "tree.h"

static const struct record_key keys[] = {
	{ "accel", RECORD_TEXT },
	{ "profile", RECORD_TEXT },
	{ "command", RECORD_TEXT },
	{ "cmdline", RECORD_TEXT },
	{ "objects", RECORD_COUNT },
	{ "burst", RECORD_COUNT },
	{ "loops", RECORD_COUNT },
	{ "rcuscale.ns", RECORD_COUNT },
	{ "rcuscale.loops", RECORD_COUNT },
	{ "rcuscale.batches", RECORD_COUNT },
	{ "rcuscale.objects", RECORD_COUNT },
};
static const char *const same_everywhere[] = {
	"accel",   "profile", "qemu",  "seeds",
	"objects", "burst",   "loops", "rcuscale.objects",
};

static int check_flood(const struct record *rec, const char *key,
		       const struct flood *flood)
{
	if (flood->objects != record_int(rec, "objects"))
		return record_bad(rec, key, "has more or fewer objects");
	if (flood->bulk < 0 || flood->fallback < 0 ||
	    flood->bulk + flood->fallback != flood->objects)
		return record_bad(
			rec, key,
			"has objects that are neither bulk nor fallback, or both");
	if (flood->least_bulk < 0 || flood->least_bulk > flood->bulk)
		return record_bad(rec, key,
				  "has a mean that is below its guests'");
	if (flood->call_ns < 0 || flood->call_ns > flood->ns)
		return record_bad(rec, key,
				  "has calls that take longer than all");
	if (flood->least_ns < 1 || flood->least_ns > flood->ns ||
	    flood->most_ns < flood->ns)
		return record_bad(rec, key,
				  "has a mean that is not among its guests'");
	if (flood->peak_pages < 0)
		return record_bad(rec, key, "has no 'peak_pages'");
	return 0;
}

static int read_flood(struct kfree_file *file, size_t i, const json_t *entry)
{
	int c = member_name(entry, "context", context_names, NR_CONTEXTS);
	struct flood *flood;
	char key[32];

	snprintf(key, sizeof(key), "kfree_rcu[%zu]", i);
	if (c < 0)
		return record_bad(&file->rec, key, "has no known context");
	flood = &file->at[c];
	if (flood->objects)
		return record_bad(&file->rec, key, "is there twice");
	*flood = (struct flood){
		.objects = member_count(entry, "objects"),
		.bulk = member_count(entry, "bulk"),
		.least_bulk = member_count(entry, "least_bulk"),
		.fallback = member_count(entry, "fallback"),
		.ns = member_count(entry, "ns"),
		.least_ns = member_count(entry, "least_ns"),
		.most_ns = member_count(entry, "most_ns"),
		.call_ns = member_count(entry, "call_ns"),
		.peak_pages = member_count(entry, "peak_pages"),
	};
	return check_flood(&file->rec, key, flood);
}

static int read_floods(struct kfree_file *file)
{
	const json_t *list = record_get(&file->rec, "kfree_rcu"), *entry;
	size_t i;

	json_array_foreach(list, i,
			   entry) if (read_flood(file, i, entry)) return -1;
	for (int c = 0; c < NR_CONTEXTS; c++)
		if (!file->at[c].objects) {
			warnx("%s: the flood in %s is missing; remove the file and measure again",
			      file->rec.path, context_names[c]);
			return -1;
		}
	return 0;
}

static int check_rcuscale(const struct record *rec)
{
	if (record_int(rec, "rcuscale.loops") != record_int(rec, "loops") ||
	    !record_int(rec, "loops"))
		return record_bad(rec, "rcuscale.loops", "is not 'loops'");
	/* Less may be in use than before. */
	if (!json_is_integer(record_get(rec, "rcuscale.footprint_mb")))
		return record_bad(rec, "rcuscale.footprint_mb",
				  "is not a whole number");
	return 0;
}

struct reading {
	struct kfree *kfree;
	const char *dir;
	const struct grid *grid;
};

static int check(const struct reading *reading, const struct record *rec,
		 enum variant v)
{
	const struct cell *cell = grid_first(reading->grid, v);
	const struct record *first = kfree_first(reading->kfree);

	if (strcmp(record_str(rec, "accel"), "icount"))
		return record_bad(rec, "accel", "is not 'icount'");
	if (!json_array_size(record_get(rec, "seeds")))
		return record_bad(rec, "seeds", "are missing");
	if (!record_int(rec, "objects"))
		return record_bad(rec, "objects", "is 0");
	if (check_rcuscale(rec))
		return -1;
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
	struct kfree_file file = {};
	enum variant v;

	if (record_of_variant(&file.rec, path, reading->dir, keys,
			      ARRAY_SIZE(keys), &v))
		return -1;
	if (check(reading, &file.rec, v) || read_floods(&file)) {
		record_free(&file.rec);
		return -1;
	}
	reading->kfree->files[v] = file;
	reading->kfree->nr++;
	return 0;
}

int kfree_read(struct kfree *kfree, const char *dir, const struct grid *grid)
{
	struct reading reading = { kfree, dir, grid };
	int ret;

	memset(kfree, 0, sizeof(*kfree));
	ret = tree_results(dir, tree_flat, read_file, &reading, &kfree->nr);
	if (ret)
		kfree_free(kfree);
	return ret;
}

const struct kfree_file *kfree_find(const struct kfree *kfree, enum variant v)
{
	return kfree->files[v].rec.json ? &kfree->files[v] : NULL;
}

const struct record *kfree_first(const struct kfree *kfree)
{
	for (int v = 0; v < NR_VARIANTS; v++)
		if (kfree_find(kfree, v))
			return &kfree->files[v].rec;
	return NULL;
}

double kfree_object_ns(const struct flood *flood)
{
	return (double)flood->ns / flood->objects;
}

double kfree_loop_ns(const struct record *rec)
{
	return (double)record_int(rec, "rcuscale.ns") /
	       record_int(rec, "rcuscale.loops");
}

int kfree_complete(const struct kfree *kfree, const char *dir)
{
	for (int v = 0; kfree->nr && v < NR_VARIANTS; v++)
		if (!kfree_find(kfree, v)) {
			warnx("%s/%s.json: missing; measure it, remove '%s', or give --partial for an unfinished table",
			      dir, variant_names[v], dir);
			return -1;
		}
	return 0;
}

static json_t *flood_json(enum variant v, enum context c,
			  const struct flood *flood)
{
	return json_pack("{ss ss sI sI sI sf sf sI}", "variant",
			 variant_names[v], "context", context_names[c],
			 "objects", (json_int_t)flood->objects, "bulk",
			 (json_int_t)flood->bulk, "fallback",
			 (json_int_t)flood->fallback, "ns_per_object",
			 kfree_object_ns(flood), "call_ns_per_object",
			 (double)flood->call_ns / flood->objects, "peak_pages",
			 (json_int_t)flood->peak_pages);
}

static json_t *rcuscale_json(enum variant v, const struct record *rec)
{
	return json_pack("{ss sO sO sf sO}", "variant", variant_names[v],
			 "loops", record_get(rec, "rcuscale.loops"), "objects",
			 record_get(rec, "rcuscale.objects"), "ns_per_loop",
			 kfree_loop_ns(rec), "footprint_mb",
			 record_get(rec, "rcuscale.footprint_mb"));
}

void kfree_summarize(const struct kfree *kfree, json_t *summary)
{
	json_t *floods, *rcuscale;

	if (!kfree->nr)
		return;
	floods = json_array();
	rcuscale = json_array();
	for (int v = 0; v < NR_VARIANTS; v++) {
		const struct kfree_file *file = kfree_find(kfree, v);

		if (!file)
			continue;
		for (int c = 0; c < NR_CONTEXTS; c++)
			json_array_append_new(floods,
					      flood_json(v, c, &file->at[c]));
		json_array_append_new(rcuscale, rcuscale_json(v, &file->rec));
	}
	json_object_set_new(summary, "kfree_rcu", floods);
	json_object_set_new(summary, "rcuscale", rcuscale);
}

void kfree_free(struct kfree *kfree)
{
	for (int v = 0; v < NR_VARIANTS; v++)
		record_free(&kfree->files[v].rec);
	memset(kfree, 0, sizeof(*kfree));
}
