/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Pages of invitees, and of who was there; the same as JSON. */
#include "modules/meetings/checkin.h"
#include "platform/base/str.h"
#include "platform/flow/flow_pages.h"
#include "platform/settings/settings.h"
#include "platform/text/texts.h"
#include "platform/web/json.h"
#include "views/meetings.h"

/* ---- all who were invited, for organisers and approvers ---- */

const struct list_look INVITEE_LOOK = { .list = &INVITEE_LIST,
                                        .path = "/invitees",
                                        .title = "invitees.page",
                                        .menu = "meetings",
                                        .main = "name",
                                        .under = "sector_name",
                                        .bar = "state result",
                                        .empty = "invitees.none",
                                        .exports = true };

err page_invitee_list(struct rq *rq, struct res *res)
{
    return list_show(rq, &INVITEE_LOOK, res);
}

/* ---- one ---- */

/* To the approver's page the meeting's own acts do not belong, so it is made without them. */
err page_invitee_show(struct rq *rq, struct res *res)
{
    static const char *const BACK[] = { "deny", "drop", "cancel", "reask", NULL };
    struct flow_subject subject;
    struct meeting_page meeting;
    struct meeting m;
    TRY(invitee_flow_load(rq, rq->path_id, &subject));
    const struct invitee *i = subject.row;
    struct flow_allowed acts = flow_allowed(rq, &INVITEES_FLOW, &subject);
    str decider;
    TRY(leave_decider(rq, i, &decider));
    if (rq->api) {
        struct json j = json_begin(rq);
        list_row_json(rq, &INVITEE_LIST, i, LIST_ROW_ONE, &j);
        json_str(&j, "decider", decider);
        flow_json_allowed(&j, "actions", &INVITEES_FLOW, &subject, &acts);
        json_send(&j, res);
        return OK;
    }
    TRY(meeting_store_find(rq->db, i->meeting_id, rq->mem, &m));
    TRY(meeting_shown_make(rq, &m, &meeting));
    struct invitee_page v = { .meeting = &meeting,
                              .i = i,
                              .acts = &acts,
                              .leave_kind =
                                  dictionary_label(rq, "meetings.leave_kinds", i->leave_kind),
                              .decider = decider,
                              .own = invitee_is_own(rq, i) };
    meeting.decider = decider;
    TRY(flow_steps(rq, &INVITEES_FLOW, i->id, BACK, &v.steps));
    str title = v.own ? text_format(rq->mem, "invitees.mine", i->title, str_of(""))
                      : text_format(rq->mem, "invitees.of", i->name, i->title);
    struct out *out = page_begin(rq, title, "meetings");
    view_meetings_invitee(out, &v);
    page_end(res, out);
    return OK;
}

/* A member comes from the meeting and goes back there: the list of invitees is not his. */
err page_invitee_leave(struct rq *rq, struct res *res)
{
    struct flow_subject subject;
    TRY(invitee_flow_load(rq, rq->path_id, &subject));
    TRY(flow_may(rq, &INVITEES_FLOW, &subject, "leave"));
    const struct invitee *i = subject.row;
    str title = flow_verb_label(rq, &INVITEES_FLOW, str_of("leave"));
    return form_page(rq, res,
                     &(struct form_look){
                         .form = &INVITEE_LEAVE_FORM,
                         .menu = "meetings",
                         .title = title,
                         .subject = i->title,
                         .version = subject.version,
                         .button = title,
                         .back = arena_printf(rq->mem, "/meetings/%lld", (long long)i->meeting_id),
                         .crumbs =
                             view_crumbs_of(rq->mem, "meetings", i->meeting_id, i->title, title) });
}

/* ---- who was there ---- */

static str page_url(struct rq *rq, const struct meeting *m, str show, i64 page)
{
    return arena_printf(rq->mem, "/meetings/%lld/attendance?show=%.*s&page=%lld", (long long)m->id,
                        (int)show.len, show.ptr, (long long)page);
}

static void shows_make(struct rq *rq, struct attendance_page *v, str show, size_t all)
{
    static const char *const SHOWS[] = { "all", "open" };
    const i64 counts[] = { (i64)all, v->open };
    struct view_tab *tabs = arena_array(rq->mem, 2, sizeof *tabs);
    for (size_t i = 0; i < 2; i++)
        tabs[i] = (struct view_tab){ text_label("choices.shown", str_of(SHOWS[i])),
                                     page_url(rq, v->m, str_of(SHOWS[i]), 1), counts[i],
                                     str_is(show, SHOWS[i]) };
    v->shows = (struct view_tabs){ text_find("meetings.shows"), tabs, 2 };
}

