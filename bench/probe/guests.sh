# shellcheck shell=bash
# guests.sh: what bench/alloc, kfree, perf and waits share: guests of each variant with
# modules of this directory. To be sourced.
#
# Takes:  $me, $here (the directory bench) and $top; the options that all have, $variants,
#         $jobs, $seeds, $out, $kernels, $modules, $initrd and $linux; $accel, if it is local;
#         measure, a function that measures the cell that it is given.
# Gives:  the functions below and those of bench/names.sh and bench/jobs.sh; $out for
#         this script alone, and $tmp in it, which is removed at the end.

# shellcheck disable=SC2154  # what the scripts that source this file have set

# shellcheck source=bench/claim.sh
. "$here/claim.sh"
# shellcheck source=bench/names.sh
. "$here/names.sh"
# shellcheck source=bench/jobs.sh
. "$here/jobs.sh"
# shellcheck source=bench/initrd.sh
. "$here/initrd.sh"

die() {
	echo "$me: $*" >&2
	exit 1
}

# whole NAME...: these options are whole numbers above 0.
whole() {
	local n
	for n; do
		[[ ${!n} =~ ^[1-9][0-9]*$ ]] || die "--$n '${!n}' is not a whole number above 0"
	done
}

# begin: what has to be there before anything is built.
begin() {
	local tool
	for tool in $([ "${accel-}" = local ] || echo qemu-system-x86_64) jq setpriv make; do
		command -v "$tool" >/dev/null || die "$tool is missing; run 'make setup'"
	done
	# What the guests boot lies there.
	claim "$out" 512 "measuring into" --out
	tmp=$(mktemp -d "$out/work.XXXXXX" 2>/dev/null) || die "cannot write in '$out'"
	trap 'rm -rf "$tmp"' EXIT
	trap stop HUP INT TERM
}

# kernel_dir VARIANT: where its kernel of the configuration is that build was asked for.
kernel_dir() {
	local suffix=""
	[ "$config" = bench ] || suffix=-$config
	echo "${kernels:-$top/build/kernel}/$1$suffix"
}

# headers_of VARIANT: where what its modules need is.
headers_of() {
	if [ "${accel-}" = local ]; then
		echo "/lib/modules/$(uname -r)/build"
	else
		kernel_dir "$1"
	fi
}

# build [--config NAME] [--tree DIR] MODULE...: the kernels, of a configuration, and for
# each an initramfs with these modules, and with what is in a directory; page_probe has to
# be one of them. Of this machine's kernel, with --accel local, just the modules.
build() {
	local v module args tree=() none=${kernels:+$kernels/none} of=(--linux "$linux")
	config=bench
	if [ "${accel-}" = local ]; then
		kernels=$tmp/kernels none="" of=(--headers)
		running_dir "$kernels" || exit 1
	fi
	while [[ "${1-}" == --* ]]; do
		case $1 in
		--config) config=$2 ;;
		--tree) tree=(--tree "$2") ;;
		esac
		shift 2
	done
	for v in ${variants//,/ }; do
		[ -n "$kernels" ] ||
			make -s -C "$top" --no-print-directory kernel VARIANT="$v" CONFIG="$config" || exit 1
		[ -r "$(kernel_dir "$v")/kernel.json" ] ||
			die "no kernel in '$(kernel_dir "$v")'; run 'make kernel VARIANT=$v'"
	done
	need_initrd "$none"
	for v in ${variants//,/ }; do
		args=()
		for module; do
			[ -n "$modules" ] || "$here/probe/build" "${of[@]}" --module "$module" \
				"$(headers_of "$v")" "$tmp/$v/$module.ko" || exit 1
			args+=(--module "${modules:-$tmp}/$v/$module.ko")
		done
		"$here/probe/mkinitramfs" --linux "$linux" --initrd "$initrd" "${args[@]}" \
			"${tree[@]}" --out "$tmp/$v.cpio" || exit 1
	done
}

# cell VARIANT ARGUMENT...: bench/cell, with the arguments that all cells have.
cell() {
	setpriv --pdeathsig TERM "$here/cell" --kernel "$(kernel_dir "$1")" \
		--initrd "$tmp/$1.cpio" --variant "$1" --seed "$seed" --profile custom "${@:2}"
}

# guests CELL...: measure them, as many at a time as there are jobs.
guests() {
	local cell
	for cell; do
		start "$cell" measure "$cell"
	done
	wait
}

# in_turns: sets $cells, VARIANT/SEED for $seeds guests of each variant in turns.
in_turns() {
	local v s
	cells=()
	for ((s = 1; s <= seeds; s++)); do
		for v in ${variants//,/ }; do
			cells+=("$v/$s")
		done
	done
}

# join NAME FILE ARGUMENT...: FILE, made by jq with these arguments from the files of all
# guests of NAME; none if a cell NAME/.. failed. What would be the same is left alone.
join() {
	if grep -qs "^$1/" "$tmp/failed"; then
		rm -f "$2"
		return
	fi
	mkdir -p "$(dirname "$2")" && jq -cSs "${@:3}" >"$tmp/file" &&
		{ cmp -s "$tmp/file" "$2" || mv "$tmp/file" "$2"; } || die "cannot write '$2'"
}
