/* SPDX-License-Identifier: GPL-2.0 */
/* A cell: the measurement of one variant under one load with one seed. */
#ifndef REPORT_CELL_H
#define REPORT_CELL_H

#include <jansson.h>

#include "hist.h"
#include "names.h"

struct cell {
	char *path;
	json_t *json; /* the whole file, checked */
	enum variant variant;
	enum load load;
	long long seed;
	struct hist hist;
};

/**
 * cell_read() - read and check one cell file
 * @cell: filled on success
 * @path: the file; its name is not looked at
 *
 * Checked are: every key is there and of its type, hashes look like hashes, the
 * kernel is that of the variant and no debug kernel, the histogram has as many
 * wakeups as were asked for, and its ends are cyclictest's minimum and maximum.
 *
 * Return: 0, or -1 after a line on stderr that names the file and the key.
 */
int cell_read(struct cell *cell, const char *path);

/**
 * cell_get() - a value of a cell
 * @cell: cell
 * @key: key; a dot goes one object down: "kernel.base"
 *
 * Return: borrowed reference, or NULL if there is no such key.
 */
json_t *cell_get(const struct cell *cell, const char *key);

/** cell_str() - a string of a cell that cell_read() has checked */
const char *cell_str(const struct cell *cell, const char *key);

/** cell_int() - a whole number of a cell that cell_read() has checked */
long long cell_int(const struct cell *cell, const char *key);

/** cell_free() - give everything back that cell_read() took */
void cell_free(struct cell *cell);

#endif
