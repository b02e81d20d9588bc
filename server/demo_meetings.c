/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Meetings of the demo city in each state, by real steps of a clerk, the leader and the members:
 * the plenary among them, with who was there, and the round of the year. After the opinions. */
#include "modules/meetings/checkin.h"
#include "modules/orgs/org.h"
#include "platform/base/str.h"
#include "server/demo_opinions.h"

enum {
    NINE_MS = 9 * 3600 * 1000,
    CHOSEN = 8,         /* who are invited to a small one */
    FIRST_CHOSEN = 20,  /* of the members */
    PLENARY_BACK = 200, /* days ago */
    PLENARY_DAYS = 3,
    LATE_EVERY = 23,
    LEAVE_EVERY = 17,
    PART_EVERY = 29,
    ABSENT_EVERY = 71,
    YEAR_DAYS = 365
};

struct making {
    struct demo *d;
    i64 today, now_ms;
};

static void on_day(struct rq *rq, i64 day)
{
    rq->today = day;
    rq->now_ms = day_start_ms(day) + NINE_MS;
}

static err as_staff(struct rq *rq, const struct making *m)
{
    return demo_opinion_be(rq, m->d, m->d->staff, NULL);
}

/* What a meeting of the demo is. last: days from the first. every: of the members one in so many,
 * from the at-th on. Else who is in the audience, or the chosen ones. */
struct plan {
    const char *kind, *title, *place, *audience;
    i64 from_on, last;
    bool voluntary;
    size_t every, at;
    const char *organiser; /* NULL = the office */
};

static void invite(struct rq *rq, const struct making *m, const struct plan *p, strs *audience)
{
    size_t from = p->every ? p->at : FIRST_CHOSEN, step = p->every ? p->every : 1;
    size_t end = p->every ? m->d->member_count : FIRST_CHOSEN + CHOSEN;
    if (p->audience)
        strs_add(rq->mem, audience, str_of(p->audience));
    for (size_t i = from; !p->audience && i < end; i += step)
        strs_add(rq->mem, audience,
                 arena_printf(rq->mem, "member:%lld", (long long)m->d->members[i].id));
}

static err draft(struct rq *rq, struct making *m, const struct plan *p, i64 *id)
{
    struct meeting_input in = { .from_on = p->from_on,
                                .to_on = p->from_on + p->last,
                                .places = p->voluntary ? CHOSEN : 0,
                                .kind = str_of(p->kind),
                                .title = demo_text(p->title),
                                .organiser = str_of(p->organiser ? p->organiser : "office"),
                                .attending = str_of(p->voluntary ? "voluntary" : "mandatory"),
                                .from_half = str_of("morning"),
                                .to_half = str_of(p->last ? "afternoon" : "morning"),
                                .hour = str_of("9:00"),
                                .place = demo_text(p->place),
                                .agenda = demo_text("meeting_agenda") };
    invite(rq, m, p, &in.audience);
    if (!p->organiser)
        TRY(as_staff(rq, m));
    return meeting_save(rq, 0, &in, id);
}

static err step(struct rq *rq, i64 id, const char *verb, const void *input)
{
    return demo_opinion_step(rq, &MEETINGS_FLOW, id, verb, input);
}

/* ---- answers ---- */

static const struct demo_member *member_of(const struct making *m, i64 person_id)
{
    for (size_t i = 0; i < m->d->member_count; i++)
        if (m->d->members[i].person_id == person_id)
            return &m->d->members[i];
    return NULL;
}

/* The k-th who was invited answers. */
static err answer(struct rq *rq, struct making *m, i64 id, size_t k, const char *verb)
{
    static const char *const KINDS[] = { "official", "illness", "affair" };
    struct rows rows;
    TRY(invitee_store_list(rq->db, id, rq->mem, &rows));
    if (k >= rows.count)
        return err_make(ERR_INTERNAL, "demo.seed");
    const struct invitee *i = &((const struct invitee *)rows.items)[k];
    const struct demo_member *member = member_of(m, i->person_id);
    if (!member)
        return err_make(ERR_INTERNAL, "demo.seed");
    const struct invitee_leave_input leave = { .kind = str_of(KINDS[k % 3]),
                                               .reason = demo_text("meeting_leave") };
    TRY(demo_opinion_be(rq, m->d, member->account_id, member));
    return demo_opinion_step(rq, &INVITEES_FLOW, i->id, verb,
                             strcmp(verb, "leave") == 0 ? &leave : NULL);
}

