/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Forms that anybody may send: who is known of a sender (nobody), what a stamp is good for, when it
 * was used, both lanes and their limits, work by load, rows that do not start. A flood, what it
 * costs, and where an address could stand: anonymous_flood_test.c. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "platform/base/str.h"
#include "platform/text/texts.h"
#include "platform/web/exchange.h"
#include "platform/web/proxies.h"
#include "platform/web/recent.h"
#include "platform/web/tests/boxes.h"
#include "tests/harness/test_err.h"

#define HERE  "192.0.2.7"
#define NEAR  "192.0.2.250" /* the same network of 24 bits */
#define THERE "198.51.100.7"

static const i64 HOUR = INT64_C(3600) * 1000;

static int set_up(void **state)
{
    *state = box_house();
    return 0;
}

static int tear_down(void **state)
{
    test_app_free(*state);
    return 0;
}

static bool says(const struct test_answer *a, const char *name)
{
    str words = text_find(name);
    i64 hole = str_find(words, str_of("{"), 0);
    return str_find(a->body, hole < 0 ? words : str_sub(words, 0, (size_t)hole), 0) >= 0;
}

/* Refused, in words, with what was typed and a fresh stamp. */
static void assert_redrawn(struct test_app *t, const struct test_answer *a, int status,
                           const char *name)
{
    assert_int_equal(a->status, status);
    assert_true(says(a, name));
    assert_true(test_has(a, "typedword"));
    assert_true(test_field(t, a, "stamp").len > 60);
}

static struct test_answer send(struct test_app *t, const char *address, str stamp, str proof)
{
    return box_send(t, &(struct box_post){ "/boxes/new", address, "typedword", stamp, proof });
}

/* ---- lanes ---- */

static void a_proof_opens_the_wide_lane(void **state)
{
    struct test_app *t = *state;
    struct test_answer a = box_write(t, HERE, "typedword", true);
    assert_int_equal(a.status, 200);
    assert_true(test_has(&a, "<p id=\"got\">proved"));
    a = box_write(t, HERE, "typedword", false);
    assert_true(test_has(&a, "<p id=\"got\">unproved"));
    assert_int_equal(box_count(t, "proved"), 1);
    assert_int_equal(box_count(t, "unproved"), 1);
    t->org = 2; /* what came to one organisation is not there in another */
    assert_int_equal(box_count(t, "proved"), 0);
}

static void the_api_takes_the_same_form(void **state)
{
    struct test_app *t = *state;
    str stamp = box_stamp(t, "/boxes/new", HERE), proof = box_proof(t->mem, stamp);
    struct test_request rq = { .method = "POST", .target = "/api/v1/boxes", .peer = HERE };
    test_header(&rq, "Content-Type", str_of("application/json"));
    rq.body = str_of("{\"words\":\"typedword\"}");
    struct test_answer a = test_ask(t, &rq);
    assert_int_equal(a.status, 422);
    assert_true(str_is(test_json(t, &a, "code"), "web.stamp_missing"));
    rq.body = arena_printf(t->mem, "{\"words\":\"typedword\",\"stamp\":\"%s\",\"proof\":\"%s\"}",
                           arena_cstr(t->mem, stamp), arena_cstr(t->mem, proof));
    assert_int_equal(test_ask(t, &rq).status, 200);
    a = send(t, HERE, stamp, proof); /* and it is one form: the stamp is used */
    assert_redrawn(t, &a, 409, "web.stamp_used");
    assert_int_equal(box_count(t, "proved"), 1);
}

/* ---- nobody ---- */

static i64 number_of(struct test_app *t, struct sql sql)
{
    i64 number = -1;
    assert_ok(db_i64(t->db, sql, &number));
    return number;
}

static void who_is_signed_in_writes_as_anybody(void **state)
{
    struct test_app *t = *state;
    struct actor *actor = test_as_role(t, "staff");
    actor->delegator_account_id = 7;
    struct test_answer page = test_get(t, "/boxes/new");
    assert_false(test_has_field(t, &page, "csrf"));
    assert_int_equal(test_header_of(&page, "Set-Cookie").len, 0);
    struct test_answer a = box_write(t, HERE, "typedword", true);
    assert_int_equal(a.status, 200);
    assert_int_equal(test_header_of(&a, "Set-Cookie").len, 0);
    assert_int_equal(number_of(t, SQL("SELECT count(*) AS n FROM audits WHERE org_id = :org")), 1);
    assert_int_equal(number_of(t, SQL("SELECT count(*) AS n FROM audits WHERE org_id = :org"
                                      " AND name = 'public' AND address = ''"
                                      " AND COALESCE(account_id, 0) = 0"
                                      " AND COALESCE(delegator_id, 0) = 0")),
                     1);
    assert_int_equal(number_of(t, SQL("SELECT count(*) AS n FROM idempotency WHERE status = 0"
                                      " AND location IS NULL AND body IS NULL")),
                     1); /* that it was used, and nothing of the answer */
}

