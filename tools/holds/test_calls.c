// SPDX-License-Identifier: GPL-2.0
/* Unit tests: what calls cost, on made-up instructions and accesses. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "touch.h"

#define STACK	0xffffc90000007f80	/* in a stack that ends at ...8000 */
#define CODE	0xffffffff81000000
#define DATA	0xffff888000000000

/* A call of @insns instructions of 4 bytes each, which read @lines lines of data. */
static void call(struct touch *touch, unsigned int insns, unsigned int lines)
{
	unsigned int i;

	touch_begin(touch, STACK);
	for (i = 0; i < insns; i++)
		touch_insn(touch, CODE + 4 * i);
	for (i = 0; i < lines; i++)
		touch_access(touch, DATA + 64 * i);
	touch_end(touch);
}

static void test_lines_count_once(void **state)
{
	struct touch touch = { 0 };
	struct cost cost;

	(void)state;
	touch_begin(&touch, STACK);
	touch_insn(&touch, CODE + 60);
	touch_insn(&touch, CODE + 64);
	touch_insn(&touch, CODE + 60);
	touch_access(&touch, DATA);
	touch_access(&touch, DATA + 63);
	touch_access(&touch, DATA + 128);
	touch_access(&touch, DATA);
	touch_end(&touch);
	cost = touch_median(&touch);
	assert_int_equal(cost.insns, 3);
	assert_int_equal(cost.code, 2);
	assert_int_equal(cost.data, 2);
	touch_free(&touch);
}

static void test_stack_is_no_data(void **state)
{
	struct touch touch = { 0 };

	(void)state;
	touch_begin(&touch, STACK);
	touch_access(&touch, STACK - 8);
	touch_access(&touch, 0xffffc90000004000);
	touch_access(&touch, 0xffffc90000003ff8);
	touch_access(&touch, 0xffffc90000008000);
	touch_end(&touch);
	assert_int_equal(touch_median(&touch).data, 2);
	touch_free(&touch);
}

static void test_a_call_begins_with_nothing(void **state)
{
	struct touch touch = { 0 };

	(void)state;
	call(&touch, 100, 9);
	call(&touch, 1, 1);
	call(&touch, 1, 1);
	assert_int_equal(touch.nr, 3);
	assert_int_equal(touch_median(&touch).insns, 1);
	assert_int_equal(touch_median(&touch).data, 1);
	touch_free(&touch);
}

/* One call in ten is interrupted: the median does not know. */
static void test_median(void **state)
{
	struct touch touch = { 0 };
	struct cost cost;
	int i;

	(void)state;
	for (i = 0; i < 1000; i++)
		call(&touch, i % 10 ? 32 : 5000, i % 10 ? 3 : 1000);
	cost = touch_median(&touch);
	assert_int_equal(touch.nr, 1000);
	assert_int_equal(cost.insns, 32);
	assert_int_equal(cost.code, 2);
	assert_int_equal(cost.data, 3);
	touch_free(&touch);
}

static void test_more_lines_than_are_kept(void **state)
{
	struct touch touch = { 0 };

	(void)state;
	call(&touch, 1, 3 * TOUCH_LINES);
	assert_int_equal(touch_median(&touch).data, TOUCH_LINES);
	touch_free(&touch);
}

static void test_no_call(void **state)
{
	const struct touch touch = { 0 };

	(void)state;
	assert_int_equal(touch_median(&touch).insns, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_lines_count_once),
		cmocka_unit_test(test_stack_is_no_data),
		cmocka_unit_test(test_a_call_begins_with_nothing),
		cmocka_unit_test(test_median),
		cmocka_unit_test(test_more_lines_than_are_kept),
		cmocka_unit_test(test_no_call),
	};

	return cmocka_run_group_tests_name("calls", tests, NULL, NULL);
}
