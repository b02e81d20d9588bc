/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Rules of errands: who sees one, who does it, by which day, and its steps but writing and passing
 * (errand_answer.c). Giving one: errand_give.c. Table of the flow: desk_module.c. */
#include "modules/desks/errand.h"

#include "modules/accounts/account.h"
#include "modules/desks/desk_sections.h"
#include "modules/desks/errand_store.h"
#include "platform/base/log.h"
#include "platform/base/str.h"
#include "platform/calendar/calendar.h"
#include "platform/jobs/jobs.h"
#include "platform/notify/notify.h"
#include "platform/settings/settings.h"
#include "platform/text/text_date.h"
#include "platform/text/texts.h"

enum { BATCH = 50 };

static struct errand *row_of(const struct flow_subject *subject)
{
    return subject->row;
}

/* On a delegation whoever gave it. */
static i64 author(const struct rq *rq)
{
    return rq->actor->delegator_account_id ? rq->actor->delegator_account_id
                                           : rq->actor->account_id;
}

/* ---- who sees it ---- */

/* Steps of the house itself come without an account. */
static bool is_house(const struct rq *rq)
{
    return rq->actor->account_id == 0 && actor_may(rq->actor, "desks.read");
}

err errand_find(struct rq *rq, i64 id, struct errand *out)
{
    err e = errand_store_find(rq, id, out);
    bool is_own = e.code == ERR_NONE && rq->actor->agency_id > 0 &&
                  out->agency_id == rq->actor->agency_id && out->lost_at == 0;
    if (err_is(e, "db.no_row") || (e.code == ERR_NONE && !is_own && !is_house(rq)))
        return err_make(ERR_NOT_FOUND, "errands.not_found");
    return e;
}

err errand_assignment(struct rq *rq, i64 id, struct assignment *out)
{
    err e = assignment_find_house(rq, id, out);
    bool is_own = e.code == ERR_NONE && rq->actor->agency_id > 0 &&
                  out->agency_id == rq->actor->agency_id && !str_is(out->state, "reassigned");
    if (err_is(e, "db.no_row") || (e.code == ERR_NONE && !is_own))
        return err_make(ERR_NOT_FOUND, "assignments.not_found");
    return e;
}

static err desk_of(struct rq *rq, const struct errand *e, struct desk *out)
{
    *out = (struct desk){ 0 };
    return e->desk_id > 0 ? desk_store_find(rq, e->desk_id, out) : OK;
}

err errand_is_mine(struct rq *rq, const struct errand *e, bool *out)
{
    struct desk desk;
    i64 me = author(rq);
    TRY(desk_of(rq, e, &desk));
    *out = me > 0 && (e->account_id == me || desk.head_id == me);
    if (!*out && e->account_id == 0 && e->desk_id > 0)
        return desk_store_has_account(rq, e->desk_id, me, out);
    return OK;
}

/* Whether an account works for the agency today. */
static err is_working(struct rq *rq, i64 account_id, i64 agency_id, struct account *a, bool *out)
{
    err e = account_find(rq, account_id, a);
    *out = e.code == ERR_NONE && a->agency_id == agency_id && str_is(a->state, "active");
    return e.code == ERR_NOT_FOUND ? OK : e;
}

err errand_waits_head(struct rq *rq, const struct errand *e, bool *out, i64 *head_id)
{
    struct desk desk;
    struct account head = { 0 };
    bool is_there = false;
    TRY(desk_of(rq, e, &desk));
    if (desk.head_id > 0)
        TRY(is_working(rq, desk.head_id, e->agency_id, &head, &is_there));
    *head_id = is_there ? desk.head_id : 0;
    *out = is_there && str_is(e->state, "finished") && e->approved_at == 0 &&
           e->finished_by != desk.head_id && setting_on(rq, "desks.head_approves");
    return OK;
}

ids errand_numbers(struct rq *rq, const struct errand *e)
{
    ids out = { arena_array(rq->mem, e->numbers.len + 1, sizeof(i64)), 0 };
    i64 number = 0;
    for (size_t i = 0; i <= e->numbers.len; i++) {
        bool is_digit = i < e->numbers.len && e->numbers.ptr[i] >= '0' && e->numbers.ptr[i] <= '9';
        if (is_digit)
            number = number * 10 + (e->numbers.ptr[i] - '0');
        else if (number > 0) {
            out.items[out.count++] = number;
            number = 0;
        }
    }
    return out;
}

