/* SPDX-License-Identifier: GPL-2.0 */
/* Strings, each there once: two are equal if their pointers are. */
#ifndef NAMES_H
#define NAMES_H

struct names {
	void *tree;
};

/* The one that is equal to @name, made if it is new. Ends the program without memory. */
const char *names_add(struct names *names, const char *name);

/* The same, or NULL if there is none. */
const char *names_find(const struct names *names, const char *name);
void names_free(struct names *names);

#endif
