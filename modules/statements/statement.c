/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Rules of reports: who writes and when, handing in, coming back, remarks to one or several. Asking
 * for them: statement_call.c; what one begins with: statement_fill.c. */
#include "modules/statements/statement_rules.h"

#include "modules/entries/entry.h"
#include "modules/members/member.h"
#include "modules/scores/scores.h"
#include "platform/base/str.h"
#include "platform/notify/notify.h"
#include "platform/settings/settings.h"
#include "platform/text/texts.h"
#include "platform/web/conflict.h"

static bool is_written(const struct statement *s)
{
    return str_is(s->state, "draft") || str_is(s->state, "revising");
}

bool statement_is_handed_in(const struct statement *s)
{
    return str_is(s->state, "submitted") || str_is(s->state, "remarked");
}

bool statement_is_own(const struct rq *rq, const struct statement *s)
{
    return rq->actor->member_id && s->member_id == rq->actor->member_id;
}

bool statement_may_edit(const struct rq *rq, const struct statement *s)
{
    return statement_is_own(rq, s) && actor_may(rq->actor, "statements.write") && is_written(s);
}

err statement_find(struct rq *rq, i64 id, struct statement *out)
{
    TRY(rq->actor->account_id ? list_find(rq, &STATEMENT_LIST, id, out)
                              : statement_store_find(rq->db, id, rq->mem, out));
    if (!statement_is_own(rq, out) && !statement_is_handed_in(out))
        out->body = str_of("");
    return OK;
}

err statement_list_of(struct rq *rq, i64 member_id, i64 year, struct rows *out)
{
    return statement_store_list_of(rq->db, member_id, year, rq->mem, out);
}

err remark_list(struct rq *rq, i64 statement_id, struct rows *out)
{
    return remark_store_list(rq->db, statement_id, rq->mem, out);
}

/* ---- writing ---- */

err statement_save(struct rq *rq, const struct statement_edit_input *in, struct statement *s)
{
    i64 most = setting_number(rq, "statements.body_max");
    TRY(statement_find(rq, in->id, s));
    if (!statement_is_own(rq, s))
        return err_make(ERR_FORBIDDEN, "statements.not_yours");
    if (!statement_may_edit(rq, s))
        return err_make(ERR_CONFLICT, "statements.not_now");
    struct statement_edit_input stored = *in;
    stored.body = s->body;
    TRY(conflict_check(rq, "web.version", in->version, s->version, &stored));
    if (str_chars(in->body) > most) {
        rq_fault(rq, "body", "statements.too_long", str_number(rq->mem, most),
                 str_number(rq->mem, str_chars(in->body)));
        return err_make(ERR_INVALID, "form.faults");
    }
    s->body = in->body;
    TRY(statement_store_save(rq->db, s));
    s->version++;
    return OK;
}

/* ---- the flow ---- */

struct flow_subject statement_subject(struct rq *rq, struct statement *s)
{
    str title = text_format(rq->mem, "statements.of", s->name, str_number(rq->mem, s->year));
    return (struct flow_subject){ s->id, s->version, s->state, title, str_of(""), s };
}

err statement_flow_load(struct rq *rq, i64 id, struct flow_subject *out)
{
    struct statement *s = arena_zero(rq->mem, sizeof *s);
    TRY(statement_find(rq, id, s));
    *out = statement_subject(rq, s);
    return OK;
}

err statement_flow_store(struct rq *rq, const struct flow_subject *subject, str to)
{
    struct statement s = *(const struct statement *)subject->row;
    s.state = to;
    return statement_store_update(rq->db, &s);
}

err statement_flow_holder(struct rq *rq, const struct flow_subject *subject,
                          const struct flow_todo *todo, ids *out)
{
    const struct statement *s = subject->row;
    i64 *one = arena_array(rq->mem, 1, sizeof *one);
    (void)todo;
    *one = s->person_id;
    *out = (ids){ one, 1 };
    return OK;
}

err statement_guard_submit(struct rq *rq, const struct flow_subject *subject)
{
    const struct statement *s = subject->row;
    i64 least = setting_number(rq, "statements.body_min");
    if (!statement_is_own(rq, s))
        return err_make(ERR_FORBIDDEN, "statements.not_yours");
    if (str_chars(s->body) < least)
        return err_make_with(ERR_CONFLICT, "statements.too_short", str_number(rq->mem, least),
                             str_number(rq->mem, str_chars(s->body)));
    return OK;
}

