// SPDX-License-Identifier: GPL-2.0
/* Reading of traces, and their list in summary.json. */
#include <stdio.h>

#include "trace.h"

static const struct record_key keys[] = {
	{ "seed", RECORD_COUNT },
	{ "samples", RECORD_COUNT },
	{ "interval_us", RECORD_COUNT },
	{ "cyclictest.avg_ns", RECORD_COUNT },
	{ "cyclictest.max_ns", RECORD_COUNT },
	{ "section.max_ns", RECORD_COUNT },
	{ "section.start", RECORD_TEXT },
	{ "section.end", RECORD_TEXT },
	{ "section.task", RECORD_TEXT },
};
static const struct record_key timerlat_keys[] = {
	{ "timerlat.latency_ns", RECORD_COUNT },
	{ "timerlat.thread", RECORD_TEXT },
};
static const char *const same[] = { "seed", "samples", "interval_us" };

static bool functions(const json_t *stack)
{
	const json_t *name;
	size_t i;

	json_array_foreach(stack, i, name)
		if (!json_is_string(name))
			return false;
	return json_is_array(stack);
}

static int check_parts(const struct record *rec)
{
	const json_t *parts = record_get(rec, "timerlat.parts"), *part;
	long long latency = record_int(rec, "timerlat.latency_ns");
	char key[64];
	size_t i;

	if (!json_array_size(parts))
		return record_bad(rec, "timerlat.parts",
				  parts ? "is not a list of parts" :
					  "is missing");
	json_array_foreach(parts, i, part) {
		const json_t *ns = json_object_get(part, "ns");

		snprintf(key, sizeof(key), "timerlat.parts[%zu]", i);
		if (!json_is_string(json_object_get(part, "what")))
			return record_bad(rec, key, "has no name");
		if (!json_is_integer(ns) || json_integer_value(ns) < 0)
			return record_bad(rec, key, "has no whole number of ns");
		if (json_integer_value(ns) > latency)
			return record_bad(rec, key,
					  "is longer than the latency");
	}
	return 0;
}

static int check(const struct record *rec)
{
	if (!record_int(rec, "section.max_ns"))
		return record_bad(rec, "section.max_ns", "is 0");
	if (!functions(record_get(rec, "section.stack")))
		return record_bad(rec, "section.stack",
				  "is not a list of functions");
	if (!record_get(rec, "timerlat"))
		return 0;
	if (record_check(rec, timerlat_keys, ARRAY_SIZE(timerlat_keys)))
		return -1;
	if (!functions(record_get(rec, "timerlat.stack")))
		return record_bad(rec, "timerlat.stack",
				  "is not a list of functions");
	return check_parts(rec);
}

int trace_read(struct matrix *m, const char *dir, const struct grid *grid)
{
	static const struct matrix_kind kind = {
		.keys = keys,
		.nr_keys = ARRAY_SIZE(keys),
		.same = same,
		.nr_same = ARRAY_SIZE(same),
		.traced = true,
		.check = check,
	};

	return matrix_read(m, dir, &kind, grid);
}

static long long part_ns(const json_t *part)
{
	return json_integer_value(json_object_get(part, "ns"));
}

const json_t *trace_blame(const struct record *rec)
{
	const json_t *part, *longest = NULL;
	size_t i;

	json_array_foreach(record_get(rec, "timerlat.parts"), i, part)
		if (!longest || part_ns(part) > part_ns(longest))
			longest = part;
	return longest;
}

static json_t *entry(const struct record *rec)
{
	static const struct {
		const char *key, *from;
	} copied[] = {
		{ "variant", "variant" },
		{ "load", "load" },
		{ "section_max_ns", "section.max_ns" },
		{ "section_start", "section.start" },
		{ "section_end", "section.end" },
		{ "timerlat_ns", "timerlat.latency_ns" },
		{ "timerlat_thread", "timerlat.thread" },
	};
	const json_t *blame = trace_blame(rec);
	json_t *json = json_object();

	for (size_t i = 0; i < ARRAY_SIZE(copied); i++)
		if (record_get(rec, copied[i].from))
			json_object_set(json, copied[i].key,
					record_get(rec, copied[i].from));
	if (blame) {
		json_object_set(json, "blame", json_object_get(blame, "what"));
		json_object_set(json, "blame_ns", json_object_get(blame, "ns"));
	}
	return json;
}

void trace_summarize(const struct matrix *m, json_t *summary)
{
	json_t *list;

	if (!m->nr)
		return;
	list = json_array();
	for (int v = 0; v < NR_VARIANTS; v++)
		for (int l = 0; l < NR_LOADS; l++)
			if (matrix_find(m, v, l))
				json_array_append_new(
					list, entry(matrix_find(m, v, l)));
	json_object_set_new(summary, "trace", list);
}
