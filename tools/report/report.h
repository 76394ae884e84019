/* SPDX-License-Identifier: GPL-2.0 */
/* The parts of COMPARISON.md, each in a file of its own. */
#ifndef REPORT_REPORT_H
#define REPORT_REPORT_H

#include "file.h"
#include "results.h"

struct report {
	FILE *md; /* COMPARISON.md, being written */
	const json_t *summary; /* summary.json */
	const struct results *results;
	const struct grid *grid; /* of the results, as is the next */
	const struct latencies *all;
	const char
		*plots; /* directory of the plots, as seen from COMPARISON.md */
	const char *series; /* hash of the series that there is, or NULL */
};

/** str() - a string of summary.json; key as for a top-level object */
const char *str(const struct report *r, const char *key);

/** write_conclusion() - what follows from the results, by rules that are printed */
void write_conclusion(const struct report *r);

/** write_latency() - maxima, percentiles, seeds and plots */
void write_latency(const struct report *r);

/** write_maxima() - the table of maxima of a report's grid, without a heading */
void write_maxima(const struct report *r);

/**
 * longest_call() - the longest call under raw from hard interrupt that gave pages
 * @alloc: allocations
 * @p: pressure
 *
 * Return: ns, of GFP_NOWAIT and GFP_ATOMIC and all orders; -1 if there was none.
 */
long long longest_call(const struct alloc *alloc, enum pressure p);

/** write_flooded() - maxima beside a flood from hard interrupts, and what that did */
void write_flooded(const struct report *r);

/** write_machines() - the maxima on other machines, a table each */
void write_machines(const struct report *r);

/** write_holds() - lock holds by site, and what keeps preemption off, by load */
void write_holds(const struct report *r);

/** write_trace() - the longest section and the latest wakeup, by the kernel's tracers */
void write_trace(const struct report *r);

/** write_alloc() - successes and latency of allocations, contexts x variants */
void write_alloc(const struct report *r);

/** write_kfree() - what becomes of the objects of kfree_rcu(), contexts x variants */
void write_kfree(const struct report *r);

/** write_throughput() - time of a round, loads x variants */
void write_throughput(const struct report *r);

/** write_perf() - benchmarks, variants side by side */
void write_perf(const struct report *r);

/** write_local_perf() - benchmarks of a machine itself, if there are some */
void write_local_perf(const struct report *r);

/** write_contention() - waits for zone->lock by number of CPUs and discipline */
void write_contention(const struct report *r);

/** write_sweep() - holds and throughput by CONFIG_PAGE_ALLOC_RAW_BATCH */
void write_sweep(const struct report *r);

/** write_cost() - code, data structures and fast path, variants side by side */
void write_cost(const struct report *r);

/** write_correct() - the tests of correctness, configurations and tests x variants */
void write_correct(const struct report *r);

/** write_correct_parts() - the parts of those tests that have a result of each */
void write_correct_parts(const struct report *r);

/** write_leaks() - pages before and after a flood beside each load, if that is planned */
void write_leaks(const struct report *r);

/** write_mutants() - sabotage of the series, and what noticed it */
void write_mutants(const struct report *r);

/** write_history() - the figures published in 2020 beside those of raw-unbounded */
void write_history(const struct report *r);

/** write_provenance() - what was measured, with what, when, by which command */
void write_provenance(const struct report *r);

/** write_limits() - what the numbers cannot say */
void write_limits(const struct report *r);

/* Limits of raw's maximum and p99.99 in percent of those of none. */
enum { RAW_MAX = 110, RAW_P9999 = 105 };

/** raw_max_ok() - whether the maximum of raw, which was measured, is within its limit */
bool raw_max_ok(const struct latencies *all, enum load l);

/** raw_p9999_ok() - the same for its p99.99 */
bool raw_p9999_ok(const struct latencies *all, enum load l);

/**
 * count_raw_loads() - the loads that raw and none were measured under
 * @all: latencies
 * @good: where the number of those goes in which raw keeps both limits
 */
int count_raw_loads(const struct latencies *all, int *good);

/** say_raw_loads() - in how many of them raw does, and in which it does not */
void say_raw_loads(FILE *md, const struct latencies *all);

/**
 * verdict() - what follows from so many loads
 * @r: report
 * @good: loads that keep a rule
 * @known: loads of which it is known
 *
 * Return: "Yes", "No", or that it is not known: one load that fails is enough for no.
 */
const char *verdict(const struct report *r, int good, int known);

/** conclude_alloc() - the conclusion's sentence about the success of allocations */
void conclude_alloc(const struct report *r);

/** conclude_kfree() - the conclusion's sentence about kfree_rcu() */
void conclude_kfree(const struct report *r);

/** conclude_flooded() - the conclusion's sentence about latency beside a flood */
void conclude_flooded(const struct report *r);

/** conclude_holds() - the conclusion's sentence about lock holds */
void conclude_holds(const struct report *r);

/** conclude_throughput() - the conclusion's sentence about throughput */
void conclude_throughput(const struct report *r);

/** conclude_contention() - the conclusion's sentence about CPUs that share a lock */
void conclude_contention(const struct report *r);

/** conclude_correct() - the conclusion's sentence about correctness */
void conclude_correct(const struct report *r);

/** say_leaks() - its clause about pages that are missing, if that is planned */
void say_leaks(const struct report *r);

/* The test that runs all at once, and how long it has to of each variant, in s. */
#define CONCURRENCY "concurrency"
enum { CONCURRENCY_S = 1800 };

/** write_uneven() - what it means that variants were measured unequally long, if they were */
void write_uneven(const struct report *r);

#endif
