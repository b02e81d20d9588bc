/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Reports on a year's duties (述职) and remarks (点评), for other modules: what a member handed in
 * for a year, and what was said to it. Words: README.md; all else: statement_rules.h. */
#ifndef HT_STATEMENTS_STATEMENT_H
#define HT_STATEMENTS_STATEMENT_H
#include "platform/flow/flow.h"

/* state: draft, revising, submitted, remarked, lapsed. post: as what he reports. body: empty where
 * it is not the reader's to see yet. */
struct statement {
    i64 id, statement_call_id, member_id, person_id, year, due_on, place, submitted_at, version;
    bool late;
    str state, name, sector, post, body, reason;
};

/* kind: "single", "collective" (said to several together). */
struct remark {
    i64 id, remarked_at;
    str kind, text, remarker_name;
};

/* A member's reports of a year of assessment, those asked for last first: struct statement rows
 * without body. Who may see them is the caller's business. Errors: those of the database. */
err statement_list_of(struct rq *rq, i64 member_id, i64 year, struct rows *out);

/* What was said to a report, oldest first: struct remark rows. Likewise. */
err remark_list(struct rq *rq, i64 statement_id, struct rows *out);

/* What a secret ballot on those who reported (述职测评) gave one of them: papers handed out, come
 * back, valid; votes of each grade, which are together as many as were valid (basic: just
 * competent; abstained: nothing in his row). meeting_title: empty = of one that is not kept here.
 */
struct ballot_result {
    i64 statement_id, held_on, issued, returned, valid;
    i64 excellent, competent, basic, incompetent, abstained;
    str meeting_title, post;
};

/* A member's of a year of assessment: struct ballot_result rows. Likewise. */
err ballot_list_of(struct rq *rq, i64 member_id, i64 year, struct rows *out);

/* The same as the member "ballots" of somebody's JSON. The page's part: view_ballots_results. */
struct json;
void ballot_results_json(struct json *j, const struct rows *results);
#endif
