/* SPDX-License-Identifier: GPL-2.0 */
/* Confidence intervals of ratios. */
#ifndef REPORT_INTERVAL_H
#define REPORT_INTERVAL_H

#include <stddef.h>

/**
 * interval_of_logs() - the 95 % confidence interval of a ratio
 * @logs: the logarithms of its measured values
 * @nr: their number
 *
 * By Student's t for the mean of the logarithms.
 *
 * Return: the factor h of the interval ratio / h to ratio * h, 1 or more; 0 if there
 * are fewer than two values.
 */
double interval_of_logs(const double *logs, size_t nr);

#endif
