/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Histories of the demo's proposals. Each case is a small script whose next step waits for its day;
 * a heap gives the earliest one, so that numbers, trails and audit entries come in the order of
 * time. Steps whose day is still to come are not done: that spreads the cases over all states. */
#include "modules/assignments/assignment.h"
#include "modules/assignments/assignment_forms.h"
#include "modules/cosigners/cosigner.h"
#include "modules/drafts/draft.h"
#include "modules/evaluations/evaluation.h"
#include "modules/members/member.h"
#include "modules/outcomes/outcome_rules.h"
#include "modules/proposals/proposal.h"
#include "modules/proposals/proposal_forms.h"
#include "modules/proposals/proposal_kinds.h"
#include "modules/proposals/proposal_rules.h"
#include "modules/publications/publication_store.h"
#include "platform/access/access.h"
#include "platform/app.h"
#include "server/demo.h"

enum {
    CASES = 1000,
    BATCH = 200,
    SIGNERS_MAX = 5,
    DAY_MS = 86400000,
    OPEN_HOUR_MS = 9 * 3600000,
    ANSWER_MS = 25 * 60000
};

enum step {
    WRITE,
    SUBMIT,
    SCREEN,

    DOCKET,
    REJECT,
    ASSIGN,
    ACCEPT,
    BOUNCE,
    REASSIGN,
    CONTACT,
    EXTEND,
    DECIDE,
    CONTRIBUTE,
    REPLY,
    SIGN,
    EVALUATE,
    REDO,
    KEEP,
    LOOK,
    DONE
};

struct demo_case {
    i64 at; /* UTC milliseconds of the next step */
    i64 id;
    unsigned short subject, member, host;
    unsigned char step, round, signers; /* signers: of a joint one, the lead with them */
    bool revised, collective;           /* collective: of a body, written by the office */
};

