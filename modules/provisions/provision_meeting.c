/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What the page of a meeting says of buses and meals; and a meeting whose time or place changes. */
#include "modules/provisions/provision.h"

#include "platform/base/str.h"
#include "platform/web/json.h"
#include "views/provisions.h"

static void meeting_json(struct json *j, const struct provision_meeting_view *v)
{
    json_object(j, "provision");
    json_i64(j, "id", v->p->id);
    json_str(j, "state", v->p->state);
    json_day(j, "answer_on", v->p->answer_on);
    json_bool(j, "answered", v->mine && !v->mine->stale);
    if (v->counts)
        json_i64(j, "unanswered", (i64)v->counts->unanswered.count);
    json_object_end(j);
}

/* p: NULL = none that who looks may see. */
static err view_fill(struct rq *rq, const struct provision *p, struct provision_meeting_view *v)
{
    struct provision_people people;
    TRY(provision_people_find(rq, p->id, p->meeting_id, &people));
    const struct meeting_invited *who = provision_own(&people, rq->actor->person_id);
    v->p = p;
    v->comes = who && provision_comes(who);
    v->mine = v->comes ? provision_answer_of(&people, who->invitee_id) : NULL;
    v->open = provision_is_open(rq, p);
    if (actor_may(rq->actor, "provisions.manage")) {
        struct provision_counts *counts = arena_zero(rq->mem, sizeof *counts);
        provision_count(rq, p, &people, counts);
        v->counts = counts;
    }
    return OK;
}

static bool is_ahead(const struct meeting_brief *m)
{
    return str_is(m->state, "draft") || str_is(m->state, "notified");
}

err on_provision_meeting_shown(struct rq *rq, i64 id, const void *fact)
{
    const struct meeting_shown *shown = fact;
    struct provision *p = arena_zero(rq->mem, sizeof *p);
    struct provision_meeting_view v = { .meeting_id = id };
    i64 found = 0;
    if (!actor_may(rq->actor, "provisions.read"))
        return OK;
    TRY(provision_store_find_of(rq->db, id, &found));
    err e = found ? list_find(rq, &PROVISION_LIST, found, p) : OK;
    if (e.code == ERR_NOT_FOUND)
        return OK; /* not his to see */
    TRY(e);
    if (found)
        TRY(view_fill(rq, p, &v));
    else if (!actor_may(rq->actor, "provisions.manage") || !is_ahead(shown->meeting))
        return OK;
    if (shown->out)
        view_provisions_meeting(shown->out, &v);
    else if (v.p)
        meeting_json(shown->json, &v);
    return OK;
}

/* Whoever changes the meeting, the house does this: nobody's answer counts until it was given
 * anew. */
err on_provision_meeting_changed(struct rq *rq, i64 id, const void *fact)
{
    const struct meeting_brief *meeting = fact;
    i64 found = 0;
    TRY(provision_store_find_of(rq->db, id, &found));
    return found ? flow_move(rq, &PROVISIONS_FLOW, found, "outdate", &meeting->to_on) : OK;
}
