/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Rules of the desk: which letters are copies of one text, which waits next, a step for one or for
 * all copies. A flood of the same text is one line, dismissed by a work in small parts. No SQL
 * (triage_store.c). */
#include <string.h>

#include "modules/triage/triage.h"

#include "modules/guesses/guess.h"
#include "modules/mailbox/letter_forms.h"
#include "modules/mailbox/letter_rules.h"
#include "modules/triage/triage_store.h"
#include "platform/audit/audit.h"
#include "platform/jobs/jobs.h"
#include "platform/text/copies.h"

enum { SKETCHES = 4, ALIKE = 2, PART = 50 };

/* ---- copies ---- */

/* The smallest digest of the runs, in four ways: two texts share each as often as they share runs,
 * so that of copies hardly any shares none. */
static void sketches_make(const struct text_runs *runs, i64 out[SKETCHES])
{
    for (size_t s = 0; s < SKETCHES; s++) {
        uint64_t least = UINT64_MAX;
        for (size_t i = 0; i < runs->count; i++) {
            uint64_t x = runs->items[i] + (s + 1) * UINT64_C(0x9E3779B97F4A7C15);
            x = (x ^ (x >> 30)) * UINT64_C(0xBF58476D1CE4E5B9); /* mixed as splitmix64 does */
            x = (x ^ (x >> 27)) * UINT64_C(0x94D049BB133111EB);
            x ^= x >> 31;
            least = x < least ? x : least;
        }
        out[s] = (i64)(least >> 1);
    }
}

static err is_copy(struct rq *rq, const struct letter *l, const struct text_runs *own, i64 id,
                   bool *out)
{
    struct letter other;
    TRY(letter_find_house(rq, id, &other));
    struct text_runs runs = text_runs_of(rq->mem, other.title, other.body);
    *out = str_eq(other.lane, l->lane) && text_copy_degree(own, &runs) >= TEXT_COPY;
    return OK;
}

/* The group of which a text is a copy; 0 = of none. The same group is not asked twice running. */
static err copied(struct rq *rq, const struct letter *l, const i64 sketches[SKETCHES],
                  const struct text_runs *own, i64 *first_id)
{
    i64 asked = 0;
    for (size_t s = 0; s < SKETCHES && !*first_id; s++) {
        struct rows rows;
        TRY(triage_store_list_alike(rq->db, sketches[s], ALIKE, rq->mem, &rows));
        const struct triage_copy *all = rows.items;
        for (size_t i = 0; i < rows.count && !*first_id; i++) {
            bool same = false;
            if (all[i].first_id != asked)
                TRY(is_copy(rq, l, own, all[i].letter_id, &same));
            asked = all[i].first_id;
            *first_id = same ? asked : 0;
        }
    }
    return OK;
}

err on_triage_received(struct rq *rq, i64 id, const void *fact)
{
    const struct letter *l = fact;
    struct text_runs own = text_runs_of(rq->mem, l->title, l->body);
    struct triage_copy c = { .letter_id = id };
    i64 sketches[SKETCHES];
    sketches_make(&own, sketches);
    TRY(copied(rq, l, sketches, &own, &c.first_id));
    const struct triage_group g = { .first_id = id,
                                    .proved = !str_is(l->lane, "unproved"),
                                    .oldest_at = l->received_at };
    if (c.first_id)
        TRY(triage_store_grow(rq->db, c.first_id));
    else
        TRY(triage_store_add_group(rq->db, &g));
    c.first_id = c.first_id ? c.first_id : id;
    for (size_t s = 0; s < SKETCHES; s++)
        TRY(triage_store_add_sketch(rq->db, &c, sketches[s]));
    return triage_store_add_copy(rq->db, &c);
}

err on_triage_done(struct rq *rq, i64 id, const void *fact)
{
    (void)fact;
    return triage_store_take(rq->db, id);
}

/* Of what is dismissed one by one it is kept who did it. */
err on_triage_closed(struct rq *rq, i64 id, const void *fact)
{
    const struct flow_step *step = fact;
    const struct letter *l = step->subject->row;
    TRY(triage_store_take(rq->db, id));
    if (!str_is(l->ended, "dismissed") || !rq->actor->account_id)
        return OK;
    return triage_store_set_dismissed(rq->db, id, rq->actor->account_id, rq->now_ms);
}

