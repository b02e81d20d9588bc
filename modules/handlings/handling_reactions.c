/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What follows from facts of letters and of assignments: who runs along goes along, an answer
 * reaches every sender, a verdict reopens, an end ends the units' work too. */
#include "modules/assignments/assignment.h"
#include "modules/assignments/assignment_title.h"
#include "modules/handlings/handling_rules.h"
#include "modules/replies/reply.h"
#include "platform/text/texts.h"

static const struct letter *letter_of(const void *fact)
{
    const struct flow_step *step = fact;
    return step->subject->row;
}

static bool is_sorted_only(const struct letter *l)
{
    return str_is(l->state, "received") || str_is(l->state, "triaged");
}

/* ---- who runs along ---- */

/* Those that wait with their lead are now where it is. */
static err bring_along(struct rq *rq, i64 lead_id)
{
    struct rows rows;
    struct letter_attach_input in = { .lead_id = lead_id };
    TRY(letter_list_along(rq, lead_id, &rows));
    const struct letter *all = rows.items;
    for (size_t i = 0; i < rows.count; i++)
        if (is_sorted_only(&all[i]))
            TRY(flow_move(rq, &LETTERS_FLOW, all[i].id, "attach", &in));
    return OK;
}

err on_handling_assigned(struct rq *rq, i64 id, const void *fact)
{
    (void)fact;
    return bring_along(rq, id);
}

static err deliver_along(struct rq *rq, i64 lead_id, const struct letter_deliver_input *in)
{
    struct rows rows;
    TRY(letter_list_along(rq, lead_id, &rows));
    const struct letter *all = rows.items;
    for (size_t i = 0; i < rows.count; i++)
        if (str_is(all[i].state, "assigned"))
            TRY(flow_move(rq, &LETTERS_FLOW, all[i].id, "deliver", in));
    return OK;
}

err on_handling_replied(struct rq *rq, i64 id, const void *fact)
{
    (void)fact;
    return bring_along(rq, id); /* the office has answered the lead by itself */
}

/* ---- the sender's word ---- */

/* "Not solved" reopens once; the second time the office thinks of it (handling_waits_feeding). */
err on_handling_evaluated(struct rq *rq, i64 id, const void *fact)
{
    const struct letter *l = letter_of(fact);
    return str_is(l->verdict, "unsolved") && l->round == 1
               ? flow_move(rq, &LETTERS_FLOW, id, "reopen", NULL)
               : OK;
}

/* Lasting, it ends; not any more, the office thinks of it. */
err on_handling_still(struct rq *rq, i64 id, const void *fact)
{
    const struct letter *l = fact;
    struct letter *row = arena_zero(rq->mem, sizeof *row);
    if (str_is(l->still, "yes"))
        return flow_move(rq, &LETTERS_FLOW, id, "close", NULL);
    *row = *l;
    struct flow_subject subject = { l->id, l->version, l->state, l->title, str_of(""), row };
    return flow_todos_renew(rq, &LETTERS_FLOW, &subject);
}

/* ---- the end ---- */

static err all_over(struct rq *rq, const struct letter *lead, bool *out)
{
    struct rows rows;
    TRY(letter_list_along(rq, lead->id, &rows));
    const struct letter *all = rows.items;
    *out = lead->closed_at > 0;
    for (size_t i = 0; i < rows.count; i++)
        *out &= all[i].closed_at > 0;
    return OK;
}

/* Not followed, or taken back, before anything was handed out: what ran along stands alone. */
static err let_go(struct rq *rq, const struct letter *lead)
{
    struct rows rows;
    TRY(letter_list_along(rq, lead->id, &rows));
    struct letter *all = rows.items;
    for (size_t i = 0; i < rows.count; i++) {
        if (!is_sorted_only(&all[i]))
            continue;
        all[i].lead_id = 0;
        TRY(letter_update(rq, &all[i]));
        struct flow_subject subject = { all[i].id,    all[i].version, all[i].state,
                                        all[i].title, str_of(""),     &all[i] };
        TRY(flow_todos_renew(rq, &LETTERS_FLOW, &subject));
    }
    return OK;
}

/* While anybody waits for the answer, the units go on. */
err on_handling_ended(struct rq *rq, i64 id, const void *fact)
{
    const struct letter *l = letter_of(fact);
    struct letter lead;
    bool over;
    (void)id;
    TRY(handling_lead(rq, l, &lead));
    TRY(let_go(rq, l));
    TRY(all_over(rq, &lead, &over));
    if (!over)
        return OK;
    return str_is(l->ended, "withdrawn") ? assignment_cancel(rq, "letters", lead.id)
                                         : assignment_close(rq, "letters", lead.id);
}

