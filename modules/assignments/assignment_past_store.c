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

err past_store_set_reply(struct db *db, const struct reply *r)
{
    return db_update(db,
                     SQL("UPDATE replies SET class = :class, signed_class = :class, opening = "
                         ":opening, signed_at = :delivered_at, "
                         "delivered_at = :delivered_at, version = version + 1 WHERE org_id = "
                         ":org AND id = :id AND version = :version",
                         P(r->class), P(r->opening), P(r->delivered_at), P(r->id), P(r->version)));
}
