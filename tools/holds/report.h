/* SPDX-License-Identifier: GPL-2.0 */
#ifndef REPORT_H
#define REPORT_H

#include "track.h"

/*
 * report_write - write what was measured as one JSON object
 * Times in ns, addresses as hexadecimal strings. Returns 0, or -1 after one line
 * on stderr.
 */
int report_write(struct track *track, const char *path);

#endif
