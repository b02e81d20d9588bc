/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Pages of appeals and the same as JSON; what the page of a row of the ledger says of them. */
#include "modules/claims/claim.h"
#include "platform/base/str.h"
#include "platform/text/text_date.h"
#include "platform/text/texts.h"
#include "platform/web/form_page.h"
#include "platform/web/json.h"
#include "views/claims.h"

static bool is_office(const struct rq *rq)
{
    return actor_scope(rq->actor, "claims.read") == SCOPE_ORG;
}

static const char *menu_of(const struct rq *rq)
{
    return is_office(rq) ? "appeals" : "my_appeals";
}

static void list_acts(struct out *out, struct rq *rq)
{
    view_claims_appeal_acts(out, actor_may(rq->actor, "claims.file"));
}

err page_appeal_list(struct rq *rq, struct res *res)
{
    const struct list_look look = { .list = &APPEAL_LIST,
                                    .path = "/appeals",
                                    .title = is_office(rq) ? "menu.appeals" : "menu.my_appeals",
                                    .menu = menu_of(rq),
                                    .main = "label",
                                    .empty = is_office(rq) ? "appeals.none" : "appeals.none_own",
                                    .acts = list_acts };
    return list_show(rq, &look, res);
}

/* ---- asking ---- */

static err answer(struct rq *rq, struct res *res, i64 id)
{
    res_flash(res, "appeals.sent", str_of(""));
    res_redirect(res, arena_printf(rq->mem, "/appeals/%lld", (long long)id));
    return OK;
}

err page_appeal_missing_form(struct rq *rq, struct res *res)
{
    static const struct appeal_input NONE;
    if (!rq->actor->member_id)
        return err_make(ERR_FORBIDDEN, "entries.no_member");
    return form_page(rq, res,
                     &(struct form_look){ .form = &APPEAL_MISSING_FORM,
                                          .stored = &NONE,
                                          .menu = "my_appeals",
                                          .title = text_find("appeals.missing"),
                                          .subject = text_find("appeals.missing_hint"),
                                          .back = str_of("/appeals"),
                                          .crumbs = claim_crumbs(rq->mem, "my_appeals", "/appeals",
                                                                 text_find("appeals.missing")),
                                          .button = text_find("appeals.send") });
}

err page_appeal_missing(struct rq *rq, struct res *res)
{
    i64 id = 0;
    TRY(appeal_file(rq, 0, rq->input, &id));
    return answer(rq, res, id);
}

err page_appeal_entry_form(struct rq *rq, struct res *res)
{
    static const struct appeal_input NONE;
    struct entry_words e;
    TRY(entry_words(rq, rq->path_id, &e));
    if (!rq->actor->member_id || e.member_id != rq->actor->member_id)
        return err_make(ERR_FORBIDDEN, "appeals.not_yours");
    if (!str_is(e.state, "live"))
        return err_make(ERR_CONFLICT, "entries.not_live");
    str entry = arena_printf(rq->mem, "/entries/%lld", (long long)rq->path_id);
    struct view_link *crumbs = arena_array(rq->mem, 4, sizeof *crumbs);
    crumbs[0] = (struct view_link){ text_find("menu.my_entries"), str_of("/entries/mine") };
    crumbs[1] = (struct view_link){ e.kind, entry };
    crumbs[2] = (struct view_link){ text_find("appeals.new"), str_of("") };
    return form_page(rq, res,
                     &(struct form_look){ .form = &APPEAL_FORM,
                                          .stored = &NONE,
                                          .menu = "my_appeals",
                                          .title = text_find("appeals.new"),
                                          .subject = text_format(rq->mem, "appeals.about", e.kind,
                                                                 text_date(rq->mem, e.happened_on)),
                                          .back = entry,
                                          .crumbs = crumbs,
                                          .button = text_find("appeals.send") });
}

err page_appeal_entry(struct rq *rq, struct res *res)
{
    i64 id = 0;
    TRY(appeal_file(rq, rq->path_id, rq->input, &id));
    return answer(rq, res, id);
}

/* The items as JSON, for who has no page. */
static err items_json(struct rq *rq, struct res *res)
{
    struct rows rows;
    struct json j = json_begin(rq);
    TRY(appeal_items(rq, &rows));
    const struct view_choice *all = rows.items;
    json_array(&j, "items");
    for (size_t i = 0; i < rows.count; i++) {
        json_object(&j, NULL);
        json_str(&j, "item", all[i].value);
        json_str(&j, "label", all[i].label);
        json_object_end(&j);
    }
    json_array_end(&j);
    json_send(&j, res);
    return OK;
}

