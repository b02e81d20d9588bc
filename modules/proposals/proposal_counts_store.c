/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Statement of the counts: a GROUP BY over the columns that steps keep in the row, so that no
 * history is walked. The outcome of the review is said in columns that stand before the long texts:
 * the column itself stands behind them, and a pass over all rows would read every text. */
#include "modules/proposals/proposal_counts_store.h"

static const struct field COUNT_ROW[] = {
    FIELD(struct proposal_count, name),
    FIELD(struct proposal_count, class),
    FIELD(struct proposal_count, received),
    FIELD(struct proposal_count, docketed),
    FIELD(struct proposal_count, rejected),
    FIELD(struct proposal_count, diverted),
    FIELD(struct proposal_count, withdrawn),
    FIELD(struct proposal_count, assigned),
    FIELD(struct proposal_count, answered),
    FIELD(struct proposal_count, on_time),
    FIELD(struct proposal_count, closed),
    FIELD(struct proposal_count, merged),
    { 0 },
};

err counts_store_by_category(struct db *db, i64 session_id, struct arena *mem, struct rows *out)
{
    out->size = sizeof(struct proposal_count);
    return db_list(
        db,
        SQL("SELECT category AS name, class, count(*) AS received, "
            "count(*) FILTER (WHERE docket_no > 0 AND NOT (state IN ('rejected', 'diverted', "
            "'withdrawn', 'merged', 'submitted', 'revising', 'screened') OR (state = 'archived' "
            "AND closed_at = 0))) AS docketed, "
            "count(*) FILTER (WHERE state = 'merged') AS merged, "
            "count(*) FILTER (WHERE reject_reason <> '' AND (state IN ('rejected', 'diverted', "
            "'withdrawn') OR (state = 'archived' AND closed_at = 0))) AS rejected, "
            "count(*) FILTER (WHERE reject_reason = '' AND destination <> '' AND (state IN "
            "('rejected', 'diverted', 'withdrawn') OR (state = 'archived' AND closed_at = 0))) "
            "AS diverted, "
            "count(*) FILTER (WHERE destination = '' AND (state IN ('rejected', 'diverted', "
            "'withdrawn') OR (state = 'archived' AND closed_at = 0))) AS withdrawn, "
            "count(*) FILTER (WHERE assigned_at > 0 AND NOT (state IN ('rejected', 'diverted', "
            "'withdrawn') OR (state = 'archived' AND closed_at = 0))) AS assigned, "
            "count(*) FILTER (WHERE (state IN ('evaluating', 'mediating') OR closed_at > 0)) AS "
            "answered, "
            "count(*) FILTER (WHERE (state IN ('evaluating', 'mediating') OR closed_at > 0) AND "
            "was_late = 0) AS on_time, "
            "count(*) FILTER (WHERE closed_at > 0) AS closed "
            "FROM proposals WHERE org_id = :org AND state NOT IN ('draft', 'cosigning') "
            "AND (:session_id = 0 OR session_id = :session_id) "
            "GROUP BY category, class "
            "ORDER BY CASE WHEN category = '' THEN 1 ELSE 0 END, category, class LIMIT 10000",
            P(session_id)),
        COUNT_ROW, mem, out);
}
