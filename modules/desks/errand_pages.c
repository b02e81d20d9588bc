/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Pages of errands, and the same as JSON: the list, splitting an assignment, one errand, writing
 * it, choosing what goes into the draft. Rules: errand.c, errand_give.c, errand_answer.c. */
#include "modules/desks/errand_pages.h"

#include "modules/desks/errand_store.h"
#include "modules/desks/errand_views.h"
#include "platform/base/str.h"
#include "platform/text/text_date.h"
#include "platform/text/texts.h"
#include "platform/web/conflict.h"
#include "platform/web/json.h"
#include "views/desks.h"
#include "views/web.h"

const char *const ERRAND_RESULT_CODES[ERRAND_RESULTS] = { "adopted", "partly", "planned",
                                                          "not_adopted" };

/* A page that cannot be sent is not shown. */
static err find_for(struct rq *rq, const char *verb, struct errand **e)
{
    struct flow_subject subject;
    TRY(errand_flow_load(rq, rq->path_id, &subject));
    *e = subject.row;
    return flow_may(rq, &ERRANDS_FLOW, &subject, verb);
}

/* ---- the list ---- */

static void cell_state(struct out *out, const void *row)
{
    view_desks_errand_state(out, row);
}

static void cell_due(struct out *out, const void *row)
{
    const struct errand *e = row;
    if (str_is(e->state, "given") || str_is(e->state, "taken"))
        view_due(out, e->due_on, ERRAND_SOON_DAYS);
    else
        view_date(out, e->due_on);
}

static void cell_numbers(struct out *out, const void *row)
{
    view_put_str(out, errand_items(out->buf->mem, row));
}

static void acts(struct out *out, struct rq *rq)
{
    (void)rq;
    view_desks_errand_acts(out);
}

static const struct list_cell CELLS[] = {
    { "state", cell_state }, { "due_on", cell_due }, { "numbers", cell_numbers }, { 0 }
};

static const struct list_look LOOK = { .list = &ERRAND_LIST,
                                       .path = "/errands",
                                       .title = "menu.errands",
                                       .menu = "errands",
                                       .main = "matter_title",
                                       .under = "matter_number",
                                       .empty = "errands.none",
                                       .bar = "state desk_name",
                                       .cells = CELLS,
                                       .acts = acts };

err page_errand_list(struct rq *rq, struct res *res)
{
    return list_show(rq, &LOOK, res);
}

/* ---- splitting ---- */

static err numbers_make(struct rq *rq, struct give_page *v)
{
    struct answer_draft draft;
    TRY(reply_answer_draft(rq, v->a, &draft));
    const struct answer_part *parts = draft.parts.items;
    struct view_choice *choices = arena_array(rq->mem, draft.parts.count + 1, sizeof *choices);
    for (size_t i = 0; i < draft.parts.count; i++)
        choices[i] =
            (struct view_choice){ .value = str_number(rq->mem, parts[i].number),
                                  .label = text_format(rq->mem, "errands.item",
                                                       str_number(rq->mem, parts[i].number),
                                                       parts[i].item) };
    v->numbers = choices;
    v->number_count = draft.parts.count;
    return OK;
}

/* Open desks, and everybody who works for the agency; "not chosen" first. */
static err whom_make(struct rq *rq, i64 desk_id, i64 account_id, struct give_page *v)
{
    struct rows desks, colleagues;
    TRY(desk_list(rq, &desks));
    TRY(desk_colleagues(rq, &colleagues));
    const struct desk *d = desks.items;
    const struct account *a = colleagues.items;
    struct view_choice *to = arena_array(rq->mem, desks.count + 1, sizeof *to);
    struct view_choice *who = arena_array(rq->mem, colleagues.count + 1, sizeof *who);
    to[v->desk_count++] =
        (struct view_choice){ .value = str_of(""), .label = text_find("errands.no_desk") };
    for (size_t i = 0; i < desks.count; i++)
        if (d[i].to_on == 0)
            to[v->desk_count++] = (struct view_choice){ .value = str_number(rq->mem, d[i].id),
                                                        .label = d[i].name,
                                                        .chosen = d[i].id == desk_id };
    who[v->account_count++] =
        (struct view_choice){ .value = str_of(""), .label = text_find("errands.no_account") };
    for (size_t i = 0; i < colleagues.count; i++)
        who[v->account_count++] = (struct view_choice){ .value = str_number(rq->mem, a[i].id),
                                                        .label = a[i].name,
                                                        .chosen = a[i].id == account_id };
    v->desks = to;
    v->accounts = who;
    v->has_desks = v->desk_count > 1;
    v->may_manage = actor_may(rq->actor, "desks.manage");
    return OK;
}

