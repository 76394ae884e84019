/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What ran between the expiry of the timer and the moment at which the woken thread
 * read the clock: all of the latency. Times in ns since the expiry.
 */
#ifndef TIMELINE_H
#define TIMELINE_H

#include <stdio.h>

#include "recording.h"

struct stretch {
	uint64_t from, to;
	struct record what;
};

struct timeline {
	uint64_t latency;
	size_t nr;
	struct stretch *list;	/* each begins where the last one ends */
};

/* Stretches with the same state in the same context: one entry of the kernel, one task. */
struct section {
	uint64_t from, to;
	const char *state;
	const struct path *path;	/* the innermost in which half of it was spent */
};

/* What took longer than in the fastest wakeup. */
struct excess {
	const struct path *path;
	uint64_t ns;			/* in it and what it called, less what is listed itself */
};

/*
 * timeline_make - the timeline of a window
 * @latency: of the wakeup, in ns
 * Returns 0, or -1 if the window begins too late for it. Ends the program without
 * memory, as do the others.
 */
int timeline_make(struct timeline *timeline, const struct recording *recording,
		  const struct window *window, uint64_t latency);
void timeline_free(struct timeline *timeline);

/* The sections, longest first, @nr of them; to be freed. */
struct section *timeline_sections(const struct timeline *timeline, size_t *nr);

/*
 * timeline_excess - where the time went that @fastest did not need
 * A function's time in @fastest is taken off it in @slow, wherever it was called.
 * The chains with at least @share of the difference are listed, largest first, @nr
 * of them; to be freed. @rest: ns in smaller parts.
 */
struct excess *timeline_excess(const struct timeline *slow, const struct timeline *fastest,
			       double share, size_t *nr, uint64_t *rest);

/* A call a line, in the order of time: when, how long, state at its beginning, name. */
void timeline_print(const struct timeline *timeline, FILE *file);

#endif
