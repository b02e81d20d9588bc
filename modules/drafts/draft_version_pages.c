/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The kept versions of a text, each against the one before it. What is kept and who sees it:
 * draft_versions.c; the same as JSON: draft_api.c. */
#include "modules/drafts/draft_pages.h"
#include "modules/drafts/draft_versions.h"
#include "modules/drafts/draft_views.h"
#include "platform/settings/settings.h"
#include "platform/text/text.h"
#include "platform/text/texts.h"
#include "platform/web/params.h"
#include "views/drafts.h"

/* COMPARED_BYTES: of comparisons on one page; what is beyond is drawn when asked for by itself. */
enum { VERSIONS_SHOWN = 30, COMPARED_BYTES = 2 << 20 };

static html diff_of(struct rq *rq, str before, str after)
{
    return str_eq(before, after) ? (html){ { "", 0 } } : text_diff(rq->mem, before, after);
}

/* The parts of a kept version. */
struct parts {
    str title, situation, analysis, research, kind, consent, consent_reason, authorship, talk_wish;
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
    } ONES[] = { { "situation", &out->situation },   { "analysis", &out->analysis },
                 { "research", &out->research },     { "kind", &out->kind },
                 { "consent", &out->consent },       { "consent_reason", &out->consent_reason },
                 { "authorship", &out->authorship }, { "talk_wish", &out->talk_wish } };
    for (size_t i = 0; i < sizeof ONES / sizeof *ONES; i++)
        if (str_is(p->name, ONES[i].name))
            *ONES[i].value = p->value;
    if (str_is(p->name, "suggestions"))
        strs_add(rq->mem, &out->suggestions, p->value);
    else if (str_is(p->name, "hosts") || str_is(p->name, "cohosts"))
        wish_add(rq, out, p);
}

static err parts_read(struct rq *rq, const struct kept_version *v, struct parts *out)
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

static str authorship_words(const struct parts *parts)
{
    return parts->authorship.len ? text_label("choices.authorship", parts->authorship) : str_of("");
}

static str talk_words(struct rq *rq, const struct parts *parts)
{
    return parts->talk_wish.len ? dictionary_label(rq, "assignments.contact_ways", parts->talk_wish)
                                : str_of("");
}

static void item_make(struct rq *rq, const struct parts *before, const struct parts *after,
                      struct draft_version *item)
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
    item->authorship_diff = diff_of(rq, authorship_words(before), authorship_words(after));
    item->talk_diff = diff_of(rq, talk_words(rq, before), talk_words(rq, after));
    item->wishes_diff =
        diff_of(rq, proposal_join(rq->mem, &before->wishes, text_find("proposals.and")),
                proposal_join(rq->mem, &after->wishes, text_find("proposals.and")));
    item->same = !(item->title_diff.s.len + item->situation_diff.s.len + item->analysis_diff.s.len +
                   item->research_diff.s.len + item->suggestions_diff.s.len +
                   item->consent_diff.s.len + item->kind_diff.s.len + item->wishes_diff.s.len +
                   item->authorship_diff.s.len + item->talk_diff.s.len);
}

/* Who saved it; a delegate with whom he wrote for. */
static str who_of(struct rq *rq, const struct kept_version *v)
{
    return v->delegator_name.len
               ? text_format(rq->mem, "proposals.by_delegation", v->saved_name, v->delegator_name)
               : v->saved_name;
}

/* The i-th version against the one before it. newer: its parts, then those of that one, so that
 * each is read once; NULL title: not yet read. */
static err item_compare(struct rq *rq, const struct rows *rows, size_t i, struct parts *newer,
                        struct draft_version *item)
{
    const struct kept_version *all = rows->items;
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
static err versions_make(struct rq *rq, i64 asked, struct draft_versions *v)
{
    struct rows rows;
    struct parts newer = { 0 };
    TRY(draft_list_versions(rq, v->p, &rows));
    const struct kept_version *all = rows.items;
    v->count = rows.count < VERSIONS_SHOWN ? rows.count : VERSIONS_SHOWN;
    struct draft_version *items = arena_array(rq->mem, v->count, sizeof *items);
    size_t begun = arena_used(rq->mem);
    for (size_t i = 0; i < v->count; i++) {
        bool here = asked ? all[i].number == asked : arena_used(rq->mem) - begun < COMPARED_BYTES;
        items[i] = (struct draft_version){ .number = all[i].number,
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

err page_draft_versions(struct rq *rq, struct res *res)
{
    const struct draft_versions_input *in = rq->input;
    struct proposal p;
    TRY(draft_find_versioned(rq, rq->path_id, &p));
    struct draft_versions v = { .p = &p,
                                .crumbs = proposal_crumbs(rq, &p, "proposals.page.versions") };
    TRY(versions_make(rq, in->number, &v));
    struct out *out = page_begin(rq, text_find("proposals.page.versions"), "proposals");
    view_drafts_versions(out, &v);
    page_end(res, out);
    return OK;
}
