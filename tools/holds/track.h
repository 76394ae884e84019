/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the instructions of the guest mean for its locks. Knows nothing of QEMU:
 * it is told of every instruction that the plugin watches.
 */
#ifndef TRACK_H
#define TRACK_H

#include <stdbool.h>
#include <stdint.h>

#include "insn.h"
#include "map.h"
#include "off.h"
#include "stack.h"
#include "stat.h"

#define TRACK_CLOSING	16
#define TRACK_PREPARES	32	/* instructions from where preemption is off to the call */

struct track {
	uint64_t now;		/* instructions so far; QEMU counts here */
	const struct map *map;
	struct stacks stacks;
	struct stack *cur;	/* NULL until the first call */

	/* Everything before user space runs is ignored: no state is known. */
	bool synced;
	int32_t count;		/* preemption count, without need_resched */
	bool irqs;		/* hard interrupts are on */
	bool pushed_irqs;	/* at the last pushf */
	bool halted;

	/* Between the return into the kernel and its iret. */
	struct stack *returning;
	bool return_irqs;

	/* Released, but preemption is not enabled again. */
	struct {
		struct stack *stack;
		struct held held;
	} closing[TRACK_CLOSING];
	unsigned int nr_closing;

	bool armed;		/* the window may begin */
	bool on;		/* inside the window */
	bool ended;
	uint64_t begun, window;	/* when the window began, its length so far */

	struct off off;
	struct stat_site *stats;	/* one a site */
	struct {
		struct stat_times holds;
		/*
		 * From the end of a hold to the start of the next. What is left over around
		 * the window's ends counts as one: there is a gap for each hold, and both
		 * together are the window.
		 */
		struct stat_times gaps;
		uint64_t first, last;	/* start of the first hold, end of the last */
		uint64_t atomic;	/* holds by who could not be preempted before */
	} locks[LOCKS];			/* over all sites */

	/* Anything but 0 says that the figures cannot be trusted. */
	uint64_t wrong_counts;	/* the count was not what it has to be */
	uint64_t wrong_releases;	/* of a lock that was not held */
};

/* Ends the program without memory. @map has to outlive it. */
void track_init(struct track *track, const struct map *map);
void track_free(struct track *track);

/*
 * track_exec - an instruction is about to run
 * @place: what happens there, or NULL
 */
void track_exec(struct track *track, uint64_t pc, const struct insn *insn,
		const struct place *place);

/* After track_exec(): the first word that it reads or writes on its stack is at @sp. */
void track_stack(struct track *track, uint64_t pc, uint64_t sp, const struct insn *insn,
		 const struct place *place);

#endif
