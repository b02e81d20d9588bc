/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Pages of the meeting, and the same as JSON: all of them with the days that are left, one with its
 * list by agency, its days and minutes, and what became of handing out. On paper:
 * preassignment_paper.c. */
#include "modules/orgs/org.h"
#include "modules/preassignments/preassignment_pages.h"
#include "modules/preassignments/preassignment_store.h"
#include "modules/preassignments/preassignment_views.h"
#include "modules/proposals/proposal.h"
#include "modules/proposals/proposal_list.h"
#include "platform/text/texts.h"
#include "platform/web/form_page.h"
#include "platform/web/json.h"
#include "views/preassignments.h"
#include "views/web.h"

extern const struct form PREASSIGNMENT_MEETING_FORM, PREASSIGNMENT_MEETING_EDIT_FORM, MINUTES_FORM;

static str name_of_session(struct rq *rq, i64 id)
{
    struct session session;
    return session_find(rq, id, &session).code == ERR_NONE ? session_name(rq->mem, &session)
                                                           : str_of("");
}

static str url_of(struct rq *rq, i64 id)
{
    return arena_printf(rq->mem, "/preassignments/meetings/%lld", (long long)id);
}

static const struct view_link *crumbs_of(struct rq *rq, const struct preassignment_meeting *m,
                                         str title)
{
    struct view_link *crumbs = arena_zero(rq->mem, 5 * sizeof *crumbs);
    size_t n = 0;
    crumbs[n++] = (struct view_link){ text_find("menu.preassignments"), str_of("/preassignments") };
    if (title.len)
        crumbs[n++] = (struct view_link){ text_find("preassignments.page.meetings"),
                                          str_of("/preassignments/meetings") };
    if (m)
        crumbs[n++] = (struct view_link){ m->name, url_of(rq, m->id) };
    crumbs[n] = (struct view_link){ title.len ? title : text_find("preassignments.page.meetings"),
                                    str_of("") };
    return crumbs;
}

static struct preassignment_meeting_clock clock_of(struct rq *rq, i64 session_id,
                                                   const struct rows *meetings)
{
    const struct preassignment_meeting *all = meetings->items;
    struct preassignment_meeting_clock clock = {
        .last_on = preassignment_meeting_last_day(rq, session_id)
    };
    clock.days_left = clock.last_on - rq->today;
    for (size_t i = 0; i < meetings->count; i++)
        clock.held |= all[i].session_id == session_id && str_is(all[i].state, "held");
    return clock;
}

/* ---- all of them ---- */

static const struct field MEETING[] = {
    FIELD(struct preassignment_meeting, id),      FIELD(struct preassignment_meeting, session_id),
    FIELD(struct preassignment_meeting, name),    FIELD(struct preassignment_meeting, held_on),
    FIELD(struct preassignment_meeting, place),   FIELD(struct preassignment_meeting, state),
    FIELD(struct preassignment_meeting, version), { 0 },
};

err page_preassignment_meeting_list(struct rq *rq, struct res *res)
{
    struct rows rows;
    struct session session = { 0 };
    struct preassignment_meeting_list v = { .may = actor_may(rq->actor, "preassignments.meeting") };
    TRY(preassignment_meeting_store_list(rq->db, rq->mem, &rows));
    err e = session_on(rq, rq->today, &session);
    if (e.code != ERR_NONE && e.code != ERR_NOT_FOUND)
        return e;
    v.clock = clock_of(rq, session.id, &rows);
    if (rq->api) {
        struct json j = json_begin(rq);
        json_rows(&j, "items", MEETING, &rows);
        json_day(&j, "last_on", v.clock.last_on);
        json_send(&j, res);
        return OK;
    }
    const struct preassignment_meeting *all = rows.items;
    struct preassignment_meeting_item *items = arena_array(rq->mem, rows.count + 1, sizeof *items);
    for (size_t i = 0; i < rows.count; i++)
        items[i] =
            (struct preassignment_meeting_item){ &all[i], name_of_session(rq, all[i].session_id) };
    v.items = items;
    v.count = rows.count;
    struct out *out = page_begin(rq, text_find("preassignments.page.meetings"), "preassignments");
    view_preassignments_meetings(out, &v, crumbs_of(rq, NULL, str_of("")));
    page_end(res, out);
    return OK;
}

