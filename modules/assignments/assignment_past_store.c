/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Statements of matters of earlier years (assignment_past_store.h). */
#include "modules/assignments/assignment_past_store.h"

err past_store_set_part(struct db *db, const struct assignment *a)
{
    return db_update(db, SQL("UPDATE assignments SET role = :role, agency_name = :agency_name, "
                             "matter_title = :matter_title, matter_number = :matter_number, "
                             "session_id = :session_id, assigned_at = :assigned_at, plenary = "
                             ":plenary, party = :party WHERE org_id = :org AND id = :id AND "
                             "version = :version",
                             P(a->role), P(a->agency_name), P(a->matter_title), P(a->matter_number),
                             P(a->session_id), P(a->assigned_at), P(a->plenary), P(a->party),
                             P(a->id), P(a->version)));
}

err past_store_clear_persons(struct db *db, const struct matter_key *key)
{
    return db_run(db,
                  SQL("DELETE FROM assignment_persons WHERE org_id = :org AND matter = :matter AND "
                      "matter_id = :matter_id",
                      P(key->matter), P(key->matter_id)),
                  NULL);
}

err past_store_clear_contacts(struct db *db, i64 assignment_id)
{
    return db_run(db,
                  SQL("DELETE FROM contacts WHERE org_id = :org AND assignment_id = "
                      ":assignment_id",
                      P(assignment_id)),
                  NULL);
}

err past_store_clear_reply(struct db *db, i64 assignment_id)
{
    return db_run(db,
                  SQL("DELETE FROM replies WHERE org_id = :org AND assignment_id = :assignment_id",
                      P(assignment_id)),
                  NULL);
}

err past_store_put_reply(struct db *db, i64 assignment_id, const struct assignment_past *one)
{
    return db_run(db,
                  SQL("INSERT INTO replies (org_id, assignment_id, round, class, signed_class, "
                      "opening, closing, operator, phone, public, drafted_at, drafted_by, "
                      "signed_at, delivered_at) VALUES (:org, :assignment_id, 1, :class, :class, "
                      ":answer, '', '', '', 0, 0, 0, :replied_at, :replied_at) ON CONFLICT "
                      "(org_id, assignment_id, round) DO UPDATE SET class = excluded.class, "
                      "signed_class = excluded.signed_class, opening = excluded.opening, "
                      "signed_at = excluded.signed_at, delivered_at = excluded.delivered_at, "
                      "version = replies.version + 1",
                      P(assignment_id), P(one->class), P(one->answer), P(one->replied_at)),
                  NULL);
}
