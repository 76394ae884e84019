// SPDX-License-Identifier: GPL-2.0
/*
 * As JSON: paths are numbered from 1 in "paths", a list of [parent, name], parents
 * first and 0 for none; wakeups and records are lists of their members.
 */
#include <err.h>
#include <inttypes.h>
#include <search.h>
#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include "recording.h"

/* The numbers of the paths that were met. */
struct numbers {
	json_t *paths;
	void *tree;
};

struct number {
	const struct path *path;
	size_t number;
};

static int compare_numbers(const void *a, const void *b)
{
	const struct number *x = a, *y = b;

	return x->path < y->path ? -1 : x->path > y->path;
}

static size_t number_of(struct numbers *numbers, const struct path *path)
{
	const struct number key = { .path = path };
	struct number **node, *number;
	size_t parent;

	if (!path)
		return 0;
	node = tfind(&key, &numbers->tree, compare_numbers);
	if (node)
		return (*node)->number;
	parent = number_of(numbers, path->parent);
	json_array_append_new(numbers->paths,
			      json_pack("[I, s]", (json_int_t)parent, path->name ? path->name : "?"));
	number = malloc(sizeof(*number));
	if (!number)
		err(1, "recording");
	*number = (struct number){ path, json_array_size(numbers->paths) };
	if (!tsearch(number, &numbers->tree, compare_numbers))
		err(1, "recording");
	return number->number;
}

static json_t *window_json(const struct window *window, struct numbers *numbers)
{
	json_t *records = json_array();
	const struct record *r;

	for (r = window->records; r < window->records + window->nr; r++)
		json_array_append_new(records, json_pack("[I, I, I, i]", (json_int_t)r->now,
							 (json_int_t)number_of(numbers, r->path),
							 (json_int_t)r->stack, r->state));
	return json_pack("{s: I, s: o}", "wakeup", (json_int_t)window->wakeup, "records", records);
}

int recording_write(const struct recording *recording, const char *path)
{
	struct numbers numbers = { .paths = json_array() };
	json_t *wakeups = json_array(), *root;
	const struct wakeup *w;
	int ret;

	for (w = recording->list; w < recording->list + recording->nr; w++)
		json_array_append_new(wakeups, json_pack("[I, I, I, I]", (json_int_t)w->read,
							 (json_int_t)w->bucket,
							 (json_int_t)w->halts,
							 (json_int_t)w->halt));
	root = json_pack("{s: I, s: I, s: o, s: o, s: o, s: o}",
			 "interval_ns", (json_int_t)recording->interval,
			 "wrong_counts", (json_int_t)recording->wrong_counts,
			 "wakeups", wakeups,
			 "fastest", window_json(&recording->fastest, &numbers),
			 "slowest", window_json(&recording->slowest, &numbers),
			 "paths", numbers.paths);
	ret = root ? json_dump_file(root, path, JSON_COMPACT) : -1;
	if (ret)
		warn("cannot write '%s'", path);
	json_decref(root);
	tdestroy(numbers.tree, free);
	return ret;
}

static int read_window(struct window *window, json_t *object, const struct path **paths,
		       size_t nr_paths)
{
	json_int_t wakeup, now, number, stack;
	json_t *records, *item;
	size_t i;
	int state;

	if (json_unpack(object, "{s: I, s: o}", "wakeup", &wakeup, "records", &records))
		return -1;
	window->wakeup = wakeup;
	window->room = json_array_size(records);
	window->records = calloc(window->room + 1, sizeof(*window->records));
	if (!window->records)
		err(1, "recording");
	json_array_foreach(records, i, item) {
		if (json_unpack(item, "[I, I, I, i]", &now, &number, &stack, &state) ||
		    number < 1 || (size_t)number > nr_paths)
			return -1;
		window->records[window->nr++] = (struct record){ now, paths[number], stack, state };
	}
	return window->nr ? 0 : -1;
}

static int read_wakeups(struct recording *recording, const json_t *list)
{
	json_int_t read, bucket, halts, halt;
	json_t *item;
	size_t i;

	recording->room = json_array_size(list);
	recording->list = calloc(recording->room + 1, sizeof(*recording->list));
	if (!recording->list)
		err(1, "recording");
	json_array_foreach(list, i, item) {
		if (json_unpack(item, "[I, I, I, I]", &read, &bucket, &halts, &halt))
			return -1;
		recording->list[recording->nr++] = (struct wakeup){ read, bucket, halts, halt };
	}
	return recording->nr ? 0 : -1;
}

/* The paths of @list, the first at index 1; NULL if they are damaged. */
static const struct path **read_paths(struct paths *paths, struct names *names,
				      const json_t *list)
{
	const size_t nr = json_array_size(list);
	const struct path **numbered = calloc(nr + 1, sizeof(*numbered));
	json_int_t parent;
	const char *name;
	json_t *item;
	size_t i;

	if (!numbered)
		err(1, "recording");
	json_array_foreach(list, i, item) {
		if (json_unpack(item, "[I, s]", &parent, &name) || parent < 0 ||
		    (size_t)parent > i) {
			free(numbered);
			return NULL;
		}
		numbered[i + 1] = path_call(paths, numbered[parent], names_add(names, name));
	}
	return numbered;
}

int recording_read(struct recording *recording, struct paths *paths, struct names *names,
		   const char *path)
{
	json_t *root = json_load_file(path, 0, NULL), *list, *wakeups, *fastest, *slowest;
	const struct path **numbered = NULL;
	json_int_t interval, wrong;
	int ret = -1;

	memset(recording, 0, sizeof(*recording));
	if (!json_unpack(root, "{s: I, s: I, s: o, s: o, s: o, s: o}", "interval_ns", &interval,
			 "wrong_counts", &wrong, "wakeups", &wakeups, "fastest", &fastest,
			 "slowest", &slowest, "paths", &list)) {
		recording->interval = interval;
		recording->wrong_counts = wrong;
		numbered = read_paths(paths, names, list);
	}
	if (numbered && interval > 0 && !read_wakeups(recording, wakeups) &&
	    !read_window(&recording->fastest, fastest, numbered, json_array_size(list)) &&
	    !read_window(&recording->slowest, slowest, numbered, json_array_size(list)) &&
	    recording->fastest.wakeup < recording->nr && recording->slowest.wakeup < recording->nr)
		ret = 0;
	else
		warnx("'%s' is no recording of wakeups", path);
	free(numbered);
	json_decref(root);
	return ret;
}

void recording_free(struct recording *recording)
{
	free(recording->list);
	free(recording->fastest.records);
	free(recording->slowest.records);
	memset(recording, 0, sizeof(*recording));
}
