// SPDX-License-Identifier: GPL-2.0
/* What the kernel's tests of RCU share. */
#include <kernel/torture.c>
