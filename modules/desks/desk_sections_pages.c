/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Pages of an agency's desks, and the same as JSON. Rules: desk_sections.c. */
#include "modules/desks/errand_views.h"
#include "platform/base/str.h"
#include "platform/text/texts.h"
#include "platform/web/conflict.h"
#include "platform/web/json.h"
#include "views/desks.h"

enum { NAMES_MAX = 8000, OPEN_ROWS = 50 };

static const struct field DESK[] = {
    FIELD(struct desk, id),      FIELD(struct desk, name),    FIELD(struct desk, position),
    FIELD(struct desk, head_id), FIELD(struct desk, from_on), FIELD(struct desk, to_on),
    FIELD(struct desk, open),    FIELD(struct desk, version), { 0 },
};

static const struct field ACCOUNT[] = {
    FIELD(struct account, id), FIELD(struct account, login_name), FIELD(struct account, name), { 0 }
};

/* Names of who belongs and still works for the agency; the head's. */
static void item_fill(struct rq *rq, const struct rows *colleagues, const struct rows *belong,
                      struct desk_item *item)
{
    const struct account *all = colleagues->items;
    const struct desk_account *of = belong->items;
    struct buf *b = buf_new(rq->mem, NAMES_MAX);
    for (size_t k = 0; k < belong->count; k++) {
        if (of[k].desk_id != item->d->id)
            continue;
        for (size_t i = 0; i < colleagues->count; i++) {
            if (of[k].account_id != all[i].id)
                continue;
            if (buf_str(b).len > 0)
                buf_add(b, text_find("desks.comma"));
            buf_add(b, all[i].name);
            if (all[i].id == item->d->head_id)
                item->head = all[i].name;
        }
    }
    item->names = buf_str(b);
}

/* ---- the list ---- */

/* With everybody who may belong to one, or be given something. */
static void list_json_send(struct rq *rq, const struct rows *desks, const struct rows *colleagues,
                           struct res *res)
{
    struct json j = json_begin(rq);
    json_rows(&j, "items", DESK, desks);
    json_rows(&j, "accounts", ACCOUNT, colleagues);
    json_send(&j, res);
}

err page_desk_list(struct rq *rq, struct res *res)
{
    struct rows desks, colleagues, belong;
    TRY(desk_list(rq, &desks));
    TRY(desk_colleagues(rq, &colleagues));
    if (rq->api) {
        list_json_send(rq, &desks, &colleagues, res);
        return OK;
    }
    TRY(desk_store_list_accounts(rq, rq->actor->agency_id, 0, &belong));
    const struct desk *all = desks.items;
    struct desk_item *items = arena_array(rq->mem, desks.count + 1, sizeof *items);
    struct desk_page v = { .items = items,
                           .count = desks.count,
                           .may_manage = actor_may(rq->actor, "desks.manage") };
    for (size_t i = 0; i < desks.count; i++) {
        items[i].d = &all[i];
        v.ended += all[i].to_on > 0;
        item_fill(rq, &colleagues, &belong, &items[i]);
    }
    struct out *out = page_begin(rq, text_find("menu.desks"), "desks");
    view_desks_list(out, &v);
    page_end(res, out);
    return OK;
}

/* ---- one ---- */

static err open_errands(struct rq *rq, i64 desk_id, struct rows *out)
{
    struct list_query query;
    struct list_result result;
    TRY(list_parse_text(
        rq, &ERRAND_LIST,
        arena_printf(rq->mem, "desk_id=%lld&is_open=1&sort=due_on", (long long)desk_id), &query));
    query.limit = OPEN_ROWS;
    TRY(list_page(rq, &ERRAND_LIST, &query, &result));
    *out = result.rows;
    return OK;
}

static err show_json(struct rq *rq, const struct desk *d, struct res *res)
{
    struct rows accounts;
    TRY(desk_accounts_of(rq, d->id, &accounts));
    struct json j = json_begin(rq);
    json_fields(&j, DESK, d);
    json_rows(&j, "accounts", ACCOUNT, &accounts);
    json_send(&j, res);
    return OK;
}

