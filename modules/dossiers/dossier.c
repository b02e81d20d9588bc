/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The story of a member's term, put together when somebody looks: what he did and what came of it
 * (entries), seats and posts (members, scores), gates of each year (scores). Nothing is kept. */
#include "modules/dossiers/dossier.h"

#include <stdlib.h>

#include "modules/assessments/assessment.h"
#include "modules/orgs/session.h"
#include "modules/pledges/pledge.h"
#include "modules/statements/statement.h"
#include "platform/base/str.h"
#include "platform/settings/settings.h"
#include "platform/text/text_date.h"
#include "platform/text/texts.h"

enum { COUNTS_MAX = 64, GRADES_MAX = 12, WHOLE = 1000 };

/* ---- terms ---- */

err dossier_terms(struct rq *rq, i64 member_id, struct rows *out)
{
    struct rows seats, terms;
    TRY(scores_store_list_seats(rq->db, member_id, rq->today, rq->mem, &seats));
    TRY(term_list(rq, &terms));
    const struct scores_seat *seat = seats.items;
    const struct term *all = terms.items;
    struct term *found = arena_array(rq->mem, terms.count + 1, sizeof *found);
    size_t n = 0;
    for (size_t i = 0; i < terms.count; i++)
        for (size_t k = 0; k < seats.count; k++) {
            bool before = seat[k].to_on && seat[k].to_on < all[i].from_on;
            bool after = all[i].to_on && seat[k].from_on > all[i].to_on;
            if (before || after || all[i].from_on > rq->today)
                continue;
            found[n++] = all[i];
            break;
        }
    *out = (struct rows){ found, n, sizeof *found };
    return OK;
}

err dossier_span_load(struct rq *rq, const struct term *term, i64 only, struct dossier_span *out)
{
    struct org org;
    *out = (struct dossier_span){ .term = *term, .until_on = rq->today };
    if (term->to_on && term->to_on < rq->today)
        out->until_on = term->to_on;
    TRY(org_find_cppcc(rq, &org));
    out->org_name = org.name;
    i64 last = scores_year_of(rq, out->until_on);
    for (i64 y = scores_year_of(rq, term->from_on); y <= last && out->count < DOSSIER_YEARS; y++) {
        struct scores_period *period = &out->periods[out->count];
        TRY(scores_period_find(rq, y, period));
        TRY(scores_list(rq, &(struct scores_ask){ .period = period, .only = only },
                        &out->rows[out->count++]));
    }
    return OK;
}

static const struct scores_row *row_of(const struct dossier_span *span, size_t year, i64 member_id)
{
    const struct scores_row *all = span->rows[year].items;
    for (size_t i = 0; i < span->rows[year].count; i++)
        if (all[i].person->member_id == member_id)
            return &all[i];
    return NULL;
}

/* ---- counting ---- */

static enum dossier_group group_of(str kind)
{
    static const struct {
        const char *begin;
        enum dossier_group group;
    } GROUPS[] = {
        { "proposals.", DOSSIER_PROPOSALS }, { "opinions.", DOSSIER_OPINIONS },
        { "honour.", DOSSIER_HONOURS },      { "plenary.", DOSSIER_SITTINGS },
        { "standing.", DOSSIER_SITTINGS },   { "meeting.", DOSSIER_SITTINGS },
        { "group.", DOSSIER_SITTINGS },      { "activity.", DOSSIER_SITTINGS },
        { "training.", DOSSIER_SITTINGS },
    };
    for (size_t i = 0; i < sizeof GROUPS / sizeof *GROUPS; i++)
        if (str_starts(kind, str_of(GROUPS[i].begin)))
            return GROUPS[i].group;
    return DOSSIER_OTHERS;
}

const char *dossier_group_name(enum dossier_group group)
{
    static const char *const NAMES[DOSSIER_GROUPS] = { "proposals", "opinions", "honours",
                                                       "sittings", "others" };
    return NAMES[group];
}

static str joined(struct rq *rq, str words, const char *text, str word)
{
    if (word.len == 0)
        return words;
    return words.len ? text_format(rq->mem, text, words, word) : word;
}

