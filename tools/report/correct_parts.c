// SPDX-License-Identifier: GPL-2.0
/* The tables of COMPARISON.md about tests that have parts with a result each. */
#include <string.h>

#include "correct.h"
#include "markdown.h"
#include "report.h"

/* A result of the row that lists its parts, or NULL. */
static const struct record *any_with(const struct planned *row, const char *key)
{
	for (int v = 0; v < NR_VARIANTS; v++) {
		const struct record *rec = correct_find(row, v);

		if (rec && record_get(rec, key))
			return rec;
	}
	return NULL;
}

/* What a part gave: "passed", "skipped: WHY"; a variant without it has none. */
static void cell(const struct report *r, const struct record *rec,
		 const char *name)
{
	const json_t *parts = rec ? record_get(rec, "results") : NULL, *part;
	const char *reason;
	size_t i;

	json_array_foreach(parts, i, part) {
		if (strcmp(json_string_value(json_object_get(part, "name")),
			   name))
			continue;
		fprintf(r->md, " %s",
			json_string_value(json_object_get(part, "result")));
		reason = json_string_value(json_object_get(part, "reason"));
		if (reason) {
			fputs(": ", r->md);
			markdown_code(r->md, reason);
		}
		fputs(" |", r->md);
		return;
	}
	fputs(" not run |", r->md);
}

/* The parts that the test does not run, with the reasons. */
static void left_out(const struct report *r, const struct record *rec)
{
	const json_t *parts = record_get(rec, "left_out"), *part;
	size_t i;

	json_array_foreach(parts, i, part)
		fprintf(r->md, "%s`%s` (%s)", i ? ", " : "\nLeft out: ",
			json_string_value(json_object_get(part, "name")),
			json_string_value(json_object_get(part, "reason")));
	if (json_array_size(parts))
		fputs(".\n", r->md);
}

static void table(const struct report *r, const struct planned *row,
		  const struct record *like)
{
	const json_t *part;
	size_t i;

	fprintf(r->md, "\n### The parts of %s in %s\n\n| part |", row->test,
		row->config);
	for (int v = 0; v < NR_VARIANTS; v++)
		fprintf(r->md, " `%s` |", variant_names[v]);
	fputs("\n|---|", r->md);
	for (int v = 0; v < NR_VARIANTS; v++)
		fputs("---|", r->md);
	fputs("\n", r->md);
	json_array_foreach(record_get(like, "results"), i, part) {
		const char *name =
			json_string_value(json_object_get(part, "name"));

		fprintf(r->md, "| `%s` |", name);
		for (int v = 0; v < NR_VARIANTS; v++)
			cell(r, correct_find(row, v), name);
		fputs("\n", r->md);
	}
	left_out(r, like);
	fprintf(r->md,
		"\nMade from: the results of %s above, one guest a variant. A part that skips itself says what it misses; it proves nothing.\n\n",
		row->test);
}

void write_correct_parts(const struct report *r)
{
	const struct correct *c = &r->results->correct;

	for (size_t i = 0; i < c->nr_rows; i++) {
		const struct record *like = any_with(&c->rows[i], "results");

		if (like)
			table(r, &c->rows[i], like);
	}
}
