// SPDX-License-Identifier: GPL-2.0
/*
 * page_probe - does the page allocator serve this context?
 *
 * Allocates and frees pages from the contexts that the variants are about, in
 * every way that the kernel at hand allows there, and counts how often it got
 * what it asked for. In <debugfs>/page_probe:
 *
 *   run      write the name of a context: its rounds are run before write()
 *            returns. In a round each way is tried with each order: burst
 *            blocks are allocated, then given back.
 *   result   attempts and successes since the module was loaded, as JSON
 *   contig   write a number of pages: contiguous ranges of that size are allocated
 *            until there is none, and given back, which no system call asks for
 *
 * Module parameters say how much a run does. free_pages_nolock() is not exported:
 * its address, of /proc/kallsyms, is one of them.
 */
#include <linux/completion.h>
#include <linux/debugfs.h>
#include <linux/gfp.h>
#include <linux/hrtimer.h>
#include <linux/kstrtox.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/seq_file.h>
#include <linux/spinlock.h>
#include <linux/string.h>
#include <linux/uaccess.h>

#define MAX_BURST	512
#define MAX_RANGES	64
/* Orders 0 to PAGE_ALLOC_COSTLY_ORDER use the pcp lists, the one above does not. */
#define NR_ORDERS	(PAGE_ALLOC_COSTLY_ORDER + 2)

static unsigned long nolock_at;
module_param_named(free_pages_nolock, nolock_at, ulong, 0444);
MODULE_PARM_DESC(free_pages_nolock, "address of free_pages_nolock()");
static unsigned int rounds = 100;
module_param(rounds, uint, 0644);
MODULE_PARM_DESC(rounds, "rounds of a run");
static unsigned int burst = 1;
module_param(burst, uint, 0644);
MODULE_PARM_DESC(burst, "blocks that are allocated before the first is freed, at most 512");
static unsigned int period_us = 97;
module_param(period_us, uint, 0644);
MODULE_PARM_DESC(period_us, "time between two rounds that a timer starts, us");

enum context { TASK, RAW_LOCK, IRQS_OFF, SOFTIRQ, HARDIRQ, NR_CONTEXTS };
static const char *const context_names[] = {
	[TASK] = "task",
	[RAW_LOCK] = "raw_lock",
	[IRQS_OFF] = "irqs_off",
	[SOFTIRQ] = "softirq",
	[HARDIRQ] = "hardirq",
};

/* How pages are asked for and given back. */
enum way {
	PAGES,		/* alloc_pages(), __free_pages() */
	PAGES_NOLOCK,	/* alloc_pages(), free_pages_nolock() */
	NOLOCK,		/* alloc_pages_nolock(), free_pages_nolock() */
	NO_LOCKS,	/* alloc_pages(__GFP_NO_LOCKS), free_pages_nolock() */
	NR_WAYS
};
static const char *const way_names[] = {
	[PAGES] = "alloc_pages",
	[PAGES_NOLOCK] = "alloc_pages, free_pages_nolock",
	[NOLOCK] = "alloc_pages_nolock",
	[NO_LOCKS] = "__GFP_NO_LOCKS",
};

static struct {
	u64 attempts, successes;
} counts[NR_CONTEXTS][NR_WAYS][NR_ORDERS];

static DEFINE_MUTEX(run_mutex);		/* one run at a time: all that follows */
static DEFINE_RAW_SPINLOCK(held_lock);	/* what RAW_LOCK holds */
static struct page *blocks[MAX_BURST];
static unsigned int run_burst, run_left;
static enum context run_context;
static struct hrtimer timer;
static DECLARE_COMPLETION(timer_done);

/* Is @way allowed in @context? Where it is, it may still give nothing. */
static bool allowed(enum context context, enum way way)
{
	switch (way) {
	case PAGES:
	case PAGES_NOLOCK:
		return IS_ENABLED(CONFIG_PAGE_ALLOC_ATOMIC_RAW) ||
		       context == TASK || context == SOFTIRQ;
	case NOLOCK:
		return true;
	case NO_LOCKS:
		return IS_ENABLED(CONFIG_PAGE_ALLOC_ATOMIC_NO_LOCKS);
	default:
		return false;
	}
}

static struct page *get(enum context context, enum way way, unsigned int order)
{
	/* Waking kswapd takes a sleeping lock, and so may the check of the cpuset. */
	gfp_t gfp = context == TASK || context == SOFTIRQ ?
		GFP_ATOMIC | __GFP_NOWARN :
		__GFP_NOWARN | __GFP_NOMEMALLOC | __GFP_HARDWALL;

	switch (way) {
	case NOLOCK:
		return alloc_pages_nolock(0, NUMA_NO_NODE, order);
	case NO_LOCKS:
		return alloc_pages(__GFP_NO_LOCKS, order);
	default:
		return alloc_pages(gfp, order);
	}
}

static void put(enum way way, struct page *page, unsigned int order)
{
	void (*free_nolock)(struct page *page, unsigned int order) = (void *)nolock_at;

	if (way == PAGES)
		__free_pages(page, order);
	else
		free_nolock(page, order);
}

