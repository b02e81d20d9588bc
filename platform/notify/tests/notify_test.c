/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Who is told what and sees it where: recipients over accounts, roles and organisations; the inbox
 * as pages and JSON; mail through the outbox. On both engines (HUOTANG_TEST_DB), through the front
 * door. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>

#include "platform/access/access_settings.h"
#include "platform/base/str.h"
#include "platform/jobs/jobs.h"
#include "platform/notify/reader.h"
#include "tests/harness/test_app.h"
#include "tests/harness/test_err.h"

static const struct permission PERMISSIONS[] = {
    { .name = "things.docket", .roles = "staff" },
    { .name = "things.sign", .roles = "leader" },
    { 0 },
};
static struct module things = { .name = "things", .permissions = PERMISSIONS };
static const struct module *const MODULE_LIST[] = { &things, &notify_module, &jobs_module, NULL };

static struct test_app *t;

/* An account of an organisation, and a role held in it. */
static void account(i64 org, i64 id, i64 person_id, i64 agency_id)
{
    str name = arena_printf(t->mem, "a%lld", (long long)id);
    db_set_org(t->db, org);
    assert_ok(db_run(t->db,
                     SQL("INSERT INTO accounts (org_id, id, login_name, name, person_id, agency_id,"
                         " created_at) VALUES (:org, :id, :name, :name, :person_id, :agency_id, 0)",
                         P(id), P(name), P(person_id), P(agency_id)),
                     NULL));
    db_set_org(t->db, t->org);
}

static void hold(i64 org, i64 account_id, const char *role, const char *scope, i64 to_on)
{
    str code = str_of(role), kind = str_of(scope);
    db_set_org(t->db, org);
    assert_ok(db_run(t->db,
                     SQL("INSERT INTO holdings (org_id, account_id, role_id, scope_kind, from_on,"
                         " to_on, given_at) SELECT :org, :account_id, id, :kind, 1, :to_on, 0"
                         " FROM roles WHERE org_id = :org AND code = :code",
                         P(account_id), P(kind), P(to_on), P(code)),
                     NULL));
    db_set_org(t->db, t->org);
}

static int set_up(void **state)
{
    (void)state;
    things.settings = ACCESS_SETTINGS;
    t = test_app_new(MODULE_LIST);
    i64 yesterday = day_of_ms(TEST_NOW_MS) - 1;
    assert_ok(db_begin(t->db));
    account(1, 11, 501, 0); /* person 501 has two accounts */
    account(1, 12, 501, 0);
    account(1, 13, 502, 31); /* operator of agency 31 */
    account(1, 14, 503, 31);
    account(1, 15, 504, 0);  /* staff */
    account(1, 16, 505, 0);  /* was staff until yesterday */
    account(1, 17, 506, 0);  /* staff for himself only */
    account(1, 100, 200, 0); /* who asks in test_as_role */
    account(2, 21, 501, 31); /* the same numbers elsewhere */
    hold(1, 15, "staff", "org", 0);
    hold(1, 16, "staff", "org", yesterday);
    hold(1, 17, "staff", "self", 0);
    hold(1, 100, "staff", "org", 0);
    hold(2, 21, "staff", "org", 0);
    assert_ok(db_commit(t->db));
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    test_app_free(t);
    return 0;
}

static void forget(void)
{
    assert_ok(db_begin(t->db));
    assert_ok(db_script(t->db, str_of("DELETE FROM deliveries; DELETE FROM outbox;"
                                      " DELETE FROM gateway_addresses;")));
    assert_ok(db_commit(t->db));
}

static int clean(void **state)
{
    (void)state;
    forget();
    return 0;
}

static void tell(const struct notify_to *to, const char *words, const char *url, const char *key)
{
    struct notify_message message = { .text = "notify.mail_foot",
                                      .arg = { str_of(words), str_of("") },
                                      .url = str_of(url),
                                      .key = key };
    assert_ok(db_begin(t->db));
    struct rq rq = test_system_rq(t);
    assert_ok(notify_send(&rq, to, &message));
    assert_ok(db_commit(t->db));
}

/* Accounts told so far, in order: "11 12 ". */
static const char *told(void)
{
    struct row {
        i64 account_id;
    };
    static const struct field ROW[] = { FIELD(struct row, account_id), { 0 } };
    struct rows rows = { .size = sizeof(struct row) };
    struct buf *b = buf_new(t->mem, 1000);
    assert_ok(db_list(t->db,
                      SQL("SELECT account_id FROM deliveries ORDER BY org_id, account_id, id"), ROW,
                      t->mem, &rows));
    for (size_t i = 0; i < rows.count; i++)
        buf_printf(b, "%lld ", (long long)((struct row *)rows.items)[i].account_id);
    buf_put_byte(b, 0);
    return b->ptr;
}

/* ---- readers ---- */

