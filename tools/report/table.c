// SPDX-License-Identifier: GPL-2.0
/* The table of maxima for a terminal. */
#include "file.h"
#include "table.h"

static bool any_load(const struct latencies *all, enum variant v)
{
	for (int l = 0; l < NR_LOADS; l++)
		if (measured(all, v, l))
			return true;
	return false;
}

static bool any_variant(const struct latencies *all, enum load l)
{
	for (int v = 0; v < NR_VARIANTS; v++)
		if (measured(all, v, l))
			return true;
	return false;
}

static void print_max(FILE *to, const struct latencies *all, enum variant v,
		      enum load l)
{
	double ratio = max_ratio(all, v, l);
	char ns[NS_TEXT] = "-", text[2 * NS_TEXT];

	if (measured(all, v, l))
		ns_text(ns, all->at[v][l].max_ns);
	if (ratio > 0 && v != V_NONE)
		snprintf(text, sizeof(text), "%s (x%.2f)", ns, ratio);
	else
		snprintf(text, sizeof(text), "%s", ns);
	fprintf(to, " %*s", v == V_NONE ? 9 : 18, text);
}

void table_print(FILE *to, const struct latencies *all)
{
	fprintf(to, "Worst wake-up latency in ns (factor against none)\n%-12s",
		"load");
	for (int v = 0; v < NR_VARIANTS; v++)
		if (any_load(all, v))
			fprintf(to, " %*s", v == V_NONE ? 9 : 18,
				variant_names[v]);
	fputc('\n', to);
	for (int l = 0; l < NR_LOADS; l++) {
		if (!any_variant(all, l))
			continue;
		fprintf(to, "%-12s", load_names[l]);
		for (int v = 0; v < NR_VARIANTS; v++)
			if (any_load(all, v))
				print_max(to, all, v, l);
		fputc('\n', to);
	}
}
