// SPDX-License-Identifier: GPL-2.0
#include <err.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "symbols.h"

static int add(struct symbols *symbols, uint64_t addr, char *name)
{
	char *cold = strstr(name, ".cold");
	struct symbol *list;

	if (cold)
		*cold = '\0';
	list = reallocarray(symbols->list, symbols->nr + 1, sizeof(*list));
	if (!list)
		return -1;
	symbols->list = list;
	symbols->list[symbols->nr++] =
		(struct symbol){ addr, names_add(&symbols->names, name) };
	return 0;
}

int symbols_load(struct symbols *symbols, const char *path)
{
	uint64_t addr, last = 0;
	char name[256];
	FILE *file = fopen(path, "r");
	int got, ret = -1;

	memset(symbols, 0, sizeof(*symbols));
	if (!file) {
		warn("'%s'", path);
		return -1;
	}
	while ((got = fscanf(file, "%" SCNx64 " %255s", &addr, name)) == 2) {
		if (addr <= last || add(symbols, addr, name))
			break;
		last = addr;
	}
	if (got == EOF && symbols->nr) {
		ret = 0;
	} else {
		warnx("'%s' is no list of functions, each with a higher address", path);
		symbols_free(symbols);
	}
	fclose(file);
	return ret;
}

void symbols_free(struct symbols *symbols)
{
	free(symbols->list);
	names_free(&symbols->names);
	memset(symbols, 0, sizeof(*symbols));
}

/* The last function that does not begin behind @addr. */
static const struct symbol *before(const struct symbols *symbols, uint64_t addr)
{
	size_t low = 0, high = symbols->nr, mid;

	while (low < high) {
		mid = (low + high) / 2;
		if (symbols->list[mid].addr <= addr)
			low = mid + 1;
		else
			high = mid;
	}
	return low ? &symbols->list[low - 1] : NULL;
}

const char *symbols_at(const struct symbols *symbols, uint64_t addr)
{
	const struct symbol *symbol = before(symbols, addr);

	return symbol && symbol->addr == addr ? symbol->name : NULL;
}

const char *symbols_find(const struct symbols *symbols, uint64_t addr)
{
	const struct symbol *symbol = before(symbols, addr);

	return symbol ? symbol->name : NULL;
}
