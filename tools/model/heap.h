/* SPDX-License-Identifier: GPL-2.0 */
/* Events to come, the next one first: a heap with four children a node. */
#ifndef MODEL_HEAP_H
#define MODEL_HEAP_H

#include <stddef.h>
#include <stdint.h>

struct event {
	uint64_t at_ns;
	unsigned int id;
};

struct heap {
	struct event *events;
	size_t nr, room;
};

/** heap_init() - make an empty heap with room for so many events */
void heap_init(struct heap *heap, size_t room);

/** heap_push() - add an event; there has to be room for it */
void heap_push(struct heap *heap, uint64_t at_ns, unsigned int id);

/** heap_next_ns() - when the next event is, UINT64_MAX if there is none */
uint64_t heap_next_ns(const struct heap *heap);

/** heap_pop() - take the next event off a heap that is not empty; gives whose it is */
unsigned int heap_pop(struct heap *heap);

/** heap_free() - give the events back */
void heap_free(struct heap *heap);

#endif