static const struct field ERRAND[] = {
    FIELD(struct errand, id),
    FIELD(struct errand, assignment_id),
    FIELD(struct errand, matter_title),
    FIELD(struct errand, matter_number),
    FIELD(struct errand, round),
    FIELD(struct errand, numbers),
    FIELD(struct errand, ask),
    FIELD(struct errand, desk_id),
    FIELD(struct errand, desk_name),
    FIELD(struct errand, account_id),
    FIELD(struct errand, account_name),
    FIELD(struct errand, due_on),
    FIELD(struct errand, state),
    FIELD(struct errand, note),
    FIELD(struct errand, given_at),
    FIELD(struct errand, finished_at),
    FIELD(struct errand, approved_at),
    FIELD(struct errand, passed_at),
    FIELD(struct errand, version),
    FIELD(struct errand, draft_version),
    { 0 },
};

static err of_json(struct rq *rq, const struct give_page *v, struct res *res)
{
    struct json j = json_begin(rq);
    json_i64(&j, "assignment_id", v->a->id);
    json_day(&j, "due_on", v->due_on);
    json_bool(&j, "may_give", v->may_give);
    json_rows(&j, "items", ERRAND, &v->errands);
    json_send(&j, res);
    return OK;
}

err page_errand_of(struct rq *rq, struct res *res)
{
    struct assignment a;
    struct give_page v = { .a = &a };
    TRY(errand_assignment(rq, rq->path_id, &a));
    TRY(errand_store_list(rq, a.id, false, &v.errands));
    v.due_on = errand_due(rq, &a);
    v.may_give = actor_may(rq->actor, "errands.give") && a.cancelled_at == 0 &&
                 (str_is(a.state, "accepted") || str_is(a.state, "redrafting") ||
                  str_is(a.state, "redoing"));
    if (rq->api)
        return of_json(rq, &v, res);
    TRY(numbers_make(rq, &v));
    TRY(whom_make(rq, 0, 0, &v));
    struct out *out = page_begin(rq, text_find("errands.page.give"), "assignments");
    view_desks_give(out, &v);
    page_end(res, out);
    return OK;
}

err page_errand_give(struct rq *rq, struct res *res)
{
    struct give_input in = *(const struct give_input *)rq->input;
    i64 id = 0;
    in.id = rq->path_id;
    TRY(errand_give(rq, &in, &id));
    if (rq->api)
        res_status(res, 201);
    res_flash(res, "errands.given", str_of(""));
    res_redirect(res, arena_printf(rq->mem, rq->api ? "/errands/%lld" : "/assignments/%lld/errands",
                                   (long long)(rq->api ? id : in.id)));
    return OK;
}

err page_errand_reassign(struct rq *rq, struct res *res)
{
    struct errand *e = NULL;
    struct assignment a;
    struct give_page v = { .a = &a };
    TRY(find_for(rq, "reassign", &e));
    TRY(errand_assignment(rq, e->assignment_id, &a));
    TRY(whom_make(rq, e->desk_id, e->account_id, &v));
    v.due_on = e->due_on > rq->today ? e->due_on : errand_due(rq, &a);
    struct out *out = page_begin(rq, text_find("errands.page.reassign"), "errands");
    view_desks_errand_reassign(out, &v, e);
    page_end(res, out);
    return OK;
}

