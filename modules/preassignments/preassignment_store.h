/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Statements of preassignments and their meetings. Rules: preassignment.c, preassignment_meeting.c.
 */
#ifndef HT_PREASSIGNMENTS_PREASSIGNMENT_STORE_H
#define HT_PREASSIGNMENTS_PREASSIGNMENT_STORE_H
#include "modules/preassignments/preassignment.h"

/* All: errors those of the database; find NOT_FOUND db.no_row; update CONFLICT db.version. Rows are
 * struct preassignment unless said. */
err preassignment_store_find(struct db *db, i64 id, struct arena *mem, struct preassignment *out);
err preassignment_store_add(struct db *db, const struct preassignment *p, i64 *id);

/* Writes what steps change, at its version. */
err preassignment_store_update(struct db *db, const struct preassignment *p, str state);

/* Of a proposal, what is not dropped; agency_id 0 = of every agency. */
err preassignment_store_list_of(struct db *db, i64 proposal_id, i64 agency_id, struct arena *mem,
                                struct rows *out);

/* Asked ones whose last day was before a day, oldest first; after_on, after_id: the last of the
 * batch before, 0 at first. */
struct silent_ask {
    i64 before_on, after_on, after_id, limit;
};
err preassignment_store_list_silent(struct db *db, const struct silent_ask *ask, struct arena *mem,
                                    struct rows *out);

/* What is not handed out of a session (state: of that alone, empty = of all), or with a meeting
 * what was handed out there, with the day of its assignment as due_on; agency_id 0 = of all. By
 * agency in the site's order, objections first. */
struct preassignment_meeting_ask {
    i64 session_id, meeting_id, agency_id, limit, today;
    str state;
};
err preassignment_store_list_open(struct db *db, const struct preassignment_meeting_ask *ask,
                                  struct arena *mem, struct rows *out);
err preassignment_store_list_handed(struct db *db, const struct preassignment_meeting_ask *ask,
                                    struct arena *mem, struct rows *out);

/* How much of the same an agency has; struct preassignment_meeting_agency rows. */
err preassignment_store_count_open(struct db *db, const struct preassignment_meeting_ask *ask,
                                   struct arena *mem, struct rows *out);
err preassignment_store_count_handed(struct db *db, const struct preassignment_meeting_ask *ask,
                                     struct arena *mem, struct rows *out);

/* Proposals of a session of which something is put to agencies and everything is agreed, without
 * those of which a line is stuck, in order of id; struct ready_row rows. Stuck lines: the day that
 * was set is behind us, or the body is no agency today. */
struct ready_row {
    i64 proposal_id;
};
err preassignment_store_list_ready(struct db *db, const struct preassignment_meeting_ask *ask,
                                   struct arena *mem, struct rows *out);
err preassignment_store_list_stuck(struct db *db, const struct preassignment_meeting_ask *ask,
                                   struct arena *mem, struct rows *out);

/* Meetings, newest first in a list of at most 200. */
err preassignment_meeting_store_find(struct db *db, i64 id, struct arena *mem,
                                     struct preassignment_meeting *out);
err preassignment_meeting_store_list(struct db *db, struct arena *mem,
                                     struct rows *out); /* struct preassignment_meeting */
err preassignment_meeting_store_add(struct db *db, const struct preassignment_meeting *m, i64 *id);
err preassignment_meeting_store_update(struct db *db, const struct preassignment_meeting *m);
#endif
