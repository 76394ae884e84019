// SPDX-License-Identifier: GPL-2.0
/* contend: what CPUs wait for zone->lock, simulated from measured holds and gaps. */
#include <err.h>
#include <errno.h>
#include <getopt.h>
#include <inttypes.h>
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "runs.h"

#define ARRAY_SIZE(a) (sizeof(a) / sizeof((a)[0]))

enum { CPUS_LIST = 32, BUDGETS = 8 };

static void usage(FILE *to)
{
	fputs("usage: contend [options] HOLDS\n"
	      "\n"
	      "Simulates CPUs that share one zone->lock, with the holds of the lock and the gaps\n"
	      "between them drawn from those that one CPU was measured to have: HOLDS is a file of\n"
	      "bench/holds. Prints one JSON object: how long callers wait for the lock, with\n"
	      "preemption off and in all, for each discipline of waiting and number of CPUs, and\n"
	      "how many CPUs break a budget.\n"
	      "\n"
	      "  --cpus LIST       numbers of CPUs, ascending, 512 at most\n"
	      "                    (default 2,4,8,16,32,64,128,256,512)\n"
	      "  --discipline D    only this one:\n"
	      "                    queue      all callers queue with preemption off\n"
	      "                    spin       preemptible ones try with preemption on\n"
	      "                    gate       preemptible ones take a sleeping gate, then queue\n"
	      "                    gate-spin  preemptible ones try once, then take a sleeping\n"
	      "                               gate, whose owner tries, then queues\n"
	      "  --atomic SHARE    of the callers cannot be preempted (default 0.1)\n"
	      "  --patience NS     how long the owner of the gate tries in gate-spin (default 160000)\n"
	      "  --handoff NS      from a gate's release until its next owner runs (default 0)\n"
	      "  --budgets LIST    in ns, of a wait with preemption off (default 30000,100000)\n"
	      "  --operations N    lock operations a simulation (default 10000000); as many as\n"
	      "                    a tenth of them go before and are not counted\n"
	      "  --seed N          of the random numbers (default 1)\n"
	      "\n"
	      "LIST is separated by commas. The same arguments give the same bytes.\n"
	      "Status: 0 done, 1 bad input or arguments\n",
	      to);
}

/* What is to be done. */
struct job {
	const char *path;
	struct runs runs;
	struct dist hold, gap;
	unsigned int cpus[CPUS_LIST];
	size_t nr_cpus;
	uint64_t budgets[BUDGETS];
	size_t nr_budgets;
	int discipline; /* -1: all */
};

static uint64_t number(const char *option, const char *text, uint64_t least,
		       uint64_t most)
{
	uint64_t n;
	char *end;

	errno = 0;
	n = strtoull(text, &end, 10);
	if (errno || end == text || *end || *text == '-' || n < least ||
	    n > most)
		errx(1,
		     "--%s '%s' is not a whole number from %" PRIu64
		     " to %" PRIu64,
		     option, text, least, most);
	return n;
}

/* Numbers separated by commas, ascending. */
static size_t numbers(const char *option, char *text, uint64_t *list,
		      size_t room, uint64_t most)
{
	size_t nr = 0;
	char *one;

	while ((one = strsep(&text, ","))) {
		if (nr == room)
			errx(1, "--%s has more than %zu numbers", option, room);
		list[nr] = number(option, one, 1, most);
		if (nr && list[nr] <= list[nr - 1])
			errx(1, "--%s is not ascending", option);
		nr++;
	}
	return nr;
}

static void set_cpus(struct job *job, char *text)
{
	uint64_t list[CPUS_LIST];

	job->nr_cpus = numbers("cpus", text, list, CPUS_LIST, CPUS_MAX);
	for (size_t i = 0; i < job->nr_cpus; i++)
		job->cpus[i] = list[i];
}

static double share(const char *text)
{
	char *end;
	double x = strtod(text, &end);

	if (end == text || *end || !(x >= 0 && x <= 1))
		errx(1, "--atomic '%s' is not a share from 0 to 1", text);
	return x;
}

static int discipline(const char *text)
{
	for (int d = 0; d < NR_DISCIPLINES; d++)
		if (!strcmp(text, discipline_names[d]))
			return d;
	errx(1, "--discipline '%s' is none of: queue spin gate gate-spin",
	     text);
}

static void parse(struct job *job, int argc, char **argv)
{
	static const struct option options[] = {
		{ "help", no_argument, NULL, 'h' },
		{ "cpus", required_argument, NULL, 'c' },
		{ "discipline", required_argument, NULL, 'd' },
		{ "atomic", required_argument, NULL, 'a' },
		{ "patience", required_argument, NULL, 'p' },
		{ "handoff", required_argument, NULL, 'w' },
		{ "budgets", required_argument, NULL, 'b' },
		{ "operations", required_argument, NULL, 'o' },
		{ "seed", required_argument, NULL, 's' },
		{ NULL, 0, NULL, 0 },
	};
	struct sim_params *params = &job->runs.params;
	int opt;

	while ((opt = getopt_long(argc, argv, "h", options, NULL)) != -1) {
		switch (opt) {
		case 'h':
			usage(stdout);
			exit(0);
		case 'c':
			set_cpus(job, optarg);
			break;
		case 'd':
			job->discipline = discipline(optarg);
			break;
		case 'a':
			params->atomic = share(optarg);
			break;
		case 'p':
			params->patience_ns =
				number("patience", optarg, 0, UINT32_MAX);
			break;
		case 'w':
			params->handoff_ns =
				number("handoff", optarg, 0, UINT32_MAX);
			break;
		case 'b':
			job->nr_budgets = numbers("budgets", optarg,
						  job->budgets, BUDGETS,
						  UINT32_MAX);
			break;
		case 'o':
			params->operations =
				number("operations", optarg, 1, UINT32_MAX);
			break;
		case 's':
			params->seed = number("seed", optarg, 1, 1000000);
			break;
		default:
			exit(1);
		}
	}
	if (argc - optind != 1)
		errx(1, "needs one file of bench/holds, see --help");
	job->path = argv[optind];
	params->warmup = params->operations / 10;
}

