/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Promises after delivery (rules.md 2.5, 2.6 回头看): their agency tells how far it is, shows that
 * it is done, or asks for more time; the office checks, grants, or says that it was not kept. Days
 * by themselves: outcome_jobs.c. What the whole case becomes: followup.c. */
#include "modules/assignments/assignment.h"
#include "modules/assignments/assignment_late.h"
#include "modules/outcomes/outcome_rules.h"
#include "modules/proposals/proposal.h"
#include "modules/replies/reply.h"
#include "platform/calendar/calendar.h"
#include "platform/notify/notify.h"
#include "platform/settings/settings.h"
#include "platform/text/text_date.h"
#include "platform/text/texts.h"

enum { MONTHS_MAX = 60, SUPPLEMENT_DAYS = 10 };

bool outcome_has_code(struct rq *rq, const char *setting, str code)
{
    str rest = setting_text(rq, setting), word;
    bool found = false;
    while (str_split(&rest, ' ', &word))
        found = found || (word.len > 0 && str_eq(str_trim(word), code));
    return found;
}

bool promise_is_own(const struct rq *rq, const struct promise *p)
{
    return rq->actor->agency_id > 0 && rq->actor->agency_id == p->agency_id;
}

bool promise_is_open(const struct promise *p)
{
    return str_is(p->state, "made") || str_is(p->state, "progressing") ||
           str_is(p->state, "renewed");
}

static struct promise *row_of(const struct flow_subject *subject)
{
    return subject->row;
}

static str own_url(struct rq *rq, const struct promise *p)
{
    return arena_printf(rq->mem, "/promises/%lld", (long long)p->id);
}

/* ---- telling ---- */

static err tell_agency(struct rq *rq, const struct promise *p, const char *text, str more)
{
    struct notify_to to = { .agency_id = p->agency_id, .except_account_id = rq->actor->account_id };
    return notify_send(rq, &to,
                       &(struct notify_message){
                           .text = text, .arg = { p->text, more }, .url = own_url(rq, p) });
}

/* Those who asked for it. */
static err tell_signers(struct rq *rq, const struct promise *p, const char *text)
{
    ids persons;
    TRY(assignment_persons(rq, arena_cstr(rq->mem, p->matter), p->matter_id, &persons));
    for (size_t i = 0; i < persons.count; i++)
        TRY(notify_send(rq, &(struct notify_to){ .person_id = persons.items[i] },
                        &(struct notify_message){ .text = text,
                                                  .arg = { p->text, p->agency_name },
                                                  .url = own_url(rq, p) }));
    return OK;
}

/* What was said, with who said it; from_on, to_on: of a renewal or reopening. */
static err note(struct rq *rq, const struct promise *p, struct promise_note said)
{
    bool own = promise_is_own(rq, p);
    str name = rq->actor->name;
    if (own && name.len > 0 && !str_eq(name, p->agency_name))
        name = text_format(rq->mem, "assignments.who", p->agency_name, name);
    else if (own)
        name = p->agency_name;
    said.promise_id = p->id;
    said.noted_at = rq->now_ms;
    said.noted_by = rq->actor->account_id;
    said.noted_name = name;
    said.percent = p->percent;
    return promise_note_store_add(rq->db, &said);
}

static struct promise_note words(const char *kind, str text)
{
    return (struct promise_note){ .kind = str_of(kind), .text = text };
}

/* ---- what is late ---- */

err promise_late_list(struct rq *rq, const struct late_query *query, struct rows *out)
{
    struct promise_query late = { .to_on = late_last_day(rq->today, query->least),
                                  .limit = query->limit,
                                  .after_on = query->after_on,
                                  .after_id = query->after_id };
    struct rows rows;
    TRY(promise_store_list_late(rq->db, &late, rq->mem, &rows));
    const struct promise *all = rows.items;
    struct late_row *made = arena_array(rq->mem, rows.count + 1, sizeof *made);
    for (size_t i = 0; i < rows.count; i++)
        made[i] = (struct late_row){
            .id = all[i].id,
            .subject_id = all[i].id,
            .matter_id = all[i].matter_id,
            .agency_id = all[i].agency_id,
            .due_on = all[i].due_on,
            .days_late = calendar_working_between(calendar_current(), all[i].due_on, rq->today),
            .stage = str_of("promise"),
            .matter = all[i].matter,
            .title = all[i].text,
            .number = all[i].matter_number,
            .agency_name = all[i].agency_name,
        };
    *out = (struct rows){ made, rows.count, sizeof *made };
    return OK;
}

/* ---- the flow: loading, storing ---- */

err promise_flow_load(struct rq *rq, i64 id, struct flow_subject *out)
{
    struct promise *p = arena_zero(rq->mem, sizeof *p);
    TRY(list_find(rq, &PROMISE_LIST, id, p));
    *out = (struct flow_subject){ p->id, p->version, p->state, p->text, p->matter_number, p };
    return OK;
}

