/* SPDX-License-Identifier: MulanPSL-2.0 */
/* See world_burdens.h. Whose they are: modules/burdens/README.md, "Who may". */
#include "tests/matrix/world_burdens.h"

#include "platform/base/str.h"
#include "platform/settings/settings.h"
#include "tests/matrix/rules.h"

static err burden(struct rq *rq, struct world *w, int set)
{
    i64 person_id = w->person[set];
    TRY(setting_store(rq, "burdens.public", str_of("1"), 1));
    str place = str_of(set == SET_FOREIGN ? "CANARY-Table" : "Monthly table");
    return db_insert(rq->db,
                     SQL("INSERT INTO burdens (org_id, state, kind, label, place, words, via, "
                         "person_id, name, month, asked_at) VALUES (:org, 'asked', 'form', 'Form', "
                         ":place, 'Thrice.', 'signed', :person_id, 'He', 202611, 1) RETURNING id",
                         P(place), P(person_id)),
                     &w->thing[set][BURDEN_ASKED]);
}

static void burdens_make(struct world *w)
{
    for (int set = 0; set < SETS; set++)
        world_make(w, set, burden);
}

static i64 burdens_version(struct world *w, int set, int thing)
{
    i64 id = w->thing[set][thing];
    return world_number(w->t->db, world_org(set),
                        SQL("SELECT version FROM burdens WHERE org_id = :org AND id = :id", P(id)));
}

/* The office's and the leaders', and his who told it. */
static char burdens_own(const struct question *q)
{
    bool whole = rules_holds(q, "burdens.read") && WHO[q->who].scope == SCOPE_ORG;
    return whole || rules_is_person(q) ? 'o' : 'n';
}

static const struct thing THINGS_OWN[] = {
    { BURDEN_ASKED, "open_burden", NULL, false },
    { 0 },
};

const struct part PART_OF_BURDENS = { .name = "burdens",
                                      .specimens = SPECIMENS_BURDENS,
                                      .things = THINGS_OWN,
                                      .make = burdens_make,
                                      .version = burdens_version,
                                      .own = burdens_own };
