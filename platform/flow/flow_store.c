/* SPDX-License-Identifier: MulanPSL-2.0 */
/* SQL of the flow engine. Rules: flow.c (steps), flow_clocks.c, flow_todos.c. */
#include "platform/flow/flow_store.h"

#include <assert.h>

/* ---- trails ---- */

static const struct field TRAIL_ROW[] = {
    FIELD(struct flow_trail, id),
    FIELD(struct flow_trail, at),
    FIELD(struct flow_trail, actor_account_id),
    FIELD(struct flow_trail, agency_id),
    FIELD(struct flow_trail, delegator_account_id),
    FIELD(struct flow_trail, verb),
    FIELD(struct flow_trail, from_state),
    FIELD(struct flow_trail, to_state),
    FIELD(struct flow_trail, actor_name),
    FIELD(struct flow_trail, agency_name),
    FIELD(struct flow_trail, delegator_name),
    FIELD(struct flow_trail, opinion),
    FIELD(struct flow_trail, opinion_hidden),
    { 0 },
};

err trails_store_add(struct rq *rq, const struct flow_key *key, const struct flow_trail *trail)
{
    assert(trail->verb.len > 0);
    return db_run(
        rq->db,
        SQL("INSERT INTO trails (org_id, flow, subject_id, at, verb, from_state, to_state,"
            " actor_account_id,"
            " actor_name, agency_id, agency_name, delegator_account_id, delegator_name, opinion,"
            " opinion_hidden)"
            " VALUES (:org, :flow, :subject_id, :at, :verb, :from_state, :to_state,"
            " :actor_account_id,"
            " :actor_name, :agency_id, :agency_name, :delegator_account_id, :delegator_name,"
            " :opinion,"
            " :opinion_hidden)",
            P(key->flow), P(key->subject_id), P(trail->at), P(trail->verb), P(trail->from_state),
            P(trail->to_state), P(trail->actor_account_id), P(trail->actor_name),
            P(trail->agency_id), P(trail->agency_name), P(trail->delegator_account_id),
            P(trail->delegator_name), P(trail->opinion), P(trail->opinion_hidden)),
        NULL);
}

err trails_store_list(struct rq *rq, const struct flow_key *key, struct rows *out)
{
    out->size = sizeof(struct flow_trail);
    return db_list(
        rq->db,
        SQL("SELECT id, at, actor_account_id, agency_id, delegator_account_id, verb, from_state,"
            " to_state,"
            " actor_name, agency_name, delegator_name, opinion, opinion_hidden FROM trails"
            " WHERE org_id = :org AND flow = :flow AND subject_id = :subject_id ORDER BY id LIMIT"
            " 1000",
            P(key->flow), P(key->subject_id)),
        TRAIL_ROW, rq->mem, out);
}

err trails_store_forget_words(struct rq *rq, const struct flow_key *key)
{
    return db_run(rq->db,
                  SQL("UPDATE trails SET opinion = '' WHERE org_id = :org AND flow = :flow AND "
                      "subject_id = :subject_id AND opinion <> ''",
                      P(key->flow), P(key->subject_id)),
                  NULL);
}

/* ---- clocks ---- */

static const struct field CLOCK_ROW[] = {
    FIELD(struct flow_clock_row, id),
    FIELD(struct flow_clock_row, name),
    FIELD(struct flow_clock_row, unit),
    FIELD(struct flow_clock_row, started_at),
    FIELD(struct flow_clock_row, first_due_on),
    FIELD(struct flow_clock_row, due_on),
    FIELD(struct flow_clock_row, stopped_at),
    FIELD(struct flow_clock_row, frozen_on),
    FIELD(struct flow_clock_row, extended_days),
    FIELD(struct flow_clock_row, was_late),
    { 0 },
};

err clocks_store_start(struct rq *rq, const struct flow_key *key, const struct clock_start *start)
{
    assert(start->due_on > 0);
    return db_run(
        rq->db,
        SQL("INSERT INTO clocks (org_id, flow, subject_id, name, unit, started_at, first_due_on,"
            " due_on)"
            " VALUES (:org, :flow, :subject_id, :name, :unit, :now_ms, :due_on, :due_on)",
            P(key->flow), P(key->subject_id), P(start->name), P(start->unit), P(rq->now_ms),
            P(start->due_on)),
        NULL);
}

