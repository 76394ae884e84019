#!/bin/bash
# run-left-out: tests/run says at its end what was left out: what a test says that this
# machine cannot do, and what takes hours.

# shellcheck source=tests/fixtures/check.bash
. "$(dirname "$0")/fixtures/check.bash"

# A project with two tests and nothing else, so that what is not one of them fails.
project=$work/project
mkdir -p "$project/tests/fixtures"
cp "$top/tests/run" "$project/tests/"
cp "$top/tests/fixtures/check.bash" "$project/tests/fixtures/"
# shellcheck disable=SC2016  # for the tests
printf '%s\n' '#!/bin/bash' '. "$(dirname "$0")/fixtures/check.bash"' 'ok one' \
	'left_out "two: there is no machine for it"' 'ok three' 'finish' >"$project/tests/vm-some.sh"
printf '%s\n' '#!/bin/sh' 'echo "# left out: none of it runs"' >"$project/tests/vm-nothing.sh"
chmod +x "$project"/tests/*.sh
# shellcheck disable=SC2317  # called by fails_with
run() { (cd "$project" && tests/run "$@"); }
# at_end LINES PATTERN: one of so many last lines is like this.
# shellcheck disable=SC2317  # called by verdict
at_end() { tail -n "$1" "$work/out" | grep -qx -- "$2"; }

fails_with 1 "a project without tools fails" run
verdict "the tests that there are pass" grep -qx 'ok vm-some - three' "$work/out"
verdict "what one leaves out is said at the end" at_end 4 '# left out: vm-some - two: there is no machine for it'
verdict "what another leaves out as well" at_end 4 '# left out: none of it runs'
verdict "so is what takes hours" at_end 2 '# left out for their time, see make check-full: .*'
verdict "what leaves out all is no success" grep -q '^not ok tests/vm-nothing.sh - ended with status 0 after 0 tests' "$work/out"
fails_with 1 "so does a full run" run --full
verdict "which leaves out nothing for its time" sh -c "! grep -q '^# left out for their time' '$work/out'"
verdict "but what cannot be done" at_end 3 '# left out: vm-some - two: there is no machine for it'
finish
