// SPDX-License-Identifier: GPL-2.0
/* Unit tests of the hold-time instrument, on made-up instructions. */
#include <unistd.h>

#include "report.h"
#include "test_guest.h"

/* Calls and returns; inside, preemption is disabled (raw) or the trylock is won. */
static void take(struct fixture *f, uint64_t call, uint64_t sp, bool success)
{
	run_stack(f, call, sp, INSN_CALL, ELSEWHERE);
	if (f->map.raw)
		run_add(f, ELSEWHERE, INSN_COUNT_ADD, 1);
	if (f->map.raw && !success)
		run_add(f, LOST, INSN_COUNT_ADD, -1);
	if (!f->map.raw && success) {
		run_stack(f, WON, sp - 8, INSN_CALL, ELSEWHERE);
		run_stack(f, ELSEWHERE, sp - 8, INSN_RET, 0);
	}
	run_stack(f, ELSEWHERE, sp, INSN_RET, 0);
	run(f, call + 5, INSN_OTHER);
}

static void give(struct fixture *f, uint64_t call, uint64_t sp)
{
	run_stack(f, call, sp, INSN_CALL, ELSEWHERE);
	if (f->map.raw)
		run_add(f, ELSEWHERE, INSN_COUNT_ADD, -1);
	run_stack(f, ELSEWHERE, sp, INSN_RET, 0);
}

static void test_decode(void **state)
{
	static const struct {
		const char *code;
		size_t size;
		struct insn want;
	} cases[] = {
		{ "\x65\xff\x05\x61\xa0\x6f\x00", 7, { INSN_COUNT_ADD, 0, 1, false } },
		{ "\x65\xff\x0d\x61\xa0\x6f\x00", 7, { INSN_COUNT_ADD, 0, -1, false } },
		{ "\x65\x81\x05\x5d\xa0\x6f\x00\x00\x00\x01\x00", 11, { INSN_COUNT_ADD, 0, 65536, false } },
		{ "\x65\x81\x05\x5d\xa0\x6f\x00\x00\x00\xff\xff", 11, { INSN_COUNT_ADD, 0, -65536, false } },
		{ "\x65\x83\x2d\x60\xa0\x6f\x00\x02", 8, { INSN_COUNT_ADD, 0, -2, false } },
		/* need_resched alone: no change */
		{ "\x65\x81\x25\x5d\xa0\x6f\x00\xff\xff\xff\x7f", 11, { INSN_OTHER, 0, 0, false } },
		{ "\x65\x81\x0d\x5d\xa0\x6f\x00\x00\x00\x00\x80", 11, { INSN_OTHER, 0, 0, false } },
		{ "\x65\x0f\xb1\x15\x60\xa0\x6f\x00", 8, { INSN_COUNT_SET, 0, 0, false } },
		{ "\x65\x8b\x05\x61\xa0\x6f\x00", 7, { INSN_OTHER, 0, 0, false } },
		/* another variable; the same without %gs */
		{ "\x65\xff\x05\x60\xa0\x6f\x00", 7, { INSN_OTHER, 0, 0, false } },
		{ "\xff\x05\x62\xa0\x6f\x00", 6, { INSN_OTHER, 0, 0, false } },
		{ "\xe8\x00\x10\x00\x00", 5, { INSN_CALL, 0xffffffff81665fc5, 0, false } },
		{ "\xff\xd0", 2, { INSN_CALL, 0, 0, false } },
		{ "\x41\xff\xd3", 3, { INSN_CALL, 0, 0, false } },
		{ "\xff\x50\x60", 3, { INSN_CALL, 0, 0, true } },
		{ "\xc3", 1, { INSN_RET, 0, 0, false } },
		{ "\xfa", 1, { INSN_CLI, 0, 0, false } },
		{ "\xfb", 1, { INSN_STI, 0, 0, false } },
		{ "\xf4", 1, { INSN_HLT, 0, 0, false } },
		{ "\x48\x0f\x07", 3, { INSN_SYSRET, 0, 0, false } },
		{ "\x0f\x1f\x44\x00\x00", 5, { INSN_OTHER, 0, 0, false } },
		{ "\x66\x66\x66", 3, { INSN_OTHER, 0, 0, false } },
	};
	struct insn insn;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		memset(&insn, 0, sizeof(insn));
		insn_decode(&insn, (const uint8_t *)cases[i].code, cases[i].size,
			    0xffffffff81664fc0, COUNT_ADDR);
		if (insn.kind != cases[i].want.kind || insn.target != cases[i].want.target ||
		    insn.add != cases[i].want.add || insn.loads != cases[i].want.loads)
			fail_msg("case %zu: kind %d target %lx add %d", i, insn.kind,
				 insn.target, insn.add);
	}
}

