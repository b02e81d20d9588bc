/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The part of an answer that a desk writes: kept while it is typed, handed in, and put into the
 * draft of the answer without losing what somebody typed there meanwhile. */
#include "modules/desks/errand.h"
#include "modules/desks/errand_store.h"
#include "platform/base/str.h"
#include "platform/text/texts.h"
#include "platform/web/conflict.h"

enum { TEXT_MAX = 5000 }; /* as one answer of the reply form */

/* ---- loading ---- */

static bool says_else(const struct errand_line *line)
{
    bool same_text = str_eq(line->draft_text, line->text);
    bool same_result = line->draft_result.len == 0 || str_eq(line->draft_result, line->result);
    return (line->draft_text.len > 0 && !same_text) || (same_text && !same_result) ||
           (line->draft_text.len == 0 && line->draft_result.len > 0 && !same_result);
}

static void line_fill(struct errand_line *line, const struct answer_draft *draft,
                      const struct rows *written)
{
    const struct answer_part *parts = draft->parts.items;
    const struct errand_answer *answers = written->items;
    for (size_t i = 0; i < draft->parts.count; i++)
        if (parts[i].number == line->number) {
            line->item = parts[i].item;
            line->draft_result = parts[i].result;
            line->draft_text = parts[i].text;
        }
    for (size_t i = 0; i < written->count; i++)
        if (answers[i].number == line->number) {
            line->result = answers[i].result;
            line->text = answers[i].text;
        }
    line->differs = says_else(line);
}

err errand_sheet_load(struct rq *rq, const struct errand *e, struct errand_sheet *out)
{
    struct answer_draft draft;
    struct rows written;
    *out = (struct errand_sheet){ .errand = e };
    TRY(assignment_find_house(rq, e->assignment_id, &out->assignment));
    TRY(reply_answer_draft(rq, &out->assignment, &draft));
    TRY(errand_store_list_answers(rq, e->id, &written));
    ids numbers = errand_numbers(rq, e);
    out->lines = arena_array(rq->mem, numbers.count + 1, sizeof *out->lines);
    out->count = numbers.count;
    for (size_t i = 0; i < numbers.count; i++) {
        out->lines[i] = (struct errand_line){ .number = numbers.items[i] };
        line_fill(&out->lines[i], &draft, &written);
    }
    out->draft_version = draft.version;
    out->is_open = draft.is_open && out->assignment.round == e->round;
    out->answers = !str_is(out->assignment.role, "cohost");
    return OK;
}

/* ---- typing ---- */

static bool is_result(str code)
{
    return str_is(code, "adopted") || str_is(code, "partly") || str_is(code, "planned") ||
           str_is(code, "not_adopted");
}

static void check(struct rq *rq, const struct errand_input *in, size_t count)
{
    if (in->results.count > count)
        rq_fault(rq, "results", "assignments.too_many_answers", str_of(""), str_of(""));
    if (in->answers.count > count)
        rq_fault(rq, "answers", "assignments.too_many_answers", str_of(""), str_of(""));
    for (size_t i = 0; i < in->results.count; i++)
        if (in->results.items[i].len > 0 && !is_result(in->results.items[i]))
            rq_fault(rq, "results", "form.not_a_choice", str_of(""), str_of(""));
}

/* What stands now, as the form shows it. */
static err conflict(struct rq *rq, const struct errand_input *in, const struct errand_sheet *sheet)
{
    struct errand_input stored = *in;
    stored.note = sheet->errand->note;
    stored.results = stored.answers = (strs){ 0 };
    for (size_t i = 0; i < sheet->count; i++) {
        strs_add(rq->mem, &stored.results, sheet->lines[i].result);
        strs_add(rq->mem, &stored.answers, sheet->lines[i].text);
    }
    return conflict_found(rq, "errands.typed_meanwhile", sheet->errand->draft_version, &stored);
}

err errand_save(struct rq *rq, struct errand *e, const struct errand_input *in, i64 version)
{
    struct errand_sheet sheet;
    bool mine = false;
    TRY(errand_is_mine(rq, e, &mine));
    if (!mine)
        return err_make(ERR_FORBIDDEN, "errands.not_yours");
    if (!str_is(e->state, "taken"))
        return err_make(ERR_CONFLICT, "errands.not_writing");
    TRY(errand_sheet_load(rq, e, &sheet));
    if (version != e->draft_version)
        return conflict(rq, in, &sheet);
    check(rq, in, sheet.count);
    if (rq_has_faults(rq))
        return err_make(ERR_INVALID, "form.faults");
    e->note = in->note;
    err stored = errand_store_type(rq, e);
    if (err_is(stored, "db.version"))
        return err_make(ERR_CONFLICT, "errands.typed_meanwhile");
    TRY(stored);
    e->draft_version++;
    for (size_t i = 0; i < sheet.count; i++) {
        struct errand_answer answer = { sheet.lines[i].number,
                                        i < in->results.count ? in->results.items[i] : str_of(""),
                                        i < in->answers.count ? in->answers.items[i] : str_of("") };
        TRY(errand_store_put_answer(rq, e->id, &answer));
    }
    return OK;
}

