/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Drafting an answer: what is stored while it is written, and what must be there before it is
 * checked and signed (rules.md 2.3: each suggestion is answered; 2.6: talks with the proposer
 * come first). Its way out: reply_sign_off.c; the letter: reply_letter.c. */
#include "modules/replies/reply_promise.h"
#include "modules/replies/reply_store.h"
#include "platform/base/str.h"
#include "platform/settings/settings.h"
#include "platform/text/text_date.h"
#include "platform/text/texts.h"
#include "platform/web/conflict.h"

static const char *const DRAFTING[] = { "accepted", "redrafting", "redoing", NULL };

static bool is_drafting(const struct assignment *a)
{
    for (const char *const *state = DRAFTING; *state; state++)
        if (str_is(a->state, *state))
            return true;
    return false;
}

/* ---- loading ---- */

/* What nobody should have to type again: the texts of the round before. */
static err begin_with(struct rq *rq, const struct assignment *a, struct reply *out)
{
    struct reply before = { 0 };
    if (a->round > 1)
        TRY(reply_store_find(rq->db, a->id, a->round - 1, rq->mem, &before));
    *out = (struct reply){ .assignment_id = a->id,
                           .round = a->round,
                           .class = str_of(""),
                           .opening = before.opening,
                           .closing = before.closing,
                           .number = str_of(""),
                           .signer = str_of(""),
                           .operator= before.operator,
                           .phone = before.phone,
                           .copies = before.copies,
                           .public = !a->plain };
    if (out->opening.len == 0)
        out->opening = text_find("assignments.opening");
    if (out->closing.len == 0)
        out->closing = text_find("assignments.closing");
    if (out->copies.len == 0)
        out->copies = setting_text(rq, "assignments.copies");
    return OK;
}

err reply_sheet_load(struct rq *rq, const struct assignment *a, struct reply_sheet *out)
{
    struct rows stored = { 0 };
    TRY(reply_store_find(rq->db, a->id, a->round, rq->mem, &out->reply));
    if (out->reply.id == 0)
        TRY(begin_with(rq, a, &out->reply));
    else
        TRY(reply_store_list_own_answers(rq->db, out->reply.id, rq->mem, &stored));
    TRY(reply_promise_store_list(rq->db, out->reply.id, rq->mem, &out->promises));
    TRY(assignment_list_items(rq, a, &out->items));
    const struct assignment_item *items = out->items.items;
    const struct reply_answer *answers = stored.items;
    out->answers = arena_array(rq->mem, out->items.count + 1, sizeof *out->answers);
    for (size_t i = 0; i < out->items.count; i++) {
        out->answers[i] =
            (struct reply_answer){ out->reply.id, items[i].number, str_of(""), str_of("") };
        for (size_t k = 0; k < stored.count; k++)
            if (answers[k].number == items[i].number)
                out->answers[i] = answers[k];
    }
    return OK;
}

/* ---- saving ---- */

static bool is_result(str code)
{
    return str_is(code, "adopted") || str_is(code, "partly") || str_is(code, "planned") ||
           str_is(code, "not_adopted");
}

/* Results and answers side by side, as many as items at most. */
static void check_answers(struct rq *rq, const struct reply_input *in, size_t items)
{
    if (in->results.count > items)
        rq_fault(rq, "results", "assignments.too_many_answers", str_of(""), str_of(""));
    if (in->answers.count > items)
        rq_fault(rq, "answers", "assignments.too_many_answers", str_of(""), str_of(""));
    for (size_t i = 0; i < in->results.count; i++)
        if (in->results.items[i].len > 0 && !is_result(in->results.items[i]))
            rq_fault(rq, "results", "form.not_a_choice", str_of(""), str_of(""));
}

static err put_answers(struct rq *rq, const struct reply_input *in, struct reply_sheet *sheet)
{
    for (size_t i = 0; i < sheet->items.count; i++) {
        struct reply_answer *answer = &sheet->answers[i];
        answer->reply_id = sheet->reply.id;
        answer->result = i < in->results.count ? in->results.items[i] : str_of("");
        answer->text = i < in->answers.count ? in->answers.items[i] : str_of("");
        TRY(reply_store_put_answer(rq->db, answer));
    }
    return OK;
}

/* They have no lives of their own before delivery: all are written anew. */
static err put_promises(struct rq *rq, struct reply_sheet *sheet)
{
    struct reply_promise *all = sheet->promises.items;
    TRY(reply_promise_store_remove_all(rq->db, sheet->reply.id));
    for (size_t i = 0; i < sheet->promises.count; i++) {
        all[i].reply_id = sheet->reply.id;
        TRY(reply_promise_store_add(rq->db, &all[i]));
    }
    return OK;
}

