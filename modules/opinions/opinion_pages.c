/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Pages on which opinions are seen: the list, one of them, the desk's queue, similar ones, files;
 * the same as JSON. Writing: opinion_form_pages.c; verbs of the flow have theirs from the engine.
 */
#include "modules/opinions/opinion_pages.h"

#include "modules/opinions/opinion_edit.h"
#include "modules/opinions/opinion_store.h"
#include "modules/opinions/opinion_views.h"
#include "platform/calendar/calendar.h"
#include "platform/files/files.h"
#include "platform/flow/flow_pages.h"
#include "platform/settings/settings.h"
#include "platform/text/texts.h"
#include "platform/web/json.h"
#include "views/opinions.h"

enum { SIMILAR_SHOWN = 5 };

/* ---- the list ---- */

static void cell_submitted(struct out *out, const void *row)
{
    view_opinions_list_moment(out, ((const struct opinion *)row)->submitted_at);
}

static void acts(struct out *out, struct rq *rq)
{
    view_opinions_list_acts(out, actor_may(rq->actor, "opinions.take"));
}

static const struct list_cell CELLS[] = { { "submitted_at", cell_submitted }, { 0 } };

static const struct list_look LOOK = { .list = &OPINION_LIST,
                                       .path = "/opinions",
                                       .title = "menu.opinions",
                                       .menu = "opinions",
                                       .main = "title",
                                       .under = "number",
                                       .bar = "state category",
                                       .empty = "opinions.none",
                                       .create = "opinions.write",
                                       .cells = CELLS,
                                       .acts = acts };

const struct list_look OPINION_EXPORTED = { .list = &OPINION_LIST,
                                            .path = "/opinions",
                                            .title = "menu.opinions",
                                            .menu = "opinions",
                                            .main = "title",
                                            .under = "number",
                                            .bar = "state category",
                                            .empty = "opinions.none",
                                            .create = "opinions.write",
                                            .exports = true,
                                            .cells = CELLS,
                                            .acts = acts };

err page_opinion_list(struct rq *rq, struct res *res)
{
    return list_show(rq, actor_may(rq->actor, "opinions.export") ? &OPINION_EXPORTED : &LOOK, res);
}

err file_opinion_attachment(struct rq *rq, struct res *res)
{
    const struct opinion_file_input *in = rq->input;
    struct opinion o;
    TRY(opinion_open(rq, in->id, &o));
    return attachment_send(rq, res, "opinions", o.id, in->file);
}

/* ---- one ---- */

static const struct field OPINION[] = {
    FIELD(struct opinion, id),
    FIELD(struct opinion, number),
    FIELD(struct opinion, state),
    FIELD(struct opinion, kind),
    FIELD(struct opinion, title),
    FIELD(struct opinion, situation),
    FIELD(struct opinion, analysis),
    FIELD(struct opinion, suggestions),
    FIELD(struct opinion, category),
    FIELD(struct opinion, urgent),
    FIELD(struct opinion, urgent_reason),
    FIELD(struct opinion, reporter_name),
    FIELD(struct opinion, body_name),
    FIELD(struct opinion, joint),
    FIELD(struct opinion, returned),
    FIELD(struct opinion, keep_reason),
    FIELD(struct opinion, keep_text),
    FIELD(struct opinion, choose_due_on),
    FIELD(struct opinion, updated_at),
    FIELD(struct opinion, submitted_at),
    FIELD(struct opinion, taken_at),
    FIELD(struct opinion, composite_id),
    FIELD(struct opinion, signed_at),
    FIELD(struct opinion, source),
    FIELD(struct opinion, source_id),
    FIELD(struct opinion, transcribed_name),
    FIELD(struct opinion, basis),
    FIELD(struct opinion, version),
    { 0 },
};

/* Beside them for whoever sees the edited text. */
static const struct field EDITED[] = {
    FIELD(struct opinion, edited_title),
    FIELD(struct opinion, edited_situation),
    FIELD(struct opinion, edited_analysis),
    FIELD(struct opinion, edited_suggestions),
    FIELD(struct opinion, edited_name),
    FIELD(struct opinion, edited_at),
    FIELD(struct opinion, redraft_reason),
    FIELD(struct opinion, signed_name),
    { 0 },
};

static const struct field SOURCE[] = {
    FIELD(struct opinion, id),        FIELD(struct opinion, number),
    FIELD(struct opinion, title),     FIELD(struct opinion, reporter_name),
    FIELD(struct opinion, body_name), { 0 },
};

