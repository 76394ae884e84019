// SPDX-License-Identifier: GPL-2.0
/* Reading the cells with a flood, and their object in summary.json. */
#include <err.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "flooded.h"

static const char *const same_as_cells[] = {
	"accel", "interval_us",	       "initramfs_sha256",
	"qemu",	 "cyclictest.version",
};

static int check(const struct record *rec)
{
	static const struct record_key keys[] = {
		{ "flood_sha256", RECORD_SHA256 },
		{ "flood.interval_us", RECORD_COUNT },
		{ "flood.interrupts", RECORD_COUNT },
		{ "flood.got", RECORD_COUNT },
		{ "flood.objects", RECORD_COUNT },
		{ "flood.bulk", RECORD_COUNT },
	};

	if (record_check(rec, keys, ARRAY_SIZE(keys)))
		return -1;
	if (!record_int(rec, "flood.interrupts"))
		return record_bad(rec, "flood.interrupts", "is 0");
	if (record_int(rec, "flood.got") > record_int(rec, "flood.interrupts"))
		return record_bad(rec, "flood.got",
				  "is more than was asked for");
	if (record_int(rec, "flood.bulk") > record_int(rec, "flood.objects"))
		return record_bad(rec, "flood.bulk",
				  "is more than all objects");
	return 0;
}

/* The cells beside which there was no flood are of the same kernels. */
static int check_all(const struct flooded *flooded, const struct grid *grid)
{
	static const char *const same[] = { "flood.interval_us" };

	for (size_t i = 0; i < flooded->grid.nr; i++) {
		const struct cell *cell = &flooded->grid.cells[i];
		const struct cell *without = grid_first(grid, cell->variant);

		if (check(&cell->rec) ||
		    record_same(&flooded->grid.cells->rec, &cell->rec, same,
				ARRAY_SIZE(same)) ||
		    record_same_source(&grid->cells->rec, &cell->rec) ||
		    record_same(&grid->cells->rec, &cell->rec, same_as_cells,
				ARRAY_SIZE(same_as_cells)))
			return -1;
		if (without && record_same_config(&without->rec, &cell->rec))
			return -1;
	}
	return 0;
}

int flooded_read(struct flooded *flooded, const char *dir,
		 const struct grid *grid)
{
	memset(flooded, 0, sizeof(*flooded));
	if (access(dir, F_OK))
		return 0;
	if (grid_read(&flooded->grid, dir))
		return -1;
	if (check_all(flooded, grid)) {
		grid_free(&flooded->grid);
		return -1;
	}
	flooded->all = calloc(1, sizeof(*flooded->all));
	if (!flooded->all)
		err(1, "%s", dir);
	latencies_pool(flooded->all, &flooded->grid);
	return 0;
}

int flooded_complete(const struct flooded *flooded, const char *dir)
{
	static const enum variant needed[] = { V_NONE, V_RAW };

	if (!flooded->grid.nr)
		return 0;
	for (size_t i = 0; i < ARRAY_SIZE(needed); i++)
		if (!flooded->grid.seeds[needed[i]].nr) {
			warnx("%s/%s: missing, no cell of this variant; run 'make flood', or give --partial for an unfinished table",
			      dir, variant_names[needed[i]]);
			return -1;
		}
	if (grid_missing(&flooded->grid)) {
		warnx("%s: %zu cells are missing; run 'make flood', or give --partial for an unfinished table",
		      dir, grid_missing(&flooded->grid));
		return -1;
	}
	return 0;
}

struct flood_sum flooded_sum(const struct flooded *flooded, enum variant v)
{
	struct flood_sum sum = { .least_objects = INFINITY };

	for (size_t i = 0; i < flooded->grid.nr; i++) {
		const struct cell *cell = &flooded->grid.cells[i];
		long long interrupts, objects;

		if (cell->variant != v)
			continue;
		interrupts = record_int(&cell->rec, "flood.interrupts");
		objects = record_int(&cell->rec, "flood.objects");
		sum.interrupts += interrupts;
		sum.objects += objects;
		sum.least_objects =
			fmin(sum.least_objects, (double)objects / interrupts);
		sum.got += record_int(&cell->rec, "flood.got");
		sum.bulk += record_int(&cell->rec, "flood.bulk");
	}
	return sum;
}

void flooded_summarize(const struct flooded *flooded, json_t *summary)
{
	json_t *did;

	if (!flooded->grid.nr)
		return;
	did = json_array();
	for (int v = 0; v < NR_VARIANTS; v++) {
		struct flood_sum sum = flooded_sum(flooded, v);

		if (sum.interrupts)
			json_array_append_new(
				did,
				json_pack("{ss sI sI sI sI sf}", "variant",
					  variant_names[v], "interrupts",
					  (json_int_t)sum.interrupts, "got",
					  (json_int_t)sum.got, "objects",
					  (json_int_t)sum.objects, "bulk",
					  (json_int_t)sum.bulk, "least_objects",
					  sum.least_objects));
	}
	json_object_set_new(summary, "flood",
			    json_pack("{so so}", "did", did, "latency",
				      latency_json(flooded->all)));
}

void flooded_free(struct flooded *flooded)
{
	if (flooded->all)
		latencies_free(flooded->all);
	free(flooded->all);
	grid_free(&flooded->grid);
	memset(flooded, 0, sizeof(*flooded));
}
