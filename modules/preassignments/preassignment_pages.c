/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Pages of single answers, and the same as JSON: the list, one with the text it is about, another
 * agency instead, and the part in the page of a case. Answers are steps of the flow. */
#include "modules/preassignments/preassignment_pages.h"

#include "modules/assignments/assignment.h"
#include "modules/preassignments/preassignment_store.h"
#include "modules/preassignments/preassignment_views.h"
#include "modules/proposals/proposal.h"
#include "modules/proposals/proposal_cosigning.h"
#include "platform/text/texts.h"
#include "platform/web/json.h"
#include "views/preassignments.h"
#include "views/web.h"

enum { TEXT_MAX = 1 << 20, SOON_DAYS = 2 };

/* ---- the list ---- */

static void cell_state(struct out *out, const void *row)
{
    view_preassignments_state(out, row);
}

/* Only what waits has days left. */
static void cell_due(struct out *out, const void *row)
{
    const struct preassignment *p = row;
    if (str_is(p->state, "asked"))
        view_due(out, p->answer_due_on, SOON_DAYS);
    else
        view_date(out, p->answer_due_on);
}

static void acts(struct out *out, struct rq *rq)
{
    (void)rq;
    view_preassignments_acts(out);
}

static const struct list_cell CELLS[] = { { "state", cell_state },
                                          { "answer_due_on", cell_due },
                                          { 0 } };

const struct list_look PREASSIGNMENT_LOOK = { .list = &PREASSIGNMENT_LIST,
                                              .path = "/preassignments",
                                              .title = "preassignments.page.list",
                                              .menu = "preassignments",
                                              .main = "title",
                                              .under = "number",
                                              .empty = "preassignments.none",
                                              .bar = "state agency_name",
                                              .exports = true,
                                              .cells = CELLS,
                                              .acts = acts };

err page_preassignment_list(struct rq *rq, struct res *res)
{
    return list_show(rq, &PREASSIGNMENT_LOOK, res);
}

/* ---- one ---- */

static err steps_make(struct rq *rq, i64 id, struct view_steps *out)
{
    struct rows rows;
    TRY(flow_trails(rq, &PREASSIGNMENTS_FLOW, id, &rows));
    const struct flow_trail *all = rows.items;
    struct view_step *steps = arena_array(rq->mem, rows.count + 1, sizeof *steps);
    for (size_t i = 0; i < rows.count; i++)
        steps[i] = (struct view_step){
            .at = all[i].at,
            .what = str_is(all[i].verb, "begin")
                        ? text_find("preassignments.begun")
                        : flow_verb_label(rq, &PREASSIGNMENTS_FLOW, all[i].verb),
            .who = all[i].agency_name.len ? all[i].agency_name : all[i].actor_name,
            .words = all[i].opinion,
            .look = str_of(str_is(all[i].verb, "object") ? "back" : "")
        };
    *out = (struct view_steps){ steps, rows.count };
    return OK;
}

/* Whether it or anything that is merged into it is confidential: they are read together. */
static err is_confidential(struct rq *rq, const struct proposal *of, bool *out)
{
    struct rows merged;
    TRY(proposal_list_merged(rq, of->id, &merged));
    const struct proposal *all = merged.items;
    *out = of->confidential;
    for (size_t i = 0; i < merged.count; i++)
        *out |= all[i].confidential;
    return OK;
}

/* Whether the line's agency handles the proposal: not taken from it, not withdrawn. */
static err is_handling(struct rq *rq, const struct preassignment *p, bool *out)
{
    struct rows rows;
    TRY(assignment_list_of(rq, "proposals", p->proposal_id, &rows));
    const struct assignment *all = rows.items;
    *out = false;
    for (size_t i = 0; i < rows.count; i++)
        *out |= all[i].agency_id == p->agency_id && all[i].cancelled_at == 0;
    return OK;
}

/* The office reads all. An agency reads the text while it may become its business; once handed out
 * only while it handles it, and what is confidential lies with its assignment alone. Of a
 * confidential one it never hears who else is asked. */
static err reads_make(struct rq *rq, const struct proposal *of, struct preassignment_show *v)
{
    bool confidential = false, handling = true;
    v->reads_text = v->reads_others = v->office;
    if (v->office || str_is(v->p->state, "dropped"))
        return OK;
    TRY(is_confidential(rq, of, &confidential));
    if (v->p->handed_at > 0)
        TRY(is_handling(rq, v->p, &handling));
    v->reads_text = handling && !(confidential && v->p->handed_at > 0);
    v->reads_others = handling && !confidential;
    return OK;
}

static err show_make(struct rq *rq, const struct flow_subject *subject, struct proposal *of,
                     struct preassignment_show *v)
{
    v->p = subject->row;
    v->office = preassignment_is_office(rq);
    v->allowed = flow_allowed(rq, &PREASSIGNMENTS_FLOW, subject);
    v->due_on = preassignment_due(rq, v->p, rq->today);
    v->may_move = str_is(v->p->state, "objected") &&
                  actor_may(rq->actor, "preassignments.settle") && v->p->handed_at == 0;
    TRY(proposal_find_house(rq, v->p->proposal_id, of));
    TRY(reads_make(rq, of, v));
    if (v->reads_others && !str_is(v->p->state, "dropped"))
        TRY(preassignment_store_list_of(rq->db, of->id, 0, rq->mem, &v->others));
    return v->office ? steps_make(rq, v->p->id, &v->steps) : OK;
}

