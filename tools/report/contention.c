// SPDX-License-Identifier: GPL-2.0
/* Reading of contention, and its lists in summary.json. */
#include <err.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "contention.h"

const char *const caller_names[NR_CALLERS] = {
	[C_PREEMPTIBLE] = "preemptible",
	[C_ATOMIC] = "atomic",
};

static const struct record_key keys[] = {
	{ "source", RECORD_TEXT },
	{ "model.patience_ns", RECORD_COUNT },
	{ "model.operations", RECORD_COUNT },
	{ "model.seed", RECORD_COUNT },
	{ "hold.max_ns", RECORD_COUNT },
	{ "holds.sha256", RECORD_SHA256 },
	{ "holds.date", RECORD_DATE },
	{ "holds.nr", RECORD_COUNT },
};
static const char *const same[] = { "source", "model" };

static const char *text(const json_t *object, const char *key)
{
	return json_string_value(json_object_get(object, key));
}

static bool is_share(const json_t *value)
{
	/* Holds and the time in which they were are added up separately. */
	return json_is_number(value) && json_number_value(value) >= 0 &&
	       json_number_value(value) <= 1 + 1e-9;
}

/* Complain about an element of a list; gives -1. */
static int bad(const struct record *rec, const char *list, size_t i,
	       const char *what)
{
	char key[64];

	snprintf(key, sizeof(key), "%s[%zu]", list, i);
	return record_bad(rec, key, what);
}

static const char *wait_fault(const json_t *waits)
{
	static const char *const figures[] = { "wait_mean_ns", "wait_p9999_ns",
					       "wait_max_ns", "total_mean_ns",
					       "total_max_ns" };

	for (size_t k = 0; k < ARRAY_SIZE(figures); k++)
		if (member_count(waits, figures[k]) < 0)
			return "has a wait that is not a whole number of ns";
	if (member_count(waits, "wait_mean_ns") >
		    member_count(waits, "wait_max_ns") ||
	    member_count(waits, "wait_p9999_ns") >
		    member_count(waits, "wait_max_ns") ||
	    member_count(waits, "wait_max_ns") >
		    member_count(waits, "total_max_ns") ||
	    member_count(waits, "total_mean_ns") >
		    member_count(waits, "total_max_ns"))
		return "has a wait that is longer than the longest";
	return NULL;
}

static const char *run_fault(const json_t *point)
{
	const char *discipline = text(point, "discipline");
	bool waits = false;

	if (!discipline || !*discipline)
		return "has no discipline";
	if (member_count(point, "handoff_ns") < 0 ||
	    member_count(point, "cpus") < 1)
		return "has no whole number of ns or of CPUs";
	if (member_count(point, "operations_per_s") < 0)
		return "has no whole number of operations a second";
	if (!is_share(json_object_get(point, "utilisation")))
		return "has a utilisation that is not a share";
	for (int c = 0; c < NR_CALLERS; c++) {
		const json_t *of = json_object_get(point, caller_names[c]);
		const char *what = of ? wait_fault(of) : NULL;

		if (what)
			return what;
		waits |= of != NULL;
	}
	return waits ? NULL : "has no waits";
}

static const char *point_fault(const struct record *rec, const json_t *point)
{
	const struct contention_way way = { text(point, "discipline"),
					    member_count(point, "handoff_ns") };
	const char *what = run_fault(point);

	if (what)
		return what;
	if (contention_point(rec, &way, member_count(point, "cpus")) != point)
		return "is there twice";
	return NULL;
}

static const char *share_fault(const json_t *point)
{
	if (!is_share(json_object_get(point, "atomic_share")))
		return "has no share of atomic callers";
	return run_fault(point);
}

static const char *budget_fault(const json_t *entry)
{
	if (!text(entry, "discipline") || !text(entry, "caller"))
		return "has no discipline or no caller";
	if (member_count(entry, "budget_ns") < 1)
		return "has no budget";
	if (json_object_get(entry, "cpus") && member_count(entry, "cpus") < 1)
		return "has no whole number of CPUs";
	return NULL;
}

static const char *counted_fault(const json_t *waits)
{
	static const char *const counts[] = { "contentions", "wait_ns",
					      "wait_max_ns" };

	for (size_t k = 0; k < ARRAY_SIZE(counts); k++)
		if (member_count(waits, counts[k]) < 0)
			return "has a count that is not a whole number";
	if (member_count(waits, "wait_max_ns") > member_count(waits, "wait_ns"))
		return "has a wait that is longer than all";
	return NULL;
}

