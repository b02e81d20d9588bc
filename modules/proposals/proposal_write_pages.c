/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Pages on which a proposal is written: beginning, the form with what another save changed, similar
 * ones while typing, kept versions. Rules of saving: proposal.c; the same as JSON: proposal_api.c.
 */
#include "modules/members/member.h"
#include "modules/orgs/org.h"
#include "modules/proposals/proposal_kinds.h"
#include "modules/proposals/proposal_pages.h"
#include "modules/proposals/proposal_parts.h"
#include "platform/files/files.h"
#include "platform/settings/settings.h"
#include "platform/text/texts.h"
#include "platform/web/conflict.h"
#include "platform/web/params.h"
#include "views/proposals.h"

/* COMPARED_BYTES: of comparisons on one page; what is beyond is drawn when asked for by itself. */
enum { SIMILAR_SHOWN = 5, VERSIONS_SHOWN = 30, COMPARED_BYTES = 2 << 20 };

static str edit_path(struct rq *rq, i64 id, const char *more)
{
    return arena_printf(rq->mem, "/proposals/%lld/%s", (long long)id, more);
}

/* ---- beginning ---- */

/* Whom staff may write for; a member writes for himself. */
static err members_make(struct rq *rq, struct proposal_new *v)
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
static err bodies_make(struct rq *rq, struct proposal_new *v)
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

err page_proposal_new(struct rq *rq, struct res *res)
{
    struct proposal_new v = { .crumbs = proposal_crumbs(rq, NULL, "proposals.page.new"),
                              .title_max = setting_number(rq, "proposals.title_max") };
    TRY(members_make(rq, &v));
    TRY(bodies_make(rq, &v));
    struct out *out = page_begin(rq, text_find("proposals.page.new"), "proposals");
    view_proposals_new(out, &v);
    page_end(res, out);
    return OK;
}

err page_proposal_add(struct rq *rq, struct res *res)
{
    const struct proposal_new_input *given = rq->input;
    struct proposal_input in = { .proposer_id = given->proposer_id,
                                 .body = given->body,
                                 .body_name = given->body_name,
                                 .title = given->title };
    struct proposal p;
    TRY(proposal_save(rq, &in, "save", &p));
    res_redirect(res, edit_path(rq, p.id, "edit"));
    return OK;
}

/* ---- the form ---- */

static err choices_make(struct rq *rq, struct proposal_form *v)
{
    struct rows agencies, all, own = { .size = sizeof(struct wish) };
    TRY(org_agencies(rq, &agencies));
    TRY(proposal_store_list_wishes(rq->db, v->p->id, rq->mem, &all));
    const struct wish *wishes = all.items;
    struct wish *kept = arena_array(rq->mem, all.count, sizeof *kept);
    for (size_t i = 0; i < all.count; i++)
        if (str_is(wishes[i].by_whom, "proposer"))
            kept[own.count++] = wishes[i];
    own.items = kept;
    struct agency_choices what = { &agencies, &own, "host", text_find("proposals.choose") };
    v->hosts = proposal_agency_choices(rq, &what);
    what = (struct agency_choices){ &agencies, &own, "cohost", { "", 0 } };
    v->cohosts = proposal_agency_choices(rq, &what);
    v->agency_count = agencies.count;
    for (size_t i = 0; i < agencies.count; i++)
        v->cohosts_open |= v->cohosts[i].chosen;
    return OK;
}

/* The suggestions to draw: typed or stored, and empty ones to write in. */
static strs suggestions_of(struct rq *rq, const strs *stored, bool more)
{
    strs typed = rq_typed_all(rq, "suggestions", *stored), shown = { 0 };
    for (size_t i = 0; i < typed.count; i++)
        strs_add(rq->mem, &shown, typed.items[i]);
    if (shown.count == 0)
        strs_add(rq->mem, &shown, str_of(""));
    if (more)
        strs_add(rq->mem, &shown, str_of(""));
    return shown;
}

static html diff_of(struct rq *rq, str before, str after)
{
    return str_eq(before, after) ? (html){ { "", 0 } } : text_diff(rq->mem, before, after);
}

