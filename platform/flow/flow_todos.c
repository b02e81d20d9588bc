/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Who must act: the to-dos that follow from a subject's state, and those a module adds beside them;
 * and what one actor has to do. New holders get a notice. SQL: flow_store.c. */
#include <assert.h>
#include <stdlib.h>

#include "platform/app.h"
#include "platform/flow/flow_internal.h"
#include "platform/notify/notify.h"
#include "platform/text/texts.h"

enum { PERMISSIONS_MAX = 64 };

static const char MAY[] = "may:";

/* ---- the state's own ---- */

/* What should be there, and what is. */
struct renewal {
    struct rq *rq;
    const struct flow *flow;
    const struct flow_subject *subject;
    struct flow_key key;
    struct todo_row *old; /* id 0 = already matched */
    size_t old_count;
    bool quiet;
};

static err holder_tell(struct rq *rq, const struct flow *flow, const struct todo_row *todo)
{
    const char *own = arena_cstr(rq->mem, arena_printf(rq->mem, "notices.%s.%.*s", flow->name,
                                                       (int)todo->verb.len, todo->verb.ptr));
    struct notify_to to = { .except_account_id = rq->actor->account_id };
    struct notify_message message = {
        .text = text_has(own) ? own : "notices.todo",
        .arg = { todo->title, flow_verb_label(rq, flow, todo->verb) },
        .url = todo->url,
    };
    if (str_is(todo->holder, "may"))
        to.permission = arena_cstr(rq->mem, todo->permission);
    else if (str_is(todo->holder, "agency"))
        to.agency_id = todo->holder_id;
    else
        to.person_id = todo->holder_id;
    return notify_send(rq, &to, &message);
}

static bool is_same(const struct todo_row *a, const struct todo_row *b)
{
    return a->id != 0 && a->own == b->own && a->holder_id == b->holder_id &&
           str_eq(a->verb, b->verb) && str_eq(a->holder, b->holder) &&
           str_eq(a->permission, b->permission);
}

/* Keeps the row that is there, with its age, or adds one and tells the holder. */
static err todo_want(struct renewal *r, struct todo_row *todo)
{
    for (size_t i = 0; i < r->old_count; i++)
        if (is_same(&r->old[i], todo)) {
            todo->id = r->old[i].id;
            r->old[i].id = 0;
            return todos_store_put(r->rq, todo);
        }
    TRY(todos_store_add(r->rq, &r->key, todo));
    return r->quiet ? OK : holder_tell(r->rq, r->flow, todo);
}

static struct todo_row todo_of(struct renewal *r, const char *verb)
{
    return (struct todo_row){
        .state = r->subject->state,
        .verb = str_of(verb),
        .permission = { "", 0 },
        .clock = { "", 0 },
        .title = r->subject->title,
        .number = r->subject->number,
        .url = arena_printf(r->rq->mem, "/%s/%lld", r->flow->name, (long long)r->subject->id),
    };
}

/* Whether a line counts now: by the table, or by the module that the verb is left to. */
static err line_counts(struct renewal *r, const struct flow_todo *line, bool *out)
{
    *out = true;
    if (line->when)
        return line->when(r->rq, r->subject, out);
    const struct flow_action *action = flow_action_find(r->flow, str_of(line->verb));
    if (!action || !action->above)
        return OK;
    const struct flow_act *act = flow_act_find(r->rq->app->modules, r->flow, line->verb);
    assert(act);
    return act->when ? act->when(r->rq, r->subject, out) : OK;
}

/* The rows of one line of the flow's table. */
static err line_want(struct renewal *r, const struct flow_todo *line)
{
    struct todo_row todo = todo_of(r, line->verb);
    ids holders = { 0 };
    bool counts;
    TRY(line_counts(r, line, &counts));
    if (!counts)
        return OK;
    if (line->due) {
        todo.clock = str_of(line->due);
        TRY(flow_due(r->rq, r->flow, r->subject->id, line->due, &todo.due_on));
    }
    if (strncmp(line->holder, MAY, strlen(MAY)) == 0) {
        todo.holder = str_of("may");
        todo.permission = str_of(line->holder + strlen(MAY));
        return todo_want(r, &todo);
    }
    todo.holder = str_of(line->holder);
    assert(r->flow->holder);
    TRY(r->flow->holder(r->rq, r->subject, line, &holders));
    for (size_t i = 0; i < holders.count; i++) {
        todo.id = 0;
        todo.holder_id = holders.items[i];
        if (todo.holder_id > 0)
            TRY(todo_want(r, &todo));
    }
    return OK;
}

