// SPDX-License-Identifier: GPL-2.0
/*
 * memload - one bounded piece of memory work for the loads of the benchmark
 *
 * Runs inside the guest, one piece a call, and ends. Sizes are in MiB. The
 * pieces are plain system calls on anonymous memory and on pipes, so that what
 * they cost is the kernel's page allocator and little else.
 */
#define _GNU_SOURCE
#include <err.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#define MIB		(1UL << 20)
#define PAGE		4096UL

static const char usage_text[] =
"usage: memload anon MIB               map, touch every page, unmap\n"
"       memload cow MIB                touch, fork, let the child write every page\n"
"       memload fragment MIB CMD ...   give back every second page, run CMD, unmap\n"
"       memload pipes MIB              fill pipes, whose pages cannot move, and close\n";

/* Writes one byte in every page of [mem, mem + size). */
static void touch(char *mem, size_t size)
{
	for (size_t i = 0; i < size; i += PAGE)
		mem[i] = 1;
}

/* Maps @size bytes; ends the program on failure. */
static char *map(size_t size)
{
	char *mem = mmap(NULL, size, PROT_READ | PROT_WRITE,
			 MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	if (mem == MAP_FAILED)
		err(1, "mmap of %zu bytes", size);
	return mem;
}

static void unmap(char *mem, size_t size)
{
	if (munmap(mem, size))
		err(1, "munmap of %zu bytes", size);
}

/* Waits for @pid; ends the program unless it ended well. */
static void wait_child(pid_t pid)
{
	int status;

	if (pid < 0)
		err(1, "fork");
	if (waitpid(pid, &status, 0) != pid)
		err(1, "waitpid");
	if (!WIFEXITED(status) || WEXITSTATUS(status))
		errx(1, "the child failed with status %#x", status);
}

static void run_anon(size_t size)
{
	char *mem = map(size);

	touch(mem, size);
	unmap(mem, size);
}

static void run_cow(size_t size)
{
	char *mem = map(size);
	pid_t pid;

	touch(mem, size);
	pid = fork();
	if (!pid) {
		touch(mem, size);
		_exit(0);
	}
	wait_child(pid);
	unmap(mem, size);
}

static void run_fragment(size_t size, char **cmd)
{
	char *mem = map(size);
	pid_t pid;

	touch(mem, size);
	for (size_t i = 0; i < size; i += 2 * PAGE)
		if (madvise(mem + i, PAGE, MADV_DONTNEED))
			err(1, "madvise");
	pid = fork();
	if (!pid) {
		execv(cmd[0], cmd);
		err(1, "%s", cmd[0]);
	}
	wait_child(pid);
	unmap(mem, size);
}

/*
 * A page of a pipe can be neither moved nor reclaimed. The pipes are small, so
 * that their descriptors do not need contiguous pages, and stay open until the
 * program ends; the limit on open files bounds @size to about 120 MiB.
 */
static void run_pipes(size_t size)
{
	static char buf[MIB / 4];
	int fds[2];

	for (size_t i = 0; i < size; i += sizeof(buf)) {
		if (pipe(fds))
			err(1, "pipe");
		if (fcntl(fds[1], F_SETPIPE_SZ, sizeof(buf)) < 0)
			err(1, "F_SETPIPE_SZ");
		if (write(fds[1], buf, sizeof(buf)) != sizeof(buf))
			err(1, "write of %zu bytes into a pipe", sizeof(buf));
	}
}

int main(int argc, char **argv)
{
	const char *what = argc > 1 ? argv[1] : "";
	char *end = "";
	size_t size;

	if (!strcmp(what, "--help")) {
		fputs(usage_text, stdout);
		return 0;
	}
	size = argc > 2 ? strtoul(argv[2], &end, 10) * MIB : 0;
	if (!size || *end)
		errx(1, "needs a piece of work and a size in MiB, see --help");

	if (!strcmp(what, "anon"))
		run_anon(size);
	else if (!strcmp(what, "cow"))
		run_cow(size);
	else if (!strcmp(what, "fragment") && argc > 3)
		run_fragment(size, argv + 3);
	else if (!strcmp(what, "pipes"))
		run_pipes(size);
	else
		errx(1, "unknown piece of work '%s', see --help", what);
	return 0;
}
