// SPDX-License-Identifier: GPL-2.0
/* Code in the tables of COMPARISON.md. */
#include "markdown.h"

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

void markdown_chain(FILE *md, const json_t *chain)
{
	const json_t *name;
	size_t i;

	json_array_foreach(chain, i, name) {
		fputs(i ? " ← " : "", md);
		markdown_code(md, json_string_value(name));
	}
	if (!json_array_size(chain))
		fputs("–", md);
}
