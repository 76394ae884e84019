// SPDX-License-Identifier: GPL-2.0
/* Simulations by discipline and number of CPUs. */
#include <err.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "runs.h"

static struct figures figures(const struct sim_result *result, enum caller c)
{
	const struct waits *off = &result->off[c], *total = &result->total[c];

	return (struct figures){
		.operations = off->nr,
		.off_mean_ns = waits_mean(off),
		.off_p9999_ns = waits_quantile(off, 9999),
		.off_max_ns = off->max_ns,
		.total_mean_ns = waits_mean(total),
		.total_max_ns = total->max_ns,
	};
}

const struct run *runs_get(struct runs *runs, enum discipline d,
			   unsigned int cpus)
{
	struct sim_params params = runs->params;
	struct sim_result *result;
	struct run *run;

	if (runs->made[d][cpus])
		return runs->made[d][cpus];
	params.discipline = d;
	params.cpus = cpus;
	params.seed = params.seed * (CPUS_MAX + 1) + cpus;
	result = sim_run(&params);
	run = calloc(1, sizeof(*run));
	if (!run)
		err(1, "runs");
	for (int c = 0; c < NR_CALLERS; c++) {
		run->of[c] = figures(result, c);
		run->wait_mean_ns +=
			result->total[c].sum_ns / params.operations;
	}
	run->utilisation = result->busy_ns / result->span_ns;
	run->operations_per_s = params.operations / result->span_ns * 1e9;
	free(result);
	runs->made[d][cpus] = run;
	return run;
}

static bool is_above(struct runs *runs, enum discipline d, enum caller caller,
		     uint64_t budget_ns, unsigned int cpus)
{
	return runs_get(runs, d, cpus)->of[caller].off_max_ns > budget_ns;
}

unsigned int runs_first_above(struct runs *runs, enum discipline d,
			      enum caller caller, uint64_t budget_ns,
			      const unsigned int *cpus, size_t nr)
{
	unsigned int low, high, mid;
	size_t i = 0;

	while (i < nr && !is_above(runs, d, caller, budget_ns, cpus[i]))
		i++;
	if (i == nr)
		return 0;
	/* Alone no CPU waits. */
	low = i ? cpus[i - 1] : 1;
	high = cpus[i];
	while (high - low > 1) {
		mid = low + (high - low) / 2;
		if (is_above(runs, d, caller, budget_ns, mid))
			high = mid;
		else
			low = mid;
	}
	return high;
}

void runs_free(struct runs *runs)
{
	for (int d = 0; d < NR_DISCIPLINES; d++)
		for (int cpus = 0; cpus <= CPUS_MAX; cpus++)
			free(runs->made[d][cpus]);
	memset(runs->made, 0, sizeof(runs->made));
}
