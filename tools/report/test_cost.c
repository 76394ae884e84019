// SPDX-License-Identifier: GPL-2.0
/* Unit tests: what the variants cost. */
#include "test_sample.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cost.h"

static json_t *calls(int instructions)
{
	return json_pack("{si si si si}", "calls", 20000, "instructions",
			 instructions, "code_lines", 30, "data_lines", 8);
}

/* @up bytes more than none, which has 5000. */
static json_t *sample(const char *variant, int up)
{
	json_t *json = sample_record(variant), *more;

	more = json_pack(
		"{ss ss s{si si si si si si si si so} s{si si si si} s{si si si si} s{si si} s{so so}}",
		"command", "qemu", "module_sha256", SHA_A, "code", "before",
		5000, "after", 5000 + up, "added", 1, "removed", 0, "grown", 2,
		"shrunk", 0, "up", up, "down", 0, "most",
		up ? json_pack("[{ss si}]", "name", "fill", "bytes", up) :
		     json_array(),
		"data", "before", 700, "after", 690, "up", 10, "down", 20,
		"structs", "zone", 1664, "per_cpu_pages", 256, "pglist_data",
		4000, "page", 64, "gfp_bits", "numbered", 25, "used", 24,
		"fast_path", "alloc", calls(300), "free", calls(200));
	assert_non_null(more);
	json_object_update(json, more);
	json_decref(more);
	return json;
}

static int read_dir(struct costs *costs, const char *dir)
{
	struct grid grid;
	int ret;

	sample_grid(&grid);
	ret = cost_read(costs, dir, &grid);
	grid_free(&grid);
	return ret;
}

static void variants_are_read(void **state)
{
	json_t *summary = json_object(), *entry;
	struct costs costs;

	sample_write(*state, "none.json", sample("none", 0));
	sample_write(*state, "raw.json", sample("raw", 60));
	assert_int_equal(read_dir(&costs, *state), 0);
	assert_int_equal(costs.nr, 2);
	assert_int_equal(record_int(cost_find(&costs, V_RAW), "code.after"),
			 5060);
	assert_null(cost_find(&costs, V_TRYLOCK));
	assert_int_equal(cost_complete(&costs, *state), -1);

	cost_summarize(&costs, summary);
	entry = json_array_get(json_object_get(summary, "cost"), 1);
	assert_string_equal(
		json_string_value(json_object_get(entry, "variant")), "raw");
	assert_int_equal(
		json_integer_value(json_object_get(entry, "code_bytes")), 5060);
	json_decref(summary);
	cost_free(&costs);
}

static void nothing_measured(void **state)
{
	json_t *summary = json_object();
	struct costs costs;
	char *none;

	assert_true(asprintf(&none, "%s/cost", (char *)*state) > 0);
	assert_int_equal(read_dir(&costs, none), 0);
	assert_int_equal(cost_complete(&costs, none), 0);
	cost_summarize(&costs, summary);
	assert_null(json_object_get(summary, "cost"));
	json_decref(summary);
	free(none);
	/* A directory that is there, without a file. */
	assert_int_equal(read_dir(&costs, *state), -1);
}

/* raw with one key changed, beside a good none, is refused. */
static void refused(const char *dir, const char *key, json_t *value)
{
	json_t *json = sample("raw", 60);
	struct costs costs;
	const char *dot = strchr(key, '.');

	sample_write(dir, "none.json", sample("none", 0));
	if (dot && strchr(dot + 1, '.')) {
		json_t *outer = json_object_getn(json, key, dot - key);

		sample_set(outer, dot + 1, value);
	} else {
		sample_set(json, key, value);
	}
	sample_write(dir, "raw.json", json);
	assert_int_equal(read_dir(&costs, dir), -1);
}

static void bad_files_are_refused(void **state)
{
	static const char *const needed[] = {
		"format",
		"variant",
		"command",
		"module_sha256",
		"kernel.series_sha256",
		"code",
		"code.most",
		"code.grown",
		"data.up",
		"structs.zone",
		"structs.page",
		"gfp_bits.used",
		"fast_path.alloc.data_lines",
		"fast_path.free.instructions",
	};

	for (size_t i = 0; i < ARRAY_SIZE(needed); i++)
		refused(*state, needed[i], NULL);
	refused(*state, "variant", json_string("trylock"));
	refused(*state, "code.after", json_integer(5061));
	refused(*state, "data.down", json_integer(21));
	refused(*state, "gfp_bits.used", json_integer(26));
	refused(*state, "gfp_bits.numbered", json_integer(33));
	refused(*state, "code.most",
		json_pack("[{ss si}]", "name", "fill", "bytes", 0));
	refused(*state, "structs.zone", json_real(1.5));
	/* Other kernels than those of the cells, another base than that of none. */
	refused(*state, "kernel.series_sha256", json_string(SHA("cccc")));
	refused(*state, "kernel.config_sha256", json_string(SHA("cccc")));
	refused(*state, "qemu", json_string("QEMU 8"));
	refused(*state, "initramfs_sha256", json_string(SHA("cccc")));
	refused(*state, "data",
		json_pack("{si si si si}", "before", 701, "after", 701, "up", 0,
			  "down", 0));
}

static void none_is_its_own_base(void **state)
{
	struct costs costs;

	sample_write(*state, "none.json", sample("none", 4));
	assert_int_equal(read_dir(&costs, *state), -1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(variants_are_read, sample_dir,
						sample_dir_remove),
		cmocka_unit_test_setup_teardown(nothing_measured, sample_dir,
						sample_dir_remove),
		cmocka_unit_test_setup_teardown(bad_files_are_refused,
						sample_dir, sample_dir_remove),
		cmocka_unit_test_setup_teardown(none_is_its_own_base,
						sample_dir, sample_dir_remove),
	};

	return cmocka_run_group_tests_name("cost", tests, NULL, NULL);
}