static void put_text(struct rq *rq, const struct reply_input *in, struct reply *r)
{
    r->class = in->class;
    r->opening = in->opening;
    r->closing = in->closing;
    r->operator= in->operator;
    r->phone = in->phone;
    r->copies = in->copies;
    r->public = in->public;
    r->drafted_at = rq->now_ms;
    r->drafted_by = rq->actor->account_id;
}

/* The house itself (no account, every permission) brings what was answered in another house. */
static bool is_house(const struct rq *rq)
{
    return rq->actor->account_id == 0 && actor_scope(rq->actor, "assignments.reply") == SCOPE_ORG;
}

/* Refused, not dropped: who sends it believes that it counts. */
static void check_plain(struct rq *rq, const struct assignment *a, const struct reply_input *in,
                        const struct rows *promises)
{
    if (a->plain && in->class.len > 0)
        rq_fault(rq, "class", "assignments.plain_class", str_of(""), str_of(""));
    if (a->plain && promises->count > 0)
        rq_fault(rq, "promise_texts", "assignments.plain_promises", str_of(""), str_of(""));
}

static err may_draft(struct rq *rq, const struct assignment *a)
{
    if ((!assignment_is_own(rq, a) && !is_house(rq)) || !assignment_answers(a))
        return err_make(ERR_FORBIDDEN, "assignments.not_yours");
    return is_drafting(a) ? OK : err_make(ERR_CONFLICT, "assignments.not_drafting");
}

/* What stands now, as the form shows it; what it does not show is in's. */
static struct reply_input stored_input(struct rq *rq, const struct reply_input *in,
                                       const struct reply_sheet *sheet)
{
    const struct reply *r = &sheet->reply;
    struct reply_input stored = *in;
    stored.class = r->class;
    stored.opening = r->opening;
    stored.closing = r->closing;
    stored.operator= r->operator;
    stored.phone = r->phone;
    stored.copies = r->copies;
    stored.public = r->public;
    stored.results = stored.answers = (strs){ 0 };
    for (size_t i = 0; i < sheet->items.count; i++) {
        strs_add(rq->mem, &stored.results, sheet->answers[i].result);
        strs_add(rq->mem, &stored.answers, sheet->answers[i].text);
    }
    promise_put_input(rq, &sheet->promises, &stored);
    return stored;
}

static err conflict(struct rq *rq, const struct reply_input *in, const struct reply_sheet *sheet)
{
    struct reply_input stored = stored_input(rq, in, sheet);
    return conflict_found(rq, "assignments.draft_version", sheet->reply.version, &stored);
}

err reply_save(struct rq *rq, const struct assignment *a, const struct reply_input *in, i64 version,
               struct reply_sheet *out)
{
    TRY(may_draft(rq, a));
    TRY(reply_sheet_load(rq, a, out));
    if (version != DRAFT_ANY && version != out->reply.version)
        return conflict(rq, in, out);
    check_answers(rq, in, out->items.count);
    promise_rows_of(rq, in, out->items.count, &out->promises);
    check_plain(rq, a, in, &out->promises);
    if (rq_has_faults(rq))
        return err_make(ERR_INVALID, "form.faults");
    put_text(rq, in, &out->reply);
    if (out->reply.id == 0) {
        TRY(reply_store_add(rq->db, &out->reply, &out->reply.id));
    } else {
        err e = reply_store_update(rq->db, &out->reply);
        if (err_is(e, "db.version"))
            return err_make(ERR_CONFLICT, "assignments.draft_version");
        TRY(e);
    }
    out->reply.version++;
    TRY(put_answers(rq, in, out));
    return put_promises(rq, out);
}

/* ---- parts of it, for desks ---- */

err reply_answer_draft(struct rq *rq, const struct assignment *a, struct answer_draft *out)
{
    struct reply_sheet sheet = { 0 };
    TRY(reply_sheet_load(rq, a, &sheet));
    const struct assignment_item *items = sheet.items.items;
    struct answer_part *parts = arena_array(rq->mem, sheet.items.count + 1, sizeof *parts);
    for (size_t i = 0; i < sheet.items.count; i++)
        parts[i] = (struct answer_part){ items[i].number, items[i].text, sheet.answers[i].result,
                                         sheet.answers[i].text };
    *out = (struct answer_draft){ sheet.reply.version,
                                  assignment_answers(a) && is_drafting(a),
                                  { parts, sheet.items.count, sizeof *parts } };
    return OK;
}

err reply_put_answers(struct rq *rq, const struct assignment *a, i64 version,
                      const struct rows *parts)
{
    struct reply_sheet sheet = { 0 };
    const struct answer_part *all = parts->items;
    TRY(reply_sheet_load(rq, a, &sheet));
    for (size_t i = 0; i < parts->count; i++)
        for (size_t k = 0; k < sheet.items.count; k++)
            if (sheet.answers[k].number == all[i].number) {
                sheet.answers[k].result = all[i].result;
                sheet.answers[k].text = all[i].text;
            }
    struct reply_input in = stored_input(rq, &(struct reply_input){ 0 }, &sheet);
    err e = reply_save(rq, a, &in, version, &sheet);
    return err_is(e, "assignments.draft_version") ? err_make(ERR_CONFLICT, e.name) : e;
}

