// SPDX-License-Identifier: GPL-2.0
/* Unit tests: the simulation against closed forms and conservation laws. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

#include "sim.h"

enum { QUANTILES = 20000 };

static const double once = 1;

/* One time only. */
static void constant(struct dist *dist, uint64_t ns)
{
	dist_make(dist, &ns, &once, 1);
}

/* As many equally likely times as to be exponential. */
static void exponential(struct dist *dist, double mean_ns)
{
	static uint64_t ns[QUANTILES];
	static double weights[QUANTILES];

	for (size_t i = 0; i < QUANTILES; i++) {
		ns[i] = llround(-mean_ns * log1p(-(i + 0.5) / QUANTILES));
		weights[i] = 1;
	}
	dist_make(dist, ns, weights, QUANTILES);
}

/* Gaps, holds, and what is simulated with them. */
struct scene {
	struct dist gap, hold;
	struct sim_params params;
};

static void scene_begin(struct scene *scene)
{
	scene->params = (struct sim_params){
		.gap = &scene->gap,
		.hold = &scene->hold,
		.cpus = 8,
		.atomic = 0.1,
		.patience_ns = 3000000,
		.warmup = 10000,
		.operations = 1000000,
		.seed = 1,
	};
}

static void scene_end(struct scene *scene)
{
	dist_free(&scene->gap);
	dist_free(&scene->hold);
}

/* The mean of all callers' waits. */
static double mean_wait(const struct sim_result *result)
{
	const struct waits *a = &result->total[C_PREEMPTIBLE],
			   *b = &result->total[C_ATOMIC];

	return (a->sum_ns + b->sum_ns) / (a->nr + b->nr);
}

static void assert_near(double found, double wanted, double tolerance)
{
	if (fabs(found - wanted) > tolerance * wanted)
		print_error("%g is not within %g of %g\n", found, tolerance,
			    wanted);
	assert_true(fabs(found - wanted) <= tolerance * wanted);
}

static void alone_nobody_waits(void **state)
{
	struct scene scene;

	(void)state;
	scene_begin(&scene);
	exponential(&scene.gap, 2000);
	exponential(&scene.hold, 1000);
	scene.params.cpus = 1;
	for (int d = 0; d < NR_DISCIPLINES; d++) {
		struct sim_result *result;

		scene.params.discipline = d;
		result = sim_run(&scene.params);
		for (int c = 0; c < NR_CALLERS; c++) {
			assert_true(result->total[c].nr > 0);
			assert_int_equal(result->total[c].max_ns, 0);
			assert_int_equal(result->off[c].max_ns, 0);
		}
		/* The task's gap goes on while the interrupt holds the lock. */
		assert_near(result->busy_ns / result->span_ns, 1.0 / 3, 0.03);
		free(result);
	}
	scene_end(&scene);
}

/* All want the lock at one time, and then each when it is free. */
static void the_last_waits_for_all_others(void **state)
{
	struct scene scene;

	(void)state;
	scene_begin(&scene);
	constant(&scene.gap, 1000000);
	constant(&scene.hold, 100);
	scene.params.cpus = 64;
	scene.params.atomic = 0;
	scene.params.patience_ns = UINT32_MAX;
	scene.params.warmup = 0;
	scene.params.operations = 64;
	for (int d = 0; d < NR_DISCIPLINES; d++) {
		struct sim_result *result;
		const struct waits *off, *total;

		scene.params.discipline = d;
		result = sim_run(&scene.params);
		off = &result->off[C_PREEMPTIBLE];
		total = &result->total[C_PREEMPTIBLE];
		assert_int_equal(total->nr, 64);
		assert_int_equal(total->max_ns, 63 * 100);
		assert_near(waits_mean(total), 63 * 100 / 2.0, 1e-9);
		/* The gate lets one through, and only when the lock is free. */
		assert_int_equal(off->max_ns, d == D_QUEUE ? 63 * 100 : 0);
		assert_near(result->span_ns, 64 * 100, 1e-9);
		assert_near(result->busy_ns, 64 * 100, 1e-9);
		free(result);
	}
	scene_end(&scene);
}

