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

int results_read(struct results *results, const char *dir)
{
	char *raw = path_in(dir, "raw"), *holds = path_in(dir, "holds"),
	     *reach = path_in(dir, "reach"),
	     *throughput = path_in(dir, "throughput"),
	     *sweep = path_in(dir, "sweep"), *trace = path_in(dir, "trace"),
	     *cost = path_in(dir, "cost"),
	     *contend = path_in(dir, "contend");
	struct grid *grid = &results->grid;
	int ret;

	memset(results, 0, sizeof(*results));
	ret = grid_read(grid, raw) ||
	      holds_read(&results->holds, holds, grid) ||
	      reach_read(&results->reach, reach, &results->holds, grid) ||
	      throughput_read(&results->throughput, throughput, grid) ||
	      sweep_read(&results->sweep, sweep, grid) ||
	      trace_read(&results->trace, trace, grid) ||
	      cost_read(&results->costs, cost, grid) ||
	      contention_read(&results->contention, contend, &results->holds,
			      grid);
	free(raw);
	free(holds);
	free(reach);
	free(throughput);
	free(sweep);
	free(trace);
	free(cost);
	free(contend);
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
	char *raw = path_in(dir, "raw"), *holds = path_in(dir, "holds"),
	     *throughput = path_in(dir, "throughput"),
	     *sweep = path_in(dir, "sweep"), *trace = path_in(dir, "trace"),
	     *cost = path_in(dir, "cost"),
	     *contend = path_in(dir, "contend");
	int ret = grid_complete(&results->grid, raw) ||
		  matrix_complete(&results->holds, holds, V_RAW) ||
		  matrix_complete(&results->throughput, throughput, V_NONE) ||
		  sweep_complete(&results->sweep, sweep) ||
		  matrix_complete(&results->trace, trace, V_RAW) ||
		  cost_complete(&results->costs, cost) ||
		  matrix_complete(&results->contention, contend, V_RAW);

	free(raw);
	free(holds);
	free(throughput);
	free(sweep);
	free(trace);
	free(cost);
	free(contend);
	return ret ? -1 : 0;
}

void results_free(struct results *results)
{
	if (results->all)
		latencies_free(results->all);
	free(results->all);
	cost_free(&results->costs);
	matrix_free(&results->contention);
	matrix_free(&results->trace);
	sweep_free(&results->sweep);
	matrix_free(&results->throughput);
	reach_free(&results->reach);
	matrix_free(&results->holds);
	grid_free(&results->grid);
}
