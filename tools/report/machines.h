/* SPDX-License-Identifier: GPL-2.0 */
/* Cells of other machines, each of which has a grid of its own: they are never pooled. */
#ifndef REPORT_MACHINES_H
#define REPORT_MACHINES_H

#include "latency.h"
#include "perf.h"

struct machine {
	char *name; /* of its directory */
	struct grid grid;
	struct latencies *all; /* the same, pooled over the seeds */
	struct perf perf; /* of accelerator local alone */
};

struct machines {
	struct machine *list; /* by name */
	size_t nr; /* 0: there are none */
};

/**
 * machines_read() - read and check the cells of all machines
 * @machines: filled on success
 * @dir: directory with <machine>/raw, as grid_read() takes it, and <machine>/perf, as
 *       perf_read() does; without it there is none
 * @grid: the cells that the report is about: base and series have to be theirs,
 *        accelerator, compiler and configurations need not
 *
 * Return: 0, or -1 after a line on stderr that names the file and the key.
 */
int machines_read(struct machines *machines, const char *dir,
		  const struct grid *grid);

/**
 * machines_summarize() - add the list "machines" to summary.json
 * @machines: machines; if there are none nothing is added
 * @summary: object of summary.json
 */
void machines_summarize(const struct machines *machines, json_t *summary);

/** machines_free() - give everything back that machines_read() took */
void machines_free(struct machines *machines);

#endif