/* Kinds in this order, then those that it does not name as they come. */
static int place_of(str kind)
{
    static const char *const KINDS[] = {
        "proposals.submitted", "proposals.docketed", "proposals.merged",  "proposals.key",
        "proposals.commended", "proposals.answered", "proposals.kept",    "proposals.instructed",
        "proposals.recast",    "opinions.submitted", "opinions.issued",   "opinions.adopted",
        "opinions.instructed", "honour.nation",      "honour.province",   "honour.prefecture",
        "honour.city",         DOSSIER_PLENARY,      "plenary.leave",     "plenary.absent",
        "plenary.late",        "standing.attended",  "standing.leave",    "standing.absent",
        "standing.late",       "meeting.attended",   "meeting.leave",     "meeting.absent",
        "meeting.late",        "group.absent",       "activity.attended", "training.whole",
        "training.part",
    };
    int count = sizeof KINDS / sizeof *KINDS;
    for (int i = 0; i < count; i++)
        if (str_is(kind, KINDS[i]))
            return i;
    return count;
}

/* Whose half-days are said in its words is one thing. */
static i64 counted(const struct entry_told *e)
{
    return str_is(e->kind, DOSSIER_PLENARY) ? WHOLE : e->quantity;
}

struct graded {
    str grade;
    i64 quantity;
};

/* "（A类 3、B类 2）" of the rows of a kind; empty where nothing tells them apart. */
static str grades_of(struct rq *rq, const struct entry_told *all, size_t count, str kind)
{
    struct graded graded[GRADES_MAX];
    size_t n = 0;
    str words = str_of("");
    for (size_t i = 0; i < count; i++) {
        size_t at = 0;
        if (!str_eq(all[i].kind, kind) || all[i].grade.len == 0)
            continue;
        while (at < n && !str_eq(graded[at].grade, all[i].grade))
            at++;
        if (at == GRADES_MAX)
            continue;
        if (at == n)
            graded[n++] = (struct graded){ all[i].grade, 0 };
        graded[at].quantity += counted(&all[i]);
    }
    for (size_t i = 0; i < n; i++)
        words = joined(rq, words, "dossiers.and",
                       text_format(rq->mem, "dossiers.graded", graded[i].grade,
                                   str_number(rq->mem, graded[i].quantity / WHOLE)));
    return words.len ? text_format(rq->mem, "dossiers.within", words, str_of("")) : words;
}

static int by_place(const void *a, const void *b)
{
    const struct dossier_count *x = a, *y = b;
    int p = place_of(x->kind), q = place_of(y->kind);
    return p != q ? (p < q ? -1 : 1) : str_cmp(x->kind, y->kind);
}

static struct dossier_counts counts_of(struct rq *rq, const struct entry_told *all, size_t count)
{
    struct dossier_count *found = arena_array(rq->mem, COUNTS_MAX, sizeof *found);
    size_t n = 0;
    for (size_t i = 0; i < count; i++) {
        size_t at = 0;
        while (at < n && !str_eq(found[at].kind, all[i].kind))
            at++;
        if (at == COUNTS_MAX)
            continue;
        if (at == n)
            found[n++] = (struct dossier_count){ .group = group_of(all[i].kind),
                                                 .kind = all[i].kind,
                                                 .label = all[i].label };
        found[at].quantity += counted(&all[i]);
    }
    for (size_t i = 0; i < n; i++) {
        str grades = grades_of(rq, all, count, found[i].kind);
        found[i].quantity /= WHOLE;
        str words = text_format(
            rq->mem,
            arena_printf(rq->mem, "dossiers.count.%s", dossier_group_name(found[i].group)).ptr,
            found[i].label, str_number(rq->mem, found[i].quantity));
        found[i].words = arena_printf(rq->mem, "%.*s%.*s", (int)words.len, words.ptr,
                                      (int)grades.len, grades.ptr);
    }
    qsort(found, n, sizeof *found, by_place);
    return (struct dossier_counts){ found, n };
}

str dossier_group_words(struct rq *rq, const struct dossier_counts *counts,
                        enum dossier_group group)
{
    str words = str_of("");
    for (size_t i = 0; i < counts->count; i++)
        if (counts->items[i].group == group)
            words = joined(rq, words, "dossiers.then", counts->items[i].words);
    return words;
}

static i64 quantity_of(const struct dossier *d, const char *kind)
{
    for (size_t i = 0; i < d->counts.count; i++)
        if (str_is(d->counts.items[i].kind, kind))
            return d->counts.items[i].quantity;
    return 0;
}

