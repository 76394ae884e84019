// SPDX-License-Identifier: GPL-2.0
/* The conclusion of COMPARISON.md. Every sentence follows from a rule that is printed with it. */
#include <stdlib.h>
#include <string.h>

#include "chance.h"
#include "report.h"

/* Limits in percent of the figure of none. */
enum { SAME_MAX = 110, EFFECT_2020 = 700 };

/* Whether a * 100 <= percent * b, without rounding. */
static bool within(long long a, long long b, int percent)
{
	return a * 100 <= b * percent;
}

static bool both(const struct report *r, enum variant v, enum load l)
{
	return measured(r->all, v, l) && measured(r->all, V_NONE, l);
}

bool raw_max_ok(const struct latencies *all, enum load l)
{
	return within(all->at[V_RAW][l].max_ns, all->at[V_NONE][l].max_ns,
		      RAW_MAX);
}

bool raw_p9999_ok(const struct latencies *all, enum load l)
{
	return within(all->at[V_RAW][l].p9999_ns, all->at[V_NONE][l].p9999_ns,
		      RAW_P9999);
}

/*
 * Whether raw keeps to the limit just because of one seed of none. With one seed that
 * cannot be told.
 */
static bool by_one_seed(const struct latencies *all, enum load l)
{
	return raw_max_ok(all, l) && all->at[V_NONE][l].nr_seeds > 1 &&
	       !within(all->at[V_RAW][l].max_ns,
		       seed_max(&all->at[V_NONE][l], 1), RAW_MAX);
}

/* Whether the seeds of raw and none can be dealt out anew: each has as many wakeups. */
static bool alike(const struct report *r, enum load l)
{
	const struct latency *raw = &r->all->at[V_RAW][l],
			     *none = &r->all->at[V_NONE][l];

	return raw->hist.total * (long long)none->nr_seeds ==
	       none->hist.total * (long long)raw->nr_seeds;
}

static double chance(const struct report *r, enum load l, long long num,
		     long long den, bool above)
{
	const struct latency *raw = &r->all->at[V_RAW][l],
			     *none = &r->all->at[V_NONE][l];

	return chance_of_ratio(raw->seed_max_ns, raw->nr_seeds,
			       none->seed_max_ns, none->nr_seeds, num, den,
			       above);
}

/* That kernels which do not differ break the rule about the maximum. */
static double chance_of_no(const struct report *r, enum load l)
{
	return chance(r, l, RAW_MAX, 100, true);
}

/* That their ratio is as large as the measured one. */
static double chance_of_max(const struct report *r, enum load l)
{
	long long raw = r->all->at[V_RAW][l].max_ns,
		  none = r->all->at[V_NONE][l].max_ns;

	if (raw > none)
		return chance(r, l, raw, none, false);
	/* All but those in which the ratio, the other way round, is larger than it is. */
	return 1 - chance_of_ratio(r->all->at[V_NONE][l].seed_max_ns,
				   r->all->at[V_NONE][l].nr_seeds,
				   r->all->at[V_RAW][l].seed_max_ns,
				   r->all->at[V_RAW][l].nr_seeds, none, raw,
				   true);
}

static bool same_max(const struct report *r, enum load l)
{
	long long a = r->all->at[V_NO_LOCKS][l].max_ns,
		  b = r->all->at[V_NONE][l].max_ns;

	return within(a, b, SAME_MAX) && within(b, a, SAME_MAX);
}

const char *verdict(const struct report *r, int good, int known)
{
	if (good < known)
		return "No";
	return known == (int)r->grid->nr_loads ?
		       "Yes" :
		       "Not known yet, loads are missing";
}

static bool raw_ok(const struct latencies *all, enum load l)
{
	return raw_max_ok(all, l) && raw_p9999_ok(all, l);
}

int count_raw_loads(const struct latencies *all, int *good)
{
	int known = 0;

	*good = 0;
	for (int l = 0; l < NR_LOADS; l++)
		if (measured(all, V_RAW, l) && measured(all, V_NONE, l)) {
			known++;
			*good += raw_ok(all, l);
		}
	return known;
}

