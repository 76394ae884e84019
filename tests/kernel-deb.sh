#!/bin/bash
# kernel-deb: a user's configuration gets the choice and keeps the rest; what does not
# take effect is named.

# shellcheck source=tests/fixtures/check.bash
. "$(dirname "$0")/fixtures/check.bash"

configs=$top/rt-configs
fails_with 0 "a user's configuration" "$top/tools/kernel/configure" "$top/build/linux" "$work/user" \
	"$configs/base.config" "$configs/x86_64.config" \
	"$configs/bench.config" "$configs/variant-raw-unbounded.config"
echo 'CONFIG_LOCALVERSION="-mine"' >>"$work/user/.config"
# deb VARIANT CONFIG: what is built for it.
# shellcheck disable=SC2317  # called by fails_with
deb() { "$top/tools/kernel/deb" --config-only --out "$work/deb" "$1" "$2"; }
# chosen VARIANT: the choice, its bound and the name.
chosen() { sed -nE 's/^CONFIG_(PAGE_ALLOC_(ATOMIC|RAW_BATCH)|LOCALVERSION)/\2/p' "$work/deb/build/.config" | tr '\n' ' '; }

for v in none raw raw-unbounded no-locks trylock; do
	fails_with 0 "$v takes effect" deb $v "$work/user/.config"
	case $v in
	none) want='^="-mine-none" ATOMIC_NONE=y $' ;;
	raw) want='^="-mine-raw" ATOMIC_RAW=y RAW_BATCH=[1-9][0-9]* $' ;;
	raw-unbounded) want='^="-mine-raw-unbounded" ATOMIC_RAW=y RAW_BATCH=0 $' ;;
	no-locks) want='^="-mine-no-locks" ATOMIC_NO_LOCKS=y $' ;;
	trylock) want='^="-mine-trylock" ATOMIC_TRYLOCK=y $' ;;
	esac
	verdict "$v: the choice replaces the user's" grep -qE "$want" <<<"$(chosen)"
	verdict "$v: nothing else changes" test ! -s "$work/deb/config.changed"
done
cp "$work/deb/build/.config" "$work/again"
verdict "a kernel says what it was made from" grep -qx \
	"CONFIG_BUILD_SALT=\"base_sha256=$(cut -d' ' -f1,2 "$top/build/linux.state" | sed 's/ / series_sha256=/')\"" "$work/again"
fails_with 0 "its own configuration is taken" deb trylock "$work/again"
verdict "and is the same, the name too" cmp -s "$work/again" "$work/deb/build/.config"

{
	sed 's/^CONFIG_PREEMPT_RT=y/CONFIG_PREEMPT=y/' "$work/user/.config"
	echo CONFIG_NO_SUCH_SYMBOL=m
} >"$work/other"
fails_with 0 "a symbol that is gone is no error" deb raw "$work/other"
verdict "but listed" grep -qx 'CONFIG_NO_SUCH_SYMBOL=m is n' "$work/deb/config.changed"
verdict "and counted" grep -q "symbols of '$work/other' came out as something else" "$work/out"
verdict "no PREEMPT_RT is said" grep -q 'the kernel has no PREEMPT_RT' "$work/out"

cp "$work/deb/build/.config" "$work/before"
echo "no configuration" >"$work/none"
refused "what is no configuration is refused" "is no kernel configuration" deb raw "$work/none"
sed 's/^CONFIG_X86_64=y/CONFIG_ARM64=y/' "$work/user/.config" >"$work/arm64"
refused "one of another architecture as well" "is not for x86_64" deb raw "$work/arm64"
refused "a missing one too" "cannot read the configuration" deb raw "$work/nothing"
refused "an unknown variant" "unknown variant 'x': none, raw" deb x "$work/user/.config"
refused "a missing argument" "needs a variant and a .config" "$top/tools/kernel/deb" raw
verdict "what is refused changes nothing" cmp -s "$work/before" "$work/deb/build/.config"
finish
