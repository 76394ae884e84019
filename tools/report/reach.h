/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Reach: the lock sites that no load reaches in raw, by the tests of bench/reach and by
 * the loads in other variants, and why the rest is not reached.
 */
#ifndef REPORT_REACH_H
#define REPORT_REACH_H

#include "holds.h"

struct reach {
	struct record *tests; /* by variant, name */
	size_t nr; /* of tests; 0: nothing was measured */
	json_t *reasons; /* from site to reason, or NULL */
};

/* Who reaches a site. */
enum reached_by {
	BY_LOAD, /* a load in raw */
	BY_TEST, /* a test in raw */
	BY_OTHER, /* a load or test in another variant only */
	BY_NONE,
};

struct reached {
	enum reached_by by;
	enum variant variant;
	const char *name; /* of the load or test of the longest hold */
	bool test;
	struct site site; /* figures are those of @variant; its load is not set */
	const char *reason; /* BY_NONE: why, or NULL if nobody says */
};

/**
 * reach_read() - read and check the tests and the reasons
 * @reach: filled on success
 * @dir: directory with <variant>/<test>.json and unreached, lines of a site and the
 *       reason why it is not reached; without the directory nothing was measured
 * @holds: holds under the loads
 * @grid: the cells
 *
 * Checked is what holds_read() checks of a file's sites, that they are those of
 * @holds in raw, and that every reason is of a site that exists and is not reached.
 *
 * Return: 0, or -1 after a line on stderr that names the file and what is wrong.
 */
int reach_read(struct reach *reach, const char *dir, const struct matrix *holds,
	       const struct grid *grid);

/** reach_site() - who reaches site number @i of raw */
void reach_site(const struct reach *reach, const struct matrix *holds, size_t i,
		struct reached *reached);

/**
 * reach_summarize() - add the list "reach" to summary.json
 * @reach: tests; if nothing was measured nothing is added
 * @holds: holds under the loads
 * @summary: object of summary.json
 */
void reach_summarize(const struct reach *reach, const struct matrix *holds,
		     json_t *summary);

/** reach_free() - give everything back that reach_read() took */
void reach_free(struct reach *reach);

#endif
