/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What each verb needs, asked once for all cases, and given to each step as the form it takes. The
 * steps themselves are judged and done by the flow (board_steps.c). */
#include "modules/boards/board_acts.h"

#include "modules/boards/board_marks.h"
#include "modules/boards/board_words.h"
#include "modules/proposals/proposal_forms.h"
#include "platform/text/texts.h"

bool board_asks_more(str verb)
{
    return !str_is(verb, "screen");
}

bool board_case_read(str text, struct board_case *out)
{
    str rest = text, id;
    *out = (struct board_case){ 0 };
    return str_split(&rest, ':', &id) && str_to_i64(id, &out->id) && out->id > 0 &&
           str_to_i64(rest, &out->version) && out->version > 0;
}

static bool is_among(const struct board_cases *cases, i64 id)
{
    for (size_t i = 0; i < cases->count; i++)
        if (cases->items[i].id == id)
            return true;
    return false;
}

/* The oldest first: they get the lower numbers, and two clerks meet in the same order. */
static void put_in_order(struct board_cases *cases, const struct board_case *c)
{
    size_t at = cases->count++;
    for (; at > 0 && cases->items[at - 1].id > c->id; at--)
        cases->items[at] = cases->items[at - 1];
    cases->items[at] = *c;
}

struct board_cases board_cases_read(struct rq *rq, const strs *texts)
{
    struct board_cases cases = { arena_array(rq->mem, texts->count + 1, sizeof *cases.items), 0 };
    for (size_t i = 0; i < texts->count; i++) {
        struct board_case c = { 0 };
        bool alone = str_to_i64(texts->items[i], &c.id) && c.id > 0;
        if (!alone && !board_case_read(texts->items[i], &c))
            rq_fault(rq, "cases", "boards.bad_case", str_of(""), str_of(""));
        else if (!is_among(&cases, c.id)) /* ticked twice is once */
            put_in_order(&cases, &c);
    }
    return cases;
}

/* ---- what is needed ---- */

static void need(struct rq *rq, const char *field, bool given, const char *fault)
{
    if (!given)
        rq_fault(rq, field, fault, str_of(""), str_of(""));
}

/* Both take the same form; the first is on trial. */
static bool is_handing_out(str verb)
{
    return str_is(verb, "assign") || str_is(verb, "preassign");
}

static err judge(struct rq *rq, const struct board_steps_input *in)
{
    str verb = in->verb;
    bool told = in->opinion.len > 0, reject = str_is(verb, "reject");
    if (reject || str_is(verb, "revise") || str_is(verb, "redo"))
        need(rq, "opinion", told, "boards.need_opinion");
    if (reject) {
        need(rq, "reason", in->reason.len > 0, "boards.need_reason");
        need(rq, "destination", in->destination.len > 0, "boards.need_destination");
    }
    if (str_is(verb, "docket") && !in->own)
        need(rq, "category", in->category.len > 0, "boards.need_category");
    if (is_handing_out(verb) && !in->own)
        need(rq, "host_id", in->host_id > 0, "boards.need_host");
    return rq_has_faults(rq) ? err_make(ERR_INVALID, "form.faults") : OK;
}

/* ---- by the case itself ---- */

struct wished {
    i64 host_id;
    ids cohosts;
};

static void wished_by(struct rq *rq, const struct rows *wishes, const char *by_whom,
                      struct wished *out)
{
    const struct wish *all = wishes->items;
    *out =
        (struct wished){ .cohosts = { arena_array(rq->mem, wishes->count + 1, sizeof(i64)), 0 } };
    for (size_t i = 0; i < wishes->count; i++) {
        if (!str_is(all[i].by_whom, by_whom))
            continue;
        if (str_is(all[i].role, "host"))
            out->host_id = all[i].agency_id;
        else
            out->cohosts.items[out->cohosts.count++] = all[i].agency_id;
    }
}