static const char *measured_fault(const json_t *point)
{
	const json_t *gate = json_object_get(point, "gate");
	const char *what = counted_fault(point);

	if (member_count(point, "cpus") < 1)
		return "has no number of CPUs";
	return what || !gate ? what : counted_fault(gate);
}

/* What the model is held against. */
static const char *compared_fault(const json_t *point)
{
	static const char *const means[] = { "wait_mean_ns", "wait_least_ns",
					     "wait_most_ns", "model_mean_ns" };
	const json_t *mean;

	if (member_count(point, "acquisitions") < 0)
		return "has a count that is not a whole number";
	if (!(json_number_value(json_object_get(point, "hold_mean_ns")) > 0))
		return "has a mean hold that is not above 0";
	/* Perhaps nobody waited. */
	for (size_t k = 0; k < ARRAY_SIZE(means); k++) {
		mean = json_object_get(point, means[k]);
		if (!json_is_number(mean) || json_number_value(mean) < 0)
			return "has a mean wait that is no number from 0 on";
	}
	return NULL;
}

static bool is_compared(const struct record *rec)
{
	return !strcmp(record_str(rec, "variant"),
		       variant_names[V_RAW_UNBOUNDED]);
}

static int check_measured_points(const struct record *rec, const json_t *points)
{
	const json_t *entry;
	const char *what;
	size_t i;

	if (member_count(json_array_get(points, 0), "cpus") != 1)
		return record_bad(rec, "measured.points",
				  "do not begin with one CPU");
	json_array_foreach(points, i, entry)
	{
		what = measured_fault(entry);
		if (!what && is_compared(rec))
			what = compared_fault(entry);
		if (!what && json_object_get(entry, "gate") &&
		    !record_get(rec, "measured.gate_kernel"))
			what = "has a gate of a kernel that is not named";
		if (what)
			return bad(rec, "measured.points", i, what);
	}
	return 0;
}

/* A kernel that waits were measured with is of the series of the holds. */
static int check_series(const struct record *rec, const char *key)
{
	const char *series = json_string_value(record_get(rec, key));

	if (!series || strcmp(series, record_str(rec, "kernel.series_sha256")))
		return record_bad(rec, key, "is not that of the holds");
	return 0;
}

static int check_measured(const struct record *rec)
{
	static const struct record_key of_measured[] = {
		{ "measured.date", RECORD_DATE },
		{ "measured.qemu", RECORD_TEXT },
		{ "measured.host_cpus", RECORD_COUNT },
		{ "measured.window_ms", RECORD_COUNT },
		{ "measured.kernel.series_sha256", RECORD_TEXT },
		{ "measured.kernel.config_sha256", RECORD_TEXT },
	};

	if (!record_get(rec, "measured"))
		return 0;
	if (record_check(rec, of_measured, ARRAY_SIZE(of_measured)) ||
	    check_series(rec, "measured.kernel.series_sha256"))
		return -1;
	if (record_get(rec, "measured.gate_kernel") &&
	    check_series(rec, "measured.gate_kernel.series_sha256"))
		return -1;
	return check_measured_points(rec, record_get(rec, "measured.points"));
}

static int check(const struct record *rec)
{
	const json_t *points = record_get(rec, "points"), *entry;
	const char *what;
	size_t i;

	if (strcmp(record_str(rec, "source"), "model"))
		return record_bad(rec, "source", "is not model");
	if (!is_share(record_get(rec, "model.atomic")))
		return record_bad(rec, "model.atomic", "is not a share");
	if (!is_share(record_get(rec, "utilisation")))
		return record_bad(rec, "utilisation", "is not a share");
	if (!record_int(rec, "hold.max_ns"))
		return record_bad(rec, "hold.max_ns", "is 0");
	if (!json_array_size(points))
		return record_bad(rec, "points",
				  points ? "is not a list of points" :
					   "is missing");
	json_array_foreach(points, i, entry)
	{
		what = point_fault(rec, entry);
		if (what)
			return bad(rec, "points", i, what);
	}
	json_array_foreach(record_get(rec, "shares"), i, entry)
	{
		what = share_fault(entry);
		if (what)
			return bad(rec, "shares", i, what);
	}
	json_array_foreach(record_get(rec, "breaks"), i, entry)
	{
		what = budget_fault(entry);
		if (what)
			return bad(rec, "breaks", i, what);
	}
	return check_measured(rec);
}