str errand_items(struct arena *mem, const struct errand *e)
{
    struct buf *b = buf_new(mem, e->numbers.len * 4 + 4);
    for (size_t i = 0; i < e->numbers.len; i++)
        buf_add(b, e->numbers.ptr[i] == ' ' ? text_find("desks.comma") : str_sub(e->numbers, i, 1));
    return buf_str(b);
}

const char *errand_tone(str state)
{
    const struct flow_state *s = flow_state_find(&ERRANDS_FLOW, state);
    return s ? s->tone : "idle";
}

/* ---- the flow: loading, storing, to-dos ---- */

err errand_flow_load(struct rq *rq, i64 id, struct flow_subject *out)
{
    struct errand *e = arena_zero(rq->mem, sizeof *e);
    TRY(errand_find(rq, id, e));
    *out =
        (struct flow_subject){ e->id, e->version, e->state, e->matter_title, e->matter_number, e };
    return OK;
}

err errand_flow_store(struct rq *rq, const struct flow_subject *subject, str to)
{
    struct errand *e = row_of(subject);
    TRY(errand_store_update(rq, e, to));
    e->state = to;
    e->version++;
    return OK;
}

static err add_person(struct rq *rq, i64 account_id, i64 agency_id, ids *out)
{
    struct account a = { 0 };
    bool is_there = false;
    TRY(is_working(rq, account_id, agency_id, &a, &is_there));
    if (is_there && a.person_id > 0)
        out->items[out->count++] = a.person_id;
    return OK;
}

/* Persons of who does it: the one, else all of the desk. Accounts of a body have none. */
static err persons_of(struct rq *rq, const struct errand *e, ids *out)
{
    struct rows rows = { 0 };
    if (e->account_id == 0 && e->desk_id > 0)
        TRY(desk_store_list_accounts(rq, e->agency_id, e->desk_id, &rows));
    const struct desk_account *all = rows.items;
    *out = (ids){ arena_array(rq->mem, rows.count + 1, sizeof(i64)), 0 };
    if (e->account_id > 0)
        return add_person(rq, e->account_id, e->agency_id, out);
    for (size_t i = 0; i < rows.count; i++)
        TRY(add_person(rq, all[i].account_id, e->agency_id, out));
    return OK;
}

static err head_of(struct rq *rq, const struct errand *e, bool *waits, ids *out)
{
    i64 head_id = 0;
    *out = (ids){ arena_array(rq->mem, 1, sizeof(i64)), 0 };
    TRY(errand_waits_head(rq, e, waits, &head_id));
    return *waits ? add_person(rq, head_id, e->agency_id, out) : OK;
}

err errand_flow_holder(struct rq *rq, const struct flow_subject *subject,
                       const struct flow_todo *todo, ids *out)
{
    const struct errand *e = row_of(subject);
    bool waits = false;
    if (strcmp(todo->holder, "agency") == 0) {
        *out = (ids){ arena_array(rq->mem, 1, sizeof(i64)), 1 };
        out->items[0] = e->agency_id;
        return OK;
    }
    return strcmp(todo->verb, "approve") == 0 ? head_of(rq, e, &waits, out)
                                              : persons_of(rq, e, out);
}

err errand_has_person(struct rq *rq, const struct flow_subject *subject, bool *out)
{
    ids persons;
    TRY(persons_of(rq, row_of(subject), &persons));
    *out = persons.count > 0;
    return OK;
}

err errand_has_no_person(struct rq *rq, const struct flow_subject *subject, bool *out)
{
    TRY(errand_has_person(rq, subject, out));
    *out = !*out;
    return OK;
}

err errand_head_person(struct rq *rq, const struct flow_subject *subject, bool *out)
{
    ids persons;
    TRY(head_of(rq, row_of(subject), out, &persons));
    *out = *out && persons.count > 0;
    return OK;
}

err errand_head_no_person(struct rq *rq, const struct flow_subject *subject, bool *out)
{
    ids persons;
    TRY(head_of(rq, row_of(subject), out, &persons));
    *out = *out && persons.count == 0;
    return OK;
}

err errand_is_ready(struct rq *rq, const struct flow_subject *subject, bool *out)
{
    i64 head_id;
    TRY(errand_waits_head(rq, row_of(subject), out, &head_id));
    *out = !*out;
    return OK;
}

/* ---- telling ---- */

