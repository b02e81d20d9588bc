/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Splitting an assignment among desks: what is given to whom by which day; and giving it to
 * somebody else. Steps: errand.c. */
#include "modules/accounts/account.h"
#include "modules/desks/desk_sections.h"
#include "modules/desks/errand.h"
#include "modules/desks/errand_store.h"
#include "platform/base/str.h"
#include "platform/calendar/calendar.h"
#include "platform/settings/settings.h"
#include "platform/text/text_date.h"
#include "platform/text/texts.h"

enum { NUMBERS_MAX = 2000 };

static void fault(struct rq *rq, const char *field, const char *name, str arg)
{
    rq_fault(rq, field, name, arg, str_of(""));
}

static err with_faults(const struct rq *rq)
{
    return rq_has_faults(rq) ? err_make(ERR_INVALID, "form.faults") : OK;
}

/* ---- the day ---- */

/* Before the day of the assignment; once that has come, as soon as may be. */
i64 errand_due(struct rq *rq, const struct assignment *a)
{
    const struct calendar *c = calendar_current();
    i64 day = calendar_add_working(c, rq->today, setting_number(rq, "desks.errand_days"));
    if (a->due_on > rq->today && day >= a->due_on)
        day = a->due_on - 1;
    while (day > rq->today && !calendar_is_working(c, day))
        day--;
    return day > rq->today ? day : rq->today;
}

static void check_due(struct rq *rq, const struct assignment *a, i64 due_on)
{
    if (due_on < rq->today)
        fault(rq, "due_on", "errands.due_past", str_of(""));
    else if (a->due_on > rq->today && due_on >= a->due_on)
        fault(rq, "due_on", "errands.due_behind", text_date(rq->mem, a->due_on));
    else if (due_on > rq->today && !calendar_is_working(calendar_current(), due_on))
        fault(rq, "due_on", "errands.due_off", str_of(""));
}

/* ---- to whom ---- */

/* A desk that is open. */
static err check_desk(struct rq *rq, i64 id, struct desk *desk)
{
    err e = desk_find(rq, id, desk);
    if (e.code != ERR_NONE && e.code != ERR_NOT_FOUND)
        return e;
    if (e.code != ERR_NONE || desk->to_on > 0)
        fault(rq, "desk_id", "errands.not_ours", str_of(""));
    return OK;
}

/* An account that works for the agency, may finish what it is given (else nobody could), and
 * belongs to the desk where both are given. */
static err check_account(struct rq *rq, const struct errand *e, const struct desk *desk,
                         struct account *a)
{
    bool is_in = true, may;
    err missing = account_find(rq, e->account_id, a);
    if (missing.code != ERR_NONE && missing.code != ERR_NOT_FOUND)
        return missing;
    if (missing.code != ERR_NONE || a->agency_id != e->agency_id || !str_is(a->state, "active")) {
        fault(rq, "account_id", "errands.not_ours", str_of(""));
        return OK;
    }
    TRY(account_may(rq, e->account_id, "errands.finish", &may));
    if (e->desk_id > 0)
        TRY(desk_store_has_account(rq, e->desk_id, e->account_id, &is_in));
    if (!may)
        fault(rq, "account_id", "errands.may_not_finish", a->name);
    else if (!is_in)
        fault(rq, "account_id", "errands.not_in_desk", desk->name);
    return OK;
}

static err check_whom(struct rq *rq, struct errand *e)
{
    struct desk desk = { 0 };
    struct account a = { 0 };
    if (e->desk_id == 0 && e->account_id == 0)
        fault(rq, "account_id", "errands.nobody", str_of(""));
    if (e->desk_id > 0)
        TRY(check_desk(rq, e->desk_id, &desk));
    if (e->account_id > 0)
        TRY(check_account(rq, e, &desk, &a));
    e->desk_name = desk.name;
    e->account_name = a.name;
    return OK;
}

/* ---- what ---- */

