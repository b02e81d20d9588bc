/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The year of the demo's house beside its cases: calls with topics, the meeting where cases are
 * handed out, notices, members' wishes, circulars, and the ladder of what is late in the last
 * weeks. The cases: demo_cases.c. */
#include "modules/calls/call_rules.h"
#include "modules/members/member.h"
#include "modules/members/member_rules.h"
#include "modules/members/member_store.h"
#include "modules/notices/notice.h"
#include "modules/orgs/session.h"
#include "modules/preassignments/preassignment.h"
#include "modules/urgings/urging_rules.h"
#include "platform/text/texts.h"
#include "server/demo_acting.h"

/* On which days what begins; subject: which of its kind. */
static const struct beginning {
    int ago;
    enum step first, stop;
    int which;
} BEGINNINGS[] = {
    { 720, CALL_WRITE, WRITE, 0 },
    { 600, CALL_WRITE, WRITE, 1 },
    { 400, CALL_WRITE, WRITE, 0 },
    { 40, CALL_WRITE, WRITE, 1 },
    { 3, CALL_WRITE, CALL_PUBLISH, 2 },
    { 700, MEETING, WRITE, 0 },
    { 250, MEETING, WRITE, 0 },
    { 6, MEETING, MINUTES, 0 },
    { 300, NOTICE_WRITE, WRITE, 0 },
    { 120, NOTICE_WRITE, WRITE, 1 },
    { 60, NOTICE_WRITE, NOTICE_RETRACT, 3 },
    { 30, NOTICE_WRITE, WRITE, 2 },
    { 4, NOTICE_WRITE, NOTICE_PUBLISH, 0 },
    { 90, AMEND, WRITE, 0 },
    { 50, AMEND, WRITE, 1 },
    { 5, AMEND, AMEND_DECIDE, 2 },
    { 240, CIRCULAR, WRITE, 0 },
    { 20, CIRCULAR, WRITE, 0 },
};

enum { LADDER_DAYS = 40 };

void demo_year_begin(struct demo_cases *c)
{
    for (size_t i = 0; i < sizeof BEGINNINGS / sizeof *BEGINNINGS; i++) {
        const struct beginning *b = &BEGINNINGS[i];
        struct demo_case *one = demo_begin(c, c->demo->today - b->ago, b->first);
        one->stop = (unsigned char)b->stop;
        one->subject = (unsigned short)b->which;
        one->quick = true;
    }
    for (i64 ago = LADDER_DAYS; ago >= 0; ago--)
        demo_begin(c, c->demo->today - ago, LADDER)->quick = true;
}

/* ---- calls ---- */

static void add_topics(struct acting *a, struct call_input *in)
{
    for (size_t i = 0; i < 4; i++) {
        const struct demo_subject *s =
            &a->demo->subjects[(size_t)(a->rq->today + (i64)i * 17) % a->demo->subject_count];
        str title = demo_words(a, s->title);
        strs_add(a->rq->mem, &in->titles, str_cut_chars(title, 40));
        strs_add(a->rq->mem, &in->texts, demo_words(a, s->analysis));
        strs_add(a->rq->mem, &in->sources, demo_said(a, "call_source"));
    }
}

err demo_call_write(struct acting *a)
{
    static const char *const NAMES[] = { "call_plenary", "call_between", "call_draft" };
    bool plenary = a->c->subject == 0;
    struct call_input in = { .name = demo_said(a, NAMES[a->c->subject % 3]),
                             .timing = str_of(plenary ? "plenary" : "between"),
                             .from_on = a->rq->today + 1,
                             .until_on = a->rq->today + 61,
                             .text = demo_said(a, "call_text") };
    add_topics(a, &in);
    demo_be_office(a, a->demo->staff);
    TRY(call_save(a->rq, &in, &a->c->thing));
    demo_later(a, 1, 1, CALL_PUBLISH);
    return OK;
}

err demo_call_publish(struct acting *a)
{
    demo_be_office(a, a->demo->staff);
    TRY(demo_act(a, &CALLS_FLOW, a->c->thing, "publish", NULL));
    demo_later(a, 61, 61, CALL_CLOSE);
    return OK;
}

err demo_call_close(struct acting *a)
{
    demo_be_office(a, a->demo->staff);
    TRY(demo_act(a, &CALLS_FLOW, a->c->thing, "close", NULL));
    demo_end(a);
    return OK;
}

/* ---- the meeting where cases are handed out ---- */

