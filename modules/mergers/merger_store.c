/* SPDX-License-Identifier: MulanPSL-2.0 */
/* See merger_store.h. */
#include "modules/mergers/merger_store.h"

static const struct field MERGER_ROW[] = {
    FIELD(struct merger, id),
    FIELD(struct merger, main_id),
    FIELD(struct merger, merged_id),
    FIELD(struct merger, merged_at),
    FIELD(struct merger, merged_by),
    FIELD(struct merger, undone_at),
    FIELD(struct merger, from_state),
    FIELD(struct merger, opinion),
    { 0 },
};

static const struct field DISMISSAL_ROW[] = {
    FIELD(struct dismissal, a_id),
    FIELD(struct dismissal, b_id),
    { 0 },
};

err merger_store_add(struct db *db, const struct merger *m)
{
    return db_run(db,
                  SQL("INSERT INTO mergers (org_id, main_id, merged_id, from_state, opinion, "
                      "merged_at, merged_by) VALUES (:org, :main_id, :merged_id, :from_state, "
                      ":opinion, :merged_at, :merged_by)",
                      P(m->main_id), P(m->merged_id), P(m->from_state), P(m->opinion),
                      P(m->merged_at), P(m->merged_by)),
                  NULL);
}

err merger_store_undo(struct db *db, i64 merged_id, i64 undone_at, i64 undone_by)
{
    return db_run(db,
                  SQL("UPDATE mergers SET undone_at = :undone_at, undone_by = :undone_by WHERE "
                      "org_id = :org AND merged_id = :merged_id AND undone_at = 0",
                      P(undone_at), P(undone_by), P(merged_id)),
                  NULL);
}

err merger_store_list_standing(struct db *db, i64 limit, struct arena *mem, struct rows *out)
{
    out->size = sizeof(struct merger);
    return db_list(db,
                   SQL("SELECT id, main_id, merged_id, merged_at, merged_by, undone_at, "
                       "from_state, opinion FROM mergers WHERE org_id = :org AND undone_at = 0 "
                       "ORDER BY id DESC LIMIT :limit",
                       P(limit)),
                   MERGER_ROW, mem, out);
}

err merger_store_dismiss(struct db *db, const struct dismissal *d, i64 dismissed_at,
                         i64 dismissed_by)
{
    return db_run(db,
                  SQL("INSERT INTO merger_dismissals (org_id, a_id, b_id, dismissed_at, "
                      "dismissed_by) VALUES (:org, :a_id, :b_id, :dismissed_at, :dismissed_by) ON "
                      "CONFLICT (org_id, a_id, b_id) DO NOTHING",
                      P(d->a_id), P(d->b_id), P(dismissed_at), P(dismissed_by)),
                  NULL);
}

err merger_store_list_dismissed(struct db *db, struct arena *mem, struct rows *out)
{
    out->size = sizeof(struct dismissal);
    return db_list(db,
                   SQL("SELECT a_id, b_id FROM merger_dismissals WHERE org_id = :org ORDER BY "
                       "a_id, b_id LIMIT 100000"),
                   DISMISSAL_ROW, mem, out);
}
