/* SPDX-License-Identifier: MulanPSL-2.0 */
/* See world_statements.h. Whose they are: modules/statements/README.md, "Who reads". */
#include "tests/matrix/world_statements.h"

#include "platform/base/str.h"
#include "tests/matrix/rules.h"

#define LONG                                                                               \
    "I have read, listened, written and gone to see what people need in the hills, where " \
    "the road is bad, and said so."

static const struct {
    int thing;
    const char *state;
} HERE[] = { { STATEMENT_DRAFT, "draft" },
             { STATEMENT_BACK, "revising" },
             { STATEMENT_SENT, "submitted" } };

static err statement(struct rq *rq, struct world *w, int set, size_t which)
{
    i64 member_id = w->member[set], person_id = w->person[set],
        *call = &w->thing[set][STATEMENT_CALL];
    str state = str_of(HERE[which].state);
    str text = str_of(set == SET_FOREIGN ? "CANARY-" LONG : LONG);
    str title = str_of(set == SET_FOREIGN ? "CANARY-Year" : "Year");
    TRY(db_insert(rq->db,
                  SQL("INSERT INTO statement_calls (org_id, year, title, audience, audience_name, "
                      "form, due_on, called_at, caller_name) VALUES (:org, 2026, :title, "
                      "'members', 'All', 'written', 30000, 1, 'She') RETURNING id",
                      P(title)),
                  call));
    i64 call_id = *call, sent = which == 2, ballot_id;
    TRY(db_insert(rq->db,
                  SQL("INSERT INTO ballots (org_id, statement_call_id, held_on, issued, returned, "
                      "valid, teller_name, second_teller_name, noted_at, noter_name) VALUES (:org, "
                      ":call_id, 20000, 9, 8, 7, 'Qi', 'Xu', 1, 'She') RETURNING id",
                      P(call_id)),
                  &ballot_id));
    return db_insert(
        rq->db,
        SQL("INSERT INTO statements (org_id, statement_call_id, state, member_id, person_id, name, "
            "sector, post, year, due_on, place, body, submitted_at) VALUES (:org, :call_id, "
            ":state, :member_id, :person_id, 'He', '', 'Member', 2026, 30000, 1, :text, :sent) "
            "RETURNING id",
            P(call_id), P(state), P(member_id), P(person_id), P(text), P(sent)),
        &w->thing[set][HERE[which].thing]);
}

static err all(struct rq *rq, struct world *w, int set)
{
    for (size_t i = 0; i < sizeof HERE / sizeof *HERE; i++)
        TRY(statement(rq, w, set, i));
    return OK;
}

static void statements_make(struct world *w)
{
    for (int set = 0; set < SETS; set++)
        world_make(w, set, all);
}

static i64 statements_version(struct world *w, int set, int thing)
{
    i64 id = w->thing[set][thing];
    return world_number(
        w->t->db, world_org(set),
        thing == STATEMENT_CALL
            ? SQL("SELECT version FROM statement_calls WHERE org_id = :org AND id = :id", P(id))
            : SQL("SELECT version FROM statements WHERE org_id = :org AND id = :id", P(id)));
}

/* Calls are the office's; a report its member's and the office's, each step from its own state. */
static char statements_own(const struct question *q)
{
    const char *verb = rules_verb(q);
    bool sent = q->thing == STATEMENT_SENT;
    if (q->thing == STATEMENT_CALL)
        return 'o';
    if (!rules_holds(q, "statements.overview") && !rules_is_person(q))
        return 'n';
    if (strcmp(verb, "edit") == 0 || strcmp(verb, "submit") == 0)
        return sent ? 'c' : 'o';
    if (strcmp(verb, "remark") == 0 || strcmp(verb, "revise") == 0)
        return sent ? 'o' : 'c';
    return 'o';
}

static const struct thing THINGS_OWN[] = {
    { STATEMENT_DRAFT, "draft_statement", NULL, false },
    { STATEMENT_BACK, "returned_statement", NULL, false },
    { STATEMENT_SENT, "sent_statement", "statement", false },
    { STATEMENT_CALL, "statement_call", NULL, false },
    { 0 },
};

const struct part PART_OF_STATEMENTS = { .name = "statements",
                                         .specimens = SPECIMENS_STATEMENTS,
                                         .things = THINGS_OWN,
                                         .make = statements_make,
                                         .version = statements_version,
                                         .own = statements_own };
