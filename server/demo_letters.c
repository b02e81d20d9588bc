/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Letters of the demo city in every state, by real steps of the office, of units and of senders:
 * some thirty days of them, many about the same matter. Texts: seed/demo/letters.txt. After the
 * cases, so that the dice of these fall as before. */
#include <assert.h>

#include "modules/assignments/assignment.h"
#include "modules/assignments/assignment_forms.h"
#include "modules/clusters/cluster.h"
#include "modules/clusters/cluster_rules.h"
#include "modules/mailbox/letter_forms.h"
#include "modules/mailbox/letter_rules.h"
#include "modules/orgs/org.h"
#include "modules/topics/topic.h"
#include "platform/access/access.h"
#include "platform/app.h"
#include "server/demo.h"

enum {
    LETTERS = 200,
    DAYS = 60,
    NINE_MS = 9 * 3600 * 1000,
    MATTERS_MAX = 40,
    SORTED_DAYS = 4,
    ANSWERED_DAYS = 12,
    TOLD_EACH = 9,
    PICTURED_EACH = 2,
    POINTED_EACH = 4,
    POINTS_MAX = 20,
    VIA_COUNT = 4,
    COUNTY_LETTERS = 4
};

/* What becomes of a letter, one after the other. */
enum way {
    ROUTED,
    DISMISSED,
    OFFICE,
    AT_WORK,
    SOLVED,
    ENDED,
    LASTING,
    PARTLY,
    AGAIN,
    TWICE,
    ALONG,
    UNJUDGED,
    WAYS
};

struct demo_matter {
    str agency, category, answer;
    strs says;
    i64 lead_id; /* the last one that was handed out */
};

/* The seat of a county, for letters that say where in numbers. */
struct demo_point {
    str county, point;
};

struct posting {
    struct demo *d;
    struct rq *rq;
    struct demo_matter matters[MATTERS_MAX];
    size_t matter_count;
    struct demo_point points[POINTS_MAX];
    size_t point_count;
    i64 today, now_ms; /* the demo's */
    i64 oldest;        /* letter */
    i64 unsolved;      /* letter: the last one that was not solved twice */
    str not_taken;     /* why the topic below is not taken up */
    str clerk, open, close, guide, dismiss, office, again, again_answer;
    struct cluster_feed_input fed; /* what the office makes of the oldest matter */
    struct topic_input topic;      /* what a committee proposes by itself */
};

/* ---- the texts ---- */

static void take_matter(struct posting *p, str value)
{
    struct demo_matter *m = &p->matters[p->matter_count++];
    str part[2] = { { 0 } };
    for (size_t i = 0; i < 2 && str_split(&value, '|', &part[i]); i++)
        part[i] = str_trim(part[i]);
    *m = (struct demo_matter){ .agency = part[0], .category = part[1] };
}

static void take_point(struct posting *p, str value)
{
    str county;
    str_split(&value, '|', &county);
    p->points[p->point_count++] = (struct demo_point){ str_trim(county), str_trim(value) };
}

static void take_line(struct posting *p, str name, str value)
{
    const struct {
        const char *name;
        str *to;
    } WORDS[] = { { "open", &p->open },
                  { "close", &p->close },
                  { "guide", &p->guide },
                  { "dismiss", &p->dismiss },
                  { "office", &p->office },
                  { "again", &p->again },
                  { "again_answer", &p->again_answer },
                  { "fed_title", &p->fed.title },
                  { "fed_situation", &p->fed.situation },
                  { "fed_analysis", &p->fed.analysis },
                  { "fed_suggestions", &p->fed.suggestions },
                  { "topic_title", &p->topic.title },
                  { "topic_body", &p->topic.body },
                  { "topic_proposer", &p->topic.proposer },
                  { "topic_reason", &p->not_taken } };
    struct demo_matter *m = p->matter_count ? &p->matters[p->matter_count - 1] : NULL;
    if (str_is(name, "matter") && p->matter_count < MATTERS_MAX)
        take_matter(p, value);
    else if (str_is(name, "point") && p->point_count < POINTS_MAX)
        take_point(p, value);
    else if (str_is(name, "say") && m)
        strs_add(p->d->mem, &m->says, value);
    else if (str_is(name, "answer") && m)
        m->answer = value;
    for (size_t i = 0; i < sizeof WORDS / sizeof *WORDS; i++)
        if (str_is(name, WORDS[i].name))
            *WORDS[i].to = value;
}

