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

/* Callers in the order of their coming; each is in it once at most. */
struct fifo {
	unsigned int *ids;
	unsigned int first, nr, room;
};

/* The task of a CPU, or its interrupt. */
struct one {
	uint64_t since_ns; /* wants the lock */
	uint64_t off_ns; /* waits with preemption off */
	uint64_t patience_ns; /* what is left of it, having the gate */
	unsigned int slot; /* among those who try */
	bool has_irqs_off; /* queues, or holds the lock */
	bool has_gate;
	bool is_waking; /* has the gate, but does not run yet */
	bool is_late; /* its time came when the other one had interrupts off */
	bool is_trying;
	bool is_interrupted; /* while it tried */
	bool is_opening; /* has let go of the lock, but not of the gate */
};

#define NEVER UINT64_MAX

struct sim {
	const struct sim_params *params;
	struct sim_result *result;
	gsl_rng *rng;
	uint64_t now_ns;
	struct one *ones; /* the tasks of all CPUs, then their interrupts */
	double gap_factor[NR_CALLERS];
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

static void fifo_push(struct fifo *fifo, unsigned int id)
{
	unsigned int at = fifo->first + fifo->nr++;

	fifo->ids[at < fifo->room ? at : at - fifo->room] = id;
}

static unsigned int fifo_pop(struct fifo *fifo)
{
	unsigned int id = fifo->ids[fifo->first];

	fifo->nr--;
	if (++fifo->first == fifo->room)
		fifo->first = 0;
	return id;
}

static enum caller caller_of(const struct sim *sim, unsigned int id)
{
	return id < sim->params->cpus ? C_PREEMPTIBLE : C_ATOMIC;
}

/* The interrupt of the CPU of a task, or the task of an interrupt. */
static unsigned int other_of(const struct sim *sim, unsigned int id)
{
	unsigned int cpus = sim->params->cpus;

	return id < cpus ? id + cpus : id - cpus;
}

static void count(struct sim *sim, unsigned int id, uint64_t hold_ns)
{
	struct sim_result *result = sim->result;
	enum caller caller = caller_of(sim, id);
	const struct one *one = &sim->ones[id];

	if (++sim->taken <= sim->params->warmup)
		return;
	if (sim->taken == sim->params->warmup + 1)
		sim->start_ns = sim->now_ns;
	waits_add(&result->off[caller], sim->now_ns - one->off_ns);
	waits_add(&result->total[caller], sim->now_ns - one->since_ns);
	result->busy_ns += hold_ns;
}

/* Give the free lock to somebody. */
static void take(struct sim *sim, unsigned int id)
{
	uint64_t hold_ns = dist_draw(sim->params->hold, sim->rng);

	sim->is_held = true;
	sim->holder = id;
	sim->release_ns = sim->now_ns + hold_ns;
	sim->ones[id].has_irqs_off = true;
	count(sim, id, hold_ns);
}

/* Take the lock, or queue for it, with preemption off. */
static void queue(struct sim *sim, unsigned int id)
{
	sim->ones[id].off_ns = sim->now_ns;
	if (!sim->is_held) {
		take(sim, id);
		return;
	}
	sim->ones[id].has_irqs_off = true;
	fifo_push(&sim->queue, id);
	if (caller_of(sim, id) == C_PREEMPTIBLE &&
	    ++sim->queued > sim->result->most_queued)
		sim->result->most_queued = sim->queued;
}

static void queue_next(struct sim *sim)
{
	unsigned int id = fifo_pop(&sim->queue);

	if (caller_of(sim, id) == C_PREEMPTIBLE)
		sim->queued--;
	take(sim, id);
}

/* Take the lock, or try for it, with preemption on. */
static void try(struct sim *sim, unsigned int id)
{
	struct one *one = &sim->ones[id];

	if (!sim->is_held) {
		one->off_ns = sim->now_ns;
		take(sim, id);
		return;
	}
	one->is_trying = true;
	one->slot = sim->nr_trying;
	sim->trying[sim->nr_trying++] = id;
	if (sim->params->discipline == D_GATE_SPIN)
		sim->patience_ends_ns = sim->now_ns + one->patience_ns;
}

static void stop_trying(struct sim *sim, unsigned int id)
{
	struct one *one = &sim->ones[id];
	unsigned int last = sim->trying[--sim->nr_trying];

	sim->trying[one->slot] = last;
	sim->ones[last].slot = one->slot;
	one->is_trying = false;
	if (sim->params->discipline == D_GATE_SPIN)
		one->patience_ns = sim->patience_ends_ns - sim->now_ns;
	sim->patience_ends_ns = NEVER;
}

/* Nobody queues: one of those who try succeeds. */
static void try_succeeds(struct sim *sim)
{
	unsigned int id =
		sim->trying[sim->nr_trying == 1 ?
				    0 :
				    gsl_rng_uniform_int(sim->rng,
							sim->nr_trying)];

	stop_trying(sim, id);
	sim->ones[id].off_ns = sim->now_ns;
	take(sim, id);
}

/* The gate's owner runs. */
static void pass_gate(struct sim *sim, unsigned int id)
{
	sim->ones[id].has_gate = true;
	sim->ones[id].patience_ns = sim->params->patience_ns;
	if (sim->params->discipline == D_GATE)
		queue(sim, id);
	else
		try(sim, id);
}

static void enter_gate(struct sim *sim, unsigned int id)
{
	if (sim->gate_is_owned) {
		fifo_push(&sim->gate, id);
		return;
	}
	sim->gate_is_owned = true;
	pass_gate(sim, id);
}

/* An interrupt comes: the task cannot try meanwhile. */
static void interrupt(struct sim *sim, unsigned int task)
{
	if (!sim->ones[task].is_trying)
		return;
	stop_trying(sim, task);
	sim->ones[task].is_interrupted = true;
}

/* A gap is over. */
static void want(struct sim *sim, unsigned int id)
{
	enum discipline discipline = sim->params->discipline;

	sim->ones[id].since_ns = sim->now_ns;
	if (caller_of(sim, id) == C_ATOMIC)
		interrupt(sim, other_of(sim, id));
	if (caller_of(sim, id) == C_ATOMIC || discipline == D_QUEUE)
		queue(sim, id);
	else if (discipline == D_SPIN ||
		 (discipline == D_GATE_SPIN && !sim->is_held))
		try(sim, id);
	else
		enter_gate(sim, id);
}

/* Somebody's time has come, and the CPU is free for it. */
static void run(struct sim *sim, unsigned int id)
{
	struct one *one = &sim->ones[id];

	if (one->is_waking) {
		one->is_waking = false;
		pass_gate(sim, id);
	} else {
		want(sim, id);
	}
}

/* The same, but the other one may have interrupts off, or be the interrupt. */
static void happen(struct sim *sim, unsigned int id)
{
	if (sim->ones[other_of(sim, id)].has_irqs_off)
		sim->ones[id].is_late = true;
	else
		run(sim, id);
}

static void leave_gate(struct sim *sim, unsigned int id)
{
	sim->ones[id].has_gate = false;
	sim->gate_is_owned = sim->gate.nr;
	if (!sim->gate.nr)
		return;
	id = fifo_pop(&sim->gate);
	sim->ones[id].is_waking = true;
	if (sim->params->handoff_ns)
		heap_push(&sim->events, sim->now_ns + sim->params->handoff_ns,
			  id);
	else
		happen(sim, id);
}

/* The other one has held the lock. */
static void go_on(struct sim *sim, unsigned int id)
{
	struct one *one = &sim->ones[id];

	if (one->is_opening) {
		one->is_opening = false;
		leave_gate(sim, id);
	}
	if (one->is_late) {
		one->is_late = false;
		run(sim, id);
	} else if (one->is_interrupted) {
		one->is_interrupted = false;
		try(sim, id);
	}
}

static void begin_gap(struct sim *sim, unsigned int id)
{
	double gap_ns = dist_draw(sim->params->gap, sim->rng);

	gap_ns *= sim->gap_factor[caller_of(sim, id)];
	heap_push(&sim->events, sim->now_ns + (uint64_t)(gap_ns + 0.5), id);
}

static void release(struct sim *sim)
{
	unsigned int id = sim->holder;

	sim->is_held = false;
	sim->ones[id].has_irqs_off = false;
	begin_gap(sim, id);
	if (sim->queue.nr)
		queue_next(sim);
	else if (sim->nr_trying)
		try_succeeds(sim);
	go_on(sim, other_of(sim, id));
	/* Interrupts are on again before the gate is opened; one was due, perhaps. */
	if (!sim->ones[id].has_gate)
		return;
	if (sim->ones[other_of(sim, id)].has_irqs_off)
		sim->ones[id].is_opening = true;
	else
		leave_gate(sim, id);
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
		happen(sim, heap_pop(&sim->events));
	} else {
		unsigned int id = sim->trying[0];

		sim->now_ns = sim->patience_ends_ns;
		stop_trying(sim, id);
		queue(sim, id);
	}
}

