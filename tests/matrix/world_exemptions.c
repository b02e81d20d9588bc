/* SPDX-License-Identifier: MulanPSL-2.0 */
/* See world_exemptions.h. Whose they are: modules/exemptions/README.md, "Confidential". */
#include "tests/matrix/world_exemptions.h"

#include <string.h>

#include "platform/base/str.h"
#include "tests/matrix/rules.h"
#include "tests/matrix/world.h"

static err one(struct rq *rq, struct world *w, int set, int thing)
{
    i64 member_id = w->member[set], person_id = w->person[set];
    i64 from_on = day_from_civil(2019, 1, 1), to_on = day_from_civil(2019, 3, 1);
    str state = str_of(thing == EXEMPTION_GRANTED ? "granted" : "undone");
    str words = str_of(set == SET_FOREIGN ? "CANARY-Ill" : "Ill");
    return db_insert(rq->db,
                     SQL("INSERT INTO exemptions (org_id, member_id, person_id, state, effect, "
                         "ground, name, words, from_on, to_on, organ, decided_on, granted_at, "
                         "granter_name) VALUES (:org, :member_id, :person_id, :state, 'days', "
                         "'illness', :words, :words, :from_on, :to_on, 'Chairs', 1, 1, 'She') "
                         "RETURNING id",
                         P(member_id), P(person_id), P(state), P(words), P(from_on), P(to_on)),
                     &w->thing[set][thing]);
}

static err exemptions_make(struct rq *rq, struct world *w, int set)
{
    TRY(one(rq, w, set, EXEMPTION_GRANTED));
    return one(rq, w, set, EXEMPTION_UNDONE);
}

static void make(struct world *w)
{
    for (int set = 0; set < SETS; set++)
        world_make(w, set, exemptions_make);
}

static i64 version(struct world *w, int set, int thing)
{
    i64 id = w->thing[set][thing];
    return world_number(w->t->db, world_org(set),
                        SQL("SELECT version FROM exemptions WHERE org_id = :org AND id = :id",
                            P(id)));
}

/* Who works on people and leaders see all, a member his own. */
static char own(const struct question *q)
{
    const char *verb = rules_verb(q);
    bool whole = rules_holds(q, "exemptions.read") && WHO[q->who].scope == SCOPE_ORG;
    if (!whole && !rules_is_person(q))
        return 'n';
    if (strcmp(verb, "shorten") == 0 || strcmp(verb, "undo") == 0)
        return q->thing == EXEMPTION_GRANTED ? 'o' : 'c';
    return 'o';
}

static const struct thing THINGS_OWN[] = {
    { EXEMPTION_GRANTED, "granted_exemption", NULL, false },
    { EXEMPTION_UNDONE, "undone_exemption", NULL, false },
    { 0 },
};

const struct part PART_OF_EXEMPTIONS = { .name = "exemptions",
                                         .specimens = SPECIMENS_EXEMPTIONS,
                                         .things = THINGS_OWN,
                                         .make = make,
                                         .version = version,
                                         .own = own };
