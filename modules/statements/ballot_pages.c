/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The page on which staff put down what tellers counted. */
#include "modules/meetings/meeting.h"
#include "modules/statements/ballot.h"
#include "platform/base/str.h"
#include "platform/text/texts.h"
#include "platform/web/conflict.h"
#include "views/statements.h"

static str url_of(struct rq *rq, i64 call_id)
{
    return arena_printf(rq->mem, "/statement_calls/%lld", (long long)call_id);
}

static const struct view_link *crumbs_of(struct rq *rq, const struct statement_call *c)
{
    struct view_link *crumbs = arena_array(rq->mem, 5, sizeof *crumbs);
    crumbs[0] = (struct view_link){ text_find("menu.statements"), str_of("/statements") };
    crumbs[1] = (struct view_link){ text_find("statement_calls.list"), str_of("/statement_calls") };
    crumbs[2] = (struct view_link){ c->title, url_of(rq, c->id) };
    crumbs[3] = (struct view_link){ text_find("ballots.note"), str_of("") };
    return crumbs;
}

/* ---- the form ---- */

static struct ballot_input typed_of(struct rq *rq)
{
    const strs none = { 0 };
    return (struct ballot_input){
        .excellent = rq_typed_all(rq, "excellent", none),
        .competent = rq_typed_all(rq, "competent", none),
        .basic = rq_typed_all(rq, "basic", none),
        .incompetent = rq_typed_all(rq, "incompetent", none),
        .abstained = rq_typed_all(rq, "abstained", none),
    };
}

/* A row as it stands, or as it was typed where the form came back. */
static void line_make(struct rq *rq, const struct ballot_count *before, struct ballot_line *line)
{
    const strs none = { 0 };
    const struct ballot_input typed = typed_of(rq);
    strs shown = rq_typed_all(rq, "statements", none);
    str id = str_number(rq->mem, line->s->id);
    i64 valid = 0;
    struct ballot_count c;
    for (size_t g = 0; before && g < BALLOT_GRADES; g++)
        line->cells[g] = str_number(rq->mem, ballot_votes(before, g));
    for (size_t i = 0; i < shown.count; i++) {
        if (!str_eq(shown.items[i], id))
            continue;
        ballot_cells(&typed, i, line->cells);
        bool known = str_to_i64(str_trim(rq_typed(rq, "valid", str_of(""))), &valid);
        enum ballot_row row = ballot_read_row(line->cells, valid, &c);
        line->bad = row == BALLOT_NO_NUMBER || (known && row == BALLOT_OTHER_SUM);
    }
}

static err meetings_make(struct rq *rq, struct ballot_form *v)
{
    struct rows rows;
    TRY(ballot_meetings(rq, &rows));
    const struct view_choice *all = rows.items;
    str kept = v->b->meeting_id ? meeting_choice_of(rq->mem, v->b->meeting_id) : str_of("");
    struct view_choice *choices = arena_array(rq->mem, rows.count + 1, sizeof *choices);
    choices[0] = (struct view_choice){ .label = text_find("ballots.other_meeting") };
    for (size_t i = 0; i < rows.count; i++) {
        choices[i + 1] = all[i];
        choices[i + 1].chosen = str_eq(all[i].value, kept);
    }
    v->meetings = choices;
    v->meeting_count = rows.count + 1;
    return OK;
}

/* Which part of the rows: of the address, or where what was sent comes back. */
static size_t part_of(struct rq *rq)
{
    i64 part = 0;
    if (rq->error.code == ERR_NONE)
        part = ((const struct ballot_show_input *)rq->input)->part;
    else
        (void)str_to_i64(rq_typed(rq, "part", str_of("0")), &part);
    return part > 0 && part < BALLOT_LINES_MAX ? (size_t)part : 0;
}

static void lines_make(struct rq *rq, const struct rows *statements, const struct rows *counts,
                       struct ballot_form *v)
{
    const struct statement *all = statements->items;
    v->lines = arena_array(rq->mem, BALLOT_PART, sizeof *v->lines);
    for (size_t i = 0; i < statements->count; i++) {
        const struct ballot_count *before = ballot_count_of(counts, all[i].id);
        if (!ballot_is_open_to(&all[i], before)) {
            v->missing += !str_is(all[i].state, "lapsed");
            continue;
        }
        if (v->all++ / BALLOT_PART != v->part)
            continue;
        struct ballot_line *line = &v->lines[v->count++];
        *line = (struct ballot_line){ .s = &all[i] };
        line_make(rq, before, line);
    }
}

err page_ballot_form(struct rq *rq, struct res *res)
{
    struct statement_call c;
    struct ballot b;
    struct rows statements, counts;
    TRY(list_find(rq, &STATEMENT_CALL_LIST, rq->path_id, &c));
    TRY(statement_store_list_call(rq->db, c.id, rq->mem, &statements));
    TRY(ballot_may_save(rq, &statements));
    TRY(ballot_find(rq, c.id, &b, &counts));
    struct ballot_form v = { .c = &c,
                             .b = &b,
                             .part = part_of(rq),
                             .version = conflict_version(rq, c.version),
                             .crumbs = crumbs_of(rq, &c) };
    TRY(meetings_make(rq, &v));
    lines_make(rq, &statements, &counts, &v);
    if (v.count == 0 && v.part) { /* there are no longer so many */
        v.part = v.all = 0;
        v.missing = 0;
        lines_make(rq, &statements, &counts, &v);
    }
    struct out *out =
        page_begin(rq, text_format(rq->mem, "ballots.page", c.title, str_of("")), "statements");
    view_ballots_form(out, &v);
    page_end(res, out);
    return OK;
}

err page_ballot_save(struct rq *rq, struct res *res)
{
    TRY(ballot_save(rq, rq->input));
    res_flash(res, "ballots.noted", str_of(""));
    res_redirect(res, url_of(rq, rq->path_id));
    return OK;
}

err page_ballot_remove(struct rq *rq, struct res *res)
{
    TRY(ballot_remove(rq, rq->input));
    res_flash(res, "ballots.removed", str_of(""));
    res_redirect(res, url_of(rq, rq->path_id));
    return OK;
}
