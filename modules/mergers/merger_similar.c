/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Similar proposals: beside a text that is being written or reviewed, and by the API. A hint only;
 * groups for merging are merger.c's. */
#include "modules/mergers/merger_views.h"
#include "platform/text/text.h"
#include "platform/text/texts.h"
#include "platform/web/json.h"
#include "views/mergers.h"

enum { SIMILAR_SHOWN = 5, SIMILAR_DEFAULT = 5, SIMILAR_MOST = 40 };

err merger_similar(struct rq *rq, struct twin_query query, struct similar_view *out)
{
    struct rows rows;
    size_t wanted = (size_t)query.limit;
    *out = (struct similar_view){ 0 };
    query.collection = "proposals";
    query.limit = SIMILAR_MOST; /* some may not be seen */
    TRY(text_twins(rq, &query, &rows));
    struct similar_item *items = arena_array(rq->mem, wanted + 1, sizeof *items);
    const struct twin *twins = rows.items;
    for (size_t i = 0; i < rows.count && out->count < wanted; i++) {
        struct proposal p;
        err e = proposal_find(rq, twins[i].item_id, &p);
        if (e.code == ERR_NOT_FOUND)
            continue;
        TRY(e);
        items[out->count++] = (struct similar_item){
            .id = p.id,
            .degree = twins[i].degree,
            .title = p.title,
            .number = proposal_number(rq, &p),
            .state = p.state,
            .class = proposal_class(rq, p.class, p.replied_at),
            .source = p.source,
            .source_id = p.source_id,
        };
    }
    out->items = items;
    return OK;
}

err page_merger_similar(struct rq *rq, struct res *res)
{
    const struct similar_input *in = rq->input;
    struct similar_view v;
    struct twin_query query = { .self_id = in->id,
                                .title = in->title,
                                .body = in->situation.len ? in->situation : in->text,
                                .limit = in->limit ? in->limit : SIMILAR_SHOWN };
    TRY(merger_similar(rq, query, &v));
    struct out *out = page_begin(rq, str_of(""), NULL);
    view_mergers_similar(out, &v);
    page_end(res, out);
    return OK;
}

static err similar_json(struct rq *rq, struct res *res, const struct twin_query *query)
{
    struct similar_view similar;
    struct json j = json_begin(rq);
    TRY(merger_similar(rq, *query, &similar));
    json_array(&j, "items");
    for (size_t i = 0; i < similar.count; i++) {
        const struct similar_item *s = &similar.items[i];
        json_object(&j, NULL);
        json_i64(&j, "id", s->id);
        json_i64(&j, "degree", s->degree);
        json_str(&j, "number", s->number);
        json_str(&j, "title", s->title);
        json_str(&j, "state", s->state);
        json_str(&j, "source", s->source);
        json_str(&j, "source_id", s->source_id);
        json_object_end(&j);
    }
    json_array_end(&j);
    json_send(&j, res);
    return OK;
}

err api_merger_similar_text(struct rq *rq, struct res *res)
{
    const struct similar_input *in = rq->input;
    struct twin_query query = { .self_id = in->id,
                                .title = in->title,
                                .body = in->text.len ? in->text : in->situation,
                                .limit = in->limit ? in->limit : SIMILAR_DEFAULT };
    return similar_json(rq, res, &query);
}

err api_merger_similar(struct rq *rq, struct res *res)
{
    const struct similar_input *in = rq->input;
    struct proposal p;
    str body;
    TRY(proposal_find(rq, rq->path_id, &p));
    TRY(proposal_body(rq, &p, &body));
    struct twin_query query = { .self_id = p.id,
                                .title = p.title,
                                .body = body,
                                .limit = in->limit ? in->limit : SIMILAR_DEFAULT };
    return similar_json(rq, res, &query);
}