static bool has_standing(const struct dossier *d)
{
    for (size_t i = 0; i < d->counts.count; i++)
        if (str_starts(d->counts.items[i].kind, str_of("standing.")))
            return true;
    return false;
}

/* ---- what happened ---- */

static str post_name(struct rq *rq, const struct scores_post *post)
{
    str label = dictionary_label(rq, "members.posts", post->post);
    return post->name.len ? text_format(rq->mem, "dossiers.post_of", post->name, label) : label;
}

static str post_words(struct rq *rq, const struct scores_post *post)
{
    str from = text_date(rq->mem, post->from_on);
    str to = post->to_on ? text_date(rq->mem, post->to_on) : text_find("dossiers.until_now");
    return text_format(rq->mem, "dossiers.post_days", post_name(rq, post),
                       text_format(rq->mem, "dossiers.days", from, to));
}

static str act_words(struct rq *rq, const struct dossier_act *act)
{
    str words = joined(rq, act->organ, "dossiers.then", act->document);
    return joined(rq, words, "dossiers.then", act->reason);
}

struct events {
    struct rq *rq;
    struct dossier *d;
    struct dossier_event *items;
    size_t count;
};

static void event_add(struct events *e, i64 on, str what, str words)
{
    e->items[e->count++] = (struct dossier_event){ .on_on = on, .what = what, .words = words };
}

static void posts_take(struct events *e, const struct rows *rows)
{
    const struct dossier_span *span = e->d->span;
    const struct scores_post *all = rows->items;
    for (size_t i = 0; i < rows->count; i++) {
        str name = post_name(e->rq, &all[i]);
        e->d->posts = joined(e->rq, e->d->posts, "dossiers.lines", post_words(e->rq, &all[i]));
        e->d->stands =
            e->d->stands || (str_is(all[i].body, "cppcc") && member_is_standing_post(all[i].post));
        if (all[i].from_on >= span->term.from_on)
            event_add(e, all[i].from_on,
                      text_format(e->rq->mem, "dossiers.post_begun", name, str_of("")), str_of(""));
        if (all[i].to_on && all[i].to_on <= span->until_on)
            event_add(e, all[i].to_on,
                      text_format(e->rq->mem, "dossiers.post_ended", name, str_of("")), str_of(""));
    }
}

/* By day; what begins in a post or seat stands before what was done. */
static int by_day(const void *a, const void *b)
{
    const struct dossier_event *x = a, *y = b;
    if (x->on_on != y->on_on)
        return x->on_on < y->on_on ? -1 : 1;
    i64 p = x->entry ? x->entry->id : 0, q = y->entry ? y->entry->id : 0;
    return p != q ? (p < q ? -1 : 1) : str_cmp(x->what, y->what);
}

static str told_words(struct rq *rq, const struct entry_told *e)
{
    str words = e->words;
    if (counted(e) != WHOLE)
        words = joined(rq, words, "dossiers.and",
                       text_format(rq->mem, "dossiers.times",
                                   str_number(rq->mem, e->quantity / WHOLE), str_of("")));
    return words;
}

static err events_load(struct rq *rq, struct dossier *d)
{
    const struct dossier_span *span = d->span;
    const struct dossier_days days = { d->member.id, span->term.from_on, span->until_on };
    const struct scores_days within = { days.from_on, days.to_on };
    struct rows acts, posts;
    TRY(dossier_store_list_acts(rq->db, &days, rq->mem, &acts));
    TRY(scores_store_list_posts(rq->db, d->member.id, &within, rq->mem, &posts));
    struct events e = { .rq = rq, .d = d };
    e.items =
        arena_array(rq->mem, acts.count + 2 * posts.count + d->entry_count + 1, sizeof *e.items);
    const struct dossier_act *act = acts.items;
    for (size_t i = 0; i < acts.count; i++)
        event_add(&e, act[i].on_on, text_label("members.act", act[i].act), act_words(rq, &act[i]));
    posts_take(&e, &posts);
    for (size_t i = 0; i < d->entry_count; i++) {
        event_add(&e, d->entries[i].happened_on, d->entries[i].label,
                  told_words(rq, &d->entries[i]));
        e.items[e.count - 1].entry = &d->entries[i];
        d->outcome_count += d->entries[i].is_outcome;
    }
    qsort(e.items, e.count, sizeof *e.items, by_day);
    d->events = e.items;
    d->event_count = e.count;
    return OK;
}

