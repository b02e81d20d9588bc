/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Own pages of steps that need choices or a closer look (submit, docket, assign) or that change
 * what stands (reconsider, mark). The other steps' pages are drawn by the platform from their
 * forms; what a step does is in proposal_steps.c. */
#include "modules/orgs/org.h"
#include "modules/proposals/proposal_pages.h"
#include "modules/proposals/proposal_parts.h"
#include "platform/app.h"
#include "platform/docs/docs.h"
#include "platform/files/files.h"
#include "platform/settings/settings.h"
#include "platform/text/texts.h"
#include "platform/web/form_page.h"
#include "views/proposals.h"

enum { CHECK_LINES = 12, PART_MAX = 1 << 20, DAY_TEXT = 32 };

/* The proposal for the page of a verb that its reader may do now. Errors: CONFLICT flows.state. */
static err find_for(struct rq *rq, const char *verb, struct proposal **out)
{
    struct flow_subject subject = { 0 };
    TRY(proposal_flow_load(rq, rq->path_id, &subject));
    struct flow_allowed allowed = flow_allowed(rq, &PROPOSALS_FLOW, &subject);
    *out = subject.row;
    for (size_t i = 0; i < allowed.count; i++)
        if (strcmp(allowed.actions[i]->verb, verb) == 0)
            return OK;
    return err_make_with(ERR_CONFLICT, "flows.state",
                         flow_state_label(rq, &PROPOSALS_FLOW, subject.state),
                         flow_verb_label(rq, &PROPOSALS_FLOW, str_of(verb)));
}

/* ---- submit: check your answers ---- */

static str consent_words(struct rq *rq, const struct proposal *p)
{
    if (p->consent.len == 0)
        return str_of("");
    str words = text_label("proposals.consent", p->consent);
    return p->consent_reason.len
               ? text_format(rq->mem, "proposals.member_choice", words, p->consent_reason)
               : words;
}

static str numbered(struct rq *rq, const strs *suggestions)
{
    strs lines = { 0 };
    for (size_t i = 0; i < suggestions->count; i++)
        strs_add(rq->mem, &lines,
                 text_format(rq->mem, "proposals.numbered", arena_printf(rq->mem, "%zu", i + 1),
                             suggestions->items[i]));
    return proposal_join(rq->mem, &lines, str_of("\n"));
}

static str wishes_words(struct rq *rq, const struct rows *wishes, const char *by_whom)
{
    const struct wish *all = wishes->items;
    strs names = { 0 };
    for (size_t i = 0; i < wishes->count; i++)
        if (str_is(all[i].by_whom, by_whom))
            strs_add(rq->mem, &names,
                     text_format(rq->mem,
                                 str_is(all[i].role, "host") ? "proposals.paper.host"
                                                             : "proposals.paper.cohost",
                                 all[i].name, str_of("")));
    return proposal_join(rq->mem, &names, text_find("proposals.and"));
}

static err file_names(struct rq *rq, i64 id, str *out)
{
    struct rows rows;
    strs names = { 0 };
    TRY(attachment_list(rq, "proposals", id, &rows));
    const struct attachment *all = rows.items;
    for (size_t i = 0; i < rows.count; i++)
        strs_add(rq->mem, &names, all[i].name);
    *out = proposal_join(rq->mem, &names, str_of("\n"));
    return OK;
}

static err check_make(struct rq *rq, struct proposal_check *v)
{
    const struct proposal *p = v->p;
    struct view_fact *f = arena_array(rq->mem, CHECK_LINES, sizeof *f);
    struct rows wishes;
    strs suggestions;
    str files;
    size_t n = 0;
    TRY(proposal_store_list_suggestions(rq->db, p->id, rq->mem, &suggestions));
    TRY(proposal_store_list_wishes(rq->db, p->id, rq->mem, &wishes));
    TRY(file_names(rq, p->id, &files));
    const struct {
        const char *field;
        str value;
    } lines[] = {
        { "kind", text_label("proposals.kind", p->kind) },
        { "title", p->title },
        { "situation", p->situation },
        { "analysis", p->analysis },
        { "suggestions", numbered(rq, &suggestions) },
        { "consent", consent_words(rq, p) },
        { "researched", text_find(p->researched ? "proposals.yes" : "proposals.no") },
        { "research", p->research },
        { "attachments", files },
        { "hosts", wishes_words(rq, &wishes, "proposer") },
    };
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
        f[n++] = (struct view_fact){
            .label = text_find(arena_printf(rq->mem, "proposals.%s", lines[i].field).ptr),
            .value = lines[i].value,
            .note = str_of(lines[i].field),
        };
    v->facts = (struct view_facts){ f, n };
    return OK;
}