/* The review's wish, else the proposer's; nothing where it is not to be seen. */
static err wished_of(struct rq *rq, i64 id, struct proposal *p, struct wished *out)
{
    struct proposal_sheet sheet;
    *out = (struct wished){ 0 };
    err e = proposal_find(rq, id, p);
    if (e.code == ERR_NOT_FOUND)
        return OK; /* the step says so */
    TRY(e);
    TRY(proposal_sheet_load(rq, p, &sheet));
    wished_by(rq, &sheet.wishes, "reviewer", out);
    if (out->host_id == 0)
        wished_by(rq, &sheet.wishes, "proposer", out);
    return OK;
}

static void lacks(struct rq *rq, const struct proposal *p, const char *what)
{
    if (p->id)
        rq_fault(rq, "cases", "boards.refused_case",
                 board_case_words(rq, proposal_number(rq, p), p->title), text_find(what));
}

/* ---- the form of each ---- */

static err docket_input(struct rq *rq, const struct board_steps_input *in, struct board_case *c)
{
    struct proposal p = { 0 };
    struct wished wished = { in->host_id, in->cohosts };
    struct proposal_docket_input *step = arena_zero(rq->mem, sizeof *step);
    if (in->own) {
        TRY(wished_of(rq, c->id, &p, &wished));
        if (p.category.len == 0)
            lacks(rq, &p, "boards.no_category");
    }
    step->category = in->own ? p.category : in->category;
    step->opinion = in->opinion;
    step->hosts = (ids){ arena_array(rq->mem, 1, sizeof(i64)), wished.host_id > 0 };
    step->hosts.items[0] = wished.host_id;
    step->cohosts = wished.cohosts;
    c->input = step;
    return OK;
}

static err assign_input(struct rq *rq, const struct board_steps_input *in, struct board_case *c)
{
    struct proposal p = { 0 };
    struct wished wished = { in->host_id, in->cohosts };
    struct proposal_assign_input *step = arena_zero(rq->mem, sizeof *step);
    if (in->own) {
        TRY(wished_of(rq, c->id, &p, &wished));
        if (str_is(p.state, "preassigned")) /* agencies have spoken since: preassignments */
            lacks(rq, &p, "boards.preassigned");
        else if (wished.host_id == 0)
            lacks(rq, &p, "boards.no_host");
    }
    step->host_id = wished.host_id;
    step->cohosts = wished.cohosts;
    step->mode = str_of(wished.cohosts.count ? "host" : "sole");
    step->due_on = in->due_on;
    step->opinion = in->opinion;
    c->input = step;
    return OK;
}

static err case_input(struct rq *rq, const struct board_steps_input *in, struct board_case *c)
{
    if (str_is(in->verb, "docket"))
        return docket_input(rq, in, c);
    if (is_handing_out(in->verb))
        return assign_input(rq, in, c);
    if (str_is(in->verb, "reject")) {
        struct proposal_reject_input *step = arena_zero(rq->mem, sizeof *step);
        step->reason = in->reason;
        step->destination = in->destination;
        step->opinion = in->opinion;
        c->input = step;
        return OK;
    }
    struct proposal_reason_input *step = arena_zero(rq->mem, sizeof *step);
    step->opinion = in->opinion;
    c->input = step;
    return OK;
}

err board_act(struct rq *rq, const struct board_steps_input *in)
{
    const char *verb = arena_cstr(rq->mem, in->verb);
    TRY(judge(rq, in));
    struct board_cases cases = board_cases_read(rq, &in->cases);
    for (size_t i = 0; i < cases.count; i++)
        need(rq, "cases", cases.items[i].version > 0, "boards.bad_case");
    if (rq_has_faults(rq))
        return err_make(ERR_INVALID, "form.faults");
    for (size_t i = 0; i < cases.count; i++)
        TRY(case_input(rq, in, &cases.items[i]));
    if (rq_has_faults(rq))
        return err_make(ERR_CONFLICT, "boards.refused");
    TRY(board_steps(rq, &PROPOSALS_FLOW, verb, cases.items, cases.count));
    return board_give_back(rq, &cases); /* read and done */
}
