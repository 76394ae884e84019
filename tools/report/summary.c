// SPDX-License-Identifier: GPL-2.0
/* Making, writing and reading of summary.json. */
#include <err.h>
#include <stdlib.h>
#include <string.h>

#include "contention.h"
#include "correct.h"
#include "file.h"
#include "holds.h"
#include "reach.h"
#include "summary.h"
#include "throughput.h"
#include "trace.h"

char *words_form(const char *a, const char *b)
{
	char *form = malloc(2 * strlen(a) + 2), *at = form;

	if (!form)
		err(1, "command");
	for (;;) {
		size_t la = strcspn(a, " "), lb = strcspn(b, " ");
		size_t key = strcspn(a, " =");

		if (la == lb && !memcmp(a, b, la)) {
			at = mempcpy(at, a, la);
		} else {
			if (key < la && key < lb && !memcmp(a, b, key + 1))
				at = mempcpy(at, a, key + 1);
			*at++ = '*';
		}
		if (!a[la] || !b[lb]) {
			*at = '\0';
			if (!a[la] && !b[lb])
				return form;
			free(form);
			return NULL;
		}
		*at++ = ' ';
		a += la + 1;
		b += lb + 1;
	}
}

/* The form of the command lines of all cells; NULL if there are several. */
static char *form(const struct grid *grid, const char *key)
{
	char *all = strdup(record_str(&grid->cells->rec, key));

	if (!all)
		err(1, "%s", key);
	for (size_t i = 1; i < grid->nr; i++) {
		char *next =
			words_form(all, record_str(&grid->cells[i].rec, key));

		free(all);
		if (!next) {
			warnx("%s: key '%s' has more or fewer words than in %s; remove the cells that do not belong and measure them again",
			      grid->cells[i].rec.path, key,
			      grid->cells[0].rec.path);
			return NULL;
		}
		all = next;
	}
	return all;
}

static void set_dates(json_t *summary, const struct grid *grid)
{
	const char *first = NULL, *last = NULL;

	for (size_t i = 0; i < grid->nr; i++)
		record_dates(&grid->cells[i].rec, &first, &last);
	json_object_set_new(summary, "dates",
			    json_pack("{ss ss}", "first", first, "last", last));
}

/* The profile of all variants, or "mixed". */
static const char *profile(const struct grid *grid)
{
	const char *first = record_str(&grid->cells->rec, "profile");

	for (size_t i = 1; i < grid->nr; i++)
		if (strcmp(record_str(&grid->cells[i].rec, "profile"), first))
			return "mixed";
	return first;
}

static json_t *seeds(const struct grid *grid, enum variant v)
{
	json_t *list = json_array();

	for (size_t s = 0; s < grid->seeds[v].nr; s++)
		json_array_append_new(list, json_integer(grid->seeds[v].at[s]));
	return list;
}

/* What differs between the variants: variants (in order), kernel and runs. */
static void set_variants(json_t *summary, const struct grid *grid)
{
	json_t *variants = json_array(), *kernel = json_object(),
	       *runs = json_object();

	for (int v = 0; v < NR_VARIANTS; v++) {
		const struct cell *cell = grid_first(grid, v);
		const char *name = variant_names[v];

		if (!cell)
			continue;
		json_array_append_new(variants, json_string(name));
		json_object_set_new(
			kernel, name,
			json_pack("{sO sO}", "config_sha256",
				  record_get(&cell->rec,
					     "kernel.config_sha256"),
				  "kernel_release",
				  record_get(&cell->rec,
					     "kernel.kernel_release")));
		json_object_set_new(runs, name,
				    json_pack("{sO sO so}", "profile",
					      record_get(&cell->rec, "profile"),
					      "samples",
					      record_get(&cell->rec, "samples"),
					      "seeds", seeds(grid, v)));
	}
	json_object_set_new(summary, "variants", variants);
	json_object_set_new(summary, "kernel", kernel);
	json_object_set_new(summary, "runs", runs);
}

