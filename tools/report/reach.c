// SPDX-License-Identifier: GPL-2.0
/* Reading of the tests that reach lock sites, and their list in summary.json. */
#include <err.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "file.h"
#include "reach.h"
#include "tree.h"

static const struct record_key keys[] = {
	{ "variant", RECORD_TEXT },  { "load", RECORD_TEXT },
	{ "accel", RECORD_TEXT },    { "profile", RECORD_TEXT },
	{ "command", RECORD_TEXT },  { "seed", RECORD_COUNT },
	{ "samples", RECORD_COUNT }, { "interval_us", RECORD_COUNT },
};
/* The configuration is not among them: a test may need another one. */
static const char *const same_as_cells[] = {
	"accel",
	"kernel.base",
	"kernel.base_sha256",
	"kernel.series_sha256",
	"kernel.compiler",
};

/* One text tells of all tests. */
static const char *const same[] = { "seed", "samples", "interval_us", "qemu" };

struct reading {
	struct reach *reach;
	const char *dir;
	const struct matrix *holds;
	const struct grid *grid;
};

static enum variant variant_of(const struct record *test)
{
	const char *name = record_str(test, "variant");

	return name_find(variant_names, NR_VARIANTS, name, strlen(name));
}

static int check(const struct reading *reading, const struct record *rec)
{
	int ret;

	if (record_check(rec, keys, ARRAY_SIZE(keys)))
		return -1;
	if (strcmp(record_str(rec, "variant"),
		   record_str(rec, "kernel.variant")))
		return record_bad(rec, "kernel.variant", "is not 'variant'");
	ret = record_is_at(rec, "%s/%s/%s.json", reading->dir,
			   record_str(rec, "variant"),
			   record_str(rec, "load")) ||
	      holds_check_sites(rec) ||
	      holds_same_sites(reading->holds, V_RAW, rec) ||
	      record_same(&reading->grid->cells->rec, rec, same_as_cells,
			  ARRAY_SIZE(same_as_cells));
	return ret ? -1 : 0;
}

static int read_file(const char *path, void *arg)
{
	const struct reading *reading = arg;
	struct reach *reach = reading->reach;
	struct record rec = { 0 };

	if (record_read(&rec, path))
		return -1;
	if (check(reading, &rec) ||
	    (reach->nr && record_same(reach->tests, &rec, same,
				      ARRAY_SIZE(same)))) {
		record_free(&rec);
		return -1;
	}
	reach->tests = reallocarray(reach->tests, reach->nr + 1,
				    sizeof(*reach->tests));
	if (!reach->tests)
		err(1, "%s", path);
	reach->tests[reach->nr++] = rec;
	return 0;
}

/* Whether a reason is of a site that exists and is not reached; 0 or -1. */
static int check_reason(const struct reading *reading, const char *path,
			const char *site)
{
	size_t nr = holds_sites(reading->holds, V_RAW);
	struct reached reached;

	for (size_t i = 0; i < nr; i++) {
		reach_site(reading->reach, reading->holds, i, &reached);
		if (strcmp(reached.site.name, site))
			continue;
		if (reached.by == BY_NONE)
			return 0;
		warnx("%s: '%s' is reached, by %s in %s; remove its reason",
		      path, site, reached.name, variant_names[reached.variant]);
		return -1;
	}
	warnx("%s: there is no site '%s'; remove its reason", path, site);
	return -1;
}

/* Lines of a site, blanks and a reason; # begins a comment line. */
static int read_reasons(const struct reading *reading, const char *path)
{
	FILE *file = fopen(path, "r");
	json_t *reasons;
	char *line = NULL;
	size_t size = 0;
	int ret = 0;

	if (!file && errno == ENOENT)
		return 0;
	if (!file) {
		warn("%s", path);
		return -1;
	}
	reading->reach->reasons = reasons = json_object();
	while (!ret && getline(&line, &size, file) > 0) {
		size_t len = strcspn(line, " \t\n");
		char *reason = line + len + strspn(line + len, " \t");

		reason[strcspn(reason, "\n")] = '\0';
		if (*line == '#' || !len)
			continue;
		line[len] = '\0';
		if (!*reason || json_object_get(reasons, line)) {
			warnx("%s: '%s' needs one reason", path, line);
			ret = -1;
		} else {
			ret = check_reason(reading, path, line);
			json_object_set_new(reasons, line, json_string(reason));
		}
	}
	free(line);
	fclose(file);
	return ret;
}

