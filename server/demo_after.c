/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What goes on beside the demo's cases and after their answers: promises, looking back, leaders'
 * notes, urging, key and excellent proposals, publications taken down. The cases: demo_cases.c. */
#include "modules/flagships/flagship.h"
#include "modules/outcomes/outcome_rules.h"
#include "modules/publications/publication_store.h"
#include "modules/urgings/urging_rules.h"
#include "server/demo_acting.h"

/* ---- promises ---- */

static err report(struct acting *a, const struct promise *p, const char *verb, const char *said)
{
    str text = demo_said(a, said);
    if (strcmp(verb, "progress") == 0)
        return demo_act(a, &PROMISES_FLOW, p->id, verb,
                        &(struct progress_input){ p->id, 10 * (3 + demo_dice(a, 6)), text });
    return demo_act(a, &PROMISES_FLOW, p->id, verb, &(struct promise_reason_input){ p->id, text });
}

static err more_time(struct acting *a, const struct promise *p)
{
    i64 from_on = p->due_on > a->rq->today ? p->due_on : a->rq->today;
    struct promise_day_input in = { p->id, from_on + 60, demo_said(a, "renew") };
    TRY(demo_act(a, &PROMISES_FLOW, p->id, "renew", &in));
    if (!a->c->quick && demo_dice(a, 3) == 0)
        return OK; /* not decided yet */
    demo_be_office(a, a->demo->staff);
    return demo_act(a, &PROMISES_FLOW, p->id, "decide_renewal",
                    &(struct decide_renewal_input){ p->id, str_of("granted"),
                                                    demo_said(a, "renew_yes") });
}

static err not_kept(struct acting *a, const struct promise *p)
{
    i64 to_on = (p->due_on > a->rq->today ? p->due_on : a->rq->today) + 40;
    demo_be_office(a, a->demo->staff);
    TRY(report(a, p, "miss", "missed"));
    if (a->c->quick || demo_dice(a, 3) > 0)
        return OK;
    return demo_act(a, &PROMISES_FLOW, p->id, "reopen",
                    &(struct promise_day_input){ p->id, to_on, demo_said(a, "reopen") });
}

/* Two of three are kept and checked; for the others there is more time, more to show, or not. */
static err keep_one(struct acting *a, const struct promise *p)
{
    static const i64 LUCK[] = { 1, 11, 13, 14 };
    bool meant = a->c->road >= PROMISE_KEPT && a->c->road <= PROMISE_BROKEN;
    i64 luck = meant ? LUCK[a->c->road - PROMISE_KEPT] : demo_dice(a, 15);
    if (!promise_is_open(p))
        return OK;
    if (luck == 14)
        return not_kept(a, p);
    demo_be_agency(a, p->agency_id);
    if (luck == 13)
        return more_time(a, p);
    if (luck > 10)
        return report(a, p, "progress", "progress");
    TRY(report(a, p, "meet", "met"));
    demo_be_office(a, a->demo->staff);
    if (luck == 10)
        return report(a, p, "supplement", "evidence_more");
    return luck > 0 ? report(a, p, "confirm", "confirmed") : OK;
}

err demo_keep(struct acting *a)
{
    struct rows rows;
    TRY(promise_store_list_of(a->rq->db, str_of("proposals"), a->c->id, a->rq->mem, &rows));
    const struct promise *all = rows.items;
    for (size_t i = 0; i < rows.count; i++)
        TRY(keep_one(a, &all[i]));
    demo_later(a, 50, 70, demo_dice(a, 10) ? LOOK : POSTPONE);
    return OK;
}

/* ---- looking back ---- */

/* The visit that is planned; id 0 = none. */
static err planned(struct acting *a, struct followup *out)
{
    struct rows rows;
    *out = (struct followup){ 0 };
    TRY(followup_store_list_of(a->rq->db, str_of("proposals"), a->c->id, a->rq->mem, &rows));
    const struct followup *all = rows.items;
    for (size_t i = 0; i < rows.count; i++)
        if (str_is(all[i].state, "planned"))
            *out = all[i];
    return OK;
}

err demo_postpone(struct acting *a)
{
    struct followup f;
    TRY(planned(a, &f));
    i64 from_on = f.planned_on > a->rq->today ? f.planned_on : a->rq->today;
    demo_be_office(a, a->demo->staff);
    if (f.id > 0)
        TRY(demo_act(a, &FOLLOWUPS_FLOW, f.id, "postpone",
                     &(struct postpone_input){ f.id, from_on + 30, demo_said(a, "postpone") }));
    demo_later(a, 15, 30, LOOK);
    return OK;
}