/* What is not made from the published holds nobody could make again. */
static int check_holds(const struct record *rec, const struct record *holds)
{
	if (!holds)
		return record_bad(rec, "holds",
				  "is of holds that are not there");
	if (strcmp(record_str(rec, "holds.date"), record_str(holds, "date")) ||
	    !json_equal(record_get(rec, "holds.nr"),
			record_get(holds, "locks.zone.holds")))
		return record_bad(
			rec, "holds",
			"is of other holds than those that are there");
	return 0;
}

int contention_read(struct matrix *m, const char *dir,
		    const struct matrix *holds, const struct grid *grid)
{
	static const struct matrix_kind kind = {
		.keys = keys,
		.nr_keys = ARRAY_SIZE(keys),
		.same = same,
		.nr_same = ARRAY_SIZE(same),
		.check = check,
	};

	if (matrix_read(m, dir, &kind, grid))
		return -1;
	for (int v = 0; v < NR_VARIANTS; v++)
		for (int l = 0; l < NR_LOADS; l++)
			if (matrix_find(m, v, l) &&
			    check_holds(matrix_find(m, v, l),
					matrix_find(holds, v, l))) {
				matrix_free(m);
				return -1;
			}
	return 0;
}

bool contention_has_way(const json_t *point, const struct contention_way *way)
{
	return !strcmp(text(point, "discipline"), way->discipline) &&
	       member_count(point, "handoff_ns") == way->handoff_ns;
}

bool contention_way(const struct record *rec, size_t i,
		    struct contention_way *way)
{
	const json_t *point;
	size_t p;

	*way = (struct contention_way){ "", -1 };
	json_array_foreach(record_get(rec, "points"), p, point)
	{
		/* The points of a way follow each other. */
		if (contention_has_way(point, way))
			continue;
		way->discipline = text(point, "discipline");
		way->handoff_ns = member_count(point, "handoff_ns");
		if (!i--)
			return true;
	}
	return false;
}

const json_t *contention_point(const struct record *rec,
			       const struct contention_way *way, long long cpus)
{
	const json_t *point;
	size_t p;

	json_array_foreach(record_get(rec, "points"), p,
			   point) if (text(point, "discipline") &&
				      contention_has_way(point, way) &&
				      member_count(point, "cpus") ==
					      cpus) return point;
	return NULL;
}

bool contention_wait(const json_t *point, enum caller caller, struct wait *wait)
{
	const json_t *of = json_object_get(point, caller_names[caller]);

	*wait = (struct wait){
		.mean_ns = member_count(of, "wait_mean_ns"),
		.p9999_ns = member_count(of, "wait_p9999_ns"),
		.max_ns = member_count(of, "wait_max_ns"),
		.total_mean_ns = member_count(of, "total_mean_ns"),
		.total_max_ns = member_count(of, "total_max_ns"),
	};
	return of != NULL;
}

long long contention_breaks(const struct record *rec, const char *discipline,
			    enum caller caller, long long budget_ns)
{
	const json_t *entry;
	size_t i;

	json_array_foreach(
		record_get(rec, "breaks"), i,
		entry) if (!strcmp(text(entry, "discipline"), discipline) &&
			   !strcmp(text(entry, "caller"),
				   caller_names[caller]) &&
			   member_count(entry, "budget_ns") ==
				   budget_ns) return json_object_get(entry,
								     "cpus") ?
		member_count(entry, "cpus") :
		0;
	return -1;
}

static double number(const json_t *object, const char *key)
{
	return json_number_value(json_object_get(object, key));
}

bool contention_shares(const struct record *rec, const char *discipline,
		       long long cpus, long long limit_ns, double *most,
		       double *breaks)
{
	const json_t *point;
	size_t i;

	*most = *breaks = 0;
	json_array_foreach(record_get(rec, "shares"), i, point)
	{
		double share = number(point, "atomic_share");
		struct wait wait;

		if (strcmp(text(point, "discipline"), discipline) ||
		    member_count(point, "cpus") != cpus ||
		    json_is_true(json_object_get(point, "measured")))
			continue;
		*most = fmax(*most, share);
		if (contention_wait(point, C_PREEMPTIBLE, &wait) &&
		    wait.max_ns > limit_ns && (!*breaks || share < *breaks))
			*breaks = share;
	}
	return *most > 0;
}

/* Whether a point has the share that was measured, or if that is NULL @assumed. */
static bool has_share(const json_t *point, const double *assumed)
{
	if (json_is_true(json_object_get(point, "measured")))
		return !assumed;
	return assumed && number(point, "atomic_share") == *assumed;
}

