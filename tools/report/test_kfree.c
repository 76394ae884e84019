// SPDX-License-Identifier: GPL-2.0
/* Unit tests: floods of kfree_rcu(). */
#include "test_sample.h"

#include <stdlib.h>
#include <string.h>

#include "file.h"
#include "kfree.h"

/* A whole file: of 1,000 objects in each context 990 go into a page. */
static json_t *sample(const char *variant)
{
	json_t *json = sample_record(variant), *list = json_array(), *more;

	for (int c = 0; c < NR_CONTEXTS; c++)
		json_array_append_new(
			list, json_pack("{ss si si si si si si si si si}",
					"context", context_names[c], "objects",
					1000, "bulk", 990, "least_bulk", 980,
					"fallback", 10, "ns", 500000 + c,
					"least_ns", 499000, "most_ns", 501000,
					"call_ns", 80000, "peak_pages", 7 * c));
	more = json_pack("{ss ss ss ss s[ii] si si si s{si si si si si} so}",
			 "accel", "icount", "profile", "custom", "command",
			 "qemu", "cmdline", "quiet", "seeds", 1, 2, "objects",
			 1000, "burst", 100, "loops", 8, "rcuscale", "ns",
			 20000, "loops", 8, "batches", 3, "objects", 8000,
			 "footprint_mb", -1, "kfree_rcu", list);
	assert_non_null(more);
	json_object_update(json, more);
	json_decref(more);
	return json;
}

/* Read what is in a directory against the sample cells. */
static int read_dir(struct kfree *kfree, const char *dir)
{
	struct grid grid;
	int ret;

	sample_grid(&grid);
	ret = kfree_read(kfree, dir, &grid);
	grid_free(&grid);
	return ret;
}

static void floods_are_read(void **state)
{
	const struct flood *flood;
	struct kfree kfree;

	sample_write(*state, "raw.json", sample("raw"));
	assert_int_equal(read_dir(&kfree, *state), 0);
	assert_int_equal(kfree.nr, 1);
	assert_null(kfree_find(&kfree, V_NONE));
	assert_ptr_equal(kfree_first(&kfree), &kfree_find(&kfree, V_RAW)->rec);
	flood = &kfree_find(&kfree, V_RAW)->at[C_HARDIRQ];
	assert_int_equal(flood->objects, 1000);
	assert_int_equal(flood->bulk, 990);
	assert_int_equal(flood->fallback, 10);
	assert_int_equal(flood->call_ns, 80000);
	assert_int_equal(flood->peak_pages, 28);
	assert_float_equal(kfree_object_ns(flood), 500.004, 1e-9);
	assert_float_equal(kfree_loop_ns(kfree_first(&kfree)), 2500, 1e-9);
	kfree_free(&kfree);
}

static void summary_has_all_contexts(void **state)
{
	json_t *summary = json_object(), *entry;
	struct kfree kfree;

	sample_write(*state, "none.json", sample("none"));
	sample_write(*state, "raw.json", sample("raw"));
	assert_int_equal(read_dir(&kfree, *state), 0);
	kfree_summarize(&kfree, summary);
	assert_int_equal(json_array_size(json_object_get(summary, "kfree_rcu")),
			 2 * NR_CONTEXTS);
	entry = json_array_get(json_object_get(summary, "kfree_rcu"), 0);
	assert_string_equal(
		json_string_value(json_object_get(entry, "variant")), "none");
	assert_string_equal(
		json_string_value(json_object_get(entry, "context")), "task");
	assert_int_equal(json_integer_value(json_object_get(entry, "bulk")),
			 990);
	assert_float_equal(
		json_real_value(json_object_get(entry, "ns_per_object")), 500,
		1e-9);
	entry = json_array_get(json_object_get(summary, "rcuscale"), 1);
	assert_string_equal(
		json_string_value(json_object_get(entry, "variant")), "raw");
	assert_float_equal(
		json_real_value(json_object_get(entry, "ns_per_loop")), 2500,
		1e-9);
	assert_int_equal(
		json_integer_value(json_object_get(entry, "footprint_mb")), -1);
	json_decref(summary);
	kfree_free(&kfree);
}

static void absent_is_not_measured(void **state)
{
	char *dir = path_in(*state, "nothing");
	json_t *summary = json_object();
	struct kfree kfree;

	assert_int_equal(read_dir(&kfree, dir), 0);
	assert_int_equal(kfree.nr, 0);
	assert_null(kfree_first(&kfree));
	assert_int_equal(kfree_complete(&kfree, dir), 0);
	kfree_summarize(&kfree, summary);
	assert_int_equal(json_object_size(summary), 0);
	json_decref(summary);
	free(dir);
	/* A directory without a result is a measurement that was lost. */
	assert_int_equal(read_dir(&kfree, *state), -1);
}

