/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Pages of meetings and the same as JSON; papers. Verbs of the flows have theirs from the engine;
 * of an invitee and of attendance: invitee_pages.c. */
#include "modules/meetings/meeting_rules.h"
#include "platform/audit/audit.h"
#include "platform/files/files.h"
#include "platform/flow/flow_pages.h"
#include "platform/settings/settings.h"
#include "platform/text/texts.h"
#include "platform/web/form_page.h"
#include "platform/web/json.h"
#include "views/meetings.h"

static str url_of(struct rq *rq, i64 id)
{
    return arena_printf(rq->mem, "/meetings/%lld", (long long)id);
}

/* ---- the list ---- */

static void list_acts(struct out *out, struct rq *rq)
{
    if (actor_may(rq->actor, "meetings.excuse") || meeting_may_begin(rq).code == 0)
        view_meetings_list_acts(out);
}

static const struct list_look LOOK = { .list = &MEETING_LIST,
                                       .path = "/meetings",
                                       .title = "menu.meetings",
                                       .menu = "meetings",
                                       .main = "title",
                                       .bar = "state kind",
                                       .empty = "meetings.none",
                                       .create = "meetings.organise",
                                       .acts = list_acts };

const struct list_look MEETING_EXPORTED = { .list = &MEETING_LIST,
                                            .path = "/meetings",
                                            .title = "menu.meetings",
                                            .menu = "meetings",
                                            .main = "title",
                                            .bar = "state kind",
                                            .empty = "meetings.none",
                                            .create = "meetings.organise",
                                            .exports = true,
                                            .acts = list_acts };

err page_meeting_list(struct rq *rq, struct res *res)
{
    bool exports = actor_may(rq->actor, "meetings.excuse");
    struct list_look look = exports ? MEETING_EXPORTED : LOOK;
    if (meeting_may_begin(rq).code) /* who heads no committee begins none */
        look.create = NULL;
    return list_show(rq, &look, res);
}

/* ---- writing ---- */

err page_meeting_form(struct rq *rq, struct res *res)
{
    struct meeting m = { .from_half = str_of("morning"), .to_half = str_of("afternoon") };
    TRY(rq->path_id ? meeting_find_managed(rq, rq->path_id, &m) : meeting_may_begin(rq));
    if (!m.id)
        TRY(meeting_prefill(rq, &m));
    str title = text_find(m.id ? "meetings.edit" : "meetings.new");
    struct meeting_input in = meeting_input_of(rq, &m);
    return form_page(rq, res,
                     &(struct form_look){ .form = &MEETING_FORM,
                                          .stored = &in,
                                          .menu = "meetings",
                                          .title = title,
                                          .version = m.version });
}

err page_meeting_save(struct rq *rq, struct res *res)
{
    i64 id = 0;
    TRY(meeting_save(rq, rq->path_id, rq->input, &id));
    res_redirect(res, url_of(rq, id));
    return OK;
}

static err step_load(struct rq *rq, const char *verb, struct flow_subject *out)
{
    TRY(meeting_flow_load(rq, rq->path_id, out));
    return flow_may(rq, &MEETINGS_FLOW, out, verb);
}

/* A step's page with what is stored in it. */
static err step_page(struct rq *rq, struct res *res, const struct meeting *m, const char *verb,
                     struct form_look *look)
{
    look->menu = "meetings";
    look->title = flow_verb_label(rq, &MEETINGS_FLOW, str_of(verb));
    look->version = m->version;
    look->back = url_of(rq, m->id);
    look->crumbs = view_crumbs_of(rq->mem, "meetings", m->id, m->title, look->title);
    return form_page(rq, res, look);
}

err page_meeting_change(struct rq *rq, struct res *res)
{
    struct flow_subject subject;
    TRY(step_load(rq, "change", &subject));
    struct meeting_input stored = meeting_input_of(rq, subject.row);
    return step_page(rq, res, subject.row, "change",
                     &(struct form_look){ .form = &MEETING_CHANGE_FORM,
                                          .stored = &stored,
                                          .subject = text_find("meetings.change_hint") });
}

