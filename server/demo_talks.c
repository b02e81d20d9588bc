/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Talks with members of the demo city beside those that grades ask for, in each state; exemptions;
 * warnings of absences. By real steps. */
#include "modules/exemptions/exemption_rules.h"
#include "modules/members/member.h"
#include "modules/talks/talk_rules.h"
#include "modules/warnings/warning.h"
#include "server/demo_opinions.h"

enum { NINE_MS = 9 * 3600 * 1000, FIRST = 60, LATER = 20, CAME = 700 };

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

static err make_corrected(struct rq *rq, const struct talking *t)
{
    const struct talk_new caution = { .kind = str_of("caution"),
                                      .ground = str_of("absence"),
                                      .words = demo_text("talk_absence") };
    const struct talk_hold_input held = { .on_on = t->today - 45,
                                          .talkers = demo_text("talk_talkers"),
                                          .record = demo_text("talk_record") };
    const struct talk_opinion_input well = { .opinion = demo_text("talk_corrected") };
    i64 id;
    on_day(rq, t->today - 50);
    TRY(ask(rq, t, 10, &caution, &id));
    on_day(rq, t->today - 45);
    TRY(step(rq, id, "hold", &held));
    on_day(rq, t->today - 7);
    return step(rq, id, "correct", &well);
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

static err make_dropped(struct rq *rq, const struct talking *t)
{
    const struct talk_new caution = { .kind = str_of("caution"),
                                      .ground = str_of("absence"),
                                      .words = demo_text("talk_absence") };
    const struct talk_opinion_input not_needed = { .opinion = demo_text("talk_dropped") };
    i64 id;
    on_day(rq, t->today - 6);
    TRY(ask(rq, t, 4, &caution, &id));
    return step(rq, id, "drop", &not_needed);
}

/* A summons that was held, and what the chairs decided then. */
static err decide(struct rq *rq, const struct talking *t, i64 member_id, const char *verb)
{
    const struct talk_new summons = { .member_id = member_id,
                                      .kind = str_of("interview"),
                                      .ground = str_of("conduct"),
                                      .words = demo_text("talk_conduct"),
                                      .asker = demo_text("departure_chairs"),
                                      .organ = demo_text("departure_chairs"),
                                      .decided_on = t->today - 26 };
    const struct talk_hold_input held = { .on_on = t->today - 20,
                                          .talkers = demo_text("talk_talkers"),
                                          .record = demo_text("talk_record") };
    const struct talk_decide_input decided = { .on_on = t->today - 2,
                                               .organ = demo_text("departure_chairs"),
                                               .reason = demo_text("talk_unheeded") };
    i64 id;
    on_day(rq, t->today - 25);
    TRY(as_staff(rq, t));
    TRY(talk_open(rq, &summons, &id));
    on_day(rq, t->today - 20);
    TRY(step(rq, id, "hold", &held));
    on_day(rq, t->today - 2);
    return step(rq, id, verb, &decided);
}

/* Who is revoked has come beside the city's members, so that these stay as many as they are; a
 * caution that he had yet to come to ends with his seat. */
static err make_decided(struct rq *rq, const struct talking *t)
{
    const struct talk_new caution = { .kind = str_of("caution"),
                                      .ground = str_of("absence"),
                                      .words = demo_text("talk_absence"),
                                      .asker = demo_text("departure_chairs") };
    struct talk_new his = caution;
    struct member first;
    char result;
    i64 id;
    TRY(as_staff(rq, t));
    TRY(member_find(rq, t->d->members[0].id, &first));
    const struct member_record record = { .name = demo_text("talk_name_revoked"),
                                          .sector = first.sector_name,
                                          .birth_on = BIRTH_UNKNOWN,
                                          .from_on = t->today - CAME };
    TRY(member_save_record(rq, &record, &his.member_id, &result));
    on_day(rq, t->today - 28);
    TRY(talk_open(rq, &his, &id));
    TRY(decide(rq, t, his.member_id, "revoke"));
    return decide(rq, t, t->d->members[FIRST + 5].id, "compel");
}

/* One who was ill for two months, put down when he was back; one who was taken for another. */
static err exempt(struct rq *rq, const struct talking *t, size_t nth, i64 *id)
{
    const struct exemption_input ill = {
        .from_on = t->today - 120,
        .to_on = t->today - 60,
        .decided_on = t->today - 55,
        .member = arena_printf(rq->mem, "%lld", (long long)t->d->members[FIRST + nth].id),
        .effect = str_of("days"),
        .ground = str_of("illness"),
        .words = demo_text("exemption_ill"),
        .organ = demo_text("departure_chairs")
    };
    on_day(rq, t->today - 50);
    TRY(as_staff(rq, t));
    return exemption_grant(rq, &ill, id);
}

static err make_exemptions(struct rq *rq, const struct talking *t)
{
    const struct exemption_undo_input mistaken = { .opinion = demo_text("exemption_mistaken") };
    i64 id;
    TRY(exempt(rq, t, 6, &id));
    TRY(exempt(rq, t, 7, &id));
    return demo_opinion_step(rq, &EXEMPTIONS_FLOW, id, "undo", &mistaken);
}

/* One that was told of somebody who is not near the rule any more: corrected, or of rules that hold
 * no more. */
static err was_warned(struct rq *rq, const struct talking *t, const struct warning *like,
                      size_t nth, const char *verb)
{
    const struct demo_member *m = &t->d->members[FIRST + nth];
    struct warning w = *like;
    w.member_id = m->id;
    w.person_id = m->person_id;
    w.name = m->name;
    w.begun_at = w.told_at = rq->now_ms;
    TRY(warning_store_add(rq->db, &w, &w.id));
    const struct flow_subject subject = { w.id, 1, w.state, w.name, str_of(""), &w };
    TRY(flow_begin_quiet(rq, &WARNINGS_FLOW, &subject));
    return flow_move(rq, &WARNINGS_FLOW, w.id, verb, NULL);
}

static err make_warnings(struct rq *rq, const struct talking *t)
{
    const struct warning_opinion_input settled = { .opinion = demo_text("warning_settled") };
    struct rows rows;
    i64 changed;
    on_day(rq, t->today);
    TRY(as_staff(rq, t));
    TRY(warning_sync(rq, &changed));
    TRY(warning_store_list(rq->db, rq->mem, &rows));
    const struct warning *all = rows.items;
    if (rows.count < 2)
        return OK;
    TRY(demo_opinion_step(rq, &WARNINGS_FLOW, all[0].id, "settle", &settled));
    struct warning old = all[1];
    old.state = str_of("open");
    TRY(was_warned(rq, t, &old, 8, "lift"));
    old.rule = demo_text("warning_old_rule");
    return was_warned(rq, t, &old, 9, "lapse");
}

err demo_make_talks(struct rq *rq, void *demo)
{
    const struct talking t = { demo, rq->today };
    TRY(make_caution(rq, &t));
    TRY(make_inquiries(rq, &t));
    TRY(make_corrected(rq, &t));
    TRY(make_raised(rq, &t));
    TRY(make_dropped(rq, &t));
    TRY(make_decided(rq, &t));
    TRY(make_exemptions(rq, &t));
    return make_warnings(rq, &t);
}
