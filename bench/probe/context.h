/* SPDX-License-Identifier: GPL-2.0 */
/* The contexts that pages are asked for in. */
#ifndef PAGE_PROBE_CONTEXT_H
#define PAGE_PROBE_CONTEXT_H

enum context {
	TASK,		/* preemptible */
	RAW_LOCK,	/* a raw spinlock is held */
	IRQS_OFF,
	SOFTIRQ,	/* a soft timer; on PREEMPT_RT this is a thread */
	HARDIRQ,	/* a hard timer */
	NR_CONTEXTS
};

extern const char *const context_names[NR_CONTEXTS];

/**
 * context_call() - call a function in a context and wait for its end
 * @context: the context
 * @fn: what to call, on this CPU; may not sleep but in TASK
 * @arg: handed on to @fn
 *
 * To be called by a task that stays on its CPU, one at a time.
 */
void context_call(enum context context, void (*fn)(void *arg), void *arg);

#endif
