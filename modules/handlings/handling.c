/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The road of a letter to its answer: handed to units as a plain matter, running along with
 * another, answered, again, at last an opinion. What units read: handling_mask. Reactions to other
 * modules: handling_reactions.c. */
#include "modules/assignments/assignment.h"
#include "modules/handlings/handling_rules.h"
#include "modules/mailbox/sender.h"
#include "modules/opinions/opinion_house.h"
#include "modules/orgs/org.h"
#include "platform/calendar/calendar.h"
#include "platform/settings/settings.h"
#include "platform/text/mask.h"
#include "platform/text/texts.h"

enum { COHOSTS_MAX = 8, SHORT_NAME = 2 };

static struct letter *row_of(const struct flow_subject *subject)
{
    return subject->row;
}

/* ---- what units read ---- */

static str replaced(struct arena *mem, str text, str what, str by)
{
    struct buf *b = buf_new(mem, text.len * (by.len + 1) + 1);
    size_t from = 0;
    for (i64 at; (at = str_find(text, what, from)) >= 0; from = (size_t)at + what.len) {
        buf_add(b, str_sub(text, from, (size_t)at - from));
        buf_add(b, by);
    }
    buf_add(b, str_sub(text, from, text.len));
    return buf_str(b);
}

/* A name of one character would take the same character out of every other word. */
static str without(struct rq *rq, str text, str what)
{
    what = str_trim(what);
    return str_chars(what) < SHORT_NAME || str_find(text, what, 0) < 0
               ? text
               : replaced(rq->mem, text, what, text_find("handlings.masked"));
}

err handling_mask(struct rq *rq, i64 letter_id, str text, str *out)
{
    struct letter_sender sender;
    TRY(sender_find(rq, letter_id, &sender));
    text = without(rq, text, sender.name);
    text = without(rq, text, sender.phone);
    text = without(rq, text, sender.mail);
    *out = mask_text(rq->mem, text, MASK_ALL);
    return OK;
}

err handling_lead(struct rq *rq, const struct letter *l, struct letter *out)
{
    *out = *l;
    return l->lead_id ? letter_find_house(rq, l->lead_id, out) : OK;
}

/* ---- days: the length for 社情民意 is the place's own (rules.md 3) ---- */

static i64 working(struct rq *rq, const char *setting)
{
    return calendar_add_working(calendar_current(), rq->today, setting_number(rq, setting));
}

i64 handling_due(struct rq *rq)
{
    return working(rq, "handlings.reply_days");
}

i64 handling_redo_due(struct rq *rq)
{
    return working(rq, "handlings.redo_days");
}

/* ---- handing out ---- */

/* What runs along is handled with its lead. */
err handling_guard_assign(struct rq *rq, const struct flow_subject *subject)
{
    (void)rq;
    return row_of(subject)->lead_id ? err_make(ERR_CONFLICT, "handlings.runs_along") : OK;
}

err handling_waits_assigning(struct rq *rq, const struct flow_subject *subject, bool *out)
{
    (void)rq;
    *out = row_of(subject)->lead_id == 0;
    return OK;
}

static size_t agencies_of(const struct letter_assign_input *in, i64 due_on,
                          struct assignment_new out[COHOSTS_MAX + 1])
{
    size_t n = 0;
    out[n++] = (struct assignment_new){ in->host_id, in->cohosts.count ? "host" : "sole", due_on };
    for (size_t i = 0; i < in->cohosts.count && n <= COHOSTS_MAX; i++)
        out[n++] = (struct assignment_new){ in->cohosts.items[i], "cohost", 0 };
    return n;
}

/* The first answer of a unit is addressed to nobody by name. */
static void matter_of(struct rq *rq, const struct letter *l, str title, struct matter *out)
{
    i64 *nobody = arena_zero(rq->mem, sizeof *nobody);
    str *names = arena_array(rq->mem, 2, sizeof *names);
    names[0] = text_find("handlings.addressee");
    names[1] = title;
    *out = (struct matter){ .collection = "letters",
                            .id = l->id,
                            .title = title,
                            .number = text_format(rq->mem, "handlings.number",
                                                  arena_printf(rq->mem, "%lld", (long long)l->id),
                                                  str_of("")),
                            .items = { &names[1], 1 },
                            .persons = { nobody, 1 },
                            .names = { names, 1 },
                            .plain = true,
                            .examine = setting_on(rq, "handlings.examine"),
                            .accept_due_on = working(rq, "handlings.accept_days") };
}

/* Chosen badly is a fault of the form, not a refusal of it. */
static err faulty(struct rq *rq, const char *field, err e)
{
    if (e.code != ERR_INVALID || err_is(e, "form.faults"))
        return e;
    rq_fault(rq, field, e.name, e.arg[0], e.arg[1]);
    return err_make(ERR_INVALID, "form.faults");
}

