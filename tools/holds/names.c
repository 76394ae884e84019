// SPDX-License-Identifier: GPL-2.0
#include <err.h>
#include <search.h>
#include <stdlib.h>
#include <string.h>

#include "names.h"

static int compare_names(const void *a, const void *b)
{
	return strcmp(a, b);
}

const char *names_find(const struct names *names, const char *name)
{
	char **node = tfind(name, &names->tree, compare_names);

	return node ? *node : NULL;
}

const char *names_add(struct names *names, const char *name)
{
	const char *found = names_find(names, name);
	char *copy;

	if (found)
		return found;
	copy = strdup(name);
	if (!copy || !tsearch(copy, &names->tree, compare_names))
		err(1, "names");
	return copy;
}

void names_free(struct names *names)
{
	tdestroy(names->tree, free);
	names->tree = NULL;
}
