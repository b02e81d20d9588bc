/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Exemptions from assessment (免予考核), for other modules: which days. Words, life and who may:
 * README.md. Within the module: exemption_rules.h. */
#ifndef HT_EXEMPTIONS_EXEMPTION_H
#define HT_EXEMPTIONS_EXEMPTION_H
#include "platform/web/web.h"

/* Days that do not count of a member, both included. years: the years of assessment that they touch
 * are not assessed at all. */
struct exemption_span {
    i64 member_id, from_on, to_on, years;
};

/* Those that are granted and touch the days from from_on to to_on: struct exemption_span rows by
 * member and day. member_id 0 = of all. Errors: those of the database. */
err exemption_list_spans(struct rq *rq, i64 member_id, i64 from_on, i64 to_on, struct rows *out);
#endif
