/* SPDX-License-Identifier: GPL-2.0 */
/* Code in the tables of COMPARISON.md. */
#ifndef REPORT_MARKDOWN_H
#define REPORT_MARKDOWN_H

#include <jansson.h>
#include <stdio.h>

/** markdown_code() - write a text as code: what ends a cell or the code is not in it */
void markdown_code(FILE *md, const char *text);

/** markdown_chain() - write a list of functions, the innermost first; – if it has none */
void markdown_chain(FILE *md, const json_t *chain);

#endif
