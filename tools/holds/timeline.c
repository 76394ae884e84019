// SPDX-License-Identifier: GPL-2.0
#include <err.h>
#include <inttypes.h>
#include <stdlib.h>

#include "timeline.h"

/*
 * A timer that ends a halt does so within this many ns of its expiry: the kernel
 * sets it some 50 ns after it read the clock, in steps of 16 ns. If the halt is
 * farther away, the timer expired before the processor halted, and no time was
 * spent in the halt.
 */
#define HALT_LATE	100

int timeline_make(struct timeline *timeline, const struct recording *recording,
		  const struct window *window, uint64_t latency)
{
	const struct wakeup *w = &recording->list[window->wakeup];
	const struct record *r, *end = window->records + window->nr;
	const uint64_t expiry = w->read - latency;
	const bool halted = w->halt >= expiry && w->halt - expiry <= HALT_LATE;
	const uint64_t begin = halted ? w->halt : expiry;
	uint64_t to;

	*timeline = (struct timeline){ .latency = latency };
	if (window->records[0].now > expiry)
		return -1;
	timeline->list = calloc(window->nr, sizeof(*timeline->list));
	if (!timeline->list)
		err(1, "timeline");
	for (r = window->records; r < end; r++) {
		to = r + 1 < end && r[1].now < w->read ? r[1].now : w->read;
		if (to <= begin || r->now >= to)
			continue;
		timeline->list[timeline->nr] = (struct stretch){ 0, to - expiry, *r };
		if (timeline->nr)
			timeline->list[timeline->nr].from = r->now - expiry;
		timeline->nr++;
	}
	return 0;
}

void timeline_free(struct timeline *timeline)
{
	free(timeline->list);
	*timeline = (struct timeline){ 0 };
}

static const char *state_name(const struct record *what)
{
	if (what->state & STATE_HALTED)
		return "halted";
	if (what->state & STATE_IRQS_OFF)
		return "irqs off";
	if (what->state & STATE_PREEMPT_OFF)
		return "preemption off";
	return "preemptible";
}

static bool within(const struct path *path, const struct path *outer)
{
	while (path && path->depth > outer->depth)
		path = path->parent;
	return path == outer;
}

static const struct path *common(const struct path *a, const struct path *b)
{
	while (a && !within(b, a))
		a = a->parent;
	return a;
}

/* Does @b go on with what @a does, after a call, a return or neither? */
static bool goes_on(const struct record *a, const struct record *b)
{
	return state_name(a) == state_name(b) &&
	       (a->stack == b->stack ? common(a->path, b->path) != NULL :
				       within(a->path, b->path) || within(b->path, a->path));
}

/* The time of a path; by and by with that of what it called. */
struct node {
	const struct path *path;
	double ns;
};

/* The callee before its caller. */
static int compare_depths(const void *a, const void *b)
{
	const struct node *x = a, *y = b;

	if (x->path->depth != y->path->depth)
		return x->path->depth < y->path->depth ? 1 : -1;
	return x->path < y->path ? -1 : x->path > y->path;
}

/*
 * Every path of the @nr stretches and its callers, once, by depth, with its own part
 * of @ns, which has one entry a stretch.
 */
static struct node *collect(const struct stretch *s, size_t nr, const double *ns,
			    size_t *nr_nodes)
{
	size_t i, n = 0, room = 1;
	const struct path *p;
	struct node *list;

	for (i = 0; i < nr; i++)
		room += s[i].what.path->depth + 1;
	list = calloc(room, sizeof(*list));
	if (!list)
		err(1, "timeline");
	for (i = 0; i < nr; i++) {
		list[n++] = (struct node){ s[i].what.path, ns[i] };
		for (p = s[i].what.path->parent; p; p = p->parent)
			list[n++] = (struct node){ p, 0 };
	}
	qsort(list, n, sizeof(*list), compare_depths);
	for (i = 0, *nr_nodes = 0; i < n; i++) {
		if (*nr_nodes && list[*nr_nodes - 1].path == list[i].path)
			list[*nr_nodes - 1].ns += list[i].ns;
		else
			list[(*nr_nodes)++] = list[i];
	}
	return list;
}

/* Adds the time of node @i to its caller's; false if it has none. */
static bool add_to_caller(struct node *nodes, size_t nr, size_t i)
{
	size_t j;

	for (j = i + 1; j < nr; j++) {
		if (nodes[j].path == nodes[i].path->parent) {
			nodes[j].ns += nodes[i].ns;
			return true;
		}
	}
	return false;
}

/*
 * The innermost path in which at least half of the stretches was spent, the
 * outermost of the first if there is none.
 */
static const struct path *main_path(const struct stretch *s, size_t nr)
{
	const double half = (s[nr - 1].to - s->from) / 2.0;
	const struct path *path = s->what.path;
	double *ns = calloc(nr, sizeof(*ns));
	struct node *nodes;
	size_t i, n;

	if (!ns)
		err(1, "timeline");
	for (i = 0; i < nr; i++)
		ns[i] = s[i].to - s[i].from;
	nodes = collect(s, nr, ns, &n);
	for (i = 0; i < n && nodes[i].ns < half; i++)
		add_to_caller(nodes, n, i);
	if (i < n)
		path = nodes[i].path;
	else
		while (path->parent)
			path = path->parent;
	free(nodes);
	free(ns);
	return path;
}

