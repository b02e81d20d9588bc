/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Histories of the demo's proposals: the straight road. Each case is a small script whose next step
 * waits for its day; a heap gives the earliest one, so that numbers, trails and audit entries come
 * in the order of time. Steps whose day is still to come are not done: that spreads the cases over
 * all states. What no chance may leave out is in SHOWN; roads beside this one: demo_side.c. */
#include <assert.h>

#include "modules/assignments/assignment_store.h"
#include "modules/cosigners/drafter.h"
#include "modules/cosigners/endorsement.h"
#include "modules/drafts/draft.h"
#include "modules/evaluations/evaluation.h"
#include "modules/proposals/proposal_kinds.h"
#include "modules/publications/publication_store.h"
#include "platform/app.h"
#include "server/demo_acting.h"

enum { BATCH = 200, OPEN_HOUR_MS = 9 * 3600000 };

/* How many of a thousand go which road; the others go straight. */
static const struct {
    enum road road;
    int permille;
} ROADS[] = {
    { JOINT, 80 },          { SILENT, 20 },       { RECALLED, 5 },      { DIVERTED, 25 },
    { REJECTED, 55 },       { WITHDRAWN, 14 },    { KEPT, 6 },          { MERGED, 50 },
    { UNMERGED, 6 },        { TRIED, 50 },        { OBJECTED, 12 },     { MOVED, 8 },
    { BOUNCED, 90 },        { UPHELD, 30 },       { EXTENDED, 80 },     { REDRAFTED, 25 },
    { REDONE, 26 },         { MEDIATED, 9 },      { LATE, 15 },         { DROPPED, 4 },
    { FLAGSHIP, 10 },       { FLAG_DECLINED, 3 }, { TAKEN_DOWN, 6 },    { RECONSIDERED, 6 },
    { URGENT, 10 },         { SECRET, 3 },        { INSTRUCTED, 10 },   { CONTESTED_UPHELD, 8 },
    { CONTESTED_MOVED, 8 }, { COMMENDED, 12 },    { NOT_COMMENDED, 3 },
};

/* Cases that are there whatever the dice say, each resting before a step: written so many days ago,
 * then as fast as can be. Same subject: about one matter. */
static const struct shown {
    int ago;
    enum step stop; /* WRITE: never */
    enum road road;
    int subject;
} SHOWN[] = {
    { 1, SUBMIT, STRAIGHT, 1 },
    { 0, GATHER, SILENT, 2 },
    { 1, INVITE_AGAIN, RECALLED, 3 },
    { 2, SCREEN, STRAIGHT, 4 },
    { 3, RESUBMIT, STRAIGHT, 5 },
    { 3, DOCKET, STRAIGHT, 6 },
    { 9, ASSIGN, STRAIGHT, 7 },
    { 8, WRITE, MERGED, 7 },
    { 7, WRITE, MERGED, 7 },
    { 60, WRITE, DIVERTED, 8 },
    { 20, NOTE, DIVERTED, 9 },
    { 40, ARCHIVE, REJECTED, 10 },
    { 12, ARCHIVE, UNREACHED, 58 },
    { 9, WITHDRAW, WITHDRAWN, 11 },
    { 30, ARCHIVE, WITHDRAWN, 12 },
    { 5, TRIAL_ANSWER, TRIED, 13 },
    { 6, TRIAL_SETTLE, OBJECTED, 14 },
    { 9, ASSIGN, TRIED, 15 },
    { 12, ASSIGN, OBJECTED, 16 },
    { 12, ASSIGN, MOVED, 17 },
    { 8, ACCEPT, STRAIGHT, 18 },
    { 12, REASSIGN, BOUNCED, 19 },
    { 16, HEAR, CONTESTED_UPHELD, 20 },
    { 18, SETTLE_DISPUTE, CONTESTED_MOVED, 21 },
    { 60, WRITE, CONTESTED_UPHELD, 22 },
    { 40, DECIDE, EXTENDED, 23 },
    { 60, SIGN, STRAIGHT, 24 },
    { 60, REPLY_AGAIN, REDRAFTED, 25 },
    { 60, EVALUATE, STRAIGHT, 26 },
    { 60, CONTACT_REDO, REDONE, 27 },
    { 55, SETTLE, MEDIATED, 28 },
    { 60, MEDIATE, MEDIATED, 29 },
    { 80, KEEP, MEDIATED, 30 },
    { 140, ISSUE, LATE, 31 },
    { 140, ACCEPT_URGING, LATE, 32 },
    { 140, ANSWER_URGING, LATE, 33 },
    { 150, ANSWER_AGAIN, LATE, 34 },
    { 150, PASS_URGING, LATE, 35 },
    { 150, CLOSE_URGING, LATE, 36 },
    { 15, CHOOSE, FLAGSHIP, 37 },
    { 25, PLAN, FLAGSHIP, 38 },
    { 30, APPROVE, FLAGSHIP, 39 },
    { 90, FINISH, FLAGSHIP, 40 },
    { 150, WRITE, FLAGSHIP, 41 },
    { 60, WRITE, FLAG_DECLINED, 42 },
    { 60, WRITE, RECONSIDERED, 43 },
    { 70, PREPARE, TAKEN_DOWN, 44 },
    { 330, LOOK, REDONE, 45 },
    { 220, COMMEND_CHOOSE, COMMENDED, 46 },
    { 220, KEEP, NOT_COMMENDED, 47 },
    { 220, KEEP, COMMENDED, 48 },
    { 330, ARCHIVE, PROMISE_KEPT, 49 },
    { 160, LOOK, PROMISE_RUNNING, 50 },
    { 160, LOOK, PROMISE_RENEWED, 51 },
    { 160, LOOK, PROMISE_BROKEN, 52 },
    { 60, KEEP, PROMISE_KEPT, 53 },
    { 160, ARCHIVE, STRAIGHT, 54 },
    { 300, WRITE, STRAIGHT, 55 },
    { 60, WRITE, STRAIGHT, 56 },
    { 170, LOOK, INSTRUCTED, 57 },
};

