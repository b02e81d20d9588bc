/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Pages of checking in, and the same as JSON: the screen at the door, the list of the gate (which
 * ui/js/gate.js keeps going without a net), the member's own. */
#include "modules/meetings/checkin.h"
#include "platform/app.h"
#include "platform/base/str.h"
#include "platform/docs/docs.h"
#include "platform/text/texts.h"
#include "platform/web/json.h"
#include "views/meetings.h"

enum { QR_MAX = 64 * 1024 };

static struct out *begin(struct rq *rq, const struct meeting *m, const char *title,
                         const struct view_link **crumbs)
{
    *crumbs = view_crumbs_of(rq->mem, "meetings", m->id, m->title, text_find(title));
    return page_begin(rq, text_format(rq->mem, "meetings.page_of", text_find(title), m->title),
                      "meetings");
}

/* ---- the screen at the door ---- */

static err count_in(struct rq *rq, const struct meeting *m, i64 half, i64 *in)
{
    struct rows rows;
    TRY(checkin_store_list(rq->db, m->id, rq->mem, &rows));
    const struct checkin *all = rows.items;
    *in = 0;
    for (size_t i = 0; i < rows.count; i++)
        *in += all[i].half == half;
    return OK;
}

/* The page asks for itself anew: the header does what a script would, on every screen. */
err page_checkin_door(struct rq *rq, struct res *res)
{
    struct meeting m;
    struct rows rows;
    i64 half;
    struct buf *qr = buf_new(rq->mem, QR_MAX);
    TRY(meeting_find_managed(rq, rq->path_id, &m));
    if (!checkin_has_code(rq))
        return err_make(ERR_CONFLICT, "meetings.code_off");
    TRY(checkin_open(rq, &m, &half));
    TRY(invitee_store_list(rq->db, m.id, rq->mem, &rows));
    str base = rq->app->config.public_url, code = checkin_code(rq, &m);
    struct door_page v = { .m = &m,
                           .half = checkin_half_words(rq, &m, half),
                           .all = (i64)rows.count,
                           .address = arena_printf(rq->mem, "%.*s/meetings/%lld/checkin?code=%.*s",
                                                   (int)base.len, base.ptr, (long long)m.id,
                                                   (int)code.len, code.ptr) };
    TRY(qr_svg(rq->mem, v.address, qr));
    v.qr = (html){ buf_str(qr) };
    TRY(count_in(rq, &m, half, &v.in));
    res_header(res, "Refresh", arena_printf(rq->mem, "%d", CHECKIN_STEP_S));
    struct out *out = begin(rq, &m, "meetings.door", &v.crumbs);
    view_checkins_door(out, &v);
    page_end(res, out);
    return OK;
}

/* ---- the list of the gate ---- */

static str gate_url(struct rq *rq, const struct meeting *m, const char *show, i64 half)
{
    return arena_printf(rq->mem, "/meetings/%lld/gate?show=%s&half=%lld", (long long)m->id, show,
                        (long long)half);
}

static const struct checkin *mark_of(const struct rows *marks, i64 invitee_id, i64 half)
{
    const struct checkin *all = marks->items;
    for (size_t i = 0; i < marks->count; i++)
        if (all[i].invitee_id == invitee_id && all[i].half == half)
            return &all[i];
    return NULL;
}

/* Where people sit is said by modules above. */
static err seats_put(struct rq *rq, const struct gate_page *v, struct gate_line *lines)
{
    struct meeting_gate_line *seats = arena_array(rq->mem, v->count + 1, sizeof *seats);
    for (size_t i = 0; i < v->count; i++)
        seats[i] = (struct meeting_gate_line){ lines[i].i->id, str_of("") };
    TRY(event_emit(rq, "meetings.gate_listed", v->m->id,
                   &(struct meeting_gate){ seats, v->count }));
    for (size_t i = 0; i < v->count; i++)
        lines[i].seat = seats[i].seat;
    return OK;
}