static void another_site_may_not_send_it(void **state)
{
    struct test_app *t = *state;
    str stamp = box_stamp(t, "/boxes/new", HERE);
    struct test_request rq = { .method = "POST", .target = "/boxes/new", .peer = HERE };
    rq.body = arena_printf(t->mem, "words=typedword&stamp=%s", arena_cstr(t->mem, stamp));
    test_header(&rq, "Content-Type", str_of("application/x-www-form-urlencoded"));
    test_header(&rq, "Sec-Fetch-Site", str_of("cross-site"));
    assert_int_equal(test_ask(t, &rq).status, 403);
    assert_int_equal(box_count(t, "unproved"), 0);
}

/* ---- stamps ---- */

static void a_stamp_is_used_once(void **state)
{
    struct test_app *t = *state;
    str stamp = box_stamp(t, "/boxes/new", HERE), proof = box_proof(t->mem, stamp);
    struct test_answer first = send(t, HERE, stamp, proof);
    assert_int_equal(first.status, 200);
    struct test_answer a = send(t, HERE, stamp, proof);
    assert_redrawn(t, &a, 409, "web.stamp_used");
    i64 at = str_find(first.body, str_of("\"receipt\">"), 0);
    str receipt = str_sub(first.body, (size_t)at + 10, 64);
    assert_true(at > 0 && str_find(a.body, receipt, 0) > 0); /* who lost the answer is told again */
    a = send(t, THERE, stamp, str_of("")); /* nor by the other lane, from elsewhere */
    assert_redrawn(t, &a, 409, "web.stamp_used");
    /* another node that shares the database, with a memory of its own */
    struct web *node = t->app.web;
    assert_ok(web_new(&t->app));
    t->app.web->identify = node->identify;
    assert_ptr_not_equal(t->app.web->anonymous, node->anonymous);
    a = send(t, HERE, stamp, proof);
    assert_redrawn(t, &a, 409, "web.stamp_used");
    t->app.clock.fixed_ms += HOUR * 4; /* to the last moment of its life */
    a = send(t, HERE, stamp, proof);
    assert_redrawn(t, &a, 409, "web.stamp_used");
    assert_int_equal(box_count(t, "proved"), 1);
}

static void what_was_not_taken_uses_no_stamp(void **state)
{
    struct test_app *t = *state;
    str stamp = box_stamp(t, "/boxes/new", HERE), proof = box_proof(t->mem, stamp);
    struct box_post post = { "/boxes/new", HERE, "x", stamp, proof };
    assert_int_equal(box_send(t, &post).status, 422); /* too short */
    post.words = "typedword";
    lanes_fail_commit(t->app.lanes, 0);
    assert_int_equal(box_send(t, &post).status, 503);
    assert_int_equal(box_count(t, "proved"), 0);
    assert_int_equal(box_send(t, &post).status, 200);
    assert_int_equal(box_count(t, "proved"), 1);
}

static void a_stamp_is_good_for_one_form_of_one_organisation(void **state)
{
    struct test_app *t = *state;
    str stamp = box_stamp(t, "/boxes/new", HERE), proof = box_proof(t->mem, stamp);
    struct test_answer a =
        box_send(t, &(struct box_post){ "/boxes/other", HERE, "typedword", stamp, proof });
    assert_redrawn(t, &a, 422, "web.stamp_bad");
    t->org = 2;
    test_as_nobody(t);
    a = send(t, HERE, stamp, proof);
    assert_redrawn(t, &a, 422, "web.stamp_bad");
    t->org = 1;
    test_as_nobody(t);
    assert_int_equal(send(t, HERE, stamp, proof).status, 200);
}