/* What was not solved is proposed to be urged by the house itself; it goes on from there. */
static err urge_it(struct acting *a)
{
    struct rows rows;
    TRY(urging_store_list_of(a->rq->db, str_of("proposals"), a->c->id, a->rq->mem, &rows));
    const struct urging *all = rows.items;
    if (rows.count > 0 && str_is(all[0].state, "proposed")) {
        demo_spawn(a, 1, 4, ISSUE);
        a->cases->spawned[a->cases->spawned_count - 1].thing = all[0].id;
    }
    return OK;
}

/* What was still running is done by now, in nine of ten cases. */
static err finish_one(struct acting *a, const struct promise *p)
{
    if (!promise_is_open(p) || a->c->quick || demo_dice(a, 10) == 0)
        return OK;
    demo_be_agency(a, p->agency_id);
    TRY(report(a, p, "meet", "met"));
    demo_be_office(a, a->demo->staff);
    return report(a, p, "confirm", "confirmed");
}

static err finish_promises(struct acting *a)
{
    struct rows rows;
    TRY(promise_store_list_of(a->rq->db, str_of("proposals"), a->c->id, a->rq->mem, &rows));
    const struct promise *all = rows.items;
    for (size_t i = 0; i < rows.count; i++)
        TRY(finish_one(a, &all[i]));
    return OK;
}

err demo_look(struct acting *a)
{
    static const char *const RESULTS[] = { "partly", "unsolved", "solved" };
    struct followup f;
    i64 dice = demo_dice(a, 25);
    const char *result = RESULTS[a->c->looked || dice > 2 ? 2 : dice > 0 ? 0 : 1];
    TRY(finish_promises(a));
    TRY(planned(a, &f));
    if (f.id == 0) {
        demo_later(a, 20, 120, ARCHIVE);
        return OK;
    }
    if (!a->c->collective && demo_dice(a, 3) == 0) {
        demo_be_writer(a);
        TRY(demo_act(a, &FOLLOWUPS_FLOW, f.id, "recheck",
                     &(struct recheck_input){ f.id, str_of("partly"), demo_said(a, "recheck") }));
    }
    demo_be_office(a, a->demo->staff);
    TRY(demo_act(a, &FOLLOWUPS_FLOW, f.id, "record",
                 &(struct record_input){ .id = f.id,
                                         .held_on = a->rq->today,
                                         .place = demo_words(a, str_of("{place}")),
                                         .visitors = demo_name(a->demo),
                                         .result = str_of(result),
                                         .text = demo_said(a, "looked") }));
    if (strcmp(result, "unsolved") == 0)
        TRY(urge_it(a));
    a->c->looked = true;
    if (strcmp(result, "solved") == 0)
        demo_later(a, 20, 160, ARCHIVE);
    else
        demo_later(a, 175, 190, LOOK);
    return OK;
}

/* Some are put away; what is tracked, or waits for a letter, cannot be yet. */
err demo_archive(struct acting *a)
{
    demo_be_office(a, a->demo->staff);
    err e = demo_act(a, &PROPOSALS_FLOW, a->c->id, "archive", NULL);
    demo_end(a);
    return e.code == ERR_CONFLICT ? OK : e;
}

/* ---- publications ---- */

err demo_reconsider(struct acting *a)
{
    demo_be_writer(a);
    TRY(demo_act(a, &PROPOSALS_FLOW, a->c->id, "reconsider",
                 &(struct proposal_consent_input){ a->c->id, str_of("no"),
                                                   demo_said(a, "reconsider") }));
    demo_end(a);
    return OK;
}

static err find_publication(struct acting *a, struct publication *out)
{
    return publication_store_find_of(a->rq->db, a->c->id, a->rq->mem, out);
}

err demo_retract(struct acting *a)
{
    struct publication u;
    TRY(find_publication(a, &u));
    demo_be_office(a, a->demo->staff);
    TRY(demo_act(a, &PUBLICATIONS_FLOW, u.id, "retract",
                 &(struct publication_reason_input){ u.id, demo_said(a, "retract") }));
    demo_later(a, 10, 30, PREPARE);
    return OK;
}

err demo_prepare(struct acting *a)
{
    struct publication u;
    TRY(find_publication(a, &u));
    demo_be_office(a, a->demo->staff);
    TRY(demo_act(a, &PUBLICATIONS_FLOW, u.id, "prepare", NULL));
    demo_end(a);
    return OK;
}

/* ---- a leader's note ---- */

