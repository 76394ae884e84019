/* SPDX-License-Identifier: GPL-2.0 */
/* Allocations: how often they succeed in each context and how long the call takes. */
#ifndef REPORT_ALLOC_H
#define REPORT_ALLOC_H

#include "grid.h"

/* What an allocation meets. */
enum pressure {
	P_PLENTY,
	P_EMPTY, /* the pcp lists are */
	P_MIN, /* just above the minimum watermark */
	P_BELOW, /* just below it */
	P_CONTENDED, /* by a second CPU */
	NR_PRESSURES
};

/* How pages are asked for. */
enum way { W_NOWAIT, W_ATOMIC, W_NOLOCK, W_NO_LOCKS, NR_WAYS };

enum { NR_ORDERS = 4 };

extern const char *const pressure_names[NR_PRESSURES];
extern const char *const way_names[NR_WAYS];

/* What came of the attempts of one context, way and order. */
struct tally {
	long long attempts; /* 0: not measured */
	long long successes;
	long long missed; /* rounds that did not meet their pressure */
	long long zone_held, pcp_held; /* attempts that met a held lock */
	struct hist hist; /* of the successes; a bin is its longest time */
	long long min_ns; /* of the successes */
};

/* The file of a variant and pressure. */
struct alloc_file {
	struct record rec; /* empty: not measured */
	struct tally at[NR_CONTEXTS][NR_WAYS][NR_ORDERS];
};

struct alloc {
	/* Each is allocated; NULL: not measured. */
	struct alloc_file *files[NR_VARIANTS][NR_PRESSURES];
	size_t nr; /* of files; 0: nothing was measured */
};

/**
 * alloc_read() - read and check the allocations of all variants and pressures
 * @alloc: filled on success
 * @dir: directory with <variant>/<pressure>.json; without it nothing was measured
 * @grid: the cells: base, series, compiler and the configuration of each variant
 *        have to be theirs
 *
 * A file has to have every way that its variant allows in every context, and no
 * other, with all orders and attempts. Contended ones are measured with two CPUs
 * (smp), all others with icount.
 *
 * Return: 0, or -1 after a line on stderr that names the file and the key.
 */
int alloc_read(struct alloc *alloc, const char *dir, const struct grid *grid);

/**
 * alloc_complete() - complain about missing files
 * @alloc: allocations
 * @dir: their directory, for the message
 *
 * Return: 0 if nothing was measured, or if raw was and every variant that was has
 * every pressure; otherwise -1 after a line on stderr.
 */
int alloc_complete(const struct alloc *alloc, const char *dir);

/** alloc_first() - some file, or NULL if nothing was measured */
const struct record *alloc_first(const struct alloc *alloc);

/** alloc_way() - the call that a variant has for raw context */
enum way alloc_way(enum variant v);

/**
 * alloc_find() - the attempts of one context, way and order
 *
 * Return: them, or NULL if they were not measured or are not allowed.
 */
const struct tally *alloc_find(const struct alloc *alloc, enum variant v,
			       enum pressure p, enum context c, enum way w,
			       int order);

/**
 * alloc_sum() - pool attempts over a range of orders
 * @sum: filled, to be freed with tally_free()
 * @first: first order
 * @last: last order
 *
 * Return: whether all of them were measured.
 */
bool alloc_sum(struct tally *sum, const struct alloc *alloc, enum variant v,
	       enum pressure p, enum context c, enum way w, int first,
	       int last);

/** tally_free() - give the histogram back */
void tally_free(struct tally *tally);

/**
 * alloc_summarize() - add the list "alloc" to summary.json
 * @alloc: allocations; if nothing was measured nothing is added
 * @summary: object of summary.json
 */
void alloc_summarize(const struct alloc *alloc, json_t *summary);

/** alloc_free() - give everything back that alloc_read() took */
void alloc_free(struct alloc *alloc);

#endif
