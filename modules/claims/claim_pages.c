/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Pages of claims and the same as JSON; evidence. Verbs of the flow have theirs from the engine. */
#include "modules/claims/claim.h"
#include "platform/audit/audit.h"
#include "platform/base/str.h"
#include "platform/files/files.h"
#include "platform/flow/flow_pages.h"
#include "platform/text/texts.h"
#include "platform/web/form_page.h"
#include "platform/web/json.h"
#include "views/claims.h"

static bool is_office(const struct rq *rq)
{
    return actor_scope(rq->actor, "claims.read") == SCOPE_ORG;
}

/* The menu entry in which the page stands: the office's, or a member's own. */
static const char *menu_of(const struct rq *rq)
{
    return is_office(rq) ? "claims" : "my_claims";
}

static str url_of(struct rq *rq, i64 id)
{
    return arena_printf(rq->mem, "/claims/%lld", (long long)id);
}

/* ---- the list ---- */

static void list_acts(struct out *out, struct rq *rq)
{
    view_claims_acts(out, actor_may(rq->actor, "claims.file"),
                     actor_may(rq->actor, "claims.decide"));
}

const struct list_look CLAIM_LOOK = { .list = &CLAIM_LIST,
                                      .path = "/claims",
                                      .title = "menu.claims",
                                      .menu = "claims",
                                      .main = "title",
                                      .bar = "state label happened_on",
                                      .empty = "claims.none",
                                      .exports = true,
                                      .acts = list_acts };

err page_claim_list(struct rq *rq, struct res *res)
{
    struct list_look look = CLAIM_LOOK;
    look.title = is_office(rq) ? "menu.claims" : "menu.my_claims";
    look.menu = menu_of(rq);
    look.exports = actor_may(rq->actor, "claims.export");
    return list_show(rq, &look, res);
}

/* ---- writing ---- */

/* Whether it is another thing is asked once there is one of the kind and day, and stays asked. */
static bool is_in_doubt(const struct rq *rq)
{
    return rq_fault_of(rq, "distinct") || rq_typed(rq, "distinct", str_of("")).len;
}

static const struct claim_input BLANK = { .quantity = 1 };

err page_claim_new(struct rq *rq, struct res *res)
{
    if (!rq->actor->member_id)
        return err_make(ERR_FORBIDDEN, "entries.no_member");
    return form_page(rq, res,
                     &(struct form_look){ .form = is_in_doubt(rq) ? &CLAIM_FORM : &CLAIM_PLAIN_FORM,
                                          .stored = &BLANK,
                                          .menu = "my_claims",
                                          .title = text_find("claims.new"),
                                          .subject = text_find("claims.new_hint"),
                                          .back = str_of("/claims"),
                                          .crumbs = claim_crumbs(rq->mem, "my_claims", "/claims",
                                                                 text_find("claims.new")),
                                          .button = text_find("claims.send") });
}

static err answer(struct rq *rq, struct res *res, i64 id, const char *flash)
{
    res_flash(res, flash, str_of(""));
    res_redirect(res, url_of(rq, id));
    return OK;
}

err page_claim_file(struct rq *rq, struct res *res)
{
    i64 id = 0;
    TRY(claim_file(rq, rq->input, &id));
    return answer(rq, res, id, "claims.sent");
}

err page_claim_record_form(struct rq *rq, struct res *res)
{
    return form_page(rq, res,
                     &(struct form_look){ .form = is_in_doubt(rq) ? &CLAIM_RECORD_FORM
                                                                  : &CLAIM_RECORD_PLAIN_FORM,
                                          .stored = &BLANK,
                                          .menu = "claims",
                                          .title = text_find("claims.record"),
                                          .subject = text_find("claims.record_hint"),
                                          .button = text_find("claims.record") });
}

err page_claim_record(struct rq *rq, struct res *res)
{
    i64 id = 0;
    TRY(claim_record(rq, rq->input, &id));
    return answer(rq, res, id, "claims.recorded");
}

err page_claim_edit_form(struct rq *rq, struct res *res)
{
    struct claim c;
    TRY(list_find(rq, &CLAIM_LIST, rq->path_id, &c));
    if (!claim_is_own(rq, &c))
        return err_make(ERR_FORBIDDEN, "claims.not_yours");
    if (!claim_may_edit(rq, &c))
        return err_make(ERR_CONFLICT, "claims.decided");
    const struct claim_input in = { .happened_on = c.happened_on,
                                    .quantity = c.quantity,
                                    .kind = c.kind,
                                    .title = c.title,
                                    .text = c.text };
    bool back = str_is(c.state, "revising");
    return form_page(rq, res,
                     &(struct form_look){
                         .form = is_in_doubt(rq) ? &CLAIM_FORM : &CLAIM_PLAIN_FORM,
                         .stored = &in,
                         .menu = "my_claims",
                         .title = text_format(rq->mem, "claims.edit", c.title, str_of("")),
                         .version = c.version,
                         .subject =
                             back ? text_format(rq->mem, "claims.came_back", c.reason, str_of(""))
                                  : str_of(""),
                         .back = url_of(rq, c.id),
                         .crumbs = claim_crumbs(rq->mem, "my_claims", "/claims", c.title),
                         .button = back ? text_find("claims.send") : str_of("") });
}

