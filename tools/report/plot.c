// SPDX-License-Identifier: GPL-2.0
/* Histograms as SVG: log-wide bins by GSL, drawing by gnuplot. */
#include <err.h>
#include <gsl/gsl_histogram.h>
#include <math.h>
#include <stdlib.h>

#include "gnuplot.h"
#include "plot.h"

enum { BINS_A_DECADE = 40 };

/* From the palette of Okabe and Ito, which colour-blind readers can tell apart. */
const char *const variant_colours[NR_VARIANTS] = {
	[V_NONE] = "#555555",	       [V_RAW] = "#0072b2",
	[V_RAW_UNBOUNDED] = "#d55e00", [V_NO_LOCKS] = "#009e73",
	[V_TRYLOCK] = "#cc79a7",
};

/* The steps 1, 2, 5 of each decade: 1, 2, 5, 10, ... for n = 0, 1, 2, 3, ... */
static double step(int n)
{
	static const int in_decade[] = { 1, 2, 5 };

	return in_decade[n % 3] * pow(10, n / 3);
}

/* The steps in ns that enclose every latency. */
static void range(const struct latencies *all, int *low, int *high)
{
	long long min = 0, max = 0;

	for (int v = 0; v < NR_VARIANTS; v++)
		for (int l = 0; l < NR_LOADS; l++) {
			const struct latency *lat = &all->at[v][l];

			if (!lat->hist.total)
				continue;
			if (!max || lat->min_ns < min)
				min = lat->min_ns;
			if (lat->max_ns > max)
				max = lat->max_ns;
		}
	for (*low = 0; step(*low + 1) <= min; ++*low)
		;
	for (*high = *low + 1; step(*high) <= max; ++*high)
		;
}

/* Wakeups in bins of equal width on a log axis from step low to step high. */
static gsl_histogram *log_bins(const struct hist *hist, int low, int high)
{
	double first = log10(step(low)), decades = log10(step(high)) - first;
	int nr = ceil(decades * BINS_A_DECADE);
	gsl_histogram *bins = gsl_histogram_alloc(nr);
	double *edges = calloc(nr + 1, sizeof(*edges));

	if (!bins || !edges)
		errx(1, "out of memory");
	for (int i = 0; i <= nr; i++)
		edges[i] = pow(10, first + decades * i / nr);
	edges[0] = step(low);
	edges[nr] = step(high);
	gsl_histogram_set_ranges(bins, edges, nr + 1);
	free(edges);
	for (size_t i = 0; i < hist->nr; i++)
		gsl_histogram_accumulate(bins, hist->bins[i].ns,
					 hist->bins[i].count);
	return bins;
}

/* What is beside the panel of a variant. */
static void panel_text(FILE *to, const struct latencies *all, enum variant v,
		       enum load l)
{
	double ratio = max_ratio(all, v, l);

	fprintf(to, "set label 1 '{/:Bold %s}' at graph 1.02, 0.82 left\n",
		variant_names[v]);
	if (!measured(all, v, l)) {
		fputs("set label 2 'not measured' at graph 1.02, 0.56 left\nunset label 3\n",
		      to);
		return;
	}
	fprintf(to, "set label 2 'max %.1f us' at graph 1.02, 0.56 left\n",
		all->at[v][l].max_ns / 1000.0);
	if (ratio > 0 && v != V_NONE)
		fprintf(to, "set label 3 'x%.2f' at graph 1.02, 0.32 left\n",
			ratio);
	else
		fputs("unset label 3\n", to);
}

/* The panel of one variant: boxes from the floor of the log axis. */
static void panel(FILE *to, const struct latencies *all, enum variant v,
		  enum load l, int low, int high)
{
	const struct hist *hist = &all->at[v][l].hist;
	gsl_histogram *bins = log_bins(hist, low, high);
	double from, till;

	panel_text(to, all, v, l);
	fputs("$bins << EOD\n", to);
	/* A point outside keeps gnuplot drawing the axes of an empty panel. */
	fputs("1e-9 1e-9 1e-9 0.5 1\n", to);
	for (size_t i = 0; i < gsl_histogram_bins(bins); i++) {
		gsl_histogram_get_range(bins, i, &from, &till);
		if (gsl_histogram_get(bins, i) > 0)
			fprintf(to, "%.6g %.6g %.6g 0.5 %.0f\n",
				sqrt(from * till) / 1000, from / 1000,
				till / 1000, gsl_histogram_get(bins, i));
	}
	fprintf(to,
		"EOD\nplot $bins using 1:5:2:3:4:5 with boxxyerror fillstyle solid noborder linecolor rgb '%s' notitle\n",
		variant_colours[v]);
	gsl_histogram_free(bins);
}

struct plot {
	const struct latencies *all;
	enum load l;
	const char *accel;
};

static void script(FILE *to, const void *arg)
{
	const struct plot *plot = arg;
	const struct latencies *all = plot->all;
	enum load l = plot->l;
	double most = 1;
	int low, high;

	range(all, &low, &high);
	for (int v = 0; v < NR_VARIANTS; v++)
		if (all->at[v][l].hist.total > most)
			most = all->at[v][l].hist.total;
	fprintf(to,
		"set terminal svg size 900,680 font 'sans,13' background rgb 'white' name 'latency'\n"
		"set multiplot layout %d,1 margins 0.085,0.83,0.09,0.94 spacing 0.02 title 'Wake-up latency under the load %s (%s)'\n"
		"set logscale xy\n"
		"set xrange [%.6g:%.6g]\nset yrange [0.5:%.0f]\n"
		"set ytics (1, 100, 10000, 1000000)\nset format y '10^{%%L}'\n"
		"set grid xtics ytics linetype 1 linecolor rgb '#dddddd'\n"
		"set border 3\nset tics nomirror out\nset format x ''\n",
		NR_VARIANTS, load_names[l], plot->accel, step(low) / 1000,
		step(high) / 1000, pow(10, ceil(log10(most))));
	fputs("set xtics (", to);
	for (int n = low; n <= high; n++)
		fprintf(to, "%s%.6g", n > low ? ", " : "", step(n) / 1000);
	fputs(")\n", to);
	if (measured(all, V_NONE, l))
		fprintf(to,
			"set arrow 1 from %.6g, graph 0 to %.6g, graph 1 nohead front dashtype 2 linecolor rgb 'black'\n",
			all->at[V_NONE][l].max_ns / 1000.0,
			all->at[V_NONE][l].max_ns / 1000.0);
	for (int v = 0; v < NR_VARIANTS; v++) {
		if (v == NR_VARIANTS / 2)
			fputs("set ylabel 'wakeups' offset 0.5\n", to);
		else
			fputs("unset ylabel\n", to);
		if (v == NR_VARIANTS - 1)
			fputs("set format x '%g'\nset xlabel 'latency in us (dashed: worst wake-up of none)' offset 0,0.4\n",
			      to);
		panel(to, all, v, l, low, high);
	}
	fputs("unset multiplot\n", to);
}

int plot_load(const struct latencies *all, enum load l, const char *accel,
	      const char *path)
{
	struct plot plot = { all, l, accel };

	return gnuplot_svg(path, script, &plot);
}