static void a_forged_stamp_is_refused(void **state)
{
    struct test_app *t = *state;
    str stamp = box_stamp(t, "/boxes/new", HERE), proof = box_proof(t->mem, stamp);
    for (size_t i = 0; i < stamp.len; i++) { /* any character changed: easier, younger, new */
        char *forged = arena_zero(t->mem, stamp.len + 1);
        memcpy(forged, stamp.ptr, stamp.len);
        forged[i] = forged[i] == '1' ? '2' : '1';
        struct test_answer a = send(t, HERE, (str){ forged, stamp.len }, proof);
        assert_redrawn(t, &a, 422, "web.stamp_bad");
    }
    static const char *const ODD[] = { "1", "-", "---", "1-2-3-4", "14-1795568400000--" };
    for (size_t i = 0; i < sizeof ODD / sizeof *ODD; i++)
        assert_int_equal(send(t, HERE, str_of(ODD[i]), proof).status, 422);
    struct test_answer a = send(t, HERE, str_of(""), proof);
    assert_redrawn(t, &a, 422, "web.stamp_missing");
    assert_int_equal(box_count(t, "proved") + box_count(t, "unproved"), 0);
}

static void a_wrong_proof_is_refused(void **state)
{
    struct test_app *t = *state;
    box_setting(t, "anonymous.work_bits", "14"); /* 10 bits now: a chance of 2^-10 is none here */
    str stamp = box_stamp(t, "/boxes/new", HERE), proof = box_proof(t->mem, stamp);
    str other = box_proof(t->mem, box_stamp(t, "/boxes/new", HERE));
    const str wrong[] = {
        other,
        str_sub(proof, 0, 56),
        arena_printf(t->mem, "%s00000000", arena_cstr(t->mem, str_sub(proof, 8, 56))),
        arena_printf(t->mem, "%szzzzzzzz", arena_cstr(t->mem, str_sub(proof, 0, 56))),
        arena_printf(t->mem, "%s00", arena_cstr(t->mem, proof)),
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        struct test_answer a = send(t, HERE, stamp, wrong[i]);
        assert_redrawn(t, &a, 422, "web.stamp_unsolved");
    }
    assert_int_equal(send(t, HERE, stamp, proof).status, 200);
}

static void a_stamp_grows_old(void **state)
{
    struct test_app *t = *state;
    str stamp = box_stamp(t, "/boxes/new", HERE), proof = box_proof(t->mem, stamp);
    t->app.clock.fixed_ms += HOUR * 4 + 1;
    struct test_answer a = send(t, HERE, stamp, proof);
    assert_redrawn(t, &a, 422, "web.stamp_old");
    t->app.clock.fixed_ms -= 1;
    assert_int_equal(send(t, HERE, stamp, proof).status, 200);
    stamp = box_stamp(t, "/boxes/new", HERE);
    t->app.clock.fixed_ms -= 61 * 1000; /* from a time to come: more than nodes may differ */
    a = send(t, HERE, stamp, box_proof(t->mem, stamp));
    assert_redrawn(t, &a, 422, "web.stamp_old");
}

/* ---- limits ---- */

static void a_network_has_its_share(void **state)
{
    struct test_app *t = *state;
    box_setting(t, "anonymous.network_hour", "3");
    for (int i = 0; i < 3; i++)
        assert_int_equal(box_write(t, i % 2 ? NEAR : HERE, "typedword", true).status, 200);
    struct test_answer a = box_write(t, NEAR, "typedword", true);
    assert_redrawn(t, &a, 429, "web.network_full");
    assert_string_equal(test_header_of(&a, "Retry-After").ptr, "600");
    assert_int_equal(box_write(t, THERE, "typedword", true).status, 200);
    t->app.clock.fixed_ms += 2 * HOUR;
    assert_int_equal(box_write(t, HERE, "typedword", true).status, 200);
    assert_int_equal(box_count(t, "proved"), 5);
    t->org = 2; /* another organisation counts for itself and has the default */
    test_as_nobody(t);
    for (int i = 0; i < 4; i++)
        assert_int_equal(box_write(t, HERE, "typedword", true).status, 200);
}

/* Who reloads the answer, or has come by somebody's used form, shuts nobody out: sixty times, each
 * told the receipt again; and so on another node, which learns of it from the database. */
