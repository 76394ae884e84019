// SPDX-License-Identifier: GPL-2.0
/* Unit tests: contention. */
#include "test_sample.h"

#include <stdlib.h>
#include <string.h>

#include "contention.h"
#include "file.h"

/* Queueing with 2 and 4 CPUs, a gate that is handed over in no time and in 3 us. */
static json_t *sample(const char *variant, const char *load)
{
	static const char points[] =
		"[{\"discipline\": \"queue\", \"handoff_ns\": 0, \"cpus\": 2, \"utilisation\": 0.5, \"operations_per_s\": 7, %s},"
		" {\"discipline\": \"queue\", \"handoff_ns\": 0, \"cpus\": 4, \"utilisation\": 1.0, \"operations_per_s\": 7, %s},"
		" {\"discipline\": \"gate\", \"handoff_ns\": 0, \"cpus\": 2, \"utilisation\": 0.5, \"operations_per_s\": 7, %s},"
		" {\"discipline\": \"gate\", \"handoff_ns\": 3000, \"cpus\": 2, \"utilisation\": 0.5, \"operations_per_s\": 7, %s}]";
	static const char both[] =
		"\"preemptible\": {\"wait_mean_ns\": 5, \"wait_p9999_ns\": 70, \"wait_max_ns\": 80, \"total_mean_ns\": 6, \"total_max_ns\": 90},"
		"\"atomic\": {\"wait_mean_ns\": 6, \"wait_p9999_ns\": 60, \"wait_max_ns\": 60, \"total_mean_ns\": 6, \"total_max_ns\": 60}";
	static const char one[] =
		"\"preemptible\": {\"wait_mean_ns\": 9, \"wait_p9999_ns\": 99, \"wait_max_ns\": 99, \"total_mean_ns\": 9, \"total_max_ns\": 99}";
	json_t *json = sample_record(variant), *more;
	char *text;

	more = json_pack(
		"{ss ss ss ss ss sf s{sf si si si} s{sf si} s{ss ss si} s[{ss ss si si} {ss ss si}]}",
		"load", load, "accel", "icount", "profile", "quick", "command",
		"contend", "source", "model", "utilisation", 0.25, "model",
		"atomic", 0.1, "patience_ns", 20, "operations", 1000, "seed", 1,
		"hold", "mean_ns", 20.5, "max_ns", 40, "holds", "sha256", SHA_A,
		"date", "2026-01-02T03:04:05Z", "nr", 7, "breaks", "discipline",
		"queue", "caller", "preemptible", "budget_ns", 50, "cpus", 2,
		"discipline", "queue", "caller", "atomic", "budget_ns", 500);
	assert_non_null(more);
	json_object_update(json, more);
	json_decref(more);
	assert_true(asprintf(&text, points, both, one, both, both) > 0);
	json_object_set_new(json, "points", json_loads(text, 0, NULL));
	free(text);
	return json;
}

/* Holds of the same kernels, of raw under anon and idle. */
static void sample_holds(struct matrix *holds)
{
	memset(holds, 0, sizeof(*holds));
	for (int l = 0; l < NR_LOADS; l++) {
		struct record *rec = &holds->at[V_RAW][l];

		if (l != L_ANON && l != L_IDLE)
			continue;
		rec->json = sample_record("raw");
		json_object_set_new(rec->json, "locks",
				    json_pack("{s{si}}", "zone", "holds", 7));
	}
}

/* Read what is in a directory against the sample cells and holds. */
static int read_dir(struct matrix *m, const char *dir)
{
	struct matrix holds;
	struct grid grid;
	int ret;

	sample_grid(&grid);
	sample_holds(&holds);
	ret = contention_read(m, dir, &holds, &grid);
	matrix_free(&holds);
	grid_free(&grid);
	return ret;
}

