// SPDX-License-Identifier: GPL-2.0
/* What COMPARISON.md says about kfree_rcu(). */
#include <math.h>

#include "kfree.h"
#include "markdown.h"
#include "report.h"

/* The rule: the share in pages in percent, and ns in percent of another variant's. */
enum { IN_PAGES = 99, NO_SLOWER = 101 };

enum figure { F_SHARE, F_NS, F_PAGES };

static void cell(const struct report *r, const struct flood *flood,
		 enum figure figure)
{
	char n[NS_TEXT], m[NS_TEXT];

	switch (figure) {
	case F_SHARE:
		markdown_percent(r->md, flood->bulk, flood->objects);
		break;
	case F_NS:
		fprintf(r->md, " %s / %s |",
			ns_text(n, flood->ns / flood->objects),
			ns_text(m, flood->call_ns / flood->objects));
		break;
	case F_PAGES:
		fprintf(r->md, " %s |", ns_text(n, flood->peak_pages));
		break;
	}
}

static void rcuscale_cell(const struct report *r, const struct record *rec,
			  enum figure figure)
{
	char n[NS_TEXT];

	if (figure == F_NS)
		fprintf(r->md, " %s |", ns_text(n, kfree_loop_ns(rec)));
	else
		fprintf(r->md, " %lld MB |",
			record_int(rec, "rcuscale.footprint_mb"));
}

/* A table of a figure; @rcuscale is the title of that test's row, if it says it. */
static void table(const struct report *r, enum figure figure,
		  const char *rcuscale)
{
	markdown_variants(r->md, "| context |", "\n|---|");
	for (int c = 0; c < NR_CONTEXTS; c++) {
		fprintf(r->md, "| %s |", context_names[c]);
		for (int v = 0; v < NR_VARIANTS; v++) {
			const struct kfree_file *file =
				kfree_find(&r->results->kfree, v);

			if (file)
				cell(r, &file->at[c], figure);
			else
				fputs(" – |", r->md);
		}
		fputc('\n', r->md);
	}
	if (rcuscale) {
		fprintf(r->md, "| %s |", rcuscale);
		for (int v = 0; v < NR_VARIANTS; v++) {
			const struct kfree_file *file =
				kfree_find(&r->results->kfree, v);

			if (file)
				rcuscale_cell(r, &file->rec, figure);
			else
				fputs(" – |", r->md);
		}
		fputc('\n', r->md);
	}
	fputc('\n', r->md);
}

/* How far the guests of a variant are apart in a context, in percent. */
static double spread(const struct report *r)
{
	double most = 0;

	for (int v = 0; v < NR_VARIANTS; v++) {
		const struct kfree_file *file =
			kfree_find(&r->results->kfree, v);

		for (int c = 0; file && c < NR_CONTEXTS; c++) {
			const struct flood *at = &file->at[c];

			most = fmax(most, 100.0 * (at->most_ns - at->least_ns) /
						  at->ns);
		}
	}
	return most;
}

void write_kfree(const struct report *r)
{
	const struct record *rec = kfree_first(&r->results->kfree);
	char n[NS_TEXT], m[NS_TEXT], k[NS_TEXT];

	fputs("## kfree_rcu() in raw context\n\n", r->md);
	if (!rec) {
		fputs("Not measured.\n\n", r->md);
		return;
	}
	fprintf(r->md,
		"`kfree_rcu()` notes an object in a page of pointers if it gets one, and links it by its `rcu_head` otherwise; who cannot ask for one there takes what a worker has put into a cache. `none` never can, `no-locks` and `trylock` cannot with interrupts off, so not in irqs_off and hardirq.\n\n"
		"![Share of the objects in pages and ns an object, by context](%s/kfree.svg)\n\n"
		"Objects that went into a page, in percent:\n\n",
		r->plots);
	table(r, F_SHARE, NULL);
	fprintf(r->md,
		"ns an object from the first `kfree_rcu()` until the last object was freed / of these in `kfree_rcu()`; for rcuscale ns a loop of %s objects:\n\n",
		ns_text(n, record_int(rec, "rcuscale.objects")));
	table(r, F_NS, "*rcuscale, a loop*");
	fputs("The most pages that were in use above those before the flood:\n\n",
	      r->md);
	table(r, F_PAGES, "*rcuscale, footprint*");
	fprintf(r->md,
		"Made from: a flood of %s objects a context, in bursts of %s, accelerator icount, the mean of %zu guests, whose ns differ by %.2f %% at most. The task allocates a burst from a slab cache that nobody else uses and enters the context, which gives each object to `kfree_rcu()`; then comes the next burst, and nobody waits for a grace period. At the end `kvfree_rcu_barrier()` pushes the rest out. Where an object went is seen in its `rcu_head`, which the page of pointers leaves alone. The ns have the allocation of the objects in them, and, where the context is entered by a timer, the wait for it; pages are counted at the end of each burst, free ones and those on pcp lists, and are the array's and those of objects not freed yet. *rcuscale* is the kernel's own test with `kfree_rcu_test_double`, %s loops in task context, all else as it is by default; it does not wait for its objects, and its footprint is what it makes of four looks at the available memory. Every kernel has its defaults. The tables cannot say what a caller gets that frees more in one go or while memory is short, nor what the cache misses of the linked objects cost, for which the pages were invented.\n\n",
		ns_text(n, record_int(rec, "objects")),
		ns_text(m, record_int(rec, "burst")),
		json_array_size(record_get(rec, "seeds")), spread(r),
		ns_text(k, record_int(rec, "loops")));
}