/* Whoever does it: by account, since not every account has a person. */
static err tell_doer(struct rq *rq, const struct errand *e, const char *text, str more)
{
    struct rows rows = { 0 };
    struct desk_account one = { e->desk_id, e->account_id };
    if (e->account_id == 0 && e->desk_id > 0)
        TRY(desk_store_list_accounts(rq, e->agency_id, e->desk_id, &rows));
    const struct desk_account *all = e->account_id > 0 ? &one : rows.items;
    size_t count = e->account_id > 0 ? 1 : rows.count;
    for (size_t i = 0; i < count; i++) {
        struct account a = { 0 };
        bool is_there = false;
        TRY(is_working(rq, all[i].account_id, e->agency_id, &a, &is_there));
        if (!is_there || a.id == rq->actor->account_id)
            continue;
        TRY(notify_send(rq, &(struct notify_to){ .account_id = a.id },
                        &(struct notify_message){
                            .text = text,
                            .arg = { e->matter_title, more },
                            .url = arena_printf(rq->mem, "/errands/%lld", (long long)e->id) }));
    }
    return OK;
}

/* ---- guards ---- */

err errand_guard_mine(struct rq *rq, const struct flow_subject *subject)
{
    bool mine = false;
    TRY(errand_is_mine(rq, row_of(subject), &mine));
    return mine ? OK : err_make(ERR_FORBIDDEN, "errands.not_yours");
}

/* Of the agency; whoever sees it is. */
err errand_guard_own(struct rq *rq, const struct flow_subject *subject)
{
    return row_of(subject)->agency_id == rq->actor->agency_id
               ? OK
               : err_make(ERR_FORBIDDEN, "errands.not_yours");
}

err errand_guard_head(struct rq *rq, const struct flow_subject *subject)
{
    const struct errand *e = row_of(subject);
    bool waits = false;
    i64 head_id = 0;
    TRY(errand_waits_head(rq, e, &waits, &head_id));
    if (head_id == 0 || head_id != author(rq))
        return err_make(ERR_FORBIDDEN, "errands.not_head");
    return waits ? OK : err_make(ERR_CONFLICT, "errands.approved_already");
}

/* An answer that is with the leader takes no parts any more; a cohost has no draft. */
err errand_guard_pass(struct rq *rq, const struct flow_subject *subject)
{
    const struct errand *e = row_of(subject);
    struct errand_sheet sheet;
    bool waits = false;
    i64 head_id = 0;
    TRY(errand_guard_own(rq, subject));
    TRY(errand_waits_head(rq, e, &waits, &head_id));
    if (waits)
        return err_make(ERR_CONFLICT, "errands.approve_first");
    TRY(errand_sheet_load(rq, e, &sheet));
    if (sheet.answers && sheet.assignment.round != e->round)
        return err_make(ERR_CONFLICT, "errands.other_round");
    return sheet.is_open || !sheet.answers ? OK : err_make(ERR_CONFLICT, "errands.draft_closed");
}

err errand_guard_remind(struct rq *rq, const struct flow_subject *subject)
{
    bool mine = false;
    TRY(errand_guard_own(rq, subject));
    TRY(errand_is_mine(rq, row_of(subject), &mine));
    if (mine)
        return err_make(ERR_FORBIDDEN, "errands.remind_oneself");
    return row_of(subject)->reminded_on < rq->today ? OK
                                                    : err_make(ERR_CONFLICT, "errands.reminded");
}

/* ---- effects ---- */

/* The next working day where the day has passed: who is to write again needs one. */
static i64 day_again(struct rq *rq, i64 due_on)
{
    return due_on > rq->today ? due_on : calendar_add_working(calendar_current(), rq->today, 1);
}

/* From now on it is his. */
err errand_effect_take(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    struct errand *e = row_of(subject);
    struct account a = { 0 };
    (void)step;
    if (e->account_id > 0)
        return OK;
    TRY(account_find(rq, author(rq), &a));
    e->account_id = a.id;
    e->account_name = a.name;
    return OK;
}

err errand_effect_bounce(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    (void)step;
    return flow_todo_done(rq, &ERRANDS_FLOW, subject->id, "remind", 0);
}

err errand_effect_remind(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    struct errand *e = row_of(subject);
    const struct errand_reason_input *in = step->input;
    e->reminded_on = rq->today;
    return tell_doer(rq, e, "errands.told_reminded",
                     in && in->opinion.len ? in->opinion : text_date(rq->mem, e->due_on));
}

err errand_effect_approve(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    struct errand *e = row_of(subject);
    (void)step;
    e->approved_at = rq->now_ms;
    e->approved_by = author(rq);
    return OK;
}