/* The longest waits of the points that has_share(), and that share. */
static bool longest_waits(const struct record *rec, const char *discipline,
			  long long cpus, const double *assumed, double *share,
			  long long max_ns[NR_CALLERS])
{
	const json_t *point;
	bool found = false;
	size_t i;

	max_ns[C_PREEMPTIBLE] = max_ns[C_ATOMIC] = -1;
	json_array_foreach(record_get(rec, "shares"), i, point)
	{
		if (strcmp(text(point, "discipline"), discipline) ||
		    member_count(point, "cpus") != cpus ||
		    !has_share(point, assumed))
			continue;
		found = true;
		*share = number(point, "atomic_share");
		for (int c = 0; c < NR_CALLERS; c++) {
			struct wait wait;

			if (contention_wait(point, c, &wait) &&
			    wait.max_ns > max_ns[c])
				max_ns[c] = wait.max_ns;
		}
	}
	return found;
}

bool contention_as_measured(const struct record *rec, const char *discipline,
			    long long cpus, double *share,
			    long long max_ns[NR_CALLERS])
{
	return longest_waits(rec, discipline, cpus, NULL, share, max_ns);
}

bool contention_as_assumed(const struct record *rec, const char *discipline,
			   long long cpus, long long max_ns[NR_CALLERS])
{
	double assumed = json_number_value(record_get(rec, "model.atomic"));
	double share;

	return longest_waits(rec, discipline, cpus, &assumed, &share, max_ns);
}

bool contention_measured(const struct record *rec, size_t i,
			 struct contention_check *check)
{
	const json_t *points = record_get(rec, "measured.points");
	const json_t *alone = json_array_get(points, 0);
	const json_t *point = json_array_get(points, i + 1);

	if (!point || !json_object_get(point, "model_mean_ns"))
		return false;
	*check = (struct contention_check){
		.cpus = member_count(point, "cpus"),
		.acquisitions = member_count(point, "acquisitions"),
		.contentions = member_count(point, "contentions"),
		.hold_ns = number(point, "hold_mean_ns"),
		.alone_hold_ns = number(alone, "hold_mean_ns"),
		.measured_ns = number(point, "wait_mean_ns"),
		.least_ns = number(point, "wait_least_ns"),
		.most_ns = number(point, "wait_most_ns"),
		.max_ns = member_count(point, "wait_max_ns"),
		.model_ns = number(point, "model_mean_ns"),
		.has_cpus = member_count(point, "cpus") <=
			    record_int(rec, "measured.host_cpus"),
	};
	return true;
}

static struct contention_waits counted_waits(const json_t *waits)
{
	long long nr = member_count(waits, "contentions");

	return (struct contention_waits){
		.nr = nr,
		.mean_ns = nr > 0 ? number(waits, "wait_ns") / nr : 0,
		.max_ns = member_count(waits, "wait_max_ns"),
	};
}

bool contention_counted(const struct record *rec, size_t i,
			struct contention_counted *counted)
{
	const json_t *point =
		json_array_get(record_get(rec, "measured.points"), i + 1);

	if (!point)
		return false;
	*counted = (struct contention_counted){
		.cpus = member_count(point, "cpus"),
		.queue = counted_waits(point),
		.gate = counted_waits(json_object_get(point, "gate")),
		.has_cpus = member_count(point, "cpus") <=
			    record_int(rec, "measured.host_cpus"),
	};
	return true;
}

bool contention_agrees(const struct contention_check *check)
{
	return fabs(check->model_ns - check->measured_ns) * 100 <=
	       CONTENTION_ERROR * check->measured_ns;
}

bool contention_nth(const struct matrix *m, size_t n, enum load *l,
		    struct contention_check *check)
{
	for (int v = 0; v < NR_VARIANTS; v++)
		for (*l = 0; *l < NR_LOADS; ++*l) {
			const struct record *rec = matrix_find(m, v, *l);

			for (size_t i = 0;
			     rec && contention_measured(rec, i, check); i++)
				if (!n--)
					return true;
		}
	return false;
}

enum contention_state contention_checked(const struct matrix *m)
{
	enum contention_state state = CONTENTION_UNCHECKED;
	struct contention_check check;
	enum load l;

	for (size_t n = 0; contention_nth(m, n, &l, &check); n++) {
		if (!check.has_cpus)
			continue;
		if (!contention_agrees(&check))
			return CONTENTION_OFF;
		state = CONTENTION_NEAR;
	}
	return state;
}

