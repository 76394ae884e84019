// SPDX-License-Identifier: GPL-2.0
#include <gsl/gsl_cdf.h>
#include <gsl/gsl_statistics_double.h>
#include <math.h>

#include "interval.h"

double interval_of_logs(const double *logs, size_t nr)
{
	if (nr < 2)
		return 0;
	return exp(gsl_cdf_tdist_Pinv(0.975, nr - 1) *
		   gsl_stats_sd(logs, 1, nr) / sqrt(nr));
}
