/* SPDX-License-Identifier: MulanPSL-2.0 */
/* See world_schemes.h. Whose they are: modules/schemes/README.md, "Who may see". */
#include "tests/matrix/world_schemes.h"

#include "platform/base/str.h"
#include "tests/matrix/rules.h"
#include "tests/matrix/world_meetings.h"

static err scheme(struct rq *rq, struct world *w, int set, bool out)
{
    i64 *id = &w->thing[set][out ? SCHEME_OUT : SCHEME_DRAFT],
        *group = &w->thing[set][SCHEME_GROUP];
    i64 meeting_id = w->thing[set][MEETING_NOTIFIED];
    i64 invitee_id = w->thing[set][INVITEE_PENDING], none;
    i64 member_id = w->member[set], person_id = w->person[set];
    str title = str_of(set == SET_FOREIGN ? "CANARY-Groups" : "Groups");
    str state = str_of(out ? "published" : "draft");
    TRY(db_insert(rq->db,
                  SQL("INSERT INTO schemes (org_id, state, meeting_id, kind, title) VALUES (:org, "
                      ":state, :meeting_id, 'sectoral', :title) RETURNING id",
                      P(state), P(meeting_id), P(title)),
                  id));
    i64 scheme_id = *id;
    TRY(db_insert(
        rq->db,
        SQL("INSERT INTO scheme_groups (org_id, scheme_id, number, name, convener_id) VALUES "
            "(:org, :scheme_id, 1, 'One', :member_id) RETURNING id",
            P(scheme_id), P(member_id)),
        group));
    i64 group_id = *group;
    return db_insert(rq->db,
                     SQL("INSERT INTO placements (org_id, scheme_id, group_id, invitee_id, "
                         "member_id, person_id) VALUES (:org, :scheme_id, :group_id, :invitee_id, "
                         ":member_id, :person_id) RETURNING id",
                         P(scheme_id), P(group_id), P(invitee_id), P(member_id), P(person_id)),
                     &none);
}

static err both(struct rq *rq, struct world *w, int set)
{
    TRY(scheme(rq, w, set, false));
    return scheme(rq, w, set, true); /* the group is this one's */
}

static void schemes_make(struct world *w)
{
    for (int set = 0; set < SETS; set++)
        world_make(w, set, both);
}

static i64 schemes_version(struct world *w, int set, int thing)
{
    i64 id = w->thing[set][thing];
    return world_number(
        w->t->db, world_org(set),
        thing == SCHEME_GROUP
            ? SQL("SELECT version FROM scheme_groups WHERE org_id = :org AND id = :id", P(id))
            : SQL("SELECT version FROM schemes WHERE org_id = :org AND id = :id", P(id)));
}

/* A draft is the office's; what is published the leaders' too, and theirs who are in it. */
static char schemes_own(const struct question *q)
{
    if (rules_holds(q, "schemes.manage"))
        return 'o';
    if (q->thing == SCHEME_DRAFT)
        return 'n';
    return WHO[q->who].scope == SCOPE_ORG || rules_is_person(q) ? 'o' : 'n';
}

static const struct thing THINGS_OWN[] = {
    { SCHEME_DRAFT, "draft_scheme", NULL, false },
    { SCHEME_OUT, "published_scheme", NULL, false },
    { SCHEME_GROUP, "scheme_group", "scheme_group", false },
    { 0 },
};

const struct part PART_OF_SCHEMES = { .name = "schemes",
                                      .specimens = SPECIMENS_SCHEMES,
                                      .things = THINGS_OWN,
                                      .make = schemes_make,
                                      .version = schemes_version,
                                      .own = schemes_own };