struct demo_cases {
    struct demo *demo;
    struct demo_case *heap;
    size_t count, start;
    i64 now;
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

bool demo_cases_done(const struct demo_cases *c)
{
    return c->count == 0 || c->heap[0].at > c->now || c->heap[0].step == DONE;
}

/* Moves the case on by some days; never before the hour at which an office opens. */
static void later(struct demo *d, struct demo_case *c, i64 least, i64 most, enum step next)
{
    i64 days = least + rng_below(&d->rng, most - least + 1);
    i64 day = day_of_ms(c->at) + (days > 0 ? days : 0);
    i64 at = day_start_ms(day) + OPEN_HOUR_MS + rng_below(&d->rng, 8 * 3600000);
    c->at = at > c->at ? at : c->at + 60000;
    c->step = (unsigned char)next;
}

struct demo_cases *demo_cases_new(struct demo *d)
{
    struct demo_cases *c = arena_zero(d->mem, sizeof *c);
    size_t total = (size_t)(CASES * d->scale);
    *c = (struct demo_cases){ .demo = d,
                              .heap = arena_array(d->mem, total, sizeof(struct demo_case)),
                              .count = total };
    c->now = day_start_ms(d->today) + 18 * 3600000;
    for (size_t i = 0; i < total; i++) {
        i64 opened = d->today - 30 - rng_below(&d->rng, 980), at;
        int y, m, day;
        day_to_civil(opened, &y, &m, &day);
        if (rng_below(&d->rng, 3) == 0) /* a third of recent months, so that every state is seen */
            opened = d->today - 1 - rng_below(&d->rng, 110);
        else if (rng_below(&d->rng, 10) < 7) /* most come at the plenary */
            opened = day_from_civil(y, 2, 10 + (int)rng_below(&d->rng, 14));
        if (opened >= d->today)
            opened = d->today - 1 - rng_below(&d->rng, 40);
        at = day_start_ms(opened) + OPEN_HOUR_MS + rng_below(&d->rng, 8 * 3600000);
        c->heap[i] =
            (struct demo_case){ .at = at,
                                .subject =
                                    (unsigned short)rng_below(&d->rng, (i64)d->subject_count),
                                .member = (unsigned short)rng_below(&d->rng, (i64)d->member_count),
                                .round = 1 };
    }
    for (size_t i = total / 2; i-- > 0;)
        sift_down(c, i);
    return c;
}

/* ---- acting ---- */

struct acting {
    struct demo *demo;
    struct rq *rq;
    struct demo_case *c;
    struct actor actor;
};

static void be(struct acting *a, i64 account_id, str name)
{
    a->actor = (struct actor){ .account_id = account_id, .org_id = a->demo->org_id, .name = name };
    memset(a->actor.scopes, SCOPE_ORG, sizeof a->actor.scopes);
    a->rq->actor = &a->actor;
}

static void be_office(struct acting *a, i64 account_id)
{
    be(a, account_id, str_of(""));
}

/* The case's signers are of one sector: its lead, the next one of that sector, and so on. */
static size_t signer(const struct acting *a, size_t number)
{
    return (a->c->member + number * a->demo->sector_count) % a->demo->member_count;
}

static void be_signer(struct acting *a, size_t number)
{
    const struct demo_member *m = &a->demo->members[signer(a, number)];
    be(a, m->account_id, m->name);
    a->actor.person_id = m->person_id;
    a->actor.member_id = m->id;
}

static void be_member(struct acting *a)
{
    be_signer(a, 0);
}

static void be_agency(struct acting *a, i64 agency_id)
{
    for (size_t i = 0; i < a->demo->agency_count; i++)
        if (a->demo->agencies[i].id == agency_id)
            be(a, a->demo->agencies[i].account_id, a->demo->agencies[i].name);
    a->actor.agency_id = agency_id;
}

/* A text of the subject with its blanks filled. */
static str words(struct acting *a, str text)
{
    return demo_fill(a->demo, a->rq->mem, text, demo_pick(a->demo, &a->demo->places));
}

static err act(struct acting *a, const struct flow *flow, i64 id, const char *verb,
               const void *input)
{
    a->rq->input = input;
    return flow_act(a->rq, flow, id, verb, 0);
}

static i64 agency_id(const struct demo *d, str name)
{
    for (size_t i = 0; i < d->agency_count; i++)
        if (str_eq(d->agencies[i].name, name))
            return d->agencies[i].id;
    return d->agencies[0].id;
}

/* ---- the steps of a proposal ---- */

static void be_writer(struct acting *a)
{
    if (a->c->collective)
        be_office(a, a->demo->staff);
    else
        be_member(a);
}

/* Head, convener or contact of a body: with a member's reach, so that only his bodies are his. */
static err as_contact(struct acting *a, struct proposal_input *in)
{
    struct demo *d = a->demo;
    struct rows rows;
    a->c->member = (unsigned short)d->contacts[rng_below(&d->side, (i64)d->contact_count)];
    be_member(a);
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
    be_office(a, a->demo->staff);
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
    be_office(a, a->demo->staff);
    TRY(proposal_bodies(a->rq, &rows));
    const struct proposal_body *all = rows.items;
    a->c->collective = rows.count > 0;
    if (rows.count > 0)
        in->body = all[rng_below(&a->demo->rng, (i64)rows.count)].key;
    else
        be_member(a);
    return OK;
}

/* How many of the sector sign together, the lead with them; each of them serves on that day. */
static err signers_of(struct acting *a)
{
    size_t most = (size_t)rng_below(&a->demo->side, SIGNERS_MAX - 1) + 2, n = 1;
    for (bool serving = true; n < most; n += serving) {
        TRY(member_is_serving(a->rq, a->demo->members[signer(a, n)].id, a->rq->today, &serving));
        if (!serving)
            break;
    }
    a->c->signers = (unsigned char)n;
    return OK;
}

/* Within the hours that they have; the last one may decline. The last answer hands it in. What is
 * of the last day still waits for the last one. */
static err answer_invitations(struct acting *a)
{
    struct rows rows;
    bool waits = day_of_ms(a->c->at) + 1 >= a->demo->today;
    TRY(cosigner_list_of(a->rq, a->c->id, &rows));
    const struct cosigner *all = rows.items;
    for (size_t i = 0; i < rows.count; i++) {
        bool last = i + 1 == rows.count;
        bool declines = last && rng_below(&a->demo->side, 4) == 0;
        struct cosigner_decline_input why = { .id = all[i].id };
        if (last && waits)
            break;
        a->rq->now_ms += ANSWER_MS;
        be_signer(a, i + 1);
        TRY(act(a, &COSIGNERS_FLOW, all[i].id, declines ? "decline" : "cosign",
                declines ? &why : NULL));
        a->c->signers = (unsigned char)(a->c->signers - declines);
    }
    a->c->at = waits ? INT64_MAX : a->rq->now_ms;
    return OK;
}

static err write_joint(struct acting *a, const struct proposal_input *in)
{
    struct proposal p;
    i64 asked[SIGNERS_MAX];
    size_t n = 0;
    while (n + 1 < a->c->signers) {
        asked[n] = a->demo->members[signer(a, n + 1)].id;
        n++;
    }
    TRY(draft_save(a->rq, in, "save", &p));
    a->c->id = p.id;
    TRY(cosigner_add(a->rq, p.id, &(ids){ asked, n }));
    TRY(act(a, &PROPOSALS_FLOW, p.id, "invite", NULL));
    TRY(answer_invitations(a));
    a->c->step = DONE;
    if (a->c->at != INT64_MAX)
        later(a->demo, a->c, 1, 4, SCREEN);
    return OK;
}

static err write_it(struct acting *a)
{
    struct demo *d = a->demo;
    const struct demo_subject *s = &d->subjects[a->c->subject];
    struct arena *mem = a->rq->mem;
    str place = demo_pick(d, &d->places);
    struct proposal p;
    struct proposal_input in = {
        .title = demo_fill(d, mem, s->title, place),
        .situation = demo_fill(d, mem, s->situation, place),
        .analysis = demo_fill(d, mem, s->analysis, place),
        .consent = str_of(rng_below(&d->rng, 20) ? "yes" : "no"),
        .researched = rng_below(&d->rng, 3) > 0,
    };
    in.consent_reason = str_is(in.consent, "no") ? s->category : str_of("");
    in.research = in.researched ? in.situation : str_of("");
    for (size_t i = 0; i < s->suggestions.count; i++)
        strs_add(mem, &in.suggestions, demo_fill(d, mem, s->suggestions.items[i], place));
    i64 wish = agency_id(d, s->host);
    in.hosts = (ids){ &wish, 1 };
    be_member(a);
    if (rng_below(&d->rng, 14) == 0)
        TRY(as_body(a, &in, place));
    else if (rng_below(&d->side, 9) == 0)
        TRY(signers_of(a));
    if (a->c->signers > 1)
        return write_joint(a, &in);
    TRY(draft_save(a->rq, &in, "save", &p));
    a->c->id = p.id;
    if (rng_below(&d->rng, 60) == 0) {
        a->c->step = DONE; /* a draft that stays one */
        a->c->at = INT64_MAX;
    } else {
        later(d, a->c, 0, 2, SUBMIT);
    }
    return OK;
}

static err submit(struct acting *a)
{
    be_writer(a);
    TRY(act(a, &PROPOSALS_FLOW, a->c->id, "submit",
            &(struct proposal_submit_input){ .id = a->c->id, .confirmed = true }));
    later(a->demo, a->c, 1, 4, SCREEN);
    return OK;
}

static err screen(struct acting *a)
{
    be_office(a, a->demo->staff);
    if (!a->c->revised && rng_below(&a->demo->rng, 5) == 0) {
        a->c->revised = true;
        TRY(act(a, &PROPOSALS_FLOW, a->c->id, "revise",
                &(struct proposal_reason_input){
                    .id = a->c->id,
                    .opinion = words(a, a->demo->subjects[a->c->subject].analysis) }));
        later(a->demo, a->c, 2, 14, SUBMIT);
        return OK;
    }
    TRY(act(a, &PROPOSALS_FLOW, a->c->id, "screen",
            &(struct proposal_reason_input){ .id = a->c->id }));
    later(a->demo, a->c, 1, 6, rng_below(&a->demo->rng, 14) ? DOCKET : REJECT);
    return OK;
}

static err reject(struct acting *a)
{
    static const char *const REASONS[] = { "academic", "private", "empty", "litigation",
                                           "promotion" };
    be_office(a, a->demo->reviewer);
    a->c->step = DONE;
    struct proposal_reject_input in = {
        .id = a->c->id,
        .reason = str_of(REASONS[rng_below(&a->demo->rng, 5)]),
        .destination = str_of(rng_below(&a->demo->rng, 2) ? "opinion" : "letter"),
        .opinion = words(a, a->demo->subjects[a->c->subject].title)
    };
    TRY(act(a, &PROPOSALS_FLOW, a->c->id, "reject", &in));
    a->c->at = INT64_MAX;
    return OK;
}

static err docket(struct acting *a)
{
    be_office(a, a->demo->reviewer);
    TRY(act(a, &PROPOSALS_FLOW, a->c->id, "docket",
            &(struct proposal_docket_input){
                .id = a->c->id, .category = a->demo->subjects[a->c->subject].category }));
    later(a->demo, a->c, 3, 18, ASSIGN);
    return OK;
}

/* Three of four that may be public are read once more and published. */
static err publish(struct acting *a)
{
    struct publication u;
    err e = publication_store_find_of(a->rq->db, a->c->id, a->rq->mem, &u);
    if (e.code == ERR_NOT_FOUND || rng_below(&a->demo->side, 4) == 0)
        return OK;
    TRY(e);
    be_office(a, a->demo->staff);
    return act(a, &PUBLICATIONS_FLOW, u.id, "publish",
               &(struct publication_publish_input){ u.id, true });
}

static err assign(struct acting *a)
{
    const struct demo_subject *s = &a->demo->subjects[a->c->subject];
    i64 cohosts[8] = { 0 };
    size_t n = s->cohosts.count < 8 ? s->cohosts.count : 8;
    for (size_t i = 0; i < n; i++)
        cohosts[i] = agency_id(a->demo, s->cohosts.items[i]);
    bool sole = n == 0 || rng_below(&a->demo->rng, 3) == 0;
    struct proposal_assign_input in = { .id = a->c->id,
                                        .mode = str_of(sole ? "sole" : "host"),
                                        .host_id = agency_id(a->demo, s->host) };
    i64 each_answers[2] = { in.host_id, cohosts[0] };
    bool split = !sole && rng_below(&a->demo->rng, 7) == 0 && each_answers[0] != each_answers[1];
    if (split) {
        in.mode = str_of("split");
        in.splits = (ids){ each_answers, 2 };
    } else if (!sole) {
        in.cohosts = (ids){ cohosts, n };
    }
    TRY(publish(a));
    be_office(a, a->demo->dispatcher);
    TRY(act(a, &PROPOSALS_FLOW, a->c->id, "assign", &in));
    later(a->demo, a->c, 1, 4, split || rng_below(&a->demo->rng, 5) ? ACCEPT : BOUNCE);
    return OK;
}

/* ---- the steps of its assignments: all agencies move together, which is enough for a demo ---- */

static err each(struct acting *a, err (*fn)(struct acting *a, const struct assignment *assignment))
{
    struct rows rows;
    TRY(assignment_list_of(a->rq, "proposals", a->c->id, &rows));
    const struct assignment *all = rows.items;
    for (size_t i = 0; i < rows.count; i++)
        TRY(fn(a, &all[i]));
    return OK;
}

static bool answers(const struct assignment *x)
{
    return !str_is(x->role, "cohost");
}

static err accept_one(struct acting *a, const struct assignment *x)
{
    if (!str_is(x->state, "assigned"))
        return OK;
    be_agency(a, x->agency_id);
    return act(a, &ASSIGNMENTS_FLOW, x->id, "accept", NULL);
}

static err bounce_one(struct acting *a, const struct assignment *x)
{
    if (!answers(x) || !str_is(x->state, "assigned"))
        return OK;
    be_agency(a, x->agency_id);
    i64 better = a->demo->agencies[2 + (size_t)rng_below(&a->demo->rng, 30)].id;
    struct rows rows;
    TRY(assignment_list_of(a->rq, "proposals", a->c->id, &rows));
    const struct assignment *all = rows.items;
    for (size_t i = 0; i < rows.count; i++)
        if (all[i].agency_id == better)
            return OK; /* it has the case already: no bounce then */
    return act(a, &ASSIGNMENTS_FLOW, x->id, "bounce",
               &(struct bounce_input){ .id = x->id,
                                       .better_agency_id = better,
                                       .opinion =
                                           words(a, a->demo->subjects[a->c->subject].analysis) });
}

static err reassign_one(struct acting *a, const struct assignment *x)
{
    if (!str_is(x->state, "bouncing"))
        return OK;
    if (rng_below(&a->demo->rng, 4) == 0) {
        be_office(a, a->demo->dispatcher);
        return act(a, &ASSIGNMENTS_FLOW, x->id, "uphold",
                   &(struct reason_input){
                       .id = x->id, .opinion = words(a, a->demo->subjects[a->c->subject].title) });
    }
    i64 to = a->demo->agencies[33 + (size_t)rng_below(&a->demo->rng, 15)].id;
    struct rows rows;
    TRY(assignment_list_of(a->rq, "proposals", a->c->id, &rows));
    const struct assignment *all = rows.items;
    for (size_t i = 0; i < rows.count; i++)
        to = all[i].agency_id == to ? a->demo->agencies[58].id : to;
    be_office(a, a->demo->dispatcher);
    return act(a, &ASSIGNMENTS_FLOW, x->id, "reassign",
               &(struct reassign_input){ .id = x->id, .agency_id = to });
}

static err contact_one(struct acting *a, const struct assignment *x)
{
    if (!answers(x) || !(str_is(x->state, "accepted") || str_is(x->state, "redoing")))
        return OK;
    be_agency(a, x->agency_id);
    struct contact_input in = { .id = x->id,
                                .held_on = a->rq->today,
                                .way = str_of(rng_below(&a->demo->rng, 2) ? "visit" : "phone"),
                                .with_whom = a->demo->members[a->c->member].name,
                                .content = words(a, a->demo->subjects[a->c->subject].situation) };
    return act(a, &ASSIGNMENTS_FLOW, x->id, "contact", &in);
}

/* A survey that takes longer: asked by who answers, decided by the dispatcher, mostly granted. */
static err extend_one(struct acting *a, const struct assignment *x)
{
    i64 to_on = x->due_on + 20 + rng_below(&a->demo->rng, 40);
    if (!answers(x) || !str_is(x->state, "accepted") || to_on <= a->rq->today)
        return OK;
    be_agency(a, x->agency_id);
    return act(a, &ASSIGNMENTS_FLOW, x->id, "extend",
               &(struct extend_input){ .id = x->id,
                                       .to_on = to_on,
                                       .opinion =
                                           words(a, a->demo->subjects[a->c->subject].analysis) });
}

static err decide_one(struct acting *a, const struct assignment *x)
{
    bool granted = rng_below(&a->demo->rng, 4) > 0;
    if (!answers(x) || !str_is(x->state, "accepted"))
        return OK;
    be_office(a, a->demo->dispatcher);
    err e = act(a, &ASSIGNMENTS_FLOW, x->id, "decide_extension",
                &(struct decide_extension_input){
                    .id = x->id,
                    .decision = str_of(granted ? "granted" : "refused"),
                    .opinion = words(a, a->demo->subjects[a->c->subject].title) });
    return err_is(e, "assignments.no_extension") ? OK : e;
}

static err contribute_one(struct acting *a, const struct assignment *x)
{
    if (answers(x) || !str_is(x->state, "accepted"))
        return OK;
    be_agency(a, x->agency_id);
    struct contribute_input in = { .id = x->id,
                                   .body = words(a, a->demo->subjects[a->c->subject].analysis),
                                   .operator= a->actor.name,
                                   .phone = str_of("0883-2120000") };
    return act(a, &ASSIGNMENTS_FLOW, x->id, "contribute", &in);
}

static void promise_one(struct acting *a, const struct demo_subject *s, struct reply_input *in)
{
    i64 due_on = a->rq->today + 60 + rng_below(&a->demo->side, 240);
    int year, month, mday;
    day_to_civil(due_on, &year, &month, &mday);
    strs_add(a->rq->mem, &in->promise_texts, words(a, s->suggestions.items[0]));
    strs_add(a->rq->mem, &in->promise_days,
             arena_printf(a->rq->mem, "%04d-%02d-%02d", year, month, mday));
    strs_add(a->rq->mem, &in->promise_owners, demo_name(a->demo));
    strs_add(a->rq->mem, &in->promise_items, str_of("1"));
    strs_add(a->rq->mem, &in->promise_evidence, str_of("acceptance"));
}

static err reply_one(struct acting *a, const struct assignment *x)
{
    static const char *const CLASSES[] = { "a", "a", "a", "a", "b", "b", "b", "c", "d" };
    static const char *const RESULTS[] = { "adopted", "partly", "planned", "not_adopted" };
    const struct demo_subject *s = &a->demo->subjects[a->c->subject];
    struct reply_input in = { .id = x->id,
                              .class = str_of(CLASSES[rng_below(&a->demo->rng, 9)]),
                              .opening = words(a, s->situation),
                              .closing = words(a, s->analysis),
                              .phone = str_of("0883-2120000"),
                              .public = true };
    if (!answers(x) || !(str_is(x->state, "accepted") || str_is(x->state, "redoing")))
        return OK;
    be_agency(a, x->agency_id);
    in.operator= a->actor.name;
    for (size_t i = 0; i < s->suggestions.count; i++) {
        strs_add(a->rq->mem, &in.results, str_of(RESULTS[rng_below(&a->demo->rng, 4)]));
        strs_add(a->rq->mem, &in.answers, words(a, s->suggestions.items[i]));
    }
    if (str_is(in.class, "b")) /* rules.md 2.5: promised by a day, by somebody */
        promise_one(a, s, &in);
    return act(a, &ASSIGNMENTS_FLOW, x->id, "reply", &in);
}

static err sign_one(struct acting *a, const struct assignment *x)
{
    if (!str_is(x->state, "drafted"))
        return OK;
    be_agency(a, x->agency_id);
    return act(a, &ASSIGNMENTS_FLOW, x->id, "sign",
               &(struct sign_input){ .id = x->id, .signer = demo_name(a->demo) });
}

static err give_verdict(struct acting *a, const struct assignment *x, bool bad)
{
    static const char *const MARKS[] = { "satisfied", "satisfied", "satisfied", "satisfied",
                                         "satisfied", "satisfied", "satisfied", "fair",
                                         "fair",      "fair" };
    str mark = str_of(bad ? "dissatisfied" : MARKS[rng_below(&a->demo->rng, 10)]);
    struct evaluate_input in = {
        .id = x->id,
        .basis = a->demo->members[a->c->member].name, /* whom the office asked */
        .visit = str_of("visited"),
        .manner = str_of("satisfied"),
        .hearing = str_of("visit"),
        .relevance = str_of(bad ? "beside" : "direct"),
        .handling = str_of("satisfied"),
        .result = mark,
        .text = bad ? words(a, a->demo->subjects[a->c->subject].suggestions.items[0]) : str_of("")
    };
    return act(a, &ASSIGNMENTS_FLOW, x->id, a->c->collective ? "transcribe" : "evaluate", &in);
}

/* Cosigners answer too, but for some who in these weeks have not got round to it yet. */
static err evaluate_one(struct acting *a, const struct assignment *x)
{
    if (!answers(x) || !str_is(x->state, "replied") || x->round < a->c->round)
        return OK; /* not answered, or evaluated in the round before */
    bool bad = a->c->round == 1 && rng_below(&a->demo->rng, 9) == 0;
    be_writer(a);
    TRY(give_verdict(a, x, bad));
    for (size_t i = 1; i < a->c->signers; i++) {
        be_signer(a, i);
        bool lately = a->rq->today > a->demo->today - 30;
        if (rng_below(&a->demo->side, 3) > 0 || !lately)
            TRY(give_verdict(a, x, false));
    }
    return OK;
}

/* After the verdicts: closed, or the committee has them answer again. */
static err after_verdict(struct acting *a)
{
    struct evaluation_outcome outcome;
    TRY(evaluation_outcome(a->rq, "proposals", a->c->id, &outcome));
    if (str_is(outcome.stand, "evaluated_badly"))
        later(a->demo, a->c, 2, 8, REDO);
    else
        later(a->demo, a->c, 60, 160, KEEP);
    return OK;
}

/* ---- what came of it ---- */

static err report(struct acting *a, const struct promise *p, const char *verb)
{
    str text = words(a, a->demo->subjects[a->c->subject].suggestions.items[0]);
    if (strcmp(verb, "progress") == 0)
        return act(a, &PROMISES_FLOW, p->id, verb,
                   &(struct progress_input){ p->id, 10 * (3 + rng_below(&a->demo->side, 6)),
                                             text });
    return act(a, &PROMISES_FLOW, p->id, verb, &(struct promise_reason_input){ p->id, text });
}

/* Seven of ten are kept and checked, one is said to be missed, the others go on. */
static err keep_one(struct acting *a, const struct promise *p)
{
    i64 luck = rng_below(&a->demo->side, 10);
    if (!promise_is_open(p))
        return OK;
    if (luck == 9) {
        be_office(a, a->demo->staff);
        return report(a, p, "miss");
    }
    be_agency(a, p->agency_id);
    if (luck > 6)
        return report(a, p, "progress");
    TRY(report(a, p, "meet"));
    be_office(a, a->demo->staff);
    return luck > 0 ? report(a, p, "confirm") : OK;
}

static err keep(struct acting *a)
{
    struct rows rows;
    TRY(promise_store_list_of(a->rq->db, str_of("proposals"), a->c->id, a->rq->mem, &rows));
    const struct promise *all = rows.items;
    for (size_t i = 0; i < rows.count; i++)
        TRY(keep_one(a, &all[i]));
    later(a->demo, a->c, 40, 120, LOOK);
    return OK;
}

static err look(struct acting *a)
{
    static const char *const RESULTS[] = { "solved", "solved", "solved", "partly", "unsolved" };
    const struct demo_subject *s = &a->demo->subjects[a->c->subject];
    struct rows rows;
    TRY(followup_store_list_of(a->rq->db, str_of("proposals"), a->c->id, a->rq->mem, &rows));
    const struct followup *all = rows.items;
    be_office(a, a->demo->staff);
    for (size_t i = 0; i < rows.count; i++)
        if (str_is(all[i].state, "planned"))
            TRY(act(a, &FOLLOWUPS_FLOW, all[i].id, "record",
                    &(struct record_input){ .id = all[i].id,
                                            .held_on = a->rq->today,
                                            .place = demo_pick(a->demo, &a->demo->places),
                                            .visitors = demo_name(a->demo),
                                            .result = str_of(RESULTS[rng_below(&a->demo->side, 5)]),
                                            .text = words(a, s->situation) }));
    a->c->step = DONE;
    a->c->at = INT64_MAX;
    return OK;
}

static err redo(struct acting *a)
{
    be_office(a, a->demo->reviewer);
    TRY(act(a, &PROPOSALS_FLOW, a->c->id, "redo",
            &(struct proposal_reason_input){
                .id = a->c->id, .opinion = words(a, a->demo->subjects[a->c->subject].analysis) }));
    a->c->round = 2;
    later(a->demo, a->c, 5, 20, CONTACT);
    return OK;
}

/* Steps that all agencies of a case take together, and what comes next after how many days. */
static const struct joint_step {
    enum step step, next;
    i64 least, most;
    err (*one)(struct acting *a, const struct assignment *x);
} JOINT[] = {
    { BOUNCE, REASSIGN, 3, 9, bounce_one },        { REASSIGN, ACCEPT, 1, 3, reassign_one },
    { ACCEPT, CONTACT, 8, 25, accept_one },        { CONTACT, CONTRIBUTE, 2, 10, contact_one },
    { EXTEND, DECIDE, 3, 10, extend_one },         { DECIDE, CONTRIBUTE, 2, 10, decide_one },
    { CONTRIBUTE, REPLY, 15, 75, contribute_one }, { REPLY, SIGN, 1, 4, reply_one },
    { SIGN, EVALUATE, 2, 18, sign_one },           { DONE, DONE, 0, 0, NULL },
};

static err evaluate(struct acting *a)
{
    TRY(each(a, evaluate_one));
    return after_verdict(a);
}

/* Steps of the proposal itself. */
static err (*const OWN[])(struct acting *a) = {
    [WRITE] = write_it, [SUBMIT] = submit, [SCREEN] = screen,     [DOCKET] = docket,
    [REJECT] = reject,  [ASSIGN] = assign, [EVALUATE] = evaluate, [REDO] = redo,
    [KEEP] = keep,      [LOOK] = look,
};

static err step(struct acting *a)
{
    if (a->c->step < sizeof OWN / sizeof *OWN && OWN[a->c->step])
        return OWN[a->c->step](a);
    for (const struct joint_step *j = JOINT; j->one; j++)
        if (j->step == a->c->step) {
            bool longer =
                j->step == CONTACT && a->c->round == 1 && rng_below(&a->demo->rng, 8) == 0;
            TRY(each(a, j->one));
            later(a->demo, a->c, j->least, j->most, longer ? EXTEND : j->next);
            return OK;
        }
    return OK;
}

err demo_cases_run(struct rq *rq, void *context)
{
    struct demo_cases *cases = context;
    for (int n = 0; n < BATCH && !demo_cases_done(cases); n++) {
        struct rq mine = *rq;
        struct acting a = { .demo = cases->demo, .rq = &mine, .c = &cases->heap[0] };
        mine.now_ms = a.c->at;
        mine.today = day_of_ms(a.c->at);
        TRY(step(&a));
        sift_down(cases, 0);
    }
    return OK;
}
