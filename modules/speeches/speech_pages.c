/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Pages of speeches and the same as JSON; files. Verbs of the flow have theirs from the engine. */
#include "modules/speeches/speech.h"

#include <string.h>

#include "platform/audit/audit.h"
#include "platform/base/str.h"
#include "platform/files/files.h"
#include "platform/flow/flow_pages.h"
#include "platform/text/texts.h"
#include "platform/web/form_page.h"
#include "platform/web/json.h"
#include "views/speeches.h"

static str url_of(struct rq *rq, i64 id)
{
    return arena_printf(rq->mem, "/speeches/%lld", (long long)id);
}

static err answer(struct rq *rq, struct res *res, i64 id, const char *flash)
{
    res_flash(res, flash, str_of(""));
    res_redirect(res, url_of(rq, id));
    return OK;
}

err page_speech_list(struct rq *rq, struct res *res)
{
    bool own = actor_scope(rq->actor, "speeches.read") != SCOPE_ORG;
    const struct list_look look = { .list = &SPEECH_LIST,
                                    .path = "/speeches",
                                    .title = "menu.speeches",
                                    .menu = "speeches",
                                    .main = "title",
                                    .bar = "state",
                                    .empty = own ? "speeches.none_own" : "speeches.none" };
    return list_show(rq, &look, res);
}

/* ---- writing ---- */

/* Whoever writes for no body is not asked for one. */
static err form_of(struct rq *rq, const struct form **out)
{
    struct rows bodies;
    TRY(speech_bodies(rq, &bodies));
    *out = bodies.count ? &SPEECH_FORM : &SPEECH_PLAIN_FORM;
    return OK;
}

/* The form with the length that the call allows for its text in place of the most of all calls. */
static const struct form *form_within(struct rq *rq, const struct form *form,
                                      const struct speech_call *c)
{
    size_t n = 0;
    while (form->inputs[n].field.name)
        n++;
    struct input *inputs = arena_array(rq->mem, n + 1, sizeof *inputs);
    memcpy(inputs, form->inputs, (n + 1) * sizeof *inputs);
    for (size_t i = 0; i < n; i++)
        if (strcmp(inputs[i].field.name, "text") == 0)
            inputs[i].max = c->chars_max;
    struct form *out = arena_zero(rq->mem, sizeof *out);
    *out = (struct form){ form->name, form->size, inputs };
    return out;
}

static str call_words(struct rq *rq, const struct speech_call *c)
{
    return text_format(rq->mem, "speeches.write_about", c->title,
                       arena_printf(rq->mem, "%lld", (long long)c->chars_max));
}

static err call_form(struct rq *rq, struct res *res, const struct form *form, const char *title)
{
    static const struct speech_input NONE;
    struct speech_call c;
    TRY(list_find(rq, &SPEECH_CALL_LIST, rq->path_id, &c));
    return form_page(rq, res,
                     &(struct form_look){
                         .form = form_within(rq, form, &c),
                         .stored = &NONE,
                         .menu = "speech_calls",
                         .title = text_find(title),
                         .subject = call_words(rq, &c),
                         .back = arena_printf(rq->mem, "/speech_calls/%lld", (long long)c.id),
                         .crumbs = view_crumbs_of(rq->mem, "speech_calls", c.id, c.title,
                                                  text_find(title)) });
}

err page_speech_form(struct rq *rq, struct res *res)
{
    const struct form *form;
    if (!rq->actor->member_id)
        return err_make(ERR_FORBIDDEN, "speeches.no_member");
    TRY(form_of(rq, &form));
    return call_form(rq, res, form, "speeches.write");
}

err page_speech_begin(struct rq *rq, struct res *res)
{
    i64 id = 0;
    TRY(speech_begin(rq, rq->path_id, rq->input, &id));
    return answer(rq, res, id, "speeches.begun");
}

err page_speech_record_form(struct rq *rq, struct res *res)
{
    return call_form(rq, res, &SPEECH_RECORD_FORM, "speeches.record");
}

err page_speech_record(struct rq *rq, struct res *res)
{
    i64 id = 0;
    TRY(speech_record(rq, rq->path_id, rq->input, &id));
    return answer(rq, res, id, "speeches.recorded");
}

static err find_draft(struct rq *rq, i64 id, struct speech *out)
{
    TRY(list_find(rq, &SPEECH_LIST, id, out));
    if (!speech_is_own(rq, out))
        return err_make(ERR_FORBIDDEN, "speeches.not_yours");
    return speech_may_edit(rq, out) ? OK : err_make(ERR_CONFLICT, "speeches.not_draft");
}

