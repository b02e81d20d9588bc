/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Rules of warnings of absences (README.md; rules.md 4, 12.7): what is told, when it is told anew,
 * when it is lifted. What the rules say: warning_take.c; statements: warning_store.c; pages:
 * warning_pages.c. */
#include "modules/warnings/warning.h"

#include "platform/base/str.h"
#include "platform/notify/notify.h"
#include "platform/text/texts.h"

static struct flow_subject subject_of(struct rq *rq, struct warning *w)
{
    str title = text_format(rq->mem, "warnings.title", w->name, w->rule);
    return (struct flow_subject){ w->id, w->version, w->state, title, str_of(""), w };
}

/* The member is told of himself alone: how many, and of which rule. */
static err tell(struct rq *rq, const struct warning *w, const char *text)
{
    str counts = text_format(rq->mem, "warnings.of", ruleset_points(rq->mem, w->count_x1000),
                             ruleset_points(rq->mem, w->bound_x1000));
    return notify_send(rq, &(struct notify_to){ .person_id = w->person_id },
                       &(struct notify_message){
                           .text = text,
                           .arg = { w->rule, counts },
                           .url = arena_printf(rq->mem, "/warnings/%lld", (long long)w->id) });
}

static const char *told_of(const struct warning *w)
{
    return str_is(w->stage, "reached") ? "warnings.told_reached" : "warnings.told_near";
}

/* ---- bringing in line ---- */

static err begin(struct rq *rq, const struct warning *due)
{
    struct warning w = *due;
    w.begun_at = w.told_at = rq->now_ms;
    TRY(warning_store_add(rq->db, &w, &w.id));
    const struct flow_subject subject = subject_of(rq, &w);
    TRY(flow_begin(rq, &WARNINGS_FLOW, &subject, NULL));
    return tell(rq, &w, told_of(&w));
}

/* Told once for each stage; another count within it changes the number and nothing else. */
static err follow(struct rq *rq, const struct warning *stored, const struct warning *due,
                  i64 *changed)
{
    bool again = !str_eq(stored->stage, due->stage) || str_is(stored->state, "lifted");
    bool other = stored->count_x1000 != due->count_x1000 || stored->bound_x1000 != due->bound_x1000;
    *changed += again || other;
    if (again)
        return flow_move(rq, &WARNINGS_FLOW, stored->id, "renew", due);
    struct warning w = *stored;
    w.count_x1000 = due->count_x1000;
    w.bound_x1000 = due->bound_x1000;
    return other ? warning_store_update(rq->db, &w) : OK;
}

static const struct warning *find_like(const struct rows *rows, const struct warning *w)
{
    const struct warning *all = rows->items;
    for (size_t i = 0; i < rows->count; i++)
        if (all[i].member_id == w->member_id && all[i].from_on == w->from_on &&
            str_eq(all[i].rule, w->rule))
            return &all[i];
    return NULL;
}

/* What is due no more: lifted where the ledger was corrected, over where the span, the rules or the
 * member's standing are others than then, which is no news for him. */
static err leave(struct rq *rq, const struct warning_take *take, const struct warning *stored,
                 i64 *changed)
{
    bool current = warning_is_current(take, stored);
    if (current && str_is(stored->state, "lifted"))
        return OK;
    *changed += 1;
    return flow_move(rq, &WARNINGS_FLOW, stored->id, current ? "lift" : "lapse", NULL);
}

err warning_sync(struct rq *rq, i64 *changed)
{
    struct warning_take take;
    struct rows stored;
    *changed = 0;
    TRY(warning_take(rq, 0, &take));
    TRY(warning_store_list(rq->db, rq->mem, &stored));
    const struct warning *due = take.due.items, *old = stored.items;
    for (size_t i = 0; i < take.due.count; i++) {
        const struct warning *like = find_like(&stored, &due[i]);
        *changed += !like;
        TRY(like ? follow(rq, like, &due[i], changed) : begin(rq, &due[i]));
    }
    for (size_t i = 0; i < stored.count; i++)
        if (!find_like(&take.due, &old[i]))
            TRY(leave(rq, &take, &old[i], changed));
    return OK;
}

err job_warning_sync(struct rq *rq, bool *again)
{
    i64 changed;
    (void)again;
    return warning_sync(rq, &changed);
}

err warning_list_holding(struct rq *rq, struct rows *out)
{
    size_t holding = 0;
    TRY(warning_store_list(rq->db, rq->mem, out));
    struct warning *all = out->items;
    for (size_t i = 0; i < out->count; i++)
        if (!str_is(all[i].state, "lifted"))
            all[holding++] = all[i];
    out->count = holding;
    return OK;
}

/* ---- the flow ---- */

err warning_effect_settle(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    struct warning *w = subject->row;
    const struct warning_opinion_input *in = step->input;
    w->note = in->opinion;
    w->settler_name = rq->actor->name;
    return OK;
}

err warning_effect_take(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    struct warning *w = subject->row;
    const struct warning *due = step->input;
    w->stage = due->stage;
    w->count_x1000 = due->count_x1000;
    w->bound_x1000 = due->bound_x1000;
    w->told_at = rq->now_ms;
    return tell(rq, w, told_of(w));
}

err warning_effect_lift(struct rq *rq, struct flow_subject *subject, struct flow_step *step)
{
    (void)step;
    return tell(rq, subject->row, "warnings.told_lifted");
}

err warning_flow_load(struct rq *rq, i64 id, struct flow_subject *out)
{
    struct warning *w = arena_zero(rq->mem, sizeof *w);
    TRY(rq->actor->account_id ? list_find(rq, &WARNING_LIST, id, w)
                              : warning_store_find(rq->db, id, rq->mem, w));
    *out = subject_of(rq, w);
    return OK;
}

err warning_flow_store(struct rq *rq, const struct flow_subject *subject, str to)
{
    struct warning w = *(const struct warning *)subject->row;
    w.state = to;
    return warning_store_update(rq->db, &w);
}
