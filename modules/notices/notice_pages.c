/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Pages of notices, and the same as JSON. Verbs of the flow have theirs from the engine. */
#include "modules/notices/notice.h"
#include "platform/text/texts.h"
#include "platform/web/form_page.h"
#include "platform/web/json.h"
#include "views/notices.h"

err page_notice_list(struct rq *rq, struct res *res)
{
    static const struct list_look LOOK = { .list = &NOTICE_LIST,
                                           .path = "/notices",
                                           .title = "menu.notices",
                                           .menu = "notices",
                                           .main = "title",
                                           .empty = "notices.none",
                                           .create = "notices.write" };
    return list_show(rq, &LOOK, res);
}

err page_notice_show(struct rq *rq, struct res *res)
{
    struct flow_subject subject;
    struct rows readers = { 0 };
    TRY(notice_flow_load(rq, rq->path_id, &subject));
    struct flow_allowed acts = flow_allowed(rq, &NOTICES_FLOW, &subject);
    if (actor_may(rq->actor, "notices.write")) /* who else has read is staff's business */
        TRY(reader_list(rq, "notices", subject.id, &readers));
    if (rq->api) {
        struct json j = json_begin(rq);
        list_row_json(rq, &NOTICE_LIST, subject.row, LIST_ROW_ONE, &j);
        reader_json(&j, &readers);
        flow_json_allowed(&j, "actions", &NOTICES_FLOW, &subject, &acts);
        json_send(&j, res);
        return OK;
    }
    struct out *out = page_begin(rq, subject.title, "notices");
    view_notices_show(out, subject.row, &acts, &readers);
    page_end(res, out);
    return OK;
}

err page_notice_form(struct rq *rq, struct res *res)
{
    struct notice n = { 0 };
    if (rq->path_id)
        TRY(list_find(rq, &NOTICE_LIST, rq->path_id, &n));
    str title = text_find(n.id ? "notices.edit" : "notices.new");
    struct notice_input in = notice_input_of(rq, &n);
    return form_page(rq, res,
                     &(struct form_look){ .form = &NOTICE_FORM,
                                          .stored = &in,
                                          .menu = "notices",
                                          .title = title,
                                          .version = n.version });
}

err page_notice_save(struct rq *rq, struct res *res)
{
    i64 id;
    TRY(notice_save(rq, rq->path_id, rq->input, &id));
    res_redirect(res, arena_printf(rq->mem, "/notices/%lld", (long long)id));
    return OK;
}

err page_notice_open(struct rq *rq, struct res *res)
{
    struct notice n;
    TRY(list_find(rq, &NOTICE_LIST, rq->path_id, &n)); /* his to read? */
    TRY(reader_read(rq, "notices", n.id));
    res_redirect(res, arena_printf(rq->mem, "/notices/%lld", (long long)rq->path_id));
    return OK;
}
