/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Call paths: a function, called by a function, called by ... up to where the kernel
 * was entered. Each is there once, so that two are the same if their pointers are.
 */
#ifndef PATH_H
#define PATH_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

struct path {
	const struct path *parent;	/* the caller's; NULL at the entry */
	const char *name;		/* equal names are one string */
	unsigned int depth;		/* 0 at the entry */
};

struct paths {
	struct path **table;		/* hashed */
	size_t room, nr;
};

/* The path of @name called by @parent, made if it is new. Ends the program without memory. */
const struct path *path_call(struct paths *paths, const struct path *parent,
			     const char *name);
void paths_free(struct paths *paths);

/* "f <- its caller <- ...", @most of them, the outermost always. */
void path_print(const struct path *path, unsigned int most, FILE *file);

#endif
