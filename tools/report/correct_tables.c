// SPDX-License-Identifier: GPL-2.0
/* The table about correctness of COMPARISON.md. */
#include "correct.h"
#include "markdown.h"
#include "report.h"

static void cell(const struct report *r, const struct planned *row,
		 enum variant v)
{
	const struct record *rec = correct_find(row, v);
	char n[NS_TEXT];

	if (!rec) {
		fputs(row->variants[v] ? " not run |" : " – |", r->md);
		return;
	}
	fputs(correct_passed(rec) ? " passed" : " **failed**", r->md);
	if (record_get(rec, "accel"))
		fprintf(r->md, ", %s s %s, %lld CPU%s",
			ns_text(n, record_int(rec, "seconds")),
			record_str(rec, "accel"), record_int(rec, "cpus"),
			record_int(rec, "cpus") == 1 ? "" : "s");
	if (record_get(rec, "latest_wakeup_ns"))
		fprintf(r->md, ", latest wakeup %s ns",
			ns_text(n, record_int(rec, "latest_wakeup_ns")));
	fputs(" |", r->md);
}

/* A line for each test that failed. */
static void failures(const struct report *r)
{
	const struct correct *c = &r->results->correct;

	for (size_t i = 0; i < c->nr_rows; i++)
		for (int v = 0; v < NR_VARIANTS; v++) {
			const struct record *rec = correct_find(&c->rows[i], v);

			if (!rec || correct_passed(rec))
				continue;
			fprintf(r->md,
				"- `%s`, %s, %s failed: ", variant_names[v],
				c->rows[i].config, c->rows[i].test);
			markdown_code(r->md, record_str(rec, "reason"));
			fputs("\n", r->md);
		}
}

/* Results, what is planned, and what passed. */
static void count(const struct report *r)
{
	const struct correct *c = &r->results->correct;
	struct correct_sum sum = correct_sum(c);

	fprintf(r->md,
		"\nOf %zu planned results %zu are there: %zu passed, %zu failed.\n",
		sum.planned, c->nr, sum.passed, sum.failed);
}

static void concurrency(const struct report *r)
{
	char n[NS_TEXT];

	fputs("### Everything at once\n\n", r->md);
	markdown_variants(r->md, "| |", "\n|---|");
	fputs("| seconds |", r->md);
	for (int v = 0; v < NR_VARIANTS; v++)
		fprintf(r->md, " %s |",
			ns_text(n, correct_seconds(&r->results->correct,
						   CONCURRENCY, v)));
	fprintf(r->md,
		"\n\nMade from: the results of %s above that passed, over all configurations. The rule of the conclusion wants %s of each variant.\n\n",
		CONCURRENCY, ns_text(n, CONCURRENCY_S));
}

void write_correct(const struct report *r)
{
	const struct correct *c = &r->results->correct;

	fputs("## Correctness\n\n", r->md);
	if (!c->nr) {
		fputs("Not measured.\n\n", r->md);
		return;
	}
	fputs("Guests whose kernels look for mistakes. A test passes if it came to its end and the kernel reported nothing: no lockdep splat, no sleep in atomic context, no bad page, stall or warning, and nothing from KASAN or KCSAN where it is built in. The test `faults` lets memory run out: that its own processes are killed, and that atomic allocations fail meanwhile, is no report.\n\n"
	      "| configuration | test |",
	      r->md);
	for (int v = 0; v < NR_VARIANTS; v++)
		fprintf(r->md, " `%s` |", variant_names[v]);
	fputs("\n|---|---|", r->md);
	for (int v = 0; v < NR_VARIANTS; v++)
		fputs("---|", r->md);
	fputs("\n", r->md);
	for (size_t i = 0; i < c->nr_rows; i++) {
		fprintf(r->md, "| %s | %s |", c->rows[i].config,
			c->rows[i].test);
		for (int v = 0; v < NR_VARIANTS; v++)
			cell(r, &c->rows[i], v);
		fputs("\n", r->md);
	}
	count(r);
	failures(r);
	fputs("\nMade from: one guest a result; the tests are described in bench/tests, the configurations in rt-configs/configurations. Seconds are how long the rounds of a test ran, or, without rounds, the guest. Under icount, and in turns, where one thread of the host runs a CPU after the other, a second is a billion instructions, and another run does the same; under smp each CPU has a thread, a second is one of the host, and another run meets other interleavings. The latest wakeup is that of a task at real-time priority beside the test, of a kernel whose checks are in it; in a kernel with PREEMPT_RT, and in turns or under icount, the test passes only if it came before the next one was due, 10 ms later. – is not planned, build is only compiled. The table cannot say that there is no mistake: what no test provokes nothing reports, and an emulated CPU reorders less than a real one.\n\n",
	      r->md);
	concurrency(r);
	write_leaks(r);
	write_mutants(r);
	write_correct_parts(r);
}
