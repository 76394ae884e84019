// SPDX-License-Identifier: GPL-2.0
/* Atomic files, relative paths, numbers. */
#include <err.h>
#include <libgen.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "file.h"

int new_file_open(struct new_file *file, const char *path)
{
	mode_t mask = umask(0);
	int fd;

	umask(mask);
	file->path = strdup(path);
	if (!file->path || asprintf(&file->temp, "%s.XXXXXX", path) < 0)
		err(1, "%s", path);
	fd = mkstemp(file->temp);
	if (fd < 0) {
		warn("%s: cannot be written", path);
		free(file->path);
		free(file->temp);
		return -1;
	}
	fchmod(fd, 0666 & ~mask);
	file->stream = fdopen(fd, "w");
	if (!file->stream)
		err(1, "%s", path);
	return 0;
}

int new_file_commit(struct new_file *file)
{
	int failed = fflush(file->stream) || ferror(file->stream) ||
		     fsync(fileno(file->stream)) ||
		     rename(file->temp, file->path);

	if (failed) {
		warn("%s: cannot be written, it stays as it was", file->path);
		new_file_drop(file);
		return -1;
	}
	fclose(file->stream);
	free(file->path);
	free(file->temp);
	return 0;
}

void new_file_drop(struct new_file *file)
{
	unlink(file->temp);
	fclose(file->stream);
	free(file->path);
	free(file->temp);
}

char *relative_path(const char *from, const char *to)
{
	char start[PATH_MAX], end[PATH_MAX], dir[PATH_MAX];
	size_t common = 0, i, ups = 0;
	char *path, *at;

	if (strlen(from) >= sizeof(dir) ||
	    !realpath(dirname(strcpy(dir, from)), start)) {
		warn("%s: no such directory", from);
		return NULL;
	}
	if (!realpath(to, end)) {
		warn("%s", to);
		return NULL;
	}
	/* With a slash at both ends only whole names can be in common. */
	strcat(start, start[1] ? "/" : "");
	strcat(end, end[1] ? "/" : "");
	for (i = 0; start[i] && start[i] == end[i]; i++)
		if (start[i] == '/')
			common = i + 1;
	for (i = common; start[i]; i++)
		ups += start[i] == '/';
	path = malloc(3 * ups + strlen(end + common) + 2);
	if (!path)
		err(1, "%s", to);
	at = path;
	while (ups--)
		at = stpcpy(at, "../");
	if (end[common] || at == path)
		at = stpcpy(at, end[common] ? end + common : "./");
	at[-1] = '\0';
	return path;
}

char *path_in(const char *dir, const char *name)
{
	char *path;

	if (asprintf(&path, "%s/%s", dir, name) < 0)
		err(1, "%s", dir);
	return path;
}

char *ns_text(char text[NS_TEXT], long long n)
{
	char digits[NS_TEXT];
	int len = snprintf(digits, sizeof(digits), "%lld", n);
	char *at = text;

	for (int i = 0; i < len; i++) {
		if (i && (len - i) % 3 == 0)
			*at++ = ',';
		*at++ = digits[i];
	}
	*at = '\0';
	return text;
}
