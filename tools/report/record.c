// SPDX-License-Identifier: GPL-2.0
/* Reading and checking of result files. */
#include <ctype.h>
#include <err.h>
#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "record.h"

/* What every result file says about itself. */
static const struct record_key common[] = {
	{ "format", RECORD_FORMAT },
	{ "date", RECORD_DATE },
	{ "kernel.variant", RECORD_TEXT },
	{ "kernel.base", RECORD_TEXT },
	{ "kernel.base_sha256", RECORD_SHA256 },
	{ "kernel.series_sha256", RECORD_SHA256 },
	{ "kernel.config_sha256", RECORD_SHA256 },
	{ "kernel.kernel_release", RECORD_TEXT },
	{ "kernel.compiler", RECORD_TEXT },
};
/* And what was measured. */
static const struct record_key measured[] = {
	{ "qemu", RECORD_TEXT },
	{ "initramfs_sha256", RECORD_SHA256 },
	{ "kernel.debug", RECORD_NO },
};

#define REMEDY "remove the file and measure again"

int record_bad(const struct record *rec, const char *key, const char *what)
{
	warnx("%s: key '%s' %s; " REMEDY, rec->path, key, what);
	return -1;
}

json_t *record_get(const struct record *rec, const char *key)
{
	json_t *at = rec->json;

	for (;;) {
		size_t len = strcspn(key, ".");

		at = json_object_getn(at, key, len);
		if (!at || !key[len])
			return at;
		key += len + 1;
	}
}

const char *record_str(const struct record *rec, const char *key)
{
	return json_string_value(record_get(rec, key));
}

