// SPDX-License-Identifier: GPL-2.0
/* Drawing with gnuplot. */
#include <err.h>
#include <errno.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include "file.h"
#include "gnuplot.h"

/* Run gnuplot from one stream to another; 0, or -1 after a line on stderr. */
static int gnuplot(FILE *from, FILE *to, const char *path)
{
	char *const argv[] = { "gnuplot", "-", NULL };
	posix_spawn_file_actions_t actions;
	int status;
	pid_t pid;

	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_adddup2(&actions, fileno(from), STDIN_FILENO);
	posix_spawn_file_actions_adddup2(&actions, fileno(to), STDOUT_FILENO);
	errno = posix_spawnp(&pid, argv[0], &actions, NULL, argv, environ);
	posix_spawn_file_actions_destroy(&actions);
	if (errno) {
		warn("%s: gnuplot cannot be run; run 'make setup'", path);
		return -1;
	}
	if (waitpid(pid, &status, 0) < 0 || status) {
		warnx("%s: gnuplot failed, its message is above", path);
		return -1;
	}
	return 0;
}

int gnuplot_svg(const char *path, void (*script)(FILE *to, const void *arg),
		const void *arg)
{
	FILE *commands = tmpfile();
	struct new_file svg;

	if (!commands) {
		warn("%s: no room for a temporary file", path);
		return -1;
	}
	if (new_file_open(&svg, path)) {
		fclose(commands);
		return -1;
	}
	script(commands, arg);
	if (fflush(commands) || fseek(commands, 0, SEEK_SET) ||
	    gnuplot(commands, svg.stream, path)) {
		fclose(commands);
		new_file_drop(&svg);
		return -1;
	}
	fclose(commands);
	return new_file_commit(&svg);
}
