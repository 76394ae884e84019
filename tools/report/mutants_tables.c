// SPDX-License-Identifier: GPL-2.0
/* The table of COMPARISON.md about sabotage. */
#include "markdown.h"
#include "report.h"

static void row(const struct report *r, const struct mutant *mutant)
{
	const struct record *rec = &mutant->rec;

	fprintf(r->md, "| `%s`", mutant->name);
	if (!mutant_tried(mutant)) {
		fputs(" | – | – | – | **no**: not tried |\n", r->md);
		return;
	}
	fputs(": ", r->md);
	markdown_text(r->md, record_str(rec, "what"));
	fprintf(r->md, " | `%s` | %s | %s | ", record_str(rec, "variant"),
		record_str(rec, "config"), record_str(rec, "test"));
	if (!mutant_caught(mutant))
		fputs("**no**: ", r->md);
	markdown_code(r->md, record_str(rec, "reason"));
	fputs(" |\n", r->md);
}

void write_mutants(const struct report *r)
{
	const struct mutants *m = &r->results->mutants;

	fputs("### Sabotage\n\n", r->md);
	if (!m->nr) {
		fputs("Not tried.\n\n", r->md);
		return;
	}
	fputs("Do the tests notice when the series is broken? One line of it at a time was, and the test named, which passes without that, ran again.\n\n"
	      "| sabotage | variant | configuration | test | caught by |\n"
	      "|---|---|---|---|---|\n",
	      r->md);
	for (size_t i = 0; i < m->nr; i++)
		row(r, &m->list[i]);
	fputs("\nMade from: `tools/kernel/mutants`, a kernel and a guest each; the lines are in tests/mutants. What a sabotage is caught by is the reason that its test gives for not passing. It has to be of the kind that is expected: a test that fails otherwise does not count. The table cannot say what other mistakes would go unnoticed.\n\n",
	      r->md);
}