/* ---- years ---- */

static str missing_of(struct rq *rq, const struct scores_period *period,
                      const struct scores_row *row)
{
    str words = str_of("");
    for (size_t i = 0; period->rules && i < period->rules->gate_count; i++)
        if ((row->score->duties & ~row->score->met) >> i & 1)
            words = joined(rq, words, "dossiers.and", period->rules->gates[i].text);
    return words;
}

static void year_events(struct rq *rq, const struct dossier *d, struct dossier_year *y)
{
    size_t from = 0, first = 0, last = 0;
    while (from < d->event_count && d->events[from].on_on < y->from_on)
        from++;
    y->events = d->events + from;
    while (from + y->event_count < d->event_count &&
           d->events[from + y->event_count].on_on <= y->to_on)
        y->event_count++;
    while (first < d->entry_count && d->entries[first].happened_on < y->from_on)
        first++;
    for (last = first; last < d->entry_count && d->entries[last].happened_on <= y->to_on;)
        last++;
    y->counts = counts_of(rq, d->entries + first, last - first);
}

static bool is_own(const struct rq *rq, const struct dossier *d)
{
    return rq->actor->member_id == d->member.id;
}

/* The pledge and the report that he handed in for a year. */
static err written_find(struct rq *rq, const struct dossier *d, struct dossier_year *y)
{
    struct pledge pledge;
    struct rows rows;
    TRY(pledge_find(rq, d->member.id, y->year, &pledge));
    y->pledged_on = pledge.signed_at ? day_of_ms(pledge.signed_at) : 0;
    TRY(statement_list_of(rq, d->member.id, y->year, &rows));
    const struct statement *all = rows.items;
    for (size_t i = 0; i < rows.count && !y->stated_on; i++)
        if (str_is(all[i].state, "submitted") || str_is(all[i].state, "remarked"))
            y->stated_on = day_of_ms(all[i].submitted_at);
    return OK;
}

/* Himself once he was told, whoever reads assessments once it is decided. */
static err grades_find(struct rq *rq, const struct dossier *d, struct dossier_year *years)
{
    bool reads = actor_may(rq->actor, "assessments.read");
    struct rows rows;
    if (!reads && !is_own(rq, d))
        return OK;
    TRY(assessments_of_member(rq, d->member.id, d->span->term.from_on, INT64_MAX, &rows));
    const struct assessment_grade *all = rows.items;
    for (size_t i = 0; i < rows.count; i++)
        for (size_t k = 0; k < d->year_count; k++)
            if (years[k].year == all[i].year && (reads || all[i].told)) {
                years[k].grade = all[i].grade;
                years[k].honour = all[i].honour_title;
                years[k].honour_on = all[i].honour_on;
                years[k].told = all[i].told;
                years[k].decided_on = all[i].decided_on;
            }
    return OK;
}

static err papers_find(struct rq *rq, struct dossier *d, struct dossier_year *years)
{
    for (size_t i = 0; i < d->year_count; i++)
        TRY(written_find(rq, d, &years[i]));
    TRY(grades_find(rq, d, years));
    d->is_known = is_own(rq, d) || actor_may(rq->actor, "members.manage");
    return d->is_known ? member_find_traits(rq, d->member.person_id, &d->traits) : OK;
}

/* The first year of a term may begin before it, and what is told begins with the term. */
static err years_make(struct rq *rq, struct dossier *d)
{
    const struct dossier_span *span = d->span;
    struct dossier_year *years = arena_array(rq->mem, DOSSIER_YEARS, sizeof *years);
    for (size_t i = 0; i < span->count; i++) {
        const struct scores_period *period = &span->periods[i];
        const struct scores_row *row = row_of(span, i, d->member.id);
        struct dossier_year *y = &years[d->year_count];
        *y = (struct dossier_year){ .year = period->year,
                                    .from_on = period->from,
                                    .to_on = period->to,
                                    .running = period->running };
        year_events(rq, d, y);
        if (!row && y->event_count == 0)
            continue;
        d->year_count++;
        if (!row)
            continue;
        y->assessed = row->assessed;
        y->gates_due = scores_count(row->score->duties);
        y->gates_met = scores_count(row->score->met);
        y->missing = missing_of(rq, period, row);
    }
    d->years = years;
    return papers_find(rq, d, years);
}

