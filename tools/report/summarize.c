// SPDX-License-Identifier: GPL-2.0
/* summarize: raw cells to summary.json, or to a table of maxima on the terminal. */
#include <err.h>
#include <getopt.h>
#include <stdlib.h>
#include <string.h>

#include "file.h"
#include "summary.h"
#include "table.h"

static void usage(FILE *to)
{
	fputs("usage: summarize [--partial] RESULTS_DIR\n"
	      "       summarize --table CELLS_DIR\n"
	      "\n"
	      "Reads the cells RESULTS_DIR/raw/<variant>/<load>.s<seed>.json, pools the seeds\n"
	      "and writes RESULTS_DIR/summary.json. What was measured beside the cells is read\n"
	      "where it is there: RESULTS_DIR/holds/<variant>/<load>.json (lock holds),\n"
	      "RESULTS_DIR/reach/<variant>/<test>.json (sites that no load reaches),\n"
	      "RESULTS_DIR/throughput/<variant>/<load>.json,\n"
	      "RESULTS_DIR/throughput-nort/<variant>/<load>.json, RESULTS_DIR/sweep/<batch>.json,\n"
	      "RESULTS_DIR/trace/<variant>/<load>.json (the kernel's tracers),\n"
	      "RESULTS_DIR/cost/<variant>.json (code and memory),\n"
	      "RESULTS_DIR/contend/<variant>/<load>.json (many CPUs and one lock),\n"
	      "RESULTS_DIR/alloc/<variant>/<pressure>.json (success of allocations),\n"
	      "RESULTS_DIR/kfree/<variant>.json (floods of kfree_rcu()),\n"
	      "RESULTS_DIR/correct/<variant>/<configuration>.<test>.json,\n"
	      "RESULTS_DIR/correct/mutants/<name>.json (lines that were broken) and\n"
	      "RESULTS_DIR/machines/<name>/raw (cells of other machines).\n"
	      "\n"
	      "  --partial  accept that results are missing\n"
	      "  --table    print the maxima of CELLS_DIR/<variant>/<load>.s<seed>.json, in ns\n"
	      "             with the factor against none, and write nothing; - is a missing cell\n"
	      "\n"
	      "Status: 0 done, 1 bad results or arguments (nothing is written then)\n",
	      to);
}

/* The maxima of a directory of cells on the screen. */
static int table(const char *cells)
{
	struct latencies *all;
	struct grid grid;

	if (grid_read(&grid, cells))
		return 1;
	all = calloc(1, sizeof(*all));
	if (!all)
		err(1, "%s", cells);
	latencies_pool(all, &grid);
	table_print(stdout, all);
	latencies_free(all);
	free(all);
	grid_free(&grid);
	return fflush(stdout) || ferror(stdout);
}

static int summarize(const char *dir, bool partial)
{
	struct results results;
	json_t *summary;
	char *path;
	int ret = 1;

	if (results_read(&results, dir))
		return 1;
	if (partial || !results_complete(&results, dir)) {
		path = path_in(dir, "summary.json");
		summary = summary_make(&results);
		ret = !summary || summary_write(summary, path);
		json_decref(summary);
		free(path);
	}
	results_free(&results);
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
	bool partial = false, only_table = false;
	int opt;

	while ((opt = getopt_long(argc, argv, "h", options, NULL)) != -1) {
		switch (opt) {
		case 'h':
			usage(stdout);
			return 0;
		case 'p':
			partial = true;
			break;
		case 't':
			only_table = true;
			break;
		default:
			return 1;
		}
	}
	if (argc - optind != 1)
		errx(1, "needs one directory, see --help");
	return only_table ? table(argv[optind]) :
			    summarize(argv[optind], partial);
}
