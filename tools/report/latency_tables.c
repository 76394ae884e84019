// SPDX-License-Identifier: GPL-2.0
/* The latency tables and plots of COMPARISON.md. */
#include "report.h"

/* The first line of a table of loads x variants. */
static void head(const struct report *r, const char *align)
{
	fputs("\n| load |", r->md);
	for (int v = 0; v < NR_VARIANTS; v++)
		fprintf(r->md, " `%s` |", variant_names[v]);
	fputs("\n|---|", r->md);
	for (int v = 0; v < NR_VARIANTS; v++)
		fprintf(r->md, "%s|", align);
	fputc('\n', r->md);
}

/* The row that says how many wakeups the variants had under each load. */
static void wakeups(const struct report *r)
{
	char n[NS_TEXT];

	fputs("| *seeds x wakeups* |", r->md);
	for (int v = 0; v < NR_VARIANTS; v++) {
		const struct cell *cell = grid_first(r->grid, v);

		if (cell)
			fprintf(r->md, " *%zu x %s* |", r->grid->seeds[v].nr,
				ns_text(n, record_int(&cell->rec, "samples")));
		else
			fputs(" – |", r->md);
	}
	fputc('\n', r->md);
}

void write_uneven(const struct report *r)
{
	char n[NS_TEXT];

	if (grid_even(r->grid))
		return;
	fputs("The variants were not measured equally long:", r->md);
	for (int v = 0; v < NR_VARIANTS; v++) {
		const struct cell *cell = grid_first(r->grid, v);

		if (cell)
			fprintf(r->md, " `%s` %zu x %s;", variant_names[v],
				r->grid->seeds[v].nr,
				ns_text(n, record_int(&cell->rec, "samples")));
	}
	fputs(" seeds x wakeups a load. A maximum over more wakeups is a stricter test: a variant with fewer wakeups than `none` had fewer chances to be late, so its factor is flattered.\n\n",
	      r->md);
}

void write_maxima(const struct report *r)
{
	char ns[NS_TEXT];

	fputs("Worst wake-up in ns over all seeds, and in brackets its factor against `none`.\n",
	      r->md);
	head(r, "---:");
	wakeups(r);
	for (int l = 0; l < NR_LOADS; l++) {
		if (!r->grid->loads[l])
			continue;
		fprintf(r->md, "| %s |", load_names[l]);
		for (int v = 0; v < NR_VARIANTS; v++) {
			if (!measured(r->all, v, l))
				fputs(" – |", r->md);
			else if (v == V_NONE || !measured(r->all, V_NONE, l))
				fprintf(r->md, " %s |",
					ns_text(ns, r->all->at[v][l].max_ns));
			else
				fprintf(r->md, " %s (x%.2f) |",
					ns_text(ns, r->all->at[v][l].max_ns),
					max_ratio(r->all, v, l));
		}
		fputc('\n', r->md);
	}
	fputs("\nMade from: the largest latency in the pooled histograms. It cannot say that nothing worse exists: a maximum is what was seen, not a bound.\n\n",
	      r->md);
	write_uneven(r);
}

/* Where the wakeups of a variant were not disturbed by as much. */
static void say_other_work(const struct report *r)
{
	const char *sep =
		"Rounds of a load beside as many wakeups that differ from those of `none` by more than a tenth:";

	for (int l = 0; l < NR_LOADS; l++)
		for (int v = V_NONE + 1; v < NR_VARIANTS; v++) {
			if (!other_work(r->all, v, l))
				continue;
			fprintf(r->md, "%s %s under `%s` x%.2f", sep,
				load_names[l], variant_names[v],
				work_ratio(r->all, v, l));
			sep = ",";
		}
	if (*sep == ',')
		fputs(". These maxima compare less for that.\n\n", r->md);
}

static void percentiles(const struct report *r)
{
	char t[7][NS_TEXT];

	fputs("### Percentiles\n\n"
	      "All in ns; wakeups and rounds are summed over the seeds.\n\n"
	      "| load | variant | min | avg | p50 | p99 | p99.99 | max | wakeups | rounds of the load |\n"
	      "|---|---|---:|---:|---:|---:|---:|---:|---:|---:|\n",
	      r->md);
	for (int l = 0; l < NR_LOADS; l++)
		for (int v = 0; r->grid->loads[l] && v < NR_VARIANTS; v++) {
			const struct latency *lat = &r->all->at[v][l];

			if (!lat->hist.total) {
				fprintf(r->md,
					"| %s | `%s` | – | – | – | – | – | – | – | – |\n",
					load_names[l], variant_names[v]);
				continue;
			}
			fprintf(r->md,
				"| %s | `%s` | %s | %s | %s | %s | %s | %s | %s | ",
				load_names[l], variant_names[v],
				ns_text(t[0], lat->min_ns),
				ns_text(t[1], lat->avg_ns),
				ns_text(t[2], lat->p50_ns),
				ns_text(t[3], lat->p99_ns),
				ns_text(t[4], lat->p9999_ns),
				ns_text(t[5], lat->max_ns),
				ns_text(t[6], lat->hist.total));
			if (lat->rounds)
				fprintf(r->md, "%s |\n",
					ns_text(t[0], lat->rounds));
			else
				fputs("– |\n", r->md);
		}
	fputs("\nMade from: the seeds' histograms, one bin a ns up to 500,000 ns (what is later counts as its seed's maximum), added up. Percentiles are by nearest rank: the smallest latency that at least that share of the wakeups did not exceed; with fewer than 10,000 wakeups p99.99 is the maximum. Rounds show that the load ran while the wakeups were measured; the window ends inside a round, so they are no measure of throughput.\n\n",
	      r->md);
	say_other_work(r);
}

