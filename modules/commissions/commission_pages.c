/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Pages of commissions and of invitations, what an opinion's page says of them; the same as JSON.
 * Verbs of the flows have theirs from the engine. */
#include "modules/commissions/commission.h"
#include "modules/opinions/opinion_edit.h"
#include "platform/text/texts.h"
#include "platform/web/form_page.h"
#include "platform/web/json.h"
#include "views/commissions.h"

/* ---- the editors' side ---- */

/* Of the present year, at the head of the list. */
static void sums_show(struct out *out, struct rq *rq)
{
    struct commission sum = { 0 };
    int year, month, mday;
    day_to_civil(rq->today, &year, &month, &mday);
    const struct commission_span span = { day_start_ms(day_from_civil(year, 1, 1)),
                                          day_start_ms(day_from_civil(year + 1, 1, 1)) };
    if (commission_store_sum(rq->db, &span, rq->mem, &sum).code == ERR_NONE && sum.asked)
        view_commissions_sums(out, &(struct commission_sums_view){ year, sum.asked, sum.written,
                                                                   sum.used });
}

err page_commission_list(struct rq *rq, struct res *res)
{
    static const struct list_look LOOK = { .list = &COMMISSION_LIST,
                                           .path = "/commissions",
                                           .title = "menu.commissions",
                                           .menu = "commissions",
                                           .main = "title",
                                           .empty = "commissions.none",
                                           .create = "commissions.manage",
                                           .acts = sums_show };
    return list_show(rq, &LOOK, res);
}

err page_commission_new(struct rq *rq, struct res *res)
{
    static const struct commission_input NONE;
    return form_page(rq, res,
                     &(struct form_look){ .form = &COMMISSION_FORM,
                                          .stored = &NONE,
                                          .menu = "commissions",
                                          .title = text_find("commissions.new"),
                                          .button = text_find("commissions.send") });
}

err page_commission_send(struct rq *rq, struct res *res)
{
    i64 id = 0;
    TRY(commission_send(rq, rq->input, &id));
    res_flash(res, "commissions.sent", str_of(""));
    res_redirect(res, arena_printf(rq->mem, "/commissions/%lld", (long long)id));
    return OK;
}

static void invited_json(struct json *j, const struct invitation *i)
{
    json_object(j, NULL);
    json_str(j, "name", i->name);
    json_str(j, "state", i->state);
    json_str(j, "reason", i->reason);
    json_time(j, "answered_at", i->answered_at);
    if (i->opinion_id) {
        json_i64(j, "opinion_id", i->opinion_id);
        json_str(j, "opinion_state", i->opinion_state);
    }
    json_object_end(j);
}

err page_commission_show(struct rq *rq, struct res *res)
{
    struct flow_subject subject;
    struct rows rows;
    TRY(commission_flow_load(rq, rq->path_id, &subject));
    TRY(invitation_store_list(rq->db, subject.id, rq->mem, &rows));
    struct flow_allowed acts = flow_allowed(rq, &COMMISSIONS_FLOW, &subject);
    if (rq->api) {
        struct json j = json_begin(rq);
        list_row_json(rq, &COMMISSION_LIST, subject.row, LIST_ROW_ONE, &j);
        json_array(&j, "invitations");
        for (size_t i = 0; i < rows.count; i++)
            invited_json(&j, &((const struct invitation *)rows.items)[i]);
        json_array_end(&j);
        flow_json_allowed(&j, "actions", &COMMISSIONS_FLOW, &subject, &acts);
        json_send(&j, res);
        return OK;
    }
    const struct commission_page v = { subject.row, &rows, &acts,
                                       actor_may(rq->actor, "opinions.read") };
    struct out *out = page_begin(rq, subject.title, "commissions");
    view_commissions_show(out, &v);
    page_end(res, out);
    return OK;
}

/* ---- the member's side ---- */

err page_invitation_list(struct rq *rq, struct res *res)
{
    static const struct list_look LOOK = { .list = &INVITATION_LIST,
                                           .path = "/invitations",
                                           .title = "menu.invitations",
                                           .menu = "invitations",
                                           .main = "title",
                                           .empty = "invitations.none" };
    return list_show(rq, &LOOK, res);
}

err page_invitation_show(struct rq *rq, struct res *res)
{
    struct flow_subject subject;
    TRY(invitation_flow_load(rq, rq->path_id, &subject));
    struct flow_allowed acts = flow_allowed(rq, &INVITATIONS_FLOW, &subject);
    if (rq->api) {
        struct json j = json_begin(rq);
        list_row_json(rq, &INVITATION_LIST, subject.row, LIST_ROW_ONE, &j);
        flow_json_allowed(&j, "actions", &INVITATIONS_FLOW, &subject, &acts);
        json_send(&j, res);
        return OK;
    }
    str title = text_format(rq->mem, "invitations.page", subject.title, str_of(""));
    struct out *out = page_begin(rq, title, "invitations");
    view_commissions_invitation(out, subject.row, &acts);
    page_end(res, out);
    return OK;
}

/* Where "write" leads: to the text while it is a draft, else to the opinion. */
err page_invitation_opinion(struct rq *rq, struct res *res)
{
    struct flow_subject subject;
    struct opinion o;
    TRY(invitation_flow_load(rq, rq->path_id, &subject));
    const struct invitation *i = subject.row;
    if (i->opinion_id == 0)
        return err_make(ERR_NOT_FOUND, "invitations.not_begun");
    TRY(opinion_find(rq, i->opinion_id, &o));
    res_redirect(res, arena_printf(rq->mem, "/opinions/%lld%s", (long long)o.id,
                                   str_is(o.state, "draft") ? "/draft" : ""));
    return OK;
}

/* ---- on an opinion's page ---- */

/* Told to its writer and to the editors. */
err on_commission_opinion_shown(struct rq *rq, i64 id, const void *fact)
{
    const struct opinion_shown *shown = fact;
    struct rows rows;
    bool editor = actor_may(rq->actor, "commissions.read");
    if (!editor && !opinion_is_own(rq, shown->opinion))
        return OK;
    TRY(invitation_store_list_opinion(rq->db, id, rq->mem, &rows));
    if (rows.count == 0)
        return OK;
    const struct invitation *i = rows.items;
    if (shown->out) {
        str url = editor ? arena_printf(rq->mem, "/commissions/%lld", (long long)i->commission_id)
                         : arena_printf(rq->mem, "/invitations/%lld", (long long)i->id);
        view_commissions_opinion(shown->out, i, url);
        return OK;
    }
    json_object(shown->json, "commission");
    json_i64(shown->json, "id", i->commission_id);
    json_str(shown->json, "title", i->title);
    json_object_end(shown->json);
    return OK;
}