err page_claim_edit(struct rq *rq, struct res *res)
{
    TRY(claim_edit(rq, rq->path_id, rq->input));
    return answer(rq, res, rq->path_id, "claims.saved");
}

/* ---- one ---- */

static void page_json(struct rq *rq, const struct claim_page *v, const struct flow_subject *subject,
                      struct res *res)
{
    struct json j = json_begin(rq);
    const struct attachment *files = v->evidence->items;
    const struct claimant *people = v->people->items;
    list_row_json(rq, &CLAIM_LIST, v->c, LIST_ROW_ONE, &j);
    json_array(&j, "evidence");
    for (size_t i = 0; i < v->evidence->count; i++) {
        json_object(&j, NULL);
        json_i64(&j, "id", files[i].id);
        json_str(&j, "name", files[i].name);
        json_i64(&j, "size_bytes", files[i].size_bytes);
        json_object_end(&j);
    }
    json_array_end(&j);
    json_array(&j, "claimants");
    for (size_t i = 0; v->office && i < v->people->count; i++) {
        json_object(&j, NULL);
        json_i64(&j, "member_id", people[i].member_id);
        json_str(&j, "name", people[i].name);
        json_object_end(&j);
    }
    json_array_end(&j);
    json_str(&j, "same", v->same);
    flow_json_allowed(&j, "actions", &CLAIMS_FLOW, subject, v->acts);
    json_send(&j, res);
}

err page_claim_show(struct rq *rq, struct res *res)
{
    static const char *const BACK[] = { "revise", "annul", NULL };
    struct flow_subject subject;
    struct rows people, evidence;
    TRY(claim_flow_load(rq, rq->path_id, &subject));
    struct flow_allowed acts = flow_allowed(rq, &CLAIMS_FLOW, &subject);
    struct claim_page v = { .c = subject.row,
                            .people = &people,
                            .evidence = &evidence,
                            .acts = &acts,
                            .crumbs = claim_crumbs(rq->mem, menu_of(rq), "/claims", subject.title),
                            .may_edit = claim_may_edit(rq, subject.row),
                            .office = is_office(rq) };
    TRY(claimant_store_list(rq->db, subject.id, rq->mem, &people));
    TRY(attachment_list(rq, "claims", subject.id, &evidence));
    TRY(flow_steps(rq, &CLAIMS_FLOW, subject.id, BACK, &v.steps));
    if (actor_may(rq->actor, "claims.decide") && str_is(subject.state, "submitted"))
        TRY(claim_same(rq, v.c, &people, &v.same));
    if (rq->api) {
        page_json(rq, &v, &subject, res);
        return OK;
    }
    struct out *out =
        page_begin(rq, text_format(rq->mem, "claims.page", subject.title, str_of("")), menu_of(rq));
    view_claims_show(out, &v);
    page_end(res, out);
    return OK;
}

/* ---- evidence ---- */

err file_claim_evidence(struct rq *rq, struct res *res)
{
    const struct claim_file_input *in = rq->input;
    struct claim c;
    TRY(list_find(rq, &CLAIM_LIST, in->id, &c));
    return attachment_send(rq, res, "claims", c.id, in->file);
}

err page_claim_evidence_remove(struct rq *rq, struct res *res)
{
    const struct claim_file_input *in = rq->input;
    struct claim c;
    TRY(list_find(rq, &CLAIM_LIST, in->id, &c));
    if (!claim_is_own(rq, &c))
        return err_make(ERR_FORBIDDEN, "claims.not_yours");
    if (!claim_may_edit(rq, &c))
        return err_make(ERR_CONFLICT, "claims.decided");
    TRY(claim_store_update(rq->db, &c)); /* whoever decides on what he saw before is told */
    TRY(attachment_remove(rq, "claims", c.id, in->file));
    TRY(audit_add(rq,
                  &(struct audit_entry){ "claims.evidence", "claims", c.id, .before = c.title }));
    return answer(rq, res, c.id, "claims.evidence_removed");
}
