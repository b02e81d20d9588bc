/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Statements of cosigners and endorsements, and the declared list of invitations. */
#include "modules/cosigners/cosigner_store.h"

static const struct field COSIGNER_ROW[] = {
    FIELD(struct cosigner, id),
    FIELD(struct cosigner, proposal_id),
    FIELD(struct cosigner, rank),
    FIELD(struct cosigner, person_id),
    FIELD(struct cosigner, name),
    FIELD(struct cosigner, contact),
    FIELD(struct cosigner, state),
    FIELD(struct cosigner, earlier),
    FIELD(struct cosigner, title),
    FIELD(struct cosigner, lead_name),
    FIELD(struct cosigner, digest),
    FIELD(struct cosigner, asked_at),
    FIELD(struct cosigner, expires_at),
    FIELD(struct cosigner, answered_at),
    FIELD(struct cosigner, basis),
    FIELD(struct cosigner, transcribed_by),
    FIELD(struct cosigner, opinion),
    FIELD(struct cosigner, version),
    { 0 },
};

static const struct field DUE_ROW[] = { FIELD(struct cosigner_due, proposal_id), { 0 } };

static const struct field ENDORSEMENT_ROW[] = {
    FIELD(struct endorsement, id),          FIELD(struct endorsement, proposal_id),
    FIELD(struct endorsement, person_id),   FIELD(struct endorsement, name),
    FIELD(struct endorsement, endorsed_at), FIELD(struct endorsement, withdrawn_at),
    FIELD(struct endorsement, version),     { 0 },
};

/* ---- cosigners ---- */

err cosigner_store_find(struct db *db, i64 id, struct arena *mem, struct cosigner *out)
{
    return db_one(db,
                  SQL("SELECT id, proposal_id, rank, person_id, name, contact, state, earlier, "
                      "title, lead_name, digest, asked_at, expires_at, answered_at, "
                      "transcribed_by, basis, opinion, version FROM cosigners "
                      "WHERE org_id = :org AND id = :id",
                      P(id)),
                  COSIGNER_ROW, mem, out);
}

err cosigner_store_list(struct db *db, i64 proposal_id, struct arena *mem, struct rows *out)
{
    out->size = sizeof(struct cosigner);
    return db_list(db,
                   SQL("SELECT id, proposal_id, rank, person_id, name, contact, state, earlier, "
                       "title, lead_name, digest, asked_at, expires_at, answered_at, "
                       "transcribed_by, basis, opinion, version FROM cosigners "
                       "WHERE org_id = :org AND proposal_id = :proposal_id ORDER BY rank, id "
                       "LIMIT 1000",
                       P(proposal_id)),
                   COSIGNER_ROW, mem, out);
}

err cosigner_store_add(struct db *db, const struct cosigner *c, i64 *id)
{
    return db_insert(
        db,
        SQL("INSERT INTO cosigners (org_id, proposal_id, rank, person_id, name, contact, state) "
            "VALUES (:org, :proposal_id, :rank, :person_id, :name, :contact, :state) "
            "RETURNING id",
            P(c->proposal_id), P(c->rank), P(c->person_id), P(c->name), P(c->contact), P(c->state)),
        id);
}

err cosigner_store_update(struct db *db, const struct cosigner *c)
{
    return db_update(
        db,
        SQL("UPDATE cosigners SET state = :state, earlier = :earlier, title = :title, lead_name = "
            ":lead_name, digest = :digest, asked_at = :asked_at, expires_at = :expires_at, "
            "answered_at = :answered_at, waits_until = CASE WHEN :state = 'asked' THEN "
            ":expires_at ELSE 0 END, transcribed_by = :transcribed_by, basis = :basis, "
            "opinion = :opinion, version = version + 1 "
            "WHERE org_id = :org AND id = :id AND version = :version",
            P(c->state), P(c->earlier), P(c->title), P(c->lead_name), P(c->digest), P(c->asked_at),
            P(c->expires_at), P(c->answered_at), P(c->transcribed_by), P(c->basis), P(c->opinion),
            P(c->id), P(c->version)));
}

err cosigner_store_set_rank(struct db *db, const struct cosigner *c, i64 rank)
{
    return db_update(db, SQL("UPDATE cosigners SET rank = :rank WHERE org_id = :org AND id = :id "
                             "AND version = :version",
                             P(rank), P(c->id), P(c->version)));
}

err cosigner_store_remove(struct db *db, i64 id)
{
    return db_run(db,
                  SQL("DELETE FROM cosigners WHERE org_id = :org AND id = :id AND state = "
                      "'prepared'",
                      P(id)),
                  NULL);
}

err cosigner_store_list_due(struct db *db, i64 now_ms, i64 limit, struct arena *mem,
                            struct rows *out)
{
    out->size = sizeof(struct cosigner_due);
    return db_list(db,
                   SQL("SELECT DISTINCT proposal_id FROM cosigners WHERE org_id = :org AND state "
                       "= 'asked' AND expires_at < :now_ms ORDER BY proposal_id LIMIT :limit",
                       P(now_ms), P(limit)),
                   DUE_ROW, mem, out);
}

