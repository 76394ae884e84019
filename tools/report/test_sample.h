/* SPDX-License-Identifier: GPL-2.0 */
/* What the unit tests share: good results, and directories to put them in. */
#ifndef REPORT_TEST_SAMPLE_H
#define REPORT_TEST_SAMPLE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "grid.h"

#define SHA(c) c c c c c c c c c c c c c c c c
#define SHA_A SHA("aaaa")

/** sample_record() - what all result files of a variant have, and its variant */
json_t *sample_record(const char *variant);

/** sample_cell() - a whole cell of raw, pagecache: latencies 3 ns (98 times), 5 ns, 9 ns */
json_t *sample_cell(void);

/** sample_grid() - cells of none and raw under idle, seeds 1 and 2, not in order */
void sample_grid(struct grid *grid);

/** sample_set() - set a key of a result (a dot goes one object down), or remove it */
void sample_set(json_t *json, const char *key, json_t *value);

/** sample_dir() - setup of a test: a new directory, its name in *state */
int sample_dir(void **state);

/** sample_dir_remove() - teardown of a test that has had sample_dir() */
int sample_dir_remove(void **state);

/** sample_write() - write a result as <dir>/<name>; takes its reference */
void sample_write(const char *dir, const char *name, json_t *json);

/** sample_text() - write a text as <dir>/<name> */
void sample_text(const char *dir, const char *name, const char *text);

#endif
