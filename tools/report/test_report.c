// SPDX-License-Identifier: GPL-2.0
/* Unit tests: statistics, pooling, ratios, checking of cells. */
#include "test_sample.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "chance.h"
#include "file.h"
#include "summary.h"

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
	assert_int_equal(hist_above(&a, 30), 0);
	assert_int_equal(hist_above(&a, 29), 5);
	assert_int_equal(hist_above(&a, 19), 7);
	assert_int_equal(hist_above(&a, 9), 10);
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
	assert_string_equal(record_str(&cell.rec, "kernel.base"), "7.2.11");
	assert_int_equal(record_int(&cell.rec, "cyclictest.max_ns"), 9);
	assert_null(record_get(&cell.rec, "kernel.nothing"));
	assert_null(record_get(&cell.rec, "accel.nothing"));
	cell_free(&cell);
}

/* Set or remove a key of a good cell and expect that it is refused. */
static void refused(const char *key, json_t *value)
{
	json_t *json = sample_cell();
	struct cell cell;

	sample_set(json, key, value);
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

static void grid_knows_its_loads_and_seeds(void **state)
{
	struct grid grid;

	(void)state;
	sample_grid(&grid);
	assert_int_equal(grid.nr_loads, 1);
	assert_true(grid.loads[L_IDLE]);
	assert_false(grid.loads[L_ALL]);
	assert_int_equal(grid.seeds[V_RAW].nr, 2);
	assert_int_equal(grid.seeds[V_RAW].at[1], 2);
	assert_int_equal(grid.seeds[V_TRYLOCK].nr, 0);
	assert_true(grid_even(&grid));
	assert_int_equal(grid_missing(&grid), 0);
	/* Whole variants are missing. */
	assert_int_equal(grid_complete(&grid, "dir"), -1);
	assert_null(grid_first(&grid, V_TRYLOCK));
	assert_int_equal(grid_first(&grid, V_RAW)->seed, 1);
	sample_set(grid.cells[0].rec.json, "samples", json_integer(50));
	assert_false(grid_even(&grid));
	grid_free(&grid);
}

static void other_seeds_are_uneven(void **state)
{
	struct grid grid;

	(void)state;
	sample_grid(&grid);
	grid.seeds[V_RAW].at[1] = 7;
	assert_false(grid_even(&grid));
	grid.seeds[V_RAW].nr = 1;
	assert_false(grid_even(&grid));
	grid_free(&grid);
}

static void ratio_is_against_none(void **state)
{
	struct latencies *all = malloc(sizeof(*all));
	struct grid grid;
	json_t *list, *raw;

	(void)state;
	sample_grid(&grid);
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

static void chance_is_exact(void **state)
{
	/* Six ways: the ratio is 2 in one, 4 / 3 in two, and below 1 in the others. */
	static const long long a[] = { 30, 40 }, b[] = { 20, 10 },
			       c[] = { 20, 20 };

	(void)state;
	assert_true(fabs(chance_of_ratio(a, 2, b, 2, 2, 1, false) - 1 / 6.) <
		    1e-9);
	assert_true(chance_of_ratio(a, 2, b, 2, 2, 1, true) == 0);
	assert_true(fabs(chance_of_ratio(a, 2, b, 2, 4, 3, false) - 1 / 2.) <
		    1e-9);
	assert_true(fabs(chance_of_ratio(b, 2, a, 2, 4, 3, false) - 1 / 2.) <
		    1e-9);
	/* One of three is the largest. */
	assert_true(fabs(chance_of_ratio(a, 1, c, 2, 1, 1, true) - 1 / 3.) <
		    1e-9);
	assert_true(chance_of_ratio(a, 0, b, 2, 2, 1, false) == 0);
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
		cmocka_unit_test(grid_knows_its_loads_and_seeds),
		cmocka_unit_test(other_seeds_are_uneven),
		cmocka_unit_test(ratio_is_against_none),
		cmocka_unit_test(chance_is_exact),
		cmocka_unit_test(form_stars_what_differs),
		cmocka_unit_test(thousands_are_separated),
		cmocka_unit_test(paths_are_relative),
		cmocka_unit_test(files_appear_whole_or_not),
	};

	return cmocka_run_group_tests_name("report", tests, NULL, NULL);
}
