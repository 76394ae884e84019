// SPDX-License-Identifier: GPL-2.0
/* What COMPARISON.md says about the success of allocations. */
#include "alloc.h"
#include "markdown.h"
#include "report.h"

static const char *const pressure_texts[NR_PRESSURES] = {
	[P_PLENTY] = "more pages are free than the zone's high watermark",
	[P_EMPTY] = "the same, and the pcp lists of the CPU are empty",
	[P_MIN] =
		"the pcp lists are empty and the zone is just above its minimum watermark",
	[P_BELOW] =
		"the pcp lists are empty and the zone is just below its minimum watermark: only GFP_ATOMIC may go there, and `__GFP_NO_LOCKS`, which looks at no watermark",
	[P_CONTENDED] =
		"plenty is free, and a second CPU holds `zone->lock` and the lock of this CPU's pcp lists in turns, each half of the time",
};

/* Orders that a row pools. */
static const struct {
	int first, last;
	const char *name;
} rows[] = {
	{ 0, 0, "0" },
	{ 1, NR_ORDERS - 1, "1 to 3" },
};

static void success_cell(const struct report *r, enum variant v,
			 enum pressure p, enum context c, enum way w, int first,
			 int last)
{
	struct tally sum;

	if (alloc_sum(&sum, &r->results->alloc, v, p, c, w, first, last))
		markdown_percent(r->md, sum.successes, sum.attempts);
	else
		fputs(" – |", r->md);
	tally_free(&sum);
}

/* How often a lock was held when the second CPU was there. */
static void held_row(const struct report *r, bool zone)
{
	fprintf(r->md, "| *`%s->lock` was held* | |", zone ? "zone" : "pcp");
	for (int v = 0; v < NR_VARIANTS; v++) {
		long long attempts = 0, held = 0;

		for (int c = 0; c < NR_CONTEXTS; c++) {
			struct tally sum;

			if (alloc_sum(&sum, &r->results->alloc, v, P_CONTENDED,
				      c, alloc_way(v), 0, NR_ORDERS - 1)) {
				attempts += sum.attempts;
				held += zone ? sum.zone_held : sum.pcp_held;
			}
			tally_free(&sum);
		}
		if (attempts)
			markdown_percent(r->md, held, attempts);
		else
			fputs(" – |", r->md);
	}
	fputc('\n', r->md);
}

static void success_table(const struct report *r, enum pressure p)
{
	fprintf(r->md, "**%s**: %s.\n\n", pressure_names[p], pressure_texts[p]);
	markdown_variants(r->md, "| context | orders |", "\n|---|---|");
	for (int c = 0; c < NR_CONTEXTS; c++)
		for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
			fprintf(r->md, "| %s | %s |", context_names[c],
				rows[i].name);
			for (int v = 0; v < NR_VARIANTS; v++)
				success_cell(r, v, p, c, alloc_way(v),
					     rows[i].first, rows[i].last);
			fputc('\n', r->md);
		}
	if (p == P_CONTENDED) {
		held_row(r, true);
		held_row(r, false);
	}
	fputc('\n', r->md);
}

/* alloc_pages_nolock() is in every variant, and has callers that nobody changes. */
static void nolock_table(const struct report *r)
{
	static const enum context contexts[] = { C_RAW_LOCK, C_IRQS_OFF,
						 C_HARDIRQ };

	fputs("`alloc_pages_nolock()`, orders 0 to 3: what its users get without a change. It only tries the locks, in every variant.\n\n",
	      r->md);
	markdown_variants(r->md, "| pressure | context |", "\n|---|---|");
	for (int p = 0; p < NR_PRESSURES; p++)
		for (size_t c = 0; c < ARRAY_SIZE(contexts); c++) {
			fprintf(r->md, "| %s | %s |", pressure_names[p],
				context_names[contexts[c]]);
			for (int v = 0; v < NR_VARIANTS; v++)
				success_cell(r, v, p, contexts[c], W_NOLOCK, 0,
					     NR_ORDERS - 1);
			fputc('\n', r->md);
		}
	fputc('\n', r->md);
}

