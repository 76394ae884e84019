/* SPDX-License-Identifier: GPL-2.0 */
/* Drawing with gnuplot. */
#ifndef REPORT_GNUPLOT_H
#define REPORT_GNUPLOT_H

#include <stdio.h>

/**
 * gnuplot_svg() - draw a file with gnuplot
 * @path: the SVG file, replaced atomically
 * @script: writes gnuplot's commands to the stream; terminal svg with a fixed name,
 *          so that the same commands give the same bytes
 * @arg: handed on to @script
 *
 * Return: 0, or -1 after a line on stderr; the file is then as it was.
 */
int gnuplot_svg(const char *path, void (*script)(FILE *to, const void *arg),
		const void *arg);

#endif
