// SPDX-License-Identifier: GPL-2.0
/*
 * Pressures. The zone is the one that allocations are served from; where there is a
 * lower one to fall back to, only ANY is possible.
 *
 *   any        as it is; nothing is prepared or asked for
 *   plenty     more is free than the high watermark
 *   empty      the same, and this CPU's lists of the zone are empty
 *   min        this CPU's lists are empty and the zone is less than NEAR + SLACK pages
 *              above its minimum watermark after the allocation
 *   below      this CPU's lists are empty and the zone is at its minimum watermark
 *              or up to NEAR + SLACK pages below it
 *   contended  another CPU holds zone->lock and the lock of this CPU's lists in turns,
 *              each half of the time
 */
#include <linux/cpumask.h>
#include <linux/delay.h>
#include <linux/gfp.h>
#include <linux/kthread.h>
#include <linux/mm.h>
#include <linux/mmzone_lock.h>
#include <linux/module.h>
#include <linux/sched.h>
#include <linux/sched/signal.h>
#include <linux/string.h>
#include <linux/vmstat.h>

#include "pressure.h"
#include "probe.h"

/*
 * Pages between the free pages that MIN and BELOW want and the watermark, and what
 * they may differ from that. An allocation takes 8 at most, and the zone's counter is
 * off by what CPUs have yet to add to it.
 */
#define NEAR	48
#define SLACK	16
/* Pages of the hoard that are taken singly, at least. */
#define HOARD_SINGLE	(4 * MAX_ORDER_NR_PAGES)
/* The watermark moves while it is approached: kswapd takes its boost back. */
#define MAX_TRIES	100

/* A hold of the contender: longer than any of the allocator's own with a bound. */
#define HOLD_US		5
/* Holds of the contender between two attempts, and how often they are looked at. */
#define HOLDS		2
#define CONTENDED_US	50

enum pressure { ANY, PLENTY, EMPTY, MIN, BELOW, CONTENDED };

static const char *const pressure_names[] = {
	[ANY] = "any",
	[PLENTY] = "plenty",
	[EMPTY] = "empty",
	[MIN] = "min",
	[BELOW] = "below",
	[CONTENDED] = "contended",
};

static char *name = "any";
module_param_named(pressure, name, charp, 0444);
MODULE_PARM_DESC(pressure, "any, plenty, empty, min, below or contended");

static enum pressure pressure;
static struct zone *zone;
/* What MIN and BELOW keep from others: pages, and blocks of MAX_PAGE_ORDER. */
static LIST_HEAD(hoard);
static LIST_HEAD(hoard_blocks);
static struct task_struct *contender;
static struct per_cpu_pages *contended_lists;
static unsigned long contended;		/* holds of the contender */

/* The free pages that an allocation without access to reserves may count on. */
static long usable_free(void)
{
	return (long)zone_page_state(zone, NR_FREE_PAGES) -
	       (long)zone_page_state(zone, NR_FREE_CMA_PAGES) -
	       (long)READ_ONCE(zone->nr_free_highatomic);
}

/* Others add to this CPU's lists as well, so it is read again before each call. */
static bool lists_empty(void)
{
	return !READ_ONCE(this_cpu_ptr(zone->per_cpu_pageset)->count);
}

static long wanted_free(void)
{
	long mark = min_wmark_pages(zone);

	return pressure == MIN ? mark + NEAR : mark - NEAR;
}

/*
 * Take @nr pages to the hoard, however few are left: most of them as blocks, which is
 * quick, the last ones singly, which leaves no small fragments but blocks of all orders.
 */
static void hoard_more(long nr)
{
	gfp_t gfp = __GFP_MEMALLOC | __GFP_NOWARN;
	struct page *page;

	while (nr > HOARD_SINGLE) {
		page = alloc_pages(gfp, MAX_PAGE_ORDER);
		if (!page)
			break;
		list_add(&page->lru, &hoard_blocks);
		nr -= MAX_ORDER_NR_PAGES;
	}
	while (nr-- > 0) {
		page = alloc_page(gfp);
		if (!page)
			return;
		list_add(&page->lru, &hoard);
		if (!(nr % 1024))
			cond_resched();
	}
}

/* Give @nr pages of the hoard back. */
static void hoard_less(unsigned long nr)
{
	struct page *page, *next;

	list_for_each_entry_safe(page, next, &hoard, lru) {
		if (!nr--)
			return;
		list_del(&page->lru);
		__free_page(page);
		if (!(nr % 1024))
			cond_resched();
	}
}

