/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Statements of disputes (dispute_store.h). */
#include "modules/disputes/dispute_store.h"

static const struct field DISPUTE_ROW[] = {
    FIELD(struct dispute, id),
    FIELD(struct dispute, assignment_id),
    FIELD(struct dispute, matter_id),
    FIELD(struct dispute, agency_id),
    FIELD(struct dispute, better_agency_id),
    FIELD(struct dispute, opened_at),
    FIELD(struct dispute, opened_by),
    FIELD(struct dispute, held_on),
    FIELD(struct dispute, decided_at),
    FIELD(struct dispute, version),
    FIELD(struct dispute, matter),
    FIELD(struct dispute, matter_title),
    FIELD(struct dispute, matter_number),
    FIELD(struct dispute, agency_name),
    FIELD(struct dispute, better_name),
    FIELD(struct dispute, reason),
    FIELD(struct dispute, state),
    FIELD(struct dispute, present),
    FIELD(struct dispute, record),
    FIELD(struct dispute, decision),
    FIELD(struct dispute, decider),
    { 0 },
};

err dispute_store_add(struct db *db, const struct dispute *d, i64 *id)
{
    return db_insert(
        db,
        SQL("INSERT INTO disputes (org_id, assignment_id, matter, matter_id, matter_title, "
            "matter_number, agency_id, agency_name, better_agency_id, better_name, reason, state, "
            "opened_at, opened_by) VALUES (:org, :assignment_id, :matter, :matter_id, "
            ":matter_title, :matter_number, :agency_id, :agency_name, :better_agency_id, "
            ":better_name, :reason, 'opened', :opened_at, :opened_by) RETURNING id",
            P(d->assignment_id), P(d->matter), P(d->matter_id), P(d->matter_title),
            P(d->matter_number), P(d->agency_id), P(d->agency_name), P(d->better_agency_id),
            P(d->better_name), P(d->reason), P(d->opened_at), P(d->opened_by)),
        id);
}

err dispute_store_find_of(struct db *db, i64 assignment_id, struct arena *mem, struct dispute *out)
{
    err e = db_one(db,
                   SQL("SELECT id, assignment_id, matter_id, agency_id, better_agency_id, "
                       "opened_at, opened_by, held_on, decided_at, version, matter, "
                       "matter_title, matter_number, agency_name, better_name, reason, state, "
                       "present, record, decision, decider FROM disputes WHERE org_id = :org AND "
                       "assignment_id = :assignment_id",
                       P(assignment_id)),
                   DISPUTE_ROW, mem, out);
    return e.code == ERR_NOT_FOUND ? OK : e;
}

err dispute_store_update(struct db *db, const struct dispute *d, str to)
{
    return db_update(db, SQL("UPDATE disputes SET state = :to, held_on = :held_on, present = "
                             ":present, record = :record, decision = :decision, decider = "
                             ":decider, decided_at = :decided_at, version = version + 1 WHERE "
                             "org_id = :org AND id = :id AND version = :version",
                             P(to), P(d->held_on), P(d->present), P(d->record), P(d->decision),
                             P(d->decider), P(d->decided_at), P(d->id), P(d->version)));
}
