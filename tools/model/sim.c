// SPDX-License-Identifier: GPL-2.0
/* CPUs that share one lock, event by event. */
#include <err.h>
#include <stdbool.h>
#include <stdlib.h>

#include "heap.h"
#include "sim.h"

const char *const discipline_names[NR_DISCIPLINES] = {
	[D_QUEUE] = "queue",
	[D_SPIN] = "spin",
	[D_GATE] = "gate",
	[D_GATE_SPIN] = "gate-spin",
};
const char *const caller_names[NR_CALLERS] = {
	[C_PREEMPTIBLE] = "preemptible",
	[C_ATOMIC] = "atomic",
};

/* CPUs in the order of their coming; each is in it once at most. */
struct fifo {
	unsigned int *cpus;
	unsigned int first, nr, room;
};

struct cpu {
	uint64_t since_ns; /* wants the lock */
	uint64_t off_ns; /* waits with preemption off */
	enum caller caller;
	bool has_gate;
	bool is_waking; /* has the gate, but does not run yet */
};

#define NEVER UINT64_MAX

struct sim {
	const struct sim_params *params;
	struct sim_result *result;
	gsl_rng *rng;
	uint64_t now_ns;
	struct cpu *cpus;
	struct heap events; /* ends of gaps, and wakeups of owners of the gate */
	struct fifo queue; /* for the lock */
	unsigned int queued; /* preemptible callers in it */
	struct fifo gate; /* for the gate */
	bool gate_is_owned;
	unsigned int *trying; /* who tries with preemption on */
	unsigned int nr_trying;
	uint64_t patience_ends_ns; /* of the gate's owner who tries, or NEVER */
	bool is_held;
	unsigned int holder;
	uint64_t release_ns; /* if held */
	uint64_t taken; /* operations begun, warm-up included */
	uint64_t start_ns; /* of the first that is counted */
};

static void *array(unsigned int nr, size_t size)
{
	void *array = calloc(nr, size);

	if (!array)
		err(1, "simulation");
	return array;
}

static void fifo_push(struct fifo *fifo, unsigned int cpu)
{
	unsigned int at = fifo->first + fifo->nr++;

	fifo->cpus[at < fifo->room ? at : at - fifo->room] = cpu;
}

static unsigned int fifo_pop(struct fifo *fifo)
{
	unsigned int cpu = fifo->cpus[fifo->first];

	fifo->nr--;
	if (++fifo->first == fifo->room)
		fifo->first = 0;
	return cpu;
}

static void count(struct sim *sim, const struct cpu *cpu, uint64_t hold_ns)
{
	struct sim_result *result = sim->result;

	if (++sim->taken <= sim->params->warmup)
		return;
	if (sim->taken == sim->params->warmup + 1)
		sim->start_ns = sim->now_ns;
	waits_add(&result->off[cpu->caller], sim->now_ns - cpu->off_ns);
	waits_add(&result->total[cpu->caller], sim->now_ns - cpu->since_ns);
	result->busy_ns += hold_ns;
}

/* Give the free lock to a CPU. */
static void take(struct sim *sim, unsigned int cpu)
{
	uint64_t hold_ns = dist_draw(sim->params->hold, sim->rng);

	sim->is_held = true;
	sim->holder = cpu;
	sim->release_ns = sim->now_ns + hold_ns;
	count(sim, &sim->cpus[cpu], hold_ns);
}

/* Take the lock, or queue for it, with preemption off. */
static void queue(struct sim *sim, unsigned int cpu)
{
	sim->cpus[cpu].off_ns = sim->now_ns;
	if (!sim->is_held) {
		take(sim, cpu);
		return;
	}
	fifo_push(&sim->queue, cpu);
	if (sim->cpus[cpu].caller == C_PREEMPTIBLE &&
	    ++sim->queued > sim->result->most_queued)
		sim->result->most_queued = sim->queued;
}

static void queue_next(struct sim *sim)
{
	unsigned int cpu = fifo_pop(&sim->queue);

	if (sim->cpus[cpu].caller == C_PREEMPTIBLE)
		sim->queued--;
	take(sim, cpu);
}

/* Take the lock, or try for it, with preemption on. */
static void try(struct sim *sim, unsigned int cpu)
{
	if (!sim->is_held) {
		sim->cpus[cpu].off_ns = sim->now_ns;
		take(sim, cpu);
		return;
	}
	sim->trying[sim->nr_trying++] = cpu;
	if (sim->params->discipline == D_GATE_SPIN)
		sim->patience_ends_ns = sim->now_ns + sim->params->patience_ns;
}

/* Take one of those who try away from them. */
static unsigned int stop_trying(struct sim *sim, unsigned int i)
{
	unsigned int cpu = sim->trying[i];

	sim->trying[i] = sim->trying[--sim->nr_trying];
	sim->patience_ends_ns = NEVER;
	return cpu;
}

