// SPDX-License-Identifier: GPL-2.0
/* Many CPUs and one lock, in COMPARISON.md. */
#include <math.h>
#include <string.h>

#include "contention.h"
#include "report.h"

/* The rule: so many longest holds at most, with so many CPUs. */
enum { RULE_HOLDS = 2, RULE_CPUS = 64 };

/* A share of the callers that is as good as none. */
#define HARDLY 0.01

/* What the tables show; the plots and the files have more. */
static const int shown_cpus[] = { 8, RULE_CPUS, 512 };
static const long long budgets[] = { 30000, 100000 };

/* How much of the time a CPU alone holds the lock, -1 without a file. */
static double share_held(const struct record *rec)
{
	return rec ? json_number_value(record_get(rec, "utilisation")) : -1;
}

/* The file of a variant, under the load in which raw holds the lock most, or NULL. */
static const struct record *of_variant(const struct report *r, enum variant v)
{
	const struct matrix *m = &r->results->contention;
	int heaviest = 0;

	for (int l = 1; l < NR_LOADS; l++)
		if (share_held(matrix_find(m, V_RAW, l)) >
		    share_held(matrix_find(m, V_RAW, heaviest)))
			heaviest = l;
	return matrix_find(m, v, heaviest);
}

static double in_holds(const struct record *rec, long long ns)
{
	return (double)ns / record_int(rec, "hold.max_ns");
}

/* The longest wait with preemption off, -1 if it is not known. */
static long long worst(const struct record *rec,
		       const struct contention_way *way, long long cpus,
		       enum caller caller)
{
	struct wait wait;

	if (!contention_wait(contention_point(rec, way, cpus), caller, &wait))
		return -1;
	return wait.max_ns;
}

/*
 * The longest wait of a caller of raw with preemption off, with each time that its gate
 * was tried to take to be handed over, and that the owner was tried to look at the lock;
 * -1 if it is not known.
 */
static long long worst_of_raw(const struct record *rec, enum caller caller)
{
	long long ns = -1, others[NR_CALLERS];
	struct contention_way way;

	for (size_t i = 0; contention_way(rec, i, &way); i++) {
		long long wait = worst(rec, &way, RULE_CPUS, caller);

		if (strcmp(way.discipline, CONTENTION_RAW))
			continue;
		if (wait < 0)
			return -1;
		ns = wait > ns ? wait : ns;
	}
	contention_as_assumed(rec, CONTENTION_RAW, RULE_CPUS, others);
	return ns >= 0 && others[caller] > ns ? others[caller] : ns;
}

static void ns_cell(FILE *md, long long ns)
{
	char text[NS_TEXT];

	fprintf(md, " %s |", ns >= 0 ? ns_text(text, ns) : "–");
}

static void waits(FILE *md, const struct record *rec, const json_t *point,
		  enum caller caller)
{
	struct wait wait;

	contention_wait(point, caller, &wait);
	ns_cell(md, wait.mean_ns);
	ns_cell(md, wait.p9999_ns);
	ns_cell(md, wait.max_ns);
	if (wait.max_ns >= 0)
		fprintf(md, " %.1f |", in_holds(rec, wait.max_ns));
	else
		fputs(" – |", md);
	if (caller == C_PREEMPTIBLE) {
		ns_cell(md, wait.total_mean_ns);
		ns_cell(md, wait.total_max_ns);
	}
}

static long long operations(const json_t *point)
{
	return json_integer_value(json_object_get(point, "operations_per_s"));
}

static void row(FILE *md, const struct record *rec,
		const struct contention_way *way, int cpus)
{
	const json_t *point = contention_point(rec, way, cpus);

	fprintf(md, "| %s |", way->discipline);
	ns_cell(md, way->handoff_ns);
	fprintf(md, " %d |", cpus);
	for (int c = 0; c < NR_CALLERS; c++)
		waits(md, rec, point, c);
	ns_cell(md, point ? operations(point) : -1);
	if (point)
		fprintf(md, " %.1f %% |\n",
			100 * json_number_value(
				      json_object_get(point, "utilisation")));
	else
		fputs(" – |\n", md);
}

static void breaks(FILE *md, const struct record *rec, const char *discipline)
{
	fprintf(md, "| %s |", discipline);
	for (int c = 0; c < NR_CALLERS; c++)
		for (size_t b = 0; b < ARRAY_SIZE(budgets); b++) {
			long long cpus = contention_breaks(rec, discipline, c,
							   budgets[b]);

			if (cpus > 0)
				fprintf(md, " %lld |", cpus);
			else
				fputs(cpus ? " – |" : " none |", md);
		}
	fputc('\n', md);
}

