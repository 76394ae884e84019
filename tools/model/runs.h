/* SPDX-License-Identifier: GPL-2.0 */
/* Simulations of all disciplines and numbers of CPUs, each made once and when needed. */
#ifndef MODEL_RUNS_H
#define MODEL_RUNS_H

#include "sim.h"

enum { CPUS_MAX = 512 };

struct figures {
	uint64_t operations; /* of this kind of caller; 0: the rest is 0 as well */
	double off_mean_ns; /* waits with preemption off */
	uint64_t off_p9999_ns, off_max_ns;
	double total_mean_ns; /* from wanting the lock to having it */
	uint64_t total_max_ns;
};

struct run {
	struct figures of[NR_CALLERS];
	double wait_mean_ns; /* of all callers, from wanting the lock to having it */
	double utilisation; /* share of the time in which the lock is held */
	double operations_per_s; /* of all CPUs */
};

struct runs {
	struct sim_params params; /* but for discipline and cpus */
	struct run *made[NR_DISCIPLINES][CPUS_MAX + 1]; /* NULL: not yet */
};

/**
 * runs_get() - one run, simulated now if it is the first time
 * @runs: runs
 * @d: discipline
 * @cpus: number of CPUs, CPUS_MAX at most
 *
 * Each number of CPUs has random numbers of its own, the same in all disciplines.
 *
 * Return: the run, which is there until runs_free().
 */
const struct run *runs_get(struct runs *runs, enum discipline d,
			   unsigned int cpus);

/**
 * runs_first_above() - the smallest number of CPUs with too long a wait
 * @runs: runs
 * @d: discipline
 * @caller: whose longest wait with preemption off it is about
 * @budget_ns: what a wait may take
 * @cpus: numbers of CPUs to begin with, ascending
 * @nr: how many
 *
 * Between the first of @cpus that is too large and the one before it is looked for by
 * halving, as if waits only grew with the number of CPUs.
 *
 * Return: number of CPUs, or 0 if no number up to the largest of @cpus is too large.
 */
unsigned int runs_first_above(struct runs *runs, enum discipline d,
			      enum caller caller, uint64_t budget_ns,
			      const unsigned int *cpus, size_t nr);

/** runs_free() - give everything back */
void runs_free(struct runs *runs);

#endif
