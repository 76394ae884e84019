/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the plugin wakeups sees of the wakeups that cyclictest measures, and of what
 * ran before the fastest and the slowest. Written by the plugin, read by explain.
 */
#ifndef RECORDING_H
#define RECORDING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "path.h"
#include "symbols.h"

#define BUCKET_SIZE	8	/* bytes of a bucket of cyclictest's histogram */

enum state {
	STATE_IRQS_OFF = 1 << 0,
	STATE_PREEMPT_OFF = 1 << 1,
	STATE_HALTED = 1 << 2,
};

/* From @now on this runs. Times are counts of instructions. */
struct record {
	uint64_t now;
	const struct path *path;
	uint64_t stack;			/* that it runs on */
	unsigned int state;
};

struct wakeup {
	uint64_t read;			/* when it read the clock */
	uint64_t bucket;		/* address; 0: behind the last bucket */
	uint64_t halts;			/* of the processor so far */
	uint64_t halt;			/* the last of them; 0: none */
};

/* What ran before a wakeup read the clock, in the order of time. */
struct window {
	size_t wakeup;			/* its index */
	size_t nr, room;
	struct record *records;
};

struct recording {
	uint64_t interval;		/* of the timer, ns */
	uint64_t wrong_counts;		/* not 0: the states cannot be trusted */
	size_t nr, room;
	struct wakeup *list;
	struct window fastest, slowest;
};

/* Returns 0, or -1 after one line on stderr. */
int recording_write(const struct recording *recording, const char *path);

/* recording_read - the same; the names of the paths go to @names */
int recording_read(struct recording *recording, struct paths *paths, struct names *names,
		   const char *path);
void recording_free(struct recording *recording);

#endif
