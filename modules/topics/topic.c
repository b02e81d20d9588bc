/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Rules of candidate topics (README.md): what becomes one, once, without who wrote; what is decided
 * of it. Statements: topic_store.c; pages: topic_pages.c. */
#include "modules/topics/topic.h"

#include "modules/clusters/cluster_feed.h"
#include "modules/handlings/handling.h"
#include "modules/mailbox/letter_forms.h"
#include "platform/base/str.h"
#include "platform/text/texts.h"

/* Letters a step that wait to become something. */
enum { WAITING = 200 };

/* What clusters and letters say comes from the public. */
static const char PUBLIC_SOURCE[] = "public";

/* ---- what there is ---- */

static void add_rows(struct rq *rq, const struct rows *some, struct rows *all)
{
    struct topic *joined = arena_array(rq->mem, all->count + some->count + 1, sizeof *joined);
    if (all->count)
        memcpy(joined, all->items, all->count * sizeof *joined);
    if (some->count)
        memcpy(joined + all->count, some->items, some->count * sizeof *joined);
    *all = (struct rows){ joined, all->count + some->count, sizeof *joined };
}

err topic_list_of_cluster(struct rq *rq, i64 cluster_id, struct rows *out)
{
    struct rows some;
    ids whole;
    *out = (struct rows){ .size = sizeof(struct topic) };
    TRY(cluster_list_whole(rq, cluster_id, &whole));
    for (size_t at = 0; at < whole.count; at += CLUSTER_AT_ONCE) {
        TRY(topic_store_list_clusters(rq->db, whole.items + at, rq->mem, &some));
        add_rows(rq, &some, out);
    }
    return OK;
}

err topic_list_of_letter(struct rq *rq, i64 letter_id, struct rows *out)
{
    struct cluster c;
    struct rows of_cluster;
    TRY(topic_store_list_letter(rq->db, letter_id, rq->mem, out));
    TRY(cluster_of(rq, &CLUSTER_LETTERS, letter_id, &c));
    if (!c.id)
        return OK;
    TRY(topic_list_of_cluster(rq, c.id, &of_cluster));
    add_rows(rq, &of_cluster, out);
    return OK;
}

/* ---- proposing ---- */

err topic_add(struct rq *rq, struct topic *t)
{
    t->state = str_of("proposed");
    t->proposed_at = rq->now_ms;
    t->proposed_by = rq->actor->account_id;
    t->writer_name = rq->actor->name;
    t->version = 1;
    TRY(topic_store_add(rq->db, t, &t->id));
    struct flow_subject subject = { t->id, 1, t->state, t->title, str_of(""), t };
    return flow_begin(rq, &TOPICS_FLOW, &subject, NULL);
}

/* A text as it may stand in a topic: of what letters say, without who wrote them. */
static err unnamed(struct rq *rq, const struct topic *t, str text, str *out)
{
    *out = text;
    if (t->cluster_id)
        return cluster_unnamed(rq, t->cluster_id, text, out);
    return t->letter_id ? handling_mask(rq, t->letter_id, text, out) : OK;
}

static err write_text(struct rq *rq, struct topic *t, str title, str body)
{
    TRY(unnamed(rq, t, title, &t->title));
    return unnamed(rq, t, body, &t->body);
}

/* What the history says of it: never its title, which not everybody reads who reads the history. */
static str note(struct rq *rq, const struct topic *t)
{
    return text_format(rq->mem, "topics.offered_note",
                       arena_printf(rq->mem, "%lld", (long long)t->id), str_of(""));
}

/* ---- of a hot matter ---- */

err topic_guard_cluster(struct rq *rq, const struct flow_subject *subject)
{
    const struct cluster *c = subject->row;
    struct rows rows;
    TRY(topic_list_of_cluster(rq, c->id, &rows));
    if (rows.count)
        return err_make(ERR_CONFLICT, "topics.is_offered");
    return c->texts ? OK : err_make(ERR_CONFLICT, "topics.no_letter");
}

