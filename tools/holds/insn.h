/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The few x86-64 instructions that change what may interrupt what, and those by which
 * a program in user space reads the clock and counts in a histogram.
 */
#ifndef INSN_H
#define INSN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum insn_kind {
	INSN_OTHER,
	INSN_CALL,
	INSN_RET,
	INSN_CLI,
	INSN_STI,
	INSN_PUSHF,
	INSN_POPF,
	INSN_HLT,
	INSN_SYSRET,
	INSN_COUNT_ADD,		/* adds a constant to the preemption count */
	INSN_COUNT_SET,		/* makes it a value that cannot be known */
	/* In user space alone: */
	INSN_RDTSC,
	INSN_ADD_ENTRY,		/* adds to an entry of an array of 64-bit numbers */
};

struct insn {
	enum insn_kind kind;
	uint64_t target;	/* INSN_CALL: the address, 0 if it is computed */
	int32_t add;		/* INSN_COUNT_ADD */
	bool loads;		/* INSN_CALL: reads the address from memory, then pushes */
};

/*
 * insn_decode - decode one instruction in kernel memory
 * @insn: what it is; no other member than those of its kind is changed
 * @code, @size: its bytes
 * @addr: its address
 * @preempt_count: address of the per-CPU variable __preempt_count, as a symbol
 */
void insn_decode(struct insn *insn, const uint8_t *code, size_t size, uint64_t addr,
		 uint64_t preempt_count);

/* insn_decode_user - the same in user space, where a plugin looks for other kinds */
void insn_decode_user(struct insn *insn, const uint8_t *code, size_t size);

#endif
