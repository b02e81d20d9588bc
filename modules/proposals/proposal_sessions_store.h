/* SPDX-License-Identifier: MulanPSL-2.0 */
/* SQL of what hangs on a session. Rules: proposal_sessions.c. */
#ifndef HT_PROPOSALS_PROPOSAL_SESSIONS_STORE_H
#define HT_PROPOSALS_PROPOSAL_SESSIONS_STORE_H
#include "platform/db/db.h"

/* How many proposals of a session have a serial or a case number. */
err proposal_store_count_numbered(struct db *db, i64 session_id, i64 *count);

/* How many of a session were handed in from a moment on, before another. */
struct submitted_span {
    i64 session_id, from_at, to_at;
};
err proposal_store_count_submitted(struct db *db, const struct submitted_span *span, i64 *count);

/* When the last one of a session was handed in; 0 = none was. */
err proposal_store_last_submitted(struct db *db, i64 session_id, i64 *last_at);

/* Sets before, during or between by the moments at which the plenary opened and was over. */
struct session_days {
    i64 session_id, opened_at, over_at;
};
err proposal_store_set_timing(struct db *db, const struct session_days *days);
#endif
