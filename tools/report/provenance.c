// SPDX-License-Identifier: GPL-2.0
/* How it was measured, and what the numbers cannot say. */
#include <string.h>

#include "report.h"

/* Between two ticks of the guest, from CONFIG_HZ_1000 in rt-configs/base.config. */
#define TICK_US 1000

static long long gcd(long long a, long long b)
{
	while (b) {
		long long rest = a % b;

		a = b;
		b = rest;
	}
	return a;
}

const char *str(const struct report *r, const char *key)
{
	return json_string_value(json_object_get(r->summary, key));
}

static bool icount(const struct report *r)
{
	return !strcmp(str(r, "accel"), "icount");
}

/* What was measured beside the cells, with what and when. */
static void beside(const struct report *r, const char *what,
		   const struct record *rec, const char *first,
		   const char *last)
{
	const char *name = record_str(rec, "profile");

	fprintf(r->md,
		"| %s | %s%s%s%s, initramfs with SHA-256 `%s`, %s to %s |\n",
		what, name ? "profile " : "", name ? name : "",
		name ? ", " : "", record_str(rec, "qemu"),
		record_str(rec, "initramfs_sha256"), first, last);
}

static void matrix_row(const struct report *r, const char *what,
		       const struct matrix *m)
{
	const char *first = NULL, *last = NULL;

	for (int v = 0; v < NR_VARIANTS; v++)
		for (int l = 0; l < NR_LOADS; l++)
			if (matrix_find(m, v, l))
				record_dates(matrix_find(m, v, l), &first,
					     &last);
	if (m->nr)
		beside(r, what, matrix_first(m), first, last);
}

static void sweep_row(const struct report *r)
{
	const struct sweep *sweep = &r->results->sweep;
	const char *first = NULL, *last = NULL;

	for (size_t i = 0; i < sweep->nr; i++)
		record_dates(&sweep->points[i].rec, &first, &last);
	if (sweep->nr)
		beside(r, "batch sweep", &sweep->points->rec, first, last);
}

static void cost_row(const struct report *r)
{
	const char *first = NULL, *last = NULL;
	const struct record *rec, *some = NULL;

	for (int v = 0; v < NR_VARIANTS; v++) {
		rec = cost_find(&r->results->costs, v);
		if (!rec)
			continue;
		record_dates(rec, &first, &last);
		some = some ? some : rec;
	}
	if (some)
		beside(r, "code and memory", some, first, last);
}

/* The modules in an initramfs are built for the variant. */
static void with_module(const struct report *r, const char *what,
			const struct record *rec, const char *first,
			const char *last)
{
	fprintf(r->md,
		"| %s | %s, an initramfs with its module for each variant, %s to %s |\n",
		what, record_str(rec, "qemu"), first, last);
}

static void alloc_row(const struct report *r)
{
	const struct alloc *alloc = &r->results->alloc;
	const char *first = NULL, *last = NULL;

	for (int v = 0; v < NR_VARIANTS; v++)
		for (int p = 0; p < NR_PRESSURES; p++)
			if (alloc->files[v][p])
				record_dates(&alloc->files[v][p]->rec, &first,
					     &last);
	if (alloc->nr)
		with_module(r, "allocations", alloc_first(alloc), first, last);
}

static void kfree_row(const struct report *r)
{
	const struct kfree *kfree = &r->results->kfree;
	const char *first = NULL, *last = NULL;

	for (int v = 0; v < NR_VARIANTS; v++)
		if (kfree_find(kfree, v))
			record_dates(&kfree->files[v].rec, &first, &last);
	if (kfree->nr)
		with_module(r, "kfree_rcu()", kfree_first(kfree), first, last);
}

static void flooded_row(const struct report *r)
{
	const struct grid *grid = &r->results->flooded.grid;
	const char *first = NULL, *last = NULL;

	for (size_t i = 0; i < grid->nr; i++)
		record_dates(&grid->cells[i].rec, &first, &last);
	if (grid->nr)
		with_module(r, "wakeups beside a flood", &grid->cells->rec,
			    first, last);
}

/* Those on a machine itself stand with the machine. */
static void perf_rows(const struct report *r)
{
	static const struct {
		enum perf_accel accel;
		const char *what;
	} rows[] = {
		{ PERF_ICOUNT, "benchmarks on one CPU" },
		{ PERF_SMP, "benchmarks on two CPUs" },
	};
	const struct perf *perf = &r->results->perf;

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		const char *first = NULL, *last = NULL;

		for (int v = 0; v < NR_VARIANTS; v++)
			if (perf_find(perf, rows[i].accel, v))
				record_dates(perf_find(perf, rows[i].accel, v),
					     &first, &last);
		if (first)
			with_module(r, rows[i].what,
				    perf_first(perf, rows[i].accel), first,
				    last);
	}
}

