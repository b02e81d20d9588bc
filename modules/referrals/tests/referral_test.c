/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Passing on for reference (rules.md 2.2): what may be passed, what the body reads and says, who is
 * told; two organisations. */
#include "modules/proposals/tests/desk_look.h"

static struct test_answer refer(struct desk *d, i64 id, i64 agency_id)
{
    char path[100], json[200];
    snprintf(path, sizeof path, "/api/v1/proposals/%lld/referrals", (long long)id);
    snprintf(json, sizeof json, "{\"agency_id\":%lld,\"remark\":\"FOR-REFERENCE\"}",
             (long long)agency_id);
    return test_api(d->t, POST, path, json);
}

static int note_at(struct desk *d, i64 id, const char *text, i64 version)
{
    char path[100], json[200];
    snprintf(path, sizeof path, "/api/v1/referrals/%lld/note", (long long)id);
    snprintf(json, sizeof json, "{\"note\":\"%s\",\"version\":%lld}", text, (long long)version);
    return test_api(d->t, POST, path, json).status;
}

static int note(struct desk *d, i64 id, const char *text)
{
    i64 version = desk_count(d, SQL("SELECT COALESCE(MAX(version), 1) AS n FROM referrals WHERE "
                                    "org_id = :org AND id = :id",
                                    P(id)));
    return note_at(d, id, text, version);
}

static int mark_read(struct desk *d, i64 id)
{
    char path[100];
    snprintf(path, sizeof path, "/api/v1/referrals/%lld/read", (long long)id);
    return test_api(d->t, POST, path, "{}").status;
}

static i64 read_at(struct desk *d, i64 id)
{
    return desk_count(d, SQL("SELECT COALESCE(MAX(read_at), 0) FROM referrals WHERE org_id = :org "
                             "AND id = :id",
                             P(id)));
}

static i64 last(struct desk *d)
{
    return desk_count(d, SQL("SELECT COALESCE(MAX(id), 0) FROM referrals WHERE org_id = :org"));
}

static void make_confidential(struct desk *d, i64 id)
{
    struct db *db = d->t->db;
    assert_ok(db_begin(db));
    assert_ok(db_run(
        db, SQL("UPDATE proposals SET confidential = 1 WHERE org_id = :org AND id = :id", P(id)),
        NULL));
    assert_ok(db_commit(db));
}

static void only_what_was_not_docketed(void **state)
{
    struct desk *d = *state;
    i64 open = desk_submitted(d, "A bridge"), handled = desk_assigned(d, "A road"),
        refused = desk_rejected(d, "A tunnel"), secret = desk_rejected(d, "A wall");
    make_confidential(d, secret);
    desk_as_reviewer(d);
    assert_int_equal(refer(d, open, d->agency[1]).status, 409);
    assert_int_equal(refer(d, handled, d->agency[1]).status, 409);
    assert_int_equal(refer(d, secret, d->agency[1]).status, 409);
    assert_int_equal(refer(d, refused, 0).status, 422);
    assert_int_equal(refer(d, refused, d->other_agency).status, 422);
    i64 ended = d->agency[2], yesterday = day_of_ms(d->t->app.clock.fixed_ms) - 1;
    assert_ok(db_run(d->t->db,
                     SQL("UPDATE orgs SET to_on = :yesterday WHERE org_id = :org AND id = :ended",
                         P(yesterday), P(ended)),
                     NULL));
    assert_int_equal(refer(d, refused, ended).status, 422); /* it is no more */
    assert_ok(db_run(d->t->db,
                     SQL("UPDATE orgs SET to_on = 0 WHERE org_id = :org AND id = :ended", P(ended)),
                     NULL));
    assert_true(refer(d, refused, d->agency[1]).status < 300);
    assert_int_equal(refer(d, refused, d->agency[1]).status, 409); /* once to each body */
    assert_true(refer(d, refused, d->agency[2]).status < 300);
    desk_as_operator(d, 1);
    assert_int_equal(refer(d, refused, d->agency[0]).status, 403);
    desk_as_other_reviewer(d);
    assert_int_equal(refer(d, refused, d->other_agency).status, 404);
}