/* What makes gaps so long that a caller has this share of the operations. */
static double factor(const struct sim_params *params, double share)
{
	double gap_ns = params->gap->mean_ns, hold_ns = params->hold->mean_ns;

	return share < 1 ? ((gap_ns + hold_ns) / share - hold_ns) / gap_ns : 1;
}

static void init(struct sim *sim, const struct sim_params *params)
{
	*sim = (struct sim){ .params = params, .patience_ends_ns = NEVER };
	sim->result = array(1, sizeof(*sim->result));
	sim->rng = gsl_rng_alloc(gsl_rng_taus2);
	if (!sim->rng)
		errx(1, "out of memory");
	gsl_rng_set(sim->rng, params->seed);
	sim->ones = array(2 * params->cpus, sizeof(*sim->ones));
	sim->queue.ids = array(params->cpus, sizeof(*sim->queue.ids));
	sim->gate.ids = array(params->cpus, sizeof(*sim->gate.ids));
	sim->queue.room = sim->gate.room = params->cpus;
	sim->trying = array(params->cpus, sizeof(*sim->trying));
	heap_init(&sim->events, 2 * params->cpus);
	sim->gap_factor[C_PREEMPTIBLE] = factor(params, 1 - params->atomic);
	sim->gap_factor[C_ATOMIC] = factor(params, params->atomic);
	for (unsigned int cpu = 0; cpu < params->cpus; cpu++) {
		if (params->atomic < 1)
			begin_gap(sim, cpu);
		if (params->atomic > 0)
			begin_gap(sim, other_of(sim, cpu));
	}
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
	free(sim.gate.ids);
	free(sim.queue.ids);
	free(sim.ones);
	gsl_rng_free(sim.rng);
	return sim.result;
}
