// SPDX-License-Identifier: GPL-2.0
#include <err.h>
#include <stdlib.h>

#include "latency.h"

/*
 * The latency of @w if the processor did not halt since the wakeup before it, which
 * had the latency @before: the timer is set to the first multiple of the interval
 * that was not over when that one read the clock.
 */
static uint64_t counted(const struct wakeup *w, uint64_t before, uint64_t interval)
{
	return before + (w->read - w[-1].read) - (before / interval + 1) * interval;
}

static void check(struct latencies *l, const struct wakeup *w, size_t i, uint64_t interval)
{
	const int64_t error = l->ns[i] - counted(w, l->ns[i - 1], interval);

	if (w->halts != w[-1].halts)
		return;
	l->checked++;
	if ((uint64_t)llabs(error) > l->error)
		l->error = llabs(error);
}

void latency_compute(struct latencies *l, const struct recording *recording, uint64_t min)
{
	const struct wakeup *w = recording->list;
	uint64_t low = UINT64_MAX;
	size_t i;

	*l = (struct latencies){ .nr = recording->nr };
	l->ns = calloc(l->nr + 1, sizeof(*l->ns));
	if (!l->ns)
		err(1, "latency");
	for (i = 0; i < l->nr; i++)
		if (w[i].bucket && w[i].bucket < low)
			low = w[i].bucket;
	for (i = 0; i < l->nr; i++, w++) {
		if (w->bucket) {
			l->ns[i] = (w->bucket - low) / BUCKET_SIZE + min;
			if (i && l->ns[i - 1])
				check(l, w, i, recording->interval);
			continue;
		}
		l->beyond++;
		if (i && l->ns[i - 1] && w->halts == w[-1].halts)
			l->ns[i] = counted(w, l->ns[i - 1], recording->interval);
		else
			l->unknown++;
	}
}

void latency_free(struct latencies *l)
{
	free(l->ns);
	*l = (struct latencies){ 0 };
}