/* Why it was sent back: the last finding of that step. */
static err returned_make(struct rq *rq, struct proposal_form *v)
{
    struct rows rows;
    if (!str_is(v->p->state, "revising"))
        return OK;
    TRY(proposal_store_list_findings(rq->db, v->p->id, rq->mem, &rows));
    const struct finding *all = rows.items;
    for (size_t i = 0; i < rows.count; i++)
        if (str_is(all[i].verb, "revise"))
            v->returned = all[i].text;
    return OK;
}

static err form_make(struct rq *rq, const struct proposal *p, bool more, struct proposal_form *v)
{
    strs stored;
    TRY(proposal_store_list_suggestions(rq->db, p->id, rq->mem, &stored));
    *v = (struct proposal_form){ .p = p,
                                 .crumbs = proposal_crumbs(rq, p, "proposals.page.edit"),
                                 .action = edit_path(rq, p->id, "edit"),
                                 .version = conflict_version(rq, p->version),
                                 .suggestions = suggestions_of(rq, &stored, more),
                                 .title_max = setting_number(rq, "proposals.title_max"),
                                 .part_max = setting_number(rq, "proposals.part_max"),
                                 .suggestion_max = setting_number(rq, "proposals.suggestion_max"),
                                 .suggestion_count_max = PROPOSAL_SUGGESTIONS_MAX };
    TRY(choices_make(rq, v));
    TRY(returned_make(rq, v));
    return attachment_list(rq, "proposals", p->id, &v->attachments);
}

err page_proposal_edit(struct rq *rq, struct res *res)
{
    const struct proposal_edit_input *asked = rq->route->method == GET ? rq->input : NULL;
    struct proposal p;
    struct proposal_form v;
    TRY(proposal_find_editable(rq, rq->path_id, &p));
    TRY(form_make(rq, &p, asked && asked->more, &v));
    struct out *out = page_begin(rq, text_find("proposals.page.edit"), "proposals");
    view_proposals_form(out, &v);
    page_end(res, out);
    return OK;
}

