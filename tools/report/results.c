// SPDX-License-Identifier: GPL-2.0
/* All measured results of a directory. */
#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "file.h"
#include "holds.h"
#include "results.h"

int results_read(struct results *results, const char *dir)
{
	char *raw = path_in(dir, "raw"), *holds = path_in(dir, "holds");
	struct grid *grid = &results->grid;
	int ret;

	memset(results, 0, sizeof(*results));
	ret = grid_read(grid, raw) || holds_read(&results->holds, holds, grid);
	free(raw);
	free(holds);
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
	char *raw = path_in(dir, "raw"), *holds = path_in(dir, "holds");
	int ret = grid_complete(&results->grid, raw) ||
		  matrix_complete(&results->holds, holds, V_RAW);

	free(raw);
	free(holds);
	return ret ? -1 : 0;
}

void results_free(struct results *results)
{
	if (results->all)
		latencies_free(results->all);
	free(results->all);
	matrix_free(&results->holds);
	grid_free(&results->grid);
}