static void read_dist(const struct job *job, const json_t *zone,
		      const char *key, struct dist *dist)
{
	if (dist_read(dist, json_object_get(zone, key)))
		errx(1,
		     "%s: key 'locks.zone.%s' is no histogram of times; measure it with bench/holds, or choose a load that takes the lock",
		     job->path, key);
}

static void read_holds(struct job *job)
{
	json_error_t error;
	json_t *json =
		json_load_file(job->path, JSON_REJECT_DUPLICATES, &error);
	const json_t *zone;

	if (!json)
		errx(1, "%s: %s; measure it with bench/holds", job->path,
		     error.text);
	zone = json_object_get(json_object_get(json, "locks"), "zone");
	read_dist(job, zone, "hold_ns", &job->hold);
	read_dist(job, zone, "gap_ns", &job->gap);
	json_decref(json);
	job->runs.params.hold = &job->hold;
	job->runs.params.gap = &job->gap;
}

static json_t *caller_json(const struct figures *figures)
{
	return json_pack("{sI sI sI sI sI sI}", "operations",
			 (json_int_t)figures->operations, "wait_mean_ns",
			 (json_int_t)llround(figures->off_mean_ns),
			 "wait_p9999_ns", (json_int_t)figures->off_p9999_ns,
			 "wait_max_ns", (json_int_t)figures->off_max_ns,
			 "total_mean_ns",
			 (json_int_t)llround(figures->total_mean_ns),
			 "total_max_ns", (json_int_t)figures->total_max_ns);
}

static json_t *point_json(struct job *job, enum discipline d, unsigned int cpus)
{
	const struct run *run = runs_get(&job->runs, d, cpus);
	json_t *json = json_pack(
		"{ss si sI sf sf sI}", "discipline", discipline_names[d],
		"cpus", cpus, "handoff_ns",
		(json_int_t)job->runs.params.handoff_ns, "wait_mean_ns",
		run->wait_mean_ns, "utilisation", run->utilisation,
		"operations_per_s", (json_int_t)llround(run->operations_per_s));

	for (int c = 0; c < NR_CALLERS; c++)
		if (run->of[c].operations)
			json_object_set_new(json, caller_names[c],
					    caller_json(&run->of[c]));
	return json;
}

/* The CPUs that break a budget; without "cpus" no number of them that was tried does. */
static json_t *breaks_json(struct job *job, enum discipline d, enum caller c,
			   uint64_t budget_ns)
{
	unsigned int cpus = runs_first_above(&job->runs, d, c, budget_ns,
					     job->cpus, job->nr_cpus);
	json_t *json = json_pack("{ss ss sI}", "discipline",
				 discipline_names[d], "caller", caller_names[c],
				 "budget_ns", (json_int_t)budget_ns);

	if (cpus)
		json_object_set_new(json, "cpus", json_integer(cpus));
	return json;
}

static json_t *dist_json(const struct dist *dist)
{
	return json_pack("{sf sI}", "mean_ns", dist->mean_ns, "max_ns",
			 (json_int_t)dist->max_ns);
}

static json_t *params_json(const struct sim_params *params)
{
	return json_pack("{sf sI sI sI sI}", "atomic", params->atomic,
			 "patience_ns", (json_int_t)params->patience_ns,
			 "operations", (json_int_t)params->operations, "warmup",
			 (json_int_t)params->warmup, "seed",
			 (json_int_t)params->seed);
}

static json_t *simulate(struct job *job)
{
	json_t *points = json_array(), *breaks = json_array();
	double mean = job->hold.mean_ns + job->gap.mean_ns;

	for (int d = 0; d < NR_DISCIPLINES; d++) {
		if (job->discipline >= 0 && job->discipline != d)
			continue;
		for (size_t i = 0; i < job->nr_cpus; i++)
			json_array_append_new(points,
					      point_json(job, d, job->cpus[i]));
		for (int c = 0; c < NR_CALLERS; c++)
			for (size_t b = 0; b < job->nr_budgets; b++)
				json_array_append_new(
					breaks, breaks_json(job, d, c,
							    job->budgets[b]));
	}
	return json_pack("{so so so sf so so}", "model",
			 params_json(&job->runs.params), "hold",
			 dist_json(&job->hold), "gap", dist_json(&job->gap),
			 "utilisation", job->hold.mean_ns / mean, "points",
			 points, "breaks", breaks);
}

int main(int argc, char **argv)
{
	static struct job job = {
		.runs.params = {
			.atomic = 0.1,
			.patience_ns = 160000,
			.operations = 10000000,
			.seed = 1,
		},
		.cpus = { 2, 4, 8, 16, 32, 64, 128, 256, 512 },
		.nr_cpus = 9,
		.budgets = { 30000, 100000 },
		.nr_budgets = 2,
		.discipline = -1,
	};
	json_t *json;

	parse(&job, argc, argv);
	read_holds(&job);
	json = simulate(&job);
	if (!json)
		errx(1, "out of memory");
	json_dumpf(json, stdout,
		   JSON_COMPACT | JSON_SORT_KEYS | JSON_REAL_PRECISION(12));
	putchar('\n');
	json_decref(json);
	dist_free(&job.hold);
	dist_free(&job.gap);
	runs_free(&job.runs);
	if (fflush(stdout) || ferror(stdout))
		err(1, "cannot write");
	return 0;
}
