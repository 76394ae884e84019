// SPDX-License-Identifier: GPL-2.0
/* Reading and checking of cell files. */
#include <ctype.h>
#include <err.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "cell.h"

enum type { STRING, SHA256, DATE, COUNT, FORMAT, NO };

static const struct {
	const char *key;
	enum type type;
} keys[] = {
	{ "format", FORMAT },
	{ "variant", STRING },
	{ "load", STRING },
	{ "seed", COUNT },
	{ "accel", STRING },
	{ "profile", STRING },
	{ "samples", COUNT },
	{ "interval_us", COUNT },
	{ "qemu", STRING },
	{ "initramfs_sha256", SHA256 },
	{ "command", STRING },
	{ "cmdline", STRING },
	{ "date", DATE },
	{ "kernel.variant", STRING },
	{ "kernel.debug", NO },
	{ "kernel.base", STRING },
	{ "kernel.base_sha256", SHA256 },
	{ "kernel.series_sha256", SHA256 },
	{ "kernel.config_sha256", SHA256 },
	{ "kernel.kernel_release", STRING },
	{ "kernel.compiler", STRING },
	{ "cyclictest.version", STRING },
	{ "cyclictest.min_ns", COUNT },
	{ "cyclictest.max_ns", COUNT },
	{ "cyclictest.cycles", COUNT },
};

#define REMEDY "remove the file and measure the cell again"

/* Say what is wrong with a key; gives -1. */
static int bad(const struct cell *cell, const char *key, const char *what)
{
	warnx("%s: key '%s' %s; " REMEDY, cell->path, key, what);
	return -1;
}

json_t *cell_get(const struct cell *cell, const char *key)
{
	json_t *at = cell->json;

	for (;;) {
		size_t len = strcspn(key, ".");

		at = json_object_getn(at, key, len);
		if (!at || !key[len])
			return at;
		key += len + 1;
	}
}

const char *cell_str(const struct cell *cell, const char *key)
{
	return json_string_value(cell_get(cell, key));
}

long long cell_int(const struct cell *cell, const char *key)
{
	return json_integer_value(cell_get(cell, key));
}

static int is_sha256(const char *s)
{
	return strlen(s) == 64 && strspn(s, "0123456789abcdef") == 64;
}

/* As date -u +%Y-%m-%dT%H:%M:%SZ writes it: such dates sort as text. */
static int is_date(const char *s)
{
	static const char form[] = "dddd-dd-ddTdd:dd:ddZ";
	size_t i;

	for (i = 0; form[i]; i++)
		if (form[i] == 'd' ? !isdigit((unsigned char)s[i]) :
				     s[i] != form[i])
			return 0;
	return !s[i];
}

static int check_key(const struct cell *cell, const char *key, enum type type)
{
	json_t *value = cell_get(cell, key);
	const char *s = json_string_value(value);

	if (!value)
		return bad(cell, key, "is missing");
	switch (type) {
	case STRING:
		return s && *s ? 0 : bad(cell, key, "is not a text");
	case SHA256:
		return s && is_sha256(s) ?
			       0 :
			       bad(cell, key, "is not a SHA-256 sum");
	case DATE:
		return s && is_date(s) ? 0 :
					 bad(cell, key, "is not a date in UTC");
	case COUNT:
		return json_is_integer(value) &&
				       json_integer_value(value) >= 0 ?
			       0 :
			       bad(cell, key, "is not a whole number");
	case FORMAT:
		return json_integer_value(value) == 1 ?
			       0 :
			       bad(cell, key,
				   "is not 1, the only known format");
	case NO:
		return json_is_false(value) ? 0 :
					      bad(cell, key, "is not false");
	}
	return -1;
}

/* Fill the histogram; every key is a latency in ns, every value a count. */
static int read_hist(struct cell *cell)
{
	static const char key[] = "cyclictest.histogram";
	json_t *bins = cell_get(cell, key), *count;
	const char *ns;

	if (!json_is_object(bins))
		return bad(cell, key, bins ? "is not an object" : "is missing");
	json_object_foreach(bins, ns, count) {
		size_t len = strlen(ns);

		if (!len || len > 15 || strspn(ns, "0123456789") != len)
			return bad(cell, key,
				   "has a latency that is not a whole number");
		if (json_integer_value(count) <= 0)
			return bad(
				cell, key,
				"has a count that is not a whole number above 0");
		hist_add(&cell->hist, atoll(ns), json_integer_value(count));
	}
	if (!cell->hist.total || cell->hist.total != cell_int(cell, "samples"))
		return bad(cell, key, "does not sum to 'samples'");
	if (cell_int(cell, "cyclictest.cycles") != cell->hist.total)
		return bad(cell, "cyclictest.cycles", "is not 'samples'");
	if (hist_min(&cell->hist) != cell_int(cell, "cyclictest.min_ns"))
		return bad(cell, "cyclictest.min_ns",
			   "is not the histogram's minimum");
	if (hist_max(&cell->hist) != cell_int(cell, "cyclictest.max_ns"))
		return bad(cell, "cyclictest.max_ns",
			   "is not the histogram's maximum");
	return 0;
}

static int check(struct cell *cell)
{
	const char *name;
	json_t *rounds;
	int i;

	for (size_t k = 0; k < sizeof(keys) / sizeof(keys[0]); k++)
		if (check_key(cell, keys[k].key, keys[k].type))
			return -1;

	name = cell_str(cell, "variant");
	i = name_find(variant_names, NR_VARIANTS, name, strlen(name));
	if (i < 0)
		return bad(cell, "variant", "is no known variant");
	cell->variant = i;
	if (strcmp(cell_str(cell, "kernel.variant"), name))
		return bad(cell, "kernel.variant", "is not 'variant'");

	name = cell_str(cell, "load");
	i = name_find(load_names, NR_LOADS, name, strlen(name));
	if (i < 0)
		return bad(cell, "load", "is no known load");
	cell->load = i;
	cell->seed = cell_int(cell, "seed");

	/* idle has no rounds; a load that finished none did not disturb. */
	rounds = cell_get(cell, "rounds");
	if (cell->load != L_IDLE && json_integer_value(rounds) <= 0)
		return bad(cell, "rounds", "is not a whole number above 0");
	return read_hist(cell);
}

int cell_read(struct cell *cell, const char *path)
{
	json_error_t error;

	memset(cell, 0, sizeof(*cell));
	cell->path = strdup(path);
	if (!cell->path)
		err(1, "%s", path);
	cell->json = json_load_file(path, JSON_REJECT_DUPLICATES, &error);
	if (!cell->json) {
		if (error.line < 0)
			warnx("%s: cannot be read: %s", path, strerror(errno));
		else
			warnx("%s: line %d: no JSON: %s; " REMEDY, path,
			      error.line, error.text);
	} else if (!json_is_object(cell->json)) {
		warnx("%s: no JSON object; " REMEDY, path);
	} else if (!check(cell)) {
		return 0;
	}
	cell_free(cell);
	return -1;
}

void cell_free(struct cell *cell)
{
	hist_free(&cell->hist);
	json_decref(cell->json);
	free(cell->path);
	memset(cell, 0, sizeof(*cell));
}
