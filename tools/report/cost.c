// SPDX-License-Identifier: GPL-2.0
/* Reading of what the variants cost, and their list in summary.json. */
#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cost.h"
#include "tree.h"

#define GFP_BITS 32 /* that gfp_t has */

static const struct record_key keys[] = {
	{ "variant", RECORD_TEXT },
	{ "command", RECORD_TEXT },
	{ "module_sha256", RECORD_SHA256 },
	{ "code.before", RECORD_COUNT },
	{ "code.after", RECORD_COUNT },
	{ "code.added", RECORD_COUNT },
	{ "code.removed", RECORD_COUNT },
	{ "code.grown", RECORD_COUNT },
	{ "code.shrunk", RECORD_COUNT },
	{ "code.up", RECORD_COUNT },
	{ "code.down", RECORD_COUNT },
	{ "data.before", RECORD_COUNT },
	{ "data.after", RECORD_COUNT },
	{ "data.up", RECORD_COUNT },
	{ "data.down", RECORD_COUNT },
	{ "structs.zone", RECORD_COUNT },
	{ "structs.per_cpu_pages", RECORD_COUNT },
	{ "structs.pglist_data", RECORD_COUNT },
	{ "structs.page", RECORD_COUNT },
	{ "gfp_bits.numbered", RECORD_COUNT },
	{ "gfp_bits.used", RECORD_COUNT },
	{ "fast_path.alloc.calls", RECORD_COUNT },
	{ "fast_path.alloc.instructions", RECORD_COUNT },
	{ "fast_path.alloc.code_lines", RECORD_COUNT },
	{ "fast_path.alloc.data_lines", RECORD_COUNT },
	{ "fast_path.free.calls", RECORD_COUNT },
	{ "fast_path.free.instructions", RECORD_COUNT },
	{ "fast_path.free.code_lines", RECORD_COUNT },
	{ "fast_path.free.data_lines", RECORD_COUNT },
};
static const char *const same_in_costs[] = {
	"qemu",
	"initramfs_sha256",
	"code.before",
	"data.before",
};

/* The functions that grew most, with what each grew by. */
static int check_most(const struct record *rec)
{
	const json_t *most = record_get(rec, "code.most"), *symbol;
	size_t i;

	if (!json_is_array(most))
		return record_bad(rec, "code.most",
				  most ? "is not a list" : "is missing");
	json_array_foreach(most, i, symbol)
		if (!json_is_string(json_object_get(symbol, "name")) ||
		    json_integer_value(json_object_get(symbol, "bytes")) <= 0)
			return record_bad(rec, "code.most",
					  "has one that did not grow");
	return 0;
}

static int check(const struct record *rec, enum variant v)
{
	if (check_most(rec))
		return -1;
	if (record_int(rec, "code.before") + record_int(rec, "code.up") -
		    record_int(rec, "code.down") !=
	    record_int(rec, "code.after"))
		return record_bad(rec, "code.after",
				  "is not 'before' with what went up and down");
	if (record_int(rec, "data.before") + record_int(rec, "data.up") -
		    record_int(rec, "data.down") !=
	    record_int(rec, "data.after"))
		return record_bad(rec, "data.after",
				  "is not 'before' with what went up and down");
	if (v == V_NONE &&
	    (record_int(rec, "code.up") || record_int(rec, "code.down")))
		return record_bad(rec, "code.up",
				  "is not 0, although none is its own base");
	if (record_int(rec, "gfp_bits.used") >
		    record_int(rec, "gfp_bits.numbered") ||
	    record_int(rec, "gfp_bits.numbered") > GFP_BITS)
		return record_bad(rec, "gfp_bits.used", "is too large");
	return 0;
}

struct reading {
	struct costs *costs;
	const char *dir;
	const struct grid *grid;
};

/* Does it belong to the cells, and to the files that were read before? */
static int check_others(const struct reading *reading, const struct record *rec,
			enum variant v)
{
	const struct cell *cell = grid_first(reading->grid, v);

	for (int i = 0; i < NR_VARIANTS; i++)
		if (cost_find(reading->costs, i) &&
		    record_same(cost_find(reading->costs, i), rec,
				same_in_costs, ARRAY_SIZE(same_in_costs)))
			return -1;
	if (cell && record_same_config(&cell->rec, rec))
		return -1;
	return record_same_source(&reading->grid->cells->rec, rec);
}

static int read_file(const char *path, void *arg)
{
	const struct reading *reading = arg;
	struct record rec = { 0 };
	enum variant v;

	if (record_of_variant(&rec, path, reading->dir, keys, ARRAY_SIZE(keys),
			      &v))
		return -1;
	if (check(&rec, v) || check_others(reading, &rec, v)) {
		record_free(&rec);
		return -1;
	}
	reading->costs->at[v] = rec;
	reading->costs->nr++;
	return 0;
}

int cost_read(struct costs *costs, const char *dir, const struct grid *grid)
{
	struct reading reading = { costs, dir, grid };
	int ret;

	memset(costs, 0, sizeof(*costs));
	ret = tree_results(dir, tree_flat, read_file, &reading, &costs->nr);
	if (ret)
		cost_free(costs);
	return ret;
}

const struct record *cost_find(const struct costs *costs, enum variant v)
{
	return costs->at[v].json ? &costs->at[v] : NULL;
}

int cost_complete(const struct costs *costs, const char *dir)
{
	for (int v = 0; costs->nr && v < NR_VARIANTS; v++)
		if (!cost_find(costs, v)) {
			warnx("%s/%s.json: missing; measure it, remove '%s', or give --partial for an unfinished table",
			      dir, variant_names[v], dir);
			return -1;
		}
	return 0;
}

void cost_summarize(const struct costs *costs, json_t *summary)
{
	json_t *list;

	if (!costs->nr)
		return;
	list = json_array();
	for (int v = 0; v < NR_VARIANTS; v++) {
		const struct record *rec = cost_find(costs, v);
		json_t *entry;

		if (!rec)
			continue;
		entry = json_pack("{sO sO sO sO sO sO}", "variant",
				  record_get(rec, "variant"), "code_bytes",
				  record_get(rec, "code.after"), "data_bytes",
				  record_get(rec, "data.after"), "struct_bytes",
				  record_get(rec, "structs"), "gfp_bits",
				  record_get(rec, "gfp_bits"), "fast_path",
				  record_get(rec, "fast_path"));
		if (!entry)
			errx(1, "out of memory");
		json_array_append_new(list, entry);
	}
	json_object_set_new(summary, "cost", list);
}

void cost_free(struct costs *costs)
{
	for (int v = 0; v < NR_VARIANTS; v++)
		record_free(&costs->at[v]);
	memset(costs, 0, sizeof(*costs));
}
