/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Pages of circulars: list, one, a new one; the same as JSON. */
#include "modules/urgings/urging_pages.h"
#include "modules/urgings/urging_views.h"
#include "platform/text/texts.h"
#include "platform/web/json.h"
#include "views/urgings.h"

static const struct list_look LOOK = { .list = &CIRCULAR_LIST,
                                       .path = "/circulars",
                                       .title = "menu.circulars",
                                       .menu = "urgings",
                                       .main = "title",
                                       .empty = "circulars.none",
                                       .create = "urgings.issue" };

err page_circular_list(struct rq *rq, struct res *res)
{
    return list_show(rq, &LOOK, res);
}

static const struct field LINE[] = {
    FIELD(struct circular_line, agency_name),
    FIELD(struct circular_line, number),
    FIELD(struct circular_line, state),
    FIELD(struct circular_line, late_days),
    { 0 },
};

err page_circular_show(struct rq *rq, struct res *res)
{
    struct circular c;
    struct circular_show v = { .c = &c };
    TRY(list_find(rq, &CIRCULAR_LIST, rq->path_id, &c));
    TRY(circular_store_list_lines(rq->db, c.id, rq->mem, &v.lines));
    if (rq->api) {
        struct json j = json_begin(rq);
        list_row_json(rq, &CIRCULAR_LIST, &c, LIST_ROW_ONE, &j);
        json_rows(&j, "lines", LINE, &v.lines);
        json_send(&j, res);
        return OK;
    }
    struct out *out = page_begin(rq, c.title, "urgings");
    view_urgings_circular(out, &v);
    page_end(res, out);
    return OK;
}

err page_circular_new(struct rq *rq, struct res *res)
{
    struct rows rows;
    TRY(urging_store_list_named(rq->db, rq->mem, &rows));
    const struct urging *all = rows.items;
    struct view_choice *choices = arena_array(rq->mem, rows.count + 1, sizeof *choices);
    for (size_t i = 0; i < rows.count; i++)
        choices[i] = (struct view_choice){
            .value = arena_printf(rq->mem, "%lld", (long long)all[i].id),
            .label = text_format(rq->mem, "circulars.choice", all[i].agency_name, all[i].number),
        };
    struct circular_form v = { view_crumbs(rq->mem, "circulars", text_find("circulars.new")),
                               choices, rows.count, 0 };
    TRY(urging_store_count_named(rq->db, &v.total));
    struct out *out = page_begin(rq, text_find("circulars.new"), "urgings");
    view_urgings_circular_form(out, &v);
    page_end(res, out);
    return OK;
}

err page_circular_publish(struct rq *rq, struct res *res)
{
    i64 id = 0;
    TRY(circular_publish(rq, rq->input, &id));
    if (rq->api) {
        struct json j = json_begin(rq);
        json_i64(&j, "id", id);
        json_send(&j, res);
        return OK;
    }
    res_flash(res, "circulars.published", str_of(""));
    res_redirect(res, arena_printf(rq->mem, "/circulars/%lld", (long long)id));
    return OK;
}
