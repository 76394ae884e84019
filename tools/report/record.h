/* SPDX-License-Identifier: GPL-2.0 */
/* A result file: one JSON object that is checked before anyone uses it. */
#ifndef REPORT_RECORD_H
#define REPORT_RECORD_H

#include <jansson.h>

#include "hist.h"
#include "names.h"

struct record {
	char *path;
	json_t *json; /* the whole file, checked; NULL in an empty record */
};

enum record_type {
	RECORD_TEXT, /* not empty */
	RECORD_SHA256,
	RECORD_DATE, /* UTC, sorts as text */
	RECORD_COUNT, /* whole number, 0 or more */
	RECORD_FORMAT, /* 1 */
	RECORD_NO, /* false */
	RECORD_YES, /* true */
};

/* A key that has to be there; a dot goes one object down: "kernel.base". */
struct record_key {
	const char *key;
	enum record_type type;
};

#define ARRAY_SIZE(a) (sizeof(a) / sizeof((a)[0]))

/**
 * record_open() - read a result file and check what all kinds of them have
 * @rec: filled on success, empty otherwise
 * @path: the file; its name is not looked at
 *
 * Checked are format, date and kernel.
 *
 * Return: 0, or -1 after a line on stderr that names the file and the key.
 */
int record_open(struct record *rec, const char *path);

/**
 * record_read() - read a result file and check what all that was measured has
 * @rec: filled on success, empty otherwise
 * @path: the file; its name is not looked at
 *
 * Checked are, beside what record_open() does, emulator and initramfs, and that the
 * kernel is no debug kernel.
 *
 * Return: as record_open().
 */
int record_read(struct record *rec, const char *path);

/** record_check() - check that these keys are there and of their types, as record_read() */
int record_check(const struct record *rec, const struct record_key *keys,
		 size_t nr);

/**
 * record_variant() - the variant that a record names
 * @rec: record
 * @v: where it goes; it is that of the kernel as well
 *
 * Return: 0, or -1 after a line on stderr.
 */
int record_variant(const struct record *rec, enum variant *v);

/**
 * record_place() - the variant and the load that a record names
 * @rec: record
 * @v: where the variant goes, which is that of the kernel as well
 * @l: where the load goes
 *
 * Return: 0, or -1 after a line on stderr.
 */
int record_place(const struct record *rec, enum variant *v, enum load *l);

/**
 * record_is_at() - check that a record is where its keys say it belongs
 * @rec: record
 * @format: path that follows from its keys, as for printf()
 *
 * Return: 0, or -1 after a line on stderr.
 */
int record_is_at(const struct record *rec, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/**
 * record_of_variant() - read the result file that a variant has of a kind
 * @rec: filled on success, empty otherwise
 * @path: the file
 * @dir: directory where it has to be as <variant>.json
 * @keys: keys that it has to have beside those of record_read()
 * @nr: number of keys
 * @v: where the variant goes
 *
 * Return: 0, or -1 after a line on stderr.
 */
int record_of_variant(struct record *rec, const char *path, const char *dir,
		      const struct record_key *keys, size_t nr,
		      enum variant *v);

/**
 * record_same() - check that two records agree
 * @a: record that is trusted
 * @b: record that is blamed
 * @keys: keys that have to have the same values
 * @nr: number of keys
 *
 * Return: 0, or -1 after a line on stderr.
 */
int record_same(const struct record *a, const struct record *b,
		const char *const *keys, size_t nr);

/**
 * record_hist() - read a histogram
 * @rec: record that it is of
 * @key: what to blame
 * @bins: object from latency in ns, a whole number as text, to count; may be NULL
 * @hist: empty histogram that is filled
 *
 * Return: 0, or -1 after a line on stderr.
 */
int record_hist(const struct record *rec, const char *key, json_t *bins,
		struct hist *hist);

/** record_same_source() - record_same() of what the kernels were built from and with */
int record_same_source(const struct record *a, const struct record *b);

/** record_same_config() - record_same() of what they were configured to */
int record_same_config(const struct record *a, const struct record *b);

/**
 * member_count() - a member that is a whole number, 0 or more
 * @object: part of a record
 * @key: the member
 *
 * Return: the number, or -1 if it is missing or something else.
 */
long long member_count(const json_t *object, const char *key);

/**
 * member_name() - a member that is one of some names
 * @object: part of a record
 * @key: the member
 * @names: the names
 * @nr: number of names
 *
 * Return: the index of the name, or -1 if it is missing or none of them.
 */
int member_name(const json_t *object, const char *key, const char *const *names,
		int nr);

/** record_dates() - widen a span of dates, which begins as two NULLs, by that of a record */
void record_dates(const struct record *rec, const char **first,
		  const char **last);

/** record_bad() - say on stderr what is wrong with a key; gives -1 */
int record_bad(const struct record *rec, const char *key, const char *what);

/** record_get() - a value, borrowed, or NULL if there is no such key */
json_t *record_get(const struct record *rec, const char *key);

/** record_str() - a text that was checked to be there */
const char *record_str(const struct record *rec, const char *key);

/** record_int() - a whole number that was checked to be there */
long long record_int(const struct record *rec, const char *key);

/** record_free() - give everything back; the record is empty then */
void record_free(struct record *rec);

#endif