/* ---- one ---- */

/* Docketed ones of the session that are put to nobody: the list where they stand. */
static err unnamed_make(struct rq *rq, struct preassignment_meeting_show *v)
{
    struct list_query q;
    struct list_result result;
    str query =
        arena_printf(rq->mem, "state=docketed&session_id=%lld", (long long)v->m->session_id);
    TRY(list_parse_text(rq, &PROPOSAL_LIST, query, &q));
    q.limit = 1;
    TRY(list_page(rq, &PROPOSAL_LIST, &q, &result));
    v->unnamed = result.total;
    v->unnamed_url = arena_printf(rq->mem, "/proposals?%.*s", (int)query.len, query.ptr);
    return OK;
}

/* Of whoever is asked for; else of the first that stands there. */
static err lines_make(struct rq *rq, i64 agency_id, struct preassignment_meeting_show *v)
{
    const struct preassignment_meeting_agency *all = v->agencies.items;
    TRY(preassignment_meeting_disputed(rq, v->m, &v->disputed));
    v->lines = (struct rows){ .size = sizeof(struct preassignment) };
    for (size_t i = 0; i < v->agencies.count; i++)
        if (all[i].agency_id == agency_id || (agency_id == 0 && v->agency_id == 0)) {
            v->agency_id = all[i].agency_id;
            v->agency_name = all[i].agency_name;
        }
    return v->agency_id ? preassignment_meeting_lines(rq, v->m, v->agency_id, &v->lines, &v->cut)
                        : OK;
}

static err stuck_make(struct rq *rq, struct preassignment_meeting_show *v)
{
    struct rows rows;
    TRY(preassignment_meeting_stuck(rq, v->m, &rows));
    const struct preassignment *all = rows.items;
    struct stuck_item *items = arena_array(rq->mem, rows.count + 1, sizeof *items);
    for (size_t i = 0; i < rows.count; i++)
        items[i] = (struct stuck_item){ &all[i], all[i].due_on > 0 && all[i].due_on <= rq->today };
    v->stuck = items;
    v->stuck_count = rows.count;
    return OK;
}

static err show_make(struct rq *rq, i64 id, i64 agency_id, struct preassignment_meeting_show *v)
{
    struct preassignment_meeting *m = arena_zero(rq->mem, sizeof *m);
    struct rows meetings;
    TRY(preassignment_meeting_find(rq, id, m));
    TRY(preassignment_meeting_store_list(rq->db, rq->mem, &meetings));
    v->m = m;
    v->session = name_of_session(rq, m->session_id);
    v->clock = clock_of(rq, m->session_id, &meetings);
    v->office = preassignment_is_office(rq);
    v->may = actor_may(rq->actor, "preassignments.meeting");
    TRY(preassignment_meeting_agencies(rq, m, &v->agencies));
    TRY(lines_make(rq, agency_id, v));
    if (!v->office)
        return OK;
    TRY(unnamed_make(rq, v));
    TRY(stuck_make(rq, v));
    return preassignment_meeting_ready(rq, m, HAND_OUT_MAX, &v->ready, &v->ready_count);
}

static const struct field AGENCY[] = {
    FIELD(struct preassignment_meeting_agency, agency_id),
    FIELD(struct preassignment_meeting_agency, agency_name),
    FIELD(struct preassignment_meeting_agency, hosts),
    FIELD(struct preassignment_meeting_agency, cohosts),
    FIELD(struct preassignment_meeting_agency, objected),
    FIELD(struct preassignment_meeting_agency, asked),
    FIELD(struct preassignment_meeting_agency, agreed),
    FIELD(struct preassignment_meeting_agency, handed),
    { 0 },
};

