// SPDX-License-Identifier: GPL-2.0
/* How it was measured, and what the numbers cannot say. */
#include <string.h>

#include "report.h"

/* Between two ticks of the guest, from CONFIG_HZ_1000 in rt-configs/base.config. */
#define TICK_US		1000

static long long gcd(long long a, long long b)
{
	while (b) {
		long long rest = a % b;

		a = b;
		b = rest;
	}
	return a;
}

const char *str(const struct report *r, const char *key)
{
	return json_string_value(json_object_get(r->summary, key));
}

static bool icount(const struct report *r)
{
	return !strcmp(str(r, "accel"), "icount");
}

void write_provenance(const struct report *r)
{
	const json_t *dates = json_object_get(r->summary, "dates"), *kernel;
	long long interval = cell_int(r->grid->cells, "interval_us");
	char n[NS_TEXT];
	const char *name;

	fprintf(r->md,
		"## How it was measured\n\n"
		"| | |\n|---|---|\n"
		"| accelerator | %s%s |\n"
		"| base | Linux %s, source with SHA-256 `%s` |\n"
		"| patch series | SHA-256 `%s` |\n"
		"| compiler | %s |\n"
		"| emulator | %s |\n"
		"| initramfs | SHA-256 `%s` |\n"
		"| cyclictest | %s |\n",
		str(r, "accel"),
		icount(r) ?
			" (QEMU TCG, one vCPU, 1 instruction = 1 virtual ns)" :
			"",
		str(r, "base"), str(r, "base_sha256"), str(r, "series_sha256"),
		str(r, "compiler"), str(r, "qemu"), str(r, "initramfs_sha256"),
		str(r, "cyclictest"));
	fprintf(r->md,
		"| a cell | profile %s: %s wakeups, one every %lld us: the timer meets %lld phases of the tick |\n| seeds |",
		str(r, "profile"),
		ns_text(n, cell_int(r->grid->cells, "samples")), interval,
		TICK_US / gcd(TICK_US, interval));
	for (size_t s = 0; s < r->grid->nr_seeds; s++)
		fprintf(r->md, "%s%lld", s ? ", " : " ", r->grid->seeds[s]);
	fprintf(r->md, " |\n| dates | %s to %s |\n",
		json_string_value(json_object_get(dates, "first")),
		json_string_value(json_object_get(dates, "last")));
	for (int v = 0; v < NR_VARIANTS; v++) {
		name = variant_names[v];
		kernel = json_object_get(json_object_get(r->summary, "kernel"),
					 name);
		if (kernel)
			fprintf(r->md,
				"| `%s` | %s, configuration with SHA-256 `%s` |\n",
				name,
				json_string_value(json_object_get(
					kernel, "kernel_release")),
				json_string_value(json_object_get(
					kernel, "config_sha256")));
	}
	fprintf(r->md,
		"\nEvery cell was a guest of its own, started by this command, where `*` is what differs from cell to cell:\n\n"
		"```\n%s\n```\n\n"
		"Made from: what the cells say about themselves. Cells differ in variant, load, seed and date only; the report refuses to mix others.\n\n",
		str(r, "command"));
}

void write_limits(const struct report *r)
{
	long long wakeups = 0;
	char n[NS_TEXT], m[NS_TEXT];

	for (int v = 0; v < NR_VARIANTS; v++)
		for (int l = 0; l < NR_LOADS; l++)
			if (measured(r->all, v, l) &&
			    (!wakeups || r->all->at[v][l].hist.total < wakeups))
				wakeups = r->all->at[v][l].hist.total;

	fputs("## What the numbers cannot say\n\n", r->md);
	if (icount(r))
		fputs("- **Time.** One instruction is one ns, whatever it does. Cache and TLB misses, memory bandwidth and branch prediction are not in the numbers. They show the length of code paths, exactly and repeatably; how long a path takes is for hardware to say.\n"
		      "- **Contention.** There is one CPU. Nobody waits for another CPU's raw lock, so the objection of 2020 that a raw lock delays everyone who queues for it is not tested by the latency tables.\n",
		      r->md);
	else
		fputs("- **Hardware.** The guest shares its CPUs with the host; what the host does is in the numbers.\n",
		      r->md);
	fprintf(r->md,
		"- **Bounds.** A maximum is the worst of the wakeups that were made, %s or more a variant and load. If wakeups were independent, an event rarer than about one in %s wakeups would go unseen at least one time in twenty.\n"
		"- **Other machines.** One memory size, one configuration, one compiler. Other sizes have other pcp batches, zones and nodes.\n"
		"- **Success.** Latency does not say how often an allocation in raw atomic context succeeds: `no-locks` and `trylock` may return NULL where `raw` does not.\n",
		ns_text(n, wakeups), ns_text(m, wakeups / 3));
}