static void test_map_refused(void **state)
{
	static const char *const texts[] = {
		"{", "{}", "{\"sites\": []}",
		"{\"sites\": [{\"site\": \"a\", \"lock\": \"other\", \"kind\": \"lock\"}]}",
		"{\"sites\": [{\"site\": \"a\", \"lock\": \"pcp\", \"kind\": \"lock\","
		" \"calls\": [\"\"]}]}",
	};
	struct map map;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		assert_int_equal(load_text(&map, texts[i]), -1);
	assert_int_equal(map_load(&map, "/nonexistent"), -1);
}

/* Who takes the lock, with preemption disabled or interrupts off for so long before. */
static uint64_t atomic_holds(int32_t count, enum insn_kind before, uint64_t ns)
{
	struct fixture f;
	uint64_t atomic;

	make(&f, true);
	begin(&f);
	if (count)
		run_add(&f, ELSEWHERE, INSN_COUNT_ADD, count);
	run(&f, ELSEWHERE, before);
	pass(&f, ns);
	take(&f, ZONE_CALL, STACK + 100, true);
	pass(&f, 50);
	give(&f, ZONE_RELEASE, STACK + 100);
	atomic = f.track.locks[LOCK_ZONE].atomic;
	assert_int_equal(f.track.locks[LOCK_ZONE].holds.nr, 1);
	destroy(&f);
	return atomic;
}

static void test_atomic_callers(void **state)
{
	(void)state;
	assert_int_equal(atomic_holds(0, INSN_OTHER, 100), 0);
	/* The way to the lock itself. */
	assert_int_equal(atomic_holds(0, INSN_CLI, 5), 0);
	assert_int_equal(atomic_holds(0, INSN_CLI, 100), 1);
	assert_int_equal(atomic_holds(1, INSN_OTHER, 100), 1);
}

/* A raw hold ends where preemption is as it was before the pin. */
static void test_raw_hold(void **state)
{
	struct fixture f;

	(void)state;
	make(&f, true);
	begin(&f);
	run_add(&f, ELSEWHERE, INSN_COUNT_ADD, 1);
	take(&f, PCP_CALL, STACK + 100, true);
	pass(&f, 50);
	give(&f, PCP_RELEASE, STACK + 100);
	pass(&f, 7);
	assert_int_equal(f.track.stats[0].holds.nr, 0);
	run_add(&f, ELSEWHERE, INSN_COUNT_ADD, -1);
	assert_int_equal(f.track.stats[0].holds.nr, 1);
	/* the instruction behind the call, 50, call, count, return, 7 */
	assert_int_equal(f.track.stats[0].max_ns, 1 + 50 + 3 + 7);
	assert_int_equal(f.track.stats[0].chain.pc[0], PCP_CALL);
	assert_int_equal(f.track.off.with_locks.ns, f.track.stats[0].max_ns + 4);
	assert_int_equal(f.track.wrong_releases, 0);
	destroy(&f);
}

static void test_sleeping_hold(void **state)
{
	struct fixture f;

	(void)state;
	make(&f, false);
	begin(&f);
	take(&f, PCP_CALL, STACK + 100, true);
	pass(&f, 50);
	give(&f, PCP_RELEASE, STACK + 100);
	assert_int_equal(f.track.stats[0].holds.nr, 1);
	assert_int_equal(f.track.stats[0].max_ns, 51);
	assert_int_equal(f.track.off.with_locks.ns, 0);
	destroy(&f);
}

