// SPDX-License-Identifier: GPL-2.0
/*
 * stopwatch - the time between the lines that come on stdin
 *
 * Runs inside the guest. Reads lines until the end of the input and prints, for
 * each but the first, the ns since the one before, one whole number a line. It
 * is real-time, so that it reads the clock when a line is written and not when
 * the writer happens to sleep; its output waits in memory until the end.
 */
#include <err.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static const char usage_text[] =
"usage: stopwatch <LINES    print the ns between two lines, read as they come\n";

#define NSEC_PER_SEC	1000000000LL

static long long now_ns(void)
{
	struct timespec ts;

	if (clock_gettime(CLOCK_MONOTONIC, &ts))
		err(1, "clock_gettime");
	return ts.tv_sec * NSEC_PER_SEC + ts.tv_nsec;
}

int main(int argc, char **argv)
{
	static char out[1 << 16];
	const struct sched_param param = { .sched_priority = 1 };
	long long last = 0, now;
	ssize_t got;
	char c;

	if (argc > 1 && !strcmp(argv[1], "--help")) {
		fputs(usage_text, stdout);
		return 0;
	}
	if (argc > 1)
		errx(1, "takes no argument, see --help");
	if (sched_setscheduler(0, SCHED_FIFO, &param))
		err(1, "sched_setscheduler");
	setvbuf(stdout, out, _IOFBF, sizeof(out));

	while ((got = read(STDIN_FILENO, &c, 1)) == 1) {
		if (c != '\n')
			continue;
		now = now_ns();
		if (last)
			printf("%lld\n", now - last);
		last = now;
	}
	if (got)
		err(1, "read");
	if (fflush(stdout))
		err(1, "write");
	return 0;
}
