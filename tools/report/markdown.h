/* SPDX-License-Identifier: GPL-2.0 */
/* What the tables of COMPARISON.md share. */
#ifndef REPORT_MARKDOWN_H
#define REPORT_MARKDOWN_H

#include <jansson.h>
#include <stdio.h>

/** markdown_code() - write a text as code: what ends a cell or the code is not in it */
void markdown_code(FILE *md, const char *text);

/** markdown_text() - write a text as it is: nothing in it ends a cell or is a mark */
void markdown_text(FILE *md, const char *text);

/** markdown_chain() - write a list of functions, the innermost first; – if it has none */
void markdown_chain(FILE *md, const json_t *chain);

/** markdown_percent() - write a cell: a share in percent, cut off so that only all is 100.00 */
void markdown_percent(FILE *md, long long part, long long all);

/**
 * markdown_ratio() - write a ratio with its interval
 * @md: where to
 * @ratio: ratio
 * @interval: factor of its confidence interval, or 0
 *
 * "1.003 ± 0.002", or "= ± 0.004" if 1 is in the interval.
 */
void markdown_ratio(FILE *md, double ratio, double interval);

/**
 * markdown_variants() - write the head of a table with a column for each variant
 * @md: where to
 * @first: the head of the columns before them: "| context |"
 * @rule: a line end and the rule below it: "\n|---|"
 */
void markdown_variants(FILE *md, const char *first, const char *rule);

#endif