/* ---- handing in ---- */

/* What comes with the step is kept first; then each suggestion has its text. */
err errand_effect_finish(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    const struct errand_input *in = step->input;
    struct errand *e = subject->row;
    struct errand_sheet sheet;
    if (in->answers.count > 0 || in->results.count > 0)
        TRY(errand_save(rq, e, in, in->draft_version));
    TRY(errand_sheet_load(rq, e, &sheet));
    for (size_t i = 0; i < sheet.count; i++) {
        str number = str_number(rq->mem, sheet.lines[i].number);
        if (sheet.answers && sheet.lines[i].result.len == 0)
            rq_fault(rq, "results", "assignments.result_missing", number, str_of(""));
        if (sheet.lines[i].text.len == 0)
            rq_fault(rq, "answers", "assignments.unanswered", number, str_of(""));
    }
    if (rq_has_faults(rq))
        return err_make(ERR_INVALID, "form.faults");
    e->finished_at = rq->now_ms;
    e->finished_by =
        rq->actor->delegator_account_id ? rq->actor->delegator_account_id : rq->actor->account_id;
    e->approved_at = e->approved_by = 0;
    return flow_todo_done(rq, &ERRANDS_FLOW, e->id, "remind", 0);
}

/* ---- into the draft ---- */

static str keep_of(const struct pass_input *in, size_t i)
{
    return i < in->keeps.count ? in->keeps.items[i] : str_of("");
}

/* One below the other; longer than an answer may be: a fault. */
static str both(struct rq *rq, const struct errand_line *line)
{
    str text = arena_printf(rq->mem, "%.*s\n%.*s", (int)line->draft_text.len, line->draft_text.ptr,
                            (int)line->text.len, line->text.ptr);
    if (str_chars(text) > TEXT_MAX)
        rq_fault(rq, "keeps", "errands.too_long", str_number(rq->mem, line->number), str_of(""));
    return text;
}

/* Nothing that stands in the draft goes without somebody having seen both and chosen. */
static void judge(struct rq *rq, const struct errand_sheet *sheet, const struct pass_input *in,
                  struct rows *parts)
{
    struct answer_part *out = parts->items;
    for (size_t i = 0; i < sheet->count; i++) {
        const struct errand_line *line = &sheet->lines[i];
        str keep = line->differs ? keep_of(in, i) : str_of("part");
        struct answer_part part = { .number = line->number,
                                    .result = line->result.len ? line->result : line->draft_result,
                                    .text = line->text };
        if (keep.len == 0)
            rq_fault(rq, "keeps", "errands.choose", str_number(rq->mem, line->number), str_of(""));
        if (str_is(keep, "both") && line->draft_text.len > 0)
            part.text = both(rq, line);
        if (!str_is(keep, "draft"))
            out[parts->count++] = part;
    }
}

static bool has_difference(const struct errand_sheet *sheet)
{
    for (size_t i = 0; i < sheet->count; i++)
        if (sheet->lines[i].differs)
            return true;
    return false;
}

/* The version that was seen is wanted where a choice was to be made. */
static err put_in(struct rq *rq, const struct errand_sheet *sheet, const struct pass_input *in)
{
    struct answer_part *items = arena_array(rq->mem, sheet->count + 1, sizeof *items);
    struct rows parts = { items, 0, sizeof *items };
    if (has_difference(sheet) && in->draft_version != sheet->draft_version)
        rq_fault(rq, "keeps", "errands.draft_moved", str_of(""), str_of(""));
    judge(rq, sheet, in, &parts);
    if (rq_has_faults(rq))
        return err_make(ERR_INVALID, "form.faults");
    return parts.count > 0 ? reply_put_answers(rq, &sheet->assignment, sheet->draft_version, &parts)
                           : OK;
}

err errand_effect_pass(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    struct errand *e = subject->row;
    struct errand_sheet sheet;
    TRY(errand_sheet_load(rq, e, &sheet));
    if (sheet.answers)
        TRY(put_in(rq, &sheet, step->input));
    e->passed_at = rq->now_ms;
    e->passed_by = rq->actor->account_id;
    return OK;
}
