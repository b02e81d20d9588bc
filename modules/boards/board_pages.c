/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The form of a step for several, and the acts of the boards, also as JSON. The boards:
 * board_show.c. */
#include "modules/boards/board_pages.h"

#include "modules/boards/board_views.h"
#include "modules/orgs/org.h"
#include "platform/settings/settings.h"
#include "platform/text/texts.h"
#include "platform/web/json.h"
#include "views/boards.h"

/* Back to the board that it came from, as it was filtered. */
static str board_of(str next)
{
    return web_is_own_path(next) && str_starts(next, str_of("/boards/")) ? next
                                                                         : str_of("/boards/review");
}

static void put_encoded(struct buf *b, str text)
{
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.ptr[i];
        if ((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'))
            buf_put_byte(b, (char)c);
        else
            buf_printf(b, "%%%02X", c);
    }
}

/* ---- the form of a step ---- */

static err ticked_make(struct rq *rq, str verb, str seen, struct board_ticked *out, bool *found)
{
    struct board_case c;
    struct flow_subject subject = { 0 };
    *found = false;
    if (!board_case_read(seen, &c))
        return OK;
    err e = PROPOSALS_FLOW.load(rq, c.id, &subject);
    if (e.code == ERR_NOT_FOUND)
        return OK;
    TRY(e);
    *out = (struct board_ticked){ .id = c.id, .number = subject.number, .title = subject.title };
    out->state = flow_state_label(rq, &PROPOSALS_FLOW, subject.state);
    out->changed = c.version != subject.version;
    out->seen = arena_printf(rq->mem, "%lld:%lld", (long long)c.id, (long long)subject.version);
    struct flow_allowed allowed = flow_allowed(rq, &PROPOSALS_FLOW, &subject);
    for (size_t i = 0; i < allowed.count; i++)
        out->allowed |= str_is(verb, allowed.actions[i]->verb);
    *found = true;
    return board_read_by(rq, c.id, &out->reader);
}

static err dictionary_make(struct rq *rq, const char *name, const struct view_choice **out,
                           size_t *count)
{
    struct rows rows;
    TRY(dictionary_list(rq, name, &rows));
    const struct dictionary_row *all = rows.items;
    struct view_choice *choices = arena_array(rq->mem, rows.count + 1, sizeof *choices);
    choices[0] = (struct view_choice){ .value = str_of(""), .label = text_find("boards.choose") };
    for (size_t i = 0; i < rows.count; i++)
        choices[i + 1] = (struct view_choice){ .value = all[i].code, .label = all[i].label };
    *out = choices;
    *count = rows.count + 1;
    return OK;
}

static err agencies_make(struct rq *rq, struct board_steps_page *v)
{
    struct rows rows;
    TRY(org_agencies(rq, &rows));
    const struct org *all = rows.items;
    struct view_choice *choices = arena_array(rq->mem, rows.count + 1, sizeof *choices);
    choices[0] = (struct view_choice){ .value = str_of(""), .label = text_find("boards.choose") };
    for (size_t i = 0; i < rows.count; i++)
        choices[i + 1] =
            (struct view_choice){ .value = arena_printf(rq->mem, "%lld", (long long)all[i].id),
                                  .label = all[i].name };
    v->hosts = choices;
    v->cohosts = choices + 1;
    v->agency_count = rows.count;
    return OK;
}

static err fields_make(struct rq *rq, struct board_steps_page *v)
{
    bool docket = str_is(v->verb, "docket"),
         assign = str_is(v->verb, "assign") || str_is(v->verb, "preassign");
    if (docket)
        TRY(dictionary_make(rq, "proposals.categories", &v->categories, &v->category_count));
    if (docket || assign)
        TRY(agencies_make(rq, v));
    if (!str_is(v->verb, "reject"))
        return OK;
    TRY(dictionary_make(rq, "proposals.reject_reasons", &v->reasons, &v->reason_count));
    return dictionary_make(rq, "proposals.destinations", &v->destinations, &v->destination_count);
}

err page_board_steps_form(struct rq *rq, struct res *res)
{
    bool again = rq->route->method == POST;
    const struct board_steps_input *typed = again ? rq->input : NULL;
    const struct board_choice_input *asked = again ? NULL : rq->input;
    const strs *seen = again ? &typed->cases : &asked->cases;
    struct board_steps_page v = { .verb = again ? typed->verb : asked->verb,
                                  .next = board_of(again ? typed->next : asked->next) };
    struct board_ticked *cases = arena_array(rq->mem, seen->count + 1, sizeof *cases);
    for (size_t i = 0; i < seen->count; i++) {
        bool found;
        TRY(ticked_make(rq, v.verb, seen->items[i], &cases[v.count], &found));
        v.count += found;
    }
    v.cases = cases;
    v.label = flow_verb_label(rq, &PROPOSALS_FLOW, v.verb);
    TRY(fields_make(rq, &v));
    struct view_link *crumbs = arena_array(rq->mem, 3, sizeof *crumbs);
    crumbs[0] = (struct view_link){ text_find("menu.boards"), v.next };
    crumbs[1] = (struct view_link){ v.label, str_of("") };
    v.crumbs = crumbs;
    struct out *out =
        page_begin(rq, text_format(rq->mem, "boards.steps_title", v.label, str_of("")), "boards");
    view_boards_steps(out, &v);
    page_end(res, out);
    return OK;
}

/* ---- one step for several ---- */

static err done_json(struct rq *rq, const struct board_steps_input *in, struct res *res)
{
    struct json j = json_begin(rq);
    json_str(&j, "verb", in->verb);
    json_array(&j, "items");
    for (size_t i = 0; i < in->cases.count; i++) {
        struct board_case c;
        struct proposal p;
        if (!board_case_read(in->cases.items[i], &c))
            continue;
        err e = proposal_find(rq, c.id, &p);
        if (e.code == ERR_NOT_FOUND)
            continue; /* where it stands now others see it */
        TRY(e);
        json_object(&j, NULL);
        json_i64(&j, "id", p.id);
        json_i64(&j, "version", p.version);
        json_str(&j, "state", p.state);
        json_str(&j, "number", proposal_number(rq, &p));
        json_object_end(&j);
    }
    json_array_end(&j);
    json_send(&j, res);
    return OK;
}

/* The page that asks for what the step needs. */
static void ask_more(struct rq *rq, const struct board_steps_input *in, struct res *res)
{
    struct buf *b = buf_new(rq->mem, 4096);
    buf_printf(b, "/boards/steps?verb=%.*s", (int)in->verb.len, in->verb.ptr);
    for (size_t i = 0; i < in->cases.count; i++) {
        struct board_case c;
        if (board_case_read(in->cases.items[i], &c))
            buf_printf(b, "&cases=%lld:%lld", (long long)c.id, (long long)c.version);
    }
    buf_put(b, "&next=");
    put_encoded(b, board_of(in->next));
    res_redirect(res, buf_str(b));
}

err page_board_steps(struct rq *rq, struct res *res)
{
    const struct board_steps_input *in = rq->input;
    if (in->ask && board_asks_more(in->verb)) {
        ask_more(rq, in, res);
        return OK;
    }
    TRY(board_act(rq, in));
    if (rq->api)
        return done_json(rq, in, res);
    res_flash(res, "boards.done",
              text_format(rq->mem, "boards.done_count",
                          flow_verb_label(rq, &PROPOSALS_FLOW, in->verb),
                          arena_printf(rq->mem, "%zu", in->cases.count)));
    res_redirect(res, board_of(in->next));
    return OK;
}

/* ---- who reads a card ---- */

/* Opened whoever reads it; that somebody does is said on the way. */
static err open_one(struct rq *rq, i64 id, struct res *res)
{
    str reader;
    struct board_case one = { .id = id };
    TRY(board_read_by(rq, id, &reader));
    if (reader.len)
        res_flash(res, "boards.reads_too", reader);
    else
        TRY(board_take(rq, &(struct board_cases){ &one, 1 }));
    res_redirect(res, arena_printf(rq->mem, "/proposals/%lld", (long long)id));
    return OK;
}

err page_board_take(struct rq *rq, struct res *res)
{
    const struct board_take_input *in = rq->input;
    struct board_cases cases = board_cases_read(rq, &in->cases);
    if (rq_has_faults(rq))
        return err_make(ERR_INVALID, "form.faults");
    if (in->open && cases.count == 1)
        return open_one(rq, cases.items[0].id, res);
    TRY(in->off ? board_give_back(rq, &cases) : board_take(rq, &cases));
    res_flash(res, in->off ? "boards.given_back" : "boards.took",
              arena_printf(rq->mem, "%zu", cases.count));
    res_redirect(res, board_of(in->next));
    return OK;
}
