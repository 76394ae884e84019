// SPDX-License-Identifier: GPL-2.0
/* Unit tests: the heap, histograms and distributions of the model, and its runs. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <math.h>
#include <stdlib.h>

#include "heap.h"
#include "runs.h"

enum { EVENTS = 1000 };

static void heap_sorts(void **state)
{
	gsl_rng *rng = gsl_rng_alloc(gsl_rng_taus2);
	struct heap heap;
	uint64_t last = 0, at[EVENTS];

	(void)state;
	heap_init(&heap, EVENTS);
	assert_int_equal(heap_next_ns(&heap), UINT64_MAX);
	for (unsigned int i = 0; i < EVENTS; i++) {
		at[i] = gsl_rng_uniform_int(rng, EVENTS / 2);
		heap_push(&heap, at[i], i);
	}
	/* Some go and come back later, as CPUs do. */
	for (unsigned int i = 0; i < EVENTS; i++) {
		uint64_t next = heap_next_ns(&heap);
		unsigned int cpu = heap_pop(&heap);

		assert_int_equal(next, at[cpu]);
		at[cpu] += gsl_rng_uniform_int(rng, EVENTS / 2);
		heap_push(&heap, at[cpu], cpu);
	}
	for (unsigned int i = 0; i < EVENTS; i++) {
		uint64_t next = heap_next_ns(&heap);
		unsigned int cpu = heap_pop(&heap);

		assert_true(next >= last);
		assert_int_equal(next, at[cpu]);
		last = next;
		at[cpu] = UINT64_MAX; /* each is in it once */
	}
	assert_int_equal(heap.nr, 0);
	heap_free(&heap);
	gsl_rng_free(rng);
}

static void short_waits_are_exact(void **state)
{
	struct waits *waits = calloc(1, sizeof(*waits));

	(void)state;
	assert_int_equal(waits_quantile(waits, 9999), 0);
	assert_true(waits_mean(waits) == 0);
	for (uint64_t ns = 1; ns <= 200; ns++)
		waits_add(waits, ns);
	assert_int_equal(waits_quantile(waits, 0), 0);
	assert_int_equal(waits_quantile(waits, 5000), 100);
	assert_int_equal(waits_quantile(waits, 5001), 101);
	assert_int_equal(waits_quantile(waits, 10000), 200);
	assert_true(waits_mean(waits) == 100.5);
	free(waits);
}

/* A quantile is never below the wait that it is, and at most 1/128 above. */
static void long_waits_are_near(void **state)
{
	struct waits *waits;
	uint64_t ns = 1;

	(void)state;
	while (ns < UINT64_MAX / 4) {
		uint64_t median;

		waits = calloc(1, sizeof(*waits));
		waits_add(waits, ns);
		waits_add(waits, UINT64_MAX / 2);
		median = waits_quantile(waits, 5000);
		assert_true(median >= ns && median - ns <= ns / WAITS_STEPS);
		assert_int_equal(waits_quantile(waits, 10000), UINT64_MAX / 2);
		free(waits);
		ns += 1 + ns / 3;
	}
}

static void draws_follow_the_histogram(void **state)
{
	json_t *hist = json_pack("{si si si}", "10", 1, "20", 2, "500", 5);
	gsl_rng *rng = gsl_rng_alloc(gsl_rng_taus2);
	unsigned int seen[501] = { 0 };
	struct dist dist;

	(void)state;
	assert_int_equal(dist_read(&dist, hist), 0);
	assert_true(fabs(dist.mean_ns - 2550.0 / 8) < 1e-9);
	assert_int_equal(dist.max_ns, 500);
	for (int i = 0; i < 80000; i++)
		seen[dist_draw(&dist, rng)]++;
	/* Five standard deviations and more. */
	assert_in_range(seen[10], 9500, 10500);
	assert_in_range(seen[20], 19300, 20700);
	assert_int_equal(seen[10] + seen[20] + seen[500], 80000);
	dist_free(&dist);
	gsl_rng_free(rng);
	json_decref(hist);
}

static void no_histogram_is_refused(void **state)
{
	static const char *const bad[] = {
		"{}",		"[1]",
		"{\"x\": 1}",	"{\"-1\": 1}",
		"{\"1.5\": 1}", "{\"1\": 0}",
		"{\"1\": -1}",	"{\"1\": 2, \"2\": \"3\"}",
	};
	struct dist dist;

	(void)state;
	assert_int_equal(dist_read(&dist, NULL), -1);
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		json_t *hist = json_loads(bad[i], 0, NULL);

		assert_non_null(hist);
		assert_int_equal(dist_read(&dist, hist), -1);
		json_decref(hist);
	}
}

/*
 * One gap and one hold, all CPUs at once: with n of them the longest wait is n - 1
 * holds, so that the budget of 100 holds breaks with 102.
 */
static void budget_is_found(void **state)
{
	static const unsigned int cpus[] = { 2, 64, 128, 512 };
	const uint64_t gap = 1000000, hold = 100;
	const double once = 1;
	struct runs runs = { .params = { .operations = 1000 } };
	struct dist gaps, holds;

	(void)state;
	dist_make(&gaps, &gap, &once, 1);
	dist_make(&holds, &hold, &once, 1);
	runs.params.gap = &gaps;
	runs.params.hold = &holds;
	assert_int_equal(runs_first_above(&runs, D_QUEUE, C_PREEMPTIBLE,
					  100 * hold, cpus, 4),
			 102);
	assert_int_equal(
		runs_get(&runs, D_QUEUE, 102)->of[C_PREEMPTIBLE].off_max_ns,
		101 * hold);
	assert_int_equal(
		runs_first_above(&runs, D_QUEUE, C_PREEMPTIBLE, 0, cpus, 4), 2);
	/* No number of CPUs, and no caller of the kind. */
	assert_int_equal(runs_first_above(&runs, D_QUEUE, C_PREEMPTIBLE,
					  511 * hold, cpus, 4),
			 0);
	assert_int_equal(runs_first_above(&runs, D_QUEUE, C_ATOMIC, 0, cpus, 4),
			 0);
	assert_ptr_equal(runs_get(&runs, D_QUEUE, 102),
			 runs_get(&runs, D_QUEUE, 102));
	runs_free(&runs);
	dist_free(&gaps);
	dist_free(&holds);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(heap_sorts),
		cmocka_unit_test(short_waits_are_exact),
		cmocka_unit_test(long_waits_are_near),
		cmocka_unit_test(draws_follow_the_histogram),
		cmocka_unit_test(no_histogram_is_refused),
		cmocka_unit_test(budget_is_found),
	};

	return cmocka_run_group_tests_name("parts", tests, NULL, NULL);
}
