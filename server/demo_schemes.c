/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Groups of the demo's meetings, one of each state and kind, by real steps of a clerk. After the
 * meetings. */
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

/* Of the newest meeting to which somebody is invited. */
err demo_make_schemes(struct rq *rq, void *demo)
{
    const struct demo *d = demo;
    struct rows meetings, invited = { 0 };
    size_t at = 0;
    TRY(demo_opinion_be(rq, d, d->staff, NULL));
    TRY(meeting_list_open(rq, &meetings));
    const struct meeting_brief *all = meetings.items;
    for (; at < meetings.count && invited.count < GROUPS; at++)
        TRY(meeting_list_invited(rq, all[at].id, &invited));
    if (invited.count < GROUPS)
        return err_make(ERR_INTERNAL, "demo.seed");
    for (size_t i = 0; i < sizeof SCHEMES / sizeof *SCHEMES; i++) {
        const struct scheme_input in = { .groups = GROUPS,
                                         .meeting = meeting_choice_of(rq->mem, all[at - 1].id),
                                         .kind = str_of(SCHEMES[i].kind),
                                         .title = demo_text(SCHEMES[i].title) };
        i64 id;
        TRY(scheme_begin(rq, &in, &id));
        TRY(lead(rq, id));
        if (*SCHEMES[i].verb)
            TRY(demo_opinion_step(rq, &SCHEMES_FLOW, id, SCHEMES[i].verb, NULL));
    }
    return OK;
}
