# trace.jq: one trace file from what two tracers said.
#
# Takes: $section and $timerlat, each a list of one cell of bench/cell --tracer, and
#   $key, which says from what input they were measured.
# Gives: one object; times in ns. "timerlat" is absent if no wakeup met its limit.

# found(REGEX): what the regex captures in the first line that it matches.
def found(regex): first((.[] | capture(regex)), error("the tracer's text has no line like \(regex)"));
def ns: tonumber * 1000 | round;

# section: what preemptirqsoff kept. Its clock x86-tsc shows ticks since the start, of
# 1 ns under icount. Of the functions that it saw the last is its own, the one before
# is where the section ends.
def section:
	[.[] | capture("^ *[^# ].*-[0-9]+ .* (?<ns>[0-9]+) *: [^<]").ns | tonumber] as $seen |
	if ($seen | length) < 3 then error("the tracer kept no section") else . end |
	{max_ns: $seen[-2], start: found("^#  => started at: +(?<at>[^ ]+)").at,
	 end: found("^#  => ended at: +(?<at>[^ ]+)").at,
	 task: found("^# +\\| task: (?<task>.*)-[0-9]+ \\(").task,
	 stack: [.[] | capture("^ => (?<at>[^ ]+)").at]};

# timerlat: rtla's analysis; its figures are us with two digits. What the stack has of
# the timer's interrupt itself is left out.
def timerlat:
	[.[] | capture("-> (?<at>[^ ]+)").at] as $stack |
	found("^ *(?<of>Thread|IRQ) latency: +(?<us>[0-9.]+) us \\(100%\\)") as $all |
	{latency_ns: ($all.us | ns), of: ($all.of | ascii_downcase),
	 thread: (. as $lines | (map(test("^  Blocking thread:")) | index(true)) as $at |
		$lines[$at + 1:] | found("^ +(?<task>[^ ].*):[0-9]+ ").task),
	 parts: [.[] | capture("^  (?<what>IRQ handler delay|Timerlat IRQ duration|Blocking thread|[A-Za-z]+ interference):? .*?(?<us>[0-9.]+) us \\([0-9.]+ %\\)") |
		{what: (.what | sub("^Blocking"; "blocking")), ns: (.us | ns)}],
	 stack: $stack[($stack | index("asm_sysvec_apic_timer_interrupt") // -1) + 1:]};

$section[0] as $section | $timerlat[0] as $timerlat |
$section | del(.cyclictest, .cmdline, .trace, .tracer, .vmstat) +
{input_sha256: $key,
 cyclictest: ($section.cyclictest | {avg_ns: (.avg_ns | round), max_ns}),
 section: ($section.trace | section)} +
if $timerlat.trace == [] then {} else {timerlat: ($timerlat.trace | timerlat)} end
