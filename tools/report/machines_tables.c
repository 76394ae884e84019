// SPDX-License-Identifier: GPL-2.0
/* The machines of COMPARISON.md, a table each. */
#include <string.h>

#include "machines.h"
#include "markdown.h"
#include "report.h"

/* "WHAT VALUE; " of a text or number that the machine's cells say, or nothing. */
static void fact(FILE *md, const struct record *rec, const char *what,
		 const char *key)
{
	const json_t *value = record_get(rec, key);

	if (json_is_integer(value))
		fprintf(md, "; %s %lld", what,
			(long long)json_integer_value(value));
	else if (json_string_length(value))
		fprintf(md, "; %s %s", what, json_string_value(value));
}

static void warnings_of(json_t *seen, const struct record *rec)
{
	json_t *warning;
	size_t i;

	json_array_foreach(record_get(rec, "machine.warnings"), i, warning)
		json_object_set_new(seen, json_string_value(warning),
				    json_true());
}

/* Every warning of the cells and of the benchmarks, once. */
static void warnings(FILE *md, const struct machine *machine)
{
	json_t *seen = json_object(), *warning;
	const char *text;

	for (size_t c = 0; c < machine->grid.nr; c++)
		warnings_of(seen, &machine->grid.cells[c].rec);
	for (int v = 0; v < NR_VARIANTS; v++)
		if (perf_find(&machine->perf, PERF_LOCAL, v))
			warnings_of(seen,
				    perf_find(&machine->perf, PERF_LOCAL, v));
	if (json_object_size(seen))
		fputs("**Measured in spite of this:**\n\n", md);
	json_object_foreach(seen, text, warning) fprintf(md, "- %s\n", text);
	if (json_object_size(seen))
		fputc('\n', md);
	json_decref(seen);
}

/* System management interrupts, which stop a CPU behind the kernel's back. */
static void interrupts(FILE *md, const struct grid *grid)
{
	long long smis = 0;
	size_t told = 0;

	for (size_t c = 0; c < grid->nr; c++) {
		const json_t *value =
			record_get(&grid->cells[c].rec, "machine.smis");

		told += json_is_integer(value);
		smis += json_integer_value(value);
	}
	if (told)
		fprintf(md,
			" System management interrupts in %zu of %zu cells: %lld.",
			told, grid->nr, smis);
	else
		fputs(" Whether there were system management interrupts is not known.",
		      md);
}

static void one(const struct report *r, const struct machine *machine)
{
	const struct record *rec = &machine->grid.cells->rec;
	const struct results its = { .perf = machine->perf };
	const struct report sub = { .md = r->md,
				    .grid = &machine->grid,
				    .all = machine->all,
				    .results = &its };

	fputs("### ", r->md);
	markdown_code(r->md, machine->name);
	fprintf(r->md, "\n\nAccelerator %s", record_str(rec, "accel"));
	fact(r->md, rec, "processor", "machine.cpu_model");
	fact(r->md, rec, "CPUs", "machine.cpus");
	fact(r->md, rec, "measured on CPU", "machine.cpu");
	fact(r->md, rec, "isolated", "machine.isolated");
	fact(r->md, rec, "governor", "machine.governor");
	fact(r->md, rec, "clock", "machine.clocksource");
	fact(r->md, rec, "memory, MiB", "machine.memory_mib");
	fprintf(r->md, "; %s.", record_str(rec, "kernel.compiler"));
	interrupts(r->md, &machine->grid);
	fputs("\n\n", r->md);
	warnings(r->md, machine);
	write_maxima(&sub);
	write_local_perf(&sub);
}

void write_machines(const struct report *r)
{
	const struct machines *machines = &r->results->machines;

	fputs("## On other machines\n\n", r->md);
	if (!machines->nr) {
		fputs("Not measured.\n\n", r->md);
		return;
	}
	fputs("Wake-up latency of the same series where time is not counted in instructions, a table a machine: figures of two machines, or of two accelerators, are never in one. On a machine itself (`local`) load and measurement share one CPU, as in the guests.\n\n",
	      r->md);
	for (size_t i = 0; i < machines->nr; i++)
		one(r, &machines->list[i]);
}
