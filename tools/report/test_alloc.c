// SPDX-License-Identifier: GPL-2.0
/* Unit tests: allocations. */
#include "test_sample.h"

#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "file.h"

/* What trylock, as any variant, may call where it may sleep; and everywhere. */
static const struct {
	const char *context, *way;
} calls[] = {
	{ "task", "GFP_NOWAIT" },
	{ "softirq", "GFP_NOWAIT" },
	{ "task", "GFP_ATOMIC" },
	{ "softirq", "GFP_ATOMIC" },
	{ "task", "alloc_pages_nolock" },
	{ "raw_lock", "alloc_pages_nolock" },
	{ "irqs_off", "alloc_pages_nolock" },
	{ "softirq", "alloc_pages_nolock" },
	{ "hardirq", "alloc_pages_nolock" },
};

/* Ten attempts, nine successes: eight of 100 ns and one of 500 and 100 more an order. */
static json_t *tally(const char *context, const char *way, int order)
{
	json_t *json, *bins = json_pack("{si}", "100", 8);
	char ns[16];

	snprintf(ns, sizeof(ns), "%d", 500 + 100 * order);
	json_object_set_new(bins, ns, json_integer(1));
	json = json_pack("{ss ss si si si si si si si si si so}", "context",
			 context, "way", way, "order", order, "attempts", 10,
			 "successes", 9, "missed", 2, "zone_held", 3,
			 "pcp_held", 1, "fail_max_ns", 50, "min_ns", 90,
			 "max_ns", 500 + 100 * order, "histogram", bins);
	assert_non_null(json);
	return json;
}

/* A whole file of none: the variants of sample_grid() have a configuration. */
static json_t *sample(const char *pressure)
{
	json_t *json = sample_record("none"), *list = json_array(), *more;

	for (size_t i = 0; i < ARRAY_SIZE(calls); i++)
		for (int o = 0; o < NR_ORDERS; o++)
			json_array_append_new(list, tally(calls[i].context,
							  calls[i].way, o));
	more = json_pack("{ss ss ss ss ss si si si so}", "pressure", pressure,
			 "accel",
			 strcmp(pressure, "contended") ? "icount" : "smp",
			 "profile", "custom", "command", "qemu", "cmdline",
			 "quiet", "seed", 1, "attempts", 10, "clock_ns", 20,
			 "alloc", list);
	assert_non_null(more);
	json_object_update(json, more);
	json_decref(more);
	return json;
}

/* Read what is in a directory against the sample cells. */
static int read_dir(struct alloc *alloc, const char *dir)
{
	struct grid grid;
	int ret;

	sample_grid(&grid);
	ret = alloc_read(alloc, dir, &grid);
	grid_free(&grid);
	return ret;
}

static void tallies_are_pooled(void **state)
{
	struct alloc alloc;
	struct tally sum;

	sample_write(*state, "none/min.json", sample("min"));
	assert_int_equal(read_dir(&alloc, *state), 0);
	assert_int_equal(alloc.nr, 1);
	assert_int_equal(alloc_find(&alloc, V_NONE, P_MIN, C_HARDIRQ, W_NOLOCK,
				    3)
				 ->successes,
			 9);
	assert_null(alloc_find(&alloc, V_NONE, P_MIN, C_HARDIRQ, W_NOWAIT, 0));
	assert_null(alloc_find(&alloc, V_RAW, P_MIN, C_TASK, W_NOWAIT, 0));

	assert_true(
		alloc_sum(&sum, &alloc, V_NONE, P_MIN, C_TASK, W_NOWAIT, 1, 3));
	assert_int_equal(sum.attempts, 30);
	assert_int_equal(sum.successes, 27);
	assert_int_equal(sum.missed, 6);
	assert_int_equal(sum.zone_held, 9);
	assert_int_equal(sum.min_ns, 90);
	assert_int_equal(hist_percentile(&sum.hist, 5000), 100);
	assert_int_equal(hist_max(&sum.hist), 800);
	tally_free(&sum);
	assert_false(alloc_sum(&sum, &alloc, V_NONE, P_MIN, C_RAW_LOCK,
			       W_ATOMIC, 0, 3));
	tally_free(&sum);
	alloc_free(&alloc);
}

static void summary_has_no_time_that_means_nothing(void **state)
{
	json_t *summary = json_object(), *entry;
	struct alloc alloc;

	sample_write(*state, "none/min.json", sample("min"));
	sample_write(*state, "none/contended.json", sample("contended"));
	assert_int_equal(read_dir(&alloc, *state), 0);
	alloc_summarize(&alloc, summary);
	assert_int_equal(json_array_size(json_object_get(summary, "alloc")),
			 2 * ARRAY_SIZE(calls) * NR_ORDERS);
	entry = json_array_get(json_object_get(summary, "alloc"), 0);
	assert_string_equal(
		json_string_value(json_object_get(entry, "pressure")), "min");
	assert_int_equal(json_integer_value(json_object_get(entry, "p50_ns")),
			 100);
	assert_int_equal(json_integer_value(json_object_get(entry, "p9999_ns")),
			 500);
	entry = json_array_get(json_object_get(summary, "alloc"),
			       2 * ARRAY_SIZE(calls) * NR_ORDERS - 1);
	assert_string_equal(
		json_string_value(json_object_get(entry, "pressure")),
		"contended");
	assert_int_equal(
		json_integer_value(json_object_get(entry, "successes")), 9);
	assert_null(json_object_get(entry, "max_ns"));
	json_decref(summary);
	alloc_free(&alloc);
}

