/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Statements of what hangs on a session. */
#include "modules/proposals/proposal_sessions_store.h"

err proposal_store_count_numbered(struct db *db, i64 session_id, i64 *count)
{
    return db_i64(db,
                  SQL("SELECT count(*) AS n FROM proposals WHERE org_id = :org AND "
                      "session_id = :session_id AND (serial > 0 OR docket_no > 0)",
                      P(session_id)),
                  count);
}

err proposal_store_count_submitted(struct db *db, const struct submitted_span *span, i64 *count)
{
    return db_i64(db,
                  SQL("SELECT count(*) AS n FROM proposals WHERE org_id = :org AND "
                      "session_id = :session_id AND submitted_at > 0 AND "
                      "submitted_at >= :from_at AND submitted_at < :to_at",
                      P(span->session_id), P(span->from_at), P(span->to_at)),
                  count);
}

err proposal_store_last_submitted(struct db *db, i64 session_id, i64 *last_at)
{
    return db_i64(db,
                  SQL("SELECT COALESCE(max(submitted_at), 0) AS n FROM proposals WHERE "
                      "org_id = :org AND session_id = :session_id",
                      P(session_id)),
                  last_at);
}

err proposal_store_set_timing(struct db *db, const struct session_days *days)
{
    return db_run(db,
                  SQL("UPDATE proposals SET timing = CASE WHEN submitted_at < :opened_at THEN "
                      "'before' WHEN submitted_at < :over_at THEN 'during' ELSE 'between' END "
                      "WHERE org_id = :org AND session_id = :session_id AND submitted_at > 0",
                      P(days->opened_at), P(days->over_at), P(days->session_id)),
                  NULL);
}
