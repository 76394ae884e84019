// SPDX-License-Identifier: GPL-2.0
/*
 * calls - a QEMU plugin that counts what calls of two functions cost
 *
 * Arguments: alloc=ADDRESS free=ADDRESS (of the functions), out=FILE (written at the
 * end). Counted are the calls that modules make: none of the kernel's own, and none
 * inside of another. The guest has one vCPU.
 */
#include <err.h>
#include <search.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include "insn.h"
#include "qemu_api.h"
#include "touch.h"

#define KERNEL		0xffff800000000000	/* addresses from here on are its */
#define MODULES		0xffffffffa0000000	/* and these of its modules */

enum { ALLOC, FREE, FUNCTIONS };

QEMU_PLUGIN_EXPORT int qemu_plugin_version = 1;

static struct function {
	const char *name;
	uint64_t addr;
	struct touch touch;
} functions[FUNCTIONS] = {
	[ALLOC] = { .name = "alloc" },
	[FREE] = { .name = "free" },
};
static const char *out;

static struct function *calling;	/* its call instruction runs */
static struct function *inside;

/* An instruction of the kernel. Lives as long as QEMU, whose code points to it. */
struct watched {
	uint64_t pc;
	struct function *calls;	/* NULL: none that is counted */
};

static void on_exec(unsigned int vcpu, void *data)
{
	const struct watched *w = data;

	(void)vcpu;
	/* Back in the module that has called. */
	if (inside && w->pc >= MODULES) {
		touch_end(&inside->touch);
		inside = NULL;
	}
	if (inside)
		touch_insn(&inside->touch, w->pc);
	calling = w->calls;
}

static void on_access(unsigned int vcpu, qemu_plugin_meminfo_t info, uint64_t vaddr,
		      void *data)
{
	const struct watched *w = data;

	(void)vcpu;
	(void)info;
	if (inside) {
		touch_access(&inside->touch, vaddr);
	} else if (calling && calling == w->calls) {
		inside = calling;
		touch_begin(&inside->touch, vaddr);
	}
}

static int compare_watched(const void *a, const void *b)
{
	const struct watched *x = a, *y = b;

	if (x->pc != y->pc)
		return x->pc < y->pc ? -1 : 1;
	return (x->calls > y->calls) - (x->calls < y->calls);
}

/* The one that is equal to @key, made if there is none: code is translated often. */
static struct watched *find_watched(const struct watched *key)
{
	static void *tree;
	struct watched **node = tfind(key, &tree, compare_watched), *w;

	if (node)
		return *node;
	w = malloc(sizeof(*w));
	if (!w)
		err(1, "calls");
	*w = *key;
	if (!tsearch(w, &tree, compare_watched))
		err(1, "calls");
	return w;
}

static void on_translate(qemu_plugin_id_t id, struct qemu_plugin_tb *tb)
{
	struct qemu_plugin_insn *qemu_insn;
	struct watched key, *w;
	struct insn insn;
	size_t i;

	(void)id;
	for (i = 0; i < qemu_plugin_tb_n_insns(tb); i++) {
		qemu_insn = qemu_plugin_tb_get_insn(tb, i);
		key = (struct watched){ .pc = qemu_plugin_insn_vaddr(qemu_insn) };
		if (key.pc < KERNEL)
			continue;
		memset(&insn, 0, sizeof(insn));
		insn_decode(&insn, qemu_plugin_insn_data(qemu_insn),
			    qemu_plugin_insn_size(qemu_insn), key.pc, 0);
		for (struct function *f = functions; f < functions + FUNCTIONS; f++)
			if (key.pc >= MODULES && insn.kind == INSN_CALL &&
			    insn.target == f->addr)
				key.calls = f;
		w = find_watched(&key);
		qemu_plugin_register_vcpu_insn_exec_cb(qemu_insn, on_exec,
						       QEMU_PLUGIN_CB_NO_REGS, w);
		qemu_plugin_register_vcpu_mem_cb(qemu_insn, on_access,
						 QEMU_PLUGIN_CB_NO_REGS,
						 QEMU_PLUGIN_MEM_RW, w);
	}
}

static void at_exit(qemu_plugin_id_t id, void *data)
{
	json_t *root = json_object();

	(void)id;
	(void)data;
	for (struct function *f = functions; f < functions + FUNCTIONS; f++) {
		const struct cost cost = touch_median(&f->touch);

		json_object_set_new(root, f->name,
				    json_pack("{sI sI sI sI}", "calls",
					      (json_int_t)f->touch.nr, "instructions",
					      (json_int_t)cost.insns, "code_lines",
					      (json_int_t)cost.code, "data_lines",
					      (json_int_t)cost.data));
		touch_free(&f->touch);
	}
	if (json_dump_file(root, out, JSON_INDENT(1)))
		warn("cannot write '%s'", out);
	json_decref(root);
}

/* Takes "NAME=VALUE". */
static int take_option(const char *word)
{
	for (struct function *f = functions; f < functions + FUNCTIONS; f++) {
		const size_t len = strlen(f->name);

		if (!strncmp(word, f->name, len) && word[len] == '=') {
			f->addr = strtoull(word + len + 1, NULL, 16);
			return 0;
		}
	}
	if (strncmp(word, "out=", 4)) {
		warnx("calls: unknown argument '%s'", word);
		return -1;
	}
	out = strdup(word + 4);
	return out ? 0 : -1;
}

QEMU_PLUGIN_EXPORT int qemu_plugin_install(qemu_plugin_id_t id, const qemu_info_t *info,
					   int argc, char **argv)
{
	int i;

	for (i = 0; i < argc; i++)
		if (take_option(argv[i]))
			return -1;
	if (!out || !functions[ALLOC].addr || !functions[FREE].addr) {
		warnx("calls: needs the arguments alloc=ADDRESS, free=ADDRESS and out=FILE");
		return -1;
	}
	if (!info->system_emulation || strcmp(info->target_name, "x86_64") ||
	    info->system.smp_vcpus != 1) {
		warnx("calls: is for one vCPU of qemu-system-x86_64");
		return -1;
	}
	qemu_plugin_register_vcpu_tb_trans_cb(id, on_translate);
	qemu_plugin_register_atexit_cb(id, at_exit, NULL);
	return 0;
}