/* What is missing is noted as faults, whose links lead to the lines of this page. */
static err completeness(struct rq *rq, struct proposal_check *v)
{
    bool redrawn = rq->error.code != ERR_NONE; /* then the submission has noted them already */
    err e = redrawn ? OK : proposal_check_complete(rq, v->p);
    if (e.code != ERR_NONE && !err_is(e, "form.faults"))
        return e;
    v->complete = true;
    for (const struct fault *f = rq->faults; f && f->name; f++)
        if (!f->field || (strcmp(f->field, "confirmed") && strcmp(f->field, "unanswered")))
            v->complete = false;
    return OK;
}

/* Before it is handed in, or sent to those who are asked to sign it. */
static err check_before(struct rq *rq, struct res *res, const char *verb, const char *title)
{
    struct proposal *p, own;
    TRY(proposal_find(rq, rq->path_id, &own));
    if (!str_is(own.state, "cosigning")) /* another's: forbidden, not "later" */
        TRY(proposal_find_editable(rq, rq->path_id, &own));
    TRY(find_for(rq, verb, &p));
    struct proposal_check v = { .p = p, .verb = verb, .crumbs = proposal_crumbs(rq, p, title) };
    TRY(completeness(rq, &v));
    TRY(check_make(rq, &v));
    struct out *out = page_begin(rq, text_find(title), "proposals");
    struct out part = { .buf = buf_new(rq->mem, PART_MAX), .page = out->page };
    struct proposal_shown shown = { .proposal = p, .place = "check", .out = &part };
    TRY(event_emit(rq, "proposals.shown", p->id, &shown));
    v.more = (html){ buf_str(part.buf) };
    view_proposals_check(out, &v);
    page_end(res, out);
    return OK;
}

err page_proposal_submit(struct rq *rq, struct res *res)
{
    return check_before(rq, res, "submit", "proposals.page.submit");
}

err page_proposal_invite(struct rq *rq, struct res *res)
{
    return check_before(rq, res, "invite", "proposals.page.invite");
}

/* ---- docket, assign ---- */

static err categories_make(struct rq *rq, struct proposal_choose *v)
{
    struct rows rows;
    TRY(dictionary_list(rq, "proposals.categories", &rows));
    const struct dictionary_row *all = rows.items;
    struct view_choice *choices = arena_array(rq->mem, rows.count + 1, sizeof *choices);
    choices[0] =
        (struct view_choice){ .value = str_of(""), .label = text_find("proposals.choose") };
    for (size_t i = 0; i < rows.count; i++)
        choices[i + 1] = (struct view_choice){ .value = all[i].code,
                                               .label = all[i].label,
                                               .chosen = str_eq(all[i].code, v->p->category) };
    v->categories = choices;
    v->category_count = rows.count + 1;
    return OK;
}

static err agencies_make(struct rq *rq, struct proposal_choose *v)
{
    struct rows agencies;
    struct agency_choices what = { &agencies, &v->wishes, "host", text_find("proposals.choose") };
    TRY(org_agencies(rq, &agencies));
    TRY(proposal_store_list_wishes(rq->db, v->p->id, rq->mem, &v->wishes));
    v->agency_count = agencies.count;
    v->hosts = proposal_agency_choices(rq, &what);
    what = (struct agency_choices){ &agencies, &v->wishes, "cohost", { "", 0 } };
    v->cohosts = proposal_agency_choices(rq, &what);
    what.role = NULL;
    v->splits = proposal_agency_choices(rq, &what);
    for (size_t i = 0; i < agencies.count; i++)
        v->cohosts_open |= v->cohosts[i].chosen;
    return OK;
}

