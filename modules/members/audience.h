/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Whom the house can address: groups that staff choose from, and who is in them. For modules that
 * send something to chosen readers. A group is "members", "agencies", "sector:ID", "committee:ID",
 * or one alone: "agency:ID", "member:ID". */
#ifndef HT_MEMBERS_AUDIENCE_H
#define HT_MEMBERS_AUDIENCE_H
#include "platform/notify/reader.h"
#include "platform/web/view_parts.h"

/* All groups there are today, then each agency and each serving member alone, as choices of a form;
 * struct view_choice rows. */
err audience_list(struct rq *rq, struct rows *out);

/* The name of a group as it is called today; empty when there is no such group. */
err audience_name(struct rq *rq, str group, str *out);

/* Who is in a group today: members as persons, or agencies; struct reader rows, unread, by name.
 * An unknown group is empty. */
err audience_readers(struct rq *rq, str group, struct rows *out);

/* Committees, then sectors, as choices; before: rows left free in front. */
err audience_bodies(struct rq *rq, size_t before, struct rows *out);
#endif
