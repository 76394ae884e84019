// SPDX-License-Identifier: GPL-2.0
/* The figures published in 2020 beside those of raw-unbounded. */
#include "report.h"

static void here(const struct report *r, const char *load_2020,
		 const char *published, enum load l)
{
	char a[NS_TEXT], b[NS_TEXT];

	fprintf(r->md, "| %s | %s | %s | ", load_2020, published,
		load_names[l]);
	if (measured(r->all, V_RAW_UNBOUNDED, l) && measured(r->all, V_NONE, l))
		fprintf(r->md, "%s ns to %s ns | x%.2f |\n",
			ns_text(a, r->all->at[V_NONE][l].max_ns),
			ns_text(b, r->all->at[V_RAW_UNBOUNDED][l].max_ns),
			max_ratio(r->all, V_RAW_UNBOUNDED, l));
	else
		fputs("– | – |\n", r->md);
}

void write_history(const struct report *r)
{
	fputs("## Beside the figures of 2020\n\n"
	      "In August 2020 Thomas Gleixner and Sebastian Siewior made `zone->lock` raw on PREEMPT_RT, types changed and nothing else, and published what it did to cyclictest's maximum (messages 87k0y56wc1 and 87mu305c1w, both quoted in [20200813071802.GC9477@dhcp22.suse.cz](https://lore.kernel.org/linux-mm/20200813071802.GC9477@dhcp22.suse.cz/)). `raw-unbounded` is that experiment on this kernel.\n\n"
	      "| load in 2020 | published | load here | `none` to `raw-unbounded` | factor |\n"
	      "|---|---|---|---:|---:|\n",
	      r->md);
	here(r, "memory stress", "30 us to 220 us (x7)", L_PAGECACHE);
	here(r, "memory stress", "30 us to 220 us (x7)", L_ANON);
	here(r, "kernel compile", "x5", L_COMPILE);
	fputs("\nMade from: the messages, and the maxima above. The two sides are not one experiment: in 2020 it was wall time on hardware, with another kernel and other loads. Since Linux 6.7 one hold of `zone->lock` may move up to 2016 pages (`CONFIG_PCP_BATCH_SCALE_MAX`), so larger factors than in 2020 are no surprise. The table cannot say what today's hardware would give.\n\n",
	      r->md);
}
