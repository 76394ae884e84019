// SPDX-License-Identifier: GPL-2.0
/*
 * A flood of kfree_rcu() in a context: how many objects go into a page of pointers
 * ("bulk") and how many are linked by their rcu_head ("fallback"), how long it takes
 * until the last of them is freed, and how many pages that takes meanwhile.
 *
 * A flood is rounds: the task allocates a burst of objects, the context is entered and
 * each is given to kfree_rcu(). Nobody waits for a grace period between the rounds, they
 * pass as they do beside any caller. Only at the end the objects that are left are not
 * waited for, which may take seconds, but pushed out by kvfree_rcu_barrier().
 *
 * Which way an object goes can be seen in itself: the fallback writes the function of
 * its rcu_head, the page of pointers leaves it alone. The tracepoints of kfree_rcu()
 * would say the same, but there are none in kernels that are measured.
 *
 * The objects have a slab cache of their own, which is new for each flood: what others
 * left does not count, and that of a flood that lost an object cannot be destroyed.
 */
#include <linux/debugfs.h>
#include <linux/minmax.h>
#include <linux/module.h>
#include <linux/rcupdate.h>
#include <linux/sched.h>
#include <linux/sched/clock.h>
#include <linux/sched/signal.h>
#include <linux/seq_file.h>
#include <linux/slab.h>
#include <linux/string.h>

#include "context.h"
#include "pressure.h"
#include "probe.h"

#define MAX_BURST	8192

static unsigned int kfree_objects = 1000000;
module_param(kfree_objects, uint, 0644);
MODULE_PARM_DESC(kfree_objects, "objects of a flood");
static unsigned int kfree_burst = 1000;
module_param(kfree_burst, uint, 0644);
MODULE_PARM_DESC(kfree_burst, "objects that are freed in one go, at most 8192");

/* As large as those of the kernel's own test, rcuscale. */
struct object {
	struct rcu_head rh;	/* first, where debug objects look for it */
	char payload[8];
};

static struct flood {
	u64 objects, fallback;
	u64 begin;		/* of the first call, by local_clock() */
	u64 ns;			/* from there until all objects are freed */
	u64 call_ns;		/* in kfree_rcu() */
	long peak_pages;	/* above what was there before, at the end of a burst */
} floods[NR_CONTEXTS];

struct burst {
	struct flood *flood;
	struct object **objects;
	unsigned int nr;
	long free_pages;	/* before the flood */
};

/* What runs in the context. */
static void one_burst(void *arg)
{
	const struct burst *burst = arg;
	struct flood *flood = burst->flood;
	u64 ns;

	/* Nothing is freed before it was looked at. */
	rcu_read_lock();
	ns = local_clock();
	if (!flood->objects)
		flood->begin = ns;
	for (unsigned int i = 0; i < burst->nr; i++)
		kfree_rcu(burst->objects[i], rh);
	flood->call_ns += local_clock() - ns;
	for (unsigned int i = 0; i < burst->nr; i++)
		flood->fallback += burst->objects[i]->rh.func != NULL;
	rcu_read_unlock();

	flood->objects += burst->nr;
	flood->peak_pages = max(flood->peak_pages, burst->free_pages - pressure_free_pages());
}

/* Gives the objects that were allocated back if there are not enough. */
static int fill(struct burst *burst, struct kmem_cache *cache)
{
	for (unsigned int i = 0; i < burst->nr; i++) {
		burst->objects[i] = kmem_cache_zalloc(cache, GFP_KERNEL);
		if (burst->objects[i]) {
			/* What checks objects may find no memory for it later. */
			init_rcu_head(&burst->objects[i]->rh);
			continue;
		}
		while (i)
			kmem_cache_free(cache, burst->objects[--i]);
		return -ENOMEM;
	}
	return 0;
}

static int all_bursts(enum context context, struct burst *burst, struct kmem_cache *cache)
{
	unsigned int left = max(READ_ONCE(kfree_objects), 1U);
	unsigned int most = clamp(READ_ONCE(kfree_burst), 1U, MAX_BURST);
	int ret = 0;

	while (left) {
		burst->nr = min(left, most);
		ret = fill(burst, cache);
		if (ret)
			break;
		context_call(context, one_burst, burst);
		left -= burst->nr;
		if (signal_pending(current)) {
			ret = -EINTR;
			break;
		}
		cond_resched();
	}
	kvfree_rcu_barrier();
	burst->flood->ns = local_clock() - burst->flood->begin;
	return ret;
}

static int run(enum context context)
{
	static struct object *objects[MAX_BURST];
	struct burst burst = { .flood = &floods[context], .objects = objects };
	struct kmem_cache *cache;
	int ret;

	cache = kmem_cache_create("page_probe", sizeof(struct object), 0, SLAB_NO_MERGE, NULL);
	if (!cache)
		return -ENOMEM;
	*burst.flood = (struct flood){};
	kvfree_rcu_barrier();
	burst.free_pages = pressure_free_pages();
	ret = all_bursts(context, &burst, cache);
	kmem_cache_destroy(cache);
	return ret;
}

static ssize_t kfree_write(struct file *file, const char __user *from, size_t size, loff_t *pos)
{
	char name[16];
	ssize_t len = simple_write_to_buffer(name, sizeof(name) - 1, pos, from, size);
	int context, ret;

	if (len < 0)
		return len;
	name[len] = '\0';
	context = sysfs_match_string(context_names, name);
	if (context < 0)
		return context;

	guard(mutex)(&probe_mutex);
	migrate_disable();
	ret = run(context);
	migrate_enable();
	return ret ?: size;
}

static const struct file_operations kfree_fops = {
	.owner = THIS_MODULE,
	.open = simple_open,
	.write = kfree_write,
};

static int kfree_result_show(struct seq_file *m, void *unused)
{
	const char *sep = "";

	guard(mutex)(&probe_mutex);
	seq_puts(m, "{\"kfree_rcu\": [");
	for (enum context c = 0; c < NR_CONTEXTS; c++) {
		const struct flood *flood = &floods[c];

		if (!flood->objects)
			continue;
		seq_printf(m, "%s\n{\"context\": \"%s\", \"objects\": %llu, \"bulk\": %llu, \"fallback\": %llu, \"ns\": %llu, \"call_ns\": %llu, \"peak_pages\": %ld}",
			   sep, context_names[c], flood->objects,
			   flood->objects - flood->fallback, flood->fallback, flood->ns,
			   flood->call_ns, flood->peak_pages);
		sep = ",";
	}
	seq_puts(m, "\n]}\n");
	return 0;
}
DEFINE_SHOW_ATTRIBUTE(kfree_result);

void kfree_init(struct dentry *dir)
{
	debugfs_create_file("kfree", 0200, dir, NULL, &kfree_fops);
	debugfs_create_file("kfree_result", 0400, dir, NULL, &kfree_result_fops);
}
