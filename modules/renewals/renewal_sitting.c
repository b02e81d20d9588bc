/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Who sits today (现任委员), with what the house knows that bears on who stays: grades of each year
 * of the term, vetoes, warnings of absences, age, terms. Filtered and sorted by what is asked;
 * never by grade or points, which would be a ranking. Pages: renewal_lists.c. */
#include <stddef.h>
#include <stdlib.h>

#include "modules/assessments/assessment.h"
#include "modules/orgs/org.h"
#include "modules/renewals/renewal_lists.h"
#include "modules/warnings/warning.h"
#include "platform/base/clock.h"
#include "platform/base/str.h"
#include "platform/text/strokes.h"

struct seating {
    struct rq *rq;
    struct renewal_sitting *out;
    struct rows verdicts, warnings; /* by member */
};

/* ---- one of them ---- */

/* Whole years on a day. */
static i64 age_on(i64 birth_on, i64 on)
{
    int year, month, mday, then_year, then_month, then_mday;
    if (birth_on == BIRTH_UNKNOWN)
        return -1;
    day_to_civil(birth_on, &year, &month, &mday);
    day_to_civil(on, &then_year, &then_month, &then_mday);
    bool before = then_month < month || (then_month == month && then_mday < mday);
    return then_year - year - before;
}

static size_t year_at(const struct renewal_sitting *s, i64 year)
{
    size_t i = 0;
    while (i < s->year_count && s->years[i] != year)
        i++;
    return i;
}

/* The first row of a member among rows by member, each of which begins with its number. */
static size_t first_of(const struct rows *rows, i64 member_id)
{
    size_t from = 0, to = rows->count;
    while (from < to) {
        size_t middle = from + (to - from) / 2;
        const i64 *number = (const void *)((const char *)rows->items + middle * rows->size);
        if (*number < member_id)
            from = middle + 1;
        else
            to = middle;
    }
    return from;
}

static void grades_put(struct seating *s, struct renewal_sitter *one)
{
    const struct assessment_verdict *all = s->verdicts.items;
    one->grades = arena_array(s->rq->mem, RENEWAL_YEARS_MAX, sizeof *one->grades);
    for (size_t i = first_of(&s->verdicts, one->member_id);
         i < s->verdicts.count && all[i].member_id == one->member_id; i++) {
        size_t at = year_at(s->out, all[i].year);
        if (at < s->out->year_count)
            one->grades[at] = all[i].words;
        if (all[i].vetoes.len)
            one->veto = all[i].vetoes;
    }
}

/* The rules of which he is near or which he has reached; of several the reached one. */
static void warning_put(struct seating *s, struct renewal_sitter *one)
{
    const struct renewal_warned *all = s->warnings.items;
    for (size_t i = first_of(&s->warnings, one->member_id);
         i < s->warnings.count && all[i].member_id == one->member_id; i++)
        if (!one->warning.len || all[i].reached) {
            one->warning = all[i].rule;
            one->reached = all[i].reached;
        }
}

static struct renewal_sitter sitter_of(struct seating *s, const struct renewal_person *p)
{
    struct renewal_sitter one = { .member_id = p->member_id,
                                  .terms = p->terms,
                                  .age = age_on(p->birth_on, s->out->r->opened_on),
                                  .kept = p->kept > 0,
                                  .named = p->nomination_id > 0,
                                  .name = p->name,
                                  .sector = p->seat_sector,
                                  .status = p->status };
    grades_put(s, &one);
    warning_put(s, &one);
    return one;
}

/* ---- what the house knows ---- */

enum { TERM_MONTHS = 60 };

/* First day of the term that is to end: five years back (Charter), or that of its first session
 * where the calendar has it and it was earlier. */
static err term_from(struct rq *rq, const struct renewal *r, i64 *on)
{
    struct rows rows;
    TRY(session_list(rq, &rows));
    const struct session *all = rows.items;
    *on = day_add_months(r->opened_on, -TERM_MONTHS);
    for (size_t i = 0; i < rows.count; i++)
        if (all[i].term_number == r->term_number - 1 && all[i].opened_on < *on)
            *on = all[i].opened_on;
    return OK;
}

static int by_year(const void *a, const void *b)
{
    i64 x = *(const i64 *)a, y = *(const i64 *)b;
    return x < y ? -1 : x > y;
}

