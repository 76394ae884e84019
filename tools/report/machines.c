// SPDX-License-Identifier: GPL-2.0
/* Reading the results of other machines, and their list in summary.json. */
#include <err.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "file.h"
#include "machines.h"
#include "tree.h"

static const char *const same_as_cells[] = {
	"kernel.base",
	"kernel.base_sha256",
	"kernel.series_sha256",
};

struct reading {
	struct machines *machines;
	const struct grid *grid;
};

static int read_perf(struct machine *machine, const char *path)
{
	char *dir = path_in(path, "perf");
	int ret = perf_read(&machine->perf, dir, &machine->grid);

	free(dir);
	for (int a = 0; !ret && a < NR_PERF_ACCELS; a++)
		if (a != PERF_LOCAL && perf_first(&machine->perf, a))
			ret = record_bad(perf_first(&machine->perf, a), "accel",
					 "is not local, as of another machine");
	return ret;
}

static int read_machine(const char *path, void *arg)
{
	const struct reading *reading = arg;
	struct machines *machines = reading->machines;
	struct machine *machine;
	char *raw = path_in(path, "raw");
	int ret;

	machines->list = reallocarray(machines->list, machines->nr + 1,
				      sizeof(*machines->list));
	if (!machines->list)
		err(1, "%s", path);
	machine = &machines->list[machines->nr];
	memset(machine, 0, sizeof(*machine));
	ret = grid_read(&machine->grid, raw);
	free(raw);
	if (ret)
		return -1;
	machines->nr++;
	machine->name = strdup(strrchr(path, '/') + 1);
	machine->all = calloc(1, sizeof(*machine->all));
	if (!machine->name || !machine->all)
		err(1, "%s", path);
	latencies_pool(machine->all, &machine->grid);
	if (read_perf(machine, path))
		return -1;
	return record_same(&reading->grid->cells->rec,
			   &machine->grid.cells->rec, same_as_cells,
			   ARRAY_SIZE(same_as_cells));
}

int machines_read(struct machines *machines, const char *dir,
		  const struct grid *grid)
{
	struct reading reading = { machines, grid };

	memset(machines, 0, sizeof(*machines));
	if (access(dir, F_OK))
		return 0;
	if (!tree_dirs(dir, read_machine, &reading))
		return 0;
	machines_free(machines);
	return -1;
}

void machines_summarize(const struct machines *machines, json_t *summary)
{
	json_t *list;

	if (!machines->nr)
		return;
	list = json_array();
	for (size_t i = 0; i < machines->nr; i++) {
		const struct machine *machine = &machines->list[i];

		json_t *entry = json_pack(
			"{ss sO so}", "machine", machine->name, "accel",
			record_get(&machine->grid.cells->rec, "accel"),
			"latency", latency_json(machine->all));

		perf_summarize(&machine->perf, entry);
		json_array_append_new(list, entry);
	}
	json_object_set_new(summary, "machines", list);
}

void machines_free(struct machines *machines)
{
	for (size_t i = 0; i < machines->nr; i++) {
		struct machine *machine = &machines->list[i];

		perf_free(&machine->perf);
		latencies_free(machine->all);
		free(machine->all);
		grid_free(&machine->grid);
		free(machine->name);
	}
	free(machines->list);
	memset(machines, 0, sizeof(*machines));
}
