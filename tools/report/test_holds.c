// SPDX-License-Identifier: GPL-2.0
/* Unit tests: lock holds. */
#include "test_sample.h"

#include <stdlib.h>
#include <string.h>

#include "file.h"
#include "holds.h"

/* Two sites; the first was reached and made 8 list moves. */
static json_t *sample(const char *variant, const char *load, int max_ns)
{
	json_t *json = sample_record(variant), *more;

	more = json_pack(
		"{ss ss ss ss si si si s[{ss ss ss si si si si si} {ss ss ss si}] s{si si ss s[ss] si s[s]} si}",
		"load", load, "accel", "icount", "profile", "quick", "command",
		"qemu", "seed", 1, "samples", 100, "interval_us", 200, "sites",
		"site", "mm/a.c:fill", "lock", "zone", "bound", "8 pages",
		"holds", 5, "p9999_ns", max_ns, "max_ns", max_ns, "max_own_ns",
		max_ns - 1, "moves", 8, "site", "mm/a.c:take", "lock", "pcp",
		"bound", "", "holds", 0, "off", "sections", 10, "max_ns",
		max_ns + 5, "max_at", "schedule", "max_chain", "schedule",
		"main", "with_locks_max_ns", max_ns, "with_locks_chain", "fill",
		"cyclictest_max_ns", 300);
	assert_non_null(more);
	json_object_update(json, more);
	json_decref(more);
	return json;
}

/* Read what is in a directory against the sample cells. */
static int read_dir(struct matrix *m, const char *dir)
{
	struct grid grid;
	int ret;

	sample_grid(&grid);
	ret = holds_read(m, dir, &grid);
	grid_free(&grid);
	return ret;
}

static void longest_hold_over_loads(void **state)
{
	json_t *summary = json_object(), *first, *second;
	struct matrix m;
	struct site site;

	sample_write(*state, "raw/idle.json", sample("raw", "idle", 40));
	sample_write(*state, "raw/anon.json", sample("raw", "anon", 70));
	assert_int_equal(read_dir(&m, *state), 0);
	assert_int_equal(m.nr, 2);
	assert_int_equal(holds_sites(&m, V_RAW), 2);
	assert_int_equal(holds_sites(&m, V_NONE), 0);

	holds_site(&m, V_RAW, 0, &site);
	assert_string_equal(site.name, "mm/a.c:fill");
	assert_int_equal(site.holds, 10);
	assert_int_equal(site.max_ns, 70);
	assert_int_equal(site.max_own_ns, 69);
	assert_int_equal(site.load, L_ANON);
	assert_int_equal(site.moves, 8);
	holds_site(&m, V_RAW, 1, &site);
	assert_int_equal(site.holds, 0);
	assert_int_equal(site.moves, -1);
	assert_string_equal(site.bound, "");

	assert_int_equal(holds_section(&m, V_RAW, L_ANON, CAUSE_ANY).max_ns,
			 75);
	assert_int_equal(holds_section(&m, V_RAW, L_ANON, CAUSE_LOCK).max_ns,
			 70);
	assert_int_equal(holds_section(&m, V_RAW, L_ANON, CAUSE_NO_LOCK).max_ns,
			 -1);
	assert_int_equal(holds_section(&m, V_NONE, L_ANON, CAUSE_ANY).max_ns,
			 -1);

	holds_summarize(&m, summary);
	first = json_array_get(json_object_get(summary, "sections"), 2);
	second = json_array_get(json_object_get(summary, "sections"), 3);
	assert_string_equal(json_string_value(json_object_get(first, "load")),
			    "anon");
	assert_int_equal(json_integer_value(json_object_get(first, "max_ns")),
			 70);
	assert_int_equal(json_integer_value(json_object_get(first, "moves")),
			 8);
	assert_int_equal(json_integer_value(json_object_get(second, "holds")),
			 0);
	assert_null(json_object_get(second, "max_ns"));
	json_decref(summary);
	matrix_free(&m);
}

static void absent_is_not_measured(void **state)
{
	char *dir = path_in(*state, "nothing");
	json_t *summary = json_object();
	struct matrix m;

	assert_int_equal(read_dir(&m, dir), 0);
	assert_int_equal(m.nr, 0);
	assert_int_equal(matrix_complete(&m, dir, V_RAW), 0);
	holds_summarize(&m, summary);
	assert_int_equal(json_object_size(summary), 0);
	json_decref(summary);
	free(dir);
	/* A directory without a result is a measurement that was lost. */
	assert_int_equal(read_dir(&m, *state), -1);
}

