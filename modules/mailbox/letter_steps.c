/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Steps of a letter: sorted, asked back, guided elsewhere, not followed, answered by the office
 * itself, judged by its sender, taken back, ended. What the sender's page does with them: follow.c.
 * Handing out and what follows from it belong to modules above. */
#include "modules/mailbox/letter_rules.h"

#include "modules/mailbox/letter_store.h"
#include "platform/settings/settings.h"

static struct letter *row_of(const struct flow_subject *subject)
{
    return subject->row;
}

const char *letter_tone(str state)
{
    const struct flow_state *s = flow_state_find(&LETTERS_FLOW, state);
    return s ? s->tone : "idle";
}

err letter_flow_load(struct rq *rq, i64 id, struct flow_subject *out)
{
    struct letter *l = arena_zero(rq->mem, sizeof *l);
    TRY(letter_find(rq, id, l));
    *out = (struct flow_subject){ l->id, l->version, l->state, l->title, str_of(""), l };
    return OK;
}

err letter_flow_store(struct rq *rq, const struct flow_subject *subject, str to)
{
    return letter_store_update(rq->db, row_of(subject), to);
}

/* Those that came without a proof of work are looked at apart, so that a flood fills nobody's list
 * of what is to be done. */
err letter_is_listed(struct rq *rq, const struct flow_subject *subject, bool *out)
{
    (void)rq;
    *out = !str_is(row_of(subject)->lane, "unproved") && !row_of(subject)->erased_at;
    return OK;
}

/* ---- the desk ---- */

err letter_effect_triage(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    const struct letter_triage_input *in = step->input;
    struct letter *l = row_of(subject);
    l->kind = in->kind;
    l->category = in->category;
    if (in->title.len)
        l->title = subject->title = in->title;
    if (in->masked_body.len)
        l->masked_body = in->masked_body;
    if (!l->triaged_at)
        l->triaged_at = rq->now_ms;
    return letter_index(rq, l);
}

err letter_effect_ask(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    const struct letter_text_input *in = step->input;
    return letter_add_message(rq, subject->id, "office", in->opinion);
}

static void end(struct rq *rq, struct letter *l, const char *ended)
{
    l->ended = str_of(ended);
    l->closed_at = rq->now_ms;
    l->due_on = 0;
}

err letter_effect_route(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    const struct letter_text_input *in = step->input;
    struct letter *l = row_of(subject);
    l->guidance = in->opinion;
    end(rq, l, "routed");
    return OK;
}

err letter_effect_dismiss(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    const struct letter_dismiss_input *in = step->input;
    struct letter *l = row_of(subject);
    l->reason = in->reason;
    l->guidance = in->opinion;
    end(rq, l, "dismissed");
    return OK;
}

/* Who dismissed it by a slip brings it back himself, while hardly anybody can have read of it. */
err letter_guard_restore(struct rq *rq, const struct flow_subject *subject)
{
    const struct letter *l = row_of(subject);
    struct rows rows;
    err late = err_make(ERR_CONFLICT, "letters.not_restored");
    if (!str_is(l->ended, "dismissed") || l->closed_at + LETTER_UNDO_MS <= rq->now_ms)
        return late;
    TRY(flow_trails(rq, &LETTERS_FLOW, l->id, &rows));
    const struct flow_trail *all = rows.items;
    const struct flow_trail *last = rows.count ? &all[rows.count - 1] : NULL;
    bool own = last && str_is(last->verb, "dismiss") && last->actor_account_id > 0 &&
               last->actor_account_id == rq->actor->account_id;
    return own ? OK : late;
}

/* The day for sorting it is the one that ran. */
static err restart_clock(struct rq *rq, i64 id)
{
    struct rows rows;
    i64 due_on = 0;
    TRY(flow_clocks(rq, &LETTERS_FLOW, id, &rows));
    const struct flow_clock_row *all = rows.items;
    for (size_t i = 0; i < rows.count; i++)
        if (str_is(all[i].name, "triage"))
            due_on = all[i].due_on;
    return due_on ? flow_start(rq, &LETTERS_FLOW, id, "triage", due_on) : OK;
}

err letter_effect_restore(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    struct letter *l = row_of(subject);
    l->ended = l->reason = l->guidance = str_of("");
    l->closed_at = 0;
    step->to = str_of(l->triaged_at ? "triaged" : "received");
    return l->triaged_at ? OK : restart_clock(rq, l->id);
}

err letter_effect_answer(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    const struct letter_text_input *in = step->input;
    struct letter *l = row_of(subject);
    l->reply = in->opinion;
    l->reply_agency = rq->actor->org_name;
    letter_mark_answered(l, rq->now_ms, "untimed", 0);
    l->due_on = 0;
    return OK;
}

/* ---- the sender ---- */

err letter_effect_evaluate(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    const struct letter_evaluate_input *in = step->input;
    struct letter *l = row_of(subject);
    l->verdict = in->verdict;
    l->verdict_text = in->text;
    l->evaluated_at = rq->now_ms;
    return OK;
}

err letter_effect_withdraw(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    struct letter *l = row_of(subject);
    (void)step;
    end(rq, l, "withdrawn");
    return sender_forget(rq, l->id); /* he wants nothing of it to be kept: at once what is his */
}

/* ---- its end ---- */

/* The sender has the last word: before he has judged, only time ends it (the house itself). */
err letter_guard_close(struct rq *rq, const struct flow_subject *subject)
{
    (void)rq;
    return str_is(subject->state, "evaluated") ? OK
                                               : err_make(ERR_CONFLICT, "letters.awaits_verdict");
}

err letter_effect_close(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    struct letter *l = row_of(subject);
    bool solved = str_is(l->verdict, "solved") && !str_is(l->still, "no");
    (void)step;
    end(rq, l, !l->verdict.len ? "silent" : solved ? "solved" : "office");
    return OK;
}