static bool in_pages(const struct flood *flood)
{
	return flood->least_bulk * 100 >= flood->objects * IN_PAGES;
}

/* Floods are of as many objects. */
static bool no_slower(const struct flood *raw, const struct flood *other)
{
	return raw->ns * 100 <= other->ns * NO_SLOWER;
}

/* Name what breaks the rule, after @sep. */
static void say_exceptions(const struct report *r, const char *sep)
{
	const struct kfree_file *raw = kfree_find(&r->results->kfree, V_RAW);

	for (int c = 0; c < NR_CONTEXTS; c++)
		if (!in_pages(&raw->at[c])) {
			fprintf(r->md, "%sfewer in %s", sep, context_names[c]);
			sep = ", ";
		}
	for (int v = 0; v < NR_VARIANTS; v++) {
		const struct kfree_file *other =
			kfree_find(&r->results->kfree, v);

		for (int c = 0; other && c < NR_CONTEXTS; c++)
			if (!no_slower(&raw->at[c], &other->at[c])) {
				fprintf(r->md, "%sx%.2f the time of `%s` in %s",
					sep,
					kfree_object_ns(&raw->at[c]) /
						kfree_object_ns(&other->at[c]),
					variant_names[v], context_names[c]);
				sep = ", ";
			}
	}
}

/* What of the time its caller has to wait for, against the other variants. */
static void say_calls(const struct report *r)
{
	const struct kfree_file *raw = kfree_find(&r->results->kfree, V_RAW);
	double least = 0, most = 0;

	for (int v = 0; v < NR_VARIANTS; v++) {
		const struct kfree_file *other =
			kfree_find(&r->results->kfree, v);

		for (int c = 0; other && v != V_RAW && c < NR_CONTEXTS; c++) {
			double ratio;

			if (!other->at[c].call_ns)
				continue;
			ratio = (double)raw->at[c].call_ns /
				other->at[c].call_ns;
			most = fmax(most, ratio);
			least = least > 0 ? fmin(least, ratio) : ratio;
		}
	}
	if (most > 0)
		fprintf(r->md,
			" The call itself takes x%.2f to x%.2f of what it takes under the others.",
			least, most);
}

void conclude_kfree(const struct report *r)
{
	const struct kfree *kfree = &r->results->kfree;
	const struct kfree_file *raw = kfree_find(kfree, V_RAW);
	bool good = true, known = raw != NULL;
	long long least = 0;

	if (!kfree->nr) {
		fputs("- **Does `kfree_rcu()` under `raw` find room in pages in every context, in no more time? Not measured.**\n",
		      r->md);
		return;
	}
	for (int c = 0; raw && c < NR_CONTEXTS; c++) {
		good &= in_pages(&raw->at[c]);
		if (!c || raw->at[c].least_bulk < least)
			least = raw->at[c].least_bulk;
	}
	for (int v = 0; v < NR_VARIANTS; v++) {
		const struct kfree_file *other = kfree_find(kfree, v);

		known &= other != NULL;
		for (int c = 0; raw && other && c < NR_CONTEXTS; c++)
			good &= no_slower(&raw->at[c], &other->at[c]);
	}
	fprintf(r->md,
		"- **Does `kfree_rcu()` under `raw` find room in pages in every context, in no more time? %s.**",
		!good ? "No" :
		known ? "Yes" :
			"Not known yet, variants are missing");
	if (raw) {
		long long share = least * 10000 / raw->at[C_TASK].objects;

		fprintf(r->md,
			" In each guest at least %lld.%02lld %% of a flood's objects go there",
			share / 100, share % 100);
		say_exceptions(r, "; ");
		fputc('.', r->md);
		say_calls(r);
	}
	fprintf(r->md,
		" (Rule: in every context and guest at least %d %% of the objects, and until they are freed on average at most x%.2f of the time that any other variant takes: a hundredth is no difference that a user sees.)\n",
		IN_PAGES, NO_SLOWER / 100.0);
}