static void test_failed_trylock(void **state)
{
	struct fixture f;
	int raw;

	(void)state;
	for (raw = 0; raw < 2; raw++) {
		make(&f, raw);
		begin(&f);
		take(&f, PCP_CALL, STACK + 100, false);
		pass(&f, 50);
		assert_int_equal(f.track.cur->nr_held, 0);
		assert_int_equal(f.track.count, 0);
		/* The next one is not confused by it. */
		take(&f, PCP_CALL, STACK + 100, true);
		assert_int_equal(f.track.cur->nr_held, 1);
		destroy(&f);
	}
}

/* In the middle of a lock function the task is switched out, and in with work to do. */
static void test_attempt_in_attempt(void **state)
{
	struct fixture f;

	(void)state;
	make(&f, false);
	begin(&f);
	run_stack(&f, PCP_CALL, STACK + 800, INSN_CALL, ELSEWHERE);
	run_stack(&f, WON, STACK + 792, INSN_CALL, ELSEWHERE);
	run_stack(&f, ELSEWHERE, STACK + 792, INSN_RET, 0);
	take(&f, PCP_CALL, STACK + 500, true);
	give(&f, PCP_RELEASE, STACK + 500);
	run_stack(&f, ELSEWHERE, STACK + 800, INSN_RET, 0);
	run(&f, PCP_CALL + 5, INSN_OTHER);
	give(&f, PCP_RELEASE, STACK + 800);
	assert_int_equal(f.track.stats[0].holds.nr, 2);
	assert_int_equal(f.track.wrong_releases, 0);
	destroy(&f);
}

/* zone->lock inside pcp->lock: a hold of its own, and part of the other one. */
static void test_nested(void **state)
{
	struct fixture f;

	(void)state;
	make(&f, true);
	begin(&f);
	run_add(&f, ELSEWHERE, INSN_COUNT_ADD, 1);
	take(&f, PCP_CALL, STACK + 100, true);
	take(&f, ZONE_CALL, STACK + 80, true);
	pass(&f, 20);
	run(&f, MOVE, INSN_OTHER);
	give(&f, ZONE_RELEASE, STACK + 80);
	run(&f, MOVE, INSN_OTHER);
	assert_int_equal(f.track.stats[1].max_ns, 1 + 20 + 1 + 1);
	assert_int_equal(f.track.stats[1].moves, 1);
	assert_int_equal(f.track.stats[0].holds.nr, 0);
	give(&f, PCP_RELEASE, STACK + 100);
	run_add(&f, ELSEWHERE, INSN_COUNT_ADD, -1);
	assert_true(f.track.stats[0].max_ns > f.track.stats[1].max_ns);
	assert_int_equal(f.track.stats[0].moves, 2);
	destroy(&f);
}

static void test_interrupt(void **state)
{
	struct fixture f;
	const struct stat_site *stat;

	(void)state;
	make(&f, true);
	begin(&f);
	run_add(&f, ELSEWHERE, INSN_COUNT_ADD, 1);
	take(&f, PCP_CALL, STACK + 200, true);
	interrupt(&f, STACK + 150, 1000);
	assert_true(f.track.irqs);
	give(&f, PCP_RELEASE, STACK + 200);
	run_add(&f, ELSEWHERE, INSN_COUNT_ADD, -1);
	stat = &f.track.stats[0];
	assert_int_equal(stat->max_ns - stat->max_own_ns, 1002);
	destroy(&f);
}

/* A lock that an exception in the kernel takes is held while an interrupt comes. */
static void test_interrupt_in_exception(void **state)
{
	struct fixture f;
	const struct stat_site *stat;

	(void)state;
	make(&f, true);
	begin(&f);
	run_stack(&f, ELSEWHERE, STACK + 400, INSN_CALL, ERROR_ENTRY);
	run_add(&f, ELSEWHERE, INSN_COUNT_ADD, 1);
	take(&f, PCP_CALL, STACK + 200, true);
	interrupt(&f, STACK + 150, 1000);
	give(&f, PCP_RELEASE, STACK + 200);
	run_add(&f, ELSEWHERE, INSN_COUNT_ADD, -1);
	stat = &f.track.stats[0];
	assert_int_equal(stat->max_ns - stat->max_own_ns, 1002);
	destroy(&f);
}

