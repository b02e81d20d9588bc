/* SPDX-License-Identifier: MulanPSL-2.0 */
/* See office.h. */
#include "modules/desks/tests/office.h"

#include <stdio.h>
#include <stdlib.h>

#include "modules/desks/errand_store.h"
#include "platform/base/str.h"

static void have_account(struct hall *h, i64 id, i64 agency_id, bool is_person)
{
    str name = arena_printf(h->t->mem, "Clerk %lld", (long long)id);
    str login = arena_printf(h->t->mem, "clerk%lld", (long long)id);
    str role = str_of(id == BOSS ? "agency_leader" : id == READER ? "" : "operator");
    i64 person_id = is_person ? id + 100 : 0;
    assert_int_equal(db_begin(h->t->db).code, ERR_NONE);
    assert_int_equal(db_run(h->t->db,
                            SQL("INSERT INTO accounts (org_id, id, login_name, name, person_id, "
                                "agency_id, created_at) VALUES (:org, :id, :login, :name, "
                                ":person_id, :agency_id, 0)",
                                P(id), P(login), P(name), P(person_id), P(agency_id)),
                            NULL)
                         .code,
                     ERR_NONE);
    assert_int_equal(db_run(h->t->db,
                            SQL("INSERT INTO holdings (org_id, account_id, role_id, scope_kind, "
                                "from_on, given_at) SELECT r.org_id, :id, r.id, 'agency', 0, 0 "
                                "FROM roles r WHERE r.org_id = :org AND r.code = :role",
                                P(id), P(role)),
                            NULL)
                         .code,
                     ERR_NONE);
    assert_int_equal(db_commit(h->t->db).code, ERR_NONE);
}

int office_setup(void **state)
{
    if (hall_setup(state))
        return 1;
    struct hall *h = *state;
    have_account(h, OPERATOR, h->agency[0], false);
    have_account(h, WRITER, h->agency[0], true);
    have_account(h, SECOND, h->agency[0], false);
    have_account(h, HEAD, h->agency[0], true);
    have_account(h, BOSS, h->agency[0], false);
    have_account(h, READER, h->agency[0], false);
    have_account(h, OTHER_OPERATOR, h->agency[1], false);
    return 0;
}

void as_account(struct hall *h, i64 account_id)
{
    struct actor actor = *test_as_role(h->t, account_id == BOSS ? "agency_leader" : "operator");
    for (size_t i = 0; i < ACTOR_PERMISSIONS_MAX; i++)
        if (actor.scopes[i] != SCOPE_NONE)
            actor.scopes[i] = SCOPE_AGENCY;
    actor.account_id = account_id;
    actor.person_id = account_id == WRITER || account_id == HEAD ? account_id + 100 : 0;
    actor.agency_id = h->agency[account_id == OTHER_OPERATOR ? 1 : 0];
    actor.name = arena_printf(h->t->mem, "Clerk %lld", (long long)account_id);
    test_as(h->t, &actor);
}

static i64 last_id;

int office_post(struct hall *h, const char *path, const char *json)
{
    struct test_answer a = test_api(h->t, POST, path, json);
    last_id = 0;
    if (a.status < 300) {
        str at = test_json(h->t, &a, "location");
        size_t from = at.len;
        while (from > 0 && at.ptr[from - 1] >= '0' && at.ptr[from - 1] <= '9')
            from--;
        str_to_i64(str_sub(at, from, at.len - from), &last_id);
    } else if (getenv("HUOTANG_TEST_LOG"))
        fprintf(stderr, "%s: %d %.*s\n", path, a.status, (int)a.body.len, a.body.ptr);
    return a.status;
}

i64 office_id(struct hall *h)
{
    (void)h;
    return last_id;
}

i64 make_desk(struct hall *h, bool headed)
{
    as_account(h, BOSS);
    assert_int_equal(office_post(h, "/api/v1/desks",
                                 headed ? "{\"name\":\"Planning\",\"position\":1,\"accounts\":[410,"
                                          "411],\"head\":\"412\"}"
                                        : "{\"name\":\"Works\",\"position\":2,\"accounts\":[410,"
                                          "411]}"),
                     201);
    return office_id(h);
}

i64 give(struct hall *h, i64 assignment_id, const char *json)
{
    str path =
        arena_printf(h->t->mem, "/api/v1/assignments/%lld/errands", (long long)assignment_id);
    as_account(h, OPERATOR);
    assert_int_equal(office_post(h, path.ptr, json), 201);
    return office_id(h);
}

struct errand errand_load(struct hall *h, i64 id)
{
    struct errand e = { 0 };
    struct rq rq = test_system_rq(h->t);
    db_set_org(h->t->db, h->t->org);
    assert_int_equal(errand_store_find(&rq, id, &e).code, ERR_NONE);
    return e;
}

int step(struct hall *h, i64 id, const char *verb, const char *json)
{
    str path = arena_printf(h->t->mem, "/api/v1/errands/%lld/%s", (long long)id, verb);
    struct test_answer a =
        test_api(h->t, POST, path.ptr, test_versioned(h->t, json, errand_load(h, id).version));
    if (a.status >= 400 && getenv("HUOTANG_TEST_LOG"))
        fprintf(stderr, "%s: %d %.*s\n", path.ptr, a.status, (int)a.body.len, a.body.ptr);
    return a.status;
}
