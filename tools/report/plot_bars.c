// SPDX-License-Identifier: GPL-2.0
/* Panels of bars, a cluster of variants for each row. */
#include "plot.h"

void bars_style(FILE *to, const char *name, int height)
{
	fprintf(to,
		"set terminal svg size 900,%d font 'sans,13' background rgb 'white' name '%s'\n"
		"set datafile missing '?'\n"
		"set style data histograms\nset style histogram clustered gap 1\n"
		"set style fill solid 1 noborder\n"
		"set grid ytics linetype 1 linecolor rgb '#dddddd'\n"
		"set border 3\nset tics nomirror out\n"
		"set key outside right center\n",
		height, name);
}

void bars_panel(FILE *to, const char *block, const char *title,
		bool (*measured)(const void *arg, enum variant v),
		const void *arg)
{
	const char *sep = "";

	fprintf(to, "set title '%s' noenhanced\nplot", title);
	for (int v = 0; v < NR_VARIANTS; v++)
		if (measured(arg, v)) {
			fprintf(to,
				"%s $%s using %d:xticlabels(1) linecolor rgb '%s' title '%s'",
				sep, block, v + 2, variant_colours[v],
				variant_names[v]);
			sep = ",";
		}
	fputc('\n', to);
}
