// SPDX-License-Identifier: GPL-2.0
/* Floods of kfree_rcu() as SVG: a group of bars a context. */
#include "gnuplot.h"
#include "plot.h"

static double in_pages(const struct flood *flood)
{
	return 100.0 * flood->bulk / flood->objects;
}

/* A block of lines "context, then the figure of each variant"; ? is not measured. */
static void data(FILE *to, const struct kfree *kfree, const char *block,
		 double (*figure)(const struct flood *flood))
{
	fprintf(to, "$%s << EOD\n", block);
	for (int c = 0; c < NR_CONTEXTS; c++) {
		fprintf(to, "%s", context_names[c]);
		for (int v = 0; v < NR_VARIANTS; v++) {
			const struct kfree_file *file = kfree_find(kfree, v);

			if (file)
				fprintf(to, " %.6g", figure(&file->at[c]));
			else
				fputs(" ?", to);
		}
		fputc('\n', to);
	}
	fputs("EOD\n", to);
}

static bool is_measured(const void *kfree, enum variant v)
{
	return kfree_find(kfree, v);
}

static void script(FILE *to, const void *kfree)
{
	bars_style(to, "kfree", 560);
	data(to, kfree, "share", in_pages);
	data(to, kfree, "ns", kfree_object_ns);
	fputs("set multiplot layout 2,1\n"
	      "set yrange [0:100]\nset ytics 25\nset ylabel 'in pages, %'\n",
	      to);
	bars_panel(to, "share", "kfree_rcu(): objects in pages of pointers",
		   is_measured, kfree);
	fputs("set yrange [0:*]\nset ytics auto\nset ylabel 'ns an object'\n",
	      to);
	bars_panel(to, "ns",
		   "time of the flood, from its begin until all is freed",
		   is_measured, kfree);
	fputs("unset multiplot\n", to);
}

int plot_kfree(const struct kfree *kfree, const char *path)
{
	return gnuplot_svg(path, script, kfree);
}