/* ---- complete ---- */

static void need(struct rq *rq, const char *field, str value)
{
    if (value.len == 0)
        rq_fault(rq, field, "form.required", str_of(""), str_of(""));
}

/* rules.md 2.6 (C: at least two talks in one place): office rule data. */
static err check_contacts(struct rq *rq, const struct assignment *a)
{
    i64 count = a->talks, wanted = setting_number(rq, "assignments.contacts_min");
    if (count < wanted)
        rq_fault(rq, NULL, "assignments.contacts_missing", str_number(rq->mem, wanted),
                 str_number(rq->mem, count));
    return OK;
}

/* peers.md 2.4: the host waits for its cohosts, but not beyond their day, nor on its own. */
static err check_cohosts(struct rq *rq, const struct assignment *a)
{
    struct rows rows;
    if (!str_is(a->role, "host") || a->round > 1 || rq->today >= a->due_on ||
        !setting_on(rq, "assignments.wait_cohosts"))
        return OK;
    TRY(assignment_list_of(rq, arena_cstr(rq->mem, a->matter), a->matter_id, &rows));
    const struct assignment *all = rows.items;
    for (size_t i = 0; i < rows.count; i++)
        if (!assignment_answers(&all[i]) && !str_is(all[i].state, "contributed") &&
            !str_is(all[i].state, "closed") && all[i].due_on >= rq->today)
            rq_fault(rq, NULL, "assignments.cohost_missing", all[i].agency_name,
                     text_date(rq->mem, all[i].due_on));
    return OK;
}

/* Notes on rq what is missing before it can be checked and signed. */
static err check_complete(struct rq *rq, const struct assignment *a,
                          const struct reply_sheet *sheet)
{
    if (!a->plain)
        need(rq, "class", sheet->reply.class);
    need(rq, "opening", sheet->reply.opening);
    for (size_t i = 0; i < sheet->items.count; i++) {
        str number = str_number(rq->mem, sheet->answers[i].number);
        if (sheet->answers[i].result.len == 0)
            rq_fault(rq, "results", "assignments.result_missing", number, str_of(""));
        if (sheet->answers[i].text.len == 0)
            rq_fault(rq, "answers", "assignments.unanswered", number, str_of(""));
    }
    need(rq, "closing", sheet->reply.closing);
    need(rq, "operator", sheet->reply.operator);
    need(rq, "phone", sheet->reply.phone);
    promise_check_complete(rq, sheet);
    if (!a->plain)
        TRY(check_contacts(rq, a));
    TRY(check_cohosts(rq, a));
    return rq_has_faults(rq) ? err_make(ERR_INVALID, "form.faults") : OK;
}

err reply_effect_hand_in(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    const struct reply_input *in = step->input;
    const struct assignment *a = subject->row;
    struct reply_sheet sheet = { 0 };
    step->agency_name = a->agency_name;
    TRY(reply_save(rq, a, in, in->draft_version > 0 ? in->draft_version : DRAFT_ANY, &sheet));
    return check_complete(rq, a, &sheet);
}

/* ---- for other modules ---- */

err reply_last_class(struct rq *rq, i64 assignment_id, str *out)
{
    return reply_store_find_class(rq->db, assignment_id, rq->mem, out);
}

static void put_part(struct buf *b, str text)
{
    if (b->len && text.len)
        buf_put(b, "\n\n");
    buf_add(b, text);
}

err reply_text(struct rq *rq, const struct assignment *a, str *out)
{
    struct reply_sheet sheet = { 0 };
    struct buf *b = buf_new(rq->mem, 1 << 18);
    TRY(reply_sheet_load(rq, a, &sheet));
    put_part(b, sheet.reply.opening);
    for (size_t i = 0; i < sheet.items.count; i++)
        put_part(b, sheet.answers[i].text);
    put_part(b, sheet.reply.closing);
    if (sheet.reply.phone.len)
        put_part(b, text_format(rq->mem, "assignments.ask_whom", sheet.reply.operator,
                                sheet.reply.phone));
    *out = buf_str(b);
    return OK;
}

err reply_promises(struct rq *rq, i64 assignment_id, i64 round, struct rows *out)
{
    struct reply reply = { 0 };
    *out = (struct rows){ .size = sizeof(struct reply_promise) };
    TRY(reply_store_find(rq->db, assignment_id, round, rq->mem, &reply));
    return reply.id > 0 ? reply_promise_store_list(rq->db, reply.id, rq->mem, out) : OK;
}
