#!/bin/bash
# setup: tools/setup/install does nothing when all is there; without root it says
# in one line what root has to run.

# shellcheck source=tests/fixtures/check.bash
. "$(dirname "$0")/fixtures/check.bash"

fails_with 0 "nothing is missing" "$top/tools/setup/install"
verdict "so nothing is said" test ! -s "$work/out"
mkdir -p "$work/setup"
cp "$top/tools/setup/install" "$work/setup/"
printf '%s\n' '# a list' '' bash no-such-package-a no-such-package-b >"$work/setup/packages"
chmod -R a+rX "$work"
user=()
[ "$(id -u)" -ne 0 ] || user=(env HOME=/ setpriv --reuid=65534 --regid=65534 --clear-groups)
refused "without root the missing packages are named" \
	"as root run: apt-get update && apt-get install -y --no-install-recommends no-such-package-a no-such-package-b$" \
	"${user[@]}" "$work/setup/install"
printf '%s\n' no-such-package-c >"$work/setup/packages-cross"
refused "with --cross the compilers are named as well" "no-such-package-b no-such-package-c$" \
	"${user[@]}" "$work/setup/install" --cross
refused "an unknown argument is refused" "unknown argument '--all'" "$work/setup/install" --all
finish
