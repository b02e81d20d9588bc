/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The demo city prepares its next term: a draft in which two of three stay, one that was given up,
 * one that waits for a later day; and how it came to this term and the one before. Last of all but
 * the letters: the calendar stays as it is. */
#include "modules/orgs/org.h"
#include "modules/renewals/renewal.h"
#include "server/demo_opinions.h"

enum { AHEAD = 75, DAYS = 4, THIRD = 3 };

static err begin(struct rq *rq, bool decided, i64 *id)
{
    struct session present;
    TRY(session_on(rq, rq->today, &present));
    const struct renewal_input in = { .term_number = present.term_number + 1,
                                      .opened_on = rq->today + AHEAD,
                                      .closed_on = rq->today + AHEAD + DAYS,
                                      .decided_on = decided ? rq->today : 0,
                                      .organ = decided ? demo_text("renewal_organ") : str_of("") };
    return renewal_save(rq, 0, &in, id);
}

static err keep(struct rq *rq, i64 id)
{
    struct renewal r;
    struct rows people;
    struct renewal_places_input in = { .id = id };
    TRY(renewal_store_find(rq->db, id, rq->mem, &r));
    TRY(renewal_list_people(rq, &r, &people));
    const struct renewal_person *all = people.items;
    for (size_t i = 0; i < people.count; i++)
        if (i % THIRD != THIRD - 1 && all[i].sector_id)
            strs_add(rq->mem, &in.members,
                     arena_printf(rq->mem, "%lld", (long long)all[i].member_id));
    in.version = r.version;
    rq->path_id = id;
    TRY(renewal_places_save(rq, &in));
    rq->path_id = 0;
    return OK;
}

/* What was decided in years before the city came to this house, and what waits for its day. */
static err add(struct rq *rq, const struct renewal *row)
{
    struct renewal r = *row;
    TRY(renewal_store_add(rq->db, &r, &r.id));
    r.version = 1;
    TRY(renewal_store_update(rq->db, &r));
    struct flow_subject subject = { r.id, 2, r.state, renewal_title(rq->mem, &r), str_of(""), &r };
    return flow_begin_quiet(rq, &RENEWALS_FLOW, &subject);
}

enum { TERM_DAYS = 1826 };

static err add_others(struct rq *rq)
{
    struct session now;
    TRY(session_on(rq, rq->today, &now));
    struct renewal r = { .state = str_of("ready"),
                         .term_number = now.term_number + 1,
                         .opened_on = rq->today + 2 * AHEAD,
                         .closed_on = rq->today + 2 * AHEAD + DAYS,
                         .decided_on = rq->today,
                         .organ = demo_text("renewal_organ") };
    TRY(add(rq, &r));
    for (i64 back = 0; back < 2; back++) {
        r = (struct renewal){ .state = str_of(back ? "closed" : "carried"),
                              .term_number = now.term_number - back,
                              .opened_on = now.opened_on - back * TERM_DAYS,
                              .closed_on = now.closed_on - back * TERM_DAYS,
                              .decided_on = now.opened_on - back * TERM_DAYS - DAYS,
                              .organ = demo_text("renewal_organ_before"),
                              .carried_at = day_start_ms(now.opened_on - back * TERM_DAYS),
                              .stayed = 150,
                              .came = 165,
                              .gone = 142 };
        TRY(add(rq, &r));
    }
    return OK;
}

err demo_make_renewals(struct rq *rq, void *demo)
{
    const struct demo *d = demo;
    i64 id;
    TRY(demo_opinion_be(rq, d, d->staff, NULL));
    TRY(begin(rq, false, &id));
    const struct renewal_reason_input why = { .opinion = demo_text("renewal_dropped") };
    TRY(demo_opinion_step(rq, &RENEWALS_FLOW, id, "drop", &why));
    TRY(add_others(rq));
    TRY(begin(rq, true, &id));
    return keep(rq, id);
}