static void a_used_stamp_takes_no_share(void **state)
{
    struct test_app *t = *state;
    box_setting(t, "anonymous.network_hour", "3");
    box_setting(t, "anonymous.unproved_network_hour", "1");
    str stamp = box_stamp(t, "/boxes/new", HERE), proof = box_proof(t->mem, stamp);
    struct test_answer first = send(t, HERE, stamp, proof);
    i64 at = str_find(first.body, str_of("\"receipt\">"), 0);
    str receipt = str_sub(first.body, (size_t)at + 10, 64);
    assert_true(first.status == 200 && at > 0);
    for (int i = 0; i < 60; i++) {
        struct test_answer a = send(t, i % 2 ? HERE : NEAR, stamp, proof);
        assert_redrawn(t, &a, 409, "web.stamp_used");
        assert_true(str_find(a.body, receipt, 0) > 0);
        a = send(t, HERE, stamp, str_of(""));
        assert_redrawn(t, &a, 409, "web.stamp_used");
    }
    assert_int_equal(box_write(t, NEAR, "typedword", true).status, 200);
    assert_int_equal(box_write(t, HERE, "typedword", false).status, 200);
    struct web *node = t->app.web;
    assert_ok(web_new(&t->app));
    t->app.web->identify = node->identify;
    for (int i = 0; i < 60; i++)
        assert_int_equal(send(t, HERE, stamp, proof).status, 409);
    t->app.web = node;
    assert_int_equal(box_write(t, HERE, "typedword", true).status, 200);
    struct test_answer a = box_write(t, HERE, "typedword", true); /* what was taken counts */
    assert_redrawn(t, &a, 429, "web.network_full");
    assert_int_equal(box_count(t, "proved"), 3);
    assert_int_equal(box_count(t, "unproved"), 1);
}

/* It is told before the write lane: nothing waits for the writer but the first of them. */
static void a_used_stamp_does_not_reach_the_writer(void **state)
{
    struct test_app *t = *state;
    str stamp = box_stamp(t, "/boxes/new", HERE), proof = box_proof(t->mem, stamp);
    struct lanes_figures before, after;
    assert_int_equal(send(t, HERE, stamp, proof).status, 200);
    assert_int_equal(send(t, HERE, stamp, proof).status, 409);
    lanes_figures(t->app.lanes, &before);
    for (int i = 0; i < 10; i++)
        assert_int_equal(send(t, HERE, stamp, proof).status, 409);
    lanes_figures(t->app.lanes, &after);
    assert_int_equal(after.failed, before.failed);
    assert_int_equal(after.committed, before.committed);
}

static void the_lane_without_work_is_narrow(void **state)
{
    struct test_app *t = *state;
    box_setting(t, "anonymous.unproved_network_hour", "2");
    box_setting(t, "anonymous.unproved_hour", "4");
    for (int i = 0; i < 2; i++)
        assert_int_equal(box_write(t, HERE, "typedword", false).status, 200);
    struct test_answer a = box_write(t, HERE, "typedword", false);
    assert_redrawn(t, &a, 429, "web.unproved_full"); /* its share */
    assert_int_equal(box_write(t, HERE, "typedword", true).status,
                     200); /* the other lane is open */
    assert_int_equal(box_write(t, THERE, "typedword", false).status, 200);
    a = box_write(t, THERE, "typedword", false);
    assert_redrawn(t, &a, 429, "web.unproved_full"); /* half of all is for those who wait */
    assert_int_equal(box_write(t, "2001:db8::1", "typedword", false).status, 200);
    a = box_write(t, "203.0.113.1", "typedword", false);
    assert_redrawn(t, &a, 429, "web.unproved_full"); /* all */
    assert_int_equal(box_count(t, "unproved"), 4);
    t->app.clock.fixed_ms += 2 * HOUR;
    box_setting(t, "anonymous.unproved_network_hour", "0");
    a = box_write(t, HERE, "typedword", false);
    assert_redrawn(t, &a, 429, "web.unproved_full"); /* closed */
}

static void half_of_the_room_is_for_who_has_not_written(void **state)
{
    struct test_app *t = *state;
    box_setting(t, "anonymous.hour", "6");
    for (int i = 0; i < 3; i++)
        assert_int_equal(box_write(t, HERE, "typedword", true).status, 200);
    struct test_answer a = box_write(t, HERE, "typedword", true);
    assert_redrawn(t, &a, 429, "web.hour_full");
    for (int i = 0; i < 3; i++) {
        const char *from = arena_printf(t->mem, "203.0.%d.1", i).ptr;
        assert_int_equal(box_write(t, from, "typedword", true).status, 200);
    }
    a = box_write(t, "203.0.99.1", "typedword", true);
    assert_redrawn(t, &a, 429, "web.hour_full");
    assert_int_equal(box_count(t, "proved"), 6);
}

