/* SPDX-License-Identifier: MulanPSL-2.0 */
/* See flagship_store.h. */
#include "modules/flagships/flagship_store.h"

static const struct field FLAGSHIP_ROW[] = {
    FIELD(struct flagship, id),
    FIELD(struct flagship, proposal_id),
    FIELD(struct flagship, session_id),
    FIELD(struct flagship, champion_person_id),
    FIELD(struct flagship, decided_on),
    FIELD(struct flagship, plan_on),
    FIELD(struct flagship, nominated_at),
    FIELD(struct flagship, approved_at),
    FIELD(struct flagship, finished_on),
    FIELD(struct flagship, version),
    FIELD(struct flagship, title),
    FIELD(struct flagship, number),
    FIELD(struct flagship, state),
    FIELD(struct flagship, grounds),
    FIELD(struct flagship, nominated_name),
    FIELD(struct flagship, champion_name),
    FIELD(struct flagship, champion_post),
    FIELD(struct flagship, meeting),
    FIELD(struct flagship, plan_form),
    FIELD(struct flagship, plan_who),
    FIELD(struct flagship, plan),
    FIELD(struct flagship, approved_name),
    FIELD(struct flagship, result),
    { 0 },
};

static const struct field EVENT_ROW[] = {
    FIELD(struct flagship_event, id),
    FIELD(struct flagship_event, flagship_id),
    FIELD(struct flagship_event, held_on),
    FIELD(struct flagship_event, recorded_at),
    FIELD(struct flagship_event, recorded_by),
    FIELD(struct flagship_event, kind),
    FIELD(struct flagship_event, text),
    FIELD(struct flagship_event, recorded_name),
    { 0 },
};

static const struct field COMMENDATION_ROW[] = {
    FIELD(struct commendation, id),
    FIELD(struct commendation, proposal_id),
    FIELD(struct commendation, session_id),
    FIELD(struct commendation, decided_on),
    FIELD(struct commendation, nominated_at),
    FIELD(struct commendation, version),
    FIELD(struct commendation, collective),
    FIELD(struct commendation, title),
    FIELD(struct commendation, number),
    FIELD(struct commendation, nominator),
    FIELD(struct commendation, grounds),
    FIELD(struct commendation, state),
    { 0 },
};

/* ---- key proposals ---- */

err flagship_store_find(struct db *db, i64 id, struct arena *mem, struct flagship *out)
{
    return db_one(
        db,
        SQL("SELECT id, proposal_id, session_id, champion_person_id, decided_on, plan_on, "
            "nominated_at, approved_at, finished_on, version, title, number, state, grounds, "
            "nominated_name, champion_name, champion_post, meeting, plan_form, plan_who, plan, "
            "approved_name, result FROM flagships WHERE org_id = :org AND id = :id",
            P(id)),
        FLAGSHIP_ROW, mem, out);
}

err flagship_store_find_of(struct db *db, i64 proposal_id, struct arena *mem, struct flagship *out)
{
    err e = db_one(
        db,
        SQL("SELECT id, proposal_id, session_id, champion_person_id, decided_on, plan_on, "
            "nominated_at, approved_at, finished_on, version, title, number, state, grounds, "
            "nominated_name, champion_name, champion_post, meeting, plan_form, plan_who, plan, "
            "approved_name, result FROM flagships WHERE org_id = :org AND proposal_id = "
            ":proposal_id AND state <> 'declined'",
            P(proposal_id)),
        FLAGSHIP_ROW, mem, out);
    return e.code == ERR_NOT_FOUND ? OK : e;
}

err flagship_store_list(struct db *db, i64 session_id, struct arena *mem, struct rows *out)
{
    out->size = sizeof(struct flagship);
    return db_list(
        db,
        SQL("SELECT id, proposal_id, session_id, champion_person_id, decided_on, plan_on, "
            "nominated_at, approved_at, finished_on, version, title, number, state, grounds, "
            "nominated_name, champion_name, champion_post, meeting, plan_form, plan_who, plan, "
            "approved_name, result FROM flagships WHERE org_id = :org AND session_id = "
            ":session_id ORDER BY id DESC LIMIT 400",
            P(session_id)),
        FLAGSHIP_ROW, mem, out);
}

err flagship_store_add(struct db *db, const struct flagship *f, i64 *id)
{
    return db_insert(db,
                     SQL("INSERT INTO flagships (org_id, proposal_id, session_id, title, number, "
                         "state, grounds, nominated_at, nominated_name) VALUES (:org, "
                         ":proposal_id, :session_id, :title, :number, 'nominated', :grounds, "
                         ":nominated_at, :nominated_name) RETURNING id",
                         P(f->proposal_id), P(f->session_id), P(f->title), P(f->number),
                         P(f->grounds), P(f->nominated_at), P(f->nominated_name)),
                     id);
}

