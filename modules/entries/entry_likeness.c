/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Likeness: what was handed in is compared once, on the slow lane, with what stood before it; what
 * is alike enough is kept, and the tags "similar" and "echo" of the ledger follow from it
 * (entry.c). What a rule makes of them is the business of duty. */
#include "modules/entries/entry_likeness.h"

#include "modules/members/member.h"
#include "modules/opinions/opinion.h"
#include "modules/proposals/proposal.h"
#include "platform/app.h"
#include "platform/audit/audit.h"
#include "platform/base/str.h"
#include "platform/jobs/jobs.h"
#include "platform/notify/notify.h"
#include "platform/settings/settings.h"
#include "platform/text/text.h"
#include "platform/text/text_date.h"
#include "platform/text/texts.h"
#include "platform/web/lanes.h"

#define DAY_MS INT64_C(86400000)

enum { TWINS = 40, FOUND_MAX = 20, LOOK_MEMORY = 64 << 20 };

/* A past that is told anew (a demo city) is not compared by itself: staff ask for it. */
err likeness_ask(struct rq *rq, const struct entry_span *span)
{
    if (rq->app->clock.now_ms(&rq->app->clock) - rq->now_ms > DAY_MS)
        return OK;
    return job_queue_once(rq, "entries.look",
                          arena_printf(rq->mem, "%.*s %lld %lld", (int)span->source.len,
                                       span->source.ptr, (long long)span->from_id,
                                       (long long)span->to_id));
}

/* ---- looking ---- */

/* From which percent two are alike, or split; within how many days. */
struct bounds {
    i64 similar, similar_days, split, split_days;
};

struct looking {
    struct rq *rq;
    struct entry_span span;
    struct bounds bounds;
    struct likeness_found *found; /* of all records, FOUND_MAX each at most */
    i64 *looked;
    size_t found_count, looked_count;
};

static err text_of(struct rq *rq, str source, i64 id, struct twin_query *out)
{
    struct proposal p;
    struct rows rows;
    if (str_is(source, "proposals")) {
        TRY(proposal_find_house(rq, id, &p));
        out->title = p.title;
        return proposal_body(rq, &p, &out->body);
    }
    TRY(opinion_texts(rq, id - 1, 1, &rows));
    const struct text_document *document = rows.items;
    if (rows.count == 0 || document->id != id)
        return err_make(ERR_NOT_FOUND, "opinions.not_found");
    out->title = document->title;
    out->body = document->body;
    return OK;
}

/* Who did a record that was handed in, and when; on_on 0 = it does not stand. */
struct stood {
    i64 on_on;
    struct rows doers;
};

static err stood_find(struct rq *rq, str source, i64 id, struct stood *out)
{
    const struct entry_span one = { source, id, id };
    struct rows facts;
    *out = (struct stood){ 0 };
    TRY(entry_store_list_doers(rq->db, &one, rq->mem, &out->doers));
    TRY(entry_store_list_facts(rq->db, &one, rq->mem, &facts));
    const struct entry_fact *all = facts.items;
    for (size_t i = 0; out->doers.count && i < facts.count; i++)
        if (str_ends(all[i].kind, str_of(".submitted")))
            out->on_on = all[i].happened_on;
    return OK;
}

static bool has_doer_of(const struct stood *a, const struct stood *b)
{
    const struct entry_doer *x = a->doers.items, *y = b->doers.items;
    for (size_t i = 0; i < a->doers.count; i++)
        for (size_t k = 0; k < b->doers.count; k++)
            if (x[i].member_id && x[i].member_id == y[k].member_id)
                return true;
    return false;
}

/* Keeps a pair that is alike enough. */
static void judge(struct looking *l, const struct stood *own, const struct stood *other,
                  struct likeness_found pair)
{
    const struct bounds *b = &l->bounds;
    i64 days = own->on_on > other->on_on ? own->on_on - other->on_on : other->on_on - own->on_on;
    bool similar = b->similar && pair.degree >= b->similar && days <= b->similar_days;
    bool split =
        b->split && pair.degree >= b->split && days <= b->split_days && has_doer_of(own, other);
    pair.is_split = !similar;
    if (other->on_on && (similar || split))
        l->found[l->found_count++] = pair;
}