static void points_are_found(void **state)
{
	const struct record *rec;
	const json_t *point;
	struct wait wait;
	struct matrix m;
	struct contention_way way;

	sample_write(*state, "raw/anon.json", sample("raw", "anon"));
	assert_int_equal(read_dir(&m, *state), 0);
	rec = matrix_find(&m, V_RAW, L_ANON);
	assert_true(contention_way(rec, 0, &way));
	assert_string_equal(way.discipline, "queue");
	assert_null(contention_point(rec, &way, 8));
	assert_false(contention_wait(NULL, C_ATOMIC, &wait));
	point = contention_point(rec, &way, 4);
	assert_true(contention_wait(point, C_PREEMPTIBLE, &wait));
	assert_int_equal(wait.max_ns, 99);
	/* No such callers are no waits of 0. */
	assert_false(contention_wait(point, C_ATOMIC, &wait));
	assert_int_equal(wait.max_ns, -1);
	assert_true(contention_way(rec, 1, &way));
	assert_string_equal(way.discipline, "gate");
	assert_int_equal(way.handoff_ns, 0);
	assert_true(contention_way(rec, 2, &way));
	assert_int_equal(way.handoff_ns, 3000);
	assert_true(contention_wait(contention_point(rec, &way, 2), C_ATOMIC,
				    &wait));
	assert_int_equal(wait.mean_ns, 6);
	assert_int_equal(wait.total_max_ns, 60);
	assert_false(contention_way(rec, 3, &way));
	matrix_free(&m);
}

static void budgets_are_found(void **state)
{
	const struct record *rec;
	struct matrix m;

	sample_write(*state, "raw/anon.json", sample("raw", "anon"));
	assert_int_equal(read_dir(&m, *state), 0);
	rec = matrix_find(&m, V_RAW, L_ANON);
	assert_int_equal(contention_breaks(rec, "queue", C_PREEMPTIBLE, 50), 2);
	assert_int_equal(contention_breaks(rec, "queue", C_ATOMIC, 500), 0);
	assert_int_equal(contention_breaks(rec, "queue", C_ATOMIC, 50), -1);
	assert_int_equal(contention_breaks(rec, "gate", C_PREEMPTIBLE, 50), -1);
	matrix_free(&m);
}

/* Waits that were measured; nobody waited in the queue, or at the gate. */
static json_t *with_measured(json_t *json)
{
	json_t *kernel = json_object_get(json, "kernel");

	json_object_set_new(
		json, "measured",
		json_pack(
			"{sO sO ss ss si si s[{si si si si} {si si si si s{si si si}} {si si si si s{si si si}}]}",
			"kernel", kernel, "gate_kernel", kernel, "date",
			"2026-01-02T03:04:05Z", "qemu", "QEMU", "host_cpus", 2,
			"window_ms", 9, "points", "cpus", 1, "contentions", 0,
			"wait_ns", 0, "wait_max_ns", 0, "cpus", 2,
			"contentions", 0, "wait_ns", 0, "wait_max_ns", 0,
			"gate", "contentions", 4, "wait_ns", 10, "wait_max_ns",
			7, "cpus", 4, "contentions", 8, "wait_ns", 12,
			"wait_max_ns", 5, "gate", "contentions", 0, "wait_ns",
			0, "wait_max_ns", 0));
	assert_non_null(json_object_get(json, "measured"));
	return json;
}

static void measured_waits_are_found(void **state)
{
	struct contention_counted counted;
	struct contention_check check;
	const struct record *rec;
	struct matrix m;

	sample_write(*state, "raw/anon.json",
		     with_measured(sample("raw", "anon")));
	sample_write(*state, "raw/idle.json", sample("raw", "idle"));
	assert_int_equal(read_dir(&m, *state), 0);
	assert_false(contention_counted(matrix_find(&m, V_RAW, L_IDLE), 0,
					&counted));
	rec = matrix_find(&m, V_RAW, L_ANON);
	assert_true(contention_counted(rec, 0, &counted));
	assert_int_equal(counted.cpus, 2);
	assert_true(counted.has_cpus);
	assert_int_equal(counted.queue.nr, 0);
	assert_true(counted.queue.mean_ns == 0);
	assert_int_equal(counted.gate.nr, 4);
	assert_true(counted.gate.mean_ns == 2.5);
	assert_int_equal(counted.gate.max_ns, 7);
	assert_true(contention_counted(rec, 1, &counted));
	assert_false(counted.has_cpus);
	assert_true(counted.queue.mean_ns == 1.5);
	assert_false(contention_counted(rec, 2, &counted));
	/* The model is not held against a gate. */
	assert_false(contention_measured(rec, 0, &check));
	assert_int_equal(contention_checked(&m), CONTENTION_UNCHECKED);
	matrix_free(&m);
}

