/* SPDX-License-Identifier: GPL-2.0 */
/* What the files of the module page_probe share. */
#ifndef PAGE_PROBE_H
#define PAGE_PROBE_H

#include <linux/mutex.h>
#include <linux/types.h>

struct dentry;

/* One run at a time: pages, results and pressure belong to it. */
extern struct mutex probe_mutex;

/* Functions that are not exported, at the addresses that the parameters say. */
struct page;
struct zone;
extern void (*probe_free_pages_nolock)(struct page *page, unsigned int order);
extern void (*probe_drain_local_pages)(struct zone *zone);

/** alloc_init() - make the files "run" and "result" in @dir */
void alloc_init(struct dentry *dir);

/**
 * alloc_in_hardirq() - allocate and free a page in one of the ways that are allowed there
 * @nth: which of them: they take turns
 *
 * Return: whether there was one.
 */
bool alloc_in_hardirq(u64 nth);

/** kfree_init() - make the files "kfree" and "kfree_result" in @dir */
void kfree_init(struct dentry *dir);

/** flood_init() - make the files "flood" and "flood_result" in @dir */
void flood_init(struct dentry *dir);

/** flood_exit() - end the flood, before the module goes */
void flood_exit(void);

/** pages_init() - make the files "pages" and "pages_result" in @dir */
void pages_init(struct dentry *dir);

/** contig_init() - make the file "contig" in @dir */
void contig_init(struct dentry *dir);

#endif
