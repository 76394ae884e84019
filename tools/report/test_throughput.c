// SPDX-License-Identifier: GPL-2.0
/* Unit tests: throughput. */
#include "test_sample.h"

#include <math.h>

#include "throughput.h"

/* Two seeds of two rounds with the mean @ns. */
static json_t *sample(const char *variant, const char *load, double ns)
{
	json_t *json = sample_record(variant), *more;

	more = json_pack("{ss ss ss ss ss si ss sf s[{si s[f f]} {si s[f f]}]}",
			 "load", load, "accel", "icount", "profile", "quick",
			 "command", "qemu", "cmdline", "quiet", "rounds", 2,
			 "unit", "virtual ns a round", "value", ns, "seeds",
			 "seed", 1, "samples", ns - 30, ns + 10, "seed", 2,
			 "samples", ns, ns + 20);
	assert_non_null(more);
	json_object_update(json, more);
	json_decref(more);
	return json;
}

static int read_config(struct matrix *m, const char *dir, const char *config)
{
	struct grid grid;
	int ret;

	sample_grid(&grid);
	ret = throughput_read(m, dir, config, &grid);
	grid_free(&grid);
	return ret;
}

static int read_dir(struct matrix *m, const char *dir)
{
	return read_config(m, dir, NULL);
}

static void near(double a, double b)
{
	assert_true(fabs(a - b) < 1e-9);
}

static void ratio_is_work_against_none(void **state)
{
	json_t *summary = json_object(), *entry;
	struct matrix m;

	sample_write(*state, "none/anon.json", sample("none", "anon", 1000));
	sample_write(*state, "none/idle.json", sample("none", "idle", 1000));
	sample_write(*state, "raw/anon.json", sample("raw", "anon", 500));
	sample_write(*state, "raw/idle.json", sample("raw", "idle", 8000));
	assert_int_equal(read_dir(&m, *state), 0);
	near(throughput_value(&m, V_RAW, L_ANON), 500);
	near(throughput_ratio(&m, V_RAW, L_ANON), 2);
	near(throughput_ratio(&m, V_RAW, L_IDLE), 0.125);
	near(throughput_ratio(&m, V_NONE, L_IDLE), 1);
	near(throughput_ratio(&m, V_TRYLOCK, L_IDLE), 0);
	near(throughput_mean(&m, V_RAW), 0.5);
	near(throughput_mean(&m, V_NONE), 1);
	near(throughput_mean(&m, V_TRYLOCK), 0);
	throughput_summarize(&m, NULL, summary);
	entry = json_array_get(json_object_get(summary, "throughput"), 3);
	assert_string_equal(json_string_value(json_object_get(entry, "load")),
			    "anon");
	near(json_number_value(json_object_get(entry, "value")), 500);
	near(json_number_value(json_object_get(entry, "ratio")), 2);
	json_decref(summary);
	matrix_free(&m);
}

static void interval_is_that_of_the_seeds(void **state)
{
	json_t *one = sample("raw", "idle", 500);
	struct matrix m;

	sample_write(*state, "none/anon.json", sample("none", "anon", 1000));
	sample_write(*state, "raw/anon.json", sample("raw", "anon", 500));
	assert_int_equal(read_dir(&m, *state), 0);
	/* t(0.975, 1) = 12.7062 times half of ln(990 / 490) - ln(1010 / 510) */
	assert_true(fabs(throughput_interval(&m, V_RAW, L_ANON) - 1.13552) <
		    1e-5);
	near(throughput_interval(&m, V_RAW, NR_LOADS),
	     throughput_interval(&m, V_RAW, L_ANON));
	near(throughput_interval(&m, V_NONE, L_ANON), 1);
	near(throughput_interval(&m, V_RAW, L_IDLE), 0);
	matrix_free(&m);

	sample_set(one, "seeds",
		   json_pack("[{si s[ff]}]", "seed", 1, "samples", 500., 500.));
	sample_write(*state, "raw/idle.json", one);
	one = sample("none", "idle", 500);
	sample_set(one, "seeds",
		   json_pack("[{si s[ff]}]", "seed", 1, "samples", 500., 500.));
	sample_write(*state, "none/idle.json", one);
	assert_int_equal(read_dir(&m, *state), 0);
	near(throughput_interval(&m, V_RAW, L_IDLE), 0);
	near(throughput_interval(&m, V_RAW, NR_LOADS), 0);
	matrix_free(&m);
}

