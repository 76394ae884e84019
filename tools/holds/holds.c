// SPDX-License-Identifier: GPL-2.0
/*
 * holds - a QEMU plugin that measures how long the page allocator's locks are
 * held, and how long preemption or interrupts are off
 *
 * Arguments: map=FILE (from tools/holds/sites), out=FILE (written at the end).
 * For one vCPU under TCG. It only watches: the guest runs the same instructions
 * at the same virtual time as without it. Measured is from the first mlockall()
 * to the munlockall() of the guest, which is cyclictest from its start to its end.
 */
#include <err.h>
#include <search.h>
#include <stdlib.h>
#include <string.h>

#include "insn.h"
#include "map.h"
#include "qemu_api.h"
#include "report.h"
#include "track.h"

#define KERNEL		0xffff800000000000	/* addresses from here on are its */

QEMU_PLUGIN_EXPORT int qemu_plugin_version = 1;

/* An instruction that is watched. Lives as long as QEMU, whose code points to it. */
struct watched {
	uint64_t pc;
	struct insn insn;
	const struct place *place;
};

static struct map map;
static struct track track;
static void *watched_tree;
static const struct watched *awaited;	/* its memory access comes next */
static bool load_first;			/* and one before that */
static const char *out_path;

static void on_exec(unsigned int vcpu, void *data)
{
	const struct watched *w = data;

	(void)vcpu;
	awaited = w;
	load_first = w->insn.loads;
	track_exec(&track, w->pc, &w->insn, w->place);
}

static void on_stack(unsigned int vcpu, qemu_plugin_meminfo_t info, uint64_t vaddr,
		     void *data)
{
	const struct watched *w = data;

	(void)vcpu;
	(void)info;
	/*
	 * QEMU 7.2 also calls this for the pushes of an interrupt that comes in
	 * right behind the instruction: only the first access is its own.
	 */
	if (awaited != w)
		return;
	if (load_first) {
		load_first = false;
		return;
	}
	awaited = NULL;
	track_stack(&track, w->pc, vaddr, &w->insn, w->place);
}

static int compare_watched(const void *a, const void *b)
{
	const struct watched *x = a, *y = b;

	if (x->pc != y->pc)
		return x->pc < y->pc ? -1 : 1;
	return memcmp(&x->insn, &y->insn, sizeof(x->insn));
}

/* The one that is equal to @key, made if there is none: code is translated often. */
static struct watched *find_watched(const struct watched *key)
{
	struct watched **node = tfind(key, &watched_tree, compare_watched), *w;

	if (node)
		return *node;
	w = malloc(sizeof(*w));
	if (!w)
		err(1, "holds");
	*w = *key;
	if (!tsearch(w, &watched_tree, compare_watched))
		err(1, "holds");
	return w;
}

static void watch(struct qemu_plugin_insn *qemu_insn)
{
	struct watched key, *w;
	unsigned int roles;

	memset(&key, 0, sizeof(key));
	key.pc = qemu_plugin_insn_vaddr(qemu_insn);
	if (key.pc < KERNEL)
		return;
	insn_decode(&key.insn, qemu_plugin_insn_data(qemu_insn),
		    qemu_plugin_insn_size(qemu_insn), key.pc, map.preempt_count);
	key.place = map_find(&map, key.pc);
	if (key.insn.kind == INSN_OTHER && !key.place)
		return;
	w = find_watched(&key);
	roles = w->place ? w->place->roles : 0;

	qemu_plugin_register_vcpu_insn_exec_cb(qemu_insn, on_exec, QEMU_PLUGIN_CB_NO_REGS, w);
	/* QEMU 7.2 calls back for reads too where only writes are wanted. */
	if (w->insn.kind == INSN_CALL || w->insn.kind == INSN_RET ||
	    roles & (ROLE_KERNEL_RETURN | ROLE_SWITCH_OUT | ROLE_SWITCH_IN))
		qemu_plugin_register_vcpu_mem_cb(qemu_insn, on_stack, QEMU_PLUGIN_CB_NO_REGS,
						 QEMU_PLUGIN_MEM_RW, w);
}

static void on_translate(qemu_plugin_id_t id, struct qemu_plugin_tb *tb)
{
	struct qemu_plugin_insn *insn;
	size_t i;

	(void)id;
	for (i = 0; i < qemu_plugin_tb_n_insns(tb); i++) {
		insn = qemu_plugin_tb_get_insn(tb, i);
		watch(insn);
		/* Each by itself: a fault or an access to a device ends a block early. */
		qemu_plugin_register_vcpu_insn_exec_inline(insn, QEMU_PLUGIN_INLINE_ADD_U64,
							   &track.now, 1);
	}
}

static void at_exit(qemu_plugin_id_t id, void *data)
{
	(void)id;
	(void)data;
	report_write(&track, out_path);
}

QEMU_PLUGIN_EXPORT int qemu_plugin_install(qemu_plugin_id_t id, const qemu_info_t *info,
					   int argc, char **argv)
{
	const char *map_path = NULL;
	int i;

	for (i = 0; i < argc; i++) {
		if (!strncmp(argv[i], "map=", 4)) {
			map_path = argv[i] + 4;
		} else if (!strncmp(argv[i], "out=", 4)) {
			out_path = strdup(argv[i] + 4);
		} else {
			warnx("holds: unknown argument '%s': map=FILE and out=FILE", argv[i]);
			return -1;
		}
	}
	if (!map_path || !out_path) {
		warnx("holds: needs the arguments map=FILE and out=FILE");
		return -1;
	}
	if (!info->system_emulation || strcmp(info->target_name, "x86_64") ||
	    info->system.smp_vcpus != 1) {
		warnx("holds: is for one vCPU of qemu-system-x86_64");
		return -1;
	}
	if (map_load(&map, map_path))
		return -1;
	track_init(&track, &map);
	qemu_plugin_register_vcpu_tb_trans_cb(id, on_translate);
	qemu_plugin_register_atexit_cb(id, at_exit, NULL);
	return 0;
}