err demo_instruct(struct acting *a)
{
    struct assignment x;
    TRY(demo_host(a, &x));
    struct instruction_input in = { .id = a->c->id,
                                    .instructed_on = a->rq->today,
                                    .leader = demo_said(a, "decider"),
                                    .level = demo_said(a, "level"),
                                    .text = demo_said(a, "instruct"),
                                    .to_agency =
                                        arena_printf(a->rq->mem, "%lld", (long long)x.agency_id) };
    demo_be_office(a, a->demo->staff);
    TRY(instruction_add(a->rq, a->c->id, &in));
    TRY(urge_it(a));
    demo_end(a);
    return OK;
}

/* ---- urging ---- */

err demo_remind(struct acting *a)
{
    struct assignment x;
    struct reminder sent;
    TRY(demo_host(a, &x));
    struct remind_input in = { .flow = str_of("assignments"),
                               .subject_id = x.id,
                               .text = demo_said(a, "remind") };
    demo_be_office(a, a->demo->staff);
    err e = reminder_send(a->rq, &in, &sent);
    if (e.code != ERR_NONE && e.code != ERR_CONFLICT)
        return e;
    demo_later(a, 2, 4, PROPOSE_URGING);
    return OK;
}

err demo_propose_urging(struct acting *a)
{
    struct assignment x;
    TRY(demo_host(a, &x));
    struct urging_new wanted = {
        .flow = "assignments", .cause = "overdue", .subject_id = x.id, .late_on = x.due_on
    };
    demo_be_office(a, a->demo->reviewer);
    err e = urging_propose(a->rq, &wanted, &a->c->thing);
    demo_later(a, 1, 3, ISSUE);
    if (e.code == ERR_CONFLICT)
        demo_end(a); /* it is over */
    return e.code == ERR_CONFLICT ? OK : e;
}

/* What has ended by itself in between needs nothing more. */
static err urge(struct acting *a, const char *verb, const void *input)
{
    err e = demo_act(a, &URGINGS_FLOW, a->c->thing, verb, input);
    if (!err_is(e, "flows.state") && !err_is(e, "urgings.over"))
        return e;
    a->c->step = DONE;
    return OK;
}

static void urged(struct acting *a, i64 least, i64 most, enum step next)
{
    if (a->c->step == DONE)
        demo_end(a);
    else
        demo_later(a, least, most, next);
}

static err be_urged(struct acting *a)
{
    struct urging u;
    TRY(urging_store_find(a->rq->db, a->c->thing, a->rq->mem, &u));
    demo_be_agency(a, u.agency_id);
    return OK;
}

static err say(struct acting *a, const char *verb, const char *said)
{
    return urge(a, verb, &(struct urging_words_input){ a->c->thing, demo_said(a, said) });
}

err demo_issue(struct acting *a)
{
    struct urging_issue_input in = { a->c->thing, 0, demo_said(a, "issue") };
    demo_be(a, a->demo->leader, demo_said(a, "champion_post"));
    if (a->c->road == DROPPED) {
        TRY(say(a, "drop", "urge_drop"));
        demo_end(a);
        return OK;
    }
    TRY(urge(a, "issue", &in));
    urged(a, 1, 2, ACCEPT_URGING);
    return OK;
}

err demo_accept_urging(struct acting *a)
{
    TRY(be_urged(a));
    TRY(urge(a, "accept", NULL));
    urged(a, 3, 9, ANSWER_URGING);
    return OK;
}

err demo_answer_urging(struct acting *a)
{
    bool first = a->c->step == ANSWER_URGING;
    bool lacks = first && (a->c->stop == ANSWER_AGAIN || demo_dice(a, 4) == 0);
    TRY(be_urged(a));
    TRY(say(a, "answer", "urge_answer"));
    urged(a, 1, 4, lacks ? SUPPLEMENT_URGING : PASS_URGING);
    return OK;
}

err demo_supplement_urging(struct acting *a)
{
    struct urging_supplement_input in = { a->c->thing, 0, demo_said(a, "urge_supplement") };
    struct urging_talk_input talk = { a->c->thing, a->rq->today, demo_said(a, "summoned"),
                                      demo_said(a, "summon") };
    demo_be(a, a->demo->leader, demo_said(a, "champion_post"));
    TRY(urge(a, "supplement", &in));
    if (a->c->step != DONE)
        TRY(urge(a, "summon", &talk));
    urged(a, 2, 6, ANSWER_AGAIN);
    return OK;
}

err demo_pass_urging(struct acting *a)
{
    demo_be(a, a->demo->leader, demo_said(a, "champion_post"));
    TRY(say(a, "pass", "urge_pass"));
    urged(a, 31, 45, CLOSE_URGING);
    return OK;
}