void say_raw_loads(FILE *md, const struct latencies *all)
{
	const char *sep = "; not in ";
	int good, known = count_raw_loads(all, &good);

	fprintf(md, "%d of %d loads", good, known);
	for (int l = 0; l < NR_LOADS; l++)
		if (measured(all, V_RAW, l) && measured(all, V_NONE, l) &&
		    !raw_ok(all, l)) {
			fprintf(md, "%s%s (max x%.2f, p99.99 x%.2f)", sep,
				load_names[l], max_ratio(all, V_RAW, l),
				p9999_ratio(all, V_RAW, l));
			sep = ", ";
		}
}

/* What a reader has to know of loads that count as kept. */
static void caveats(const struct report *r)
{
	const char *sep = " Without the latest seed of `none` it would not in ";

	for (int l = 0; l < NR_LOADS; l++)
		if (both(r, V_RAW, l) && by_one_seed(r->all, l)) {
			fprintf(r->md, "%s%s (x%.2f)", sep, load_names[l],
				(double)r->all->at[V_RAW][l].max_ns /
					seed_max(&r->all->at[V_NONE][l], 1));
			sep = ", ";
		}
	if (*sep == ',')
		fputc('.', r->md);
	sep = " Beside as many wakeups the load did other work than under `none` in ";
	for (int l = 0; l < NR_LOADS; l++)
		if (both(r, V_RAW, l) && other_work(r->all, V_RAW, l)) {
			fprintf(r->md, "%s%s (x%.2f the rounds)", sep,
				load_names[l], work_ratio(r->all, V_RAW, l));
			sep = ", ";
		}
	if (*sep == ',')
		fputc('.', r->md);
}

static void raw_bullet(const struct report *r)
{
	double all_good = 1;
	int good, known = count_raw_loads(r->all, &good);

	for (int l = 0; l < NR_LOADS; l++)
		if (both(r, V_RAW, l))
			all_good *= alike(r, l) ? 1 - chance_of_no(r, l) : 0;
	fprintf(r->md,
		"- **Does `raw`, with its holds bounded, keep the latency of `none`? %s.** It does in ",
		verdict(r, good, known));
	say_raw_loads(r->md, r->all);
	fprintf(r->md,
		". (Rule: in every load the maximum is at most x%.2f and p99.99 at most x%.2f.)",
		RAW_MAX / 100.0, RAW_P9999 / 100.0);
	if (all_good > 0)
		fprintf(r->md,
			" Two kernels that do not differ keep to x%.2f in all of these loads with a chance of %.2f, see below.",
			RAW_MAX / 100.0, all_good);
	caveats(r);
	fputc('\n', r->md);
}

static void effect_bullet(const struct report *r)
{
	static const enum load loads[] = { L_PAGECACHE, L_ANON };
	bool seen = false, known = false, all_known = true;
	const char *sep = " Its maximum is ";

	for (size_t i = 0; i < 2; i++) {
		bool is_known = both(r, V_RAW_UNBOUNDED, loads[i]);

		known |= is_known;
		all_known &= is_known;
		if (is_known)
			seen |= r->all->at[V_RAW_UNBOUNDED][loads[i]].max_ns *
					100 >=
				r->all->at[V_NONE][loads[i]].max_ns *
					EFFECT_2020;
	}
	fprintf(r->md,
		"- **Does `raw-unbounded`, types changed and nothing else, show the effect of 2020? %s.**",
		seen	  ? "Yes" :
		all_known ? "No" :
			    "Not known yet, loads are missing");
	for (size_t i = 0; i < 2; i++)
		if (both(r, V_RAW_UNBOUNDED, loads[i])) {
			fprintf(r->md, "%sx%.2f in %s", sep,
				max_ratio(r->all, V_RAW_UNBOUNDED, loads[i]),
				load_names[loads[i]]);
			sep = " and ";
		}
	fprintf(r->md, "%s (Rule: at least x%d in pagecache or anon.)\n",
		known ? "." : "", EFFECT_2020 / 100);
}