/* The maxima of all seeds of a variant under a load. */
static void seed_maxima(const struct report *r, enum variant v, enum load l)
{
	char ns[NS_TEXT];

	if (!r->grid->seeds[v].nr)
		fputs(" –", r->md);
	for (size_t s = 0; s < r->grid->seeds[v].nr; s++) {
		const struct cell *cell =
			grid_find(r->grid, v, l, r->grid->seeds[v].at[s]);

		fprintf(r->md, "%s%s", s ? " / " : " ",
			cell ? ns_text(ns, hist_max(&cell->hist)) : "–");
	}
	fputs(" |", r->md);
}

static void seeds(const struct report *r)
{
	fputs("### Spread over the seeds\n\n"
	      "The maximum of each seed in ns, in the order of the first row.\n",
	      r->md);
	head(r, "---:");
	fputs("| *seeds* |", r->md);
	for (int v = 0; v < NR_VARIANTS; v++) {
		if (!r->grid->seeds[v].nr)
			fputs(" –", r->md);
		for (size_t s = 0; s < r->grid->seeds[v].nr; s++)
			fprintf(r->md, "%s*%lld*", s ? " / " : " ",
				r->grid->seeds[v].at[s]);
		fputs(" |", r->md);
	}
	fputc('\n', r->md);
	for (int l = 0; l < NR_LOADS; l++) {
		if (!r->grid->loads[l])
			continue;
		fprintf(r->md, "| %s |", load_names[l]);
		for (int v = 0; v < NR_VARIANTS; v++)
			seed_maxima(r, v, l);
		fputc('\n', r->md);
	}
	fputs("\nMade from: one cell a figure. A seed shifts the start of the measurement against the load and seeds the guest's random numbers. Factors smaller than this spread say little, and so few seeds cannot say how far it goes.\n\n",
	      r->md);
}

static void beyond(const struct report *r)
{
	char n[NS_TEXT], of[NS_TEXT];

	fputs("### Wakeups beyond the maximum of `none`\n\n"
	      "How many wakeups took longer than the longest of `none`: one is a coincidence of events that `none` has as well and did not meet, or a path that it does not have; many are such a path.\n",
	      r->md);
	head(r, "---:");
	for (int l = 0; l < NR_LOADS; l++) {
		if (!r->grid->loads[l])
			continue;
		fprintf(r->md, "| %s |", load_names[l]);
		for (int v = 0; v < NR_VARIANTS; v++) {
			const struct latency *lat = &r->all->at[v][l];

			if (!measured(r->all, v, l) ||
			    !measured(r->all, V_NONE, l))
				fputs(" – |", r->md);
			else
				fprintf(r->md, " %s of %s |",
					ns_text(n,
						hist_above(&lat->hist,
							   r->all->at[V_NONE][l]
								   .max_ns)),
					ns_text(of, lat->hist.total));
		}
		fputc('\n', r->md);
	}
	fputs("\nMade from: the pooled histograms. `bench/run --explain` says for the longest what it was. The table cannot say which of them `none` would meet in more wakeups.\n\n",
	      r->md);
}

static void plots(const struct report *r)
{
	fputs("### Histograms\n\n"
	      "Wakeups (log) by latency in us (log), pooled over the seeds, bins of equal width on the log axis. The dashed line is the worst wake-up of `none` under that load.\n\n",
	      r->md);
	for (int l = 0; l < NR_LOADS; l++)
		if (r->grid->loads[l])
			fprintf(r->md,
				"![Histogram of wake-up latency under the load %s, one panel a variant](%s/%s.svg)\n\n",
				load_names[l], r->plots, load_names[l]);
	fputs("Made from: the raw cells, by gnuplot. A bin hides what is inside it: read figures from the tables.\n\n",
	      r->md);
}

void write_latency(const struct report *r)
{
	fputs("## Wake-up latency\n\n"
	      "A thread of the highest priority wakes up by a timer while a load runs; the latency is how late it runs (cyclictest).\n\n",
	      r->md);
	fputs("### Maxima\n\n", r->md);
	write_maxima(r);
	percentiles(r);
	seeds(r);
	beyond(r);
	plots(r);
}
