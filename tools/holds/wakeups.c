// SPDX-License-Identifier: GPL-2.0
/*
 * wakeups - a QEMU plugin that records the wakeups of cyclictest and what the kernel
 * did before the slowest
 *
 * Arguments: map=FILE (from tools/holds/sites), functions=FILE (lines "ADDRESS NAME"),
 * span=NS (time before a wakeup that is kept), interval=NS (of the timer), out=FILE
 * (written at the end, for build/tools/explain). One run suffices: what ran is kept
 * whenever a wakeup is slower than all before.
 */
#include <err.h>
#include <stdlib.h>

#include "flow.h"
#include "plugin.h"
#include "wake.h"

QEMU_PLUGIN_EXPORT int qemu_plugin_version = 1;

enum { MAP, FUNCTIONS, SPAN, INTERVAL, OUT };

static struct plugin_option options[] = {
	[MAP] = { "map", NULL },
	[FUNCTIONS] = { "functions", NULL },
	[SPAN] = { "span", NULL },
	[INTERVAL] = { "interval", NULL },
	[OUT] = { "out", NULL },
	{ NULL, NULL },
};

static struct map map;
static struct track track;
static struct symbols symbols;
static struct flow flow;
static struct wake wake;
static const char *sleep_function, *fault_function;
/* Instructions that faulted: they run twice, and QEMU's clock counts them once. */
static uint64_t faults;

static uint64_t now(void)
{
	return track.now - faults;
}

static uint64_t stack(void)
{
	return track.cur ? track.cur->key : 0;
}

static void note(void)
{
	const struct record record = {
		.now = now(),
		.path = flow.path,
		.stack = stack(),
		.state = (track.irqs ? 0 : STATE_IRQS_OFF) |
			 (track.count ? STATE_PREEMPT_OFF : 0) |
			 (track.halted ? STATE_HALTED : 0),
	};

	if (track.on)
		wake_record(&wake, &record);
}

static void on_exec(const struct watched *w)
{
	const bool was_on = track.on;

	if (w->insn.kind == INSN_ADD_ENTRY)
		return;
	if (w->insn.kind == INSN_RDTSC) {
		if (track.on)
			wake_read(&wake, stack(), now());
		return;
	}
	flow_exec(&flow, w->pc, &w->insn, w->place, w->function);
	if (track.on && w->function == sleep_function)
		wake_sleep(&wake, stack());
	if (w->insn.kind == INSN_HLT)
		wake_halt(&wake, now());
	if (was_on && !track.on)
		wake_end(&wake);
	note();
}

static void on_access(const struct watched *w, uint64_t addr)
{
	if (w->insn.kind == INSN_ADD_ENTRY) {
		if (track.on)
			wake_count(&wake, stack(), addr);
		return;
	}
	flow_stack(&flow, w->pc, addr, &w->insn, w->place);
	if (w->insn.kind == INSN_CALL && w->insn.target == map.error_entry &&
	    flow.path->name == fault_function)
		faults++;
	note();
}

static int start(void)
{
	const char *path = options[FUNCTIONS].value;

	if (symbols_load(&symbols, path))
		return -1;
	sleep_function = names_find(&symbols.names, "__x64_sys_clock_nanosleep");
	fault_function = names_find(&symbols.names, "asm_exc_page_fault");
	if (!sleep_function || !fault_function) {
		warnx("wakeups: no clock_nanosleep or no page faults in '%s'", path);
		return -1;
	}
	flow_init(&flow, &symbols, &track);
	wake_init(&wake, strtoull(options[SPAN].value, NULL, 10),
		  strtoull(options[INTERVAL].value, NULL, 10));
	return 0;
}

static void at_exit(void)
{
	wake.recording.wrong_counts = track.wrong_counts;
	recording_write(&wake.recording, options[OUT].value);
}

QEMU_PLUGIN_EXPORT int qemu_plugin_install(qemu_plugin_id_t id, const qemu_info_t *info,
					   int argc, char **argv)
{
	static const struct plugin plugin = {
		.name = "wakeups",
		.map = &map,
		.track = &track,
		.symbols = &symbols,
		.user = true,
		.options = options,
		.start = start,
		.exec = on_exec,
		.access = on_access,
		.finish = at_exit,
	};

	return plugin_install(&plugin, id, info, argc, argv);
}