/* In all counts what is there: a post that was rolled back or used a stamp again leaves its place.
 */
static void what_was_not_taken_leaves_room(void **state)
{
    struct test_app *t = *state;
    box_setting(t, "anonymous.hour", "4"); /* two for one network */
    str stamp = box_stamp(t, "/boxes/new", HERE), proof = box_proof(t->mem, stamp);
    lanes_fail_commit(t->app.lanes, 0);
    assert_int_equal(send(t, HERE, stamp, proof).status, 503);
    assert_int_equal(send(t, HERE, stamp, proof).status, 200);
    assert_int_equal(send(t, HERE, stamp, proof).status, 409);
    assert_int_equal(box_write(t, HERE, "typedword", true).status, 200);
    assert_int_equal(box_write(t, HERE, "typedword", true).status, 429);
    assert_int_equal(box_count(t, "proved"), 2);
}

/* The table of anonymous.c by hand: ordinary 6; of 100 in all. */
static void work_follows_what_comes(void **state)
{
    struct test_app *t = *state;
    static const struct {
        int sent;
        i64 bits;
    } STEPS[] = { { 4, 2 },  { 5, 6 },  { 24, 6 }, { 25, 7 },
                  { 49, 7 }, { 50, 8 }, { 74, 8 }, { 75, 9 } };
    box_setting(t, "anonymous.hour", "100");
    int sent = 0;
    assert_int_equal(box_bits(box_stamp(t, "/boxes/new", HERE)), 2);
    str first = box_stamp(t, "/boxes/new", HERE);
    for (size_t i = 0; i < sizeof STEPS / sizeof *STEPS; i++) {
        for (; sent < STEPS[i].sent; sent++) {
            const char *from = arena_printf(t->mem, "203.0.%d.1", sent).ptr;
            assert_int_equal(box_write(t, from, "typedword", true).status, 200);
        }
        assert_int_equal(box_bits(box_stamp(t, "/boxes/new", HERE)), STEPS[i].bits);
    }
    assert_int_equal(box_bits(box_stamp(t, "/boxes/other", HERE)), 2); /* each form for itself */
    /* who has not written is held to what his form asked for when it was drawn */
    assert_int_equal(send(t, HERE, first, box_proof(t->mem, first)).status, 200);
}

static void who_sends_much_works_more(void **state)
{
    struct test_app *t = *state;
    box_setting(t, "anonymous.network_hour", "8");
    str cheap = box_stamp(t, "/boxes/new", HERE);
    static const i64 BITS[] = {
        2, 2, 3, 3, 4, 4, 5, 5
    }; /* one more for each quarter of its share */
    for (size_t i = 0; i < 8; i++) {
        assert_int_equal(box_bits(box_stamp(t, "/boxes/new", HERE)), BITS[i]);
        if (i == 6) { /* 2 bits are less than 5 - 2 */
            struct test_answer a = send(t, HERE, cheap, box_proof(t->mem, cheap));
            assert_redrawn(t, &a, 409, "web.stamp_weak");
        }
        assert_int_equal(box_write(t, HERE, "typedword", true).status, 200);
    }
    assert_int_equal(box_bits(box_stamp(t, "/boxes/new", THERE)), 2);
}

/* What comes from elsewhere may claim anything, and a trusted one is as it should be; a proxy of
 * this machine that nobody trusts is a mistake of the house. */
static void a_forgotten_proxy_is_told(void **state)
{
    struct test_app *t = *state;
    static const struct {
        const char *peer, *forwarded;
        int unknown;
    } CASES[] = { { "127.0.0.1", "", 0 },
                  { "192.0.2.7", "6.6.6.6", 0 },
                  { "10.9.8.7", "192.0.2.1", 0 },
                  { "127.0.0.1", "192.0.2.1", 1 },
                  { "127.0.0.1", "", 1 } };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        struct test_request rq = { .method = "GET", .target = "/boxes/new", .peer = CASES[i].peer };
        if (*CASES[i].forwarded)
            test_header(&rq, "X-Forwarded-For", str_of(CASES[i].forwarded));
        assert_int_equal(test_ask(t, &rq).status, 200);
        struct test_answer a = test_get(t, "/metrics");
        assert_true(test_has(&a, CASES[i].unknown ? "huotang_proxy_unknown 1\n"
                                                  : "huotang_proxy_unknown 0\n"));
    }
}