/* ---- the heap ---- */

static void sift_down(struct demo_cases *c, size_t i)
{
    for (;;) {
        size_t least = i, left = 2 * i + 1;
        for (size_t k = left; k < left + 2 && k < c->count; k++)
            if (c->heap[k].at < c->heap[least].at)
                least = k;
        if (least == i)
            return;
        struct demo_case swap = c->heap[i];
        c->heap[i] = c->heap[least];
        c->heap[least] = swap;
        i = least;
    }
}

static void sift_up(struct demo_cases *c, size_t i)
{
    while (i > 0 && c->heap[i].at < c->heap[(i - 1) / 2].at) {
        struct demo_case swap = c->heap[i];
        c->heap[i] = c->heap[(i - 1) / 2];
        c->heap[(i - 1) / 2] = swap;
        i = (i - 1) / 2;
    }
}

bool demo_cases_done(const struct demo_cases *c)
{
    return c->count == 0 || c->heap[0].at > c->now || c->heap[0].step == DONE;
}

/* ---- who begins when ---- */

struct demo_case *demo_begin(struct demo_cases *c, i64 day, enum step first)
{
    struct demo *d = c->demo;
    assert(c->count < c->capacity);
    struct demo_case *one = &c->heap[c->count++];
    *one = (struct demo_case){ .at = day_start_ms(day) + OPEN_HOUR_MS +
                                     rng_below(&d->rng, 8 * 3600000),
                               .subject = (unsigned short)rng_below(&d->rng, (i64)d->subject_count),
                               .member = (unsigned short)rng_below(&d->rng, (i64)d->member_count),
                               .step = (unsigned char)first,
                               .round = 1,
                               .signers = 1 };
    return one;
}

/* A third in recent months, so that every state is seen; of the others most at the plenary. */
static i64 day_written(struct demo *d)
{
    i64 opened = d->today - 30 - rng_below(&d->rng, 980);
    int y, m, day;
    day_to_civil(opened, &y, &m, &day);
    if (rng_below(&d->rng, 3) == 0)
        opened = d->today - 1 - rng_below(&d->rng, 110);
    else if (rng_below(&d->rng, 10) < 7)
        opened = day_from_civil(y, 2, 10 + (int)rng_below(&d->rng, 14));
    if (opened < d->first_on - 10) /* for the plenary, at the earliest */
        opened = d->first_on - 10 + rng_below(&d->rng, 14);
    return opened < d->today ? opened : d->today - 1 - rng_below(&d->rng, 40);
}

static enum road draw_road(struct demo *d)
{
    i64 dice = rng_below(&d->side, 1000);
    for (size_t i = 0; i < sizeof ROADS / sizeof *ROADS; i++)
        if ((dice -= ROADS[i].permille) < 0)
            return ROADS[i].road;
    return STRAIGHT;
}

static void show(struct demo_cases *c, const struct shown *s)
{
    struct demo_case *one = demo_begin(c, c->demo->today - s->ago, WRITE);
    one->subject = (unsigned short)((size_t)s->subject % c->demo->subject_count);
    one->stop = (unsigned char)s->stop;
    one->road = (unsigned char)s->road;
    one->quick = true;
    one->revised = s->stop != RESUBMIT;
}

struct demo_cases *demo_cases_new(struct demo *d)
{
    struct demo_cases *c = arena_zero(d->mem, sizeof *c);
    size_t total = (size_t)d->cases, shown = sizeof SHOWN / sizeof *SHOWN;
    c->demo = d;
    c->capacity = total > 0 ? total + total / 4 + 400 : 0;
    c->heap = arena_array(d->mem, c->capacity + 1, sizeof *c->heap);
    c->merged_size = c->capacity + 1;
    c->merged = arena_zero(d->mem, c->merged_size);
    c->now = day_start_ms(d->today) + 18 * 3600000;
    assert(d->subject_count <= DEMO_SUBJECTS_MAX);
    for (size_t i = 0; total > 0 && i < shown; i++)
        show(c, &SHOWN[i]);
    for (size_t i = c->count; i < total; i++)
        demo_begin(c, day_written(d), WRITE)->road = (unsigned char)draw_road(d);
    if (total > 0)
        demo_year_begin(c);
    for (size_t i = c->count / 2; i-- > 0;)
        sift_down(c, i);
    return c;
}

