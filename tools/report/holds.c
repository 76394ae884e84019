// SPDX-License-Identifier: GPL-2.0
/* Reading of lock holds, and their lists in summary.json. */
#include <err.h>
#include <stdio.h>
#include <string.h>

#include "holds.h"

static const struct record_key keys[] = {
	{ "seed", RECORD_COUNT },
	{ "samples", RECORD_COUNT },
	{ "interval_us", RECORD_COUNT },
	{ "off.sections", RECORD_COUNT },
	{ "off.max_ns", RECORD_COUNT },
	{ "off.max_at", RECORD_TEXT },
	{ "cyclictest_max_ns", RECORD_COUNT },
};
static const char *const same[] = { "seed", "samples", "interval_us" };

static const struct {
	const char *max_ns, *chain;
} causes[] = {
	[CAUSE_ANY] = { "off.max_ns", "off.max_chain" },
	[CAUSE_NO_LOCK] = { "off.without_locks_max_ns",
			    "off.without_locks_chain" },
	[CAUSE_LOCK] = { "off.with_locks_max_ns", "off.with_locks_chain" },
};

static json_t *sites(const struct record *rec)
{
	return record_get(rec, "sites");
}

/* Complain about "sites[<i>].<key>"; gives -1. */
static int bad_site(const struct record *rec, size_t i, const char *key,
		    const char *what)
{
	char text[64];

	snprintf(text, sizeof(text), "sites[%zu].%s", i, key);
	return record_bad(rec, text, what);
}

static bool is_count(const json_t *value)
{
	return json_is_integer(value) && json_integer_value(value) >= 0;
}

static long long count(const json_t *site, const char *key)
{
	return json_integer_value(json_object_get(site, key));
}

static bool names(const json_t *chain)
{
	const json_t *name;
	size_t i;

	json_array_foreach(chain, i, name)
		if (!json_is_string(name))
			return false;
	return json_is_array(chain);
}

static int check_figures(const struct record *rec, const json_t *site, size_t i)
{
	static const char *const figures[] = { "max_ns", "p9999_ns",
					       "max_own_ns" };
	const json_t *moves = json_object_get(site, "moves");
	const json_t *chain = json_object_get(site, "chain");
	bool reached = count(site, "holds") > 0;

	for (size_t k = 0; k < ARRAY_SIZE(figures); k++) {
		const json_t *value = json_object_get(site, figures[k]);

		if (reached && !is_count(value))
			return bad_site(rec, i, figures[k],
					"is not a whole number");
		if (!reached && value)
			return bad_site(rec, i, figures[k],
					"is there, but there was no hold");
		if (count(site, figures[k]) > count(site, "max_ns"))
			return bad_site(rec, i, figures[k],
					"is longer than the longest hold");
	}
	if (moves && (!reached || !is_count(moves)))
		return bad_site(rec, i, "moves",
				"is not the whole number of a hold");
	if (chain && (!reached || !names(chain)))
		return bad_site(rec, i, "chain", "is not a list of functions");
	return 0;
}

int holds_check_sites(const struct record *rec)
{
	static const char *const texts[] = { "site", "lock", "bound" };
	json_t *list = sites(rec), *site, *seen = json_object();
	int ret = 0;
	size_t i;

	if (!json_is_array(list))
		ret = record_bad(rec, "sites",
				 list ? "is not a list" : "is missing");
	json_array_foreach(list, i, site) {
		const char *name, *lock;

		for (size_t k = 0; !ret && k < ARRAY_SIZE(texts); k++)
			if (!json_is_string(json_object_get(site, texts[k])))
				ret = bad_site(rec, i, texts[k],
					       "is not a text");
		if (ret)
			break;
		name = json_string_value(json_object_get(site, "site"));
		lock = json_string_value(json_object_get(site, "lock"));
		if (strcmp(lock, "zone") && strcmp(lock, "pcp"))
			ret = bad_site(rec, i, "lock", "is not zone or pcp");
		else if (json_object_get(seen, name))
			ret = bad_site(rec, i, "site", "is there twice");
		else if (!is_count(json_object_get(site, "holds")))
			ret = bad_site(rec, i, "holds",
				       "is not a whole number");
		else
			ret = check_figures(rec, site, i);
		if (ret)
			break;
		json_object_set_new(seen, name, json_true());
	}
	json_decref(seen);
	return ret;
}

static int check_off(const struct record *rec)
{
	for (size_t c = 0; c < ARRAY_SIZE(causes); c++) {
		const json_t *max = record_get(rec, causes[c].max_ns);

		/* Only of some causes there may have been no section. */
		if (!max)
			continue;
		if (!is_count(max))
			return record_bad(rec, causes[c].max_ns,
					  "is not a whole number");
		if (json_integer_value(max) > record_int(rec, "off.max_ns"))
			return record_bad(rec, causes[c].max_ns,
					  "is longer than the longest section");
		if (!names(record_get(rec, causes[c].chain)))
			return record_bad(rec, causes[c].chain,
					  "is not a list of functions");
	}
	return 0;
}

static int check(const struct record *rec)
{
	return holds_check_sites(rec) || check_off(rec) ? -1 : 0;
}

/* The key in which two entries are not the same site, or NULL. */
static const char *other_site(const json_t *a, const json_t *b)
{
	static const char *const keys[] = { "site", "lock", "bound" };

	for (size_t k = 0; k < ARRAY_SIZE(keys); k++)
		if (!json_equal(json_object_get(a, keys[k]),
				json_object_get(b, keys[k])))
			return keys[k];
	return NULL;
}

