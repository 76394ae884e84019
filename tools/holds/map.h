/* SPDX-License-Identifier: GPL-2.0 */
/* What tools/holds/sites says of a kernel. */
#ifndef MAP_H
#define MAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum lock { LOCK_ZONE, LOCK_PCP, LOCKS };

/* As in the map and in the output. */
extern const char *const lock_name[LOCKS];

struct site {
	char *name;
	enum lock lock;
	bool pin;	/* disables preemption before it takes the lock */
};

/* What happens at an address. A bit each: an instruction may have several. */
enum role {
	ROLE_ACQUIRE = 1 << 0,		/* a site's call of a lock function */
	ROLE_ACQUIRED = 1 << 1,		/* the instruction behind it */
	ROLE_RELEASE = 1 << 2,
	ROLE_LOST = 1 << 3,		/* runs only in a trylock that fails */
	ROLE_WON = 1 << 4,		/* runs only in one that does not */
	ROLE_KERNEL_RETURN = 1 << 5,	/* first pop of a return into the kernel */
	ROLE_IRET = 1 << 6,
	ROLE_SYSCALL = 1 << 7,
	ROLE_SWITCH_OUT = 1 << 8,	/* first push on the old task's stack */
	ROLE_SWITCH_IN = 1 << 9,	/* first pop from the new task's stack */
	ROLE_BEGIN = 1 << 10,		/* of what is measured, if armed before */
	ROLE_END = 1 << 11,		/* of it; the next time BEGIN comes if they are one */
	ROLE_MOVE = 1 << 12,		/* moves a block from one list to another */
	ROLE_ARM = 1 << 13,		/* what is measured may begin from now on */
};

struct place {
	uint64_t addr;
	unsigned int roles;
	unsigned int site;	/* ROLE_ACQUIRE: index of the site */
	bool trylock;		/* ROLE_ACQUIRE: it is tried alone */
	enum lock lock;		/* ROLE_RELEASE */
};

struct map {
	bool raw;		/* the locks are raw spinlocks */
	bool won_needed;	/* a trylock fails unless a ROLE_WON runs */
	bool moves_known;	/* there is a ROLE_MOVE */
	uint64_t preempt_count, error_entry;
	size_t nr_sites, nr_places;
	struct site *sites;
	struct place *places;	/* sorted by address */
};

/*
 * map_load - read the output of tools/holds/sites
 * Returns 0, or -1 after one line on stderr.
 */
int map_load(struct map *map, const char *path);
void map_free(struct map *map);

/* The place at @addr, NULL if nothing happens there. */
const struct place *map_find(const struct map *map, uint64_t addr);

#endif