err page_proposal_save(struct rq *rq, struct res *res)
{
    const struct proposal_input *in = rq->input;
    struct proposal p;
    TRY(proposal_save(rq, in, "save", &p));
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

/* ---- versions ---- */

/* The parts of a kept version. */
struct parts {
    str title, situation, analysis, research, kind, consent, consent_reason;
    strs suggestions, wishes; /* wishes: worded with their roles */
};

static void wish_add(struct rq *rq, struct parts *parts, const struct web_param *p)
{
    bool host = str_is(p->name, "hosts");
    strs_add(rq->mem, &parts->wishes,
             text_format(rq->mem, host ? "proposals.paper.host" : "proposals.paper.cohost",
                         p->value, str_of("")));
}

static void part_add(struct rq *rq, struct parts *out, const struct web_param *p)
{
    const struct {
        const char *name;
        str *value;
    } ONES[] = { { "situation", &out->situation }, { "analysis", &out->analysis },
                 { "research", &out->research },   { "kind", &out->kind },
                 { "consent", &out->consent },     { "consent_reason", &out->consent_reason } };
    for (size_t i = 0; i < sizeof ONES / sizeof *ONES; i++)
        if (str_is(p->name, ONES[i].name))
            *ONES[i].value = p->value;
    if (str_is(p->name, "suggestions"))
        strs_add(rq->mem, &out->suggestions, p->value);
    else if (str_is(p->name, "hosts") || str_is(p->name, "cohosts"))
        wish_add(rq, out, p);
}

static err parts_read(struct rq *rq, const struct proposal_version *v, struct parts *out)
{
    struct params params = { 0 };
    *out = (struct parts){ .title = v->title };
    TRY(params_json(rq->mem, v->body, &params));
    for (size_t i = 0; i < params.count; i++)
        part_add(rq, out, &params.items[i]);
    return OK;
}

static str consent_words(struct rq *rq, const struct parts *parts)
{
    str words = parts->consent.len ? text_label("proposals.consent", parts->consent) : str_of("");
    return parts->consent_reason.len
               ? text_format(rq->mem, "proposals.member_choice", words, parts->consent_reason)
               : words;
}

static str kind_words(const struct parts *parts)
{
    return parts->kind.len ? text_label("proposals.kind", parts->kind) : str_of("");
}

static void item_make(struct rq *rq, const struct parts *before, const struct parts *after,
                      struct version_item *item)
{
    str old = proposal_join(rq->mem, &before->suggestions, str_of("\n"));
    str new = proposal_join(rq->mem, &after->suggestions, str_of("\n"));
    item->title_diff = diff_of(rq, before->title, after->title);
    item->situation_diff = diff_of(rq, before->situation, after->situation);
    item->analysis_diff = diff_of(rq, before->analysis, after->analysis);
    item->research_diff = diff_of(rq, before->research, after->research);
    item->suggestions_diff = diff_of(rq, old, new);
    item->consent_diff = diff_of(rq, consent_words(rq, before), consent_words(rq, after));
    item->kind_diff = diff_of(rq, kind_words(before), kind_words(after));
    item->wishes_diff =
        diff_of(rq, proposal_join(rq->mem, &before->wishes, text_find("proposals.and")),
                proposal_join(rq->mem, &after->wishes, text_find("proposals.and")));
    item->same = !(item->title_diff.s.len + item->situation_diff.s.len + item->analysis_diff.s.len +
                   item->research_diff.s.len + item->suggestions_diff.s.len +
                   item->consent_diff.s.len + item->kind_diff.s.len + item->wishes_diff.s.len);
}

/* Who saved it; a delegate with whom he wrote for. */
static str who_of(struct rq *rq, const struct proposal_version *v)
{
    return v->delegator_name.len
               ? text_format(rq->mem, "proposals.by_delegation", v->saved_name, v->delegator_name)
               : v->saved_name;
}

/* The i-th version against the one before it. newer: its parts, then those of that one, so that
 * each is read once; NULL title: not yet read. */
static err item_compare(struct rq *rq, const struct rows *rows, size_t i, struct parts *newer,
                        struct version_item *item)
{
    const struct proposal_version *all = rows->items;
    struct parts older = { 0 };
    if (!newer->title.ptr)
        TRY(parts_read(rq, &all[i], newer));
    if (i + 1 < rows->count)
        TRY(parts_read(rq, &all[i + 1], &older));
    item_make(rq, &older, newer, item);
    *newer = older;
    return OK;
}

/* asked: number of the only version to compare; 0 = the newest ones, as far as the page bears. */
static err versions_make(struct rq *rq, i64 asked, struct proposal_versions *v)
{
    struct rows rows;
    struct parts newer = { 0 };
    TRY(proposal_versions(rq, v->p, &rows));
    const struct proposal_version *all = rows.items;
    v->count = rows.count < VERSIONS_SHOWN ? rows.count : VERSIONS_SHOWN;
    struct version_item *items = arena_array(rq->mem, v->count, sizeof *items);
    size_t begun = arena_used(rq->mem);
    for (size_t i = 0; i < v->count; i++) {
        bool here = asked ? all[i].number == asked : arena_used(rq->mem) - begun < COMPARED_BYTES;
        items[i] = (struct version_item){ .number = all[i].number,
                                          .saved_at = all[i].saved_at,
                                          .reason = all[i].reason,
                                          .who = who_of(rq, &all[i]),
                                          .open = asked ? here : i == 0 };
        if (here)
            TRY(item_compare(rq, &rows, i, &newer, &items[i]));
        else
            items[i].url = arena_printf(rq->mem, "/proposals/%lld/versions?number=%lld",
                                        (long long)v->p->id, (long long)all[i].number);
    }
    v->items = items;
    return OK;
}

err page_proposal_versions(struct rq *rq, struct res *res)
{
    const struct proposal_versions_input *in = rq->input;
    struct proposal p;
    TRY(proposal_find_versioned(rq, rq->path_id, &p));
    struct proposal_versions v = { .p = &p,
                                   .crumbs = proposal_crumbs(rq, &p, "proposals.page.versions") };
    TRY(versions_make(rq, in->number, &v));
    struct out *out = page_begin(rq, text_find("proposals.page.versions"), "proposals");
    view_proposals_versions(out, &v);
    page_end(res, out);
    return OK;
}
