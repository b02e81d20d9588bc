/* SPDX-License-Identifier: MulanPSL-2.0 */
/* A cluster becomes an opinion of the committee (社情民意信息), once: the office writes it, from
 * what a few of its letters say, and never who wrote them. Its letters and the opinion tell of each
 * other. A single letter becomes one in modules/handlings. */
#include <stdlib.h>

#include "modules/clusters/cluster_feed_store.h"
#include "modules/clusters/cluster_letters_store.h"
#include "modules/clusters/cluster_views.h"
#include "modules/handlings/handling.h"
#include "modules/opinions/opinion_edit.h"
#include "modules/opinions/opinion_house.h"
#include "platform/base/str.h"
#include "platform/settings/settings.h"
#include "platform/text/text_date.h"
#include "platform/text/texts.h"
#include "platform/web/json.h"
#include "views/clusters.h"

/* Letters that the text begins with, and how much of each: an opinion is short. Letters whose
 * senders' names are taken out of it. Letters a step that wait to become one. */
enum { QUOTED = 3, QUOTED_CHARS = 220, MASKED = 100, WAITING = 200 };

/* ---- what the page begins with ---- */

static err quoted_add(struct rq *rq, i64 letter_id, i64 rank, struct buf *b)
{
    struct letter l;
    str text;
    TRY(letter_find_house(rq, letter_id, &l));
    TRY(handling_mask(rq, l.id, letter_text_for_units(rq, &l), &text));
    text = str_trim(str_cut_chars(str_trim(text), QUOTED_CHARS));
    if (text.len)
        buf_add(b, text_format(rq->mem, "clusters.feed_quoted", str_number(rq->mem, rank), text));
    return OK;
}

/* How many and since when, then what the newest say, without who they are. */
static err situation_make(struct rq *rq, const struct cluster *c, str *out)
{
    struct rows rows;
    struct buf *b = buf_new(rq->mem, (size_t)(QUOTED + 1) * QUOTED_CHARS * 16);
    buf_add(b, text_format(rq->mem, "clusters.feed_begin", str_number(rq->mem, c->texts),
                           text_date(rq->mem, c->first_on)));
    TRY(cluster_list_letters(rq, c->id, 0, QUOTED, &rows));
    const struct cluster_letter *letters = rows.items;
    for (size_t i = 0; i < rows.count; i++)
        TRY(quoted_add(rq, letters[i].id, (i64)i + 1, b));
    *out = buf_str(b);
    return OK;
}

/* Its title is a sender's words, unless staff gave it a name. */
static err title_make(struct rq *rq, const struct cluster *c, str *out)
{
    *out = c->title;
    if (c->title_item && !c->name.len)
        TRY(handling_mask(rq, c->title_item, c->title, out));
    *out = str_cut_chars(*out, setting_number(rq, "opinions.title_max"));
    return OK;
}

err cluster_feed_begin(struct rq *rq, const struct cluster *c, struct cluster_feed_input *out)
{
    *out = (struct cluster_feed_input){ .id = c->id };
    TRY(title_make(rq, c, &out->title));
    return situation_make(rq, c, &out->situation);
}

/* ---- which there are ---- */

enum { WHOLE_MAX = 5000, OPINIONS_SHOWN = 20 };

/* A cluster, what was joined into it, and into that, eight at a time. One
 * recursive statement would do, but for SQLite's planner, which makes a filter of all clusters for
 * it each time. */
err cluster_list_whole(struct rq *rq, i64 id, ids *all)
{
    all->items = arena_zero(rq->mem, (WHOLE_MAX + CLUSTER_AT_ONCE) * sizeof *all->items);
    all->items[0] = id;
    all->count = 1;
    for (size_t at = 0, asked; at < all->count; at = asked) {
        struct rows rows;
        TRY(cluster_feed_store_list_joined(rq->db, all->items + at, rq->mem, &rows));
        const struct cluster_letter *joined = rows.items;
        asked = at + CLUSTER_AT_ONCE < all->count ? at + CLUSTER_AT_ONCE : all->count;
        for (size_t i = 0; i < rows.count && all->count < WHOLE_MAX; i++)
            all->items[all->count++] = joined[i].id;
    }
    return OK;
}

static int the_last_first(const void *a, const void *b)
{
    const struct handling_opinion *x = a, *y = b;
    return x->opinion_id > y->opinion_id ? -1 : x->opinion_id < y->opinion_id;
}

err cluster_list_opinions(struct rq *rq, i64 cluster_id, struct rows *out)
{
    struct handling_opinion *found = arena_array(rq->mem, WHOLE_MAX, sizeof *found);
    ids whole;
    size_t n = 0;
    TRY(cluster_list_whole(rq, cluster_id, &whole));
    for (size_t at = 0; at < whole.count; at += CLUSTER_AT_ONCE) {
        struct rows rows;
        TRY(cluster_feed_store_list(rq->db, whole.items + at, rq->mem, &rows));
        const struct handling_opinion *some = rows.items;
        for (size_t i = 0; i < rows.count; i++) /* one of a cluster at most */
            found[n++] = some[i];
    }
    qsort(found, n, sizeof *found, the_last_first);
    *out = (struct rows){ found, n < OPINIONS_SHOWN ? n : OPINIONS_SHOWN, sizeof *found };
    return OK;
}