/* Also writes what the effects below changed in the row. */
err promise_flow_store(struct rq *rq, const struct flow_subject *subject, str to)
{
    return promise_store_update(rq->db, row_of(subject), to);
}

err promise_flow_holder(struct rq *rq, const struct flow_subject *subject,
                        const struct flow_todo *todo, ids *out)
{
    (void)todo;
    out->items = arena_array(rq->mem, 1, sizeof(i64));
    out->items[0] = row_of(subject)->agency_id;
    out->count = 1;
    return OK;
}

err promise_is_unconfirmed(struct rq *rq, const struct flow_subject *subject, bool *out)
{
    (void)rq;
    *out = row_of(subject)->confirmed_at == 0;
    return OK;
}

/* ---- guards ---- */

err promise_guard_own(struct rq *rq, const struct flow_subject *subject)
{
    return promise_is_own(rq, row_of(subject)) ? OK : err_make(ERR_FORBIDDEN, "promises.not_yours");
}

err promise_guard_renew(struct rq *rq, const struct flow_subject *subject)
{
    const struct promise *p = row_of(subject);
    i64 most = setting_number(rq, "outcomes.renewals_max");
    TRY(promise_guard_own(rq, subject));
    if (p->renew_to_on > 0)
        return err_make(ERR_CONFLICT, "promises.renewal_open");
    if (p->renewals < most)
        return OK;
    return err_make_with(ERR_CONFLICT, "promises.renewed_enough",
                         arena_printf(rq->mem, "%lld", (long long)most), str_of(""));
}

/* Who promised does not judge whether it was kept, whatever else he is and for whom he acts. */
static err guard_not_own(struct rq *rq, const struct flow_subject *subject)
{
    return assignment_works_for(rq, row_of(subject)->agency_id)
               ? err_make(ERR_FORBIDDEN, "promises.own_agency")
               : OK;
}

err promise_guard_miss(struct rq *rq, const struct flow_subject *subject)
{
    return guard_not_own(rq, subject);
}

err promise_guard_decide(struct rq *rq, const struct flow_subject *subject)
{
    TRY(guard_not_own(rq, subject));
    return row_of(subject)->renew_to_on > 0 ? OK : err_make(ERR_CONFLICT, "promises.no_renewal");
}

err promise_guard_confirm(struct rq *rq, const struct flow_subject *subject)
{
    TRY(guard_not_own(rq, subject));
    return row_of(subject)->confirmed_at == 0
               ? OK
               : err_make(ERR_CONFLICT, "promises.confirmed_already");
}

err promise_guard_reopen(struct rq *rq, const struct flow_subject *subject)
{
    const struct promise *p = row_of(subject);
    TRY(guard_not_own(rq, subject));
    return str_is(p->state, "missed") || p->confirmed_at > 0
               ? OK
               : err_make(ERR_CONFLICT, "promises.confirm_first");
}

/* ---- the agency's steps ---- */

err promise_effect_progress(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    const struct progress_input *in = step->input;
    struct promise *p = row_of(subject);
    p->percent = in->percent;
    step->agency_name = p->agency_name;
    return note(rq, p, words("progress", in->opinion));
}

/* Whether it is late if it is shown now. Where only more evidence was asked for since it was shown
 * first, that day counts, by the day that was in force then; missed or reopened, it counts anew. */
static err is_late(struct rq *rq, const struct promise *p, bool *out)
{
    struct rows rows;
    i64 met_on = 0, in_force = 0;
    TRY(promise_note_store_list(rq->db, p->id, rq->mem, &rows));
    const struct promise_note *all = rows.items;
    for (size_t i = 0; i < rows.count; i++) {
        if (str_is(all[i].kind, "miss") || str_is(all[i].kind, "reopen"))
            met_on = in_force = 0;
        else if (str_is(all[i].kind, "meet") && met_on == 0)
            met_on = day_of_ms(all[i].noted_at);
        else if (str_is(all[i].kind, "supplement") && in_force == 0)
            in_force = all[i].from_on;
    }
    *out = met_on > 0 && in_force > 0 ? met_on > in_force : rq->today > p->due_on;
    return OK;
}

/* It counts from the day on which it was shown; the office checks afterwards. */
err promise_effect_meet(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    const struct promise_reason_input *in = step->input;
    struct promise *p = row_of(subject);
    p->met_on = rq->today;
    TRY(is_late(rq, p, &p->was_late));
    p->percent = 100;
    p->missed_on = 0;
    p->renew_to_on = 0;
    p->confirmed_at = setting_on(rq, "outcomes.confirm") ? 0 : rq->now_ms;
    step->agency_name = p->agency_name;
    step->fact = p;
    TRY(flow_todo_done(rq, &PROMISES_FLOW, p->id, "meet", 0));
    TRY(flow_todo_done(rq, &PROMISES_FLOW, p->id, "decide_renewal", 0));
    TRY(note(rq, p, words("meet", in->opinion)));
    return p->confirmed_at > 0 ? tell_signers(rq, p, "promises.told_met") : OK;
}

