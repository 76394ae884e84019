/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A discrete-event simulation of CPUs that share one lock.
 *
 * A closed system: each CPU runs one task, which does without the lock for a gap,
 * wants it, waits, holds it, and begins again; and beside it each CPU has an interrupt
 * that does the same. The task is a preemptible caller, the interrupt an atomic one,
 * which cannot be preempted while it waits. Gaps and holds are drawn independently;
 * gaps are longer than those measured, for each of the two by one factor, so that both
 * together want the lock as often as measured and the interrupt has its share of that.
 *
 * The interrupt comes also while the task sleeps, or tries with preemption on: then the
 * task goes on when the interrupt has held the lock. Who queues for the lock or holds it
 * has interrupts off. What a lock operation itself takes, and what caches do, is not
 * in it.
 */
#ifndef MODEL_SIM_H
#define MODEL_SIM_H

#include "dist.h"
#include "waits.h"

/* How those wait who find the lock taken. */
enum discipline {
	/* All of them queue with preemption off, first come first served. */
	D_QUEUE,
	/*
	 * Atomic callers queue. Preemptible ones try with preemption on; a try fails
	 * while anyone queues, and of those who try any gets the free lock with the
	 * same probability.
	 */
	D_SPIN,
	/*
	 * Preemptible callers first take a gate on which they sleep, first come first
	 * served, then queue with preemption off beside the atomic callers, and release
	 * the gate after the lock.
	 */
	D_GATE,
	/*
	 * The kernel's zone_lock_wait(): preemptible callers try once. If that fails they
	 * take the gate of D_GATE, whose owner tries as in D_SPIN for a while, then
	 * queues.
	 */
	D_GATE_SPIN,
	NR_DISCIPLINES
};

enum caller { C_PREEMPTIBLE, C_ATOMIC, NR_CALLERS };

extern const char *const discipline_names[NR_DISCIPLINES];
extern const char *const caller_names[NR_CALLERS];

struct sim_params {
	enum discipline discipline;
	unsigned int cpus; /* 1 at least */
	const struct dist *hold, *gap;
	double atomic; /* share of the atomic callers where nobody waits, from 0 to 1 */
	uint64_t patience_ns; /* of D_GATE_SPIN: from the first try to queueing */
	uint64_t handoff_ns; /* from the gate's release until its next owner runs */
	uint64_t warmup; /* operations before those that are counted */
	uint64_t operations; /* that are counted, 1 at least */
	unsigned long seed;
};

struct sim_result {
	struct waits off[NR_CALLERS]; /* waits with preemption off */
	struct waits total[NR_CALLERS]; /* from wanting the lock to having it */
	double span_ns; /* from the first counted operation's start to the last's end */
	double busy_ns; /* of it: the lock was held */
	unsigned int most_queued; /* preemptible callers at one time */
};

/**
 * sim_run() - simulate
 * @params: what
 *
 * The same parameters give the same result.
 *
 * Return: the result, to be freed. Ends the program without memory.
 */
struct sim_result *sim_run(const struct sim_params *params);

#endif
