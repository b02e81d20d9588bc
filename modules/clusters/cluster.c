/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Seeing clusters: one, those near to it, the hot ones and why, and the choices of the forms.
 * Steps: cluster_steps.c. */
#include <stdlib.h>

#include "modules/clusters/cluster_engine.h"
#include "modules/clusters/cluster_rules.h"
#include "platform/base/str.h"
#include "platform/text/text_date.h"
#include "platform/text/texts.h"
#include "platform/web/view_parts.h"

err cluster_find(struct rq *rq, i64 id, struct cluster *out)
{
    if (rq->actor->account_id && actor_scope(rq->actor, "clusters.read") != SCOPE_ORG)
        return err_make(ERR_NOT_FOUND, "clusters.not_found");
    err e = cluster_store_find(rq->db, id, rq->mem, out);
    if (e.code == ERR_NOT_FOUND)
        return err_make(ERR_NOT_FOUND, "clusters.not_found");
    if (e.code == ERR_NONE && out->name.len)
        out->title = out->name;
    return e;
}

/* ---- near ones ---- */

static int heavier(const void *a, const void *b)
{
    const struct gather_term *x = a, *y = b;
    if (x->weight != y->weight)
        return x->weight < y->weight ? 1 : -1;
    return x->key < y->key ? -1 : x->key > y->key;
}

/* The heaviest of a whole, as if it were one text. */
static void vector_of(struct arena *mem, const struct gather_profile *p, struct gather_vector *out)
{
    struct gather_term *terms = arena_array(mem, p->count + 1, sizeof *terms);
    for (size_t i = 0; i < p->count; i++)
        terms[i] = p->terms[i];
    qsort(terms, p->count, sizeof *terms, heavier);
    out->count = p->count < GATHER_TERMS ? p->count : GATHER_TERMS;
    for (size_t i = 0; i < out->count; i++)
        out->terms[i] = terms[i];
}

static bool is_told_apart(const struct rows *aparts, i64 id)
{
    const struct gather_apart *pairs = aparts->items;
    for (size_t i = 0; i < aparts->count; i++)
        if (pairs[i].a == id || pairs[i].b == id)
            return true;
    return false;
}

static struct cluster_near near_of(const struct cluster *c)
{
    return (struct cluster_near){
        .id = c->id, .texts = c->texts, .title = c->name.len ? c->name : c->title, .state = c->state
    };
}

static int nearer(const void *a, const void *b)
{
    const struct cluster_near *x = a, *y = b;
    if (x->degree != y->degree)
        return x->degree < y->degree ? 1 : -1;
    return x->id < y->id ? -1 : x->id > y->id;
}

err cluster_list_near(struct rq *rq, const struct cluster *c, struct rows *out)
{
    enum { NEAR_MIN = 120 };
    struct gather_profile own, other;
    struct gather_vector vector;
    struct rows aparts;
    ids voted;
    *out = (struct rows){ .size = sizeof(struct cluster_near) };
    if (!gather_unpack(rq->mem, c->profile, &own))
        return OK;
    vector_of(rq->mem, &own, &vector);
    TRY(cluster_store_list_aparts(rq->db, c->id, rq->mem, &aparts));
    TRY(cluster_vote(rq, &CLUSTER_LETTERS, &vector, &voted));
    struct cluster_near *all = arena_array(rq->mem, voted.count + 1, sizeof *all);
    for (size_t i = 0; i < voted.count; i++) {
        struct cluster one;
        if (voted.items[i] == c->id)
            continue;
        TRY(cluster_store_find(rq->db, voted.items[i], rq->mem, &one));
        if (!gather_unpack(rq->mem, one.profile, &other))
            continue;
        all[out->count] = near_of(&one);
        all[out->count].degree = gather_degree_two(&own, &other);
        all[out->count].apart = is_told_apart(&aparts, one.id);
        out->count += all[out->count].degree >= NEAR_MIN;
    }
    qsort(all, out->count, sizeof *all, nearer);
    out->items = all;
    out->count = out->count < CLUSTER_NEAR_MAX ? out->count : CLUSTER_NEAR_MAX;
    return OK;
}