/* The last day of all: five years, as for a new one. */
static err check_day(struct rq *rq, const struct promise *p, i64 to_on)
{
    i64 last = calendar_due(calendar_current(), rq->today, MONTHS_MAX, "months", false);
    bool later = promise_is_open(p) ? to_on > p->due_on : true;
    if (to_on > rq->today && later && to_on <= last)
        return OK;
    rq_fault(rq, "to_on", "promises.day",
             text_date(rq->mem, p->due_on > rq->today ? p->due_on : rq->today),
             text_date(rq->mem, last));
    return err_make(ERR_INVALID, "form.faults");
}

err promise_effect_renew(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    const struct promise_day_input *in = step->input;
    struct promise *p = row_of(subject);
    TRY(check_day(rq, p, in->to_on));
    p->renew_to_on = in->to_on;
    p->renew_reason = in->opinion;
    step->agency_name = p->agency_name;
    TRY(note(rq, p,
             (struct promise_note){ .kind = str_of("renew"),
                                    .text = in->opinion,
                                    .from_on = p->due_on,
                                    .to_on = in->to_on }));
    struct todo_new todo = { .holder = "may:promises.confirm",
                             .verb = "decide_renewal",
                             .url = arena_printf(rq->mem, "/promises/%lld/decide_renewal",
                                                 (long long)p->id) };
    return flow_todo_add(rq, &PROMISES_FLOW, subject, &todo);
}

/* ---- the office's steps ---- */

err promise_effect_confirm(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    const struct promise_reason_input *in = step->input;
    struct promise *p = row_of(subject);
    p->confirmed_at = rq->now_ms;
    step->fact = p;
    TRY(note(rq, p, words("confirm", in->opinion)));
    TRY(tell_agency(rq, p, "promises.told_confirmed", in->opinion));
    return tell_signers(rq, p, "promises.told_met");
}

/* What is missing is to be shown by a day that can be kept: the one in force or some working days
 * from now. The day first given stays. */
err promise_effect_supplement(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    const struct promise_reason_input *in = step->input;
    struct promise *p = row_of(subject);
    i64 from_on = p->due_on;
    i64 soonest = calendar_add_working(calendar_current(), rq->today, SUPPLEMENT_DAYS);
    (void)step;
    p->met_on = 0;
    p->was_late = false;
    p->warning = str_of("");
    p->due_on = soonest > from_on ? soonest : from_on;
    TRY(note(rq, p,
             (struct promise_note){ .kind = str_of("supplement"),
                                    .text = in->opinion,
                                    .from_on = from_on,
                                    .to_on = p->due_on }));
    TRY(flow_todo_add(rq, &PROMISES_FLOW, subject,
                      &(struct todo_new){ .holder = "agency",
                                          .holder_id = p->agency_id,
                                          .verb = "meet",
                                          .due_on = p->due_on,
                                          .url = own_url(rq, p) }));
    return tell_agency(rq, p, "promises.told_supplement", in->opinion);
}

/* By the office with a reason, or by the house when its day is long past. */
err promise_effect_miss(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    const struct promise_reason_input *in = step->input;
    struct promise *p = row_of(subject);
    str why = in ? in->opinion : text_find("promises.missed_by_itself");
    p->missed_on = rq->today;
    p->renew_to_on = 0;
    step->fact = p;
    step->opinion = why;
    TRY(flow_todo_done(rq, &PROMISES_FLOW, p->id, "meet", 0));
    TRY(flow_todo_done(rq, &PROMISES_FLOW, p->id, "decide_renewal", 0));
    TRY(note(rq, p, words("miss", why)));
    TRY(tell_agency(rq, p, "promises.told_missed", why));
    return tell_signers(rq, p, "promises.told_missed_signer");
}