/* ---- who acts, and when ---- */

static void on_day(struct posting *p, i64 day)
{
    p->rq->today = day < p->today ? day : p->today;
    i64 nine = day_start_ms(p->rq->today) + NINE_MS;
    p->rq->now_ms = nine < p->now_ms ? nine : p->now_ms; /* the demo may be made at eight */
}

static void be(struct posting *p, i64 account_id, str name, i64 agency_id)
{
    struct actor *actor = arena_zero(p->rq->mem, sizeof *actor);
    actor->account_id = account_id;
    actor->org_id = p->d->org_id;
    actor->agency_id = agency_id;
    actor->name = name;
    memset(actor->scopes, agency_id ? SCOPE_AGENCY : SCOPE_ORG, sizeof actor->scopes);
    p->rq->actor = actor;
}

static void be_staff(struct posting *p)
{
    be(p, p->d->staff, p->clerk, 0);
}

static err act(struct posting *p, const struct flow *flow, i64 id, const char *verb,
               const void *input)
{
    p->rq->input = input;
    return flow_act(p->rq, flow, id, verb, 0);
}

/* ---- steps ---- */

static err triage(struct posting *p, i64 id, const struct demo_matter *m)
{
    struct letter_triage_input in = { .id = id,
                                      .kind = str_of("concern"),
                                      .category = m->category };
    be_staff(p);
    return act(p, &LETTERS_FLOW, id, "triage", &in);
}

static err say(struct posting *p, i64 id, const char *verb, str text)
{
    struct letter_text_input in = { id, text };
    be_staff(p);
    return act(p, &LETTERS_FLOW, id, verb, &in);
}

static const struct demo_agency *agency_of(const struct demo *d, str name)
{
    for (size_t i = 0; i < d->agency_count; i++)
        if (str_eq(d->agencies[i].name, name))
            return &d->agencies[i];
    return d->agencies;
}

static err hand_out(struct posting *p, i64 id, struct demo_matter *m)
{
    struct letter_assign_input in = { .id = id, .host_id = agency_of(p->d, m->agency)->id };
    be_staff(p);
    m->lead_id = id;
    return act(p, &LETTERS_FLOW, id, "assign", &in);
}

static err unit_answers(struct posting *p, i64 id, const struct demo_matter *m, str text, str place)
{
    const struct demo_agency *agency = agency_of(p->d, m->agency);
    struct rows rows;
    struct arena *mem = p->rq->mem;
    str adopted = str_of("adopted");
    struct reply_input reply = { .opening = demo_fill(p->d, mem, p->open, place),
                                 .closing = p->close,
                                 .operator= p->clerk,
                                 .phone = str_of("0883-2120000"),
                                 .results = { &adopted, 1 },
                                 .answers = { &text, 1 } };
    struct sign_input sign = { .signer = p->clerk };
    TRY(assignment_list_of(p->rq, "letters", id, &rows));
    const struct assignment *a = rows.items;
    be(p, agency->account_id, agency->name, agency->id);
    if (str_is(a->state, "assigned"))
        TRY(act(p, &ASSIGNMENTS_FLOW, a->id, "accept", NULL));
    TRY(act(p, &ASSIGNMENTS_FLOW, a->id, "reply", &reply));
    return act(p, &ASSIGNMENTS_FLOW, a->id, "sign", &sign);
}

static err judge(struct posting *p, i64 id, const char *verdict, str text)
{
    struct letter_evaluate_input in = { str_of(verdict), text };
    return flow_move(p->rq, &LETTERS_FLOW, id, "evaluate", &in);
}

/* ---- ways ---- */

/* Handed out on the second day, answered on the ninth; what the sender says then. */
static err handled(struct posting *p, i64 id, struct demo_matter *m, enum way way, str place)
{
    i64 day = p->rq->today;
    TRY(hand_out(p, id, m));
    if (way == AT_WORK)
        return OK;
    on_day(p, day + 7);
    TRY(unit_answers(p, id, m, m->answer, place));
    if (way == UNJUDGED)
        return OK;
    on_day(p, day + 9);
    if (way == PARTLY)
        return judge(p, id, "partly", str_of(""));
    if (way != AGAIN && way != TWICE)
        return judge(p, id, "solved", str_of(""));
    TRY(judge(p, id, "unsolved", p->again));
    on_day(p, day + 14);
    TRY(unit_answers(p, id, m, p->again_answer, place));
    p->unsolved = way == TWICE ? id : p->unsolved;
    return judge(p, id, way == TWICE ? "unsolved" : "solved", str_of(""));
}

