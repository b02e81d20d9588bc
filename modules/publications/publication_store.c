/* SPDX-License-Identifier: MulanPSL-2.0 */
/* See publication_store.h. Lists for people: publication_list.c. */
#include "modules/publications/publication_store.h"

enum { SUGGESTIONS_MOST = 200, HOSTS_MOST = 2000 };

static const struct field PUBLICATION_ROW[] = {
    FIELD(struct publication, id),
    FIELD(struct publication, proposal_id),
    FIELD(struct publication, prepared_at),
    FIELD(struct publication, published_at),
    FIELD(struct publication, retracted_at),
    FIELD(struct publication, version),
    FIELD(struct publication, show_progress),
    FIELD(struct publication, state),
    FIELD(struct publication, title),
    FIELD(struct publication, situation),
    FIELD(struct publication, analysis),
    FIELD(struct publication, reply_mode),
    FIELD(struct publication, summary),
    FIELD(struct publication, retract_reason),
    { 0 },
};

struct text_row {
    str text;
};

static const struct field TEXT_ROW[] = { FIELD(struct text_row, text), { 0 } };

static const struct field OBJECTION_ROW[] = {
    FIELD(struct publication_objection, id),
    FIELD(struct publication_objection, proposal_id),
    FIELD(struct publication_objection, person_id),
    FIELD(struct publication_objection, objected_at),
    FIELD(struct publication_objection, withdrawn_at),
    FIELD(struct publication_objection, version),
    FIELD(struct publication_objection, name),
    { 0 },
};

/* ---- the copy ---- */

err publication_store_find(struct db *db, i64 id, struct arena *mem, struct publication *out)
{
    return db_one(db,
                  SQL("SELECT id, proposal_id, prepared_at, published_at, retracted_at, version, "
                      "show_progress, state, title, situation, analysis, reply_mode, summary, "
                      "retract_reason FROM publications WHERE org_id = :org AND id = :id",
                      P(id)),
                  PUBLICATION_ROW, mem, out);
}

err publication_store_find_of(struct db *db, i64 proposal_id, struct arena *mem,
                              struct publication *out)
{
    return db_one(db,
                  SQL("SELECT id, proposal_id, prepared_at, published_at, retracted_at, version, "
                      "show_progress, state, title, situation, analysis, reply_mode, summary, "
                      "retract_reason FROM publications WHERE org_id = :org AND proposal_id = "
                      ":proposal_id",
                      P(proposal_id)),
                  PUBLICATION_ROW, mem, out);
}

err publication_store_add(struct db *db, const struct publication *p, i64 *id)
{
    return db_insert(db,
                     SQL("INSERT INTO publications (org_id, proposal_id, state, title, situation, "
                         "analysis, reply_mode, summary, show_progress, prepared_at) VALUES (:org, "
                         ":proposal_id, :state, :title, :situation, :analysis, :reply_mode, "
                         ":summary, :show_progress, :prepared_at) RETURNING id",
                         P(p->proposal_id), P(p->state), P(p->title), P(p->situation),
                         P(p->analysis), P(p->reply_mode), P(p->summary), P(p->show_progress),
                         P(p->prepared_at)),
                     id);
}

err publication_store_update(struct db *db, const struct publication *p, str to)
{
    return db_update(
        db,
        SQL("UPDATE publications SET state = :to, title = :title, situation = :situation, analysis "
            "= :analysis, reply_mode = :reply_mode, summary = :summary, show_progress = "
            ":show_progress, prepared_at = :prepared_at, published_at = :published_at, "
            "retracted_at = :retracted_at, retract_reason = :retract_reason, version = version + 1 "
            "WHERE org_id = :org AND id = :id AND version = :version",
            P(to), P(p->title), P(p->situation), P(p->analysis), P(p->reply_mode), P(p->summary),
            P(p->show_progress), P(p->prepared_at), P(p->published_at), P(p->retracted_at),
            P(p->retract_reason), P(p->id), P(p->version)));
}

/* ---- its suggestions ---- */

static void texts_of(struct arena *mem, const struct rows *rows, strs *out)
{
    const struct text_row *all = rows->items;
    *out = (strs){ 0 };
    for (size_t i = 0; i < rows->count; i++)
        strs_add(mem, out, all[i].text);
}

err publication_store_list_suggestions(struct db *db, i64 id, struct arena *mem, strs *out)
{
    i64 limit = SUGGESTIONS_MOST;
    struct rows rows = { .size = sizeof(struct text_row) };
    TRY(db_list(db,
                SQL("SELECT text FROM publication_suggestions WHERE org_id = :org AND "
                    "publication_id = :id ORDER BY number LIMIT :limit",
                    P(id), P(limit)),
                TEXT_ROW, mem, &rows));
    texts_of(mem, &rows, out);
    return OK;
}

err publication_store_replace_suggestions(struct db *db, i64 id, const strs *suggestions)
{
    TRY(db_run(db,
               SQL("DELETE FROM publication_suggestions WHERE org_id = :org AND publication_id = "
                   ":id",
                   P(id)),
               NULL));
    for (size_t i = 0; i < suggestions->count; i++) {
        i64 number = (i64)i + 1;
        str text = suggestions->items[i];
        TRY(db_run(db,
                   SQL("INSERT INTO publication_suggestions (org_id, publication_id, number, text) "
                       "VALUES (:org, :id, :number, :text)",
                       P(id), P(number), P(text)),
                   NULL));
    }
    return OK;
}

