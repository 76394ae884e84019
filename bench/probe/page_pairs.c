// SPDX-License-Identifier: GPL-2.0
/*
 * page_pairs - the page allocator's fast path, for who watches from outside
 *
 * Inserted, it allocates one page and frees it, many times over, in task context:
 * all but the first of them come from this CPU's list and go back to it. It is built
 * with full debug information, in which the types of the kernel at hand can be read.
 */
#include <linux/gfp.h>
#include <linux/mmzone.h>
#include <linux/module.h>

static unsigned int pairs = 10000;
module_param(pairs, uint, 0444);
MODULE_PARM_DESC(pairs, "how often a page is allocated and freed");

static int __init page_pairs_init(void)
{
	for (unsigned int i = 0; i < pairs; i++) {
		struct page *page = alloc_page(GFP_KERNEL);

		if (!page)
			return -ENOMEM;
		__free_page(page);
	}
	return 0;
}

static void __exit page_pairs_exit(void)
{
}

module_init(page_pairs_init);
module_exit(page_pairs_exit);
MODULE_DESCRIPTION("Allocates and frees a page, many times over");
MODULE_LICENSE("GPL");
