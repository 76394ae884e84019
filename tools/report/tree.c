// SPDX-License-Identifier: GPL-2.0
/* Directories of result files. */
#include <dirent.h>
#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "names.h"
#include "tree.h"

/* Call @entry for all that is in a directory and not hidden, sorted by name. */
static int each(const char *dir,
		int (*entry)(const char *path, const struct dirent *name,
			     tree_file_fn *file, void *arg),
		tree_file_fn *file, void *arg)
{
	struct dirent **names;
	int nr, ret = 0;

	nr = scandir(dir, &names, NULL, alphasort);
	if (nr < 0) {
		warn("%s: cannot be read; 'make compare' fills it", dir);
		return -1;
	}
	for (int i = 0; i < nr; i++) {
		char *path;

		if (!ret && names[i]->d_name[0] != '.') {
			if (asprintf(&path, "%s/%s", dir, names[i]->d_name) < 0)
				err(1, "%s", dir);
			ret = entry(path, names[i], file, arg);
			free(path);
		}
		free(names[i]);
	}
	free(names);
	return ret;
}

static int json_file(const char *path, const struct dirent *name,
		     tree_file_fn *file, void *arg)
{
	size_t len = strlen(name->d_name);

	if (len < 5 || strcmp(name->d_name + len - 5, ".json"))
		return 0;
	return file(path, arg);
}

int tree_flat(const char *dir, tree_file_fn *file, void *arg)
{
	return each(dir, json_file, file, arg);
}

/* The directories of variants, and one that is passed over. */
struct variant_dirs {
	const char *but; /* or NULL */
	void *arg; /* of the function that takes the files */
};

static int variant_dir(const char *path, const struct dirent *name,
		       tree_file_fn *file, void *arg)
{
	const struct variant_dirs *dirs = arg;

	if (name_find(variant_names, NR_VARIANTS, name->d_name,
		      strlen(name->d_name)) >= 0)
		return tree_flat(path, file, dirs->arg);
	if (name->d_type != DT_DIR ||
	    (dirs->but && !strcmp(name->d_name, dirs->but)))
		return 0;
	warnx("%s: no variant has this name; move or remove it", path);
	return -1;
}

int tree_variants_but(const char *dir, const char *but, tree_file_fn *file,
		      void *arg)
{
	struct variant_dirs dirs = { but, arg };

	return each(dir, variant_dir, file, &dirs);
}

int tree_variants(const char *dir, tree_file_fn *file, void *arg)
{
	return tree_variants_but(dir, NULL, file, arg);
}

int tree_results(const char *dir, tree_walk_fn *walk, tree_file_fn *file,
		 void *arg, const size_t *nr)
{
	if (access(dir, F_OK))
		return 0;
	if (walk(dir, file, arg))
		return -1;
	if (*nr)
		return 0;
	warnx("%s: holds no result; measure, or remove it", dir);
	return -1;
}

static int any_dir(const char *path, const struct dirent *name,
		   tree_file_fn *file, void *arg)
{
	return name->d_type == DT_DIR ? file(path, arg) : 0;
}

int tree_dirs(const char *dir, tree_file_fn *entry, void *arg)
{
	return each(dir, any_dir, entry, arg);
}