err dossier_make(struct rq *rq, const struct dossier_span *span, i64 member_id, struct dossier *out)
{
    struct rows told;
    *out = (struct dossier){ .span = span };
    for (size_t i = 0; i < span->count; i++) {
        const struct scores_row *row = row_of(span, i, member_id);
        out->person = row ? row->person : out->person;
    }
    if (!out->person)
        return err_make(ERR_NOT_FOUND, "dossiers.not_found");
    TRY(member_find(rq, member_id, &out->member));
    TRY(entry_list_told(rq, member_id, span->term.from_on, span->until_on, &told));
    TRY(dossier_fold_plenaries(rq, &told));
    out->entries = told.items;
    out->entry_count = told.count;
    out->counts = counts_of(rq, out->entries, out->entry_count);
    TRY(events_load(rq, out));
    TRY(years_make(rq, out));
    out->stands = out->stands || has_standing(out);
    out->plenary_absent = quantity_of(out, "plenary.absent");
    out->plenary_leave = quantity_of(out, "plenary.leave");
    out->standing_absent = quantity_of(out, "standing.absent");
    out->standing_leave = quantity_of(out, "standing.leave");
    return OK;
}

err dossier_open(struct rq *rq, i64 member_id, i64 term_number, struct rows *terms,
                 struct dossier *out)
{
    struct dossier_span *span = arena_zero(rq->mem, sizeof *span);
    TRY(dossier_terms(rq, member_id, terms));
    const struct term *all = terms->items, *chosen = terms->count ? all : NULL;
    for (size_t i = 0; term_number && i < terms->count; i++)
        if (all[i].number == term_number)
            chosen = &all[i];
    if (!chosen || (term_number && chosen->number != term_number))
        return err_make(ERR_NOT_FOUND, "dossiers.not_found");
    TRY(dossier_span_load(rq, chosen, member_id, span));
    TRY(dossier_make(rq, span, member_id, out));
    return scores_may_see(rq, out->person) ? OK : err_make(ERR_NOT_FOUND, "dossiers.not_found");
}

/* ---- words ---- */

str dossier_term_words(struct rq *rq, const struct dossier *d)
{
    return term_name(rq->mem, &d->span->term);
}

str dossier_span_words(struct rq *rq, const struct dossier *d)
{
    return text_format(rq->mem, "dossiers.days", text_date(rq->mem, d->span->term.from_on),
                       text_date(rq->mem, d->span->until_on));
}

/* What it is about: title and number as far as there are any. */
static str about_words(struct rq *rq, const struct entry_told *e, str words)
{
    str title = e->title;
    if (title.len && e->number.len)
        title = text_format(rq->mem, "dossiers.noted", title, e->number);
    else if (title.len == 0)
        title = e->number;
    return title.len ? text_format(rq->mem, "dossiers.about", words, title) : words;
}

str dossier_event_words(struct rq *rq, const struct dossier_event *e)
{
    str words = e->what;
    if (e->entry && str_is(e->entry->kind, DOSSIER_PLENARY)) /* its words hold brackets */
        return joined(rq, about_words(rq, e->entry, words), "dossiers.then", e->words);
    if (e->words.len)
        words = text_format(rq->mem, "dossiers.noted", words, e->words);
    return e->entry ? about_words(rq, e->entry, words) : words;
}

str dossier_year_words(struct rq *rq, const struct dossier_year *y)
{
    str words = str_of("");
    if (y->pledged_on)
        words =
            text_format(rq->mem, "dossiers.pledged", text_date(rq->mem, y->pledged_on), str_of(""));
    if (y->stated_on)
        words = joined(rq, words, "dossiers.then",
                       text_format(rq->mem, "dossiers.stated", text_date(rq->mem, y->stated_on),
                                   str_of("")));
    if (y->grade.len)
        words = joined(rq, words, "dossiers.then",
                       text_format(rq->mem, "dossiers.decided", y->grade,
                                   text_date(rq->mem, y->decided_on)));
    if (y->honour.len)
        words = joined(rq, words, "dossiers.then",
                       text_format(rq->mem, "dossiers.honoured", y->honour,
                                   text_date(rq->mem, y->honour_on)));
    return words;
}
