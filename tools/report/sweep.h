/* SPDX-License-Identifier: GPL-2.0 */
/* The sweep: the variant raw with other values of CONFIG_PAGE_ALLOC_RAW_BATCH. */
#ifndef REPORT_SWEEP_H
#define REPORT_SWEEP_H

#include "grid.h"

enum { BATCH_MAX = 63 };

struct point {
	struct record rec;
	int batch; /* pages a hold; 0: no limit */
	long long hold_max_ns; /* longest hold of an allocator lock */
	bool is_default;
};

struct sweep {
	struct point *points; /* ascending, 0 last: it stands for no limit */
	size_t nr; /* 0: nothing was measured */
};

/**
 * sweep_read() - read and check the sweep
 * @sweep: filled on success
 * @dir: directory with <batch>.json; without it nothing was measured
 * @grid: the cells: base, series and compiler have to be theirs, the
 *        configuration of the default that of raw
 *
 * Return: 0, or -1 after a line on stderr that names the file and the key.
 */
int sweep_read(struct sweep *sweep, const char *dir, const struct grid *grid);

/**
 * sweep_complete() - complain if there is no batch 0, which all others are compared with
 * @sweep: sweep
 * @dir: its directory, for the message
 *
 * Return: 0 if it is there or nothing was measured, otherwise -1 after a line on
 * stderr.
 */
int sweep_complete(const struct sweep *sweep, const char *dir);

/**
 * sweep_ratio() - work done in the same time, against batch 0
 * @sweep: sweep
 * @i: number of the point
 *
 * Return: geometric mean over the loads of the time of batch 0 / time of this
 * batch: above 1 is faster; 0 if there is no batch 0.
 */
double sweep_ratio(const struct sweep *sweep, size_t i);

/**
 * sweep_wakeup() - the worst wakeup of a point
 * @point: point
 * @load: where the name of its load goes
 *
 * Return: latency in ns over all loads.
 */
long long sweep_wakeup(const struct point *point, const char **load);

/**
 * sweep_summarize() - add the list "sweep" to summary.json
 * @sweep: sweep; if nothing was measured nothing is added
 * @summary: object of summary.json
 */
void sweep_summarize(const struct sweep *sweep, json_t *summary);

/** sweep_free() - give everything back that sweep_read() took */
void sweep_free(struct sweep *sweep);

#endif
