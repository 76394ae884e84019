// SPDX-License-Identifier: GPL-2.0
/* The table of throughput of COMPARISON.md. */
#include <math.h>

#include "report.h"
#include "throughput.h"

/* Limits of raw's ratio: of the mean, and of each load. */
static const double mean_limit = 1.00, load_limit = 0.97;

static void value(const struct report *r, enum variant v, enum load l)
{
	const struct matrix *m = &r->results->throughput;
	double ratio = throughput_ratio(m, v, l);
	char ns[NS_TEXT];

	if (!matrix_find(m, v, l)) {
		fputs(" – |", r->md);
		return;
	}
	fprintf(r->md, " %s", ns_text(ns, llround(throughput_value(m, v, l))));
	if (v != V_NONE && ratio > 0)
		fprintf(r->md, " (%.3f)", ratio);
	fputs(" |", r->md);
}

/* The largest spread of the seeds in the table. */
static double spread(const struct matrix *m)
{
	double most = 0;

	for (int v = 0; v < NR_VARIANTS; v++)
		for (int l = 0; l < NR_LOADS; l++)
			if (matrix_find(m, v, l))
				most = fmax(most, throughput_spread(m, v, l));
	return most;
}

static void means(const struct report *r)
{
	fputs("| *geometric mean* |", r->md);
	for (int v = 0; v < NR_VARIANTS; v++) {
		double mean = throughput_mean(&r->results->throughput, v);

		if (mean > 0)
			fprintf(r->md, " *%.3f* |", mean);
		else
			fputs(" – |", r->md);
	}
	fputc('\n', r->md);
}

void write_throughput(const struct report *r)
{
	const struct matrix *m = &r->results->throughput;
	double apart;

	fputs("## Throughput\n\n", r->md);
	if (!m->nr) {
		fputs("Not measured.\n\n", r->md);
		return;
	}
	fprintf(r->md,
		"Mean %s of a load's fixed work, nothing else running, and in brackets the work done in the same time against `none`: more is faster.\n\n| load |",
		record_str(matrix_first(m), "unit"));
	for (int v = 0; v < NR_VARIANTS; v++)
		fprintf(r->md, " `%s` |", variant_names[v]);
	fputs("\n|---|---:|---:|---:|---:|---:|\n", r->md);
	for (int l = 0; l < NR_LOADS; l++) {
		if (!m->loads[l])
			continue;
		fprintf(r->md, "| %s |", load_names[l]);
		for (int v = 0; v < NR_VARIANTS; v++)
			value(r, v, l);
		fputc('\n', r->md);
	}
	means(r);
	fputs("\nMade from: the mean of all rounds of all seeds; ratio = `none` / variant, and the geometric mean of the ratios over the loads. ",
	      r->md);
	apart = spread(m);
	if (apart > 0)
		fprintf(r->md,
			"The means of the seeds of one figure are at most %.2f %% apart; a difference below that says little.",
			100 * apart);
	else
		fputs("One seed a figure: how far seeds are apart is not known.",
		      r->md);
	fputs(" The table counts instructions where times are virtual: it cannot say what cache misses, or waiting for another CPU's lock, would add.\n\n",
	      r->md);
}

void conclude_throughput(const struct report *r)
{
	const struct matrix *m = &r->results->throughput;
	double mean = throughput_mean(m, V_RAW);
	bool good = mean >= mean_limit, below = false;
	const char *sep = "";

	for (int l = 0; l < NR_LOADS; l++) {
		double ratio = throughput_ratio(m, V_RAW, l);

		below |= ratio > 0 && ratio < load_limit;
	}
	fprintf(r->md, "- **Does `raw` keep the throughput of `none`? %s.**",
		!m->nr	    ? "Not measured" :
		below	    ? "No" :
		!(mean > 0) ? "Not known yet, loads are missing" :
		good	    ? "Yes" :
			      "No");
	if (mean > 0)
		fprintf(r->md, " The geometric mean of its ratios is %.3f",
			mean);
	for (int l = 0; l < NR_LOADS; l++) {
		double ratio = throughput_ratio(m, V_RAW, l);

		if (ratio > 0 && ratio < load_limit) {
			fprintf(r->md, "%s%s %.3f",
				*sep	 ? sep :
				mean > 0 ? "; too low in " :
					   " Too low in ",
				load_names[l], ratio);
			sep = ", ";
		}
	}
	fprintf(r->md,
		"%s (Rule: the geometric mean is at least %.2f and no load is below %.2f.)\n",
		mean > 0 || below ? "." : "", mean_limit, load_limit);
}
