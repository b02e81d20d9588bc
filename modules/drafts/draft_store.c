/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Implementation of draft_store.h. */
#include "modules/drafts/draft_store.h"

static const struct field VERSION_ROW[] = {
    FIELD(struct kept_version, id),
    FIELD(struct kept_version, number),
    FIELD(struct kept_version, saved_at),
    FIELD(struct kept_version, saved_by),
    FIELD(struct kept_version, title),
    FIELD(struct kept_version, body),
    FIELD(struct kept_version, reason),
    FIELD(struct kept_version, saved_name),
    FIELD(struct kept_version, delegator_name),
    { 0 },
};

err draft_store_list_versions(struct db *db, i64 id, i64 from, struct arena *mem, struct rows *out)
{
    out->size = sizeof(struct kept_version);
    return db_list(
        db,
        SQL("SELECT id, number, title, body, reason, saved_at, saved_by, saved_name, "
            "delegator_name FROM proposal_versions WHERE org_id = :org AND proposal_id = :id "
            "AND number >= :from ORDER BY number DESC LIMIT 200",
            P(id), P(from)),
        VERSION_ROW, mem, out);
}

err draft_store_first_submission(struct db *db, i64 id, i64 *number)
{
    return db_i64(db,
                  SQL("SELECT COALESCE(MIN(number), 0) AS n FROM proposal_versions WHERE org_id = "
                      ":org AND proposal_id = :id AND reason IN ('submit', 'import')",
                      P(id)),
                  number);
}

err draft_store_add_version(struct db *db, i64 id, const struct kept_version *v)
{
    return db_run(
        db,
        SQL("INSERT INTO proposal_versions (org_id, proposal_id, number, title, body, reason, "
            "saved_at, saved_by, saved_name, delegator_name) VALUES (:org, :id, :number, :title, "
            ":body, :reason, :saved_at, :saved_by, :saved_name, :delegator_name) "
            "ON CONFLICT (org_id, proposal_id, number) DO NOTHING",
            P(id), P(v->number), P(v->title), P(v->body), P(v->reason), P(v->saved_at),
            P(v->saved_by), P(v->saved_name), P(v->delegator_name)),
        NULL);
}

err draft_store_remove_autosaves(struct db *db, i64 id, i64 saved_by, i64 since)
{
    return db_run(
        db,
        SQL("DELETE FROM proposal_versions WHERE org_id = :org AND proposal_id = :id AND reason "
            "= 'autosave' AND saved_by = :saved_by AND saved_at >= :since",
            P(id), P(saved_by), P(since)),
        NULL);
}

/* ---- notes ---- */

static const struct field NOTE_ROW[] = { FIELD(struct draft_note, authorship),
                                         FIELD(struct draft_note, talk_wish),
                                         { 0 } };

err draft_store_find_note(struct db *db, i64 proposal_id, struct arena *mem, struct draft_note *out)
{
    return db_one(db,
                  SQL("SELECT authorship, talk_wish FROM draft_notes WHERE org_id = :org AND "
                      "proposal_id = :proposal_id",
                      P(proposal_id)),
                  NOTE_ROW, mem, out);
}

err draft_store_save_note(struct db *db, i64 proposal_id, const struct draft_note *note)
{
    return db_run(db,
                  SQL("INSERT INTO draft_notes (org_id, proposal_id, authorship, talk_wish) VALUES "
                      "(:org, :proposal_id, :authorship, :talk_wish) ON CONFLICT (org_id, "
                      "proposal_id) DO UPDATE SET authorship = :authorship, talk_wish = :talk_wish",
                      P(proposal_id), P(note->authorship), P(note->talk_wish)),
                  NULL);
}
