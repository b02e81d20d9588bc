/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Pages of steps of one proposal that need choices or a closer look (docket, hand out) or that
 * change what stands (reconsider, mark). They are those of another's flow (platform/web/router.h);
 * what a step does is in modules/proposals. */
#include "modules/boards/board_choose.h"
#include "modules/boards/board_pages.h"
#include "modules/orgs/org.h"
#include "modules/proposals/proposal_cosigning.h"
#include "platform/settings/settings.h"
#include "platform/text/texts.h"
#include "platform/web/form_page.h"
#include "views/boards.h"

enum { PART_MAX = 1 << 20 };

/* The proposal for the page of a verb that its reader may do now. Errors: those of flow_may. */
static err find_for(struct rq *rq, const char *verb, struct proposal **out)
{
    struct flow_subject subject = { 0 };
    TRY(PROPOSALS_FLOW.load(rq, rq->path_id, &subject));
    *out = subject.row;
    return flow_may(rq, &PROPOSALS_FLOW, &subject, verb);
}

/* ---- docket, assign ---- */

static err categories_make(struct rq *rq, struct board_choose *v)
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

static err agencies_make(struct rq *rq, struct board_choose *v)
{
    struct rows agencies;
    TRY(org_agencies(rq, &agencies));
    TRY(proposal_list_wishes(rq, v->p->id, &v->wishes));
    struct rows chosen = v->wishes;
    struct proposal_choosing choosing = { v->p, &chosen };
    struct agency_choices what = { &agencies, &chosen, "host", text_find("proposals.choose") };
    TRY(event_emit(rq, "proposals.choosing", v->p->id, &choosing));
    v->agency_count = agencies.count;
    v->hosts = proposal_agency_choices(rq, &what);
    what = (struct agency_choices){ &agencies, &chosen, "cohost", { "", 0 } };
    v->cohosts = proposal_agency_choices(rq, &what);
    what.role = "split";
    v->splits = proposal_agency_choices(rq, &what);
    for (size_t i = 0; i < agencies.count; i++) {
        v->cohosts_open |= v->cohosts[i].chosen;
        v->splits_open |= v->splits[i].chosen;
    }
    return OK;
}

static void modes_make(struct rq *rq, struct board_choose *v)
{
    static const char *const MODES[] = { "sole", "host", "split" };
    struct view_choice *modes = arena_array(rq->mem, 3, sizeof *modes);
    size_t mode = v->splits_open ? 2 : v->cohosts_open ? 1 : 0;
    for (size_t i = 0; i < 3; i++)
        modes[i] = (struct view_choice){ .value = str_of(MODES[i]),
                                         .label = text_label("choices.mode", str_of(MODES[i])),
                                         .chosen = i == mode };
    v->modes = modes;
    v->mode_count = 3;
}

static err choose_make(struct rq *rq, struct proposal *p, const char *title, struct board_choose *v)
{
    *v = (struct board_choose){ .p = p,
                                .crumbs = proposal_crumbs(rq, p, title),
                                .number = proposal_number(rq, p) };
    struct proposal_sheet sheet;
    TRY(proposal_sheet_load(rq, p, &sheet));
    v->suggestions = sheet.suggestions;
    TRY(agencies_make(rq, v));
    modes_make(rq, v);
    return OK;
}

err page_board_docket(struct rq *rq, struct res *res)
{
    struct proposal *p;
    struct board_choose v;
    TRY(find_for(rq, "docket", &p));
    TRY(choose_make(rq, p, "proposals.page.docket", &v));
    TRY(categories_make(rq, &v));
    struct out *out = page_begin(rq, text_find("proposals.page.docket"), "proposals");
    struct out part = { .buf = buf_new(rq->mem, PART_MAX), .page = out->page };
    struct proposal_shown shown = { .proposal = p, .place = "docket", .out = &part };
    TRY(event_emit(rq, "proposals.shown", p->id, &shown));
    v.aside = (html){ buf_str(part.buf) };
    part.buf = buf_new(rq->mem, PART_MAX);
    TRY(proposal_text_section(rq, p, &part, NULL));
    v.text = (html){ buf_str(part.buf) };
    view_boards_docket(out, &v);
    page_end(res, out);
    return OK;
}

static err hand_out_page(struct rq *rq, struct res *res, const char *verb, const char *title)
{
    struct proposal *p;
    struct board_choose v;
    TRY(find_for(rq, verb, &p));
    TRY(choose_make(rq, p, title, &v));
    v.verb = str_of(verb);
    struct out *out = page_begin(rq, text_find(title), "proposals");
    view_boards_assign(out, &v);
    page_end(res, out);
    return OK;
}

err page_board_preassign(struct rq *rq, struct res *res)
{
    return hand_out_page(rq, res, "preassign", "proposals.page.preassign");
}

err page_board_assign(struct rq *rq, struct res *res)
{
    return hand_out_page(rq, res, "assign", "proposals.page.assign");
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

err page_board_reconsider(struct rq *rq, struct res *res)
{
    struct proposal *p;
    TRY(find_for(rq, "reconsider", &p));
    const struct proposal_consent_input stored = { .consent = p->consent,
                                                   .consent_reason = p->consent_reason };
    return change_page(rq, res, "reconsider", p, &stored);
}

/* Into which one is chosen where the texts stand side by side; a refusal is a page of its own. */
err page_board_merge(struct rq *rq, struct res *res)
{
    struct proposal *p;
    TRY(rq->error);
    TRY(find_for(rq, "merge", &p));
    res_redirect(res, arena_printf(rq->mem, "/mergers/new?ids=%lld", (long long)p->id));
    return OK;
}

err page_board_mark(struct rq *rq, struct res *res)
{
    struct proposal *p;
    TRY(find_for(rq, "mark", &p));
    const struct proposal_mark_input stored = { .urgent = p->urgent,
                                                .confidential = p->confidential,
                                                .opinion = str_of("") };
    return change_page(rq, res, "mark", p, &stored);
}
