/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What calls of a function cost: instructions, and the cache lines that they touch.
 * Knows nothing of QEMU: it is told of every instruction and every access to memory
 * inside of a call.
 */
#ifndef TOUCH_H
#define TOUCH_H

#include <stddef.h>
#include <stdint.h>

#define TOUCH_LINES	1024	/* of a kind that a call can be seen to touch */

/* Different cache lines of 64 bytes. */
struct lines {
	uint64_t line[TOUCH_LINES];
	size_t nr;
};

/* What the calls of a function have cost. */
struct touch {
	struct cost {
		uint32_t insns, code, data;
	} *calls;
	size_t nr;

	/* The one that runs. */
	uint64_t insns;
	uint64_t sp;		/* where its return address is */
	struct lines code, data;
};

/* A call begins that leaves its return address at @sp. */
void touch_begin(struct touch *touch, uint64_t sp);

/* Inside of it: an instruction at @pc. */
void touch_insn(struct touch *touch, uint64_t pc);

/* Inside of it: an access to memory. Those to the stack around @sp are not counted. */
void touch_access(struct touch *touch, uint64_t addr);

/* The call returns. Ends the program without memory. */
void touch_end(struct touch *touch);

/* The medians over all calls, each number by itself; all 0 without a call. */
struct cost touch_median(const struct touch *touch);
void touch_free(struct touch *touch);

#endif
