/* SPDX-License-Identifier: MulanPSL-2.0 */
/* An answer's pages: written and saved, checked, signed, released. What must be in it and who may
 * do what: reply.c, reply_sign_off.c. Its letter: reply_letter.c. */
#include "modules/replies/reply_pages.h"
#include "modules/assignments/assignment_sheet.h"
#include "modules/replies/reply_promise.h"
#include "modules/replies/reply_views.h"
#include "platform/settings/settings.h"
#include "platform/text/texts.h"
#include "platform/web/conflict.h"
#include "platform/web/json.h"
#include "views/replies.h"

enum { MARKS_MAX = 200 };

/* ---- writing ---- */

/* The classes as the site has them. */
static err classes_make(struct rq *rq, const struct reply *reply, struct reply_form *v)
{
    struct rows rows;
    TRY(dictionary_list(rq, "assignments.classes", &rows));
    const struct dictionary_row *all = rows.items;
    struct view_choice *choices = arena_array(rq->mem, rows.count + 1, sizeof *choices);
    for (size_t i = 0; i < rows.count; i++)
        choices[v->class_count++] =
            (struct view_choice){ .value = all[i].code,
                                  .label = all[i].label,
                                  .hint = all[i].note,
                                  .chosen = str_eq(all[i].code, reply->class) };
    v->classes = choices;
    return OK;
}

/* Why it was sent back the last time. */
static err redraft_reason(struct rq *rq, const struct assignment *a, str *out)
{
    struct rows rows;
    *out = str_of("");
    if (!str_is(a->state, "redrafting"))
        return OK;
    TRY(flow_trails(rq, &ASSIGNMENTS_FLOW, a->id, &rows));
    const struct flow_trail *trails = rows.items;
    for (size_t i = 0; i < rows.count; i++)
        if (str_is(trails[i].verb, "redraft") || str_is(trails[i].verb, "vet_redraft"))
            *out = trails[i].opinion;
    return OK;
}

/* The marks of the classes that go out with a promise: "B、C". */
static str classes_wanted(struct rq *rq, const struct reply_form *v)
{
    struct buf *b = buf_new(rq->mem, MARKS_MAX);
    for (size_t i = 0; i < v->class_count; i++) {
        if (!promise_is_wanted(rq, v->classes[i].value))
            continue;
        if (buf_str(b).len > 0)
            buf_add(b, text_find("assignments.letter_and"));
        buf_add(b, assignment_class_mark(rq, v->classes[i].value, 0));
    }
    return buf_str(b);
}

/* What stands, and room for more: without a script, saving gives more room. */
static void promises_make(struct rq *rq, const struct reply_sheet *stored, struct reply_form *v)
{
    struct reply_input in = { 0 };
    struct promise_lines *lines = &v->promises;
    promise_put_input(rq, &stored->promises, &in);
    *lines = (struct promise_lines){
        .texts = rq_typed_all(rq, "promise_texts", in.promise_texts),
        .days = rq_typed_all(rq, "promise_days", in.promise_days),
        .owners = rq_typed_all(rq, "promise_owners", in.promise_owners),
        .phones = rq_typed_all(rq, "promise_phones", in.promise_phones),
        .items = rq_typed_all(rq, "promise_items", in.promise_items),
        .evidence = rq_typed_all(rq, "promise_evidence", in.promise_evidence),
        .wanted = classes_wanted(rq, v),
    };
    size_t used = lines->texts.count;
    while (used > 0 && lines->texts.items[used - 1].len == 0)
        used--;
    lines->count = used + (used == 0 ? 2 : 1);
    lines->open = used > 0 || promise_is_wanted(rq, stored->reply.class) ||
                  rq_fault_of(rq, "promise_texts") != NULL;
}

static err reply_form_fill(struct rq *rq, const struct assignment *a, struct reply_sheet *stored,
                           struct reply_form *v)
{
    strs results = { 0 }, answers = { 0 };
    for (size_t i = 0; i < stored->items.count; i++) {
        strs_add(rq->mem, &results, stored->answers[i].result);
        strs_add(rq->mem, &answers, stored->answers[i].text);
    }
    v->a = a;
    v->crumbs = assignment_crumbs(rq, a);
    v->reply = &stored->reply;
    v->results = rq_typed_all(rq, "results", results);
    v->answers = rq_typed_all(rq, "answers", answers);
    v->version = conflict_version(rq, stored->reply.version);
    v->contacts_min = a->plain ? 0 : setting_number(rq, "assignments.contacts_min");
    v->contacts = a->talks;
    TRY(redraft_reason(rq, a, &v->redraft));
    TRY(classes_make(rq, &stored->reply, v));
    promises_make(rq, stored, v);
    return OK;
}