/* ---- one ---- */

static bool is_back(str verb)
{
    return str_is(verb, "redraft") || str_is(verb, "bounce") || str_is(verb, "drop");
}

static err steps_make(struct rq *rq, const struct errand *e, struct view_steps *out)
{
    struct rows rows;
    TRY(flow_trails(rq, &ERRANDS_FLOW, e->id, &rows));
    const struct flow_trail *all = rows.items;
    struct view_step *steps = arena_array(rq->mem, rows.count + 1, sizeof *steps);
    for (size_t i = 0; i < rows.count; i++)
        steps[i] =
            (struct view_step){ .at = all[i].at,
                                .what = str_is(all[i].verb, "begin")
                                            ? text_find("errands.begun")
                                            : flow_verb_label(rq, &ERRANDS_FLOW, all[i].verb),
                                .who = all[i].actor_name,
                                .words = all[i].opinion,
                                .look = str_of(is_back(all[i].verb) ? "back" : "") };
    *out = (struct view_steps){ steps, rows.count };
    return OK;
}

/* Who is to do what now. */
static err next_make(struct rq *rq, const struct errand *e, str *out)
{
    bool waits = false;
    i64 head_id = 0;
    TRY(errand_waits_head(rq, e, &waits, &head_id));
    str who = e->account_name.len ? e->account_name : e->desk_name;
    *out = waits ? text_format(rq->mem, "errands.next.approve", e->desk_name, str_of(""))
                 : text_format(rq->mem,
                               arena_cstr(rq->mem, arena_printf(rq->mem, "errands.next.%.*s",
                                                                (int)e->state.len, e->state.ptr)),
                               who, text_date(rq->mem, e->due_on));
    return OK;
}

static void lines_json(const struct errand_sheet *sheet, struct json *j)
{
    json_array(j, "answers");
    for (size_t i = 0; i < sheet->count; i++) {
        json_object(j, NULL);
        json_i64(j, "number", sheet->lines[i].number);
        json_str(j, "item", sheet->lines[i].item);
        json_str(j, "result", sheet->lines[i].result);
        json_str(j, "text", sheet->lines[i].text);
        json_str(j, "draft_result", sheet->lines[i].draft_result);
        json_str(j, "draft_text", sheet->lines[i].draft_text);
        json_bool(j, "differs", sheet->lines[i].differs);
        json_object_end(j);
    }
    json_array_end(j);
}

static void steps_json(const struct view_steps *steps, struct json *j)
{
    json_array(j, "trail");
    for (size_t i = 0; i < steps->count; i++) {
        json_object(j, NULL);
        json_time(j, "at", steps->items[i].at);
        json_str(j, "what", steps->items[i].what);
        json_str(j, "who", steps->items[i].who);
        json_str(j, "opinion", steps->items[i].words);
        json_object_end(j);
    }
    json_array_end(j);
}

static err show_json(struct rq *rq, const struct errand_show *v, const struct flow_subject *subject,
                     struct res *res)
{
    struct json j = json_begin(rq);
    json_fields(&j, ERRAND, v->e);
    json_i64(&j, "reply_version", v->sheet->draft_version);
    lines_json(v->sheet, &j);
    steps_json(&v->steps, &j);
    flow_json_allowed(&j, "actions", &ERRANDS_FLOW, subject, &v->allowed);
    json_send(&j, res);
    return OK;
}

err page_errand_show(struct rq *rq, struct res *res)
{
    struct flow_subject subject;
    struct errand_sheet sheet;
    TRY(errand_flow_load(rq, rq->path_id, &subject));
    struct errand_show v = { .e = subject.row, .sheet = &sheet };
    TRY(errand_sheet_load(rq, v.e, &sheet));
    v.allowed = flow_allowed(rq, &ERRANDS_FLOW, &subject);
    TRY(steps_make(rq, v.e, &v.steps));
    if (rq->api)
        return show_json(rq, &v, &subject, res);
    TRY(next_make(rq, v.e, &v.next));
    struct out *out =
        page_begin(rq, text_format(rq->mem, "errands.page.show", v.e->matter_title, str_of("")),
                   "errands");
    view_desks_errand(out, &v);
    page_end(res, out);
    return OK;
}