static i64 have_read(struct rq *rq)
{
    struct rows rows;
    assert_ok(reader_list(rq, "things", 7, &rows));
    assert_int_equal(rows.count, 2);
    return reader_count_read(&rows);
}

static void readers_are_told_until_they_have_read(void **state)
{
    (void)state;
    struct reader both[] = { { .person_id = 501, .name = str_of("P") },
                             { .agency_id = 31, .name = str_of("A") } };
    struct rows readers = { both, 2, sizeof *both };
    const struct notify_message message = { .text = "notify.mail_foot" };
    assert_ok(db_begin(t->db));
    struct rq rq = test_system_rq(t);
    struct actor who = *rq.actor;
    assert_ok(reader_add(&rq, "things", 7, &readers));
    assert_ok(reader_add(&rq, "things", 7, &readers)); /* twice is once */
    assert_ok(reader_tell(&rq, "things", 7, &message));
    assert_string_equal(told(), "11 12 13 14 ");
    rq.actor = &who;
    who.person_id = 777; /* neither of them, and no agency */
    who.agency_id = 0;
    assert_ok(reader_read(&rq, "things", 7));
    who.person_id = 0; /* nobody in particular is not every agency */
    assert_ok(reader_read(&rq, "things", 7));
    assert_int_equal(have_read(&rq), 0);
    who.agency_id = 31; /* any operator reads for the agency */
    assert_ok(reader_read(&rq, "things", 8));
    assert_int_equal(have_read(&rq), 0);
    assert_ok(reader_read(&rq, "things", 7));
    assert_int_equal(have_read(&rq), 1);
    assert_ok(reader_tell(&rq, "things", 7, &message));
    assert_string_equal(told(), "11 11 12 12 13 14 ");
    db_set_org(t->db, 2);
    assert_ok(reader_list(&rq, "things", 7, &readers));
    assert_int_equal(readers.count, 0);
    db_set_org(t->db, t->org);
    db_rollback(t->db);
}

static void the_right_accounts_are_told(void **state)
{
    (void)state;
    static i64 other[] = { 31, 32 }, far[] = { 32, 0 };
    static const struct {
        struct notify_to to;
        const char *told;
    } CASES[] = {
        { { .account_id = 11 }, "11 " },
        { { .account_id = 21 }, "" }, /* of the other organisation */
        { { .person_id = 501 }, "11 12 " },
        { { .person_id = 501, .except_account_id = 12 }, "11 " },
        { { .agency_id = 31 }, "13 14 " },
        { { .agency_id = 99 }, "" },
        { { .permission = "things.docket" }, "15 100 " },
        { { .permission = "things.docket", .except_account_id = 100 }, "15 " },
        { { .permission = "things.docket", .except_agencies = { other, 2 } },
          "15 100 " }, /* neither is one of theirs */
        { { .agency_id = 31, .except_agencies = { other, 1 } }, "" },
        { { .agency_id = 31, .except_agencies = { far, 2 } }, "13 14 " },
        { { .permission = "things.sign" }, "" },
        { { .account_id = 0 }, "" },
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        forget();
        tell(&CASES[i].to, "x", "/things/1", NULL);
        if (strcmp(told(), CASES[i].told) != 0)
            fail_msg("row %zu: %s", i, told());
    }
}

static void a_denied_or_disabled_account_is_not_told(void **state)
{
    (void)state;
    struct notify_to to = { .permission = "things.docket" };
    assert_ok(db_begin(t->db));
    assert_ok(db_script(
        t->db,
        str_of("INSERT INTO role_permissions (org_id, role_id, permission, effect)"
               " SELECT org_id, id, 'things.docket', 'deny' FROM roles WHERE org_id = 1 AND code"
               " = 'editor';"
               "UPDATE accounts SET state = 'disabled' WHERE org_id = 1 AND id = 100;")));
    hold(1, 15, "editor", "org", 0);
    assert_ok(db_commit(t->db));
    tell(&to, "x", "", NULL);
    assert_string_equal(told(), "");
    assert_ok(db_begin(t->db));
    assert_ok(db_script(t->db, str_of("DELETE FROM role_permissions WHERE effect = 'deny';"
                                      "UPDATE accounts SET state = 'active' WHERE id = 100;")));
    assert_ok(db_commit(t->db));
    tell(&to, "x", "", NULL);
    assert_string_equal(told(), "15 100 ");
}

static void a_key_drops_repeats_of_an_account(void **state)
{
    (void)state;
    tell(&(struct notify_to){ .account_id = 11 }, "x", "", "due:1");
    tell(&(struct notify_to){ .person_id = 501 }, "x", "", "due:1");
    assert_string_equal(told(), "11 12 ");
    tell(&(struct notify_to){ .account_id = 11 }, "x", "", NULL);
    tell(&(struct notify_to){ .account_id = 11 }, "x", "", NULL);
    assert_string_equal(told(), "11 11 11 12 ");
}

