/* SPDX-License-Identifier: MulanPSL-2.0 */
/* One step for several cases: all or none, and a line for each that is refused. What the page asks
 * for each verb: board_acts.c. No SQL, no HTTP. */
#include "modules/boards/board.h"

#include "modules/boards/board_words.h"
#include "platform/text/texts.h"

/* What is wrong with the house itself ends it at once: the rest would fail alike. */
static bool is_of_the_house(err e)
{
    return e.code == ERR_BUSY || e.code == ERR_INTERNAL;
}

static bool is_late(err e)
{
    return err_is(e, "flows.version") || err_is(e, "flows.state");
}

/* Somebody else was there first: who, when and what, from the history. */
static err late_words(struct rq *rq, const struct flow *flow, const struct flow_subject *subject,
                      str *out)
{
    struct rows rows;
    TRY(flow_trails(rq, flow, subject->id, &rows));
    if (rows.count == 0)
        return OK;
    const struct flow_trail *last = (const struct flow_trail *)rows.items + (rows.count - 1);
    str what = text_format(rq->mem, "boards.did", board_moment(rq, last->at),
                           flow_verb_label(rq, flow, last->verb));
    str who = last->actor_name.len ? last->actor_name : text_find("boards.the_house");
    *out = text_format(rq->mem, "boards.was_first", who,
                       text_format(rq->mem, "boards.now", what,
                                   flow_state_label(rq, flow, subject->state)));
    return OK;
}

/* A line about a refused case. What its reader may not see is not named. Kept aside until all were
 * tried: a rule that looks at the request's faults would blame the next case for it. */
static err refuse(struct rq *rq, const struct flow *flow, i64 id, err why, struct fault *out)
{
    struct flow_subject subject = { 0 };
    err seen = flow->load(rq, id, &subject);
    if (is_of_the_house(seen))
        return seen;
    if (seen.code != ERR_NONE) {
        *out = (struct fault){ "cases",
                               "boards.refused_gone",
                               { arena_printf(rq->mem, "%lld", (long long)id), str_of("") } };
        return OK;
    }
    str words = { 0 };
    if (is_late(why))
        TRY(late_words(rq, flow, &subject, &words));
    *out = (struct fault){ "cases",
                           words.len ? "boards.refused_late" : "boards.refused_case",
                           { board_case_words(rq, subject.number, subject.title),
                             words.len ? words
                                       : text_format(rq->mem, why.name, why.arg[0], why.arg[1]) } };
    return OK;
}

/* What is wrong with the form is wrong for all of them; the case that showed it is named. */
static err refuse_form(struct rq *rq, const struct flow *flow, i64 id, err why)
{
    struct flow_subject subject = { 0 };
    TRY(flow->load(rq, id, &subject));
    rq_fault(rq, "cases", "boards.of_case", board_case_words(rq, subject.number, subject.title),
             str_of(""));
    return why;
}

static err step_all(struct rq *rq, const struct flow *flow, const char *verb,
                    const struct board_case *cases, size_t count)
{
    struct fault *refused = arena_array(rq->mem, count + 1, sizeof *refused);
    size_t n = 0;
    for (size_t i = 0; i < count; i++) {
        rq->input = cases[i].input;
        err e = flow_act(rq, flow, cases[i].id, verb,
                         cases[i].version ? cases[i].version : FLOW_VERSION_WANTED);
        if (e.code == ERR_NONE)
            continue;
        if (is_of_the_house(e))
            return e;
        if (err_is(e, "form.faults"))
            return refuse_form(rq, flow, cases[i].id, e);
        TRY(refuse(rq, flow, cases[i].id, e, &refused[n++]));
    }
    for (size_t i = 0; i < n; i++)
        rq_fault(rq, refused[i].field, refused[i].name, refused[i].arg[0], refused[i].arg[1]);
    return n ? err_make(ERR_CONFLICT, "boards.refused") : OK;
}

err board_steps(struct rq *rq, const struct flow *flow, const char *verb,
                const struct board_case *cases, size_t count)
{
    const void *own = rq->input;
    if (count == 0)
        return err_make(ERR_INVALID, "boards.none");
    if (count > BOARD_AT_ONCE)
        return err_make_with(ERR_LIMIT, "boards.too_many",
                             arena_printf(rq->mem, "%d", BOARD_AT_ONCE), str_of(""));
    err e = step_all(rq, flow, verb, cases, count);
    rq->input = own;
    return e;
}
