// SPDX-License-Identifier: GPL-2.0
/* The sweep of COMPARISON.md. */
#include <string.h>

#include "report.h"

/* "a, b and c" of the keys of an object, in the order of the tables. */
static void loads(FILE *md, const json_t *of)
{
	size_t left = json_object_size(of);

	for (int l = 0; l < NR_LOADS; l++)
		if (json_object_get(of, load_names[l])) {
			left--;
			fprintf(md, "%s%s", load_names[l],
				left > 1 ? ", " :
				left	 ? " and " :
					   "");
		}
}

static void row(const struct report *r, size_t i)
{
	const struct point *point = &r->results->sweep.points[i];
	double ratio = sweep_ratio(&r->results->sweep, i);
	const char *load = NULL;
	long long wakeup = sweep_wakeup(point, &load);
	char a[NS_TEXT], b[NS_TEXT];

	fprintf(r->md, "| %d%s | %s | `%s` | %s | %s | ", point->batch,
		!point->batch	  ? " (no limit)" :
		point->is_default ? " (default)" :
				    "",
		ns_text(a, point->hold_max_ns),
		record_str(&point->rec, "hold_site"), ns_text(b, wakeup), load);
	if (ratio > 0)
		fprintf(r->md, "%.3f |\n", ratio);
	else
		fputs("– |\n", r->md);
}

void write_sweep(const struct report *r)
{
	const struct sweep *sweep = &r->results->sweep;
	const struct record *first = &sweep->points->rec;
	bool marked = false;

	fputs("## Choice of the batch\n\n", r->md);
	if (!sweep->nr) {
		fputs("Not measured.\n\n", r->md);
		return;
	}
	for (size_t i = 0; i < sweep->nr; i++)
		marked |= sweep->points[i].is_default;
	fputs("`raw` built with other values of `CONFIG_PAGE_ALLOC_RAW_BATCH`, the pages that one hold of the locks may move; 0 is no limit.",
	      r->md);
	fputs(marked ? "\n\n" :
		       " Which one is the default is not in the results.\n\n",
	      r->md);
	fprintf(r->md,
		"![Longest hold and throughput by batch](%s/sweep.svg)\n\n"
		"| batch | longest hold, own, ns | at site | worst wakeup, ns | in load | throughput |\n"
		"|---:|---:|---|---:|---|---:|\n",
		r->plots);
	for (size_t i = 0; i < sweep->nr; i++)
		row(r, i);
	fputs("\nMade from: one kernel a batch, one seed. Longest hold: over all sites and the loads of the measurement, without the interrupts that hit it. Worst wakeup: over ",
	      r->md);
	loads(r->md, record_get(first, "cyclictest_max_ns"));
	fputs(". Throughput: work done in the same time against batch 0, geometric mean over ",
	      r->md);
	loads(r->md, record_get(first, "throughput"));
	fputs(". The sweep cannot say which batch is best on hardware, where a lock operation costs more and a cache miss is not free.\n\n",
	      r->md);
}