static int compare_sections(const void *a, const void *b)
{
	const struct section *x = a, *y = b;
	const uint64_t m = x->to - x->from, n = y->to - y->from;

	if (m != n)
		return m < n ? 1 : -1;
	return x->from < y->from ? -1 : x->from > y->from;
}

struct section *timeline_sections(const struct timeline *timeline, size_t *nr)
{
	struct section *list = calloc(timeline->nr + 1, sizeof(*list));
	const struct stretch *s = timeline->list, *t, *end = s + timeline->nr;

	if (!list)
		err(1, "timeline");
	for (*nr = 0; s < end; s = t, (*nr)++) {
		for (t = s + 1; t < end && goes_on(&t[-1].what, &t->what); t++)
			;
		list[*nr] = (struct section){ s->from, t[-1].to, state_name(&s->what),
					      main_path(s, t - s) };
	}
	qsort(list, *nr, sizeof(*list), compare_sections);
	return list;
}

/* Time by function, itself alone. */
struct by_name {
	const char *name;
	uint64_t slow, fastest;
};

static int compare_names(const void *a, const void *b)
{
	const struct by_name *x = a, *y = b;

	return x->name < y->name ? -1 : x->name > y->name;
}

/* One for each function of @slow, sorted, @nr of them. */
static struct by_name *names_of(const struct timeline *slow, const struct timeline *fastest,
				size_t *nr)
{
	struct by_name *list = calloc(slow->nr + 1, sizeof(*list)), *found, key;
	size_t i, n = 0;

	if (!list)
		err(1, "timeline");
	for (i = 0; i < slow->nr; i++)
		list[i] = (struct by_name){ slow->list[i].what.path->name,
					    slow->list[i].to - slow->list[i].from, 0 };
	qsort(list, slow->nr, sizeof(*list), compare_names);
	for (i = 0; i < slow->nr; i++) {
		if (n && list[n - 1].name == list[i].name)
			list[n - 1].slow += list[i].slow;
		else
			list[n++] = list[i];
	}
	for (i = 0; i < fastest->nr; i++) {
		key.name = fastest->list[i].what.path->name;
		found = bsearch(&key, list, n, sizeof(*list), compare_names);
		if (found)
			found->fastest += fastest->list[i].to - fastest->list[i].from;
	}
	*nr = n;
	return list;
}

static int compare_excesses(const void *a, const void *b)
{
	const struct excess *x = a, *y = b;

	if (x->ns != y->ns)
		return x->ns < y->ns ? 1 : -1;
	return x->path < y->path ? -1 : x->path > y->path;
}

/* The paths of @slow with their own excess. */
static struct node *own_excess(const struct timeline *slow, const struct timeline *fastest,
			       size_t *nr)
{
	double *ns = calloc(slow->nr + 1, sizeof(*ns));
	struct by_name *names, *name, key;
	const struct stretch *s = slow->list;
	struct node *nodes;
	size_t i, nr_names;

	if (!ns)
		err(1, "timeline");
	names = names_of(slow, fastest, &nr_names);
	for (i = 0; i < slow->nr; i++) {
		key.name = s[i].what.path->name;
		name = bsearch(&key, names, nr_names, sizeof(*names), compare_names);
		if (name->slow > name->fastest)
			ns[i] = (double)(s[i].to - s[i].from) *
				(name->slow - name->fastest) / name->slow;
	}
	nodes = collect(s, slow->nr, ns, nr);
	free(names);
	free(ns);
	return nodes;
}

struct excess *timeline_excess(const struct timeline *slow, const struct timeline *fastest,
			       double share, size_t *nr, uint64_t *rest)
{
	size_t n, i;
	struct node *nodes = own_excess(slow, fastest, &n);
	struct excess *list = calloc(n + 1, sizeof(*list));
	const double enough = (slow->latency - fastest->latency) * share;
	double left = 0;

	if (!list)
		err(1, "timeline");
	/* What is not enough counts for the caller. */
	for (i = 0, *nr = 0; i < n; i++) {
		if (nodes[i].ns >= enough && nodes[i].ns >= 1) {
			list[(*nr)++] = (struct excess){ nodes[i].path, nodes[i].ns + 0.5 };
		} else if (!add_to_caller(nodes, n, i)) {
			left += nodes[i].ns;
		}
	}
	free(nodes);
	*rest = left + 0.5;
	qsort(list, *nr, sizeof(*list), compare_excesses);
	return list;
}

/* The calls that stretch @i begins, the outermost first. */
static void print_calls(const struct timeline *timeline, size_t i, const struct path *path,
			FILE *file)
{
	const struct stretch *s = timeline->list;
	size_t j = i;

	if (!path || (i && within(s[i - 1].what.path, path)))
		return;
	print_calls(timeline, i, path->parent, file);
	while (j + 1 < timeline->nr && within(s[j + 1].what.path, path))
		j++;
	fprintf(file, "%8" PRIu64 " %8" PRIu64 "  %-15s%*s%s\n", s[i].from, s[j].to - s[i].from,
		state_name(&s[i].what), 2 * path->depth, "", path->name);
}

void timeline_print(const struct timeline *timeline, FILE *file)
{
	size_t i;

	for (i = 0; i < timeline->nr; i++)
		print_calls(timeline, i, timeline->list[i].what.path, file);
}