/* Letters that were not solved again, and wait for something to be made of them, have it now. */
err topic_effect_cluster(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    const struct cluster *c = subject->row;
    const struct cluster_offer_input *in = step->input;
    struct topic t = { .source = str_of(PUBLIC_SOURCE), .cluster_id = c->id, .letters = c->texts };
    ids waiting;
    TRY(write_text(rq, &t, in->title, in->body));
    TRY(topic_add(rq, &t));
    TRY(cluster_list_unsolved(rq, c->id, WAITING, &waiting));
    for (size_t i = 0; i < waiting.count; i++)
        TRY(handling_offer_along(rq, waiting.items[i]));
    step->opinion = note(rq, &t);
    return OK;
}

/* ---- of a letter ---- */

err topic_guard_letter(struct rq *rq, const struct flow_subject *subject)
{
    const struct letter *l = subject->row;
    struct rows rows;
    if (!handling_is_unsolved(l))
        return err_make(ERR_CONFLICT, "topics.not_unsolved");
    TRY(topic_list_of_letter(rq, l->id, &rows));
    return rows.count ? err_make(ERR_CONFLICT, "topics.is_offered") : OK;
}

err topic_effect_letter(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    struct letter *l = subject->row;
    const struct letter_offer_input *in = step->input;
    struct topic t = { .source = str_of(PUBLIC_SOURCE), .letter_id = l->id, .letters = 1 };
    TRY(write_text(rq, &t, in->title, in->body));
    TRY(topic_add(rq, &t));
    l->offered_at = rq->now_ms;
    step->opinion = note(rq, &t);
    return OK;
}

err on_topic_letter_unsolved(struct rq *rq, i64 id, const void *fact)
{
    struct letter l;
    struct rows rows;
    (void)fact;
    TRY(letter_find_house(rq, id, &l));
    if (!handling_is_unsolved(&l))
        return OK;
    TRY(topic_list_of_letter(rq, id, &rows));
    const struct topic *all = rows.items;
    for (size_t i = 0; i < rows.count; i++)
        if (!str_is(all[i].state, "rejected"))
            return handling_offer_along(rq, id);
    return OK;
}

/* ---- steps ---- */

err topic_flow_load(struct rq *rq, i64 id, struct flow_subject *out)
{
    struct topic *t = arena_zero(rq->mem, sizeof *t);
    TRY(rq->actor->account_id ? list_find(rq, &TOPIC_LIST, id, t)
                              : topic_store_find(rq->db, id, rq->mem, t));
    *out = (struct flow_subject){ t->id, t->version, t->state, t->title, str_of(""), t };
    return OK;
}

err topic_flow_store(struct rq *rq, const struct flow_subject *subject, str to)
{
    struct topic t = *(const struct topic *)subject->row;
    t.state = to;
    return topic_store_update(rq->db, &t);
}

err topic_effect_edit(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    struct topic *t = subject->row;
    const struct topic_input *in = step->input;
    t->source = in->source;
    t->proposer = in->proposer;
    TRY(write_text(rq, t, in->title, in->body));
    subject->title = t->title;
    return OK;
}

static err decide(struct rq *rq, struct flow_subject *subject, str reason)
{
    struct topic *t = subject->row;
    t->decided_at = rq->now_ms;
    t->decider_name = rq->actor->name;
    t->reason = reason;
    return OK;
}

/* Letters that became it, by themselves or with their matter, are the office's again; or are not.
 */
static err tell_letters(struct rq *rq, const struct topic *t, bool rejected)
{
    ids letters = { 0 };
    if (t->letter_id)
        return handling_offer_decided(rq, t->letter_id, rejected);
    if (t->cluster_id)
        TRY(cluster_list_unsolved(rq, t->cluster_id, WAITING, &letters));
    for (size_t i = 0; i < letters.count; i++)
        TRY(handling_offer_decided(rq, letters.items[i], rejected));
    return OK;
}

err topic_effect_pool(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    (void)step;
    return decide(rq, subject, str_of(""));
}

err topic_effect_reject(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    const struct topic_reject_input *in = step->input;
    TRY(decide(rq, subject, in->opinion));
    return tell_letters(rq, subject->row, true);
}

err topic_effect_reopen(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    struct topic *t = subject->row;
    (void)step;
    t->decided_at = 0;
    t->decider_name = t->reason = str_of("");
    return tell_letters(rq, t, false);
}