err flow_todos_step(struct rq *rq, const struct flow_step *step)
{
    const struct flow *flow = step->flow;
    const struct flow_subject *subject = step->subject;
    struct rows old;
    struct renewal r = { .rq = rq,
                         .flow = flow,
                         .subject = subject,
                         .key = flow_key(flow, subject->id),
                         .quiet = step->quiet };
    TRY(todos_store_list(rq, &r.key, &old));
    r.old = old.items;
    r.old_count = old.count;
    for (const struct flow_todo *line = flow->todos; line && line->state; line++)
        if (!line->on_demand && str_is(subject->state, line->state))
            TRY(line_want(&r, line));
    bool final = flow_state_find(flow, subject->state)->final;
    for (size_t i = 0; i < r.old_count; i++)
        if (r.old[i].id != 0 && (final || !r.old[i].own))
            TRY(todos_store_remove(rq, r.old[i].id));
    return OK;
}

err flow_todos_renew(struct rq *rq, const struct flow *flow, const struct flow_subject *subject)
{
    struct flow_step step = { .flow = flow, .subject = subject };
    return flow_todos_step(rq, &step);
}

/* ---- a module's own ---- */

err flow_todo_add(struct rq *rq, const struct flow *flow, const struct flow_subject *subject,
                  const struct todo_new *todo)
{
    struct rows old;
    struct renewal r = {
        .rq = rq, .flow = flow, .subject = subject, .key = flow_key(flow, subject->id)
    };
    bool may = strncmp(todo->holder, MAY, strlen(MAY)) == 0;
    assert(may || strcmp(todo->holder, "person") == 0 || strcmp(todo->holder, "agency") == 0);
    assert((may ? todo->holder_id == 0 : todo->holder_id > 0) && todo->url.len > 0 &&
           todo->url.ptr[0] == '/');
    TRY(todos_store_list(rq, &r.key, &old));
    r.old = old.items;
    r.old_count = old.count;
    struct todo_row row = todo_of(&r, todo->verb);
    row.holder = str_of(may ? "may" : todo->holder);
    if (may)
        row.permission = str_of(todo->holder + strlen(MAY));
    row.holder_id = todo->holder_id;
    row.due_on = todo->due_on;
    row.url = todo->url;
    row.own = true;
    return todo_want(&r, &row);
}

err flow_todo_done(struct rq *rq, const struct flow *flow, i64 id, const char *verb, i64 holder_id)
{
    struct flow_key key = flow_key(flow, id);
    struct rows old;
    TRY(todos_store_list(rq, &key, &old));
    for (const struct todo_row *row = old.items; row < (struct todo_row *)old.items + old.count;
         row++)
        if (row->own && str_is(row->verb, verb) && (holder_id == 0 || row->holder_id == holder_id))
            TRY(todos_store_remove(rq, row->id));
    return OK;
}

err flow_todo_holders(struct rq *rq, const struct flow *flow, i64 id, struct rows *out)
{
    struct flow_key key = flow_key(flow, id);
    struct rows rows;
    TRY(todos_store_list(rq, &key, &rows));
    const struct todo_row *all = rows.items;
    struct flow_holder *holders = arena_array(rq->mem, rows.count + 1, sizeof *holders);
    for (size_t i = 0; i < rows.count; i++)
        holders[i] = (struct flow_holder){ .holder_id = all[i].holder_id,
                                           .due_on = all[i].due_on,
                                           .holder = all[i].holder,
                                           .permission = all[i].permission,
                                           .verb = all[i].verb,
                                           .url = all[i].url };
    *out = (struct rows){ holders, rows.count, sizeof *holders };
    return OK;
}

/* ---- what one actor has to do ---- */

/* Permissions that to-dos ask for and the actor holds for the whole organisation, each once. */
static size_t held_permissions(struct rq *rq, const char *held[PERMISSIONS_MAX])
{
    size_t count = 0;
    for (const struct module *const *m = rq->app->modules; m && *m; m++)
        for (const struct flow *const *f = (*m)->flows; f && *f; f++)
            for (const struct flow_todo *t = (*f)->todos; t && t->state; t++) {
                const char *name =
                    strncmp(t->holder, MAY, strlen(MAY)) == 0 ? t->holder + strlen(MAY) : NULL;
                bool known = !name || actor_scope(rq->actor, name) != SCOPE_ORG;
                for (size_t i = 0; i < count && !known; i++)
                    known = strcmp(held[i], name) == 0;
                if (known)
                    continue;
                assert(count < PERMISSIONS_MAX);
                held[count++] = name;
            }
    return count;
}

