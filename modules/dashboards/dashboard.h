/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Dashboards for the command line: are the counters what they must be, and count again. What is
 * counted: dashboard_facts.h, README. */
#ifndef HT_DASHBOARDS_DASHBOARD_H
#define HT_DASHBOARDS_DASHBOARD_H
#include "platform/web/web.h"

/* Counts everything of rq's organisation again and says how many subjects are counted otherwise
 * than their rows say, and how many counters are not the sum of the subjects; writes nothing.
 * Errors: those of the database. */
struct dashboard_check {
    i64 subjects, stale, counters;
};
err dashboard_verify(struct rq *rq, struct dashboard_check *out);

/* Throws all counters of rq's organisation away and counts anew, in one transaction. Errors: those
 * of the database. */
err dashboard_recount(struct rq *rq);
#endif
