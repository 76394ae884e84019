/* SPDX-License-Identifier: GPL-2.0 */
/* All measured results of a directory, read and checked before anything is written. */
#ifndef REPORT_RESULTS_H
#define REPORT_RESULTS_H

#include "alloc.h"
#include "correct.h"
#include "cost.h"
#include "flooded.h"
#include "kfree.h"
#include "latency.h"
#include "machines.h"
#include "matrix.h"
#include "mutants.h"
#include "perf.h"
#include "reach.h"
#include "sweep.h"

struct results {
	struct grid grid; /* raw/ */
	struct latencies *all; /* the same, pooled over the seeds */
	struct matrix holds; /* holds/ */
	struct reach reach; /* reach/ */
	struct matrix throughput; /* throughput/ */
	struct matrix throughput_nort; /* throughput-nort/, without PREEMPT_RT */
	struct sweep sweep; /* sweep/ */
	struct matrix trace; /* trace/ */
	struct costs costs; /* cost/ */
	struct matrix contention; /* contend/ */
	struct alloc alloc; /* alloc/ */
	struct kfree kfree; /* kfree/ */
	struct flooded flooded; /* flood/ */
	struct perf perf; /* perf/ */
	struct machines machines; /* machines/ */
	struct correct correct; /* correct/ */
	struct mutants mutants; /* correct/mutants/ */
};

/**
 * results_read() - read and check all results
 * @results: filled on success
 * @dir: directory with raw/ and, where they were measured, holds/, reach/,
 *       throughput/, throughput-nort/, sweep/, trace/, cost/, contend/, alloc/,
 *       kfree/, flood/, perf/, correct/ with its mutants/, and machines/
 *
 * Return: 0, or -1 after a line on stderr that names the file and the key.
 */
int results_read(struct results *results, const char *dir);

/** results_complete() - 0 if nothing is missing, otherwise -1 after a line on stderr */
int results_complete(const struct results *results, const char *dir);

/** results_free() - give everything back that results_read() took */
void results_free(struct results *results);

#endif
