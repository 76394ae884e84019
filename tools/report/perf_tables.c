// SPDX-License-Identifier: GPL-2.0
/* The tables of benchmarks of COMPARISON.md. */
#include <math.h>
#include <stdint.h>
#include <string.h>

#include "markdown.h"
#include "perf.h"
#include "report.h"

/*
 * On a machine itself a variant is one boot: how far another boot would be off is not
 * known, so there is no interval.
 */
static void ratio_cell(FILE *md, enum perf_accel a, const struct record *none,
		       const struct record *rec, size_t i)
{
	double interval, ratio = perf_ratio(none, rec, i, &interval);

	if (a == PERF_LOCAL)
		fprintf(md, "%.3f", ratio);
	else
		markdown_ratio(md, ratio, interval);
}

/* Times of emulated CPUs with a thread each mean nothing but beside each other. */
static void value_cell(const struct report *r, enum perf_accel a,
		       enum variant v, size_t i)
{
	const struct record *rec = perf_find(&r->results->perf, a, v);
	const struct record *none = perf_find(&r->results->perf, a, V_NONE);
	char ns[NS_TEXT];

	if (!rec) {
		fputs(" – |", r->md);
		return;
	}
	fputc(' ', r->md);
	if (a != PERF_SMP) {
		fputs(ns_text(ns, llround(perf_value(rec, i))), r->md);
		if (none && none != rec) {
			fputs(" (", r->md);
			ratio_cell(r->md, a, none, rec, i);
			fputc(')', r->md);
		}
	} else if (none == rec) {
		fputs("1", r->md);
	} else if (none) {
		ratio_cell(r->md, a, none, rec, i);
	} else {
		fputs("–", r->md);
	}
	fputs(" |", r->md);
}

static void mean_row(const struct report *r, enum perf_accel a)
{
	const struct record *none = perf_find(&r->results->perf, a, V_NONE);

	fputs("| *geometric mean* | |", r->md);
	for (int v = 0; v < NR_VARIANTS; v++) {
		const struct record *rec = perf_find(&r->results->perf, a, v);

		if (!rec || !none) {
			fputs(" – |", r->md);
			continue;
		}
		fputs(" *", r->md);
		if (none == rec)
			fputc('1', r->md);
		else
			ratio_cell(r->md, a, none, rec, SIZE_MAX);
		fputs("* |", r->md);
	}
	fputc('\n', r->md);
}

static void benchmarks(const struct report *r, enum perf_accel a)
{
	const struct record *some = perf_first(&r->results->perf, a);
	const json_t *entry;
	size_t i;

	markdown_variants(r->md, "| benchmark | of |", "\n|---|---|");
	json_array_foreach(record_get(some, "benchmarks"), i, entry)
	{
		fprintf(r->md, "| %s | %s |",
			json_string_value(json_object_get(entry, "name")),
			json_string_value(json_object_get(entry, "unit")));
		for (int v = 0; v < NR_VARIANTS; v++)
			value_cell(r, a, v, i);
		fputc('\n', r->md);
	}
	mean_row(r, a);
}

/* What perf stat counted of one program in the file of a variant, or NULL. */
static const json_t *event(const struct report *r, enum perf_accel a,
			   enum variant v, size_t i, const char *name)
{
	const struct record *rec = perf_find(&r->results->perf, a, v);

	return rec ? json_object_get(json_array_get(record_get(rec, "events"),
						    i),
				     name) :
		     NULL;
}