/* A share of atomic callers that was simulated: a copy of a point. */
static void add_share(json_t *json, double share, bool measured,
		      long long max_ns)
{
	json_t *point = json_deep_copy(
		json_array_get(json_object_get(json, "points"), 0));

	json_object_set_new(point, "atomic_share", json_real(share));
	json_object_set_new(point, "measured", json_boolean(measured));
	json_object_del(point, "atomic");
	sample_set(point, "preemptible.wait_max_ns", json_integer(max_ns));
	sample_set(point, "preemptible.total_max_ns", json_integer(max_ns));
	if (!json_object_get(json, "shares"))
		json_object_set_new(json, "shares", json_array());
	json_array_append_new(json_object_get(json, "shares"), point);
}

static void the_assumed_share_is_found(void **state)
{
	json_t *json = sample("raw", "anon");
	long long max_ns[NR_CALLERS];
	const struct record *rec;
	struct matrix m;
	double share;

	add_share(json, 0.1, true, 500);
	add_share(json, 0.1, false, 200);
	add_share(json, 0.1, false, 300);
	add_share(json, 0.1, false, 250);
	add_share(json, 0.2, false, 400);
	sample_write(*state, "raw/anon.json", json);
	assert_int_equal(read_dir(&m, *state), 0);
	rec = matrix_find(&m, V_RAW, L_ANON);
	assert_true(contention_as_assumed(rec, "queue", 2, max_ns));
	assert_int_equal(max_ns[C_PREEMPTIBLE], 300);
	assert_int_equal(max_ns[C_ATOMIC], -1);
	assert_true(contention_as_measured(rec, "queue", 2, &share, max_ns));
	assert_int_equal(max_ns[C_PREEMPTIBLE], 500);
	assert_true(share == 0.1);
	assert_false(contention_as_assumed(rec, "queue", 4, max_ns));
	assert_false(contention_as_assumed(rec, "gate", 2, max_ns));
	assert_int_equal(max_ns[C_PREEMPTIBLE], -1);
	matrix_free(&m);
}

static void summary_has_an_entry_a_kind_of_callers(void **state)
{
	json_t *summary = json_object(), *list, *entry;
	struct matrix m;

	sample_write(*state, "raw/anon.json", sample("raw", "anon"));
	assert_int_equal(read_dir(&m, *state), 0);
	contention_summarize(&m, summary);
	list = json_object_get(summary, "contention");
	assert_int_equal(json_array_size(list), 7);
	entry = json_array_get(list, 1);
	assert_int_equal(json_object_size(entry), 14);
	assert_string_equal(json_string_value(json_object_get(entry, "caller")),
			    "atomic");
	assert_int_equal(
		json_integer_value(json_object_get(entry, "wait_max_ns")), 60);
	list = json_object_get(summary, "contention_budgets");
	assert_int_equal(json_array_size(list), 2);
	entry = json_array_get(list, 1);
	assert_null(json_object_get(entry, "cpus"));
	assert_string_equal(
		json_string_value(json_object_get(entry, "variant")), "raw");
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
	contention_summarize(&m, summary);
	assert_int_equal(json_object_size(summary), 0);
	json_decref(summary);
	free(dir);
	/* A directory without a result is a measurement that was lost. */
	assert_int_equal(read_dir(&m, *state), -1);
}

/* A result that is changed by @change, beside a good one, is refused. */
static void refuse(const char *dir, void (*change)(json_t *json, const void *),
		   const void *arg)
{
	json_t *json = sample("raw", "idle");
	struct matrix m;

	sample_write(dir, "raw/anon.json", sample("raw", "anon"));
	change(json, arg);
	sample_write(dir, "raw/idle.json", json);
	assert_int_equal(read_dir(&m, dir), -1);
}

static void nothing(json_t *json, const void *arg)
{
	(void)json, (void)arg;
}

struct key {
	const char *key;
	json_t *value; /* NULL: is removed */
};

static void set_key(json_t *json, const void *arg)
{
	const struct key *key = arg;

	sample_set(json, key->key, key->value);
}

static void set_point(json_t *json, const void *arg)
{
	set_key(json_array_get(json_object_get(json, "points"), 3), arg);
}

static void set_break(json_t *json, const void *arg)
{
	set_key(json_array_get(json_object_get(json, "breaks"), 1), arg);
}

