/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Talks with members of the demo city beside those that grades ask for: one to come, a question
 * that waits and one that was answered, one that went on as a summons; warnings
 * of absences; an exemption. By real steps. */
#include "modules/exemptions/exemption_rules.h"
#include "modules/talks/talk_rules.h"
#include "modules/warnings/warning.h"
#include "server/demo_opinions.h"

enum { NINE_MS = 9 * 3600 * 1000, FIRST = 60, LATER = 20 };

struct talking {
    const struct demo *d;
    i64 today;
};

static void on_day(struct rq *rq, i64 day)
{
    rq->today = day;
    rq->now_ms = day_start_ms(day) + NINE_MS;
}

static err as_staff(struct rq *rq, const struct talking *t)
{
    return demo_opinion_be(rq, t->d, t->d->staff, NULL);
}

static err step(struct rq *rq, i64 id, const char *verb, const void *input)
{
    return demo_opinion_step(rq, &TALKS_FLOW, id, verb, input);
}

/* Asked for so many days ago. */
static err ask(struct rq *rq, const struct talking *t, size_t nth, const struct talk_new *of,
               i64 *id)
{
    struct talk_new talk = *of;
    talk.member_id = t->d->members[FIRST + nth].id;
    talk.asker = demo_text("departure_chairs");
    talk.leader_id = t->d->leader;
    talk.due_on = t->today + LATER;
    TRY(as_staff(rq, t));
    return talk_open(rq, &talk, id);
}

static err make_caution(struct rq *rq, const struct talking *t)
{
    const struct talk_new caution = { .kind = str_of("caution"),
                                      .ground = str_of("absence"),
                                      .words = demo_text("talk_absence") };
    i64 id;
    on_day(rq, t->today - 3);
    return ask(rq, t, 0, &caution, &id);
}

static err make_inquiries(struct rq *rq, const struct talking *t)
{
    const struct talk_new inquiry = { .kind = str_of("inquiry"),
                                      .ground = str_of("conduct"),
                                      .words = demo_text("talk_conduct"),
                                      .organ = demo_text("departure_chairs"),
                                      .decided_on = t->today - 9 };
    const struct talk_answer_input answer = { .words = demo_text("talk_answer") };
    const struct demo_member *m = &t->d->members[FIRST + 2];
    i64 id;
    on_day(rq, t->today - 8);
    TRY(ask(rq, t, 1, &inquiry, &id));
    TRY(ask(rq, t, 2, &inquiry, &id));
    on_day(rq, t->today - 4);
    TRY(demo_opinion_be(rq, t->d, m->account_id, m));
    return step(rq, id, "answer", &answer);
}

static err make_raised(struct rq *rq, const struct talking *t)
{
    const struct talk_new caution = { .kind = str_of("caution"),
                                      .ground = str_of("absence"),
                                      .words = demo_text("talk_absence") };
    const struct talk_hold_input held = { .on_on = t->today - 30,
                                          .talkers = demo_text("talk_talkers"),
                                          .record = demo_text("talk_record") };
    const struct talk_raise_input raised = { .kind = str_of("interview"),
                                             .words = demo_text("talk_raised"),
                                             .organ = demo_text("departure_chairs"),
                                             .decided_on = t->today - 10,
                                             .due_on = t->today + LATER };
    i64 id;
    on_day(rq, t->today - 40);
    TRY(ask(rq, t, 3, &caution, &id));
    on_day(rq, t->today - 30);
    TRY(step(rq, id, "hold", &held));
    on_day(rq, t->today - 10);
    return step(rq, id, "raise", &raised);
}

/* One who was ill for two months, put down when he was back. */
static err make_exemption(struct rq *rq, const struct talking *t)
{
    const struct exemption_input ill = {
        .from_on = t->today - 120,
        .to_on = t->today - 60,
        .decided_on = t->today - 55,
        .member = arena_printf(rq->mem, "%lld", (long long)t->d->members[FIRST + 4].id),
        .effect = str_of("days"),
        .ground = str_of("illness"),
        .words = demo_text("exemption_ill"),
        .organ = demo_text("departure_chairs")
    };
    i64 id;
    on_day(rq, t->today - 50);
    TRY(as_staff(rq, t));
    return exemption_grant(rq, &ill, &id);
}

err demo_make_talks(struct rq *rq, void *demo)
{
    const struct talking t = { demo, rq->today };
    i64 changed;
    TRY(make_caution(rq, &t));
    TRY(make_inquiries(rq, &t));
    TRY(make_raised(rq, &t));
    TRY(make_exemption(rq, &t));
    on_day(rq, t.today);
    TRY(as_staff(rq, &t));
    return warning_sync(rq, &changed);
}