static const struct field REPORTER[] = {
    FIELD(struct reporter, id),          FIELD(struct reporter, name),
    FIELD(struct reporter, state),       FIELD(struct reporter, expires_at),
    FIELD(struct reporter, answered_at), { 0 },
};

static const struct field FILES[] = {
    FIELD(struct attachment, id),
    FIELD(struct attachment, name),
    FIELD(struct attachment, size_bytes),
    { 0 },
};

static const struct field LIKENESS[] = {
    FIELD(struct opinion_likeness, id),     FIELD(struct opinion_likeness, degree),
    FIELD(struct opinion_likeness, number), FIELD(struct opinion_likeness, title),
    FIELD(struct opinion_likeness, state),  { 0 },
};

static err show_json(struct rq *rq, struct res *res, const struct opinion_page *v,
                     const struct flow_subject *subject)
{
    struct json j = json_begin(rq);
    json_fields(&j, OPINION, v->o);
    if (v->shows_edited)
        json_fields(&j, EDITED, v->o);
    json_rows(&j, "sources", SOURCE, &v->sources);
    json_rows(&j, "reporters", REPORTER, &v->reporters);
    json_rows(&j, "attachments", FILES, &v->attachments);
    TRY(event_emit(rq, "opinions.shown", v->o->id,
                   &(struct opinion_shown){ .opinion = v->o, .json = &j }));
    flow_json_allowed(&j, "actions", &OPINIONS_FLOW, subject, &v->allowed);
    json_send(&j, res);
    return OK;
}

static const char *const BACK[] = { "revise", "redraft", NULL };

/* In which composite it is; its title only to whoever may open it. */
static err composite_make(struct rq *rq, const struct opinion *o, struct opinion_page *v)
{
    struct opinion composite;
    if (!o->composite_id)
        return OK;
    err e = opinion_find(rq, o->composite_id, &composite);
    if (e.code == ERR_NOT_FOUND)
        return OK;
    TRY(e);
    v->composite_title = composite.title;
    v->shows_composite = true;
    return OK;
}

/* The desk goes through what waits in its order; one that is decided leads on to the first. */
static err choosing_make(struct rq *rq, const struct opinion *o, struct opinion_page *v)
{
    enum { KEYS = 9 };
    struct opinion_choosing *c = arena_zero(rq->mem, sizeof *c);
    struct rows rows;
    TRY(opinion_store_list_waiting(rq->db, rq->mem, &rows));
    const i64 *all = rows.items;
    size_t at = 0;
    while (at < rows.count && all[at] != o->id)
        at++;
    bool waits = at < rows.count;
    c->waiting = (i64)rows.count;
    c->before_id = waits && at > 0 ? all[at - 1] : 0;
    if (waits)
        c->next_id = at + 1 < rows.count ? all[at + 1] : 0;
    else if (rows.count)
        c->next_id = all[0];
    TRY(dictionary_list(rq, "opinions.categories", &c->sorts));
    if (c->sorts.count > KEYS)
        c->sorts.count = KEYS;
    TRY(dictionary_list(rq, "opinions.keep_reasons", &c->reasons));
    v->choosing = c;
    return OK;
}

static err page_make(struct rq *rq, const struct opinion *o, struct opinion_page *v)
{
    v->own = opinion_is_own(rq, o);
    v->desk = actor_may(rq->actor, "opinions.take");
    v->edits = actor_may(rq->actor, "opinions.edit");
    v->composite = opinion_is_composite(o);
    v->shows_edited = opinion_shows_edited(rq, o);
    TRY(composite_make(rq, o, v));
    TRY(opinion_sources(rq, o, &v->sources));
    v->category =
        o->category.len ? dictionary_label(rq, "opinions.categories", o->category) : str_of("");
    v->keep_reason = o->keep_reason.len
                         ? dictionary_label(rq, "opinions.keep_reasons", o->keep_reason)
                         : str_of("");
    TRY(reporter_list(rq, o->id, &v->reporters));
    TRY(attachment_list(rq, "opinions", o->id, &v->attachments));
    TRY(flow_steps(rq, &OPINIONS_FLOW, o->id, BACK, &v->steps));
    v->similar = (struct rows){ .size = sizeof(struct opinion_likeness) };
    if (!v->desk)
        return OK;
    if (!rq->api)
        TRY(choosing_make(rq, o, v));
    return opinion_similar(rq,
                           &(struct opinion_similar_input){
                               .id = o->id, .title = o->title, .situation = o->situation },
                           &v->similar);
}