/* What the units were handed keeps its title only as long as the letter does. */
err on_handling_erased(struct rq *rq, i64 id, const void *fact)
{
    const struct letter *l = fact;
    TRY(handling_disclose_none(rq, id));
    return assignment_retitle(rq, "letters", id, l->title);
}

/* ---- facts of opinions ---- */

/* Whether its letter is again, or not any more, the office's to think of. words: told on the
 * letter's history beside the verb; NULL = nothing. */
static err think_again(struct rq *rq, i64 letter_id, const char *verb, const char *words)
{
    struct letter *l = arena_zero(rq->mem, sizeof *l);
    TRY(letter_find_house(rq, letter_id, l));
    struct flow_subject subject = { l->id, l->version, l->state, l->title, str_of(""), l };
    struct flow_trail told = {
        .at = rq->now_ms, .verb = str_of(verb), .from_state = l->state, .to_state = l->state
    };
    if (words) {
        told.opinion = text_find(words);
        TRY(flow_trail_add(rq, &LETTERS_FLOW, letter_id, &told));
    }
    return str_is(l->state, "evaluated") ? flow_todos_renew(rq, &LETTERS_FLOW, &subject) : OK;
}

static err think_of_all(struct rq *rq, i64 opinion_id, const char *words)
{
    struct rows rows;
    TRY(handling_store_list_fed(rq->db, opinion_id, rq->mem, &rows));
    const struct handling_row *all = rows.items;
    for (size_t i = 0; i < rows.count; i++)
        TRY(think_again(rq, all[i].id, "feed", words));
    return OK;
}

err on_handling_opinion_kept(struct rq *rq, i64 id, const void *fact)
{
    (void)fact;
    return think_of_all(rq, id, "handlings.fed_kept");
}

/* Also one that was kept before. */
err on_handling_opinion_taken(struct rq *rq, i64 id, const void *fact)
{
    const struct flow_step *step = fact;
    return think_of_all(rq, id, str_is(step->from, "kept") ? "handlings.fed_taken" : NULL);
}

/* ---- facts of topics: modules/topics calls, since it stands above ---- */

err handling_offer_decided(struct rq *rq, i64 letter_id, bool rejected)
{
    struct letter l;
    TRY(letter_find_house(rq, letter_id, &l));
    if (!l.offered_at || l.offer_rejected == rejected)
        return OK;
    l.offer_rejected = rejected;
    TRY(letter_update(rq, &l));
    return think_again(rq, letter_id, "offer",
                       rejected ? "handlings.offer_rejected" : "handlings.offer_reopened");
}

/* ---- facts of assignments ---- */

err on_handling_answer(struct rq *rq, i64 id, const void *fact)
{
    const struct assignment *a = fact;
    struct letter lead;
    struct letter_deliver_input in = { .agency = a->agency_name,
                                       .agency_id = a->agency_id,
                                       .late = a->was_late };
    (void)id;
    if (!str_is(a->matter, "letters"))
        return OK;
    TRY(reply_text(rq, a, &in.reply));
    TRY(letter_find_house(rq, a->matter_id, &lead));
    if (str_is(lead.state, "assigned"))
        TRY(flow_move(rq, &LETTERS_FLOW, lead.id, "deliver", &in));
    return deliver_along(rq, lead.id, &in);
}

static err follow(struct rq *rq, struct letter *l, const struct assignment *a)
{
    if (!str_is(l->state, "assigned") || (l->due_on == a->due_on && l->agency_id == a->agency_id))
        return OK;
    l->due_on = a->due_on;
    l->agency_id = a->agency_id;
    return letter_update(rq, l);
}

/* The sender is told on his page until when: the day of who answers. */
static err moved(struct rq *rq, const struct assignment *a)
{
    struct letter lead;
    struct rows rows;
    if (!str_is(a->matter, "letters") || str_is(a->role, "cohost"))
        return OK;
    TRY(letter_find_house(rq, a->matter_id, &lead));
    TRY(follow(rq, &lead, a));
    TRY(letter_list_along(rq, lead.id, &rows));
    struct letter *all = rows.items;
    for (size_t i = 0; i < rows.count; i++)
        TRY(follow(rq, &all[i], a));
    return OK;
}

err on_handling_reassigned(struct rq *rq, i64 id, const void *fact)
{
    (void)id;
    return moved(rq, fact);
}

err on_handling_due_changed(struct rq *rq, i64 id, const void *fact)
{
    const struct due_change *change = fact;
    (void)id;
    return moved(rq, change->assignment);
}