static void tables(const struct report *r, enum variant v, enum load l)
{
	const struct record *rec = matrix_find(&r->results->contention, v, l);
	char a[NS_TEXT], b[NS_TEXT];
	struct contention_way way;

	fprintf(r->md,
		"### `%s` under %s\n\n"
		"A CPU alone holds `zone->lock` for %.1f %% of the time, %s ns on average and %s ns at most.\n\n"
		"![Waits with preemption off by number of CPUs](%s/contend-%s-%s.svg)\n\n"
		"| discipline | gate handed over in, ns | CPUs | preemptible callers: mean wait with preemption off, ns | p99.99 | longest | in longest holds | mean wait in all | longest wait in all | atomic callers: mean wait | p99.99 | longest | in longest holds | lock operations a second | lock held |\n"
		"|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|\n",
		variant_names[v], load_names[l],
		100 * json_number_value(record_get(rec, "utilisation")),
		ns_text(a, llround(json_number_value(
				   record_get(rec, "hold.mean_ns")))),
		ns_text(b, record_int(rec, "hold.max_ns")), r->plots,
		variant_names[v], load_names[l]);
	for (size_t i = 0; contention_way(rec, i, &way); i++)
		for (size_t c = 0; c < ARRAY_SIZE(shown_cpus); c++)
			row(r->md, rec, &way, shown_cpus[c]);
	fputs("\nThe smallest number of CPUs with a longer wait with preemption off than a budget; none: up to the largest that was simulated.\n\n"
	      "| discipline | preemptible callers, 30 us | 100 us | atomic callers, 30 us | 100 us |\n"
	      "|---|---:|---:|---:|---:|\n",
	      r->md);
	for (size_t i = 0; contention_way(rec, i, &way); i++)
		if (!way.handoff_ns)
			breaks(r->md, rec, way.discipline);
	fputc('\n', r->md);
}

enum { RATIO_TEXT = 16 };

/* What the model says of what was measured: 0.95. */
static char *ratio_text(char text[RATIO_TEXT],
			const struct contention_check *check)
{
	strcpy(text, "–");
	if (check->measured_ns > 0)
		snprintf(text, RATIO_TEXT, "%.2f",
			 check->model_ns / check->measured_ns);
	return text;
}

static void check_row(FILE *md, const struct contention_check *check)
{
	char a[NS_TEXT], b[NS_TEXT], c[NS_TEXT], ratio[RATIO_TEXT];

	fprintf(md,
		"| %lld | %s | %s | %.0f | %.2f | %.1f (%.1f to %.1f) | %.1f | %s | %s | %s |\n",
		check->cpus, ns_text(a, check->acquisitions),
		ns_text(b, check->contentions), check->hold_ns,
		check->hold_ns / check->alone_hold_ns, check->measured_ns,
		check->least_ns, check->most_ns, check->model_ns,
		ratio_text(ratio, check), ns_text(c, check->max_ns),
		contention_agrees(check) ? "yes" :
		check->has_cpus		 ? "**no**" :
					   "no, see below");
}

static void against_guests(const struct report *r, enum variant v, enum load l)
{
	const struct record *rec = matrix_find(&r->results->contention, v, l);
	struct contention_check check;

	if (!contention_measured(rec, 0, &check))
		return;
	fprintf(r->md,
		"The model against guests with several CPUs, each of which runs %s under `%s`; means of all lock operations, in ns of the host:\n\n"
		"| CPUs | lock operations | of them waited | hold | against one CPU's | wait, measured (of one guest) | by the model | model / measured | longest wait, measured | within %d %% |\n"
		"|---:|---:|---:|---:|---:|---:|---:|---:|---:|---|\n",
		load_names[l], variant_names[v], CONTENTION_ERROR);
	for (size_t i = 0; contention_measured(rec, i, &check); i++)
		check_row(r->md, &check);
	fprintf(r->md,
		"\nMade from: `/proc/lock_stat` of kernels that have it (`make waits`), a thread of the host for each CPU, on %lld CPUs of the host. The model gets the shape of the holds and gaps that were counted in instructions, and the means of these very guests: what more CPUs add to a hold is not its matter. Where there are more CPUs than the host has, one that holds the lock may not be running, for as long as the host's scheduler likes: such a wait is none of the lock's, and not in the model.\n\n",
		record_int(rec, "measured.host_cpus"));
}

