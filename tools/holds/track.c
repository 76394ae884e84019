// SPDX-License-Identifier: GPL-2.0
#include <err.h>
#include <stdlib.h>

#include "track.h"

#define CALL_SIZE	5	/* bytes of a direct call */
#define SWITCH_COUNT	2	/* preemption count of every task that is switched */

/* The stacks that user mode enters on lie here; see mm.rst of x86. */
#define ENTRY_AREA	0xfffffe0000000000
#define ENTRY_AREA_END	0xfffffe8000000000

void track_init(struct track *track, const struct map *map)
{
	*track = (struct track){ .map = map };
	track->stats = calloc(map->nr_sites, sizeof(*track->stats));
	if (!track->stats)
		err(1, "holds");
}

void track_free(struct track *track)
{
	size_t i;

	for (i = 0; i < track->map->nr_sites; i++)
		stat_free(&track->stats[i]);
	for (i = 0; i < LOCKS; i++) {
		free(track->locks[i].holds.ns);
		free(track->locks[i].gaps.ns);
	}
	free(track->stats);
	stacks_free(&track->stacks);
}

/* Begin or end a section after a change of count, irqs or halted at @pc. */
static void update_off(struct track *track, uint64_t pc)
{
	const bool off = !track->halted && (track->count || !track->irqs);
	struct chain chain = { .pc = { pc } };

	if (!track->synced || off == track->off.in)
		return;
	if (off) {
		if (track->cur)
			chain = stack_chain(track->cur, pc);
		off_begin(&track->off, track->now, &chain);
	} else {
		off_end(&track->off, track->now, pc,
			track->on && track->off.since >= track->begun);
	}
}

/* A hold is over now. */
static void lock_over(struct track *track, const struct held *held)
{
	const enum lock lock = track->map->sites[held->site].lock;
	const uint64_t start = held->start, last = track->locks[lock].last;

	/* Where tasks sleep for a lock, holds of two zones can overlap. */
	if (track->locks[lock].holds.nr)
		stat_note(&track->locks[lock].gaps, start > last ? start - last : 0);
	else
		track->locks[lock].first = start;
	track->locks[lock].last = track->now;
	stat_note(&track->locks[lock].holds, track->now - start);
	track->locks[lock].atomic += held->atomic;
}

/* The window is over now: what is before the first hold and behind the last one is a gap. */
static void note_gaps_around(struct track *track)
{
	size_t i;

	for (i = 0; i < LOCKS; i++)
		if (track->locks[i].holds.nr)
			stat_note(&track->locks[i].gaps,
				  track->locks[i].first - track->begun +
				  track->now - track->locks[i].last);
}

static void hold_over(struct track *track, const struct stack *stack,
		      const struct held *held)
{
	const uint64_t total = track->now - held->start;

	if (!track->on || held->start < track->begun)
		return;
	stat_add(&track->stats[held->site], total, total - (stack_away(stack, held->depth) - held->away),
		 stack->moves - held->moves, &held->chain);
	lock_over(track, held);
}

static void change_count(struct track *track, int32_t add)
{
	track->count += add;
	while (track->nr_closing &&
	       track->count <= track->closing[track->nr_closing - 1].held.count) {
		track->nr_closing--;
		hold_over(track, track->closing[track->nr_closing].stack,
			  &track->closing[track->nr_closing].held);
	}
}

/* The count has to be @value here; go on with it if it is not. */
static void expect_count(struct track *track, int32_t value)
{
	if (track->synced && track->count != value)
		track->wrong_counts++;
	track->count = value;
}

/*
 * Could what now calls a lock function not be preempted before it? To take a raw lock
 * with interrupts off they are turned off, or preemption is, a few instructions before
 * the call; a section that is older is not the lock's.
 */
static bool is_atomic(const struct track *track)
{
	return track->off.in && track->now - track->off.since > TRACK_PREPARES;
}

static void attempt(struct track *track, struct stack *stack, uint64_t pc, uint64_t sp,
		    const struct place *place)
{
	while (stack->nr_attempts && stack->attempts[stack->nr_attempts - 1].sp <= sp)
		stack->nr_attempts--;
	if (stack->nr_attempts == STACK_ATTEMPTS) {
		track->wrong_releases += track->on;
		return;
	}
	stack->attempts[stack->nr_attempts++] = (struct attempt){
		.won = !place->trylock || !track->map->won_needed,
		.site = place->site,
		.sp = sp,
		.pc = pc,
		.back = pc + CALL_SIZE,
		.count = track->count,
		.atomic = is_atomic(track),
	};
}

/* The lock function that now runs on the stack, NULL if no site called it. */
static struct attempt *running_attempt(struct stack *stack)
{
	struct attempt *a = stack->attempts + stack->nr_attempts - 1;

	if (!stack->nr_attempts || !stack->nr_frames ||
	    stack->frames[stack->nr_frames - 1].sp != a->sp)
		return NULL;
	return a;
}