/* ---- counting ---- */

static void a_count_looks_back_an_hour(void **state)
{
    struct arena *mem = arena_new(1 << 20, 0);
    struct recent *recent = recent_new(mem, 2);
    (void)state;
    for (int i = 0; i < 8; i++)
        recent_add(recent, 5, HOUR * 10 + 1);
    assert_int_equal(recent_count(recent, 5, HOUR * 11 - 1), 8);
    assert_int_equal(recent_count(recent, 5, HOUR * 11), 8);
    assert_int_equal(recent_count(recent, 5, HOUR * 11 + HOUR / 2), 4);
    recent_add(recent, 5, HOUR * 11 + HOUR / 2);
    assert_int_equal(recent_count(recent, 5, HOUR * 11 + HOUR * 3 / 4), 3);
    assert_int_equal(recent_count(recent, 5, HOUR * 13), 0);
    assert_int_equal(recent_count(recent, 7, HOUR * 13), 0);
    arena_free(mem);
}

static void a_full_table_forgets_the_quiet(void **state)
{
    struct arena *mem = arena_new(1 << 20, 0);
    struct recent *recent = recent_new(mem, 1);
    (void)state;
    for (int i = 0; i < 5; i++)
        recent_add(recent, 100, HOUR);
    for (uint64_t key = 1; key <= 1000; key++)
        recent_add(recent, key == 100 ? 1001 : key, HOUR + 1);
    assert_int_equal(recent_count(recent, 100, HOUR + 2), 5);
    recent_add(recent, 2000, HOUR * 2);
    recent_add(recent, 2001, HOUR * 2);
    recent_add(recent, 2002, HOUR * 2);
    recent_add(recent, 2003, HOUR * 2);
    assert_int_equal(recent_count(recent, 2003, HOUR * 2), 1);
    arena_free(mem);
}

static void a_network_is_what_counts(void **state)
{
    static const struct {
        const char *address, *network;
    } ROWS[] = {
        { "192.0.2.7", "192.0.2.0/24" },
        { "192.0.2.250", "192.0.2.0/24" },
        { "192.0.3.7", "192.0.3.0/24" },
        { "::ffff:192.0.2.7", "192.0.2.0/24" },
        { "2001:db8:1:2::3", "2001:db8:1::/48" },
        { "2001:db8:1:ffff::", "2001:db8:1::/48" },
        { "2001:db8:2::", "2001:db8:2::/48" },
        { "", "elsewhere" },
        { "unix", "elsewhere" },
    };
    struct arena *mem = arena_new(1 << 16, 0);
    (void)state;
    for (size_t i = 0; i < sizeof ROWS / sizeof *ROWS; i++)
        assert_string_equal(arena_cstr(mem, address_network(mem, str_of(ROWS[i].address))),
                            ROWS[i].network);
    arena_free(mem);
}

/* ---- rows that do not start ---- */

static err nothing(struct rq *rq, struct res *res)
{
    (void)rq;
    (void)res;
    return OK;
}

struct letter_input {
    str words;
};
static const struct input WORDS[] = { { FIELD(struct letter_input, words), .kind = INPUT_TEXT },
                                      { .field = { 0 } } };
static const struct input SECRETS[] = {
    { FIELD(struct letter_input, words), .kind = INPUT_PASSWORD }, { .field = { 0 } }
};
static const struct form LETTER = { "letters", sizeof(struct letter_input), WORDS },
                         SECRET = { "letters", sizeof(struct letter_input), SECRETS };
static const struct anonymous LETTERS = { .name = "letters" }, NAMELESS = { .name = NULL };

