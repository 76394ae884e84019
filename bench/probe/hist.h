/* SPDX-License-Identifier: GPL-2.0 */
/* Log-linear histograms of times, filled in any context. */
#ifndef PAGE_PROBE_HIST_H
#define PAGE_PROBE_HIST_H

#include <linux/types.h>

struct seq_file;

/*
 * Up to 2 * HIST_SUB ns a bin is 1 ns wide, then HIST_SUB bins share each power of
 * two: a time is known to 1 part in HIST_SUB. What takes longer than 2^32 ns is in
 * the last bin.
 */
#define HIST_SUB_BITS	5
#define HIST_SUB	(1U << HIST_SUB_BITS)
#define HIST_BINS	((32 - HIST_SUB_BITS + 1) * HIST_SUB)

struct hist {
	u64 total;
	u32 min, max;
	u32 bins[HIST_BINS];
};

/** hist_add() - count a time of @ns; takes no lock, allocates nothing */
void hist_add(struct hist *hist, u64 ns);

/**
 * hist_show() - write a histogram that is not empty
 * @m: where to
 * @hist: histogram
 *
 * Writes members of a JSON object: "min_ns", "max_ns" (exact) and "histogram", from
 * the longest time of a bin, as text, to its count.
 */
void hist_show(struct seq_file *m, const struct hist *hist);

#endif
