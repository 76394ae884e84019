/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Sections in which no task can take the processor: preemption disabled, or
 * interrupts off, or both in turns. A halted processor is in none of them.
 */
#ifndef OFF_H
#define OFF_H

#include <stdbool.h>
#include <stdint.h>

#include "stack.h"

/* The longest section of a kind. */
struct off_max {
	uint64_t ns;
	uint64_t to;		/* where it ended */
	struct chain chain;	/* of the instruction that began it */
};

struct off {
	bool in, locks;
	uint64_t since, sections;
	struct chain chain;
	struct off_max without_locks, with_locks;
};

/* A section begins at @now. */
void off_begin(struct off *off, uint64_t now, const struct chain *chain);

/* It ends at the address @pc; @count: it is inside the window that is measured. */
void off_end(struct off *off, uint64_t now, uint64_t pc, bool count);

/* The longer of the two kinds. */
const struct off_max *off_longest(const struct off *off);

#endif