static void hoard_give_back(void)
{
	struct page *page, *next;

	hoard_less(ULONG_MAX);
	list_for_each_entry_safe(page, next, &hoard_blocks, lru) {
		list_del(&page->lru);
		__free_pages(page, MAX_PAGE_ORDER);
	}
}

/*
 * Attempts that follow each other at once would all meet the same hold. It is a long
 * one where the host does not run the contender's CPU meanwhile: wait until there were
 * some more.
 */
static void wait_for_contender(void)
{
	unsigned long seen = READ_ONCE(contended);

	do {
		usleep_range(CONTENDED_US, 2 * CONTENDED_US);
	} while (READ_ONCE(contended) - seen < HOLDS && !signal_pending(current));
}

void pressure_prepare(void)
{
	if (pressure == CONTENDED)
		wait_for_contender();
	if (pressure != EMPTY && pressure != MIN && pressure != BELOW)
		return;
	probe_drain_local_pages(zone);
	if (pressure == EMPTY)
		return;
	for (int tries = 0; tries < MAX_TRIES; tries++) {
		long more = usable_free() - wanted_free();

		if (abs(more) <= SLACK)
			return;
		if (more > 0)
			hoard_more(more);
		else
			hoard_less(-more);
		/* That filled the lists again, whose pages do not count as free. */
		probe_drain_local_pages(zone);
	}
}

bool pressure_holds(unsigned int order)
{
	long left = usable_free() - ((1 << order) - 1);
	long mark = min_wmark_pages(zone);

	switch (pressure) {
	case PLENTY:
		return left > (long)high_wmark_pages(zone);
	case EMPTY:
		return lists_empty() && left > (long)high_wmark_pages(zone);
	case MIN:
		return lists_empty() && left > mark && left <= mark + NEAR + SLACK;
	case BELOW:
		return lists_empty() && usable_free() <= mark && usable_free() > mark - NEAR - SLACK - 1;
	default:
		return true;
	}
}

bool pressure_lasted(void)
{
	return pressure != BELOW || usable_free() <= (long)min_wmark_pages(zone);
}

struct locks_seen pressure_locks(void)
{
	struct per_cpu_pages *pcp = this_cpu_ptr(zone->per_cpu_pageset);

	return (struct locks_seen){
		.zone = __zone_spin(is_locked)(&zone->lock),
		.pcp = __zone_spin(is_locked)(&pcp->lock),
	};
}

long pressure_free_pages(void)
{
	long nr = zone_page_state_snapshot(zone, NR_FREE_PAGES);
	unsigned int cpu;

	for_each_online_cpu(cpu)
		nr += READ_ONCE(per_cpu_ptr(zone->per_cpu_pageset, cpu)->count);
	return nr;
}

static void hold(zone_lock_t *lock)
{
	unsigned long flags;

	__zone_spin(lock_irqsave)(lock, flags);
	WRITE_ONCE(contended, contended + 1);
	udelay(HOLD_US);
	__zone_spin(unlock_irqrestore)(lock, flags);
}

static int contend(void *unused)
{
	while (!kthread_should_stop()) {
		hold(&zone->lock);
		hold(&contended_lists->lock);
		cond_resched();
	}
	return 0;
}

int pressure_begin(void)
{
	unsigned int cpu;

	if (pressure != CONTENDED)
		return 0;
	cpu = cpumask_any_but(cpu_online_mask, smp_processor_id());
	if (cpu >= nr_cpu_ids)
		return -ENODEV;
	contended_lists = this_cpu_ptr(zone->per_cpu_pageset);
	contender = kthread_create(contend, NULL, "page_probe");
	if (IS_ERR(contender))
		return PTR_ERR(contender);
	kthread_bind(contender, cpu);
	wake_up_process(contender);
	return 0;
}

void pressure_end(void)
{
	if (pressure == CONTENDED)
		kthread_stop(contender);
	hoard_give_back();
}

int pressure_init(void)
{
	struct page *page = alloc_page(GFP_KERNEL);
	int ret = match_string(pressure_names, ARRAY_SIZE(pressure_names), name);

	if (!page)
		return -ENOMEM;
	zone = page_zone(page);
	__free_page(page);
	if (ret < 0) {
		pr_err("page_probe: unknown pressure '%s'\n", name);
		return ret;
	}
	pressure = ret;
	for (struct zone *z = zone->zone_pgdat->node_zones; pressure != ANY && z < zone; z++)
		if (populated_zone(z)) {
			pr_err("page_probe: pressure '%s' needs a kernel with one zone, not %s and %s\n",
			       name, z->name, zone->name);
			return -EOPNOTSUPP;
		}
	return 0;
}