static void incomplete_is_seen(void **state)
{
	struct matrix m;

	sample_write(*state, "raw/idle.json", sample("raw", "idle", 40));
	sample_write(*state, "raw/anon.json", sample("raw", "anon", 40));
	sample_write(*state, "none/anon.json", sample("none", "anon", 40));
	assert_int_equal(read_dir(&m, *state), 0);
	assert_int_equal(matrix_complete(&m, *state, V_RAW), -1);
	matrix_free(&m);
	sample_write(*state, "none/idle.json", sample("none", "idle", 40));
	assert_int_equal(read_dir(&m, *state), 0);
	assert_int_equal(matrix_complete(&m, *state, V_RAW), 0);
	assert_int_equal(matrix_complete(&m, *state, V_TRYLOCK), -1);
	matrix_free(&m);
}

/* A result with one key changed, beside a good one, is refused. */
static void refused(const char *dir, const char *key, json_t *value)
{
	json_t *json = sample("raw", "idle", 40);
	struct matrix m;

	sample_write(dir, "raw/anon.json", sample("raw", "anon", 40));
	sample_set(json, key, value);
	sample_write(dir, "raw/idle.json", json);
	assert_int_equal(read_dir(&m, dir), -1);
}

/* The same for a key of the first site. */
static void site_refused(const char *dir, const char *key, json_t *value)
{
	json_t *json = sample("raw", "idle", 40), *sites;

	sites = json_incref(json_object_get(json, "sites"));
	json_decref(json);
	sample_set(json_array_get(sites, 0), key, value);
	refused(dir, "sites", sites);
}

static void bad_holds_are_refused(void **state)
{
	static const char *const needed[] = {
		"format",
		"variant",
		"load",
		"accel",
		"profile",
		"command",
		"date",
		"qemu",
		"initramfs_sha256",
		"seed",
		"samples",
		"interval_us",
		"kernel",
		"kernel.series_sha256",
		"kernel.config_sha256",
		"sites",
		"off",
		"off.sections",
		"off.max_ns",
		"off.max_at",
		"off.max_chain",
		"off.with_locks_chain",
		"cyclictest_max_ns",
	};

	for (size_t i = 0; i < ARRAY_SIZE(needed); i++)
		refused(*state, needed[i], NULL);
	refused(*state, "variant", json_string("none"));
	refused(*state, "load", json_string("compile"));
	refused(*state, "samples", json_integer(99));
	refused(*state, "kernel.series_sha256", json_string(SHA("cccc")));
	refused(*state, "kernel.config_sha256", json_string(SHA("cccc")));
	refused(*state, "off.with_locks_max_ns", json_integer(46));
	refused(*state, "off.max_chain", json_pack("[i]", 1));
	refused(*state, "sites", json_array());
}

static void bad_sites_are_refused(void **state)
{
	site_refused(*state, "site", NULL);
	site_refused(*state, "site", json_string("mm/a.c:take"));
	site_refused(*state, "site", json_string("mm/a.c:other"));
	site_refused(*state, "lock", json_string("lru"));
	site_refused(*state, "lock", json_string("pcp"));
	site_refused(*state, "bound", NULL);
	site_refused(*state, "bound", json_string("9 pages"));
	site_refused(*state, "holds", NULL);
	/* Figures without a hold, a hold without figures. */
	site_refused(*state, "holds", json_integer(0));
	site_refused(*state, "max_ns", NULL);
	site_refused(*state, "p9999_ns", NULL);
	site_refused(*state, "p9999_ns", json_integer(41));
	site_refused(*state, "max_own_ns", json_integer(41));
	site_refused(*state, "chain", json_string("fill"));
	site_refused(*state, "moves", json_integer(-1));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(longest_hold_over_loads,
						sample_dir, sample_dir_remove),
		cmocka_unit_test_setup_teardown(absent_is_not_measured,
						sample_dir, sample_dir_remove),
		cmocka_unit_test_setup_teardown(incomplete_is_seen, sample_dir,
						sample_dir_remove),
		cmocka_unit_test_setup_teardown(bad_holds_are_refused,
						sample_dir, sample_dir_remove),
		cmocka_unit_test_setup_teardown(bad_sites_are_refused,
						sample_dir, sample_dir_remove),
	};

	return cmocka_run_group_tests_name("holds", tests, NULL, NULL);
}