long long record_int(const struct record *rec, const char *key)
{
	return json_integer_value(record_get(rec, key));
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

/* What is wrong with a value, or NULL. */
static const char *fault(const json_t *value, enum record_type type)
{
	const char *s = json_string_value(value);

	if (!value)
		return "is missing";
	switch (type) {
	case RECORD_TEXT:
		return s && *s ? NULL : "is not a text";
	case RECORD_SHA256:
		return s && is_sha256(s) ? NULL : "is not a SHA-256 sum";
	case RECORD_DATE:
		return s && is_date(s) ? NULL : "is not a date in UTC";
	case RECORD_COUNT:
		return json_is_integer(value) &&
				       json_integer_value(value) >= 0 ?
			       NULL :
			       "is not a whole number";
	case RECORD_FORMAT:
		return json_integer_value(value) == 1 ?
			       NULL :
			       "is not 1, the only known format";
	case RECORD_NO:
		return json_is_false(value) ? NULL : "is not false";
	case RECORD_YES:
		return json_is_true(value) ? NULL : "is not true";
	}
	return "is of no known type";
}

int record_check(const struct record *rec, const struct record_key *keys,
		 size_t nr)
{
	for (size_t i = 0; i < nr; i++) {
		const char *what =
			fault(record_get(rec, keys[i].key), keys[i].type);

		if (what)
			return record_bad(rec, keys[i].key, what);
	}
	return 0;
}

int record_open(struct record *rec, const char *path)
{
	json_error_t error;

	rec->path = strdup(path);
	if (!rec->path)
		err(1, "%s", path);
	rec->json = json_load_file(path, JSON_REJECT_DUPLICATES, &error);
	if (!rec->json) {
		if (error.line < 0)
			warnx("%s: cannot be read: %s", path, strerror(errno));
		else
			warnx("%s: line %d: no JSON: %s; " REMEDY, path,
			      error.line, error.text);
	} else if (!json_is_object(rec->json)) {
		warnx("%s: no JSON object; " REMEDY, path);
	} else if (!record_check(rec, common, ARRAY_SIZE(common))) {
		return 0;
	}
	record_free(rec);
	return -1;
}

int record_read(struct record *rec, const char *path)
{
	if (record_open(rec, path))
		return -1;
	if (!record_check(rec, measured, ARRAY_SIZE(measured)))
		return 0;
	record_free(rec);
	return -1;
}

int record_variant(const struct record *rec, enum variant *v)
{
	static const struct record_key key = { "variant", RECORD_TEXT };
	const char *name;
	int i;

	if (record_check(rec, &key, 1))
		return -1;
	name = record_str(rec, "variant");
	i = name_find(variant_names, NR_VARIANTS, name, strlen(name));
	if (i < 0)
		return record_bad(rec, "variant", "is no known variant");
	*v = i;
	if (strcmp(record_str(rec, "kernel.variant"), name))
		return record_bad(rec, "kernel.variant", "is not 'variant'");
	return 0;
}

int record_place(const struct record *rec, enum variant *v, enum load *l)
{
	static const struct record_key key = { "load", RECORD_TEXT };
	const char *name;
	int i;

	if (record_variant(rec, v) || record_check(rec, &key, 1))
		return -1;
	name = record_str(rec, "load");
	i = name_find(load_names, NR_LOADS, name, strlen(name));
	if (i < 0)
		return record_bad(rec, "load", "is no known load");
	*l = i;
	return 0;
}

int record_is_at(const struct record *rec, const char *format, ...)
{
	va_list args;
	char *want;
	int ret;

	va_start(args, format);
	if (vasprintf(&want, format, args) < 0)
		err(1, "%s", rec->path);
	va_end(args);
	ret = strcmp(rec->path, want) ? -1 : 0;
	if (ret)
		warnx("%s: its keys say that this is %s; move or remove it",
		      rec->path, want);
	free(want);
	return ret;
}

int record_of_variant(struct record *rec, const char *path, const char *dir,
		      const struct record_key *keys, size_t nr, enum variant *v)
{
	int ret;

	if (record_read(rec, path))
		return -1;
	ret = record_check(rec, keys, nr) || record_variant(rec, v) ||
	      record_is_at(rec, "%s/%s.json", dir, variant_names[*v]);
	if (!ret)
		return 0;
	record_free(rec);
	return -1;
}

int record_same(const struct record *a, const struct record *b,
		const char *const *keys, size_t nr)
{
	for (size_t i = 0; i < nr; i++) {
		json_t *x = record_get(a, keys[i]), *y = record_get(b, keys[i]);
		char *xs, *ys;

		if (json_equal(x, y))
			continue;
		xs = json_dumps(x, JSON_ENCODE_ANY);
		ys = json_dumps(y, JSON_ENCODE_ANY);
		warnx("%s: key '%s' is %s, but %s in %s; results of one report must agree: remove the ones that do not belong and measure them again",
		      b->path, keys[i], ys, xs, a->path);
		free(xs);
		free(ys);
		return -1;
	}
	return 0;
}

int record_same_source(const struct record *a, const struct record *b)
{
	static const char *const keys[] = {
		"kernel.base",
		"kernel.base_sha256",
		"kernel.series_sha256",
		"kernel.compiler",
	};

	return record_same(a, b, keys, ARRAY_SIZE(keys));
}

int record_same_config(const struct record *a, const struct record *b)
{
	static const char *const keys[] = {
		"kernel.config_sha256",
		"kernel.kernel_release",
	};

	return record_same(a, b, keys, ARRAY_SIZE(keys));
}

int record_hist(const struct record *rec, const char *key, json_t *bins,
		struct hist *hist)
{
	const char *ns;
	json_t *count;

	if (!json_is_object(bins))
		return record_bad(rec, key,
				  bins ? "is not an object" : "is missing");
	json_object_foreach(bins, ns, count)
	{
		size_t len = strlen(ns);

		if (!len || len > 15 || strspn(ns, "0123456789") != len)
			return record_bad(
				rec, key,
				"has a latency that is not a whole number");
		if (json_integer_value(count) <= 0)
			return record_bad(
				rec, key,
				"has a count that is not a whole number above 0");
		hist_add(hist, atoll(ns), json_integer_value(count));
	}
	return 0;
}

long long member_count(const json_t *object, const char *key)
{
	const json_t *value = json_object_get(object, key);

	return json_is_integer(value) && json_integer_value(value) >= 0 ?
		       json_integer_value(value) :
		       -1;
}

int member_name(const json_t *object, const char *key, const char *const *names,
		int nr)
{
	const char *name = json_string_value(json_object_get(object, key));

	return name ? name_find(names, nr, name, strlen(name)) : -1;
}

void record_dates(const struct record *rec, const char **first,
		  const char **last)
{
	const char *date = record_str(rec, "date");

	if (!*first || strcmp(date, *first) < 0)
		*first = date;
	if (!*last || strcmp(date, *last) > 0)
		*last = date;
}

void record_free(struct record *rec)
{
	json_decref(rec->json);
	free(rec->path);
	memset(rec, 0, sizeof(*rec));
}
