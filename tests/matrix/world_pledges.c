/* SPDX-License-Identifier: MulanPSL-2.0 */
/* See world_pledges.h. Whose they are: modules/pledges/README.md. */
#include "tests/matrix/world_pledges.h"

#include "platform/base/str.h"
#include "tests/matrix/rules.h"

static err pledge(struct rq *rq, struct world *w, int set, int thing)
{
    i64 *id = &w->thing[set][thing], line;
    i64 member_id = w->member[set], person_id = w->person[set];
    i64 year = thing == PLEDGE_ASKED ? 2027 : 2026, edition = thing == PLEDGE_SIGNED;
    str state = str_of(edition ? "signed" : "asked");
    str text = str_of(set == SET_FOREIGN ? "CANARY-Read" : "Read");
    TRY(db_insert(rq->db,
                  SQL("INSERT INTO pledges (org_id, state, member_id, person_id, name, sector, "
                      "year, standing, from_on, due_on, told, edition, signed_at) VALUES (:org, "
                      ":state, :member_id, :person_id, 'He', '', :year, 0, 1, 30000, 1, :edition, "
                      ":edition) RETURNING id",
                      P(state), P(member_id), P(person_id), P(year), P(edition)),
                  id));
    i64 pledge_id = *id;
    if (!edition)
        return OK;
    TRY(db_insert(rq->db,
                  SQL("INSERT INTO pledge_editions (org_id, pledge_id, edition, signed_at) VALUES "
                      "(:org, :pledge_id, 1, 1) RETURNING id",
                      P(pledge_id)),
                  &line));
    return db_insert(rq->db,
                     SQL("INSERT INTO pledge_lines (org_id, pledge_id, edition, code, label, text) "
                         "VALUES (:org, :pledge_id, 1, 'understand', 'Understand', :text) "
                         "RETURNING id",
                         P(pledge_id), P(text)),
                     &line);
}

static err all(struct rq *rq, struct world *w, int set)
{
    TRY(pledge(rq, w, set, PLEDGE_SIGNED));
    return pledge(rq, w, set, PLEDGE_ASKED);
}

static void pledges_make(struct world *w)
{
    for (int set = 0; set < SETS; set++)
        world_make(w, set, all);
}

static i64 pledges_version(struct world *w, int set, int thing)
{
    i64 id = w->thing[set][thing];
    return world_number(w->t->db, world_org(set),
                        SQL("SELECT version FROM pledges WHERE org_id = :org AND id = :id", P(id)));
}

/* The office's, and the member's whose it is; each step from its own state. */
static char pledges_own(const struct question *q)
{
    const char *verb = rules_verb(q);
    if (!rules_holds(q, "entries.export") && !rules_is_person(q))
        return 'n';
    if (strcmp(verb, "sign") == 0)
        return q->thing == PLEDGE_ASKED ? 'o' : 'c';
    if (strcmp(verb, "amend") == 0)
        return q->thing == PLEDGE_SIGNED ? 'o' : 'c';
    return 'o';
}

static const struct thing THINGS_OWN[] = {
    { PLEDGE_ASKED, "asked_pledge", NULL, false },
    { PLEDGE_SIGNED, "signed_pledge", NULL, false },
    { 0 },
};

const struct part PART_OF_PLEDGES = { .name = "pledges",
                                      .specimens = SPECIMENS_PLEDGES,
                                      .things = THINGS_OWN,
                                      .make = pledges_make,
                                      .version = pledges_version,
                                      .own = pledges_own };