/* ---- writing ---- */

/* Head, convener or contact of a body: with a member's reach, so that only his bodies are his. */
static err as_contact(struct acting *a, struct proposal_input *in)
{
    struct demo *d = a->demo;
    struct rows rows;
    a->c->member = (unsigned short)d->contacts[rng_below(&d->side, (i64)d->contact_count)];
    demo_be_signer(a, 0);
    memset(a->actor.scopes, SCOPE_SELF, sizeof a->actor.scopes);
    TRY(proposal_bodies(a->rq, &rows));
    const struct proposal_body *all = rows.items;
    if (rows.count > 0)
        in->body = all[0].key;
    return OK;
}

/* The members of the county in which the place lies; such a group stands in no list, the office
 * names it. */
static void as_group(struct acting *a, struct proposal_input *in, str place)
{
    const struct demo *d = a->demo;
    strs unused;
    str word = demo_list(a->demo, "group", &unused), county = str_of("");
    for (size_t i = 0; i < d->places.count; i++)
        if (str_eq(d->places.items[i], place))
            county = d->counties.items[i];
    a->c->collective = true;
    demo_be_office(a, a->demo->staff);
    in->body_name =
        arena_printf(a->rq->mem, "%.*s%.*s", (int)county.len, county.ptr, (int)word.len, word.ptr);
}

/* One of the bodies that may propose: a party, a committee, a sector, a group; written by its
 * contact or by the office. */
static err as_body(struct acting *a, struct proposal_input *in, str place)
{
    struct rows rows;
    i64 way = rng_below(&a->demo->side, 6);
    if (way < 3 && a->demo->contact_count > 0)
        return as_contact(a, in);
    if (way == 3) {
        as_group(a, in, place);
        return OK;
    }
    demo_be_office(a, a->demo->staff);
    TRY(proposal_bodies(a->rq, &rows));
    const struct proposal_body *all = rows.items;
    a->c->collective = rows.count > 0;
    if (rows.count > 0)
        in->body = all[rng_below(&a->demo->rng, (i64)rows.count)].key;
    else
        demo_be_signer(a, 0);
    return OK;
}

/* Two to four members of a sector wrote it, whoever of them serves on that day. */
static err name_drafters(struct acting *a, i64 id)
{
    i64 most = 2 + a->c->place % 3, named[4];
    size_t n = 0;
    for (i64 i = 1; i <= most; i++) {
        bool serving = false;
        i64 member_id = a->demo->members[demo_signer(a, (size_t)i)].id;
        TRY(member_is_serving(a->rq, member_id, a->rq->today, &serving));
        if (serving)
            named[n++] = member_id;
    }
    struct drafter_add_input in = { .members = { named, n } };
    return n ? drafter_add(a->rq, id, &in) : OK;
}

/* Only a member's own: a body has nobody who could be asked, merged or dissatisfied by himself. */
static bool is_own_road(const struct demo_case *c)
{
    return c->quick || c->road == JOINT || c->road == SILENT || c->road == RECALLED ||
           c->road == MERGED || c->road == UNMERGED || c->road == REDONE || c->road == MEDIATED;
}

static void compose(struct acting *a, str place, struct proposal_input *in)
{
    struct demo *d = a->demo;
    const struct demo_subject *s = demo_subject_of(a);
    struct arena *mem = a->rq->mem;
    bool open = a->c->road == RECONSIDERED || a->c->road == TAKEN_DOWN;
    *in = (struct proposal_input){
        .title = demo_fill(d, mem, s->title, place),
        .situation = demo_fill(d, mem, s->situation, place),
        .analysis = demo_fill(d, mem, s->analysis, place),
        .consent = str_of(open || rng_below(&d->rng, 20) ? "yes" : "no"),
        .researched = rng_below(&d->rng, 3) > 0,
    };
    in->consent_reason = str_of("");
    if (str_is(in->consent, "no"))
        in->consent_reason = demo_said(a, "no_consent");
    in->research = in->researched ? demo_said(a, "research") : str_of("");
    for (size_t i = 0; i < s->suggestions.count; i++)
        strs_add(mem, &in->suggestions, demo_fill(d, mem, s->suggestions.items[i], place));
}