err page_meeting_minute(struct rq *rq, struct res *res)
{
    struct flow_subject subject;
    TRY(step_load(rq, "minute", &subject));
    const struct meeting *m = subject.row;
    struct meeting_minutes_input stored = { m->id, m->minutes };
    return step_page(rq, res, m, "minute",
                     &(struct form_look){ .form = &MEETING_MINUTES_FORM,
                                          .stored = &stored,
                                          .subject = text_find("meetings.minutes_when") });
}

/* ---- one ---- */

/* What of the invited only organisers and approvers see. m: the row of v. */
static err add_others(struct rq *rq, struct meeting *m, struct meeting_page *v)
{
    static const char *const BACK[] = { "cancel", NULL };
    struct rows *rows = arena_zero(rq->mem, sizeof *rows);
    struct meeting_figures *figures = arena_zero(rq->mem, sizeof *figures);
    if (!v->others)
        return OK;
    TRY(invitee_store_list(rq->db, v->m->id, rq->mem, rows));
    *figures = meeting_figures_of(v->m, rows);
    v->figures = figures;
    m->invited = (i64)rows->count;
    m->going = figures->confirmed;
    v->quorum = meeting_quorum_words(rq, v->m, figures);
    if (str_is(v->m->state, "draft")) {
        TRY(meeting_named(rq, v->m, v->m->audience, rows));
        v->named = rows;
    }
    return flow_steps(rq, &MEETINGS_FLOW, v->m->id, BACK, &v->steps);
}

/* Of what somebody may do with his own invitation what he answers, not what the organiser does. */
static void answers_keep(struct flow_allowed *acts)
{
    size_t kept = 0;
    for (size_t i = 0; i < acts->count; i++) {
        if (strcmp(acts->actions[i]->may, "meetings.answer") != 0)
            continue;
        acts->actions[kept] = acts->actions[i];
        acts->labels[kept++] = acts->labels[i];
    }
    acts->count = kept;
}

static err add_mine(struct rq *rq, struct meeting_page *v)
{
    struct flow_subject subject;
    struct flow_allowed *acts = arena_zero(rq->mem, sizeof *acts);
    if (v->m->invitee_id == 0)
        return OK;
    TRY(invitee_flow_load(rq, v->m->invitee_id, &subject));
    *acts = flow_allowed(rq, &INVITEES_FLOW, &subject);
    answers_keep(acts);
    v->mine = subject.row;
    v->mine_acts = acts;
    return leave_decider(rq, v->mine, &v->decider);
}

static void papers_json(struct json *j, const struct meeting_page *v)
{
    const struct attachment *all = v->papers->items;
    json_array(j, "papers");
    for (size_t i = 0; i < v->papers->count; i++) {
        json_object(j, NULL);
        json_i64(j, "id", all[i].id);
        json_str(j, "name", all[i].name);
        json_i64(j, "size_bytes", all[i].size_bytes);
        json_object_end(j);
    }
    json_array_end(j);
}

static void figures_json(struct json *j, const struct meeting_figures *f)
{
    json_object(j, "figures");
    json_i64(j, "due", f->due);
    json_i64(j, "present", f->present);
    json_i64(j, "part", f->part);
    json_i64(j, "late", f->late);
    json_i64(j, "leave", f->leave);
    json_i64(j, "absent", f->absent);
    json_i64(j, "open", f->open);
    json_i64(j, "unregistered", f->extra);
    json_i64(j, "guests", f->guests);
    json_i64(j, "all_members", f->all_members);
    json_i64(j, "counted", f->counted);
    json_bool(j, "quorum", f->quorum);
    json_object_end(j);
}

/* Modules above put in what belongs to it. */
static err tell_above(struct rq *rq, const struct meeting *m, struct out *out, struct json *j)
{
    const struct meeting_brief brief = { m->id, m->from_on, m->to_on, m->title, m->kind, m->state };
    return event_emit(rq, "meetings.shown", m->id,
                      &(struct meeting_shown){ .out = out, .json = j, .meeting = &brief });
}