err page_opinion_show(struct rq *rq, struct res *res)
{
    struct opinion o;
    TRY(opinion_open(rq, rq->path_id, &o));
    struct opinion_page v = { .o = &o };
    struct flow_subject subject = { o.id, o.version, o.state, o.title, o.number, &o };
    v.allowed = flow_allowed(rq, &OPINIONS_FLOW, &subject);
    TRY(page_make(rq, &o, &v));
    if (rq->api)
        return show_json(rq, res, &v, &subject);
    v.crumbs = view_crumbs(rq->mem, "opinions", o.number.len ? o.number : o.title);
    struct out *out =
        page_begin(rq, text_format(rq->mem, "opinions.page.show", o.title, str_of("")), "opinions");
    struct out inner = { .buf = buf_new(rq->mem, out->buf->max), .page = out->page };
    TRY(event_emit(rq, "opinions.shown", o.id,
                   &(struct opinion_shown){ .opinion = &o, .out = &inner }));
    v.above.s = buf_str(inner.buf);
    view_opinions_show(out, &v);
    page_end(res, out);
    return OK;
}

/* ---- the desk ---- */

static err waiting_make(struct rq *rq, const char *state, const struct opinion_waiting **out,
                        size_t *count)
{
    struct rows rows;
    TRY(opinion_store_list_desk(rq->db, str_of(state), rq->mem, &rows));
    const struct opinion *all = rows.items;
    struct opinion_waiting *items = arena_array(rq->mem, rows.count + 1, sizeof *items);
    for (size_t i = 0; i < rows.count; i++)
        items[i] = (struct opinion_waiting){
            .o = &all[i],
            .category = all[i].category.len
                            ? dictionary_label(rq, "opinions.categories", all[i].category)
                            : str_of(""),
            .age = calendar_working_between(calendar_current(),
                                            day_of_ms(all[i].submitted_at ? all[i].submitted_at
                                                                          : all[i].created_at),
                                            rq->today),
        };
    *out = items;
    *count = rows.count;
    return OK;
}

static void waiting_json(struct json *j, const char *key, const struct opinion_waiting *all,
                         size_t count)
{
    json_array(j, key);
    for (size_t i = 0; i < count; i++) {
        json_object(j, NULL);
        json_i64(j, "id", all[i].o->id);
        json_str(j, "number", all[i].o->number);
        json_str(j, "title", all[i].o->title);
        json_str(j, "reporter_name", all[i].o->reporter_name);
        json_bool(j, "urgent", all[i].o->urgent);
        json_i64(j, "composite_id", all[i].o->composite_id);
        json_i64(j, "age", all[i].age);
        json_day(j, "choose_due_on", all[i].o->choose_due_on);
        json_object_end(j);
    }
    json_array_end(j);
}

err page_opinion_desk(struct rq *rq, struct res *res)
{
    struct opinion_desk_page v = { .crumbs = view_crumbs(rq->mem, "opinions",
                                                         text_find("opinions.page.desk")) };
    TRY(waiting_make(rq, "submitted", &v.sent, &v.sent_count));
    TRY(waiting_make(rq, "taken", &v.taken, &v.taken_count));
    TRY(waiting_make(rq, "editing", &v.editing, &v.editing_count));
    TRY(waiting_make(rq, "signing", &v.signing, &v.signing_count));
    for (size_t i = 0; i < v.sent_count; i++)
        v.late += v.sent[i].o->choose_due_on < rq->today;
    if (rq->api) {
        struct json j = json_begin(rq);
        waiting_json(&j, "submitted", v.sent, v.sent_count);
        waiting_json(&j, "taken", v.taken, v.taken_count);
        waiting_json(&j, "editing", v.editing, v.editing_count);
        waiting_json(&j, "signing", v.signing, v.signing_count);
        json_send(&j, res);
        return OK;
    }
    struct out *out = page_begin(rq, text_find("opinions.page.desk"), "opinions");
    view_opinions_desk(out, &v);
    page_end(res, out);
    return OK;
}

/* ---- similar ones ---- */

err page_opinion_similar(struct rq *rq, struct res *res)
{
    struct rows rows;
    TRY(opinion_similar(rq, rq->input, &rows));
    if (rq->api) {
        struct json j = json_begin(rq);
        json_rows(&j, "items", LIKENESS, &rows);
        json_send(&j, res);
        return OK;
    }
    struct out *out = page_begin(rq, str_of(""), NULL);
    view_opinions_similar(out, &rows);
    page_end(res, out);
    return OK;
}
