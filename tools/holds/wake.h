/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Finds the wakeups of cyclictest and keeps what ran before the fastest and the
 * slowest.
 *
 * Its thread sleeps, reads the clock when it is woken, and adds one to the bucket of
 * its histogram that the latency chooses, a bucket a ns: the address of that access
 * grows with the latency. One behind the last bucket makes no access; it is found by
 * the next sleep.
 */
#ifndef WAKE_H
#define WAKE_H

#include "recording.h"

enum { SLEEPERS = 16 };

struct wake {
	struct recording recording;
	uint64_t span;			/* instructions before a wakeup that are kept */
	struct record *ring;
	uint64_t nr_records;		/* all that ever were */
	/* Tasks that slept last: one of them is the thread that measures. */
	struct sleeper {
		uint64_t stack;
		uint64_t read;		/* when it read the clock; 0: not since the sleep */
	} sleepers[SLEEPERS], *thread;	/* NULL until it is known which */
	size_t nr_sleepers;
	uint64_t halts, halt;
	uint64_t low, high;		/* buckets so far; high is UINT64_MAX behind the last */
	uint64_t longest;		/* behind the last bucket, see add() */
};

/* @span, @interval: in ns. Ends the program without memory, as do the others. */
void wake_init(struct wake *wake, uint64_t span, uint64_t interval);
void wake_free(struct wake *wake);

/* What runs, or its state, has changed. */
void wake_record(struct wake *wake, const struct record *record);

/* The processor halts. */
void wake_halt(struct wake *wake, uint64_t now);

/* The task on @stack goes to sleep; reads the clock; adds one to an entry at @addr. */
void wake_sleep(struct wake *wake, uint64_t stack);
void wake_read(struct wake *wake, uint64_t stack, uint64_t now);
void wake_count(struct wake *wake, uint64_t stack, uint64_t addr);

/* No wakeup comes any more. */
void wake_end(struct wake *wake);

#endif