static const struct field LINE[] = {
    FIELD(struct preassignment, id),
    FIELD(struct preassignment, proposal_id),
    FIELD(struct preassignment, number),
    FIELD(struct preassignment, title),
    FIELD(struct preassignment, agency_id),
    FIELD(struct preassignment, agency_name),
    FIELD(struct preassignment, role),
    FIELD(struct preassignment, state),
    FIELD(struct preassignment, due_on),
    FIELD(struct preassignment, reason),
    FIELD(struct preassignment, better_agency_name),
    FIELD(struct preassignment, handed_at),
    { 0 },
};

/* All lines, or those of the agency that is asked for. What was said there is the office's. */
static err show_json(struct rq *rq, const struct preassignment_meeting_show *v, i64 agency_id,
                     struct res *res)
{
    struct rows lines;
    bool cut;
    TRY(preassignment_meeting_lines(rq, v->m, agency_id, &lines, &cut));
    struct json j = json_begin(rq);
    json_fields(&j, MEETING, v->m);
    json_day(&j, "last_on", v->clock.last_on);
    if (v->office) {
        json_str(&j, "minutes", v->m->minutes);
        json_i64(&j, "unnamed", v->unnamed);
        json_i64(&j, "ready", v->ready_count);
        json_i64(&j, "stuck", (i64)v->stuck_count);
    }
    json_rows(&j, "agencies", AGENCY, &v->agencies);
    json_rows(&j, "lines", LINE, &lines);
    json_bool(&j, "cut", cut);
    json_send(&j, res);
    return OK;
}

static void show_send(struct rq *rq, struct res *res, const struct preassignment_meeting_show *v)
{
    struct out *out = page_begin(rq, v->m->name, "preassignments");
    view_preassignments_meeting(out, v, crumbs_of(rq, NULL, v->m->name));
    page_end(res, out);
}

err page_preassignment_meeting_show(struct rq *rq, struct res *res)
{
    const struct preassignment_meeting_query *in = rq->input;
    struct preassignment_meeting_show v = { .m = NULL };
    TRY(show_make(rq, in->id, in->agency_id, &v));
    if (rq->api)
        return show_json(rq, &v, in->agency_id, res);
    show_send(rq, res, &v);
    return OK;
}

/* ---- its days and minutes ---- */

static err meeting_form(struct rq *rq, struct res *res, const struct form_look *look)
{
    struct form_look whole = *look;
    whole.menu = "preassignments";
    return form_page(rq, res, &whole);
}

err page_preassignment_meeting_new(struct rq *rq, struct res *res)
{
    struct preassignment_meeting_input *stored = arena_zero(rq->mem, sizeof *stored);
    struct session session;
    err e = session_on(rq, rq->today, &session);
    if (e.code != ERR_NONE && e.code != ERR_NOT_FOUND)
        return e;
    if (e.code == ERR_NONE) {
        stored->session = arena_printf(rq->mem, "%lld", (long long)session.id);
        stored->name = text_format(rq->mem, "preassignments.meeting_name",
                                   session_name(rq->mem, &session), str_of(""));
    }
    str title = text_find("preassignments.page.new_meeting");
    return meeting_form(rq, res,
                        &(struct form_look){ .form = &PREASSIGNMENT_MEETING_FORM,
                                             .stored = stored,
                                             .title = title,
                                             .back = str_of("/preassignments/meetings"),
                                             .crumbs = crumbs_of(rq, NULL, title) });
}

err page_preassignment_meeting_edit(struct rq *rq, struct res *res)
{
    struct preassignment_meeting m;
    TRY(preassignment_meeting_find(rq, rq->path_id, &m));
    if (str_is(m.state, "held"))
        return err_make(ERR_CONFLICT, "preassignments.held");
    struct preassignment_meeting_input *stored = arena_zero(rq->mem, sizeof *stored);
    *stored = (struct preassignment_meeting_input){
        m.id,   m.version, m.held_on, arena_printf(rq->mem, "%lld", (long long)m.session_id),
        m.name, m.place
    };
    str title = text_find("preassignments.page.edit_meeting");
    return meeting_form(rq, res,
                        &(struct form_look){ .form = &PREASSIGNMENT_MEETING_EDIT_FORM,
                                             .stored = stored,
                                             .title = title,
                                             .version = m.version,
                                             .back = url_of(rq, m.id),
                                             .crumbs = crumbs_of(rq, &m, title) });
}

