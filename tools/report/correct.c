// SPDX-License-Identifier: GPL-2.0
/* Reading of the results about correctness, and their list in summary.json. */
#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "correct.h"
#include "file.h"
#include "tree.h"

/* The test whose kernel is only compiled. */
#define BUILD "build"

static const struct record_key keys[] = {
	{ "config", RECORD_TEXT },
	{ "test", RECORD_TEXT },
	{ "result", RECORD_TEXT },
	{ "kernel.debug", RECORD_YES },
	{ "kernel.config", RECORD_TEXT },
	{ "kernel.suite_sha256", RECORD_SHA256 },
};
/* What a result has whose kernel was run. */
static const struct record_key run_keys[] = {
	{ "accel", RECORD_TEXT },
	{ "cpus", RECORD_COUNT },
	{ "seconds", RECORD_COUNT },
	{ "qemu", RECORD_TEXT },
	{ "initramfs_sha256", RECORD_SHA256 },
	{ "command", RECORD_TEXT },
};
/* What it may have: some tests are about it. */
static const struct record_key latest_key = { "latest_wakeup_ns",
					      RECORD_COUNT };
/* What a test says that counts pages. */
static const struct record_key leak_keys[] = {
	{ "counts.before", RECORD_COUNT },     { "counts.after", RECORD_COUNT },
	{ "counts.interrupts", RECORD_COUNT }, { "counts.got", RECORD_COUNT },
	{ "counts.objects", RECORD_COUNT },
};
static const char *const same_as_cells[] = {
	"kernel.base",
	"kernel.base_sha256",
	"kernel.series_sha256",
};
static const char *const same_kernel[] = {
	"kernel.config_sha256",
	"kernel.compiler",
};
/* The KUnit suite, which is no part of the series' hash. */
static const char *const same_suite[] = {
	"kernel.suite_sha256",
};

struct reading {
	struct correct *c;
	const char *dir;
	const struct grid *grid;
};

/* The row of a test in a configuration, or NULL. */
static struct planned *find_row(const struct correct *c, const char *config,
				const char *test)
{
	for (size_t i = 0; i < c->nr_rows; i++)
		if (!strcmp(c->rows[i].config, config) &&
		    !strcmp(c->rows[i].test, test))
			return &c->rows[i];
	return NULL;
}

/* The variants of "all" or "NAME,NAME"; 0, or -1 if one is not known. */
static int read_variants(char *names, bool variants[NR_VARIANTS])
{
	char *name, *rest = names;

	for (int v = 0; v < NR_VARIANTS; v++)
		variants[v] = !strcmp(names, "all");
	if (!strcmp(names, "all"))
		return 0;
	while ((name = strsep(&rest, ","))) {
		int v = name_find(variant_names, NR_VARIANTS, name,
				  strlen(name));

		if (v < 0)
			return -1;
		variants[v] = true;
	}
	return 0;
}

static void add_row(struct correct *c, const char *config, const char *test,
		    const bool variants[NR_VARIANTS])
{
	struct planned *row;

	c->rows = reallocarray(c->rows, c->nr_rows + 1, sizeof(*c->rows));
	if (!c->rows)
		err(1, "%s", config);
	row = memset(&c->rows[c->nr_rows++], 0, sizeof(*row));
	row->config = strdup(config);
	row->test = strdup(test);
	if (!row->config || !row->test)
		err(1, "%s", config);
	memcpy(row->variants, variants, sizeof(row->variants));
}

/* A line CONFIGURATION VARIANTS TEST...; what is wrong with it, or NULL. */
static const char *read_line(struct correct *c, char *line)
{
	static const char blank[] = " \t\n";
	char *config = strtok(line, blank), *names = strtok(NULL, blank), *test;
	bool variants[NR_VARIANTS];

	if (!config || *config == '#')
		return NULL;
	if (!names || read_variants(names, variants))
		return "does not name variants";
	test = strtok(NULL, blank);
	if (!test)
		return "does not name a test";
	for (; test; test = strtok(NULL, blank)) {
		if (find_row(c, config, test))
			return "is there twice";
		add_row(c, config, test, variants);
	}
	return NULL;
}

