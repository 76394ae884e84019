// SPDX-License-Identifier: GPL-2.0
/* Making, writing and reading of summary.json. */
#include <err.h>
#include <stdlib.h>
#include <string.h>

#include "file.h"
#include "summary.h"

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
	char *all = strdup(cell_str(grid->cells, key));

	if (!all)
		err(1, "%s", key);
	for (size_t i = 1; i < grid->nr; i++) {
		char *next = words_form(all, cell_str(&grid->cells[i], key));

		free(all);
		if (!next) {
			warnx("%s: key '%s' has more or fewer words than in %s; remove the cells that do not belong and measure them again",
			      grid->cells[i].path, key, grid->cells[0].path);
			return NULL;
		}
		all = next;
	}
	return all;
}

static void set_dates(json_t *summary, const struct grid *grid)
{
	const char *first = cell_str(grid->cells, "date"), *last = first;

	for (size_t i = 1; i < grid->nr; i++) {
		const char *date = cell_str(&grid->cells[i], "date");

		if (strcmp(date, first) < 0)
			first = date;
		if (strcmp(date, last) > 0)
			last = date;
	}
	json_object_set_new(summary, "dates",
			    json_pack("{ss ss}", "first", first, "last", last));
}

/* The keys variants (in order) and kernel (what differs between them). */
static void set_variants(json_t *summary, const struct grid *grid)
{
	json_t *variants = json_array(), *kernel = json_object();

	for (size_t i = 0; i < grid->nr; i++) {
		const struct cell *cell = &grid->cells[i];
		const char *name = variant_names[cell->variant];

		if (json_object_get(kernel, name))
			continue;
		json_array_append_new(variants, json_string(name));
		json_object_set_new(
			kernel, name,
			json_pack("{ss ss}", "config_sha256",
				  cell_str(cell, "kernel.config_sha256"),
				  "kernel_release",
				  cell_str(cell, "kernel.kernel_release")));
	}
	json_object_set_new(summary, "variants", variants);
	json_object_set_new(summary, "kernel", kernel);
}

json_t *summary_make(const struct grid *grid, const struct latencies *all)
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
		{ "profile", "profile" },
		{ "samples", "samples" },
		{ "interval_us", "interval_us" },
	};
	char *command = form(grid, "command");
	char *cmdline = command ? form(grid, "cmdline") : NULL;
	json_t *summary, *seeds = json_array();

	if (!cmdline) {
		free(command);
		json_decref(seeds);
		return NULL;
	}
	for (size_t i = 0; i < grid->nr_seeds; i++)
		json_array_append_new(seeds, json_integer(grid->seeds[i]));
	summary = json_pack("{ss ss so so}", "command", command, "cmdline",
			    cmdline, "seeds", seeds, "latency",
			    latency_json(all));
	if (!summary)
		errx(1, "out of memory");
	for (size_t i = 0; i < sizeof(same) / sizeof(same[0]); i++)
		json_object_set(summary, same[i].key,
				cell_get(grid->cells, same[i].of_cell));
	set_dates(summary, grid);
	set_variants(summary, grid);
	free(command);
	free(cmdline);
	return summary;
}

int summary_write(json_t *summary, const char *path)
{
	struct new_file file;

	if (new_file_open(&file, path))
		return -1;
	json_dumpf(summary, file.stream,
		   JSON_INDENT(2) | JSON_SORT_KEYS | JSON_REAL_PRECISION(12));
	fputc('\n', file.stream);
	return new_file_commit(&file);
}

json_t *summary_read(const char *path, const struct grid *grid,
		     const struct latencies *all)
{
	json_t *made, *found, *value;
	json_error_t error;
	const char *key;

	found = json_load_file(path, JSON_REJECT_DUPLICATES, &error);
	if (!found) {
		warnx("%s: %s; run 'make report'", path, error.text);
		return NULL;
	}
	made = summary_make(grid, all);
	if (!made)
		goto drop;
	json_object_foreach(made, key, value) {
		if (json_equal(value, json_object_get(found, key)))
			continue;
		warnx("%s: key '%s' is not what the raw cells give; run 'make report'",
		      path, key);
		goto drop;
	}
	json_decref(made);
	return found;
drop:
	json_decref(made);
	json_decref(found);
	return NULL;
}
