/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Rules of a call for speeches (README.md): writing it, its days, the order of speaking, settling.
 * What is handed in and chosen: speech.c; statements: speech_store.c; pages: speech_call_pages.c.
 */
#include "modules/speeches/speech.h"

#include "modules/members/member.h"
#include "platform/audit/audit.h"
#include "platform/base/str.h"
#include "platform/notify/notify.h"
#include "platform/text/text_date.h"
#include "platform/text/texts.h"
#include "platform/web/conflict.h"

enum { CLOSED_AT_ONCE = 50 };

bool speech_call_takes(const struct rq *rq, const struct speech_call *c)
{
    return str_is(c->state, "open") && rq->today <= c->until_on;
}

/* ---- writing ---- */

static struct flow_subject subject_of(struct speech_call *c)
{
    return (struct flow_subject){ c->id, c->version, c->state, c->title, str_of(""), c };
}

static struct speech_call_input input_of(struct rq *rq, const struct speech_call *c)
{
    return (struct speech_call_input){ .id = c->id,
                                       .version = c->version,
                                       .until_on = c->until_on,
                                       .chars_max = c->chars_max,
                                       .minutes = c->minutes,
                                       .meeting = meeting_choice_of(rq->mem, c->meeting_id),
                                       .title = c->title,
                                       .text = c->text };
}

/* The form has checked that it is one of the choices. */
static err take(struct rq *rq, const struct speech_call_input *in, struct speech_call *c)
{
    struct meeting_brief m;
    TRY(meeting_find_choice(rq, in->meeting, &m));
    c->meeting_id = m.id;
    if (in->until_on > m.from_on)
        rq_fault(rq, "until_on", "speech_calls.until_late", text_date(rq->mem, m.from_on),
                 str_of(""));
    c->title = in->title;
    c->text = in->text;
    c->until_on = in->until_on;
    c->chars_max = in->chars_max;
    c->minutes = in->minutes;
    return rq_has_faults(rq) ? err_make(ERR_INVALID, "form.faults") : OK;
}

err speech_call_save(struct rq *rq, i64 id, const struct speech_call_input *in, i64 *out)
{
    struct speech_call *c = arena_zero(rq->mem, sizeof *c);
    *out = id;
    if (id == 0) {
        c->state = str_of("draft");
        c->version = 1;
        TRY(take(rq, in, c));
        TRY(speech_call_store_add(rq->db, c, &c->id));
        *out = c->id;
        struct flow_subject subject = subject_of(c);
        return flow_begin(rq, &SPEECH_CALLS_FLOW, &subject, NULL);
    }
    TRY(list_find(rq, &SPEECH_CALL_LIST, id, c));
    if (str_is(c->state, "settled"))
        return err_make(ERR_CONFLICT, "speech_calls.over");
    struct speech_call_input stored = input_of(rq, c);
    TRY(conflict_check(rq, "web.version", in->version, c->version, &stored));
    TRY(take(rq, in, c));
    TRY(speech_call_store_update(rq->db, c));
    return audit_add(rq, &(struct audit_entry){ "speech_calls.edit", "speech_calls", id,
                                                .after = c->title });
}

/* ---- the order of speaking ---- */

struct line {
    struct speech s;
    i64 place, minutes;
    size_t typed; /* its number among the lines: who is level stays as he stood */
};

static int by_place(const void *a, const void *b)
{
    const struct line *x = a, *y = b;
    if (x->place != y->place)
        return x->place < y->place ? -1 : 1;
    return x->typed < y->typed ? -1 : 1;
}

static void take_line(struct rq *rq, const struct speech_order_input *in, size_t i,
                      struct line *line)
{
    line->typed = i;
    if (!str_to_i64(in->places.items[i], &line->place) || line->place < 1)
        rq_fault(rq, "places", "speech_calls.place_wrong", line->s.title, str_of(""));
    if (!str_to_i64(in->minutes.items[i], &line->minutes) || line->minutes < 1 ||
        line->minutes > SPEECH_MINUTES_MAX)
        rq_fault(rq, "minutes", "speech_calls.minutes_wrong", line->s.title,
                 str_number(rq->mem, SPEECH_MINUTES_MAX));
}

/* What is so already stays as it is. */
static err set_turn(struct rq *rq, struct line *line, i64 place)
{
    if (line->s.place == place && line->s.minutes == line->minutes)
        return OK;
    line->s.place = place;
    line->s.minutes = line->minutes;
    return speech_store_update(rq->db, &line->s);
}

/* What stands, line by line of what was typed; who speaks no more has no place. same: those typed
 * are all who speak. */
static err stored_order(struct rq *rq, const struct speech_order_input *in,
                        struct speech_order_input *out, bool *same)
{
    struct rows rows;
    size_t found = 0, speak = 0;
    TRY(speech_store_list(rq->db, in->id, rq->mem, &rows));
    const struct speech *all = rows.items;
    *out = *in;
    out->places = out->minutes = (strs){ 0 };
    for (size_t k = 0; k < rows.count; k++)
        speak += str_is(all[k].state, "spoken");
    for (size_t i = 0; i < in->speeches.count; i++) {
        const struct speech *s = NULL;
        for (size_t k = 0; k < rows.count && !s; k++)
            if (all[k].id == in->speeches.items[i] && str_is(all[k].state, "spoken"))
                s = &all[k];
        found += s != NULL;
        strs_add(rq->mem, &out->places, str_number(rq->mem, s ? s->place : 0));
        strs_add(rq->mem, &out->minutes, str_number(rq->mem, s ? s->minutes : 0));
    }
    *same = found == in->speeches.count && found == speak;
    return OK;
}