err handling_effect_assign(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    const struct letter_assign_input *in = step->input;
    struct letter *l = row_of(subject);
    struct assignment_new agencies[COHOSTS_MAX + 1];
    struct matter matter;
    str title;
    i64 due_on = in->due_on > 0 ? in->due_on : handling_due(rq);
    if (due_on <= rq->today) {
        rq_fault(rq, "due_on", "handlings.due_past", str_of(""), str_of(""));
        return err_make(ERR_INVALID, "form.faults");
    }
    str text = in->masked_body.len ? in->masked_body : letter_text_for_units(rq, l);
    TRY(handling_mask(rq, l->id, text, &l->masked_body));
    TRY(handling_mask(rq, l->id, l->title, &title));
    matter_of(rq, l, title, &matter);
    matter.extend_to_on = calendar_add_working(calendar_current(), due_on,
                                               setting_number(rq, "handlings.extend_days"));
    size_t count = agencies_of(in, due_on, agencies);
    TRY(faulty(rq, "host_id", assignment_hand_out(rq, &matter, agencies, count)));
    l->assigned_at = rq->now_ms;
    l->agency_id = in->host_id;
    l->due_on = due_on;
    TRY(handling_disclose_point(rq, l, in->point_disclosed));
    return handling_disclose(rq, l->id, &in->photos);
}

/* ---- running along ---- */

static bool is_answered(const struct letter *l)
{
    return l->reply.len && (str_is(l->state, "replied") || str_is(l->state, "evaluated") ||
                            str_is(l->state, "closed"));
}

static bool is_over(const struct letter *l)
{
    return str_is(l->ended, "routed") || str_is(l->ended, "dismissed") ||
           str_is(l->ended, "withdrawn");
}

static err no_lead(struct rq *rq, const char *name)
{
    rq_fault(rq, "lead_id", name, str_of(""), str_of(""));
    return err_make(ERR_INVALID, "form.faults");
}

/* The letter that is handled, where the named one runs along itself. */
static err lead_of(struct rq *rq, i64 id, i64 own_id, struct letter *out)
{
    struct letter named;
    err e = letter_find(rq, id, &named);
    if (e.code == ERR_NOT_FOUND)
        return no_lead(rq, "handlings.no_lead");
    TRY(e);
    TRY(handling_lead(rq, &named, out));
    if (out->id == own_id)
        return no_lead(rq, "handlings.same_letter");
    return is_over(out) ? no_lead(rq, "handlings.lead_over") : OK;
}

/* Those that ran along with it run along with its new lead. */
static err move_along(struct rq *rq, i64 from_id, i64 to_id)
{
    struct rows rows;
    TRY(letter_list_along(rq, from_id, &rows));
    struct letter *all = rows.items;
    for (size_t i = 0; i < rows.count; i++) {
        all[i].lead_id = to_id;
        TRY(letter_update(rq, &all[i]));
    }
    return OK;
}

/* Whose the answer is that stands there now; 0 = the office's. */
static i64 answerer(struct rq *rq, const struct letter *l)
{
    return l->assigned_at && !str_eq(l->reply_agency, rq->actor->org_name) ? l->agency_id : 0;
}

err handling_effect_attach(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    const struct letter_attach_input *in = step->input;
    struct letter *l = row_of(subject), lead;
    TRY(lead_of(rq, in->lead_id, l->id, &lead));
    TRY(move_along(rq, l->id, lead.id));
    /* chosen, if at all, before this unit was in question */
    TRY(handling_disclose_none(rq, l->id));
    TRY(handling_disclose_point(rq, l, false));
    l->lead_id = lead.id;
    l->agency_id = lead.agency_id;
    l->triaged_at = l->triaged_at ? l->triaged_at : rq->now_ms;
    l->category = l->category.len ? l->category : lead.category;
    step->to = str_of("triaged");
    if (str_is(lead.state, "assigned")) {
        l->assigned_at = rq->now_ms;
        l->due_on = lead.due_on;
        step->to = lead.state;
    } else if (is_answered(&lead)) {
        l->reply = lead.reply;
        l->reply_agency = lead.reply_agency;
        letter_mark_answered(l, rq->now_ms, "untimed", answerer(rq, &lead));
        step->to = str_of("replied");
    }
    return OK;
}

/* ---- the answer, and again ---- */

err handling_effect_deliver(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    const struct letter_deliver_input *in = step->input;
    struct letter *l = row_of(subject);
    l->reply = in->reply;
    l->reply_agency = in->agency;
    letter_mark_answered(l, rq->now_ms, in->late ? "late" : "on_time", in->agency_id);
    l->due_on = 0;
    return OK;
}

/* The one that answers the sender of those handed out; id 0 = none. */
static err answering(struct rq *rq, i64 lead_id, struct assignment *out)
{
    struct rows rows;
    TRY(assignment_list_of(rq, "letters", lead_id, &rows));
    const struct assignment *all = rows.items;
    *out = (struct assignment){ 0 };
    for (size_t i = 0; i < rows.count; i++)
        if (!str_is(all[i].role, "cohost") && !str_is(all[i].state, "reassigned"))
            *out = all[i];
    return OK;
}

/* Nothing is solved: the unit handles it once more. What no unit has, or has ended, the office
 * sorts anew. */
