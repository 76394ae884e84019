// SPDX-License-Identifier: GPL-2.0
/* Calling a function in the contexts that the variants are about. */
#include <linux/completion.h>
#include <linux/hrtimer.h>
#include <linux/spinlock.h>

#include "context.h"

/* From starting a timer to its expiry: the task that started it has to be asleep. */
#define TIMER_US	20

const char *const context_names[NR_CONTEXTS] = {
	[TASK] = "task",
	[RAW_LOCK] = "raw_lock",
	[IRQS_OFF] = "irqs_off",
	[SOFTIRQ] = "softirq",
	[HARDIRQ] = "hardirq",
};

static DEFINE_RAW_SPINLOCK(held_lock);	/* what RAW_LOCK holds */

struct shot {
	struct hrtimer timer;
	struct completion done;
	void (*fn)(void *arg);
	void *arg;
};

static enum hrtimer_restart on_timer(struct hrtimer *timer)
{
	struct shot *shot = container_of(timer, struct shot, timer);

	shot->fn(shot->arg);
	complete(&shot->done);
	return HRTIMER_NORESTART;
}

static void call_by_timer(enum hrtimer_mode mode, void (*fn)(void *arg), void *arg)
{
	struct shot shot = { .fn = fn, .arg = arg };

	init_completion(&shot.done);
	hrtimer_setup_on_stack(&shot.timer, on_timer, CLOCK_MONOTONIC, mode);
	hrtimer_start(&shot.timer, us_to_ktime(TIMER_US), mode);
	wait_for_completion(&shot.done);
	/* Its function may still be on its way out. */
	hrtimer_cancel(&shot.timer);
	destroy_hrtimer_on_stack(&shot.timer);
}

void context_call(enum context context, void (*fn)(void *arg), void *arg)
{
	unsigned long flags;

	switch (context) {
	case RAW_LOCK:
		raw_spin_lock(&held_lock);
		fn(arg);
		raw_spin_unlock(&held_lock);
		break;
	case IRQS_OFF:
		local_irq_save(flags);
		fn(arg);
		local_irq_restore(flags);
		break;
	case SOFTIRQ:
		call_by_timer(HRTIMER_MODE_REL_PINNED_SOFT, fn, arg);
		break;
	case HARDIRQ:
		call_by_timer(HRTIMER_MODE_REL_PINNED_HARD, fn, arg);
		break;
	default:
		fn(arg);
	}
}