/* What the list gives to who sees all meetings alone. */
static void managed_json(struct json *j, const struct meeting_page *v)
{
    if (v->shows_minutes)
        json_str(j, "minutes", v->m->minutes);
    if (!v->office)
        return;
    json_str(j, "audience", v->m->audience);
    json_str(j, "audience_name", v->m->audience_name);
    json_day(j, "reminded_on", v->m->reminded_on);
    json_i64(j, "reminds", v->m->reminds);
}

static err show_json(struct rq *rq, const struct meeting_page *v,
                     const struct flow_subject *subject, struct res *res)
{
    struct json j = json_begin(rq);
    list_row_json(rq, &MEETING_LIST, v->m, LIST_ROW_ONE, &j);
    json_str(&j, "when", v->when);
    json_i64(&j, "half_days", v->halves);
    papers_json(&j, v);
    if (!actor_may(rq->actor, "meetings.excuse"))
        managed_json(&j, v);
    if (v->figures)
        figures_json(&j, v->figures);
    if (v->mine) {
        json_object(&j, "mine");
        list_row_json(rq, &INVITEE_LIST, v->mine, LIST_ROW_ONE, &j);
        json_str(&j, "decider", v->decider);
        json_object_end(&j);
    }
    flow_json_allowed(&j, "actions", &MEETINGS_FLOW, subject, v->acts);
    TRY(tell_above(rq, v->m, NULL, &j));
    json_send(&j, res);
    return OK;
}

err page_meeting_show(struct rq *rq, struct res *res)
{
    struct flow_subject subject;
    struct meeting_page v;
    TRY(meeting_flow_load(rq, rq->path_id, &subject));
    struct flow_allowed acts = flow_allowed(rq, &MEETINGS_FLOW, &subject);
    TRY(meeting_shown_make(rq, subject.row, &v));
    v.acts = &acts;
    TRY(add_others(rq, subject.row, &v));
    TRY(add_mine(rq, &v));
    if (rq->api)
        return show_json(rq, &v, &subject, res);
    struct out *out = page_begin(rq, subject.title, "meetings");
    struct out inner = { .buf = buf_new(rq->mem, out->buf->max), .page = out->page };
    TRY(tell_above(rq, v.m, &inner, NULL));
    v.more.s = buf_str(inner.buf);
    view_meetings_show(out, &v);
    page_end(res, out);
    return OK;
}

/* ---- papers ---- */

static err papers_may(const struct meeting *m)
{
    return str_is(m->state, "cancelled") ? err_make(ERR_CONFLICT, "meetings.is_cancelled") : OK;
}

err page_meeting_papers(struct rq *rq, struct res *res)
{
    const struct meeting_papers_input *in = rq->input;
    struct meeting m;
    TRY(meeting_find_managed(rq, rq->path_id, &m));
    TRY(papers_may(&m));
    if (in->papers.count == 0) {
        rq_fault(rq, "papers", "form.required", str_of(""), str_of(""));
        return err_make(ERR_INVALID, "form.faults");
    }
    TRY(attachment_keep(rq, "papers", "meetings", m.id));
    TRY(audit_add(rq,
                  &(struct audit_entry){ "meetings.papers", "meetings", m.id, .after = m.title }));
    res_flash(res, "meetings.papers_kept", str_of(""));
    res_redirect(res, url_of(rq, m.id));
    return OK;
}

err page_meeting_paper_remove(struct rq *rq, struct res *res)
{
    const struct meeting_paper_input *in = rq->input;
    struct meeting m;
    TRY(meeting_find_managed(rq, in->id, &m));
    TRY(papers_may(&m));
    TRY(attachment_remove(rq, "meetings", m.id, in->file));
    TRY(audit_add(rq,
                  &(struct audit_entry){ "meetings.papers", "meetings", m.id, .before = m.title }));
    res_flash(res, "meetings.paper_removed", str_of(""));
    res_redirect(res, url_of(rq, m.id));
    return OK;
}

err file_meeting_paper(struct rq *rq, struct res *res)
{
    const struct meeting_paper_input *in = rq->input;
    struct meeting m;
    TRY(meeting_find(rq, in->id, &m));
    return attachment_send(rq, res, "meetings", m.id, in->file);
}
