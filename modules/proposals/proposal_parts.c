/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Makes what several pages show alike (proposal_parts.h). Nothing here draws or decides. */
#include "modules/proposals/proposal_parts.h"
#include "modules/proposals/proposal_views.h"

#include "modules/orgs/org.h"
#include "platform/settings/settings.h"
#include "platform/text/texts.h"

enum { JOINED_MAX = 1 << 20 };

const struct view_link *proposal_crumbs(struct rq *rq, const struct proposal *p, const char *title)
{
    struct view_link *crumbs = arena_array(rq->mem, 4, sizeof *crumbs);
    size_t n = 0;
    crumbs[n++] = (struct view_link){ text_find("menu.proposals"), str_of("/proposals") };
    if (p) {
        str number = proposal_number(rq, p);
        if (number.len == 0)
            number =
                p->title.len ? str_cut_chars(p->title, 20) : text_find("proposals.page.untitled");
        str url = arena_printf(rq->mem, "/proposals/%lld", (long long)p->id);
        crumbs[n++] = (struct view_link){ number, title ? url : str_of("") };
    }
    if (title)
        crumbs[n++] = (struct view_link){ text_find(title), str_of("") };
    return crumbs;
}

/* ---- numbers ---- */

err proposal_numbers_load(struct rq *rq, struct proposal_numbers *out)
{
    return session_list(rq, &out->sessions);
}

str proposal_number_of(struct rq *rq, const struct proposal_numbers *numbers, i64 session_id,
                       i64 serial, i64 docket_no)
{
    const struct session *all = numbers->sessions.items;
    str name = str_of("");
    if (serial == 0 && docket_no == 0)
        return name;
    for (size_t i = 0; i < numbers->sessions.count; i++)
        if (all[i].id == session_id)
            name = session_name(rq->mem, &all[i]);
    return text_format(
        rq->mem, docket_no ? "proposals.docket_number" : "proposals.serial_number", name,
        arena_printf(rq->mem, "%04lld", (long long)(docket_no ? docket_no : serial)));
}

/* ---- agencies ---- */

static bool is_wished(const struct agency_choices *what, i64 agency_id)
{
    const struct wish *wishes = what->wishes ? what->wishes->items : NULL;
    bool reviewed = false, found = false;
    for (size_t i = 0; wishes && i < what->wishes->count; i++)
        reviewed |= str_is(wishes[i].by_whom, "reviewer");
    for (size_t i = 0; wishes && what->role && i < what->wishes->count; i++)
        found |= wishes[i].agency_id == agency_id && str_is(wishes[i].role, what->role) &&
                 (!reviewed || str_is(wishes[i].by_whom, "reviewer"));
    return found;
}

const struct view_choice *proposal_agency_choices(struct rq *rq, const struct agency_choices *what)
{
    const struct org *orgs = what->agencies->items;
    /* one more at the end: a zero row */
    struct view_choice *choices = arena_array(rq->mem, what->agencies->count + 2, sizeof *choices);
    size_t n = 0;
    if (what->first.len)
        choices[n++] = (struct view_choice){ .value = str_of(""), .label = what->first };
    for (size_t i = 0; i < what->agencies->count; i++)
        choices[n++] =
            (struct view_choice){ .value = arena_printf(rq->mem, "%lld", (long long)orgs[i].id),
                                  .label = orgs[i].name,
                                  .chosen = is_wished(what, orgs[i].id) };
    return choices;
}

err proposal_agency_values(struct rq *rq, struct rows *out)
{
    struct rows agencies;
    TRY(org_agencies(rq, &agencies));
    const struct agency_choices what = { .agencies = &agencies };
    *out = (struct rows){ (void *)(uintptr_t)proposal_agency_choices(rq, &what), agencies.count,
                          sizeof(struct view_choice) };
    return OK;
}

/* ---- names ---- */

str proposal_class(struct rq *rq, str code, i64 at)
{
    i64 day = at ? day_of_ms(at) : rq->today;
    str rest = code, first = code;
    if (code.len)
        rest = dictionary_label_on(rq, "assignments.classes", code, day);
    (void)str_split(&rest, ' ', &first);
    return first;
}

str proposal_day_words(struct rq *rq, i64 ms)
{
    return ms ? text_day(rq->mem, day_of_ms(ms)) : str_of("");
}

str proposal_join(struct arena *mem, const strs *texts, str between)
{
    struct buf *b = buf_new(mem, JOINED_MAX);
    for (size_t i = 0; i < texts->count; i++) {
        if (i)
            buf_add(b, between);
        buf_add(b, texts->items[i]);
    }
    return buf_str(b);
}

str proposal_signers(struct rq *rq, const struct rows *proposers)
{
    const struct proposer *all = proposers->items;
    strs names = { 0 };
    for (size_t i = 0; i < proposers->count; i++)
        strs_add(rq->mem, &names, all[i].name);
    return proposal_join(rq->mem, &names, text_find("proposals.and"));
}

str proposal_drafters(struct rq *rq, const struct rows *drafters)
{
    const struct proposal_drafter *all = drafters->items;
    strs others = { 0 };
    if (drafters->count == 0)
        return str_of("");
    for (size_t i = 1; i < drafters->count; i++)
        strs_add(rq->mem, &others, all[i].name);
    return others.count ? text_format(rq->mem, "proposals.drafters_with", all[0].name,
                                      proposal_join(rq->mem, &others, text_find("proposals.and")))
                        : all[0].name;
}

/* ---- the four facts on top ---- */

static i64 since_of(const struct rows *trails, const struct proposal *p)
{
    const struct flow_trail *all = trails->items;
    i64 at = p->created_at;
    for (size_t i = 0; i < trails->count; i++)
        if (str_eq(all[i].to_state, p->state) && !str_eq(all[i].from_state, p->state))
            at = all[i].at;
    return day_of_ms(at);
}

void proposal_now_make(struct rq *rq, const struct rows *trails, const struct proposal *p,
                       struct proposal_now *out)
{
    bool with_agency = str_is(p->state, "assigned") || str_is(p->state, "redoing");
    i64 past;
    *out = (struct proposal_now){ .who = text_label("proposals.now", p->state),
                                  .next = text_label("proposals.next", p->state),
                                  .since_on = since_of(trails, p),
                                  .due_on = p->due_on };
    if (with_agency && p->host_name.len) {
        out->who_note = out->who;
        out->who = p->host_name;
    } else if (str_is(p->state, "evaluating")) {
        out->who_note = p->proposer_name;
    }
    if (p->signer_count > 1 && str_is(p->state, "evaluating"))
        out->who_note = text_format(rq->mem, "proposals.and_others", p->proposer_name,
                                    arena_printf(rq->mem, "%lld", (long long)p->signer_count));
    past = rq->today - out->since_on;
    out->past = past > 0 ? text_format(rq->mem, "proposals.days_past",
                                       arena_printf(rq->mem, "%lld", (long long)past), str_of(""))
                         : text_find("proposals.since_today");
}
