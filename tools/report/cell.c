// SPDX-License-Identifier: GPL-2.0
/* Reading and checking of cell files. */
#include <stdlib.h>
#include <string.h>

#include "cell.h"

static const struct record_key keys[] = {
	{ "seed", RECORD_COUNT },
	{ "accel", RECORD_TEXT },
	{ "profile", RECORD_TEXT },
	{ "samples", RECORD_COUNT },
	{ "interval_us", RECORD_COUNT },
	{ "command", RECORD_TEXT },
	{ "cmdline", RECORD_TEXT },
	{ "cyclictest.version", RECORD_TEXT },
	{ "cyclictest.min_ns", RECORD_COUNT },
	{ "cyclictest.max_ns", RECORD_COUNT },
	{ "cyclictest.cycles", RECORD_COUNT },
};

/* Fill the histogram; it has to be what the other figures say. */
static int read_hist(struct cell *cell)
{
	static const char key[] = "cyclictest.histogram";
	const struct record *rec = &cell->rec;

	if (record_hist(rec, key, record_get(rec, key), &cell->hist))
		return -1;
	if (!cell->hist.total || cell->hist.total != record_int(rec, "samples"))
		return record_bad(rec, key, "does not sum to 'samples'");
	if (record_int(rec, "cyclictest.cycles") != cell->hist.total)
		return record_bad(rec, "cyclictest.cycles", "is not 'samples'");
	if (hist_min(&cell->hist) != record_int(rec, "cyclictest.min_ns"))
		return record_bad(rec, "cyclictest.min_ns",
				  "is not the histogram's minimum");
	if (hist_max(&cell->hist) != record_int(rec, "cyclictest.max_ns"))
		return record_bad(rec, "cyclictest.max_ns",
				  "is not the histogram's maximum");
	return 0;
}

static int check(struct cell *cell)
{
	const struct record *rec = &cell->rec;

	if (record_check(rec, keys, ARRAY_SIZE(keys)) ||
	    record_place(rec, &cell->variant, &cell->load))
		return -1;
	cell->seed = record_int(rec, "seed");
	/* idle has no rounds; a load that finished none did not disturb. */
	if (cell->load != L_IDLE && record_int(rec, "rounds") <= 0)
		return record_bad(rec, "rounds",
				  "is not a whole number above 0");
	return read_hist(cell);
}

int cell_read(struct cell *cell, const char *path)
{
	memset(cell, 0, sizeof(*cell));
	if (record_read(&cell->rec, path))
		return -1;
	if (!check(cell))
		return 0;
	cell_free(cell);
	return -1;
}

void cell_free(struct cell *cell)
{
	hist_free(&cell->hist);
	record_free(&cell->rec);
}
