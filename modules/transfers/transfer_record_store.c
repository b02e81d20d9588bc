/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Statements of lists of earlier years (transfer_record_store.h). */
#include "modules/transfers/transfer_record_store.h"

static const struct field KEPT_ROW[] = {
    FIELD(struct transfer_kept, id),
    FIELD(struct transfer_kept, session_id),
    FIELD(struct transfer_kept, proposal_id),
    FIELD(struct transfer_kept, recorded_at),
    FIELD(struct transfer_kept, recorded_by),
    FIELD(struct transfer_kept, seen_at),
    FIELD(struct transfer_kept, number),
    FIELD(struct transfer_kept, digest),
    FIELD(struct transfer_kept, source),
    FIELD(struct transfer_kept, satisfaction),
    FIELD(struct transfer_kept, way),
    FIELD(struct transfer_kept, letter_no),
    FIELD(struct transfer_kept, reached),
    FIELD(struct transfer_kept, guesses),
    { 0 },
};

static const struct field STEP_ROW[] = {
    FIELD(struct transfer_step, id),
    FIELD(struct transfer_step, proposal_id),
    FIELD(struct transfer_step, at),
    FIELD(struct transfer_step, code),
    FIELD(struct transfer_step, recorded_at),
    FIELD(struct transfer_step, recorded_by),
    FIELD(struct transfer_step, word),
    FIELD(struct transfer_step, actor),
    FIELD(struct transfer_step, agency),
    FIELD(struct transfer_step, opinion),
    { 0 },
};

static const struct field CODE_ROW[] = {
    FIELD(struct transfer_code, code),
    FIELD(struct transfer_code, changed_at),
    FIELD(struct transfer_code, word),
    FIELD(struct transfer_code, changed_by),
    FIELD(struct transfer_code, state),
    FIELD(struct transfer_code, verb),
    { 0 },
};

static err none_is_zero(err e, struct transfer_kept *out)
{
    if (e.code != ERR_NOT_FOUND)
        return e;
    *out = (struct transfer_kept){ 0 };
    return OK;
}

/* ---- records ---- */

err record_store_find(struct db *db, i64 session_id, str number, struct arena *mem,
                      struct transfer_kept *out)
{
    return none_is_zero(
        db_one(db,
               SQL("SELECT id, session_id, proposal_id, recorded_at, recorded_by, seen_at, number, "
                   "digest, source, satisfaction, way, letter_no, reached, guesses FROM "
                   "transfer_records WHERE org_id = :org AND session_id = :session_id AND number = "
                   ":number",
                   P(session_id), P(number)),
               KEPT_ROW, mem, out),
        out);
}

err record_store_find_by_proposal(struct db *db, i64 proposal_id, struct arena *mem,
                                  struct transfer_kept *out)
{
    return none_is_zero(
        db_one(db,
               SQL("SELECT id, session_id, proposal_id, recorded_at, recorded_by, seen_at, number, "
                   "digest, source, satisfaction, way, letter_no, reached, guesses FROM "
                   "transfer_records WHERE org_id = :org AND proposal_id = :proposal_id",
                   P(proposal_id)),
               KEPT_ROW, mem, out),
        out);
}

err record_store_add(struct db *db, const struct transfer_kept *k)
{
    return db_run(db,
                  SQL("INSERT INTO transfer_records (org_id, session_id, number, proposal_id, "
                      "digest, source, satisfaction, way, letter_no, reached, guesses, "
                      "recorded_at, recorded_by, seen_at) VALUES (:org, :session_id, :number, "
                      ":proposal_id, :digest, :source, :satisfaction, :way, :letter_no, :reached, "
                      ":guesses, :recorded_at, :recorded_by, :seen_at)",
                      P(k->session_id), P(k->number), P(k->proposal_id), P(k->digest), P(k->source),
                      P(k->satisfaction), P(k->way), P(k->letter_no), P(k->reached), P(k->guesses),
                      P(k->recorded_at), P(k->recorded_by), P(k->seen_at)),
                  NULL);
}

err record_store_update(struct db *db, const struct transfer_kept *k)
{
    return db_run(db,
                  SQL("UPDATE transfer_records SET digest = :digest, source = :source, "
                      "satisfaction = :satisfaction, way = :way, letter_no = :letter_no, reached = "
                      ":reached, guesses = :guesses, recorded_at = :recorded_at, recorded_by = "
                      ":recorded_by, seen_at = :seen_at WHERE org_id = :org AND id = :id",
                      P(k->digest), P(k->source), P(k->satisfaction), P(k->way), P(k->letter_no),
                      P(k->reached), P(k->guesses), P(k->recorded_at), P(k->recorded_by),
                      P(k->seen_at), P(k->id)),
                  NULL);
}

err record_store_see(struct db *db, i64 id, i64 seen_at)
{
    return db_run(db,
                  SQL("UPDATE transfer_records SET seen_at = :seen_at WHERE org_id = :org AND id = "
                      ":id",
                      P(seen_at), P(id)),
                  NULL);
}

/* ---- steps ---- */

err step_store_list(struct db *db, i64 proposal_id, struct arena *mem, struct rows *out)
{
    out->size = sizeof(struct transfer_step);
    return db_list(db,
                   SQL("SELECT id, proposal_id, at, code, recorded_at, recorded_by, word, actor, "
                       "agency, opinion FROM transfer_steps WHERE org_id = :org AND proposal_id = "
                       ":proposal_id ORDER BY at, id LIMIT 1000",
                       P(proposal_id)),
                   STEP_ROW, mem, out);
}

err step_store_add(struct db *db, const struct transfer_step *s)
{
    return db_run(db,
                  SQL("INSERT INTO transfer_steps (org_id, proposal_id, at, code, word, actor, "
                      "agency, opinion, recorded_at, recorded_by) VALUES (:org, :proposal_id, :at, "
                      ":code, :word, :actor, :agency, :opinion, :recorded_at, :recorded_by)",
                      P(s->proposal_id), P(s->at), P(s->code), P(s->word), P(s->actor),
                      P(s->agency), P(s->opinion), P(s->recorded_at), P(s->recorded_by)),
                  NULL);
}

/* ---- codes ---- */

err code_store_list(struct db *db, struct arena *mem, struct rows *out)
{
    out->size = sizeof(struct transfer_code);
    return db_list(db,
                   SQL("SELECT code, word, state, verb, changed_at, changed_by FROM transfer_codes "
                       "WHERE org_id = :org ORDER BY code LIMIT 2000"),
                   CODE_ROW, mem, out);
}

err code_store_save(struct db *db, const struct transfer_code *c)
{
    return db_run(db,
                  SQL("INSERT INTO transfer_codes (org_id, code, word, state, verb, changed_at, "
                      "changed_by) VALUES (:org, :code, :word, :state, :verb, :changed_at, "
                      ":changed_by) ON CONFLICT (org_id, code) DO UPDATE SET word = :word, state = "
                      ":state, verb = :verb, changed_at = :changed_at, changed_by = :changed_by",
                      P(c->code), P(c->word), P(c->state), P(c->verb), P(c->changed_at),
                      P(c->changed_by)),
                  NULL);
}

err code_store_remove(struct db *db, i64 code)
{
    return db_run(db,
                  SQL("DELETE FROM transfer_codes WHERE org_id = :org AND code = :code", P(code)),
                  NULL);
}
