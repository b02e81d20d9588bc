/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Pages of reports and of calls for them, and the same as JSON; verbs of the flow have theirs from
 * the engine. */
#include "modules/pledges/pledge.h"
#include "modules/scores/scores.h"
#include "modules/statements/ballot.h"
#include "platform/audit/audit.h"
#include "platform/base/str.h"
#include "platform/flow/flow_pages.h"
#include "platform/settings/settings.h"
#include "platform/text/texts.h"
#include "platform/web/conflict.h"
#include "platform/web/form_page.h"
#include "platform/web/json.h"
#include "views/statements.h"

static bool is_office(const struct rq *rq)
{
    return actor_scope(rq->actor, "statements.read") == SCOPE_ORG;
}

static const char *menu_of(const struct rq *rq)
{
    return is_office(rq) ? "statements" : "my_statements";
}

static str url_of(struct rq *rq, i64 id)
{
    return arena_printf(rq->mem, "/statements/%lld", (long long)id);
}

/* The list, the report, and a step of it where there is one. */
static const struct view_link *crumbs_of(struct rq *rq, const struct flow_subject *subject,
                                         str step)
{
    struct view_link *crumbs = arena_array(rq->mem, 4, sizeof *crumbs);
    crumbs[0] = (struct view_link){ text_find(arena_printf(rq->mem, "menu.%s", menu_of(rq)).ptr),
                                    str_of("/statements") };
    crumbs[1] =
        (struct view_link){ subject->title, step.len ? url_of(rq, subject->id) : str_of("") };
    if (step.len)
        crumbs[2] = (struct view_link){ step, str_of("") };
    return crumbs;
}

/* ---- the list ---- */

static void list_acts(struct out *out, struct rq *rq)
{
    view_statements_acts(out, actor_may(rq->actor, "statements.overview"));
}

err page_statement_list(struct rq *rq, struct res *res)
{
    bool office = is_office(rq);
    const struct list_look look = { .list = &STATEMENT_LIST,
                                    .path = "/statements",
                                    .title = office ? "menu.statements" : "menu.my_statements",
                                    .menu = menu_of(rq),
                                    .main = "name",
                                    .bar = office ? "state post" : "state",
                                    .empty = office ? "statements.none" : "statements.none_own",
                                    .acts = list_acts };
    return list_show(rq, &look, res);
}

/* ---- one ---- */

static void remarks_json(struct json *j, const struct rows *remarks)
{
    const struct remark *all = remarks->items;
    json_array(j, "remarks");
    for (size_t i = 0; i < remarks->count; i++) {
        json_object(j, NULL);
        json_str(j, "kind", all[i].kind);
        json_str(j, "text", all[i].text);
        json_time(j, "remarked_at", all[i].remarked_at);
        json_str(j, "remarker_name", all[i].remarker_name);
        json_object_end(j);
    }
    json_array_end(j);
}

static void show_json(struct rq *rq, const struct statement_page *v,
                      const struct flow_subject *subject, struct res *res)
{
    static const struct field FACT[] = { FIELD(struct pledge_fact, kind),
                                         FIELD(struct pledge_fact, label),
                                         FIELD(struct pledge_fact, quantity),
                                         { 0 } };
    struct json j = json_begin(rq);
    list_row_json(rq, &STATEMENT_LIST, v->s, LIST_ROW_ONE, &j);
    json_rows(&j, "ledger", FACT, v->facts);
    remarks_json(&j, v->remarks);
    ballot_results_json(&j, v->ballots);
    flow_json_allowed(&j, "actions", &STATEMENTS_FLOW, subject, &v->acts);
    json_send(&j, res);
}

/* What ballots say to this one of his reports. */
static err results_find(struct rq *rq, const struct statement *s, struct rows *out)
{
    struct rows rows;
    TRY(ballot_list_of(rq, s->member_id, s->year, &rows));
    const struct ballot_result *all = rows.items;
    struct ballot_result *own = arena_array(rq->mem, rows.count + 1, sizeof *own);
    *out = (struct rows){ own, 0, sizeof *own };
    for (size_t i = 0; i < rows.count; i++)
        if (all[i].statement_id == s->id)
            own[out->count++] = all[i];
    return OK;
}