static void counted_cells(FILE *md, const struct contention_waits *waits)
{
	ns_cell(md, waits->nr);
	ns_cell(md, waits->nr > 0 ? llround(waits->mean_ns) : -1);
	ns_cell(md, waits->nr > 0 ? waits->max_ns : -1);
}

static void counted_rows(const struct report *r, enum variant v, enum load l)
{
	const struct record *rec = matrix_find(&r->results->contention, v, l);
	struct contention_counted counted;

	for (size_t i = 0; rec && contention_counted(rec, i, &counted); i++) {
		fprintf(r->md, "| `%s` | %s | %lld%s |", variant_names[v],
			load_names[l], counted.cpus,
			counted.has_cpus ? "" : ", more than the host has");
		counted_cells(r->md, &counted.queue);
		counted_cells(r->md, &counted.gate);
		fputc('\n', r->md);
	}
}

/* The two disciplines that kernels have, as measured. */
static void side_by_side(const struct report *r)
{
	const struct matrix *m = &r->results->contention;
	bool any = false;

	for (int v = 0; v < NR_VARIANTS; v++)
		for (int l = 0; l < NR_LOADS; l++)
			any |= matrix_find(m, v, l) &&
			       record_get(matrix_find(m, v, l), "measured");
	if (!any)
		return;
	fputs("### Measured waits\n\n"
	      "Guests with several CPUs, each of which runs the load. In `raw-unbounded` all callers queue (`queue`), `raw` has the gate (`gate-spin`): its preemptible callers wait with preemption off only if their time at the lock is up. Means are those of who waited, in ns of the host.\n\n"
	      "| variant | load | CPUs | waited with preemption off | mean wait | longest | slept on the gate | mean wait | longest |\n"
	      "|---|---|---:|---:|---:|---:|---:|---:|---:|\n",
	      r->md);
	for (int l = 0; l < NR_LOADS; l++)
		for (int v = 0; v < NR_VARIANTS; v++)
			counted_rows(r, v, l);
	fputs("\nMade from: `make waits`. Waits with preemption off are those that `/proc/lock_stat` counts of `zone->lock`. It needs lockdep, and with that `zone_lock_irqsave()` of `raw` calls `might_lock()`, which counts as one more lock operation with a hold of its own: numbers of lock operations and mean holds cannot be compared between the two variants, how many waited and how long can. It does not count waits for a lock that sleeps, so those for the gate, with preemption on, are from other guests, whose kernels have tracepoints and no lockdep, by `perf lock`. Their times and those of the queue should not be added up. `spin` and `gate` exist in the model only: no kernel has them, so nothing was measured of them.\n\n",
	      r->md);
}

/* "20 CPUs", "no number of CPUs", or that it is not known. */
static void cpus_text(FILE *md, const struct record *rec, enum caller caller,
		      long long budget_ns)
{
	long long cpus =
		contention_breaks(rec, CONTENTION_QUEUE, caller, budget_ns);

	if (cpus > 0)
		fprintf(md, "%lld CPUs", cpus);
	else
		fputs(cpus ? "a number of CPUs that is not known" :
			     "no number of CPUs",
		      md);
}

/* ", handed over in 3,000 ns,", or nothing if it is handed over at once. */
static void handed_over(char *text, size_t size,
			const struct contention_way *way)
{
	char ns[NS_TEXT];

	*text = '\0';
	if (way->handoff_ns)
		snprintf(text, size, ", handed over in %s ns,",
			 ns_text(ns, way->handoff_ns));
}

/* The longest waits of every way with the number of CPUs of the rule. */
static void others(const struct report *r, const struct record *rec)
{
	const char *sep = "";
	char a[NS_TEXT], b[NS_TEXT], handoff[NS_TEXT + 32];
	struct contention_way way;

	for (size_t i = 0; contention_way(rec, i, &way); i++) {
		long long ns[NR_CALLERS];

		for (int c = 0; c < NR_CALLERS; c++)
			ns[c] = worst(rec, &way, RULE_CPUS, c);
		if (!strcmp(way.discipline, CONTENTION_QUEUE) ||
		    ns[C_PREEMPTIBLE] < 0 || ns[C_ATOMIC] < 0)
			continue;
		handed_over(handoff, sizeof(handoff), &way);
		fprintf(r->md,
			"%s under `%s`%s preemptible callers wait for at most %s ns with preemption off (%.1f longest holds), atomic ones for %s ns",
			sep, way.discipline, handoff,
			ns_text(a, ns[C_PREEMPTIBLE]),
			in_holds(rec, ns[C_PREEMPTIBLE]),
			ns_text(b, ns[C_ATOMIC]));
		sep = ";";
	}
	fputs(*sep ? ". " : " nothing else was simulated. ", r->md);
}

