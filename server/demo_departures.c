/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Members of the demo city who leave, in each state, by real steps of members and staff. Who really
 * goes has come beside the city's members, so that these stay as many as they are. Last of all. */
#include "modules/departures/departure.h"
#include "server/demo_opinions.h"

enum { NINE_MS = 9 * 3600 * 1000, ASKER = 40, CAME = 700, MOVED = 90 };

struct leaving {
    struct demo *d;
    i64 today;
};

static void on_day(struct rq *rq, i64 day)
{
    rq->today = day;
    rq->now_ms = day_start_ms(day) + NINE_MS;
}

static err as_staff(struct rq *rq, const struct leaving *l)
{
    return demo_opinion_be(rq, l->d, l->d->staff, NULL);
}

static err step(struct rq *rq, i64 id, const char *verb, const void *input)
{
    return demo_opinion_step(rq, &DEPARTURES_FLOW, id, verb, input);
}

/* A letter; what becomes of it. */
static err ask(struct rq *rq, struct leaving *l, size_t nth, const char *verb)
{
    const struct demo_member *m = &l->d->members[ASKER + nth];
    const struct departure_opinion_input no = { .opinion = demo_text("departure_declined") };
    i64 id;
    on_day(rq, l->today - 8);
    TRY(demo_opinion_be(rq, l->d, m->account_id, m));
    TRY(departure_ask(rq, demo_text("departure_letter"), &id));
    if (!verb)
        return OK;
    on_day(rq, l->today - 6);
    if (str_is(str_of(verb), "withdraw"))
        return step(rq, id, verb, NULL);
    TRY(as_staff(rq, l));
    return step(rq, id, verb, &no);
}

static err come(struct rq *rq, struct leaving *l, const char *name, i64 *id)
{
    struct member first;
    char result;
    TRY(member_find(rq, l->d->members[0].id, &first));
    const struct member_record record = { .name = demo_text(name),
                                          .sector = first.sector_name,
                                          .birth_on = BIRTH_UNKNOWN,
                                          .from_on = l->today - CAME };
    return member_save_record(rq, &record, id, &result);
}

static err act(struct rq *rq, struct leaving *l, i64 id, const struct member_act *act)
{
    on_day(rq, act->on_on);
    TRY(as_staff(rq, l));
    return member_record_act(rq, id, act);
}

/* The newest of a member. */
static err find(struct rq *rq, i64 member_id, const char *state, i64 *id)
{
    struct departure d;
    TRY(departure_store_find_in(rq->db, member_id, str_of(state), rq->mem, &d));
    *id = d.id;
    return OK;
}

static err revoke(struct rq *rq, struct leaving *l, i64 member_id, i64 day)
{
    const struct member_act revoked = { .verb = str_of("revoke"),
                                        .on_on = day,
                                        .organ = demo_text("departure_chairs"),
                                        .reason = demo_text("departure_violated"),
                                        .by_chairs = true };
    return act(rq, l, member_id, &revoked);
}

/* One whom the chairs wronged, and who has left his post since. */
static err make_removed(struct rq *rq, struct leaving *l)
{
    const struct departure_annul_input no = { .on_on = l->today - 60,
                                              .organ = demo_text("departure_standing"),
                                              .opinion = demo_text("departure_no_ground") };
    const struct departure_opinion_input arranged = { .opinion = demo_text("departure_arranged") };
    const struct member_act removed = { .verb = str_of("remove"),
                                        .on_on = l->today - 20,
                                        .organ = demo_text("departure_standing"),
                                        .reason = demo_text("departure_job_changed") };
    i64 member_id, id;
    TRY(come(rq, l, "departure_name_removed", &member_id));
    TRY(revoke(rq, l, member_id, l->today - 90));
    TRY(find(rq, member_id, "unratified", &id));
    on_day(rq, l->today - 60);
    TRY(step(rq, id, "annul", &no));
    TRY(act(rq, l, member_id, &removed));
    TRY(find(rq, member_id, "left", &id));
    return step(rq, id, "close", &arranged);
}

static err make_others(struct rq *rq, struct leaving *l)
{
    const struct member_act died = { .verb = str_of("decease"), .on_on = l->today - 12 };
    const struct member_act suspended = { .verb = str_of("suspend"),
                                          .on_on = l->today - 15,
                                          .organ = demo_text("departure_chairs"),
                                          .reason = demo_text("departure_trial") };
    i64 id;
    TRY(come(rq, l, "departure_name_revoked", &id));
    TRY(revoke(rq, l, id, l->today - 5));
    TRY(come(rq, l, "departure_name_deceased", &id));
    TRY(act(rq, l, id, &died));
    TRY(come(rq, l, "departure_name_suspended", &id));
    return act(rq, l, id, &suspended);
}

/* One of the city's members has gone to another sector within the year. */
static err make_moved(struct rq *rq, struct leaving *l)
{
    struct member m, other;
    char result;
    i64 id;
    TRY(member_find(rq, l->d->members[ASKER + 3].id, &m));
    other = m;
    for (size_t i = 0; i < l->d->member_count && str_eq(other.sector_name, m.sector_name); i++)
        TRY(member_find(rq, l->d->members[i].id, &other));
    const struct member_record record = { .code = m.code,
                                          .name = m.name,
                                          .sector = other.sector_name,
                                          .sector_on = l->today - MOVED,
                                          .organ = demo_text("departure_chairs"),
                                          .reason = demo_text("sector_moved"),
                                          .birth_on = BIRTH_UNKNOWN };
    on_day(rq, l->today);
    return member_save_record(rq, &record, &id, &result);
}

err demo_make_departures(struct rq *rq, void *demo)
{
    struct leaving l = { demo, rq->today };
    TRY(ask(rq, &l, 0, NULL));
    TRY(ask(rq, &l, 1, "withdraw"));
    TRY(ask(rq, &l, 2, "decline"));
    TRY(as_staff(rq, &l));
    TRY(make_removed(rq, &l));
    TRY(make_moved(rq, &l));
    return make_others(rq, &l);
}
