// SPDX-License-Identifier: GPL-2.0
/*
 * explain - say what the kernel did in the slowest wakeup of a cell
 *
 * Takes a cell of the benchmark and what the plugin wakeups recorded in the same run.
 * First it proves that the recording is of these wakeups: their latencies have to
 * give the histogram of the cell to the last one.
 */
#include <err.h>
#include <getopt.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include "latency.h"
#include "timeline.h"

/*
 * How far the count of instructions may be off the guest's clock between two wakeups,
 * in ns: the kernel's clock is rounded to a ns, an instruction that is begun twice,
 * because it reaches a device, is counted twice.
 */
#define CLOCK_ERROR	100
#define CHAIN		5	/* functions of a chain that are printed */

static const char usage_text[] =
"usage: explain --cell FILE --recording FILE --text FILE\n"
"\n"
"  --cell FILE        a cell, measured by bench/cell with the plugin\n"
"  --recording FILE   what the plugin wakeups wrote in that run\n"
"  --text FILE        where the time line goes; one line about it goes to stdout\n";

struct cell {
	const char *variant, *load;
	json_int_t seed, min, max, samples;
	json_t *histogram;
};

static int read_cell(struct cell *cell, json_t *root)
{
	return json_unpack(root, "{s: s, s: s, s: I, s: {s: I, s: I, s: I, s: o}}",
			   "variant", &cell->variant, "load", &cell->load, "seed", &cell->seed,
			   "cyclictest", "min_ns", &cell->min, "max_ns", &cell->max,
			   "cycles", &cell->samples, "histogram", &cell->histogram);
}

static int compare_ns(const void *a, const void *b)
{
	const uint64_t *x = a, *y = b;

	return *x < *y ? -1 : *x > *y;
}

/*
 * Does the cell's histogram count the same latencies? It counts those behind the last
 * bucket as the maximum.
 */
static bool same_histogram(const struct latencies *latencies, const struct recording *recording,
			   const struct cell *cell)
{
	uint64_t *sorted = calloc(latencies->nr + 1, sizeof(*sorted));
	size_t i, n, kinds = 0;
	char key[24];
	bool same;

	if (!sorted)
		err(1, "explain");
	for (i = 0; i < latencies->nr; i++)
		sorted[i] = recording->list[i].bucket ? latencies->ns[i] : (uint64_t)cell->max;
	qsort(sorted, latencies->nr, sizeof(*sorted), compare_ns);
	same = (size_t)cell->samples == latencies->nr;
	for (i = 0; same && i < latencies->nr; i += n, kinds++) {
		for (n = 1; i + n < latencies->nr && sorted[i + n] == sorted[i]; n++)
			;
		snprintf(key, sizeof(key), "%" PRIu64, sorted[i]);
		same = json_integer_value(json_object_get(cell->histogram, key)) == (json_int_t)n;
	}
	free(sorted);
	return same && kinds == json_object_size(cell->histogram);
}

/* Why the recording cannot explain the cell, NULL if it can. */
static const char *misfit(const struct latencies *latencies, const struct recording *recording,
			  const struct cell *cell)
{
	const size_t slowest = recording->slowest.wakeup;
	size_t i;

	if (recording->wrong_counts)
		return "the plugin lost track of the preemption count";
	if (!same_histogram(latencies, recording, cell))
		return "the wakeups that the plugin saw are not those of the cell's histogram";
	if (latencies->error > CLOCK_ERROR)
		return "the count of instructions is not the guest's clock";
	if (latencies->unknown)
		return "the processor halted before a wakeup that is behind the last bucket";
	for (i = 0; i < latencies->nr; i++)
		if (latencies->ns[i] > latencies->ns[slowest])
			return "the plugin kept another wakeup than the slowest";
	if (latencies->ns[slowest] + CLOCK_ERROR < (uint64_t)cell->max ||
	    latencies->ns[slowest] > (uint64_t)cell->max + CLOCK_ERROR)
		return "the slowest wakeup is not the maximum of the cell";
	return NULL;
}

