// SPDX-License-Identifier: GPL-2.0
/* Unit tests: statistics, pooling, ratios, checking of cells. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "file.h"
#include "summary.h"

#define SHA(c) c c c c c c c c c c c c c c c c
#define SHA_A SHA("aaaa")

/* A whole cell: latencies 3 ns (98 times), 5 ns, 9 ns. */
static json_t *sample_cell(void)
{
	json_t *cell = json_pack(
		"{si ss ss si ss ss si si ss ss ss ss ss si s{ss sb ss ss ss ss ss ss} s{ss si si si s{si si si}}}",
		"format", 1, "variant", "raw", "load", "pagecache", "seed", 1,
		"accel", "icount", "profile", "quick", "samples", 100,
		"interval_us", 200, "qemu", "QEMU 7", "initramfs_sha256", SHA_A,
		"command", "qemu -seed 1 -append 'seed=1 x=2'", "cmdline",
		"seed=1 x=2", "date", "2026-01-02T03:04:05Z", "rounds", 7,
		"kernel", "variant", "raw", "debug", 0, "base", "7.2.11",
		"base_sha256", SHA_A, "series_sha256", SHA_A, "config_sha256",
		SHA_A, "kernel_release", "7.2.11-raw", "compiler", "gcc 12",
		"cyclictest", "version", "2.40", "min_ns", 3, "max_ns", 9,
		"cycles", 100, "histogram", "3", 98, "5", 1, "9", 1);

	assert_non_null(cell);
	return cell;
}

/* Write the cell, give its reference back, and read it. */
static int write_and_read(json_t *json, struct cell *cell)
{
	char path[] = "/tmp/test_report.XXXXXX";
	int fd = mkstemp(path), ret;

	assert_true(fd >= 0);
	close(fd);
	assert_int_equal(json_dump_file(json, path, 0), 0);
	json_decref(json);
	ret = cell_read(cell, path);
	unlink(path);
	return ret;
}

static void percentile_is_nearest_rank(void **state)
{
	struct hist h = { 0 };

	(void)state;
	/* The textbook's example: 15, 20, 35, 40, 50. */
	hist_add(&h, 50, 1);
	hist_add(&h, 15, 1);
	hist_add(&h, 40, 1);
	hist_add(&h, 20, 1);
	hist_add(&h, 35, 1);
	assert_int_equal(hist_percentile(&h, 500), 15);
	assert_int_equal(hist_percentile(&h, 3000), 20);
	assert_int_equal(hist_percentile(&h, 4000), 20);
	assert_int_equal(hist_percentile(&h, 4001), 35);
	assert_int_equal(hist_percentile(&h, 5000), 35);
	assert_int_equal(hist_percentile(&h, 10000), 50);
	hist_free(&h);
}

static void p9999_needs_10000_wakeups(void **state)
{
	struct hist h = { 0 };

	(void)state;
	hist_add(&h, 1, 9998);
	hist_add(&h, 7, 1);
	assert_int_equal(hist_percentile(&h, 9999), 7);
	hist_free(&h);
	hist_add(&h, 1, 9999);
	hist_add(&h, 7, 1);
	assert_int_equal(hist_percentile(&h, 9999), 1);
	hist_add(&h, 7, 1);
	assert_int_equal(hist_percentile(&h, 9999), 7);
	hist_free(&h);
}

static void pooling_adds_counts(void **state)
{
	struct hist a = { 0 }, b = { 0 };

	(void)state;
	hist_add(&a, 10, 3);
	hist_add(&a, 30, 1);
	hist_add(&b, 20, 2);
	hist_add(&b, 30, 4);
	hist_pool(&a, &b);
	assert_int_equal(a.total, 10);
	assert_int_equal(a.nr, 3);
	assert_int_equal(a.bins[1].ns, 20);
	assert_int_equal(a.bins[2].count, 5);
	assert_int_equal(b.total, 6);
	assert_int_equal(hist_min(&a), 10);
	assert_int_equal(hist_max(&a), 30);
	assert_int_equal(hist_avg(&a), 22);
	hist_free(&a);
	hist_free(&b);
}

static void histogram_grows_sorted(void **state)
{
	struct hist h = { 0 };

	(void)state;
	for (int i = 1000; i > 0; i--)
		hist_add(&h, i, 1);
	assert_int_equal(h.nr, 1000);
	for (int i = 0; i < 1000; i++)
		assert_int_equal(h.bins[i].ns, i + 1);
	/* Mean 500.5 rounds away from zero. */
	assert_int_equal(hist_avg(&h), 501);
	hist_free(&h);
}

static void good_cell_is_read(void **state)
{
	struct cell cell;

	(void)state;
	assert_int_equal(write_and_read(sample_cell(), &cell), 0);
	assert_int_equal(cell.variant, V_RAW);
	assert_int_equal(cell.load, L_PAGECACHE);
	assert_int_equal(cell.seed, 1);
	assert_int_equal(cell.hist.total, 100);
	assert_string_equal(cell_str(&cell, "kernel.base"), "7.2.11");
	assert_int_equal(cell_int(&cell, "cyclictest.max_ns"), 9);
	assert_null(cell_get(&cell, "kernel.nothing"));
	assert_null(cell_get(&cell, "accel.nothing"));
	cell_free(&cell);
}

