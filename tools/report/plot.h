/* SPDX-License-Identifier: GPL-2.0 */
/* The pictures of the report. */
#ifndef REPORT_PLOT_H
#define REPORT_PLOT_H

#include "alloc.h"
#include "kfree.h"
#include "latency.h"
#include "sweep.h"

/* A colour for each variant, as gnuplot takes it. */
extern const char *const variant_colours[NR_VARIANTS];

/**
 * plot_load() - draw the histograms of all variants under one load
 * @all: latencies; their smallest and largest fix the x axis, so that the plots
 *       of all loads have the same
 * @l: load, with at least one variant measured
 * @accel: accelerator, for the title
 * @path: the SVG file, replaced atomically
 *
 * Return: 0, or -1 after a line on stderr.
 */
int plot_load(const struct latencies *all, enum load l, const char *accel,
	      const char *path);

/**
 * plot_sweep() - draw longest hold and throughput by batch
 * @sweep: sweep, not empty
 * @path: the SVG file, replaced atomically
 *
 * Return: 0, or -1 after a line on stderr.
 */
int plot_sweep(const struct sweep *sweep, const char *path);

/**
 * plot_contention() - draw the longest waits with preemption off by number of CPUs
 * @rec: file of contention
 * @path: the SVG file, replaced atomically
 *
 * Return: 0, or -1 after a line on stderr.
 */
int plot_contention(const struct record *rec, const char *path);

/**
 * plot_alloc() - draw the successes in raw context by pressure
 * @alloc: allocations, not empty
 * @path: the SVG file, replaced atomically
 *
 * Return: 0, or -1 after a line on stderr.
 */
int plot_alloc(const struct alloc *alloc, const char *path);

/**
 * plot_kfree() - draw what became of the objects of kfree_rcu(), by context
 * @kfree: floods, not empty
 * @path: the SVG file, replaced atomically
 *
 * Return: 0, or -1 after a line on stderr.
 */
int plot_kfree(const struct kfree *kfree, const char *path);

/**
 * bars_style() - gnuplot's settings of a picture of bars
 * @to: gnuplot's commands
 * @name: name of the picture
 * @height: in pixels
 */
void bars_style(FILE *to, const char *name, int height);

/**
 * bars_panel() - plot a group of bars for each line of a block of data
 * @to: gnuplot's commands
 * @block: name of the block: each line has a word and a figure of each variant
 * @title: title of the panel
 * @measured: whether a variant has figures; the others are left out
 * @arg: handed on to @measured
 */
void bars_panel(FILE *to, const char *block, const char *title,
		bool (*measured)(const void *arg, enum variant v),
		const void *arg);

#endif