static err go(struct posting *p, i64 id, struct demo_matter *m, enum way way, str place)
{
    struct letter_dismiss_input no = { id, str_of("empty"), p->dismiss };
    struct letter_attach_input along = { id, m->lead_id };
    TRY(triage(p, id, m));
    if (way == ROUTED)
        return say(p, id, "route", p->guide);
    if (way == DISMISSED)
        return act(p, &LETTERS_FLOW, id, "dismiss", &no);
    if (way == OFFICE)
        return say(p, id, "answer", p->office);
    if (way == ALONG && m->lead_id)
        return act(p, &LETTERS_FLOW, id, "attach", &along);
    TRY(handled(p, id, m, way, place));
    if (way != ENDED)
        return OK;
    be_staff(p);
    return act(p, &LETTERS_FLOW, id, "close", NULL);
}

/* Some say where in numbers: measured by a telephone, or copied from a map. */
static void point_out(const struct posting *p, size_t i, str county, struct letter_new *new)
{
    if (i % POINTED_EACH)
        return;
    for (size_t k = 0; k < p->point_count; k++)
        if (str_starts(county, p->points[k].county))
            new->point = p->points[k].point;
    if (new->point.len)
        new->point_by = str_of(i % (2 * POINTED_EACH) ? "typed" : "phone");
}

/* Received so many days ago; the newest are not sorted yet, the next not handed out. */
static err make_one(struct posting *p, size_t i)
{
    static const char *const VIAS[VIA_COUNT] = { "phone", "visit", "post", "window" };
    struct demo *d = p->d;
    struct demo_matter *m = &p->matters[(i * 5 + i / 9) % p->matter_count];
    size_t nth = (i * 3 + i / 7) % d->places.count;
    str place = d->places.items[nth];
    i64 day = p->today - (i64)((LETTERS - 1 - i) * DAYS / LETTERS), id;
    struct area area;
    TRY(area_find_by_text(p->rq, place, &area));
    struct letter_new new = { .kind = str_of("concern"),
                              .lane = str_of("proved"),
                              .area_id = area.id,
                              .body = demo_fill(d, p->rq->mem, m->says.items[i % m->says.count],
                                                place) };
    on_day(p, day);
    point_out(p, i, d->counties.items[nth], &new);
    if (i % TOLD_EACH == 0) { /* somebody calls, comes, writes on paper, stands at the window */
        new.lane = str_of("staff");
        new.via = str_of(VIAS[i / TOLD_EACH % VIA_COUNT]);
        be_staff(p);
    }
    TRY(letter_add(p->rq, &new, &id));
    if (m == p->matters && i % PICTURED_EACH == 0) /* the first is about lamps, as the photo is */
        TRY(demo_photo_add(p->rq, id));
    p->oldest = p->oldest ? p->oldest : id;
    i64 age = p->today - day;
    if (age < 2)
        return OK;
    on_day(p, day + 1);
    enum way way = (enum way)(i % WAYS);
    if (age < ANSWERED_DAYS && way > AT_WORK && way != ALONG)
        way = AT_WORK;
    return age < SORTED_DAYS ? triage(p, id, m) : go(p, id, m, way, place);
}

/* Candidate topics: a letter that was not solved twice, which waits; the oldest matter, which is
 * taken up; what a committee proposes, which is not. */
static err make_topics(struct posting *p, const struct cluster *oldest)
{
    const struct cluster_offer_input offer = { oldest->id, p->fed.title, p->fed.situation };
    const struct topic_reject_input no = { .opinion = p->not_taken };
    struct topic own = { .title = p->topic.title,
                         .body = p->topic.body,
                         .source = str_of("members"),
                         .proposer = p->topic.proposer };
    struct letter l;
    struct rows rows;
    TRY(letter_find_house(p->rq, p->unsolved, &l));
    const struct letter_offer_input of_letter = { l.id, l.title, letter_text_for_units(p->rq, &l) };
    TRY(act(p, &LETTERS_FLOW, l.id, "offer", &of_letter));
    TRY(act(p, &CLUSTERS_FLOW, oldest->id, "offer", &offer));
    TRY(topic_list_of_cluster(p->rq, oldest->id, &rows));
    assert(rows.count == 1); /* it was offered just now */
    TRY(act(p, &TOPICS_FLOW, ((const struct topic *)rows.items)->id, "pool", NULL));
    TRY(topic_add(p->rq, &own));
    return act(p, &TOPICS_FLOW, own.id, "reject", &no);
}