static void all_variants_are_needed(void **state)
{
	struct kfree kfree;

	sample_write(*state, "raw.json", sample("raw"));
	assert_int_equal(read_dir(&kfree, *state), 0);
	assert_int_equal(kfree_complete(&kfree, *state), -1);
	kfree_free(&kfree);
}

/* A result with one key changed is refused; so is one with its first flood changed. */
static void refused(const char *dir, const char *key, json_t *value)
{
	json_t *json = sample("raw");
	struct kfree kfree;

	sample_set(json, key, value);
	sample_write(dir, "raw.json", json);
	assert_int_equal(read_dir(&kfree, dir), -1);
}

static void flood_refused(const char *dir, const char *key, json_t *value)
{
	json_t *json = sample("raw");
	struct kfree kfree;

	sample_set(json_array_get(json_object_get(json, "kfree_rcu"), 0), key,
		   value);
	sample_write(dir, "raw.json", json);
	assert_int_equal(read_dir(&kfree, dir), -1);
}

static void bad_files_are_refused(void **state)
{
	static const char *const needed[] = {
		"format",
		"variant",
		"accel",
		"profile",
		"command",
		"cmdline",
		"date",
		"qemu",
		"seeds",
		"objects",
		"burst",
		"loops",
		"kfree_rcu",
		"rcuscale",
		"rcuscale.ns",
		"rcuscale.loops",
		"rcuscale.batches",
		"rcuscale.objects",
		"rcuscale.footprint_mb",
		"kernel",
		"kernel.series_sha256",
		"kernel.config_sha256",
		"initramfs_sha256",
	};

	/* The first that is read is good. */
	sample_write(*state, "none.json", sample("none"));
	for (size_t i = 0; i < ARRAY_SIZE(needed); i++)
		refused(*state, needed[i], NULL);
	refused(*state, "variant", json_string("trylock"));
	refused(*state, "accel", json_string("smp"));
	refused(*state, "objects", json_integer(0));
	refused(*state, "objects", json_integer(1001));
	refused(*state, "burst", json_integer(101));
	refused(*state, "loops", json_integer(9));
	refused(*state, "rcuscale.loops", json_integer(9));
	refused(*state, "rcuscale.objects", json_integer(1));
	refused(*state, "rcuscale.footprint_mb", json_string("many"));
	refused(*state, "seeds", json_pack("[i]", 2));
	refused(*state, "qemu", json_string("QEMU 8"));
	refused(*state, "kernel.series_sha256", json_string(SHA("cccc")));
	refused(*state, "kernel.config_sha256", json_string(SHA("cccc")));
	refused(*state, "kfree_rcu", json_array());
}

static void bad_floods_are_refused(void **state)
{
	static const char *const needed[] = {
		"context", "objects", "bulk",	    "fallback",
		"ns",	   "call_ns", "peak_pages", "least_bulk",
	};

	for (size_t i = 0; i < ARRAY_SIZE(needed); i++)
		flood_refused(*state, needed[i], NULL);
	flood_refused(*state, "context", json_string("nmi"));
	flood_refused(*state, "context", json_string("hardirq"));
	flood_refused(*state, "objects", json_integer(999));
	flood_refused(*state, "bulk", json_integer(991));
	flood_refused(*state, "least_bulk", json_integer(991));
	flood_refused(*state, "fallback", json_integer(-1));
	flood_refused(*state, "call_ns", json_integer(500001));
	flood_refused(*state, "peak_pages", json_integer(-1));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(floods_are_read, sample_dir,
						sample_dir_remove),
		cmocka_unit_test_setup_teardown(summary_has_all_contexts,
						sample_dir, sample_dir_remove),
		cmocka_unit_test_setup_teardown(absent_is_not_measured,
						sample_dir, sample_dir_remove),
		cmocka_unit_test_setup_teardown(all_variants_are_needed,
						sample_dir, sample_dir_remove),
		cmocka_unit_test_setup_teardown(bad_files_are_refused,
						sample_dir, sample_dir_remove),
		cmocka_unit_test_setup_teardown(bad_floods_are_refused,
						sample_dir, sample_dir_remove),
	};

	return cmocka_run_group_tests_name("kfree", tests, NULL, NULL);
}