err clocks_store_list(struct rq *rq, const struct flow_key *key, struct rows *out)
{
    out->size = sizeof(struct flow_clock_row);
    return db_list(
        rq->db,
        SQL("SELECT id, name, unit, started_at, first_due_on, due_on, stopped_at, frozen_on,"
            " extended_days,"
            " was_late FROM clocks WHERE org_id = :org AND flow = :flow AND subject_id ="
            " :subject_id"
            " ORDER BY id LIMIT 200",
            P(key->flow), P(key->subject_id)),
        CLOCK_ROW, rq->mem, out);
}

err clocks_store_running(struct rq *rq, const struct flow_key *key, str name,
                         struct flow_clock_row *out)
{
    assert(name.len > 0);
    return db_one(
        rq->db,
        SQL("SELECT id, name, unit, started_at, first_due_on, due_on, stopped_at, frozen_on,"
            " extended_days,"
            " was_late FROM clocks WHERE org_id = :org AND flow = :flow AND subject_id ="
            " :subject_id"
            " AND name = :name AND stopped_at = 0",
            P(key->flow), P(key->subject_id), P(name)),
        CLOCK_ROW, rq->mem, out);
}

err clocks_store_put(struct rq *rq, const struct flow_clock_row *clock)
{
    assert(clock->id > 0);
    return db_update(
        rq->db,
        SQL("UPDATE clocks SET first_due_on = :first_due_on, due_on = :due_on, frozen_on ="
            " :frozen_on,"
            " extended_days = :extended_days, stopped_at = :stopped_at, was_late = :was_late"
            " WHERE org_id = :org AND id = :id AND stopped_at = 0",
            P(clock->first_due_on), P(clock->due_on), P(clock->frozen_on), P(clock->extended_days),
            P(clock->stopped_at), P(clock->was_late), P(clock->id)));
}

static const struct field DUE_ROW[] = {
    FIELD(struct flow_due_row, id),
    FIELD(struct flow_due_row, subject_id),
    FIELD(struct flow_due_row, due_on),
    { 0 },
};

err clocks_store_due(struct rq *rq, str flow, const struct flow_due_query *query, struct rows *out)
{
    str name = str_of(query->clock);
    assert(query->limit > 0);
    out->size = sizeof(struct flow_due_row);
    return db_list(
        rq->db,
        SQL("SELECT id, subject_id, due_on FROM clocks WHERE org_id = :org AND flow = :flow"
            " AND stopped_at = 0 AND due_on <= :to_on AND (due_on, id) > (:after_on, :after_id)"
            " AND name = :name AND frozen_on = 0 ORDER BY due_on, id LIMIT :limit",
            P(flow), P(query->to_on), P(query->after_on), P(query->after_id), P(name),
            P(query->limit)),
        DUE_ROW, rq->mem, out);
}

err clocks_store_touched(struct rq *rq, const struct clock_query *query, struct rows *out)
{
    out->size = sizeof(struct flow_due_row);
    return db_list(rq->db,
                   SQL("SELECT id, subject_id, due_on FROM clocks WHERE org_id = :org"
                       " AND flow = :flow AND stopped_at = 0 AND name = :name"
                       " ORDER BY due_on, id LIMIT :limit",
                       P(query->flow), P(query->name), P(query->limit)),
                   DUE_ROW, rq->mem, out);
}

err clocks_store_count(struct rq *rq, const struct clock_query *query, i64 *count)
{
    return db_i64(rq->db,
                  SQL("SELECT COUNT(*) FROM clocks WHERE org_id = :org AND flow = :flow"
                      " AND stopped_at = 0 AND name = :name",
                      P(query->flow), P(query->name)),
                  count);
}

/* ---- to-dos ---- */

