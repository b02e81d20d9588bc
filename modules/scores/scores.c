/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Years of assessment, who is assessed in one, and who sees whose. Working out: scores_list.c. */
#include "modules/scores/scores.h"

#include "modules/exemptions/exemption.h"
#include "modules/members/member.h"
#include "platform/base/str.h"
#include "platform/settings/settings.h"
#include "platform/text/texts.h"

enum { HALF_YEAR = 6, MONTHS = 12, SCRATCH = 64 << 20 };

/* ---- the year ---- */

/* The first day of the year of assessment of this number: a window that begins in the second half
 * of a year is that of the next. What the setting says on 1 January counts, so that a window that
 * was moved leaves no day out and none twice. */
static i64 begin_of(struct rq *rq, i64 year)
{
    int month = 1, mday = 1;
    str value = setting_text_on(rq, "scores.begins_on", day_from_civil((int)year, 1, 1));
    if (!setting_month_day(value, &month, &mday))
        month = mday = 1;
    int in = month > HALF_YEAR ? (int)year - 1 : (int)year;
    i64 next = month == MONTHS ? day_from_civil(in + 1, 1, 1) : day_from_civil(in, month + 1, 1);
    i64 day = day_from_civil(in, month, 1) + mday - 1;
    return day < next ? day : next - 1;
}

struct scores_days scores_period_days(struct rq *rq, i64 year)
{
    return (struct scores_days){ begin_of(rq, year), begin_of(rq, year + 1) - 1 };
}

i64 scores_year_of(struct rq *rq, i64 day)
{
    int year, month, mday;
    day_to_civil(day, &year, &month, &mday);
    i64 found = year + 1;
    while (found >= year && begin_of(rq, found) > day)
        found--;
    return found;
}

err scores_period_find(struct rq *rq, i64 year, struct scores_period *out)
{
    *out = (struct scores_period){ .year = year ? year : scores_year_of(rq, rq->today) };
    struct scores_days days = scores_period_days(rq, out->year);
    out->from = days.from;
    out->to = days.to;
    out->before_from = begin_of(rq, out->year - 1);
    out->running = rq->today <= days.to;
    TRY(scores_store_term(rq->db, days.to, &out->term_from));
    return duty_set_within(rq, days.from, days.to, &out->set, &out->rules);
}

/* ---- who ---- */

static str joined(struct rq *rq, str words, str between, str word)
{
    return words.len ? arena_printf(rq->mem, "%.*s%.*s%.*s", (int)words.len, words.ptr,
                                    (int)between.len, between.ptr, (int)word.len, word.ptr)
                     : word;
}

static void post_take(struct rq *rq, struct scores_person *p, const struct scores_post *post)
{
    if (post->from_on > p->till || (post->to_on && post->to_on < p->till))
        return;
    p->standing =
        p->standing || (str_is(post->body, "cppcc") && member_is_standing_post(post->post));
    if (!str_has_word(p->posts, post->post))
        p->posts = joined(rq, p->posts, str_of(" "), post->post);
    if (!str_is(post->body, "committee") || p->committee_count == SCORES_COMMITTEES)
        return;
    for (size_t i = 0; i < p->committee_count; i++)
        if (p->committees[i] == post->body_id)
            return;
    p->committee_names[p->committee_count] = post->name;
    p->committees[p->committee_count++] = post->body_id;
    p->committee = joined(rq, p->committee, text_find("scores.comma"), post->name);
}

static void pause_take(struct scores_person *p, const struct member_suspension *pause)
{
    if (p->pause_count < SCORES_PAUSES)
        p->pauses[p->pause_count++] =
            (struct scores_days){ pause->from_on, pause->to_on ? pause->to_on : INT64_MAX };
}

static void exemption_take(struct scores_person *p, const struct exemption_span *span)
{
    if (p->exemption_count == SCORES_EXEMPTIONS)
        return;
    p->exempt_years[p->exemption_count] = span->years;
    p->exemptions[p->exemption_count++] = (struct scores_days){ span->from_on, span->to_on };
}

bool scores_is_exempt(const struct scores_person *p, i64 from, i64 to)
{
    for (size_t i = 0; i < p->exemption_count; i++)
        if (p->exempt_years[i] && p->exemptions[i].from <= to && p->exemptions[i].to >= from)
            return true;
    return false;
}

/* Seats of one member in order of days: since when without a gap; the last one says the rest. */
static void seats_take(struct arena *mem, struct scores_person *p, const struct scores_seat *seats,
                       size_t count)
{
    const struct scores_seat *last = &seats[count - 1];
    p->since = seats[0].from_on;
    for (size_t i = 1; i < count; i++)
        if (seats[i - 1].to_on && seats[i - 1].to_on + 1 < seats[i].from_on)
            p->since = seats[i].from_on;
    p->member_id = last->member_id;
    p->person_id = last->person_id;
    p->code = arena_str(mem, last->code);
    p->name = arena_str(mem, last->name);
    p->sector = arena_str(mem, last->sector);
    p->sector_place = last->sector_place;
    p->party = arena_str(mem, last->party);
}

static void stand_take(struct scores_person *p, const struct scores_period *period,
                       const struct scores_seat *last, i64 at)
{
    bool left = last->to_on && last->to_on < period->to;
    p->joined = p->since > period->from;
    p->till = left ? last->to_on : at;
    if (left)
        p->stand = last->died ? SCORES_DIED : SCORES_LEFT;
}

