// SPDX-License-Identifier: GPL-2.0
/*
 * page_probe - does the page allocator serve this context?
 *
 * Allocates and frees pages from the contexts that the variants are about, in
 * every way that the kernel at hand allows there, under a pressure that it makes
 * itself, and counts how often it got what it asked for and how long that took. In
 * <debugfs>/page_probe:
 *
 *   run      write the name of a context, or with a way behind it to have that one
 *            alone: its rounds are run before write() returns; none where the way
 *            is not allowed (alloc.c)
 *   result   what was counted since the module was loaded, as JSON
 *   kfree    write the name of a context: objects are given to kfree_rcu() there, and
 *            all of them are freed when write() returns (kfree.c)
 *   kfree_result  what came of that, of each context's last flood, as JSON
 *   flood    write 1: a hard timer allocates and frees, until 0 is written (flood.c)
 *   flood_result  how often it did, as JSON
 *   pages    write a way, an order, a number of threads and one of rounds: so many
 *            threads allocate and free blocks like that (pages.c)
 *   pages_result  how long that took, of each write, as JSON
 *   contig   write a number of pages: contiguous ranges of that size are allocated
 *            until there is none, and given back (contig.c)
 *
 * Module parameters say how much a run does and under which pressure. What it needs
 * and is not exported is called by its address of /proc/kallsyms, also a parameter.
 */
#include <linux/debugfs.h>
#include <linux/module.h>

#include "pressure.h"
#include "probe.h"

DEFINE_MUTEX(probe_mutex);

void (*probe_free_pages_nolock)(struct page *page, unsigned int order);
void (*probe_drain_local_pages)(struct zone *zone);

static unsigned long free_pages_nolock_at, drain_local_pages_at;
module_param_named(free_pages_nolock, free_pages_nolock_at, ulong, 0444);
MODULE_PARM_DESC(free_pages_nolock, "address of free_pages_nolock()");
module_param_named(drain_local_pages, drain_local_pages_at, ulong, 0444);
MODULE_PARM_DESC(drain_local_pages, "address of drain_local_pages()");

static struct dentry *dir;

static int __init page_probe_init(void)
{
	int ret;

	if (!free_pages_nolock_at || !drain_local_pages_at) {
		pr_err("page_probe: needs the addresses of free_pages_nolock and drain_local_pages, see /proc/kallsyms\n");
		return -EINVAL;
	}
	probe_free_pages_nolock = (void *)free_pages_nolock_at;
	probe_drain_local_pages = (void *)drain_local_pages_at;

	ret = pressure_init();
	if (ret)
		return ret;
	dir = debugfs_create_dir("page_probe", NULL);
	alloc_init(dir);
	kfree_init(dir);
	flood_init(dir);
	pages_init(dir);
	contig_init(dir);
	return 0;
}

static void __exit page_probe_exit(void)
{
	debugfs_remove(dir);
	flood_exit();
}

module_init(page_probe_init);
module_exit(page_probe_exit);
MODULE_DESCRIPTION("Allocates pages from raw atomic context and measures what it gets");
MODULE_LICENSE("GPL");
