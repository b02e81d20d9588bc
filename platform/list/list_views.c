/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Saved views (list.h) and the handlers of their routes. */
#include <assert.h>

#include "platform/base/str.h"
#include "platform/list/list_store.h"
#include "platform/web/json.h"

enum { NAME_CHARS_MAX = 20, QUERY_CHARS_MAX = 4000 };

static const struct input VIEW_INPUTS[] = {
    { FIELD(struct list_view_input, name), .kind = INPUT_TEXT, .label = "list.view.name",
      .required = true, .max = NAME_CHARS_MAX },
    { FIELD(struct list_view_input, query), .kind = INPUT_TEXT, .label = "list.view.query",
      .max = QUERY_CHARS_MAX },
    { .field = { 0 } },
};
const struct form LIST_VIEW_FORM = { "list.view", sizeof(struct list_view_input), VIEW_INPUTS };

err list_views(struct rq *rq, const struct list *list, struct rows *out)
{
    return list_store_list(rq->db, rq->actor->account_id, str_of(list->name), rq->mem, out);
}

err list_view_save(struct rq *rq, const struct list *list, str name, const struct list_query *query)
{
    i64 others;
    str question = list_link(rq, list, query, "after", str_of(""));
    struct list_store_view view = { rq->actor->account_id, rq->now_ms, str_of(list->name), name,
                                    str_sub(question, 1, question.len) };
    TRY(list_store_count_others(rq->db, view.account_id, view.list, name, &others));
    if (others >= LIST_VIEWS_MAX)
        return err_make(ERR_INVALID, "list.too_many_views");
    return list_store_save(rq->db, &view);
}

err list_view_remove(struct rq *rq, const struct list *list, i64 id)
{
    return list_store_remove(rq->db, rq->actor->account_id, str_of(list->name), id);
}

static const struct field VIEW_JSON[] = { FIELD(struct list_view, id),
                                          FIELD(struct list_view, name),
                                          FIELD(struct list_view, query),
                                          { 0 } };

static const struct list_look *look_of(const struct rq *rq)
{
    assert(rq->route->look);
    return rq->route->look;
}

err api_list_views(struct rq *rq, struct res *res)
{
    struct rows rows;
    TRY(list_views(rq, look_of(rq)->list, &rows));
    struct json j = json_begin(rq);
    json_rows(&j, "items", VIEW_JSON, &rows);
    json_send(&j, res);
    return OK;
}

/* The view that was saved under the name. */
static err saved_json(struct rq *rq, const struct list_look *look, struct res *res)
{
    const struct list_view_input *input = rq->input;
    struct rows rows;
    TRY(list_views(rq, look->list, &rows));
    const struct list_view *all = rows.items;
    struct json j = json_begin(rq);
    for (size_t i = 0; i < rows.count; i++)
        if (str_eq(all[i].name, input->name))
            json_fields(&j, VIEW_JSON, &all[i]);
    json_send(&j, res);
    res_status(res, 201);
    return OK;
}

err page_list_view_save(struct rq *rq, struct res *res)
{
    const struct list_look *look = look_of(rq);
    const struct list_view_input *input = rq->input;
    struct list_query query;
    str text = input->query;
    if (text.len && text.ptr[0] == '?')
        text = str_sub(text, 1, text.len);
    TRY(list_parse_text(rq, look->list, text, &query));
    TRY(list_view_save(rq, look->list, input->name, &query));
    if (rq->api)
        return saved_json(rq, look, res);
    str link = list_link(rq, look->list, &query, "after", str_of(""));
    res_flash(res, "list.view_saved", input->name);
    res_redirect(res, arena_printf(rq->mem, "%s%.*s", look->path, (int)link.len, link.ptr));
    return OK;
}

err page_list_view_remove(struct rq *rq, struct res *res)
{
    const struct list_look *look = look_of(rq);
    TRY(list_view_remove(rq, look->list, rq->path_id));
    res_flash(res, "list.view_removed", str_of(""));
    res_redirect(res, str_of(look->path));
    return OK;
}