/* What the discipline of raw does a second beside queueing, with those CPUs. */
static void throughputs(const struct report *r, const struct record *rec,
			const json_t *queue)
{
	const char *sep = "";
	char handoff[NS_TEXT + 32];
	struct contention_way way;

	for (size_t i = 0; contention_way(rec, i, &way); i++) {
		const json_t *point = contention_point(rec, &way, RULE_CPUS);

		if (strcmp(way.discipline, CONTENTION_RAW) || !point ||
		    !operations(queue))
			continue;
		handed_over(handoff, sizeof(handoff), &way);
		fprintf(r->md,
			"%s `%s`%s does x%.2f the lock operations of `queue`",
			sep, way.discipline, handoff,
			(double)operations(point) / operations(queue));
		sep = ",";
	}
	if (*sep)
		fputs(".", r->md);
}

static void objection(const struct report *r)
{
	const struct contention_way queue = { CONTENTION_QUEUE, 0 };
	const struct record *raw = of_variant(r, V_RAW),
			    *unbounded = of_variant(r, V_RAW_UNBOUNDED);
	long long ns = raw ? worst(raw, &queue, RULE_CPUS, C_PREEMPTIBLE) : -1;
	bool agrees = ns >
		      RULE_HOLDS * (raw ? record_int(raw, "hold.max_ns") : 0);
	const json_t *point;
	char text[NS_TEXT];

	fputs("**The objection of 2020.** Thomas Gleixner and Sebastian Siewior answered that dropping the lock every few pages does not help much \"if enough CPUs are contending\" (875z9m3xo7.fsf@nanos.tec.linutronix.de, and the messages quoted in [20200813071802.GC9477@dhcp22.suse.cz](https://lore.kernel.org/linux-mm/20200813071802.GC9477@dhcp22.suse.cz/)). ",
	      r->md);
	if (ns < 0) {
		fprintf(r->md,
			"Whether it holds is not known: `raw` was not simulated with %d CPUs that queue.\n\n",
			RULE_CPUS);
		return;
	}
	fprintf(r->md,
		"The model %s, for a lock on which everyone queues: with %d CPUs a preemptible caller of `raw` waits for up to %s ns with preemption off, %.1f of the longest holds. The budget of 30 us is broken by ",
		agrees ? "agrees" : "does not agree", RULE_CPUS,
		ns_text(text, ns), in_holds(raw, ns));
	cpus_text(r->md, raw, C_PREEMPTIBLE, budgets[0]);
	if (unbounded) {
		fputs(", in `raw-unbounded` by ", r->md);
		cpus_text(r->md, unbounded, C_PREEMPTIBLE, budgets[0]);
	}
	if (!agrees) {
		fputs(".\n\n", r->md);
		return;
	}
	fprintf(r->md,
		": bounded holds put off the effect and do not end it. What matters then is how callers wait. With %d CPUs,",
		RULE_CPUS);
	others(r, raw);
	point = contention_point(raw, &queue, RULE_CPUS);
	fprintf(r->md,
		"With so many CPUs, all under %s, the lock is held for %.1f %% of the time under `queue`: how long it takes until a caller has it is then a matter of how many want it, and of how long it is free between two of them.",
		record_str(raw, "load"),
		100 * json_number_value(json_object_get(point, "utilisation")));
	throughputs(r, raw, point);
	fputs("\n\n`raw` takes `zone->lock` by `gate-spin`. Trying with preemption on alone has no order of the callers, see the longest wait in all. A gate has one, but it has to be handed over to a task that sleeps; under `gate` the lock is idle meanwhile, under `gate-spin` whoever comes by may take it, see how long it is held. Callers in raw context queue whatever the discipline: they are what `raw` is for, and cannot wait otherwise.\n\n",
	      r->md);
}

static const char *const checked_texts[] = {
	[CONTENTION_UNCHECKED] =
		"No wait was measured: **whether CPUs that contend behave like this is not known.**",
	[CONTENTION_NEAR] =
		"Mean waits of few emulated CPUs that queue were measured, above, and the model is near those for which the host had a CPU each; it was not held against longest waits, many CPUs, real ones, or another discipline.",
	[CONTENTION_OFF] =
		"Mean waits of few emulated CPUs that queue were measured, above, and **the model is not near them.**",
};