err page_statement_show(struct rq *rq, struct res *res)
{
    static const char *const BACK[] = { "revise", NULL };
    struct flow_subject subject;
    struct rows remarks, facts, ballots;
    struct pledge p;
    TRY(statement_flow_load(rq, rq->path_id, &subject));
    const struct statement *s = subject.row;
    struct statement_page v = { .s = s,
                                .remarks = &remarks,
                                .facts = &facts,
                                .ballots = &ballots,
                                .acts = flow_allowed(rq, &STATEMENTS_FLOW, &subject),
                                .own = statement_is_own(rq, s),
                                .may_edit = statement_may_edit(rq, s),
                                .office = is_office(rq),
                                .crumbs = crumbs_of(rq, &subject, str_of("")) };
    v.hidden = !v.own && s->body.len == 0;
    TRY(remark_list(rq, s->id, &remarks));
    TRY(pledge_facts(rq, s->member_id, s->year, &facts));
    TRY(results_find(rq, s, &ballots));
    if (rq->api) {
        show_json(rq, &v, &subject, res);
        return OK;
    }
    TRY(flow_steps(rq, &STATEMENTS_FLOW, s->id, BACK, &v.steps));
    TRY(pledge_find(rq, s->member_id, s->year, &p));
    if (p.id)
        v.pledge = arena_printf(rq->mem, "/pledges/%lld", (long long)p.id);
    v.ledger = v.own ? arena_printf(rq->mem, "/entries/mine?year=%lld", (long long)s->year)
                     : arena_printf(rq->mem, "/entries/members/%lld?year=%lld",
                                    (long long)s->member_id, (long long)s->year);
    struct out *out = page_begin(rq, subject.title, menu_of(rq));
    view_statements_show(out, &v);
    page_end(res, out);
    return OK;
}

/* ---- writing ---- */

err page_statement_edit_form(struct rq *rq, struct res *res)
{
    struct flow_subject subject;
    TRY(statement_flow_load(rq, rq->path_id, &subject));
    const struct statement *s = subject.row;
    if (!statement_is_own(rq, s))
        return err_make(ERR_FORBIDDEN, "statements.not_yours");
    if (!statement_may_edit(rq, s))
        return err_make(ERR_CONFLICT, "statements.not_now");
    struct statement_form v = { .s = s,
                                .body = s->body,
                                .version = conflict_version(rq, s->version),
                                .body_max = setting_number(rq, "statements.body_max"),
                                .filled = s->body.len == 0,
                                .crumbs = crumbs_of(rq, &subject, text_find("statements.write")) };
    struct statement_call call = { 0 };
    TRY(statement_call_store_find(rq->db, s->statement_call_id, rq->mem, &call));
    v.note = call.note;
    if (v.filled)
        TRY(statement_fill(rq, s, &v.body));
    struct out *out =
        page_begin(rq, text_format(rq->mem, "statements.writing", subject.title, str_of("")),
                   menu_of(rq));
    view_statements_edit(out, &v);
    page_end(res, out);
    return OK;
}

err page_statement_edit(struct rq *rq, struct res *res)
{
    const struct statement_edit_input *in = rq->input;
    struct statement s;
    TRY(statement_save(rq, in, &s));
    TRY(audit_add(rq, &(struct audit_entry){ "statements.edit", "statements", s.id,
                                             .after = str_number(rq->mem, s.version) }));
    if (in->send)
        TRY(flow_act(rq, &STATEMENTS_FLOW, s.id, "submit", 0));
    res_flash(res, in->send ? "statements.sent" : "statements.saved", str_of(""));
    res_redirect(res, url_of(rq, s.id));
    return OK;
}

/* For the page's autosave. */
err api_statement_autosave(struct rq *rq, struct res *res)
{
    struct statement s = { 0 };
    err e = statement_save(rq, rq->input, &s);
    if (e.code != ERR_NONE)
        return conflict_answer(rq, res, e);
    struct json j = json_begin(rq);
    json_i64(&j, "version", s.version);
    json_i64(&j, "saved_at", rq->now_ms); /* milliseconds: the script compares it */
    json_send(&j, res);
    return OK;
}

/* ---- calls ---- */

static void call_acts(struct out *out, struct rq *rq)
{
    view_statements_call_acts(out, actor_may(rq->actor, "statements.call"));
}

err page_statement_call_list(struct rq *rq, struct res *res)
{
    const struct list_look look = { .list = &STATEMENT_CALL_LIST,
                                    .path = "/statement_calls",
                                    .title = "statement_calls.list",
                                    .menu = "statements",
                                    .main = "title",
                                    .bar = "form",
                                    .empty = "statement_calls.none",
                                    .acts = call_acts };
    return list_show(rq, &look, res);
}

static const struct view_link *call_crumbs(struct rq *rq, str last)
{
    struct view_link *crumbs = arena_array(rq->mem, 4, sizeof *crumbs);
    crumbs[0] = (struct view_link){ text_find("menu.statements"), str_of("/statements") };
    crumbs[1] = (struct view_link){ text_find("statement_calls.list"), str_of("/statement_calls") };
    crumbs[2] = (struct view_link){ last, str_of("") };
    return crumbs;
}

