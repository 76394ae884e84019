#!/bin/bash
# kernel-cross: the variant raw compiles for other architectures. As root: installs
# their compilers.

# shellcheck source=tests/fixtures/check.bash
. "$(dirname "$0")/fixtures/check.bash"

fails_with 0 "the compilers are there" "$top/tools/setup/install" --cross
for config in arm64 riscv64; do
	fails_with 0 "raw compiles for $config" "$top/tools/kernel/build" --config $config raw
	# shellcheck disable=SC2016  # $c is of jq
	verdict "$config: it is described" jq -e --arg c $config \
		'.config == $c and .variant == "raw" and .debug' "$top/build/kernel/raw-$config/kernel.json"
done
verdict "an arm64 kernel is one" grep -q "Machine: *AArch64" <(readelf -h "$top/build/kernel/raw-arm64/vmlinux")
verdict "a riscv64 kernel is one" grep -q "Machine: *RISC-V" <(readelf -h "$top/build/kernel/raw-riscv64/vmlinux")
finish
