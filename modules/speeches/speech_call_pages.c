/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Pages of calls for speeches and the same as JSON; the printed list; what a meeting's page says of
 * them. Verbs of the flow have theirs from the engine. */
#include "modules/speeches/speech.h"

#include "platform/base/str.h"
#include "platform/docs/docs.h"
#include "platform/flow/flow_pages.h"
#include "platform/settings/settings.h"
#include "platform/text/texts.h"
#include "platform/web/conflict.h"
#include "platform/web/form_page.h"
#include "platform/web/json.h"
#include "views/speeches.h"

enum { COLUMNS = 5 };

static bool is_office(const struct rq *rq)
{
    return actor_may(rq->actor, "speeches.manage");
}

static str url_of(struct rq *rq, i64 id)
{
    return arena_printf(rq->mem, "/speech_calls/%lld", (long long)id);
}

err page_speech_call_list(struct rq *rq, struct res *res)
{
    const struct list_look look = { .list = &SPEECH_CALL_LIST,
                                    .path = "/speech_calls",
                                    .title = "menu.speech_calls",
                                    .menu = "speech_calls",
                                    .main = "title",
                                    .empty = is_office(rq) ? "speech_calls.none"
                                                           : "speech_calls.none_out",
                                    .create = "speeches.manage" };
    return list_show(rq, &look, res);
}

/* ---- writing ---- */

err page_speech_call_form(struct rq *rq, struct res *res)
{
    struct speech_call c = { .chars_max = setting_number(rq, "speeches.chars_max"),
                             .minutes = setting_number(rq, "speeches.minutes") };
    if (rq->path_id)
        TRY(list_find(rq, &SPEECH_CALL_LIST, rq->path_id, &c));
    if (str_is(c.state, "settled"))
        return err_make(ERR_CONFLICT, "speech_calls.over");
    const struct speech_call_input in = { .until_on = c.until_on,
                                          .chars_max = c.chars_max,
                                          .minutes = c.minutes,
                                          .title = c.title,
                                          .text = c.text,
                                          .meeting = c.id ? meeting_choice_of(rq->mem, c.meeting_id)
                                                          : str_of("") };
    str title = c.id ? text_format(rq->mem, "speech_calls.edit", c.title, str_of(""))
                     : text_find("speech_calls.new");
    return form_page(rq, res,
                     &(struct form_look){ .form = &SPEECH_CALL_FORM,
                                          .stored = &in,
                                          .menu = "speech_calls",
                                          .title = title,
                                          .version = c.version,
                                          .subject = c.id ? str_of("")
                                                          : text_find("speech_calls.new_hint"),
                                          .back = c.id ? url_of(rq, c.id) : str_of("") });
}

static err answer(struct rq *rq, struct res *res, i64 id, const char *flash)
{
    res_flash(res, flash, str_of(""));
    res_redirect(res, url_of(rq, id));
    return OK;
}

err page_speech_call_save(struct rq *rq, struct res *res)
{
    i64 id = 0;
    TRY(speech_call_save(rq, rq->path_id, rq->input, &id));
    return answer(rq, res, id, "speech_calls.saved");
}

err page_speech_call_order(struct rq *rq, struct res *res)
{
    TRY(speech_call_order(rq, rq->input));
    return answer(rq, res, rq->path_id, "speech_calls.ordered");
}

/* ---- one ---- */

static void sum_up(struct speech_call_page *v)
{
    const struct speech *all = v->speeches->items;
    for (size_t i = 0; i < v->speeches->count; i++) {
        bool speaks = all[i].place > 0;
        v->spoken += speaks;
        v->minutes += speaks ? all[i].minutes : 0;
        v->written += str_is(all[i].state, "written");
        v->waiting += str_is(all[i].state, "submitted");
    }
}

/* The lines of the order; after a refusal as they were typed. */
static void turns_make(struct rq *rq, struct speech_call_page *v)
{
    const strs none = { 0 };
    strs shown = rq_typed_all(rq, "speeches", none), places = rq_typed_all(rq, "places", none);
    strs minutes = rq_typed_all(rq, "minutes", none);
    const struct speech *all = v->speeches->items;
    struct speech_turn *turns = arena_array(rq->mem, v->speeches->count + 1, sizeof *turns);
    for (size_t i = 0; i < v->speeches->count; i++) {
        str place = str_number(rq->mem, all[i].place),
            long_for = str_number(rq->mem, all[i].minutes);
        struct speech_turn turn = { &all[i], place, long_for, false };
        if (!str_is(all[i].state, "spoken"))
            continue;
        for (size_t k = 0; k < shown.count && k < places.count && k < minutes.count; k++)
            if (str_eq(shown.items[k], str_number(rq->mem, all[i].id)))
                turn = (struct speech_turn){ &all[i], places.items[k], minutes.items[k],
                                             !str_eq(places.items[k], place) ||
                                                 !str_eq(minutes.items[k], long_for) };
        turns[v->turn_count++] = turn;
    }
    v->turns = turns;
    v->version = conflict_version(rq, v->c->version);
}

