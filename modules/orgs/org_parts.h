/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Small things that several files of this module share. */
#ifndef HT_ORGS_ORG_PARTS_H
#define HT_ORGS_ORG_PARTS_H
#include "modules/orgs/org.h"

/* A day as "2026-11-25", for the audit log and for messages; empty for 0 and -1. */
str org_day_text(struct arena *mem, i64 day);

/* A day as forms give it (-1 = empty) as rows keep it (0 = none). */
i64 org_day(i64 day);

/* A number as text, for a field of a form. */
str org_number_text(struct arena *mem, i64 number);

/* INVALID form.faults when faults were noted. */
err org_faults(const struct rq *rq);
#endif
