// SPDX-License-Identifier: GPL-2.0
#include <err.h>
#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include "map.h"

#define CALL_SIZE	5	/* bytes of a direct call */

const char *const lock_name[LOCKS] = {
	[LOCK_ZONE] = "zone",
	[LOCK_PCP] = "pcp",
};

/* Reads a hexadecimal string; 0 if it is none. */
static uint64_t address(const json_t *string)
{
	const char *text = json_string_value(string);

	return text ? strtoull(text, NULL, 16) : 0;
}

/* The place at @addr, made if it is not there. @addr 0 is an error of the input. */
static struct place *add_place(struct map *map, uint64_t addr, enum role role)
{
	struct place *place;

	if (!addr)
		return NULL;
	for (place = map->places; place < map->places + map->nr_places; place++) {
		if (place->addr == addr) {
			place->roles |= role;
			return place;
		}
	}
	place = reallocarray(map->places, map->nr_places + 1, sizeof(*place));
	if (!place)
		return NULL;
	map->places = place;
	place += map->nr_places++;
	*place = (struct place){ .addr = addr, .roles = role };
	return place;
}

static int load_lock(const json_t *object, enum lock *lock)
{
	const char *name = json_string_value(json_object_get(object, "lock"));

	for (*lock = 0; name && *lock < LOCKS; ++*lock)
		if (!strcmp(name, lock_name[*lock]))
			return 0;
	return -1;
}

static int load_sites(struct map *map, const json_t *list)
{
	const json_t *object, *call;
	struct place *place;
	struct site *site;
	size_t i, j;

	map->sites = calloc(json_array_size(list), sizeof(*map->sites));
	if (!map->sites)
		return -1;
	json_array_foreach(list, i, object) {
		site = &map->sites[i];
		if (load_lock(object, &site->lock) ||
		    !json_is_string(json_object_get(object, "site")))
			return -1;
		site->name = strdup(json_string_value(json_object_get(object, "site")));
		site->pin = json_is_true(json_object_get(object, "pin"));
		map->nr_sites++;
		json_array_foreach(json_object_get(object, "calls"), j, call) {
			place = add_place(map, address(call), ROLE_ACQUIRE);
			if (!place)
				return -1;
			place->site = i;
			if (!add_place(map, address(call) + CALL_SIZE, ROLE_ACQUIRED))
				return -1;
		}
		/* A site may try a lock first, and then wait for it by another call. */
		json_array_foreach(json_object_get(object, "trylocks"), j, call) {
			place = add_place(map, address(call), ROLE_ACQUIRE);
			if (!place)
				return -1;
			place->trylock = true;
		}
	}
	return map->nr_sites ? 0 : -1;
}

static int load_releases(struct map *map, const json_t *list)
{
	const json_t *object;
	struct place *place;
	size_t i;

	json_array_foreach(list, i, object) {
		place = add_place(map, address(json_object_get(object, "address")),
				  ROLE_RELEASE);
		if (!place || load_lock(object, &place->lock))
			return -1;
	}
	return 0;
}

static int load_points(struct map *map, const json_t *root)
{
	static const struct {
		const char *name;
		enum role role;
	} points[] = {
		{ "kernel_return", ROLE_KERNEL_RETURN },
		{ "iret", ROLE_IRET },
		{ "syscall", ROLE_SYSCALL },
		{ "switch_out", ROLE_SWITCH_OUT },
		{ "switch_in", ROLE_SWITCH_IN },
		{ "arm", ROLE_ARM },
		{ "begin", ROLE_BEGIN },
		{ "end", ROLE_END },
	};
	const json_t *object = json_object_get(root, "points"), *item;
	size_t i;

	map->preempt_count = address(json_object_get(object, "preempt_count"));
	map->error_entry = address(json_object_get(object, "error_entry"));
	if (!map->preempt_count || !map->error_entry)
		return -1;
	for (i = 0; i < sizeof(points) / sizeof(points[0]); i++)
		if (!add_place(map, address(json_object_get(object, points[i].name)),
			       points[i].role))
			return -1;
	json_array_foreach(json_object_get(root, "lost"), i, item)
		if (!add_place(map, address(item), ROLE_LOST))
			return -1;
	json_array_foreach(json_object_get(root, "won"), i, item)
		if (!add_place(map, address(item), ROLE_WON))
			return -1;
	json_array_foreach(json_object_get(root, "moves"), i, item)
		if (!add_place(map, address(item), ROLE_MOVE))
			return -1;
	map->moves_known = json_array_size(json_object_get(root, "moves"));
	return 0;
}

static int compare_places(const void *a, const void *b)
{
	const struct place *x = a, *y = b;

	return x->addr < y->addr ? -1 : x->addr > y->addr;
}

int map_load(struct map *map, const char *path)
{
	json_error_t error;
	json_t *root = json_load_file(path, 0, &error);
	int ret = -1;

	memset(map, 0, sizeof(*map));
	if (!root) {
		warnx("'%s': %s", path, error.text);
		return -1;
	}
	if (load_sites(map, json_object_get(root, "sites")) ||
	    load_releases(map, json_object_get(root, "releases")) ||
	    load_points(map, root)) {
		warnx("'%s' is not what tools/holds/sites writes for a kernel", path);
		map_free(map);
		goto out;
	}
	map->raw = json_is_true(json_object_get(root, "raw"));
	map->won_needed = !map->raw;
	qsort(map->places, map->nr_places, sizeof(*map->places), compare_places);
	ret = 0;
out:
	json_decref(root);
	return ret;
}

void map_free(struct map *map)
{
	size_t i;

	for (i = 0; i < map->nr_sites; i++)
		free(map->sites[i].name);
	free(map->sites);
	free(map->places);
	memset(map, 0, sizeof(*map));
}

const struct place *map_find(const struct map *map, uint64_t addr)
{
	const struct place key = { .addr = addr };

	return bsearch(&key, map->places, map->nr_places, sizeof(key), compare_places);
}