/* ---- writing ---- */

/* Why it came back the last time. */
static err redraft_reason(struct rq *rq, const struct errand *e, str *out)
{
    struct rows rows;
    TRY(flow_trails(rq, &ERRANDS_FLOW, e->id, &rows));
    const struct flow_trail *trails = rows.items;
    for (size_t i = 0; i < rows.count; i++)
        if (str_is(trails[i].verb, "redraft"))
            *out = trails[i].opinion;
    return OK;
}

err page_errand_finish(struct rq *rq, struct res *res)
{
    struct errand_sheet sheet;
    struct errand *e = NULL;
    strs results = { 0 }, answers = { 0 };
    TRY(find_for(rq, "finish", &e));
    TRY(errand_sheet_load(rq, e, &sheet));
    for (size_t i = 0; i < sheet.count; i++) {
        strs_add(rq->mem, &results, sheet.lines[i].result);
        strs_add(rq->mem, &answers, sheet.lines[i].text);
    }
    struct errand_form v = { .e = e,
                             .sheet = &sheet,
                             .results = rq_typed_all(rq, "results", results),
                             .answers = rq_typed_all(rq, "answers", answers),
                             .version = conflict_version(rq, e->draft_version) };
    TRY(redraft_reason(rq, e, &v.redraft));
    struct out *out = page_begin(rq, text_find("flows.errands.finish"), "errands");
    view_desks_errand_form(out, &v);
    page_end(res, out);
    return OK;
}

/* Saves; "send" also hands in, all or nothing. */
err page_errand_draft(struct rq *rq, struct res *res)
{
    struct errand_input *in = arena_zero(rq->mem, sizeof *in);
    struct errand e;
    *in = *(const struct errand_input *)rq->input;
    in->draft_version = in->version; /* as the step calls what the page calls version */
    rq->input = in;
    bool send = in->send.len > 0;
    TRY(errand_find(rq, rq->path_id, &e));
    TRY(send ? flow_act(rq, &ERRANDS_FLOW, e.id, "finish", 0)
             : errand_save(rq, &e, in, in->version));
    res_flash(res, send ? "errands.sent" : "errands.saved", str_of(""));
    res_redirect(res, arena_printf(rq->mem, send ? "/errands/%lld" : "/errands/%lld/finish",
                                   (long long)e.id));
    return OK;
}

/* For the page's autosave and for PUT …/draft. */
err api_errand_draft(struct rq *rq, struct res *res)
{
    const struct errand_input *in = rq->input;
    struct errand errand;
    TRY(errand_find(rq, rq->path_id, &errand));
    err e = errand_save(rq, &errand, in, in->version);
    if (e.code != ERR_NONE)
        return conflict_answer(rq, res, e);
    struct json j = json_begin(rq);
    json_i64(&j, "version", errand.draft_version);
    json_i64(&j, "saved_at", rq->now_ms); /* milliseconds: the script compares it */
    json_send(&j, res);
    return OK;
}

/* ---- into the draft ---- */

err page_errand_pass(struct rq *rq, struct res *res)
{
    struct errand_sheet sheet;
    struct errand *e = NULL;
    TRY(find_for(rq, "pass", &e));
    TRY(errand_sheet_load(rq, e, &sheet));
    struct errand_form v = { .e = e,
                             .sheet = &sheet,
                             .keeps = rq_typed_all(rq, "keeps", (strs){ 0 }),
                             .version = e->version };
    struct out *out = page_begin(rq, text_find("flows.errands.pass"), "errands");
    view_desks_errand_pass(out, &v);
    page_end(res, out);
    return OK;
}
