// SPDX-License-Identifier: GPL-2.0
/* Waits for the lock as SVG: one panel a kind of callers, one line a discipline. */
#include <math.h>

#include "contention.h"
#include "gnuplot.h"
#include "plot.h"

/* One a discipline, in the order of the file; from the palette of Okabe and Ito. */
static const struct {
	const char *colour;
	int point; /* gnuplot's types: open ones, and a dot that fits into them */
} styles[] = {
	{ "#d55e00", 5 },
	{ "#0072b2", 7 },
	{ "#009e73", 9 },
	{ "#cc79a7", 4 },
};

static const long long budgets_us[] = { 30, 100 };

/* What the axes have to hold, in ns and in CPUs; 0: nothing. */
struct extent {
	long long low_ns, high_ns; /* of the waits that are not 0 */
	long long low_cpus, high_cpus;
};

static void widen(struct extent *extent, const json_t *point)
{
	long long cpus = json_integer_value(json_object_get(point, "cpus"));

	if (!extent->low_cpus || cpus < extent->low_cpus)
		extent->low_cpus = cpus;
	if (cpus > extent->high_cpus)
		extent->high_cpus = cpus;
	for (int c = 0; c < NR_CALLERS; c++) {
		struct wait wait;

		if (!contention_wait(point, c, &wait) || !wait.max_ns)
			continue;
		if (!extent->low_ns || wait.max_ns < extent->low_ns)
			extent->low_ns = wait.max_ns;
		if (wait.p9999_ns && wait.p9999_ns < extent->low_ns)
			extent->low_ns = wait.p9999_ns;
		if (wait.max_ns > extent->high_ns)
			extent->high_ns = wait.max_ns;
	}
}

/* Where 0 is drawn, in us: below all that is not 0, on an axis that has none. */
static double zero_at(const struct extent *extent)
{
	return pow(10, floor(log10(fmax(extent->low_ns, 1) / 1000.0)) - 1);
}

static double shown_us(long long ns, double zero)
{
	return ns ? ns / 1000.0 : zero;
}

/* A line "cpus us us", longest and p99.99, if the point is of this way of waiting. */
static void datum(FILE *to, const json_t *point,
		  const struct contention_way *way, enum caller caller,
		  double zero)
{
	struct wait wait;

	if (!contention_has_way(point, way) ||
	    !contention_wait(point, caller, &wait))
		return;
	fprintf(to, "%lld %.6g %.6g\n",
		(long long)json_integer_value(json_object_get(point, "cpus")),
		shown_us(wait.max_ns, zero), shown_us(wait.p9999_ns, zero));
}

/* A block of such lines for each way in which the gate is handed over at once. */
static size_t data(FILE *to, const struct record *rec,
		   const struct extent *extent)
{
	const json_t *points = record_get(rec, "points"), *point;
	struct contention_way way;
	size_t nr = 0;

	for (size_t i = 0; contention_way(rec, i, &way); i++) {
		size_t p;

		if (way.handoff_ns || nr == ARRAY_SIZE(styles))
			continue;
		for (int c = 0; c < NR_CALLERS; c++) {
			/*
			 * A point outside, with nothing between it and the next,
			 * keeps gnuplot drawing a panel that has no others.
			 */
			fprintf(to, "$way%zu_%d << EOD\n1e-9 1e-9 1e-9\n\n", nr,
				c);
			json_array_foreach(points, p, point)
				datum(to, point, &way, c, zero_at(extent));
			fputs("EOD\n", to);
		}
		nr++;
	}
	return nr;
}

/* Decades from 0, which is at the foot, to what is longest. */
static void axes(FILE *to, const struct extent *extent)
{
	double zero = zero_at(extent);
	double high = fmax(extent->high_ns / 1000.0, 100);
	int decades = ceil(log10(high / zero) + 0.05);

	fprintf(to, "set xrange [%g:%g]\nset yrange [%.6g:%.6g]\n",
		extent->low_cpus / 1.3, extent->high_cpus * 1.3, zero * 0.6,
		zero * pow(10, decades));
	fprintf(to, "set ytics ('0' %.6g", zero);
	for (int d = 1; d <= decades; d++)
		fprintf(to, ", '%g' %.6g", zero * pow(10, d),
			zero * pow(10, d));
	fputs(")\nset xtics (", to);
	for (long long cpus = 1; cpus <= extent->high_cpus; cpus *= 2)
		fprintf(to, "%s%lld", cpus > 1 ? ", " : "", cpus);
	fputs(")\n", to);
	for (size_t b = 0; b < ARRAY_SIZE(budgets_us); b++)
		fprintf(to,
			"set arrow %zu from graph 0, first %lld to graph 1, first %lld nohead back dashtype 2 linecolor rgb 'black'\n"
			"set label %zu '%lld us' at graph 1.01, first %lld left\n",
			b + 1, budgets_us[b], budgets_us[b], b + 1,
			budgets_us[b], budgets_us[b]);
}

static void panel(FILE *to, const struct record *rec, enum caller caller,
		  size_t nr)
{
	struct contention_way way;
	size_t drawn = 0;

	fprintf(to, "set title '%s callers'\nplot", caller_names[caller]);
	for (size_t i = 0; drawn < nr && contention_way(rec, i, &way); i++) {
		if (way.handoff_ns)
			continue;
		fprintf(to,
			"%s $way%zu_%d with linespoints pointtype %d pointsize %g linewidth 1.5 linecolor rgb '%s' title '%s', $way%zu_%d using 1:3 with lines dashtype 3 linewidth 1.5 linecolor rgb '%s' notitle",
			drawn ? "," : "", drawn, caller, styles[drawn].point,
			styles[drawn].point == 4 ? 1.3 : 0.7,
			styles[drawn].colour, way.discipline, drawn, caller,
			styles[drawn].colour);
		drawn++;
	}
	fputc('\n', to);
}

static void script(FILE *to, const void *arg)
{
	const struct record *rec = arg;
	struct extent extent = { 0 };
	const json_t *point;
	size_t i, nr;

	json_array_foreach(record_get(rec, "points"), i, point)
		widen(&extent, point);
	nr = data(to, rec, &extent);
	fprintf(to,
		"set terminal svg size 900,460 font 'sans,13' background rgb 'white' name 'contention'\n"
		"set multiplot layout 1,2 margins 0.1,0.93,0.27,0.78 spacing 0.14 title \"Longest wait (dotted: p99.99) for zone->lock with preemption off, by a model of\\nholds of %s under %s whose gates are handed over in no time\"\n"
		"set logscale x 2\nset logscale y 10\n"
		"set grid xtics ytics linetype 1 linecolor rgb '#dddddd'\n"
		"set border 3\nset tics nomirror out\n"
		"set xlabel 'CPUs' offset 0,0.4\nset ylabel 'us' offset 1\n"
		"set key below maxrows 2 samplen 2\n",
		record_str(rec, "variant"), record_str(rec, "load"));
	axes(to, &extent);
	panel(to, rec, C_PREEMPTIBLE, nr);
	fputs("unset ylabel\n", to);
	panel(to, rec, C_ATOMIC, nr);
	fputs("unset multiplot\n", to);
}

int plot_contention(const struct record *rec, const char *path)
{
	return gnuplot_svg(path, script, rec);
}
