/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Pledges of the demo city: all its members were asked early in the year, most have signed, one has
 * changed his later on, one left without signing. By real steps; after the meetings. */
#include "modules/members/member_act.h"
#include "modules/pledges/pledge.h"
#include "modules/scores/scores.h"
#include "platform/base/str.h"
#include "server/demo_opinions.h"

enum {
    NINE_MS = 9 * 3600 * 1000,
    BEGUN = 10,   /* days into the year */
    GIVEN = 20,   /* days to sign */
    OVER = 60,    /* from then on the story lies behind us */
    UNSIGNED = 9, /* one in so many */
    CHANGED = 2,
    CAME = 700
};

static const char *const TEXTS[] = { "pledge_understand", "pledge_consult", "pledge_propose",
                                     "pledge_discipline", "pledge_rules",   "pledge_conduct" };

static void on_day(struct rq *rq, i64 day)
{
    rq->today = day;
    rq->now_ms = day_start_ms(day) + NINE_MS;
}

/* Who will leave: beside the city's members, so that these stay as many as they are. */
static err come(struct rq *rq, const struct demo *d, i64 *id)
{
    struct member first;
    char result;
    TRY(member_find(rq, d->members[0].id, &first));
    const struct member_record record = { .name = demo_text("pledge_name_left"),
                                          .sector = first.sector_name,
                                          .birth_on = BIRTH_UNKNOWN,
                                          .from_on = d->today - CAME };
    return member_save_record(rq, &record, id, &result);
}

static err leave(struct rq *rq, const struct demo *d, i64 member_id)
{
    const struct member_act removed = { .verb = str_of("remove"),
                                        .on_on = rq->today,
                                        .organ = demo_text("departure_standing"),
                                        .reason = demo_text("departure_job_changed") };
    TRY(demo_opinion_be(rq, d, d->staff, NULL));
    return member_record_act(rq, member_id, &removed);
}

static err sign(struct rq *rq, const struct demo_member *m, const char *verb, str reason)
{
    struct pledge p;
    struct pledge_input in = { .signature = m->name,
                               .reason = reason,
                               .proposals = 1 + m->id % 2,
                               .opinions = m->id % 3,
                               .activities = 4 };
    for (size_t i = 0; i < sizeof TEXTS / sizeof *TEXTS; i++)
        strs_add(rq->mem, &in.texts, demo_text(TEXTS[i]));
    TRY(pledge_find(rq, m->id, scores_year_of(rq, rq->today), &p));
    return demo_opinion_step(rq, &PLEDGES_FLOW, p.id, verb, &in);
}

static err sign_most(struct rq *rq, const struct demo *d)
{
    for (size_t i = 0; i < d->member_count; i++) {
        const struct demo_member *m = &d->members[i];
        if (i % UNSIGNED == UNSIGNED - 1)
            continue;
        TRY(demo_opinion_be(rq, d, m->account_id, m));
        TRY(sign(rq, m, "sign", str_of("")));
    }
    return OK;
}

err demo_make_pledges(struct rq *rq, void *demo)
{
    const struct demo *d = demo;
    struct scores_days days = scores_period_days(rq, scores_year_of(rq, d->today));
    i64 begun = d->today - days.from > OVER ? days.from + BEGUN : d->today;
    i64 last = begun + GIVEN < days.to ? begun + GIVEN : days.to, left, count;
    struct pledge_call_input call = { .due_on = last };
    on_day(rq, begun);
    TRY(come(rq, d, &left));
    TRY(demo_opinion_be(rq, d, d->staff, NULL));
    strs_add(rq->mem, &call.audience, str_of("members"));
    TRY(pledge_call(rq, &call, &count));
    on_day(rq, begun < d->today ? begun + 3 : begun);
    TRY(sign_most(rq, d));
    on_day(rq, d->today);
    const struct demo_member *changed = &d->members[CHANGED];
    TRY(demo_opinion_be(rq, d, changed->account_id, changed));
    TRY(sign(rq, changed, "amend", demo_text("pledge_reason")));
    return leave(rq, d, left);
}