/* The largest maximum of a seed as a factor of the smallest. */
static double seed_spread(const struct report *r, enum variant v, enum load l)
{
	const struct latency *its = &r->all->at[v][l];
	long long low = its->seed_max_ns[0], high = low;

	for (size_t s = 1; s < its->nr_seeds; s++) {
		if (its->seed_max_ns[s] < low)
			low = its->seed_max_ns[s];
		if (its->seed_max_ns[s] > high)
			high = its->seed_max_ns[s];
	}
	return (double)high / low;
}

/* Whether none and no-locks, too, were measured so often that their maxima compare. */
static bool as_often(const struct report *r, enum load l)
{
	return both(r, V_NO_LOCKS, l) &&
	       r->all->at[V_NO_LOCKS][l].hist.total ==
		       r->all->at[V_NONE][l].hist.total;
}

static void same_bullet(const struct report *r)
{
	int known = 0, good = 0, measured = 0;
	const char *sep = "";

	for (int l = 0; l < NR_LOADS; l++) {
		measured += both(r, V_NO_LOCKS, l);
		if (as_often(r, l)) {
			known++;
			good += same_max(r, l);
		}
	}
	fputs("- **Do `none` and `no-locks`, which differ only for callers in raw atomic context and for kfree_rcu(), agree?",
	      r->md);
	if (measured && !known)
		fputs(" Not comparable.** `none` has more wakeups, of which the largest is the larger for that alone",
		      r->md);
	else
		fprintf(r->md, " %s.** They do in %d of %d loads",
			verdict(r, good, known), good, known);
	for (int l = 0; l < NR_LOADS; l++)
		if (as_often(r, l) && !same_max(r, l)) {
			fprintf(r->md,
				"%s%s (`no-locks` %+.1f %%; from seed to seed the maximum goes up to x%.2f for `none` alone and x%.2f for `no-locks`)",
				*sep ? sep : "; not in ", load_names[l],
				(max_ratio(r->all, V_NO_LOCKS, l) - 1) * 100,
				seed_spread(r, V_NONE, l),
				seed_spread(r, V_NO_LOCKS, l));
			sep = ", ";
		}
	fprintf(r->md,
		". (Rule: of as many wakeups, the larger maximum is at most x%.2f of the smaller.)",
		SAME_MAX / 100.0);
	fputc('\n', r->md);
}

static void worst_table(const struct report *r)
{
	char a[NS_TEXT], b[NS_TEXT], c[NS_TEXT], d[NS_TEXT];

	fputs("\n| variant | worst factor of the maximum | in load | its maximum, ns | of wakeups | maximum of `none`, ns | of wakeups |\n"
	      "|---|---:|---|---:|---:|---:|---:|\n",
	      r->md);
	for (int v = V_NONE + 1; v < NR_VARIANTS; v++) {
		const struct latency *its, *none;
		int worst = -1;

		for (int l = 0; l < NR_LOADS; l++)
			if (both(r, v, l) &&
			    (worst < 0 || max_ratio(r->all, v, l) >
						  max_ratio(r->all, v, worst)))
				worst = l;
		if (worst < 0) {
			fprintf(r->md, "| `%s` | – | – | – | – | – | – |\n",
				variant_names[v]);
			continue;
		}
		its = &r->all->at[v][worst];
		none = &r->all->at[V_NONE][worst];
		fprintf(r->md, "| `%s` | x%.2f | %s | %s | %s | %s | %s |\n",
			variant_names[v], max_ratio(r->all, v, worst),
			load_names[worst], ns_text(a, its->max_ns),
			ns_text(b, its->hist.total), ns_text(c, none->max_ns),
			ns_text(d, none->hist.total));
	}
}

