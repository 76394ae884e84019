// SPDX-License-Identifier: GPL-2.0
/* summarize: raw cells to summary.json, or to a table of maxima on the terminal. */
#include <err.h>
#include <getopt.h>
#include <stdlib.h>
#include <string.h>

#include "summary.h"
#include "table.h"

static void usage(FILE *to)
{
	fputs("usage: summarize [--partial] RESULTS_DIR\n"
	      "       summarize --table CELLS_DIR\n"
	      "\n"
	      "Reads the cells RESULTS_DIR/raw/<variant>/<load>.s<seed>.json, pools the seeds\n"
	      "and writes RESULTS_DIR/summary.json.\n"
	      "\n"
	      "  --partial  accept that cells are missing\n"
	      "  --table    print the maxima of CELLS_DIR/<variant>/<load>.s<seed>.json, in ns\n"
	      "             with the factor against none, and write nothing; - is a missing cell\n"
	      "\n"
	      "Status: 0 done, 1 bad cells or arguments (nothing is written then)\n",
	      to);
}

/* Read, pool, and give the result to the screen (path NULL) or to a file. */
static int run(const char *cells, const char *path, bool partial)
{
	struct latencies *all;
	struct grid grid;
	json_t *summary;
	int ret;

	if (grid_read(&grid, cells))
		return 1;
	if (!partial && grid_complete(&grid, cells)) {
		grid_free(&grid);
		return 1;
	}
	all = calloc(1, sizeof(*all));
	if (!all)
		err(1, "%s", cells);
	latencies_pool(all, &grid);
	if (path) {
		summary = summary_make(&grid, all);
		ret = !summary || summary_write(summary, path);
		json_decref(summary);
	} else {
		table_print(stdout, all);
		ret = fflush(stdout) || ferror(stdout);
	}
	latencies_free(all);
	free(all);
	grid_free(&grid);
	return ret;
}

int main(int argc, char **argv)
{
	static const struct option options[] = {
		{ "help", no_argument, NULL, 'h' },
		{ "partial", no_argument, NULL, 'p' },
		{ "table", no_argument, NULL, 't' },
		{ NULL, 0, NULL, 0 },
	};
	bool partial = false, table = false;
	char *raw, *path;
	int opt, ret;

	while ((opt = getopt_long(argc, argv, "h", options, NULL)) != -1) {
		switch (opt) {
		case 'h':
			usage(stdout);
			return 0;
		case 'p':
			partial = true;
			break;
		case 't':
			table = true;
			break;
		default:
			return 1;
		}
	}
	if (argc - optind != 1)
		errx(1, "needs one directory, see --help");
	if (table)
		return run(argv[optind], NULL, true);
	if (asprintf(&raw, "%s/raw", argv[optind]) < 0 ||
	    asprintf(&path, "%s/summary.json", argv[optind]) < 0)
		err(1, "%s", argv[optind]);
	ret = run(raw, path, partial);
	free(raw);
	free(path);
	return ret;
}
