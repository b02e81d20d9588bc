/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Who sits where at the demo's meetings, one of each state, by real steps of a clerk. After the
 * groups. */
#include "modules/seatings/seating.h"
#include "platform/base/str.h"
#include "server/demo_opinions.h"

enum { PEOPLE = 2 };

static const struct {
    const char *title, *floor, *rostrum, *arrangement, *run, *verb;
} SEATINGS[] = {
    { "seating_opening", "seating_floor", "seating_rostrum", "groups", "blocks", "publish" },
    { "seating_closing", "seating_floor", "seating_rostrum", "sectors", "rows", "drop" },
    { "seating_election", "seating_small", "", "names", "rows", "" },
};

/* Of the newest meeting to which somebody is invited, as the groups are. */
err demo_make_seatings(struct rq *rq, void *demo)
{
    const struct demo *d = demo;
    struct rows meetings, invited = { 0 };
    size_t at = 0;
    TRY(demo_opinion_be(rq, d, d->staff, NULL));
    TRY(meeting_list_open(rq, &meetings));
    const struct meeting_brief *all = meetings.items;
    for (; at < meetings.count && invited.count < PEOPLE; at++)
        TRY(meeting_list_invited(rq, all[at].id, &invited));
    if (invited.count < PEOPLE)
        return err_make(ERR_INTERNAL, "demo.seed");
    for (size_t i = 0; i < sizeof SEATINGS / sizeof *SEATINGS; i++) {
        str rostrum = *SEATINGS[i].rostrum ? demo_text(SEATINGS[i].rostrum) : str_of("");
        const struct seating_input in = { .meeting = meeting_choice_of(rq->mem, all[at - 1].id),
                                          .title = demo_text(SEATINGS[i].title),
                                          .floor = demo_text(SEATINGS[i].floor),
                                          .rostrum = rostrum,
                                          .leaders =
                                              rostrum.len ? demo_text("seating_guest") : str_of(""),
                                          .numbering = str_of("odd_even"),
                                          .arrangement = str_of(SEATINGS[i].arrangement),
                                          .run = str_of(SEATINGS[i].run) };
        i64 id;
        TRY(seating_begin(rq, &in, &id));
        if (*SEATINGS[i].verb)
            TRY(demo_opinion_step(rq, &SEATINGS_FLOW, id, SEATINGS[i].verb, NULL));
    }
    return OK;
}