static void one_round(enum context context)
{
	for (enum way way = 0; way < NR_WAYS; way++)
		for (unsigned int order = 0; allowed(context, way) && order < NR_ORDERS; order++) {
			unsigned int got = 0;

			for (unsigned int i = 0; i < run_burst; i++) {
				blocks[got] = get(context, way, order);
				got += blocks[got] != NULL;
			}
			counts[context][way][order].attempts += run_burst;
			counts[context][way][order].successes += got;
			while (got)
				put(way, blocks[--got], order);
		}
}

static enum hrtimer_restart on_timer(struct hrtimer *t)
{
	one_round(run_context);
	if (--run_left == 0) {
		complete(&timer_done);
		return HRTIMER_NORESTART;
	}
	hrtimer_forward_now(t, us_to_ktime(period_us));
	return HRTIMER_RESTART;
}

static void run_by_timer(enum hrtimer_mode mode)
{
	hrtimer_setup(&timer, on_timer, CLOCK_MONOTONIC, mode);
	hrtimer_start(&timer, us_to_ktime(period_us), mode);
	wait_for_completion(&timer_done);
	/* Its function may still be on its way out. */
	hrtimer_cancel(&timer);
}

static void run_here(enum context context)
{
	unsigned long flags;

	for (; run_left; run_left--)
		switch (context) {
		case RAW_LOCK:
			raw_spin_lock(&held_lock);
			one_round(context);
			raw_spin_unlock(&held_lock);
			break;
		case IRQS_OFF:
			local_irq_save(flags);
			one_round(context);
			local_irq_restore(flags);
			break;
		default:
			one_round(context);
		}
}

static ssize_t run_write(struct file *file, const char __user *from, size_t size, loff_t *pos)
{
	char name[16];
	ssize_t len = simple_write_to_buffer(name, sizeof(name) - 1, pos, from, size);
	int context;

	if (len < 0)
		return len;
	name[len] = '\0';
	context = sysfs_match_string(context_names, name);
	if (context < 0)
		return context;

	guard(mutex)(&run_mutex);
	run_context = context;
	run_left = max(READ_ONCE(rounds), 1U);
	run_burst = clamp(READ_ONCE(burst), 1U, MAX_BURST);
	if (context == HARDIRQ)
		run_by_timer(HRTIMER_MODE_REL_HARD);
	else if (context == SOFTIRQ)
		run_by_timer(HRTIMER_MODE_REL_SOFT);
	else
		run_here(context);
	return size;
}

static const struct file_operations run_fops = {
	.owner = THIS_MODULE,
	.open = simple_open,
	.write = run_write,
};

static int result_show(struct seq_file *m, void *unused)
{
	const char *sep = "";

	guard(mutex)(&run_mutex);
	seq_puts(m, "{\"alloc\": [");
	for (enum context c = 0; c < NR_CONTEXTS; c++)
		for (enum way w = 0; w < NR_WAYS; w++)
			for (unsigned int o = 0; o < NR_ORDERS; o++) {
				if (!counts[c][w][o].attempts)
					continue;
				seq_printf(m, "%s\n{\"context\": \"%s\", \"way\": \"%s\", \"order\": %u, \"attempts\": %llu, \"successes\": %llu}",
					   sep, context_names[c], way_names[w], o,
					   counts[c][w][o].attempts, counts[c][w][o].successes);
				sep = ",";
			}
	seq_puts(m, "\n]}\n");
	return 0;
}
DEFINE_SHOW_ATTRIBUTE(result);

static int contig_set(void *unused, u64 nr)
{
	static struct page *ranges[MAX_RANGES];
	unsigned int got = 0, i;

	guard(mutex)(&run_mutex);
	while (got < MAX_RANGES) {
		ranges[got] = alloc_contig_pages(nr, GFP_KERNEL | __GFP_NOWARN,
						 numa_node_id(), NULL);
		if (!ranges[got])
			break;
		got++;
	}
	for (i = 0; i < got; i++)
		free_contig_range(page_to_pfn(ranges[i]), nr);
	return got ? 0 : -ENOMEM;
}
DEFINE_DEBUGFS_ATTRIBUTE(contig_fops, NULL, contig_set, "%llu\n");

static struct dentry *dir;

static int __init page_probe_init(void)
{
	if (!nolock_at) {
		pr_err("page_probe: needs free_pages_nolock=ADDRESS, see /proc/kallsyms\n");
		return -EINVAL;
	}
	dir = debugfs_create_dir("page_probe", NULL);
	debugfs_create_file("run", 0200, dir, NULL, &run_fops);
	debugfs_create_file("result", 0400, dir, NULL, &result_fops);
	debugfs_create_file("contig", 0200, dir, NULL, &contig_fops);
	return 0;
}

static void __exit page_probe_exit(void)
{
	debugfs_remove(dir);
}

module_init(page_probe_init);
module_exit(page_probe_exit);
MODULE_DESCRIPTION("Allocates pages from raw atomic context and counts what it gets");
MODULE_LICENSE("GPL");