/* Variant, load and source of a file, to be added to. */
static json_t *begin_entry(const struct record *rec)
{
	json_t *entry = json_pack("{sO sO sO}", "variant",
				  record_get(rec, "variant"), "load",
				  record_get(rec, "load"), "source",
				  record_get(rec, "source"));

	if (!entry)
		errx(1, "out of memory");
	return entry;
}

/* One entry a point and kind of callers. */
static void add_points(json_t *list, const struct record *rec)
{
	static const char *const copied[] = { "discipline", "handoff_ns",
					      "cpus", "utilisation",
					      "operations_per_s" };
	static const char *const waits[] = { "wait_mean_ns", "wait_p9999_ns",
					     "wait_max_ns", "total_mean_ns",
					     "total_max_ns" };
	const json_t *point;
	size_t i;

	json_array_foreach(record_get(rec, "points"), i,
			   point) for (int c = 0; c < NR_CALLERS; c++)
	{
		json_t *of = json_object_get(point, caller_names[c]);
		json_t *entry;

		if (!of)
			continue;
		entry = begin_entry(rec);
		json_object_set_new(entry, "caller",
				    json_string(caller_names[c]));
		for (size_t k = 0; k < ARRAY_SIZE(copied); k++)
			json_object_set(entry, copied[k],
					json_object_get(point, copied[k]));
		for (size_t k = 0; k < ARRAY_SIZE(waits); k++)
			json_object_set(entry, waits[k],
					json_object_get(of, waits[k]));
		json_array_append_new(list, entry);
	}
}

/* Where nobody waited there is no mean and no longest wait. */
static void set_counted(json_t *entry, const struct contention_waits *waits,
			const char *nr, const char *mean, const char *max)
{
	if (waits->nr < 0)
		return;
	json_object_set_new(entry, nr, json_integer(waits->nr));
	if (!waits->nr)
		return;
	json_object_set_new(entry, mean, json_real(waits->mean_ns));
	json_object_set_new(entry, max, json_integer(waits->max_ns));
}

/* One entry a number of CPUs whose waits were measured. */
static void add_counted(json_t *list, const struct record *rec)
{
	struct contention_counted counted;
	struct contention_check check;
	size_t i;

	for (i = 0; contention_counted(rec, i, &counted); i++) {
		json_t *entry = begin_entry(rec);

		json_object_set_new(entry, "source", json_string("measured"));
		json_object_set_new(entry, "cpus", json_integer(counted.cpus));
		if (contention_measured(rec, i, &check))
			json_object_set_new(entry, "wait_mean_ns",
					    json_real(check.measured_ns));
		set_counted(entry, &counted.queue, "contentions",
			    "waited_mean_ns", "wait_max_ns");
		set_counted(entry, &counted.gate, "gate_contentions",
			    "gate_waited_mean_ns", "gate_wait_max_ns");
		json_array_append_new(list, entry);
	}
}

/* One entry a number of CPUs that the model was held against. */
static void add_measured(json_t *list, const struct record *rec)
{
	struct contention_check check;
	size_t i;

	for (i = 0; contention_measured(rec, i, &check); i++) {
		json_t *entry = begin_entry(rec);

		json_object_set_new(entry, "source", json_string("measured"));
		json_object_set_new(entry, "cpus", json_integer(check.cpus));
		json_object_set_new(entry, "hold_mean_ns",
				    json_real(check.hold_ns));
		json_object_set_new(entry, "wait_mean_ns",
				    json_real(check.measured_ns));
		json_object_set_new(entry, "model_mean_ns",
				    json_real(check.model_ns));
		json_array_append_new(list, entry);
	}
}

static void add_budgets(json_t *list, const struct record *rec)
{
	json_t *breaks = record_get(rec, "breaks"), *from;
	size_t i;

	json_array_foreach(breaks, i, from)
	{
		json_t *entry = begin_entry(rec);

		json_object_update(entry, from);
		json_array_append_new(list, entry);
	}
}

void contention_summarize(const struct matrix *m, json_t *summary)
{
	json_t *points, *budgets, *checks;

	if (!m->nr)
		return;
	points = json_array();
	budgets = json_array();
	checks = json_array();
	for (int v = 0; v < NR_VARIANTS; v++)
		for (int l = 0; l < NR_LOADS; l++) {
			const struct record *rec = matrix_find(m, v, l);

			if (!rec)
				continue;
			add_points(points, rec);
			add_counted(points, rec);
			add_budgets(budgets, rec);
			add_measured(checks, rec);
		}
	json_object_set_new(summary, "contention", points);
	json_object_set_new(summary, "contention_budgets", budgets);
	json_object_set_new(summary, "contention_checks", checks);
}
