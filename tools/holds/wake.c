// SPDX-License-Identifier: GPL-2.0
#include <err.h>
#include <stdlib.h>

#include "wake.h"

#define RING	(1u << 20)	/* records; a call and its return are two */

void wake_init(struct wake *wake, uint64_t span, uint64_t interval)
{
	*wake = (struct wake){ .span = span, .recording.interval = interval };
	wake->ring = malloc(RING * sizeof(*wake->ring));
	if (!wake->ring)
		err(1, "wakeups");
}

void wake_free(struct wake *wake)
{
	free(wake->ring);
	recording_free(&wake->recording);
}

void wake_record(struct wake *wake, const struct record *record)
{
	const struct record *last = &wake->ring[(wake->nr_records - 1) % RING];

	if (wake->nr_records && last->path == record->path && last->stack == record->stack &&
	    last->state == record->state)
		return;
	if (wake->nr_records && last->now == record->now)
		wake->nr_records--;
	wake->ring[wake->nr_records++ % RING] = *record;
}

void wake_halt(struct wake *wake, uint64_t now)
{
	wake->halts++;
	wake->halt = now;
}

/* Keep what ran before the last wakeup of the list. */
static void keep(struct wake *wake, struct window *window)
{
	const uint64_t read = wake->thread->read;
	const uint64_t oldest = wake->nr_records > RING ? wake->nr_records - RING : 0;
	const uint64_t from = read > wake->span ? read - wake->span : 0;
	uint64_t first = wake->nr_records, i;

	while (first > oldest && (first == wake->nr_records ||
				  wake->ring[first % RING].now > from))
		first--;
	window->nr = wake->nr_records - first;
	if (window->nr > window->room) {
		window->room = 2 * window->nr;
		window->records = reallocarray(window->records, window->room,
					       sizeof(*window->records));
		if (!window->records)
			err(1, "wakeups");
	}
	for (i = 0; i < window->nr; i++)
		window->records[i] = wake->ring[(first + i) % RING];
	window->wakeup = wake->recording.nr - 1;
}

static void add(struct wake *wake, uint64_t bucket)
{
	struct recording *rec = &wake->recording;
	struct wakeup *w;
	uint64_t ns;

	if (rec->nr == rec->room) {
		rec->room = rec->room ? 2 * rec->room : 4096;
		rec->list = reallocarray(rec->list, rec->room, sizeof(*rec->list));
		if (!rec->list)
			err(1, "wakeups");
	}
	w = &rec->list[rec->nr++];
	*w = (struct wakeup){ wake->thread->read, bucket, wake->halts, wake->halt };
	if (bucket && (!wake->low || bucket < wake->low)) {
		wake->low = bucket;
		keep(wake, &rec->fastest);
	}
	if (bucket > wake->high) {
		wake->high = bucket;
		keep(wake, &rec->slowest);
	}
	/*
	 * Behind the last bucket: the slowest is that which came latest after the one
	 * before it was due. explain checks the choice when it knows the latencies.
	 */
	if (!bucket && rec->nr > 1 && w[-1].bucket) {
		ns = w->read - w[-1].read + (w[-1].bucket - wake->low) / BUCKET_SIZE;
		if (ns > wake->longest) {
			wake->longest = ns;
			wake->high = UINT64_MAX;
			keep(wake, &rec->slowest);
		}
	}
}

/* The task if it may be the thread that measures, or NULL. */
static struct sleeper *find(struct wake *wake, uint64_t stack)
{
	if (wake->thread)
		return wake->thread->stack == stack ? wake->thread : NULL;
	for (size_t i = 0; stack && i < SLEEPERS; i++)
		if (wake->sleepers[i].stack == stack)
			return &wake->sleepers[i];
	return NULL;
}

void wake_sleep(struct wake *wake, uint64_t stack)
{
	struct sleeper *sleeper = find(wake, stack);

	if (!sleeper && !wake->thread) {
		sleeper = &wake->sleepers[wake->nr_sleepers++ % SLEEPERS];
		sleeper->stack = stack;
	}
	if (!sleeper)
		return;
	if (wake->thread && sleeper->read)
		add(wake, 0);
	sleeper->read = 0;
}

void wake_read(struct wake *wake, uint64_t stack, uint64_t now)
{
	struct sleeper *sleeper = find(wake, stack);

	if (sleeper)
		sleeper->read = now;
}

void wake_count(struct wake *wake, uint64_t stack, uint64_t addr)
{
	struct sleeper *sleeper = find(wake, stack);

	if (!sleeper || !sleeper->read)
		return;
	wake->thread = sleeper;
	add(wake, addr);
	sleeper->read = 0;
}

void wake_end(struct wake *wake)
{
	if (!wake->thread)
		return;
	if (wake->thread->read)
		add(wake, 0);
	wake->thread->read = 0;
}
