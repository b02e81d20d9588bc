/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Terms and sessions: the calendar, entering a session, correcting either; pages and JSON. Rules:
 * session.c. */
#include "modules/orgs/org_forms.h"
#include "modules/orgs/org_parts.h"
#include "modules/orgs/org_views.h"
#include "modules/orgs/session.h"
#include "platform/text/texts.h"
#include "platform/web/conflict.h"
#include "platform/web/form_page.h"
#include "platform/web/json.h"
#include "views/orgs.h"

/* ---- JSON ---- */

static const struct field TERM_JSON[] = {
    FIELD(struct term, id),    FIELD(struct term, number),  FIELD(struct term, from_on),
    FIELD(struct term, to_on), FIELD(struct term, version), { 0 },
};

static void put_session(struct rq *rq, struct json *j, const struct session *s)
{
    json_i64(j, "id", s->id);
    json_i64(j, "term_id", s->term_id);
    json_i64(j, "term_number", s->term_number);
    json_i64(j, "number", s->number);
    json_str(j, "name", session_name(rq->mem, s));
    json_day(j, "opened_on", s->opened_on);
    json_day(j, "closed_on", s->closed_on);
    json_day(j, "until_on", s->until_on);
    json_i64(j, "version", s->version);
}

static err send_session(struct rq *rq, struct res *res, i64 id)
{
    struct session session;
    TRY(session_find(rq, id, &session));
    struct json j = json_begin(rq);
    put_session(rq, &j, &session);
    json_send(&j, res);
    return OK;
}

static err send_sessions(struct rq *rq, struct res *res, const struct rows *rows)
{
    const struct session *all = rows->items;
    struct json j = json_begin(rq);
    json_array(&j, "items");
    for (size_t i = 0; i < rows->count; i++) {
        json_object(&j, NULL);
        put_session(rq, &j, &all[i]);
        json_object_end(&j);
    }
    json_array_end(&j);
    json_send(&j, res);
    return OK;
}

static err send_term(struct rq *rq, struct res *res, i64 id)
{
    struct term term;
    TRY(term_find(rq, id, &term));
    struct json j = json_begin(rq);
    json_fields(&j, TERM_JSON, &term);
    json_send(&j, res);
    return OK;
}

err api_session_show(struct rq *rq, struct res *res)
{
    return send_session(rq, res, rq->path_id);
}

err api_term_show(struct rq *rq, struct res *res)
{
    return send_term(rq, res, rq->path_id);
}

err api_term_list(struct rq *rq, struct res *res)
{
    struct rows rows;
    TRY(term_list(rq, &rows));
    struct json j = json_begin(rq);
    json_rows(&j, "items", TERM_JSON, &rows);
    json_send(&j, res);
    return OK;
}

/* ---- pages ---- */

err page_session_list(struct rq *rq, struct res *res)
{
    struct rows sessions, terms;
    TRY(session_list(rq, &sessions));
    if (rq->api)
        return send_sessions(rq, res, &sessions);
    TRY(term_list(rq, &terms));
    const struct session *all = sessions.items;
    const struct term *every = terms.items;
    struct session_item *items = arena_array(rq->mem, sessions.count + 1, sizeof *items);
    for (size_t i = 0; i < sessions.count; i++)
        items[i] = (struct session_item){ &all[i], session_name(rq->mem, &all[i]) };
    struct term_item *spans = arena_array(rq->mem, terms.count + 1, sizeof *spans);
    for (size_t i = 0; i < terms.count; i++)
        spans[i] = (struct term_item){ &every[i], term_name(rq->mem, &every[i]) };
    struct session_page v = { .crumbs = view_crumbs(rq->mem, "orgs", text_find("orgs.sessions")),
                              .items = items,
                              .count = sessions.count,
                              .terms = spans,
                              .term_count = terms.count,
                              .may_manage = actor_may(rq->actor, "orgs.manage") };
    struct out *out = page_begin(rq, text_find("orgs.sessions"), "orgs");
    view_orgs_sessions(out, &v);
    page_end(res, out);
    return OK;
}

