// SPDX-License-Identifier: GPL-2.0
/* Unit tests of what records and explains wakeups, on made-up instructions. */
#include <unistd.h>

#include "flow.h"
#include "latency.h"
#include "symbols.h"
#include "test_guest.h"
#include "timeline.h"
#include "wake.h"

#define THREAD	7		/* stacks, as wake.h knows them */
#define OTHER	8
#define BASE	0x7ffff7000010	/* of the histogram */

static void test_decode_user(void **state)
{
	static const struct {
		const char *code;
		size_t size;
		enum insn_kind want;
	} cases[] = {
		{ "\x0f\x31", 2, INSN_RDTSC },
		{ "\x0f\x01\xf9", 3, INSN_RDTSC },
		/* addq $1,(%rax,%r15,8), incq of the same */
		{ "\x4a\x83\x04\xf8\x01", 5, INSN_ADD_ENTRY },
		{ "\x4a\xff\x04\xf8", 4, INSN_ADD_ENTRY },
		/* no index; an index by 4; to a register; cmp; 32 bits; %r12 is an index */
		{ "\x48\x83\x04\xe0\x01", 5, INSN_OTHER },
		{ "\x48\x83\x04\xb8\x01", 5, INSN_OTHER },
		{ "\x48\x83\xc4\xf8", 4, INSN_OTHER },
		{ "\x4a\x83\x3c\xf8\x01", 5, INSN_OTHER },
		{ "\x83\x04\xf8\x01", 4, INSN_OTHER },
		{ "\x4a\x83\x04\xe0\x01", 5, INSN_ADD_ENTRY },
	};
	struct insn insn;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		insn_decode_user(&insn, (const uint8_t *)cases[i].code, cases[i].size);
		if (insn.kind != cases[i].want)
			fail_msg("case %zu: kind %d", i, insn.kind);
	}
}

#define F		0x8000
#define G		0x8100
#define H		0x8200
#define FORK		0x8300
#define ASM_TIMER	0x8400
#define FUNCTIONS	"4300 entry_SYSCALL\n5000 switch_to\n8000 f\n8100 g\n8200 h\n"	\
			"8300 ret_from_fork_asm\n8400 asm_timer\n"

static int load_functions(struct symbols *symbols, const char *text)
{
	char path[] = "/tmp/test_wakeups.XXXXXX";
	int ret;

	write_text(path, text);
	ret = symbols_load(symbols, path);
	unlink(path);
	return ret;
}

static void test_symbols(void **state)
{
	struct symbols symbols;

	(void)state;
	assert_int_equal(load_functions(&symbols, "1000 f\n1100 f.cold\n1200 g\n"), 0);
	assert_string_equal(symbols_at(&symbols, 0x1000), "f");
	assert_null(symbols_at(&symbols, 0x1001));
	assert_string_equal(symbols_find(&symbols, 0x11ff), "f");
	assert_ptr_equal(symbols_find(&symbols, 0x1000), symbols_find(&symbols, 0x1100));
	assert_null(symbols_find(&symbols, 0xfff));
	assert_null(names_find(&symbols.names, "h"));
	symbols_free(&symbols);
	assert_int_equal(load_functions(&symbols, "1000 f\n1000 g\n"), -1);
	assert_int_equal(load_functions(&symbols, "x 1000\n"), -1);
	assert_int_equal(load_functions(&symbols, ""), -1);
	assert_int_equal(symbols_load(&symbols, "/nonexistent"), -1);
}

struct flow_fixture {
	struct fixture guest;
	struct symbols symbols;
	struct flow flow;
};

static void make_flow(struct flow_fixture *f)
{
	make(&f->guest, true);
	assert_int_equal(load_functions(&f->symbols, FUNCTIONS), 0);
	flow_init(&f->flow, &f->symbols, &f->guest.track);
}

static void destroy_flow(struct flow_fixture *f)
{
	flow_free(&f->flow);
	symbols_free(&f->symbols);
	destroy(&f->guest);
}

static void go(struct flow_fixture *f, uint64_t pc, enum insn_kind kind)
{
	const struct insn insn = { .kind = kind };

	flow_exec(&f->flow, pc, &insn, map_find(&f->guest.map, pc),
		  symbols_at(&f->symbols, pc));
}

static void go_stack(struct flow_fixture *f, uint64_t pc, uint64_t sp, enum insn_kind kind,
		     uint64_t target)
{
	const struct insn insn = { .kind = kind, .target = target };

	flow_stack(&f->flow, pc, sp, &insn, map_find(&f->guest.map, pc));
}

static void assert_path(const struct flow_fixture *f, const char *want)
{
	char *got;
	size_t size;
	FILE *file = open_memstream(&got, &size);

	path_print(f->flow.path, -1, file);
	fclose(file);
	assert_string_equal(got, want);
	free(got);
}

