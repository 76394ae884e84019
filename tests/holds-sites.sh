#!/bin/bash
# holds-sites: tools/holds/sites finds every place in a source tree that takes one of
# the locks, whatever wrapper it uses.

# shellcheck source=tests/fixtures/check.bash
. "$(dirname "$0")/fixtures/check.bash"

linux=$work/linux
mkdir -p "$linux/include/linux" "$linux/mm" "$linux/kernel/power"
cat >"$linux/include/linux/mmzone_lock.h" <<'C'
/* zone_lock_irq(zone) in a comment is no site. */
#define zone_lock_init(zone)	__zone_spin(lock_init)(&(zone)->lock)
#define zone_lock_irq(zone)	__zone_spin(lock_irq)(&(zone)->lock)
#define zone_unlock_irq(zone)	__zone_spin(unlock_irq)(&(zone)->lock)
#define zone_trylock_irqsave(zone, flags)	\
	__zone_spin(trylock_irqsave)(&(zone)->lock, flags)
#define zone_lock_guard(zone)	guard(__zone_guard)(&(zone)->lock)
#define zone_lock_assert_held(zone)	lockdep_assert_held(&(zone)->lock)
#define pcp_trylock(pcp)	__zone_spin(trylock)(&(pcp)->lock)
#define pcp_unlock(pcp)		__zone_spin(unlock)(&(pcp)->lock)
static inline bool zone_lock_bounded(void)
{
	return true;
}
unsigned long zone_lock_wait(struct zone *zone);
C
mkdir "$linux/mm/tests"
printf 'void test(struct zone *zone)\n{\n\tzone_lock_irq(zone);\n}\n' >"$linux/mm/tests/t.c"
cat >"$linux/mm/a.c" <<'C'
#define pcp_spin_trylock(ptr)			\
({						\
	pcpu_task_pin();			\
	if (!pcp_trylock(ptr))			\
		pcpu_task_unpin();		\
})

/*
 * zone_lock_irq(zone) here is text.
 */
static void one(struct zone *zone)
{
	zone_lock_assert_held(zone);
	if (zone_lock_bounded())
		return;
	/*
	 * Bound: one page, or
	 * none. There is more to say.
	 */
	zone_lock_irq(zone);
	zone_unlock_irq(zone);
}

unsigned long zone_lock_wait(struct zone *zone)
{
	raw_spin_lock(&zone->lock);
}

static struct page *
two(struct zone *zone, struct per_cpu_pages *pcp,
    unsigned long flags)
{
	if (pcp_spin_trylock(pcp))
		pcp_unlock(pcp);
	if (zone_trylock_irqsave(zone, flags))
		return NULL;
	zone_lock_guard(zone);
}
C
cat >"$linux/kernel/power/b.c" <<'C'
static bool three(struct zone *zone)
{
	return helper(&zone->lock);
}

static void four(struct per_cpu_pages *pcp)
{
	pcp_spin_trylock(pcp);
}
C
sites() { "$top/tools/holds/sites" --linux "$linux" >"$work/sites"; }

# same WHAT FILTER VALUE: ok if the filter gives that value for the sites.
same() { verdict "$1" test "$(jq -c "$2" "$work/sites")" = "$3"; }

verdict "the sites of a source are listed" sites
same "but for those of tests and of what the header declares, each with its file and function" '[.sites[].site]' \
	'["kernel/power/b.c:three","mm/a.c:one","mm/a.c:two:1","mm/a.c:two:2","mm/a.c:two:3"]'
same "and its line" '[.sites[].line]' '[3,20,33,35,37]'
same "its lock" '[.sites[].lock]' '["zone","zone","pcp","zone","zone"]'
same "and its kind" '[.sites[].kind]' '["direct","lock","trylock","trylock","guard"]'
same "a wrapper that pins the task is one of the source" '[.sites[] | select(.pin) | .site]' '["mm/a.c:two:1"]'
same "the bound is the one of the comment" '[.sites[] | select(.bound != "") | [.site, .bound]]' '[["mm/a.c:one","one page, or none"]]'

cat >>"$linux/mm/a.c" <<'C'

void new(struct zone *zone)
{
	zone_lock_irq(zone);
}
C
sites
same "a new site is found" '[.sites[] | select(.site == "mm/a.c:new")] | length' 1
echo '#define zone_lock(zone) __zone_spin(lock)(&(zone)->lock)' >>"$linux/include/linux/mmzone_lock.h"
sed -i '$d' "$linux/mm/a.c"
printf '\tzone_lock(zone);\n}\n' >>"$linux/mm/a.c"
sites
same "a new wrapper is followed" '[.sites[] | select(.site | startswith("mm/a.c:new")) | .site]' \
	'["mm/a.c:new:1","mm/a.c:new:2"]'

echo '#define zone_lock_break(zone) do { zone_unlock_irq(zone); zone_lock_irq(zone); } while (0)' \
	>>"$linux/include/linux/mmzone_lock.h"
cat >>"$linux/mm/a.c" <<'C'

void steps(struct zone *zone)
{
	/* Bound: two pages */
	zone_lock(zone);
	for (;;) {
		if (enough(zone)) {



			more(zone);
			zone_lock_break(zone);
		}
	}
}

void step_of_callers(struct zone *zone)
{
	zone_lock_break(zone);
}
C
sites
same "a break has the bound of its function" '[.sites[] | select(.site == "mm/a.c:steps:2") | .bound]' '["two pages"]'
same "and none of another" '[.sites[] | select(.site == "mm/a.c:step_of_callers") | .bound]' '[""]'

refused "a tree without the wrappers is named" "no 'include/linux/mmzone_lock.h'" \
	"$top/tools/holds/sites" --linux "$work"
refused "a missing kernel is named" "no kernel in" \
	"$top/tools/holds/sites" --linux "$linux" --kernel "$work/nothing"
mkdir "$work/kernel"
touch "$work/kernel/.config"
cp "$(command -v busybox)" "$work/kernel/vmlinux"
refused "a kernel without line tables is named" "has no line tables" \
	"$top/tools/holds/sites" --linux "$linux" --kernel "$work/kernel"
rm "$linux"/mm/*.c "$linux"/kernel/power/*.c
touch "$linux/mm/a.c"
refused "a source without a site is refused" "no lock site" sites
refused "a missing argument is named" "--linux is missing" "$top/tools/holds/sites"
finish
