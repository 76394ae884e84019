// SPDX-License-Identifier: GPL-2.0
/* Unit tests: cells of other machines. */
#include "test_sample.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "file.h"
#include "machines.h"

/* A cell of raw under pagecache with seed 1, on a machine. */
static void write_cell(const char *dir, const char *machine, const char *key,
		       json_t *value)
{
	char *at = path_in(dir, machine), *raw = path_in(at, "raw");
	json_t *cell = sample_cell();

	mkdir(at, 0700);
	mkdir(raw, 0700);
	sample_set(cell, "accel", json_string("local"));
	if (key)
		sample_set(cell, key, value);
	sample_write(raw, "raw/pagecache.s1.json", cell);
	free(raw);
	free(at);
}

static int read_dir(struct machines *machines, const char *dir)
{
	struct grid grid;
	int ret;

	sample_grid(&grid);
	ret = machines_read(machines, dir, &grid);
	grid_free(&grid);
	return ret;
}

static void machines_are_apart(void **state)
{
	json_t *summary = json_object(), *list;
	struct machines machines;

	write_cell(*state, "b", "kernel.compiler", json_string("gcc 15"));
	write_cell(*state, "a", NULL, NULL);
	assert_int_equal(read_dir(&machines, *state), 0);
	assert_int_equal(machines.nr, 2);
	assert_string_equal(machines.list[0].name, "a");
	assert_int_equal(machines.list[0].grid.nr, 1);
	assert_int_equal(
		machines.list[1].all->at[V_RAW][L_PAGECACHE].hist.total, 100);
	assert_false(measured(machines.list[1].all, V_NONE, L_PAGECACHE));

	machines_summarize(&machines, summary);
	list = json_object_get(summary, "machines");
	assert_int_equal(json_array_size(list), 2);
	assert_string_equal(json_string_value(json_object_get(
				    json_array_get(list, 1), "machine")),
			    "b");
	json_decref(summary);
	machines_free(&machines);
}

static void no_machine(void **state)
{
	json_t *summary = json_object();
	struct machines machines;
	char *none = path_in(*state, "machines");

	assert_int_equal(read_dir(&machines, none), 0);
	assert_int_equal(machines.nr, 0);
	machines_summarize(&machines, summary);
	assert_null(json_object_get(summary, "machines"));
	json_decref(summary);
	free(none);
}

/* Another series, and a directory without cells. */
static void bad_machines_are_refused(void **state)
{
	struct machines machines;
	char *empty;

	write_cell(*state, "a", NULL, NULL);
	write_cell(*state, "b", "kernel.series_sha256",
		   json_string(SHA("cccc")));
	assert_int_equal(read_dir(&machines, *state), -1);
	write_cell(*state, "b", "kernel.base_sha256", json_string(SHA("cccc")));
	assert_int_equal(read_dir(&machines, *state), -1);
	write_cell(*state, "b", NULL, NULL);
	empty = path_in(*state, "c");
	mkdir(empty, 0700);
	assert_int_equal(read_dir(&machines, *state), -1);
	free(empty);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(machines_are_apart, sample_dir,
						sample_dir_remove),
		cmocka_unit_test_setup_teardown(no_machine, sample_dir,
						sample_dir_remove),
		cmocka_unit_test_setup_teardown(bad_machines_are_refused,
						sample_dir, sample_dir_remove),
	};

	return cmocka_run_group_tests_name("machines", tests, NULL, NULL);
}
