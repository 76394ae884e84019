// SPDX-License-Identifier: GPL-2.0
/*
 * holds - a QEMU plugin that measures how long the page allocator's locks are
 * held, and how long preemption or interrupts are off
 *
 * Arguments: map=FILE (from tools/holds/sites), out=FILE (written at the end).
 * Measured is from the first sched_setscheduler() behind an mlockall() in the guest to
 * the next one: the thread of cyclictest that sleeps and wakes up becomes a real-time one,
 * and an ordinary one again. That it locks its memory before, and prints a histogram
 * afterwards, is no part of it.
 */
#include "plugin.h"
#include "report.h"

QEMU_PLUGIN_EXPORT int qemu_plugin_version = 1;

static struct map map;
static struct track track;
static struct plugin_option options[] = { { "map", NULL }, { "out", NULL }, { NULL, NULL } };

static void on_exec(const struct watched *w)
{
	track_exec(&track, w->pc, &w->insn, w->place);
}

static void on_stack(const struct watched *w, uint64_t addr)
{
	track_stack(&track, w->pc, addr, &w->insn, w->place);
}

static void at_exit(void)
{
	report_write(&track, options[1].value);
}

QEMU_PLUGIN_EXPORT int qemu_plugin_install(qemu_plugin_id_t id, const qemu_info_t *info,
					   int argc, char **argv)
{
	static const struct plugin plugin = {
		.name = "holds",
		.map = &map,
		.track = &track,
		.options = options,
		.exec = on_exec,
		.access = on_stack,
		.finish = at_exit,
	};

	return plugin_install(&plugin, id, info, argc, argv);
}