/* Nobody else has put it in order since, and the same people speak. */
static err order_check(struct rq *rq, const struct speech_order_input *in,
                       const struct speech_call *c)
{
    struct speech_order_input stored;
    bool same = false;
    TRY(stored_order(rq, in, &stored, &same));
    TRY(conflict_check(rq, "web.version", in->version, c->version, &stored));
    return same ? OK : conflict_found(rq, "speech_calls.line_changed", c->version, &stored);
}

err speech_call_order(struct rq *rq, const struct speech_order_input *in)
{
    struct speech_call c;
    TRY(list_find(rq, &SPEECH_CALL_LIST, in->id, &c));
    if (str_is(c.state, "settled"))
        return err_make(ERR_CONFLICT, "speech_calls.over");
    size_t n = in->speeches.count;
    struct line *lines = arena_array(rq->mem, n + 1, sizeof *lines);
    if (in->places.count != n || in->minutes.count != n) {
        rq_fault(rq, "places", "speech_calls.lines_odd", str_of(""), str_of(""));
        return err_make(ERR_INVALID, "form.faults");
    }
    TRY(order_check(rq, in, &c));
    for (size_t i = 0; i < n; i++) {
        TRY(speech_store_find(rq->db, in->speeches.items[i], rq->mem, &lines[i].s));
        take_line(rq, in, i, &lines[i]);
    }
    if (rq_has_faults(rq))
        return err_make(ERR_INVALID, "form.faults");
    qsort(lines, n, sizeof *lines, by_place);
    for (size_t i = 0; i < n; i++)
        TRY(set_turn(rq, &lines[i], (i64)i + 1));
    TRY(speech_call_store_update(rq->db, &c));
    return audit_add(rq, &(struct audit_entry){ "speech_calls.order", "speech_calls", c.id,
                                                .after = c.title });
}

/* ---- the flow ---- */

err speech_call_flow_load(struct rq *rq, i64 id, struct flow_subject *out)
{
    struct speech_call *c = arena_zero(rq->mem, sizeof *c);
    TRY(rq->actor->account_id ? list_find(rq, &SPEECH_CALL_LIST, id, c)
                              : speech_call_store_find(rq->db, id, rq->mem, c));
    *out = subject_of(c);
    return OK;
}

err speech_call_flow_store(struct rq *rq, const struct flow_subject *subject, str to)
{
    struct speech_call c = *(const struct speech_call *)subject->row;
    c.state = to;
    return speech_call_store_update(rq->db, &c);
}

static err fault_until(struct rq *rq)
{
    rq_fault(rq, "until_on", "speech_calls.past", str_of(""), str_of(""));
    return err_make(ERR_INVALID, "form.faults");
}

/* Whoever may hand in hears of it. */
static err tell_members(struct rq *rq, const struct speech_call *c)
{
    struct rows rows;
    TRY(member_list_serving(rq, 0, &rows));
    const struct member *all = rows.items;
    for (size_t i = 0; i < rows.count; i++)
        TRY(notify_send(rq, &(struct notify_to){ .person_id = all[i].person_id },
                        &(struct notify_message){
                            .text = "speech_calls.told_open",
                            .arg = { c->title, text_date(rq->mem, c->until_on) },
                            .url =
                                arena_printf(rq->mem, "/speech_calls/%lld", (long long)c->id) }));
    return OK;
}

err speech_call_effect_publish(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    struct speech_call *c = subject->row;
    (void)step;
    if (c->until_on < rq->today)
        return err_make(ERR_CONFLICT, "speech_calls.past");
    c->published_at = rq->now_ms;
    return tell_members(rq, c);
}

err speech_call_effect_extend(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    struct speech_call *c = subject->row;
    const struct speech_until_input *in = step->input;
    if (in->until_on < rq->today)
        return fault_until(rq);
    c->until_on = in->until_on;
    return OK;
}

/* ---- settling ---- */

/* Everything is chosen, and of who was to speak it is known whether he did. */
err speech_call_guard_settle(struct rq *rq, const struct flow_subject *subject)
{
    const struct speech_call *c = subject->row;
    struct rows rows;
    i64 open = 0;
    if (rq->today < c->meeting_on)
        return err_make(ERR_CONFLICT, "speech_calls.not_held");
    TRY(speech_store_list(rq->db, c->id, rq->mem, &rows));
    const struct speech *all = rows.items;
    for (size_t i = 0; i < rows.count; i++)
        open += str_is(all[i].state, "submitted") || str_is(all[i].state, "spoken");
    return open ? err_make_with(ERR_CONFLICT, "speech_calls.undecided", str_number(rq->mem, open),
                                str_of(""))
                : OK;
}

err speech_call_effect_settle(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    struct speech_call *c = subject->row;
    struct rows rows;
    (void)step;
    c->settled_at = rq->now_ms;
    c->settled_name = rq->actor->name;
    TRY(speech_store_list(rq->db, c->id, rq->mem, &rows));
    const struct speech *all = rows.items;
    for (size_t i = 0; i < rows.count; i++)
        TRY(speech_give(rq, &all[i], all[i].state, true));
    return OK;
}

err job_speech_close(struct rq *rq, bool *again)
{
    struct rows rows;
    TRY(speech_call_store_list_over(rq->db, rq->today, rq->mem, &rows));
    const i64 *all = rows.items;
    for (size_t i = 0; i < rows.count; i++)
        TRY(flow_move(rq, &SPEECH_CALLS_FLOW, all[i], "close", NULL));
    *again = rows.count == CLOSED_AT_ONCE;
    return OK;
}
