// SPDX-License-Identifier: GPL-2.0
/*
 * How long the page allocator takes: threads, each on a CPU of its own, allocate blocks
 * and free them, in one of these ways:
 *
 *   single  one block, freed before the next: that which the pcp list has
 *   many    as many as make 16 MiB, then free them all: the lists are refilled from the
 *           zone and drained into it
 *   bulk    64 pages by one call of alloc_pages_bulk(), freed one by one
 */
#include <linux/completion.h>
#include <linux/cpumask.h>
#include <linux/debugfs.h>
#include <linux/gfp.h>
#include <linux/kthread.h>
#include <linux/module.h>
#include <linux/sched/clock.h>
#include <linux/seq_file.h>
#include <linux/slab.h>
#include <linux/string.h>

#include "probe.h"

#define MANY_PAGES	4096
#define BULK_PAGES	64
#define MAX_RESULTS	256

enum way { SINGLE, MANY, BULK, NR_WAYS };

static const char *const way_names[NR_WAYS] = {
	[SINGLE] = "single",
	[MANY] = "many",
	[BULK] = "bulk",
};

static struct job {
	enum way way;
	unsigned int order, threads, rounds;
	/* What came of it, summed over the threads. */
	u64 blocks, ns;
} results[MAX_RESULTS];
static unsigned int nr_results;

struct worker {
	const struct job *job;
	struct completion *go, done;
	struct page **pages;	/* room for a round's blocks */
	u64 blocks, ns;
	int ret;
};

static unsigned int blocks_of(const struct job *job)
{
	switch (job->way) {
	case MANY:
		return MANY_PAGES >> job->order;
	case BULK:
		return BULK_PAGES;
	default:
		return 1;
	}
}

/* Allocate a round's blocks; gives how many there are, all or fewer. */
static unsigned int take(const struct job *job, struct page **pages)
{
	unsigned int nr = blocks_of(job), i;

	if (job->way == BULK) {
		memset(pages, 0, nr * sizeof(*pages));
		return alloc_pages_bulk(GFP_KERNEL, nr, pages);
	}
	for (i = 0; i < nr; i++) {
		pages[i] = alloc_pages(GFP_KERNEL | __GFP_NORETRY | __GFP_NOWARN, job->order);
		if (!pages[i])
			break;
	}
	return i;
}

static int work(void *data)
{
	struct worker *worker = data;
	const struct job *job = worker->job;
	const unsigned int want = blocks_of(job);

	wait_for_completion(worker->go);
	for (unsigned int i = 0; i <= job->rounds && !worker->ret; i++) {
		unsigned int nr;

		/* The first round fills what stays full afterwards, and does not count. */
		if (i == 1) {
			worker->blocks = 0;
			worker->ns = local_clock();
		}
		nr = take(job, worker->pages);
		worker->blocks += nr;
		if (nr < want)
			worker->ret = -ENOMEM;
		while (nr)
			__free_pages(worker->pages[--nr], job->order);
		cond_resched();
	}
	worker->ns = local_clock() - worker->ns;
	kthread_complete_and_exit(&worker->done, 0);
}

static int start(struct worker *worker, unsigned int cpu)
{
	struct task_struct *task;

	worker->pages = kvcalloc(MANY_PAGES, sizeof(*worker->pages), GFP_KERNEL);
	if (!worker->pages)
		return -ENOMEM;
	init_completion(&worker->done);
	task = kthread_create(work, worker, "page_probe/%u", cpu);
	if (IS_ERR(task)) {
		kvfree(worker->pages);
		return PTR_ERR(task);
	}
	kthread_bind(task, cpu);
	wake_up_process(task);
	return 0;
}

/* Run a job on the first CPUs. */
static int run(struct job *job)
{
	DECLARE_COMPLETION_ONSTACK(go);
	struct worker *workers;
	unsigned int nr = 0, cpu;
	int ret = 0;

	workers = kcalloc(job->threads, sizeof(*workers), GFP_KERNEL);
	if (!workers)
		return -ENOMEM;
	for_each_online_cpu(cpu) {
		if (nr == job->threads)
			break;
		workers[nr].job = job;
		workers[nr].go = &go;
		ret = start(&workers[nr], cpu);
		if (ret)
			break;
		nr++;
	}
	complete_all(&go);
	for (unsigned int i = 0; i < nr; i++) {
		struct worker *worker = &workers[i];

		wait_for_completion(&worker->done);
		ret = ret ?: worker->ret;
		kvfree(worker->pages);
		job->blocks += worker->blocks;
		job->ns += worker->ns;
	}
	kfree(workers);
	return ret;
}

static ssize_t pages_write(struct file *file, const char __user *from, size_t size, loff_t *pos)
{
	char line[64], name[16];
	ssize_t len = simple_write_to_buffer(line, sizeof(line) - 1, pos, from, size);
	struct job job = {};
	int ret;

	if (len < 0)
		return len;
	line[len] = '\0';
	if (sscanf(line, "%15s %u %u %u", name, &job.order, &job.threads, &job.rounds) != 4)
		return -EINVAL;
	ret = sysfs_match_string(way_names, name);
	if (ret < 0)
		return ret;
	job.way = ret;
	if (job.order > MAX_PAGE_ORDER || (job.way == BULK && job.order) || !job.rounds ||
	    !job.threads || job.threads > num_online_cpus())
		return -EINVAL;

	guard(mutex)(&probe_mutex);
	if (nr_results == MAX_RESULTS)
		return -ENOSPC;
	ret = run(&job);
	if (ret)
		return ret;
	results[nr_results++] = job;
	return size;
}

static const struct file_operations pages_fops = {
	.owner = THIS_MODULE,
	.open = simple_open,
	.write = pages_write,
};

static int pages_result_show(struct seq_file *m, void *unused)
{
	guard(mutex)(&probe_mutex);
	seq_puts(m, "{\"pages\": [");
	for (unsigned int i = 0; i < nr_results; i++)
		seq_printf(m, "%s\n{\"way\": \"%s\", \"order\": %u, \"threads\": %u, \"blocks\": %llu, \"ns\": %llu}",
			   i ? "," : "", way_names[results[i].way], results[i].order,
			   results[i].threads, results[i].blocks, results[i].ns);
	seq_puts(m, "\n]}\n");
	return 0;
}
DEFINE_SHOW_ATTRIBUTE(pages_result);

void pages_init(struct dentry *dir)
{
	debugfs_create_file("pages", 0200, dir, NULL, &pages_fops);
	debugfs_create_file("pages_result", 0400, dir, NULL, &pages_result_fops);
}
