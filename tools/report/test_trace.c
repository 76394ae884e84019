// SPDX-License-Identifier: GPL-2.0
/* Unit tests: traces. */
#include "test_sample.h"

#include <stdlib.h>
#include <string.h>

#include "file.h"
#include "trace.h"

/* A section, and a wakeup that its blocking thread made late. */
static json_t *sample(const char *variant, const char *load, int max_ns)
{
	json_t *json = sample_record(variant), *more;

	more = json_pack(
		"{ss ss ss ss si si si s{si si} s{si ss ss ss s[ss]} s{si ss s[{ss si} {ss si}] s[s]}}",
		"load", load, "accel", "icount", "profile", "quick", "command",
		"qemu", "seed", 1, "samples", 100, "interval_us", 200,
		"cyclictest", "avg_ns", 5000, "max_ns", 9000, "section",
		"max_ns", max_ns, "start", "fill", "end", "drain", "task", "dd",
		"stack", "drain", "main", "timerlat", "latency_ns", 1000,
		"thread", "dd", "parts", "what", "IRQ handler delay", "ns", 300,
		"what", "blocking thread", "ns", 700, "stack", "fill");
	assert_non_null(more);
	json_object_update(json, more);
	json_decref(more);
	sample_set(json, "kernel.trace", json_true());
	/* Kernels with tracers have a configuration of their own. */
	sample_set(json, "kernel.config_sha256",
		   json_string(strcmp(variant, "none") ? SHA("dddd") :
							 SHA("eeee")));
	return json;
}

/* Read what is in a directory against the sample cells. */
static int read_dir(struct matrix *m, const char *dir)
{
	struct grid grid;
	int ret;

	sample_grid(&grid);
	ret = trace_read(m, dir, &grid);
	grid_free(&grid);
	return ret;
}

static long long figure(const json_t *object, const char *key)
{
	return json_integer_value(json_object_get(object, key));
}

static void longest_part_is_blamed(void **state)
{
	json_t *summary = json_object(), *entry;
	const json_t *blame;
	struct matrix m;

	sample_write(*state, "raw/idle.json", sample("raw", "idle", 40));
	sample_write(*state, "none/idle.json", sample("none", "idle", 70));
	assert_int_equal(read_dir(&m, *state), 0);
	assert_int_equal(m.nr, 2);
	blame = trace_blame(matrix_find(&m, V_RAW, L_IDLE));
	assert_int_equal(figure(blame, "ns"), 700);

	trace_summarize(&m, summary);
	entry = json_array_get(json_object_get(summary, "trace"), 1);
	assert_int_equal(figure(entry, "section_max_ns"), 40);
	assert_int_equal(figure(entry, "timerlat_ns"), 1000);
	assert_int_equal(figure(entry, "blame_ns"), 700);
	json_decref(summary);
	matrix_free(&m);
}

static void no_analysis_is_no_figure(void **state)
{
	json_t *summary = json_object(), *json = sample("raw", "idle", 40);
	struct matrix m;

	json_object_del(json, "timerlat");
	sample_write(*state, "raw/idle.json", json);
	assert_int_equal(read_dir(&m, *state), 0);
	assert_null(trace_blame(matrix_find(&m, V_RAW, L_IDLE)));
	trace_summarize(&m, summary);
	json = json_array_get(json_object_get(summary, "trace"), 0);
	assert_int_equal(figure(json, "section_max_ns"), 40);
	assert_null(json_object_get(json, "timerlat_ns"));
	assert_null(json_object_get(json, "blame"));
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
	trace_summarize(&m, summary);
	assert_int_equal(json_object_size(summary), 0);
	json_decref(summary);
	free(dir);
	/* A directory without a result is a measurement that was lost. */
	assert_int_equal(read_dir(&m, *state), -1);
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

static void bad_traces_are_refused(void **state)
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
		"kernel.trace",
		"kernel.series_sha256",
		"kernel.config_sha256",
		"cyclictest",
		"cyclictest.avg_ns",
		"cyclictest.max_ns",
		"section",
		"section.max_ns",
		"section.start",
		"section.end",
		"section.task",
		"section.stack",
		"timerlat.latency_ns",
		"timerlat.thread",
		"timerlat.parts",
		"timerlat.stack",
	};
	static const char *const parts[] = {
		"[]",
		"[1]",
		"[{\"what\": \"blocking thread\"}]",
		"[{\"ns\": 5}]",
		"[{\"what\": \"blocking thread\", \"ns\": -1}]",
		"[{\"what\": \"blocking thread\", \"ns\": 1001}]",
	};

	for (size_t i = 0; i < ARRAY_SIZE(needed); i++)
		refused(*state, needed[i], NULL);
	for (size_t i = 0; i < ARRAY_SIZE(parts); i++)
		refused(*state, "timerlat.parts",
			json_loads(parts[i], 0, NULL));
	refused(*state, "variant", json_string("none"));
	refused(*state, "load", json_string("compile"));
	refused(*state, "samples", json_integer(99));
	refused(*state, "kernel.trace", json_false());
	refused(*state, "kernel.series_sha256", json_string(SHA("cccc")));
	refused(*state, "kernel.config_sha256", json_string(SHA("cccc")));
	refused(*state, "section.max_ns", json_integer(0));
	refused(*state, "section.start", json_string(""));
	refused(*state, "section.stack", json_string("main"));
	refused(*state, "section.stack", json_pack("[i]", 1));
	refused(*state, "timerlat", json_string("late"));
	refused(*state, "timerlat.stack", json_pack("[i]", 1));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(longest_part_is_blamed,
						sample_dir, sample_dir_remove),
		cmocka_unit_test_setup_teardown(no_analysis_is_no_figure,
						sample_dir, sample_dir_remove),
		cmocka_unit_test_setup_teardown(absent_is_not_measured,
						sample_dir, sample_dir_remove),
		cmocka_unit_test_setup_teardown(bad_traces_are_refused,
						sample_dir, sample_dir_remove),
	};

	return cmocka_run_group_tests_name("trace", tests, NULL, NULL);
}
