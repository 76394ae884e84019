// SPDX-License-Identifier: GPL-2.0
/*
 * A flood from hard interrupts beside whatever else runs: a hard timer that allocates a
 * page and frees it, the ways that the kernel at hand allows there in turns, and gives an
 * object to kfree_rcu(). A thread allocates the objects.
 */
#include <linux/debugfs.h>
#include <linux/delay.h>
#include <linux/hrtimer.h>
#include <linux/kthread.h>
#include <linux/llist.h>
#include <linux/module.h>
#include <linux/rcupdate.h>
#include <linux/seq_file.h>
#include <linux/slab.h>

#include "probe.h"

static unsigned int flood_us = 50;
module_param(flood_us, uint, 0444);
MODULE_PARM_DESC(flood_us, "us between two interrupts of the flood");

/* Objects that are ready: what the interrupts of the thread's longest nap take, and more. */
#define READY		512
#define NAP_US		1000

struct object {
	struct llist_node node;
	struct rcu_head rh;
};

static struct flood {
	struct hrtimer timer;
	struct task_struct *filler;
	struct llist_head ready;
	atomic_t nr_ready;
	/* What the timer counted. */
	u64 interrupts, got, objects, fallback;
} flood;

static void free_one(void)
{
	struct llist_node *node = llist_del_first(&flood.ready);
	struct object *object;

	/* The thread has not had the CPU for a while. */
	if (!node)
		return;
	atomic_dec(&flood.nr_ready);
	object = container_of(node, struct object, node);
	rcu_read_lock();
	kfree_rcu(object, rh);
	flood.objects++;
	flood.fallback += object->rh.func != NULL;
	rcu_read_unlock();
}

static enum hrtimer_restart on_timer(struct hrtimer *timer)
{
	flood.got += alloc_in_hardirq(flood.interrupts++);
	free_one();
	hrtimer_forward_now(timer, us_to_ktime(max(flood_us, 1U)));
	return HRTIMER_RESTART;
}

static int fill(void *unused)
{
	while (!kthread_should_stop()) {
		while (atomic_read(&flood.nr_ready) < READY) {
			struct object *object = kzalloc(sizeof(*object), GFP_KERNEL);

			if (!object)
				break;
			llist_add(&object->node, &flood.ready);
			atomic_inc(&flood.nr_ready);
		}
		usleep_range(NAP_US, 2 * NAP_US);
	}
	return 0;
}

static int flood_start(void)
{
	struct task_struct *filler;

	if (flood.filler)
		return -EBUSY;
	filler = kthread_run(fill, NULL, "page_probe");
	if (IS_ERR(filler))
		return PTR_ERR(filler);
	flood.filler = filler;
	hrtimer_start(&flood.timer, us_to_ktime(max(flood_us, 1U)), HRTIMER_MODE_REL_HARD);
	return 0;
}

/* When it is over, all that the flood had is given back. */
static void flood_stop(void)
{
	struct object *object, *next;

	if (!flood.filler)
		return;
	hrtimer_cancel(&flood.timer);
	kthread_stop(flood.filler);
	flood.filler = NULL;
	llist_for_each_entry_safe(object, next, llist_del_all(&flood.ready), node)
		kfree(object);
	atomic_set(&flood.nr_ready, 0);
	kvfree_rcu_barrier();
}

static int flood_set(void *unused, u64 on)
{
	guard(mutex)(&probe_mutex);
	if (on)
		return flood_start();
	flood_stop();
	return 0;
}
DEFINE_DEBUGFS_ATTRIBUTE(flood_fops, NULL, flood_set, "%llu\n");

static int flood_result_show(struct seq_file *m, void *unused)
{
	guard(mutex)(&probe_mutex);
	seq_printf(m, "{\"flood\": {\"interval_us\": %u, \"interrupts\": %llu, \"got\": %llu, \"objects\": %llu, \"bulk\": %llu}}\n",
		   max(flood_us, 1U), flood.interrupts, flood.got, flood.objects,
		   flood.objects - flood.fallback);
	return 0;
}
DEFINE_SHOW_ATTRIBUTE(flood_result);

void flood_init(struct dentry *dir)
{
	hrtimer_setup(&flood.timer, on_timer, CLOCK_MONOTONIC, HRTIMER_MODE_REL_HARD);
	debugfs_create_file("flood", 0200, dir, NULL, &flood_fops);
	debugfs_create_file("flood_result", 0400, dir, NULL, &flood_result_fops);
}

void flood_exit(void)
{
	guard(mutex)(&probe_mutex);
	flood_stop();
}
