// SPDX-License-Identifier: GPL-2.0
#include "flow.h"

void flow_init(struct flow *flow, const struct symbols *symbols, struct track *track)
{
	*flow = (struct flow){ .symbols = symbols, .track = track };
	flow->user = path_call(&flow->paths, NULL, "user space");
	flow->path = flow->user;
	flow->fork = names_find(&symbols->names, "ret_from_fork_asm");
}

void flow_free(struct flow *flow)
{
	paths_free(&flow->paths);
}

/* The path of what enters the kernel at @pc. */
static const struct path *entry(struct flow *flow, uint64_t pc)
{
	return path_call(&flow->paths, NULL, symbols_find(flow->symbols, pc));
}

void flow_exec(struct flow *flow, uint64_t pc, const struct insn *insn,
	       const struct place *place, const char *function)
{
	const unsigned int roles = place ? place->roles : 0;
	const bool to_kernel = flow->track->returning;

	track_exec(flow->track, pc, insn, place);
	if (roles & ROLE_SYSCALL || (function && function == flow->fork))
		flow->path = entry(flow, pc);
	else if (function && function != flow->path->name)
		/* By a jump, or by a call whose target was not known. */
		flow->path = path_call(&flow->paths, flow->path->parent, function);
	if (insn->kind == INSN_SYSRET)
		flow->path = flow->user;
	else if (roles & ROLE_IRET)
		flow->path = to_kernel ? flow->resumed : flow->user;
}

static void call(struct flow *flow, uint64_t pc, uint64_t sp, uint64_t target)
{
	struct stack *stack = flow->track->cur;

	if (stack->nr_frames && stack->frames[stack->nr_frames - 1].sp == sp)
		stack->frames[stack->nr_frames - 1].path = flow->path;
	if (target == flow->track->map->error_entry)
		flow->path = entry(flow, pc);
	else
		flow->path = path_call(&flow->paths, flow->path,
				       symbols_find(flow->symbols, target));
}

void flow_stack(struct flow *flow, uint64_t pc, uint64_t sp, const struct insn *insn,
		const struct place *place)
{
	const unsigned int roles = place ? place->roles : 0;
	struct stack *stack = stack_at(&flow->track->stacks, sp);

	stack->back = NULL;
	track_stack(flow->track, pc, sp, insn, place);
	if (roles & ROLE_SWITCH_OUT)
		stack->path = flow->path;
	if (roles & ROLE_SWITCH_IN)
		flow->path = stack->path ? stack->path : entry(flow, pc);
	if (roles & ROLE_KERNEL_RETURN)
		flow->resumed = stack->back ? stack->back : flow->path;
	if (insn->kind == INSN_CALL)
		call(flow, pc, sp, insn->target);
	else if (insn->kind == INSN_RET && stack->back)
		flow->path = stack->back;
}