err errand_effect_redraft(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    struct errand *e = row_of(subject);
    e->finished_at = e->finished_by = e->approved_at = e->approved_by = 0;
    e->due_on = step->due_on = day_again(rq, e->due_on);
    return tell_doer(rq, e, "errands.told_redraft", step->opinion);
}

/* Without input: by the house, because the assignment is over. */
err errand_effect_drop(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    if (!step->input)
        step->opinion = text_find("errands.over");
    TRY(flow_todo_done(rq, &ERRANDS_FLOW, subject->id, "remind", 0));
    return tell_doer(rq, row_of(subject), "errands.told_dropped", step->opinion);
}

/* ---- facts of assignments ---- */

err on_errand_over(struct rq *rq, i64 id, const void *fact)
{
    struct rows rows;
    (void)fact;
    TRY(errand_store_list(rq, id, true, &rows));
    const struct errand *all = rows.items;
    for (size_t i = 0; i < rows.count; i++)
        TRY(flow_move(rq, &ERRANDS_FLOW, all[i].id, "drop", NULL));
    return OK;
}

/* rules.md 2.3: the unit that it is taken from has no business with it any more. */
err on_errand_lost(struct rq *rq, i64 id, const void *fact)
{
    struct rows rows;
    TRY(on_errand_over(rq, id, fact));
    TRY(errand_store_list(rq, id, false, &rows));
    struct errand *all = rows.items;
    for (size_t i = 0; i < rows.count; i++) {
        all[i].lost_at = rq->now_ms;
        TRY(errand_store_update(rq, &all[i], all[i].state));
    }
    return OK;
}

/* ---- who does it has changed ---- */

err errand_renew_open(struct rq *rq, i64 desk_id, i64 account_id)
{
    struct rows rows;
    TRY(errand_store_list_open(rq, desk_id, account_id, &rows));
    struct errand *all = rows.items;
    for (size_t i = 0; i < rows.count; i++) {
        const struct flow_subject subject = {
            all[i].id,           all[i].version,       all[i].state,
            all[i].matter_title, all[i].matter_number, &all[i]
        };
        TRY(flow_todos_renew(rq, &ERRANDS_FLOW, &subject));
    }
    return OK;
}

/* Its to-dos would go with it into another house. */
err on_errand_account_left(struct rq *rq, i64 id, const void *fact)
{
    (void)fact;
    return errand_renew_open(rq, 0, id);
}

/* ---- what is late ---- */

static err late_one(struct rq *rq, void *context)
{
    const struct flow_due_row *row = context;
    struct errand e;
    TRY(errand_store_find(rq, row->subject_id, &e));
    if (e.late_told_on >= e.due_on)
        return OK;
    const struct flow_subject subject = { e.id,           e.version,       e.state,
                                          e.matter_title, e.matter_number, &e };
    TRY(flow_todo_add(rq, &ERRANDS_FLOW, &subject,
                      &(struct todo_new){
                          .holder = "agency",
                          .holder_id = e.agency_id,
                          .verb = "remind",
                          .due_on = e.due_on,
                          .url = arena_printf(rq->mem, "/errands/%lld", (long long)e.id) }));
    TRY(tell_doer(rq, &e, "errands.told_late", text_date(rq->mem, e.due_on)));
    e.late_told_on = rq->today;
    return errand_store_warn(rq, &e);
}

static void late_failed(i64 id, err e)
{
    log_line(LOG_ERROR, "errands.late",
             (const struct log_pair[]){
                 { .key = "id", .number = id },
                 { .key = "name", .text = str_of(e.name) },
                 { 0 },
             });
}

/* One that cannot be told of is noted and holds up nobody. */
err job_errand_late(struct rq *rq, bool *again)
{
    struct flow_due_query query = { .clock = "errand", .to_on = rq->today - 1, .limit = BATCH };
    struct rows rows = { .count = BATCH };
    *again = false;
    while (rows.count == BATCH) {
        TRY(flow_due_list(rq, &ERRANDS_FLOW, &query, &rows));
        struct flow_due_row *all = rows.items;
        for (size_t i = 0; i < rows.count; i++) {
            err e = job_part(rq, late_one, &all[i]);
            if (db_may_retry(e))
                return e;
            if (e.code != ERR_NONE)
                late_failed(all[i].subject_id, e);
            query.after_on = all[i].due_on;
            query.after_id = all[i].id;
        }
    }
    return OK;
}
