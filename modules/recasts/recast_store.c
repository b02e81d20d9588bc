/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Statements of recasts (recast_store.h). */
#include "modules/recasts/recast_store.h"

static const struct field RECAST_ROW[] = {
    FIELD(struct recast, id),
    FIELD(struct recast, proposal_id),
    FIELD(struct recast, opinion_id),
    FIELD(struct recast, person_id),
    FIELD(struct recast, asked_at),
    FIELD(struct recast, asked_by),
    FIELD(struct recast, decided_at),
    FIELD(struct recast, version),
    FIELD(struct recast, way),
    FIELD(struct recast, state),
    FIELD(struct recast, title),
    FIELD(struct recast, number),
    FIELD(struct recast, remark),
    FIELD(struct recast, ended),
    { 0 },
};

err recast_store_find(struct db *db, i64 id, struct arena *mem, struct recast *out)
{
    return db_one(
        db,
        SQL("SELECT id, proposal_id, opinion_id, person_id, asked_at, asked_by, "
            "decided_at, version, way, state, title, number, remark, ended FROM recasts WHERE "
            "org_id = :org AND id = :id",
            P(id)),
        RECAST_ROW, mem, out);
}

err recast_store_list_proposal(struct db *db, i64 proposal_id, struct arena *mem, struct rows *out)
{
    out->size = sizeof(struct recast);
    return db_list(
        db,
        SQL("SELECT id, proposal_id, opinion_id, person_id, asked_at, asked_by, "
            "decided_at, version, way, state, title, number, remark, ended FROM recasts WHERE "
            "org_id = :org AND proposal_id = :proposal_id ORDER BY id DESC LIMIT 1",
            P(proposal_id)),
        RECAST_ROW, mem, out);
}

err recast_store_list_opinion(struct db *db, i64 opinion_id, struct arena *mem, struct rows *out)
{
    out->size = sizeof(struct recast);
    return db_list(
        db,
        SQL("SELECT id, proposal_id, opinion_id, person_id, asked_at, asked_by, "
            "decided_at, version, way, state, title, number, remark, ended FROM recasts WHERE "
            "org_id = :org AND opinion_id = :opinion_id AND opinion_id > 0 LIMIT 1",
            P(opinion_id)),
        RECAST_ROW, mem, out);
}

err recast_store_add(struct db *db, const struct recast *r, i64 *id)
{
    *id = 0;
    err e = db_insert(
        db,
        SQL("INSERT INTO recasts (org_id, way, state, proposal_id, opinion_id, person_id, title, "
            "number, remark, asked_at, asked_by, decided_at) VALUES (:org, :way, :state, "
            ":proposal_id, :opinion_id, :person_id, :title, :number, :remark, :asked_at, "
            ":asked_by, :decided_at) ON CONFLICT DO NOTHING RETURNING id",
            P(r->way), P(r->state), P(r->proposal_id), P(r->opinion_id), P(r->person_id),
            P(r->title), P(r->number), P(r->remark), P(r->asked_at), P(r->asked_by),
            P(r->decided_at)),
        id);
    return e.code == ERR_NOT_FOUND ? OK : e;
}

err recast_store_update(struct db *db, const struct recast *r)
{
    return db_update(
        db,
        SQL("UPDATE recasts SET state = :state, opinion_id = :opinion_id, "
            "decided_at = :decided_at, ended = :ended, version = version + 1 WHERE org_id = :org "
            "AND id = :id AND version = :version",
            P(r->state), P(r->opinion_id), P(r->decided_at), P(r->ended), P(r->id), P(r->version)));
}

err recast_store_list_open(struct db *db, i64 before_ms, struct arena *mem, struct rows *out)
{
    out->size = sizeof(struct recast);
    return db_list(db,
                   SQL("SELECT id, proposal_id, opinion_id, person_id, asked_at, asked_by, "
                       "decided_at, version, way, state, title, number, remark, ended FROM recasts "
                       "WHERE org_id = :org AND state = 'asked' AND asked_at < :before_ms ORDER BY "
                       "asked_at, id LIMIT 50",
                       P(before_ms)),
                   RECAST_ROW, mem, out);
}