static err lines_make(struct rq *rq, struct gate_page *v)
{
    struct rows rows, marks;
    TRY(invitee_store_list(rq->db, v->m->id, rq->mem, &rows));
    TRY(checkin_count(rq, v->m->id, &rows));
    TRY(checkin_store_list(rq->db, v->m->id, rq->mem, &marks));
    const struct invitee *all = rows.items;
    struct gate_line *lines = arena_array(rq->mem, rows.count + 1, sizeof *lines);
    for (size_t i = 0; i < rows.count; i++) {
        const struct checkin *mark = mark_of(&marks, all[i].id, v->half);
        lines[i] =
            (struct gate_line){ .i = &all[i],
                                .number = (i64)i + 1,
                                .came_at = mark ? mark->came_at : 0,
                                .way = mark ? mark->way : str_of(""),
                                .odd = checkin_is_odd(&all[i]) || checkin_is_surprise(&all[i]) };
        v->in += mark != NULL;
        v->odd += lines[i].odd;
    }
    v->lines = lines;
    v->count = rows.count;
    v->all = (i64)rows.count;
    return seats_put(rq, v, lines);
}

static void tabs_make(struct rq *rq, struct gate_page *v)
{
    static const char *const SHOWS[] = { "open", "done" };
    const i64 counts[] = { v->all - v->in, v->in };
    i64 total = checkin_half_at(v->m, rq->now_ms) + 1;
    struct view_tab *shows = arena_array(rq->mem, 2, sizeof *shows);
    for (size_t i = 0; i < 2; i++)
        shows[i] = (struct view_tab){ text_label("choices.gate", str_of(SHOWS[i])),
                                      gate_url(rq, v->m, SHOWS[i], v->half), counts[i],
                                      v->done == (i == 1) };
    v->shows = (struct view_tabs){ text_find("meetings.shows"), shows, 2 };
    if (total < 2)
        return;
    struct view_tab *halves = arena_array(rq->mem, (size_t)total, sizeof *halves);
    for (i64 h = 0; h < total; h++)
        halves[h] =
            (struct view_tab){ checkin_half_words(rq, v->m, h),
                               gate_url(rq, v->m, v->done ? "done" : "open", h), -1, h == v->half };
    v->halves = (struct view_tabs){ text_find("meetings.which_half"), halves, (size_t)total };
}

/* Which half-days there are, and when each begins: a device without a net goes by its own clock. */
static void halves_json(struct rq *rq, const struct meeting *m, struct json *j)
{
    i64 total = meeting_halves(m->from_on, m->from_half, m->to_on, m->to_half);
    json_array(j, "halves");
    for (i64 h = 0; h < total; h++) {
        json_object(j, NULL);
        json_i64(j, "half", h);
        json_str(j, "words", checkin_half_words(rq, m, h));
        json_time(j, "begins_at", checkin_half_start(m, h));
        json_object_end(j);
    }
    json_array_end(j);
}

static void gate_json(struct rq *rq, const struct gate_page *v, struct res *res)
{
    struct json j = json_begin(rq);
    json_str(&j, "title", v->m->title);
    halves_json(rq, v->m, &j);
    json_i64(&j, "half", v->half);
    json_i64(&j, "checked_in", v->in);
    json_i64(&j, "invited", v->all);
    json_array(&j, "items");
    for (size_t i = 0; i < v->count; i++) {
        const struct gate_line *line = &v->lines[i];
        json_object(&j, NULL);
        json_i64(&j, "id", line->i->id);
        json_i64(&j, "number", line->number);
        json_str(&j, "name", line->i->name);
        json_str(&j, "sector_name", line->i->sector_name);
        json_str(&j, "seat", line->seat);
        json_str(&j, "role",
                 str_is(line->i->role, "member") ? str_of("")
                                                 : text_label("choices.role", line->i->role));
        json_str(&j, "state", line->i->state);
        json_time(&j, "came_at", line->came_at);
        json_str(&j, "way", line->way);
        json_str(&j, "result", line->i->result);
        json_bool(&j, "odd", line->odd);
        json_object_end(&j);
    }
    json_array_end(&j);
    json_send(&j, res);
}

err page_checkin_gate(struct rq *rq, struct res *res)
{
    const struct gate_input *in = rq->input;
    struct meeting m;
    struct gate_page v = { .m = &m, .done = in && str_is(in->show, "done") };
    i64 now = 0, half = 0;
    TRY(meeting_find_managed(rq, rq->path_id, &m));
    if (!checkin_has_gate(rq))
        return err_make(ERR_CONFLICT, "meetings.gate_off");
    TRY(checkin_open(rq, &m, &now));
    v.half = in && str_to_i64(str_trim(in->half), &half) && half >= 0 && half <= now ? half : now;
    v.words = checkin_half_words(rq, &m, v.half);
    TRY(lines_make(rq, &v));
    tabs_make(rq, &v);
    v.action = gate_url(rq, &m, v.done ? "done" : "open", v.half);
    if (rq->api) {
        gate_json(rq, &v, res);
        return OK;
    }
    struct out *out = begin(rq, &m, "meetings.gate", &v.crumbs);
    view_checkins_gate(out, &v);
    page_end(res, out);
    return OK;
}

