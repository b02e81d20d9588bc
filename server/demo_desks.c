/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The inside of some agencies of the demo city: two desks each, and what they have in hand split
 * among them, in each state that a part can have. After the cases (demo_cases.c). */
#include "modules/accounts/account.h"
#include "modules/assignments/assignment_list.h"
#include "modules/desks/desk_sections.h"
#include "modules/desks/errand.h"
#include "platform/access/access.h"
#include "server/demo.h"

enum { WITH_DESKS = 12, SPLIT = 2 };

/* What becomes of the parts, one after the other. */
enum outcome { TAKEN, FINISHED, GIVEN, BOUNCED_BACK, PASSED, DROPPED_PART, OUTCOMES };

/* Its operator from here on. */
static err be(struct rq *rq, const struct demo *d, const struct demo_agency *agency)
{
    struct actor *actor = arena_zero(rq->mem, sizeof *actor);
    struct account account;
    TRY(account_find(rq, agency->account_id, &account));
    actor->account_id = account.id;
    actor->org_id = d->org_id;
    actor->agency_id = agency->id;
    actor->name = account.name;
    memset(actor->scopes, SCOPE_AGENCY, sizeof actor->scopes);
    rq->actor = actor;
    return OK;
}

static err step(struct rq *rq, i64 id, const char *verb, const void *input)
{
    rq->input = input;
    return flow_act(rq, &ERRANDS_FLOW, id, verb, 0);
}

static err say(struct rq *rq, i64 id, const char *verb, const char *said)
{
    return step(rq, id, verb, &(struct errand_reason_input){ id, demo_text(said) });
}

/* One to the desk. */
static err split(struct rq *rq, i64 assignment_id, i64 desk_id, enum outcome outcome)
{
    i64 id = 0;
    struct give_input in = {
        .id = assignment_id, .desk_id = desk_id, .due_on = -1, .ask = demo_text("ask")
    };
    struct errand_input part = { .note = str_of("") };
    struct errand e;
    TRY(errand_give(rq, &in, &id));
    if (outcome == GIVEN)
        return OK;
    if (outcome == BOUNCED_BACK)
        return say(rq, id, "bounce", "errand_bounce");
    if (outcome == DROPPED_PART)
        return say(rq, id, "drop", "errand_drop");
    TRY(step(rq, id, "take", NULL));
    if (outcome == TAKEN)
        return OK;
    TRY(errand_find(rq, id, &e));
    ids numbers = errand_numbers(rq, &e);
    for (size_t i = 0; i < numbers.count; i++) {
        strs_add(rq->mem, &part.results, str_of("planned"));
        strs_add(rq->mem, &part.answers, demo_text("part"));
    }
    TRY(step(rq, id, "finish", &part));
    return outcome == PASSED ? step(rq, id, "pass", &(struct pass_input){ .id = id }) : OK;
}

/* Headed by the agency's other account, where it has one. */
static err desks_make(struct rq *rq, struct demo *d, i64 account_id, i64 *first)
{
    struct rows rows;
    strs names;
    demo_list(d, "desks", &names);
    TRY(desk_colleagues(rq, &rows));
    const struct account *all = rows.items;
    for (size_t i = 0; i < names.count; i++) {
        struct desk_input in = { .name = names.items[i], .position = (i64)i + 1 };
        i64 id = 0;
        in.accounts = (ids){ arena_array(rq->mem, 1, sizeof(i64)), 1 };
        in.accounts.items[0] = account_id;
        in.head = str_of("");
        for (size_t k = 0; k < rows.count && i == 1; k++)
            if (all[k].id != account_id)
                in.head = arena_printf(rq->mem, "%lld", (long long)all[k].id);
        TRY(desk_save(rq, &in, &id));
        *first = *first ? *first : id;
    }
    return OK;
}

static err agency_make(struct rq *rq, struct demo *d, const struct demo_agency *agency,
                       size_t *splits)
{
    struct list_query query;
    struct list_result found;
    i64 desk_id = 0;
    TRY(be(rq, d, agency));
    TRY(desks_make(rq, d, agency->account_id, &desk_id));
    TRY(list_parse_text(rq, &ASSIGNMENT_LIST, str_of("state=accepted&sort=-assigned_at"), &query));
    query.limit = SPLIT;
    TRY(list_page(rq, &ASSIGNMENT_LIST, &query, &found));
    const struct assignment_row *rows = found.rows.items;
    for (size_t i = 0; i < found.rows.count; i++)
        TRY(split(rq, rows[i].id, desk_id, (enum outcome)((*splits)++ % OUTCOMES)));
    return OK;
}

err demo_make_desks(struct rq *rq, void *demo)
{
    struct demo *d = demo;
    const struct actor *before = rq->actor;
    const void *input = rq->input;
    size_t splits = 0;
    for (size_t i = 0; i < d->agency_count && (i < WITH_DESKS || splits < OUTCOMES); i++) {
        err e = agency_make(rq, d, &d->agencies[i], &splits);
        rq->actor = before;
        rq->input = input;
        TRY(e);
    }
    return OK;
}
