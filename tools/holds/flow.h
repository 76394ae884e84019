/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The call path that runs, through calls, interrupts and context switches. An
 * interrupt begins a path of its own; one of the kernel goes back to the path that
 * it came in on.
 */
#ifndef FLOW_H
#define FLOW_H

#include "path.h"
#include "symbols.h"
#include "track.h"

struct flow {
	const struct symbols *symbols;
	struct track *track;
	struct paths paths;
	const struct path *path;	/* that runs; never NULL */
	const struct path *user;	/* stands for all of user space */
	const struct path *resumed;	/* where a return into the kernel will go on */
	const char *fork;		/* where a new task begins */
};

/* Ends the program without memory. @symbols and @track have to outlive it. */
void flow_init(struct flow *flow, const struct symbols *symbols, struct track *track);
void flow_free(struct flow *flow);

/* Does what track_exec() does as well. @function: that begins at @pc, or NULL. */
void flow_exec(struct flow *flow, uint64_t pc, const struct insn *insn,
	       const struct place *place, const char *function);

/* Does what track_stack() does as well. */
void flow_stack(struct flow *flow, uint64_t pc, uint64_t sp, const struct insn *insn,
		const struct place *place);

#endif
