# shellcheck shell=bash
# lib.sh: what the kernel tools share: places, messages, progress and the one
# way to call the kernel's build system. Sourced; the caller has set $me.
#
# Environment: JOBS       processes at a time (default: number of processors)
#              CCACHE_*   as ccache documents; only unset ones are set here

top=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
build=$top/build
series_dir=$top/patches/linux-7.2
# shellcheck disable=SC2034  # used by the scripts that source this file
variants="none raw raw-unbounded no-locks trylock"
# The kernel's word for what it is built for; configuration() sets another one.
arch=x86_64
export LC_ALL=C

# die TEXT: one line on stderr, status 1.
die() {
	printf "%s: %s\n" "${me:?}" "$*" >&2
	exit 1
}

# series: the patches in order, one path a line; nothing if there are none. The cover
# letter, which is number 0, is none.
series() {
	local patch
	for patch in "$series_dir"/*.patch; do
		[[ ! -e "$patch" || ${patch##*/} == 0000-* ]] || printf '%s\n' "$patch"
	done
}

# code_sha256 DIR FILE...: the hash of the code in these files: without comments and
# blanks at the end of a line, and without documentation, so that no measurement is void
# because of a reworded sentence. What a Kconfig gives is in the hash of the .config that
# each result has. The KUnit suite is in no kernel that is measured; one that has it has
# a hash of it, too. Lines move with their comments: nothing that is measured may depend
# on the number of a line.
code_sha256() {
	local dir=$1 file kept=()
	shift
	for file; do
		case $file in Documentation/*|MAINTAINERS|*Kconfig|mm/tests/*) continue ;; esac
		kept+=("$file")
	done
	text_sha256 "$dir" "${kept[@]}"
}

# text_sha256 DIR FILE...: the same of these files, whatever they are; not all need be
# there. Comments of C by the expression of perlfaq6.
text_sha256() {
	local dir=$1 file
	shift
	for file; do
		[ -e "$dir/$file" ] || continue
		echo "$file"
		case $file in
		*.[chS])
			perl -0777 -pe 's{/\*.*?\*/|//[^\n]*|("(?:\\.|[^"\\])*"|\x27(?:\\.|[^\x27\\])*\x27|.[^/"\x27\\]*)}{$1 // " "}gse;
				s/[ \t]+$//mg; s/\n+/\n/g' "$dir/$file" ;;
		*) cat "$dir/$file" ;;
		esac || return
	done | sha256sum | cut -d' ' -f1
}

# series_sha256: the hash of the code that the series makes, which results have.
series_sha256() {
	[ "$(cut -d' ' -f3 "$build/linux.state" 2>/dev/null)" = "$(patches_sha256)" ] ||
		die "the source is not that of the series; run 'make source'"
	cut -d' ' -f2 "$build/linux.state"
}

# patches_sha256: the hash of the patches, whole and in order.
patches_sha256() {
	local list
	mapfile -t list < <(series)
	cat /dev/null "${list[@]}" | sha256sum | cut -d' ' -f1
}

