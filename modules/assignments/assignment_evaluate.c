/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Verdicts of the signers (rules.md 2.6): asked when a reply is delivered, given blind, known to
 * the agency only as sums of at least five and only after closing (peers.md 6.1: agencies must
 * not collect their own praise). */
#include "modules/assignments/assignment_rules.h"
#include "platform/calendar/calendar.h"
#include "platform/settings/settings.h"

enum { MINUTE_MS = 60000, SUMS_MAX = 5000 };

/* ---- asking ---- */

err evaluation_ask(struct rq *rq, const struct flow_subject *subject, const struct assignment *a)
{
    struct matter_key key = assignment_matter(a);
    struct rows rows;
    i64 due_on =
        calendar_due(calendar_current(), rq->today, setting_number(rq, "assignments.evaluate_days"),
                     "working_days", true);
    TRY(assignment_store_list_persons(rq->db, &key, rq->mem, &rows));
    const struct assignment_person *persons = rows.items;
    for (size_t i = 0; i < rows.count; i++) {
        if (persons[i].person_id == 0)
            continue;
        struct evaluation asked = { .assignment_id = a->id,
                                    .round = a->round,
                                    .person_id = persons[i].person_id,
                                    .person_name = persons[i].name,
                                    .asked_at = rq->now_ms,
                                    .due_on = due_on };
        TRY(evaluation_store_add(rq->db, &asked));
        struct todo_new todo = { .holder = "person",
                                 .holder_id = persons[i].person_id,
                                 .verb = "evaluate",
                                 .due_on = due_on,
                                 .url = arena_printf(rq->mem, "/assignments/%lld/evaluate",
                                                     (long long)a->id) };
        TRY(flow_todo_add(rq, &ASSIGNMENTS_FLOW, subject, &todo));
    }
    return OK;
}

/* ---- giving ---- */

err evaluation_may_give(struct rq *rq, const struct assignment *a, struct evaluation *out)
{
    struct evaluation_key key = { a->id, a->round, rq->actor->person_id };
    i64 change_ms = setting_number(rq, "assignments.evaluate_change_minutes") * MINUTE_MS;
    if (key.person_id == 0)
        return err_make(ERR_FORBIDDEN, "assignments.not_asked");
    *out = (struct evaluation){ 0 };
    TRY(evaluation_store_find(rq->db, &key, rq->mem, out));
    if (out->id == 0)
        return err_make(ERR_FORBIDDEN, "assignments.not_asked");
    if (out->given_at > 0 && rq->now_ms - out->given_at > change_ms)
        return err_make(ERR_CONFLICT, "assignments.evaluated_already");
    return OK;
}

err assignment_guard_evaluate(struct rq *rq, const struct flow_subject *subject)
{
    struct evaluation asked;
    return evaluation_may_give(rq, subject->row, &asked);
}

static bool is_bad(const struct evaluate_input *in)
{
    return str_is(in->result, "dissatisfied") || str_is(in->handling, "dissatisfied");
}

err assignment_effect_evaluate(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    const struct evaluate_input *in = step->input;
    struct evaluation given;
    TRY(evaluation_may_give(rq, subject->row, &given));
    if (is_bad(in) && in->text.len == 0) {
        rq_fault(rq, "text", "assignments.reason_needed", str_of(""), str_of(""));
        return err_make(ERR_INVALID, "form.faults");
    }
    given.given_at = rq->now_ms;
    given.visit = in->visit;
    given.manner = in->manner;
    given.hearing = in->hearing;
    given.relevance = in->relevance;
    given.handling = in->handling;
    given.result = in->result;
    given.text = in->text;
    given.proxy_account_id = rq->actor->delegator_account_id ? rq->actor->account_id : 0;
    TRY(evaluation_store_give(rq->db, &given));
    step->opinion = in->text;
    step->opinion_hidden = true;
    step->fact = subject->row;
    return flow_todo_done(rq, &ASSIGNMENTS_FLOW, subject->id, "evaluate", given.person_id);
}

/* ---- sums ---- */

const struct evaluation_question EVALUATION_QUESTIONS[] = {
    { "visit", { "visited", "waived", "not_visited", NULL } },
    { "manner", { "satisfied", "fair", "dissatisfied", NULL } },
    { "hearing", { "visit", "phone", "other", "none", NULL } },
    { "relevance", { "direct", "partly", "beside", NULL } },
    { "handling", { "satisfied", "fair", "dissatisfied", NULL } },
    { "result", { "satisfied", "fair", "dissatisfied", NULL } },
    { NULL, { NULL } },
};

str evaluation_answer(const struct evaluation *e, size_t question)
{
    const str answers[] = { e->visit, e->manner, e->hearing, e->relevance, e->handling, e->result };
    return answers[question];
}

static i64 count_of(const struct rows *all, size_t question, const char *value)
{
    const struct evaluation *rows = all->items;
    i64 count = 0;
    for (size_t i = 0; i < all->count; i++)
        count += str_is(evaluation_answer(&rows[i], question), value);
    return count;
}

static struct evaluation_sums sum_up(struct arena *mem, const struct rows *all)
{
    enum { LINES_MAX = 30 };
    struct evaluation_sum *items = arena_array(mem, LINES_MAX, sizeof *items);
    struct evaluation_sums sums = { .items = items, .given = (i64)all->count };
    for (size_t q = 0; EVALUATION_QUESTIONS[q].name; q++)
        for (const char *const *value = EVALUATION_QUESTIONS[q].values; *value; value++)
            items[sums.count++] = (struct evaluation_sum){ EVALUATION_QUESTIONS[q].name, *value,
                                                           count_of(all, q, *value) };
    return sums;
}

/* Whole groups in the order of closing: what a new closing adds is again a sum of five, never
 * one person's word. */
err evaluation_sums_of(struct rq *rq, i64 agency_id, struct evaluation_sums *out)
{
    struct rows rows = { .size = sizeof(struct evaluation) };
    i64 count = 0;
    TRY(evaluation_store_count_closed(rq->db, agency_id, &count));
    count = count > SUMS_MAX ? SUMS_MAX : count;
    count -= count % EVALUATION_SUMS_MIN;
    if (count > 0)
        TRY(evaluation_store_list_closed(rq->db, agency_id, count, rq->mem, &rows));
    *out = sum_up(rq->mem, &rows);
    return OK;
}
