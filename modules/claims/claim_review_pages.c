/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Pages of many claims at once, and the same as JSON: what waits; what was chosen, with what each
 * gives; what became of each. */
#include "modules/claims/claim_review.h"

#include "platform/files/files.h"
#include "platform/text/texts.h"
#include "platform/web/json.h"
#include "views/claims.h"

static void item_json(struct json *j, const struct claim_review *v, bool points)
{
    json_object(j, NULL);
    json_i64(j, "id", v->c.id);
    json_i64(j, "version", v->c.version);
    json_str(j, "title", v->c.title);
    json_str(j, "names", v->c.names);
    json_str(j, "label", v->c.label);
    json_day(j, "happened_on", v->c.happened_on);
    json_i64(j, "quantity", v->c.quantity);
    json_i64(j, "evidence", (i64)v->evidence.count);
    json_str(j, "same", v->same);
    json_bool(j, "chosen", v->chosen);
    json_i64(j, "year", v->year);
    json_i64(j, "gates", v->gain.gates);
    if (points) {
        json_i64(j, "points_x1000", v->gain.points);
        json_str(j, "rule", v->gain.rule);
    }
    json_object_end(j);
}

static void view_make(struct rq *rq, const struct rows *items, struct claim_review_view *v)
{
    const struct claim_review *all = items->items;
    i64 sum = 0;
    v->items = all;
    v->count = items->count;
    v->mem = rq->mem;
    v->points = scores_shows_others(rq).points;
    for (size_t i = 0; i < items->count; i++) {
        v->done += all[i].chosen;
        sum += all[i].chosen ? all[i].gain.points : 0;
        v->has_evidence = v->has_evidence || (all[i].chosen && all[i].evidence.count);
    }
    v->sum = ruleset_points(rq->mem, sum);
}

static err show(struct rq *rq, const strs *choices, struct res *res)
{
    struct claim_review_view v = { .confirms = choices->count > 0 };
    struct rows items;
    TRY(claim_review_load(rq, choices, &items, &v.total));
    view_make(rq, &items, &v);
    if (rq->api) {
        struct json j = json_begin(rq);
        json_i64(&j, "total", v.total);
        json_array(&j, "items");
        for (size_t i = 0; i < v.count; i++)
            item_json(&j, &v.items[i], v.points);
        json_array_end(&j);
        json_send(&j, res);
        return OK;
    }
    struct out *out =
        page_begin(rq, text_find(v.confirms ? "claims.review_confirm" : "claims.review"), "claims");
    view_claims_review_show(out, &v);
    page_end(res, out);
    return OK;
}

err page_claim_review(struct rq *rq, struct res *res)
{
    const struct claim_choice_input *in = rq->input;
    return show(rq, &in->claims, res);
}

err page_claim_review_again(struct rq *rq, struct res *res)
{
    const strs none = { 0 };
    const strs typed = rq_typed_all(rq, "claims", none);
    return show(rq, &typed, res);
}

err page_claim_review_approve(struct rq *rq, struct res *res)
{
    struct claim_review_view v = { .mem = rq->mem };
    struct rows items;
    TRY(claim_review_approve(rq, rq->input, &items));
    v.items = items.items;
    v.count = items.count;
    for (size_t i = 0; i < v.count; i++)
        v.done += !v.items[i].failure.code;
    if (rq->api) {
        struct json j = json_begin(rq);
        json_i64(&j, "approved", v.done);
        json_array(&j, "items");
        for (size_t i = 0; i < v.count; i++) {
            json_object(&j, NULL);
            json_i64(&j, "id", v.items[i].c.id);
            json_str(&j, "title", v.items[i].c.title);
            json_bool(&j, "approved", !v.items[i].failure.code);
            json_str(&j, "code", str_of(v.items[i].failure.code ? v.items[i].failure.name : ""));
            json_str(&j, "message", v.items[i].words);
            json_object_end(&j);
        }
        json_array_end(&j);
        json_send(&j, res);
        return OK;
    }
    struct out *out = page_begin(rq, text_find("claims.review_done"), "claims");
    view_claims_review_done(out, &v);
    page_end(res, out);
    return OK;
}
