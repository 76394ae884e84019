// SPDX-License-Identifier: GPL-2.0
/* The conclusion's sentence about correctness. */
#include "report.h"

/* What became of the list of mutants. */
struct sabotage {
	size_t caught, missed, untried;
};

static struct sabotage sabotage(const struct mutants *m)
{
	struct sabotage sum = { 0 };

	for (size_t i = 0; i < m->nr; i++) {
		sum.caught += mutant_caught(&m->list[i]);
		sum.untried += !mutant_tried(&m->list[i]);
	}
	sum.missed = m->nr - sum.caught - sum.untried;
	return sum;
}

/* The concurrency test of the variant that has least of it, in s. */
static long long least_concurrency(const struct correct *c)
{
	long long least = -1;

	for (int v = 0; v < NR_VARIANTS; v++) {
		long long s = correct_seconds(c, CONCURRENCY, v);

		if (least < 0 || s < least)
			least = s;
	}
	return least;
}

static const char *answer(const struct report *r)
{
	const struct correct *c = &r->results->correct;
	struct correct_sum sum = correct_sum(c);
	struct sabotage tried = sabotage(&r->results->mutants);

	if (!c->nr)
		return "Not measured";
	if (sum.failed || tried.missed)
		return "No";
	if (sum.passed < sum.planned || tried.untried ||
	    !r->results->mutants.nr || least_concurrency(c) < CONCURRENCY_S)
		return "Not known yet";
	return "Yes";
}

static void say_sabotage(const struct report *r)
{
	const struct mutants *m = &r->results->mutants;
	const char *sep = "; not ";

	if (!m->nr) {
		fputs("; no [sabotage](#sabotage) of the series was tried",
		      r->md);
		return;
	}
	fprintf(r->md, "; tests notice %zu of %zu [sabotages](#sabotage)",
		sabotage(m).caught, m->nr);
	for (size_t i = 0; i < m->nr; i++)
		if (!mutant_caught(&m->list[i])) {
			fprintf(r->md, "%s`%s`%s", sep, m->list[i].name,
				mutant_tried(&m->list[i]) ? "" :
							    " (not tried)");
			sep = ", ";
		}
}

void conclude_correct(const struct report *r)
{
	const struct correct *c = &r->results->correct;
	struct correct_sum sum = correct_sum(c);
	char n[NS_TEXT];

	fprintf(r->md,
		"- **Does every test pass in kernels that look for mistakes? %s.**",
		answer(r));
	if (c->nr) {
		fprintf(r->md,
			" [Of %zu planned results](#correctness) %zu passed, %zu failed and %zu are missing; everything at once ran for %s s or more of each variant",
			sum.planned, sum.passed, sum.failed,
			sum.planned - sum.passed - sum.failed,
			ns_text(n, least_concurrency(c)));
		say_sabotage(r);
		say_leaks(r);
		fputc('.', r->md);
	}
	fprintf(r->md,
		" (Rule: all that is planned for any variant has passed, the test concurrency of each variant for at least %s s, over its configurations, and every sabotage of the series is noticed by its test.)\n",
		ns_text(n, CONCURRENCY_S));
}
