/* SPDX-License-Identifier: MulanPSL-2.0 */
/* See world_members.h. */
#include "tests/matrix/world_members.h"

#include "modules/members/member.h"
#include "platform/base/str.h"
#include "tests/matrix/rules.h"
#include "tests/matrix/world.h"

static err member_make(struct rq *rq, struct world *w, int set)
{
    static const char *const NAMES[] = { "Lihua", "Wanglei", "CANARY-NAME" };
    static const char *const IDENTITIES[] = { "", "", WORLD_CANARY_IDENTITY };
    static const char *const PHONES[] = { "13800000001", "13800000002", WORLD_CANARY_PHONE };
    bool foreign = set == SET_FOREIGN;
    struct member member;
    char result;
    struct member_record record = {
        .name = str_of(NAMES[set]),
        .code = arena_printf(w->t->mem, "%s%d", foreign ? "CANARYCODE" : "W", set + 1),
        .identity = str_of(IDENTITIES[set]),
        .phone = str_of(PHONES[set]),
        .address = str_of(foreign ? "CANARY-ADDRESS in a quiet street" : "High street"),
        .mail = str_of(foreign ? "canary@CANARY.cn" : ""),
        .employer = str_of(foreign ? "CANARY-EMPLOYER" : "Tea works"),
        .sector = str_of(WORLD_SECTORS[set]),
        .birth_on = BIRTH_UNKNOWN,
        .from_on = rq->today - 700,
        .term_number = 6
    };
    TRY(member_save_record(rq, &record, &w->member[set], &result));
    TRY(member_find(rq, w->member[set], &member));
    w->person[set] = member.person_id;
    w->thing[set][MEMBER] = w->member[set];
    record = (struct member_record){ .name = str_of(foreign ? "CANARY-NEWCOMER" : "Newcomer"),
                                     .code = arena_printf(w->t->mem, "%s%d",
                                                          foreign ? "CANARYN" : "N", set),
                                     .sector = record.sector,
                                     .birth_on = BIRTH_UNKNOWN,
                                     .from_on = rq->today - 700,
                                     .term_number = 6 };
    TRY(member_save_record(rq, &record, &w->newcomer[set], &result));
    w->thing[set][NEWCOMER] = w->newcomer[set];
    return OK;
}

/* A wish to change his record, and an office. */
static err rows_make(struct rq *rq, struct world *w, int set)
{
    i64 *thing = w->thing[set], person_id = w->person[set];
    i64 now = rq->now_ms, today = rq->today;
    str words = str_of(set == SET_FOREIGN ? "CANARY-WISH" : "Wish");
    TRY(db_insert(
        rq->db,
        SQL("INSERT INTO amendments (org_id, person_id, field, before, after, state, asked_at) "
            "VALUES (:org, :person_id, 'job', '', :words, 'asked', :now) RETURNING id",
            P(person_id), P(words), P(now)),
        &thing[AMENDMENT]));
    return db_insert(rq->db,
                     SQL("INSERT INTO tenures (org_id, person_id, body, body_id, post, from_on) "
                         "SELECT :org, :person_id, 'committee', c.id, 'director', :today - 9 "
                         "FROM committees c WHERE c.org_id = :org LIMIT 1 RETURNING id",
                         P(person_id), P(today)),
                     &w->tenure[set]);
}

static void members_make(struct world *w)
{
    for (int set = 0; set < SETS; set++)
        world_make(w, set, member_make);
    for (int set = 0; set < SETS; set++)
        world_make(w, set, rows_make);
}

static i64 members_version(struct world *w, int set, int thing)
{
    i64 id = w->thing[set][thing], org_id = world_org(set);
    struct db *db = w->t->db;
    if (thing == AMENDMENT)
        return world_number(db, org_id,
                            SQL("SELECT asked_at FROM amendments WHERE org_id = :org AND id = :id",
                                P(id)));
    return world_number(db, org_id,
                        SQL("SELECT version FROM members WHERE org_id = :org AND id = :id", P(id)));
}

/* Departments see no roster. */
static char members_first(const struct question *q)
{
    return rules_is_under(q, "members.read") && WHO[q->who].scope == SCOPE_AGENCY ? 'f' : 0;
}

static const struct thing THINGS_OWN[] = {
    { MEMBER, "member", NULL, false },
    { NEWCOMER, "newcomer", "newcomer", false },
    { AMENDMENT, "amendment", NULL, false },
    { 0 },
};

const struct part PART_OF_MEMBERS = { .name = "members",
                                      .specimens = SPECIMENS_MEMBERS,
                                      .things = THINGS_OWN,
                                      .make = members_make,
                                      .version = members_version,
                                      .first = members_first };
