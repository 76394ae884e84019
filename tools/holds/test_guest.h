/* SPDX-License-Identifier: GPL-2.0 */
/* A made-up guest for the unit tests: a map, and instructions one by one. */
#ifndef TEST_GUEST_H
#define TEST_GUEST_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <jansson.h>

#include "insn.h"
#include "map.h"
#include "track.h"

#define COUNT_ADDR	0xffffffff81d5f028
#define STACK		0xffffc90000004000	/* of a task */
#define STACK_2		0xffffc90000010000	/* of another one */

/* Addresses of the made-up kernel; a site's call returns 5 bytes behind it. */
enum {
	PCP_CALL = 0x1000, PCP_RELEASE = 0x1100,
	PCP_CALL_2 = 0x1200,	/* of the same site, and waits */
	ZONE_CALL = 0x2000, ZONE_RELEASE = 0x2100,
	LOST = 0x3000, WON = 0x3100,
	ERROR_ENTRY = 0x4000, KERNEL_RETURN = 0x4100, IRET = 0x4200, SYSCALL = 0x4300,
	SWITCH_OUT = 0x5000, SWITCH_IN = 0x5100,
	ARM = 0x5f00, BEGIN = 0x6000, END = 0x6100, MOVE = 0x6200,
	ELSEWHERE = 0x7000,
};

struct fixture {
	struct map map;
	struct track track;
};

/* Writes @text to a new file, whose name goes to @path, a template of mkstemp(). */
void write_text(char *path, const char *text);

/* Reads @text as a map. */
int load_text(struct map *map, const char *text);

/* Ready to run; @raw: the locks are raw spinlocks. */
void make(struct fixture *f, bool raw);
void destroy(struct fixture *f);

/* One instruction that is no call and no return takes one ns. */
void run(struct fixture *f, uint64_t pc, enum insn_kind kind);
void run_add(struct fixture *f, uint64_t pc, enum insn_kind kind, int32_t add);

/* One that reads or writes its stack. */
void run_stack(struct fixture *f, uint64_t pc, uint64_t sp, enum insn_kind kind,
	       uint64_t target);
void pass(struct fixture *f, uint64_t ns);

/* The guest comes out of user space, and the window is open. */
void begin(struct fixture *f);

/* An interrupt that takes @ns. */
void interrupt(struct fixture *f, uint64_t sp, uint64_t ns);

#endif
