// SPDX-License-Identifier: GPL-2.0
/*
 * Allocations in a context: how many succeed and how long the call takes.
 *
 * A run is of one way, or of all, with each order, one after the other. In a round the pressure
 * is made, the context entered and, if the pressure is there, burst blocks are
 * allocated, then given back. A round that does not find its pressure, or a block that
 * came when it was gone, is made once more, and counted in "missed".
 *
 * Every block is asked for zeroed: alloc_pages_nolock() always zeroes, and times can
 * be compared only for the same work.
 */
#include <linux/debugfs.h>
#include <linux/gfp.h>
#include <linux/module.h>
#include <linux/sched.h>
#include <linux/sched/clock.h>
#include <linux/sched/signal.h>
#include <linux/seq_file.h>
#include <linux/string.h>
#include <linux/uaccess.h>

#include "context.h"
#include "hist.h"
#include "pressure.h"
#include "probe.h"

#define MAX_BURST	512
/* Orders 0 to PAGE_ALLOC_COSTLY_ORDER use the pcp lists, the one above does not. */
#define MAX_ORDERS	(PAGE_ALLOC_COSTLY_ORDER + 2)

static unsigned int rounds = 100;
module_param(rounds, uint, 0644);
MODULE_PARM_DESC(rounds, "rounds of a run, for each way and order");
static unsigned int burst = 1;
module_param(burst, uint, 0644);
MODULE_PARM_DESC(burst, "blocks that are allocated before the first is freed, at most 512");
static unsigned int orders = MAX_ORDERS;
module_param(orders, uint, 0644);
MODULE_PARM_DESC(orders, "orders that are tried, from 0 on, at most 5");

static bool forbidden;
module_param(forbidden, bool, 0444);
MODULE_PARM_DESC(forbidden, "also try what the kernel at hand does not allow: what does it say?");

#ifdef CONFIG_PAGE_ALLOC_ATOMIC_NO_LOCKS
#define NO_LOCKS_FLAG	__GFP_NO_LOCKS
#else
#define NO_LOCKS_FLAG	0	/* there is no such flag */
#endif

/* How pages are asked for and given back. */
enum way {
	NOWAIT,		/* alloc_pages(GFP_NOWAIT), __free_pages() */
	ATOMIC,		/* alloc_pages(GFP_ATOMIC), free_pages_nolock() */
	NOLOCK,		/* alloc_pages_nolock(), free_pages_nolock() */
	NO_LOCKS,	/* alloc_pages(__GFP_NO_LOCKS), free_pages_nolock() */
	NR_WAYS
};
static const char *const way_names[] = {
	[NOWAIT] = "GFP_NOWAIT",
	[ATOMIC] = "GFP_ATOMIC",
	[NOLOCK] = "alloc_pages_nolock",
	[NO_LOCKS] = "__GFP_NO_LOCKS",
};

static struct tally {
	u64 attempts, missed;
	u64 zone_held, pcp_held;	/* attempts that met a held lock */
	u64 fail_max;			/* longest call that gave nothing, ns */
	struct hist hist;		/* calls that gave a block, ns */
} tallies[NR_CONTEXTS][NR_WAYS][MAX_ORDERS];

struct round {
	struct tally *tally;
	enum way way;
	unsigned int order, burst;
};

/* Is @way allowed in @context? Where it is, it may still give nothing. */
static bool allowed(enum context context, enum way way)
{
	switch (way) {
	case NOWAIT:
	case ATOMIC:
		return IS_ENABLED(CONFIG_PAGE_ALLOC_ATOMIC_RAW) ||
		       context == TASK || context == SOFTIRQ;
	case NO_LOCKS:
		return NO_LOCKS_FLAG;
	default:
		return true;
	}
}

static struct page *get(enum way way, unsigned int order)
{
	switch (way) {
	case NOWAIT:
		return alloc_pages(GFP_NOWAIT | __GFP_ZERO, order);
	case ATOMIC:
		return alloc_pages(GFP_ATOMIC | __GFP_NOWARN | __GFP_ZERO, order);
	case NO_LOCKS:
		return alloc_pages(NO_LOCKS_FLAG | __GFP_ZERO, order);
	default:
		return alloc_pages_nolock(0, NUMA_NO_NODE, order);
	}
}

static void put(enum way way, struct page *page, unsigned int order)
{
	if (way == NOWAIT)
		__free_pages(page, order);
	else
		probe_free_pages_nolock(page, order);
}

static struct page *timed_get(struct tally *tally, enum way way, unsigned int order)
{
	struct locks_seen held = pressure_locks();
	struct page *page;
	u64 ns;

	ns = local_clock();
	page = get(way, order);
	ns = local_clock() - ns;

	if (page && !pressure_lasted()) {
		tally->missed++;
		return page;
	}
	tally->attempts++;
	tally->zone_held += held.zone;
	tally->pcp_held += held.pcp;
	if (page)
		hist_add(&tally->hist, ns);
	else
		tally->fail_max = max(tally->fail_max, ns);
	return page;
}

