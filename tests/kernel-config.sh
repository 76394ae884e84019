#!/bin/bash
# kernel-config: a symbol that a fragment asks for and Kconfig drops is an error
# that names it; the configurations of the variants differ in the choice alone.

# shellcheck source=tests/fixtures/check.bash
. "$(dirname "$0")/fixtures/check.bash"

# shellcheck source=tools/kernel/lib.sh
. "$top/tools/kernel/lib.sh"
configure="$top/tools/kernel/configure"
configs=$top/rt-configs
linux=$top/build/linux
base=("$configs/base.config" "$configs/x86_64.config" "$configs/bench.config")

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

# configured CONFIGURATION VARIANT: every symbol of it takes effect.
configured() {
	configuration "$1" "$2"
	fails_with 0 "$2 $1: every symbol takes effect" "$configure" --arch "$arch" "$linux" \
		"$work/$2-$1" "${fragments[@]}"
}
# Raw locks exclude it; a checked kernel of none has it.
shuffle=CONFIG_SHUFFLE_PAGE_ALLOCATOR
for v in $variants; do
	for config in bench debug trace; do
		configured $config "$v"
		verdict "$v $config: nothing else than the choice differs from none" \
			test -z "$(diff "$work/none-$config/.config" "$work/$v-$config/.config" |
				grep '^[<>]' | grep -vE 'CONFIG_PAGE_ALLOC_(ATOMIC_[A-Z_]+|RAW_BATCH|RAW_GATE)[= ]' |
				if [ $config = debug ]; then grep -v "$shuffle"; else cat; fi)"
	done
done
for v in none raw; do
	for config in reach nort preempt up kasan kcsan; do
		configured $config $v
	done
done
refused "an unknown configuration is refused" "unknown configuration 'x': bench reach" \
	"$top/tools/kernel/build" --config x none
while read -r config kind arch _; do
	verdict "$config: its kind is known" grep -qx 'measured\|traced\|checked' <<<"$kind"
	verdict "$config: so is its architecture" test -e "$configs/$arch.config"
done < <(grep '^[^#]' "$configs/configurations")
configuration debug none
verdict "what a checked kernel has to be told is known" grep -qw "page_owner=on" <<<"$boot"
configuration bench none
verdict "a measured one is told nothing" test -z "$boot"

mkdir "$work/here"
# shellcheck disable=SC2317  # called by fails_with
from_here() { (cd "$work/here" && "$configure" "$(realpath --relative-to=. "$linux")" out "${base[@]}"); }
fails_with 0 "relative paths are taken" from_here
verdict "and mean the same" test -s "$work/here/out/.config"

# chosen VARIANT: the choice and its bound.
chosen() { sed -nE 's/^CONFIG_PAGE_ALLOC_(ATOMIC|RAW)_//p' "$work/$1-bench/.config" | tr '\n' ' '; }
verdict "none is the default" test "$(chosen none)" = "NONE=y "
verdict "raw is bounded, and has a gate" sh -c "echo '$(chosen raw)' | grep -qE '^RAW=y BATCH=[1-9][0-9]* GATE=y $'"
verdict "raw-unbounded is not" test "$(chosen raw-unbounded)" = "RAW=y BATCH=0 "
verdict "no-locks" test "$(chosen no-locks)" = "NO_LOCKS=y "
verdict "trylock" test "$(chosen trylock)" = "TRYLOCK=y "
verdict "the measured kernels check nothing" \
	sh -c "! grep -qE '^CONFIG_(PROVE_LOCKING|LOCKDEP|DEBUG_VM|DEBUG_ATOMIC_SLEEP|DEBUG_PREEMPT|FTRACE|KFENCE|PAGE_OWNER)=y' '$work'/*-bench/.config"
finish