/* In the ledger, as long as it is handed in: on the day of its year on which it came, on the last
 * one where the year was over by then, since it is a duty of that year. */
static err ledger_tell(struct rq *rq, const struct statement *s, bool stands)
{
    i64 last = scores_period_days(rq, s->year).to;
    struct entry_given row = { .member_id = s->member_id,
                               .happened_on = rq->today < last ? rq->today : last,
                               .quantity = POINT,
                               .kind = str_of("statements.submitted") };
    struct entry_record record = { .source = str_of("statements"),
                                   .id = s->id,
                                   .title = text_format(rq->mem, "statements.ledger",
                                                        str_number(rq->mem, s->year), str_of("")) };
    return entry_give(rq, &record, &(struct rows){ &row, stands, sizeof row });
}

err statement_effect_submit(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    struct statement *s = subject->row;
    (void)step;
    if (!s->submitted_at)
        s->late = rq->today > s->due_on;
    s->submitted_at = rq->now_ms;
    TRY(ledger_tell(rq, s, true));
    return flow_todo_done(rq, &STATEMENTS_FLOW, s->id, "submit", 0);
}

/* He is told by his to-do. */
err statement_effect_revise(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    const struct statement_revise_input *in = step->input;
    struct statement *s = subject->row;
    s->reason = in->opinion;
    return ledger_tell(rq, s, false);
}

static err remark_add(struct rq *rq, const char *kind, str text, i64 *id)
{
    return remark_store_add(rq->db,
                            &(struct remark){ .kind = str_of(kind),
                                              .text = text,
                                              .remarked_at = rq->now_ms,
                                              .remarker_name = rq->actor->name },
                            id);
}

err statement_effect_remark(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    const struct statement_remark_input *in = step->input;
    const struct statement *s = subject->row;
    i64 remark_id = in->remark_id;
    if (!remark_id)
        TRY(remark_add(rq, "single", in->text, &remark_id));
    TRY(remark_store_link(rq->db, remark_id, s->id));
    return notify_send(rq, &(struct notify_to){ .person_id = s->person_id },
                       &(struct notify_message){
                           .text = "statements.told_remark",
                           .arg = { rq->actor->name, str_number(rq->mem, s->year) },
                           .url = arena_printf(rq->mem, "/statements/%lld", (long long)s->id) });
}

/* ---- several together ---- */

/* Those of the call that are meant and handed in. */
static size_t meant(const struct rows *all, const ids *chosen, i64 *out)
{
    const struct statement *list = all->items;
    size_t n = 0;
    for (size_t i = 0; i < all->count; i++)
        for (size_t k = 0; k < chosen->count; k++)
            if (list[i].id == chosen->items[k] && statement_is_handed_in(&list[i])) {
                out[n++] = list[i].id;
                break;
            }
    return n;
}

err statement_remark_together(struct rq *rq, const struct statement_together_input *in, i64 *count)
{
    struct statement_call call;
    struct rows all;
    i64 remark_id;
    TRY(list_find(rq, &STATEMENT_CALL_LIST, in->id, &call));
    TRY(statement_store_list_call(rq->db, in->id, rq->mem, &all));
    i64 *chosen = arena_array(rq->mem, all.count + 1, sizeof *chosen);
    size_t n = meant(&all, &in->statements, chosen);
    *count = (i64)n;
    if (n < in->statements.count || n == 0) {
        rq_fault(rq, "statements", "statements.not_handed_in", str_of(""), str_of(""));
        return err_make(ERR_INVALID, "form.faults");
    }
    TRY(remark_add(rq, n > 1 ? "collective" : "single", in->text, &remark_id));
    const struct statement_remark_input one = { .remark_id = remark_id, .text = in->text };
    const void *kept = rq->input;
    err e = OK;
    rq->input = &one;
    for (size_t i = 0; i < n && e.code == ERR_NONE; i++)
        e = flow_act(rq, &STATEMENTS_FLOW, chosen[i], "remark", 0);
    rq->input = kept;
    return e;
}

/* ---- somebody leaves ---- */

err on_statement_left(struct rq *rq, i64 id, const void *fact)
{
    struct rows open;
    (void)fact;
    TRY(statement_store_list_open(rq->db, id, rq->mem, &open));
    const struct statement *all = open.items;
    for (size_t i = 0; i < open.count; i++)
        TRY(flow_move(rq, &STATEMENTS_FLOW, all[i].id, "lapse", NULL));
    return OK;
}