err todos_store_waiting(struct rq *rq, str flow, str state, i64 limit, struct rows *out)
{
    out->size = sizeof(struct flow_due_row);
    return db_list(rq->db,
                   SQL("SELECT 0 AS id, subject_id, MAX(due_on) AS due_on FROM todos"
                       " WHERE org_id = :org AND flow = :flow AND state = :state"
                       " GROUP BY subject_id ORDER BY subject_id LIMIT :limit",
                       P(flow), P(state), P(limit)),
                   DUE_ROW, rq->mem, out);
}

static const struct field TODO_ROW[] = {
    FIELD(struct todo_row, id),
    FIELD(struct todo_row, holder_id),
    FIELD(struct todo_row, due_on),
    FIELD(struct todo_row, state),
    FIELD(struct todo_row, verb),
    FIELD(struct todo_row, holder),
    FIELD(struct todo_row, permission),
    FIELD(struct todo_row, clock),
    FIELD(struct todo_row, title),
    FIELD(struct todo_row, number),
    FIELD(struct todo_row, url),
    FIELD(struct todo_row, own),
    { 0 },
};

err todos_store_list(struct rq *rq, const struct flow_key *key, struct rows *out)
{
    out->size = sizeof(struct todo_row);
    return db_list(
        rq->db,
        SQL("SELECT id, holder_id, due_on, state, verb, holder, permission, clock, title, number,"
            " url, own"
            " FROM todos WHERE org_id = :org AND flow = :flow AND subject_id = :subject_id"
            " ORDER BY id LIMIT 1000",
            P(key->flow), P(key->subject_id)),
        TODO_ROW, rq->mem, out);
}

static i64 urgency_of(i64 due_on)
{
    return due_on > 0 ? due_on : URGENCY_NONE;
}

err todos_store_add(struct rq *rq, const struct flow_key *key, const struct todo_row *todo)
{
    i64 urgency = urgency_of(todo->due_on);
    assert(todo->verb.len > 0);
    return db_run(rq->db,
                  SQL("INSERT INTO todos (org_id, flow, subject_id, state, verb, holder, holder_id,"
                      " permission, clock,"
                      " due_on, urgency, title, number, url, own, created_at) VALUES (:org, :flow,"
                      " :subject_id, :state,"
                      " :verb, :holder, :holder_id, :permission, :clock, :due_on, :urgency, :title,"
                      " :number, :url,"
                      " :own, :now_ms)",
                      P(key->flow), P(key->subject_id), P(todo->state), P(todo->verb),
                      P(todo->holder), P(todo->holder_id), P(todo->permission), P(todo->clock),
                      P(todo->due_on), P(urgency), P(todo->title), P(todo->number), P(todo->url),
                      P(todo->own), P(rq->now_ms)),
                  NULL);
}

err todos_store_put(struct rq *rq, const struct todo_row *todo)
{
    i64 urgency = urgency_of(todo->due_on);
    assert(todo->id > 0);
    return db_update(
        rq->db,
        SQL("UPDATE todos SET state = :state, due_on = :due_on, urgency = :urgency,"
            " title = :title, number = :number, url = :url WHERE org_id = :org AND id = :id",
            P(todo->state), P(todo->due_on), P(urgency), P(todo->title), P(todo->number),
            P(todo->url), P(todo->id)));
}

err todos_store_remove(struct rq *rq, i64 id)
{
    assert(id > 0);
    return db_run(rq->db, SQL("DELETE FROM todos WHERE org_id = :org AND id = :id", P(id)), NULL);
}

err todos_store_move_due(struct rq *rq, const struct flow_key *key, str clock, i64 due_on)
{
    i64 urgency = urgency_of(due_on);
    return db_run(
        rq->db,
        SQL("UPDATE todos SET due_on = :due_on, urgency = :urgency WHERE org_id = :org AND flow ="
            " :flow"
            " AND subject_id = :subject_id AND clock = :clock",
            P(due_on), P(urgency), P(key->flow), P(key->subject_id), P(clock)),
        NULL);
}

static const struct field MINE_ROW[] = {
    FIELD(struct todo, id),
    FIELD(struct todo, subject_id),
    FIELD(struct todo, due_on),
    FIELD(struct todo, flow),
    FIELD(struct todo, created_at),
    FIELD(struct todo, verb),
    FIELD(struct todo, title),
    FIELD(struct todo, number),
    FIELD(struct todo, url),
    FIELD(struct todo, state),
    { 0 },
};