static void latency_cell(const struct report *r, enum variant v,
			 enum pressure p, enum context c, size_t i)
{
	char least[NS_TEXT], median[NS_TEXT], rare[NS_TEXT], most[NS_TEXT];
	struct tally sum;
	bool there = alloc_sum(&sum, &r->results->alloc, v, p, c, alloc_way(v),
			       rows[i].first, rows[i].last);

	if (!there || !sum.successes)
		fputs(" – |", r->md);
	else
		fprintf(r->md, " %s / %s / %s / %s |",
			ns_text(least, sum.min_ns),
			ns_text(median, hist_percentile(&sum.hist, 5000)),
			ns_text(rare, hist_percentile(&sum.hist, 9999)),
			ns_text(most, hist_max(&sum.hist)));
	tally_free(&sum);
}

static void latency_table(const struct report *r, size_t i)
{
	markdown_variants(r->md, "| pressure | context |", "\n|---|---|");
	for (int p = 0; p < P_CONTENDED; p++)
		for (int c = 0; c < NR_CONTEXTS; c++) {
			fprintf(r->md, "| %s | %s |", pressure_names[p],
				context_names[c]);
			for (int v = 0; v < NR_VARIANTS; v++)
				latency_cell(r, v, p, c, i);
			fputc('\n', r->md);
		}
	fputc('\n', r->md);
}

/* The most that a round had to be made again, in percent of the attempts. */
static double missed(const struct alloc *alloc)
{
	double most = 0;

	for (int v = 0; v < NR_VARIANTS; v++)
		for (int p = 0; p < NR_PRESSURES; p++)
			for (int c = 0; c < NR_CONTEXTS; c++) {
				struct tally sum;

				if (alloc_sum(&sum, alloc, v, p, c,
					      alloc_way(v), 0, NR_ORDERS - 1) &&
				    100.0 * sum.missed > most * sum.attempts)
					most = 100.0 * sum.missed /
					       sum.attempts;
				tally_free(&sum);
			}
	return most;
}

void write_alloc(const struct report *r)
{
	const struct alloc *alloc = &r->results->alloc;
	char n[NS_TEXT];

	fputs("## Success of allocations in raw context\n\n", r->md);
	if (!alloc->nr) {
		fputs("Not measured.\n\n", r->md);
		return;
	}
	fprintf(r->md,
		"How often the call that a variant has for raw context gets its pages, in percent of the attempts, and how long it takes: `alloc_pages(GFP_NOWAIT)` in `raw` and `raw-unbounded`, `alloc_pages(__GFP_NO_LOCKS)` in `no-locks`, `alloc_pages_nolock()` in `none`, which has no other, and in `trylock`. In task and softirq, which is a thread here, every variant may call `alloc_pages()` as well; summary.json has that too.\n\n"
		"![Successes by pressure, one panel a context](%s/alloc.svg)\n\n"
		"### Successes\n\n",
		r->plots);
	for (int p = 0; p < NR_PRESSURES; p++)
		success_table(r, p);
	nolock_table(r);
	fprintf(r->md,
		"Made from: %s attempts a context and order, each alone: the pressure is made, the context entered, the pressure checked, one block allocated and given back. An attempt that does not find its pressure is made again (at most %.1f %% were). A share is cut off after two digits: 100.00 %% is all of them. The memory is one zone, so there is no other to fall back to. `__GFP_NO_LOCKS` takes what is on the pcp lists and never refills them: under **plenty** it finds what calls before it have left there, and gives back what it took; under **empty**, **min** and **below** it cannot succeed; under **contended** it cannot while the lock of the lists is held. For **contended** the second CPU holds either lock for 5 us, in turns and without a pause; how often either was held was looked at just before each attempt. The table cannot say how often another CPU holds the locks in practice, nor what an allocation gets after others of the same caller: attempts that follow each other find emptier lists.\n\n",
		ns_text(n, record_int(alloc_first(alloc), "attempts")),
		missed(alloc));
	fputs("### Latency of the call\n\n"
	      "Order 0: least / median / p99.99 / longest of the calls that succeeded, in ns.\n\n",
	      r->md);
	latency_table(r, 0);
	fputs("Orders 1 to 3: the same.\n\n", r->md);
	latency_table(r, 1);
	fprintf(r->md,
		"Made from: the same attempts, accelerator icount; a percentile is rounded up by at most 1/32, a maximum is exact. All blocks are asked for zeroed, which `alloc_pages_nolock()` does in any case, and reading the clock (%lld ns) is in the figures; so is, where interrupts are on, an interrupt that comes in between, and in task and softirq who preempts the caller. The tables cannot say what a call costs with cold caches. Times of **contended** are not shown: the two CPUs share a host, whose scheduler is in them.\n\n",
		record_int(alloc_first(alloc), "clock_ns"));
}