err flagship_store_update(struct db *db, const struct flagship *f, str to)
{
    return db_update(
        db,
        SQL("UPDATE flagships SET state = :to, champion_person_id = :champion_person_id, "
            "champion_name = :champion_name, champion_post = :champion_post, decided_on = "
            ":decided_on, meeting = :meeting, plan_form = :plan_form, plan_on = :plan_on, "
            "plan_who = :plan_who, plan = :plan, approved_at = :approved_at, approved_name = "
            ":approved_name, finished_on = :finished_on, result = :result, version = version + 1 "
            "WHERE org_id = :org AND id = :id AND version = :version",
            P(to), P(f->champion_person_id), P(f->champion_name), P(f->champion_post),
            P(f->decided_on), P(f->meeting), P(f->plan_form), P(f->plan_on), P(f->plan_who),
            P(f->plan), P(f->approved_at), P(f->approved_name), P(f->finished_on), P(f->result),
            P(f->id), P(f->version)));
}

err flagship_store_count_chosen(struct db *db, i64 session_id, i64 *count)
{
    return db_i64(db,
                  SQL("SELECT COUNT(*) FROM flagships WHERE org_id = :org AND session_id = "
                      ":session_id AND state IN ('chosen', 'planned', 'running', 'finished')",
                      P(session_id)),
                  count);
}

/* ---- what was done ---- */

err flagship_store_add_event(struct db *db, const struct flagship_event *event)
{
    return db_run(db,
                  SQL("INSERT INTO flagship_events (org_id, flagship_id, kind, held_on, text, "
                      "recorded_at, recorded_by, recorded_name) VALUES (:org, :flagship_id, :kind, "
                      ":held_on, :text, :recorded_at, :recorded_by, :recorded_name)",
                      P(event->flagship_id), P(event->kind), P(event->held_on), P(event->text),
                      P(event->recorded_at), P(event->recorded_by), P(event->recorded_name)),
                  NULL);
}

err flagship_store_list_events(struct db *db, i64 flagship_id, struct arena *mem, struct rows *out)
{
    out->size = sizeof(struct flagship_event);
    return db_list(db,
                   SQL("SELECT id, flagship_id, held_on, recorded_at, recorded_by, kind, text, "
                       "recorded_name FROM flagship_events WHERE org_id = :org AND flagship_id = "
                       ":flagship_id ORDER BY held_on, id LIMIT 500",
                       P(flagship_id)),
                   EVENT_ROW, mem, out);
}

/* ---- excellent ones ---- */

err commendation_store_find(struct db *db, i64 id, struct arena *mem, struct commendation *out)
{
    return db_one(db,
                  SQL("SELECT id, proposal_id, session_id, decided_on, nominated_at, version, "
                      "collective, title, number, nominator, grounds, state FROM commendations "
                      "WHERE org_id = :org AND id = :id",
                      P(id)),
                  COMMENDATION_ROW, mem, out);
}

err commendation_store_find_of(struct db *db, i64 proposal_id, struct arena *mem,
                               struct commendation *out)
{
    err e = db_one(db,
                   SQL("SELECT id, proposal_id, session_id, decided_on, nominated_at, version, "
                       "collective, title, number, nominator, grounds, state FROM commendations "
                       "WHERE org_id = :org AND proposal_id = :proposal_id AND state <> 'dropped'",
                       P(proposal_id)),
                   COMMENDATION_ROW, mem, out);
    return e.code == ERR_NOT_FOUND ? OK : e;
}

err commendation_store_list(struct db *db, i64 session_id, struct arena *mem, struct rows *out)
{
    out->size = sizeof(struct commendation);
    return db_list(db,
                   SQL("SELECT id, proposal_id, session_id, decided_on, nominated_at, version, "
                       "collective, title, number, nominator, grounds, state FROM commendations "
                       "WHERE org_id = :org AND session_id = :session_id ORDER BY id DESC LIMIT "
                       "400",
                       P(session_id)),
                   COMMENDATION_ROW, mem, out);
}

err commendation_store_add(struct db *db, const struct commendation *c, i64 *id)
{
    return db_insert(db,
                     SQL("INSERT INTO commendations (org_id, proposal_id, session_id, title, "
                         "number, collective, nominator, grounds, state, nominated_at) VALUES "
                         "(:org, :proposal_id, :session_id, :title, :number, :collective, "
                         ":nominator, :grounds, 'nominated', :nominated_at) RETURNING id",
                         P(c->proposal_id), P(c->session_id), P(c->title), P(c->number),
                         P(c->collective), P(c->nominator), P(c->grounds), P(c->nominated_at)),
                     id);
}

err commendation_store_update(struct db *db, const struct commendation *c, str to)
{
    return db_update(db, SQL("UPDATE commendations SET state = :to, decided_on = :decided_on, "
                             "version = version + 1 WHERE org_id = :org AND id = :id AND version "
                             "= :version",
                             P(to), P(c->decided_on), P(c->id), P(c->version)));
}