/* Back in its place, and its copies are found again. */
err on_triage_restored(struct rq *rq, i64 id, const void *fact)
{
    const struct flow_step *step = fact;
    const struct letter *l = step->subject->row;
    struct triage_group g;
    i64 sketches[SKETCHES];
    err e = triage_store_find_of(rq->db, id, rq->mem, &g);
    if (e.code == ERR_NOT_FOUND)
        return OK; /* it came before there was a desk */
    TRY(e);
    TRY(triage_store_set_dismissed(rq->db, id, 0, 0));
    if (!str_is(step->subject->state, "received"))
        return OK;
    struct text_runs own = text_runs_of(rq->mem, l->title, l->body);
    const struct triage_copy c = { .letter_id = id, .first_id = g.first_id };
    sketches_make(&own, sketches);
    for (size_t s = 0; s < SKETCHES; s++)
        TRY(triage_store_add_sketch(rq->db, &c, sketches[s]));
    TRY(triage_store_put_back(rq->db, id));
    return triage_store_grow(rq->db, g.first_id);
}

/* What was guessed of it is kept beside what was decided. */
err on_triage_guessed(struct rq *rq, i64 id, const void *fact)
{
    const struct flow_step *step = fact;
    struct letter l;
    (void)step;
    TRY(letter_find_house(rq, id, &l));
    if (l.category.len == 0)
        return OK;
    const struct classify_text text = { l.category, l.title, l.body };
    return guess_note(rq, "letters.category", id, &text);
}

/* ---- one after the other ---- */

err triage_next(struct rq *rq, const struct triage_group *behind, i64 *id)
{
    struct triage_from from = { behind->proved, behind->oldest_at, behind->first_id + 1 };
    struct rows groups, letters;
    *id = 0;
    TRY(triage_store_list(rq->db, &from, 1, rq->mem, &groups));
    from.oldest_at = from.first_id = 0;
    if (groups.count == 0) /* at the end: what was left out before */
        TRY(triage_store_list(rq->db, &from, 1, rq->mem, &groups));
    if (groups.count == 0)
        return OK;
    const struct triage_group *g = groups.items;
    TRY(triage_store_list_waiting(rq->db, g->first_id, 1, rq->mem, &letters));
    if (letters.count)
        *id = ((const struct triage_copy *)letters.items)->letter_id;
    return OK;
}

/* ---- steps ---- */

/* A step of the letter with what it needs, which lives as long as the request. */
static err act(struct rq *rq, const struct triage_input *in, const char *verb, const void *step,
               size_t size)
{
    rq->input = memcpy(arena_bytes(rq->mem, size), step, size);
    return flow_act(rq, &LETTERS_FLOW, in->id, verb, in->version);
}

/* Sorted by now, so its version is another; the text for units is the one just sorted with. */
static err act_assign(struct rq *rq, const struct triage_input *in)
{
    const struct letter_assign_input step = { .id = in->id,
                                              .host_id = in->host_id,
                                              .masked_body = in->masked_body };
    struct triage_input sorted = *in;
    struct letter l;
    TRY(letter_find_house(rq, in->id, &l));
    sorted.version = l.version;
    return act(rq, &sorted, "assign", &step, sizeof step);
}

static str category_of(const struct triage_input *in)
{
    if (in->category.len)
        return in->category;
    return in->chosen.len || !in->host_id ? in->chosen : in->host_category;
}

static err act_triage(struct rq *rq, const struct triage_input *in, str kind)
{
    const struct letter_triage_input step = { .id = in->id,
                                              .version = in->version,
                                              .kind = in->kind.len ? in->kind : kind,
                                              .category = category_of(in),
                                              .title = str_of(""),
                                              .masked_body = in->masked_body };
    if (step.category.len == 0) {
        rq_fault(rq, "chosen", "triage.no_category", str_of(""), str_of(""));
        return err_make(ERR_INVALID, "form.faults");
    }
    TRY(act(rq, in, "triage", &step, sizeof step));
    return in->host_id ? act_assign(rq, in) : OK;
}

static err act_dismiss(struct rq *rq, const struct triage_input *in)
{
    const struct letter_dismiss_input step = { in->id, in->reason, in->opinion };
    if (in->reason.len == 0) {
        rq_fault(rq, "reason", "triage.no_reason", str_of(""), str_of(""));
        return err_make(ERR_INVALID, "form.faults");
    }
    return act(rq, in, "dismiss", &step, sizeof step);
}

static err act_text(struct rq *rq, const struct triage_input *in)
{
    const struct letter_text_input step = { in->id, in->opinion };
    if (str_chars(in->opinion) < 4) {
        rq_fault(rq, "opinion", "triage.no_words", str_of(""), str_of(""));
        return err_make(ERR_INVALID, "form.faults");
    }
    return act(rq, in, arena_cstr(rq->mem, in->verb), &step, sizeof step);
}