err promise_effect_decide(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    const struct decide_renewal_input *in = step->input;
    struct promise *p = row_of(subject);
    bool granted = str_is(in->decision, "granted");
    i64 from_on = p->due_on, to_on = p->renew_to_on;
    if (!granted && in->opinion.len == 0) {
        rq_fault(rq, "opinion", "promises.refusal_reason", str_of(""), str_of(""));
        return err_make(ERR_INVALID, "form.faults");
    }
    if (granted && to_on <= rq->today)
        return err_make_with(ERR_CONFLICT, "promises.renewal_past", text_date(rq->mem, to_on),
                             str_of(""));
    p->renew_to_on = 0;
    p->renew_reason = str_of("");
    step->fact = p;
    TRY(flow_todo_done(rq, &PROMISES_FLOW, p->id, "decide_renewal", 0));
    if (!granted) {
        TRY(note(rq, p, words("refuse", in->opinion)));
        return tell_agency(rq, p, "promises.told_refused", in->opinion);
    }
    step->to = str_of("renewed");
    p->due_on = to_on;
    p->renewals++;
    p->warning = str_of("");
    TRY(flow_todo_done(rq, &PROMISES_FLOW, p->id, "meet", 0));
    TRY(note(
        rq, p,
        (struct promise_note){
            .kind = str_of("grant"), .text = in->opinion, .from_on = from_on, .to_on = to_on }));
    TRY(tell_agency(rq, p, "promises.told_renewed", text_date(rq->mem, to_on)));
    return tell_signers(rq, p, "promises.told_renewed_signer");
}

/* A case that counted as fulfilled is followed again. */
static err follow_again(struct rq *rq, const struct promise *p)
{
    struct proposal matter;
    if (!str_is(p->matter, "proposals"))
        return OK;
    TRY(proposal_find_house(rq, p->matter_id, &matter));
    return str_is(matter.state, "fulfilled")
               ? flow_move(rq, &PROPOSALS_FLOW, matter.id, "track", NULL)
               : OK;
}

/* Looked at again and not done: it goes on, by a new day. The day first given stays. */
err promise_effect_reopen(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    const struct promise_day_input *in = step->input;
    struct promise *p = row_of(subject);
    i64 from_on = p->due_on;
    TRY(check_day(rq, p, in->to_on));
    p->due_on = in->to_on;
    p->met_on = p->confirmed_at = p->missed_on = 0;
    p->was_late = false;
    p->warning = str_of("");
    TRY(note(rq, p,
             (struct promise_note){ .kind = str_of("reopen"),
                                    .text = in->opinion,
                                    .from_on = from_on,
                                    .to_on = in->to_on }));
    TRY(follow_again(rq, p));
    TRY(tell_agency(rq, p, "promises.told_reopened", in->opinion));
    return tell_signers(rq, p, "promises.told_reopened_signer");
}

err promise_effect_supersede(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    struct promise *p = row_of(subject);
    step->fact = p;
    p->superseded_at = rq->now_ms;
    p->renew_to_on = 0;
    return note(rq, p, words("supersede", str_of("")));
}

/* ---- a reply has gone out ---- */

static err supersede_before(struct rq *rq, const struct assignment *a)
{
    struct rows rows;
    TRY(promise_store_list_assignment(rq->db, a->id, rq->mem, &rows));
    const struct promise *all = rows.items;
    for (size_t i = 0; i < rows.count; i++)
        if (all[i].round < a->round && promise_is_open(&all[i]))
            TRY(flow_move(rq, &PROMISES_FLOW, all[i].id, "supersede", NULL));
    return OK;
}

static err session_of(struct rq *rq, const struct assignment *a, i64 *out)
{
    struct proposal p;
    *out = 0;
    if (!str_is(a->matter, "proposals"))
        return OK;
    TRY(proposal_find_house(rq, a->matter_id, &p));
    *out = p.session_id;
    return OK;
}

static err begin(struct rq *rq, const struct assignment *a, i64 session_id,
                 const struct reply_promise *given)
{
    struct promise p = { .matter_id = a->matter_id,
                         .session_id = session_id,
                         .assignment_id = a->id,
                         .agency_id = a->agency_id,
                         .round = a->round,
                         .number = given->number,
                         .item_number = given->item_number,
                         .first_due_on = given->due_on,
                         .due_on = given->due_on,
                         .made_at = rq->now_ms,
                         .version = 1,
                         .matter = a->matter,
                         .matter_title = a->matter_title,
                         .matter_number = a->matter_number,
                         .agency_name = a->agency_name,
                         .text = given->text,
                         .owner = given->owner,
                         .phone = given->phone,
                         .evidence_kind = given->evidence_kind,
                         .state = str_of("made") };
    TRY(promise_store_add_made(rq->db, &p, &p.id));
    struct flow_subject subject = { p.id, 1, p.state, p.text, p.matter_number, &p };
    return flow_begin(rq, &PROMISES_FLOW, &subject, "outcomes.made");
}

err on_reply_delivered(struct rq *rq, i64 id, const void *fact)
{
    const struct assignment *a = fact;
    struct rows rows;
    i64 session_id = 0;
    if (a->round > 1)
        TRY(supersede_before(rq, a));
    TRY(reply_promises(rq, id, a->round, &rows));
    if (rows.count == 0)
        return OK;
    TRY(session_of(rq, a, &session_id));
    const struct reply_promise *all = rows.items;
    for (size_t i = 0; i < rows.count; i++)
        TRY(begin(rq, a, session_id, &all[i]));
    return OK;
}
