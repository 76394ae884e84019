/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The kernel stacks of the guest: a shadow of each one's calls, and the locks
 * that the task on it holds. A stack is known by its address, and so is the
 * task: a plugin of API version 1 can see neither registers nor memory, but it
 * sees the address of every push and pop.
 */
#ifndef STACK_H
#define STACK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define STACK_SHIFT	14	/* THREAD_SIZE, to which stacks are aligned */
#define STACK_FRAMES	256
#define STACK_ENTRIES	16
#define STACK_HELD	8
#define STACK_ATTEMPTS	4
#define CHAIN		8	/* calls that are reported */

struct path;

/* A chain of calls, the innermost first: addresses of the calls, 0 behind the last. */
struct chain {
	uint64_t pc[CHAIN];
};

/* A lock that is held. Times are counts of instructions. */
struct held {
	unsigned int site;
	uint64_t start;
	unsigned int depth;	/* of the stack, at the start */
	uint64_t away;		/* of that depth, at the start */
	uint64_t moves;		/* of the stack, at the start */
	int32_t count;		/* preemption count at which the hold is over */
	bool atomic;		/* who took it could not be preempted before it */
	struct chain chain;
};

/* A call of a lock function that has not returned. */
struct attempt {
	bool won;
	unsigned int site;
	uint64_t sp;		/* where its return address lies */
	uint64_t pc, back;	/* of the call, and where it returns to */
	int32_t count;		/* preemption count before it */
	bool atomic;		/* the caller could not be preempted before it */
};

struct stack {
	uint64_t key;
	size_t nr_frames, nr_entries, nr_held, nr_attempts;
	struct {
		uint64_t sp, pc;	/* where the return address lies, the call */
		const struct path *path;	/* of the caller, NULL if nobody follows paths */
	} frames[STACK_FRAMES];
	const struct path *back;	/* the path of the last call that ended */
	const struct path *path;	/* of the task on it, while it is switched out */
	struct {
		uint64_t sp;
		bool irqs;		/* before the entry */
	} entries[STACK_ENTRIES];
	struct held held[STACK_HELD];
	/* More than one: a task that is switched in frees what the last one left. */
	struct attempt attempts[STACK_ATTEMPTS];
	unsigned int depth;		/* interrupted or switched out, so often */
	uint64_t since[STACK_ENTRIES];	/* when last from this depth on */
	uint64_t away[STACK_ENTRIES];	/* how long in all */
	uint64_t moves;			/* blocks moved by what ran on this stack */
};

/* All stacks that were seen. */
struct stacks {
	void *tree;
	struct stack *last;
};

/* The stack that @sp points into, made if it is new. Ends the program without memory. */
struct stack *stack_at(struct stacks *stacks, uint64_t sp);
void stacks_free(struct stacks *stacks);

/* A call at @pc put its return address at @sp; a return took it from there. */
void stack_call(struct stack *stack, uint64_t sp, uint64_t pc);
void stack_ret(struct stack *stack, uint64_t sp);

/* An interrupt or exception came in, with a push at @sp. @irqs: were they on? */
void stack_enter(struct stack *stack, uint64_t sp, bool irqs);

/*
 * stack_leave - it returns to what it interrupted; @sp is that of its registers
 * Returns whether interrupts were on before it, true if it was not seen coming.
 */
bool stack_leave(struct stack *stack, uint64_t sp);

/*
 * What runs on the stack stops for something else, and goes on. An exception in the
 * kernel is one, and what runs in it may be interrupted itself: that is one deeper.
 */
void stack_stop(struct stack *stack, uint64_t now);
void stack_go(struct stack *stack, uint64_t now);

/* How long what ran at @depth was stopped in all; 0 if it is too deep. */
uint64_t stack_away(const struct stack *stack, unsigned int depth);

/* The calls on the stack, with @pc as the innermost. */
struct chain stack_chain(const struct stack *stack, uint64_t pc);

#endif
