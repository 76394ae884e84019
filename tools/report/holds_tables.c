// SPDX-License-Identifier: GPL-2.0
/* The tables of lock holds of COMPARISON.md. */
#include <string.h>

#include "markdown.h"
#include "reach.h"
#include "report.h"

/* The rule: the share of the sites that has to be reached, in percent. */
enum { REACHED = 90 };

/* Where there is none, or none at times, the source says so, or nothing. */
static bool is_bound(const struct site *site)
{
	return *site->bound && !strstr(site->bound, "none");
}

static void site_row(FILE *md, const struct reached *reached)
{
	const struct site *site = &reached->site;
	char ns[NS_TEXT];

	fputs("| ", md);
	markdown_code(md, site->name);
	fprintf(md, " | %s | ", site->lock);
	if (is_bound(site))
		markdown_code(md, site->bound);
	else
		fprintf(md, "**%s**", *site->bound ? site->bound : "none");
	if (reached->by == BY_NONE) {
		fprintf(md, " | not reached | – | – | – | – | – | %s |\n",
			reached->reason ? reached->reason : "–");
		return;
	}
	fprintf(md, " | %s", ns_text(ns, site->holds));
	if (reached->by == BY_OTHER) {
		fprintf(md, " | – | – | – | – | – | %s%s in `%s` |\n",
			reached->test ? "test " : "", reached->name,
			variant_names[reached->variant]);
		return;
	}
	fprintf(md, " | %s", ns_text(ns, site->p9999_ns));
	fprintf(md, " | %s", ns_text(ns, site->max_ns));
	fprintf(md, " | %s", ns_text(ns, site->max_own_ns));
	fprintf(md, " | %s | ",
		site->moves < 0 ? "–" : ns_text(ns, site->moves));
	markdown_chain(md, site->chain);
	fprintf(md, " | %s%s |\n", reached->test ? "test " : "", reached->name);
}

/* How many sites there are, were reached, and have no bound. */
struct site_counts {
	size_t nr, by[BY_NONE + 1], unbounded, unexplained;
};

static struct site_counts count_sites(const struct report *r)
{
	struct site_counts n = { .nr = holds_sites(&r->results->holds, V_RAW) };
	struct reached reached;

	for (size_t i = 0; i < n.nr; i++) {
		reach_site(&r->results->reach, &r->results->holds, i, &reached);
		n.by[reached.by]++;
		n.unbounded += !is_bound(&reached.site);
		n.unexplained += reached.by == BY_NONE && !reached.reason;
	}
	return n;
}

/* "55 of 61 lock sites (90.2 %)", and of which. */
static void say_reached(FILE *md, const struct site_counts *n)
{
	size_t all = n->nr - n->by[BY_NONE], raw = n->nr - n->by[BY_OTHER];

	fprintf(md,
		"%zu of %zu lock sites are (%.1f %%): %zu by a load in `raw`, %zu by a test in `raw`, %zu in another variant only",
		all, n->nr, 100.0 * all / n->nr, n->by[BY_LOAD], n->by[BY_TEST],
		n->by[BY_OTHER]);
	if (n->by[BY_OTHER])
		fprintf(md, "; without these, in `raw`, %zu of %zu (%.1f %%)",
			n->by[BY_LOAD] + n->by[BY_TEST], raw,
			100.0 * (n->by[BY_LOAD] + n->by[BY_TEST]) / raw);
	fputs(". ", md);
}

static void site_count(const struct report *r)
{
	struct site_counts n = count_sites(r);

	fputs("Reached: ", r->md);
	say_reached(r->md, &n);
	if (n.unexplained)
		fprintf(r->md, "For %zu of the others no reason is given. ",
			n.unexplained);
	if (n.unbounded)
		fprintf(r->md, "%zu %s no bound, in bold.\n\n", n.unbounded,
			n.unbounded == 1 ? "has" : "have");
	else
		fputs("All have a bound in the source.\n\n", r->md);
}

/* Whether the measurement of holds disturbs: each run was made once more without. */
static void undisturbed(const struct report *r)
{
	int pairs = 0, equal = 0;

	for (int v = 0; v < NR_VARIANTS; v++)
		for (int l = 0; l < NR_LOADS; l++) {
			const struct record *rec =
				matrix_find(&r->results->holds, v, l);

			if (!rec || !record_get(rec, "undisturbed"))
				continue;
			pairs++;
			equal += json_is_true(record_get(rec, "undisturbed"));
		}
	if (pairs)
		fprintf(r->md,
			" %d of these runs were made once more without measuring holds; in %d of them every wakeup was as late, to the ns, and the load did as many rounds.",
			pairs, equal);
	else
		fputs(" No run was made once more without measuring holds, so it is not shown here that measuring them does not disturb.",
		      r->md);
}

