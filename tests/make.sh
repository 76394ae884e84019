#!/bin/bash
# make: make help names every command and variable; bad values are refused.

# shellcheck source=tests/fixtures/check.bash
. "$(dirname "$0")/fixtures/check.bash"

unset MAKEFLAGS MFLAGS MAKEOVERRIDES MAKELEVEL PROFILE VARIANT CONFIG DOTCONFIG ACCEL
make -C "$top" --no-print-directory help >"$work/help"
for target in $(sed -n 's/^\.PHONY: *//p' "$top/Makefile"; sed -n '/^\.PHONY/,$s/^\t//p' "$top/Makefile"); do
	[ "$target" != "\\" ] || continue
	verdict "help names $target" grep -qE "^  $target " "$work/help"
done
for variable in PROFILE VARIANT CONFIG DOTCONFIG KSRC ACCEL JOBS; do
	verdict "help names $variable" grep -q "^  $variable=" "$work/help"
	case $variable in
	DOTCONFIG|KSRC|JOBS) ;;
	*) refused "a bad $variable is refused" "$variable='x y' is none of" \
		make -C "$top" --no-print-directory -n kernel "$variable=x y" ;;
	esac
done
refused "all variants of the kernel that runs are refused" "use make bench" \
	make -C "$top" --no-print-directory -n compare ACCEL=local
refused "a full comparison with kvm is refused" "ACCEL=kvm is for quick and default" \
	make -C "$top" --no-print-directory -n compare ACCEL=kvm PROFILE=full
fails_with 2 "packages without a configuration are refused" \
	make -C "$top" --no-print-directory -n deb VARIANT=raw
verdict "that is said" grep -q 'DOTCONFIG is missing' "$work/err"
finish