static err write_it(struct acting *a)
{
    struct demo *d = a->demo;
    i64 number = rng_below(&d->rng, (i64)d->places.count);
    str place = d->places.items[number];
    struct proposal p;
    struct proposal_input in;
    i64 wish = demo_agency_id(d, demo_subject_of(a)->host);
    a->c->place = (unsigned short)(number + 1);
    compose(a, place, &in);
    in.hosts = (ids){ &wish, 1 };
    demo_be_signer(a, 0);
    a->c->body = !is_own_road(a->c) && rng_below(&d->rng, 10) == 0;
    if (a->c->road == UNREACHED)
        as_group(a, &in, place);
    if (a->c->body)
        TRY(as_body(a, &in, place));
    if (a->c->road == JOINT || a->c->road == SILENT || a->c->road == RECALLED)
        return demo_write_joint(a, &in);
    TRY(draft_save(a->rq, &in, "save", &p));
    if (proposal_is_collective(p.kind))
        TRY(name_drafters(a, p.id));
    a->c->id = p.id;
    demo_later(a, 0, 2, SUBMIT);
    if (!a->c->quick && rng_below(&d->rng, 60) == 0)
        demo_end(a); /* a draft that stays one */
    return OK;
}

static err submit(struct acting *a)
{
    demo_be_writer(a);
    TRY(demo_act(a, &PROPOSALS_FLOW, a->c->id, "submit",
                 &(struct proposal_submit_input){ .id = a->c->id, .confirmed = true }));
    demo_later(a, 1, 4, SCREEN);
    return OK;
}

/* ---- review ---- */

static err screen(struct acting *a)
{
    struct proposal_reason_input in = { .id = a->c->id };
    demo_be_office(a, a->demo->staff);
    if (!a->c->revised && (a->c->quick || rng_below(&a->demo->rng, 6) == 0)) {
        a->c->revised = true;
        in.opinion = demo_said(a, "revise");
        TRY(demo_act(a, &PROPOSALS_FLOW, a->c->id, "revise", &in));
        demo_later(a, 2, 14, RESUBMIT);
        return OK;
    }
    TRY(demo_act(a, &PROPOSALS_FLOW, a->c->id, "screen", &in));
    demo_later(a, 1, 6,
               a->c->road == REJECTED || a->c->road == UNREACHED ? REJECT
               : a->c->road == DIVERTED                          ? DIVERT
                                                                 : DOCKET);
    return OK;
}

/* Some members of other sectors stand behind it. */
static err endorse(struct acting *a)
{
    i64 n = demo_dice(a, 8) == 0 ? 1 + demo_dice(a, 3) : 0;
    for (i64 i = 0; i < n; i++) {
        demo_be_person(a, a->c->member + 1 + (size_t)i);
        TRY(demo_unless(endorsement_add(a->rq, a->c->id), "cosigners.own_proposal"));
    }
    return OK;
}

static err mark(struct acting *a)
{
    bool urgent = a->c->road == URGENT;
    if (!urgent && a->c->road != SECRET)
        return OK;
    demo_be_office(a, a->demo->staff);
    return demo_act(a, &PROPOSALS_FLOW, a->c->id, "mark",
                    &(struct proposal_mark_input){ a->c->id, urgent, !urgent,
                                                   demo_said(a, urgent ? "urgent" : "secret") });
}

/* What others can be merged into; a body's would need its own verdict. */
static err remember(struct acting *a)
{
    struct proposal p;
    if (a->c->body || a->c->road == WITHDRAWN || a->c->road == KEPT)
        return OK;
    TRY(proposal_find(a->rq, a->c->id, &p));
    a->cases->docketed[a->c->subject].id = p.id;
    a->cases->docketed[a->c->subject].session_id = p.session_id;
    return OK;
}

static err docket(struct acting *a)
{
    bool alone = a->cases->docketed[a->c->subject].id == 0;
    enum road road = a->c->road;
    demo_be_office(a, a->demo->reviewer);
    TRY(demo_act(a, &PROPOSALS_FLOW, a->c->id, "docket",
                 &(struct proposal_docket_input){ .id = a->c->id,
                                                  .category = demo_subject_of(a)->category }));
    TRY(mark(a));
    TRY(endorse(a));
    if (road == FLAGSHIP || road == FLAG_DECLINED)
        demo_spawn(a, 1, 4, NOMINATE);
    if ((road == WITHDRAWN && (a->c->quick || demo_dice(a, 2))) || road == KEPT)
        demo_later(a, 1, 5, ASK_WITHDRAW);
    else if ((road == MERGED || road == UNMERGED) && !alone)
        demo_later(a, 1, 2, MERGE);
    else if (road == TRIED || road == OBJECTED || road == MOVED)
        demo_later(a, 1, 3, TRIAL);
    else
        demo_later(a, 3, 18, ASSIGN);
    return a->c->step == MERGE ? OK : remember(a);
}

/* ---- handing out ---- */