static void made_from(const struct report *r)
{
	const struct matrix *m = &r->results->contention;
	const struct record *rec = matrix_first(m);
	char a[NS_TEXT], b[NS_TEXT];

	fprintf(r->md,
		"Made from: a simulation (`make contend`) of CPUs that each do without the lock for a gap, wait, hold it and begin again, under the load in which `raw` holds the lock for the largest share of the time, and those whose waits were measured, if no other was asked for. Gaps and holds are drawn independently from those that one CPU was measured to have: the lock holds above, those of all zones, in bins of 1 %% whose longest time is taken. Beside its task, a preemptible caller, each CPU has an interrupt that is an atomic one: it comes also while the task waits at the gate, but not while it queues or holds the lock. In the tables and plots %g %% of the callers are atomic where nobody waits, which is assumed: where all are, every discipline is `queue`. The owner of the gate under `gate-spin` queues after %s ns; the kernel counts how often it looks instead (`ZONE_LOCK_POLLS`). A try succeeds the moment the lock is free. A row is %s lock operations, of one seed. %s The model cannot say what contention adds to a hold (cache lines that move, so real holds grow with the number of CPUs), what a try or a queue costs, or which CPU is nearer to the lock and so luckier. Its gaps and holds do not come in the order in which they do in a load, so bursts are missing, and they are those of a CPU that has the whole zone to itself. A longest wait is the longest of so many operations that ended, not a bound: where callers starve, as under `spin`, those that never got the lock are not in it. A number of CPUs with which a budget is broken is found by halving, though a longest wait does not grow evenly.\n\n",
		100 * json_number_value(record_get(rec, "model.atomic")),
		ns_text(a, record_int(rec, "model.patience_ns")),
		ns_text(b, record_int(rec, "model.operations")),
		checked_texts[contention_checked(m)]);
}

void write_contention(const struct report *r)
{
	const struct matrix *m = &r->results->contention;

	fputs("## Many CPUs and one lock\n\n", r->md);
	if (!m->nr) {
		fputs("Not measured.\n\n", r->md);
		return;
	}
	fputs("What CPUs that share one `zone->lock` wait for it, by a model. Its disciplines: `queue`, all callers queue with preemption off, as for any raw spinlock and in `raw-unbounded`; `spin`, preemptible callers try with preemption on, and atomic ones queue; `gate`, preemptible callers first take a gate on which they sleep, and its owner queues with preemption off; `gate-spin`, as in `raw`, preemptible callers try once and take the gate if that fails, and its owner tries with preemption on before it queues. `spin` and `gate` exist in the model only, no kernel has them.\n\n",
	      r->md);
	objection(r);
	for (int v = 0; v < NR_VARIANTS; v++)
		for (int l = 0; l < NR_LOADS; l++)
			if (matrix_find(m, v, l)) {
				tables(r, v, l);
				against_guests(r, v, l);
			}
	side_by_side(r);
	made_from(r);
}

/* From which share of atomic callers on the answer is another one. */
static void more_atomic(FILE *md, const struct record *rec)
{
	double most, breaks;

	if (!contention_shares(rec, CONTENTION_RAW, RULE_CPUS,
			       RULE_HOLDS * record_int(rec, "hold.max_ns"),
			       &most, &breaks))
		fputs(" No other share was simulated.", md);
	else if (breaks)
		fprintf(md,
			" Of the shares that were simulated the smallest that makes it longer than the rule allows is %g %%.",
			100 * breaks);
	else
		fprintf(md,
			" With all shares that were simulated, up to %g %%, it is as short as the rule asks.",
			100 * most);
}

/* How many of the callers of the measured loads are what raw is for. */
static void few_atomic(const struct report *r)
{
	double most = -1;

	for (int l = 0; l < NR_LOADS; l++) {
		const struct record *rec =
			matrix_find(&r->results->holds, V_RAW, l);
		const json_t *zone = rec ? record_get(rec, "locks.zone") : NULL;
		long long atomic = member_count(zone, "atomic");
		long long holds = member_count(zone, "holds");

		if (atomic >= 0 && holds > 0)
			most = fmax(most, (double)atomic / holds);
	}
	if (most < 0)
		return;
	fprintf(r->md,
		" The measured loads have %s callers that cannot be preempted, which `raw` is for: %.3g %% at most.",
		most < HARDLY ? "hardly any" : "some", 100 * most);
}