/* A site tries its lock, and waits for it by another call, which nothing can lose. */
static void test_trylock_then_lock(void **state)
{
	struct fixture f;

	(void)state;
	make(&f, false);
	begin(&f);
	take(&f, PCP_CALL_2, STACK + 100, false);
	assert_int_equal(f.track.cur->nr_held, 1);
	give(&f, PCP_RELEASE, STACK + 100);
	/* The call that just tries needs to be won. */
	take(&f, PCP_CALL, STACK + 100, false);
	assert_int_equal(f.track.cur->nr_held, 0);
	assert_int_equal(f.track.wrong_releases, 0);
	destroy(&f);
}

/* What is never released is not forgotten in silence. */
static void test_too_many_held(void **state)
{
	struct fixture f;

	(void)state;
	make(&f, false);
	begin(&f);
	for (int i = 0; i <= STACK_HELD; i++)
		take(&f, ZONE_CALL, STACK + 100, true);
	assert_int_equal(f.track.wrong_releases, 1);
	destroy(&f);
}

/* The holder of a sleeping lock is preempted by a task that takes the lock's sibling. */
static void test_preempted(void **state)
{
	struct fixture f;
	const struct stat_site *stat;

	(void)state;
	make(&f, false);
	begin(&f);
	take(&f, ZONE_CALL, STACK + 500, true);
	run_add(&f, ELSEWHERE, INSN_COUNT_ADD, 2);
	run_stack(&f, SWITCH_OUT, STACK + 300, INSN_OTHER, 0);
	run_stack(&f, SWITCH_IN, STACK_2 + 300, INSN_OTHER, 0);
	run_add(&f, ELSEWHERE, INSN_COUNT_ADD, -2);
	take(&f, PCP_CALL, STACK_2 + 500, true);
	pass(&f, 5000);
	give(&f, PCP_RELEASE, STACK_2 + 500);
	run_add(&f, ELSEWHERE, INSN_COUNT_ADD, 2);
	run_stack(&f, SWITCH_OUT, STACK_2 + 300, INSN_OTHER, 0);
	run_stack(&f, SWITCH_IN, STACK + 252, INSN_OTHER, 0);
	run_add(&f, ELSEWHERE, INSN_COUNT_ADD, -2);
	give(&f, ZONE_RELEASE, STACK + 500);
	stat = &f.track.stats[1];
	assert_int_equal(stat->holds.nr, 1);
	assert_true(stat->max_ns > 5000);
	assert_true(stat->max_own_ns < 20);
	assert_int_equal(f.track.stats[0].holds.nr, 1);
	assert_int_equal(f.track.wrong_counts, 0);
	destroy(&f);
}

static void test_off(void **state)
{
	struct fixture f;

	(void)state;
	make(&f, true);
	begin(&f);
	run(&f, ELSEWHERE, INSN_CLI);
	pass(&f, 30);
	run_add(&f, ELSEWHERE, INSN_COUNT_ADD, 1);
	run(&f, ELSEWHERE, INSN_STI);
	pass(&f, 30);
	run_add(&f, ELSEWHERE + 1, INSN_COUNT_ADD, -1);
	assert_int_equal(f.track.off.sections, 1);
	assert_int_equal(f.track.off.without_locks.ns, 63);
	assert_int_equal(f.track.off.without_locks.to, ELSEWHERE + 1);
	/* A processor that is halted is free. */
	run_add(&f, ELSEWHERE, INSN_COUNT_ADD, 1);
	run(&f, ELSEWHERE, INSN_HLT);
	pass(&f, 100000);
	interrupt(&f, STACK + 100, 10);
	run_add(&f, ELSEWHERE, INSN_COUNT_ADD, -1);
	assert_int_equal(f.track.off.sections, 3);
	assert_int_equal(f.track.off.without_locks.ns, 63);
	destroy(&f);
}

