// SPDX-License-Identifier: GPL-2.0
/* Unit tests: cells with a flood beside them. */
#include "test_sample.h"

#include <stdlib.h>

#include "file.h"
#include "flooded.h"

/* A cell of a variant under pagecache with seed 1 and a flood. */
static json_t *flooded_cell(const char *variant)
{
	json_t *cell = sample_cell(), *of = sample_record(variant);

	json_object_update(cell, of);
	json_decref(of);
	sample_set(cell, "flood_sha256", json_string(SHA("ffff")));
	sample_set(cell, "flood",
		   json_pack("{si si si si si}", "interval_us", 50,
			     "interrupts", 2000, "got", 1990, "objects", 900,
			     "bulk", 890));
	return cell;
}

static void write_cell(const char *dir, const char *variant, const char *key,
		       json_t *value)
{
	char *at = path_in(variant, "pagecache.s1.json");
	json_t *cell = flooded_cell(variant);

	if (key)
		sample_set(cell, key, value);
	sample_write(dir, at, cell);
	free(at);
}

static int read_dir(struct flooded *flooded, const char *dir)
{
	struct grid grid;
	int ret;

	sample_grid(&grid);
	ret = flooded_read(flooded, dir, &grid);
	grid_free(&grid);
	return ret;
}

static void floods_are_read(void **state)
{
	json_t *summary = json_object(), *flood, *first;
	struct flooded flooded;

	write_cell(*state, "none", "flood.got", json_integer(0));
	write_cell(*state, "raw", NULL, NULL);
	assert_int_equal(read_dir(&flooded, *state), 0);
	assert_int_equal(flooded_complete(&flooded, *state), 0);
	assert_int_equal(flooded.all->at[V_RAW][L_PAGECACHE].max_ns, 9);
	assert_int_equal(flooded_sum(&flooded, V_RAW).got, 1990);
	assert_int_equal(flooded_sum(&flooded, V_NONE).got, 0);
	assert_int_equal(flooded_sum(&flooded, V_TRYLOCK).interrupts, 0);

	flooded_summarize(&flooded, summary);
	flood = json_object_get(summary, "flood");
	assert_int_equal(json_array_size(json_object_get(flood, "latency")), 2);
	first = json_array_get(json_object_get(flood, "did"), 0);
	assert_string_equal(
		json_string_value(json_object_get(first, "variant")), "none");
	assert_int_equal(json_integer_value(json_object_get(first, "bulk")),
			 890);
	json_decref(summary);
	flooded_free(&flooded);
}

static void no_flood(void **state)
{
	json_t *summary = json_object();
	struct flooded flooded;
	char *none = path_in(*state, "flood");

	assert_int_equal(read_dir(&flooded, none), 0);
	assert_int_equal(flooded.grid.nr, 0);
	assert_int_equal(flooded_complete(&flooded, none), 0);
	flooded_summarize(&flooded, summary);
	assert_null(json_object_get(summary, "flood"));
	flooded_free(&flooded);
	json_decref(summary);
	free(none);
}

/* Cells of raw alone, and one that none has not. */
static void missing_cells_are_named(void **state)
{
	struct flooded flooded;
	json_t *cell;

	write_cell(*state, "raw", NULL, NULL);
	assert_int_equal(read_dir(&flooded, *state), 0);
	assert_int_equal(flooded_complete(&flooded, *state), -1);
	flooded_free(&flooded);
	write_cell(*state, "none", NULL, NULL);
	cell = flooded_cell("raw");
	sample_set(cell, "load", json_string("anon"));
	sample_write(*state, "raw/anon.s1.json", cell);
	assert_int_equal(read_dir(&flooded, *state), 0);
	assert_int_equal(flooded_complete(&flooded, *state), -1);
	flooded_free(&flooded);
}

static void refused(const char *dir, const char *key, json_t *value)
{
	struct flooded flooded;

	write_cell(dir, "raw", key, value);
	assert_int_equal(read_dir(&flooded, dir), -1);
}

static void bad_floods_are_refused(void **state)
{
	write_cell(*state, "none", NULL, NULL);
	refused(*state, "flood", NULL);
	refused(*state, "flood_sha256", NULL);
	refused(*state, "flood.interrupts", json_integer(0));
	refused(*state, "flood.got", json_integer(2001));
	refused(*state, "flood.bulk", json_integer(901));
	refused(*state, "flood.interval_us", json_integer(51));
	refused(*state, "kernel.series_sha256", json_string(SHA("cccc")));
	refused(*state, "kernel.config_sha256", json_string(SHA("cccc")));
	refused(*state, "initramfs_sha256", json_string(SHA("cccc")));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(floods_are_read, sample_dir,
						sample_dir_remove),
		cmocka_unit_test_setup_teardown(no_flood, sample_dir,
						sample_dir_remove),
		cmocka_unit_test_setup_teardown(missing_cells_are_named,
						sample_dir, sample_dir_remove),
		cmocka_unit_test_setup_teardown(bad_floods_are_refused,
						sample_dir, sample_dir_remove),
	};

	return cmocka_run_group_tests_name("flooded", tests, NULL, NULL);
}