/*
 * The machine repairman: exponential gaps Z and holds S of n customers. By mean value
 * analysis R(n) = S (1 + Q(n-1)), Q(n) = n R(n) / (Z + R(n)), Q(0) = 0; the wait is
 * R - S (Reiser and Lavenberg, J. ACM 27(2), 1980).
 */
static double repairman(unsigned int cpus, double gap, double hold)
{
	double queued = 0, response = 0;

	for (unsigned int n = 1; n <= cpus; n++) {
		response = hold * (1 + queued);
		queued = n * response / (gap + response);
	}
	return response - hold;
}

/*
 * Who gets the lock next does not depend on how long anyone holds it, and it is never
 * free while anyone wants it: so the mean over all callers is the same in each
 * discipline (Kleinrock's conservation law).
 */
static void mean_is_the_repairmans(void **state)
{
	static const unsigned int cpus[] = { 2, 8, 30 };
	struct scene scene;

	(void)state;
	scene_begin(&scene);
	exponential(&scene.gap, 10000000);
	exponential(&scene.hold, 1000000);
	scene.params.atomic = 0;
	for (size_t i = 0; i < 3; i++)
		for (int d = 0; d < NR_DISCIPLINES; d++) {
			struct sim_result *result;

			scene.params.cpus = cpus[i];
			scene.params.discipline = d;
			result = sim_run(&scene.params);
			assert_near(mean_wait(result),
				    repairman(cpus[i], 1e7, 1e6), 0.02);
			free(result);
		}
	scene_end(&scene);
}

/*
 * Many CPUs that seldom want the lock are a Poisson stream: with constant holds the
 * mean wait is that of M/D/1, rho S / (2 (1 - rho)) (Pollaczek and Khinchine).
 */
static void many_idle_cpus_are_a_stream(void **state)
{
	const double hold = 1000, rho = 0.3;
	struct sim_result *result;
	struct scene scene;

	(void)state;
	scene_begin(&scene);
	scene.params.cpus = 512;
	scene.params.operations = 2000000;
	exponential(&scene.gap, 512 * hold / rho);
	constant(&scene.hold, hold);
	result = sim_run(&scene.params);
	assert_near(mean_wait(result), rho * hold / (2 * (1 - rho)), 0.02);
	free(result);
	scene_end(&scene);
}

/* What has to be so in every discipline: utilisation and response time laws. */
static void laws_hold(void **state)
{
	struct scene scene;

	(void)state;
	scene_begin(&scene);
	exponential(&scene.gap, 50000);
	exponential(&scene.hold, 1000);
	scene.params.cpus = 64;
	for (int i = 0; i < 2 * NR_DISCIPLINES; i++) {
		bool is_mixed = i >= NR_DISCIPLINES;
		struct sim_result *result;
		uint64_t nr;
		double rate;

		scene.params.discipline = i % NR_DISCIPLINES;
		scene.params.atomic = is_mixed ? 0.1 : 0;
		result = sim_run(&scene.params);
		nr = result->total[C_PREEMPTIBLE].nr +
		     result->total[C_ATOMIC].nr;
		rate = nr / result->span_ns;
		assert_int_equal(nr, scene.params.operations);
		assert_true(result->busy_ns <= result->span_ns);
		assert_near(result->busy_ns / result->span_ns,
			    rate * scene.hold.mean_ns, 0.01);
		if (!is_mixed)
			assert_near(mean_wait(result),
				    64 / rate - scene.gap.mean_ns -
					    scene.hold.mean_ns,
				    0.02);
		for (int c = 0; c < NR_CALLERS; c++) {
			assert_int_equal(result->off[c].nr,
					 result->total[c].nr);
			assert_true(result->off[c].max_ns <=
				    result->total[c].max_ns);
		}
		/* An atomic caller has no other way than to queue. */
		assert_true(result->off[C_ATOMIC].sum_ns ==
			    result->total[C_ATOMIC].sum_ns);
		free(result);
	}
	scene_end(&scene);
}