bool alloc_in_hardirq(u64 nth)
{
	enum way ways[NR_WAYS];
	unsigned int nr = 0;
	struct page *page;

	for (enum way way = 0; way < NR_WAYS; way++)
		if (allowed(HARDIRQ, way))
			ways[nr++] = way;
	page = get(ways[nth % nr], 0);
	if (page)
		put(ways[nth % nr], page, 0);
	return page;
}

/* What runs in the context. */
static void one_round(void *arg)
{
	static struct page *blocks[MAX_BURST];
	const struct round *round = arg;
	unsigned int got = 0;

	if (!pressure_holds(round->order)) {
		round->tally->missed++;
		return;
	}
	for (unsigned int i = 0; i < round->burst; i++) {
		blocks[got] = timed_get(round->tally, round->way, round->order);
		got += blocks[got] != NULL;
	}
	while (got)
		put(round->way, blocks[--got], round->order);
}

/* All rounds of a way and an order; gives up where the pressure is hardly ever there. */
static int all_rounds(enum context context, struct round *round)
{
	u64 end = round->tally->attempts + (u64)max(READ_ONCE(rounds), 1U) * round->burst;
	u64 misses = round->tally->missed + 1000 + READ_ONCE(rounds);

	while (round->tally->attempts < end) {
		pressure_prepare();
		context_call(context, one_round, round);
		if (round->tally->missed > misses)
			return -EAGAIN;
		if (signal_pending(current))
			return -EINTR;
		cond_resched();
	}
	return 0;
}

/* All orders of a way, if it is allowed. */
static int run(enum context context, enum way way)
{
	unsigned int nr_orders = clamp(READ_ONCE(orders), 1U, MAX_ORDERS);
	int ret;

	if (!allowed(context, way) && !forbidden)
		return 0;
	ret = pressure_begin();
	if (ret)
		return ret;
	for (unsigned int order = 0; !ret && order < nr_orders; order++) {
		struct round round = {
			.tally = &tallies[context][way][order],
			.way = way,
			.order = order,
			.burst = clamp(READ_ONCE(burst), 1U, MAX_BURST),
		};

		ret = all_rounds(context, &round);
	}
	pressure_end();
	return ret;
}

static ssize_t run_write(struct file *file, const char __user *from, size_t size, loff_t *pos)
{
	char text[64], *rest = text, *name;
	ssize_t len = simple_write_to_buffer(text, sizeof(text) - 1, pos, from, size);
	int context, only = NR_WAYS, ret = 0;

	if (len < 0)
		return len;
	text[len] = '\0';
	name = strsep(&rest, " ");
	context = sysfs_match_string(context_names, name);
	if (rest)
		only = sysfs_match_string(way_names, rest);
	if (context < 0 || only < 0)
		return -EINVAL;

	guard(mutex)(&probe_mutex);
	migrate_disable();
	for (enum way way = 0; !ret && way < NR_WAYS; way++)
		if (only == NR_WAYS || only == way)
			ret = run(context, way);
	migrate_enable();
	return ret ?: size;
}

static const struct file_operations run_fops = {
	.owner = THIS_MODULE,
	.open = simple_open,
	.write = run_write,
};

/* What reading the clock twice takes, which is in every time. */
static u64 clock_ns(void)
{
	u64 least = U64_MAX;

	for (int i = 0; i < 1000; i++) {
		u64 ns = local_clock();

		least = min(least, local_clock() - ns);
	}
	return least;
}

static void tally_show(struct seq_file *m, const struct tally *tally)
{
	seq_printf(m, "\"attempts\": %llu, \"successes\": %llu, \"missed\": %llu, \"zone_held\": %llu, \"pcp_held\": %llu",
		   tally->attempts, tally->hist.total, tally->missed, tally->zone_held,
		   tally->pcp_held);
	if (tally->hist.total < tally->attempts)
		seq_printf(m, ", \"fail_max_ns\": %llu", tally->fail_max);
	if (tally->hist.total) {
		seq_puts(m, ", ");
		hist_show(m, &tally->hist);
	}
}

static int result_show(struct seq_file *m, void *unused)
{
	const char *sep = "";

	guard(mutex)(&probe_mutex);
	seq_printf(m, "{\"clock_ns\": %llu, \"alloc\": [", clock_ns());
	for (enum context c = 0; c < NR_CONTEXTS; c++)
		for (enum way w = 0; w < NR_WAYS; w++)
			for (unsigned int o = 0; o < MAX_ORDERS; o++) {
				if (!tallies[c][w][o].attempts)
					continue;
				seq_printf(m, "%s\n{\"context\": \"%s\", \"way\": \"%s\", \"order\": %u, ",
					   sep, context_names[c], way_names[w], o);
				tally_show(m, &tallies[c][w][o]);
				seq_puts(m, "}");
				sep = ",";
			}
	seq_puts(m, "\n]}\n");
	return 0;
}
DEFINE_SHOW_ATTRIBUTE(result);

void alloc_init(struct dentry *dir)
{
	debugfs_create_file("run", 0200, dir, NULL, &run_fops);
	debugfs_create_file("result", 0400, dir, NULL, &result_fops);
}
