/* SPDX-License-Identifier: MulanPSL-2.0 */
/* See world.h. What is in it is made by its parts (world_<module>.c), in their order. */
#include "tests/matrix/world.h"

#include "platform/base/str.h"
#include "tests/harness/test_err.h"
#include "tests/matrix/cheap_hash.h"

extern const struct module *const MODULES[];

const char WORLD_PASSWORD[] = "Quiet-River-2026-stone";

const char *const CANARIES[] = { "CANARY", WORLD_CANARY_IDENTITY, WORLD_CANARY_PHONE, NULL };

/* A clerk of the first organisation looks after its members too; one of the other does not. */
const struct who_kind WHO[WHOS] = {
    [NOBODY] = { "nobody", "", SCOPE_NONE, -1, 0, NULL },
    [A_MEMBER] = { "member", "member", SCOPE_SELF, SET_FIRST, ORG_OWN, NULL },
    [A_HEAD] = { "head", "head", SCOPE_SELF, SET_FIRST, ORG_OWN, NULL },
    [A_STAFF] = { "staff", "staff", SCOPE_ORG, -1, ORG_OWN, "personnel" },
    [AN_EDITOR] = { "editor", "editor", SCOPE_ORG, -1, ORG_OWN, NULL },
    [A_REVIEWER] = { "reviewer", "reviewer", SCOPE_ORG, -1, ORG_OWN, NULL },
    [A_DISPATCHER] = { "dispatcher", "dispatcher", SCOPE_ORG, -1, ORG_OWN, NULL },
    [AN_OPERATOR] = { "operator", "operator", SCOPE_AGENCY, SET_FIRST, ORG_OWN, NULL },
    [A_LEADER] = { "leader", "agency_leader", SCOPE_AGENCY, SET_FIRST, ORG_OWN, NULL },
    [A_CHIEF] = { "chief", "leader", SCOPE_ORG, -1, ORG_OWN, NULL },
    [A_SYSADMIN] = { "sysadmin", "sysadmin", SCOPE_ORG, -1, ORG_OWN, NULL },
    [A_SECADMIN] = { "secadmin", "secadmin", SCOPE_ORG, -1, ORG_OWN, NULL },
    [AN_AUDITOR] = { "auditor", "auditor", SCOPE_ORG, -1, ORG_OWN, NULL },
    [A_KEEPER] = { "keeper", "keeper", SCOPE_SELF, -1, ORG_OWN, NULL },
    [A_CORRESPONDENT] = { "correspondent", "correspondent", SCOPE_SELF, -1, ORG_OWN, NULL },
    [A_PUBLISHER] = { "publisher", "publisher", SCOPE_ORG, -1, ORG_OWN, NULL },
    [ANOTHER_MEMBER] = { "member2", "member", SCOPE_SELF, SET_SECOND, ORG_OWN, NULL },
    [ANOTHER_OPERATOR] = { "operator2", "operator", SCOPE_AGENCY, SET_SECOND, ORG_OWN, NULL },
    [ANOTHER_LEADER] = { "leader2", "agency_leader", SCOPE_AGENCY, SET_SECOND, ORG_OWN, NULL },
    [FOREIGN_MEMBER] = { "member3", "member", SCOPE_SELF, SET_FOREIGN, ORG_OTHER, NULL },
    [FOREIGN_OPERATOR] = { "operator3", "operator", SCOPE_AGENCY, SET_FOREIGN, ORG_OTHER, NULL },
    [FOREIGN_LEADER] = { "leader3", "agency_leader", SCOPE_AGENCY, SET_FOREIGN, ORG_OTHER, NULL },
    [FOREIGN_STAFF] = { "staff3", "staff", SCOPE_ORG, -1, ORG_OTHER, NULL },
    [FOREIGN_REVIEWER] = { "reviewer3", "reviewer", SCOPE_ORG, -1, ORG_OTHER, NULL },
    [FOREIGN_DISPATCHER] = { "dispatcher3", "dispatcher", SCOPE_ORG, -1, ORG_OTHER, NULL },
};

const char *const WORLD_SECTORS[SETS] = { "Economy", "Science", "CANARY-SECTOR" };

/* ---- making ---- */

i64 world_org(int set)
{
    return set == SET_FOREIGN ? ORG_OTHER : ORG_OWN;
}

struct making {
    struct world *w;
    int set;
    err (*fn)(struct rq *rq, struct world *w, int set);
};

static err make_in_org(struct rq *rq, void *context)
{
    const struct making *m = context;
    struct actor actor = *rq->actor;
    actor.org_id = world_org(m->set);
    rq->actor = &actor;
    db_set_org(rq->db, actor.org_id);
    err e = m->fn(rq, m->w, m->set);
    db_set_org(rq->db, m->w->t->org);
    return e;
}

void world_make(struct world *w, int set, err (*fn)(struct rq *, struct world *, int))
{
    struct making making = { w, set, fn };
    assert_ok(test_write(w->t, make_in_org, &making));
}

int world_setup(void **state)
{
    struct world *w = calloc(1, sizeof *w);
    if (!w)
        return 1;
    hash_cheaply();
    w->t = test_app_new(MODULES);
    assert_ok(db_open(w->t->app.config.db, DB_READ, &w->read));
    for (int place = PART_NONE + 1; place < PARTS_END; place++)
        if (part_at(place)->make)
            part_at(place)->make(w);
    *state = w;
    return 0;
}

int world_teardown(void **state)
{
    struct world *w = *state;
    db_close(w->read);
    test_app_free(w->t);
    free(w);
    return 0;
}

struct reply world_ask(struct world *w, enum who who, const struct rehearsal *asked)
{
    struct rehearsal r = *asked;
    test_as(w->t, &w->actor[who]);
    r.t = w->t;
    r.read = w->read;
    if (!r.forged)
        r.token = w->actor[who].csrf;
    return rehearse(&r);
}

i64 world_number(struct db *db, i64 org_id, struct sql sql)
{
    i64 n = 0, own = db_org(db);
    db_set_org(db, org_id);
    assert_ok(db_i64(db, sql, &n));
    db_set_org(db, own);
    return n;
}