static void line_json(struct json *j, const struct speech *s)
{
    json_object(j, NULL);
    json_i64(j, "id", s->id);
    json_str(j, "state", s->state);
    json_str(j, "title", s->title);
    json_str(j, "name", s->name);
    json_str(j, "body_name", s->body_name);
    json_i64(j, "people", s->people);
    json_i64(j, "place", s->place);
    json_i64(j, "minutes", s->minutes);
    json_object_end(j);
}

/* Of what was not chosen only the office learns. */
static bool is_out(const struct speech_call_page *v, const struct speech *s)
{
    return v->office || str_is(s->state, "written") || str_is(s->state, "given");
}

static void page_json(struct rq *rq, const struct speech_call_page *v,
                      const struct flow_subject *subject, struct res *res)
{
    struct json j = json_begin(rq);
    const struct speech *all = v->speeches->items;
    list_row_json(rq, &SPEECH_CALL_LIST, v->c, LIST_ROW_ONE, &j);
    json_bool(&j, "takes", v->takes);
    if (v->shows) {
        json_i64(&j, "minutes_together", v->minutes);
        json_array(&j, "lines");
        for (size_t i = 0; i < v->speeches->count; i++)
            if (is_out(v, &all[i]))
                line_json(&j, &all[i]);
        json_array_end(&j);
    }
    flow_json_allowed(&j, "actions", &SPEECH_CALLS_FLOW, subject, v->acts);
    json_send(&j, res);
}

err page_speech_call_show(struct rq *rq, struct res *res)
{
    static const char *const BACK[] = { "extend", NULL };
    struct flow_subject subject;
    struct rows speeches;
    TRY(speech_call_flow_load(rq, rq->path_id, &subject));
    const struct speech_call *c = subject.row;
    struct flow_allowed acts = flow_allowed(rq, &SPEECH_CALLS_FLOW, &subject);
    bool settled = str_is(c->state, "settled");
    struct speech_call_page v = { .c = c,
                                  .speeches = &speeches,
                                  .acts = &acts,
                                  .crumbs = view_crumbs(rq->mem, "speech_calls", c->title),
                                  .office = is_office(rq),
                                  .takes = speech_call_takes(rq, c) };
    v.shows = v.office || settled;
    v.may_write = v.takes && actor_may(rq->actor, "speeches.write") && rq->actor->member_id;
    v.may_order = v.office && !settled;
    v.may_day = v.office && rq->today >= c->meeting_on;
    TRY(speech_store_list(rq->db, c->id, rq->mem, &speeches));
    sum_up(&v);
    turns_make(rq, &v);
    if (v.office)
        TRY(flow_steps(rq, &SPEECH_CALLS_FLOW, c->id, BACK, &v.steps));
    if (rq->api) {
        page_json(rq, &v, &subject, res);
        return OK;
    }
    struct out *out =
        page_begin(rq, text_format(rq->mem, "speech_calls.page", c->title, str_of("")),
                   "speech_calls");
    view_speeches_call(out, &v);
    page_end(res, out);
    return OK;
}

/* ---- the printed list ---- */

/* "Li and 2 more", or the body and who speaks for it. */
static str author_words(struct rq *rq, const struct speech *s)
{
    if (s->body_name.len)
        return text_format(rq->mem, "speeches.for_body", s->body_name, s->name);
    return s->people > 1
               ? text_format(rq->mem, "speeches.with", s->name, str_number(rq->mem, s->people))
               : s->name;
}

/* Who did not speak in the end is told to nobody but the office, as on the page. */
static bool is_listed(struct rq *rq, const struct speech *s, bool spoken)
{
    if (!spoken)
        return str_is(s->state, "written");
    return s->place && (is_office(rq) || !str_is(s->state, "missed"));
}

