/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Whom words mean that somebody typed, in a roster too long to choose from
 * (platform/web/choices.h).
 */
#ifndef HT_MEMBERS_MEANT_H
#define HT_MEMBERS_MEANT_H
#include "modules/members/member.h"

/* A form draws no more members than these: of more each is found by words. */
enum { MEMBER_CHOICES_MAX = 500 };

/* Who serves today and is meant by a number (members.id; "member:" before it means nothing else), a
 * code or a full name; struct member rows, 20 at most. Errors: those of the database. */
err member_list_meant(struct rq *rq, str typed, struct rows *out);

/* Who served on a day, whatever became of him since: struct member rows as of member_list_serving.
 * Errors: those of the database. */
err member_list_served(struct rq *rq, i64 sector_id, i64 on, struct rows *out);

/* How a member is told from others of his name: name, sector, code. */
str member_label(struct rq *rq, const struct member *m);
#endif
