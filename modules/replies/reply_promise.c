/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Promises of a reply (rules.md 2.5: what is not solved yet is promised by a day, by somebody):
 * read from the form, judged before signing. Printed in the letter: reply_letter.c; their life
 * after delivery: modules/outcomes. */
#include "modules/replies/reply_promise.h"
#include "modules/assignments/assignment_sheet.h"
#include "modules/replies/reply_store.h"
#include "platform/base/str.h"
#include "platform/calendar/calendar.h"
#include "platform/settings/settings.h"
#include "platform/text/text_date.h"
#include "platform/text/texts.h"

enum { MONTHS_MAX = 60 };

bool promise_is_wanted(struct rq *rq, str class)
{
    str rest = setting_text(rq, "assignments.promise_classes"), word;
    bool found = false;
    while (str_split(&rest, ' ', &word))
        found = found || (word.len > 0 && str_eq(str_trim(word), class));
    return found && class.len > 0;
}

/* ---- as typed ---- */

static str line_of(const strs *lines, size_t i)
{
    return i < lines->count ? str_trim(lines->items[i]) : str_of("");
}

static bool is_evidence(str code)
{
    return str_is(code, "document") || str_is(code, "photo") || str_is(code, "acceptance") ||
           str_is(code, "site") || str_is(code, "other");
}

static void check_length(struct rq *rq, const char *field, str text, i64 max)
{
    i64 chars = str_chars(text);
    if (chars > max)
        rq_fault(rq, field, "form.too_long", str_number(rq->mem, max), str_number(rq->mem, chars));
}

/* What cannot be stored at all, a draft's too. */
static void read_line(struct rq *rq, const struct reply_input *in, size_t i,
                      struct reply_promise *out)
{
    str day = line_of(&in->promise_days, i), item = line_of(&in->promise_items, i);
    *out = (struct reply_promise){ .text = line_of(&in->promise_texts, i),
                                   .owner = line_of(&in->promise_owners, i),
                                   .phone = line_of(&in->promise_phones, i),
                                   .evidence_kind = line_of(&in->promise_evidence, i) };
    if (day.len > 0 && !day_parse(day, &out->due_on))
        rq_fault(rq, "promise_days", "form.not_a_day", str_of(""), str_of(""));
    if (item.len > 0 && !str_to_i64(item, &out->item_number))
        rq_fault(rq, "promise_items", "form.not_a_choice", str_of(""), str_of(""));
    if (out->evidence_kind.len > 0 && !is_evidence(out->evidence_kind))
        rq_fault(rq, "promise_evidence", "form.not_a_choice", str_of(""), str_of(""));
    check_length(rq, "promise_texts", out->text, PROMISE_TEXT_MAX);
    check_length(rq, "promise_owners", out->owner, PROMISE_NAME_MAX);
    check_length(rq, "promise_phones", out->phone, PROMISE_NAME_MAX);
}

/* Choices alone are no promise: the empty lines of the page have them. */
static bool is_blank(const struct reply_promise *p, str day)
{
    return p->text.len == 0 && day.len == 0 && p->owner.len == 0 && p->phone.len == 0;
}

static size_t lines_in(const struct reply_input *in)
{
    const strs *all[] = { &in->promise_texts, &in->promise_days, &in->promise_owners,
                          &in->promise_phones };
    size_t most = 0;
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        most = all[i]->count > most ? all[i]->count : most;
    return most;
}

void promise_rows_of(struct rq *rq, const struct reply_input *in, size_t items, struct rows *out)
{
    size_t lines = lines_in(in);
    struct reply_promise *all = arena_array(rq->mem, lines + 1, sizeof *all);
    *out = (struct rows){ .items = all, .size = sizeof *all };
    for (size_t i = 0; i < lines; i++) {
        struct reply_promise p;
        read_line(rq, in, i, &p);
        if (is_blank(&p, line_of(&in->promise_days, i)))
            continue;
        if (p.item_number < 0 || p.item_number > (i64)items)
            rq_fault(rq, "promise_items", "form.not_a_choice", str_of(""), str_of(""));
        p.number = (i64)out->count + 1;
        all[out->count++] = p;
    }
    if (out->count > PROMISES_MAX)
        rq_fault(rq, "promise_texts", "assignments.too_many_promises",
                 str_number(rq->mem, PROMISES_MAX), str_of(""));
}

static str day_text(struct rq *rq, i64 day)
{
    int year, month, mday;
    if (day <= 0)
        return str_of("");
    day_to_civil(day, &year, &month, &mday);
    return arena_printf(rq->mem, "%04d-%02d-%02d", year, month, mday);
}

void promise_put_input(struct rq *rq, const struct rows *promises, struct reply_input *out)
{
    const struct reply_promise *all = promises->items;
    out->promise_texts = out->promise_days = out->promise_owners = (strs){ 0 };
    out->promise_phones = out->promise_items = out->promise_evidence = (strs){ 0 };
    for (size_t i = 0; i < promises->count; i++) {
        const struct reply_promise *p = &all[i];
        strs_add(rq->mem, &out->promise_texts, p->text);
        strs_add(rq->mem, &out->promise_days, day_text(rq, p->due_on));
        strs_add(rq->mem, &out->promise_owners, p->owner);
        strs_add(rq->mem, &out->promise_phones, p->phone);
        strs_add(rq->mem, &out->promise_items,
                 p->item_number > 0 ? str_number(rq->mem, p->item_number) : str_of(""));
        strs_add(rq->mem, &out->promise_evidence, p->evidence_kind);
    }
}

/* ---- complete ---- */

void promise_check_complete(struct rq *rq, const struct reply_sheet *sheet)
{
    const struct reply_promise *all = sheet->promises.items;
    i64 last = calendar_due(calendar_current(), rq->today, MONTHS_MAX, "months", false);
    if (sheet->promises.count == 0 && promise_is_wanted(rq, sheet->reply.class))
        rq_fault(rq, "promise_texts", "assignments.promise_missing",
                 assignment_class_mark(rq, sheet->reply.class, 0), str_of(""));
    for (size_t i = 0; i < sheet->promises.count; i++) {
        str number = str_number(rq->mem, all[i].number);
        if (str_chars(all[i].text) < PROMISE_TEXT_MIN)
            rq_fault(rq, "promise_texts", "assignments.promise_text", number,
                     str_number(rq->mem, PROMISE_TEXT_MIN));
        if (all[i].due_on <= rq->today || all[i].due_on > last)
            rq_fault(rq, "promise_days", "assignments.promise_day", number,
                     text_date(rq->mem, last));
        if (all[i].owner.len == 0)
            rq_fault(rq, "promise_owners", "assignments.promise_owner", number, str_of(""));
    }
}

err promise_check_delivery(struct rq *rq, const struct reply *reply)
{
    struct rows rows;
    TRY(reply_promise_store_list(rq->db, reply->id, rq->mem, &rows));
    const struct reply_promise *all = rows.items;
    for (size_t i = 0; i < rows.count; i++)
        if (all[i].due_on <= rq->today)
            return err_make_with(ERR_CONFLICT, "assignments.promise_past",
                                 str_number(rq->mem, all[i].number),
                                 text_date(rq->mem, all[i].due_on));
    if (rows.count > 0 || !promise_is_wanted(rq, reply->class))
        return OK;
    return err_make_with(ERR_CONFLICT, "assignments.promise_first",
                         assignment_class_mark(rq, reply->class, reply->signed_at), str_of(""));
}