/* Three of four that may be public are read once more and published. */
static err publish(struct acting *a)
{
    struct publication u;
    err e = publication_store_find_of(a->rq->db, a->c->id, a->rq->mem, &u);
    if (e.code == ERR_NOT_FOUND ||
        (a->c->road != RECONSIDERED && a->c->road != TAKEN_DOWN && demo_dice(a, 4) == 0))
        return OK;
    TRY(e);
    demo_be_office(a, a->demo->staff);
    err done = demo_act(a, &PUBLICATIONS_FLOW, u.id, "publish",
                        &(struct publication_publish_input){ u.id, true });
    return done.code == ERR_CONFLICT || done.code == ERR_NOT_FOUND ? OK : done; /* confidential */
}

/* As on the trial, if there was one; else by the subject. */
err demo_hand_out(struct acting *a, struct proposal_assign_input *in, i64 cohosts[8])
{
    const struct demo_subject *s = demo_subject_of(a);
    size_t n = s->cohosts.count < 8 ? s->cohosts.count : 8;
    for (size_t i = 0; i < n; i++)
        cohosts[i] = demo_agency_id(a->demo, s->cohosts.items[i]);
    bool sole = n == 0 || rng_below(&a->demo->rng, 3) == 0, plain = a->c->road == STRAIGHT;
    *in = (struct proposal_assign_input){ .id = a->c->id,
                                          .mode = str_of(sole ? "sole" : "host"),
                                          .host_id = demo_agency_id(a->demo, s->host) };
    if (!sole && plain && rng_below(&a->demo->rng, 7) == 0 && in->host_id != cohosts[0]) {
        i64 *each = arena_array(a->rq->mem, 2, sizeof *each);
        each[0] = in->host_id;
        each[1] = cohosts[0];
        in->mode = str_of("split");
        in->splits = (ids){ each, 2 };
    } else if (!sole) {
        in->cohosts = (ids){ cohosts, n };
    }
    return demo_tried(a, in);
}

static err assign(struct acting *a)
{
    struct proposal_assign_input in;
    i64 cohosts[8];
    enum road road = a->c->road;
    TRY(demo_hand_out(a, &in, cohosts));
    TRY(publish(a));
    demo_be_office(a, a->demo->dispatcher);
    TRY(demo_act(a, &PROPOSALS_FLOW, a->c->id, "assign", &in));
    if (road == RECONSIDERED || road == TAKEN_DOWN)
        demo_spawn(a, 10, 40, road == TAKEN_DOWN ? RETRACT : RECONSIDER);
    if (road == INSTRUCTED)
        demo_spawn(a, 5, 20, INSTRUCT);
    bool back =
        road == BOUNCED || road == UPHELD || road == CONTESTED_UPHELD || road == CONTESTED_MOVED;
    demo_later(a, 1, 4, road == WITHDRAWN ? ASK_WITHDRAW : back ? BOUNCE : ACCEPT);
    return OK;
}

/* ---- the steps of its assignments: all agencies move together, which is enough for a demo ---- */

static err accept_one(struct acting *a, const struct assignment *x)
{
    if (!str_is(x->state, "assigned"))
        return OK;
    demo_be_agency(a, x->agency_id);
    return demo_act(a, &ASSIGNMENTS_FLOW, x->id, "accept", NULL);
}

static err contact_one(struct acting *a, const struct assignment *x)
{
    if (!demo_answers(x) || !(str_is(x->state, "accepted") || str_is(x->state, "redoing")))
        return OK;
    demo_be_agency(a, x->agency_id);
    bool visit = a->c->step != CONTACT_AGAIN && rng_below(&a->demo->rng, 6) > 0;
    str said = visit ? demo_words(a, demo_subject_of(a)->talk) : demo_said(a, "told");
    struct contact_input in = { .id = x->id,
                                .held_on = a->rq->today,
                                .way = str_of(visit ? "visit" : "phone"),
                                .with_whom = a->demo->members[a->c->member].name,
                                .content = said };
    return demo_act(a, &ASSIGNMENTS_FLOW, x->id, "contact", &in);
}

/* A survey that takes longer: asked by who answers, decided by the dispatcher, mostly granted. */
static err extend_one(struct acting *a, const struct assignment *x)
{
    i64 to_on = x->due_on + 20 + rng_below(&a->demo->rng, 40);
    if (!demo_answers(x) || !str_is(x->state, "accepted") || to_on <= a->rq->today)
        return OK;
    demo_be_agency(a, x->agency_id);
    return demo_act(a, &ASSIGNMENTS_FLOW, x->id, "extend",
                    &(struct extend_input){ .id = x->id,
                                            .to_on = to_on,
                                            .consented_on = a->rq->today,
                                            .consent_note = demo_said(a, "consent"),
                                            .opinion = demo_said(a, "extend") });
}

static err decide_one(struct acting *a, const struct assignment *x)
{
    bool granted = rng_below(&a->demo->rng, 4) > 0;
    if (!demo_answers(x) || !str_is(x->state, "accepted"))
        return OK;
    demo_be_office(a, a->demo->dispatcher);
    err e = demo_act(a, &ASSIGNMENTS_FLOW, x->id, "decide_extension",
                     &(struct decide_extension_input){
                         .id = x->id,
                         .decision = str_of(granted ? "granted" : "refused"),
                         .opinion = demo_said(a, granted ? "extend_yes" : "extend_no") });
    return err_is(e, "assignments.no_extension") ? OK : e;
}