/* What the oldest letter is about goes to the committee as an opinion, and is over: that matter
 * takes no more letters. */
static err close_matter(struct posting *p)
{
    struct cluster cluster;
    TRY(cluster_of(p->rq, &CLUSTER_LETTERS, p->oldest, &cluster));
    on_day(p, p->today);
    be_staff(p);
    TRY(make_topics(p, &cluster));
    TRY(act(p, &CLUSTERS_FLOW, cluster.id, "feed", &p->fed));
    return act(p, &CLUSTERS_FLOW, cluster.id, "close", NULL);
}

/* A few letters of each county's own, answered by its office some days later: the city sees how
 * many, and no more. */
static err make_of_county(struct posting *p, const struct org *county, size_t nth)
{
    const struct letter_evaluate_input solved = { str_of("solved"), str_of("") };
    struct rq own;
    app_system_rq(p->rq->app, p->rq->db, p->rq->mem, county->id, &own);
    own.rng = p->rq->rng;
    for (size_t i = 0; i < COUNTY_LETTERS; i++) {
        const struct demo_matter *m = &p->matters[(nth * 3 + i) % p->matter_count];
        str place = p->d->places.items[(nth * 5 + i) % p->d->places.count];
        struct letter_new new = { .kind = str_of("concern"),
                                  .lane = str_of("proved"),
                                  .body = demo_fill(p->d, p->rq->mem, m->says.items[0], place) };
        i64 id, day = p->today - DAYS + (i64)(i * COUNTY_LETTERS);
        own.today = day;
        own.now_ms = day_start_ms(day) + NINE_MS;
        TRY(letter_add(&own, &new, &id));
        const struct letter_text_input answer = { id, p->office };
        own.today += (i64)((nth + i) % COUNTY_LETTERS);
        own.now_ms = day_start_ms(own.today) + NINE_MS;
        if (i + 1 < COUNTY_LETTERS)
            TRY(flow_move(&own, &LETTERS_FLOW, id, "answer", &answer));
        if (i + 2 < COUNTY_LETTERS)
            TRY(flow_move(&own, &LETTERS_FLOW, id, "evaluate", &solved));
    }
    return OK;
}

/* Does one part of the work in a request of its own, whose memory is free again afterwards: two
 * hundred letters on their whole roads need more than a request may have. */
static err apart(struct posting *p, err (*part)(struct posting *p, size_t nth), size_t nth)
{
    struct rq *rq = p->rq, mine = *rq;
    struct arena_mark mark = arena_mark(rq->mem);
    p->rq = &mine;
    err e = part(p, nth);
    p->rq = rq;
    db_set_org(rq->db, p->d->org_id);
    TRY(e);
    arena_reset_to(rq->mem, mark);
    return OK;
}

static err make_below(struct posting *p, size_t nth)
{
    struct rows rows;
    TRY(org_list_below(p->rq, &rows));
    const struct org *below = rows.items;
    return nth < rows.count ? make_of_county(p, &below[nth], nth) : OK;
}

static err make_end(struct posting *p, size_t nth)
{
    (void)nth;
    return close_matter(p);
}

err demo_make_letters(struct rq *rq, void *demo)
{
    struct demo *d = demo;
    struct posting *p = arena_zero(rq->mem, sizeof *p);
    struct rows below;
    *p = (struct posting){
        .d = d, .rq = rq, .today = d->today, .now_ms = rq->now_ms, .clerk = demo_name(d)
    };
    str text = demo_seed("demo/letters.txt"), line, name, value;
    while (str_split(&text, '\n', &line))
        if (demo_line(line, &name, &value))
            take_line(p, name, value);
    assert(p->matter_count > 0); /* seed/demo/letters.txt */
    for (size_t i = 0; i < LETTERS; i++)
        TRY(apart(p, make_one, i));
    TRY(apart(p, make_end, 0));
    TRY(org_list_below(rq, &below));
    for (size_t i = 0; i < below.count; i++)
        TRY(apart(p, make_below, i));
    return OK;
}