static void events(const struct report *r, enum perf_accel a)
{
	const struct record *some = perf_first(&r->results->perf, a);
	json_t *entry, *value;
	const char *name;
	char n[NS_TEXT];
	size_t i;

	fputs("\nWhat `perf stat` counted of the programs, over all seeds; *none*: the processor has no such event, as an emulated one.\n\n",
	      r->md);
	markdown_variants(r->md, "| program | event |", "\n|---|---|");
	json_array_foreach(record_get(some, "events"), i, entry)
		json_object_foreach(entry, name, value)
	{
		if (!json_is_integer(value) && !json_is_null(value))
			continue;
		if (!strcmp(name, "processes"))
			continue;
		fprintf(r->md, "| %s | %s |",
			json_string_value(json_object_get(entry, "name")),
			name);
		for (int v = 0; v < NR_VARIANTS; v++) {
			const json_t *count = event(r, a, v, i, name);

			fprintf(r->md, " %s |",
				!count ? "–" :
				json_is_null(count) ?
					 "*none*" :
					 ns_text(n, json_integer_value(count)));
		}
		fputc('\n', r->md);
	}
}

/* The functions that waited longest in all. */
static void waits(const struct report *r)
{
	enum { SHOWN = 5 };
	char a[NS_TEXT], b[NS_TEXT], c[NS_TEXT];

	fputs("\nWho waited for a lock while both CPUs touched new memory, by `perf lock contention` in kernels with tracepoints, the functions that waited longest in all:\n\n"
	      "| variant | function | waits | mean, ns of the host | longest |\n|---|---|---:|---:|---:|\n",
	      r->md);
	for (int v = 0; v < NR_VARIANTS; v++) {
		const struct record *rec =
			perf_find(&r->results->perf, PERF_SMP, v);
		const json_t *entry;
		size_t i;

		if (!rec)
			continue;
		json_array_foreach(record_get(rec, "contention"), i, entry)
		{
			long long nr = member_count(entry, "waits");

			if (i == SHOWN)
				break;
			fprintf(r->md, "| `%s` | ", variant_names[v]);
			markdown_code(r->md, json_string_value(json_object_get(
						     entry, "function")));
			fprintf(r->md, " | %s | %s | %s |\n", ns_text(a, nr),
				ns_text(b, nr > 0 ? member_count(entry, "ns") /
							    nr :
						    0),
				ns_text(c, member_count(entry, "max_ns")));
		}
		if (!i)
			fprintf(r->md, "| `%s` | nobody | – | – | – |\n",
				variant_names[v]);
	}
}

void write_local_perf(const struct report *r)
{
	if (!perf_first(&r->results->perf, PERF_LOCAL))
		return;
	fputs("\nBenchmarks on all CPUs of it, in ns, as [those in guests](#benchmarks); a variant was measured in one boot, so a ratio has no interval:\n\n",
	      r->md);
	benchmarks(r, PERF_LOCAL);
	events(r, PERF_LOCAL);
	fputc('\n', r->md);
}

void write_perf(const struct report *r)
{
	const struct perf *perf = &r->results->perf;

	fputs("## Benchmarks\n\n", r->md);
	if (!perf->nr) {
		fputs("Not measured.\n\n", r->md);
		return;
	}
	fputs("What the page allocator takes, in a module (`single`: one block at a time; `many`: 16 MiB of blocks, then free them; `bulk`: `alloc_pages_bulk()`), and how long page faults and `perf bench sched` take. In brackets the work done in the same time against `none`, with its 95 % confidence interval: more is faster, `=` is no difference outside of the interval.\n\n",
	      r->md);
	if (perf_first(perf, PERF_ICOUNT)) {
		fputs("On one CPU, in instructions:\n\n", r->md);
		benchmarks(r, PERF_ICOUNT);
		events(r, PERF_ICOUNT);
	}
	if (perf_first(perf, PERF_SMP)) {
		fputs("\nOn two emulated CPUs at the same time, just the ratios:\n\n",
		      r->md);
		benchmarks(r, PERF_SMP);
		waits(r);
	}
	write_local_perf(r);
	fputs("\nMade from: `bench/run --perf`, guests of all variants in turns, a guest a seed; the interval is Student's t for the logarithms of the ratios, each against `none` with the same seed. Instructions say nothing about caches. Two emulated CPUs are two threads of the host: one that holds a lock may not run, so their waits are not those of processors, and a variant that is slower to emulate looks slower.\n\n",
	      r->md);
}