err handling_effect_reopen(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    struct letter *l = row_of(subject), lead;
    struct assignment a;
    TRY(handling_lead(rq, l, &lead));
    TRY(answering(rq, lead.id, &a));
    l->round++;
    l->reopened_at = rq->now_ms;
    l->verdict = str_of("");
    l->evaluated_at = 0;
    if (!a.id || str_is(a.state, "closed")) {
        l->lead_id = 0;
        step->to = str_of("triaged");
        return OK;
    }
    l->due_on = a.due_on;
    if (str_is(a.state, "replied")) {
        l->due_on = handling_redo_due(rq);
        TRY(assignment_redo(rq, a.id, l->due_on));
    }
    step->to = str_of("assigned");
    return OK;
}

/* ---- an opinion of the committee ---- */

bool handling_is_unsolved(const struct letter *l)
{
    return str_is(l->still, "no") || (str_is(l->verdict, "unsolved") && l->round > 1);
}

/* The office's to think of, until something was made of it: a candidate topic, or an opinion; once
 * more where the editors do not use that, or the topic is not taken up. */
err handling_waits_feeding(struct rq *rq, const struct flow_subject *subject, bool *out)
{
    const struct letter *l = row_of(subject);
    struct rows rows;
    *out = handling_is_unsolved(l) && (!l->offered_at || l->offer_rejected);
    if (!*out)
        return OK;
    TRY(handling_store_list_opinions(rq->db, l->id, rq->mem, &rows));
    const struct handling_opinion *all = rows.items;
    for (size_t i = 0; i < rows.count; i++)
        *out &= all[i].kept;
    return OK;
}

/* The sender is named only where he lets himself be known, and then by his name alone: how he is
 * reached is the office's. */
static err named(struct rq *rq, const struct letter_feed_input *in, str situation, str *out)
{
    struct letter_sender sender;
    *out = situation;
    if (!in->named)
        return OK;
    TRY(sender_find(rq, in->id, &sender));
    if (!sender.handover || !sender.name.len) {
        rq_fault(rq, "named", "handlings.not_agreed", str_of(""), str_of(""));
        return err_make(ERR_INVALID, "form.faults");
    }
    *out = text_format(rq->mem, "handlings.by_sender", situation, sender.name);
    return OK;
}

err handling_effect_feed(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    const struct letter_feed_input *in = step->input;
    struct opinion_house_new opinion = { 0 };
    struct letter *letter = row_of(subject);
    i64 id;
    str situation;
    TRY(handling_mask(rq, subject->id, in->title, &opinion.title));
    TRY(handling_mask(rq, subject->id, in->situation, &situation));
    TRY(handling_mask(rq, subject->id, in->analysis, &opinion.analysis));
    TRY(handling_mask(rq, subject->id, in->suggestions, &opinion.suggestions));
    TRY(named(rq, in, situation, &opinion.situation));
    TRY(opinion_add_house(rq, &opinion, &id));
    letter->fed_at = letter->fed_at ? letter->fed_at : rq->now_ms;
    return handling_store_add_opinion(rq->db, subject->id, id, rq->now_ms, rq->actor->account_id);
}

/* ---- something was made of what a letter is about ---- */

/* The letter, if it waits to become something; waiting false: it does not. */
static err find_waiting(struct rq *rq, i64 letter_id, struct flow_subject *out, bool *waits)
{
    struct letter *l = arena_zero(rq->mem, sizeof *l);
    *waits = false;
    TRY(letter_find_house(rq, letter_id, l));
    *out = (struct flow_subject){ l->id, l->version, l->state, l->title, str_of(""), l };
    return str_is(l->state, "evaluated") ? handling_waits_feeding(rq, out, waits) : OK;
}

/* Its history tells of the verb as if it had been done here, and nobody has to think of it. */
static err along(struct rq *rq, struct flow_subject *subject, const char *verb, const char *words)
{
    struct letter *l = row_of(subject);
    struct flow_trail told = { .at = rq->now_ms,
                               .verb = str_of(verb),
                               .from_state = l->state,
                               .to_state = l->state,
                               .actor_name = rq->actor->name,
                               .opinion = text_find(words) };
    TRY(letter_update(rq, l));
    subject->version = l->version;
    TRY(flow_trail_add(rq, &LETTERS_FLOW, l->id, &told));
    return flow_todos_renew(rq, &LETTERS_FLOW, subject);
}

err handling_feed_along(struct rq *rq, i64 letter_id, i64 opinion_id)
{
    struct flow_subject subject;
    bool waits;
    TRY(find_waiting(rq, letter_id, &subject, &waits));
    if (!waits)
        return OK;
    struct letter *l = row_of(&subject);
    l->fed_at = l->fed_at ? l->fed_at : rq->now_ms;
    TRY(handling_store_add_opinion(rq->db, letter_id, opinion_id, rq->now_ms,
                                   rq->actor->account_id));
    return along(rq, &subject, "feed", "handlings.fed_along");
}

err handling_offer_along(struct rq *rq, i64 letter_id)
{
    struct flow_subject subject;
    bool waits;
    TRY(find_waiting(rq, letter_id, &subject, &waits));
    if (!waits)
        return OK;
    struct letter *l = row_of(&subject);
    l->offered_at = rq->now_ms;
    return along(rq, &subject, "offer", "handlings.offered_along");
}
