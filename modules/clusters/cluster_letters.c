/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Letters of the mailbox as texts that are gathered: they come in, they go, they are shown. */
#include "modules/clusters/cluster_letters_store.h"
#include "modules/clusters/cluster_views.h"
#include "modules/handlings/handling.h"
#include "modules/mailbox/letter.h"
#include "platform/jobs/jobs.h"
#include "platform/web/json.h"
#include "views/clusters.h"

static err letter_read(struct rq *rq, i64 id, str *title, str *body)
{
    struct letter l;
    *title = *body = str_of("");
    err e = letter_find_house(rq, id, &l);
    if (e.code == ERR_NOT_FOUND)
        return OK;
    TRY(e);
    *title = l.title;
    *body = l.body;
    return OK;
}

const struct cluster_owner CLUSTER_LETTERS = { "letters", letter_read };

static struct cluster_text text_of(const struct letter *l)
{
    return (struct cluster_text){ .id = l->id,
                                  .day_on = day_of_ms(l->received_at),
                                  .area_id = l->area_id,
                                  .title = l->title,
                                  .body = l->body };
}

/* ---- heard ---- */

err on_cluster_letter_received(struct rq *rq, i64 id, const void *fact)
{
    struct cluster_text text = text_of(fact);
    i64 cluster_id;
    (void)id;
    return cluster_place(rq, &CLUSTER_LETTERS, &text, &cluster_id);
}

/* Dismissed by a slip: it counts again. */
err on_cluster_letter_restored(struct rq *rq, i64 id, const void *fact)
{
    const struct flow_step *step = fact;
    return on_cluster_letter_received(rq, id, step->subject->row);
}

/* What was not followed is no voice for a matter: empty, an insult, sent twice, taken back. */
err on_cluster_letter_closed(struct rq *rq, i64 id, const void *fact)
{
    const struct flow_step *step = fact;
    const struct letter *l = step->subject->row;
    if (!str_is(l->ended, "dismissed") && !str_is(l->ended, "withdrawn"))
        return OK;
    return cluster_remove(rq, &CLUSTER_LETTERS, id);
}

/* Its title goes with it (quality P6). */
err on_cluster_letter_erased(struct rq *rq, i64 id, const void *fact)
{
    (void)fact;
    return cluster_forget(rq, &CLUSTER_LETTERS, id);
}

/* ---- read ---- */

err cluster_list_letters(struct rq *rq, i64 cluster_id, i64 before, i64 limit, struct rows *out)
{
    return cluster_letters_store_list(rq->db, cluster_id, (i64[]){ before, limit }, rq->mem, out);
}

err cluster_list_parts(struct rq *rq, i64 cluster_id, enum cluster_by by, struct rows *out)
{
    return cluster_letters_store_list_parts(rq->db, cluster_id, by, rq->mem, out);
}

err cluster_list_similar(struct rq *rq, i64 letter_id, i64 limit, struct rows *out)
{
    struct letter l;
    struct rows found;
    TRY(letter_find(rq, letter_id, &l));
    struct cluster_text text = text_of(&l);
    TRY(cluster_similar(rq, &CLUSTER_LETTERS, &text, limit, &found));
    const struct cluster_likeness *all = found.items;
    struct cluster_letter *letters = arena_array(rq->mem, found.count + 1, sizeof *letters);
    for (size_t i = 0; i < found.count; i++) {
        TRY(letter_find(rq, all[i].id, &l));
        letters[i] =
            (struct cluster_letter){ l.id,           l.received_at, all[i].degree, all[i].copy,
                                     l.title,        l.state,       l.category,    l.area_name,
                                     l.reply_agency, l.source,      l.source_id };
    }
    *out = (struct rows){ letters, found.count, sizeof *letters };
    return OK;
}

/* On the page of a letter: which matter it is about, where there are others about it. */
err on_cluster_letter_shown(struct rq *rq, i64 id, const void *fact)
{
    const struct letter_shown *shown = fact;
    struct cluster_of_letter v = { 0 };
    struct cluster *c = &v.c;
    if (shown->side || actor_scope(rq->actor, "clusters.read") != SCOPE_ORG)
        return OK;
    TRY(cluster_of(rq, &CLUSTER_LETTERS, id, c));
    if (!c->id)
        return OK;
    TRY(cluster_list_opinions(rq, c->id, &v.opinions));
    if (c->texts < 2 && v.opinions.count == 0)
        return OK;
    v.reads_opinions = actor_may(rq->actor, "opinions.read");
    if (shown->json) {
        json_object(shown->json, "cluster");
        json_i64(shown->json, "id", c->id);
        json_str(shown->json, "title", c->title);
        json_i64(shown->json, "letters", c->texts);
        handling_opinions_json(rq, &v.opinions, shown->json);
        json_object_end(shown->json);
    } else if (shown->out) {
        view_clusters_of_letter(shown->out, &v);
    }
    return OK;
}

/* ---- kept warm ---- */

/* Every few minutes on the slow lane, so that no letter waits for the words to be weighed. */
err job_cluster_warm(struct rq *rq, bool *again)
{
    *again = false;
    return job_queue_once(rq, "clusters.warm", str_of(""));
}

err work_cluster_warm(struct rq *rq, str payload)
{
    (void)payload;
    return cluster_warm(rq, &CLUSTER_LETTERS);
}
