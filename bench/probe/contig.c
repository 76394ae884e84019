// SPDX-License-Identifier: GPL-2.0
/* Contiguous ranges, which no system call asks for. */
#include <linux/debugfs.h>
#include <linux/gfp.h>
#include <linux/mm.h>
#include <linux/mutex.h>

#include "probe.h"

#define MAX_RANGES	64

/*
 * Allocate ranges of @nr pages until there is none, and give them back. Pages are moved
 * for that, which may take minutes, so what else the module does is not kept waiting.
 */
static int contig_set(void *unused, u64 nr)
{
	static struct page *ranges[MAX_RANGES];
	static DEFINE_MUTEX(contig_mutex);
	unsigned int got = 0, i;

	guard(mutex)(&contig_mutex);
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

void contig_init(struct dentry *dir)
{
	debugfs_create_file("contig", 0200, dir, NULL, &contig_fops);
}