/* Nobody queues: one of those who try succeeds. */
static void try_succeeds(struct sim *sim)
{
	unsigned int i = sim->nr_trying == 1 ?
				 0 :
				 gsl_rng_uniform_int(sim->rng, sim->nr_trying);
	unsigned int cpu = stop_trying(sim, i);

	sim->cpus[cpu].off_ns = sim->now_ns;
	take(sim, cpu);
}

/* The gate's owner runs. */
static void pass_gate(struct sim *sim, unsigned int cpu)
{
	sim->cpus[cpu].has_gate = true;
	if (sim->params->discipline == D_GATE)
		queue(sim, cpu);
	else
		try(sim, cpu);
}

static void enter_gate(struct sim *sim, unsigned int cpu)
{
	if (sim->gate_is_owned) {
		fifo_push(&sim->gate, cpu);
		return;
	}
	sim->gate_is_owned = true;
	pass_gate(sim, cpu);
}

static void leave_gate(struct sim *sim, unsigned int cpu)
{
	sim->cpus[cpu].has_gate = false;
	sim->gate_is_owned = sim->gate.nr;
	if (!sim->gate.nr)
		return;
	cpu = fifo_pop(&sim->gate);
	if (!sim->params->handoff_ns) {
		pass_gate(sim, cpu);
		return;
	}
	sim->cpus[cpu].is_waking = true;
	heap_push(&sim->events, sim->now_ns + sim->params->handoff_ns, cpu);
}

/* A gap is over. */
static void want(struct sim *sim, unsigned int cpu)
{
	struct cpu *c = &sim->cpus[cpu];

	c->since_ns = sim->now_ns;
	c->caller = gsl_rng_uniform(sim->rng) < sim->params->atomic ?
			    C_ATOMIC :
			    C_PREEMPTIBLE;
	if (c->caller == C_ATOMIC || sim->params->discipline == D_QUEUE)
		queue(sim, cpu);
	else if (sim->params->discipline == D_SPIN ||
		 (sim->params->discipline == D_GATE_SPIN && !sim->is_held))
		try(sim, cpu);
	else
		enter_gate(sim, cpu);
}

static void begin_gap(struct sim *sim, unsigned int cpu)
{
	heap_push(&sim->events,
		  sim->now_ns + dist_draw(sim->params->gap, sim->rng), cpu);
}

static void release(struct sim *sim)
{
	unsigned int cpu = sim->holder;

	sim->is_held = false;
	begin_gap(sim, cpu);
	if (sim->queue.nr)
		queue_next(sim);
	else if (sim->nr_trying)
		try_succeeds(sim);
	if (sim->cpus[cpu].has_gate)
		leave_gate(sim, cpu);
}

/* An event that was put into the heap. */
static void happen(struct sim *sim)
{
	unsigned int cpu = heap_pop(&sim->events);

	if (sim->cpus[cpu].is_waking) {
		sim->cpus[cpu].is_waking = false;
		pass_gate(sim, cpu);
	} else {
		want(sim, cpu);
	}
}

/* The next event. Of several at one time a release is the first. */
static void step(struct sim *sim)
{
	uint64_t event_ns = heap_next_ns(&sim->events);
	uint64_t release_ns = sim->is_held ? sim->release_ns : NEVER;

	if (release_ns <= event_ns && release_ns <= sim->patience_ends_ns) {
		sim->now_ns = release_ns;
		release(sim);
	} else if (event_ns <= sim->patience_ends_ns) {
		sim->now_ns = event_ns;
		happen(sim);
	} else {
		sim->now_ns = sim->patience_ends_ns;
		queue(sim, stop_trying(sim, 0));
	}
}

static void init(struct sim *sim, const struct sim_params *params)
{
	*sim = (struct sim){ .params = params, .patience_ends_ns = NEVER };
	sim->result = array(1, sizeof(*sim->result));
	sim->rng = gsl_rng_alloc(gsl_rng_taus2);
	if (!sim->rng)
		errx(1, "out of memory");
	gsl_rng_set(sim->rng, params->seed);
	sim->cpus = array(params->cpus, sizeof(*sim->cpus));
	sim->queue.cpus = array(params->cpus, sizeof(*sim->queue.cpus));
	sim->gate.cpus = array(params->cpus, sizeof(*sim->gate.cpus));
	sim->queue.room = sim->gate.room = params->cpus;
	sim->trying = array(params->cpus, sizeof(*sim->trying));
	heap_init(&sim->events, params->cpus);
	for (unsigned int cpu = 0; cpu < params->cpus; cpu++)
		begin_gap(sim, cpu);
}

struct sim_result *sim_run(const struct sim_params *params)
{
	const uint64_t operations = params->warmup + params->operations;
	struct sim sim;

	init(&sim, params);
	while (sim.taken < operations)
		step(&sim);
	sim.result->span_ns = sim.release_ns - sim.start_ns;
	heap_free(&sim.events);
	free(sim.trying);
	free(sim.gate.cpus);
	free(sim.queue.cpus);
	free(sim.cpus);
	gsl_rng_free(sim.rng);
	return sim.result;
}