static void print_text(const struct cell *cell, const struct recording *recording,
		       const struct timeline *slow, const struct timeline *fastest, FILE *text)
{
	size_t nr, i;
	uint64_t rest;
	struct excess *excess = timeline_excess(slow, fastest, 0.1, &nr, &rest);
	struct section *sections;

	fprintf(text, "%s/%s, seed %" PRIu64 ": wakeup %zu of %zu took %" PRIu64
		" ns, the fastest %" PRIu64 " ns\n", cell->variant, cell->load, (uint64_t)cell->seed,
		recording->slowest.wakeup + 1, recording->nr, slow->latency, fastest->latency);
	fprintf(text, "Virtual ns, one an instruction, from the expiry of the timer until the\n"
		"woken thread reads the clock. They say nothing about caches.\n\n");

	fprintf(text, "Where it took longer than the fastest, parts of at least a tenth:\n");
	for (i = 0; i < nr; i++) {
		fprintf(text, "%8" PRIu64 "  ", excess[i].ns);
		path_print(excess[i].path, -1, text);
		fputc('\n', text);
	}
	fprintf(text, "%8" PRIu64 "  in smaller parts\n\n", rest);
	free(excess);

	sections = timeline_sections(slow, &nr);
	fprintf(text, "Sections, the longest first, with the call that half of it was spent in:\n");
	for (i = 0; i < nr; i++) {
		fprintf(text, "[%6" PRIu64 "..%6" PRIu64 "] %-14s %6" PRIu64 " ns: ", sections[i].from,
			sections[i].to, sections[i].state, sections[i].to - sections[i].from);
		path_print(sections[i].path, -1, text);
		fputc('\n', text);
	}
	free(sections);

	fprintf(text, "\nAll calls: begin, ns inside, state at the begin, function:\n");
	timeline_print(slow, text);
}

/* The line for stdout: the call with half of what the fastest did not need. */
static void print_summary(const struct cell *cell, const struct timeline *slow,
			  const struct timeline *fastest)
{
	size_t nr;
	uint64_t rest;
	struct excess *excess = timeline_excess(slow, fastest, 0.5, &nr, &rest);

	if (!nr) {
		free(excess);
		excess = timeline_excess(slow, fastest, 0.1, &nr, &rest);
	}
	printf("%s/%s.s%" PRIu64 ": %" PRIu64 " ns, %" PRIu64 " more than the fastest", cell->variant,
	       cell->load, (uint64_t)cell->seed, slow->latency, slow->latency - fastest->latency);
	if (nr) {
		printf("; of these %" PRIu64 " in ", excess[0].ns);
		path_print(excess[0].path, CHAIN, stdout);
	}
	putchar('\n');
	free(excess);
}

static int explain(const struct cell *cell, struct recording *recording, const char *text_path)
{
	struct timeline slow = { 0 }, fastest = { 0 };
	struct latencies latencies;
	const char *why;
	FILE *text;
	int ret = -1;

	latency_compute(&latencies, recording, cell->min);
	why = misfit(&latencies, recording, cell);
	if (!why && (timeline_make(&slow, recording, &recording->slowest, cell->max) ||
		     timeline_make(&fastest, recording, &recording->fastest, cell->min)))
		why = "the recording begins too late";
	latency_free(&latencies);
	if (why) {
		warnx("%s/%s.s%" PRIu64 ": %s", cell->variant, cell->load, (uint64_t)cell->seed, why);
		goto out;
	}
	text = fopen(text_path, "w");
	if (text)
		print_text(cell, recording, &slow, &fastest, text);
	if (!text || fclose(text)) {
		warn("cannot write '%s'", text_path);
		goto out;
	}
	print_summary(cell, &slow, &fastest);
	ret = 0;
out:
	timeline_free(&slow);
	timeline_free(&fastest);
	return ret;
}

int main(int argc, char **argv)
{
	static const struct option options[] = {
		{ "cell", required_argument, NULL, 'c' },
		{ "recording", required_argument, NULL, 'r' },
		{ "text", required_argument, NULL, 't' },
		{ "help", no_argument, NULL, 'h' },
		{ 0 }
	};
	const char *cell_path = NULL, *recording_path = NULL, *text_path = NULL;
	struct recording recording = { 0 };
	struct paths paths = { 0 };
	struct names names = { 0 };
	struct cell cell;
	json_t *root;
	int opt, ret = -1;

	while ((opt = getopt_long(argc, argv, "h", options, NULL)) != -1) {
		switch (opt) {
		case 'c': cell_path = optarg; break;
		case 'r': recording_path = optarg; break;
		case 't': text_path = optarg; break;
		case 'h': fputs(usage_text, stdout); return 0;
		default: return 1;
		}
	}
	if (!cell_path || !recording_path || !text_path || optind < argc)
		errx(1, "needs --cell, --recording and --text, see --help");
	root = json_load_file(cell_path, 0, NULL);
	if (read_cell(&cell, root))
		warnx("'%s' is no cell with wakeups", cell_path);
	else if (!recording_read(&recording, &paths, &names, recording_path))
		ret = explain(&cell, &recording, text_path);
	recording_free(&recording);
	paths_free(&paths);
	names_free(&names);
	json_decref(root);
	return ret ? 1 : 0;
}