static void test_flow(void **state)
{
	struct flow_fixture f;

	(void)state;
	make_flow(&f);
	assert_path(&f, "user space");
	go(&f, SYSCALL, INSN_OTHER);
	assert_path(&f, "entry_SYSCALL");
	go_stack(&f, SYSCALL + 8, STACK + 0x200, INSN_CALL, F);
	assert_path(&f, "f <- entry_SYSCALL");
	/* The target is known when it runs; then it jumps to another function. */
	go_stack(&f, F + 8, STACK + 0x1f0, INSN_CALL, 0);
	go(&f, G, INSN_OTHER);
	assert_path(&f, "g <- f <- entry_SYSCALL");
	go(&f, H, INSN_OTHER);
	assert_path(&f, "h <- f <- entry_SYSCALL");
	/* An interrupt, which calls and goes back. */
	go_stack(&f, ASM_TIMER + 6, STACK + 0x1c0, INSN_CALL, ERROR_ENTRY);
	assert_path(&f, "asm_timer");
	go_stack(&f, ERROR_ENTRY + 8, STACK + 0x140, INSN_RET, 0);
	go_stack(&f, ASM_TIMER + 16, STACK + 0x140, INSN_CALL, G);
	assert_path(&f, "g <- asm_timer");
	go_stack(&f, G + 8, STACK + 0x140, INSN_RET, 0);
	assert_path(&f, "asm_timer");
	go_stack(&f, KERNEL_RETURN, STACK + 0x148, INSN_OTHER, 0);
	assert_path(&f, "asm_timer");
	go(&f, IRET, INSN_OTHER);
	assert_path(&f, "h <- f <- entry_SYSCALL");
	go_stack(&f, H + 8, STACK + 0x1f0, INSN_RET, 0);
	assert_path(&f, "f <- entry_SYSCALL");
	/* To a new task and back. */
	f.guest.track.count = 2;
	go_stack(&f, F + 16, STACK + 0x1f0, INSN_CALL, SWITCH_OUT);
	go_stack(&f, SWITCH_OUT, STACK + 0x1e8, INSN_OTHER, 0);
	go_stack(&f, SWITCH_IN, STACK_2 + 0x1e8, INSN_OTHER, 0);
	go(&f, FORK, INSN_OTHER);
	assert_path(&f, "ret_from_fork_asm");
	f.guest.track.count = 2;
	go_stack(&f, SWITCH_OUT, STACK_2 + 0x1e8, INSN_OTHER, 0);
	go_stack(&f, SWITCH_IN, STACK + 0x1c0, INSN_OTHER, 0);
	assert_path(&f, "switch_to <- f <- entry_SYSCALL");
	go_stack(&f, SWITCH_IN + 8, STACK + 0x1f0, INSN_RET, 0);
	assert_path(&f, "f <- entry_SYSCALL");
	go(&f, F + 24, INSN_SYSRET);
	assert_path(&f, "user space");
	destroy_flow(&f);
}

/* A thread sleeps, wakes @late ns late and reads the clock at @now. */
static void wakeup(struct wake *wake, uint64_t now, uint64_t late)
{
	wake_sleep(wake, THREAD);
	wake_read(wake, THREAD, now);
	wake_count(wake, THREAD, BASE + 8 * late);
}

static void test_wake(void **state)
{
	static const struct path f = { .name = "f" }, g = { .name = "g" };
	struct wake wake;

	(void)state;
	wake_init(&wake, 1000, 10000);
	wake_record(&wake, &(struct record){ 100, &f, THREAD, 0 });
	wake_record(&wake, &(struct record){ 200, &f, THREAD, 0 });
	/* Another one sleeps after the thread does, before its first wakeup. */
	wake_sleep(&wake, THREAD);
	wake_sleep(&wake, OTHER);
	wake_read(&wake, THREAD, 10500);
	wake_count(&wake, THREAD, BASE + 8 * 500);
	wake_record(&wake, &(struct record){ 19000, &g, THREAD, STATE_IRQS_OFF });
	wake_record(&wake, &(struct record){ 19500, &f, THREAD, 0 });
	wakeup(&wake, 20800, 800);
	wakeup(&wake, 30700, 700);
	/* Another task that counts, and one entry that follows no sleep. */
	wake_read(&wake, OTHER, 31000);
	wake_count(&wake, OTHER, BASE);
	wake_count(&wake, THREAD, BASE);
	assert_int_equal(wake.recording.nr, 3);
	assert_int_equal(wake.recording.slowest.wakeup, 1);
	assert_int_equal(wake.recording.fastest.wakeup, 0);
	/* From the one that ran 1000 ns before on. */
	assert_int_equal(wake.recording.slowest.nr, 1);
	assert_ptr_equal(wake.recording.slowest.records[0].path, &f);
	assert_int_equal(wake.recording.slowest.records[0].now, 19500);

	/* Behind the last bucket, twice, the second time more. */
	wake_sleep(&wake, THREAD);
	wake_read(&wake, THREAD, 45000);
	wakeup(&wake, 50600, 600);
	wake_sleep(&wake, THREAD);
	wake_read(&wake, THREAD, 66000);
	wake_end(&wake);
	assert_int_equal(wake.recording.nr, 6);
	assert_int_equal(wake.recording.list[3].bucket, 0);
	assert_int_equal(wake.recording.slowest.wakeup, 5);
	wake_free(&wake);
}