static err contribute_one(struct acting *a, const struct assignment *x)
{
    if (demo_answers(x) || !str_is(x->state, "accepted"))
        return OK;
    demo_be_agency(a, x->agency_id);
    struct contribute_input in = { .id = x->id,
                                   .body = demo_words(a, demo_subject_of(a)->advice),
                                   .operator= a->actor.name,
                                   .phone = str_of("0883-2120000") };
    return demo_act(a, &ASSIGNMENTS_FLOW, x->id, "contribute", &in);
}

static void promise_one(struct acting *a, const struct demo_subject *s, struct reply_input *in)
{
    i64 due_on = a->rq->today + 60 + rng_below(&a->demo->side, 240);
    int year, month, mday;
    day_to_civil(due_on, &year, &month, &mday);
    strs_add(a->rq->mem, &in->promise_texts, demo_words(a, s->suggestions.items[0]));
    strs_add(a->rq->mem, &in->promise_days,
             arena_printf(a->rq->mem, "%04d-%02d-%02d", year, month, mday));
    strs_add(a->rq->mem, &in->promise_owners, demo_name(a->demo));
    strs_add(a->rq->mem, &in->promise_items, str_of("1"));
    strs_add(a->rq->mem, &in->promise_evidence, str_of("acceptance"));
}

/* As a city reports them: six of seven solved. */
static str class_of(struct acting *a)
{
    i64 dice = rng_below(&a->demo->rng, 100);
    if (a->c->road >= PROMISE_KEPT && a->c->road <= PROMISE_BROKEN)
        return str_of("b");
    if (a->c->quick && a->c->road == REDONE)
        return str_of("b"); /* its promises are replaced by those of the second answer */
    return str_of(dice < 84 ? "a" : dice < 95 ? "b" : dice < 98 ? "c" : "d");
}

/* To one suggestion, the n-th of the subject, as the class has it: done, planned, or not possible;
 * behind the first one also something else. */
static void answer_item(struct acting *a, size_t n, struct reply_input *in)
{
    const struct demo_subject *s = demo_subject_of(a);
    i64 dice = rng_below(&a->demo->rng, 5);
    bool first = n == 0, solved = str_is(in->class, "a"), later = str_is(in->class, "b");
    const char *result = "not_adopted";
    if (solved)
        result = first || dice < 3 ? "adopted" : dice == 3 ? "planned" : "partly";
    else if (later)
        result = first || dice < 3 ? "planned" : dice == 3 ? "adopted" : "partly";
    else if (!first && dice > 2)
        result = "partly";
    str text = str_is(str_of(result), "adopted") ? s->done.items[n] : s->planned.items[n];
    if (str_is(str_of(result), "not_adopted"))
        text = demo_text("reply_not");
    strs_add(a->rq->mem, &in->results, str_of(result));
    strs_add(a->rq->mem, &in->answers, demo_words(a, text));
}

/* Its own suggestions, and those of what is merged into it, which are of the same subject. */
static err answer_items(struct acting *a, const struct assignment *x, struct reply_input *in)
{
    const struct matter_key key = { x->matter, x->matter_id };
    struct rows rows;
    TRY(assignment_store_list_items(a->rq->db, &key, a->rq->mem, &rows));
    for (size_t i = 0; i < rows.count; i++)
        answer_item(a, i % demo_subject_of(a)->suggestions.count, in);
    return OK;
}

static err reply_one(struct acting *a, const struct assignment *x)
{
    const struct demo_subject *s = &a->demo->subjects[a->c->subject];
    struct reply_input in = { .id = x->id,
                              .class = class_of(a),
                              .opening = demo_said(a, "reply_open"),
                              .closing = demo_said(a, "reply_close"),
                              .phone = str_of("0883-2120000"),
                              .public = true };
    bool open = str_is(x->state, "accepted") || str_is(x->state, "redoing") ||
                str_is(x->state, "redrafting");
    if (!demo_answers(x) || !open)
        return OK;
    demo_be_agency(a, x->agency_id);
    in.operator= demo_name(a->demo);
    TRY(answer_items(a, x, &in));
    if (str_is(in.class, "b")) /* rules.md 2.5: promised by a day, by somebody */
        promise_one(a, s, &in);
    return demo_act(a, &ASSIGNMENTS_FLOW, x->id, "reply", &in);
}

static err sign_one(struct acting *a, const struct assignment *x)
{
    if (!str_is(x->state, "drafted"))
        return OK;
    demo_be_agency(a, x->agency_id);
    return demo_act(a, &ASSIGNMENTS_FLOW, x->id, "sign",
                    &(struct sign_input){ .id = x->id, .signer = demo_name(a->demo) });
}