static void bar(struct buf *b, const char *flow, const char *verb)
{
    buf_printf(b, "%s.%s|", flow, verb);
}

/* Verbs that the actor may not do whatever the subject, "|assignments.sign|assignments.reply|":
 * what his body or person is asked to do and another has the permission for is no to-do of his. */
static str barred_verbs(struct rq *rq)
{
    enum { BARRED_MAX = 4096 };
    struct buf *b = buf_new(rq->mem, BARRED_MAX);
    buf_put_byte(b, '|');
    for (const struct module *const *m = rq->app->modules; m && *m; m++)
        for (const struct flow *const *f = (*m)->flows; f && *f; f++)
            for (const struct flow_action *a = (*f)->actions; a->verb; a++)
                if (strcmp(a->may, FLOW_SYSTEM) != 0 && !actor_may(rq->actor, a->may))
                    bar(b, (*f)->name, a->verb);
    return buf_str(b);
}

/* The actor as person and as his agency: 0, 1 or 2 of them. */
static size_t holders_of(struct rq *rq, struct todo_holder out[2])
{
    const struct actor *actor = rq->actor;
    size_t n = 0;
    str barred = barred_verbs(rq);
    if (actor->person_id > 0)
        out[n++] = (struct todo_holder){ str_of("person"), actor->person_id, barred };
    if (actor->agency_id > 0)
        out[n++] = (struct todo_holder){ str_of("agency"), actor->agency_id, barred };
    return n;
}

static void rows_join(struct arena *mem, struct rows *all, const struct rows *more)
{
    struct todo *joined = arena_array(mem, all->count + more->count, sizeof *joined);
    if (all->count > 0)
        memcpy(joined, all->items, all->count * sizeof *joined);
    if (more->count > 0)
        memcpy(joined + all->count, more->items, more->count * sizeof *joined);
    all->items = joined;
    all->count += more->count;
}

static int by_urgency(const void *a, const void *b)
{
    const struct todo *x = a, *y = b;
    i64 due_x = x->due_on ? x->due_on : URGENCY_NONE, due_y = y->due_on ? y->due_on : URGENCY_NONE;
    if (due_x != due_y)
        return due_x < due_y ? -1 : 1;
    return x->id < y->id ? -1 : x->id > y->id;
}

err flow_todos(struct rq *rq, i64 limit, struct rows *out)
{
    const char *held[PERMISSIONS_MAX];
    struct todo_holder holders[2];
    size_t held_count = held_permissions(rq, held), holder_count = holders_of(rq, holders);
    struct rows all = { .size = sizeof(struct todo) }, more;
    for (size_t i = 0; i < holder_count; i++) {
        TRY(todos_store_of_holder(rq, &holders[i], limit, &more));
        rows_join(rq->mem, &all, &more);
    }
    for (size_t i = 0; i < held_count; i++) {
        TRY(todos_store_of_permission(rq, str_of(held[i]), limit, &more));
        rows_join(rq->mem, &all, &more);
    }
    if (all.count > 1)
        qsort(all.items, all.count, sizeof(struct todo), by_urgency);
    if ((i64)all.count > limit)
        all.count = (size_t)limit;
    *out = all;
    return OK;
}

err flow_todo_count_of(struct rq *rq, const char *holder, i64 holder_id, i64 *count)
{
    struct todo_holder of = { str_of(holder), holder_id, str_of("|") }; /* nothing is barred */
    return todos_store_count_holder(rq, &of, count);
}

err flow_todo_count(struct rq *rq, i64 *count)
{
    const char *held[PERMISSIONS_MAX];
    struct todo_holder holders[2];
    size_t held_count = held_permissions(rq, held), holder_count = holders_of(rq, holders);
    i64 more = 0;
    *count = 0;
    for (size_t i = 0; i < holder_count; i++) {
        TRY(todos_store_count_holder(rq, &holders[i], &more));
        *count += more;
    }
    for (size_t i = 0; i < held_count; i++) {
        TRY(todos_store_count_permission(rq, str_of(held[i]), &more));
        *count += more;
    }
    return OK;
}

err flow_waiting(struct rq *rq, const struct flow *flow, const char *state, i64 limit,
                 struct rows *out)
{
    return todos_store_waiting(rq, str_of(flow->name), str_of(state), limit, out);
}
