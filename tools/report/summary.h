/* SPDX-License-Identifier: GPL-2.0 */
/* summary.json: what tables and plots, and other people's scripts, are made from. */
#ifndef REPORT_SUMMARY_H
#define REPORT_SUMMARY_H

#include "results.h"

/**
 * summary_make() - the summary of all results
 * @results: results, at least one cell
 *
 * Return: new reference to the object of summary.json, or NULL after a line on
 * stderr if the cells were measured by command lines of different form.
 */
json_t *summary_make(const struct results *results);

/**
 * summary_write() - write summary.json: sorted keys, two blanks a level
 * @summary: the object
 * @path: the file
 *
 * Return: 0, or -1 after a line on stderr; the file is then as it was.
 */
int summary_write(json_t *summary, const char *path);

/**
 * summary_read() - read summary.json and check that it is that of the results
 * @path: the file
 * @results: results
 *
 * Return: new reference to the object, or NULL after a line on stderr.
 */
json_t *summary_read(const char *path, const struct results *results);

/**
 * words_form() - what two command lines have in common
 * @a: words separated by single blanks; may have stars from an earlier call
 * @b: words separated by single blanks
 *
 * A word that differs becomes "*"; of key=value, with the same key, "key=*".
 *
 * Return: text to be freed, or NULL if the numbers of words differ.
 */
char *words_form(const char *a, const char *b);

#endif