static void raw_row(const struct report *r, enum load l)
{
	const struct latency *raw = &r->all->at[V_RAW][l],
			     *none = &r->all->at[V_NONE][l];
	double work = work_ratio(r->all, V_RAW, l);

	fprintf(r->md, "| %s | x%.2f | %s |", load_names[l],
		max_ratio(r->all, V_RAW, l),
		raw_max_ok(r->all, l) ? "yes" : "**no**");
	if (none->nr_seeds > 1)
		fprintf(r->md,
			by_one_seed(r->all, l) ? " **x%.2f** |" : " x%.2f |",
			(double)raw->max_ns / seed_max(none, 1));
	else
		fputs(" – |", r->md);
	fprintf(r->md, " x%.2f |",
		seed_max_median(raw) / seed_max_median(none));
	if (alike(r, l))
		fprintf(r->md, " %.2f | %.2f |", chance_of_max(r, l),
			chance_of_no(r, l));
	else
		fputs(" – | – |", r->md);
	fprintf(r->md, " x%.2f | %s |", p9999_ratio(r->all, V_RAW, l),
		raw_p9999_ok(r->all, l) ? "yes" : "**no**");
	fprintf(r->md,
		other_work(r->all, V_RAW, l) ? " **x%.2f** |\n" : " x%.2f |\n",
		work);
}

static void raw_table(const struct report *r)
{
	fprintf(r->md,
		"\n`raw` against the rule, load by load:\n\n"
		"| load | maximum | at most x%.2f | without `none`'s latest seed | medians of the seeds' maxima | by chance | chance of no | p99.99 | at most x%.2f | rounds of the load |\n"
		"|---|---:|---|---:|---:|---:|---:|---:|---|---:|\n",
		RAW_MAX / 100.0, RAW_P9999 / 100.0);
	for (int l = 0; l < NR_LOADS; l++) {
		if (!r->grid->loads[l])
			continue;
		if (both(r, V_RAW, l))
			raw_row(r, l);
		else
			fprintf(r->md,
				"| %s | – | – | – | – | – | – | – | – | – |\n",
				load_names[l]);
	}
	fputs("\nThe chances are those of kernels that do not differ: of all ways to deal the maxima of the seeds out to `none` and `raw` anew, the share in which the factor is at least as large as it is (*by chance*), and in which it is above the limit (*chance of no*); the exact permutation test. A factor with a large share is no sign of a difference, and one seed that stands out never has a small one: it takes several. Such a seed of `none` gives `raw` room; without it the factor is the one in the fourth column. Rounds are what the load did beside as many wakeups; 1.00 where it did less than fifty.\n",
	      r->md);
}

/* What is missing, if anything is. */
static void unfinished(const struct report *r)
{
	size_t missing = grid_missing(r->grid);
	bool absent = false;

	for (int v = 0; v < NR_VARIANTS; v++)
		absent |= !r->grid->seeds[v].nr;
	if (!missing && !absent)
		return;
	fputs("**Unfinished:", r->md);
	if (missing)
		fprintf(r->md, " %zu of %zu cells are missing", missing,
			missing + r->grid->nr);
	if (absent)
		fprintf(r->md, "%s not measured at all:", missing ? ";" : "");
	for (int v = 0; v < NR_VARIANTS; v++)
		if (!r->grid->seeds[v].nr)
			fprintf(r->md, " `%s`", variant_names[v]);
	fputs("**, shown as –. What follows is from the rest.\n\n", r->md);
}

void write_conclusion(const struct report *r)
{
	fputs("## Conclusion\n\n", r->md);
	unfinished(r);
	fputs("A factor is a figure divided by that of `none` under the same load.\n\n",
	      r->md);
	write_uneven(r);
	raw_bullet(r);
	effect_bullet(r);
	same_bullet(r);
	conclude_holds(r);
	conclude_alloc(r);
	conclude_kfree(r);
	conclude_flooded(r);
	conclude_throughput(r);
	conclude_contention(r);
	conclude_correct(r);
	worst_table(r);
	raw_table(r);
	if (!strcmp(str(r, "accel"), "icount"))
		fputs("\nThese are counted instructions on one CPU, not time on hardware, and nobody contends for a lock: see [what the numbers cannot say](#what-the-numbers-cannot-say).\n",
		      r->md);
	else
		fputs("\nThese are times in a guest: see [what the numbers cannot say](#what-the-numbers-cannot-say).\n",
		      r->md);
}
