// SPDX-License-Identifier: GPL-2.0
/* Unit tests: results about correctness. */
#include "test_sample.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "correct.h"
#include "file.h"

/* A passed test of the configuration debug. */
static json_t *sample(const char *variant, const char *test)
{
	json_t *json = sample_record(variant), *more;

	more = json_pack("{ss ss ss si ss si ss}", "config", "debug", "test",
			 test, "result", "passed", "seconds", 60, "accel",
			 "smp", "cpus", 2, "command", "qemu");
	assert_non_null(more);
	json_object_update(json, more);
	json_decref(more);
	sample_set(json, "kernel.debug", json_true());
	sample_set(json, "kernel.config", json_string("debug"));
	sample_set(json, "kernel.suite_sha256", json_string(SHA("5555")));
	return json;
}

static int read_dir(struct correct *c, const char *dir)
{
	struct grid grid;
	int ret;

	sample_grid(&grid);
	ret = correct_read(c, dir, &grid);
	grid_free(&grid);
	return ret;
}

static void plan_and_results_meet(void **state)
{
	json_t *summary = json_object(), *list, *json;
	struct correct c;

	sample_text(*state, "plan",
		    "# a comment\n\n"
		    "debug all kunit storm\n"
		    "riscv64\traw,trylock\tbuild\n");
	sample_write(*state, "none/debug.kunit.json", sample("none", "kunit"));
	json = sample("raw", "storm");
	sample_set(json, "result", json_string("failed"));
	sample_set(json, "reason", json_string("WARNING: here"));
	sample_write(*state, "raw/debug.storm.json", json);
	/* Nothing ran, so nothing is known of a run. */
	json = sample("raw", "build");
	sample_set(json, "config", json_string("riscv64"));
	sample_set(json, "kernel.config", json_string("riscv64"));
	sample_set(json, "seconds", NULL);
	sample_set(json, "qemu", NULL);
	sample_write(*state, "raw/riscv64.build.json", json);

	assert_int_equal(read_dir(&c, *state), 0);
	assert_int_equal(c.nr_rows, 3);
	assert_int_equal(c.nr, 3);
	assert_string_equal(c.rows[1].test, "storm");
	assert_true(c.rows[1].variants[V_NO_LOCKS]);
	assert_false(c.rows[2].variants[V_NONE]);
	assert_true(c.rows[2].variants[V_TRYLOCK]);
	assert_null(correct_find(&c.rows[0], V_RAW));
	assert_true(correct_passed(correct_find(&c.rows[0], V_NONE)));
	assert_false(correct_passed(correct_find(&c.rows[1], V_RAW)));

	correct_summarize(&c, summary);
	list = json_object_get(summary, "correctness");
	assert_int_equal(json_array_size(list), 3);
	json = json_array_get(list, 1);
	assert_string_equal(json_string_value(json_object_get(json, "reason")),
			    "WARNING: here");
	json = json_array_get(list, 2);
	assert_null(json_object_get(json, "seconds"));
	json_decref(summary);
	correct_free(&c);
}

static void nothing_run_is_nothing(void **state)
{
	json_t *summary = json_object();
	char *none = path_in(*state, "none");
	struct correct c;

	assert_int_equal(read_dir(&c, none), 0);
	assert_int_equal(c.nr, 0);
	correct_summarize(&c, summary);
	assert_int_equal(json_object_size(summary), 0);
	json_decref(summary);
	free(none);

	/* A plan alone is no result. */
	sample_text(*state, "plan", "debug all kunit\n");
	assert_int_equal(read_dir(&c, *state), -1);
}

/* A result with one key changed is refused. */
static void refused(const char *dir, const char *key, json_t *value)
{
	json_t *json = sample("raw", "kunit");
	struct correct c;

	sample_set(json, key, value);
	sample_write(dir, "raw/debug.kunit.json", json);
	assert_int_equal(read_dir(&c, dir), -1);
	assert_int_equal(c.nr_rows, 0);
}

static void bad_results_are_refused(void **state)
{
	static const char *const needed[] = {
		"variant", "config", "test",	"result",	    "accel",
		"cpus",	   "qemu",   "command", "initramfs_sha256", "seconds",
	};
	struct correct c;

	sample_text(*state, "plan", "debug all kunit\ndebug none storm\n");
	sample_write(*state, "raw/debug.kunit.json", sample("raw", "kunit"));
	assert_int_equal(read_dir(&c, *state), 0);
	correct_free(&c);
	for (size_t i = 0; i < ARRAY_SIZE(needed); i++)
		refused(*state, needed[i], NULL);
	refused(*state, "kernel.debug", json_false());
	refused(*state, "kernel.config", json_string("kasan"));
	refused(*state, "kernel.variant", json_string("none"));
	refused(*state, "kernel.series_sha256", json_string(SHA("cccc")));
	refused(*state, "variant", json_string("bkl"));
	refused(*state, "result", json_string("skipped"));
	/* Nobody says why. */
	refused(*state, "result", json_string("failed"));
	refused(*state, "latest_wakeup_ns", json_string("soon"));
	refused(*state, "results", json_string("all"));
	refused(*state, "results", json_pack("[{ss}]", "name", "one"));
	refused(*state, "left_out", json_pack("[{ss}]", "reason", "none"));
	/* It is somewhere else. */
	refused(*state, "test", json_string("storm"));
}