static err decide(struct rq *rq, struct making *m, i64 id, size_t k, const char *verb)
{
    const struct invitee_deny_input no = { .denial = demo_text("meeting_denial") };
    struct rows rows;
    TRY(invitee_store_list(rq->db, id, rq->mem, &rows));
    const struct invitee *i = &((const struct invitee *)rows.items)[k];
    const struct demo_member *approver = i->approver_id ? member_of(m, i->approver_id) : NULL;
    TRY(demo_opinion_be(rq, m->d, approver ? approver->account_id : m->d->leader, approver));
    return demo_opinion_step(rq, &INVITEES_FLOW, i->id, verb,
                             strcmp(verb, "deny") == 0 ? &no : NULL);
}

/* ---- who was there ---- */

static const char *result_of(size_t k, bool past)
{
    if (k % LEAVE_EVERY == LEAVE_EVERY - 1)
        return "leave";
    if (k % LATE_EVERY == LATE_EVERY - 1)
        return "late";
    if (k % PART_EVERY == PART_EVERY - 1)
        return "part";
    if (k % ABSENT_EVERY == ABSENT_EVERY - 1)
        return past ? "leave" : "absent";
    return "whole";
}

/* All lines at once; a short meeting has no parts. In the year before nobody stayed away without
 * leave: absences of this year are the first of the term. */
static err record(struct rq *rq, const struct making *made, i64 id, bool parts)
{
    struct attendance_input in = { 0 };
    struct meeting m;
    struct rows rows;
    TRY(meeting_store_find(rq->db, id, rq->mem, &m));
    TRY(invitee_store_list(rq->db, id, rq->mem, &rows));
    const struct invitee *all = rows.items;
    bool past = m.from_on < made->today - YEAR_DAYS;
    i64 *lines = arena_array(rq->mem, rows.count + 1, sizeof *lines);
    for (size_t k = 0; k < rows.count; k++) {
        str result = str_of(result_of(k, past));
        lines[k] = all[k].id;
        strs_add(rq->mem, &in.versions, arena_printf(rq->mem, "%lld", (long long)all[k].version));
        strs_add(rq->mem, &in.results, str_is(result, "part") && !parts ? str_of("late") : result);
        strs_add(rq->mem, &in.halves, str_of("3"));
    }
    in.invitees = (ids){ lines, rows.count };
    return attendance_record(rq, &m, &in);
}

/* ---- the meetings ---- */

static err make_plenary(struct rq *rq, struct making *m)
{
    const struct meeting_minutes_input minutes = { .minutes = demo_text("meeting_minutes") };
    const struct plan plan = { .kind = "plenary",
                               .title = "meeting_plenary",
                               .place = "meeting_hall",
                               .audience = "members",
                               .from_on = m->today - PLENARY_BACK,
                               .last = PLENARY_DAYS };
    i64 id;
    on_day(rq, m->today - PLENARY_BACK + PLENARY_DAYS + 1);
    TRY(draft(rq, m, &plan, &id));
    TRY(step(rq, id, "hold", NULL));
    TRY(record(rq, m, id, true));
    TRY(step(rq, id, "minute", &minutes));
    return step(rq, id, "settle", NULL);
}

/* Announced, answered, held; settled and corrected, or not yet. */
static err make_past(struct rq *rq, struct making *m, i64 days_ago, bool settled)
{
    const struct plan plan = { .kind = settled ? "committee" : "consultation",
                               .title = settled ? "meeting_committee" : "meeting_consultation",
                               .place = "meeting_room",
                               .from_on = m->today - days_ago };
    const struct invitee_correct_input to = { .result = str_of("late"),
                                              .opinion = demo_text("meeting_correction") };
    struct rows rows;
    i64 id;
    on_day(rq, plan.from_on - 8);
    TRY(draft(rq, m, &plan, &id));
    TRY(step(rq, id, "notify", NULL));
    for (size_t k = 0; k + 2 < CHOSEN; k++)
        TRY(answer(rq, m, id, k, "confirm"));
    on_day(rq, plan.from_on);
    TRY(as_staff(rq, m));
    TRY(step(rq, id, "hold", NULL));
    TRY(step(rq, id, "presume", NULL));
    if (!settled)
        return OK;
    TRY(record(rq, m, id, false));
    TRY(step(rq, id, "settle", NULL));
    TRY(invitee_store_list(rq->db, id, rq->mem, &rows));
    return demo_opinion_step(rq, &INVITEES_FLOW, ((const struct invitee *)rows.items)->id,
                             "correct", &to);
}