/* Set a key (one dot at most) of a good cell and expect that it is refused. */
static void refused(const char *key, json_t *value)
{
	json_t *json = sample_cell(), *at = json;
	const char *dot = strchr(key, '.');
	struct cell cell;

	if (dot) {
		at = json_object_getn(json, key, dot - key);
		key = dot + 1;
	}
	assert_non_null(json_object_get(at, key));
	if (value)
		json_object_set_new(at, key, value);
	else
		json_object_del(at, key);
	assert_int_equal(write_and_read(json, &cell), -1);
}

static void missing_keys_are_refused(void **state)
{
	static const char *const keys[] = {
		"format",
		"variant",
		"load",
		"seed",
		"accel",
		"profile",
		"samples",
		"interval_us",
		"qemu",
		"initramfs_sha256",
		"command",
		"cmdline",
		"date",
		"rounds",
		"kernel",
		"kernel.variant",
		"kernel.debug",
		"kernel.base",
		"kernel.base_sha256",
		"kernel.series_sha256",
		"kernel.config_sha256",
		"kernel.kernel_release",
		"kernel.compiler",
		"cyclictest",
		"cyclictest.version",
		"cyclictest.min_ns",
		"cyclictest.max_ns",
		"cyclictest.cycles",
		"cyclictest.histogram",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++)
		refused(keys[i], NULL);
}

static void wrong_values_are_refused(void **state)
{
	(void)state;
	refused("format", json_integer(2));
	refused("variant", json_string("rare"));
	refused("variant", json_string("none"));
	refused("load", json_string("idling"));
	refused("seed", json_string("1"));
	refused("seed", json_integer(-1));
	refused("accel", json_string(""));
	refused("samples", json_real(100));
	refused("samples", json_integer(99));
	refused("initramfs_sha256", json_string("aaaa"));
	refused("date", json_string("yesterday"));
	refused("date", json_string("2026-01-02T03:04:05Z "));
	refused("rounds", json_integer(0));
	refused("kernel.debug", json_true());
	refused("cyclictest.cycles", json_integer(99));
	refused("cyclictest.min_ns", json_integer(2));
	refused("cyclictest.max_ns", json_integer(10));
	refused("cyclictest.histogram", json_object());
	refused("cyclictest.histogram", json_pack("{si si}", "3", 99, "-9", 1));
	refused("cyclictest.histogram",
		json_pack("{si si si}", "3", 100, "5", 0, "9", 0));
	refused("cyclictest.histogram",
		json_pack("{si sf}", "3", 99, "9", 1.0));
}

static void duplicate_keys_are_refused(void **state)
{
	char path[] = "/tmp/test_report.XXXXXX";
	int fd = mkstemp(path);
	FILE *file = fdopen(fd, "w");
	struct cell cell;

	(void)state;
	fputs("{\"format\": 1, \"format\": 1}", file);
	fclose(file);
	assert_int_equal(cell_read(&cell, path), -1);
	unlink(path);
	assert_int_equal(cell_read(&cell, path), -1);
}

static void idle_needs_no_rounds(void **state)
{
	json_t *json = sample_cell();
	struct cell cell;

	(void)state;
	json_object_set_new(json, "load", json_string("idle"));
	json_object_del(json, "rounds");
	assert_int_equal(write_and_read(json, &cell), 0);
	cell_free(&cell);
}

/* A grid of hand-made cells: none and raw under idle, two seeds. */
static void make_grid(struct grid *grid)
{
	static const struct {
		enum variant v;
		long long seed, max;
	} of[] = {
		{ V_NONE, 1, 100 },
		{ V_NONE, 2, 200 },
		{ V_RAW, 1, 300 },
		{ V_RAW, 2, 250 },
	};

	memset(grid, 0, sizeof(*grid));
	grid->cells = calloc(4, sizeof(*grid->cells));
	grid->seeds = calloc(2, sizeof(*grid->seeds));
	grid->nr = 4;
	grid->nr_seeds = 2;
	for (int i = 0; i < 4; i++) {
		struct cell *cell = &grid->cells[i];

		cell->json = sample_cell();
		cell->variant = of[i].v;
		cell->load = L_IDLE;
		cell->seed = of[i].seed;
		hist_add(&cell->hist, 50, 9);
		hist_add(&cell->hist, of[i].max, 1);
	}
	grid->seeds[0] = 1;
	grid->seeds[1] = 2;
}