/* A form of this part: the way back is the calendar. */
static err draw(struct rq *rq, struct res *res, struct form_look *look)
{
    struct view_link *crumbs = arena_array(rq->mem, 4, sizeof *crumbs);
    crumbs[0] = (struct view_link){ text_find("menu.orgs"), str_of("/orgs") };
    crumbs[1] = (struct view_link){ text_find("orgs.sessions"), str_of("/sessions") };
    crumbs[2] = (struct view_link){ look->title, str_of("") };
    look->menu = "orgs";
    look->back = str_of("/sessions");
    look->crumbs = crumbs;
    return form_page(rq, res, look);
}

/* The next one is proposed. */
err page_session_new(struct rq *rq, struct res *res)
{
    struct rows rows;
    TRY(session_list(rq, &rows));
    const struct session *all = rows.items;
    struct session_input in = { .term_number = rows.count ? all[0].term_number : 1,
                                .number = rows.count ? all[0].number + 1 : 1 };
    return draw(rq, res,
                &(struct form_look){ .form = &SESSION_NEW_FORM,
                                     .stored = &in,
                                     .title = text_find("orgs.session_new"),
                                     .subject = text_find("orgs.session_new_hint") });
}

static struct session session_of(const struct session_input *in)
{
    return (struct session){ .id = in->id,
                             .version = in->version,
                             .term_number = in->term_number,
                             .number = in->number,
                             .opened_on = in->opened_on,
                             .closed_on = in->closed_on,
                             .until_on = org_day(in->until_on) };
}

static err done(struct rq *rq, struct res *res, str name)
{
    (void)rq;
    res_flash(res, "orgs.saved", name);
    res_redirect(res, str_of("/sessions"));
    return OK;
}

err page_session_add(struct rq *rq, struct res *res)
{
    struct session session = session_of(rq->input);
    i64 id;
    TRY(session_add(rq, &session, &id));
    return rq->api ? send_session(rq, res, id) : done(rq, res, session_name(rq->mem, &session));
}

/* As its form shows it. */
static struct session_input stored_session(const struct session *s)
{
    return (struct session_input){ .term_number = s->term_number,
                                   .number = s->number,
                                   .opened_on = s->opened_on,
                                   .closed_on = s->closed_on,
                                   .until_on = s->until_on };
}

err page_session_edit(struct rq *rq, struct res *res)
{
    struct session s;
    TRY(session_find(rq, rq->path_id, &s));
    struct session_input in = stored_session(&s);
    return draw(rq, res,
                &(struct form_look){ .form = &SESSION_FORM,
                                     .stored = &in,
                                     .title = text_find("orgs.session_edit"),
                                     .subject = session_name(rq->mem, &s),
                                     .version = s.version });
}

err page_session_save(struct rq *rq, struct res *res)
{
    struct session session = session_of(rq->input), old;
    TRY(session_find(rq, session.id, &old));
    struct session_input stored = stored_session(&old);
    TRY(conflict_check(rq, "web.version", session.version, old.version, &stored));
    TRY(session_correct(rq, &session));
    return rq->api ? send_session(rq, res, session.id)
                   : done(rq, res, session_name(rq->mem, &session));
}

err page_term_edit(struct rq *rq, struct res *res)
{
    struct term t;
    TRY(term_find(rq, rq->path_id, &t));
    struct term_input in = { .number = t.number, .from_on = t.from_on, .to_on = t.to_on };
    return draw(rq, res,
                &(struct form_look){ .form = &TERM_FORM,
                                     .stored = &in,
                                     .title = text_find("orgs.term_edit"),
                                     .subject = term_name(rq->mem, &t),
                                     .version = t.version });
}

err page_term_save(struct rq *rq, struct res *res)
{
    const struct term_input *in = rq->input;
    struct term term = { .id = in->id,
                         .number = in->number,
                         .from_on = in->from_on,
                         .to_on = org_day(in->to_on),
                         .version = in->version };
    struct term old;
    TRY(term_find(rq, term.id, &old));
    struct term_input stored = { .number = old.number, .from_on = old.from_on, .to_on = old.to_on };
    TRY(conflict_check(rq, "web.version", in->version, old.version, &stored));
    TRY(term_correct(rq, &term));
    return rq->api ? send_term(rq, res, term.id) : done(rq, res, term_name(rq->mem, &term));
}