static int read_plan(struct correct *c, const char *path)
{
	FILE *file = fopen(path, "r");
	const char *what = NULL;
	char *line = NULL;
	size_t size = 0;
	int nr = 0;

	if (!file) {
		warn("%s", path);
		return -1;
	}
	while (!what && getline(&line, &size, file) > 0) {
		nr++;
		what = read_line(c, line);
	}
	free(line);
	fclose(file);
	if (!what)
		return 0;
	warnx("%s: line %d %s", path, nr, what);
	return -1;
}

bool correct_is_planned(const struct correct *c, const char *config,
			const char *test, enum variant v)
{
	const struct planned *row = find_row(c, config, test);

	return row && row->variants[v];
}

bool correct_passed(const struct record *rec)
{
	return !strcmp(record_str(rec, "result"), "passed");
}

/* A result of the same kernel that was read before, or NULL. */
static const struct record *sibling(const struct correct *c, const char *config,
				    enum variant v)
{
	for (size_t i = 0; i < c->nr_rows; i++)
		if (!strcmp(c->rows[i].config, config) &&
		    correct_find(&c->rows[i], v))
			return correct_find(&c->rows[i], v);
	return NULL;
}

/* Any result that was read before, or NULL. */
static const struct record *any_result(const struct correct *c)
{
	for (size_t i = 0; i < c->nr_rows; i++)
		for (int v = 0; v < NR_VARIANTS; v++)
			if (correct_find(&c->rows[i], v))
				return correct_find(&c->rows[i], v);
	return NULL;
}

int correct_check_kernel(const struct correct *c, const struct grid *grid,
			 const struct record *rec, enum variant v)
{
	const struct record *like = sibling(c, record_str(rec, "config"), v);
	const struct record *any = any_result(c);

	if (strcmp(record_str(rec, "config"), record_str(rec, "kernel.config")))
		return record_bad(rec, "kernel.config", "is not 'config'");
	if (like &&
	    record_same(like, rec, same_kernel, ARRAY_SIZE(same_kernel)))
		return -1;
	if (any && record_same(any, rec, same_suite, ARRAY_SIZE(same_suite)))
		return -1;
	return record_same(&grid->cells->rec, rec, same_as_cells,
			   ARRAY_SIZE(same_as_cells));
}

/* A list of objects that have a name and one text more; 0, also where there is none. */
static int check_list(const struct record *rec, const char *key,
		      const char *text)
{
	const json_t *list = record_get(rec, key), *entry;
	size_t i;

	if (list && !json_is_array(list))
		return record_bad(rec, key, "is no list");
	json_array_foreach(list, i, entry)
	{
		if (!json_string_value(json_object_get(entry, "name")) ||
		    !json_string_value(json_object_get(entry, text)))
			return record_bad(rec, key,
					  "has an entry without its texts");
	}
	return 0;
}

/* The load behind the colon, or NULL. */
static const char *leak_load(const char *test)
{
	static const char leak[] = "leak:";

	return strncmp(test, leak, strlen(leak)) ? NULL : test + strlen(leak);
}

/* One that failed may not have come so far. */
static int check_leak(const struct record *rec)
{
	if (!leak_load(record_str(rec, "test")) ||
	    (!correct_passed(rec) && !record_get(rec, "counts")))
		return 0;
	return record_check(rec, leak_keys, ARRAY_SIZE(leak_keys));
}

static int check(const struct reading *reading, const struct record *rec,
		 enum variant v)
{
	static const struct record_key reason = { "reason", RECORD_TEXT };

	if (correct_check_kernel(reading->c, reading->grid, rec, v))
		return -1;
	if (!correct_passed(rec)) {
		if (strcmp(record_str(rec, "result"), "failed"))
			return record_bad(rec, "result",
					  "is neither passed nor failed");
		if (record_check(rec, &reason, 1))
			return -1;
	}
	if (strcmp(record_str(rec, "test"), BUILD) &&
	    record_check(rec, run_keys, ARRAY_SIZE(run_keys)))
		return -1;
	if (record_get(rec, latest_key.key) &&
	    record_check(rec, &latest_key, 1))
		return -1;
	if (check_list(rec, "results", "result") ||
	    check_list(rec, "left_out", "reason"))
		return -1;
	return check_leak(rec);
}

