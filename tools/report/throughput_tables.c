// SPDX-License-Identifier: GPL-2.0
/* The table of throughput of COMPARISON.md. */
#include <math.h>

#include "markdown.h"
#include "report.h"
#include "throughput.h"

/* Limits of raw's ratio: of the mean, and of each load. */
static const double mean_limit = 1.00, load_limit = 0.97;
/* The factor of an interval that is too wide to say that nothing differs. */
static const double vague_limit = 1.02;

static void value(FILE *md, const struct matrix *m, enum variant v, enum load l)
{
	double ratio = throughput_ratio(m, v, l);
	char ns[NS_TEXT];

	if (!matrix_find(m, v, l)) {
		fputs(" – |", md);
		return;
	}
	fprintf(md, " %s", ns_text(ns, llround(throughput_value(m, v, l))));
	if (v != V_NONE && ratio > 0) {
		fputs(" (", md);
		markdown_ratio(md, ratio, throughput_interval(m, v, l));
		fputc(')', md);
	}
	fputs(" |", md);
}

static void means(FILE *md, const struct matrix *m)
{
	fputs("| *geometric mean* |", md);
	for (int v = 0; v < NR_VARIANTS; v++) {
		double mean = throughput_mean(m, v);

		if (mean > 0) {
			fputs(" *", md);
			if (v == V_NONE)
				fprintf(md, "%.3f", mean);
			else
				markdown_ratio(md, mean,
					       throughput_interval(m, v,
								   NR_LOADS));
			fputs("* |", md);
		} else {
			fputs(" – |", md);
		}
	}
	fputc('\n', md);
}

static void table(FILE *md, const struct matrix *m)
{
	if (!m->nr) {
		fputs("Not measured.\n\n", md);
		return;
	}
	fprintf(md,
		"Mean %s of a load's fixed work, nothing else running, and in brackets the work done in the same time against `none`, with its 95 %% confidence interval: more is faster; `=` says that the interval has 1 in it, so that no difference is shown, which a wide interval shows of everything.\n\n| load |",
		record_str(matrix_first(m), "unit"));
	for (int v = 0; v < NR_VARIANTS; v++)
		fprintf(md, " `%s` |", variant_names[v]);
	fputs("\n|---|---:|---:|---:|---:|---:|\n", md);
	for (int l = 0; l < NR_LOADS; l++) {
		if (!m->loads[l])
			continue;
		fprintf(md, "| %s |", load_names[l]);
		for (int v = 0; v < NR_VARIANTS; v++)
			value(md, m, v, l);
		fputc('\n', md);
	}
	means(md, m);
	fputc('\n', md);
}

void write_throughput(const struct report *r)
{
	const struct results *results = r->results;

	fputs("## Throughput\n\n", r->md);
	table(r->md, &results->throughput);
	fputs("### Without PREEMPT_RT\n\n", r->md);
	table(r->md, &results->throughput_nort);
	if (!results->throughput.nr && !results->throughput_nort.nr)
		return;
	fputs("Made from: the mean of all rounds of all seeds; ratio = `none` / variant, and the geometric mean of the ratios over the loads. The interval is that of Student's t for the logarithms of the seeds' ratios, each against `none` with the same seed; there is none for one seed. It says how much the phase of the work against the timer matters, and nothing about other machines. The table counts instructions where times are virtual: it cannot say what cache misses, or waiting for another CPU's lock, would add.\n\n",
	      r->md);
}

/*
 * The rule about raw. @where says which kernels; @within allows a mean below the limit
 * that does not differ from it.
 */
static void conclude(FILE *md, const struct matrix *m, const char *where,
		     bool within)
{
	double mean = throughput_mean(m, V_RAW);
	double interval = throughput_interval(m, V_RAW, NR_LOADS);
	bool good = mean * (within && interval > 0 ? interval : 1) >=
		    mean_limit;
	/* Too wide to tell, and 1 is in it. */
	bool vague = mean > 0 && interval > vague_limit &&
		     fabs(log(mean)) <= log(interval);
	bool below = false;
	const char *sep = "";

	for (int l = 0; l < NR_LOADS; l++) {
		double ratio = throughput_ratio(m, V_RAW, l);

		below |= ratio > 0 && ratio < load_limit;
	}
	fprintf(md, "- **Does `raw` keep the throughput of `none`%s? %s.**",
		where,
		!m->nr	    ? "Not measured" :
		below	    ? "No" :
		!(mean > 0) ? "Not known yet, loads are missing" :
		vague	    ? "Not known, the interval is too wide" :
		good	    ? "Yes" :
			      "No");
	if (mean > 0) {
		fprintf(md, " The geometric mean of its ratios is %.3f", mean);
		if (interval > 0)
			fprintf(md, " ± %.3f", mean * (interval - 1));
	}
	for (int l = 0; l < NR_LOADS; l++) {
		double ratio = throughput_ratio(m, V_RAW, l);

		if (ratio > 0 && ratio < load_limit) {
			fprintf(md, "%s%s %.3f",
				*sep	 ? sep :
				mean > 0 ? "; too low in " :
					   " Too low in ",
				load_names[l], ratio);
			sep = ", ";
		}
	}
	fprintf(md, "%s (Rule: of the loads with fixed work, ",
		mean > 0 || below ? "." : "");
	sep = "";
	for (int l = 0; l < NR_LOADS; l++)
		if (m->loads[l]) {
			fprintf(md, "%s%s", sep, load_names[l]);
			sep = ", ";
		}
	fprintf(md,
		"%sthe geometric mean%s is at least %.2f and none is below %.2f; a mean whose interval is wider than %.0f %% and has 1 in it decides nothing.)\n",
		*sep ? ", " : "", within ? " or the end of its interval" : "",
		mean_limit, load_limit, 100 * (vague_limit - 1));
}

void conclude_throughput(const struct report *r)
{
	conclude(r->md, &r->results->throughput, "", false);
	conclude(r->md, &r->results->throughput_nort, " without PREEMPT_RT",
		 true);
}