static bool has_item(const struct answer_draft *draft, i64 number)
{
    const struct answer_part *parts = draft->parts.items;
    for (size_t i = 0; i < draft->parts.count; i++)
        if (parts[i].number == number)
            return true;
    return false;
}

static bool is_chosen(const struct give_input *in, i64 number)
{
    for (size_t i = 0; i < in->numbers.count; i++)
        if (in->numbers.items[i] == number)
            return true;
    return in->numbers.count == 0;
}

/* "1 3", in the order of the suggestions. */
static err numbers_make(struct rq *rq, const struct assignment *a, const struct give_input *in,
                        str *out)
{
    struct answer_draft draft;
    struct buf *b = buf_new(rq->mem, NUMBERS_MAX);
    TRY(reply_answer_draft(rq, a, &draft));
    const struct answer_part *parts = draft.parts.items;
    for (size_t i = 0; i < in->numbers.count; i++)
        if (!has_item(&draft, in->numbers.items[i])) {
            fault(rq, "numbers", "errands.bad_number",
                  arena_printf(rq->mem, "%lld", (long long)in->numbers.items[i]));
            break;
        }
    for (size_t i = 0; i < draft.parts.count; i++)
        if (is_chosen(in, parts[i].number))
            buf_printf(b, "%s%lld", buf_str(b).len ? " " : "", (long long)parts[i].number);
    *out = buf_str(b);
    return OK;
}

static bool is_handling(const struct assignment *a)
{
    return a->cancelled_at == 0 && (str_is(a->state, "accepted") ||
                                    str_is(a->state, "redrafting") || str_is(a->state, "redoing"));
}

static err begin(struct rq *rq, struct errand *e)
{
    TRY(errand_store_add(rq, e, &e->id));
    TRY(flow_start(rq, &ERRANDS_FLOW, e->id, "errand", e->due_on));
    const struct flow_subject subject = {
        e->id, 1, str_of("given"), e->matter_title, e->matter_number, e
    };
    return flow_begin(rq, &ERRANDS_FLOW, &subject, NULL);
}

err errand_give(struct rq *rq, const struct give_input *in, i64 *id)
{
    struct assignment a;
    struct rows given;
    TRY(errand_assignment(rq, in->id, &a));
    if (!is_handling(&a))
        return err_make(ERR_CONFLICT, "errands.not_handling");
    TRY(errand_store_list(rq, a.id, false, &given));
    if (given.count >= ERRANDS_MOST)
        return err_make(ERR_CONFLICT, "errands.too_many");
    struct errand e = {
        .assignment_id = a.id,
        .agency_id = a.agency_id,
        .round = a.round,
        .desk_id = in->desk_id,
        .account_id = in->account_id,
        .due_on = in->due_on > 0 ? in->due_on : errand_due(rq, &a),
        .given_at = rq->now_ms,
        .given_by = rq->actor->account_id,
        .version = 1,
        .matter_title = a.matter_title,
        .matter_number = a.matter_number,
        .ask = in->ask,
        .state = str_of("given"),
    };
    TRY(numbers_make(rq, &a, in, &e.numbers));
    TRY(check_whom(rq, &e));
    if (in->due_on > 0)
        check_due(rq, &a, e.due_on);
    TRY(with_faults(rq));
    TRY(begin(rq, &e));
    *id = e.id;
    return OK;
}

/* Somebody else's from now on; what was typed stays with it. */
err errand_effect_reassign(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    const struct move_errand_input *in = step->input;
    struct errand *e = subject->row;
    struct assignment a;
    TRY(errand_assignment(rq, e->assignment_id, &a));
    e->desk_id = in->desk_id;
    e->account_id = in->account_id;
    e->due_on = in->due_on > 0 ? in->due_on : errand_due(rq, &a);
    TRY(check_whom(rq, e));
    if (in->due_on > 0)
        check_due(rq, &a, e->due_on);
    TRY(with_faults(rq));
    step->due_on = e->due_on;
    return flow_todo_done(rq, &ERRANDS_FLOW, e->id, "remind", 0);
}
