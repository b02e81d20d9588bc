/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Pages of slips: list, one with its road and what was shown, issuing, files; the same as JSON.
 * Verbs of the flow have theirs from the engine. Proposing and nudging: urging_start_pages.c. */
#include "modules/urgings/urging_pages.h"
#include "modules/assignments/assignment_rules.h"
#include "modules/urgings/urging_views.h"
#include "platform/text/texts.h"
#include "platform/web/json.h"
#include "views/urgings.h"
#include "views/web.h"

/* ---- the list ---- */

static void cell_due(struct out *out, const void *row)
{
    const struct urging *u = row;
    bool waits = str_is(u->state, "issued") || str_is(u->state, "accepted") ||
                 str_is(u->state, "supplementing");
    if (waits)
        view_due(out, u->due_on, URGING_SOON_DAYS);
    else
        view_date(out, u->due_on);
}

static void cell_state(struct out *out, const void *row)
{
    const struct urging *u = row;
    view_state(out, "states.urgings", u->state, urging_tone(u->state));
}

static const struct list_cell CELLS[] = { { "due_on", cell_due }, { "state", cell_state }, { 0 } };

static void acts(struct out *out, struct rq *rq)
{
    bool office = actor_scope(rq->actor, "urgings.read") == SCOPE_ORG;
    view_urgings_list_acts(out, office);
}

const struct list_look URGING_LOOK = { .list = &URGING_LIST,
                                       .path = "/urgings",
                                       .title = "menu.urgings",
                                       .menu = "urgings",
                                       .main = "matter_title",
                                       .empty = "urgings.none",
                                       .bar = "state cause matter agency_name",
                                       .exports = true,
                                       .views = true,
                                       .cells = CELLS,
                                       .acts = acts };

err page_urging_list(struct rq *rq, struct res *res)
{
    return list_show(rq, &URGING_LOOK, res);
}

static const struct list_look REMINDERS_LOOK = { .list = &REMINDER_LIST,
                                                 .path = "/urgings/reminders",
                                                 .row_id = "place",
                                                 .title = "menu.reminders",
                                                 .menu = "urgings",
                                                 .main = "matter_title",
                                                 .empty = "reminders.none",
                                                 .bar = "matter kind" };

err page_urging_reminders(struct rq *rq, struct res *res)
{
    return list_show(rq, &REMINDERS_LOOK, res);
}

/* ---- one ---- */

static bool is_back(str verb)
{
    return str_is(verb, "supplement") || str_is(verb, "drop") || str_is(verb, "lapse");
}

static str who_of(struct rq *rq, const struct flow_trail *t, const struct urging *u)
{
    if (str_is(t->verb, "begin"))
        return u->proposed_name.len ? u->proposed_name : text_find("urgings.house");
    if (t->agency_name.len > 0 && t->actor_name.len > 0 && !str_eq(t->actor_name, t->agency_name))
        return text_format(rq->mem, "assignments.who", t->agency_name, t->actor_name);
    if (t->agency_name.len > 0)
        return t->agency_name;
    return t->actor_name.len ? t->actor_name : text_find("urgings.house");
}

/* What was done before it was issued, and a talk about it, is the office's business. */
static bool is_shown(const struct urging_show *v, const struct flow_trail *t)
{
    return v->office || !(str_is(t->verb, "begin") || str_is(t->verb, "summon"));
}

static err steps_make(struct rq *rq, struct urging_show *v)
{
    struct rows rows;
    TRY(flow_trails(rq, &URGINGS_FLOW, v->u->id, &rows));
    const struct flow_trail *all = rows.items;
    struct view_step *steps = arena_array(rq->mem, rows.count + 1, sizeof *steps);
    size_t n = 0;
    for (size_t i = 0; i < rows.count; i++)
        if (is_shown(v, &all[i]))
            steps[n++] =
                (struct view_step){ .at = all[i].at,
                                    .what = str_is(all[i].verb, "begin")
                                                ? text_find("urgings.proposed")
                                                : flow_verb_label(rq, &URGINGS_FLOW, all[i].verb),
                                    .who = who_of(rq, &all[i], v->u),
                                    .words =
                                        str_is(all[i].verb, "issue") ? str_of("") : all[i].opinion,
                                    .look = str_of(is_back(all[i].verb) ? "back" : "") };
    v->steps = (struct view_steps){ steps, n };
    return OK;
}

static void files_json(struct rq *rq, const struct urging_show *v, struct json *j)
{
    const struct attachment *files = v->files.items;
    json_array(j, "evidence");
    for (size_t i = 0; i < v->files.count; i++) {
        json_object(j, NULL);
        json_i64(j, "id", files[i].id);
        json_str(j, "name", files[i].name);
        json_i64(j, "size_bytes", files[i].size_bytes);
        json_str(j, "url",
                 arena_printf(rq->mem, "/urgings/%lld/evidence/%lld", (long long)v->u->id,
                              (long long)files[i].id));
        json_object_end(j);
    }
    json_array_end(j);
}