static void ratio_is_against_none(void **state)
{
	struct latencies *all = malloc(sizeof(*all));
	struct grid grid;
	json_t *list, *raw;

	(void)state;
	make_grid(&grid);
	assert_int_equal(grid_missing(&grid), NR_VARIANTS * NR_LOADS * 2 - 4);
	assert_ptr_equal(grid_find(&grid, V_RAW, L_IDLE, 2), &grid.cells[3]);
	assert_null(grid_find(&grid, V_RAW, L_ANON, 2));
	latencies_pool(all, &grid);
	assert_true(measured(all, V_RAW, L_IDLE));
	assert_false(measured(all, V_TRYLOCK, L_IDLE));
	assert_true(max_ratio(all, V_RAW, L_IDLE) == 1.5);
	assert_true(max_ratio(all, V_NONE, L_IDLE) == 1.0);
	assert_true(max_ratio(all, V_TRYLOCK, L_IDLE) == 0);

	list = latency_json(all);
	assert_int_equal(json_array_size(list), 2);
	raw = json_array_get(list, 1);
	assert_string_equal(json_string_value(json_object_get(raw, "variant")),
			    "raw");
	assert_int_equal(json_integer_value(json_object_get(raw, "samples")),
			 20);
	assert_int_equal(json_integer_value(json_object_get(raw, "max_ns")),
			 300);
	assert_int_equal(json_integer_value(json_array_get(
				 json_object_get(raw, "seed_max_ns"), 1)),
			 250);
	assert_true(json_real_value(json_object_get(raw, "max_ratio")) == 1.5);
	json_decref(list);
	latencies_free(all);
	free(all);
	grid_free(&grid);
}

static void form_stars_what_differs(void **state)
{
	char *form = words_form("qemu -seed 1 -m 1024 load=idle x=1",
				"qemu -seed 22 -m 1024 load=anon x=1");

	(void)state;
	assert_string_equal(form, "qemu -seed * -m 1024 load=* x=1");
	free(form);
	form = words_form("a=* * b=1", "a=x y c=1");
	assert_string_equal(form, "a=* * *");
	free(form);
	assert_null(words_form("a b", "a b c"));
	assert_null(words_form("a b c", "a b"));
}

static void thousands_are_separated(void **state)
{
	char text[NS_TEXT];

	(void)state;
	assert_string_equal(ns_text(text, 0), "0");
	assert_string_equal(ns_text(text, 999), "999");
	assert_string_equal(ns_text(text, 1000), "1,000");
	assert_string_equal(ns_text(text, 408904), "408,904");
	assert_string_equal(ns_text(text, 12345678901LL), "12,345,678,901");
}

static void paths_are_relative(void **state)
{
	char dir[] = "/tmp/test_report.XXXXXX", *path;

	(void)state;
	assert_non_null(mkdtemp(dir));
	assert_int_equal(chdir(dir), 0);
	assert_int_equal(mkdir("a", 0700), 0);
	assert_int_equal(mkdir("a/b", 0700), 0);
	assert_int_equal(mkdir("ab", 0700), 0);
	path = relative_path("report.md", "a/b");
	assert_string_equal(path, "a/b");
	free(path);
	path = relative_path("ab/report.md", "a/b");
	assert_string_equal(path, "../a/b");
	free(path);
	path = relative_path("a/b/report.md", "a");
	assert_string_equal(path, "..");
	free(path);
	assert_null(relative_path("none/report.md", "a"));
	rmdir("a/b");
	rmdir("a");
	rmdir("ab");
	assert_int_equal(chdir("/"), 0);
	rmdir(dir);
}

static void files_appear_whole_or_not(void **state)
{
	char dir[] = "/tmp/test_report.XXXXXX", path[64], line[16] = "";
	struct new_file file;
	FILE *old;

	(void)state;
	assert_non_null(mkdtemp(dir));
	snprintf(path, sizeof(path), "%s/file", dir);
	assert_int_equal(new_file_open(&file, path), 0);
	fputs("one", file.stream);
	assert_int_equal(access(path, F_OK), -1);
	assert_int_equal(new_file_commit(&file), 0);
	assert_int_equal(new_file_open(&file, path), 0);
	fputs("two", file.stream);
	new_file_drop(&file);
	old = fopen(path, "r");
	assert_non_null(fgets(line, sizeof(line), old));
	fclose(old);
	assert_string_equal(line, "one");
	unlink(path);
	/* Fails if a temporary file was left. */
	assert_int_equal(rmdir(dir), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(percentile_is_nearest_rank),
		cmocka_unit_test(p9999_needs_10000_wakeups),
		cmocka_unit_test(pooling_adds_counts),
		cmocka_unit_test(histogram_grows_sorted),
		cmocka_unit_test(good_cell_is_read),
		cmocka_unit_test(missing_keys_are_refused),
		cmocka_unit_test(wrong_values_are_refused),
		cmocka_unit_test(duplicate_keys_are_refused),
		cmocka_unit_test(idle_needs_no_rounds),
		cmocka_unit_test(ratio_is_against_none),
		cmocka_unit_test(form_stars_what_differs),
		cmocka_unit_test(thousands_are_separated),
		cmocka_unit_test(paths_are_relative),
		cmocka_unit_test(files_appear_whole_or_not),
	};

	return cmocka_run_group_tests_name("report", tests, NULL, NULL);
}
