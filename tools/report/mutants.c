// SPDX-License-Identifier: GPL-2.0
/* Reading of what became of mutants, and their list in summary.json. */
#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "file.h"
#include "mutants.h"
#include "tree.h"

static const struct record_key keys[] = {
	{ "name", RECORD_TEXT },	{ "config", RECORD_TEXT },
	{ "test", RECORD_TEXT },	{ "what", RECORD_TEXT },
	{ "reason", RECORD_TEXT },	{ "patch_sha256", RECORD_SHA256 },
	{ "kernel.debug", RECORD_YES }, { "kernel.config", RECORD_TEXT },
	{ "kernel.suite_sha256", RECORD_SHA256 },
};

struct reading {
	struct mutants *m;
	const char *dir;
	const struct correct *correct;
	const struct grid *grid;
};

static struct mutant *find(const struct mutants *m, const char *name)
{
	for (size_t i = 0; i < m->nr; i++)
		if (!strcmp(m->list[i].name, name))
			return &m->list[i];
	return NULL;
}

/* Append a name, which is taken. */
static void add(struct mutants *m, char *name)
{
	m->list = reallocarray(m->list, m->nr + 1, sizeof(*m->list));
	if (!m->list || !name)
		err(1, "mutants");
	m->list[m->nr++] = (struct mutant){ .name = name };
}

static int read_list(struct mutants *m, const char *path)
{
	FILE *file = fopen(path, "r");
	char *line = NULL;
	size_t size = 0;

	if (!file) {
		warn("%s", path);
		return -1;
	}
	while (getline(&line, &size, file) > 0) {
		line[strcspn(line, "\n")] = '\0';
		if (*line && !find(m, line))
			add(m, strdup(line));
	}
	free(line);
	fclose(file);
	if (m->nr)
		return 0;
	warnx("%s: names no mutant", path);
	return -1;
}

static int check(const struct reading *reading, const struct record *rec)
{
	enum variant v;

	if (record_check(rec, keys, ARRAY_SIZE(keys)) ||
	    record_variant(rec, &v))
		return -1;
	if (!json_is_boolean(record_get(rec, "caught")))
		return record_bad(rec, "caught", "is neither true nor false");
	if (record_is_at(rec, "%s/%s.json", reading->dir,
			 record_str(rec, "name")))
		return -1;
	if (!find(reading->m, record_str(rec, "name")))
		return record_bad(rec, "name", "is not in the list");
	if (!correct_is_planned(reading->correct, record_str(rec, "config"),
				record_str(rec, "test"), v))
		return record_bad(rec, "test", "is not planned there");
	return correct_check_kernel(reading->correct, reading->grid, rec, v);
}

static int read_file(const char *path, void *arg)
{
	const struct reading *reading = arg;
	struct record rec = { 0 };

	if (record_open(&rec, path))
		return -1;
	if (!check(reading, &rec)) {
		find(reading->m, record_str(&rec, "name"))->rec = rec;
		return 0;
	}
	record_free(&rec);
	return -1;
}

int mutants_read(struct mutants *m, const char *dir,
		 const struct correct *correct, const struct grid *grid)
{
	struct reading reading = { m, dir, correct, grid };
	char *list;
	int ret;

	memset(m, 0, sizeof(*m));
	if (access(dir, F_OK))
		return 0;
	list = path_in(dir, "list");
	ret = read_list(m, list) || tree_flat(dir, read_file, &reading);
	free(list);
	if (ret)
		mutants_free(m);
	return ret ? -1 : 0;
}

bool mutant_tried(const struct mutant *mutant)
{
	return mutant->rec.json;
}

bool mutant_caught(const struct mutant *mutant)
{
	return mutant_tried(mutant) &&
	       json_is_true(record_get(&mutant->rec, "caught"));
}

void mutants_summarize(const struct mutants *m, json_t *summary)
{
	static const char *const copied[] = {
		"variant", "config", "test",	     "what",
		"caught",  "reason", "patch_sha256",
	};
	json_t *list;

	if (!m->nr)
		return;
	list = json_array();
	for (size_t i = 0; i < m->nr; i++) {
		json_t *entry = json_pack("{ss}", "name", m->list[i].name);

		for (size_t k = 0; k < ARRAY_SIZE(copied); k++)
			if (mutant_tried(&m->list[i]))
				json_object_set(entry, copied[k],
						record_get(&m->list[i].rec,
							   copied[k]));
		json_array_append_new(list, entry);
	}
	json_object_set_new(summary, "mutants", list);
}

void mutants_free(struct mutants *m)
{
	for (size_t i = 0; i < m->nr; i++) {
		record_free(&m->list[i].rec);
		free(m->list[i].name);
	}
	free(m->list);
	memset(m, 0, sizeof(*m));
}