# touched PATCH...: the files that patches change, one relative path a line.
touched() {
	[ $# -eq 0 ] || sed -nE 's,^(--- a|\+\+\+ b)/([^\t]*).*,\2,p; s,^rename (from|to) ,,p' "$@" | sort -u
}

# base_env: load what tools/kernel/fetch wrote: BASE, BASE_SHA256, SOURCE_FILE.
base_env() {
	[ -r "$build/source/base.env" ] || die "there is no kernel source; run 'make source'"
	# shellcheck disable=SC1091
	. "$build/source/base.env"
}

# configurations: their names, on one line.
configurations() { awk '/^[^#]/ { printf "%s%s", sep, $1; sep = " " }' "$top/rt-configs/configurations"; }

# configuration NAME VARIANT: look a configuration up; sets kind, arch, fragments, the
# files to merge, and boot, the kernel parameters.
# shellcheck disable=SC2034  # used by the scripts that source this file
configuration() {
	local names fragment file
	read -r _ kind arch names < <(awk -v name="$1" '$1 == name' "$top/rt-configs/configurations") ||
		die "unknown configuration '$1': $(configurations)"
	fragments=() boot=""
	for fragment in base $names "$arch" variant; do
		for file in "$fragment" "$fragment-$2"; do
			file=$top/rt-configs/$file
			[ ! -e "$file.config" ] || fragments+=("$file.config")
			[ ! -e "$file.boot" ] || boot+=" $(grep -v '^#' "$file.boot" | paste -sd ' ')"
		done
	done
	boot=${boot# }
}

# need TOOL...: every tool has to be installed.
need() {
	local tool
	for tool; do
		command -v "$tool" >/dev/null || die "$tool is missing; run 'make setup'"
	done
}

# need_space MIB: free space below build/.
need_space() {
	local free
	mkdir -p "$build" || die "cannot make the directory '$build'"
	free=$(df --output=avail -m "$build" | tail -n 1)
	[ "$free" -ge "$1" ] || die "needs $1 MiB in '$build', $((free)) are free; make room and run again"
}

# lock NAME [--shared]: one process at a time, or all those that share; waits. Held
# until the script ends.
lock() {
	local lock_fd
	mkdir -p "$build/lock" || die "cannot make the directory '$build/lock'"
	exec {lock_fd}>"$build/lock/$1" || die "cannot write in '$build/lock'"
	flock -n ${2:+"$2"} "$lock_fd" && return
	echo "$me: waiting for another run to finish with $1"
	flock ${2:+"$2"} "$lock_fd"
}

# clock SECONDS: as M:SS.
clock() { printf '%d:%02d' $(($1 / 60)) $(($1 % 60)); }

# run_logged TITLE LOG COMMAND...: run a long command with its output in LOG. On a
# terminal the last line is live: title, time and what the command said last.
# Gives the command's status; on failure shows what went wrong and where the log is.
run_logged() {
	local title=$1 log=$2 status began=$SECONDS child
	shift 2
	mkdir -p "$(dirname "$log")" || die "cannot make the directory of '$log'"
	"$@" >"$log" 2>&1 </dev/null &
	child=$!
	# shellcheck disable=SC2064  # the child of now
	trap "kill $child 2>/dev/null; wait $child; exit 143" HUP INT TERM
	if [ -t 1 ]; then
		while kill -0 "$child" 2>/dev/null; do
			printf '\r\033[K%.*s' "$(($(tput cols 2>/dev/null || echo 80) - 1))" \
				"$title, $(clock $((SECONDS - began))): $(tail -n 1 "$log" | tr -s ' \t' ' ')"
			sleep 1
		done
		printf '\r\033[K'
	fi
	wait "$child"
	status=$?
	trap - HUP INT TERM
	if [ "$status" -ne 0 ]; then
		{
			grep -aE '(error|Error|\*\*\*|undefined reference|No space left)' "$log" | head -n 10
			echo "$me: $title failed; see ${log#"$top"/}"
		} >&2
	fi
	return "$status"
}

# cross: what the names of the compiler's and binutils' programs for $arch begin with.
cross() {
	case $arch in
	arm64) echo aarch64-linux-gnu- ;;
	riscv) echo riscv64-linux-gnu- ;;
	esac
}

# seal DIR: write down what its image and kernel.json are, in sha256sums: without it
# nothing says that they belong together.
seal() {
	local file files=(kernel.json)
	for file in vmlinux bzImage; do
		[ ! -r "$1/$file" ] || files+=("$file")
	done
	(cd "$1" && sha256sum "${files[@]}" >sha256sums)
}

# kmake SOURCE OUT [ARGUMENT...]: call kbuild for $arch. Nothing of the caller's make,
# of the user's environment or of the clock gets into the kernel, and ccache sees the
# same commands wherever the project lies. It uses no pahole: whether one is installed
# would be in the configuration. It goes by the compiler's list of headers: running
# the preprocessor first would cost a fifth of a build.
kmake() {
	local source=$1 out=$2 cross cc hostcc=gcc
	shift 2
	cross=$(cross)
	cc=${cross}gcc
	if command -v ccache >/dev/null; then
		cc="ccache $cc"
		hostcc="ccache gcc"
	fi
	env -u MAKEFLAGS -u MFLAGS -u MAKEOVERRIDES -u MAKELEVEL -u MAKEFILES \
		-u ARCH -u CROSS_COMPILE -u LLVM -u KCFLAGS -u KCPPFLAGS -u KAFLAGS \
		-u KBUILD_OUTPUT -u KBUILD_EXTMOD -u LOCALVERSION -u CDPATH -u KCONFIG_CONFIG \
		KBUILD_BUILD_TIMESTAMP='Thu Jan 1 00:00:00 UTC 2026' KBUILD_BUILD_VERSION=1 \
		KBUILD_BUILD_USER=build KBUILD_BUILD_HOST=build \
		CCACHE_BASEDIR="${CCACHE_BASEDIR:-$top}" CCACHE_NOHASHDIR=1 CCACHE_DEPEND=1 \
		CCACHE_MAXSIZE="${CCACHE_MAXSIZE:-10G}" \
		make -C "$source" O="$out" ARCH="$arch" CROSS_COMPILE="$cross" CC="$cc" HOSTCC="$hostcc" \
		PAHOLE=none \
		-j "${JOBS:-$(nproc)}" "$@"
}

# compiler: the compiler's own line about itself.
compiler() { "$(cross)gcc" --version | head -n 1; }