/* The sites of a variant, as some load lists them; NULL if it was not measured. */
static json_t *sites_of(const struct matrix *m, enum variant v)
{
	for (int l = 0; l < NR_LOADS; l++)
		if (matrix_find(m, v, l))
			return sites(matrix_find(m, v, l));
	return NULL;
}

int holds_same_sites(const struct matrix *m, enum variant v,
		     const struct record *rec)
{
	const json_t *first = sites_of(m, v), *site;
	size_t i;

	if (json_array_size(sites(rec)) != json_array_size(first))
		return record_bad(rec, "sites",
				  "is not as long as in other loads");
	json_array_foreach(sites(rec), i, site) {
		const char *key = other_site(site, json_array_get(first, i));

		if (key)
			return bad_site(rec, i, key,
					"is another than in other loads");
	}
	return 0;
}

/* All files of a variant have to list the sites of one source. */
static int check_alike(const struct matrix *m, enum variant v)
{
	for (int l = 0; l < NR_LOADS; l++)
		if (matrix_find(m, v, l) &&
		    holds_same_sites(m, v, matrix_find(m, v, l)))
			return -1;
	return 0;
}

int holds_read(struct matrix *m, const char *dir, const struct grid *grid)
{
	static const struct matrix_kind kind = {
		.keys = keys,
		.nr_keys = ARRAY_SIZE(keys),
		.same = same,
		.nr_same = ARRAY_SIZE(same),
		.check = check,
	};

	if (matrix_read(m, dir, &kind, grid))
		return -1;
	for (int v = 0; v < NR_VARIANTS; v++)
		if (check_alike(m, v)) {
			matrix_free(m);
			return -1;
		}
	return 0;
}

size_t holds_sites(const struct matrix *m, enum variant v)
{
	return json_array_size(sites_of(m, v));
}

bool holds_add(struct site *site, const struct record *rec, size_t i)
{
	const json_t *from = json_array_get(sites(rec), i), *moves;
	long long holds = count(from, "holds");
	bool longest = holds &&
		       (!site->holds || count(from, "max_ns") > site->max_ns);

	if (count(from, "max_own_ns") > site->max_own_ns)
		site->max_own_ns = count(from, "max_own_ns");
	if (longest) {
		site->max_ns = count(from, "max_ns");
		site->p9999_ns = count(from, "p9999_ns");
		site->chain = json_object_get(from, "chain");
		moves = json_object_get(from, "moves");
		site->moves = moves ? json_integer_value(moves) : -1;
	}
	site->holds += holds;
	return longest;
}

void holds_site(const struct matrix *m, enum variant v, size_t i,
		struct site *site)
{
	const json_t *from = json_array_get(sites_of(m, v), i);

	*site = (struct site){
		.name = json_string_value(json_object_get(from, "site")),
		.lock = json_string_value(json_object_get(from, "lock")),
		.bound = json_string_value(json_object_get(from, "bound")),
		.moves = -1,
	};
	for (int l = 0; l < NR_LOADS; l++) {
		const struct record *rec = matrix_find(m, v, l);

		if (rec && holds_add(site, rec, i))
			site->load = l;
	}
}

struct section holds_section(const struct matrix *m, enum variant v,
			     enum load l, enum cause cause)
{
	const struct record *rec = matrix_find(m, v, l);
	const json_t *max = rec ? record_get(rec, causes[cause].max_ns) : NULL;

	if (!max)
		return (struct section){ .max_ns = -1 };
	return (struct section){ .max_ns = json_integer_value(max),
				 .chain =
					 record_get(rec, causes[cause].chain) };
}

static void add_sites(json_t *list, const struct record *rec)
{
	static const char *const copied[] = {
		"site",	  "lock",	"bound", "holds", "p9999_ns",
		"max_ns", "max_own_ns", "moves", "chain",
	};
	const json_t *site;
	size_t i;

	json_array_foreach(sites(rec), i, site) {
		json_t *entry = json_object();

		json_object_set(entry, "variant", record_get(rec, "variant"));
		json_object_set(entry, "load", record_get(rec, "load"));
		for (size_t k = 0; k < ARRAY_SIZE(copied); k++)
			if (json_object_get(site, copied[k]))
				json_object_set(entry, copied[k],
						json_object_get(site,
								copied[k]));
		json_array_append_new(list, entry);
	}
}

static json_t *off(const struct record *rec)
{
	json_t *entry = json_object();

	json_object_set(entry, "variant", record_get(rec, "variant"));
	json_object_set(entry, "load", record_get(rec, "load"));
	json_object_set(entry, "sections", record_get(rec, "off.sections"));
	for (size_t c = 0; c < ARRAY_SIZE(causes); c++)
		if (record_get(rec, causes[c].max_ns))
			json_object_set(entry,
					strchr(causes[c].max_ns, '.') + 1,
					record_get(rec, causes[c].max_ns));
	return entry;
}

void holds_summarize(const struct matrix *m, json_t *summary)
{
	json_t *sections = json_array(), *offs = json_array();

	for (int v = 0; v < NR_VARIANTS; v++)
		for (int l = 0; l < NR_LOADS; l++)
			if (matrix_find(m, v, l)) {
				add_sites(sections, matrix_find(m, v, l));
				json_array_append_new(
					offs, off(matrix_find(m, v, l)));
			}
	if (m->nr) {
		json_object_set(summary, "sections", sections);
		json_object_set(summary, "off", offs);
	}
	json_decref(sections);
	json_decref(offs);
}
