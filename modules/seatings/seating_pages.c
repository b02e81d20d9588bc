/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Pages of who sits where and the same as JSON. Verbs of the flow have theirs from the engine; what
 * the meeting's pages say: seating_meeting.c; printed: seating_paper.c. */
#include "modules/seatings/seating.h"

#include "platform/base/str.h"
#include "platform/text/texts.h"
#include "platform/web/conflict.h"
#include "platform/web/form_page.h"
#include "platform/web/json.h"
#include "views/seatings.h"

static str url_of(struct rq *rq, i64 id)
{
    return arena_printf(rq->mem, "/seatings/%lld", (long long)id);
}

static err answer(struct rq *rq, struct res *res, i64 id, const char *flash)
{
    res_flash(res, flash, str_of(""));
    res_redirect(res, url_of(rq, id));
    return OK;
}

err page_seating_list(struct rq *rq, struct res *res)
{
    bool office = actor_may(rq->actor, "seatings.manage");
    const struct list_look look = { .list = &SEATING_LIST,
                                    .path = "/seatings",
                                    .title = "menu.seatings",
                                    .menu = "seatings",
                                    .main = "title",
                                    .empty = office ? "seatings.none" : "seatings.none_own",
                                    .create = "seatings.manage" };
    return list_show(rq, &look, res);
}

/* ---- beginning, seating anew ---- */

err page_seating_form(struct rq *rq, struct res *res)
{
    const struct seating_input none = { .numbering = str_of("odd_even"),
                                        .arrangement = str_of("sectors"),
                                        .run = str_of("rows") };
    return form_page(rq, res,
                     &(struct form_look){ .form = &SEATING_FORM,
                                          .stored = &none,
                                          .menu = "seatings",
                                          .title = text_find("seatings.new"),
                                          .subject = text_find("seatings.new_hint"),
                                          .button = text_find("seatings.seat") });
}

err page_seating_begin(struct rq *rq, struct res *res)
{
    i64 id = 0;
    TRY(seating_begin(rq, rq->input, &id));
    return answer(rq, res, id, "seatings.begun");
}

err page_seating_fill(struct rq *rq, struct res *res)
{
    struct flow_subject subject;
    TRY(seating_flow_load(rq, rq->path_id, &subject));
    TRY(flow_may(rq, &SEATINGS_FLOW, &subject, "fill"));
    const struct seating *s = subject.row;
    struct seating_input stored = seating_input_of(rq->mem, s);
    str title = flow_verb_label(rq, &SEATINGS_FLOW, str_of("fill"));
    return form_page(rq, res,
                     &(struct form_look){
                         .form = &SEATING_FILL_FORM,
                         .stored = &stored,
                         .menu = "seatings",
                         .title = title,
                         .subject = text_find("seatings.fill_hint"),
                         .button = text_find("seatings.seat"),
                         .version = s->version,
                         .back = url_of(rq, s->id),
                         .crumbs = view_crumbs_of(rq->mem, "seatings", s->id, s->title, title) });
}

/* ---- one ---- */

static void chair_json(struct json *j, const struct seating_chair_view *c, bool office)
{
    json_object(j, NULL);
    json_str(j, "at", c->value);
    json_str(j, "words", c->words);
    json_bool(j, "aisle", c->aisle);
    json_str(j, "name", c->name);
    json_bool(j, "guest", c->guest);
    json_bool(j, "own", c->own);
    if (office) {
        json_i64(j, "invitee_id", c->invitee_id);
        json_bool(j, "fixed", c->fixed);
        json_bool(j, "gone", c->gone);
    }
    json_object_end(j);
}

static void lines_json(struct json *j, const struct seating_page *v)
{
    json_array(j, "lines");
    for (size_t i = 0; i < v->line_count; i++) {
        json_object(j, NULL);
        json_str(j, "part", str_of(seating_part_name(v->lines[i].part)));
        json_i64(j, "line", v->lines[i].line);
        json_array(j, "chairs");
        for (size_t k = 0; k < v->lines[i].count; k++)
            chair_json(j, &v->lines[i].chairs[k], v->office);
        json_array_end(j);
        json_object_end(j);
    }
    json_array_end(j);
}

static void unseated_json(struct json *j, const struct seating_page *v)
{
    json_array(j, "unseated");
    for (size_t i = 0; i < v->unseated_count; i++) {
        const struct meeting_invited *who = v->unseated[i].who;
        json_object(j, NULL);
        json_i64(j, "invitee_id", who->invitee_id);
        json_str(j, "name", who->name);
        json_str(j, "sector_name", who->sector_name);
        json_object_end(j);
    }
    json_array_end(j);
}

/* What is in hand: picked by a link, or what an act that was refused named. */
static str pick_of(struct rq *rq)
{
    const struct seating_chair_input *in = rq->input;
    if (!rq->error.code)
        return in ? in->pick : str_of("");
    return rq_typed(rq, "from", rq_typed(rq, "at", str_of("")));
}

err page_seating_show(struct rq *rq, struct res *res)
{
    struct flow_subject subject;
    struct seating_page v;
    TRY(seating_flow_load(rq, rq->path_id, &subject));
    struct flow_allowed acts = flow_allowed(rq, &SEATINGS_FLOW, &subject);
    TRY(seating_shown_make(rq, subject.row, pick_of(rq), &v));
    v.acts = &acts;
    v.crumbs = view_crumbs(rq->mem, "seatings", subject.title);
    /* What stands now is on the page itself: who moves again has seen it. */
    v.version = rq->error.name && strcmp(rq->error.name, "seatings.moved_since") == 0
                    ? v.s->version
                    : conflict_version(rq, v.s->version);
    if (rq->api) {
        struct json j = json_begin(rq);
        list_row_json(rq, &SEATING_LIST, v.s, LIST_ROW_ONE, &j);
        json_str(&j, "own", v.own);
        lines_json(&j, &v);
        if (v.office)
            unseated_json(&j, &v);
        flow_json_allowed(&j, "actions", &SEATINGS_FLOW, &subject, &acts);
        json_send(&j, res);
        return OK;
    }
    struct out *out =
        page_begin(rq, text_format(rq->mem, "seatings.page", subject.title, str_of("")),
                   "seatings");
    view_seatings_show(out, &v);
    page_end(res, out);
    return OK;
}

err page_seating_move(struct rq *rq, struct res *res)
{
    TRY(seating_move(rq, rq->input));
    return answer(rq, res, rq->path_id, "seatings.moved");
}

err page_seating_fix(struct rq *rq, struct res *res)
{
    const struct seating_chair_input *in = rq->input;
    TRY(seating_fix(rq, in));
    return answer(rq, res, rq->path_id, in->fixed ? "seatings.is_fixed" : "seatings.is_loose");
}

err page_seating_reserve(struct rq *rq, struct res *res)
{
    TRY(seating_reserve(rq, rq->input));
    return answer(rq, res, rq->path_id, "seatings.reserved");
}