static void a_rolled_back_act_tells_nobody(void **state)
{
    (void)state;
    assert_ok(db_begin(t->db));
    struct rq rq = test_system_rq(t);
    assert_ok(
        notify_send(&rq, &(struct notify_to){ .account_id = 11 },
                    &(struct notify_message){ .text = "notify.mail_foot", .url = str_of("") }));
    db_rollback(t->db);
    assert_string_equal(told(), "");
}

/* ---- the inbox ---- */

static void the_inbox_shows_ones_own_newest_first(void **state)
{
    (void)state;
    test_as_role(t, "staff"); /* account 100 */
    struct test_answer a = test_get(t, "/inbox");
    assert_int_equal(a.status, 200);
    assert_false(test_has(&a, "things/1"));
    tell(&(struct notify_to){ .account_id = 100 }, "first <b>", "/things/1", NULL);
    tell(&(struct notify_to){ .account_id = 100 }, "second", "/things/2", NULL);
    tell(&(struct notify_to){ .account_id = 11 }, "of another", "/things/3", NULL);
    a = test_get(t, "/inbox");
    assert_true(test_has(&a, "first &lt;b&gt;"));
    assert_false(test_has(&a, "of another"));
    str words = test_words(t, &a);
    assert_true(str_find(words, str_of("second"), 0) < str_find(words, str_of("first"), 0));
    assert_true(test_has_form(&a, "/inbox/read"));
}

static i64 newest(void)
{
    i64 id = 0;
    assert_ok(db_i64(t->db, SQL("SELECT COALESCE(MAX(id), 0) FROM deliveries"), &id));
    return id;
}

static void opening_marks_read_and_leads_on(void **state)
{
    (void)state;
    test_as_role(t, "staff");
    tell(&(struct notify_to){ .account_id = 100 }, "one", "/things/7", NULL);
    i64 own = newest();
    tell(&(struct notify_to){ .account_id = 11 }, "of another", "/things/8", NULL);
    i64 others = newest();
    struct test_answer a = test_api(t, GET, "/api/v1/inbox", NULL);
    assert_true(str_is(test_json(t, &a, "unread"), "1"));
    a = test_post(t, arena_printf(t->mem, "/inbox/%lld/open", (long long)own).ptr, NULL);
    assert_int_equal(a.status, 303);
    assert_true(str_is(a.location, "/things/7"));
    a = test_post(t, arena_printf(t->mem, "/inbox/%lld/open", (long long)others).ptr, NULL);
    assert_int_equal(a.status, 404);
    a = test_api(t, GET, "/api/v1/inbox", NULL);
    assert_true(str_is(test_json(t, &a, "unread"), "0"));
    assert_true(test_json(t, &a, "items.0.read_at").len > 0);
    a = test_get(t, "/inbox?unread=1");
    assert_false(test_has(&a, "/things/7"));
}

static void the_inbox_pages_by_key(void **state)
{
    (void)state;
    test_as_role(t, "staff");
    for (int i = 0; i < 7; i++)
        tell(&(struct notify_to){ .account_id = 100 }, "x", "/things/1", NULL);
    i64 seen = 0;
    str after = str_of("0");
    for (int page = 0; page < 4; page++) {
        const char *path = arena_printf(t->mem, "/api/v1/inbox?limit=3%s%.*s",
                                        page ? "&after=" : "", page ? (int)after.len : 0, after.ptr)
                               .ptr;
        struct test_answer a = test_api(t, GET, path, NULL);
        for (int i = 0; test_json(t, &a, arena_printf(t->mem, "items.%d.id", i).ptr).len > 0; i++)
            seen++;
        after = arena_str(t->mem, test_json(t, &a, "next"));
        i64 number;
        if (!str_to_i64(after, &number))
            break;
    }
    assert_int_equal(seen, 7);
    struct test_answer a = test_post(t, "/inbox/read", NULL);
    assert_int_equal(a.status, 303);
    a = test_api(t, GET, "/api/v1/inbox", NULL);
    assert_true(str_is(test_json(t, &a, "unread"), "0"));
}

static void the_inbox_asks_who_it_is(void **state)
{
    (void)state;
    test_as_nobody(t);
    struct test_answer a = test_api(t, GET, "/api/v1/inbox", NULL);
    assert_int_equal(a.status, 401);
}

/* ---- by mail too ---- */

static i64 mails(void)
{
    i64 count = 0;
    assert_ok(db_i64(t->db, SQL("SELECT COUNT(*) FROM outbox WHERE gateway = 'mail'"), &count));
    return count;
}

