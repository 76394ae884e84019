/* SPDX-License-Identifier: GPL-2.0 */
/* A cell: the latencies of one variant under one load with one seed. */
#ifndef REPORT_CELL_H
#define REPORT_CELL_H

#include "hist.h"
#include "record.h"

struct cell {
	struct record rec;
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
 * Checked are: every key is there and of its type, the load finished a round,
 * the histogram has as many wakeups as were asked for, and its ends are
 * cyclictest's minimum and maximum.
 *
 * Return: 0, or -1 after a line on stderr that names the file and the key.
 */
int cell_read(struct cell *cell, const char *path);

/** cell_free() - give everything back that cell_read() took */
void cell_free(struct cell *cell);

#endif
