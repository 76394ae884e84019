// SPDX-License-Identifier: GPL-2.0
#include <err.h>
#include <inttypes.h>
#include <stdio.h>

#include <jansson.h>

#include "report.h"

static json_t *address(uint64_t addr)
{
	return json_sprintf("0x%" PRIx64, addr);
}

static json_t *chain_json(const struct chain *chain)
{
	json_t *list = json_array();
	int i;

	for (i = 0; i < CHAIN && chain->pc[i]; i++)
		json_array_append_new(list, address(chain->pc[i]));
	return list;
}

static void set_int(json_t *object, const char *key, uint64_t value)
{
	json_object_set_new(object, key, json_integer(value));
}

static json_t *site_json(const struct site *site, struct stat_site *stat, bool moves_known)
{
	json_t *object = json_object();

	json_object_set_new(object, "site", json_string(site->name));
	set_int(object, "holds", stat->holds.nr);
	if (!stat->holds.nr)
		return object;
	set_int(object, "p9999_ns", stat_quantile(stat, 9999));
	set_int(object, "max_ns", stat->max_ns);
	set_int(object, "max_own_ns", stat->max_own_ns);
	if (moves_known)
		set_int(object, "moves", stat->moves);
	json_object_set_new(object, "chain", chain_json(&stat->chain));
	return object;
}

/*
 * A histogram: an object from ns to how many. An entry stands for times that are at
 * most 1 % apart, and its key is the longest of them.
 */
static json_t *histogram(struct stat_times *times)
{
	json_t *object = json_object();
	size_t i = 0, from;
	uint64_t most;
	char key[32];

	stat_sort(times);
	while (i < times->nr) {
		from = i;
		most = times->ns[i] + times->ns[i] / 100;
		while (i < times->nr && times->ns[i] <= most)
			i++;
		snprintf(key, sizeof(key), "%" PRIu32, times->ns[i - 1]);
		set_int(object, key, i - from);
	}
	return object;
}

/* The window has to be over. */
static json_t *locks_json(struct track *track)
{
	json_t *locks = json_object(), *object;
	size_t i;

	for (i = 0; i < LOCKS; i++) {
		object = json_object();
		set_int(object, "holds", track->locks[i].holds.nr);
		if (track->locks[i].holds.nr) {
			set_int(object, "atomic", track->locks[i].atomic);
			json_object_set_new(object, "hold_ns", histogram(&track->locks[i].holds));
			json_object_set_new(object, "gap_ns", histogram(&track->locks[i].gaps));
		}
		json_object_set_new(locks, lock_name[i], object);
	}
	return locks;
}

/* A kind of section that did not occur has no figures. */
static void set_off_max(json_t *object, const struct off_max *max, const char *prefix)
{
	char key[64];

	if (!max->ns)
		return;
	snprintf(key, sizeof(key), "%smax_ns", prefix);
	set_int(object, key, max->ns);
	snprintf(key, sizeof(key), "%schain", *prefix ? prefix : "max_");
	json_object_set_new(object, key, chain_json(&max->chain));
	snprintf(key, sizeof(key), "%sat", *prefix ? prefix : "max_");
	json_object_set_new(object, key, address(max->to));
}

int report_write(struct track *track, const char *path)
{
	json_t *root = json_object(), *sites = json_array(), *off = json_object();
	size_t i;
	int ret;

	for (i = 0; i < track->map->nr_sites; i++)
		json_array_append_new(sites, site_json(&track->map->sites[i],
						       &track->stats[i],
						       track->map->moves_known));
	set_int(off, "sections", track->off.sections);
	set_off_max(off, off_longest(&track->off), "");
	set_off_max(off, &track->off.without_locks, "without_locks_");
	set_off_max(off, &track->off.with_locks, "with_locks_");
	if (track->ended) {
		set_int(root, "window_instructions", track->window);
		json_object_set_new(root, "locks", locks_json(track));
	}
	set_int(root, "wrong_counts", track->wrong_counts);
	set_int(root, "wrong_releases", track->wrong_releases);
	json_object_set_new(root, "sites", sites);
	json_object_set_new(root, "off", off);
	ret = json_dump_file(root, path, JSON_INDENT(1));
	if (ret)
		warn("cannot write '%s'", path);
	json_decref(root);
	return ret;
}