err page_desk_show(struct rq *rq, struct res *res)
{
    struct desk d;
    struct rows colleagues, belong;
    struct desk_show v = { .item = { .d = &d },
                           .may_manage = actor_may(rq->actor, "desks.manage") };
    TRY(desk_find(rq, rq->path_id, &d));
    if (rq->api)
        return show_json(rq, &d, res);
    TRY(desk_colleagues(rq, &colleagues));
    TRY(desk_store_list_accounts(rq, rq->actor->agency_id, d.id, &belong));
    item_fill(rq, &colleagues, &belong, &v.item);
    TRY(open_errands(rq, d.id, &v.errands));
    struct out *out = page_begin(rq, d.name, "desks");
    view_desks_show(out, &v);
    page_end(res, out);
    return OK;
}

/* ---- new, changed, ended ---- */

static err accounts_make(struct rq *rq, struct desk_edit *v)
{
    struct rows colleagues, belong = { 0 }, heads;
    TRY(desk_colleagues(rq, &colleagues));
    if (v->d.id > 0)
        TRY(desk_store_list_accounts(rq, rq->actor->agency_id, v->d.id, &belong));
    const struct account *all = colleagues.items;
    const struct desk_account *of = belong.items;
    struct view_choice *choices = arena_array(rq->mem, colleagues.count + 1, sizeof *choices);
    for (size_t i = 0; i < colleagues.count; i++) {
        choices[i] =
            (struct view_choice){ .value = arena_printf(rq->mem, "%lld", (long long)all[i].id),
                                  .label = all[i].name };
        for (size_t k = 0; k < belong.count; k++)
            choices[i].chosen |= of[k].account_id == all[i].id;
    }
    v->accounts = choices;
    v->account_count = colleagues.count;
    TRY(desk_heads(rq, &heads));
    struct view_choice *head = heads.items;
    str chosen =
        v->d.head_id > 0 ? arena_printf(rq->mem, "%lld", (long long)v->d.head_id) : str_of("");
    for (size_t i = 0; i < heads.count; i++)
        head[i].chosen = str_eq(head[i].value, chosen);
    v->heads = head;
    v->head_count = heads.count;
    return OK;
}

static err edit_page(struct rq *rq, struct desk_edit *v, struct res *res)
{
    TRY(accounts_make(rq, v));
    v->version = conflict_version(rq, v->d.version);
    struct out *out =
        page_begin(rq, text_find(v->d.id > 0 ? "desks.page.edit" : "desks.page.new"), "desks");
    view_desks_edit(out, v);
    page_end(res, out);
    return OK;
}

err page_desk_new(struct rq *rq, struct res *res)
{
    struct desk_edit v = { .d = { .name = str_of(""), .position = 10 } };
    return edit_page(rq, &v, res);
}

err page_desk_edit(struct rq *rq, struct res *res)
{
    struct desk_edit v = { 0 };
    TRY(desk_find(rq, rq->path_id, &v.d));
    if (v.d.to_on > 0)
        return err_make(ERR_CONFLICT, "desks.ended");
    return edit_page(rq, &v, res);
}

static err save(struct rq *rq, struct res *res, i64 id)
{
    struct desk_input in = *(const struct desk_input *)rq->input;
    in.id = id;
    TRY(desk_save(rq, &in, &id));
    if (rq->api && in.id == 0)
        res_status(res, 201);
    res_flash(res, "desks.saved", in.name);
    res_redirect(res, arena_printf(rq->mem, "/desks/%lld", (long long)id));
    return OK;
}

err page_desk_add(struct rq *rq, struct res *res)
{
    return save(rq, res, 0);
}

err page_desk_save(struct rq *rq, struct res *res)
{
    return save(rq, res, rq->path_id);
}

err page_desk_end(struct rq *rq, struct res *res)
{
    TRY(desk_end(rq, rq->path_id));
    res_flash(res, "desks.was_ended", str_of(""));
    res_redirect(res, str_of("/desks"));
    return OK;
}