/* Put a result into its row of the plan; 0, or -1 if it has no place there. */
static int place(const struct reading *reading, const struct record *rec)
{
	enum variant v;
	int ret;

	if (record_check(rec, keys, ARRAY_SIZE(keys)) ||
	    record_variant(rec, &v))
		return -1;
	ret = record_is_at(rec, "%s/%s/%s.%s.json", reading->dir,
			   variant_names[v], record_str(rec, "config"),
			   record_str(rec, "test")) ||
	      check(reading, rec, v);
	if (ret)
		return -1;
	if (!correct_is_planned(reading->c, record_str(rec, "config"),
				record_str(rec, "test"), v))
		return record_bad(rec, "test", "is not planned there");
	find_row(reading->c, record_str(rec, "config"), record_str(rec, "test"))
		->at[v] = *rec;
	reading->c->nr++;
	return 0;
}

static int read_file(const char *path, void *arg)
{
	struct record rec = { 0 };

	if (record_open(&rec, path))
		return -1;
	if (!place(arg, &rec))
		return 0;
	record_free(&rec);
	return -1;
}

int correct_read(struct correct *c, const char *dir, const struct grid *grid)
{
	struct reading reading = { c, dir, grid };
	char *plan;
	int ret;

	memset(c, 0, sizeof(*c));
	if (access(dir, F_OK))
		return 0;
	plan = path_in(dir, "plan");
	ret = read_plan(c, plan) ||
	      tree_variants_but(dir, "mutants", read_file, &reading);
	free(plan);
	if (!ret && !c->nr) {
		warnx("%s: holds no result; run 'make correct', or remove it",
		      dir);
		ret = -1;
	}
	if (ret)
		correct_free(c);
	return ret ? -1 : 0;
}

const struct record *correct_find(const struct planned *row, enum variant v)
{
	return row->at[v].json ? &row->at[v] : NULL;
}

const char *correct_leak(const struct planned *row)
{
	return leak_load(row->test);
}

long long correct_seconds(const struct correct *c, const char *test,
			  enum variant v)
{
	long long sum = 0;

	for (size_t i = 0; i < c->nr_rows; i++) {
		const struct record *rec = correct_find(&c->rows[i], v);

		if (rec && !strcmp(c->rows[i].test, test) &&
		    correct_passed(rec))
			sum += record_int(rec, "seconds");
	}
	return sum;
}

struct correct_sum correct_sum(const struct correct *c)
{
	struct correct_sum sum = { 0 };

	for (size_t i = 0; i < c->nr_rows; i++)
		for (int v = 0; v < NR_VARIANTS; v++) {
			const struct record *rec = correct_find(&c->rows[i], v);

			sum.planned += c->rows[i].variants[v];
			sum.passed += rec && correct_passed(rec);
		}
	sum.failed = c->nr - sum.passed;
	return sum;
}

void correct_summarize(const struct correct *c, json_t *summary)
{
	static const char *const copied[] = {
		"variant",  "config",		"test",	   "result",
		"seconds",  "reason",		"accel",   "cpus",
		"kunit",    "counts",		"results", "boots",
		"left_out", "latest_wakeup_ns",
	};
	json_t *list;

	if (!c->nr)
		return;
	list = json_array();
	for (int v = 0; v < NR_VARIANTS; v++)
		for (size_t i = 0; i < c->nr_rows; i++) {
			const struct record *rec = correct_find(&c->rows[i], v);
			json_t *entry;

			if (!rec)
				continue;
			entry = json_object();
			for (size_t k = 0; k < ARRAY_SIZE(copied); k++)
				if (record_get(rec, copied[k]))
					json_object_set(entry, copied[k],
							record_get(rec,
								   copied[k]));
			json_array_append_new(list, entry);
		}
	json_object_set_new(summary, "correctness", list);
}

void correct_free(struct correct *c)
{
	for (size_t i = 0; i < c->nr_rows; i++) {
		for (int v = 0; v < NR_VARIANTS; v++)
			record_free(&c->rows[i].at[v]);
		free(c->rows[i].config);
		free(c->rows[i].test);
	}
	free(c->rows);
	memset(c, 0, sizeof(*c));
}