static void ways_of_raw_context(void **state)
{
	(void)state;
	assert_int_equal(alloc_way(V_NONE), W_NOLOCK);
	assert_int_equal(alloc_way(V_RAW), W_NOWAIT);
	assert_int_equal(alloc_way(V_RAW_UNBOUNDED), W_NOWAIT);
	assert_int_equal(alloc_way(V_NO_LOCKS), W_NO_LOCKS);
	assert_int_equal(alloc_way(V_TRYLOCK), W_NOLOCK);
}

static void absent_is_not_measured(void **state)
{
	char *dir = path_in(*state, "nothing");
	json_t *summary = json_object();
	struct alloc alloc;

	assert_int_equal(read_dir(&alloc, dir), 0);
	assert_int_equal(alloc.nr, 0);
	assert_int_equal(alloc_complete(&alloc, dir), 0);
	alloc_summarize(&alloc, summary);
	assert_int_equal(json_object_size(summary), 0);
	json_decref(summary);
	free(dir);
	/* A directory without a result is a measurement that was lost. */
	assert_int_equal(read_dir(&alloc, *state), -1);
}

static void raw_and_all_pressures_are_needed(void **state)
{
	struct alloc alloc;

	for (int p = 0; p < NR_PRESSURES; p++) {
		char name[32];

		snprintf(name, sizeof(name), "none/%s.json", pressure_names[p]);
		sample_write(*state, name, sample(pressure_names[p]));
	}
	assert_int_equal(read_dir(&alloc, *state), 0);
	assert_int_equal(alloc_complete(&alloc, *state), -1);
	alloc_free(&alloc);
}

/* A result with one key changed is refused; so is one with its first tally changed. */
static void refused(const char *dir, const char *key, json_t *value)
{
	json_t *json = sample("min");
	struct alloc alloc;

	sample_set(json, key, value);
	sample_write(dir, "none/min.json", json);
	assert_int_equal(read_dir(&alloc, dir), -1);
}

static void tally_refused(const char *dir, const char *key, json_t *value)
{
	json_t *json = sample("min");
	struct alloc alloc;

	sample_set(json_array_get(json_object_get(json, "alloc"), 0), key,
		   value);
	sample_write(dir, "none/min.json", json);
	assert_int_equal(read_dir(&alloc, dir), -1);
}

static void bad_files_are_refused(void **state)
{
	static const char *const needed[] = {
		"format",
		"variant",
		"pressure",
		"accel",
		"profile",
		"command",
		"cmdline",
		"date",
		"qemu",
		"seed",
		"attempts",
		"clock_ns",
		"alloc",
		"kernel",
		"kernel.series_sha256",
		"kernel.config_sha256",
		"initramfs_sha256",
	};

	/* The first that is read is good. */
	sample_write(*state, "none/empty.json", sample("empty"));
	for (size_t i = 0; i < ARRAY_SIZE(needed); i++)
		refused(*state, needed[i], NULL);
	refused(*state, "pressure", json_string("high"));
	refused(*state, "pressure", json_string("below"));
	refused(*state, "accel", json_string("smp"));
	refused(*state, "attempts", json_integer(0));
	refused(*state, "attempts", json_integer(11));
	refused(*state, "seed", json_integer(2));
	refused(*state, "qemu", json_string("QEMU 8"));
	refused(*state, "initramfs_sha256", json_string(SHA("cccc")));
	refused(*state, "kernel.series_sha256", json_string(SHA("cccc")));
	refused(*state, "kernel.config_sha256", json_string(SHA("cccc")));
	refused(*state, "alloc", json_array());
}

static void bad_tallies_are_refused(void **state)
{
	static const char *const needed[] = {
		"context", "way",	"order",       "attempts",
		"missed",  "successes", "zone_held",   "pcp_held",
		"min_ns",  "max_ns",	"fail_max_ns", "histogram",
	};

	for (size_t i = 0; i < ARRAY_SIZE(needed); i++)
		tally_refused(*state, needed[i], NULL);
	tally_refused(*state, "context", json_string("nmi"));
	tally_refused(*state, "context", json_string("hardirq"));
	tally_refused(*state, "order", json_integer(NR_ORDERS));
	tally_refused(*state, "order", json_integer(1));
	tally_refused(*state, "attempts", json_integer(9));
	tally_refused(*state, "successes", json_integer(11));
	tally_refused(*state, "successes", json_integer(8));
	tally_refused(*state, "zone_held", json_integer(11));
	tally_refused(*state, "min_ns", json_integer(101));
	tally_refused(*state, "max_ns", json_integer(499));
	tally_refused(*state, "histogram", json_pack("{si}", "500", 8));
	tally_refused(*state, "histogram", json_pack("{si}", "fast", 9));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(tallies_are_pooled, sample_dir,
						sample_dir_remove),
		cmocka_unit_test_setup_teardown(
			summary_has_no_time_that_means_nothing, sample_dir,
			sample_dir_remove),
		cmocka_unit_test(ways_of_raw_context),
		cmocka_unit_test_setup_teardown(absent_is_not_measured,
						sample_dir, sample_dir_remove),
		cmocka_unit_test_setup_teardown(raw_and_all_pressures_are_needed,
						sample_dir, sample_dir_remove),
		cmocka_unit_test_setup_teardown(bad_files_are_refused,
						sample_dir, sample_dir_remove),
		cmocka_unit_test_setup_teardown(bad_tallies_are_refused,
						sample_dir, sample_dir_remove),
	};

	return cmocka_run_group_tests_name("alloc", tests, NULL, NULL);
}