/* ---- hot ones ---- */

static struct cluster_period period_of(const struct rq *rq, i64 days)
{
    i64 from_on = rq->today - days + 1;
    return (struct cluster_period){ from_on, rq->today, from_on - days, 0 };
}

static err hot_add(struct rq *rq, i64 id, i64 days, struct cluster_hot *to)
{
    struct cluster_period period = period_of(rq, days);
    struct cluster_heat heat;
    TRY(cluster_find(rq, id, &to->cluster));
    TRY(cluster_store_heat(rq->db, id, &period, &heat));
    to->now = days ? heat.now : to->cluster.crowd;
    to->before = days ? heat.before : 0;
    to->areas = heat.areas;
    return OK;
}

err cluster_list_hot(struct rq *rq, i64 days, i64 limit, struct rows *out)
{
    struct cluster_period period = period_of(rq, days);
    period.limit = limit;
    str owner = str_of(CLUSTER_LETTERS.name);
    struct rows pinned, warm;
    TRY(cluster_store_list_pinned(rq->db, owner, rq->mem, &pinned));
    TRY(days ? cluster_store_list_hot(rq->db, owner, &period, rq->mem, &warm)
             : cluster_store_list_crowded(rq->db, owner, limit, rq->mem, &warm));
    struct cluster_hot *all = arena_array(rq->mem, pinned.count + warm.count + 1, sizeof *all);
    size_t n = 0;
    const struct cluster_heat *first = pinned.items, *then = warm.items;
    for (size_t i = 0; i < pinned.count && (i64)n < limit; i++)
        TRY(hot_add(rq, first[i].id, days, &all[n++]));
    for (size_t i = 0; i < warm.count && (i64)n < limit; i++) {
        TRY(hot_add(rq, then[i].id, days, &all[n]));
        n += !all[n].cluster.pinned;
    }
    *out = (struct rows){ all, n, sizeof *all };
    return OK;
}

str cluster_explain(struct rq *rq, const struct cluster_hot *hot, i64 days)
{
    const struct cluster *c = &hot->cluster;
    struct buf *b = buf_new(rq->mem, 2000);
    if (days) {
        buf_add(b, text_format(rq->mem, "clusters.why_now", str_number(rq->mem, days),
                               str_number(rq->mem, hot->now)));
        const char *growth = hot->before == 0         ? "clusters.why_new"
                             : hot->now > hot->before ? "clusters.why_more"
                             : hot->now < hot->before ? "clusters.why_less"
                                                      : "clusters.why_same";
        i64 more = hot->now > hot->before ? hot->now - hot->before : hot->before - hot->now;
        buf_add(b, text_format(rq->mem, growth, str_number(rq->mem, hot->before),
                               str_number(rq->mem, more)));
    } else {
        buf_add(b, text_format(rq->mem, "clusters.why_all", str_number(rq->mem, c->texts),
                               str_number(rq->mem, c->crowd)));
        buf_add(b, text_format(rq->mem, "clusters.why_crowd", text_date(rq->mem, c->crowd_from_on),
                               text_date(rq->mem, c->crowd_to_on)));
    }
    if (hot->areas)
        buf_add(b, text_format(rq->mem, "clusters.why_areas", str_number(rq->mem, hot->areas),
                               str_of("")));
    return buf_str(b);
}

err cluster_list_days(struct rq *rq, i64 cluster_id, struct rows *out)
{
    return cluster_store_list_days(rq->db, cluster_id, (i64[]){ INT64_MIN, INT64_MAX }, rq->mem,
                                   out);
}

/* ---- choices of the forms ---- */

static struct view_choice choice_of(struct rq *rq, const struct cluster_near *near)
{
    return (struct view_choice){ .value = str_number(rq->mem, near->id),
                                 .label = text_format(rq->mem, "clusters.choice", near->title,
                                                      str_number(rq->mem, near->texts)) };
}

