/* SPDX-License-Identifier: GPL-2.0 */
/* Contention: what callers wait for zone->lock, by number of CPUs and discipline. */
#ifndef REPORT_CONTENTION_H
#define REPORT_CONTENTION_H

#include "matrix.h"

/* The discipline of a plain raw spinlock, and of raw-unbounded. */
#define CONTENTION_QUEUE "queue"
/* That of raw with PREEMPT_RT. */
#define CONTENTION_RAW "gate-spin"

/* Who waits; what keeps preemption off is the wait with preemption off alone. */
enum caller { C_PREEMPTIBLE, C_ATOMIC, NR_CALLERS };

extern const char *const caller_names[NR_CALLERS];

/* The waits of one kind of callers in ns. */
struct wait {
	long long mean_ns, p9999_ns, max_ns; /* with preemption off */
	/* From wanting the lock to having it. */
	long long total_mean_ns, total_max_ns;
};

/* A way of waiting that was simulated; points with other numbers of CPUs have it too. */
struct contention_way {
	const char *discipline;
	long long handoff_ns; /* from a gate's release until its next owner runs */
};

/**
 * contention_read() - read and check the contention of variants and loads
 * @m: filled on success
 * @dir: directory with <variant>/<load>.json; without it nothing was simulated
 * @holds: the measured holds: each file has to be made from those of its variant and
 *         load
 * @grid: the cells
 *
 * Checked are, beside what matrix_read() does: no point is there twice, has a share or
 * a quantile that cannot be, or lacks the waits of both kinds of callers.
 *
 * Return: 0, or -1 after a line on stderr that names the file and the key.
 */
int contention_read(struct matrix *m, const char *dir,
		    const struct matrix *holds, const struct grid *grid);

/**
 * contention_way() - the ways of waiting of a file, in their order
 * @rec: file
 * @i: which one, from 0
 * @way: where it goes
 *
 * Return: whether there are so many.
 */
bool contention_way(const struct record *rec, size_t i,
		    struct contention_way *way);

/** contention_has_way() - whether a point is of this way of waiting */
bool contention_has_way(const json_t *point, const struct contention_way *way);

/** contention_point() - the point of a way with so many CPUs, or NULL if there is none */
const json_t *contention_point(const struct record *rec,
			       const struct contention_way *way,
			       long long cpus);

/**
 * contention_wait() - the waits of one kind of callers
 * @point: point, or NULL
 * @caller: kind
 * @wait: where they go
 *
 * Return: whether the point has such callers.
 */
bool contention_wait(const json_t *point, enum caller caller,
		     struct wait *wait);

/**
 * contention_as_measured() - the longest waits with the share of atomic callers that the
 * holds were measured to have
 * @rec: file
 * @discipline: discipline of waiting; of the times to be handed over the worst counts
 * @cpus: number of CPUs
 * @share: where that share goes
 * @max_ns: where the longest waits with preemption off go, of each kind of callers; -1 if
 *         there are none
 *
 * Return: whether it was simulated.
 */
bool contention_as_measured(const struct record *rec, const char *discipline,
			    long long cpus, double *share,
			    long long max_ns[NR_CALLERS]);

/**
 * contention_as_assumed() - the longest waits with the share of atomic callers that is
 * assumed, also with other times that the owner of a gate tries
 * @rec: file
 * @discipline: discipline of waiting; of all these times the worst counts
 * @cpus: number of CPUs
 * @max_ns: as in contention_as_measured()
 *
 * Return: whether it was simulated beside the points.
 */
bool contention_as_assumed(const struct record *rec, const char *discipline,
			   long long cpus, long long max_ns[NR_CALLERS]);

/**
 * contention_shares() - whether other shares of atomic callers were simulated
 * @rec: file
 * @discipline: discipline of waiting, in each time to be handed over
 * @cpus: number of CPUs
 * @limit_ns: wait of a preemptible caller with preemption off
 * @most: where the largest share goes that was simulated
 * @breaks: where the smallest one with a longer wait goes, 0 if none has one
 *
 * Return: whether there is any.
 */
bool contention_shares(const struct record *rec, const char *discipline,
		       long long cpus, long long limit_ns, double *most,
		       double *breaks);

/* How far the model may be off, in percent of the measured wait. */
enum { CONTENTION_ERROR = 20 };

/* What guests with so many CPUs waited, and the model of them. Means of lock operations. */
struct contention_check {
	long long cpus, acquisitions, contentions;
	double hold_ns, alone_hold_ns; /* the latter with one CPU */
	double measured_ns, least_ns,
		most_ns; /* waits: of all guests, of one */
	long long max_ns; /* the longest */
	double model_ns;
	bool has_cpus; /* the host has a CPU for each of them */
};

enum contention_state { CONTENTION_UNCHECKED, CONTENTION_NEAR, CONTENTION_OFF };

/**
 * contention_measured() - the measured waits of a file that the model is held against, in
 * their order
 * @rec: file
 * @i: which one, from 0; that with one CPU, where nobody waits, is none
 * @check: where it goes
 *
 * Return: whether there are so many; there are none where not all callers queue.
 */
bool contention_measured(const struct record *rec, size_t i,
			 struct contention_check *check);

/* Those who waited in guests. */
struct contention_waits {
	long long nr; /* -1: was not measured */
	double mean_ns; /* of those who waited, 0 without any */
	long long max_ns;
};

/* What guests with so many CPUs waited. */
struct contention_counted {
	long long cpus;
	struct contention_waits queue, gate; /* with preemption off, and on */
	bool has_cpus; /* as above */
};

/**
 * contention_counted() - the measured waits of a file, as contention_measured(), of every
 * discipline
 */
bool contention_counted(const struct record *rec, size_t i,
			struct contention_counted *counted);

/**
 * contention_nth() - the same of all files, one after the other
 * @m: contention
 * @n: which, from 0
 * @l: where its load goes
 * @check: filled if it is there
 *
 * Return: whether there are so many.
 */
bool contention_nth(const struct matrix *m, size_t n, enum load *l,
		    struct contention_check *check);

/** contention_agrees() - whether the model is not off by more than CONTENTION_ERROR */
bool contention_agrees(const struct contention_check *check);

/**
 * contention_checked() - whether the model is what was measured
 * @m: contention
 *
 * Return: CONTENTION_NEAR if it agrees with all guests that had a CPU of the host for
 * each of theirs, and CONTENTION_UNCHECKED if there are none.
 */
enum contention_state contention_checked(const struct matrix *m);

/**
 * contention_breaks() - how many CPUs break a budget
 * @rec: file
 * @discipline: discipline of waiting, handed over in no time
 * @caller: whose wait with preemption off it is
 * @budget_ns: budget
 *
 * Return: the smallest number of CPUs with a longer wait, 0 if none of those that were
 * simulated has one, -1 if that was not asked.
 */
long long contention_breaks(const struct record *rec, const char *discipline,
			    enum caller caller, long long budget_ns);

/**
 * contention_summarize() - add "contention", "contention_budgets" and
 * "contention_checks" to summary.json
 * @m: contention; if nothing was simulated nothing is added
 * @summary: object of summary.json
 *
 * In "contention" wait_mean_ns is of all lock operations, whatever the source. Where waits
 * were measured waited_mean_ns is of those who waited; for raw only that is known.
 */
void contention_summarize(const struct matrix *m, json_t *summary);

#endif
