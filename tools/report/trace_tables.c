// SPDX-License-Identifier: GPL-2.0
/* The table of traces of COMPARISON.md. */
#include "markdown.h"
#include "report.h"
#include "trace.h"

static void blame(FILE *md, const struct record *rec)
{
	const json_t *part = trace_blame(rec);
	long long latency = record_int(rec, "timerlat.latency_ns");
	char ns[NS_TEXT];

	if (!part) {
		fputs("no wakeup analysed | – | – |\n", md);
		return;
	}
	fprintf(md, "%s | %s, %.0f %%; on the CPU ", ns_text(ns, latency),
		json_string_value(json_object_get(part, "what")),
		latency ? 100.0 *
				  json_integer_value(
					  json_object_get(part, "ns")) /
				  latency :
			  0);
	markdown_code(md, record_str(rec, "timerlat.thread"));
	fputs(" | ", md);
	markdown_chain(md, record_get(rec, "timerlat.stack"));
	fputs(" |\n", md);
}

static void row(const struct report *r, enum variant v, enum load l)
{
	const struct record *rec = matrix_find(&r->results->trace, v, l);
	char ns[NS_TEXT];

	fprintf(r->md, "| %s | `%s` | ", load_names[l], variant_names[v]);
	if (!rec) {
		fputs("– | – | – | – | – | – | – |\n", r->md);
		return;
	}
	fprintf(r->md, "%s | ",
		ns_text(ns, record_int(rec, "section.max_ns")));
	markdown_code(r->md, record_str(rec, "section.start"));
	fputs(" | ", r->md);
	markdown_code(r->md, record_str(rec, "section.end"));
	fputs(" | ", r->md);
	markdown_chain(r->md, record_get(rec, "section.stack"));
	fputs(" | ", r->md);
	blame(r->md, rec);
}

/* What tracing adds to a wakeup that nothing disturbs. */
static void cost(const struct report *r)
{
	const struct record *rec =
		matrix_find(&r->results->trace, V_NONE, L_IDLE);
	const struct latency *cell = &r->all->at[V_NONE][L_IDLE];
	char a[NS_TEXT], b[NS_TEXT], c[NS_TEXT], d[NS_TEXT];

	if (!rec || !measured(r->all, V_NONE, L_IDLE)) {
		fputs(" What they add is not known: idle was not measured in `none` both with and without them.",
		      r->md);
		return;
	}
	fprintf(r->md,
		" Under idle in `none` a wakeup takes %s ns on average and %s ns at most with the tracer of sections on, %s and %s ns in the kernel that was measured.",
		ns_text(a, record_int(rec, "cyclictest.avg_ns")),
		ns_text(b, record_int(rec, "cyclictest.max_ns")),
		ns_text(c, cell->avg_ns), ns_text(d, cell->max_ns));
}

void write_trace(const struct report *r)
{
	const struct matrix *m = &r->results->trace;
	char n[NS_TEXT];

	fputs("## What was longest, by the kernel's own tracers\n\n", r->md);
	if (!m->nr) {
		fputs("Not measured.\n\n", r->md);
		return;
	}
	fputs("The longest section with preemption or interrupts off, by `preemptirqsoff`, and what made the latest wakeup late, by the automatic analysis of `rtla timerlat`. **The figures only name what was longest:** the tracers' own instructions are in them, at every section's start and end; how long sections are without tracers is under *Sections without preemption*.\n\n"
	      "| load | variant | section, ns | starts in | ends in | stack at its end | late wakeup, ns | most of that | stack that it met |\n"
	      "|---|---|---:|---|---|---|---:|---|---|\n",
	      r->md);
	for (int l = 0; l < NR_LOADS; l++)
		for (int v = 0; m->loads[l] && v < NR_VARIANTS; v++)
			if (m->variants[v])
				row(r, v, l);
	fprintf(r->md,
		"\nMade from: two runs a row (seed %lld), each in a guest of its own with the tracers built in; in the first cyclictest makes %s wakeups beside the tracer, in the second timerlat wakes a thread as often and the latest wakeup that it analysed is shown. Functions are the innermost first; a stack is what the tracer gives.",
		record_int(matrix_first(m), "seed"),
		ns_text(n, record_int(matrix_first(m), "samples")));
	cost(r);
	fputs(" The table cannot say how long a section is that is not traced, nor that the same one is longest there; timerlat looks away for up to a second after each wakeup that it analyses.\n\n",
	      r->md);
}