/* Today, with the gate open: some have come, one mark was taken back. */
static err make_today(struct rq *rq, struct making *m)
{
    const struct plan plan = {
        .kind = "study", .title = "meeting_today", .place = "meeting_room", .from_on = m->today
    };
    struct meeting made;
    struct rows rows;
    struct gate_outcome gate;
    i64 id, marks[CHOSEN];
    on_day(rq, m->today - 5);
    TRY(draft(rq, m, &plan, &id));
    TRY(step(rq, id, "notify", NULL));
    for (size_t k = 0; k + 1 < CHOSEN; k++)
        TRY(answer(rq, m, id, k, "confirm"));
    on_day(rq, m->today);
    rq->now_ms = m->now_ms; /* nobody has come at an hour that is still ahead */
    TRY(as_staff(rq, m));
    TRY(meeting_store_find(rq->db, id, rq->mem, &made));
    TRY(invitee_store_list(rq->db, id, rq->mem, &rows));
    for (size_t k = 0; k < CHOSEN; k++)
        marks[k] = ((const struct invitee *)rows.items)[k].id;
    struct gate_input in = { .id = id, .invitees = { marks, CHOSEN / 2 } };
    TRY(checkin_by_gate(rq, &made, &in, &gate));
    in.invitees.count = 1;
    in.undo = true;
    return checkin_by_gate(rq, &made, &in, &gate);
}

/* The standing committee: leave is asked, given, refused; somebody is left out. */
static err make_standing(struct rq *rq, struct making *m)
{
    const struct plan plan = { .kind = "standing",
                               .title = "meeting_standing",
                               .place = "meeting_hall",
                               .from_on = m->today + 12,
                               .last = 1 };
    struct rows rows;
    i64 id;
    TRY(draft(rq, m, &plan, &id));
    TRY(step(rq, id, "notify", NULL));
    TRY(answer(rq, m, id, 0, "confirm"));
    for (size_t k = 1; k <= 3; k++)
        TRY(answer(rq, m, id, k, "leave"));
    TRY(decide(rq, m, id, 1, "excuse"));
    TRY(decide(rq, m, id, 2, "deny"));
    TRY(as_staff(rq, m));
    TRY(invitee_store_list(rq->db, id, rq->mem, &rows));
    return demo_opinion_step(rq, &INVITEES_FLOW,
                             ((const struct invitee *)rows.items)[rows.count - 1].id, "drop", NULL);
}

static err make_ahead(struct rq *rq, struct making *m)
{
    const struct plan research = { .kind = "research",
                                   .title = "meeting_research",
                                   .place = "meeting_site",
                                   .from_on = m->today + 9,
                                   .voluntary = true };
    const struct plan training = { .kind = "training",
                                   .title = "meeting_training",
                                   .place = "meeting_room",
                                   .audience = "members",
                                   .from_on = m->today + 30,
                                   .last = 1 };
    const struct plan off = { .kind = "inspection",
                              .title = "meeting_inspection",
                              .place = "meeting_site",
                              .from_on = m->today + 15 };
    const struct meeting_reason_input why = { .opinion = demo_text("meeting_cancelled") };
    i64 id;
    TRY(draft(rq, m, &research, &id));
    TRY(step(rq, id, "notify", NULL));
    TRY(answer(rq, m, id, 0, "confirm"));
    TRY(answer(rq, m, id, 1, "decline"));
    TRY(draft(rq, m, &training, &id));
    TRY(draft(rq, m, &off, &id));
    TRY(step(rq, id, "notify", NULL));
    return step(rq, id, "cancel", &why);
}

