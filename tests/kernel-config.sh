#!/bin/bash
# kernel-config: a symbol that a fragment asks for and Kconfig drops is an error
# that names it; the configurations of the variants differ in the choice alone.

# shellcheck source=tests/fixtures/check.bash
. "$(dirname "$0")/fixtures/check.bash"

configure="$top/tools/kernel/configure"
configs=$top/rt-configs
linux=$top/build/linux
base=("$configs/base.config" "$configs/bench.config")

echo 'CONFIG_NO_SUCH_SYMBOL=y' >"$work/unknown.config"
refused "an unknown symbol is refused" "CONFIG_NO_SUCH_SYMBOL=y of .*unknown.config was dropped: it is n" \
	"$configure" "$linux" "$work/out.d" "${base[@]}" "$work/unknown.config"
verdict "and leaves no configuration" test ! -e "$work/out.d/.config"
echo 'CONFIG_TRANSPARENT_HUGEPAGE=y' >"$work/unmet.config"
refused "a symbol whose dependencies are not met is refused" "CONFIG_TRANSPARENT_HUGEPAGE=y" \
	"$configure" "$linux" "$work/out.d" "${base[@]}" "$work/unmet.config"
refused "a fragment that can be read only once is refused" "cannot read the fragment" \
	"$configure" "$linux" "$work/out.d" "${base[@]}" <(cat "$work/unmet.config")
echo 'CONFIG_HZ 1000' >"$work/junk.config"
refused "a line that is no symbol is refused" "is no symbol" \
	"$configure" "$linux" "$work/out.d" "${base[@]}" "$work/junk.config"
refused "a missing fragment is refused" "cannot read the fragment" \
	"$configure" "$linux" "$work/out.d" "$work/nothing.config"

# Tracers come on top of what the measured kernels have.
for v in none raw raw-unbounded no-locks trylock; do
	for kind in bench debug trace; do
		fragments=("$configs/base.config" "$configs/$kind.config")
		[ "$kind" != trace ] || fragments=("${base[@]}" "$configs/trace.config")
		fails_with 0 "$v $kind: every symbol takes effect" "$configure" "$linux" "$work/$v-$kind" \
			"${fragments[@]}" "$configs/variant-$v.config"
		verdict "$v $kind: nothing else than the choice differs from none" \
			test -z "$(diff "$work/none-$kind/.config" "$work/$v-$kind/.config" |
				grep '^[<>]' | grep -vE 'CONFIG_PAGE_ALLOC_(ATOMIC_[A-Z_]+|RAW_BATCH)[= ]')"
	done
done
# fragments VARIANT: those of build --reach.
fragments() {
	local list=("${base[@]}" "$configs/variant-$1.config" "$configs/reach.config")
	[ ! -e "$configs/reach-$1.config" ] || list+=("$configs/reach-$1.config")
	printf '%s\n' "${list[@]}"
}
for v in none raw; do
	mapfile -t list < <(fragments $v)
	fails_with 0 "$v reach: every symbol takes effect" "$configure" "$linux" "$work/$v-reach" "${list[@]}"
done
fails_with 0 "without PREEMPT_RT: every symbol takes effect" "$configure" "$linux" "$work/nort" \
	"${base[@]}" "$configs/nort.config" "$configs/variant-none.config"

mkdir "$work/here"
# shellcheck disable=SC2317  # called by fails_with
from_here() { (cd "$work/here" && "$configure" "$(realpath --relative-to=. "$linux")" out "${base[@]}"); }
fails_with 0 "relative paths are taken" from_here
verdict "and mean the same" test -s "$work/here/out/.config"

# chosen VARIANT: the choice and its bound.
chosen() { sed -nE 's/^CONFIG_PAGE_ALLOC_(ATOMIC|RAW)_//p' "$work/$1-bench/.config" | tr '\n' ' '; }
verdict "none is the default" test "$(chosen none)" = "NONE=y "
verdict "raw is bounded" sh -c "echo '$(chosen raw)' | grep -qE '^RAW=y BATCH=[1-9][0-9]* $'"
verdict "raw-unbounded is not" test "$(chosen raw-unbounded)" = "RAW=y BATCH=0 "
verdict "no-locks" test "$(chosen no-locks)" = "NO_LOCKS=y "
verdict "trylock" test "$(chosen trylock)" = "TRYLOCK=y "
verdict "the measured kernels check nothing" \
	sh -c "! grep -qE '^CONFIG_(PROVE_LOCKING|LOCKDEP|DEBUG_VM|DEBUG_ATOMIC_SLEEP|DEBUG_PREEMPT|FTRACE|KFENCE|PAGE_OWNER)=y' '$work'/*-bench/.config"
finish
