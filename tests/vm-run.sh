#!/bin/bash
# vm-run: tools/vm/qemu-run ends every QEMU it starts, whatever happens, and
# refuses bad input; tools/vm/accel-probe falls back.

# shellcheck source=tests/fixtures/vm.bash
. "$(dirname "$0")/fixtures/vm.bash"
use_fake_qemu

run=("$top/tools/vm/qemu-run" --kernel "$kernels/none" --initrd "$initrd"
	--console "$work/console" --result "$work/result")

fails_with 0 "a guest that ends is a success" "${run[@]}"
verdict "its console is there" grep -qx "guest: end" "$work/console"

FAKE_QEMU=hang fails_with 124 "a guest that hangs is ended at the limit" "${run[@]}" --timeout 1
verdict "the limit is named" grep -q "did not end within 1 s" "$work/err"
verdict "no QEMU is left after the limit" no_qemu_left

FAKE_QEMU=crash refused "a QEMU that fails is reported" "QEMU failed with status 1: .*broken" "${run[@]}"

# As the kernel does when memory runs out.
: >"$FAKE_QEMU_PIDS"
(FAKE_QEMU=hang "${run[@]}" --timeout 100 2>"$work/err"; echo $? >"$work/status") &
wait_for 5 test -s "$FAKE_QEMU_PIDS"
kill -KILL "$(cat "$FAKE_QEMU_PIDS")"
wait
verdict "a QEMU that is killed is a failure" test "$(cat "$work/status")" -eq 1
verdict "that is said in one line" test "$(grep -c "QEMU failed with status 137" "$work/err")-$(wc -l <"$work/err")" = 1-1

for signal in INT TERM HUP KILL; do
	: >"$FAKE_QEMU_PIDS"
	# In a job of its own, so that INT is not ignored.
	(set -m; FAKE_QEMU=hang "${run[@]}" --timeout 100 2>/dev/null & echo $! >"$work/pid"; wait) 2>/dev/null &
	wait_for 5 test -s "$FAKE_QEMU_PIDS"
	kill -s "$signal" "$(cat "$work/pid")"
	verdict "no QEMU is left after $signal" wait_for 5 no_qemu_left
	wait
done

refused "icount refuses several vCPUs" "one vCPU" "${run[@]}" --cpus 2
"${run[@]}" --accel turns --cpus 2 --print command >"$work/out"
verdict "in turns there may be several, on one thread" grep -q -- '-smp 2 .*thread=single.*-icount shift=0,sleep=off' "$work/out"
refused "an unknown accelerator is refused" "unknown --accel 'x'" "${run[@]}" --accel x
refused "a bad number is refused" "not a whole number" "${run[@]}" --mem much
refused "a missing kernel is named" "no kernel in" "${run[@]}" --kernel "$work/nothing"
refused "a missing initramfs is named" "cannot read the initramfs" "${run[@]}" --initrd "$work/nothing"
refused "a missing value is named" "needs a value" "${run[@]}" --seed
refused "a missing disk is named" "cannot write the disk" "${run[@]}" --disk "$work/nothing"
"${run[@]}" --disk "$initrd" --print command >"$work/out"
verdict "the printed command has the disk" grep -q -- ' -drive file=initrd,format=raw' "$work/out"
refused "a missing plugin is named" "cannot read the plugin" "${run[@]}" --plugin "$work/nothing,map=x"
refused "a plugin under kvm is refused" "sees no instruction" "${run[@]}" --accel kvm --plugin "$initrd"
"${run[@]}" --plugin "$initrd,map=$work/a,out=$work/b" --print command >"$work/out"
verdict "the printed command has the plugin" grep -q -- ' -plugin initrd,map=a,out=b$' "$work/out"
verdict "the printed command has no directories" sh -c "! grep -q / '$work/out'"

probe=("$top/tools/vm/accel-probe" --kernel "$kernels/none" --initrd "$initrd" --limit 1)
FAKE_QEMU=hang fails_with 0 "a kvm that boots nothing is no error" "${probe[@]}" kvm
verdict "kvm falls back to icount" grep -qx icount "$work/out"
verdict "the fall-back is one line" test "$(grep -c 'using icount$' "$work/err")-$(wc -l <"$work/err")" = 1-1
verdict "no QEMU is left after the probe" no_qemu_left
FAKE_QEMU=bad fails_with 0 "a kvm with a bad console is no error" "${probe[@]}" kvm
verdict "a bad console falls back as well" grep -qx icount "$work/out"
if [ -w /dev/kvm ]; then
	fails_with 0 "a kvm that boots a guest is used" "${probe[@]}" kvm
	verdict "kvm is answered" grep -qx kvm "$work/out"
else
	left_out "no guest boots with kvm: /dev/kvm is missing or cannot be written"
fi
finish