void write_provenance(const struct report *r)
{
	const json_t *dates = json_object_get(r->summary, "dates");
	long long interval = record_int(&r->grid->cells->rec, "interval_us");
	const struct cell *cell;
	char n[NS_TEXT];

	fprintf(r->md,
		"## How it was measured\n\n"
		"| | |\n|---|---|\n"
		"| accelerator | %s%s |\n"
		"| base | Linux %s, source with SHA-256 `%s` |\n"
		"| patch series | its code, without comments, has SHA-256 `%s` |\n"
		"| compiler | %s |\n"
		"| emulator | %s |\n"
		"| initramfs | SHA-256 `%s` |\n"
		"| cyclictest | %s |\n",
		str(r, "accel"),
		icount(r) ?
			" (QEMU TCG, one vCPU, 1 instruction = 1 virtual ns)" :
			"",
		str(r, "base"), str(r, "base_sha256"), str(r, "series_sha256"),
		str(r, "compiler"), str(r, "qemu"), str(r, "initramfs_sha256"),
		str(r, "cyclictest"));
	fprintf(r->md,
		"| a cell | a wakeup every %lld us: the timer meets %lld phases of the tick |\n"
		"| dates | %s to %s |\n",
		interval, TICK_US / gcd(TICK_US, interval),
		json_string_value(json_object_get(dates, "first")),
		json_string_value(json_object_get(dates, "last")));
	for (int v = 0; v < NR_VARIANTS; v++) {
		cell = grid_first(r->grid, v);
		if (!cell)
			continue;
		fprintf(r->md,
			"| `%s` | %s, configuration with SHA-256 `%s`; profile %s: %s wakeups a cell, seeds",
			variant_names[v],
			record_str(&cell->rec, "kernel.kernel_release"),
			record_str(&cell->rec, "kernel.config_sha256"),
			record_str(&cell->rec, "profile"),
			ns_text(n, record_int(&cell->rec, "samples")));
		for (size_t s = 0; s < r->grid->seeds[v].nr; s++)
			fprintf(r->md, "%s%lld", s ? ", " : " ",
				r->grid->seeds[v].at[s]);
		fputs(" |\n", r->md);
	}
	matrix_row(r, "lock holds", &r->results->holds);
	matrix_row(r, "throughput", &r->results->throughput);
	matrix_row(r, "throughput without PREEMPT_RT",
		   &r->results->throughput_nort);
	sweep_row(r);
	matrix_row(r, "tracers", &r->results->trace);
	cost_row(r);
	matrix_row(r, "model of contention, from the holds of",
		   &r->results->contention);
	alloc_row(r);
	kfree_row(r);
	flooded_row(r);
	perf_rows(r);
	fprintf(r->md,
		"\nEvery cell was a guest of its own, started by this command, where `*` is what differs from cell to cell:\n\n"
		"```\n%s\n```\n\n"
		"Made from: what the cells say about themselves. Cells of one variant differ in load, seed and date only, and all cells have the same base, series, compiler, emulator and initramfs; the report refuses to mix others. The command of every other result is in its file.\n\n",
		str(r, "command"));
}

/* The loads that no cell has. */
static void not_measured(const struct report *r)
{
	const char *sep = "- **Loads.** Not measured:";

	for (int l = 0; l < NR_LOADS; l++)
		if (!r->grid->loads[l]) {
			fprintf(r->md, "%s %s", sep, load_names[l]);
			sep = ",";
		}
	if (r->grid->nr_loads < NR_LOADS)
		fputs(".\n", r->md);
}

void write_limits(const struct report *r)
{
	long long wakeups = 0;
	char n[NS_TEXT], m[NS_TEXT];

	for (int v = 0; v < NR_VARIANTS; v++)
		for (int l = 0; l < NR_LOADS; l++)
			if (measured(r->all, v, l) &&
			    (!wakeups || r->all->at[v][l].hist.total < wakeups))
				wakeups = r->all->at[v][l].hist.total;

	fputs("## What the numbers cannot say\n\n", r->md);
	not_measured(r);
	if (icount(r))
		fputs("- **Time.** One instruction is one ns, whatever it does. Cache and TLB misses, memory bandwidth and branch prediction are not in the numbers. They show the length of code paths, exactly and repeatably; how long a path takes is for hardware to say.\n"
		      "- **Contention.** There is one CPU. Nobody waits for another CPU's raw lock, so the objection of 2020 that a raw lock delays everyone who queues for it is not tested by the latency tables, only by [a model](#many-cpus-and-one-lock).\n",
		      r->md);
	else
		fputs("- **Hardware.** The guest shares its CPUs with the host; what the host does is in the numbers.\n",
		      r->md);
	fprintf(r->md,
		"- **Bounds.** A maximum is the worst of the wakeups that were made, %s or more a variant and load. If wakeups were independent, an event rarer than about one in %s wakeups would go unseen at least one time in twenty.\n"
		"- **Other machines.** One memory size, one configuration, one compiler. Other sizes have other pcp batches, zones and nodes.\n"
		"- **Success.** Latency does not say how often an allocation in raw atomic context succeeds: it is what the variants other than `none` are for%s.\n",
		ns_text(n, wakeups), ns_text(m, wakeups / 3),
		r->results->alloc.nr ?
			", see [the section on that](#success-of-allocations-in-raw-context)" :
			"");
}