/* The lines of a page. What a fault came back with is of the same page: its lines are as before. */
static err lines_make(struct rq *rq, const struct attendance_input *in, struct attendance_page *v)
{
    struct rows rows;
    TRY(invitee_store_list(rq->db, v->m->id, rq->mem, &rows));
    TRY(checkin_count(rq, v->m->id, &rows));
    struct invitee *all = rows.items;
    struct invitee *chosen = arena_array(rq->mem, rows.count + 1, sizeof *chosen);
    bool open = in && str_is(in->show, "open");
    str show = str_of(open ? "open" : "all");
    size_t count = 0;
    for (size_t i = 0; i < rows.count; i++) {
        v->open += all[i].result.len == 0;
        if (!open || all[i].result.len == 0)
            chosen[count++] = all[i];
    }
    v->total = (i64)count;
    v->pages = ((i64)count + ATTENDANCE_PAGE - 1) / ATTENDANCE_PAGE;
    v->page = in && in->page > 1 ? in->page : 1;
    if (v->page > v->pages)
        v->page = v->pages ? v->pages : 1;
    size_t from = (size_t)(v->page - 1) * ATTENDANCE_PAGE;
    v->lines = chosen + from;
    v->count = count - from < ATTENDANCE_PAGE ? count - from : ATTENDANCE_PAGE;
    v->action = page_url(rq, v->m, show, v->page);
    if (v->page > 1)
        v->before = page_url(rq, v->m, show, v->page - 1);
    if (v->page < v->pages)
        v->after = page_url(rq, v->m, show, v->page + 1);
    shows_make(rq, v, show, rows.count);
    return OK;
}

static void lines_json(struct rq *rq, const struct attendance_page *v, struct res *res)
{
    struct json j = json_begin(rq);
    json_i64(&j, "half_days", v->halves);
    json_i64(&j, "total", v->total);
    json_i64(&j, "page", v->page);
    json_i64(&j, "pages", v->pages);
    json_array(&j, "items");
    for (size_t i = 0; i < v->count; i++) {
        const struct invitee *line = &v->lines[i];
        json_object(&j, NULL);
        json_i64(&j, "id", line->id);
        json_i64(&j, "member_id", line->member_id);
        json_str(&j, "name", line->name);
        json_str(&j, "sector", line->sector_name);
        json_str(&j, "role", line->role);
        json_str(&j, "state", line->state);
        json_str(&j, "result", line->result);
        json_i64(&j, "halves", line->halves);
        json_str(&j, "leave_kind", line->leave_kind);
        json_i64(&j, "checkins", line->checkins);
        json_i64(&j, "version", line->version);
        json_object_end(&j);
    }
    json_array_end(&j);
    json_send(&j, res);
}

/* What was typed, where it is of the same lines. */
static strs typed(const struct rq *rq, const char *field, strs stored)
{
    strs back = rq_typed_all(rq, field, stored);
    return back.count == stored.count ? back : stored;
}

err page_attendance_show(struct rq *rq, struct res *res)
{
    struct meeting m;
    TRY(meeting_find_managed(rq, rq->path_id, &m));
    if (!str_is(m.state, "held"))
        return err_make(ERR_CONFLICT, "meetings.not_held");
    if (!checkin_has_register(rq))
        return err_make(ERR_CONFLICT, "meetings.register_off");
    struct attendance_page v = { .m = &m,
                                 .halves =
                                     meeting_halves(m.from_on, m.from_half, m.to_on, m.to_half) };
    TRY(lines_make(rq, rq->input, &v));
    if (rq->api) {
        lines_json(rq, &v, res);
        return OK;
    }
    TRY(dictionary_list(rq, "meetings.leave_kinds", &v.leave_kinds));
    struct attendance_typed now = { 0 };
    for (size_t i = 0; i < v.count; i++) {
        const struct invitee *line = &v.lines[i];
        bool part = str_is(line->result, "part");
        strs_add(rq->mem, &now.results, line->result);
        strs_add(rq->mem, &now.leave_kinds, line->leave_kind);
        strs_add(rq->mem, &now.halves,
                 part ? arena_printf(rq->mem, "%lld", (long long)line->halves) : str_of(""));
    }
    now.results = typed(rq, "results", now.results);
    now.halves = typed(rq, "halves", now.halves);
    now.leave_kinds = typed(rq, "leave_kinds", now.leave_kinds);
    str title = text_find("meetings.attendance");
    v.crumbs = view_crumbs_of(rq->mem, "meetings", m.id, m.title, title);
    struct out *out =
        page_begin(rq, text_format(rq->mem, "meetings.attendance_of", m.title, str_of("")),
                   "meetings");
    view_meetings_attendance(out, &v, &now);
    page_end(res, out);
    return OK;
}

err page_attendance_record(struct rq *rq, struct res *res)
{
    const struct attendance_input *in = rq->input;
    struct meeting m;
    TRY(meeting_find_managed(rq, rq->path_id, &m));
    TRY(attendance_record(rq, &m, in));
    res_flash(res, "meetings.recorded", str_of(""));
    res_redirect(res, page_url(rq, &m, str_is(in->show, "open") ? in->show : str_of("all"),
                               in->page > 1 ? in->page : 1));
    return OK;
}
