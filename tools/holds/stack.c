// SPDX-License-Identifier: GPL-2.0
#include <err.h>
#include <search.h>
#include <stdlib.h>

#include "stack.h"

static int compare_stacks(const void *a, const void *b)
{
	const struct stack *x = a, *y = b;

	return x->key < y->key ? -1 : x->key > y->key;
}

struct stack *stack_at(struct stacks *stacks, uint64_t sp)
{
	/* All that compare_stacks() looks at. */
	const struct { uint64_t key; } key = { sp >> STACK_SHIFT };
	struct stack *stack = stacks->last;
	void *node;

	if (stack && stack->key == key.key)
		return stack;
	node = tfind(&key, &stacks->tree, compare_stacks);
	if (!node) {
		stack = calloc(1, sizeof(*stack));
		if (!stack)
			err(1, "holds");
		stack->key = key.key;
		node = tsearch(stack, &stacks->tree, compare_stacks);
		if (!node)
			err(1, "holds");
	}
	stacks->last = *(struct stack **)node;
	return stacks->last;
}

void stacks_free(struct stacks *stacks)
{
	tdestroy(stacks->tree, free);
	stacks->tree = NULL;
	stacks->last = NULL;
}

void stack_ret(struct stack *stack, uint64_t sp)
{
	/* Deeper calls ended by other ways than a return. */
	while (stack->nr_frames && stack->frames[stack->nr_frames - 1].sp <= sp)
		stack->back = stack->frames[--stack->nr_frames].path;
}

void stack_call(struct stack *stack, uint64_t sp, uint64_t pc)
{
	stack_ret(stack, sp);
	if (stack->nr_frames < STACK_FRAMES) {
		stack->frames[stack->nr_frames].sp = sp;
		stack->frames[stack->nr_frames].path = NULL;
		stack->frames[stack->nr_frames++].pc = pc;
	}
}

void stack_enter(struct stack *stack, uint64_t sp, bool irqs)
{
	while (stack->nr_entries && stack->entries[stack->nr_entries - 1].sp <= sp)
		stack->nr_entries--;
	if (stack->nr_entries < STACK_ENTRIES) {
		stack->entries[stack->nr_entries].sp = sp;
		stack->entries[stack->nr_entries++].irqs = irqs;
	}
}

bool stack_leave(struct stack *stack, uint64_t sp)
{
	while (stack->nr_entries && stack->entries[stack->nr_entries - 1].sp < sp)
		stack->nr_entries--;
	if (!stack->nr_entries)
		return true;
	stack->nr_entries--;
	/* error_entry() returned to another place of the stack than it was called on. */
	stack_ret(stack, stack->entries[stack->nr_entries].sp);
	return stack->entries[stack->nr_entries].irqs;
}

void stack_stop(struct stack *stack, uint64_t now)
{
	if (stack->depth < STACK_ENTRIES)
		stack->since[stack->depth] = now;
	stack->depth++;
}

void stack_go(struct stack *stack, uint64_t now)
{
	/* The first time on a stack it goes on without having stopped. */
	if (!stack->depth)
		return;
	stack->depth--;
	if (stack->depth < STACK_ENTRIES)
		stack->away[stack->depth] += now - stack->since[stack->depth];
}

uint64_t stack_away(const struct stack *stack, unsigned int depth)
{
	return depth < STACK_ENTRIES ? stack->away[depth] : 0;
}

struct chain stack_chain(const struct stack *stack, uint64_t pc)
{
	struct chain chain = { .pc = { pc } };
	size_t i, n = stack->nr_frames;

	for (i = 1; i < CHAIN && n; i++)
		chain.pc[i] = stack->frames[--n].pc;
	return chain;
}
