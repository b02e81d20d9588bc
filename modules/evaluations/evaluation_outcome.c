/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What follows from verdicts: where a matter stands, whose answer is to be done again, and the sums
 * of at least five that an agency learns after closing (peers.md 6.1: agencies must not collect
 * their own praise). */
#include "modules/evaluations/evaluation.h"
#include "modules/evaluations/evaluation_rules.h"
#include "modules/replies/reply.h"
#include "platform/settings/settings.h"

enum { SUMS_MAX = 5000 };

/* ---- where a matter stands ---- */

static bool has_replied(const struct assignment *a)
{
    return str_is(a->state, "replied") || (str_is(a->state, "closed") && a->replied_at > 0);
}

static int rank_of(str satisfaction)
{
    return str_is(satisfaction, "dissatisfied") ? 3
           : str_is(satisfaction, "fair")       ? 2
           : str_is(satisfaction, "satisfied")  ? 1
                                                : 0;
}

/* Evaluations of an assignment's round: wanted, given, and the worst result. rule: whose word it
 * takes (rules.md 12.1: "all co-signers or cfg rule"): "all"; "lead", of the first signer alone
 * (of each matter, where several are answered together);
 * "answered", of those who have given theirs by the day, unless nobody has. */
struct verdict {
    str rule;
    i64 today, wanted, given;
    str worst;
};

static struct verdict verdict_new(struct rq *rq)
{
    return (struct verdict){ .rule = setting_text(rq, "assignments.close_rule"),
                             .today = rq->today,
                             .worst = str_of("") };
}

static void verdict_add(struct verdict *v, const struct rows *evaluations,
                        const struct assignment *a)
{
    const struct evaluation *all = evaluations->items;
    i64 given = 0, open = 0, silent = 0;
    bool patient = !str_is(v->rule, "answered");
    for (size_t i = 0; i < evaluations->count; i++) {
        if (all[i].assignment_id != a->id || all[i].round != a->round)
            continue;
        if (str_is(v->rule, "lead") && !all[i].is_lead)
            continue;
        given += all[i].given_at > 0;
        open += all[i].given_at == 0 && (patient || all[i].due_on >= v->today);
        silent += all[i].given_at == 0 && !patient && all[i].due_on < v->today;
        if (rank_of(all[i].result) > rank_of(v->worst))
            v->worst = all[i].result;
    }
    v->given += given;
    v->wanted += given + open + (given == 0 ? silent : 0);
}

static const char *stand_of(bool replied, const struct verdict *v)
{
    if (!replied)
        return "assigned";
    if (v->wanted == 0 || v->given < v->wanted)
        return "replied";
    return str_is(v->worst, "dissatisfied") ? "evaluated_badly" : "evaluated_well";
}

err evaluation_outcome(struct rq *rq, const char *collection, i64 matter_id,
                       struct evaluation_outcome *out)
{
    struct matter_key key = { str_of(collection), matter_id };
    struct rows rows, evaluations;
    struct verdict verdict = verdict_new(rq);
    bool replied = true;
    size_t answering = 0;
    TRY(assignment_list_of(rq, collection, matter_id, &rows));
    TRY(evaluation_store_list(rq->db, &key, rq->mem, &evaluations));
    *out = (struct evaluation_outcome){ .class = str_of("") };
    const struct assignment *all = rows.items;
    for (size_t i = 0; i < rows.count; i++) {
        if (!assignment_answers(&all[i]))
            continue;
        if (answering++ == 0)
            TRY(reply_last_class(rq, all[i].id, &out->class));
        replied = replied && has_replied(&all[i]);
        out->was_late = out->was_late || all[i].was_late;
        verdict_add(&verdict, &evaluations, &all[i]);
    }
    out->stand = str_of(stand_of(replied && answering > 0, &verdict));
    out->satisfaction = verdict.worst;
    return OK;
}

err evaluation_redo(struct rq *rq, const char *collection, i64 matter_id)
{
    struct matter_key key = { str_of(collection), matter_id };
    struct rows rows, evaluations;
    TRY(assignment_list_of(rq, collection, matter_id, &rows));
    TRY(evaluation_store_list(rq->db, &key, rq->mem, &evaluations));
    const struct assignment *all = rows.items;
    for (size_t i = 0; i < rows.count; i++) {
        struct verdict verdict = verdict_new(rq);
        verdict_add(&verdict, &evaluations, &all[i]);
        if (str_is(all[i].state, "replied") && str_is(verdict.worst, "dissatisfied"))
            TRY(assignment_redo(rq, all[i].id, 0));
    }
    return OK;
}

/* ---- sums ---- */

const struct evaluation_question EVALUATION_QUESTIONS[] = {
    { "visit", { "visited", "waived", "not_visited", NULL } },
    { "manner", { "satisfied", "fair", "dissatisfied", NULL } },
    { "hearing", { "visit", "phone", "other", "none", NULL } },
    { "relevance", { "direct", "partly", "beside", NULL } },
    { "handling", { "satisfied", "fair", "dissatisfied", NULL } },
    { "result", { "satisfied", "fair", "dissatisfied", NULL } },
    { "agreement", { "agree", "understand", "reserve", "disagree", NULL } },
    { "leader_replied", { "yes", "no", NULL } },
    { NULL, { NULL } },
};

str evaluation_answer(const struct evaluation *e, size_t question)
{
    const str answers[] = { e->visit,    e->manner, e->hearing,   e->relevance,
                            e->handling, e->result, e->agreement, e->leader_replied };
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

/* A question that nobody was asked is not in the sums. */
static bool is_answered(const struct rows *all, size_t question)
{
    const struct evaluation *rows = all->items;
    for (size_t i = 0; i < all->count; i++)
        if (evaluation_answer(&rows[i], question).len > 0)
            return true;
    return false;
}

static struct evaluation_sums sum_up(struct arena *mem, const struct rows *all)
{
    enum { LINES_MAX = 30 };
    struct evaluation_sum *items = arena_array(mem, LINES_MAX, sizeof *items);
    struct evaluation_sums sums = { .items = items, .given = (i64)all->count };
    for (size_t q = 0; EVALUATION_QUESTIONS[q].name; q++)
        for (const char *const *value = EVALUATION_QUESTIONS[q].values;
             *value && is_answered(all, q); value++)
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
