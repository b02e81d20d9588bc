/* SPDX-License-Identifier: MulanPSL-2.0 */
/* See mailbox.h. */
#include "modules/mailbox/tests/mailbox.h"

#include <stdlib.h>

#include "modules/orgs/area.h"
#include "modules/orgs/org.h"

static err area_add(struct rq *rq, const char *code, const char *name, const char *level,
                    i64 parent_id, i64 *id)
{
    const struct area area = { .parent_id = parent_id,
                               .from_on = 0,
                               .code = str_of(code),
                               .name = str_of(name),
                               .level = str_of(level) };
    return area_store_add(rq->db, &area, id);
}

static err cppcc_add(struct rq *rq, const char *name, const char *code, i64 area_id, i64 *id)
{
    const struct org org = { .kind = str_of("cppcc"),
                             .name = str_of(name),
                             .short_name = str_of(name),
                             .code = str_of(code),
                             .area_id = area_id,
                             .letter_prefix = str_of(""),
                             .source = str_of(""),
                             .source_id = str_of("") };
    return org_found_cppcc(rq, &org, id);
}

/* 990000 City: 990100 District (no cppcc of its own) with town and village; 990200 County. */
static err house_make(struct rq *rq, void *context)
{
    struct house *h = context;
    i64 city, district, town, village, county;
    TRY(area_add(rq, "990000", "Testcity", "city", 0, &city));
    TRY(area_add(rq, "990100", "Lindistrict", "county", city, &district));
    TRY(area_add(rq, "990100001", "Mangtown", "town", district, &town));
    TRY(area_add(rq, "990100001201", "Lowvillage", "village", town, &village));
    TRY(area_add(rq, "990200", "Yuncounty", "county", city, &county));
    TRY(cppcc_add(rq, "City Cppcc", "TC", city, &h->city));
    return cppcc_add(rq, "County Cppcc", "YC", county, &h->county);
}

int house_setup(void **state)
{
    struct house *h = calloc(1, sizeof *h);
    if (!h)
        return 1;
    h->t = test_app_new(MODULES);
    h->t->app.rng.state += (uint64_t)(uintptr_t)h; /* as box_house: marks of the settings' cache */
    assert_ok(test_write(h->t, house_make, h));
    h->t->org = h->city;
    db_set_org(h->t->db, h->city);
    *state = h;
    return 0;
}

int house_teardown(void **state)
{
    struct house *h = *state;
    test_app_free(h->t);
    free(h);
    return 0;
}

void house_as_staff(struct house *h)
{
    h->t->org = h->city;
    test_as_role(h->t, "staff");
}

void house_as_county(struct house *h)
{
    h->t->org = h->county;
    test_as_role(h->t, "staff");
}

/* ---- the stranger ---- */

struct test_answer house_send(struct house *h, const struct stranger *s)
{
    struct test_app *t = h->t;
    h->t->org = h->city;
    test_as_nobody(t);
    str stamp = box_stamp(t, s->path, s->address);
    str proof = s->plain ? str_of("") : box_proof(t->mem, stamp);
    struct test_request rq = { .method = "POST", .target = s->path, .peer = s->address };
    rq.body = arena_printf(t->mem, "%s&stamp=%.*s&proof=%.*s", s->body, (int)stamp.len, stamp.ptr,
                           (int)proof.len, proof.ptr);
    test_header(&rq, "Content-Type", str_of("application/x-www-form-urlencoded"));
    test_header(&rq, "User-Agent", str_of("CanaryBrowser/7.7"));
    test_header(&rq, "Cookie", str_of("login=CanaryCookie77"));
    return test_ask(t, &rq);
}

str house_digits(struct house *h, const struct test_answer *a)
{
    i64 at = str_find(a->body, str_of("data-receipt=\""), 0);
    (void)h;
    return at < 0 ? str_of("") : str_sub(a->body, (size_t)at + 14, 20);
}

str house_write(struct house *h, const char *more)
{
    const char *body = arena_printf(h->t->mem, "body=The+lamp+is+out+for+weeks.%s", more).ptr;
    struct test_answer a = house_send(h, &(struct stranger){ "/letters/new?area=990100001201",
                                                             BOX_HERE, body, false });
    if (a.status != 200)
        fail_msg("letter: %d %.*s", a.status, (int)a.body.len, a.body.ptr);
    return house_digits(h, &a);
}

struct test_answer house_follow(struct house *h, str digits, const char *more)
{
    const char *body =
        arena_printf(h->t->mem, "receipt=%.*s%s", (int)digits.len, digits.ptr, more).ptr;
    return house_send(h, &(struct stranger){ "/letters/follow", BOX_HERE, body, false });
}

i64 house_number(struct house *h, struct sql sql)
{
    i64 n = -1;
    db_set_org(h->t->db, h->t->org);
    assert_ok(db_i64(h->t->db, sql, &n));
    return n;
}

i64 house_newest(struct house *h)
{
    return house_number(h,
                        SQL("SELECT COALESCE(MAX(id), 0) AS n FROM letters WHERE org_id = :org"));
}

struct test_answer house_step(struct house *h, i64 id, const char *verb, const char *json)
{
    struct test_app *t = h->t;
    struct test_answer a =
        test_get(t, arena_printf(t->mem, "/api/v1/letters/%lld", (long long)id).ptr);
    i64 version = 1;
    if (a.status == 200)
        assert_true(str_to_i64(test_json(t, &a, "version"), &version));
    return test_api(t, POST,
                    arena_printf(t->mem, "/api/v1/letters/%lld/%s", (long long)id, verb).ptr,
                    test_versioned(t, json, version));
}