err demo_meeting(struct acting *a)
{
    struct session session;
    TRY(session_on(a->rq, a->rq->today, &session));
    struct preassignment_meeting_input in = { .held_on = a->rq->today + 5,
                                              .session = arena_printf(a->rq->mem, "%lld",
                                                                      (long long)session.id),
                                              .name = demo_said(a, "meeting"),
                                              .place = demo_said(a, "hall") };
    demo_be_office(a, a->demo->dispatcher);
    TRY(preassignment_meeting_save(a->rq, &in, &a->c->thing));
    demo_later(a, 5, 5, MINUTES);
    return OK;
}

err demo_minutes(struct acting *a)
{
    struct preassignment_meeting m;
    TRY(preassignment_meeting_find(a->rq, a->c->thing, &m));
    struct minutes_input in = { m.id, m.version, m.held_on, demo_said(a, "minutes") };
    demo_be_office(a, a->demo->dispatcher);
    TRY(preassignment_meeting_record(a->rq, &in));
    demo_end(a);
    return OK;
}

/* ---- notices ---- */

err demo_notice_write(struct acting *a)
{
    static const char *const TITLES[] = { "notice_a", "notice_b", "notice_c", "notice_d" };
    struct notice_input in = { .title = demo_said(a, TITLES[a->c->subject % 4]),
                               .body = demo_said(a, "notice_text") };
    strs_add(a->rq->mem, &in.audience, str_of(a->c->subject == 2 ? "agencies" : "members"));
    demo_be_office(a, a->demo->staff);
    TRY(notice_save(a->rq, 0, &in, &a->c->thing));
    demo_later(a, 0, 0, NOTICE_PUBLISH);
    return OK;
}

err demo_notice_publish(struct acting *a)
{
    bool wrong = a->c->stop == NOTICE_RETRACT;
    demo_be_office(a, a->demo->staff);
    TRY(demo_act(a, &NOTICES_FLOW, a->c->thing, "publish", NULL));
    a->c->stop = WRITE;
    demo_later(a, 1, 1, NOTICE_RETRACT);
    if (!wrong)
        demo_end(a);
    return OK;
}

err demo_notice_retract(struct acting *a)
{
    demo_be_office(a, a->demo->staff);
    TRY(demo_act(a, &NOTICES_FLOW, a->c->thing, "retract", NULL));
    demo_end(a);
    return OK;
}

/* ---- what members wish to have changed in their own data ---- */

err demo_amend(struct acting *a)
{
    const struct demo_member *m = &a->demo->members[20 + a->c->subject];
    struct member_wish wish = { .job = demo_said(a, "summoned"), .version = 0 };
    i64 asked = 0;
    struct member member;
    struct person person;
    TRY(member_find(a->rq, m->id, &member));
    TRY(person_store_find(a->rq->db, m->person_id, a->rq->mem, &person));
    wish.employer = member.employer;
    wish.education = person.education;
    wish.party = person.party;
    demo_be_person(a, 20 + (size_t)a->c->subject);
    TRY(member_amend(a->rq, m->person_id, &wish, &asked));
    demo_later(a, 2, 2, AMEND_DECIDE);
    return OK;
}

/* The first is stored, the second is not. */
err demo_amend_decide(struct acting *a)
{
    struct rows rows;
    demo_be_office(a, a->demo->staff);
    TRY(amendment_store_list_open(a->rq->db, a->rq->mem, &rows));
    const struct amendment *all = rows.items;
    for (size_t i = 0; i < rows.count; i++) {
        struct decision in = { .approve = a->c->subject == 0,
                               .version = all[i].asked_at,
                               .reason = demo_said(a, "no_change") };
        TRY(member_amendment_decide(a->rq, all[i].id, &in));
    }
    demo_end(a);
    return OK;
}

/* ---- pressing ---- */

err demo_circular(struct acting *a)
{
    struct rows rows;
    struct circular_input in = { demo_said(a, "circular"), demo_said(a, "circular_text"), { 0 } };
    i64 id;
    demo_be(a, a->demo->leader, demo_said(a, "champion_post"));
    TRY(urging_store_list_named(a->rq->db, a->rq->mem, &rows));
    const struct urging *all = rows.items;
    in.urgings.items = arena_array(a->rq->mem, rows.count + 1, sizeof(i64));
    for (size_t i = 0; i < rows.count && i < 5; i++)
        in.urgings.items[in.urgings.count++] = all[i].id;
    demo_end(a);
    return in.urgings.count ? circular_publish(a->rq, &in, &id) : OK;
}

/* As the clock does it every half hour, by the house itself. */
err demo_ladder(struct acting *a)
{
    bool again = true;
    while (again) {
        struct arena_mark mark = arena_mark(a->rq->mem);
        TRY(job_urging_escalate(a->rq, &again));
        arena_reset_to(a->rq->mem, mark);
    }
    demo_end(a);
    return OK;
}