/* ---- drafters ---- */

err drafter_store_add(struct db *db, i64 proposal_id, const struct proposal_drafter *d)
{
    i64 id;
    return db_insert(db,
                     SQL("INSERT INTO drafters (org_id, proposal_id, rank, person_id, name, "
                         "contact, named_at) VALUES (:org, :proposal_id, :rank, :person_id, :name, "
                         ":contact, :named_at) RETURNING id",
                         P(proposal_id), P(d->rank), P(d->person_id), P(d->name), P(d->contact),
                         P(d->named_at)),
                     &id);
}

err drafter_store_remove(struct db *db, i64 id)
{
    return db_update(db, SQL("DELETE FROM drafters WHERE org_id = :org AND id = :id", P(id)));
}

err drafter_store_set_rank(struct db *db, const struct proposal_drafter *d, i64 rank)
{
    return db_update(db, SQL("UPDATE drafters SET rank = :rank, version = version + 1 WHERE org_id "
                             "= :org AND id = :id AND version = :version",
                             P(rank), P(d->id), P(d->version)));
}

/* ---- endorsements ---- */

err endorsement_store_list(struct db *db, i64 proposal_id, struct arena *mem, struct rows *out)
{
    out->size = sizeof(struct endorsement);
    return db_list(db,
                   SQL("SELECT id, proposal_id, person_id, name, endorsed_at, withdrawn_at, "
                       "version FROM endorsements WHERE org_id = :org AND proposal_id = "
                       ":proposal_id AND withdrawn_at = 0 ORDER BY endorsed_at, id LIMIT 1000",
                       P(proposal_id)),
                   ENDORSEMENT_ROW, mem, out);
}

err endorsement_store_find(struct db *db, i64 proposal_id, i64 person_id, struct arena *mem,
                           struct endorsement *out)
{
    return db_one(db,
                  SQL("SELECT id, proposal_id, person_id, name, endorsed_at, withdrawn_at, "
                      "version FROM endorsements WHERE org_id = :org AND proposal_id = "
                      ":proposal_id AND person_id = :person_id",
                      P(proposal_id), P(person_id)),
                  ENDORSEMENT_ROW, mem, out);
}

err endorsement_store_add(struct db *db, const struct endorsement *e, i64 *id)
{
    return db_insert(db,
                     SQL("INSERT INTO endorsements (org_id, proposal_id, person_id, name, "
                         "endorsed_at) VALUES (:org, :proposal_id, :person_id, :name, "
                         ":endorsed_at) RETURNING id",
                         P(e->proposal_id), P(e->person_id), P(e->name), P(e->endorsed_at)),
                     id);
}

err endorsement_store_update(struct db *db, const struct endorsement *e)
{
    return db_update(db, SQL("UPDATE endorsements SET name = :name, endorsed_at = :endorsed_at, "
                             "withdrawn_at = :withdrawn_at, version = version + 1 WHERE org_id = "
                             ":org AND id = :id AND version = :version",
                             P(e->name), P(e->endorsed_at), P(e->withdrawn_at), P(e->id),
                             P(e->version)));
}

/* ---- the list ---- */

static const struct list_column COLUMNS[] = {
    { FIELD(struct cosigner, id), LIST_NUMBER, .sql = "c.id", .hidden = true },
    { FIELD(struct cosigner, title), LIST_TEXT, .sql = "c.title" },
    { FIELD(struct cosigner, lead_name), LIST_TEXT, .sql = "c.lead_name" },
    { FIELD(struct cosigner, name), LIST_TEXT, .sql = "c.name", .filter = true,
      .may = "cosigners.transcribe" },
    { FIELD(struct cosigner, state), LIST_CODE, .sql = "c.state", .filter = true,
      .states = "states.cosigners", .choices = "asked cosigned declined lapsed" },
    { FIELD(struct cosigner, expires_at), LIST_TIME, .sql = "c.expires_at" },
    { FIELD(struct cosigner, answered_at), LIST_TIME, .sql = "c.answered_at" },
    { FIELD(struct cosigner, asked_at), LIST_TIME, .sql = "c.asked_at", .hidden = true },
    { FIELD(struct cosigner, waits_until), LIST_TIME, .sql = "c.waits_until", .hidden = true,
      .sort = true },
    { .field = { 0 } },
};

/* The office writes answers down for others: it sees what waits for one, and what it has written.
 */
static const struct list_scope SCOPES[] = {
    { SCOPE_ORG, .needs = "cosigners.transcribe",
      .sql = "c.state = 'asked' OR (c.state <> 'prepared' AND c.transcribed_by > 0)" },
    { .sql = "c.person_id = :actor_person AND c.person_id > 0 AND c.state <> 'prepared'" },
    { 0 },
};

const struct list COSIGNER_LIST = {
    .name = "cosigners",
    .may = "cosigners.read",
    .from = "cosigners c",
    .where = "c.org_id = :org",
    .key = "c.id",
    .sort = "-waits_until", /* what waits stands on top */
    .columns = COLUMNS,
    .scopes = SCOPES,
    .missing = "cosigners.not_found",
    .row_size = sizeof(struct cosigner),
};