static err show_json(struct rq *rq, struct urging_show *v, const struct flow_subject *subject,
                     struct res *res)
{
    struct json j = json_begin(rq);
    list_row_json(rq, &URGING_LIST, v->u, LIST_ROW_ONE, &j);
    json_array(&j, "steps");
    for (size_t i = 0; i < v->steps.count; i++) {
        json_object(&j, NULL);
        json_time(&j, "at", v->steps.items[i].at);
        json_str(&j, "what", v->steps.items[i].what);
        json_str(&j, "who", v->steps.items[i].who);
        json_str(&j, "words", v->steps.items[i].words);
        json_object_end(&j);
    }
    json_array_end(&j);
    files_json(rq, v, &j);
    flow_json_allowed(&j, "actions", &URGINGS_FLOW, subject, &v->allowed);
    json_send(&j, res);
    return OK;
}

/* Whoever reads slips need not read what stands behind them (letters): a way there leads over the
 * assignment, which its own rule shows or not. */
static err assignment_of(struct rq *rq, const struct urging *u, i64 *id)
{
    struct assignment a;
    *id = 0;
    if (!str_is(u->flow, "assignments"))
        return OK;
    err e = assignment_find(rq, u->subject_id, &a);
    if (e.code == ERR_NOT_FOUND)
        return OK;
    *id = u->subject_id;
    return e;
}

/* An agency does not read who proposed it. */
static void blind(const struct rq *rq, struct urging *u)
{
    if (actor_scope(rq->actor, "urgings.read") != SCOPE_ORG)
        u->proposed_name = str_of("");
}

err page_urging_show(struct rq *rq, struct res *res)
{
    struct flow_subject subject;
    TRY(urging_flow_load(rq, rq->path_id, &subject));
    struct urging *u = subject.row;
    struct urging_show v = { .u = u };
    blind(rq, u);
    v.office = actor_scope(rq->actor, "urgings.read") == SCOPE_ORG;
    v.allowed = flow_allowed(rq, &URGINGS_FLOW, &subject);
    v.may_add = urging_is_own(rq, u) && actor_may(rq->actor, "urgings.answer") &&
                !str_is(u->state, "closed");
    v.days_late = str_is(u->state, "closed") ? 0 : urging_days_late(rq, u->late_on);
    TRY(reminder_may(rq, str_of("urgings"), u->id, &v.may_remind));
    v.may_remind = v.may_remind && v.office && u->issued_at > 0;
    TRY(assignment_of(rq, u, &v.assignment_id));
    TRY(steps_make(rq, &v));
    TRY(attachment_list(rq, "urgings", u->id, &v.files));
    if (rq->api)
        return show_json(rq, &v, &subject, res);
    struct out *out = page_begin(rq,
                                 u->number.len ? u->number
                                               : text_format(rq->mem, "urgings.page.show",
                                                             u->matter_title, str_of("")),
                                 "urgings");
    view_urgings_show(out, &v);
    page_end(res, out);
    return OK;
}

/* What is proposed stands in the form, to be worked on. */
err page_urging_issue(struct rq *rq, struct res *res)
{
    struct flow_subject subject;
    TRY(urging_flow_load(rq, rq->path_id, &subject));
    const struct urging *u = subject.row;
    TRY(flow_may(rq, &URGINGS_FLOW, &subject, "issue"));
    str title = flow_verb_label(rq, &URGINGS_FLOW, str_of("issue"));
    struct urging_issue v = { u, view_crumbs_of(rq->mem, "urgings", u->id, u->matter_title, title),
                              urging_due(rq) };
    struct out *out = page_begin(rq, title, "urgings");
    view_urgings_issue(out, &v);
    page_end(res, out);
    return OK;
}

/* ---- files ---- */

err page_urging_evidence(struct rq *rq, struct res *res)
{
    struct urging u;
    const struct urging_files_input *in = rq->input;
    TRY(list_find(rq, &URGING_LIST, rq->path_id, &u));
    if (!urging_is_own(rq, &u))
        return err_make(ERR_FORBIDDEN, "urgings.not_yours");
    if (str_is(u.state, "closed"))
        return err_make(ERR_CONFLICT, "urgings.is_closed");
    if (in->evidence.count == 0) {
        rq_fault(rq, "evidence", "form.required", str_of(""), str_of(""));
        return err_make(ERR_INVALID, "form.faults");
    }
    TRY(attachment_keep(rq, "evidence", "urgings", u.id));
    res_flash(res, "urgings.evidence_kept", str_of(""));
    res_redirect(res, arena_printf(rq->mem, "/urgings/%lld", (long long)u.id));
    return OK;
}

err file_urging_evidence(struct rq *rq, struct res *res)
{
    const struct urging_file_input *in = rq->input;
    struct urging u;
    TRY(list_find(rq, &URGING_LIST, in->id, &u));
    return attachment_send(rq, res, "urgings", u.id, in->file);
}
