// SPDX-License-Identifier: GPL-2.0
/* The sweep as SVG: longest hold (left axis, log) and throughput (right axis). */
#include <math.h>

#include "gnuplot.h"
#include "plot.h"

/* Where batch 0, which is no limit, is on the log axis: one octave past the last. */
enum { NO_LIMIT_AT = 128 };

static int place(const struct point *point)
{
	return point->batch ? point->batch : NO_LIMIT_AT;
}

/* Labels at the powers of two, at the largest batch and at no limit. */
static void tics(FILE *to, const struct sweep *sweep)
{
	fputs("set xtics (", to);
	for (int batch = 1; batch <= BATCH_MAX; batch *= 2)
		fprintf(to, "%d, ", batch);
	fprintf(to, "%d, 'no limit' %d)\n", BATCH_MAX, NO_LIMIT_AT);
	for (size_t i = 0; i < sweep->nr; i++)
		if (sweep->points[i].is_default)
			fprintf(to,
				"set arrow 1 from %d, graph 0 to %d, graph 1 nohead back dashtype 2 linecolor rgb 'black'\n"
				"set label 1 'default: %d' at %d, graph 0.97 right offset -0.5,0\n",
				place(&sweep->points[i]),
				place(&sweep->points[i]),
				sweep->points[i].batch,
				place(&sweep->points[i]));
}

static void axes(FILE *to, const struct sweep *sweep)
{
	double low = 1, high = 1, least = HUGE_VAL, most = 0;

	for (size_t i = 0; i < sweep->nr; i++) {
		double ratio = sweep_ratio(sweep, i);

		least = fmin(least, sweep->points[i].hold_max_ns);
		most = fmax(most, sweep->points[i].hold_max_ns);
		if (ratio > 0) {
			low = fmin(low, ratio);
			high = fmax(high, ratio);
		}
	}
	/* Whole decades in us; whole steps of 0.05 with room around the curve. */
	fprintf(to,
		"set yrange [%.6g:%.6g]\nset y2range [%.2f:%.2f]\nset y2tics 0.05 format '%%.2f'\n",
		pow(10, floor(log10(least / 1000))),
		pow(10, ceil(log10(most / 1000) + 0.01)),
		floor(low / 0.05 - 0.1) * 0.05, ceil(high / 0.05 + 0.1) * 0.05);
}

/* A block of lines "place hold_us ratio"; without batch 0 no ratio is drawn. */
static void data(FILE *to, const struct sweep *sweep)
{
	fputs("$points << EOD\n", to);
	for (size_t i = 0; i < sweep->nr; i++) {
		const struct point *point = &sweep->points[i];

		/* An empty line parts the curve: there is nothing between. */
		if (!point->batch)
			fputc('\n', to);
		fprintf(to, "%d %.6g %.6g\n", place(point),
			point->hold_max_ns / 1000.0, sweep_ratio(sweep, i));
	}
	fputs("EOD\n", to);
}

static void script(FILE *to, const void *arg)
{
	const struct sweep *sweep = arg;

	fputs("set terminal svg size 900,480 font 'sans,13' background rgb 'white' name 'sweep'\n"
	      "set title 'Longest hold and throughput by CONFIG\\_PAGE\\_ALLOC\\_RAW\\_BATCH'\n"
	      "set logscale x 2\nset logscale y 10\n"
	      "set xrange [0.8:160]\n"
	      "set xlabel 'pages a hold' offset 0,0.4\n"
	      "set ylabel 'longest hold in us'\n"
	      "set y2label 'throughput (no limit = 1)'\n"
	      "set grid xtics ytics linetype 1 linecolor rgb '#dddddd'\n"
	      "set border 11\nset tics nomirror out\n"
	      "set key below\n",
	      to);
	tics(to, sweep);
	axes(to, sweep);
	data(to, sweep);
	/* The colours of raw-unbounded and raw in the histograms. */
	fputs("plot $points using 1:2 axes x1y1 with linespoints pointtype 7 linecolor rgb '#d55e00' title 'longest hold (left)'",
	      to);
	if (sweep_ratio(sweep, 0) > 0)
		fputs(", $points using 1:3 axes x1y2 with linespoints pointtype 4 linecolor rgb '#0072b2' title 'throughput (right)'",
		      to);
	fputc('\n', to);
}

int plot_sweep(const struct sweep *sweep, const char *path)
{
	return gnuplot_svg(path, script, sweep);
}