static err act_attach(struct rq *rq, const struct triage_input *in)
{
    const struct letter_attach_input step = { in->id, in->lead_id };
    if (in->lead_id == 0) {
        rq_fault(rq, "lead_id", "triage.no_lead", str_of(""), str_of(""));
        return err_make(ERR_INVALID, "form.faults");
    }
    return act(rq, in, "attach", &step, sizeof step);
}

/* All copies: in a minute, so that it can be taken back; then in parts. */
static err end_whole(struct rq *rq, const struct triage_input *in, struct triage_group *g)
{
    if (in->reason.len == 0) {
        rq_fault(rq, "reason", "triage.no_reason", str_of(""), str_of(""));
        return err_make(ERR_INVALID, "form.faults");
    }
    if (g->waiting == 0 || g->ending.len)
        return err_make(ERR_CONFLICT, "triage.gone");
    g->ending = in->reason;
    g->ending_text = in->opinion;
    g->ending_at = rq->now_ms + TRIAGE_UNDO_MS;
    TRY(triage_store_set_ending(rq->db, g));
    str id = arena_printf(rq->mem, "%lld", (long long)g->first_id);
    TRY(audit_add(rq, &(struct audit_entry){ "letters.dismiss", "triage_groups", g->first_id,
                                             .after = in->reason }));
    return job_queue(rq, "triage.end", id, g->ending_at);
}

static err step_one(struct rq *rq, const struct triage_input *in, const struct letter *l)
{
    if (str_is(in->verb, "triage"))
        return act_triage(rq, in, l->kind);
    if (str_is(in->verb, "attach"))
        return act_attach(rq, in);
    return str_is(in->verb, "dismiss") ? act_dismiss(rq, in) : act_text(rq, in);
}

/* The group of a letter, or, of one that came before there was a desk, one of its own. */
static err group_of(struct rq *rq, i64 id, struct triage_group *out)
{
    err e = triage_store_find_of(rq->db, id, rq->mem, out);
    if (e.code != ERR_NOT_FOUND)
        return e;
    *out = (struct triage_group){ .first_id = id, .proved = true };
    return OK;
}

err triage_act(struct rq *rq, i64 *next)
{
    const struct triage_input *in = rq->input;
    struct triage_group g;
    struct letter l;
    TRY(letter_find(rq, in->id, &l)); /* his to see? */
    TRY(group_of(rq, in->id, &g));
    bool whole = in->whole && str_is(in->verb, "dismiss");
    err e = whole ? end_whole(rq, in, &g) : step_one(rq, in, &l);
    rq->input = in;
    TRY(e);
    bool stays = !whole && !str_is(in->verb, "ask") && g.waiting > 1; /* a copy is looked at next */
    if (stays)
        g.first_id--;
    return triage_next(rq, &g, next);
}

err triage_undo(struct rq *rq, i64 first_id)
{
    struct triage_group g;
    err e = triage_store_find(rq->db, first_id, rq->mem, &g);
    if (e.code == ERR_NOT_FOUND || (!e.code && (!g.ending.len || g.ending_at <= rq->now_ms)))
        return err_make(ERR_CONFLICT, "triage.gone");
    TRY(e);
    g.ending = g.ending_text = str_of("");
    g.ending_at = 0;
    TRY(triage_store_set_ending(rq->db, &g));
    return audit_add(rq, &(struct audit_entry){ "letters.dismiss", "triage_groups", first_id,
                                                .before = str_of("undo") });
}

err triage_restore(struct rq *rq, i64 id)
{
    return flow_act(rq, &LETTERS_FLOW, id, "restore", 0);
}

/* ---- all copies ---- */

err job_triage_end(struct rq *rq, str payload)
{
    struct triage_group g;
    struct rows rows;
    i64 first_id = 0;
    if (!str_to_i64(payload, &first_id))
        return OK;
    err e = triage_store_find(rq->db, first_id, rq->mem, &g);
    if (e.code == ERR_NOT_FOUND || (!e.code && (!g.ending.len || g.ending_at > rq->now_ms)))
        return OK; /* taken back, perhaps to be ended later: that has work of its own */
    TRY(e);
    TRY(triage_store_list_waiting(rq->db, first_id, PART, rq->mem, &rows));
    const struct triage_copy *all = rows.items;
    for (size_t i = 0; i < rows.count; i++) {
        const struct letter_dismiss_input in = { all[i].letter_id, g.ending, g.ending_text };
        TRY(flow_move(rq, &LETTERS_FLOW, all[i].letter_id, "dismiss", &in));
    }
    if (rows.count == PART)
        return job_queue(rq, "triage.end", payload, 0);
    g.ending = g.ending_text = str_of(""); /* one that comes now is looked at again */
    g.ending_at = 0;
    return triage_store_set_ending(rq->db, &g);
}
