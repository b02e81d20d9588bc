/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Makes what the form shows (draft_form.h). */
#include "modules/drafts/draft_form.h"

#include "modules/orgs/org.h"
#include "platform/files/files.h"
#include "platform/settings/settings.h"
#include "platform/text/texts.h"
#include "platform/web/conflict.h"

static err choices_make(struct rq *rq, const struct rows *all_wishes, struct draft_form *v)
{
    struct rows agencies, own = { .size = sizeof(struct wish) };
    TRY(org_agencies(rq, &agencies));
    const struct wish *wishes = all_wishes->items;
    struct wish *kept = arena_array(rq->mem, all_wishes->count + 1, sizeof *kept);
    for (size_t i = 0; i < all_wishes->count; i++)
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

/* Why it was sent back: what was said with the last step of that kind. */
static err returned_make(struct rq *rq, struct draft_form *v)
{
    struct rows rows;
    if (!str_is(v->p->state, "revising"))
        return OK;
    TRY(flow_trails(rq, &PROPOSALS_FLOW, v->p->id, &rows));
    const struct flow_trail *all = rows.items;
    for (size_t i = 0; i < rows.count; i++)
        if (str_is(all[i].verb, "revise"))
            v->returned = all[i].opinion;
    return OK;
}

/* What the writer says beside the text. */
static err sides_make(struct rq *rq, const struct draft_note *note, struct draft_form *v)
{
    static const char *const AUTHORSHIPS[] = { "own", "forwarded" };
    struct rows ways;
    TRY(dictionary_list(rq, "assignments.contact_ways", &ways));
    const struct dictionary_row *all = ways.items;
    struct view_choice *who = arena_array(rq->mem, 2, sizeof *who);
    struct view_choice *how = arena_array(rq->mem, ways.count + 1, sizeof *how);
    for (size_t i = 0; i < 2; i++)
        who[i] =
            (struct view_choice){ .value = str_of(AUTHORSHIPS[i]),
                                  .label = text_label("choices.authorship", str_of(AUTHORSHIPS[i])),
                                  .chosen = str_is(note->authorship, AUTHORSHIPS[i]) };
    how[0] = (struct view_choice){ .value = str_of(""), .label = text_find("drafts.any_way") };
    for (size_t i = 0; i < ways.count; i++)
        how[i + 1] = (struct view_choice){ .value = all[i].code,
                                           .label = all[i].label,
                                           .chosen = str_eq(all[i].code, note->talk_wish) };
    v->authorships = who;
    v->talk_wishes = how;
    v->talk_count = ways.count + 1;
    return OK;
}

err draft_form_make(struct rq *rq, const struct draft_stand *stand, bool more, struct draft_form *v)
{
    const struct proposal *p = stand->p;
    struct proposal_input typed = { .situation = p->situation, .analysis = p->analysis };
    typed.suggestions = suggestions_of(rq, &stand->suggestions, more);
    typed.situation = rq_typed(rq, "situation", p->situation);
    typed.analysis = rq_typed(rq, "analysis", p->analysis);
    *v = (struct draft_form){ .p = p,
                              .crumbs = proposal_crumbs(rq, p, "proposals.page.edit"),
                              .action =
                                  arena_printf(rq->mem, "/proposals/%lld/edit", (long long)p->id),
                              .version = conflict_version(rq, p->version),
                              .suggestions = typed.suggestions,
                              .title_max = setting_number(rq, "proposals.title_max"),
                              .part_max = setting_number(rq, "proposals.part_max"),
                              .suggestion_max = setting_number(rq, "proposals.suggestion_max"),
                              .suggestion_count_max = PROPOSAL_SUGGESTIONS_MAX,
                              .total = draft_length(&typed),
                              .total_max = setting_number(rq, "drafts.total_max"),
                              .joined = setting_on(rq, "proposals.joined_parts") };
    TRY(choices_make(rq, &stand->wishes, v));
    TRY(sides_make(rq, &stand->note, v));
    TRY(returned_make(rq, v));
    return attachment_list(rq, "proposals", p->id, &v->attachments);
}