/* Both kinds have their share as long as nobody waits long. */
static void shares_are_kept(void **state)
{
	struct scene scene;

	(void)state;
	scene_begin(&scene);
	exponential(&scene.gap, 5000000);
	exponential(&scene.hold, 1000);
	for (int d = 0; d < NR_DISCIPLINES; d++) {
		struct sim_result *result;

		scene.params.discipline = d;
		result = sim_run(&scene.params);
		assert_near(result->total[C_ATOMIC].nr,
			    0.1 * scene.params.operations, 0.02);
		assert_near(scene.params.operations / result->span_ns,
			    8 / 5001000.0, 0.02);
		free(result);
	}
	scene_end(&scene);
}

/* A CPU whose task sleeps at the gate, or tries, still has its interrupts. */
static void interrupts_come_whoever_waits(void **state)
{
	struct scene scene;

	(void)state;
	scene_begin(&scene);
	exponential(&scene.gap, 50000);
	exponential(&scene.hold, 1000);
	/* Six times what the lock can serve, of which interrupts are six tenths. */
	scene.params.cpus = 306;
	for (int d = D_SPIN; d < NR_DISCIPLINES; d++) {
		struct sim_result *result;
		double nr;

		scene.params.discipline = d;
		result = sim_run(&scene.params);
		nr = result->total[C_ATOMIC].nr;
		/* A gap begins when the interrupt's own hold is over. */
		assert_near(nr / result->span_ns, 306 * 0.1 / 51000, 0.02);
		free(result);
	}
	scene_end(&scene);
}

/* More CPUs than the lock can serve, in one discipline. */
static struct sim_result *crowd(struct scene *scene, enum discipline d)
{
	scene_begin(scene);
	constant(&scene->gap, 5000);
	exponential(&scene->hold, 1000);
	scene->params.cpus = 64;
	/* A fifth of what the lock can serve. */
	scene->params.atomic = 0.02;
	scene->params.discipline = d;
	return sim_run(&scene->params);
}

static void queue_is_fair(void **state)
{
	struct scene scene;
	struct sim_result *result = crowd(&scene, D_QUEUE);

	(void)state;
	/* Nobody is overtaken: each other one holds the lock once. */
	assert_true(result->off[C_PREEMPTIBLE].max_ns <=
		    63 * scene.hold.max_ns);
	assert_near(waits_mean(&result->off[C_PREEMPTIBLE]),
		    waits_mean(&result->off[C_ATOMIC]), 0.01);
	assert_true(result->most_queued > 50);
	free(result);
	scene_end(&scene);
}

static void spinning_keeps_preemption_on(void **state)
{
	struct scene scene;
	struct sim_result *spin = crowd(&scene, D_SPIN), *queue;

	(void)state;
	assert_int_equal(spin->off[C_PREEMPTIBLE].max_ns, 0);
	assert_int_equal(spin->most_queued, 0);
	scene.params.discipline = D_QUEUE;
	queue = sim_run(&scene.params);
	/* Atomic callers overtake those who try, and luck is not fair. */
	assert_true(waits_mean(&spin->off[C_ATOMIC]) <
		    waits_mean(&queue->off[C_ATOMIC]) / 10);
	assert_true(spin->total[C_PREEMPTIBLE].max_ns >
		    3 * queue->total[C_PREEMPTIBLE].max_ns);
	free(queue);
	free(spin);
	scene_end(&scene);
}