static void test_recording(void **state)
{
	char path[] = "/tmp/test_wakeups.XXXXXX";
	struct paths paths = { 0 }, read_paths = { 0 };
	struct names names = { 0 };
	struct recording got;
	struct wake wake;
	const struct path *f = path_call(&paths, NULL, "f");

	(void)state;
	wake_init(&wake, 1000, 10000);
	wake_record(&wake, &(struct record){ 100, path_call(&paths, f, "g"), THREAD,
					     STATE_IRQS_OFF });
	wake_halt(&wake, 150);
	wakeup(&wake, 500, 50);
	close(mkstemp(path));
	assert_int_equal(recording_write(&wake.recording, path), 0);
	assert_int_equal(recording_read(&got, &read_paths, &names, path), 0);
	assert_int_equal(got.nr, 1);
	assert_memory_equal(got.list, wake.recording.list, sizeof(*got.list));
	assert_int_equal(got.interval, 10000);
	assert_int_equal(got.slowest.nr, 1);
	assert_int_equal(got.slowest.records[0].now, 100);
	assert_int_equal(got.slowest.records[0].state, STATE_IRQS_OFF);
	assert_string_equal(got.slowest.records[0].path->name, "g");
	assert_string_equal(got.slowest.records[0].path->parent->name, "f");
	assert_int_equal(recording_write(&wake.recording, "/nonexistent/x"), -1);
	recording_free(&got);
	unlink(path);
	assert_int_equal(recording_read(&got, &read_paths, &names, path), -1);
	recording_free(&got);
	paths_free(&paths);
	paths_free(&read_paths);
	names_free(&names);
	wake_free(&wake);
}

static void test_latency(void **state)
{
	struct wakeup list[] = {
		{ 10500, BASE + 8 * 500, 0, 0 },
		{ 20803, BASE + 8 * 800, 0, 0 },	/* 3 ns off */
		{ 25700, BASE + 8 * 700, 1, 21000 },	/* it halted */
		{ 48000, 0, 1, 21000 },			/* expired at 35000 */
		{ 56000, BASE + 8 * 1000, 1, 21000 },	/* at 55000, the next after 48000 */
		{ 78000, 0, 2, 57000 },			/* nobody knows */
	};
	struct recording recording = { .interval = 10000, .nr = 6, .list = list };
	struct latencies l;

	(void)state;
	latency_compute(&l, &recording, 500);
	assert_int_equal(l.ns[0], 500);
	assert_int_equal(l.ns[1], 800);
	assert_int_equal(l.ns[2], 700);
	assert_int_equal(l.ns[3], 13000);
	assert_int_equal(l.ns[4], 1000);
	assert_int_equal(l.ns[5], 0);
	assert_int_equal(l.beyond, 2);
	assert_int_equal(l.unknown, 1);
	assert_int_equal(l.checked, 2);
	assert_int_equal(l.error, 3);
	latency_free(&l);
}

/* A wakeup that reads the clock at 2000, and one that does at 12000. */
struct timeline_fixture {
	struct paths paths;
	const struct path *task, *irq, *work, *user;
	struct record slow[5], fast[2];
	struct wakeup list[2];
	struct recording recording;
};

static void make_timeline(struct timeline_fixture *f)
{
	memset(f, 0, sizeof(*f));
	f->task = path_call(&f->paths, NULL, "task");
	f->work = path_call(&f->paths, f->task, "work");
	f->irq = path_call(&f->paths, NULL, "irq");
	f->user = path_call(&f->paths, NULL, "user space");
	f->slow[0] = (struct record){ 500, f->task, OTHER, 0 };
	f->slow[1] = (struct record){ 900, f->work, OTHER, STATE_IRQS_OFF };
	f->slow[2] = (struct record){ 1500, f->irq, OTHER, STATE_IRQS_OFF };
	f->slow[3] = (struct record){ 1800, f->user, THREAD, 0 };
	f->slow[4] = (struct record){ 2100, f->task, THREAD, 0 };
	f->fast[0] = (struct record){ 11000, f->irq, OTHER, STATE_IRQS_OFF };
	f->fast[1] = (struct record){ 11900, f->user, THREAD, 0 };
	f->list[0] = (struct wakeup){ 2000, BASE + 8000, 0, 0 };
	f->list[1] = (struct wakeup){ 12000, BASE + 8 * 300, 0, 0 };
	f->recording = (struct recording){
		.interval = 10000, .nr = 2, .list = f->list,
		.slowest = { .wakeup = 0, .nr = 5, .records = f->slow },
		.fastest = { .wakeup = 1, .nr = 2, .records = f->fast },
	};
}

