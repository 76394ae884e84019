// SPDX-License-Identifier: GPL-2.0
/* Unit tests: benchmarks. */
#include "test_sample.h"

#include <math.h>
#include <stdlib.h>

#include "file.h"
#include "interval.h"
#include "perf.h"

/* Two benchmarks with two seeds; @ns is what the first took. */
static json_t *perf_file(const char *variant, double ns)
{
	json_t *file = sample_record(variant), *more;

	more = json_pack(
		"{ss ss ss ss si s[ii] s[{ss ss s[ff]} {ss ss s[ff]}] s[]}",
		"accel", "icount", "profile", "custom", "command", "qemu",
		"cmdline", "quiet", "blocks", 100, "seeds", 1, 2, "benchmarks",
		"name", "single", "unit", "a block", "values", ns, ns, "name",
		"many", "unit", "a block", "values", 300.0, 500.0, "events");
	assert_non_null(more);
	json_object_update(file, more);
	json_decref(more);
	return file;
}

static void write_file(const char *dir, const char *variant, double ns,
		       const char *key, json_t *value)
{
	char *name;
	json_t *file = perf_file(variant, ns);

	assert_true(asprintf(&name, "icount/%s.json", variant) > 0);
	if (key)
		sample_set(file, key, value);
	sample_write(dir, name, file);
	free(name);
}

static int read_dir(struct perf *perf, const char *dir)
{
	struct grid grid;
	int ret;

	sample_grid(&grid);
	ret = perf_read(perf, dir, &grid);
	grid_free(&grid);
	return ret;
}

static void benchmarks_are_compared(void **state)
{
	const struct record *none, *raw;
	json_t *summary = json_object();
	struct perf perf;
	double interval;

	write_file(*state, "none", 200, NULL, NULL);
	write_file(*state, "raw", 100, NULL, NULL);
	assert_int_equal(read_dir(&perf, *state), 0);
	assert_int_equal(perf.nr, 2);
	none = perf_find(&perf, PERF_ICOUNT, V_NONE);
	raw = perf_find(&perf, PERF_ICOUNT, V_RAW);
	assert_null(perf_find(&perf, PERF_SMP, V_RAW));
	assert_true(perf_value(raw, 1) == 400);
	assert_true(fabs(perf_ratio(none, raw, 0, &interval) - 2) < 1e-9);
	assert_true(fabs(interval - 1) < 1e-9);
	assert_true(fabs(perf_ratio(none, raw, SIZE_MAX, &interval) - sqrt(2)) <
		    1e-9);
	assert_int_equal(perf_complete(&perf, *state), -1);
	perf_summarize(&perf, summary);
	assert_int_equal(json_array_size(json_object_get(summary, "perf")), 4);
	json_decref(summary);
	perf_free(&perf);
}

static void intervals(void **state)
{
	const double logs[] = { log(1.1), log(1.1), log(1.1) };
	const double two[] = { 0, log(1.21) };

	(void)state;
	assert_true(interval_of_logs(logs, 1) == 0);
	assert_true(fabs(interval_of_logs(logs, 3) - 1) < 1e-9);
	/* Half of the difference, times the quantile for one degree of freedom. */
	assert_true(fabs(log(interval_of_logs(two, 2)) - 12.7062 * log(1.1)) <
		    1e-3);
}

static void nothing_measured(void **state)
{
	json_t *summary = json_object();
	struct perf perf;
	char *none = path_in(*state, "perf");

	assert_int_equal(read_dir(&perf, none), 0);
	assert_int_equal(perf.nr, 0);
	assert_int_equal(perf_complete(&perf, none), 0);
	perf_summarize(&perf, summary);
	assert_null(json_object_get(summary, "perf"));
	json_decref(summary);
	free(none);
}

static void refused(const char *dir, const char *key, json_t *value)
{
	struct perf perf;

	write_file(dir, "raw", 100, key, value);
	assert_int_equal(read_dir(&perf, dir), -1);
}

static void bad_benchmarks_are_refused(void **state)
{
	write_file(*state, "none", 200, NULL, NULL);
	refused(*state, "benchmarks", json_array());
	refused(*state, "benchmarks",
		json_pack("[{ss ss s[ff]}]", "name", "single", "unit", "u",
			  "values", 1.0, 2.0));
	refused(*state, "benchmarks",
		json_pack("[{ss ss s[ff]} {ss ss s[ff]}]", "name", "other",
			  "unit", "u", "values", 1.0, 2.0, "name", "many",
			  "unit", "u", "values", 1.0, 2.0));
	refused(*state, "benchmarks",
		json_pack("[{ss ss s[f]} {ss ss s[ff]}]", "name", "single",
			  "unit", "u", "values", 1.0, "name", "many", "unit",
			  "u", "values", 1.0, 2.0));
	refused(*state, "seeds", json_pack("[ii]", 1, 3));
	refused(*state, "blocks", json_integer(200));
	refused(*state, "accel", json_string("smp"));
	refused(*state, "kernel.series_sha256", json_string(SHA("cccc")));
	refused(*state, "kernel.config_sha256", json_string(SHA("cccc")));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(benchmarks_are_compared,
						sample_dir, sample_dir_remove),
		cmocka_unit_test(intervals),
		cmocka_unit_test_setup_teardown(nothing_measured, sample_dir,
						sample_dir_remove),
		cmocka_unit_test_setup_teardown(bad_benchmarks_are_refused,
						sample_dir, sample_dir_remove),
	};

	return cmocka_run_group_tests_name("perf", tests, NULL, NULL);
}
