/* SPDX-License-Identifier: GPL-2.0 */
/* The state of memory and locks that an allocation meets. */
#ifndef PAGE_PROBE_PRESSURE_H
#define PAGE_PROBE_PRESSURE_H

#include <linux/types.h>

/* What a lock looked like just before an allocation. */
struct locks_seen {
	bool zone, pcp;	/* held by somebody */
};

/**
 * pressure_init() - read the parameter "pressure"
 *
 * Return: 0, or a negative error after a line in the kernel's log.
 */
int pressure_init(void);

/**
 * pressure_begin() - before a run
 *
 * For a task that stays on its CPU until pressure_end().
 *
 * Return: 0, or a negative error: there is no second CPU.
 */
int pressure_begin(void);

/** pressure_end() - after a run: what it needed is given back */
void pressure_end(void);

/** pressure_prepare() - before each allocation, in task context */
void pressure_prepare(void);

/**
 * pressure_holds() - is the pressure there now? In any context, just before the call
 * @order: what will be asked for
 */
bool pressure_holds(unsigned int order);

/**
 * pressure_lasted() - was it there until a call ended that got a block?
 *
 * Asked for BELOW alone: a block that is taken leaves even less, but where interrupts
 * are on others may have freed memory meanwhile.
 */
bool pressure_lasted(void);

/** pressure_locks() - who holds the locks now? In any context, just before the call */
struct locks_seen pressure_locks(void);

/** pressure_free_pages() - pages of the zone that are free or on a CPU's lists; in any context */
long pressure_free_pages(void);

#endif
