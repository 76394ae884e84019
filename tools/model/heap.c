// SPDX-License-Identifier: GPL-2.0
/* A heap with four children a node: half as deep as one with two. */
#include <assert.h>
#include <err.h>
#include <stdlib.h>

#include "heap.h"

enum { CHILDREN = 4 };

void heap_init(struct heap *heap, size_t room)
{
	*heap = (struct heap){ .room = room };
	heap->events = calloc(room, sizeof(*heap->events));
	if (!heap->events)
		err(1, "events");
}

void heap_push(struct heap *heap, uint64_t at_ns, unsigned int id)
{
	size_t i = heap->nr++;

	assert(heap->nr <= heap->room);
	while (i) {
		size_t parent = (i - 1) / CHILDREN;

		if (heap->events[parent].at_ns <= at_ns)
			break;
		heap->events[i] = heap->events[parent];
		i = parent;
	}
	heap->events[i] = (struct event){ at_ns, id };
}

uint64_t heap_next_ns(const struct heap *heap)
{
	return heap->nr ? heap->events[0].at_ns : UINT64_MAX;
}

/* The earliest child of a node, or nr if it has none. */
static size_t earliest_child(const struct heap *heap, size_t i)
{
	size_t first = i * CHILDREN + 1, earliest = first;

	if (first >= heap->nr)
		return heap->nr;
	for (size_t c = first + 1; c < first + CHILDREN && c < heap->nr; c++)
		if (heap->events[c].at_ns < heap->events[earliest].at_ns)
			earliest = c;
	return earliest;
}

unsigned int heap_pop(struct heap *heap)
{
	unsigned int id = heap->events[0].id;
	struct event last = heap->events[--heap->nr];
	size_t i = 0, child;

	while ((child = earliest_child(heap, i)) < heap->nr &&
	       heap->events[child].at_ns < last.at_ns) {
		heap->events[i] = heap->events[child];
		i = child;
	}
	heap->events[i] = last;
	return id;
}

void heap_free(struct heap *heap)
{
	free(heap->events);
	*heap = (struct heap){ 0 };
}
