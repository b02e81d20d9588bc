/* SPDX-License-Identifier: MulanPSL-2.0 */
/* See world_orgs.h. */
#include "tests/matrix/world_orgs.h"

#include "modules/orgs/org.h"
#include "platform/base/str.h"
#include "tests/matrix/rules.h"
#include "tests/matrix/world.h"

/* Made once: of all sets. */
static err area_make(struct rq *rq, struct world *w, int set)
{
    return db_insert(rq->db,
                     SQL("INSERT INTO areas (code, name, level) VALUES ('5301', 'Kunming', "
                         "'city') RETURNING id"),
                     &w->thing[set][AN_AREA]);
}

/* The row of the cppcc itself, which has its organisation's number. */
static err cppcc_make(struct rq *rq, struct world *w, int set)
{
    i64 id = 0;
    str name = str_of(set == SET_FOREIGN ? "CANARY-CPPCC" : "Cppcc");
    if (set == SET_SECOND)
        return OK;
    (void)w;
    TRY(db_insert(rq->db,
                  SQL("INSERT INTO orgs (org_id, kind, name) VALUES "
                      "(:org, 'cppcc', :name) RETURNING id",
                      P(name)),
                  &id));
    return id == rq->actor->org_id ? OK : err_make(ERR_INTERNAL, "test.cppcc");
}

static err agency_make(struct rq *rq, const char *name, i64 *id)
{
    struct org org = { .kind = str_of("department"), .name = str_of(name), .agency = true };
    return org_save(rq, &org, id);
}

static err session_make(struct rq *rq, struct world *w, int set)
{
    i64 opened = rq->today - 300, id;
    struct session session;
    w->session[set] = w->session[SET_FIRST];
    TRY(sector_save(rq, str_of(WORLD_SECTORS[set]), 1, &w->sector[set]));
    for (int thing = SESSION; thing <= AN_AREA; thing++)
        w->thing[set][thing] = w->thing[SET_FIRST][thing];
    w->thing[set][SECTOR] = w->sector[set];
    if (set == SET_SECOND)
        return OK;
    TRY(committee_save(rq, str_of(set == SET_FOREIGN ? "CANARY-COMMITTEE" : "Law"), 1, &id));
    w->thing[set][COMMITTEE] = id;
    TRY(session_add(
        rq,
        &(struct session){
            .term_number = 6, .number = 3, .opened_on = opened, .closed_on = opened + 4 },
        &w->session[set]));
    w->thing[set][SESSION] = w->session[set];
    TRY(session_find(rq, w->session[set], &session));
    w->thing[set][TERM] = session.term_id;
    return OK;
}

static err bodies_make(struct rq *rq, struct world *w, int set)
{
    static const char *const AGENCIES[] = { "Roads", "Health", "CANARY-AGENCY" };
    static const char *const SPARES[] = { "Schools", "Water", "CANARY-SPARE" };
    TRY(session_make(rq, w, set));
    TRY(agency_make(rq, AGENCIES[set], &w->agency[set]));
    TRY(agency_make(rq, SPARES[set], &w->spare[set]));
    w->thing[set][ORG] = w->agency[set];
    return OK;
}

static void orgs_make(struct world *w)
{
    for (int set = 0; set < SETS; set++)
        world_make(w, set, cppcc_make);
    world_make(w, SET_FIRST, area_make);
    for (int set = 0; set < SETS; set++)
        world_make(w, set, bodies_make);
}

static i64 orgs_version(struct world *w, int set, int thing)
{
    i64 id = w->thing[set][thing], org_id = world_org(set);
    struct db *db = w->t->db;
    if (thing == ORG)
        return world_number(
            db, org_id, SQL("SELECT version FROM orgs WHERE org_id = :org AND id = :id", P(id)));
    if (thing == SESSION)
        return world_number(db, org_id,
                            SQL("SELECT version FROM sessions WHERE org_id = :org AND id = :id",
                                P(id)));
    if (thing == TERM)
        return world_number(
            db, org_id, SQL("SELECT version FROM terms WHERE org_id = :org AND id = :id", P(id)));
    if (thing == SECTOR)
        return world_number(
            db, org_id, SQL("SELECT version FROM sectors WHERE org_id = :org AND id = :id", P(id)));
    if (thing == COMMITTEE)
        return world_number(db, org_id,
                            SQL("SELECT version FROM committees WHERE org_id = :org AND id = :id",
                                P(id)));
    return world_number(db, org_id, SQL("SELECT version FROM areas WHERE id = :id", P(id)));
}

static const struct thing THINGS_OWN[] = {
    { ORG, "org", "agency", false },
    { SESSION, "session", NULL, false },
    { TERM, "term", NULL, false },
    { SECTOR, "sector", NULL, false },
    { COMMITTEE, "committee", NULL, false },
    { AN_AREA, "area", NULL, true /* a fact of the country */ },
    { 0 },
};

const struct part PART_OF_ORGS = { .name = "orgs",
                                   .specimens = SPECIMENS_ORGS,
                                   .things = THINGS_OWN,
                                   .make = orgs_make,
                                   .version = orgs_version };
