/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Days by stage, of the house and by agency: dashboard_days.c. */
#ifndef HT_DASHBOARDS_DASHBOARD_DAYS_H
#define HT_DASHBOARDS_DASHBOARD_DAYS_H
#include "modules/dashboards/dashboard_tables.h"

enum { DAY_COLUMNS = 3, DAY_TABLES_MAX = 8 };

/* How many took so many days. */
struct day_count {
    i64 days, count;
};

/* The days at a rank of n by nearest rank, the value at ⌈percent·n/100⌉; all in order of days; -1
 * of none. {1,2,3,4,10}: 50 gives 3, 90 gives 10. */
i64 days_at_rank(const struct day_count *all, size_t count, i64 percent);

/* Of one stage: how many went through it, days of the one in the middle, days that nine of ten do
 * not pass; -1 = nobody. */
struct stage_days {
    i64 count, median, most;
};

/* Of all agencies together. Errors: those of the database. */
err days_of_stage(const struct figure_set *s, const char *stage, struct stage_days *out);

/* Puts behind *count tables one of the stages, then one of the agencies that have any of these
 * figures for each stage that is theirs, at most DAY_TABLES_MAX. Errors: those of the database. */
err days_tables_make(const struct figure_set *s, const char *figures, struct figure_table *out,
                     size_t *count);

/* Puts behind the columns of a table the days of the one in the middle and those that nine of ten
 * do not pass; days: one for each line. */
void days_columns_add(const struct figure_set *s, const struct stage_days *days,
                      struct figure_table *t);
#endif