/* What the rows of the tests are. */
static void reach_text(const struct report *r)
{
	const struct reach *reach = &r->results->reach;
	char n[NS_TEXT];

	if (reach->nr)
		fprintf(r->md,
			" A site that no load reaches in `raw` has the figures of the test of bench/reach that does, or else only the number of its holds in another variant, where the lock may sleep and one hold says nothing about `raw`. The tests (one run each, %s wakeups) insert a module, and most have another kernel configuration, a device more or another command line: their figures are not to be compared with those of the loads.",
			ns_text(n, record_int(reach->tests, "samples")));
}

static void site_table(const struct report *r)
{
	const struct matrix *holds = &r->results->holds;
	size_t nr = holds_sites(holds, V_RAW);
	const char *sep = "";
	struct reached reached;
	char n[NS_TEXT];

	fputs("### Holds by site\n\n", r->md);
	if (!nr) {
		fputs("Not measured in `raw`.\n\n", r->md);
		return;
	}
	fputs("Longest time from taking to releasing a lock in `raw`, over the loads",
	      r->md);
	for (int l = 0; l < NR_LOADS; l++)
		if (matrix_find(holds, V_RAW, l)) {
			fprintf(r->md, "%s %s", sep, load_names[l]);
			sep = ",";
		}
	fputs(". *Own* is the longest hold without the interrupts that hit it, which may be another hold.\n\n",
	      r->md);
	site_count(r);
	fputs("| site | lock | bound in the source | holds | p99.99, ns | longest, ns | own, ns | list moves | functions, innermost first | load or test |\n"
	      "|---|---|---|---:|---:|---:|---:|---:|---|---|\n",
	      r->md);
	for (size_t i = 0; i < nr; i++) {
		reach_site(&r->results->reach, holds, i, &reached);
		site_row(r->md, &reached);
	}
	fprintf(r->md,
		"\nMade from: every hold of one run a load (seed %lld, %s wakeups). A site is a place in the source that takes the lock. List moves, functions and load are those of the longest hold, and p99.99 is that of its load. A move takes one block off a list or puts it on one, and is counted where a hold moves many: refill, drain, conversion of a pageblock, isolation; what other sites move is not, nor splits and merges. –: nothing is counted.",
		record_int(matrix_first(holds), "seed"),
		ns_text(n, record_int(matrix_first(holds), "samples")));
	undisturbed(r);
	reach_text(r);
	fputs(" The table cannot say that no longer hold exists, least of all at a site that was not reached; what limits a hold is the bound in the source.\n\n",
	      r->md);
}

/* Whether raw or raw-unbounded holds no longer than none keeps off preemption. */
static bool within_none(const struct report *r, enum variant v, enum load l)
{
	const struct matrix *holds = &r->results->holds;

	return holds_section(holds, v, l, CAUSE_LOCK).max_ns <=
	       holds_section(holds, V_NONE, l, CAUSE_ANY).max_ns;
}

/* Every load takes the locks: where no hold was seen none was measured. */
static bool comparable(const struct report *r, enum variant v, enum load l)
{
	const struct matrix *holds = &r->results->holds;

	return matrix_find(holds, V_NONE, l) &&
	       holds_section(holds, v, l, CAUSE_LOCK).max_ns >= 0;
}

static void section_row(const struct report *r, enum variant v, enum load l,
			enum cause cause)
{
	const struct matrix *holds = &r->results->holds;
	struct section section = holds_section(holds, v, l, cause);
	char ns[NS_TEXT];

	fprintf(r->md, "| %s | `%s` | %s | ", load_names[l], variant_names[v],
		cause == CAUSE_LOCK ? "allocator lock" : "any");
	if (section.max_ns < 0) {
		fprintf(r->md, "%s | ",
			matrix_find(holds, v, l) ? "none seen" : "–");
	} else {
		fprintf(r->md, "%s | ", ns_text(ns, section.max_ns));
	}
	if (v == V_NONE || cause == CAUSE_ANY || !comparable(r, v, l))
		fputs("– | ", r->md);
	else
		fputs(within_none(r, v, l) ? "yes | " : "**no** | ", r->md);
	markdown_chain(r->md, section.chain);
	fputs(" |\n", r->md);
}

/* Allocations in hard interrupt, which keep preemption off from begin to end. */
static void call_rows(const struct report *r)
{
	char ns[NS_TEXT];

	for (int p = 0; p < P_CONTENDED; p++) {
		long long most = longest_call(&r->results->alloc, p);

		if (most >= 0)
			fprintf(r->md,
				"| *pressure %s* | `raw` | allocation in hard interrupt | %s | – | `alloc_pages` |\n",
				pressure_names[p], ns_text(ns, most));
	}
}

