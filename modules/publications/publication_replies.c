/* SPDX-License-Identifier: MulanPSL-2.0 */
/* See publication_replies.h. Of a reply only what its letter says to the matter itself: no
 * operator, no telephone, no signer, no talks. */
#include "modules/publications/publication_replies.h"

#include "modules/assignments/assignment_origin.h"

static void answers_make(struct rq *rq, const struct assignment_sheet *s, const struct reply *r,
                         i64 origin_id, struct rows *out)
{
    const struct assignment_item *items = s->items.items;
    struct public_answer *answers = arena_array(rq->mem, s->items.count + 1, sizeof *answers);
    bool several = s->origins.count > 0;
    *out = (struct rows){ answers, 0, sizeof *answers };
    for (size_t i = 0; i < s->items.count; i++) {
        const struct reply_answer *x = sheet_answer(s, r->id, items[i].number);
        if (x && (!several || items[i].origin_id == origin_id))
            answers[out->count++] =
                (struct public_answer){ several ? items[i].origin_number : items[i].number,
                                        items[i].number, x->result, x->text };
    }
}

static bool is_shown(const struct reply *r, const struct assignment *a)
{
    return r->assignment_id == a->id && r->public && r->delivered_at > 0;
}

static struct public_reply reply_of(struct rq *rq, const struct assignment_sheet *s,
                                    const struct assignment *a, const struct reply *r,
                                    i64 origin_id)
{
    const struct assignment_origin *origin = sheet_origin(s, origin_id);
    struct public_reply out = { .assignment_id = a->id,
                                .round = r->round,
                                .delivered_at = r->delivered_at,
                                .signed_at = r->signed_at,
                                .agency_name = a->agency_name,
                                .number = origin ? sheet_letter_number(s, r, origin) : r->number,
                                .class = r->class,
                                .opening = r->opening,
                                .closing = r->closing };
    answers_make(rq, s, r, origin_id, &out.answers);
    return out;
}

err publication_replies(struct rq *rq, const char *collection, i64 matter_id, i64 origin_id,
                        struct rows *out)
{
    struct matter_key key = { str_of(collection), matter_id };
    struct assignment_sheet s;
    TRY(assignment_sheet_public(rq, &key, &s));
    const struct assignment *all = s.assignments.items;
    const struct reply *replies = s.replies.items;
    struct public_reply *shown = arena_array(rq->mem, s.replies.count + 1, sizeof *shown);
    *out = (struct rows){ shown, 0, sizeof *shown };
    for (size_t i = 0; i < s.assignments.count; i++) {
        const struct reply *last = sheet_delivered(&s, all[i].id);
        if (str_is(all[i].state, "reassigned") || all[i].cancelled_at)
            continue;
        for (size_t k = 0; k < s.replies.count; k++)
            if (is_shown(&replies[k], &all[i])) {
                shown[out->count] = reply_of(rq, &s, &all[i], &replies[k], origin_id);
                shown[out->count++].is_last = &replies[k] == last;
            }
    }
    return OK;
}