/* The ways that raw has in raw context and none has not. */
static const enum way ways[] = { W_NOWAIT, W_ATOMIC };

/* All that it has there. */
static const enum way hardirq_ways[] = { W_NOWAIT, W_ATOMIC, W_NOLOCK };

long long longest_call(const struct alloc *alloc, enum pressure p)
{
	long long most = -1;

	for (size_t w = 0; w < ARRAY_SIZE(hardirq_ways); w++) {
		struct tally sum;

		if (alloc_sum(&sum, alloc, V_RAW, p, C_HARDIRQ, hardirq_ways[w],
			      0, NR_ORDERS - 1) &&
		    sum.successes && hist_max(&sum.hist) > most)
			most = hist_max(&sum.hist);
		tally_free(&sum);
	}
	return most;
}

/* Pressures under which the zone is above its minimum watermark. */
static bool above_minimum(enum pressure p)
{
	return p != P_BELOW;
}

void conclude_alloc(const struct report *r)
{
	const struct alloc *alloc = &r->results->alloc;
	long long attempts = 0, failures = 0, beside = 0;
	long long zone_held = 0, pcp_held = 0;
	const char *sep = "; they fail in ";
	bool known = true;
	char a[NS_TEXT], b[NS_TEXT];

	if (!alloc->nr) {
		fputs("- **Does every allocation under `raw` succeed while the zone is above its minimum watermark? Not measured.**\n",
		      r->md);
		return;
	}
	fputs("- **Does every allocation under `raw` succeed while the zone is above its minimum watermark? ",
	      r->md);
	for (int p = 0; p < NR_PRESSURES; p++) {
		if (!above_minimum(p))
			continue;
		known &= alloc->files[V_RAW][p] != NULL;
		for (int c = 0; c < NR_CONTEXTS; c++)
			for (size_t w = 0; w < ARRAY_SIZE(ways); w++) {
				struct tally sum;

				if (alloc_sum(&sum, alloc, V_RAW, p, c, ways[w],
					      0, NR_ORDERS - 1)) {
					attempts += sum.attempts;
					failures +=
						sum.attempts - sum.successes;
					if (p == P_CONTENDED) {
						beside += sum.attempts;
						zone_held += sum.zone_held;
						pcp_held += sum.pcp_held;
					}
				}
				tally_free(&sum);
			}
	}
	fprintf(r->md, "%s.** %s of %s attempts fail",
		failures ? "No" :
		!known	 ? "Not known yet, pressures are missing" :
		zone_held && pcp_held ?
			 "Yes" :
			 "Not known, the second CPU never had a lock",
		ns_text(a, failures), ns_text(b, attempts));
	for (int p = 0; p < NR_PRESSURES; p++)
		for (int c = 0; above_minimum(p) && c < NR_CONTEXTS; c++)
			for (size_t w = 0; w < ARRAY_SIZE(ways); w++) {
				struct tally sum;

				if (alloc_sum(&sum, alloc, V_RAW, p, c, ways[w],
					      0, NR_ORDERS - 1) &&
				    sum.successes < sum.attempts) {
					fprintf(r->md, "%s%s with %s (%s)", sep,
						context_names[c],
						way_names[ways[w]],
						pressure_names[p]);
					sep = ", ";
				}
				tally_free(&sum);
			}
	if (beside)
		fprintf(r->md,
			"; beside the second CPU `zone->lock` was held in %.0f %% of them, `pcp->lock` in %.0f %%",
			100.0 * zone_held / beside, 100.0 * pcp_held / beside);
	fputs(". (Rule: with GFP_NOWAIT and with GFP_ATOMIC, in every context, of orders 0 to 3, none fails with plenty of memory, with empty pcp lists, just above the minimum watermark, or beside a second CPU that holds the locks.)\n",
	      r->md);
}
