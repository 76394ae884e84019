# shellcheck shell=bash
# said.sh: what a guest said about a test of bench/tests: reads its console, and what its
# second serial port gave, and prints JSON. To be sourced.

# said_kunit CONSOLE: what the suite says in its last line about all its tests; null if it
# did not come to its end.
said_kunit() {
	tr -d '\r' <"$1" |
		grep -oaE '# Totals: pass:[0-9]+ fail:[0-9]+ skip:[0-9]+ total:[0-9]+$' | tail -n 1 |
		sed -E 's/.*pass:([0-9]+) fail:([0-9]+) skip:([0-9]+) .*/{"passed":\1,"failed":\2,"skipped":\3}/' |
		grep . || echo null
}

# said_numbers CONSOLE WHAT: the last line of the test about this, "test: WHAT NAME=N...", as
# an object; nothing if there is none.
said_numbers() {
	tr -d '\r' <"$1" | grep -aE "^test: $2( [a-z]+=-?[0-9]+)+\$" | tail -n 1 |
		jq -R '[scan("([a-z]+)=(-?[0-9]+)") | {key: .[0], value: .[1] | tonumber}] | from_entries'
}

# said_results CONSOLE: the results of parts of the test, "test: result NAME: RESULT[: WHY]",
# as an array.
said_results() {
	tr -d '\r' <"$1" | grep -aE '^test: result ' |
		jq -R 'capture("^test: result (?<name>[^:]+): (?<result>passed|skipped|failed)(: (?<reason>.*))?$") |
			with_entries(select(.value))' | jq -s .
}

# said_latest RESULT: the latest wakeup of the real-time task in ns; null if there was none.
said_latest() { jq '.cyclictest.thread."0".max' "$1" 2>/dev/null | grep . || echo null; }
