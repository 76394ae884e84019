// SPDX-License-Identifier: GPL-2.0
/* What the tables of COMPARISON.md share. */
#include <math.h>
#include <stdbool.h>
#include <string.h>

#include "markdown.h"
#include "names.h"

void markdown_code(FILE *md, const char *text)
{
	fputc('`', md);
	for (; *text; text++)
		if (*text == '|')
			fputs("\\|", md);
		else
			fputc(*text == '`' ? '\'' : *text, md);
	fputc('`', md);
}

void markdown_text(FILE *md, const char *text)
{
	for (; *text; text++) {
		if (strchr("|_*`[<\\", *text))
			fputc('\\', md);
		fputc(*text, md);
	}
}

void markdown_chain(FILE *md, const json_t *chain)
{
	const json_t *name;
	size_t i;

	json_array_foreach(chain, i, name)
	{
		fputs(i ? " ← " : "", md);
		markdown_code(md, json_string_value(name));
	}
	if (!json_array_size(chain))
		fputs("–", md);
}

void markdown_percent(FILE *md, long long part, long long all)
{
	long long share = part * 10000 / all;

	fprintf(md, " %lld.%02lld %% |", share / 100, share % 100);
}

void markdown_ratio(FILE *md, double ratio, double interval)
{
	bool same = interval > 0 && fabs(log(ratio)) <= log(interval);

	fprintf(md, "%.3f", ratio);
	if (interval > 0)
		fprintf(md, " ± %.3f", ratio * (interval - 1));
	if (same)
		fputs(", =", md);
}

void markdown_variants(FILE *md, const char *first, const char *rule)
{
	fputs(first, md);
	for (int v = 0; v < NR_VARIANTS; v++)
		fprintf(md, " `%s` |", variant_names[v]);
	fputs(rule, md);
	for (int v = 0; v < NR_VARIANTS; v++)
		fputs("---:|", md);
	fputc('\n', md);
}
