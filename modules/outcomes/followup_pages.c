/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Pages of looking back: list, one visit with what was found and what those who asked say, planning
 * one by hand; writing down an instruction. The same as JSON. */
#include "modules/assignments/assignment.h"
#include "modules/outcomes/outcome_pages.h"
#include "modules/outcomes/outcome_rules.h"
#include "modules/outcomes/outcome_views.h"
#include "modules/proposals/proposal.h"
#include "platform/settings/settings.h"
#include "platform/text/texts.h"
#include "platform/web/form_page.h"
#include "platform/web/json.h"
#include "views/outcomes.h"
#include "views/web.h"

extern const struct form FOLLOWUP_PLAN_FORM, INSTRUCTION_FORM;

/* ---- the list ---- */

static void cell_planned(struct out *out, const void *row)
{
    const struct followup *f = row;
    if (str_is(f->state, "planned"))
        view_due(out, f->planned_on, PROMISE_SOON_DAYS);
    else
        view_date(out, f->planned_on);
}

static void cell_result(struct out *out, const void *row)
{
    const struct followup *f = row;
    if (f->result.len > 0)
        view_state(out, "choices.result", f->result, tracking_tone(f->result));
    else
        view_put_str(out, str_of("\u2014"));
}

static const struct list_cell CELLS[] = { { "planned_on", cell_planned },
                                          { "result", cell_result },
                                          { 0 } };

const struct list_look FOLLOWUP_LOOK = { .list = &FOLLOWUP_LIST,
                                         .path = "/followups",
                                         .title = "menu.followups",
                                         .menu = "followups",
                                         .main = "matter_title",
                                         .empty = "followups.none",
                                         .bar = "state result",
                                         .exports = true,
                                         .cells = CELLS };

err page_followup_list(struct rq *rq, struct res *res)
{
    return list_show(rq, &FOLLOWUP_LOOK, res);
}

/* ---- one ---- */

static err promises_count(struct rq *rq, struct followup_show *v)
{
    struct rows rows;
    TRY(promise_store_list_of(rq->db, v->f->matter, v->f->matter_id, rq->mem, &rows));
    const struct promise *all = rows.items;
    for (size_t i = 0; i < rows.count; i++) {
        v->promised += !str_is(all[i].state, "superseded");
        v->met += str_is(all[i].state, "met");
        v->missed += str_is(all[i].state, "missed");
    }
    return OK;
}

static err show_json(struct rq *rq, struct followup_show *v, const struct flow_subject *subject,
                     struct res *res)
{
    static const struct field RECHECK[] = {
        FIELD(struct recheck, person_name), FIELD(struct recheck, result),
        FIELD(struct recheck, text),        FIELD(struct recheck, answered_at),
        FIELD(struct recheck, proxy),       { 0 }
    };
    struct json j = json_begin(rq);
    list_row_json(rq, &FOLLOWUP_LIST, v->f, LIST_ROW_ONE, &j);
    json_rows(&j, "rechecks", RECHECK, &v->rechecks);
    flow_json_allowed(&j, "actions", &FOLLOWUPS_FLOW, subject, &v->allowed);
    json_send(&j, res);
    return OK;
}

/* Its class in the words of the day of the answer; another round may have changed that of the case.
 */
static err class_words(struct rq *rq, const struct followup *f, str *out)
{
    struct proposal p;
    *out = str_of("\u2014");
    if (f->class.len == 0)
        return OK;
    TRY(proposal_find_house(rq, f->matter_id, &p));
    p.class = f->class;
    *out = outcome_class_words(rq, &p);
    return OK;
}

err page_followup_show(struct rq *rq, struct res *res)
{
    struct flow_subject subject;
    TRY(followup_flow_load(rq, rq->path_id, &subject));
    struct followup_show v = { .f = subject.row };
    v.allowed = flow_allowed(rq, &FOLLOWUPS_FLOW, &subject);
    TRY(class_words(rq, v.f, &v.class));
    TRY(followup_rechecks(rq, v.f, &v.rechecks));
    TRY(promises_count(rq, &v));
    if (rq->api)
        return show_json(rq, &v, &subject, res);
    struct out *out =
        page_begin(rq, text_format(rq->mem, "followups.title", v.f->matter_title, str_of("")),
                   "followups");
    view_outcomes_followup(out, &v);
    page_end(res, out);
    return OK;
}

/* ---- planned by hand, instructions: below a case ---- */

static err below_case(struct rq *rq, struct res *res, const struct form *form, const char *title)
{
    struct proposal p;
    TRY(proposal_find(rq, rq->path_id, &p));
    struct view_link *crumbs = arena_array(rq->mem, 4, sizeof *crumbs);
    str url = arena_printf(rq->mem, "/proposals/%lld", (long long)p.id);
    crumbs[0] = (struct view_link){ text_find("menu.proposals"), str_of("/proposals") };
    crumbs[1] = (struct view_link){ p.title, url };
    crumbs[2] = (struct view_link){ text_find(title), str_of("") };
    return form_page(rq, res,
                     &(struct form_look){ .form = form,
                                          .stored = arena_zero(rq->mem, form->size),
                                          .menu = "proposals",
                                          .title = text_find(title),
                                          .subject = p.title,
                                          .back = url,
                                          .crumbs = crumbs });
}

err page_followup_form(struct rq *rq, struct res *res)
{
    return below_case(rq, res, &FOLLOWUP_PLAN_FORM, "followups.plan");
}

err page_followup_plan(struct rq *rq, struct res *res)
{
    const struct plan_input *in = rq->input;
    i64 id = 0;
    TRY(followup_plan(rq, rq->path_id, in->planned_on, &id));
    res_redirect(res, arena_printf(rq->mem, "/followups/%lld", (long long)id));
    return OK;
}

err page_instruction_form(struct rq *rq, struct res *res)
{
    return below_case(rq, res, &INSTRUCTION_FORM, "instructions.new");
}

err page_instruction_add(struct rq *rq, struct res *res)
{
    TRY(instruction_add(rq, rq->path_id, rq->input));
    res_redirect(res, arena_printf(rq->mem, "/proposals/%lld", (long long)rq->path_id));
    return OK;
}
