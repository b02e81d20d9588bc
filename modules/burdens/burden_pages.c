/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Pages of complaints of burden and the same as JSON; the public form and what was published. */
#include "modules/burdens/burden.h"
#include "platform/base/str.h"
#include "platform/settings/settings.h"
#include "platform/text/texts.h"
#include "platform/web/form_page.h"
#include "platform/web/json.h"
#include "views/burdens.h"

static bool is_office(const struct rq *rq)
{
    return actor_scope(rq->actor, "burdens.read") == SCOPE_ORG;
}

static const char *menu_of(const struct rq *rq)
{
    return is_office(rq) ? "burdens" : "my_burdens";
}

/* ---- the list ---- */

static void list_acts(struct out *out, struct rq *rq)
{
    view_burdens_acts(out, actor_may(rq->actor, "burdens.tell"));
}

err page_burden_list(struct rq *rq, struct res *res)
{
    const struct list_look look = { .list = &BURDEN_LIST,
                                    .path = "/burdens",
                                    .title = is_office(rq) ? "menu.burdens" : "menu.my_burdens",
                                    .menu = menu_of(rq),
                                    .main = "place",
                                    .bar = "state label way",
                                    .empty = is_office(rq) ? "burdens.none" : "burdens.none_own",
                                    .acts = list_acts };
    return list_show(rq, &look, res);
}

/* ---- telling ---- */

err page_burden_new(struct rq *rq, struct res *res)
{
    static const struct burden_input NONE;
    return form_page(rq, res,
                     &(struct form_look){
                         .form = &BURDEN_FORM,
                         .stored = &NONE,
                         .menu = "my_burdens",
                         .title = text_find("burdens.new"),
                         .subject = text_find("burdens.new_hint"),
                         .back = str_of("/burdens"),
                         .crumbs = view_crumbs(rq->mem, "burdens", text_find("burdens.new")),
                         .button = text_find("burdens.send") });
}

err page_burden_add(struct rq *rq, struct res *res)
{
    i64 id = 0;
    TRY(burden_add(rq, rq->input, &id));
    res_flash(res, "burdens.sent", str_of(""));
    res_redirect(res, arena_printf(rq->mem, "/burdens/%lld", (long long)id));
    return OK;
}

/* ---- one ---- */

err page_burden_show(struct rq *rq, struct res *res)
{
    struct flow_subject subject;
    TRY(burden_flow_load(rq, rq->path_id, &subject));
    struct flow_allowed acts = flow_allowed(rq, &BURDENS_FLOW, &subject);
    struct burden_page v = { .b = subject.row, .acts = &acts, .office = is_office(rq) };
    TRY(flow_due(rq, &BURDENS_FLOW, subject.id, "answer", &v.due_on));
    if (rq->api) {
        struct json j = json_begin(rq);
        list_row_json(rq, &BURDEN_LIST, v.b, LIST_ROW_ONE, &j);
        json_day(&j, "due_on", v.due_on);
        flow_json_allowed(&j, "actions", &BURDENS_FLOW, &subject, &acts);
        json_send(&j, res);
        return OK;
    }
    struct out *out =
        page_begin(rq, text_format(rq->mem, "burdens.page", subject.title, str_of("")),
                   menu_of(rq));
    view_burdens_show(out, &v);
    page_end(res, out);
    return OK;
}

/* ---- figures ---- */

static const struct field SUM_JSON[] = {
    FIELD(struct burden_sum, month),
    FIELD(struct burden_sum, label),
    FIELD(struct burden_sum, asked),
    FIELD(struct burden_sum, answered),
    FIELD(struct burden_sum, dropped),
    FIELD(struct burden_sum, eased),
    FIELD(struct burden_sum, kept),
    FIELD(struct burden_sum, hours),
    { 0 },
};

err page_burden_figures(struct rq *rq, struct res *res)
{
    struct rows months, kinds;
    TRY(burden_sums(rq, &months, &kinds));
    if (rq->api) {
        struct json j = json_begin(rq);
        json_rows(&j, "months", SUM_JSON, &months);
        json_rows(&j, "kinds", SUM_JSON, &kinds);
        json_send(&j, res);
        return OK;
    }
    struct out *out = page_begin(rq, text_find("burdens.figures"), menu_of(rq));
    view_burdens_figures(out, &(struct burden_figures_page){ &months, &kinds });
    page_end(res, out);
    return OK;
}

/* ---- for who is not signed in ---- */

static err public_show(struct rq *rq, struct res *res, bool sent)
{
    struct rows published, codes;
    if (!setting_on(rq, "burdens.public"))
        return err_make(ERR_NOT_FOUND, "burdens.not_public");
    TRY(burden_store_list_published(rq->db, rq->mem, &published));
    TRY(dictionary_list(rq, "burdens.kinds", &codes));
    const struct dictionary_row *all = codes.items;
    struct view_choice *kinds = arena_array(rq->mem, codes.count + 1, sizeof *kinds);
    for (size_t i = 0; i < codes.count; i++)
        kinds[i] = (struct view_choice){ .value = all[i].code, .label = all[i].label };
    struct burden_public_page v = {
        .published = &published, .kinds = kinds, .kind_count = codes.count, .sent = sent
    };
    if (!sent)
        v.stamp = anonymous_stamp(rq, &BURDEN_PUBLIC);
    struct out *out = page_begin(rq, text_find("burdens.public_page"), NULL);
    view_burdens_public(out, &v);
    page_end(res, out);
    return OK;
}

err page_burden_public(struct rq *rq, struct res *res)
{
    return public_show(rq, res, false);
}

err page_burden_public_add(struct rq *rq, struct res *res)
{
    i64 id = 0;
    TRY(burden_add_public(rq, rq->input, &id));
    return public_show(rq, res, true);
}