static bool is_among(const struct cluster_near *all, size_t count, i64 id)
{
    for (size_t i = 0; i < count; i++)
        if (all[i].id == id)
            return true;
    return false;
}

static void choices_make(struct rq *rq, const struct cluster_near *all, size_t count,
                         struct rows *out)
{
    struct view_choice *choices = arena_array(rq->mem, count + 1, sizeof *choices);
    for (size_t i = 0; i < count; i++)
        choices[i] = choice_of(rq, &all[i]);
    *out = (struct rows){ choices, count, sizeof *choices };
}

/* The near ones, then what was told apart, then what is hot over all time. */
err cluster_choices_other(struct rq *rq, struct rows *out)
{
    struct cluster c;
    struct rows near, aparts, hot;
    TRY(cluster_find(rq, rq->path_id, &c));
    TRY(cluster_list_near(rq, &c, &near));
    TRY(cluster_store_list_aparts(rq->db, c.id, rq->mem, &aparts));
    TRY(cluster_store_list_crowded(rq->db, c.owner, CLUSTER_HOT, rq->mem, &hot));
    size_t n = near.count;
    struct cluster_near *all =
        arena_array(rq->mem, near.count + aparts.count + hot.count + 1, sizeof *all);
    for (size_t i = 0; i < n; i++)
        all[i] = ((const struct cluster_near *)near.items)[i];
    const struct gather_apart *pairs = aparts.items;
    const struct cluster_heat *heat = hot.items;
    for (size_t i = 0; i < aparts.count + hot.count; i++) {
        struct cluster one;
        i64 id = i >= aparts.count    ? heat[i - aparts.count].id
                 : pairs[i].a == c.id ? pairs[i].b
                                      : pairs[i].a;
        if (id == c.id || is_among(all, n, id))
            continue;
        TRY(cluster_find(rq, id, &one));
        if (one.into_id == 0)
            all[n++] = near_of(&one);
    }
    choices_make(rq, all, n, out);
    return OK;
}

err cluster_choices_apart(struct rq *rq, struct rows *out)
{
    struct rows aparts;
    TRY(cluster_store_list_aparts(rq->db, rq->path_id, rq->mem, &aparts));
    const struct gather_apart *pairs = aparts.items;
    struct cluster_near *all = arena_array(rq->mem, aparts.count + 1, sizeof *all);
    size_t n = 0;
    for (size_t i = 0; i < aparts.count; i++) {
        struct cluster one;
        TRY(cluster_find(rq, pairs[i].a == rq->path_id ? pairs[i].b : pairs[i].a, &one));
        if (one.into_id == 0)
            all[n++] = near_of(&one);
    }
    choices_make(rq, all, n, out);
    return OK;
}

err cluster_choices_joined(struct rq *rq, struct rows *out)
{
    struct rows rows;
    TRY(cluster_store_list_joined(rq->db, rq->path_id, rq->mem, &rows));
    const struct cluster *joined = rows.items;
    struct cluster_near *all = arena_array(rq->mem, rows.count + 1, sizeof *all);
    for (size_t i = 0; i < rows.count; i++)
        all[i] = near_of(&joined[i]);
    choices_make(rq, all, rows.count, out);
    return OK;
}

err cluster_choices_letters(struct rq *rq, struct rows *out)
{
    struct rows rows;
    TRY(cluster_list_letters(rq, rq->path_id, 0, CLUSTER_SPLIT_MAX, &rows));
    const struct cluster_letter *letters = rows.items;
    struct view_choice *choices = arena_array(rq->mem, rows.count + 1, sizeof *choices);
    for (size_t i = 0; i < rows.count; i++)
        choices[i] = (struct view_choice){
            .value = str_number(rq->mem, letters[i].id),
            .label = text_format(rq->mem, "clusters.letter_choice", letters[i].title,
                                 text_date(rq->mem, day_of_ms(letters[i].received_at))),
        };
    *out = (struct rows){ choices, rows.count, sizeof *choices };
    return OK;
}