static const struct field OTHER[] = { FIELD(struct preassignment, agency_name),
                                      FIELD(struct preassignment, role),
                                      { 0 } };

/* Its own and those of what is merged into it: they are handled together. */
static err texts_put(struct rq *rq, const struct proposal *of, struct out *out)
{
    struct rows merged;
    TRY(proposal_text_section(rq, of, out, NULL));
    TRY(proposal_list_merged(rq, of->id, &merged));
    const struct proposal *all = merged.items;
    for (size_t i = 0; i < merged.count; i++) {
        view_preassignments_merged(out, all[i].title);
        TRY(proposal_text_section(rq, &all[i], out, NULL));
    }
    return OK;
}

static err texts_json(struct rq *rq, const struct proposal *of, struct json *j)
{
    struct rows merged;
    json_object(j, "proposal");
    TRY(proposal_text_section(rq, of, NULL, j));
    json_object_end(j);
    TRY(proposal_list_merged(rq, of->id, &merged));
    const struct proposal *all = merged.items;
    json_array(j, "merged");
    for (size_t i = 0; i < merged.count; i++) {
        json_object(j, NULL);
        TRY(proposal_text_section(rq, &all[i], NULL, j));
        json_object_end(j);
    }
    json_array_end(j);
    return OK;
}

static err show_json(struct rq *rq, const struct preassignment_show *v,
                     const struct flow_subject *subject, const struct proposal *of, struct res *res)
{
    struct json j = json_begin(rq);
    list_row_json(rq, &PREASSIGNMENT_LIST, v->p, LIST_ROW_ONE, &j);
    json_day(&j, "due_by_now_on", v->due_on);
    json_rows(&j, "agencies", OTHER, &v->others);
    if (v->reads_text)
        TRY(texts_json(rq, of, &j));
    flow_json_allowed(&j, "actions", &PREASSIGNMENTS_FLOW, subject, &v->allowed);
    json_send(&j, res);
    return OK;
}

err page_preassignment_show(struct rq *rq, struct res *res)
{
    struct flow_subject subject;
    struct proposal of;
    struct preassignment_show v = { .others = { .size = sizeof(struct preassignment) } };
    TRY(preassignment_flow_load(rq, rq->path_id, &subject));
    TRY(show_make(rq, &subject, &of, &v));
    if (rq->api)
        return show_json(rq, &v, &subject, &of, res);
    struct out *out =
        page_begin(rq, text_format(rq->mem, "preassignments.page.show", v.p->title, str_of("")),
                   "preassignments");
    struct out part = { .buf = buf_new(rq->mem, TEXT_MAX), .page = out->page };
    if (v.reads_text)
        TRY(texts_put(rq, &of, &part));
    v.text = (html){ buf_str(part.buf) };
    view_preassignments_show(out, &v);
    page_end(res, out);
    return OK;
}

/* ---- another agency instead ---- */

err page_preassignment_move_form(struct rq *rq, struct res *res)
{
    struct preassignment p;
    TRY(list_find(rq, &PREASSIGNMENT_LIST, rq->path_id, &p));
    if (!str_is(p.state, "objected"))
        return err_make(ERR_CONFLICT, "preassignments.not_objected");
    struct preassignment_move_page v = { .p = &p };
    struct rows agencies;
    TRY(preassignment_agencies(rq, &agencies));
    struct view_choice *choices = agencies.items;
    str right = arena_printf(rq->mem, "%lld", (long long)p.better_agency_id);
    for (size_t i = 0; i < agencies.count; i++)
        choices[i].chosen = str_eq(choices[i].value, right);
    v.agencies = choices;
    v.agency_count = agencies.count;
    struct out *out = page_begin(rq, text_find("preassignments.page.move"), "preassignments");
    view_preassignments_move(out, &v);
    page_end(res, out);
    return OK;
}

err page_preassignment_move(struct rq *rq, struct res *res)
{
    const struct move_input *in = rq->input;
    TRY(preassignment_move(rq, rq->path_id, in));
    res_flash(res, "preassignments.moved", str_of(""));
    res_redirect(res, str_of("/preassignments?state=objected"));
    return OK;
}

/* ---- in a case's page ---- */

static const struct field PART[] = {
    FIELD(struct preassignment, id),
    FIELD(struct preassignment, agency_id),
    FIELD(struct preassignment, agency_name),
    FIELD(struct preassignment, role),
    FIELD(struct preassignment, state),
    FIELD(struct preassignment, silent),
    FIELD(struct preassignment, reason),
    FIELD(struct preassignment, better_agency_name),
    FIELD(struct preassignment, answer_due_on),
    { 0 },
};

/* The office's alone: a proposer hears of it when it is handed out. */
err on_preassigned_shown(struct rq *rq, i64 id, const void *fact)
{
    const struct proposal_shown *shown = fact;
    struct rows rows;
    if (!str_is(shown->proposal->state, "preassigned") || !preassignment_is_office(rq) ||
        (shown->out && strcmp(shown->place, "main") != 0))
        return OK;
    TRY(preassignment_list_of(rq, id, &rows));
    struct preassignment_part part = { &rows, id };
    if (shown->json)
        json_rows(shown->json, "preassignments", PART, &rows);
    else if (rows.count > 0)
        view_preassignments_part(shown->out, &part);
    return OK;
}
