/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Statements of referrals (referral_store.h). */
#include "modules/referrals/referral_store.h"

static const struct field REFERRAL_ROW[] = {
    FIELD(struct referral, id),
    FIELD(struct referral, proposal_id),
    FIELD(struct referral, agency_id),
    FIELD(struct referral, referred_at),
    FIELD(struct referral, referred_by),
    FIELD(struct referral, noted_at),
    FIELD(struct referral, noted_by),
    FIELD(struct referral, version),
    FIELD(struct referral, title),
    FIELD(struct referral, number),
    FIELD(struct referral, agency_name),
    FIELD(struct referral, remark),
    FIELD(struct referral, note),
    FIELD(struct referral, read_at),
    { 0 },
};

err referral_store_add(struct db *db, const struct referral *r, i64 *id)
{
    err e = db_insert(
        db,
        SQL("INSERT INTO referrals (org_id, proposal_id, title, number, agency_id, agency_name, "
            "remark, referred_at, referred_by) VALUES (:org, :proposal_id, :title, :number, "
            ":agency_id, :agency_name, :remark, :referred_at, :referred_by) ON CONFLICT (org_id, "
            "proposal_id, agency_id) DO NOTHING RETURNING id",
            P(r->proposal_id), P(r->title), P(r->number), P(r->agency_id), P(r->agency_name),
            P(r->remark), P(r->referred_at), P(r->referred_by)),
        id);
    return e.code == ERR_NOT_FOUND ? OK : e;
}

err referral_store_list(struct db *db, i64 proposal_id, struct arena *mem, struct rows *out)
{
    out->size = sizeof(struct referral);
    return db_list(db,
                   SQL("SELECT id, proposal_id, agency_id, referred_at, referred_by, noted_at, "
                       "noted_by, version, title, number, agency_name, remark, note, read_at "
                       "FROM "
                       "referrals WHERE org_id = :org AND proposal_id = :proposal_id ORDER BY id "
                       "LIMIT 200",
                       P(proposal_id)),
                   REFERRAL_ROW, mem, out);
}

err referral_store_read(struct db *db, const struct referral *r)
{
    return db_update(db, SQL("UPDATE referrals SET read_at = :read_at, version = version + 1 "
                             "WHERE org_id = :org AND id = :id AND version = :version",
                             P(r->read_at), P(r->id), P(r->version)));
}

err referral_store_note(struct db *db, const struct referral *r)
{
    return db_update(db,
                     SQL("UPDATE referrals SET note = :note, noted_at = :noted_at, noted_by = "
                         ":noted_by, read_at = CASE WHEN read_at > 0 THEN read_at ELSE "
                         ":noted_at END, version = version + 1 WHERE org_id = :org AND id = :id "
                         "AND version = :version",
                         P(r->note), P(r->noted_at), P(r->noted_by), P(r->id), P(r->version)));
}
