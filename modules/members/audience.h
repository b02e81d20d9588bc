/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Whom the house can address: groups that staff choose from, and who is in them. For modules that
 * send something to chosen readers. A group is "members", "agencies", "sector:ID", "committee:ID",
 * "post:CODE" (who holds it today, dictionary members.posts), or one alone: "agency:ID",
 * "member:ID". Several are written with blanks between them. */
#ifndef HT_MEMBERS_AUDIENCE_H
#define HT_MEMBERS_AUDIENCE_H
#include "platform/notify/reader.h"
#include "platform/web/view_parts.h"

/* All groups there are today, then each agency and each serving member alone, as choices of a form;
 * struct view_choice rows. */
err audience_list(struct rq *rq, struct rows *out);

/* The same without agencies: for what only members are asked. */
err audience_members(struct rq *rq, struct rows *out);

/* What groups are called today, of many the first three and their number; empty when there are no
 * such groups. */
err audience_name(struct rq *rq, str groups, str *out);

/* Who is in the groups today, each once: members as persons, and agencies; struct reader rows,
 * unread, in the groups' order, of one group by name. An unknown group is empty. */
err audience_readers(struct rq *rq, str groups, struct rows *out);

/* Groups as they are stored, with blanks between, and each by itself. */
strs audience_split(struct arena *mem, str groups);
str audience_join(struct arena *mem, const strs *groups);

/* Committees, then sectors, as choices; before: rows left free in front. */
err audience_bodies(struct rq *rq, size_t before, struct rows *out);
#endif