/* What lies outside of the window, or reaches over its end, is not counted. */
static void test_window(void **state)
{
	struct fixture f;

	(void)state;
	make(&f, false);
	run(&f, SYSCALL, INSN_OTHER);
	run(&f, ELSEWHERE, INSN_STI);
	take(&f, ZONE_CALL, STACK + 100, true);
	run(&f, BEGIN, INSN_OTHER);
	assert_false(f.track.on);
	run(&f, ARM, INSN_OTHER);
	assert_false(f.track.on);
	run(&f, BEGIN, INSN_OTHER);
	pass(&f, 50);
	give(&f, ZONE_RELEASE, STACK + 100);
	take(&f, ZONE_CALL, STACK + 100, true);
	run(&f, END, INSN_OTHER);
	give(&f, ZONE_RELEASE, STACK + 100);
	run(&f, BEGIN, INSN_OTHER);
	assert_int_equal(f.track.stats[1].holds.nr, 0);
	assert_false(f.track.on);
	assert_int_equal(f.track.window, 1 + 50 + 2 + 5);
	destroy(&f);
}

/* One address may begin the window and end it: the policy of a task changes twice. */
static void test_window_of_one_place(void **state)
{
	struct fixture f;

	(void)state;
	make(&f, false);
	((struct place *)map_find(&f.map, BEGIN))->roles |= ROLE_END;
	begin(&f);
	assert_true(f.track.on);
	pass(&f, 50);
	run(&f, BEGIN, INSN_OTHER);
	assert_false(f.track.on);
	assert_true(f.track.ended);
	assert_int_equal(f.track.window, 1 + 50);
	run(&f, BEGIN, INSN_OTHER);
	assert_false(f.track.on);
	destroy(&f);
}

static void test_wrong(void **state)
{
	struct fixture f;

	(void)state;
	make(&f, true);
	begin(&f);
	give(&f, ZONE_RELEASE, STACK + 100);
	assert_int_equal(f.track.wrong_releases, 1);
	run(&f, ELSEWHERE, INSN_COUNT_SET);
	assert_int_equal(f.track.wrong_counts, 1);
	run(&f, SYSCALL, INSN_OTHER);
	assert_int_equal(f.track.wrong_counts, 2);
	destroy(&f);
}

static void test_chain(void **state)
{
	static struct stacks stacks;
	struct stack *stack = stack_at(&stacks, STACK + 4000);
	struct chain chain;

	(void)state;
	assert_ptr_equal(stack, stack_at(&stacks, STACK));
	assert_ptr_not_equal(stack, stack_at(&stacks, STACK_2));
	stack_call(stack, STACK + 4000, 1);
	stack_call(stack, STACK + 3000, 2);
	stack_call(stack, STACK + 2000, 3);
	stack_ret(stack, STACK + 2000);
	chain = stack_chain(stack, 9);
	assert_int_equal(chain.pc[0], 9);
	assert_int_equal(chain.pc[1], 2);
	assert_int_equal(chain.pc[2], 1);
	assert_int_equal(chain.pc[3], 0);
	/* A call from further up: whatever was below it has ended. */
	stack_call(stack, STACK + 3500, 4);
	chain = stack_chain(stack, 9);
	assert_int_equal(chain.pc[1], 4);
	assert_int_equal(chain.pc[2], 1);
	stacks_free(&stacks);
}

static void test_quantile(void **state)
{
	struct stat_site stat = { 0 };
	const struct chain chain = { { 0 } };
	uint64_t i;

	(void)state;
	for (i = 20000; i; i--)
		stat_add(&stat, i, i / 2, i, &chain);
	assert_int_equal(stat_quantile(&stat, 9999), 19998);
	assert_int_equal(stat_quantile(&stat, 10000), 20000);
	assert_int_equal(stat_quantile(&stat, 0), 1);
	assert_int_equal(stat.max_ns, 20000);
	assert_int_equal(stat.max_own_ns, 10000);
	assert_int_equal(stat.moves, 20000);
	stat_free(&stat);
}

/* What the report says, read back. */
static json_t *report_of(struct track *track)
{
	char path[] = "/tmp/test_holds.XXXXXX";
	json_t *root;

	close(mkstemp(path));
	assert_int_equal(report_write(track, path), 0);
	root = json_load_file(path, 0, NULL);
	unlink(path);
	assert_non_null(root);
	return root;
}

