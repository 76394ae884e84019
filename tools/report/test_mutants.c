// SPDX-License-Identifier: GPL-2.0
/* Unit tests: results of mutants. */
#include "test_sample.h"

#include <stdio.h>
#include <stdlib.h>

#include "file.h"
#include "mutants.h"

/* A mutant that is caught in the configuration debug. */
static json_t *sample(const char *name)
{
	json_t *json = sample_record("raw"), *more;

	more = json_pack("{ss ss ss ss sb ss ss}", "name", name, "config",
			 "debug", "test", "kunit", "what", "A line is lost.",
			 "caught", 1, "reason", "1 tests failed",
			 "patch_sha256", SHA("cccc"));
	assert_non_null(more);
	json_object_update(json, more);
	json_decref(more);
	sample_set(json, "kernel.debug", json_true());
	sample_set(json, "kernel.config", json_string("debug"));
	sample_set(json, "kernel.suite_sha256", json_string(SHA("5555")));
	return json;
}

/* Read them beside a passed test of the same kernel. */
static int read_dir(struct mutants *m, const char *dir)
{
	struct planned row = { .config = "debug",
			       .test = "kunit",
			       .variants = { [V_RAW] = true } };
	struct correct correct = { .rows = &row, .nr_rows = 1, .nr = 1 };
	struct grid grid;
	int ret;

	row.at[V_RAW].json = sample("none");
	row.at[V_RAW].path = "raw/debug.kunit.json";
	sample_grid(&grid);
	ret = mutants_read(m, dir, &correct, &grid);
	grid_free(&grid);
	json_decref(row.at[V_RAW].json);
	return ret;
}

static void list_and_results_meet(void **state)
{
	json_t *summary = json_object(), *list, *json;
	struct mutants m;

	sample_text(*state, "list", "one\n\ntwo\nthree\nthree\n");
	sample_write(*state, "one.json", sample("one"));
	json = sample("three");
	sample_set(json, "caught", json_false());
	sample_set(json, "reason", json_string("the test passes"));
	sample_write(*state, "three.json", json);

	assert_int_equal(read_dir(&m, *state), 0);
	assert_int_equal(m.nr, 3);
	assert_true(mutant_caught(&m.list[0]));
	assert_false(mutant_tried(&m.list[1]));
	assert_false(mutant_caught(&m.list[1]));
	assert_true(mutant_tried(&m.list[2]));
	assert_false(mutant_caught(&m.list[2]));

	mutants_summarize(&m, summary);
	list = json_object_get(summary, "mutants");
	assert_int_equal(json_array_size(list), 3);
	json = json_array_get(list, 0);
	assert_true(json_is_true(json_object_get(json, "caught")));
	assert_string_equal(json_string_value(json_object_get(json, "reason")),
			    "1 tests failed");
	assert_int_equal(json_object_size(json_array_get(list, 1)), 1);
	json_decref(summary);
	mutants_free(&m);
}

static void nothing_tried_is_nothing(void **state)
{
	json_t *summary = json_object();
	char *none = path_in(*state, "none");
	struct mutants m;

	assert_int_equal(read_dir(&m, none), 0);
	assert_int_equal(m.nr, 0);
	mutants_summarize(&m, summary);
	assert_int_equal(json_object_size(summary), 0);
	json_decref(summary);
	free(none);

	/* A list alone says what is missing, no list is a mistake, and so is an empty one. */
	assert_int_equal(read_dir(&m, *state), -1);
	sample_text(*state, "list", "\n");
	assert_int_equal(read_dir(&m, *state), -1);
	sample_text(*state, "list", "one\n");
	assert_int_equal(read_dir(&m, *state), 0);
	assert_int_equal(m.nr, 1);
	mutants_free(&m);
}

/* A result with one key changed is refused. */
static void refused(const char *dir, const char *key, json_t *value)
{
	json_t *json = sample("one");
	struct mutants m;

	sample_set(json, key, value);
	sample_write(dir, "one.json", json);
	assert_int_equal(read_dir(&m, dir), -1);
	assert_int_equal(m.nr, 0);
}

static void bad_results_are_refused(void **state)
{
	static const char *const needed[] = {
		"name",	  "variant", "config",	     "test",   "what",
		"caught", "reason",  "patch_sha256", "kernel", "date",
	};

	sample_text(*state, "list", "one\n");
	for (size_t i = 0; i < ARRAY_SIZE(needed); i++)
		refused(*state, needed[i], NULL);
	refused(*state, "caught", json_string("yes"));
	refused(*state, "patch_sha256", json_string("cccc"));
	refused(*state, "variant", json_string("bkl"));
	refused(*state, "kernel.debug", json_false());
	refused(*state, "kernel.config", json_string("kasan"));
	refused(*state, "kernel.variant", json_string("none"));
	refused(*state, "kernel.series_sha256", json_string(SHA("dddd")));
	refused(*state, "kernel.suite_sha256", json_string(SHA("dddd")));
	/* The tests without mutants are of another kernel. */
	refused(*state, "kernel.config_sha256", json_string(SHA("dddd")));
	/* It is somewhere else. */
	refused(*state, "name", json_string("two"));
	/* It is not planned. */
	refused(*state, "test", json_string("storm"));
}

static void what_is_not_in_the_list_is_refused(void **state)
{
	struct mutants m;

	sample_text(*state, "list", "one\n");
	sample_write(*state, "two.json", sample("two"));
	assert_int_equal(read_dir(&m, *state), -1);
}

#define IN_DIR(test) \
	cmocka_unit_test_setup_teardown(test, sample_dir, sample_dir_remove)

int main(void)
{
	const struct CMUnitTest tests[] = {
		IN_DIR(list_and_results_meet),
		IN_DIR(nothing_tried_is_nothing),
		IN_DIR(bad_results_are_refused),
		IN_DIR(what_is_not_in_the_list_is_refused),
	};

	return cmocka_run_group_tests_name("mutants", tests, NULL, NULL);
}