static struct paper_list_part part_make(struct rq *rq, const struct rows *speeches, bool spoken)
{
    const struct speech *all = speeches->items;
    str *cells = arena_array(rq->mem, speeches->count * COLUMNS + 1, sizeof *cells);
    struct paper_list_part part = { .cells = cells };
    i64 minutes = 0;
    for (size_t i = 0; i < speeches->count; i++) {
        const struct speech *s = &all[i];
        if (!is_listed(rq, s, spoken))
            continue;
        str *row = &cells[part.row_count++ * COLUMNS];
        row[0] = str_number(rq->mem, (i64)part.row_count);
        row[1] = author_words(rq, s);
        row[2] = s->title;
        row[3] = spoken ? text_format(rq->mem, "speeches.minutes_words",
                                      str_number(rq->mem, s->minutes), str_of(""))
                        : str_of("");
        row[4] = str_is(s->state, "given") || str_is(s->state, "missed")
                     ? text_label("states.speeches", s->state)
                     : str_of("");
        minutes += spoken ? s->minutes : 0;
    }
    part.name = text_format(rq->mem, spoken ? "speeches.paper.spoken" : "speeches.paper.written",
                            str_number(rq->mem, (i64)part.row_count), str_number(rq->mem, minutes));
    return part;
}

static err list_make(struct rq *rq, struct paper_list *out)
{
    static const char *const LABELS[COLUMNS] = { "speeches.paper.place", "speeches.paper.name",
                                                 "speeches.paper.subject", "speeches.paper.minutes",
                                                 "speeches.paper.note" };
    static const i64 WIDTHS[COLUMNS] = { 16, 70, 115, 25, 35 };
    struct speech_call c;
    struct rows speeches;
    TRY(list_find(rq, &SPEECH_CALL_LIST, rq->path_id, &c));
    if (!is_office(rq) && !str_is(c.state, "settled"))
        return err_make(ERR_NOT_FOUND, "speech_calls.not_out");
    TRY(speech_store_list(rq->db, c.id, rq->mem, &speeches));
    struct paper_column *columns = arena_array(rq->mem, COLUMNS, sizeof *columns);
    struct paper_list_part *parts = arena_array(rq->mem, 2, sizeof *parts);
    for (size_t i = 0; i < COLUMNS; i++)
        columns[i] = (struct paper_column){ text_find(LABELS[i]), WIDTHS[i] };
    parts[0] = part_make(rq, &speeches, true);
    parts[1] = part_make(rq, &speeches, false);
    *out = (struct paper_list){ .title = text_format(rq->mem, "speeches.paper.title",
                                                     c.meeting_title, str_of("")),
                                .subtitle = c.title,
                                .columns = columns,
                                .column_count = COLUMNS,
                                .parts = parts,
                                .part_count = parts[1].row_count ? 2 : 1 };
    return OK;
}

err file_speech_call_pdf(struct rq *rq, struct res *res)
{
    struct paper_list list;
    bytes pdf;
    TRY(list_make(rq, &list));
    TRY(paper_list_pdf(rq->mem, &list, &pdf));
    res_bytes(res, pdf, text_format(rq->mem, "speeches.paper.file", str_of("pdf"), str_of("")),
              "application/pdf", true);
    return OK;
}

err file_speech_call_docx(struct rq *rq, struct res *res)
{
    struct paper_list list;
    bytes docx;
    TRY(list_make(rq, &list));
    TRY(paper_list_docx(rq->mem, &list, &docx));
    res_bytes(res, docx, text_format(rq->mem, "speeches.paper.file", str_of("docx"), str_of("")),
              DOCX_TYPE, false);
    return OK;
}

/* ---- on a meeting's page ---- */

err on_speech_meeting_shown(struct rq *rq, i64 id, const void *fact)
{
    const struct meeting_shown *shown = fact;
    struct rows rows;
    if (!actor_may(rq->actor, "speeches.read"))
        return OK;
    TRY(speech_call_store_list(rq->db, id, is_office(rq), rq->mem, &rows));
    if (shown->out) {
        view_speeches_meeting(shown->out, &rows);
        return OK;
    }
    const struct speech_call *all = rows.items;
    json_array(shown->json, "speech_calls");
    for (size_t i = 0; i < rows.count; i++) {
        json_object(shown->json, NULL);
        json_i64(shown->json, "id", all[i].id);
        json_str(shown->json, "title", all[i].title);
        json_str(shown->json, "state", all[i].state);
        json_day(shown->json, "until_on", all[i].until_on);
        json_object_end(shown->json);
    }
    json_array_end(shown->json);
    return OK;
}