static void counted_pages_are_checked(void **state)
{
	json_t *json = sample("raw", "leak:anon");
	struct correct c;

	sample_text(*state, "plan", "debug all leak:anon kunit\n");
	sample_write(*state, "raw/debug.leak:anon.json", json_incref(json));
	assert_int_equal(read_dir(&c, *state), -1);

	json_object_set_new(json, "counts",
			    json_pack("{si si si si si}", "before", 9, "after",
				      8, "interrupts", 7, "got", 6, "objects",
				      5));
	sample_write(*state, "raw/debug.leak:anon.json", json_incref(json));
	assert_int_equal(read_dir(&c, *state), 0);
	assert_string_equal(correct_leak(&c.rows[0]), "anon");
	assert_null(correct_leak(&c.rows[1]));
	correct_free(&c);

	sample_set(json, "counts.after", json_string("all"));
	sample_write(*state, "raw/debug.leak:anon.json", json_incref(json));
	assert_int_equal(read_dir(&c, *state), -1);

	/* It failed before it counted. */
	sample_set(json, "counts", NULL);
	sample_set(json, "result", json_string("failed"));
	sample_set(json, "reason", json_string("a load failed"));
	sample_write(*state, "raw/debug.leak:anon.json", json);
	assert_int_equal(read_dir(&c, *state), 0);
	correct_free(&c);
}

/* A result of storm in a configuration. */
static void write_storm(const char *dir, const char *config, const char *result)
{
	json_t *json = sample("raw", "storm");
	char *name;

	sample_set(json, "config", json_string(config));
	sample_set(json, "kernel.config", json_string(config));
	sample_set(json, "result", json_string(result));
	sample_set(json, "reason", json_string("WARNING: here"));
	assert_true(asprintf(&name, "raw/%s.storm.json", config) > 0);
	sample_write(dir, name, json);
	free(name);
}

static void what_passed_is_summed(void **state)
{
	struct correct_sum sum;
	struct correct c;

	sample_text(*state, "plan",
		    "debug all storm\nkasan all storm\n"
		    "kcsan raw storm\nup raw kunit\n");
	write_storm(*state, "debug", "passed");
	write_storm(*state, "kasan", "failed");
	write_storm(*state, "kcsan", "passed");
	assert_int_equal(read_dir(&c, *state), 0);
	assert_int_equal(correct_seconds(&c, "storm", V_RAW), 120);
	assert_int_equal(correct_seconds(&c, "storm", V_NONE), 0);
	assert_int_equal(correct_seconds(&c, "kunit", V_RAW), 0);
	sum = correct_sum(&c);
	assert_int_equal(sum.planned, 12);
	assert_int_equal(sum.passed, 2);
	assert_int_equal(sum.failed, 1);
	correct_free(&c);
}

static void what_is_not_planned_is_refused(void **state)
{
	struct correct c;

	sample_text(*state, "plan", "debug none kunit\n");
	sample_write(*state, "raw/debug.kunit.json", sample("raw", "kunit"));
	assert_int_equal(read_dir(&c, *state), -1);
}

/* What is read beside raw/debug.kunit.json of a result with a KEY of its own. */
static int read_beside(const char *dir, const char *variant, const char *key)
{
	json_t *json = sample(variant, "storm");
	struct correct c;
	char *name;
	int ret;

	sample_set(json, key, json_string(SHA("cccc")));
	sample_text(dir, "plan", "debug all kunit storm\n");
	sample_write(dir, "raw/debug.kunit.json", sample("raw", "kunit"));
	assert_true(asprintf(&name, "%s/debug.storm.json", variant) > 0);
	sample_write(dir, name, json);
	free(name);
	ret = read_dir(&c, dir);
	correct_free(&c);
	return ret;
}

static void two_kernels_of_a_configuration_are_refused(void **state)
{
	const char *key = "kernel.config_sha256";

	assert_int_equal(read_beside(*state, "raw", key), -1);
}

static void kernels_of_variants_may_differ(void **state)
{
	const char *key = "kernel.config_sha256";

	assert_int_equal(read_beside(*state, "none", key), 0);
}

static void suites_may_not_differ(void **state)
{
	const char *key = "kernel.suite_sha256";

	assert_int_equal(read_beside(*state, "none", key), -1);
}

static void bad_plans_are_refused(void **state)
{
	static const char *const plans[] = {
		"debug\n",
		"debug all\n",
		"debug none,bkl kunit\n",
		"debug all kunit kunit\n",
		"debug all kunit\ndebug raw kunit\n",
	};
	struct correct c;

	sample_write(*state, "raw/debug.kunit.json", sample("raw", "kunit"));
	assert_int_equal(read_dir(&c, *state), -1);
	for (size_t i = 0; i < ARRAY_SIZE(plans); i++) {
		sample_text(*state, "plan", plans[i]);
		assert_int_equal(read_dir(&c, *state), -1);
	}
}

#define IN_DIR(test) \
	cmocka_unit_test_setup_teardown(test, sample_dir, sample_dir_remove)

int main(void)
{
	const struct CMUnitTest tests[] = {
		IN_DIR(plan_and_results_meet),
		IN_DIR(nothing_run_is_nothing),
		IN_DIR(bad_results_are_refused),
		IN_DIR(counted_pages_are_checked),
		IN_DIR(what_passed_is_summed),
		IN_DIR(what_is_not_planned_is_refused),
		IN_DIR(two_kernels_of_a_configuration_are_refused),
		IN_DIR(kernels_of_variants_may_differ),
		IN_DIR(suites_may_not_differ),
		IN_DIR(bad_plans_are_refused),
	};

	return cmocka_run_group_tests_name("correct", tests, NULL, NULL);
}
