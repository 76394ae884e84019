// SPDX-License-Identifier: GPL-2.0
#include <stdbool.h>
#include <string.h>

#include "insn.h"

#define NEED_RESCHED	0x80000000u	/* of the count, inverted: not a part of it */

static int32_t read32(const uint8_t *p)
{
	int32_t v;

	memcpy(&v, p, sizeof(v));
	return v;
}

/* Steps over prefixes; sets @gs if one of them is %gs. */
static size_t skip_prefixes(const uint8_t *code, size_t size, bool *gs)
{
	size_t i;

	*gs = false;
	for (i = 0; i < size; i++) {
		if (code[i] == 0x65)
			*gs = true;
		else if (!code[i] || !strchr("\x26\x2e\x36\x3e\x64\x66\x67\xf0\xf2\xf3",
					     code[i]))
			break;
	}
	if (i < size && (code[i] & 0xf0) == 0x40)
		i++;
	return i;
}

/*
 * The address that a memory operand without registers names, 0 for any other.
 * @modrm points to @left bytes from the ModRM byte on; @len gets the bytes up to
 * an immediate operand.
 */
static uint64_t fixed_operand(const uint8_t *modrm, size_t left, uint64_t end,
			      size_t *len)
{
	if (left >= 5 && (modrm[0] & 0xc7) == 0x05) {
		*len = 5;
		return end + read32(modrm + 1);
	}
	if (left >= 6 && (modrm[0] & 0xc7) == 0x04 && modrm[1] == 0x25) {
		*len = 6;
		return (uint64_t)(int64_t)read32(modrm + 2);
	}
	return 0;
}

/* An instruction whose operand is the preemption count. @imm is its immediate. */
static void decode_count(struct insn *insn, const uint8_t *op, int reg,
			 const uint8_t *imm, size_t left)
{
	int32_t value = 0;

	switch (op[0]) {
	case 0xff:
		if (reg > 1)
			return;
		value = reg ? -1 : 1;
		break;
	case 0x81:
		value = left >= 4 ? read32(imm) : 0;
		break;
	case 0x83:
		value = left >= 1 ? (int8_t)imm[0] : 0;
		break;
	case 0x01: case 0x09: case 0x21: case 0x29: case 0x31:
	case 0x87: case 0x89: case 0xc7:
		insn->kind = INSN_COUNT_SET;
		return;
	case 0x0f:
		if (op[1] == 0xb1 || op[1] == 0xc1)
			insn->kind = INSN_COUNT_SET;
		return;
	default:
		return;
	}
	if (op[0] != 0xff && reg == 5)
		value = -value;
	if (op[0] == 0xff || reg == 0 || reg == 5) {
		insn->kind = INSN_COUNT_ADD;
		insn->add = value;
	} else if (!(reg == 7 || (reg == 4 && (uint32_t)value == ~NEED_RESCHED) ||
		     (reg == 1 && (uint32_t)value == NEED_RESCHED))) {
		insn->kind = INSN_COUNT_SET;
	}
}

void insn_decode(struct insn *insn, const uint8_t *code, size_t size, uint64_t addr,
		 uint64_t preempt_count)
{
	bool gs;
	size_t i = skip_prefixes(code, size, &gs), len = 0, modrm;
	const uint8_t *op = code + i;

	insn->kind = INSN_OTHER;
	if (i >= size)
		return;
	switch (op[0]) {
	case 0xe8:
		if (size - i >= 5) {
			insn->kind = INSN_CALL;
			insn->target = addr + size + read32(op + 1);
		}
		return;
	case 0xc2: case 0xc3:
		insn->kind = INSN_RET;
		return;
	case 0xfa:
		insn->kind = INSN_CLI;
		return;
	case 0xfb:
		insn->kind = INSN_STI;
		return;
	case 0x9c:
		insn->kind = INSN_PUSHF;
		return;
	case 0x9d:
		insn->kind = INSN_POPF;
		return;
	case 0xf4:
		insn->kind = INSN_HLT;
		return;
	}
	if (size - i >= 2 && op[0] == 0x0f && op[1] == 0x07) {
		insn->kind = INSN_SYSRET;
		return;
	}
	modrm = op[0] == 0x0f ? 2 : 1;
	if (i + modrm >= size)
		return;
	if (op[0] == 0xff && ((op[modrm] >> 3) & 7) == 2) {
		insn->kind = INSN_CALL;
		insn->loads = op[modrm] < 0xc0;
		return;
	}
	if (gs && fixed_operand(op + modrm, size - i - modrm, addr + size, &len) == preempt_count)
		decode_count(insn, op, (op[modrm] >> 3) & 7, op + modrm + len,
			     size - i - modrm - len);
}

void insn_decode_user(struct insn *insn, const uint8_t *code, size_t size)
{
	const bool rex_w = size && (code[0] & 0xf8) == 0x48;
	const uint8_t *op = code + 1;

	insn->kind = INSN_OTHER;
	if (size == 2 && code[0] == 0x0f && code[1] == 0x31) {
		insn->kind = INSN_RDTSC;
	} else if (size == 3 && !memcmp(code, "\x0f\x01\xf9", 3)) {
		insn->kind = INSN_RDTSC;
	} else if (rex_w && size >= 4 && (op[0] == 0x83 || op[0] == 0xff) &&
		   !(op[1] & 0x38) && op[1] < 0xc0 && (op[1] & 7) == 4 && op[2] >> 6 == 3) {
		/* add $imm8 or inc, base + index * 8; no index is no array. */
		if ((op[2] & 0x38) != 0x20 || code[0] & 2)
			insn->kind = INSN_ADD_ENTRY;
	}
}