err todos_store_of_holder(struct rq *rq, const struct todo_holder *of, i64 limit, struct rows *out)
{
    str holder = of->kind, barred = of->barred;
    i64 holder_id = of->id;
    assert(holder.len > 0 && holder_id > 0);
    out->size = sizeof(struct todo);
    return db_list(
        rq->db,
        SQL("SELECT id, subject_id, due_on, flow, created_at, verb, title, number, url, state"
            " FROM todos"
            " WHERE org_id = :org AND holder <> 'may' AND holder = :holder AND holder_id ="
            " :holder_id"
            " AND NOT lower(:barred) LIKE '%|' || flow || '.' || verb || '|%'"
            " ORDER BY urgency, id LIMIT :limit",
            P(holder), P(holder_id), P(barred), P(limit)),
        MINE_ROW, rq->mem, out);
}

err todos_store_of_permission(struct rq *rq, str permission, i64 limit, struct rows *out)
{
    assert(permission.len > 0);
    out->size = sizeof(struct todo);
    return db_list(
        rq->db,
        SQL("SELECT id, subject_id, due_on, flow, created_at, verb, title, number, url, state"
            " FROM todos"
            " WHERE org_id = :org AND holder = 'may' AND permission = :permission"
            " ORDER BY urgency, id LIMIT :limit",
            P(permission), P(limit)),
        MINE_ROW, rq->mem, out);
}

err todos_store_count_holder(struct rq *rq, const struct todo_holder *of, i64 *count)
{
    str holder = of->kind, barred = of->barred;
    i64 holder_id = of->id;
    assert(holder.len > 0 && holder_id > 0);
    return db_i64(
        rq->db,
        SQL("SELECT COUNT(*) FROM (SELECT 1 FROM todos WHERE org_id = :org AND holder <> 'may'"
            " AND holder = :holder AND holder_id = :holder_id"
            " AND NOT lower(:barred) LIKE '%|' || flow || '.' || verb || '|%' LIMIT 999) counted",
            P(holder), P(holder_id), P(barred)),
        count);
}

err todos_store_count_permission(struct rq *rq, str permission, i64 *count)
{
    assert(permission.len > 0);
    return db_i64(
        rq->db,
        SQL("SELECT COUNT(*) FROM (SELECT 1 FROM todos WHERE org_id = :org AND holder = 'may'"
            " AND permission = :permission LIMIT 999) counted",
            P(permission)),
        count);
}

/* ---- variants ---- */

static const struct field VARIANT_ROW[] = {
    FIELD(struct flow_variant, verb),
    FIELD(struct flow_variant, label),
    FIELD(struct flow_variant, extra_from),
    FIELD(struct flow_variant, disabled),
    { 0 },
};

err variants_store_list(struct rq *rq, str flow, struct rows *out)
{
    out->size = sizeof(struct flow_variant);
    return db_recall_list(
        rq->db,
        SQL("SELECT verb, label, extra_from, disabled FROM flow_variants WHERE org_id = :org"
            " AND flow = :flow ORDER BY verb",
            P(flow)),
        VARIANT_ROW, rq->mem, out);
}

err variants_store_put(struct rq *rq, str flow, const struct flow_variant *variant)
{
    assert(variant->verb.len > 0);
    return db_run(
        rq->db,
        SQL("INSERT INTO flow_variants (org_id, flow, verb, disabled, label, extra_from,"
            " changed_at,"
            " changed_by) VALUES (:org, :flow, :verb, :disabled, :label, :extra_from, :now_ms,"
            " :account_id)"
            " ON CONFLICT (org_id, flow, verb) DO UPDATE SET disabled = excluded.disabled,"
            " label = excluded.label, extra_from = excluded.extra_from, changed_at ="
            " excluded.changed_at,"
            " changed_by = excluded.changed_by",
            P(flow), P(variant->verb), P(variant->disabled), P(variant->label),
            P(variant->extra_from), P(rq->now_ms), P(rq->actor->account_id)),
        NULL);
}
