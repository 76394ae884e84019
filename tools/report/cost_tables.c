// SPDX-License-Identifier: GPL-2.0
/* The table of code and memory of COMPARISON.md. */
#include <stdlib.h>

#include "cost.h"
#include "markdown.h"
#include "report.h"

/* A row of the table; what is counted in bytes or in numbers. */
static const struct {
	const char *what, *key;
} rows[] = {
	{ "code, bytes", "code.after" },
	{ "data, bytes", "data.after" },
	{ "`struct zone`, bytes", "structs.zone" },
	{ "`struct per_cpu_pages`, bytes", "structs.per_cpu_pages" },
	{ "`struct pglist_data`, bytes", "structs.pglist_data" },
	{ "`struct page`, bytes", "structs.page" },
	{ "gfp bits in use", "gfp_bits.used" },
	{ "allocating a page: instructions", "fast_path.alloc.instructions" },
	{ "… cache lines of code", "fast_path.alloc.code_lines" },
	{ "… cache lines of data", "fast_path.alloc.data_lines" },
	{ "freeing it: instructions", "fast_path.free.instructions" },
	{ "… cache lines of code", "fast_path.free.code_lines" },
	{ "… cache lines of data", "fast_path.free.data_lines" },
};

/* A figure, and how far it is from that of none if it is another one. */
static void value(const struct report *r, enum variant v, const char *key)
{
	const struct costs *costs = &r->results->costs;
	const struct record *rec = cost_find(costs, v),
			    *none = cost_find(costs, V_NONE);
	char text[NS_TEXT];
	long long more;

	if (!rec) {
		fputs(" – |", r->md);
		return;
	}
	fprintf(r->md, " %s", ns_text(text, record_int(rec, key)));
	more = none ? record_int(rec, key) - record_int(none, key) : 0;
	if (more)
		fprintf(r->md, " (%c%s)", more < 0 ? '-' : '+',
			ns_text(text, llabs(more)));
	fputs(" |", r->md);
}

/* How many functions are not what they are in none. */
static void functions(const struct report *r)
{
	fputs("| functions added, removed, grown, shrunk |", r->md);
	for (int v = 0; v < NR_VARIANTS; v++) {
		const struct record *rec = cost_find(&r->results->costs, v);

		if (!rec || v == V_NONE)
			fputs(" – |", r->md);
		else
			fprintf(r->md, " %lld, %lld, %lld, %lld |",
				record_int(rec, "code.added"),
				record_int(rec, "code.removed"),
				record_int(rec, "code.grown"),
				record_int(rec, "code.shrunk"));
	}
	fputc('\n', r->md);
}

/* The functions of a variant that grew most. */
static void most(const struct report *r)
{
	const char *sep = "\nNew or grown most, in bytes: in ";

	for (int v = 0; v < NR_VARIANTS; v++) {
		const struct record *rec = cost_find(&r->results->costs, v);
		const json_t *list, *symbol;
		size_t i;

		list = rec ? record_get(rec, "code.most") : NULL;
		json_array_foreach(list, i, symbol) {
			if (i)
				fputs(", ", r->md);
			else
				fprintf(r->md, "%s`%s` ", sep,
					variant_names[v]);
			markdown_code(r->md, json_string_value(json_object_get(
						     symbol, "name")));
			fprintf(r->md, " +%lld",
				(long long)json_integer_value(
					json_object_get(symbol, "bytes")));
			sep = "; in ";
		}
	}
	fputs(*sep == ';' ? ".\n" : "", r->md);
}

void write_cost(const struct report *r)
{
	const struct costs *costs = &r->results->costs;

	fputs("## What it costs in code and memory\n\n", r->md);
	if (!costs->nr) {
		fputs("Not measured.\n\n", r->md);
		return;
	}
	fputs("The kernels that were measured, and in brackets the difference from `none`.\n\n| |",
	      r->md);
	for (int v = 0; v < NR_VARIANTS; v++)
		fprintf(r->md, " `%s` |", variant_names[v]);
	fputs("\n|---|---:|---:|---:|---:|---:|\n", r->md);
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		fprintf(r->md, "| %s |", rows[i].what);
		for (int v = 0; v < NR_VARIANTS; v++)
			value(r, v, rows[i].key);
		fputc('\n', r->md);
		if (!i)
			functions(r);
	}
	most(r);
	fputs("\nMade from: sizes of the symbols of vmlinux (the kernel's `bloat-o-meter`, code of the boot included); sizes of structures in the debug information of a module built for each kernel; gfp bits that have a number in the configuration and that some code looks at, of the 32 of `gfp_t`. Allocating and freeing: a module takes a page with `GFP_KERNEL` and frees it, one by one, in a guest; a plugin of QEMU counts, from the call of `__alloc_pages()` and of `__free_pages()` to its return, the instructions and the different cache lines of 64 bytes, those of the stack left out; the figure is the median of the calls, so neither refills nor interrupts are in it. ",
	      r->md);
	fputs("The table cannot say what a kernel without PREEMPT_RT, or with another configuration, costs, nor how many of these cache lines a caller finds in its cache. The same instructions at other addresses may lie in a line or two more.\n\n",
	      r->md);
}