/* Gaps and holds of a lock fill the window; entries of a histogram are 1 % wide. */
static void test_locks(void **state)
{
	static const uint64_t holds[] = { 99, 1000, 1010, 1011, 1020 };
	uint64_t sum = 0, ns;
	struct fixture f;
	json_t *root, *lock, *value;
	const char *key;
	size_t i;

	(void)state;
	make(&f, false);
	begin(&f);
	for (i = 0; i < 5; i++) {
		pass(&f, 500 * i);
		take(&f, PCP_CALL, STACK + 100, true);
		pass(&f, holds[i] - 1);
		give(&f, PCP_RELEASE, STACK + 100);
	}
	pass(&f, 77);
	run(&f, END, INSN_OTHER);
	root = report_of(&f.track);
	lock = json_object_get(json_object_get(root, "locks"), "pcp");
	assert_int_equal(json_integer_value(json_object_get(lock, "holds")), 5);
	value = json_object_get(lock, "hold_ns");
	assert_int_equal(json_object_size(value), 3);
	assert_int_equal(json_integer_value(json_object_get(value, "99")), 1);
	assert_int_equal(json_integer_value(json_object_get(value, "1010")), 2);
	assert_int_equal(json_integer_value(json_object_get(value, "1020")), 2);
	for (i = 0; i < 5; i++)
		sum += holds[i];
	i = 0;
	json_object_foreach(json_object_get(lock, "gap_ns"), key, value) {
		ns = strtoull(key, NULL, 10);
		i += json_integer_value(value);
		sum += ns * json_integer_value(value);
	}
	assert_int_equal(i, 5);
	assert_int_equal(sum, json_integer_value(json_object_get(root, "window_instructions")));
	lock = json_object_get(json_object_get(root, "locks"), "zone");
	assert_int_equal(json_integer_value(json_object_get(lock, "holds")), 0);
	assert_null(json_object_get(lock, "hold_ns"));
	json_decref(root);
	destroy(&f);
}

/* A site without a hold has no figures in the report. */
static void test_report(void **state)
{
	const json_t *site;
	struct fixture f;
	json_t *root;

	(void)state;
	make(&f, false);
	begin(&f);
	take(&f, PCP_CALL, STACK + 100, true);
	give(&f, PCP_RELEASE, STACK + 100);
	run(&f, END, INSN_OTHER);
	root = report_of(&f.track);
	site = json_array_get(json_object_get(root, "sites"), 0);
	assert_int_equal(json_integer_value(json_object_get(site, "holds")), 1);
	assert_int_equal(json_integer_value(json_object_get(site, "max_ns")), 1);
	site = json_array_get(json_object_get(root, "sites"), 1);
	assert_int_equal(json_integer_value(json_object_get(site, "holds")), 0);
	assert_null(json_object_get(site, "max_ns"));
	assert_non_null(json_object_get(root, "window_instructions"));
	assert_int_equal(report_write(&f.track, "/nonexistent/x"), -1);
	json_decref(root);
	destroy(&f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_decode),
		cmocka_unit_test(test_map_refused),
		cmocka_unit_test(test_atomic_callers),
		cmocka_unit_test(test_raw_hold),
		cmocka_unit_test(test_sleeping_hold),
		cmocka_unit_test(test_failed_trylock),
		cmocka_unit_test(test_trylock_then_lock),
		cmocka_unit_test(test_too_many_held),
		cmocka_unit_test(test_interrupt_in_exception),
		cmocka_unit_test(test_attempt_in_attempt),
		cmocka_unit_test(test_nested),
		cmocka_unit_test(test_interrupt),
		cmocka_unit_test(test_preempted),
		cmocka_unit_test(test_off),
		cmocka_unit_test(test_window),
		cmocka_unit_test(test_window_of_one_place),
		cmocka_unit_test(test_wrong),
		cmocka_unit_test(test_chain),
		cmocka_unit_test(test_quantile),
		cmocka_unit_test(test_locks),
		cmocka_unit_test(test_report),
	};

	return cmocka_run_group_tests_name("holds", tests, NULL, NULL);
}