static void test_timeline(void **state)
{
	struct timeline_fixture f;
	struct timeline slow, fastest;
	struct section *sections;
	struct excess *excess;
	uint64_t rest, sum = 0;
	size_t nr, i;

	(void)state;
	make_timeline(&f);
	assert_int_equal(timeline_make(&slow, &f.recording, &f.recording.slowest, 1000), 0);
	assert_int_equal(timeline_make(&fastest, &f.recording, &f.recording.fastest, 300), 0);
	assert_int_equal(slow.nr, 3);
	assert_int_equal(slow.list[0].from, 0);
	assert_int_equal(slow.list[0].to, 500);
	assert_int_equal(slow.list[2].to, 1000);

	sections = timeline_sections(&slow, &nr);
	assert_int_equal(nr, 3);
	assert_ptr_equal(sections[0].path, f.work);
	assert_string_equal(sections[0].state, "irqs off");
	assert_ptr_equal(sections[1].path, f.irq);
	for (i = 0; i < nr; i++)
		sum += sections[i].to - sections[i].from;
	assert_int_equal(sum, slow.latency);
	free(sections);

	/* 500 in work; irq had 300 and 200; user space 200 and 100. */
	excess = timeline_excess(&slow, &fastest, 0.2, &nr, &rest);
	assert_int_equal(nr, 1);
	assert_ptr_equal(excess[0].path, f.work);
	assert_int_equal(excess[0].ns, 500);
	assert_int_equal(rest, 200);
	free(excess);
	excess = timeline_excess(&slow, &fastest, 0.1, &nr, &rest);
	assert_int_equal(nr, 3);
	assert_int_equal(rest, 0);
	free(excess);
	timeline_free(&slow);
	timeline_free(&fastest);

	/* The window begins too late. */
	assert_int_equal(timeline_make(&slow, &f.recording, &f.recording.slowest, 1501), -1);
	timeline_free(&slow);
	paths_free(&f.paths);
}

/* A halt that the timer ended takes the time to it; one that it did not takes none. */
static void test_halt(void **state)
{
	struct timeline_fixture f;
	struct timeline timeline;

	(void)state;
	make_timeline(&f);
	f.slow[1].state = STATE_HALTED;
	f.list[0].halts = 1;
	f.list[0].halt = 900;
	assert_int_equal(timeline_make(&timeline, &f.recording, &f.recording.slowest, 1150), 0);
	assert_ptr_equal(timeline.list[0].what.path, f.work);
	assert_int_equal(timeline.list[0].to, 650);
	timeline_free(&timeline);
	assert_int_equal(timeline_make(&timeline, &f.recording, &f.recording.slowest, 1400), 0);
	assert_ptr_equal(timeline.list[0].what.path, f.task);
	assert_int_equal(timeline.list[0].to, 300);
	timeline_free(&timeline);
	paths_free(&f.paths);
}

static void test_print(void **state)
{
	struct timeline_fixture f;
	struct timeline timeline;
	char *got;
	size_t size;
	FILE *file = open_memstream(&got, &size);

	(void)state;
	make_timeline(&f);
	assert_int_equal(timeline_make(&timeline, &f.recording, &f.recording.slowest, 1200), 0);
	timeline_print(&timeline, file);
	fputs("\n", file);
	path_print(f.work, 1, file);
	fclose(file);
	assert_string_equal(got,
			    "       0      700  preemptible    task\n"
			    "     100      600  irqs off         work\n"
			    "     700      300  irqs off       irq\n"
			    "    1000      200  preemptible    user space\n"
			    "\nwork <- task");
	free(got);
	timeline_free(&timeline);
	paths_free(&f.paths);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_decode_user),
		cmocka_unit_test(test_symbols),
		cmocka_unit_test(test_flow),
		cmocka_unit_test(test_wake),
		cmocka_unit_test(test_recording),
		cmocka_unit_test(test_latency),
		cmocka_unit_test(test_timeline),
		cmocka_unit_test(test_halt),
		cmocka_unit_test(test_print),
	};

	return cmocka_run_group_tests_name("wakeups", tests, NULL, NULL);
}
