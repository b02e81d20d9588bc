/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Who is still to answer has a to-do: it hangs on his invitation (modules/meetings), so that it
 * ends when he is left out or the meeting is cancelled. */
#include "modules/provisions/provision.h"

#include "platform/base/str.h"
#include "platform/text/texts.h"

/* Never asked before; asked anew. */
static const char PROVIDE[] = "provide", ANEW[] = "provide_anew";

err provision_todo_end(struct rq *rq, i64 invitee_id)
{
    TRY(meeting_todo_done(rq, invitee_id, PROVIDE));
    return meeting_todo_done(rq, invitee_id, ANEW);
}

static err todo_set(struct rq *rq, const struct provision *p, const struct provision_people *people,
                    const struct meeting_invited *who)
{
    bool open = str_is(p->state, "published") && rq->today <= p->answer_on;
    bool anew = provision_answer_of(people, who->invitee_id) != NULL;
    if (!open || !provision_comes(who) || provision_counts(people, who))
        return provision_todo_end(rq, who->invitee_id);
    TRY(meeting_todo_done(rq, who->invitee_id, anew ? PROVIDE : ANEW));
    const struct todo_new todo = {
        .holder = "person",
        .holder_id = who->person_id,
        .verb = anew ? ANEW : PROVIDE,
        .due_on = p->answer_on,
        .url = arena_printf(rq->mem, "/provisions/%lld", (long long)p->id),
    };
    str title = text_format(rq->mem, "provisions.todo", p->meeting_title,
                            provision_day_words(rq->mem, p->answer_on));
    return meeting_todo_add(rq, who->invitee_id, title, &todo);
}

err provision_todos_set(struct rq *rq, const struct provision *p,
                        const struct provision_people *people, const char *state)
{
    struct provision now = *p;
    const struct meeting_invited *all = people->invited.items;
    now.state = str_of(state);
    for (size_t i = 0; i < people->invited.count; i++)
        TRY(todo_set(rq, &now, people, &all[i]));
    return OK;
}

/* The meeting's provision; found: there is one. */
static err find_of(struct rq *rq, i64 meeting_id, struct provision *p, bool *found)
{
    i64 id = 0;
    TRY(provision_store_find_of(rq->db, meeting_id, &id));
    *found = id > 0;
    return *found ? provision_store_find(rq->db, id, rq->mem, p) : OK;
}

err on_provision_answered(struct rq *rq, i64 id, const void *fact)
{
    struct provision p;
    struct provision_people people = { 0 }; /* his answer alone */
    struct meeting_invited who;
    i64 meeting_id;
    bool found;
    (void)fact;
    TRY(meeting_find_invited(rq, id, &who, &meeting_id));
    TRY(find_of(rq, meeting_id, &p, &found));
    if (!found)
        return OK;
    TRY(provision_answer_store_list_of(rq->db, p.id, id, rq->mem, &people.answers));
    return todo_set(rq, &p, &people, &who);
}

err on_provision_invited(struct rq *rq, i64 id, const void *fact)
{
    struct provision p;
    struct provision_people people;
    bool found;
    (void)fact;
    TRY(find_of(rq, id, &p, &found));
    if (!found || !str_is(p.state, "published"))
        return OK;
    TRY(provision_people_find(rq, p.id, id, &people));
    return provision_todos_set(rq, &p, &people, "published");
}

/* The day after its last nobody answers by himself any more. */
err job_provision_close(struct rq *rq, bool *again)
{
    struct rows rows;
    (void)again;
    TRY(provision_store_list_over(rq->db, rq->today, rq->mem, &rows));
    const struct provision *all = rows.items;
    for (size_t i = 0; i < rows.count; i++)
        TRY(flow_move(rq, &PROVISIONS_FLOW, all[i].id, "close", NULL));
    return OK;
}