/* ---- the step ---- */

err cluster_guard_feed(struct rq *rq, const struct flow_subject *subject)
{
    const struct cluster *c = subject->row;
    struct rows rows;
    TRY(cluster_list_opinions(rq, c->id, &rows));
    if (rows.count)
        return err_make(ERR_CONFLICT, "clusters.is_fed");
    return c->texts ? OK : err_make(ERR_CONFLICT, "clusters.no_letter");
}

/* A text without the senders of letters: names and numbers that they gave, and all else that leads
 * to a person. */
static err unnamed(struct rq *rq, const struct rows *letters, str text, str *out)
{
    const struct cluster_letter *all = letters->items;
    *out = text;
    for (size_t i = 0; i < letters->count; i++)
        TRY(handling_mask(rq, all[i].id, *out, out));
    return OK;
}

err cluster_unnamed(struct rq *rq, i64 cluster_id, str text, str *out)
{
    struct cluster c;
    struct rows letters;
    TRY(cluster_store_find(rq->db, cluster_id, rq->mem, &c));
    while (c.into_id) /* its letters are there */
        TRY(cluster_store_find(rq->db, c.into_id, rq->mem, &c));
    TRY(cluster_list_letters(rq, c.id, 0, MASKED, &letters));
    return unnamed(rq, &letters, text, out);
}

static err opinion_write(struct rq *rq, i64 cluster_id, const struct cluster_feed_input *in,
                         struct opinion_house_new *out)
{
    struct rows letters;
    TRY(cluster_list_letters(rq, cluster_id, 0, MASKED, &letters));
    TRY(unnamed(rq, &letters, in->title, &out->title));
    TRY(unnamed(rq, &letters, in->situation, &out->situation));
    TRY(unnamed(rq, &letters, in->analysis, &out->analysis));
    return unnamed(rq, &letters, in->suggestions, &out->suggestions);
}

err cluster_list_unsolved(struct rq *rq, i64 cluster_id, i64 limit, ids *out)
{
    struct rows rows;
    TRY(cluster_feed_store_list_unsolved(rq->db, cluster_id, limit, rq->mem, &rows));
    const struct cluster_letter *letters = rows.items;
    *out = (ids){ arena_array(rq->mem, rows.count + 1, sizeof *out->items), 0 };
    for (size_t i = 0; i < rows.count; i++)
        out->items[out->count++] = letters[i].id;
    return OK;
}

/* Letters that were not solved again, and wait to become one, need no other. */
static err along(struct rq *rq, i64 cluster_id, i64 opinion_id)
{
    ids letters;
    TRY(cluster_list_unsolved(rq, cluster_id, WAITING, &letters));
    for (size_t i = 0; i < letters.count; i++)
        TRY(handling_feed_along(rq, letters.items[i], opinion_id));
    return OK;
}

err cluster_effect_feed(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    const struct cluster *c = subject->row;
    struct opinion_house_new opinion = { 0 };
    str name, title;
    i64 id;
    TRY(opinion_write(rq, c->id, step->input, &opinion));
    TRY(opinion_add_house(rq, &opinion, &id));
    TRY(cluster_feed_store_add(rq->db, c, id, (i64[]){ rq->now_ms, rq->actor->account_id }));
    TRY(along(rq, c->id, id));
    TRY(opinion_find_name(rq, id, &name, &title));
    step->opinion = text_format(rq->mem, "clusters.fed_note", name, str_number(rq->mem, c->texts));
    return OK;
}

/* Whoever is not solved again afterwards: what he says is in the opinion already, unless the
 * editors do not use it. */
static err along_one(struct rq *rq, i64 letter_id)
{
    struct cluster c;
    struct letter l;
    struct rows rows;
    TRY(letter_find_house(rq, letter_id, &l));
    if (!handling_is_unsolved(&l))
        return OK;
    TRY(cluster_of(rq, &CLUSTER_LETTERS, letter_id, &c));
    if (!c.id)
        return OK;
    TRY(cluster_list_opinions(rq, c.id, &rows));
    const struct handling_opinion *opinions = rows.items;
    return rows.count && !opinions[0].kept
               ? handling_feed_along(rq, letter_id, opinions[0].opinion_id)
               : OK;
}

err on_cluster_letter_unsolved(struct rq *rq, i64 id, const void *fact)
{
    (void)fact;
    return along_one(rq, id);
}

/* ---- told ---- */

/* On the page of the opinion: of which matter it was made. Its title is a sender's words, and stays
 * with who reads letters. */
err on_cluster_opinion_shown(struct rq *rq, i64 id, const void *fact)
{
    const struct opinion_shown *shown = fact;
    struct cluster_source source;
    err e = cluster_feed_store_find(rq->db, id, rq->mem, &source);
    if (e.code == ERR_NOT_FOUND)
        return OK;
    TRY(e);
    source.reads = actor_scope(rq->actor, "clusters.read") == SCOPE_ORG;
    if (shown->json) {
        json_object(shown->json, "cluster");
        json_i64(shown->json, "id", source.id);
        json_i64(shown->json, "letters", source.texts);
        json_object_end(shown->json);
    } else {
        view_clusters_of_opinion(shown->out, &source);
    }
    return OK;
}