static void outcome_json(struct rq *rq, const struct gate_outcome *out, struct res *res)
{
    struct json j = json_begin(rq);
    json_i64(&j, "changed", out->changed);
    json_i64(&j, "doubled", out->doubled);
    json_array(&j, "odd");
    for (size_t i = 0; i < out->odd_count; i++) {
        json_object(&j, NULL);
        json_i64(&j, "id", out->odd[i].invitee_id);
        json_str(&j, "name", out->odd[i].name);
        json_str(&j, "what", out->odd[i].what);
        json_str(&j, "words", out->odd[i].words);
        json_object_end(&j);
    }
    json_array_end(&j);
    json_send(&j, res);
}

err page_checkin_mark(struct rq *rq, struct res *res)
{
    const struct gate_input *in = rq->input;
    struct meeting m;
    struct gate_outcome out;
    TRY(meeting_find_managed(rq, rq->path_id, &m));
    TRY(checkin_by_gate(rq, &m, in, &out));
    if (rq->api) {
        outcome_json(rq, &out, res);
        return OK;
    }
    if (out.odd_count)
        res_flash(res, "meetings.marks_odd",
                  text_format(rq->mem, "meetings.mark_odd", out.odd->name, out.odd->words));
    else
        res_flash(res, in->undo ? "meetings.marks_undone" : "meetings.marks_kept",
                  arena_printf(rq->mem, "%lld", (long long)out.changed));
    i64 half = checkin_half_at(&m, rq->now_ms);
    if (str_trim(in->half).len)
        (void)str_to_i64(str_trim(in->half), &half);
    res_redirect(res, checkin_half_at(&m, rq->now_ms) < 0
                          ? arena_printf(rq->mem, "/meetings/%lld", (long long)m.id)
                          : gate_url(rq, &m, "open", half));
    return OK;
}

/* ---- the member's own ---- */

static err own_mark(struct rq *rq, const struct meeting *m, i64 half, i64 *came_at)
{
    struct rows rows;
    TRY(checkin_store_list(rq->db, m->id, rq->mem, &rows));
    const struct checkin *mark = mark_of(&rows, m->invitee_id, half);
    *came_at = mark ? mark->came_at : 0;
    return OK;
}

/* What the code on the screen leads to. It is judged before the button is shown, and again when the
 * button is pressed. */
err page_checkin_show(struct rq *rq, struct res *res)
{
    const struct checkin_input *in = rq->input;
    struct meeting m;
    i64 half;
    TRY(meeting_find(rq, rq->path_id, &m));
    if (!checkin_has_code(rq))
        return err_make(ERR_CONFLICT, "meetings.code_off");
    TRY(checkin_open(rq, &m, &half));
    struct checkin_page v = { .m = &m,
                              .half = checkin_half_words(rq, &m, half),
                              .code = in ? in->code : rq_typed(rq, "code", str_of("")) };
    TRY(own_mark(rq, &m, half, &v.came_at));
    err judged = checkin_code_judge(rq, &m, v.code);
    v.ready = judged.code == 0;
    if (!v.ready && rq->error.code == 0) /* else it stands on top */
        v.refusal = text_format(rq->mem, judged.name, str_of(""), str_of(""));
    struct out *out = begin(rq, &m, "meetings.checkin", &v.crumbs);
    view_checkins_own(out, &v);
    page_end(res, out);
    return OK;
}

err page_checkin_come(struct rq *rq, struct res *res)
{
    const struct checkin_input *in = rq->input;
    struct meeting m;
    TRY(meeting_find(rq, rq->path_id, &m));
    TRY(checkin_by_code(rq, &m, in->code));
    res_flash(res, "meetings.checked_in", str_of(""));
    res_redirect(res, arena_printf(rq->mem, "/meetings/%lld", (long long)m.id));
    return OK;
}