static err grades_load(struct seating *s)
{
    struct renewal_sitting *out = s->out;
    i64 from_on;
    s->verdicts = (struct rows){ NULL, 0, sizeof(struct assessment_verdict) };
    out->shows_grades = actor_may(s->rq->actor, "assessments.read");
    if (!out->shows_grades)
        return OK;
    TRY(term_from(s->rq, out->r, &from_on));
    TRY(assessments_of_all(s->rq, from_on, out->r->opened_on - 1, &s->verdicts));
    const struct assessment_verdict *all = s->verdicts.items;
    for (size_t i = 0; i < s->verdicts.count; i++)
        if (year_at(out, all[i].year) == out->year_count && out->year_count < RENEWAL_YEARS_MAX)
            out->years[out->year_count++] = all[i].year;
    qsort(out->years, out->year_count, sizeof *out->years, by_year);
    return OK;
}

static err warnings_load(struct seating *s)
{
    struct rows rows;
    s->warnings = (struct rows){ NULL, 0, sizeof(struct renewal_warned) };
    s->out->shows_warnings = actor_scope(s->rq->actor, "warnings.read") == SCOPE_ORG;
    if (!s->out->shows_warnings)
        return OK;
    TRY(warning_list_holding(s->rq, &rows));
    const struct warning *all = rows.items;
    struct renewal_warned *found = arena_array(s->rq->mem, rows.count + 1, sizeof *found);
    for (size_t i = 0; i < rows.count; i++)
        found[i] = (struct renewal_warned){ all[i].member_id, all[i].rule,
                                            str_is(all[i].stage, "reached") };
    s->warnings = (struct rows){ found, rows.count, sizeof *found };
    return OK;
}

/* ---- which are asked for ---- */

static bool has_grade(const struct renewal_sitting *s, const struct renewal_sitter *one, str grade)
{
    for (size_t i = 0; i < s->year_count; i++)
        if (str_eq(one->grades[i], grade))
            return true;
    return false;
}

static bool is_asked(const struct renewal_sitting *s, const struct renewal_sitter *one)
{
    const struct renewal_sitting_input *in = s->in;
    bool stays = one->kept || one->named;
    if (in->sector.len && !str_eq(one->sector, in->sector))
        return false;
    if (in->grade.len && !has_grade(s, one, in->grade))
        return false;
    if (str_is(in->only, "kept"))
        return stays;
    if (str_is(in->only, "leaving"))
        return !stays;
    return !str_is(in->only, "warned") || one->warning.len || one->veto.len;
}

static void add_choice(struct arena *mem, strs *to, str value)
{
    for (size_t i = 0; i < to->count; i++)
        if (str_eq(to->items[i], value))
            return;
    if (value.len)
        strs_add(mem, to, value);
}

/* ---- their order ---- */

/* Behind each other what is equal: as they came, by sector or by strokes. */
static int by_age(const void *a, const void *b)
{
    const struct renewal_sitter *x = a, *y = b;
    if (x->age != y->age)
        return x->age > y->age ? -1 : 1;
    return x->rank < y->rank ? -1 : x->rank > y->rank;
}

static int by_terms(const void *a, const void *b)
{
    const struct renewal_sitter *x = a, *y = b;
    if (x->terms != y->terms)
        return x->terms > y->terms ? -1 : 1;
    return x->rank < y->rank ? -1 : x->rank > y->rank;
}

static void sort(struct rq *rq, struct renewal_sitting *s)
{
    struct renewal_sitter *all = s->people.items;
    if (str_is(s->in->sort, "name"))
        strokes_order(rq->mem, &s->people, offsetof(struct renewal_sitter, name));
    for (size_t i = 0; i < s->people.count; i++)
        all[i].rank = i;
    if (str_is(s->in->sort, "age") && s->people.count)
        qsort(all, s->people.count, sizeof *all, by_age);
    if (str_is(s->in->sort, "terms") && s->people.count)
        qsort(all, s->people.count, sizeof *all, by_terms);
}

err renewal_sitting_load(struct rq *rq, struct renewal *r, const struct renewal_sitting_input *in,
                         struct renewal_sitting *out)
{
    struct rows people;
    struct seating s = { .rq = rq, .out = out };
    *out = (struct renewal_sitting){ .rq = rq, .r = r, .in = in };
    TRY(renewal_find_open(rq, r));
    TRY(renewal_list_people(rq, r, &people));
    TRY(grades_load(&s));
    TRY(warnings_load(&s));
    const struct renewal_person *all = people.items;
    struct renewal_sitter *found = arena_array(rq->mem, people.count + 1, sizeof *found);
    out->people = (struct rows){ found, 0, sizeof *found };
    for (size_t i = 0; i < people.count; i++) {
        if (!renewal_is_sitting(&all[i]))
            continue;
        struct renewal_sitter one = sitter_of(&s, &all[i]);
        out->all++;
        add_choice(rq->mem, &out->sectors, one.sector);
        for (size_t k = 0; k < out->year_count; k++)
            add_choice(rq->mem, &out->words, one.grades[k]);
        if (is_asked(out, &one))
            found[out->people.count++] = one;
    }
    sort(rq, out);
    return OK;
}
