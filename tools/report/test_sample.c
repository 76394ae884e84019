// SPDX-License-Identifier: GPL-2.0
/* What the unit tests share. */
#include "test_sample.h"

#include <ftw.h>
#include <libgen.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "file.h"

json_t *sample_record(const char *variant)
{
	json_t *json = json_pack(
		"{si ss ss ss ss s{ss sb ss ss ss ss ss ss}}", "format", 1,
		"variant", variant, "qemu", "QEMU 7", "initramfs_sha256", SHA_A,
		"date", "2026-01-02T03:04:05Z", "kernel", "variant", variant,
		"debug", 0, "base", "7.2.11", "base_sha256", SHA_A,
		"series_sha256", SHA_A, "config_sha256",
		strcmp(variant, "none") ? SHA_A : SHA("bbbb"), "kernel_release",
		"7.2.11-x", "compiler", "gcc 12");

	assert_non_null(json);
	return json;
}

json_t *sample_cell(void)
{
	json_t *cell = sample_record("raw"), *more;

	more = json_pack(
		"{ss si ss ss si si ss ss si s{ss si si si s{si si si}}}",
		"load", "pagecache", "seed", 1, "accel", "icount", "profile",
		"quick", "samples", 100, "interval_us", 200, "command",
		"qemu -seed 1 -append 'seed=1 x=2'", "cmdline", "seed=1 x=2",
		"rounds", 7, "cyclictest", "version", "2.40", "min_ns", 3,
		"max_ns", 9, "cycles", 100, "histogram", "3", 98, "5", 1, "9",
		1);
	assert_non_null(more);
	json_object_update(cell, more);
	json_decref(more);
	return cell;
}

void sample_grid(struct grid *grid)
{
	static const struct {
		enum variant v;
		long long seed, max;
	} of[] = {
		{ V_RAW, 1, 300 },
		{ V_NONE, 2, 200 },
		{ V_RAW, 2, 250 },
		{ V_NONE, 1, 100 },
	};

	memset(grid, 0, sizeof(*grid));
	grid->nr = ARRAY_SIZE(of);
	grid->cells = calloc(grid->nr, sizeof(*grid->cells));
	for (size_t i = 0; i < grid->nr; i++) {
		struct cell *cell = &grid->cells[i];

		cell->rec.json = sample_cell();
		if (of[i].v == V_NONE)
			sample_set(cell->rec.json, "kernel.config_sha256",
				   json_string(SHA("bbbb")));
		cell->variant = of[i].v;
		cell->load = L_IDLE;
		cell->seed = of[i].seed;
		hist_add(&cell->hist, 50, 9);
		hist_add(&cell->hist, of[i].max, 1);
	}
	grid_index(grid);
}

void sample_set(json_t *json, const char *key, json_t *value)
{
	const char *dot = strchr(key, '.');

	if (dot) {
		json = json_object_getn(json, key, dot - key);
		key = dot + 1;
	}
	assert_non_null(json);
	if (value)
		json_object_set_new(json, key, value);
	else
		json_object_del(json, key);
}

int sample_dir(void **state)
{
	*state = mkdtemp(strdup("/tmp/test_report.XXXXXX"));
	return *state ? 0 : -1;
}

static int remove_one(const char *path, const struct stat *st, int type,
		      struct FTW *ftw)
{
	(void)st, (void)type, (void)ftw;
	return remove(path);
}

int sample_dir_remove(void **state)
{
	int ret = nftw(*state, remove_one, 8, FTW_DEPTH | FTW_PHYS);

	free(*state);
	return ret;
}

void sample_write(const char *dir, const char *name, json_t *json)
{
	char *path = path_in(dir, name), *parent = strdup(path);

	mkdir(dirname(parent), 0700);
	assert_int_equal(json_dump_file(json, path, 0), 0);
	json_decref(json);
	free(parent);
	free(path);
}

void sample_text(const char *dir, const char *name, const char *text)
{
	char *path = path_in(dir, name);
	FILE *file = fopen(path, "w");

	assert_non_null(file);
	fputs(text, file);
	fclose(file);
	free(path);
}
