// SPDX-License-Identifier: GPL-2.0
/* Log-linear histograms of times. */
#include <linux/bitops.h>
#include <linux/limits.h>
#include <linux/minmax.h>
#include <linux/seq_file.h>

#include "hist.h"

/* How far the times of a bin differ is 2^shift. */
static unsigned int bin_of(u32 ns)
{
	int shift = max(fls(ns) - HIST_SUB_BITS - 1, 0);

	return shift * HIST_SUB + (ns >> shift);
}

/* The longest time that bin_of() gives @bin for. */
static u32 bin_last(unsigned int bin)
{
	unsigned int shift = bin < 2 * HIST_SUB ? 0 : bin / HIST_SUB - 1;

	return ((u64)(bin - shift * HIST_SUB + 1) << shift) - 1;
}

void hist_add(struct hist *hist, u64 time)
{
	u32 ns = min_t(u64, time, U32_MAX);

	hist->min = hist->total ? min(hist->min, ns) : ns;
	hist->max = max(hist->max, ns);
	hist->total++;
	hist->bins[bin_of(ns)]++;
}

void hist_show(struct seq_file *m, const struct hist *hist)
{
	const char *sep = "";

	seq_printf(m, "\"min_ns\": %u, \"max_ns\": %u, \"histogram\": {", hist->min, hist->max);
	for (unsigned int bin = 0; bin < HIST_BINS; bin++) {
		if (!hist->bins[bin])
			continue;
		seq_printf(m, "%s\"%u\": %u", sep, min(bin_last(bin), hist->max),
			   hist->bins[bin]);
		sep = ", ";
	}
	seq_puts(m, "}");
}
