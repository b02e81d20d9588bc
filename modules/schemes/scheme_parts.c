/* SPDX-License-Identifier: MulanPSL-2.0 */
/* A scheme as it is shown: groups with who is in them, who leads, who was there; who is in none. */
#include "modules/schemes/scheme.h"

#include "platform/base/str.h"

/* Whom a line is about, in the order of placing. */
static void line_of(const struct rows *invited, const struct placement *p, struct scheme_line *out)
{
    const struct meeting_invited *all = invited->items;
    for (size_t i = 0; i < invited->count; i++)
        if (all[i].invitee_id == p->invitee_id)
            *out = (struct scheme_line){ .invitee_id = p->invitee_id,
                                         .member_id = p->member_id,
                                         .person_id = p->person_id,
                                         .group_id = p->group_id,
                                         .name = all[i].name,
                                         .sector_name = all[i].sector_name,
                                         .state = all[i].state,
                                         .result = all[i].result,
                                         .guest = str_is(all[i].role, "guest") };
}

/* After a move that was refused: those who had been ticked. */
static bool is_ticked(struct rq *rq, i64 invitee_id)
{
    strs typed = rq_typed_all(rq, "invitees", (strs){ 0 });
    str id = arena_printf(rq->mem, "%lld", (long long)invitee_id);
    for (size_t i = 0; i < typed.count; i++)
        if (str_eq(typed.items[i], id))
            return true;
    return false;
}

static void count_in(struct scheme_group_view *v, const struct scheme_line *l)
{
    bool present =
        str_is(l->result, "whole") || str_is(l->result, "part") || str_is(l->result, "late");
    v->present += present && !l->guest;
    v->leave += str_is(l->result, "leave") && !l->guest;
    v->absent += str_is(l->result, "absent") && !l->guest;
    if (l->member_id == v->g->convener_id)
        v->convener = l->name;
    if (l->member_id == v->g->recorder_id)
        v->recorder = l->name;
}

static void fill_group(struct rq *rq, struct scheme_group_view *v, const struct rows *placed,
                       const struct rows *invited)
{
    const struct placement *all = placed->items;
    struct scheme_line *lines = arena_array(rq->mem, placed->count + 1, sizeof *lines);
    for (size_t i = 0; i < placed->count; i++) {
        struct scheme_line *l = &lines[v->count];
        *l = (struct scheme_line){ 0 };
        if (all[i].group_id == v->g->id)
            line_of(invited, &all[i], l);
        if (!l->invitee_id) /* or left out of the meeting since */
            continue;
        l->ticked = is_ticked(rq, l->invitee_id);
        v->ticked |= l->ticked;
        count_in(v, l);
        v->count++;
    }
    v->lines = lines;
}

static void fill_unplaced(struct rq *rq, struct scheme_page *v, const struct rows *placed,
                          const struct rows *invited)
{
    const struct meeting_invited *all = invited->items;
    const struct placement *p = placed->items;
    struct scheme_line *lines = arena_array(rq->mem, invited->count + 1, sizeof *lines);
    for (size_t i = 0; i < invited->count; i++) {
        bool found = false;
        for (size_t k = 0; k < placed->count && !found; k++)
            found = p[k].invitee_id == all[i].invitee_id;
        if (!found)
            lines[v->unplaced_count++] =
                (struct scheme_line){ .invitee_id = all[i].invitee_id,
                                      .name = all[i].name,
                                      .sector_name = all[i].sector_name,
                                      .ticked = is_ticked(rq, all[i].invitee_id) };
        v->counted |= all[i].result.len > 0;
    }
    v->unplaced = lines;
}

err scheme_shown_make(struct rq *rq, const struct scheme *s, struct scheme_page *out)
{
    struct rows groups, placed, invited;
    bool open;
    *out = (struct scheme_page){ .s = s, .person_id = rq->actor->person_id };
    TRY(scheme_group_store_list(rq->db, s->id, rq->mem, &groups));
    TRY(placement_store_list(rq->db, s->id, rq->mem, &placed));
    TRY(meeting_list_invited(rq, s->meeting_id, &invited));
    TRY(scheme_roll_is_open(rq, s, &open));
    struct scheme_group_view *views = arena_array(rq->mem, groups.count + 1, sizeof *views);
    const struct scheme_group *all = groups.items;
    for (size_t i = 0; i < groups.count; i++) {
        views[i] = (struct scheme_group_view){ .g = &all[i] };
        fill_group(rq, &views[i], &placed, &invited);
        views[i].may_roll = open && scheme_may_roll(rq, &all[i]).code == 0;
        out->placed += (i64)views[i].count;
        for (size_t k = 0; rq->actor->person_id && k < views[i].count; k++)
            views[i].mine |= views[i].lines[k].person_id == rq->actor->person_id;
    }
    out->groups = views;
    out->count = groups.count;
    fill_unplaced(rq, out, &placed, &invited);
    out->office = actor_may(rq->actor, "schemes.manage");
    out->may_move = out->office && !str_is(s->state, "dropped");
    return OK;
}