static bool is_paused(const struct scores_person *p, i64 day)
{
    for (size_t i = 0; i < p->pause_count; i++)
        if (p->pauses[i].from <= day && day <= p->pauses[i].to)
            return true;
    return false;
}

struct gathering {
    struct rq *rq;
    const struct scores_period *period;
    struct rows pauses, posts, exemptions;
    size_t pause, post, exemption; /* how far they are read: all come by member */
};

static void exemptions_take(struct gathering *g, struct scores_person *p)
{
    const struct exemption_span *all = g->exemptions.items;
    while (g->exemption < g->exemptions.count && all[g->exemption].member_id < p->member_id)
        g->exemption++;
    for (; g->exemption < g->exemptions.count && all[g->exemption].member_id == p->member_id;
         g->exemption++)
        exemption_take(p, &all[g->exemption]);
}

static void rest_take(struct gathering *g, struct scores_person *p)
{
    const struct member_suspension *pauses = g->pauses.items;
    const struct scores_post *posts = g->posts.items;
    while (g->pause < g->pauses.count && pauses[g->pause].member_id < p->member_id)
        g->pause++;
    for (; g->pause < g->pauses.count && pauses[g->pause].member_id == p->member_id; g->pause++)
        pause_take(p, &pauses[g->pause]);
    while (g->post < g->posts.count && posts[g->post].member_id < p->member_id)
        g->post++;
    for (; g->post < g->posts.count && posts[g->post].member_id == p->member_id; g->post++)
        post_take(g->rq, p, &posts[g->post]);
    exemptions_take(g, p);
    if (p->stand == SCORES_SERVING && is_paused(p, p->till))
        p->stand = SCORES_SUSPENDED;
    if (p->stand == SCORES_SERVING && scores_is_exempt(p, g->period->from, g->period->to))
        p->stand = SCORES_EXEMPT;
}

static err people_find(struct rq *rq, const struct scores_period *period, i64 only,
                       struct arena *scratch, struct rows *out)
{
    struct gathering g = { .rq = rq, .period = period };
    const struct scores_days days = { period->from, period->to };
    i64 at = period->running ? rq->today : period->to;
    struct rows seats;
    TRY(scores_store_list_seats(rq->db, only, at, scratch, &seats));
    TRY(member_list_suspensions(rq, only, 0, at, &g.pauses));
    TRY(scores_store_list_posts(rq->db, only, &days, rq->mem, &g.posts));
    TRY(exemption_list_spans(rq, only, 0, period->to, &g.exemptions));
    const struct scores_seat *all = seats.items;
    struct scores_person *people = arena_array(rq->mem, seats.count + 1, sizeof *people);
    size_t n = 0;
    for (size_t i = 0, end; i < seats.count; i = end) {
        for (end = i + 1; end < seats.count && all[end].member_id == all[i].member_id;)
            end++;
        if (all[end - 1].to_on && all[end - 1].to_on < period->from)
            continue;
        struct scores_person *p = &people[n++];
        *p = (struct scores_person){ .stand = SCORES_SERVING };
        seats_take(rq->mem, p, &all[i], end - i);
        stand_take(p, period, &all[end - 1], at);
        rest_take(&g, p);
    }
    *out = (struct rows){ people, n, sizeof *people };
    return OK;
}

/* Of ten thousand the seats alone are a quarter of what a request may hold: they go at once. */
err scores_people(struct rq *rq, const struct scores_period *period, i64 only, struct rows *out)
{
    struct arena *scratch = arena_new(SCRATCH, 0);
    err e = people_find(rq, period, only, scratch, out);
    arena_free(scratch);
    return e;
}

/* ---- who sees what ---- */

enum audience { MEMBERS, HEADS, LEADERS, STAFF, AUDIENCES };

static struct scores_shows shows_of(struct rq *rq, enum audience audience)
{
    static const char *const NAMES[AUDIENCES][4] = {
        { "scores.member_points", "scores.member_grade", "scores.member_ranking",
          "scores.member_comparison" },
        { "scores.head_points", "scores.head_grade", "scores.head_ranking",
          "scores.head_comparison" },
        { "scores.leader_points", "scores.leader_grade", "scores.leader_ranking",
          "scores.leader_comparison" },
        { "scores.staff_points", "scores.staff_grade", "scores.staff_ranking",
          "scores.staff_comparison" },
    };
    return (struct scores_shows){ .points = setting_on(rq, NAMES[audience][0]),
                                  .grade = setting_on(rq, NAMES[audience][1]),
                                  .ranking = setting_on(rq, NAMES[audience][2]),
                                  .comparison = setting_on(rq, NAMES[audience][3]) };
}

struct scores_shows scores_shows_own(struct rq *rq)
{
    return shows_of(rq, MEMBERS);
}

struct scores_shows scores_shows_others(struct rq *rq)
{
    if (actor_scope(rq->actor, "scores.read") != SCOPE_ORG)
        return shows_of(rq, HEADS);
    return shows_of(rq, actor_may(rq->actor, "rulesets.manage") ? STAFF : LEADERS);
}

bool scores_may_see(struct rq *rq, const struct scores_person *person)
{
    const struct actor *actor = rq->actor;
    if (actor->member_id && actor->member_id == person->member_id)
        return true;
    if (!actor_may(actor, "scores.read"))
        return false;
    if (actor_scope(actor, "scores.read") == SCOPE_ORG)
        return true;
    for (size_t i = 0; i < person->committee_count; i++)
        for (size_t k = 0; k < actor->committees.count; k++)
            if (actor->committees.items[k] == person->committees[i])
                return true;
    return false;
}
