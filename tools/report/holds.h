/* SPDX-License-Identifier: GPL-2.0 */
/* Lock holds: how long each site holds zone->lock or pcp->lock. */
#ifndef REPORT_HOLDS_H
#define REPORT_HOLDS_H

#include "matrix.h"

/* A site over all loads of a variant. */
struct site {
	const char *name, *lock;
	const char *bound; /* as written in the source; "" if none is */
	long long holds; /* 0: not reached, and nothing below is set */
	long long max_ns; /* longest hold, with the interrupts that hit it */
	long long max_own_ns; /* longest hold without the interrupts */
	long long p9999_ns; /* where the longest hold was */
	const json_t *chain; /* its functions, the innermost first, or NULL */
	enum load load; /* of the longest hold */
	long long moves; /* list moves in the longest hold; -1 if not counted */
};

/* A section with preemption or interrupts off. */
struct section {
	long long max_ns; /* -1: none was seen, or it was not measured */
	const json_t *chain; /* functions, the innermost first */
};

/* What a section has in it. */
enum cause { CAUSE_ANY, CAUSE_NO_LOCK, CAUSE_LOCK };

/**
 * holds_read() - read and check the holds of all variants and loads
 * @m: filled on success
 * @dir: directory with <variant>/<load>.json; without it nothing was measured
 * @grid: the cells
 *
 * Checked are, beside what matrix_read() does: a site that was reached has its
 * figures and one that was not has none, no part of a hold is longer than the
 * hold, and all files of a variant list the same sites.
 *
 * Return: 0, or -1 after a line on stderr that names the file and the key.
 */
int holds_read(struct matrix *m, const char *dir, const struct grid *grid);

/** holds_sites() - number of sites in the source of a variant; 0 if not measured */
size_t holds_sites(const struct matrix *m, enum variant v);

/** holds_site() - site number @i of a variant that was measured, over all loads */
void holds_site(const struct matrix *m, enum variant v, size_t i,
		struct site *site);

/**
 * holds_add() - add the holds of one run to those of a site
 * @site: site, which begins without holds
 * @rec: the run
 * @i: number of the site
 *
 * Return: whether the longest hold so far is one of these.
 */
bool holds_add(struct site *site, const struct record *rec, size_t i);

/** holds_check_sites() - check the list "sites" of a file; 0, or -1 after a line on stderr */
int holds_check_sites(const struct record *rec);

/** holds_same_sites() - 0 if a file lists the sites of @v, or -1 after a line on stderr */
int holds_same_sites(const struct matrix *m, enum variant v,
		     const struct record *rec);

/** holds_section() - the longest section with preemption or interrupts off */
struct section holds_section(const struct matrix *m, enum variant v,
			     enum load l, enum cause cause);

/**
 * holds_summarize() - add the lists "sections" and "off" to summary.json
 * @m: holds; if nothing was measured nothing is added
 * @summary: object of summary.json
 */
void holds_summarize(const struct matrix *m, json_t *summary);

#endif
