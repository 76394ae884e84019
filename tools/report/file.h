/* SPDX-License-Identifier: GPL-2.0 */
/* Files that appear complete or not at all; paths; numbers for readers. */
#ifndef REPORT_FILE_H
#define REPORT_FILE_H

#include <stdio.h>

struct new_file {
	FILE *stream; /* write here */
	char *path, *temp;
};

/**
 * new_file_open() - start to write a file
 * @file: filled on success
 * @path: the file, which stays as it is until new_file_commit()
 *
 * Return: 0, or -1 after a line on stderr.
 */
int new_file_open(struct new_file *file, const char *path);

/** new_file_commit() - put the file in its place; 0, or -1 after a line on stderr */
int new_file_commit(struct new_file *file);

/** new_file_drop() - forget what was written */
void new_file_drop(struct new_file *file);

/**
 * relative_path() - the way from the directory of a file to another file
 * @from: a file in an existing directory; it need not exist itself
 * @to: an existing file or directory
 *
 * Return: the path (to be freed), or NULL after a line on stderr.
 */
char *relative_path(const char *from, const char *to);

/** path_in() - "dir/name", to be freed */
char *path_in(const char *dir, const char *name);

enum { NS_TEXT = 32 };

/**
 * ns_text() - a whole number with thousands separators: 408,904
 * @text: where to write it
 * @n: number, not negative
 *
 * Return: @text.
 */
char *ns_text(char text[NS_TEXT], long long n);

#endif
