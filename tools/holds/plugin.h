/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the plugins of QEMU share: for one vCPU under TCG, they are told of every
 * instruction that means something to track.h, and count all of them. They only
 * watch: the guest runs the same instructions at the same virtual time as without.
 */
#ifndef PLUGIN_H
#define PLUGIN_H

#include "insn.h"
#include "map.h"
#include "qemu_api.h"
#include "symbols.h"
#include "track.h"

/* An instruction that is watched. Lives as long as QEMU, whose code points to it. */
struct watched {
	uint64_t pc;
	struct insn insn;
	const struct place *place;	/* NULL: none */
	const char *function;		/* that begins here, NULL: none */
};

struct plugin_option {
	const char *name;
	char *value;
};

struct plugin {
	const char *name;
	struct map *map;		/* from the option "map", which all have */
	struct track *track;
	const struct symbols *symbols;	/* watch where functions begin; or NULL */
	bool user;			/* watch user space as well */
	struct plugin_option *options;	/* all needed; the first is "map"; ends with {} */
	int (*start)(void);		/* the options and the map are known; 0: go on */
	void (*exec)(const struct watched *w);	/* before each watched instruction */
	/* After it: the first word that it reads or writes in memory is at @addr. */
	void (*access)(const struct watched *w, uint64_t addr);
	void (*finish)(void);		/* QEMU ends */
};

/* To be called by qemu_plugin_install(), whose arguments and value these are. */
int plugin_install(const struct plugin *plugin, qemu_plugin_id_t id,
		   const qemu_info_t *info, int argc, char **argv);

#endif
