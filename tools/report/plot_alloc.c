// SPDX-License-Identifier: GPL-2.0
/* Successes of allocations as SVG: one panel a raw context, a group of bars a pressure. */
#include "gnuplot.h"
#include "plot.h"

static const enum context panels[] = { C_RAW_LOCK, C_IRQS_OFF, C_HARDIRQ };

/* A block of lines "pressure, then percent of each variant"; ? is not measured. */
static void data(FILE *to, const struct alloc *alloc, enum context c)
{
	fprintf(to, "$%s << EOD\n", context_names[c]);
	for (int p = 0; p < NR_PRESSURES; p++) {
		fprintf(to, "%s", pressure_names[p]);
		for (int v = 0; v < NR_VARIANTS; v++) {
			struct tally sum;

			if (alloc_sum(&sum, alloc, v, p, c, alloc_way(v), 0,
				      NR_ORDERS - 1))
				fprintf(to, " %.6g",
					100.0 * sum.successes / sum.attempts);
			else
				fputs(" ?", to);
			tally_free(&sum);
		}
		fputc('\n', to);
	}
	fputs("EOD\n", to);
}

static bool is_measured(const struct alloc *alloc, enum variant v)
{
	for (int p = 0; p < NR_PRESSURES; p++)
		if (alloc->files[v][p])
			return true;
	return false;
}

static void panel(FILE *to, const struct alloc *alloc, enum context c)
{
	const char *sep = "";

	fprintf(to, "set title '%s' noenhanced\nplot", context_names[c]);
	for (int v = 0; v < NR_VARIANTS; v++)
		if (is_measured(alloc, v)) {
			fprintf(to,
				"%s $%s using %d:xticlabels(1) linecolor rgb '%s' title '%s'",
				sep, context_names[c], v + 2,
				variant_colours[v], variant_names[v]);
			sep = ",";
		}
	fputc('\n', to);
}

static void script(FILE *to, const void *arg)
{
	const struct alloc *alloc = arg;

	fputs("set terminal svg size 900,720 font 'sans,13' background rgb 'white' name 'alloc'\n"
	      "set datafile missing '?'\n"
	      "set style data histograms\nset style histogram clustered gap 1\n"
	      "set style fill solid 1 noborder\n"
	      "set yrange [0:100]\nset ytics 25\nset ylabel 'successes in %'\n"
	      "set grid ytics linetype 1 linecolor rgb '#dddddd'\n"
	      "set border 3\nset tics nomirror out\n"
	      "set key outside right center\n",
	      to);
	for (size_t i = 0; i < ARRAY_SIZE(panels); i++)
		data(to, alloc, panels[i]);
	fprintf(to, "set multiplot layout %zu,1\n", ARRAY_SIZE(panels));
	for (size_t i = 0; i < ARRAY_SIZE(panels); i++)
		panel(to, alloc, panels[i]);
	fputs("unset multiplot\n", to);
}

int plot_alloc(const struct alloc *alloc, const char *path)
{
	return gnuplot_svg(path, script, alloc);
}