static err look_at(struct looking *l, struct rq *rq, i64 id)
{
    struct twin_query query = { .collection = arena_cstr(rq->mem, l->span.source),
                                .self_id = id,
                                .limit = TWINS };
    struct stood own, other;
    struct rows twins;
    i64 least = l->bounds.split && l->bounds.split < l->bounds.similar ? l->bounds.split
                                                                       : l->bounds.similar;
    TRY(stood_find(rq, l->span.source, id, &own));
    l->looked[l->looked_count++] = id;
    if (!own.on_on || rq->today - own.on_on > l->bounds.similar_days)
        return OK;
    TRY(text_of(rq, l->span.source, id, &query));
    TRY(text_twins(rq, &query, &twins));
    const struct twin *all = twins.items;
    size_t most = l->found_count + FOUND_MAX;
    for (size_t i = 0; i < twins.count && l->found_count < most && all[i].degree >= least; i++) {
        TRY(stood_find(rq, l->span.source, all[i].item_id, &other));
        judge(l, &own, &other,
              (struct likeness_found){ id, all[i].item_id, all[i].degree, rq->now_ms, false });
    }
    return OK;
}

/* ---- keeping ---- */

static err follow(struct rq *rq, str source, i64 id)
{
    return entry_follow(rq, &(struct entry_span){ source, id, id }, NULL);
}

static err look_write(struct app *app, struct db *db, struct arena *mem, void *context)
{
    const struct looking *l = context;
    struct rq rq;
    app_system_rq(app, db, mem, l->rq->actor->org_id, &rq);
    rq.now_ms = l->rq->now_ms;
    for (size_t i = 0; i < l->looked_count; i++)
        TRY(likeness_store_clear(db, l->span.source, l->looked[i]));
    for (size_t i = 0; i < l->found_count; i++)
        TRY(likeness_store_add(db, l->span.source, &l->found[i]));
    for (size_t i = 0; i < l->looked_count; i++)
        TRY(follow(&rq, l->span.source, l->looked[i]));
    for (size_t i = 0; i < l->found_count; i++)
        TRY(follow(&rq, l->span.source, l->found[i].other_id));
    return OK;
}

static err look_at_all(struct looking *l)
{
    for (i64 id = l->span.from_id; id <= l->span.to_id; id++) {
        struct rq rq = *l->rq;
        rq.mem = arena_new(LOOK_MEMORY, 0);
        err e = look_at(l, &rq, id);
        arena_free(rq.mem);
        if (e.code != ERR_NOT_FOUND) /* gone in between */
            TRY(e);
    }
    return OK;
}

static bool span_read(str payload, struct entry_span *out)
{
    str from, to;
    return str_split(&payload, ' ', &out->source) && str_split(&payload, ' ', &from) &&
           str_split(&payload, ' ', &to) && str_to_i64(from, &out->from_id) &&
           str_to_i64(to, &out->to_id) && out->to_id - out->from_id < 1000;
}

err job_entry_look(struct rq *rq, str payload)
{
    struct looking l = { .rq = rq,
                         .bounds = { setting_number(rq, "entries.similar_percent"),
                                     setting_number(rq, "entries.similar_days"),
                                     setting_number(rq, "entries.split_percent"),
                                     setting_number(rq, "entries.split_days") } };
    if (!span_read(payload, &l.span))
        return err_make(ERR_INTERNAL, "entries.not_found");
    size_t count = (size_t)(l.span.to_id - l.span.from_id + 1);
    l.looked = arena_array(rq->mem, count, sizeof *l.looked);
    l.found = arena_array(rq->mem, count * FOUND_MAX, sizeof *l.found);
    if (!l.bounds.similar && !l.bounds.split)
        return OK;
    TRY(look_at_all(&l));
    return lanes_write(rq->app, look_write, &l);
}

/* ---- what a row is like ---- */

