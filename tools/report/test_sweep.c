// SPDX-License-Identifier: GPL-2.0
/* Unit tests: the sweep of the batch. */
#include "test_sample.h"

#include <math.h>
#include <string.h>

#include "sweep.h"

static json_t *sample(int batch, const char *config, double ns)
{
	json_t *json = sample_record("raw"), *more;

	more = json_pack("{si si ss s{si si} s{sf sf}}", "batch", batch,
			 "hold_max_ns", 100 + batch, "hold_site", "mm/a.c:fill",
			 "cyclictest_max_ns", "pagecache", 7, "anon", 9,
			 "throughput", "pagecache", ns, "anon", 4 * ns);
	assert_non_null(more);
	json_object_update(json, more);
	json_decref(more);
	sample_set(json, "kernel.config_sha256", json_string(config));
	return json;
}

static int read_dir(struct sweep *sweep, const char *dir)
{
	struct grid grid;
	int ret;

	sample_grid(&grid);
	ret = sweep_read(sweep, dir, &grid);
	grid_free(&grid);
	return ret;
}

static void no_limit_is_last_and_the_base(void **state)
{
	json_t *summary = json_object(), *entry, *json;
	const char *load = NULL;
	struct sweep sweep;

	json = sample(16, SHA_A, 500);
	sample_set(json, "default", json_true());
	sample_write(*state, "0.json", sample(0, SHA("0000"), 1000));
	sample_write(*state, "16.json", json);
	sample_write(*state, "4.json", sample(4, SHA("4444"), 2000));
	assert_int_equal(read_dir(&sweep, *state), 0);
	assert_int_equal(sweep.nr, 3);
	assert_int_equal(sweep.points[0].batch, 4);
	assert_int_equal(sweep.points[1].batch, 16);
	assert_int_equal(sweep.points[2].batch, 0);
	assert_true(sweep.points[1].is_default);
	assert_false(sweep.points[0].is_default);
	assert_true(fabs(sweep_ratio(&sweep, 0) - 0.5) < 1e-9);
	assert_true(fabs(sweep_ratio(&sweep, 1) - 2) < 1e-9);
	assert_true(fabs(sweep_ratio(&sweep, 2) - 1) < 1e-9);
	assert_int_equal(sweep_wakeup(&sweep.points[0], &load), 9);
	assert_string_equal(load, "anon");
	assert_int_equal(sweep_complete(&sweep, *state), 0);

	sweep_summarize(&sweep, summary);
	entry = json_array_get(json_object_get(summary, "sweep"), 1);
	assert_int_equal(json_integer_value(json_object_get(entry, "batch")),
			 16);
	assert_true(json_is_true(json_object_get(entry, "default")));
	json_decref(summary);
	sweep_free(&sweep);
}

static void no_base_no_ratio(void **state)
{
	struct sweep sweep;

	sample_write(*state, "4.json", sample(4, SHA("4444"), 2000));
	assert_int_equal(read_dir(&sweep, *state), 0);
	assert_true(sweep_ratio(&sweep, 0) == 0);
	assert_int_equal(sweep_complete(&sweep, *state), -1);
	sweep_free(&sweep);
}

/* Batch 8 with one key changed, beside a good batch 4, is refused. */
static void refused(const char *dir, const char *key, json_t *value)
{
	json_t *json = sample(8, SHA_A, 500), *other;
	struct sweep sweep;

	sample_set(json, "default", json_true());
	other = sample(4, SHA("4444"), 2000);
	sample_write(dir, "4.json", other);
	sample_set(json, key, value);
	sample_write(dir, "8.json", json);
	assert_int_equal(read_dir(&sweep, dir), -1);
}

static void bad_points_are_refused(void **state)
{
	static const char *const needed[] = {
		"format",
		"batch",
		"qemu",
		"initramfs_sha256",
		"date",
		"kernel",
		"kernel.series_sha256",
		"kernel.config_sha256",
		"hold_max_ns",
		"hold_site",
		"cyclictest_max_ns",
		"throughput",
		"throughput.anon",
		"cyclictest_max_ns.anon",
	};

	for (size_t i = 0; i < ARRAY_SIZE(needed); i++)
		refused(*state, needed[i], NULL);
	refused(*state, "batch", json_integer(64));
	refused(*state, "batch", json_integer(9));
	refused(*state, "hold_max_ns", json_integer(0));
	refused(*state, "throughput.rare", json_real(1));
	refused(*state, "throughput.compile", json_real(1));
	refused(*state, "throughput.anon", json_real(0));
	refused(*state, "default", json_string("yes"));
	refused(*state, "kernel.series_sha256", json_string(SHA("cccc")));
	refused(*state, "initramfs_sha256", json_string(SHA("cccc")));
	/* Not the configuration of raw, and that of another batch. */
	refused(*state, "kernel.config_sha256", json_string(SHA("cccc")));
	refused(*state, "kernel.config_sha256", json_string(SHA("4444")));
}

static void two_defaults_are_refused(void **state)
{
	json_t *a = sample(4, SHA("4444"), 1), *b = sample(8, SHA_A, 1);
	struct sweep sweep;

	sample_set(a, "default", json_true());
	sample_set(b, "default", json_true());
	sample_write(*state, "4.json", a);
	sample_write(*state, "8.json", b);
	assert_int_equal(read_dir(&sweep, *state), -1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(no_limit_is_last_and_the_base,
						sample_dir, sample_dir_remove),
		cmocka_unit_test_setup_teardown(no_base_no_ratio, sample_dir,
						sample_dir_remove),
		cmocka_unit_test_setup_teardown(bad_points_are_refused,
						sample_dir, sample_dir_remove),
		cmocka_unit_test_setup_teardown(two_defaults_are_refused,
						sample_dir, sample_dir_remove),
	};

	return cmocka_run_group_tests_name("sweep", tests, NULL, NULL);
}