err page_appeal_point_form(struct rq *rq, struct res *res)
{
    const struct appeal_point_input *in = rq->input;
    struct appeal_point_input chosen = { .item = rq_typed(rq, "item", str_of("")) };
    if (!rq->actor->member_id)
        return err_make(ERR_FORBIDDEN, "entries.no_member");
    if (rq->route->method == GET && in)
        chosen.item = in->item;
    if (rq->api && rq->route->method == GET)
        return items_json(rq, res);
    struct rows items;
    TRY(appeal_items(rq, &items));
    return form_page(rq, res,
                     &(struct form_look){ .form = &APPEAL_POINT_FORM,
                                          .stored = &chosen,
                                          .menu = "my_appeals",
                                          .title = text_find("appeals.point"),
                                          .subject = text_find(items.count ? "appeals.point_hint"
                                                                           : "appeals.point_none"),
                                          .back = str_of("/scores/mine"),
                                          .crumbs = claim_crumbs(rq->mem, "my_appeals", "/appeals",
                                                                 text_find("appeals.point")),
                                          .button = text_find("appeals.send_point") });
}

err page_appeal_point(struct rq *rq, struct res *res)
{
    i64 id = 0;
    TRY(appeal_file_point(rq, rq->input, &id));
    return answer(rq, res, id);
}

/* ---- one ---- */

/* Of an item of the year: what it gave, what it gives, and where the year is read. */
static void point_make(struct rq *rq, struct appeal_page *v)
{
    const struct appeal *a = v->a;
    v->title = text_find(a->year ? "appeals.review" : "appeals.change");
    if (!a->year)
        return;
    v->points = ruleset_points(rq->mem, a->points);
    if (a->answered_at)
        v->points_after = ruleset_points(rq->mem, a->points_after);
    v->year_url = v->office ? arena_printf(rq->mem, "/scores/members/%lld?year=%lld",
                                           (long long)a->member_id, (long long)a->year)
                            : arena_printf(rq->mem, "/scores/mine?year=%lld", (long long)a->year);
}

err page_appeal_show(struct rq *rq, struct res *res)
{
    struct flow_subject subject;
    TRY(appeal_flow_load(rq, rq->path_id, &subject));
    struct flow_allowed acts = flow_allowed(rq, &APPEALS_FLOW, &subject);
    i64 due_on = 0;
    TRY(flow_due(rq, &APPEALS_FLOW, subject.id, "answer", &due_on));
    if (rq->api) {
        struct json j = json_begin(rq);
        list_row_json(rq, &APPEAL_LIST, subject.row, LIST_ROW_ONE, &j);
        json_day(&j, "due_on", due_on);
        flow_json_allowed(&j, "actions", &APPEALS_FLOW, &subject, &acts);
        json_send(&j, res);
        return OK;
    }
    struct appeal_page v = {
        .a = subject.row, .acts = &acts, .due_on = due_on, .office = is_office(rq)
    };
    v.crumbs = claim_crumbs(rq->mem, menu_of(rq), "/appeals", subject.title);
    point_make(rq, &v);
    if (v.a->entry_id)
        v.entry_url = arena_printf(rq->mem, "/entries/%lld", (long long)v.a->entry_id);
    struct out *out =
        page_begin(rq, text_format(rq->mem, "appeals.page", v.title, subject.title), menu_of(rq));
    view_claims_appeal(out, &v);
    page_end(res, out);
    return OK;
}

/* ---- on the page of a row ---- */

static void appeals_json(struct json *j, const struct rows *rows)
{
    const struct appeal *all = rows->items;
    json_array(j, "appeals");
    for (size_t i = 0; i < rows->count; i++) {
        json_object(j, NULL);
        json_i64(j, "id", all[i].id);
        json_str(j, "label", all[i].label);
        json_str(j, "state", all[i].state);
        json_str(j, "text", all[i].text);
        json_str(j, "answer", all[i].answer);
        json_object_end(j);
    }
    json_array_end(j);
}

/* For the member whose it is, and for who answers. */
err on_appeal_entry_shown(struct rq *rq, i64 id, const void *fact)
{
    const struct entry_shown *shown = fact;
    struct rows rows;
    bool own = rq->actor->member_id && shown->member_id == rq->actor->member_id;
    if (!own && !actor_may(rq->actor, "claims.decide"))
        return OK;
    TRY(appeal_store_list_entry(rq->db, id, rq->mem, &rows));
    const struct appeal *all = rows.items;
    bool may_ask = own && actor_may(rq->actor, "claims.file") && str_is(shown->state, "live");
    for (size_t i = 0; i < rows.count; i++)
        may_ask &= !str_is(all[i].state, "asked");
    if (shown->out)
        view_claims_entry(shown->out, &(struct appeal_entry_view){ id, &rows, may_ask });
    else
        appeals_json(shown->json, &rows);
    return OK;
}

/* ---- on the page of a year ---- */

err on_appeal_year_shown(struct rq *rq, i64 id, const void *fact)
{
    const struct scores_shown *shown = fact;
    struct appeal_year_view v = { 0 };
    struct rows rows;
    bool own = rq->actor->member_id && id == rq->actor->member_id;
    if (!own && !actor_may(rq->actor, "claims.decide"))
        return OK;
    TRY(appeal_store_list_year(rq->db, id, shown->period->year, rq->mem, &rows));
    v.appeals = &rows;
    v.may_ask =
        own && actor_may(rq->actor, "claims.file") && appeal_is_year_open(rq, shown->period);
    if (shown->out)
        view_claims_year(shown->out, &v);
    else
        appeals_json(shown->json, &rows);
    return OK;
}