/* What of the earlier record its reader may know. */
static err told(struct rq *rq, const struct likeness_of *of, struct entry_like *out)
{
    struct entry_row e = { 0 };
    struct rows rows;
    const struct likeness_of other = { of->source, out->other_id, of->member_id };
    TRY(likeness_store_entry(rq->db, &other, rq->mem, &rows));
    if (rows.count == 0)
        return OK;
    i64 id = *(const i64 *)rows.items;
    err found = list_find(rq, &ENTRY_LIST, id, &e);
    if (found.code == ERR_NOT_FOUND)
        return OK;
    TRY(found);
    TRY(entry_store_find(rq->db, id, rq->mem, &e));
    out->entry_id = id;
    out->number = e.number;
    out->title = entry_may_read_title(rq, &e) ? e.title : str_of("");
    return OK;
}

static str words_of(struct rq *rq, const struct entry_like *like)
{
    str name = like->title.len ? like->title : like->number;
    str percent = arena_printf(rq->mem, "%lld", (long long)like->degree);
    if (name.len)
        name = text_format(rq->mem, "entries.like_named", name, str_of(""));
    return text_format(rq->mem,
                       !like->is_own    ? "entries.like_echo"
                       : like->is_split ? "entries.like_split"
                                        : "entries.like_similar",
                       name, percent);
}

err entry_list_like(struct rq *rq, const struct entry *e, struct rows *out)
{
    const struct likeness_of of = { e->source, e->source_id, e->member_id };
    struct rows rows = { 0 };
    *out = (struct rows){ .size = sizeof(struct entry_like) };
    if (!str_has_word(e->tags, str_of("similar")) && !str_has_word(e->tags, str_of("echo")))
        return OK;
    TRY(likeness_store_list(rq->db, &of, rq->mem, &rows));
    const struct likeness *all = rows.items;
    struct entry_like *likes = arena_array(rq->mem, rows.count + 1, sizeof *likes);
    for (size_t i = 0; i < rows.count; i++) {
        if (all[i].is_split && !all[i].is_own) /* of others only what is alike counts */
            continue;
        struct entry_like *like = &likes[out->count++];
        *like = (struct entry_like){ .other_id = all[i].other_id,
                                     .degree = all[i].degree,
                                     .is_own = all[i].is_own,
                                     .is_split = all[i].is_split };
        TRY(told(rq, &of, like));
        like->words = words_of(rq, like);
    }
    out->items = likes;
    return OK;
}

/* ---- two matters ---- */

err entry_apart(struct rq *rq, i64 id, str text)
{
    struct entry_row e = { 0 };
    struct rows likes;
    struct member m;
    i64 changed = 0, sum = 0;
    TRY(list_find(rq, &ENTRY_LIST, id, &e));
    TRY(entry_store_find(rq->db, id, rq->mem, &e));
    if (!str_is(e.state, "live"))
        return err_make(ERR_CONFLICT, "entries.not_live");
    const struct entry of = {
        .member_id = e.member_id, .source_id = e.source_id, .tags = e.tags, .source = e.source
    };
    TRY(entry_list_like(rq, &of, &likes));
    const struct entry_like *all = likes.items;
    for (size_t i = 0; i < likes.count; i++, sum += changed)
        TRY(likeness_store_part(rq->db,
                                &(struct likeness_apart){ e.source, rq->actor->name, text,
                                                          e.source_id, all[i].other_id,
                                                          rq->now_ms },
                                &changed));
    if (sum == 0)
        return err_make(ERR_CONFLICT, "entries.not_alike");
    TRY(follow(rq, e.source, e.source_id));
    TRY(member_find(rq, e.member_id, &m));
    TRY(notify_send(rq, &(struct notify_to){ .person_id = m.person_id },
                    &(struct notify_message){ .text = "entries.told_apart",
                                              .arg = { e.label, text_date(rq->mem, e.happened_on) },
                                              .url = str_of("/entries/mine") }));
    return audit_add(rq, &(struct audit_entry){ .act = "entries.apart",
                                                .object = "entries",
                                                .object_id = id,
                                                .before = all[0].words,
                                                .after = text });
}
