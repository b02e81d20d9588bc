/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Pages of what was sent and received, the same as JSON, and what stands in a case's page. Sending:
 * transfer_send_pages.c; receiving: transfer_take_pages.c. */
#include "modules/transfers/transfer_case_parts.h"

#include "modules/proposals/proposal.h"
#include "modules/transfers/transfer_store.h"
#include "platform/text/texts.h"
#include "platform/web/json.h"
#include "platform/web/view.h"
#include "views/transfers.h"

enum { CASES_SHOWN = 500 };

err page_transfer_list(struct rq *rq, struct res *res)
{
    struct transfer_list_view v = { 0 };
    TRY(transfer_list_make(rq, &v));
    if (rq->api) {
        struct json j = json_begin(rq);
        json_array(&j, "items");
        for (size_t i = 0; i < v.count; i++) {
            json_object(&j, NULL);
            transfer_json(&j, v.items[i].t);
            json_object_end(&j);
        }
        json_array_end(&j);
        json_send(&j, res);
        return OK;
    }
    struct out *out = page_begin(rq, text_find("menu.transfers"), "transfers");
    view_transfers_list(out, &v);
    page_end(res, out);
    return OK;
}

/* ---- one ---- */

static err cases_make(struct rq *rq, struct transfer_show_view *v)
{
    struct rows rows;
    TRY(transfer_case_store_list(rq->db, v->t->id, CASES_SHOWN, rq->mem, &rows));
    const struct transfer_case *all = rows.items;
    struct transfer_case_item *items = arena_array(rq->mem, rows.count + 1, sizeof *items);
    for (size_t i = 0; i < rows.count; i++) {
        struct proposal p;
        err e = proposal_find(rq, all[i].proposal_id, &p);
        if (e.code == ERR_NOT_FOUND)
            continue; /* confidential since, or gone */
        TRY(e);
        items[v->count++] = (struct transfer_case_item){ p.id, p.title, proposal_number(rq, &p) };
    }
    v->items = items;
    return OK;
}

static err show_json(struct rq *rq, const struct transfer_show_view *v, struct res *res)
{
    struct json j = json_begin(rq);
    transfer_json(&j, v->t);
    json_array(&j, "cases");
    for (size_t i = 0; i < v->count; i++) {
        json_object(&j, NULL);
        json_i64(&j, "proposal_id", v->items[i].proposal_id);
        json_str(&j, "title", v->items[i].title);
        json_str(&j, "number", v->items[i].number);
        json_object_end(&j);
    }
    json_array_end(&j);
    json_send(&j, res);
    return OK;
}

err page_transfer_show(struct rq *rq, struct res *res)
{
    struct transfer t;
    struct transfer_show_view v = { .t = &t };
    err e = transfer_store_find(rq->db, rq->path_id, rq->mem, &t);
    if (e.code == ERR_NOT_FOUND)
        return err_make(ERR_NOT_FOUND, "transfers.not_found");
    TRY(e);
    TRY(cases_make(rq, &v));
    if (rq->api)
        return show_json(rq, &v, res);
    v.what = transfer_what(rq, &t);
    struct out *out = page_begin(rq, v.what, "transfers");
    view_transfers_show(out, &v);
    page_end(res, out);
    return OK;
}

/* ---- in a case's page ---- */

err on_transfer_proposal_shown(struct rq *rq, i64 id, const void *fact)
{
    const struct proposal_shown *shown = fact;
    bool side = str_is(str_of(shown->place), "side");
    struct transfer t = { .peer_name = str_of("") };
    struct transfer_case c = { .id = 0 };
    if (!side && !shown->json)
        return OK;
    err e = transfer_find_origin(rq, id, &t, &c);
    if (e.code && e.code != ERR_NOT_FOUND)
        return e;
    if (shown->json) {
        if (!e.code)
            json_str(shown->json, "came_from", t.peer_name);
        return OK;
    }
    const struct transfer_case_view v = { .id = id,
                                          .from = t.peer_name,
                                          .may_send = transfer_may_send(rq) &&
                                                      !str_is(shown->proposal->state, "draft") &&
                                                      !str_is(shown->proposal->state, "cosigning"),
                                          .answers = str_is(c.purpose, "handle") };
    if (v.from.len)
        view_transfers_case(shown->out, &v);
    else if (v.may_send)
        view_transfers_case_more(shown->more, id);
    return OK;
}
