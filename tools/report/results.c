// SPDX-License-Identifier: GPL-2.0
/* All measured results of a directory. */
#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "contention.h"
#include "file.h"
#include "results.h"
#include "throughput.h"
#include "trace.h"

/* The kinds of results, each in a directory of its own. */
enum kind {
	K_RAW,
	K_HOLDS,
	K_REACH,
	K_THROUGHPUT,
	K_THROUGHPUT_NORT,
	K_SWEEP,
	K_TRACE,
	K_COST,
	K_CONTEND,
	K_ALLOC,
	K_KFREE,
	K_CORRECT,
	K_MUTANTS,
	K_FLOOD,
	K_PERF,
	K_MACHINES,
	NR_KINDS
};

static const char *const kind_dirs[NR_KINDS] = {
	[K_RAW] = "raw",     [K_HOLDS] = "holds",
	[K_REACH] = "reach", [K_THROUGHPUT] = "throughput",
	[K_SWEEP] = "sweep", [K_THROUGHPUT_NORT] = "throughput-nort",
	[K_COST] = "cost",   [K_CONTEND] = "contend",
	[K_ALLOC] = "alloc", [K_KFREE] = "kfree",
	[K_TRACE] = "trace", [K_CORRECT] = "correct",
	[K_FLOOD] = "flood", [K_PERF] = "perf",
	[K_MACHINES] = "machines", [K_MUTANTS] = "correct/mutants",
};

static void paths_make(char *paths[NR_KINDS], const char *dir)
{
	for (int k = 0; k < NR_KINDS; k++)
		paths[k] = path_in(dir, kind_dirs[k]);
}

static void paths_free(char *paths[NR_KINDS])
{
	for (int k = 0; k < NR_KINDS; k++)
		free(paths[k]);
}

int results_read(struct results *results, const char *dir)
{
	struct grid *grid = &results->grid;
	char *paths[NR_KINDS];
	int ret;

	memset(results, 0, sizeof(*results));
	paths_make(paths, dir);
	ret = grid_read(grid, paths[K_RAW]) ||
	      holds_read(&results->holds, paths[K_HOLDS], grid) ||
	      reach_read(&results->reach, paths[K_REACH], &results->holds,
			 grid) ||
	      throughput_read(&results->throughput, paths[K_THROUGHPUT], NULL,
			      grid) ||
	      throughput_read(&results->throughput_nort,
			      paths[K_THROUGHPUT_NORT], "nort", grid) ||
	      sweep_read(&results->sweep, paths[K_SWEEP], grid) ||
	      trace_read(&results->trace, paths[K_TRACE], grid) ||
	      cost_read(&results->costs, paths[K_COST], grid) ||
	      contention_read(&results->contention, paths[K_CONTEND],
			      &results->holds, grid) ||
	      alloc_read(&results->alloc, paths[K_ALLOC], grid) ||
	      kfree_read(&results->kfree, paths[K_KFREE], grid) ||
	      correct_read(&results->correct, paths[K_CORRECT], grid) ||
	      mutants_read(&results->mutants, paths[K_MUTANTS],
			   &results->correct, grid) ||
	      flooded_read(&results->flooded, paths[K_FLOOD], grid) ||
	      perf_read(&results->perf, paths[K_PERF], grid) ||
	      machines_read(&results->machines, paths[K_MACHINES], grid);
	paths_free(paths);
	if (ret) {
		results_free(results);
		return -1;
	}
	results->all = calloc(1, sizeof(*results->all));
	if (!results->all)
		err(1, "%s", dir);
	latencies_pool(results->all, grid);
	return 0;
}

int results_complete(const struct results *results, const char *dir)
{
	char *paths[NR_KINDS];
	int ret;

	paths_make(paths, dir);
	ret = grid_complete(&results->grid, paths[K_RAW]) ||
	      matrix_complete(&results->holds, paths[K_HOLDS], V_RAW) ||
	      matrix_complete(&results->throughput, paths[K_THROUGHPUT],
			      V_NONE) ||
	      matrix_complete(&results->throughput_nort,
			      paths[K_THROUGHPUT_NORT], V_NONE) ||
	      sweep_complete(&results->sweep, paths[K_SWEEP]) ||
	      matrix_complete(&results->trace, paths[K_TRACE], V_RAW) ||
	      cost_complete(&results->costs, paths[K_COST]) ||
	      matrix_complete(&results->contention, paths[K_CONTEND], V_RAW) ||
	      alloc_complete(&results->alloc, paths[K_ALLOC]) ||
	      kfree_complete(&results->kfree, paths[K_KFREE]) ||
	      flooded_complete(&results->flooded, paths[K_FLOOD]) ||
	      perf_complete(&results->perf, paths[K_PERF]);
	paths_free(paths);
	return ret ? -1 : 0;
}

void results_free(struct results *results)
{
	if (results->all)
		latencies_free(results->all);
	free(results->all);
	perf_free(&results->perf);
	flooded_free(&results->flooded);
	machines_free(&results->machines);
	kfree_free(&results->kfree);
	alloc_free(&results->alloc);
	matrix_free(&results->contention);
	cost_free(&results->costs);
	mutants_free(&results->mutants);
	correct_free(&results->correct);
	matrix_free(&results->trace);
	sweep_free(&results->sweep);
	matrix_free(&results->throughput_nort);
	matrix_free(&results->throughput);
	reach_free(&results->reach);
	matrix_free(&results->holds);
	grid_free(&results->grid);
}