static err save(struct rq *rq, struct res *res, i64 id)
{
    struct preassignment_meeting_input in = *(const struct preassignment_meeting_input *)rq->input;
    in.id = id;
    TRY(preassignment_meeting_save(rq, &in, &id));
    if (rq->api && in.id == 0)
        res_status(res, 201);
    res_flash(res, "preassignments.meeting_saved", str_of(""));
    res_redirect(res, url_of(rq, id));
    return OK;
}

err page_preassignment_meeting_add(struct rq *rq, struct res *res)
{
    return save(rq, res, 0);
}

err page_preassignment_meeting_save(struct rq *rq, struct res *res)
{
    return save(rq, res, rq->path_id);
}

err page_preassignment_meeting_minutes(struct rq *rq, struct res *res)
{
    struct preassignment_meeting m;
    TRY(preassignment_meeting_find(rq, rq->path_id, &m));
    struct minutes_input *stored = arena_zero(rq->mem, sizeof *stored);
    *stored = (struct minutes_input){ m.id, m.version, m.held_on, m.minutes };
    str title = text_find("preassignments.page.record");
    return meeting_form(rq, res,
                        &(struct form_look){ .form = &MINUTES_FORM,
                                             .stored = stored,
                                             .title = title,
                                             .version = m.version,
                                             .back = url_of(rq, m.id),
                                             .crumbs = crumbs_of(rq, &m, title) });
}

err page_preassignment_meeting_record(struct rq *rq, struct res *res)
{
    struct minutes_input in = *(const struct minutes_input *)rq->input;
    in.id = rq->path_id;
    TRY(preassignment_meeting_record(rq, &in));
    res_flash(res, "preassignments.recorded", str_of(""));
    res_redirect(res, url_of(rq, in.id));
    return OK;
}

/* ---- handing out ---- */

static void handed_make(struct rq *rq, const struct rows *rows,
                        struct preassignment_meeting_show *v)
{
    const struct handed *all = rows->items;
    struct handed_item *items = arena_array(rq->mem, rows->count + 1, sizeof *items);
    for (size_t i = 0; i < rows->count; i++) {
        bool failed = all[i].fault.code != ERR_NONE;
        items[i] =
            (struct handed_item){ all[i].proposal_id, all[i].number, all[i].title,
                                  failed ? text_format(rq->mem, all[i].fault.name,
                                                       all[i].fault.arg[0], all[i].fault.arg[1])
                                         : str_of("") };
        v->failed_count += failed;
    }
    v->handed = items;
    v->handed_count = rows->count;
}

static void handed_json(struct rq *rq, const struct rows *rows,
                        const struct preassignment_meeting_show *v, struct res *res)
{
    const struct handed *all = rows->items;
    struct json j = json_begin(rq);
    json_array(&j, "proposals");
    for (size_t i = 0; i < v->handed_count; i++) {
        json_object(&j, NULL);
        json_i64(&j, "id", all[i].proposal_id);
        json_str(&j, "number", all[i].number);
        json_bool(&j, "done", all[i].fault.code == ERR_NONE);
        if (all[i].fault.code != ERR_NONE) {
            json_str(&j, "error", str_of(all[i].fault.name));
            json_str(&j, "why", v->handed[i].why);
        }
        json_object_end(&j);
    }
    json_array_end(&j);
    json_i64(&j, "left", v->ready_count);
    json_send(&j, res);
}

/* One by one, in one answer that names each: what fails leaves the others as they are. */
err page_preassignment_meeting_hand_out(struct rq *rq, struct res *res)
{
    const struct hand_out_input *in = rq->input;
    struct preassignment_meeting_show v = { .m = NULL };
    struct preassignment_meeting m;
    struct rows rows;
    TRY(preassignment_meeting_find(rq, in->id, &m));
    TRY(preassignment_meeting_hand_out(rq, &m, in, &rows));
    TRY(show_make(rq, m.id, 0, &v));
    handed_make(rq, &rows, &v);
    if (rq->api)
        handed_json(rq, &rows, &v, res);
    else
        show_send(rq, res, &v);
    return OK;
}
