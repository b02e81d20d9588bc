/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Pages of talks, and the same as JSON; verbs of the flow have theirs from the engine. */
#include "modules/talks/talk_rules.h"
#include "platform/base/str.h"
#include "platform/flow/flow_pages.h"
#include "platform/settings/settings.h"
#include "platform/text/texts.h"
#include "platform/web/form_page.h"
#include "platform/web/json.h"
#include "views/talks.h"

static bool is_office(const struct rq *rq)
{
    return actor_scope(rq->actor, "talks.read") == SCOPE_ORG;
}

static const char *empty_of(const struct rq *rq)
{
    if (actor_may(rq->actor, "talks.manage"))
        return "talks.none";
    return is_office(rq) ? "talks.none_named" : "talks.none_own";
}

err page_talk_list(struct rq *rq, struct res *res)
{
    const struct list_look look = { .list = &TALK_LIST,
                                    .path = "/talks",
                                    .title = "menu.talks",
                                    .menu = "talks",
                                    .main = is_office(rq) ? "name" : "kind",
                                    .bar = "state kind",
                                    .empty = empty_of(rq),
                                    .create = "talks.manage" };
    return list_show(rq, &look, res);
}

/* Also the redraw, whose input is that of the form itself: then nothing is begun with. */
err page_talk_new(struct rq *rq, struct res *res)
{
    struct talk_input stored = { .kind = str_of("caution"),
                                 .asker = text_find("talks.office"),
                                 .due_on = rq->today + setting_number(rq, "talks.days") };
    if (rq->route->form == &TALK_BEGIN_FORM && rq->input) {
        const struct talk_begin_input *in = rq->input;
        stored.member = in->member;
        stored.ground = in->ground;
    }
    return form_page(rq, res,
                     &(struct form_look){ .form = &TALK_FORM,
                                          .stored = &stored,
                                          .menu = "talks",
                                          .title = text_find("talks.new_title"),
                                          .subject = text_find("talks.new_about"),
                                          .button = text_find("talks.ask") });
}

err page_talk_add(struct rq *rq, struct res *res)
{
    i64 id;
    TRY(talk_add(rq, rq->input, &id));
    res_flash(res, "talks.is_asked", str_of(""));
    res_redirect(res, arena_printf(rq->mem, "/talks/%lld", (long long)id));
    return OK;
}

static void show_json(struct rq *rq, struct res *res, const struct talk_page *v,
                      const struct flow_subject *subject)
{
    struct json j = json_begin(rq);
    list_row_json(rq, &TALK_LIST, v->t, LIST_ROW_ONE, &j);
    if (v->reads)
        json_str(&j, "record", v->t->record);
    if (v->reads || v->own)
        json_str(&j, "answer", v->t->answer);
    flow_json_allowed(&j, "actions", &TALKS_FLOW, subject, &v->allowed);
    json_send(&j, res);
}

err page_talk_show(struct rq *rq, struct res *res)
{
    static const char *const BACK[] = { "drop", "void", "end", NULL };
    struct flow_subject subject;
    struct view_steps steps;
    TRY(talk_flow_load(rq, rq->path_id, &subject));
    struct talk_page v = { .t = subject.row,
                           .allowed = flow_allowed(rq, &TALKS_FLOW, &subject),
                           .steps = &steps,
                           .departures = actor_may(rq->actor, "departures.read") };
    v.own = talk_is_own(rq, v.t);
    v.reads = talk_may_read_record(rq, v.t);
    v.opens_next = talk_may_open(rq, v.t->next_id);
    if (rq->api) {
        show_json(rq, res, &v, &subject);
        return OK;
    }
    TRY(flow_steps(rq, &TALKS_FLOW, v.t->id, BACK, &steps));
    struct out *out = page_begin(rq, subject.title, "talks");
    view_talks_show(out, &v, subject.title);
    page_end(res, out);
    return OK;
}