static void modes_make(struct rq *rq, struct proposal_choose *v)
{
    static const char *const MODES[] = { "sole", "host", "split" };
    struct view_choice *modes = arena_array(rq->mem, 3, sizeof *modes);
    for (size_t i = 0; i < 3; i++)
        modes[i] = (struct view_choice){ .value = str_of(MODES[i]),
                                         .label = text_label("choices.mode", str_of(MODES[i])),
                                         .chosen = i == (v->cohosts_open ? 1 : 0) };
    v->modes = modes;
    v->mode_count = 3;
}

static err choose_make(struct rq *rq, struct proposal *p, const char *title,
                       struct proposal_choose *v)
{
    *v = (struct proposal_choose){ .p = p,
                                   .crumbs = proposal_crumbs(rq, p, title),
                                   .number = proposal_number(rq, p) };
    TRY(proposal_store_list_suggestions(rq->db, p->id, rq->mem, &v->suggestions));
    TRY(agencies_make(rq, v));
    modes_make(rq, v);
    return OK;
}

err page_proposal_docket(struct rq *rq, struct res *res)
{
    struct proposal *p;
    struct proposal_choose v;
    TRY(find_for(rq, "docket", &p));
    TRY(choose_make(rq, p, "proposals.page.docket", &v));
    TRY(categories_make(rq, &v));
    struct out *out = page_begin(rq, text_find("proposals.page.docket"), "proposals");
    struct out part = { .buf = buf_new(rq->mem, PART_MAX), .page = out->page };
    struct proposal_shown shown = { .proposal = p, .place = "docket", .out = &part };
    TRY(event_emit(rq, "proposals.shown", p->id, &shown));
    v.aside = (html){ buf_str(part.buf) };
    view_proposals_docket(out, &v);
    page_end(res, out);
    return OK;
}

err page_proposal_assign(struct rq *rq, struct res *res)
{
    struct proposal *p;
    struct proposal_choose v;
    TRY(find_for(rq, "assign", &p));
    TRY(choose_make(rq, p, "proposals.page.assign", &v));
    struct out *out = page_begin(rq, text_find("proposals.page.assign"), "proposals");
    view_proposals_assign(out, &v);
    page_end(res, out);
    return OK;
}

/* ---- consent, marks: what stands now is in the form ---- */

static const struct form *form_of(const char *verb)
{
    const struct flow_action *a = PROPOSALS_FLOW.actions;
    while (strcmp(a->verb, verb) != 0)
        a++;
    return a->form;
}

static err change_page(struct rq *rq, struct res *res, const char *verb, const struct proposal *p,
                       const void *stored)
{
    str title = flow_verb_label(rq, &PROPOSALS_FLOW, str_of(verb));
    str back = arena_printf(rq->mem, "/proposals/%lld", (long long)p->id);
    return form_page(rq, res,
                     &(struct form_look){
                         .form = form_of(verb),
                         .stored = stored,
                         .menu = "proposals",
                         .title = title,
                         .version = p->version,
                         .subject = p->title,
                         .back = back,
                         .crumbs = view_crumbs_of(rq->mem, "proposals", p->id, p->title, title) });
}

err page_proposal_reconsider(struct rq *rq, struct res *res)
{
    struct proposal *p;
    TRY(find_for(rq, "reconsider", &p));
    const struct proposal_consent_input stored = { .consent = p->consent,
                                                   .consent_reason = p->consent_reason };
    return change_page(rq, res, "reconsider", p, &stored);
}

/* Into which one is chosen where the texts stand side by side; a refusal is a page of its own. */
err page_proposal_merge(struct rq *rq, struct res *res)
{
    struct proposal *p;
    TRY(rq->error);
    TRY(find_for(rq, "merge", &p));
    res_redirect(res, arena_printf(rq->mem, "/mergers/new?ids=%lld", (long long)p->id));
    return OK;
}

err page_proposal_mark(struct rq *rq, struct res *res)
{
    struct proposal *p;
    TRY(find_for(rq, "mark", &p));
    const struct proposal_mark_input stored = { .urgent = p->urgent,
                                                .confidential = p->confidential,
                                                .opinion = str_of("") };
    return change_page(rq, res, "mark", p, &stored);
}