/* ---- many ---- */

err publication_store_list_texts(struct db *db, i64 after, i64 limit, struct arena *mem,
                                 struct rows *out)
{
    out->size = sizeof(struct publication);
    return db_list(
        db,
        SQL("SELECT id, proposal_id, prepared_at, published_at, retracted_at, version, "
            "show_progress, state, title, situation, analysis, reply_mode, summary, retract_reason "
            "FROM publications WHERE org_id = :org AND state = 'published' AND id > :after ORDER "
            "BY id LIMIT :limit",
            P(after), P(limit)),
        PUBLICATION_ROW, mem, out);
}

/* From one name to the next: as many looks into the index as there are agencies. */
err publication_store_list_hosts(struct db *db, struct arena *mem, strs *out)
{
    i64 limit = HOSTS_MOST;
    struct rows rows = { .size = sizeof(struct text_row) };
    TRY(db_list(db,
                SQL("WITH RECURSIVE names (name) AS (SELECT MIN(f.host_name) FROM "
                    "publication_hosts f WHERE f.org_id = :org UNION ALL SELECT (SELECT "
                    "MIN(n.host_name) FROM publication_hosts n WHERE n.org_id = :org AND "
                    "n.host_name > l.name) FROM names l WHERE l.name IS NOT NULL) SELECT name AS "
                    "text FROM names WHERE name IS NOT NULL ORDER BY name LIMIT :limit",
                    P(limit)),
                TEXT_ROW, mem, &rows));
    texts_of(mem, &rows, out);
    return OK;
}

err publication_store_handled(struct db *db, i64 id, i64 *proposal_id)
{
    return db_i64(db,
                  SQL("SELECT CASE WHEN p.main_id > 0 THEN p.main_id ELSE p.id END FROM "
                      "publications u JOIN proposals p ON p.org_id = u.org_id AND p.id = "
                      "u.proposal_id WHERE u.org_id = :org AND u.id = :id",
                      P(id)),
                  proposal_id);
}

err publication_store_set_hosts(struct db *db, i64 proposal_id)
{
    TRY(db_run(db,
               SQL("DELETE FROM publication_hosts WHERE org_id = :org AND publication_id IN "
                   "(SELECT u.id FROM publications u WHERE u.org_id = :org AND (u.proposal_id = "
                   ":proposal_id OR u.proposal_id IN (SELECT m.id FROM proposals m WHERE m.org_id "
                   "= :org AND m.main_id = :proposal_id AND m.main_id > 0)))",
                   P(proposal_id)),
               NULL));
    return db_run(db,
                  SQL("INSERT INTO publication_hosts (org_id, publication_id, host_name) SELECT "
                      "u.org_id, u.id, h.host_name FROM proposals h JOIN publications u ON "
                      "u.org_id = h.org_id WHERE h.org_id = :org AND h.id = :proposal_id AND "
                      "h.assigned_at > 0 AND h.host_name <> '' AND u.state = 'published' AND "
                      "u.show_progress = 1 AND (u.proposal_id = :proposal_id OR u.proposal_id IN "
                      "(SELECT m.id FROM proposals m WHERE m.org_id = :org AND m.main_id = "
                      ":proposal_id AND m.main_id > 0))",
                      P(proposal_id)),
                  NULL);
}

/* ---- objections ---- */

err objection_store_find(struct db *db, i64 proposal_id, i64 person_id, struct arena *mem,
                         struct publication_objection *out)
{
    return db_one(db,
                  SQL("SELECT id, proposal_id, person_id, objected_at, withdrawn_at, version, name "
                      "FROM publication_objections WHERE org_id = :org AND proposal_id = "
                      ":proposal_id AND person_id = :person_id",
                      P(proposal_id), P(person_id)),
                  OBJECTION_ROW, mem, out);
}

err objection_store_add(struct db *db, const struct publication_objection *o)
{
    return db_run(db,
                  SQL("INSERT INTO publication_objections (org_id, proposal_id, person_id, name, "
                      "objected_at) VALUES (:org, :proposal_id, :person_id, :name, :objected_at)",
                      P(o->proposal_id), P(o->person_id), P(o->name), P(o->objected_at)),
                  NULL);
}

err objection_store_update(struct db *db, const struct publication_objection *o)
{
    return db_update(db,
                     SQL("UPDATE publication_objections SET objected_at = :objected_at, "
                         "withdrawn_at = :withdrawn_at, version = version + 1 WHERE org_id = :org "
                         "AND id = :id AND version = :version",
                         P(o->objected_at), P(o->withdrawn_at), P(o->id), P(o->version)));
}

err objection_store_count(struct db *db, i64 proposal_id, i64 *out)
{
    return db_i64(db,
                  SQL("SELECT count(*) AS n FROM publication_objections WHERE org_id = :org AND "
                      "proposal_id = :proposal_id AND withdrawn_at = 0",
                      P(proposal_id)),
                  out);
}
