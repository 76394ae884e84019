# shellcheck shell=bash
# kernel.sh: is a kernel the one that its description says? To be sourced.

# as_built DIR: status 1, and a line that says what to do, if the image or kernel.json in
# a directory of tools/kernel/build is another one than when it was built.
as_built() {
	(cd "$1" && sha256sum --check --strict --status sha256sums) 2>/dev/null && return
	echo "the kernel in '$1' is not the one that its kernel.json is of; remove '$1' and run 'make kernel' for it"
	return 1
}