err demo_verdict(struct acting *a, const struct assignment *x, const char *result)
{
    bool bad = strcmp(result, "dissatisfied") == 0;
    struct evaluate_input in = {
        .id = x->id,
        .basis = a->demo->members[a->c->member].name, /* whom the office asked */
        .visit = str_of("visited"),
        .manner = str_of("satisfied"),
        .hearing = str_of("visit"),
        .relevance = str_of(bad ? "beside" : "direct"),
        .handling = str_of("satisfied"),
        .agreement = str_of(bad ? "reserve" : "agree"),
        .leader_replied = str_of(a->c->body ? "yes" : ""),
        .result = str_of(result),
        .text = bad ? demo_said(a, "dissatisfied") : str_of("")
    };
    return demo_act(a, &ASSIGNMENTS_FLOW, x->id, a->c->collective ? "transcribe" : "evaluate", &in);
}

static const char *good(struct acting *a)
{
    return rng_below(&a->demo->rng, 8) ? "satisfied" : "fair";
}

/* Those who sign what was merged into it, too: everybody whose word is wanted. */
static err evaluate_merged(struct acting *a, const struct assignment *x)
{
    ids persons;
    TRY(assignment_persons(a->rq, "proposals", a->c->id, &persons));
    for (size_t i = 0; i < persons.count; i++)
        for (size_t k = 0; k < a->demo->member_count; k++)
            if (a->demo->members[k].person_id == persons.items[i]) {
                demo_be_person(a, k);
                TRY(demo_verdict(a, x, good(a)));
            }
    return OK;
}

/* Cosigners answer too, but for some who in these weeks have not got round to it yet. */
static err evaluate_one(struct acting *a, const struct assignment *x)
{
    bool bad = (a->c->road == REDONE && a->c->round == 1) || a->c->road == MEDIATED;
    if (!demo_answers(x) || !str_is(x->state, "replied") || x->round < a->c->round)
        return OK; /* not answered, or evaluated in the round before */
    if ((size_t)a->c->id < a->cases->merged_size && a->cases->merged[a->c->id])
        return evaluate_merged(a, x);
    demo_be_writer(a);
    TRY(demo_verdict(a, x, bad ? "dissatisfied" : good(a)));
    for (size_t i = 1; i < a->c->signers; i++) {
        demo_be_signer(a, i);
        bool lately = a->rq->today > a->demo->today - 30;
        if (demo_dice(a, 3) > 0 || !lately)
            TRY(demo_verdict(a, x, good(a)));
    }
    return OK;
}

/* After the verdicts: closed, or the committee has them answer again, then calls them together. */
static err evaluate(struct acting *a)
{
    struct evaluation_outcome outcome;
    TRY(demo_each(a, evaluate_one));
    TRY(evaluation_outcome(a->rq, "proposals", a->c->id, &outcome));
    if (str_is(outcome.stand, "evaluated_badly")) {
        demo_later(a, 2, 8, a->c->round == 1 ? REDO : MEDIATE);
        return OK;
    }
    if (str_is(outcome.stand, "evaluated_well") &&
        (a->c->road == COMMENDED || a->c->road == NOT_COMMENDED))
        demo_spawn(a, 20, 120, COMMEND);
    demo_later(a, 60, 130, KEEP);
    return OK;
}

static err redo(struct acting *a)
{
    demo_be_office(a, a->demo->reviewer);
    TRY(demo_act(a, &PROPOSALS_FLOW, a->c->id, "redo",
                 &(struct proposal_reason_input){ .id = a->c->id,
                                                  .opinion = demo_said(a, "redo") }));
    a->c->round = 2;
    demo_later(a, 5, 20, CONTACT_REDO);
    return OK;
}

/* ---- which step is what ---- */

/* Steps that all agencies of a case take together, and what comes next after how many days. */
static const struct joint_step {
    enum step step, next;
    i64 least, most;
    err (*one)(struct acting *a, const struct assignment *x);
} TOGETHER[] = {
    { ACCEPT, CONTACT, 6, 20, accept_one },
    { CONTACT, CONTACT_AGAIN, 2, 10, contact_one },
    { CONTACT_AGAIN, CONTRIBUTE, 2, 8, contact_one },
    { CONTACT_REDO, REPLY, 5, 30, contact_one },
    { EXTEND, DECIDE, 2, 4, extend_one },
    { DECIDE, CONTRIBUTE, 2, 10, decide_one },
    { CONTRIBUTE, REPLY, 10, 40, contribute_one },
    { REPLY, SIGN, 1, 4, reply_one },
    { REPLY_AGAIN, SIGN, 1, 4, reply_one },
    { SIGN, EVALUATE, 2, 18, sign_one },
    { DONE, DONE, 0, 0, NULL },
};