err page_speech_edit_form(struct rq *rq, struct res *res)
{
    struct speech s;
    struct speech_call c;
    struct rows authors;
    const struct form *form;
    TRY(find_draft(rq, rq->path_id, &s));
    TRY(speech_call_store_find(rq->db, s.call_id, rq->mem, &c));
    TRY(speech_author_store_list(rq->db, s.id, rq->mem, &authors));
    TRY(form_of(rq, &form));
    const struct speech_input in = speech_input_of(rq, &s, &authors);
    return form_page(rq, res,
                     &(struct form_look){
                         .form = form_within(rq, form, &c),
                         .stored = &in,
                         .menu = "speeches",
                         .title = text_format(rq->mem, "speeches.edit", s.title, str_of("")),
                         .version = s.version,
                         .back = url_of(rq, s.id),
                         .crumbs = view_crumbs_of(rq->mem, "speeches", s.id, s.title,
                                                  text_find("speeches.editing")) });
}

err page_speech_edit(struct rq *rq, struct res *res)
{
    TRY(speech_edit(rq, rq->path_id, rq->input));
    return answer(rq, res, rq->path_id, "speeches.saved");
}

/* ---- one ---- */

static void files_json(struct json *j, const struct rows *papers)
{
    const struct attachment *all = papers->items;
    json_array(j, "papers");
    for (size_t i = 0; i < papers->count; i++) {
        json_object(j, NULL);
        json_i64(j, "id", all[i].id);
        json_str(j, "name", all[i].name);
        json_i64(j, "size_bytes", all[i].size_bytes);
        json_object_end(j);
    }
    json_array_end(j);
}

static void page_json(struct rq *rq, const struct speech_page *v,
                      const struct flow_subject *subject, struct res *res)
{
    static const struct field AUTHOR[] = { FIELD(struct speech_author, member_id),
                                           FIELD(struct speech_author, name),
                                           { 0 } };
    static const struct field RESULT[] = {
        FIELD(struct speech_result, id),          FIELD(struct speech_result, kind),
        FIELD(struct speech_result, organ),       FIELD(struct speech_result, text),
        FIELD(struct speech_result, happened_on), { 0 }
    };
    struct json j = json_begin(rq);
    list_row_json(rq, &SPEECH_LIST, v->s, LIST_ROW_ONE, &j);
    json_rows(&j, "authors", AUTHOR, v->authors);
    json_rows(&j, "results", RESULT, v->results);
    files_json(&j, v->papers);
    flow_json_allowed(&j, "actions", &SPEECHES_FLOW, subject, v->acts);
    json_send(&j, res);
}

err page_speech_show(struct rq *rq, struct res *res)
{
    static const char *const BACK[] = { "revise", "decline", "miss", NULL };
    struct flow_subject subject;
    struct speech_call c;
    struct rows authors, results, papers;
    TRY(speech_flow_load(rq, rq->path_id, &subject));
    struct flow_allowed acts = flow_allowed(rq, &SPEECHES_FLOW, &subject);
    const struct speech *s = subject.row;
    struct speech_page v = { .s = s,
                             .c = &c,
                             .authors = &authors,
                             .results = &results,
                             .papers = &papers,
                             .acts = &acts,
                             .crumbs = view_crumbs(rq->mem, "speeches", s->title),
                             .office = actor_may(rq->actor, "speeches.manage"),
                             .own = speech_is_own(rq, s),
                             .may_edit = speech_may_edit(rq, s) };
    TRY(speech_call_store_find(rq->db, s->call_id, rq->mem, &c));
    TRY(speech_author_store_list(rq->db, s->id, rq->mem, &authors));
    TRY(speech_result_store_list(rq->db, s->id, rq->mem, &results));
    TRY(attachment_list(rq, "speeches", s->id, &papers));
    TRY(flow_steps(rq, &SPEECHES_FLOW, s->id, BACK, &v.steps));
    if (rq->api) {
        page_json(rq, &v, &subject, res);
        return OK;
    }
    struct out *out =
        page_begin(rq, text_format(rq->mem, "speeches.page", s->title, str_of("")), "speeches");
    view_speeches_show(out, &v);
    page_end(res, out);
    return OK;
}

/* ---- files ---- */

err file_speech_paper(struct rq *rq, struct res *res)
{
    const struct speech_file_input *in = rq->input;
    struct speech s;
    TRY(list_find(rq, &SPEECH_LIST, in->id, &s));
    return attachment_send(rq, res, "speeches", s.id, in->file);
}

err page_speech_paper_remove(struct rq *rq, struct res *res)
{
    const struct speech_file_input *in = rq->input;
    struct speech s;
    TRY(find_draft(rq, in->id, &s));
    TRY(attachment_remove(rq, "speeches", s.id, in->file));
    TRY(audit_add(rq,
                  &(struct audit_entry){ "speeches.paper", "speeches", s.id, .before = s.title }));
    return answer(rq, res, s.id, "speeches.paper_removed");
}
