// SPDX-License-Identifier: GPL-2.0
#include <unistd.h>

#include "test_guest.h"

#define MAP_TEXT								\
	"\"sites\": ["								\
	" {\"site\": \"a.c:f\", \"lock\": \"pcp\", \"kind\": \"trylock\","	\
	"  \"pin\": %s, \"calls\": [\"0x1000\", \"0x1200\"], \"trylocks\": [\"0x1000\"]},"	\
	" {\"site\": \"a.c:g\", \"lock\": \"zone\", \"kind\": \"lock\","	\
	"  \"pin\": false, \"calls\": [\"0x2000\"]}],"				\
	"\"releases\": [{\"lock\": \"pcp\", \"address\": \"0x1100\"},"		\
	" {\"lock\": \"zone\", \"address\": \"0x2100\"}],"			\
	"\"points\": {\"preempt_count\": \"0xffffffff81d5f028\","		\
	" \"error_entry\": \"0x4000\", \"kernel_return\": \"0x4100\","		\
	" \"iret\": \"0x4200\", \"syscall\": \"0x4300\","			\
	" \"switch_out\": \"0x5000\", \"switch_in\": \"0x5100\","		\
	" \"arm\": \"0x5f00\", \"begin\": \"0x6000\", \"end\": \"0x6100\"},"				\
	"\"lost\": [\"0x3000\"], \"won\": [\"0x3100\"],"		\
	"\"moves\": [\"0x6200\"]}"

void write_text(char *path, const char *text)
{
	const size_t len = strlen(text);
	const int fd = mkstemp(path);

	assert_true(fd >= 0);
	assert_int_equal(write(fd, text, len), len);
	close(fd);
}

int load_text(struct map *map, const char *text)
{
	char path[] = "/tmp/test_holds.XXXXXX";
	int ret;

	write_text(path, text);
	ret = map_load(map, path);
	unlink(path);
	return ret;
}

void make(struct fixture *f, bool raw)
{
	char text[2048];

	snprintf(text, sizeof(text), "{\"raw\": %s, " MAP_TEXT, raw ? "true" : "false", "true");
	assert_int_equal(load_text(&f->map, text), 0);
	track_init(&f->track, &f->map);
}

void destroy(struct fixture *f)
{
	track_free(&f->track);
	map_free(&f->map);
}

void run_add(struct fixture *f, uint64_t pc, enum insn_kind kind, int32_t add)
{
	const struct insn insn = { .kind = kind, .add = add };

	track_exec(&f->track, pc, &insn, map_find(&f->map, pc));
	f->track.now++;
}

void run(struct fixture *f, uint64_t pc, enum insn_kind kind)
{
	run_add(f, pc, kind, 0);
}

void run_stack(struct fixture *f, uint64_t pc, uint64_t sp, enum insn_kind kind,
	       uint64_t target)
{
	const struct insn insn = { .kind = kind, .target = target };

	track_stack(&f->track, pc, sp, &insn, map_find(&f->map, pc));
	f->track.now++;
}

void pass(struct fixture *f, uint64_t ns)
{
	f->track.now += ns;
}

void begin(struct fixture *f)
{
	run(f, SYSCALL, INSN_OTHER);
	run(f, ELSEWHERE, INSN_STI);
	run(f, ARM, INSN_OTHER);
	run(f, BEGIN, INSN_OTHER);
}

void interrupt(struct fixture *f, uint64_t sp, uint64_t ns)
{
	run_stack(f, ELSEWHERE, sp, INSN_CALL, ERROR_ENTRY);
	pass(f, ns);
	run_stack(f, KERNEL_RETURN, sp - 112, INSN_OTHER, 0);
	run(f, IRET, INSN_OTHER);
}