json_t *summary_make(const struct results *results)
{
	static const struct {
		const char *key, *of_cell;
	} same[] = {
		{ "accel", "accel" },
		{ "base", "kernel.base" },
		{ "base_sha256", "kernel.base_sha256" },
		{ "series_sha256", "kernel.series_sha256" },
		{ "compiler", "kernel.compiler" },
		{ "qemu", "qemu" },
		{ "initramfs_sha256", "initramfs_sha256" },
		{ "cyclictest", "cyclictest.version" },
		{ "interval_us", "interval_us" },
	};
	const struct grid *grid = &results->grid;
	char *command = form(grid, "command");
	char *cmdline = command ? form(grid, "cmdline") : NULL;
	json_t *summary;

	if (!cmdline) {
		free(command);
		return NULL;
	}
	summary = json_pack("{ss ss ss so}", "command", command, "cmdline",
			    cmdline, "profile", profile(grid), "latency",
			    latency_json(results->all));
	if (!summary)
		errx(1, "out of memory");
	for (size_t i = 0; i < ARRAY_SIZE(same); i++)
		json_object_set(summary, same[i].key,
				record_get(&grid->cells->rec, same[i].of_cell));
	set_dates(summary, grid);
	set_variants(summary, grid);
	holds_summarize(&results->holds, summary);
	reach_summarize(&results->reach, &results->holds, summary);
	throughput_summarize(&results->throughput, NULL, summary);
	throughput_summarize(&results->throughput_nort, "nort", summary);
	sweep_summarize(&results->sweep, summary);
	trace_summarize(&results->trace, summary);
	cost_summarize(&results->costs, summary);
	contention_summarize(&results->contention, summary);
	alloc_summarize(&results->alloc, summary);
	kfree_summarize(&results->kfree, summary);
	flooded_summarize(&results->flooded, summary);
	perf_summarize(&results->perf, summary);
	machines_summarize(&results->machines, summary);
	correct_summarize(&results->correct, summary);
	mutants_summarize(&results->mutants, summary);
	free(command);
	free(cmdline);
	return summary;
}

#define DUMP_FLAGS (JSON_INDENT(2) | JSON_SORT_KEYS | JSON_REAL_PRECISION(12))

int summary_write(json_t *summary, const char *path)
{
	struct new_file file;

	if (new_file_open(&file, path))
		return -1;
	json_dumpf(summary, file.stream, DUMP_FLAGS);
	fputc('\n', file.stream);
	return new_file_commit(&file);
}

/* The summary with its numbers rounded as in the file. */
static json_t *as_written(json_t *summary)
{
	char *text = json_dumps(summary, DUMP_FLAGS);
	json_t *copy = text ? json_loads(text, 0, NULL) : NULL;

	if (!copy)
		errx(1, "out of memory");
	free(text);
	json_decref(summary);
	return copy;
}

/* A key that differs between two objects, or NULL. */
static const char *differing(json_t *a, json_t *b)
{
	const char *key;
	json_t *value;

	json_object_foreach(a, key, value)
		if (!json_equal(value, json_object_get(b, key)))
			return key;
	return NULL;
}

json_t *summary_read(const char *path, const struct results *results)
{
	json_error_t error;
	json_t *made, *found;
	const char *key;

	found = json_load_file(path, JSON_REJECT_DUPLICATES, &error);
	if (!found) {
		warnx("%s: %s; run 'make report'", path, error.text);
		return NULL;
	}
	made = summary_make(results);
	if (!made) {
		json_decref(found);
		return NULL;
	}
	made = as_written(made);
	key = differing(made, found);
	if (!key)
		key = differing(found, made);
	if (key) {
		warnx("%s: key '%s' is not what the measured results give; run 'make report'",
		      path, key);
		json_decref(found);
		found = NULL;
	}
	json_decref(made);
	return found;
}
