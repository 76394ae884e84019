// SPDX-License-Identifier: GPL-2.0
/* What COMPARISON.md says about wakeups beside a flood from hard interrupts. */
#include "flooded.h"
#include "markdown.h"
#include "report.h"

static void did(const struct report *r)
{
	const struct flooded *flooded = &r->results->flooded;
	char n[NS_TEXT];

	fputs("| variant | interrupts, each with an allocation | of them successful | objects for `kfree_rcu()` | of them in pages | objects an interrupt, least of a cell |\n"
	      "|---|---:|---:|---:|---:|---:|\n",
	      r->md);
	for (int v = 0; v < NR_VARIANTS; v++) {
		struct flood_sum sum = flooded_sum(flooded, v);

		fprintf(r->md, "| `%s` |", variant_names[v]);
		if (!sum.interrupts) {
			fputs(" – | – | – | – | – |\n", r->md);
			continue;
		}
		fprintf(r->md, " %s |", ns_text(n, sum.interrupts));
		markdown_percent(r->md, sum.got, sum.interrupts);
		fprintf(r->md, " %s |", ns_text(n, sum.objects));
		markdown_percent(r->md, sum.bulk, sum.objects);
		fprintf(r->md, " %.2f |\n", sum.least_objects);
	}
}

void write_flooded(const struct report *r)
{
	const struct flooded *flooded = &r->results->flooded;
	const struct report sub = { .md = r->md,
				    .grid = &flooded->grid,
				    .all = flooded->all };

	fputs("## Wake-up latency beside a flood from hard interrupts\n\n",
	      r->md);
	if (!flooded->grid.nr) {
		fputs("Not measured.\n\n", r->md);
		return;
	}
	fprintf(r->md,
		"Every %lld us a hard interrupt allocates a page, the ways that the variant has for that in turns, frees it, and gives an object to `kfree_rcu()`. ",
		record_int(&flooded->grid.cells->rec, "flood.interval_us"));
	write_maxima(&sub);
	did(r);
	fputs("\nMade from: cells as above, with the module of `bench/probe` (`make flood`). What the flood did is counted from its begin to its end, so with what a load does before the wakeups are measured. The interrupts themselves are in the latencies, and an allocation that fails at once is short: `none` has shorter interrupts because it gets less, and the table cannot say which variant does most for its time. A task that any load can displace allocates the objects ahead: an interrupt that finds none gives none, so with few of them an interrupt the load was beside less of `kfree_rcu()`.\n\n",
	      r->md);
}

void conclude_flooded(const struct report *r)
{
	const struct flooded *flooded = &r->results->flooded;
	int good = 0;
	int known = flooded->grid.nr ? count_raw_loads(flooded->all, &good) : 0;

	fprintf(r->md,
		"- **Does `raw`, while hard interrupts allocate with it, keep the latency that `none` has beside interrupts that do what it can? %s.**",
		known ? verdict(r, good, known) : "Not measured");
	if (known) {
		fputs(" [It does](#wake-up-latency-beside-a-flood-from-hard-interrupts) in ",
		      r->md);
		say_raw_loads(r->md, flooded->all);
		fputc('.', r->md);
	}
	fprintf(r->md,
		" (Rule: beside a flood with the calls that each of them has for it, the maximum is at most x%.2f and p99.99 at most x%.2f in every load.)\n",
		RAW_MAX / 100.0, RAW_P9999 / 100.0);
}