/* With kernels of a configuration that has to be named, and not that of the cells. */
static void other_configuration(void **state)
{
	json_t *json = sample("none", "anon", 1000);
	struct matrix m;

	sample_set(json, "kernel.config_sha256", json_string(SHA("cccc")));
	sample_set(json, "config", json_string("nort"));
	sample_write(*state, "none/anon.json", json);
	assert_int_equal(read_config(&m, *state, "nort"), 0);
	matrix_free(&m);
	assert_int_equal(read_config(&m, *state, "preempt"), -1);
	assert_int_equal(read_dir(&m, *state), -1);
	json = sample("none", "anon", 1000);
	sample_set(json, "config", json_string("nort"));
	sample_write(*state, "none/anon.json", json);
	assert_int_equal(read_config(&m, *state, "nort"), -1);
	sample_write(*state, "none/anon.json", sample("none", "anon", 1000));
	assert_int_equal(read_config(&m, *state, "nort"), -1);
}

static void missing_load_has_no_mean(void **state)
{
	json_t *summary = json_object(), *entry;
	struct matrix m;

	sample_write(*state, "none/anon.json", sample("none", "anon", 1000));
	sample_write(*state, "raw/anon.json", sample("raw", "anon", 500));
	sample_write(*state, "raw/idle.json", sample("raw", "idle", 8000));
	assert_int_equal(read_dir(&m, *state), 0);
	near(throughput_ratio(&m, V_RAW, L_IDLE), 0);
	near(throughput_mean(&m, V_RAW), 0);
	throughput_summarize(&m, NULL, summary);
	entry = json_array_get(json_object_get(summary, "throughput"), 1);
	assert_string_equal(json_string_value(json_object_get(entry, "load")),
			    "idle");
	assert_null(json_object_get(entry, "ratio"));
	json_decref(summary);
	matrix_free(&m);
}

static void refused(const char *dir, const char *key, json_t *value)
{
	json_t *json = sample("raw", "anon", 500);
	struct matrix m;

	sample_write(dir, "none/anon.json", sample("none", "anon", 1000));
	sample_set(json, key, value);
	sample_write(dir, "raw/anon.json", json);
	assert_int_equal(read_dir(&m, dir), -1);
}

static void bad_throughput_is_refused(void **state)
{
	static const char *const needed[] = {
		"format",  "load",	  "accel",
		"profile", "date",	  "command",
		"cmdline", "rounds",	  "unit",
		"value",   "seeds",	  "kernel",
		"qemu",	   "kernel.base", "kernel.config_sha256",
	};

	for (size_t i = 0; i < ARRAY_SIZE(needed); i++)
		refused(*state, needed[i], NULL);
	refused(*state, "accel", json_string("kvm"));
	refused(*state, "unit", json_string("s"));
	refused(*state, "rounds", json_integer(0));
	refused(*state, "rounds", json_integer(3));
	refused(*state, "value", json_real(510));
	refused(*state, "value", json_string("500"));
	refused(*state, "seeds", json_array());
	refused(*state, "seeds", json_pack("[{s[ff]}]", "samples", 500., 500.));
	refused(*state, "seeds",
		json_pack("[{si s[ff]}]", "seed", 1, "samples", 1000., 0.));
	refused(*state, "seeds",
		json_pack("[{si s[f]}]", "seed", 1, "samples", 500.));
	/* Good in itself, but not the work that none did. */
	refused(*state, "seeds",
		json_pack("[{si s[ff]}]", "seed", 1, "samples", 500., 500.));
	refused(*state, "seeds",
		json_pack("[{si s[ff]} {si s[ff]}]", "seed", 1, "samples", 500.,
			  500., "seed", 3, "samples", 500., 500.));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(ratio_is_work_against_none,
						sample_dir, sample_dir_remove),
		cmocka_unit_test_setup_teardown(interval_is_that_of_the_seeds,
						sample_dir, sample_dir_remove),
		cmocka_unit_test_setup_teardown(other_configuration, sample_dir,
						sample_dir_remove),
		cmocka_unit_test_setup_teardown(missing_load_has_no_mean,
						sample_dir, sample_dir_remove),
		cmocka_unit_test_setup_teardown(bad_throughput_is_refused,
						sample_dir, sample_dir_remove),
	};

	return cmocka_run_group_tests_name("throughput", tests, NULL, NULL);
}