err demo_close_urging(struct acting *a)
{
    demo_be(a, a->demo->leader, demo_said(a, "champion_post"));
    TRY(say(a, "close", "urge_close"));
    demo_end(a);
    return OK;
}

/* ---- key proposals ---- */

/* Vice chairs lead them. */
static size_t champion(const struct acting *a)
{
    return 1 + (size_t)a->c->id % 4;
}

err demo_nominate(struct acting *a)
{
    struct flagship_nominate_input in = { a->c->id, demo_said(a, "nominate") };
    demo_be_office(a, a->demo->staff);
    err e = flagship_nominate(a->rq, a->c->id, &in, &a->c->thing);
    demo_later(a, 5, 15, CHOOSE);
    if (e.code == ERR_CONFLICT)
        demo_end(a);
    return e.code == ERR_CONFLICT ? OK : e;
}

static err flag(struct acting *a, const char *verb, const void *input)
{
    return demo_act(a, &FLAGSHIPS_FLOW, a->c->thing, verb, input);
}

err demo_choose(struct acting *a)
{
    struct flagship_choose_input in = { .id = a->c->thing,
                                        .decided_on = a->rq->today,
                                        .champion_name = a->demo->members[champion(a)].name,
                                        .champion_post = demo_said(a, "champion_post"),
                                        .meeting = demo_said(a, "chairs") };
    demo_be(a, a->demo->leader, demo_said(a, "champion_post"));
    if (a->c->road == FLAG_DECLINED) {
        TRY(flag(a, "decline",
                 &(struct flagship_reason_input){ a->c->thing, demo_said(a, "flag_decline") }));
        demo_end(a);
        return OK;
    }
    TRY(flag(a, "choose", &in));
    demo_later(a, 3, 9, PLAN);
    return OK;
}

err demo_plan(struct acting *a)
{
    struct flagship_plan_input in = { .id = a->c->thing,
                                      .plan_on = a->rq->today + 30,
                                      .plan_form = str_of("survey"),
                                      .plan_who = demo_said(a, "plan_who"),
                                      .plan = demo_said(a, "plan") };
    demo_be_office(a, a->demo->staff);
    TRY(flag(a, "plan", &in));
    demo_later(a, 2, 8, APPROVE);
    return OK;
}

/* The first draft of one in four goes back once. */
err demo_approve(struct acting *a)
{
    demo_be_person(a, champion(a));
    if (!a->c->looked && !a->c->quick && demo_dice(a, 4) == 0) {
        a->c->looked = true;
        TRY(flag(a, "supplement",
                 &(struct flagship_reason_input){ a->c->thing, demo_said(a, "plan_back") }));
        demo_later(a, 2, 8, PLAN);
        return OK;
    }
    TRY(flag(a, "approve", NULL));
    a->c->looked = false;
    demo_later(a, 15, 40, RECORD);
    return OK;
}

err demo_record(struct acting *a)
{
    bool again = a->c->looked;
    struct flagship_record_input in = { .id = a->c->thing,
                                        .held_on = a->rq->today,
                                        .kind = str_of(again ? "meeting" : "research"),
                                        .text = demo_said(a, again ? "record_meeting"
                                                                   : "record_research") };
    demo_be_office(a, a->demo->staff);
    TRY(flag(a, "record", &in));
    a->c->looked = true;
    demo_later(a, 15, 50, again ? FINISH : RECORD);
    return OK;
}

err demo_finish(struct acting *a)
{
    struct flagship_finish_input in = { a->c->thing, a->rq->today, demo_said(a, "finish") };
    demo_be_office(a, a->demo->staff);
    TRY(flag(a, "finish", &in));
    demo_end(a);
    return OK;
}

/* ---- excellent ones ---- */

err demo_commend(struct acting *a)
{
    struct commendation_nominate_input in = { a->c->id, demo_said(a, "nominator"),
                                              demo_said(a, "commend") };
    demo_be_office(a, a->demo->staff);
    TRY(commendation_nominate(a->rq, a->c->id, &in, &a->c->thing));
    demo_later(a, 20, 60, COMMEND_CHOOSE);
    return OK;
}

err demo_commend_choose(struct acting *a)
{
    struct commendation_choose_input in = { a->c->thing, a->rq->today };
    demo_be(a, a->demo->leader, demo_said(a, "champion_post"));
    if (a->c->road == NOT_COMMENDED)
        TRY(demo_act(a, &COMMENDATIONS_FLOW, a->c->thing, "drop",
                     &(struct flagship_reason_input){ a->c->thing, demo_said(a, "commend_drop") }));
    else
        TRY(demo_act(a, &COMMENDATIONS_FLOW, a->c->thing, "choose", &in));
    demo_end(a);
    return OK;
}
