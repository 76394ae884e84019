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

/*
 * The load in which the longest section without preemption that none has anyway is
 * shortest; NR_LOADS if none was measured.
 */
static int shortest_section(const struct report *r)
{
	const struct matrix *holds = &r->results->holds;
	long long least = -1;
	int load = NR_LOADS;

	for (int l = 0; l < NR_LOADS; l++) {
		long long ns =
			holds_section(holds, V_NONE, l, CAUSE_ANY).max_ns;

		if (ns >= 0 && (least < 0 || ns < least)) {
			least = ns;
			load = l;
		}
	}
	return load;
}

/* A neighbour of the default in the table. */
static void beside(const struct report *r, size_t i, size_t from,
		   const char *what)
{
	const struct sweep *sweep = &r->results->sweep;
	double ratio = sweep_ratio(sweep, i), of = sweep_ratio(sweep, from);
	char ns[NS_TEXT];

	fprintf(r->md, " The next %s batch, %d, has one of %s ns", what,
		sweep->points[i].batch,
		ns_text(ns, sweep->points[i].hold_max_ns));
	if (ratio > 0 && of > 0)
		fprintf(r->md, " and x%.3f the throughput", ratio / of);
	fputc('.', r->md);
}

/* Why the default is the default. */
static void argue(const struct report *r)
{
	const struct sweep *sweep = &r->results->sweep;
	int load = shortest_section(r);
	char a[NS_TEXT], b[NS_TEXT];
	long long section;
	size_t i = 0;

	while (i < sweep->nr && !sweep->points[i].is_default)
		i++;
	if (i == sweep->nr)
		return;
	fprintf(r->md, "\n**Why %d:** its longest hold is %s ns",
		sweep->points[i].batch,
		ns_text(a, sweep->points[i].hold_max_ns));
	if (load < NR_LOADS) {
		section = holds_section(&r->results->holds, V_NONE, load,
					CAUSE_ANY)
				  .max_ns;
		fprintf(r->md,
			", %s than the longest section without preemption that `none` has under any load (at least %s ns, under %s)",
			sweep->points[i].hold_max_ns <= section ? "no longer" :
								  "**longer**",
			ns_text(b, section), load_names[load]);
	}
	fputc('.', r->md);
	if (i)
		beside(r, i - 1, i, "smaller");
	if (i + 1 < sweep->nr && sweep->points[i + 1].batch)
		beside(r, i + 1, i, "larger");
	fputs(" A smaller batch takes the locks more often, which an uncontended lock in icount makes cheaper than it is; a larger one may do more in one hold. Batch 0 has no gate in front of the lock, so against it the throughput of the others has that in it as well.\n",
	      r->md);
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
	argue(r);
	fputs("\nMade from: one kernel a batch, one seed. Longest hold: over all sites and the loads of the measurement, without the interrupts that hit it. Worst wakeup: over ",
	      r->md);
	loads(r->md, record_get(first, "cyclictest_max_ns"));
	fputs(". Throughput: work done in the same time against batch 0, geometric mean over ",
	      r->md);
	loads(r->md, record_get(first, "throughput"));
	fputs(". The sweep cannot say which batch is best on hardware, where a lock operation costs more and a cache miss is not free.\n\n",
	      r->md);
}
