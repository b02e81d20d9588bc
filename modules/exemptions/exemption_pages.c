/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Pages of exemptions, and the same as JSON; verbs of the flow have theirs from the engine. */
#include "modules/exemptions/exemption_rules.h"
#include "platform/base/str.h"
#include "platform/flow/flow_pages.h"
#include "platform/text/texts.h"
#include "platform/web/form_page.h"
#include "platform/web/json.h"
#include "views/exemptions.h"

static bool is_office(const struct rq *rq)
{
    return actor_scope(rq->actor, "exemptions.read") == SCOPE_ORG;
}

err page_exemption_list(struct rq *rq, struct res *res)
{
    const struct list_look look = { .list = &EXEMPTION_LIST,
                                    .path = "/exemptions",
                                    .title = "menu.exemptions",
                                    .menu = "exemptions",
                                    .main = is_office(rq) ? "name" : "ground",
                                    .bar = "state ground",
                                    .empty =
                                        is_office(rq) ? "exemptions.none" : "exemptions.none_own",
                                    .create = "exemptions.grant" };
    return list_show(rq, &look, res);
}

err page_exemption_new(struct rq *rq, struct res *res)
{
    const struct exemption_input blank = { .effect = str_of("years"), .decided_on = rq->today };
    return form_page(rq, res,
                     &(struct form_look){ .form = &EXEMPTION_FORM,
                                          .stored = &blank,
                                          .menu = "exemptions",
                                          .title = text_find("exemptions.new_title"),
                                          .subject = text_find("exemptions.new_about"),
                                          .button = text_find("exemptions.grant") });
}

err page_exemption_add(struct rq *rq, struct res *res)
{
    i64 id;
    TRY(exemption_grant(rq, rq->input, &id));
    res_flash(res, "exemptions.is_granted", str_of(""));
    res_redirect(res, arena_printf(rq->mem, "/exemptions/%lld", (long long)id));
    return OK;
}

err page_exemption_show(struct rq *rq, struct res *res)
{
    static const char *const BACK[] = { "undo", NULL };
    struct flow_subject subject;
    struct view_steps steps;
    TRY(exemption_flow_load(rq, rq->path_id, &subject));
    struct exemption_page v = { .x = subject.row,
                                .allowed = flow_allowed(rq, &EXEMPTIONS_FLOW, &subject),
                                .steps = &steps,
                                .office = is_office(rq) };
    if (rq->api) {
        struct json j = json_begin(rq);
        list_row_json(rq, &EXEMPTION_LIST, v.x, LIST_ROW_ONE, &j);
        flow_json_allowed(&j, "actions", &EXEMPTIONS_FLOW, &subject, &v.allowed);
        json_send(&j, res);
        return OK;
    }
    TRY(flow_steps(rq, &EXEMPTIONS_FLOW, v.x->id, BACK, &steps));
    struct out *out = page_begin(rq, subject.title, "exemptions");
    view_exemptions_show(out, &v, subject.title);
    page_end(res, out);
    return OK;
}