static void mail_leaves_only_to_who_wants_it(void **state)
{
    (void)state;
    struct notify_to to = { .account_id = 100 };
    test_as_role(t, "staff");
    struct test_answer a =
        test_post(t, "/inbox/mail", "address", "not an address", "active", "1", NULL);
    assert_int_equal(a.status, 422);
    assert_true(str_is(test_field(t, &a, "address"), "not an address"));
    a = test_post(t, "/inbox/mail", "address", "", "active", "1", NULL);
    assert_int_equal(a.status, 422);
    a = test_post(t, "/inbox/mail", "address", "li@example.cn", "active", "1", NULL);
    assert_int_equal(a.status, 303);
    tell(&to, "x", "/things/1", NULL);
    assert_int_equal(mails(), 0); /* the installation has no mail server */
    t->app.config.smtp_url = str_of("smtp://127.0.0.1:1");
    tell(&to, "x", "/things/1", NULL);
    assert_int_equal(mails(), 1);
    a = test_post(t, "/inbox/mail", "address", "li@example.cn", NULL);
    tell(&to, "x", "/things/1", NULL);
    assert_int_equal(mails(), 1);
    t->app.config.smtp_url = str_of("");
    a = test_get(t, "/inbox/mail");
    assert_true(str_is(test_field(t, &a, "address"), "li@example.cn"));
}

static void one_message_is_read_by_the_api(void **state)
{
    (void)state;
    test_as_role(t, "staff");
    tell(&(struct notify_to){ .account_id = 100 }, "x", "/things/1", NULL);
    const char *path = arena_printf(t->mem, "/api/v1/inbox/%lld/read", (long long)newest()).ptr;
    struct test_answer a = test_api(t, POST, path, "{}");
    assert_int_equal(a.status, 200);
    str read_at = test_json(t, &a, "read_at");
    assert_true(read_at.len > 0);
    t->app.clock.fixed_ms += 60000;
    a = test_api(t, POST, path, "{}"); /* again: nothing changes */
    assert_true(str_eq(test_json(t, &a, "read_at"), read_at));
    t->app.clock.fixed_ms -= 60000;
    for (int i = 0; i < 31; i++)
        tell(&(struct notify_to){ .account_id = 100 }, "x", "/things/1", NULL);
    a = test_get(t, "/inbox?unread=1");
    str next = test_link(t, &a, "\xE6\x9B\xB4\xE6\x97\xA9"); /* earlier */
    assert_true(str_starts(next, str_of("/inbox?after=")));
    a = test_get(t, arena_cstr(t->mem, next));
    assert_int_equal(a.status, 200);
    assert_true(test_has(&a, "/inbox/"));
}

static void old_messages_are_forgotten(void **state)
{
    (void)state;
    const i64 day_ms = 24 * 3600 * INT64_C(1000);
    tell(&(struct notify_to){ .account_id = 100 }, "x", "/things/1", NULL);
    assert_ok(db_begin(t->db));
    struct rq rq = test_system_rq(t);
    i64 sent_at = rq.now_ms;
    assert_ok(outbox_add(&rq, "mail", str_of("x"), str_of("old")));
    assert_ok(db_run(
        t->db, SQL("UPDATE outbox SET sent_at = :sent_at WHERE org_id = :org", P(sent_at)), NULL));
    assert_ok(db_commit(t->db));
    assert_ok(jobs_run_due(&t->app, t->app.clock.fixed_ms + 89 * day_ms, NULL));
    assert_int_equal(mails(), 1);
    assert_ok(jobs_run_due(&t->app, t->app.clock.fixed_ms + 91 * day_ms, NULL));
    assert_int_equal(mails(), 0);
    assert_string_equal(told(), "100 ");
    assert_ok(jobs_run_due(&t->app, t->app.clock.fixed_ms + 364 * day_ms, NULL));
    assert_string_equal(told(), "100 ");
    assert_ok(jobs_run_due(&t->app, t->app.clock.fixed_ms + 366 * day_ms, NULL));
    assert_string_equal(told(), "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(the_right_accounts_are_told, clean),
        cmocka_unit_test_setup(readers_are_told_until_they_have_read, clean),
        cmocka_unit_test_setup(a_denied_or_disabled_account_is_not_told, clean),
        cmocka_unit_test_setup(a_key_drops_repeats_of_an_account, clean),
        cmocka_unit_test_setup(a_rolled_back_act_tells_nobody, clean),
        cmocka_unit_test_setup(the_inbox_shows_ones_own_newest_first, clean),
        cmocka_unit_test_setup(opening_marks_read_and_leads_on, clean),
        cmocka_unit_test_setup(the_inbox_pages_by_key, clean),
        cmocka_unit_test_setup(the_inbox_asks_who_it_is, clean),
        cmocka_unit_test_setup(one_message_is_read_by_the_api, clean),
        cmocka_unit_test_setup(old_messages_are_forgotten, clean),
        cmocka_unit_test_setup(mail_leaves_only_to_who_wants_it, clean),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
