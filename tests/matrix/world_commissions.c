/* SPDX-License-Identifier: MulanPSL-2.0 */
/* See world_commissions.h. Whose they are: modules/commissions/README.md, "Who may see". */
#include "tests/matrix/world_commissions.h"

#include "platform/base/str.h"
#include "tests/matrix/rules.h"
#include "tests/matrix/world_opinions.h"

static err commission(struct rq *rq, struct world *w, int set)
{
    i64 *id = w->thing[set];
    i64 person_id = w->person[set], opinion_id = id[OPINION_SENT], today = rq->today;
    str title = str_of(set == SET_FOREIGN ? "CANARY-Buses" : "Buses at night");
    TRY(db_insert(rq->db,
                  SQL("INSERT INTO commissions (org_id, state, title, body, due_on, audience, "
                      "audience_name, sender_name, sent_at) VALUES (:org, 'open', :title, 'What "
                      "is missing?', :today, 'members', 'All', 'He', 1) RETURNING id",
                      P(title), P(today)),
                  &id[COMMISSION_OPEN]));
    i64 commission_id = id[COMMISSION_OPEN];
    return db_insert(rq->db,
                     SQL("INSERT INTO invitations (org_id, commission_id, person_id, name, title, "
                         "state, opinion_id, due_on, asked_at) VALUES (:org, :commission_id, "
                         ":person_id, 'She', :title, 'writing', :opinion_id, :today, 1) RETURNING "
                         "id",
                         P(commission_id), P(person_id), P(title), P(opinion_id), P(today)),
                     &id[INVITED]);
}

static void commissions_make(struct world *w)
{
    for (int set = 0; set < SETS; set++)
        world_make(w, set, commission);
}

static i64 commissions_version(struct world *w, int set, int thing)
{
    i64 id = w->thing[set][thing];
    return world_number(
        w->t->db, world_org(set),
        thing == INVITED
            ? SQL("SELECT version FROM invitations WHERE org_id = :org AND id = :id", P(id))
            : SQL("SELECT version FROM commissions WHERE org_id = :org AND id = :id", P(id)));
}

/* An invitation is of whom it asks. */
static char commissions_own(const struct question *q)
{
    return q->thing != INVITED || rules_is_person(q) ? 'o' : 'n';
}

static const struct thing THINGS_OWN[] = {
    { COMMISSION_OPEN, "open_commission", NULL, false },
    { INVITED, "invitation", NULL, false },
    { 0 },
};

const struct part PART_OF_COMMISSIONS = { .name = "commissions",
                                          .specimens = SPECIMENS_COMMISSIONS,
                                          .things = THINGS_OWN,
                                          .make = commissions_make,
                                          .version = commissions_version,
                                          .own = commissions_own };