/* The wait with the share of atomic callers that is assumed, and that of these. */
static void with_assumed(const struct report *r, const struct record *rec)
{
	const struct contention_way queue = { CONTENTION_QUEUE, 0 };
	long long queued = worst(rec, &queue, RULE_CPUS, C_PREEMPTIBLE);
	long long ns = worst_of_raw(rec, C_PREEMPTIBLE);
	long long atomic = worst_of_raw(rec, C_ATOMIC);
	char text[NS_TEXT];

	fprintf(r->md,
		" If %g %% of the callers on every CPU were atomic, which is assumed, it would be %s ns, %.1f holds",
		100 * json_number_value(record_get(rec, "model.atomic")),
		ns_text(text, ns), in_holds(rec, ns));
	if (queued >= 0)
		fprintf(r->md,
			", and [if all callers queued](#many-cpus-and-one-lock) %s ns",
			ns_text(text, queued));
	fputc('.', r->md);
	if (atomic >= 0)
		fprintf(r->md,
			" These atomic callers queue: the longest wait of one is %s ns, %.1f holds.",
			ns_text(text, atomic), in_holds(rec, atomic));
	few_atomic(r);
	more_atomic(r->md, rec);
}

/*
 * The measured points for which the host had CPUs enough, or had not, with what the model
 * says of them, behind @before; nothing without any.
 */
static void points_checked(const struct report *r, bool has_cpus,
			   const char *before)
{
	const struct matrix *m = &r->results->contention;
	const char *sep = before;
	struct contention_check check;
	char ratio[RATIO_TEXT];
	enum load l;

	for (size_t n = 0; contention_nth(m, n, &l, &check); n++) {
		if (check.has_cpus != has_cpus)
			continue;
		fprintf(r->md, "%s %s with %lld CPUs, %s", sep, load_names[l],
			check.cpus, ratio_text(ratio, &check));
		sep = ";";
	}
	if (sep != before)
		fputc('.', r->md);
}

/* What the verdict rests on. */
static void grounds(const struct report *r)
{
	switch (contention_checked(&r->results->contention)) {
	case CONTENTION_OFF:
		fprintf(r->md,
			" The model is off by more than %d %% where waits were measured. It can be because what `/proc/lock_stat` itself takes is in the measured holds, and because the model draws holds and gaps independently, so that bursts are missing.",
			CONTENTION_ERROR);
		break;
	case CONTENTION_NEAR:
		fprintf(r->md,
			" The mean wait of few CPUs that queue was measured, and the model is within %d %% of it; it was not held against a longest wait, or one at the gate.",
			CONTENTION_ERROR);
		break;
	case CONTENTION_UNCHECKED:
		fputs(" No wait was measured that the model could be held against.",
		      r->md);
	}
	points_checked(r, true, " Model / measured:");
	points_checked(
		r, false,
		" Left out, as the host had fewer CPUs, model / measured:");
}

void conclude_contention(const struct report *r)
{
	const struct record *raw = of_variant(r, V_RAW);
	long long assumed = raw ? worst_of_raw(raw, C_PREEMPTIBLE) : -1;
	long long measured[NR_CALLERS];
	double share;
	bool known = assumed >= 0 &&
		     contention_as_measured(raw, CONTENTION_RAW, RULE_CPUS,
					    &share, measured) &&
		     measured[C_PREEMPTIBLE] >= 0;
	long long ns = known ? measured[C_PREEMPTIBLE] : assumed;
	char text[NS_TEXT];

	fprintf(r->md,
		"- **Does a preemptible caller of `raw` keep preemption off no longer than %d holds while %d CPUs wait for `zone->lock`? %s.**",
		RULE_HOLDS, RULE_CPUS,
		ns < 0 ? "Not measured" :
		ns > RULE_HOLDS * record_int(raw, "hold.max_ns") ?
			 "No, by a model" :
			 "Yes, by a model");
	if (ns >= 0)
		grounds(r);
	if (known)
		fprintf(r->md,
			" With the share of atomic callers that %s has, %.3g %%, the longest wait is %s ns, %.1f of the longest holds.",
			record_str(raw, "load"), 100 * share, ns_text(text, ns),
			in_holds(raw, ns));
	if (ns >= 0)
		with_assumed(r, raw);
	fprintf(r->md,
		" (Rule: in the model, a preemptible caller waits for at most %d of the longest holds with preemption off, under the load that holds the lock most, with the share of atomic callers that was measured there, or, if none was, the assumed one, and with each time that was tried for the gate to be handed over, and that its owner looks at the lock before it queues.)\n",
		RULE_HOLDS);
}