static void acquired(struct track *track, struct stack *stack, uint64_t pc)
{
	const struct attempt *a = stack->attempts + stack->nr_attempts - 1;
	struct held *held;

	if (!stack->nr_attempts || a->back != pc)
		return;
	stack->nr_attempts--;
	if (!a->won)
		return;
	/* Nobody holds so many: what releases them is not known. */
	if (stack->nr_held == STACK_HELD) {
		track->wrong_releases += track->on;
		return;
	}
	held = &stack->held[stack->nr_held++];
	*held = (struct held){
		.site = a->site,
		.start = track->now,
		.depth = stack->depth,
		.away = stack_away(stack, stack->depth),
		.moves = stack->moves,
		.count = a->count - track->map->sites[a->site].pin,
		.atomic = a->atomic,
		.chain = stack_chain(stack, a->pc),
	};
	track->off.locks = true;
}

static void release(struct track *track, struct stack *stack, enum lock lock)
{
	size_t i = stack->nr_held;
	struct held held;

	while (i && track->map->sites[stack->held[i - 1].site].lock != lock)
		i--;
	if (!i) {
		track->wrong_releases += track->on;
		return;
	}
	held = stack->held[i - 1];
	for (; i < stack->nr_held; i++)
		stack->held[i - 1] = stack->held[i];
	stack->nr_held--;

	if (!track->map->raw) {
		hold_over(track, stack, &held);
	} else if (track->nr_closing < TRACK_CLOSING) {
		track->closing[track->nr_closing].stack = stack;
		track->closing[track->nr_closing++].held = held;
	} else {
		track->wrong_releases += track->on;
	}
}

static void exec_place(struct track *track, uint64_t pc, const struct insn *insn,
		       const struct place *place)
{
	const unsigned int roles = place->roles;
	struct attempt *a;

	if (roles & ROLE_ARM)
		track->armed = true;
	if (roles & ROLE_END && track->on) {
		track->on = false;
		track->ended = true;
		track->window = track->now - track->begun;
		note_gaps_around(track);
	} else if (roles & ROLE_BEGIN && track->armed && !track->ended && !track->on) {
		track->on = true;
		track->begun = track->now;
	}
	if (roles & ROLE_SYSCALL) {
		expect_count(track, 0);
		track->synced = true;
		track->irqs = false;
		/* Still on the stack of user space. */
		track->cur = NULL;
		update_off(track, pc);
	}
	if (!track->cur)
		return;
	if (roles & ROLE_ACQUIRED)
		acquired(track, track->cur, pc);
	if (roles & ROLE_MOVE)
		track->cur->moves++;
	if (roles & ROLE_LOST) {
		a = running_attempt(track->cur);
		if (a)
			a->won = false;
	}
	if (roles & ROLE_RELEASE && insn->kind != INSN_CALL)
		release(track, track->cur, place->lock);
	if (roles & ROLE_IRET) {
		track->irqs = !track->returning || track->return_irqs;
		if (track->returning)
			stack_go(track->returning, track->now);
		track->returning = NULL;
		update_off(track, pc);
	}
}

void track_exec(struct track *track, uint64_t pc, const struct insn *insn,
		const struct place *place)
{
	if (place)
		exec_place(track, pc, insn, place);
	switch (insn->kind) {
	case INSN_CLI:
		track->irqs = false;
		break;
	case INSN_STI:
	case INSN_SYSRET:
		track->irqs = true;
		break;
	case INSN_PUSHF:
		track->pushed_irqs = track->irqs;
		return;
	case INSN_POPF:
		track->irqs = track->pushed_irqs;
		break;
	case INSN_HLT:
		track->halted = true;
		break;
	case INSN_COUNT_ADD:
		change_count(track, insn->add);
		break;
	case INSN_COUNT_SET:
		track->wrong_counts += track->synced;
		return;
	default:
		return;
	}
	update_off(track, pc);
}

/* An interrupt or exception, when it calls error_entry. */
static void entry(struct track *track, uint64_t pc, uint64_t sp)
{
	if (sp < ENTRY_AREA || sp >= ENTRY_AREA_END) {
		stack_enter(track->cur, sp, track->irqs);
		stack_stop(track->cur, track->now);
	}
	track->irqs = false;
	track->halted = false;
	update_off(track, pc);
}

void track_stack(struct track *track, uint64_t pc, uint64_t sp, const struct insn *insn,
		 const struct place *place)
{
	const unsigned int roles = place ? place->roles : 0;
	struct stack *stack = stack_at(&track->stacks, sp);
	struct attempt *a;

	track->cur = stack;
	/* Whatever was called from further down has ended. */
	if (insn->kind == INSN_CALL || roles & ROLE_KERNEL_RETURN)
		stack_ret(stack, sp);
	if (roles & ROLE_WON) {
		a = running_attempt(stack);
		if (a)
			a->won = true;
	}
	if (roles & ROLE_SWITCH_OUT) {
		expect_count(track, SWITCH_COUNT);
		stack_stop(stack, track->now);
	}
	if (roles & ROLE_SWITCH_IN)
		stack_go(stack, track->now);
	if (roles & ROLE_KERNEL_RETURN) {
		track->return_irqs = stack_leave(stack, sp);
		track->returning = stack;
	}
	if (insn->kind == INSN_RET)
		stack_ret(stack, sp);
	if (insn->kind != INSN_CALL)
		return;
	if (insn->target == track->map->error_entry)
		entry(track, pc, sp);
	stack_call(stack, sp, pc);
	if (roles & ROLE_ACQUIRE)
		attempt(track, stack, pc, sp, place);
	if (roles & ROLE_RELEASE)
		release(track, stack, place->lock);
}
