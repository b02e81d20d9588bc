/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Pages on which a proposal is written: beginning, the form with what another save changed. Rules
 * of saving: modules/proposals; the same as JSON: draft_api.c. */
#include "modules/drafts/draft_pages.h"

#include "modules/drafts/draft.h"

#include "modules/drafts/draft_form.h"
#include "modules/members/member.h"
#include "modules/orgs/org.h"
#include "modules/proposals/proposal_kinds.h"
#include "platform/files/files.h"
#include "platform/settings/settings.h"
#include "platform/text/texts.h"
#include "platform/web/conflict.h"
#include "views/drafts.h"

static str edit_path(struct rq *rq, i64 id, const char *more)
{
    return arena_printf(rq->mem, "/proposals/%lld/%s", (long long)id, more);
}

/* ---- beginning ---- */

/* Whom staff may write for; a member writes for himself. */
static err members_make(struct rq *rq, struct draft_new *v)
{
    struct rows rows = { 0 };
    if (rq->actor->member_id || actor_scope(rq->actor, "proposals.write") != SCOPE_ORG)
        return OK;
    TRY(member_list_serving(rq, 0, &rows));
    const struct member *members = rows.items;
    struct view_choice *choices = arena_array(rq->mem, rows.count + 1, sizeof *choices);
    choices[0] =
        (struct view_choice){ .value = str_of(""), .label = text_find("proposals.choose") };
    for (size_t i = 0; i < rows.count; i++) {
        const struct member *m = &members[i];
        choices[i + 1] = (struct view_choice){
            .value = arena_printf(rq->mem, "%lld", (long long)m->id),
            .label = m->sector_name.len
                         ? text_format(rq->mem, "proposals.member_choice", m->name, m->sector_name)
                         : m->name,
        };
    }
    v->members = choices;
    v->member_count = rows.count + 1;
    return OK;
}

/* In whose name one may write beside one's own; a member who acts for no body is not asked. */
static err bodies_make(struct rq *rq, struct draft_new *v)
{
    struct rows rows = { 0 };
    TRY(proposal_bodies(rq, &rows));
    v->office = actor_scope(rq->actor, "proposals.write") == SCOPE_ORG;
    if (rows.count == 0)
        return OK;
    const struct proposal_body *all = rows.items;
    struct view_choice *choices = arena_array(rq->mem, rows.count + 1, sizeof *choices);
    choices[0] = (struct view_choice){ .value = str_of(""),
                                       .label = text_find("proposals.own_name"),
                                       .chosen = true };
    for (size_t i = 0; i < rows.count; i++)
        choices[i + 1] = (struct view_choice){
            .value = all[i].key,
            .label = text_format(rq->mem, "proposals.member_choice", all[i].name,
                                 text_label("proposals.kind", all[i].kind)),
        };
    v->bodies = choices;
    v->body_count = rows.count + 1;
    return OK;
}

err page_draft_new(struct rq *rq, struct res *res)
{
    struct draft_new v = { .crumbs = proposal_crumbs(rq, NULL, "proposals.page.new"),
                           .title_max = setting_number(rq, "proposals.title_max") };
    const struct draft_about_input *about = rq->route->method == GET ? rq->input : NULL;
    v.title = about ? about->title : str_of("");
    TRY(members_make(rq, &v));
    TRY(bodies_make(rq, &v));
    struct out *out = page_begin(rq, text_find("proposals.page.new"), "proposals");
    view_drafts_new(out, &v);
    page_end(res, out);
    return OK;
}

err page_draft_add(struct rq *rq, struct res *res)
{
    const struct draft_new_input *given = rq->input;
    struct proposal_input in = { .proposer_id = given->proposer_id,
                                 .body = given->body,
                                 .body_name = given->body_name,
                                 .title = given->title };
    struct proposal p;
    TRY(draft_save(rq, &in, "save", &p));
    res_redirect(res, edit_path(rq, p.id, "edit"));
    return OK;
}

/* ---- the form ---- */

err page_draft_edit(struct rq *rq, struct res *res)
{
    const struct draft_edit_input *asked = rq->route->method == GET ? rq->input : NULL;
    struct proposal p;
    struct proposal_sheet sheet;
    struct draft_form v;
    TRY(proposal_find_editable(rq, rq->path_id, &p));
    TRY(proposal_sheet_load(rq, &p, &sheet));
    struct draft_stand stand = { .p = &p,
                                 .suggestions = sheet.suggestions,
                                 .wishes = sheet.wishes };
    TRY(draft_note_find(rq, p.id, &stand.note));
    TRY(draft_form_make(rq, &stand, asked && asked->more, &v));
    struct out *out = page_begin(rq, text_find("proposals.page.edit"), "proposals");
    view_drafts_form(out, &v);
    page_end(res, out);
    return OK;
}

err page_draft_save(struct rq *rq, struct res *res)
{
    const struct proposal_input *in = rq->input;
    struct proposal p;
    TRY(draft_save(rq, in, "save", &p));
    TRY(attachment_keep(rq, "attachments", "proposals", p.id));
    if (in->remove) {
        TRY(attachment_remove(rq, "proposals", p.id, in->remove));
        res_flash(res, "proposals.attachment_removed", str_of(""));
    } else if (!str_is(in->more, "check") && !str_is(in->more, "1")) {
        res_flash(res, "proposals.saved", str_of(""));
    }
    if (str_is(in->more, "check"))
        res_redirect(res, edit_path(rq, p.id, p.invited > 0 ? "invite" : "submit"));
    else
        res_redirect(res, edit_path(rq, p.id, str_is(in->more, "1") ? "edit?more=1" : "edit"));
    return OK;
}
