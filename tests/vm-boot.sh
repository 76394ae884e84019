#!/bin/bash
# vm-boot: tools/vm/boot on a real guest: a kernel that boots passes, one that
# cannot start its init does not.

# shellcheck source=tests/fixtures/vm.bash
. "$(dirname "$0")/fixtures/vm.bash"
real_guest

boot=("$top/tools/vm/boot" --initrd "$initrd" --console "$work/console")
fails_with 0 "the kernel boots with icount" "${boot[@]}" "$kernel"
verdict "the TSC counts instructions" grep -q "tsc: Detected 1000.000 MHz TSC" "$work/console"
verdict "the TSC is the clock" grep -qE "clocksource: Switched to clocksource tsc.?$" "$work/console"
fails_with 0 "the kernel boots with two vCPUs" "${boot[@]}" --accel smp --cpus 2 "$kernel"
fails_with 1 "an init that ends is a bad boot" "${boot[@]}" --append rdinit=/bin/false "$kernel"
verdict "the panic is shown" grep -q "Attempted to kill init" "$work/err"
fails_with 1 "a boot that takes too long is a bad one" "${boot[@]}" --timeout 1 "$kernel"
refused "a directory without a kernel is refused" "no kernel in" "${boot[@]}" "$work"
finish