err page_reply_write(struct rq *rq, struct res *res)
{
    struct assignment a;
    struct assignment_sheet sheet;
    struct reply_sheet stored = { 0 };
    struct reply_form v = { .sheet = &sheet };
    TRY(assignment_find_for(rq, "reply", &a));
    struct matter_key key = assignment_matter(&a);
    TRY(assignment_sheet_load(rq, &key, &sheet));
    TRY(reply_sheet_load(rq, &a, &stored));
    TRY(reply_form_fill(rq, &a, &stored, &v));
    struct out *out = page_begin(rq, assignment_verb_label(rq, "reply"), "assignments");
    struct out notes = { .buf = buf_new(rq->mem, out->buf->max), .page = out->page };
    TRY(event_emit(rq, "replies.draft_shown", a.id, &(struct reply_draft_shown){ &a, &notes }));
    v.notes = (html){ buf_str(notes.buf) };
    view_replies_write(out, &v);
    page_end(res, out);
    return OK;
}

/* Saves; "send" also hands it to the leader, all or nothing. */
err page_reply_draft(struct rq *rq, struct res *res)
{
    const struct reply_input *in = rq->input;
    struct assignment a;
    struct reply_sheet sheet = { 0 };
    bool send = in->send.len > 0;
    TRY(assignment_find(rq, rq->path_id, &a));
    TRY(reply_save(rq, &a, in, in->version, &sheet));
    if (send)
        TRY(flow_act(rq, &ASSIGNMENTS_FLOW, a.id, "reply", 0));
    res_flash(res, send ? "assignments.sent" : "assignments.saved", str_of(""));
    res_redirect(res, arena_printf(rq->mem, send ? "/assignments/%lld" : "/assignments/%lld/reply",
                                   (long long)a.id));
    return OK;
}

/* For the page's autosave and for PUT …/draft. */
err api_reply_draft(struct rq *rq, struct res *res)
{
    const struct reply_input *in = rq->input;
    struct assignment a;
    struct reply_sheet sheet = { 0 };
    TRY(assignment_find(rq, rq->path_id, &a));
    err e = reply_save(rq, &a, in, in->version, &sheet);
    if (e.code != ERR_NONE)
        return conflict_answer(rq, res, e);
    struct json j = json_begin(rq);
    json_i64(&j, "version", sheet.reply.version);
    json_i64(&j, "saved_at", sheet.reply.drafted_at);
    json_send(&j, res);
    return OK;
}

/* ---- its way out ---- */

/* Who signs: on a delegation the leader who gave it, not who stands in for him. */
static str acting_name(const struct rq *rq)
{
    return rq->actor->delegator_account_id ? rq->actor->delegator_name : rq->actor->name;
}

/* The answer that waits, for a step of its way out. */
static err way_out_load(struct rq *rq, const char *verb, struct assignment_sheet *sheet,
                        struct sign_form *v)
{
    struct assignment *a = arena_zero(rq->mem, sizeof *a);
    TRY(assignment_find_for(rq, verb, a));
    struct matter_key key = assignment_matter(a);
    TRY(assignment_sheet_load(rq, &key, sheet));
    v->a = a;
    v->sheet = sheet;
    v->crumbs = assignment_crumbs(rq, a);
    v->reply = sheet_draft(sheet, a);
    return v->reply ? OK : err_make(ERR_CONFLICT, "assignments.no_draft");
}

err page_reply_vet(struct rq *rq, struct res *res)
{
    struct assignment_sheet sheet;
    struct sign_form v = { 0 };
    TRY(way_out_load(rq, "vet", &sheet, &v));
    struct out *out = page_begin(rq, assignment_verb_label(rq, "vet"), "assignments");
    view_replies_vet(out, &v);
    page_end(res, out);
    return OK;
}

/* The draft of the own agency that waits for its leader. */
err page_reply_sign(struct rq *rq, struct res *res)
{
    struct assignment_sheet sheet;
    struct sign_form v = { .signer = acting_name(rq) };
    TRY(way_out_load(rq, "sign", &sheet, &v));
    v.examined = reply_is_examined(rq, v.a);
    struct out *out = page_begin(rq, assignment_verb_label(rq, "sign"), "assignments");
    view_replies_sign(out, &v);
    page_end(res, out);
    return OK;
}

/* Signed, and to be released: the class may be another one. */
err page_reply_deliver(struct rq *rq, struct res *res)
{
    struct assignment_sheet sheet;
    struct sign_form v = { 0 };
    struct reply_form classes = { 0 };
    TRY(way_out_load(rq, "deliver", &sheet, &v));
    TRY(classes_make(rq, v.reply, &classes));
    v.classes = classes.classes;
    v.class_count = classes.class_count;
    struct out *out = page_begin(rq, assignment_verb_label(rq, "deliver"), "assignments");
    view_replies_deliver(out, &v);
    page_end(res, out);
    return OK;
}
