// SPDX-License-Identifier: GPL-2.0
#include <err.h>
#include <search.h>
#include <stdlib.h>
#include <string.h>

#include "plugin.h"

#define KERNEL		0xffff800000000000	/* addresses from here on are its */

static const struct plugin *plugin;
static void *watched_tree;
static const struct watched *awaited;	/* its memory access comes next */
static bool load_first;			/* and one before that */

static void on_exec(unsigned int vcpu, void *data)
{
	const struct watched *w = data;

	(void)vcpu;
	awaited = w;
	load_first = w->insn.loads;
	plugin->exec(w);
}

static void on_access(unsigned int vcpu, qemu_plugin_meminfo_t info, uint64_t vaddr,
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
	plugin->access(w, vaddr);
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
		err(1, "%s", plugin->name);
	*w = *key;
	if (!tsearch(w, &watched_tree, compare_watched))
		err(1, "%s", plugin->name);
	return w;
}

static void watch(struct qemu_plugin_insn *qemu_insn)
{
	const uint8_t *code = qemu_plugin_insn_data(qemu_insn);
	const size_t size = qemu_plugin_insn_size(qemu_insn);
	struct watched key, *w;
	unsigned int roles;

	memset(&key, 0, sizeof(key));
	key.pc = qemu_plugin_insn_vaddr(qemu_insn);
	if (key.pc >= KERNEL) {
		insn_decode(&key.insn, code, size, key.pc, plugin->map->preempt_count);
		key.place = map_find(plugin->map, key.pc);
		if (plugin->symbols)
			key.function = symbols_at(plugin->symbols, key.pc);
	} else if (plugin->user) {
		insn_decode_user(&key.insn, code, size);
	}
	if (key.insn.kind == INSN_OTHER && !key.place && !key.function)
		return;
	w = find_watched(&key);
	roles = w->place ? w->place->roles : 0;

	qemu_plugin_register_vcpu_insn_exec_cb(qemu_insn, on_exec, QEMU_PLUGIN_CB_NO_REGS, w);
	/* QEMU 7.2 calls back for reads too where only writes are wanted. */
	if (w->insn.kind == INSN_CALL || w->insn.kind == INSN_RET ||
	    w->insn.kind == INSN_ADD_ENTRY ||
	    roles & (ROLE_KERNEL_RETURN | ROLE_SWITCH_OUT | ROLE_SWITCH_IN))
		qemu_plugin_register_vcpu_mem_cb(qemu_insn, on_access, QEMU_PLUGIN_CB_NO_REGS,
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
							   &plugin->track->now, 1);
	}
}

static void at_exit(qemu_plugin_id_t id, void *data)
{
	(void)id;
	(void)data;
	plugin->finish();
}

/* Takes "NAME=VALUE" into the option of that name. */
static int take_option(struct plugin_option *options, const char *word)
{
	struct plugin_option *o;
	size_t len;

	for (o = options; o->name; o++) {
		len = strlen(o->name);
		if (!strncmp(word, o->name, len) && word[len] == '=') {
			o->value = strdup(word + len + 1);
			return o->value ? 0 : -1;
		}
	}
	warnx("%s: unknown argument '%s'", plugin->name, word);
	return -1;
}

int plugin_install(const struct plugin *p, qemu_plugin_id_t id, const qemu_info_t *info,
		   int argc, char **argv)
{
	const struct plugin_option *o;
	int i;

	plugin = p;
	for (i = 0; i < argc; i++)
		if (take_option(p->options, argv[i]))
			return -1;
	for (o = p->options; o->name; o++) {
		if (!o->value) {
			warnx("%s: needs the argument %s=VALUE", p->name, o->name);
			return -1;
		}
	}
	if (!info->system_emulation || strcmp(info->target_name, "x86_64") ||
	    info->system.smp_vcpus != 1) {
		warnx("%s: is for one vCPU of qemu-system-x86_64", p->name);
		return -1;
	}
	if (map_load(p->map, p->options[0].value))
		return -1;
	track_init(p->track, p->map);
	if (p->start && p->start())
		return -1;
	qemu_plugin_register_vcpu_tb_trans_cb(id, on_translate);
	qemu_plugin_register_atexit_cb(id, at_exit, NULL);
	return 0;
}
