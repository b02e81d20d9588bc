/* SPDX-License-Identifier: MulanPSL-2.0 */
/* See press.h. */
#include "modules/publications/tests/press.h"

#include "modules/transfers/transfer_record.h"

void press_as_publisher(struct desk *d)
{
    struct actor *actor = test_as_role(d->t, "publisher");
    actor->account_id = 120;
    actor->person_id = 0;
    d->actor = actor;
}

struct publication press_of(struct desk *d, i64 proposal_id)
{
    struct publication u = { 0 };
    err e = publication_store_find_of(d->t->db, proposal_id, d->t->mem, &u);
    assert_true(e.code == ERR_NONE || e.code == ERR_NOT_FOUND);
    return u;
}

int press_act(struct desk *d, i64 id, const char *verb, const char *json)
{
    struct publication u = { .version = 1 };
    const char *path =
        arena_printf(d->t->mem, "/api/v1/publications/%lld/%s", (long long)id, verb).ptr;
    (void)publication_store_find(d->t->db, id, d->t->mem, &u).code;
    struct test_answer a = test_api(d->t, POST, path, test_versioned(d->t, json, u.version));
    if (a.status >= 400 && getenv("HUOTANG_TEST_LOG"))
        fprintf(stderr, "%s: %d %.*s\n", path, a.status, (int)a.body.len, a.body.ptr);
    return a.status;
}

i64 press_published(struct desk *d, i64 proposal_id)
{
    i64 id = press_of(d, proposal_id).id;
    assert_true(id > 0);
    press_as_publisher(d);
    assert_int_equal(press_act(d, id, "publish", "{\"checked\":true}"), 200);
    return id;
}

struct test_answer press_ask(struct desk *d, const char *path)
{
    test_as_nobody(d->t);
    return test_get(d->t, path);
}

struct test_answer press_page(struct desk *d, i64 id, const char *after)
{
    return press_ask(d, arena_printf(d->t->mem, "/publications/%lld%s", (long long)id, after).ptr);
}

int press_seen(struct desk *d, i64 id)
{
    return press_page(d, id, "").status;
}

bool press_listed(struct desk *d, i64 id)
{
    struct test_answer a = press_ask(d, "/publications");
    assert_int_equal(a.status, 200);
    return test_has(&a, arena_printf(d->t->mem, "\"/publications/%lld\"", (long long)id).ptr);
}

struct joint {
    const char *title;
    const char *const *names;
    i64 id;
};

static err joint_make(struct rq *rq, void *context)
{
    struct joint *j = context;
    char result;
    struct transfer_record r = { .title = str_of(j->title),
                                 .situation = str_of("Eight thousand wait for one bus."),
                                 .analysis = str_of("The line was planned for the old town."),
                                 .consent = str_of("yes"),
                                 .source = str_of("test"),
                                 .source_id = str_of(j->title) };
    strs_add(rq->mem, &r.suggestions, str_of("A line over the bridge."));
    strs_add(rq->mem, &r.suggestions, str_of("A later last bus."));
    for (const char *const *name = j->names; *name; name++)
        strs_add(rq->mem, &r.proposers, str_of(*name));
    return transfer_save_record(rq, &r, &j->id, &result);
}

i64 press_joint(struct desk *d, const char *title, const char *const *names)
{
    struct joint j = { title, names, 0 };
    assert_ok(test_write(d->t, joint_make, &j));
    return j.id;
}
