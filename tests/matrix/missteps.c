/* SPDX-License-Identifier: MulanPSL-2.0 */
/* See missteps.h. */
#include "tests/matrix/missteps.h"

#include "platform/base/str.h"
#include "platform/flow/flow.h"
#include "tests/harness/test_err.h"

static bool is_step(const struct route_entry *entry)
{
    return entry->flow && entry->api && entry->route.method == POST;
}

/* ---- where a thing stands ---- */

struct standing {
    struct arena *mem;
    const struct flow *flow;
    const struct actor *actor;
    i64 id;
    str state; /* empty: it is none of the flow's, or not even he sees it */
};

static err state_read(struct rq *rq, void *context)
{
    struct standing *s = context;
    struct flow_subject subject = { 0 };
    rq->actor = s->actor;
    err e = s->flow->load(rq, s->id, &subject);
    s->state = e.code ? str_of("") : arena_str(s->mem, subject.state);
    return OK;
}

static bool is_final(const struct flow *flow, str state)
{
    for (const struct flow_state *s = flow->states; s->code; s++)
        if (str_is(state, s->code))
            return s->final;
    return false;
}

/* By the table alone. */
static bool starts(const struct route_entry *entry, str state)
{
    for (const struct flow_action *a = entry->flow->actions; a->verb; a++) {
        str rest = str_of(a->from), word;
        if (strcmp(a->verb, entry->action->verb) != 0)
            continue;
        while (str_split(&rest, ' ', &word))
            if (str_eq(word, state) || (str_is(word, "*") && !is_final(entry->flow, state)))
                return true;
    }
    return false;
}

/* ---- all of them ---- */

static void misstep_add(struct matrix *m, struct missteps *list, const struct route_entry *entry,
                        const struct row *row)
{
    struct world *w = m->w;
    const i64 *things = row->specimen->assignment ? w->assignment[SET_FIRST] : w->thing[SET_FIRST];
    struct actor all = matrix_all(m);
    struct standing s = {
        .mem = w->t->mem, .flow = entry->flow, .actor = &all, .id = things[row->thing]
    };
    assert_ok(test_write(w->t, state_read, &s));
    if (!s.state.len || starts(entry, s.state))
        return;
    assert_true(list->count < MISSTEPS_MAX);
    list->all[list->count++] = (struct misstep){ entry, row->thing };
}

/* Of the things of all steps of the flow; one may stand in several rows. */
static void missteps_of(struct matrix *m, struct missteps *list, const struct route_entry *entry)
{
    bool seen[THINGS] = { false };
    for (size_t i = 0; i < m->count; i++) {
        const struct row *row = &m->rows[i];
        if (!is_step(row->entry) || row->entry->flow != entry->flow || seen[row->thing])
            continue;
        seen[row->thing] = true;
        misstep_add(m, list, entry, row);
    }
}

struct missteps *missteps_new(struct matrix *m)
{
    struct missteps *list = calloc(1, sizeof *list);
    const struct route_entry *entry;
    assert_non_null(list);
    for (size_t e = 0; (entry = route_at(m->w, e)); e++)
        if (is_step(entry))
            missteps_of(m, list, entry);
    return list;
}

bool misstep_is_refused(struct matrix *m, const struct misstep *misstep)
{
    struct world *w = m->w;
    struct rehearsal r = specimen_request(w, misstep->entry, SET_FIRST, misstep->thing);
    struct actor kept = w->actor[A_MEMBER];
    w->actor[A_MEMBER] = matrix_all(m);
    struct reply reply = world_ask(w, A_MEMBER, &r);
    w->actor[A_MEMBER] = kept;
    bool refused = reply.status == 409 && reply_has(&reply, "\"flows.state\"");
    reply_free(&reply);
    return refused;
}