/* Of the committee whose head has that role: announced by him, to its members. */
static err make_headed(struct rq *rq, struct making *m)
{
    const struct demo_member *head = &m->d->members[DEMO_HEAD];
    struct rows rows;
    i64 id;
    TRY(committee_list(rq, rq->today, &rows));
    const struct body *committees = rows.items;
    const char *committee = arena_printf(rq->mem, "committee:%lld", (long long)committees->id).ptr;
    const struct plan plan = { .kind = "committee",
                               .title = "meeting_headed",
                               .place = "meeting_room",
                               .audience = committee,
                               .organiser = committee,
                               .from_on = m->today + 11 }; /* others take the nearest, the newest */
    TRY(demo_opinion_be(rq, m->d, head->account_id, head));
    TRY(draft(rq, m, &plan, &id));
    TRY(step(rq, id, "notify", NULL));
    return as_staff(rq, m);
}

/* ---- the round of a year ---- */

/* What the members were at in the last half-year: everybody at a research or an inspection and at
 * the training, most at one or two more. Before that what they were at in the year before, with its
 * plenary, so that last year can be scored, too. */
static const struct {
    const char *kind, *title, *place, *audience;
    i64 days_ago;
    size_t every, at;
} ROUND[] = {
    { "plenary", "past_plenary", "meeting_hall", "members", 565, 0, 0 },
    { "research", "past_water", "meeting_site", NULL, 550, 2, 0 },
    { "inspection", "past_market", "meeting_site", NULL, 515, 2, 1 },
    { "inspection", "past_parks", "meeting_site", NULL, 505, 3, 1 },
    { "consultation", "past_rivers", "meeting_room", NULL, 490, 2, 1 },
    { "welfare", "past_books", "meeting_site", NULL, 440, 4, 2 },
    { "training", "past_training", "meeting_hall", "members", 410, 0, 0 },
    { "research", "round_waste", "meeting_site", NULL, 185, 2, 0 },
    { "standing", "round_standing_spring", "meeting_hall", "post:standing_member", 160, 0, 0 },
    { "consultation", "round_tourism", "meeting_room", NULL, 150, 4, 1 },
    { "research", "round_nursing", "meeting_site", NULL, 122, 2, 1 },
    { "standing", "round_standing_summer", "meeting_hall", "post:standing_member", 100, 0, 0 },
    { "inspection", "round_roads", "meeting_site", NULL, 91, 3, 0 },
    { "consultation", "round_tea", "meeting_room", NULL, 75, 4, 3 },
    { "inspection", "round_schools", "meeting_site", NULL, 62, 3, 1 },
    { "welfare", "round_clinic", "meeting_site", NULL, 50, 5, 2 },
    { "training", "round_training", "meeting_hall", "members", 45, 0, 0 },
    { "standing", "round_standing_autumn", "meeting_hall", "post:standing_member", 40, 0, 0 },
};

err demo_make_round(struct rq *rq, void *demo)
{
    struct making m = { .d = demo, .today = rq->today, .now_ms = rq->now_ms };
    size_t k = m.d->held++;
    const struct plan plan = { .kind = ROUND[k].kind,
                               .title = ROUND[k].title,
                               .place = ROUND[k].place,
                               .audience = ROUND[k].audience,
                               .from_on = m.today - ROUND[k].days_ago,
                               .last = strcmp(ROUND[k].kind, "plenary") == 0 ? PLENARY_DAYS : 0,
                               .every = ROUND[k].every,
                               .at = ROUND[k].at };
    i64 id;
    on_day(rq, plan.from_on + plan.last + 1);
    TRY(draft(rq, &m, &plan, &id));
    TRY(step(rq, id, "hold", NULL));
    TRY(record(rq, &m, id, plan.last > 0));
    return step(rq, id, "settle", NULL);
}

bool demo_round_done(const struct demo *d)
{
    return d->held >= sizeof ROUND / sizeof *ROUND;
}

err demo_make_meetings(struct rq *rq, void *demo)
{
    struct making m = { .d = demo, .today = rq->today, .now_ms = rq->now_ms };
    TRY(make_plenary(rq, &m));
    TRY(make_past(rq, &m, 30, true));
    TRY(make_past(rq, &m, 1, false));
    TRY(make_today(rq, &m));
    on_day(rq, m.today);
    rq->now_ms = m.now_ms;
    TRY(make_standing(rq, &m));
    TRY(make_ahead(rq, &m));
    return make_headed(rq, &m);
}