/* The body reads the text though it may not see the proposal; neither findings nor contacts. */
static void the_body_reads_and_says_what_it_made_of_it(void **state)
{
    struct desk *d = *state;
    desk_lead_signs_in(d);
    i64 id = desk_rejected(d, "A tunnel");
    desk_as_reviewer(d);
    assert_true(refer(d, id, d->agency[1]).status < 300);
    i64 referral = last(d);
    desk_as_operator(d, 1);
    assert_int_equal(desk_page(d, "/proposals/", id, "").status, 404);
    struct test_answer a = desk_page(d, "/referrals/", referral, "");
    assert_int_equal(a.status, 200);
    assert_true(desk_has(&a, "A tunnel"));
    assert_true(desk_has(&a, "FOR-REFERENCE"));
    assert_int_equal(read_at(d, referral), 0); /* opened is not read */
    assert_int_equal(mark_read(d, referral), 200);
    i64 when = read_at(d, referral);
    assert_true(when > 0);
    d->t->app.clock.fixed_ms += 60000;
    assert_int_equal(mark_read(d, referral), 200);
    assert_int_equal(read_at(d, referral), when);                        /* the first time counts */
    assert_int_equal(note_at(d, referral, "WE-SHALL-BUILD-IT", 0), 422); /* seen when? */
    assert_int_equal(note_at(d, referral, "WE-SHALL-BUILD-IT", 2), 200);
    assert_int_equal(note_at(d, referral, "WE-SHALL-NOT", 2), 409);
    desk_as_operator(d, 0);
    assert_int_equal(desk_page(d, "/referrals/", referral, "").status, 404);
    assert_int_equal(note(d, referral, "Not mine."), 404);
    assert_int_equal(desk_total(d, "/api/v1/referrals"), 0);
    desk_as_reviewer(d);
    assert_int_equal(note(d, referral, "Not mine."), 403);
    assert_int_equal(mark_read(d, referral), 403);
    assert_int_equal(desk_total(d, "/api/v1/referrals"), 1);
    desk_as_member(d, 0);
    assert_int_equal(desk_page(d, "/referrals/", referral, "").status, 403);
    a = desk_page(d, "/proposals/", id, "");
    assert_true(desk_has(&a, "WE-SHALL-BUILD-IT"));
    a = desk_page(d, "/api/v1/proposals/", id, "");
    desk_same(test_json(d->t, &a, "referrals.0.note"), "WE-SHALL-BUILD-IT");
    assert_int_equal(desk_count(d, SQL("SELECT COUNT(*) FROM deliveries WHERE org_id = :org AND "
                                       "words LIKE '%说明了参考情况%'")),
                     1);
}

/* What became confidential is read by the body no more. */
static void what_becomes_confidential_is_closed(void **state)
{
    struct desk *d = *state;
    i64 id = desk_rejected(d, "A tunnel");
    desk_as_reviewer(d);
    assert_true(refer(d, id, d->agency[1]).status < 300);
    make_confidential(d, id);
    i64 referral = last(d);
    desk_as_reviewer(d);
    assert_int_equal(desk_page(d, "/referrals/", referral, "").status, 200);
    assert_int_equal(desk_total(d, "/api/v1/referrals"), 1);
    desk_as_operator(d, 1);
    assert_int_equal(desk_page(d, "/referrals/", referral, "").status, 404);
    assert_int_equal(note_at(d, referral, "WE-SHALL-BUILD-IT", 1), 404);
    assert_int_equal(desk_total(d, "/api/v1/referrals"), 0);
    struct test_answer a = test_get(d->t, "/referrals");
    assert_int_equal(a.status, 200);
    assert_false(desk_has(&a, "A tunnel"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(only_what_was_not_docketed, desk_setup, desk_teardown),
        cmocka_unit_test_setup_teardown(the_body_reads_and_says_what_it_made_of_it, desk_setup,
                                        desk_teardown),
        cmocka_unit_test_setup_teardown(what_becomes_confidential_is_closed, desk_setup,
                                        desk_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
