/* SPDX-License-Identifier: GPL-2.0 */
/* The functions of the guest's kernel. */
#ifndef SYMBOLS_H
#define SYMBOLS_H

#include <stddef.h>
#include <stdint.h>

#include "names.h"

struct symbols {
	size_t nr;
	struct symbol {
		uint64_t addr;
		const char *name;	/* one of names */
	} *list;			/* sorted by address */
	struct names names;
};

/*
 * symbols_load - read lines "ADDRESS NAME", the address hexadecimal and rising
 * A name that ends with .cold counts as the function that it is a part of.
 * Returns 0, or -1 after one line on stderr.
 */
int symbols_load(struct symbols *symbols, const char *path);
void symbols_free(struct symbols *symbols);

/* The function that begins at @addr, or NULL. */
const char *symbols_at(const struct symbols *symbols, uint64_t addr);

/* The function that @addr is in, or NULL. */
const char *symbols_find(const struct symbols *symbols, uint64_t addr);

#endif