static void an_unsound_row_does_not_start(void **state)
{
    static const struct {
        struct route route;
        bool sound;
    } ROWS[] = {
        { { POST, "/a", nothing, .may = PUBLIC, .form = &LETTER, .redraw = nothing,
            .anonymous = &LETTERS },
          true },
        { { GET, "/a", nothing, .may = PUBLIC, .anonymous = &LETTERS }, true },
        { { POST, "/api/v1/a", nothing, .may = PUBLIC, .form = &LETTER, .anonymous = &LETTERS },
          true },
        { { POST, "/a", nothing, .may = PUBLIC, .form = &LETTER, .anonymous = &LETTERS }, false },
        { { POST, "/a", nothing, .may = PUBLIC, .redraw = nothing, .anonymous = &LETTERS }, false },
        { { POST, "/a", nothing, .may = SIGNED_IN, .form = &LETTER, .redraw = nothing,
            .anonymous = &LETTERS },
          false },
        { { POST, "/a", nothing, .may = PUBLIC, .form = &SECRET, .redraw = nothing,
            .anonymous = &LETTERS },
          false },
        { { POST, "/a", nothing, .may = PUBLIC, .form = &LETTER, .redraw = nothing,
            .anonymous = &NAMELESS },
          false },
        { { POST, "/a", nothing, .may = PUBLIC, .form = &LETTER, .redraw = nothing, .reauth = true,
            .anonymous = &LETTERS },
          false },
        { { GET, "/a", nothing, .may = PUBLIC, .cached = true, .anonymous = &LETTERS }, false },
        { { POST, "/a", nothing, .may = PUBLIC, .form = &LETTER, .redraw = nothing, .slow = nothing,
            .anonymous = &LETTERS },
          true },
    };
    (void)state;
    for (size_t i = 0; i < sizeof ROWS / sizeof *ROWS; i++) {
        struct arena *mem = arena_new(1 << 20, 0);
        const struct route routes[] = { ROWS[i].route, { 0 } };
        const struct module module = { .name = "letters", .routes = routes };
        const struct module *const modules[] = { &module, NULL };
        struct router *router;
        err e = router_new(mem, modules, NULL, &router);
        assert_string_equal(e.code ? e.name : "", ROWS[i].sound ? "" : "web.route_anonymous");
        arena_free(mem);
    }
}

static void a_form_has_one_route_and_its_settings(void **state)
{
    static const struct route TWICE[] = {
        { POST, "/a", nothing, .may = PUBLIC, .form = &LETTER, .redraw = nothing,
          .anonymous = &LETTERS },
        { POST, "/b", nothing, .may = PUBLIC, .form = &LETTER, .redraw = nothing,
          .anonymous = &LETTERS },
        { 0 },
    };
    static const struct anonymous OWN = { .name = "own", .hour = "letters.no_such_setting" };
    static const struct route STRAY[] = {
        { POST, "/a", nothing, .may = PUBLIC, .form = &LETTER, .redraw = nothing,
          .anonymous = &OWN },
        { 0 },
    };
    struct test_app *t = *state;
    const struct module twice = { .name = "letters", .routes = TWICE };
    const struct module *const two[] = { &twice, NULL };
    struct router *router;
    assert_string_equal(router_new(t->mem, two, NULL, &router).name, "web.route_anonymous");
    const struct module stray = { .name = "letters", .routes = STRAY };
    const struct module *const modules[] = { BOX_MODULES[0], &stray, NULL };
    struct app app = t->app;
    app.modules = modules;
    err e = web_new(&app);
    assert_string_equal(e.name, "web.anonymous");
    assert_string_equal(arena_cstr(t->mem, e.arg[1]), "letters.no_such_setting");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_proof_opens_the_wide_lane),
        TEST(the_api_takes_the_same_form),
        TEST(who_is_signed_in_writes_as_anybody),
        TEST(another_site_may_not_send_it),
        TEST(a_stamp_is_used_once),
        TEST(what_was_not_taken_uses_no_stamp),
        TEST(a_stamp_is_good_for_one_form_of_one_organisation),
        TEST(a_forged_stamp_is_refused),
        TEST(a_wrong_proof_is_refused),
        TEST(a_stamp_grows_old),
        TEST(a_network_has_its_share),
        TEST(a_forgotten_proxy_is_told),
        TEST(a_used_stamp_takes_no_share),
        TEST(a_used_stamp_does_not_reach_the_writer),
        TEST(the_lane_without_work_is_narrow),
        TEST(half_of_the_room_is_for_who_has_not_written),
        TEST(what_was_not_taken_leaves_room),
        TEST(work_follows_what_comes),
        TEST(who_sends_much_works_more),
        cmocka_unit_test(a_count_looks_back_an_hour),
        cmocka_unit_test(a_full_table_forgets_the_quiet),
        cmocka_unit_test(a_network_is_what_counts),
        cmocka_unit_test(an_unsound_row_does_not_start),
        TEST(a_form_has_one_route_and_its_settings),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
