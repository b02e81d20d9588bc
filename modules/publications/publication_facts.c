/* SPDX-License-Identifier: MulanPSL-2.0 */
/* See publication_facts.h. Progress is that of what is handled: the main proposal of one that is
 * merged. Never in here: verdicts and what follows from them, findings, talks, contacts, drafts,
 * days until which an agency must answer (but by setting publications.show_due). */
#include "modules/publications/publication_facts.h"

#include "modules/orgs/org.h"
#include "modules/outcomes/outcome.h"
#include "modules/publications/publication_replies.h"
#include "modules/publications/publication_store.h"
#include "platform/settings/settings.h"
#include "platform/text/mask.h"
#include "platform/text/texts.h"

enum { STEPS_EXTRA = 6, WHO_MAX = 8000 };

/* What a publication is made of, while it is put together. */
struct making {
    struct rq *rq;
    struct publication_facts *out;
    struct proposal p, handled;
    struct rows replies; /* struct public_reply */
    bool whole;          /* what speaks to all that are answered together may be shown */
};

str publication_number(struct rq *rq, const struct publication_row *row)
{
    const struct proposal p = { .session_id = row->session_id,
                                .serial = row->serial,
                                .docket_no = row->docket_no };
    return proposal_number(rq, &p);
}

const char *publication_tone(str stage)
{
    if (str_is(stage, "closed") || str_is(stage, "fulfilled"))
        return "ok";
    return str_is(stage, "docketed") ? "idle" : "info";
}

/* ---- progress ---- */

static void step(struct making *m, struct publication_step s)
{
    struct publication_step *steps = (struct publication_step *)m->out->steps.items;
    steps[m->out->steps.count++] = s;
}

static i64 day(i64 ms)
{
    return ms ? day_of_ms(ms) : 0;
}

/* "市交通局（主办）、市财政局（会办）". */
static str agencies_words(struct rq *rq, const struct rows *assignments)
{
    const struct assignment *all = assignments->items;
    struct buf *b = buf_new(rq->mem, WHO_MAX);
    for (size_t i = 0; i < assignments->count; i++) {
        if (i)
            buf_add(b, text_find("proposals.and"));
        buf_add(b, text_format(rq->mem, "publications.agency", all[i].agency_name,
                               text_label("assignments.role", all[i].role)));
    }
    return buf_str(b);
}

static void answered(struct making *m, const struct assignment *a)
{
    bool due = setting_on(m->rq, "publications.show_due");
    if (str_is(a->role, "cohost"))
        return;
    if (a->first_replied_at)
        step(m, (struct publication_step){ .on = day(a->first_replied_at),
                                           .what = text_find("publications.step.replied"),
                                           .who = a->agency_name });
    else
        step(m, (struct publication_step){ .what = text_find("publications.step.handling"),
                                           .who = a->agency_name,
                                           .due_on = due ? a->due_on : 0,
                                           .look = str_of("now") });
}

static err handling(struct making *m)
{
    const struct proposal *h = &m->handled;
    struct outcome_look look;
    struct rows rows;
    TRY(assignment_list_of(m->rq, "proposals", h->id, &rows));
    const struct assignment *all = rows.items;
    m->out->steps.items =
        arena_array(m->rq->mem, rows.count + STEPS_EXTRA, sizeof(struct publication_step));
    step(m, (struct publication_step){ .on = day(m->p.submitted_at),
                                       .what = text_find("publications.step.received") });
    if (m->p.docketed_at)
        step(m, (struct publication_step){ .on = day(m->p.docketed_at),
                                           .what = text_find("publications.step.docketed") });
    if (m->out->is_merged)
        step(m, (struct publication_step){ .on = day(m->p.merged_at),
                                           .what = text_find("publications.step.merged"),
                                           .who = m->out->main_number });
    if (h->assigned_at == 0) {
        step(m, (struct publication_step){ .what = text_find("publications.step.waiting"),
                                           .look = str_of("now") });
        return OK;
    }
    step(m, (struct publication_step){ .on = day(h->assigned_at),
                                       .what = text_find("publications.step.assigned"),
                                       .who = agencies_words(m->rq, &rows) });
    for (size_t i = 0; i < rows.count; i++)
        answered(m, &all[i]);
    if (h->closed_at)
        step(m, (struct publication_step){ .on = day(h->closed_at),
                                           .what = text_find("publications.step.closed") });
    TRY(outcome_look_of(m->rq, "proposals", h->id, &look));
    if (look.held_on)
        step(m, (struct publication_step){ .on = look.held_on,
                                           .what = text_find("publications.step.looked") });
    return OK;
}

/* ---- what it is handled with ---- */

/* The main one is named only where it is public itself. */
static err main_make(struct making *m)
{
    struct publication u;
    struct publication_row row;
    m->out->is_merged = m->p.main_id > 0;
    if (!m->out->is_merged)
        return OK;
    err e = publication_store_find_of(m->rq->db, m->p.main_id, m->rq->mem, &u);
    if (e.code == ERR_NONE)
        e = list_find(m->rq, &PUBLICATION_LIST, u.id, &row);
    if (e.code == ERR_NOT_FOUND)
        return OK;
    TRY(e);
    m->out->main_id = row.id;
    m->out->main_number = publication_number(m->rq, &row);
    return OK;
}

/* ---- replies and promises ---- */

/* What answers a suggestion that is not shown is not shown either. */
static bool is_suggestion_shown(const struct making *m, i64 number)
{
    const strs *all = &m->out->suggestions;
    return number > 0 && (size_t)number <= all->count && all->items[number - 1].len > 0;
}

