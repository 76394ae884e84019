// SPDX-License-Identifier: GPL-2.0
/* What COMPARISON.md says about pages that are missing after a flood beside a load. */
#include <stdlib.h>

#include "markdown.h"
#include "report.h"

/*
 * SLACK, pages, and FLOOD_US, us between two interrupts, are those of bench/tests/leak;
 * its seconds are meant to be AIM_S over all loads.
 */
enum { SLACK = 1024, FLOOD_US = 200, AIM_S = 600 };

/* The time of so many interrupts: one that came too late for others is one. */
static long long flood_s(long long interrupts)
{
	return interrupts * FLOOD_US / 1000000;
}

static void row(const struct report *r, const struct planned *row,
		enum variant v)
{
	const struct record *rec = correct_find(row, v);
	long long before, after, interrupts;
	char n[NS_TEXT];
	const char *mark;

	if (!rec)
		return;
	fprintf(r->md, "| %s | %s | `%s` |", correct_leak(row), row->config,
		variant_names[v]);
	if (!record_get(rec, "counts")) {
		fputs(" – | – | – | – | – |\n", r->md);
		return;
	}
	before = record_int(rec, "counts.before");
	after = record_int(rec, "counts.after");
	interrupts = record_int(rec, "counts.interrupts");
	mark = llabs(before - after) > SLACK ? "**" : "";
	fprintf(r->md, " %s |", ns_text(n, before));
	fprintf(r->md, " %s%s%s |", mark, ns_text(n, after), mark);
	fprintf(r->md, " %s |", ns_text(n, interrupts));
	fprintf(r->md, " %s |", ns_text(n, record_int(rec, "counts.got")));
	fprintf(r->md, " %s |\n", ns_text(n, flood_s(interrupts)));
}

/* Over the loads that a variant passed beside. */
static long long sum_s(const struct correct *c, enum variant v)
{
	long long interrupts = 0;

	for (size_t i = 0; i < c->nr_rows; i++) {
		const struct record *rec = correct_find(&c->rows[i], v);

		if (correct_leak(&c->rows[i]) && rec && correct_passed(rec))
			interrupts += record_int(rec, "counts.interrupts");
	}
	return flood_s(interrupts);
}

/* Results that are planned, and those that passed. */
static size_t count(const struct correct *c, size_t *passed)
{
	size_t planned = 0;

	*passed = 0;
	for (size_t i = 0; i < c->nr_rows; i++)
		for (int v = 0; correct_leak(&c->rows[i]) && v < NR_VARIANTS;
		     v++) {
			const struct record *rec = correct_find(&c->rows[i], v);

			planned += c->rows[i].variants[v];
			*passed += rec && correct_passed(rec);
		}
	return planned;
}

static void write_sums(const struct report *r)
{
	const struct correct *c = &r->results->correct;
	char n[NS_TEXT];

	fputs("\nSeconds of passed tests in all:", r->md);
	for (int v = 0; v < NR_VARIANTS; v++)
		fprintf(r->md, "%s `%s` %s", v ? "," : "", variant_names[v],
			ns_text(n, sum_s(c, v)));
	fprintf(r->md, ". The aim is %d, ten minutes, of `raw`.\n", AIM_S);
}

void write_leaks(const struct report *r)
{
	const struct correct *c = &r->results->correct;
	size_t passed;
	char n[NS_TEXT];

	if (!count(c, &passed))
		return;
	fprintf(r->md,
		"### Pages that are missing after a flood\n\n"
		"A load runs, and a flood from hard interrupts beside it, each of which allocates a page, frees it and gives an object to `kfree_rcu()`. When both are over and caches are dropped, as many pages have to be free as before, but for %s.\n\n"
		"| load | configuration | variant | free pages before | after | interrupts | allocations that got pages | seconds |\n"
		"|---|---|---|---:|---:|---:|---:|---:|\n",
		ns_text(n, SLACK));
	for (size_t i = 0; i < c->nr_rows; i++)
		for (int v = 0; correct_leak(&c->rows[i]) && v < NR_VARIANTS;
		     v++)
			row(r, &c->rows[i], v);
	write_sums(r);
	fprintf(r->md,
		"\nMade from: the tests leak above; what they count is in their results. Free pages are those of the free lists and of the CPUs' own lists. The %s pages are for lists and slabs that have grown. Seconds are the interrupts times the %d us between them, so the flood took at least as long. – is a test that failed before it counted. The table cannot say that no page at all is lost: it shows what is lost again and again, and fewer than these it does not show.\n\n",
		ns_text(n, SLACK), FLOOD_US);
}

void say_leaks(const struct report *r)
{
	const struct correct *c = &r->results->correct;
	size_t passed, planned = count(c, &passed);
	char n[NS_TEXT], m[NS_TEXT];

	if (planned)
		fprintf(r->md,
			"; after %zu of %zu floods beside a load no more than %s pages [are missing](#pages-that-are-missing-after-a-flood), of `raw` after %s s of them (the aim is %d)",
			passed, planned, ns_text(n, SLACK),
			ns_text(m, sum_s(c, V_RAW)), AIM_S);
}
