// SPDX-License-Identifier: GPL-2.0
/* The kernel's scalability test of RCU. */
#include <kernel/rcu/rcuscale.c>