static void gate_lets_one_through(void **state)
{
	struct scene scene;
	struct sim_result *gate = crowd(&scene, D_GATE);

	(void)state;
	assert_int_equal(gate->most_queued, 1);
	assert_true(gate->off[C_PREEMPTIBLE].max_ns > 0);
	assert_true(waits_mean(&gate->off[C_PREEMPTIBLE]) <
		    waits_mean(&gate->total[C_PREEMPTIBLE]) / 10);
	free(gate);
	/* With none but preemptible callers nobody competes with its owner. */
	scene.params.atomic = 0;
	gate = sim_run(&scene.params);
	assert_int_equal(gate->off[C_PREEMPTIBLE].max_ns, 0);
	assert_int_equal(gate->off[C_ATOMIC].nr, 0);
	free(gate);
	scene_end(&scene);
}

static void patience_ends(void **state)
{
	struct scene scene;
	struct sim_result *result = crowd(&scene, D_GATE_SPIN), *gate;

	(void)state;
	assert_int_equal(result->off[C_PREEMPTIBLE].max_ns, 0);
	assert_int_equal(result->most_queued, 0);
	free(result);
	/* Who does not try at all does as with the gate alone. */
	scene.params.patience_ns = 0;
	result = sim_run(&scene.params);
	scene.params.discipline = D_GATE;
	gate = sim_run(&scene.params);
	assert_int_equal(result->most_queued, 1);
	assert_near(waits_mean(&result->off[C_PREEMPTIBLE]),
		    waits_mean(&gate->off[C_PREEMPTIBLE]), 0.05);
	free(gate);
	free(result);
	/* Beside atomic callers that never leave the lock free, trying alone starves. */
	scene.params.discipline = D_GATE_SPIN;
	scene.params.atomic = 0.9;
	scene.params.patience_ns = 10000;
	result = sim_run(&scene.params);
	assert_int_equal(result->most_queued, 1);
	assert_true(result->off[C_PREEMPTIBLE].max_ns > 0);
	free(result);
	scene_end(&scene);
}

/*
 * A gate that is handed over to a sleeper leaves the lock free meanwhile: with
 * preemptible callers alone one operation takes a hold and a handoff.
 */
static void handing_over_takes_time(void **state)
{
	struct scene scene;
	struct sim_result *result = crowd(&scene, D_GATE);

	(void)state;
	free(result);
	scene.params.atomic = 0;
	scene.params.handoff_ns = 3000;
	result = sim_run(&scene.params);
	assert_near(result->span_ns / scene.params.operations,
		    scene.hold.mean_ns + 3000, 0.01);
	assert_near(result->busy_ns / result->span_ns, 0.25, 0.01);
	free(result);
	/* Who only wants the gate when the lock is taken does not leave it free. */
	scene.params.discipline = D_GATE_SPIN;
	result = sim_run(&scene.params);
	assert_true(result->busy_ns / result->span_ns > 0.35);
	assert_int_equal(result->most_queued, 0);
	free(result);
	scene_end(&scene);
}

static void seed_decides(void **state)
{
	struct scene scene;
	struct sim_result *first = crowd(&scene, D_SPIN),
			  *second = sim_run(&scene.params), *third;

	(void)state;
	assert_memory_equal(first, second, sizeof(*first));
	scene.params.seed = 2;
	third = sim_run(&scene.params);
	assert_memory_not_equal(first, third, sizeof(*first));
	free(third);
	free(second);
	free(first);
	scene_end(&scene);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(alone_nobody_waits),
		cmocka_unit_test(the_last_waits_for_all_others),
		cmocka_unit_test(mean_is_the_repairmans),
		cmocka_unit_test(many_idle_cpus_are_a_stream),
		cmocka_unit_test(laws_hold),
		cmocka_unit_test(shares_are_kept),
		cmocka_unit_test(interrupts_come_whoever_waits),
		cmocka_unit_test(queue_is_fair),
		cmocka_unit_test(spinning_keeps_preemption_on),
		cmocka_unit_test(gate_lets_one_through),
		cmocka_unit_test(patience_ends),
		cmocka_unit_test(handing_over_takes_time),
		cmocka_unit_test(seed_decides),
	};

	return cmocka_run_group_tests_name("simulation", tests, NULL, NULL);
}