static void section_table(const struct report *r)
{
	fputs("### Sections without preemption\n\n"
	      "The longest section with preemption or interrupts off: of any cause in `none` and `raw`, and in `raw` and `raw-unbounded` the longest that has a hold of an allocator lock in it.\n\n"
	      "| load | variant | cause | longest, ns | at most that of `none` | functions, innermost first |\n"
	      "|---|---|---|---:|---|---|\n",
	      r->md);
	for (int l = 0; l < NR_LOADS; l++) {
		if (!r->results->holds.loads[l])
			continue;
		section_row(r, V_NONE, l, CAUSE_ANY);
		section_row(r, V_RAW, l, CAUSE_LOCK);
		section_row(r, V_RAW, l, CAUSE_ANY);
		section_row(r, V_RAW_UNBOUNDED, l, CAUSE_LOCK);
	}
	call_rows(r);
	fputs("\nMade from: the same runs, from the instruction that disables preemption or interrupts to the one that enables both. A wakeup that is due inside such a section waits for its end. The table cannot say how often that happens: the longest section and the latest wakeup need not meet, as the latency tables show.",
	      r->md);
	if (r->results->alloc.nr)
		fputs(" The last rows are the longest calls that gave pages of the probe's [allocations](#latency-of-the-call), orders 0 to 3, beside no load: all of such a call is a section, with the zeroing of the pages and what reading the clock takes. Its bound is that of a refill and, where an order above those of the pcp lists is asked for, of one block; beside other CPUs the queue for `zone->lock` comes on top, which [the model](#many-cpus-and-one-lock) is about.",
		      r->md);
	fputs("\n\n", r->md);
}

void write_holds(const struct report *r)
{
	fputs("## Lock holds\n\n", r->md);
	if (!r->results->holds.nr) {
		fputs("Not measured.\n\n", r->md);
		return;
	}
	site_table(r);
	section_table(r);
}

/* Holds without a bound: no load has them, and a reader has to know them. */
static void say_unbounded(const struct report *r)
{
	const struct matrix *holds = &r->results->holds;
	const char *sep = " Without a bound are the holds of ";
	struct reached reached;
	char ns[NS_TEXT];

	for (size_t i = 0; i < holds_sites(holds, V_RAW); i++) {
		reach_site(&r->results->reach, holds, i, &reached);
		if (is_bound(&reached.site))
			continue;
		fputs(sep, r->md);
		markdown_code(r->md, reached.site.name);
		if (reached.by == BY_LOAD || reached.by == BY_TEST)
			fprintf(r->md, " (up to %s ns in %s)",
				ns_text(ns, reached.site.max_ns), reached.name);
		else
			fputs(" (not reached in `raw`)", r->md);
		sep = ", ";
	}
	if (*sep == ',')
		fputc('.', r->md);
}

static void conclude_reach(const struct report *r)
{
	struct site_counts n = count_sites(r);
	size_t all = n.nr - n.by[BY_NONE];

	fprintf(r->md,
		"- **Are at least %d %% of the lock sites reached by some load or test? %s.** ",
		REACHED,
		!n.nr					      ? "Not measured" :
		all * 100 >= n.nr * REACHED && !n.unexplained ? "Yes" :
								"No");
	if (n.nr)
		say_reached(r->md, &n);
	fprintf(r->md,
		"(Rule: %d %% of all sites in the source, in some variant, and a reason for each of the others.)\n",
		REACHED);
}

void conclude_holds(const struct report *r)
{
	const struct matrix *holds = &r->results->holds;
	int known = 0, good = 0, loads = r->grid->nr_loads;
	const char *sep = "";
	char a[NS_TEXT], b[NS_TEXT];

	fputs("- **Do the allocator's locks keep preemption off in `raw` no longer than it is off in `none` anyway?",
	      r->md);
	for (int l = 0; l < NR_LOADS; l++) {
		if (comparable(r, V_RAW, l)) {
			known++;
			good += within_none(r, V_RAW, l);
		}
	}
	if (!known)
		fputs(" Not measured.**", r->md);
	else
		fprintf(r->md, " %s.** They do in %d of %d loads",
			good < known  ? "No" :
			known < loads ? "Not known yet, loads are missing" :
					"Yes",
			good, known);
	for (int l = 0; l < NR_LOADS; l++)
		if (comparable(r, V_RAW, l) && !within_none(r, V_RAW, l)) {
			fprintf(r->md, "%s%s (%s ns, `none` %s ns)",
				*sep ? sep : "; not in ", load_names[l],
				ns_text(a, holds_section(holds, V_RAW, l,
							 CAUSE_LOCK)
						   .max_ns),
				ns_text(b, holds_section(holds, V_NONE, l,
							 CAUSE_ANY)
						   .max_ns));
			sep = ", ";
		}
	fputs(known ? "." : "", r->md);
	say_unbounded(r);
	fputs(" (Rule: in every load the longest section with preemption or interrupts off that has such a hold in it is at most the longest of any cause in `none`, in one run each.)\n",
	      r->md);
	conclude_reach(r);
}
