/* SPDX-License-Identifier: MulanPSL-2.0 */
/* See transfer_meaning_store.h. */
#include "platform/transfer/transfer_meaning_store.h"

static const struct field MEANING_ROW[] = { FIELD(struct transfer_meaning, meaning), { 0 } };

err meaning_store_find(struct db *db, str peer, const struct transfer_meaning *asked,
                       struct arena *mem, str *meaning)
{
    struct transfer_meaning row = { .meaning = str_of("") };
    err e = db_one(db,
                   SQL("SELECT meaning FROM transfer_meanings WHERE org_id = :org AND peer = :peer "
                       "AND kind = :kind AND name = :name AND code = :code",
                       P(peer), P(asked->kind), P(asked->name), P(asked->code)),
                   MEANING_ROW, mem, &row);
    *meaning = e.code ? str_of("") : row.meaning;
    return e.code == ERR_NOT_FOUND ? OK : e;
}

err meaning_store_put(struct rq *rq, str peer, const struct transfer_meaning *said)
{
    i64 saved_at = rq->now_ms, saved_by = rq->actor->account_id;
    return db_run(
        rq->db,
        SQL("INSERT INTO transfer_meanings (org_id, peer, kind, name, code, meaning, saved_at, "
            "saved_by) VALUES (:org, :peer, :kind, :name, :code, :meaning, :saved_at, :saved_by) "
            "ON CONFLICT (org_id, peer, kind, name, code) DO UPDATE SET meaning = :meaning, "
            "saved_at = :saved_at, saved_by = :saved_by",
            P(peer), P(said->kind), P(said->name), P(said->code), P(said->meaning), P(saved_at),
            P(saved_by)),
        NULL);
}

err meaning_store_remove(struct db *db, str peer, const struct transfer_meaning *said,
                         bool *removed)
{
    i64 changed = 0;
    TRY(db_run(db,
               SQL("DELETE FROM transfer_meanings WHERE org_id = :org AND peer = :peer AND kind = "
                   ":kind AND name = :name AND code = :code",
                   P(peer), P(said->kind), P(said->name), P(said->code)),
               &changed));
    *removed = changed > 0;
    return OK;
}