err page_statement_call_new(struct rq *rq, struct res *res)
{
    const struct statement_call_input stored = { .due_on = rq->today + 14,
                                                 .form = str_of("written") };
    return form_page(rq, res,
                     &(struct form_look){ .form = &STATEMENT_CALL_FORM,
                                          .stored = &stored,
                                          .menu = "statements",
                                          .title = text_find("statement_calls.new"),
                                          .subject = text_find("statement_calls.new_hint"),
                                          .button = text_find("statement_calls.send"),
                                          .back = str_of("/statement_calls"),
                                          .crumbs =
                                              call_crumbs(rq, text_find("statement_calls.new")) });
}

static err call_done(struct rq *rq, struct res *res, i64 id, const char *flash, i64 count)
{
    res_flash(res, flash, str_number(rq->mem, count));
    res_redirect(res, arena_printf(rq->mem, "/statement_calls/%lld", (long long)id));
    return OK;
}

err page_statement_call_add(struct rq *rq, struct res *res)
{
    i64 id = 0;
    TRY(statement_call_add(rq, rq->input, &id));
    return call_done(rq, res, id, "statement_calls.called", 0);
}

static void call_json(struct rq *rq, const struct statement_call_page *v, struct res *res)
{
    static const struct field ONE[] = {
        FIELD(struct statement, id),
        FIELD(struct statement, member_id),
        FIELD(struct statement, name),
        FIELD(struct statement, post),
        FIELD(struct statement, sector),
        FIELD(struct statement, state),
        FIELD(struct statement, place),
        FIELD(struct statement, late),
        { 0 },
    };
    const struct rows rows = { (void *)v->all, v->count, sizeof *v->all };
    struct json j = json_begin(rq);
    list_row_json(rq, &STATEMENT_CALL_LIST, v->c, LIST_ROW_ONE, &j);
    json_rows(&j, "statements", ONE, &rows);
    ballot_json(&j, v->ballot, v->counts);
    json_send(&j, res);
}

/* The lines of the order; after a refusal as they were typed. */
static void places_make(struct rq *rq, struct statement_call_page *v)
{
    const strs none = { 0 };
    strs shown = rq_typed_all(rq, "statements", none), typed = rq_typed_all(rq, "places", none);
    str *places = arena_array(rq->mem, v->count + 1, sizeof *places);
    bool *moved = arena_array(rq->mem, v->count + 1, sizeof *moved);
    for (size_t i = 0; i < v->count; i++) {
        str place = str_number(rq->mem, v->all[i].place);
        places[i] = place;
        for (size_t k = 0; k < shown.count && k < typed.count; k++)
            if (str_eq(shown.items[k], str_number(rq->mem, v->all[i].id)))
                places[i] = typed.items[k];
        moved[i] = !str_eq(places[i], place);
    }
    v->places = places;
    v->moved = moved;
    v->version = conflict_version(rq, v->c->version);
}

err page_statement_call_show(struct rq *rq, struct res *res)
{
    struct statement_call c;
    struct ballot ballot;
    struct rows rows, counts;
    TRY(list_find(rq, &STATEMENT_CALL_LIST, rq->path_id, &c));
    TRY(statement_store_list_call(rq->db, c.id, rq->mem, &rows));
    TRY(ballot_find(rq, c.id, &ballot, &counts));
    struct statement_call_page v = { .c = &c,
                                     .ballot = &ballot,
                                     .counts = &counts,
                                     .all = rows.items,
                                     .count = rows.count,
                                     .missing = c.asked - c.submitted,
                                     .may_call = actor_may(rq->actor, "statements.call"),
                                     .may_remark = actor_may(rq->actor, "statements.remark"),
                                     .crumbs = call_crumbs(rq, c.title) };
    v.may_ballot = v.may_call && ballot_may_save(rq, &rows).code == ERR_NONE;
    if (rq->api) {
        call_json(rq, &v, res);
        return OK;
    }
    places_make(rq, &v);
    struct out *out =
        page_begin(rq, text_format(rq->mem, "statement_calls.page", c.title, str_of("")),
                   "statements");
    view_statements_call(out, &v);
    page_end(res, out);
    return OK;
}

err page_statement_call_remind(struct rq *rq, struct res *res)
{
    i64 count = 0;
    TRY(statement_call_remind(rq, rq->path_id, &count));
    return call_done(rq, res, rq->path_id, "statement_calls.reminded", count);
}

err page_statement_call_order(struct rq *rq, struct res *res)
{
    TRY(statement_call_order(rq, rq->input));
    return call_done(rq, res, rq->path_id, "statement_calls.ordered", 0);
}

err page_statement_call_together(struct rq *rq, struct res *res)
{
    i64 count = 0;
    TRY(statement_remark_together(rq, rq->input, &count));
    return call_done(rq, res, rq->path_id, "statement_calls.remarked", count);
}
