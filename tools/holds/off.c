// SPDX-License-Identifier: GPL-2.0
#include "off.h"

void off_begin(struct off *off, uint64_t now, const struct chain *chain)
{
	off->in = true;
	off->locks = false;
	off->since = now;
	off->chain = *chain;
}

void off_end(struct off *off, uint64_t now, uint64_t pc, bool count)
{
	struct off_max *max = off->locks ? &off->with_locks : &off->without_locks;

	off->in = false;
	if (!count)
		return;
	off->sections++;
	if (now - off->since > max->ns) {
		max->ns = now - off->since;
		max->to = pc;
		max->chain = off->chain;
	}
}

const struct off_max *off_longest(const struct off *off)
{
	return off->with_locks.ns > off->without_locks.ns ? &off->with_locks :
							    &off->without_locks;
}
