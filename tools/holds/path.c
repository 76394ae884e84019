// SPDX-License-Identifier: GPL-2.0
#include <err.h>
#include <stdlib.h>

#include "path.h"

static size_t slot(const struct paths *paths, const struct path *parent, const char *name)
{
	uint64_t hash = ((uintptr_t)parent * 31 + (uintptr_t)name) * 0x9e3779b97f4a7c15;
	size_t i = hash >> 20 & (paths->room - 1);

	while (paths->table[i] &&
	       (paths->table[i]->parent != parent || paths->table[i]->name != name))
		i = (i + 1) & (paths->room - 1);
	return i;
}

/* Twice the room, a power of two. */
static void grow(struct paths *paths)
{
	struct paths old = *paths;
	size_t i;

	paths->room = old.room ? 2 * old.room : 1024;
	paths->table = calloc(paths->room, sizeof(*paths->table));
	if (!paths->table)
		err(1, "paths");
	for (i = 0; i < old.room; i++)
		if (old.table[i])
			paths->table[slot(paths, old.table[i]->parent,
					  old.table[i]->name)] = old.table[i];
	free(old.table);
}

const struct path *path_call(struct paths *paths, const struct path *parent, const char *name)
{
	struct path **p;

	if (2 * paths->nr >= paths->room)
		grow(paths);
	p = &paths->table[slot(paths, parent, name)];
	if (!*p) {
		*p = malloc(sizeof(**p));
		if (!*p)
			err(1, "paths");
		**p = (struct path){ parent, name, parent ? parent->depth + 1 : 0 };
		paths->nr++;
	}
	return *p;
}

void paths_free(struct paths *paths)
{
	size_t i;

	for (i = 0; i < paths->room; i++)
		free(paths->table[i]);
	free(paths->table);
	*paths = (struct paths){ 0 };
}

void path_print(const struct path *path, unsigned int most, FILE *file)
{
	unsigned int n = 1;

	fputs(path->name, file);
	while ((path = path->parent)) {
		if (path->parent && ++n >= most) {
			fputs(" <- ...", file);
			while (path->parent)
				path = path->parent;
		}
		fprintf(file, " <- %s", path->name);
	}
}