static void good_ones_are_taken(void **state)
{
	struct matrix m;

	sample_write(*state, "raw/idle.json", sample("raw", "idle"));
	sample_write(*state, "raw/anon.json", sample("raw", "anon"));
	assert_int_equal(read_dir(&m, *state), 0);
	assert_int_equal(m.nr, 2);
	matrix_free(&m);
	/* There are no holds of none. */
	sample_write(*state, "none/anon.json", sample("none", "anon"));
	refuse(*state, nothing, NULL);
}

static void bad_ones_are_refused(void **state)
{
	static const char *const needed[] = {
		"format",     "variant",      "load",
		"accel",      "profile",      "command",
		"date",	      "source",	      "utilisation",
		"model",      "model.atomic", "model.operations",
		"hold",	      "hold.max_ns",  "holds",
		"holds.date", "holds.nr",     "points",
		"kernel",
	};
	static const char *const of_point[] = {
		"discipline",
		"handoff_ns",
		"cpus",
		"utilisation",
		"atomic.wait_mean_ns",
		"atomic.wait_p9999_ns",
		"atomic.wait_max_ns",
		"atomic.total_mean_ns",
		"atomic.total_max_ns",
		"operations_per_s",
	};
	const struct key keys[] = {
		{ "source", json_string("measured") },
		{ "model.atomic", json_real(1.5) },
		{ "model.operations", json_integer(1001) },
		{ "utilisation", json_real(-0.1) },
		{ "hold.max_ns", json_integer(0) },
		{ "holds.nr", json_integer(8) },
		{ "holds.date", json_string("2026-01-02T03:04:06Z") },
		{ "points", json_array() },
		{ "points", json_pack("[i]", 1) },
		{ "kernel.series_sha256", json_string(SHA("cccc")) },
		{ "kernel.config_sha256", json_string(SHA("cccc")) },
	};
	const struct key points[] = {
		{ "handoff_ns", json_integer(0) }, /* there twice */
		{ "handoff_ns", json_integer(-1) },
		{ "cpus", json_integer(0) },
		{ "utilisation", json_real(1.1) },
		{ "atomic", json_integer(5) },
		{ "atomic.wait_mean_ns", json_integer(61) },
		{ "atomic.wait_p9999_ns", json_integer(61) },
		{ "atomic.wait_max_ns", json_integer(61) },
		{ "atomic.total_max_ns", json_integer(59) },
	};
	const struct key breaks[] = {
		{ "discipline", NULL },	     { "caller", NULL },
		{ "budget_ns", NULL },	     { "budget_ns", json_integer(0) },
		{ "cpus", json_integer(0) },
	};

	for (size_t i = 0; i < ARRAY_SIZE(needed); i++)
		refuse(*state, set_key, &(struct key){ needed[i], NULL });
	for (size_t i = 0; i < ARRAY_SIZE(of_point); i++)
		refuse(*state, set_point, &(struct key){ of_point[i], NULL });
	for (size_t i = 0; i < ARRAY_SIZE(keys); i++)
		refuse(*state, set_key, &keys[i]);
	for (size_t i = 0; i < ARRAY_SIZE(points); i++)
		refuse(*state, set_point, &points[i]);
	for (size_t i = 0; i < ARRAY_SIZE(breaks); i++)
		refuse(*state, set_break, &breaks[i]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(points_are_found, sample_dir,
						sample_dir_remove),
		cmocka_unit_test_setup_teardown(budgets_are_found, sample_dir,
						sample_dir_remove),
		cmocka_unit_test_setup_teardown(measured_waits_are_found,
						sample_dir, sample_dir_remove),
		cmocka_unit_test_setup_teardown(the_assumed_share_is_found,
						sample_dir, sample_dir_remove),
		cmocka_unit_test_setup_teardown(
			summary_has_an_entry_a_kind_of_callers, sample_dir,
			sample_dir_remove),
		cmocka_unit_test_setup_teardown(absent_is_not_measured,
						sample_dir, sample_dir_remove),
		cmocka_unit_test_setup_teardown(good_ones_are_taken, sample_dir,
						sample_dir_remove),
		cmocka_unit_test_setup_teardown(bad_ones_are_refused,
						sample_dir, sample_dir_remove),
	};

	return cmocka_run_group_tests_name("contention", tests, NULL, NULL);
}