int reach_read(struct reach *reach, const char *dir, const struct matrix *holds,
	       const struct grid *grid)
{
	struct reading reading = { reach, dir, holds, grid };
	char *reasons;
	int ret;

	memset(reach, 0, sizeof(*reach));
	if (access(dir, F_OK))
		return 0;
	if (!holds_sites(holds, V_RAW)) {
		warnx("%s: the holds of raw under the loads are missing; measure them, or remove it",
		      dir);
		return -1;
	}
	reasons = path_in(dir, "unreached");
	ret = tree_variants(dir, read_file, &reading) ||
	      read_reasons(&reading, reasons);
	free(reasons);
	if (!ret && !reach->nr) {
		warnx("%s: holds no result; measure, or remove it", dir);
		ret = -1;
	}
	if (ret)
		reach_free(reach);
	return ret ? -1 : 0;
}

/* Add the holds of site number @i in a test to those of @reached. */
static void add_test(struct reached *reached, const struct record *test,
		     size_t i)
{
	if (!holds_add(&reached->site, test, i))
		return;
	reached->name = record_str(test, "load");
	reached->variant = variant_of(test);
	reached->test = true;
}

void reach_site(const struct reach *reach, const struct matrix *holds, size_t i,
		struct reached *reached)
{
	memset(reached, 0, sizeof(*reached));
	holds_site(holds, V_RAW, i, &reached->site);
	if (reached->site.holds) {
		reached->variant = V_RAW;
		reached->name = load_names[reached->site.load];
		return;
	}
	reached->by = BY_TEST;
	for (size_t t = 0; t < reach->nr; t++)
		if (variant_of(&reach->tests[t]) == V_RAW)
			add_test(reached, &reach->tests[t], i);
	if (reached->site.holds)
		return;
	reached->by = BY_OTHER;
	for (int v = 0; v < NR_VARIANTS; v++) {
		struct site site;

		if (v == V_RAW || !holds_sites(holds, v))
			continue;
		holds_site(holds, v, i, &site);
		if (!site.holds)
			continue;
		reached->site = site;
		reached->variant = v;
		reached->name = load_names[site.load];
		return;
	}
	/* The tests are sorted by variant: that of the first one that reaches it. */
	for (size_t t = 0; t < reach->nr; t++)
		if (!reached->site.holds ||
		    variant_of(&reach->tests[t]) == reached->variant)
			add_test(reached, &reach->tests[t], i);
	if (reached->site.holds)
		return;
	reached->by = BY_NONE;
	reached->reason = json_string_value(
		json_object_get(reach->reasons, reached->site.name));
}

void reach_summarize(const struct reach *reach, const struct matrix *holds,
		     json_t *summary)
{
	static const char *const by[] = {
		[BY_LOAD] = "load",
		[BY_TEST] = "test",
		[BY_OTHER] = "other",
		[BY_NONE] = "none",
	};
	json_t *list;

	if (!reach->nr)
		return;
	list = json_array();
	for (size_t i = 0; i < holds_sites(holds, V_RAW); i++) {
		struct reached reached;
		json_t *entry;

		reach_site(reach, holds, i, &reached);
		entry = json_pack("{ss ss}", "site", reached.site.name, "by",
				  by[reached.by]);
		if (reached.by != BY_NONE)
			json_object_update_new(
				entry,
				json_pack("{ss ss sI}",
					  reached.test ? "test" : "load",
					  reached.name, "variant",
					  variant_names[reached.variant],
					  "holds",
					  (json_int_t)reached.site.holds));
		else if (reached.reason)
			json_object_set_new(entry, "reason",
					    json_string(reached.reason));
		json_array_append_new(list, entry);
	}
	json_object_set_new(summary, "reach", list);
}

void reach_free(struct reach *reach)
{
	for (size_t t = 0; t < reach->nr; t++)
		record_free(&reach->tests[t]);
	free(reach->tests);
	json_decref(reach->reasons);
	memset(reach, 0, sizeof(*reach));
}
