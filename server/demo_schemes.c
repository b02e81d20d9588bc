/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Groups of the demo's meetings, one of each state and kind, and a roll, by real steps of a clerk.
 * After the meetings. */
#include "modules/schemes/scheme.h"
#include "platform/base/str.h"
#include "server/demo_opinions.h"

enum { GROUPS = 2 };

static const struct {
    const char *title, *kind, *verb;
} SCHEMES[] = {
    { "scheme_sectoral", "sectoral", "publish" },
    { "scheme_study", "study", "drop" },
    { "scheme_free", "free", "" },
};

/* Room, and who leads each group. */
static err lead(struct rq *rq, i64 id)
{
    struct rows groups, placed;
    TRY(scheme_group_store_list(rq->db, id, rq->mem, &groups));
    TRY(placement_store_list(rq->db, id, rq->mem, &placed));
    struct scheme_group *all = groups.items;
    const struct placement *p = placed.items;
    for (size_t k = 0; k < groups.count; k++) {
        all[k].room = demo_text("scheme_room");
        for (size_t i = 0; i < placed.count; i++)
            if (p[i].group_id == all[k].id && all[k].convener_id)
                all[k].recorder_id = all[k].recorder_id ? all[k].recorder_id : p[i].member_id;
            else if (p[i].group_id == all[k].id)
                all[k].convener_id = p[i].member_id;
        TRY(scheme_group_store_update(rq->db, &all[k]));
    }
    return OK;
}

/* The newest meeting to which enough people are invited, of those that have begun or of all; 0 =
 * there is none. */
static err meeting_of(struct rq *rq, bool begun, i64 *id)
{
    struct rows meetings, invited;
    *id = 0;
    TRY(meeting_list_open(rq, &meetings));
    const struct meeting_brief *all = meetings.items;
    for (size_t i = 0; i < meetings.count && !*id; i++) {
        if (begun && (all[i].from_on >= rq->today || str_is(all[i].state, "draft")))
            continue;
        TRY(meeting_list_invited(rq, all[i].id, &invited));
        if (invited.count >= GROUPS)
            *id = all[i].id;
    }
    return OK;
}

static err make(struct rq *rq, i64 meeting_id, size_t which, i64 *id)
{
    const struct scheme_input in = { .groups = GROUPS,
                                     .meeting = meeting_choice_of(rq->mem, meeting_id),
                                     .kind = str_of(SCHEMES[which].kind),
                                     .title = demo_text(SCHEMES[which].title) };
    TRY(scheme_begin(rq, &in, id));
    TRY(lead(rq, *id));
    return *SCHEMES[which].verb
               ? demo_opinion_step(rq, &SCHEMES_FLOW, *id, SCHEMES[which].verb, NULL)
               : OK;
}

/* Who was at the talks of a group on the first half-day: all but its last, who had leave. */
static err roll(struct rq *rq, i64 scheme_id, i64 group_id)
{
    struct rows placed;
    TRY(placement_store_list(rq->db, scheme_id, rq->mem, &placed));
    const struct placement *p = placed.items;
    struct scheme_roll_input in = { .id = group_id };
    in.invitees.items = arena_array(rq->mem, placed.count + 1, sizeof *in.invitees.items);
    for (size_t i = 0; i < placed.count; i++)
        if (p[i].group_id == group_id) {
            in.invitees.items[in.invitees.count++] = p[i].invitee_id;
            strs_add(rq->mem, &in.presences, str_of("present"));
        }
    if (in.presences.count > 1)
        in.presences.items[in.presences.count - 1] = str_of("leave");
    return scheme_roll_save(rq, &in);
}

/* A meeting that has begun: one of its groups has put down who was there, the other not yet. */
static err rolled(struct rq *rq)
{
    struct rows groups;
    i64 meeting_id, id;
    TRY(meeting_of(rq, true, &meeting_id));
    if (!meeting_id)
        return err_make(ERR_INTERNAL, "demo.seed");
    TRY(make(rq, meeting_id, 0, &id));
    TRY(scheme_group_store_list(rq->db, id, rq->mem, &groups));
    const struct scheme_group *all = groups.items;
    return roll(rq, id, all[0].id);
}

err demo_make_schemes(struct rq *rq, void *demo)
{
    const struct demo *d = demo;
    i64 meeting_id, id;
    TRY(demo_opinion_be(rq, d, d->staff, NULL));
    TRY(rolled(rq));
    TRY(meeting_of(rq, false, &meeting_id));
    if (!meeting_id)
        return err_make(ERR_INTERNAL, "demo.seed");
    for (size_t i = 0; i < sizeof SCHEMES / sizeof *SCHEMES; i++)
        TRY(make(rq, meeting_id, i, &id));
    return OK;
}