static void answers_make(struct making *m, const struct public_reply *r, struct rows *out)
{
    const struct public_answer *all = r->answers.items;
    struct publication_answer *answers =
        arena_array(m->rq->mem, r->answers.count + 1, sizeof *answers);
    *out = (struct rows){ answers, 0, sizeof *answers };
    for (size_t i = 0; i < r->answers.count; i++)
        if (is_suggestion_shown(m, all[i].number))
            answers[out->count++] =
                (struct publication_answer){ all[i].number,
                                             text_label("assignments.result", all[i].result),
                                             mask_text(m->rq->mem, all[i].text, MASK_NUMBERS) };
}

static str class_mark(struct rq *rq, const struct public_reply *r)
{
    str rest = dictionary_label_on(rq, "assignments.classes", r->class, day(r->signed_at)), word;
    return r->class.len && str_split(&rest, ' ', &word) ? word : str_of("");
}

static void replies_make(struct making *m)
{
    struct arena *mem = m->rq->mem;
    const struct public_reply *all = m->replies.items;
    struct publication_reply *replies = arena_array(mem, m->replies.count + 1, sizeof *replies);
    m->out->replies = (struct rows){ replies, 0, sizeof *replies };
    if (!str_is(m->out->row.reply_mode, "full"))
        return;
    for (size_t i = 0; i < m->replies.count; i++) {
        const struct public_reply *r = &all[i];
        if (!r->is_last)
            continue;
        struct publication_reply *to = &replies[m->out->replies.count++];
        *to = (struct publication_reply){ .assignment_id = r->assignment_id,
                                          .signed_on = day(r->signed_at),
                                          .agency_name = r->agency_name,
                                          .number = r->number,
                                          .mark = class_mark(m->rq, r) };
        if (r->class.len)
            to->class =
                dictionary_label_on(m->rq, "assignments.classes", r->class, day(r->signed_at));
        if (m->whole) {
            to->opening = mask_text(mem, r->opening, MASK_NUMBERS);
            to->closing = mask_text(mem, r->closing, MASK_NUMBERS);
        }
        answers_make(m, r, &to->answers);
    }
}

/* Only out of a reply that is public, and not about a suggestion that is not shown. */
static bool is_promise_shown(const struct making *m, const struct promise *p)
{
    const struct public_reply *all = m->replies.items;
    for (size_t i = 0; i < m->replies.count; i++) {
        const struct public_answer *answers = all[i].answers.items;
        if (all[i].assignment_id != p->assignment_id || all[i].round != p->round)
            continue;
        if (p->item_number == 0)
            return m->whole;
        for (size_t k = 0; k < all[i].answers.count; k++)
            if (answers[k].item_number == p->item_number)
                return is_suggestion_shown(m, answers[k].number);
    }
    return false;
}

static err promises_make(struct making *m)
{
    struct rows rows;
    m->out->promises = (struct rows){ .size = sizeof(struct publication_promise) };
    if (str_is(m->out->row.reply_mode, "none"))
        return OK;
    TRY(promise_list_of(m->rq, "proposals", m->handled.id, &rows));
    const struct promise *all = rows.items;
    struct publication_promise *promises =
        arena_array(m->rq->mem, rows.count + 1, sizeof *promises);
    m->out->promises.items = promises;
    for (size_t i = 0; i < rows.count; i++) {
        bool unchecked = str_is(all[i].state, "met") && all[i].confirmed_at == 0;
        str code =
            unchecked ? str_of("progressing") : all[i].state; /* until the office has looked */
        const struct flow_state *state = flow_state_find(&PROMISES_FLOW, code);
        if (is_promise_shown(m, &all[i]))
            promises[m->out->promises.count++] =
                (struct publication_promise){ .due_on = all[i].due_on,
                                              .text =
                                                  mask_text(m->rq->mem, all[i].text, MASK_NUMBERS),
                                              .agency_name = all[i].agency_name,
                                              .state = code,
                                              .tone = state ? state->tone : "" };
    }
    return OK;
}

/* ---- all together ---- */

static err text_make(struct making *m)
{
    struct publication_facts *f = m->out;
    struct session session;
    f->submitted_on = day(m->p.submitted_at);
    f->number = publication_number(m->rq, &f->row);
    if (f->row.category.len)
        f->category = dictionary_label(m->rq, "proposals.categories", f->row.category);
    if (session_find(m->rq, f->row.session_id, &session).code == ERR_NONE)
        f->session = session_name(m->rq->mem, &session);
    TRY(publication_names(m->rq, &m->p, &f->names));
    return publication_store_list_suggestions(m->rq->db, f->row.id, m->rq->mem, &f->suggestions);
}

err publication_facts_load(struct rq *rq, i64 id, struct publication_facts *out)
{
    struct making m = { .rq = rq, .out = out };
    *out = (struct publication_facts){ .steps = { .size = sizeof(struct publication_step) },
                                       .promises = { .size = sizeof(struct publication_promise) } };
    TRY(list_find(rq, &PUBLICATION_LIST, id, &out->row));
    TRY(proposal_find_house(rq, out->row.proposal_id, &m.p));
    TRY(proposal_find_house(rq, out->row.handled_id, &m.handled));
    if (!setting_on(rq, "publications.replies"))
        out->row.reply_mode = str_of("none");
    TRY(text_make(&m));
    TRY(main_make(&m));
    TRY(publication_replies(rq, "proposals", m.handled.id, m.p.id, &m.replies));
    TRY(publication_whole(rq, &m.handled, &m.whole));
    replies_make(&m);
    if (!out->row.show_progress)
        return OK;
    TRY(handling(&m));
    return promises_make(&m);
}