static err together(struct acting *a, const struct joint_step *j)
{
    bool late = a->c->road == LATE || a->c->road == DROPPED;
    TRY(demo_each(a, j->one));
    if (j->step == ACCEPT && late)
        demo_spawn(a, 96, 104, REMIND);
    if (j->step == CONTACT && a->c->road == EXTENDED)
        demo_later(a, 2, 10, EXTEND);
    else if (j->step == CONTACT && !a->c->quick && demo_dice(a, 9) == 0)
        demo_later(a, 2, 10, CONTRIBUTE); /* one talk is all that there was */
    else if (j->step == CONTRIBUTE && late)
        demo_later(a, 150, 220, REPLY);
    else if (j->step == REPLY && a->c->road == REDRAFTED)
        demo_later(a, 0, 2, REDRAFT);
    else
        demo_later(a, j->least, j->most, j->next);
    return OK;
}

static err (*const STEPS[])(struct acting *a) = {
    [WRITE] = write_it,
    [INVITE_AGAIN] = demo_invite_again,
    [GATHER] = demo_gather,
    [SUBMIT] = submit,
    [SCREEN] = screen,
    [RESUBMIT] = submit,
    [DIVERT] = demo_divert,
    [REJECT] = demo_reject,
    [REFER] = demo_refer,
    [NOTE] = demo_note,
    [DOCKET] = docket,
    [MERGE] = demo_merge,
    [UNMERGE] = demo_unmerge,
    [ASK_WITHDRAW] = demo_ask_withdraw,
    [WITHDRAW] = demo_withdraw,
    [TRIAL] = demo_trial,
    [TRIAL_ANSWER] = demo_trial_answer,
    [TRIAL_SETTLE] = demo_trial_settle,
    [ASSIGN] = assign,
    [BOUNCE] = demo_bounce,
    [REASSIGN] = demo_reassign,
    [DISPUTE] = demo_dispute,
    [HEAR] = demo_hear,
    [SETTLE_DISPUTE] = demo_settle_dispute,
    [REDRAFT] = demo_redraft,
    [EVALUATE] = evaluate,
    [REDO] = redo,
    [MEDIATE] = demo_mediate,
    [SETTLE] = demo_settle,
    [KEEP] = demo_keep,
    [POSTPONE] = demo_postpone,
    [LOOK] = demo_look,
    [ARCHIVE] = demo_archive,
    [RECONSIDER] = demo_reconsider,
    [RETRACT] = demo_retract,
    [PREPARE] = demo_prepare,
    [INSTRUCT] = demo_instruct,
    [REMIND] = demo_remind,
    [PROPOSE_URGING] = demo_propose_urging,
    [ISSUE] = demo_issue,
    [ACCEPT_URGING] = demo_accept_urging,
    [ANSWER_URGING] = demo_answer_urging,
    [SUPPLEMENT_URGING] = demo_supplement_urging,
    [ANSWER_AGAIN] = demo_answer_urging,
    [PASS_URGING] = demo_pass_urging,
    [CLOSE_URGING] = demo_close_urging,
    [NOMINATE] = demo_nominate,
    [CHOOSE] = demo_choose,
    [PLAN] = demo_plan,
    [APPROVE] = demo_approve,
    [RECORD] = demo_record,
    [FINISH] = demo_finish,
    [COMMEND] = demo_commend,
    [COMMEND_CHOOSE] = demo_commend_choose,
    [CALL_WRITE] = demo_call_write,
    [CALL_PUBLISH] = demo_call_publish,
    [CALL_CLOSE] = demo_call_close,
    [MEETING] = demo_meeting,
    [MINUTES] = demo_minutes,
    [NOTICE_WRITE] = demo_notice_write,
    [NOTICE_PUBLISH] = demo_notice_publish,
    [NOTICE_RETRACT] = demo_notice_retract,
    [AMEND] = demo_amend,
    [AMEND_DECIDE] = demo_amend_decide,
    [CIRCULAR] = demo_circular,
    [LADDER] = demo_ladder,
    [DONE] = NULL,
};

static err step(struct acting *a)
{
    if (STEPS[a->c->step])
        return STEPS[a->c->step](a);
    for (const struct joint_step *j = TOGETHER; j->one; j++)
        if (j->step == a->c->step)
            return together(a, j);
    return err_make(ERR_INTERNAL, "demo.seed");
}

err demo_cases_run(struct rq *rq, void *context)
{
    struct demo_cases *cases = context;
    for (int n = 0; n < BATCH && !demo_cases_done(cases); n++) {
        struct rq mine = *rq;
        struct arena_mark mark = arena_mark(rq->mem);
        struct acting a = {
            .demo = cases->demo, .cases = cases, .rq = &mine, .c = &cases->heap[0]
        };
        mine.now_ms = a.c->at;
        mine.today = day_of_ms(a.c->at);
        cases->spawned_count = 0;
        TRY(step(&a));
        sift_down(cases, 0);
        for (size_t i = 0; i < cases->spawned_count; i++) {
            assert(cases->count < cases->capacity);
            cases->heap[cases->count] = cases->spawned[i];
            sift_up(cases, cases->count++);
        }
        arena_reset_to(rq->mem, mark);
    }
    return OK;
}
