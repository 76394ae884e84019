// SPDX-License-Identifier: GPL-2.0
#include <err.h>
#include <stdlib.h>
#include <string.h>

#include "touch.h"

#define LINE_SHIFT	6
#define STACK_SIZE	16384	/* a task's, aligned to this */

static void add_line(struct lines *lines, uint64_t addr)
{
	const uint64_t line = addr >> LINE_SHIFT;
	size_t i;

	for (i = lines->nr; i > 0; i--)
		if (lines->line[i - 1] == line)
			return;
	if (lines->nr < TOUCH_LINES)
		lines->line[lines->nr++] = line;
}

void touch_begin(struct touch *touch, uint64_t sp)
{
	touch->sp = sp;
	touch->insns = 0;
	touch->code.nr = 0;
	touch->data.nr = 0;
}

void touch_insn(struct touch *touch, uint64_t pc)
{
	touch->insns++;
	add_line(&touch->code, pc);
}

void touch_access(struct touch *touch, uint64_t addr)
{
	if (addr / STACK_SIZE != touch->sp / STACK_SIZE)
		add_line(&touch->data, addr);
}

void touch_end(struct touch *touch)
{
	/* Doubled when it is full: a power of two. */
	if (!(touch->nr & (touch->nr - 1))) {
		touch->calls = reallocarray(touch->calls, touch->nr ? 2 * touch->nr : 1,
					    sizeof(*touch->calls));
		if (!touch->calls)
			err(1, "calls");
	}
	touch->calls[touch->nr++] = (struct cost){
		.insns = touch->insns,
		.code = touch->code.nr,
		.data = touch->data.nr,
	};
}

static int compare(const void *a, const void *b)
{
	const uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

	return (x > y) - (x < y);
}

/* The median of the member at @offset. */
static uint32_t median(const struct touch *touch, size_t offset)
{
	uint32_t *values = calloc(touch->nr, sizeof(*values)), value;
	size_t i;

	if (!values)
		err(1, "calls");
	for (i = 0; i < touch->nr; i++)
		memcpy(&values[i], (const char *)&touch->calls[i] + offset, sizeof(*values));
	qsort(values, touch->nr, sizeof(*values), compare);
	value = values[(touch->nr - 1) / 2];
	free(values);
	return value;
}

struct cost touch_median(const struct touch *touch)
{
	if (!touch->nr)
		return (struct cost){ 0 };
	return (struct cost){
		.insns = median(touch, offsetof(struct cost, insns)),
		.code = median(touch, offsetof(struct cost, code)),
		.data = median(touch, offsetof(struct cost, data)),
	};
}

void touch_free(struct touch *touch)
{
	free(touch->calls);
	memset(touch, 0, sizeof(*touch));
}
