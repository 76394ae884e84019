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

static bool is_measured(const void *arg, enum variant v)
{
	const struct alloc *alloc = arg;

	for (int p = 0; p < NR_PRESSURES; p++)
		if (alloc->files[v][p])
			return true;
	return false;
}

static void script(FILE *to, const void *alloc)
{
	bars_style(to, "alloc", 720);
	fputs("set yrange [0:100]\nset ytics 25\nset ylabel 'successes in %'\n",
	      to);
	for (size_t i = 0; i < ARRAY_SIZE(panels); i++)
		data(to, alloc, panels[i]);
	fprintf(to, "set multiplot layout %zu,1\n", ARRAY_SIZE(panels));
	for (size_t i = 0; i < ARRAY_SIZE(panels); i++)
		bars_panel(to, context_names[panels[i]],
			   context_names[panels[i]], is_measured, alloc);
	fputs("unset multiplot\n", to);
}

int plot_alloc(const struct alloc *alloc, const char *path)
{
	return gnuplot_svg(path, script, alloc);
}
