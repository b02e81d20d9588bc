/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What the system administrator sees and does with mail that has not left: states, masked
 * addresses, one and all, the audit, other organisations, what is leaving this moment. On both
 * engines (HUOTANG_TEST_DB), through the front door. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "platform/access/access_settings.h"
#include "platform/base/str.h"
#include "platform/jobs/jobs.h"
#include "platform/notify/notify.h"
#include "tests/harness/test_app.h"
#include "tests/harness/test_err.h"

static const struct module access = { .name = "access", .settings = ACCESS_SETTINGS };
static const struct module *const MODULE_LIST[] = { &access, &notify_module, &jobs_module, NULL };

static struct test_app *t;

static int house_open(void **state)
{
    (void)state;
    t = test_app_new(MODULE_LIST);
    return 0;
}

static int house_close(void **state)
{
    (void)state;
    test_app_free(t);
    return 0;
}

/* A message of an organisation; gives its id. */
struct sample {
    i64 failed_at, sent_at, leased_to_at;
    const char *error, *payload;
};

static i64 put(i64 org, struct sample s)
{
    i64 id, failed_at = s.failed_at, sent_at = s.sent_at, leased_to_at = s.leased_to_at;
    str error = str_of(s.error ? s.error : ""),
        payload = str_of(s.payload ? s.payload : "zhang.san@example.cn\n\nsecret subject\ntext");
    assert_ok(db_begin(t->db));
    db_set_org(t->db, org);
    assert_ok(db_insert(t->db,
                        SQL("INSERT INTO outbox (org_id, gateway, payload, once_key, run_at, "
                            "leased_to_at, sent_at, failed_at, error, added_at, attempts) VALUES "
                            "(:org, 'mail', :payload, '', 0, :leased_to_at, :sent_at, "
                            ":failed_at, :error, 1, 3) RETURNING id",
                            P(payload), P(leased_to_at), P(sent_at), P(failed_at), P(error)),
                        &id));
    db_set_org(t->db, t->org);
    assert_ok(db_commit(t->db));
    return id;
}

static i64 count(struct sql sql)
{
    i64 n = -1;
    assert_ok(db_begin(t->db));
    assert_ok(db_i64(t->db, sql, &n));
    db_rollback(t->db);
    return n;
}

static i64 there(i64 id)
{
    return count(SQL("SELECT COUNT(*) FROM outbox WHERE id = :id", P(id)));
}

static i64 waits(i64 id)
{
    return count(SQL("SELECT COUNT(*) FROM outbox WHERE id = :id AND failed_at = 0 AND attempts = "
                     "0 AND error = '' AND sent_at = 0",
                     P(id)));
}

static i64 audited(const char *act)
{
    str text = str_of(act);
    return count(SQL("SELECT COUNT(*) FROM audits WHERE org_id = :org AND act = :text", P(text)));
}

static int clean(void **state)
{
    (void)state;
    assert_ok(db_begin(t->db));
    assert_ok(db_script(t->db, str_of("DELETE FROM outbox;")));
    assert_ok(db_commit(t->db));
    return 0;
}

static const struct sample HELD = { .failed_at = 5, .error = "restore.held" };
static const struct sample FAILED = { .failed_at = 5, .error = "notify.mail_refused" };
static const struct sample WAITING = { .error = "notify.mail_away" };

static str id_text(i64 id)
{
    return arena_printf(t->mem, "%lld", (long long)id);
}

static struct test_answer act(const char *verb, i64 id, const char *state)
{
    const char *path = arena_printf(t->mem, "/outbox/%s", verb).ptr;
    const char *number = id_text(id).ptr;
    return id ? test_post(t, path, "id", number, "state", state, NULL)
              : test_post(t, path, "state", state, NULL);
}

static void each_state_is_listed_without_what_it_says(void **state)
{
    (void)state;
    put(1, HELD);
    put(1, FAILED);
    put(1, FAILED);
    put(1, WAITING);
    put(1, (struct sample){ .sent_at = 7, .payload = "" });
    put(2, HELD);
    test_as_role(t, "sysadmin");
    struct test_answer a = test_get(t, "/outbox");
    assert_int_equal(a.status, 200);
    assert_true(test_has(&a, "zh***@example.cn") && test_has(&a, "恢复备份时停发"));
    assert_false(test_has(&a, "zhang.san") || test_has(&a, "secret"));
    a = test_get(t, "/outbox?state=failed");
    assert_true(test_has(&a, "邮件服务器拒收"));
    a = test_get(t, "/outbox?state=waiting");
    assert_true(test_has(&a, "邮件服务器暂时连不上") && test_has(&a, "已试 3 次"));
    a = test_api(t, GET, "/api/v1/outbox?state=failed&limit=1", NULL);
    assert_int_equal(a.status, 200);
    assert_true(str_is(test_json(t, &a, "held"), "1"));
    assert_true(str_is(test_json(t, &a, "failed"), "2"));
    assert_true(str_is(test_json(t, &a, "waiting"), "1"));
    assert_true(str_is(test_json(t, &a, "items.0.to"), "zh***@example.cn"));
    assert_true(str_is(test_json(t, &a, "items.0.error"), "notify.mail_refused"));
    assert_false(test_has(&a, "secret"));
    const char *next = arena_printf(t->mem, "/api/v1/outbox?state=failed&limit=1&after=%s",
                                    arena_cstr(t->mem, test_json(t, &a, "next")))
                           .ptr;
    a = test_api(t, GET, next, NULL);
    assert_true(test_json(t, &a, "items.0.id").len > 0);
    assert_true(str_is(test_json(t, &a, "next"), ""));
}

static void odd_addresses_are_masked_whole(void **state)
{
    (void)state;
    put(1,
        (struct sample){ .failed_at = 5, .error = "restore.held", .payload = "ab@x.cn\n\na\nb" });
    put(1, (struct sample){ .failed_at = 5, .error = "restore.held", .payload = "nobody\n\na\nb" });
    put(1, (struct sample){ .failed_at = 5, .error = "restore.held", .payload = "" });
    test_as_role(t, "sysadmin");
    struct test_answer a = test_api(t, GET, "/api/v1/outbox", NULL);
    assert_true(str_is(test_json(t, &a, "items.0.to"), ""));
    assert_true(str_is(test_json(t, &a, "items.1.to"), "***"));
    assert_true(str_is(test_json(t, &a, "items.2.to"), "***@x.cn"));
    assert_int_equal(test_get(t, "/outbox").status, 200);
}

static void one_is_released_or_discarded(void **state)
{
    (void)state;
    i64 first = put(1, HELD), second = put(1, HELD), before = audited("outbox.release");
    test_as_role(t, "sysadmin");
    struct test_answer a = act("release", first, "held");
    assert_int_equal(a.status, 303);
    assert_true(str_is(a.location, "/outbox?state=held"));
    assert_int_equal(waits(first), 1);
    assert_int_equal(waits(second), 0);
    assert_int_equal(audited("outbox.release"), before + 1);
    assert_int_equal(act("discard", second, "held").status, 303);
    assert_int_equal(there(second), 0);
    assert_true(audited("outbox.discard") > 0);
    assert_int_equal(act("discard", second, "held").status, 409); /* is gone */
    assert_int_equal(there(first), 1);
}

static void all_of_a_state_and_no_other(void **state)
{
    (void)state;
    i64 held = put(1, HELD), failed = put(1, FAILED), waiting = put(1, WAITING);
    i64 sent = put(1, (struct sample){ .sent_at = 7, .payload = "" }), other = put(2, FAILED);
    test_as_role(t, "sysadmin");
    assert_int_equal(act("release", 0, "failed").status, 303);
    assert_int_equal(waits(failed), 1);
    assert_int_equal(waits(held) + waits(other), 0);
    assert_int_equal(act("discard", 0, "waiting").status, 303); /* the released one waits, too */
    assert_int_equal(there(failed) + there(waiting), 0);
    assert_int_equal(there(held) + there(sent) + there(other), 3);
    assert_int_equal(act("release", 0, "failed").status, 303); /* all of none */
    assert_int_equal(there(held) + there(sent) + there(other), 3);
}

static void what_leaves_this_moment_is_left_alone(void **state)
{
    (void)state;
    i64 id = put(1, (struct sample){ .leased_to_at = TEST_NOW_MS + 60000 });
    test_as_role(t, "sysadmin");
    assert_int_equal(act("discard", id, "waiting").status, 409);
    assert_int_equal(act("discard", 0, "waiting").status, 303); /* all the others */
    assert_int_equal(act("release", id, "waiting").status, 409);
    assert_int_equal(there(id), 1);
}

static void the_api_does_the_same(void **state)
{
    (void)state;
    i64 id = put(1, HELD), other = put(2, HELD);
    test_as_role(t, "sysadmin");
    const char *body = arena_printf(t->mem, "{\"id\":%lld}", (long long)id).ptr;
    assert_true(test_api(t, POST, "/api/v1/outbox/release", body).status < 300);
    assert_int_equal(waits(id), 1);
    body = arena_printf(t->mem, "{\"id\":%lld}", (long long)other).ptr;
    assert_int_equal(test_api(t, POST, "/api/v1/outbox/discard", body).status, 409);
    assert_int_equal(there(other), 1); /* of another organisation */
    assert_true(test_api(t, POST, "/api/v1/outbox/discard", "{\"state\":\"waiting\"}").status <
                300);
    assert_int_equal(there(id), 0);
}

static void bad_input_changes_nothing(void **state)
{
    (void)state;
    i64 id = put(1, HELD);
    test_as_role(t, "sysadmin");
    assert_int_equal(test_post(t, "/outbox/discard", NULL).status, 422); /* all of what? */
    assert_int_equal(act("discard", 0, "everything").status, 422);
    assert_int_equal(test_post(t, "/outbox/discard", "id", "-1", NULL).status, 422);
    assert_int_equal(test_post(t, "/outbox/discard", "id", "x", NULL).status, 422);
    assert_int_equal(act("discard", INT64_MAX, "held").status, 409);
    assert_int_equal(test_api(t, GET, "/api/v1/outbox?state=x", NULL).status, 422);
    assert_int_equal(there(id), 1);
    test_as_role(t, "staff");
    assert_int_equal(test_get(t, "/outbox").status, 403);
    assert_int_equal(act("discard", id, "held").status, 403);
    test_as_nobody(t);
    assert_int_equal(test_api(t, GET, "/api/v1/outbox", NULL).status, 401);
    assert_int_equal(there(id), 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(each_state_is_listed_without_what_it_says, clean),
        cmocka_unit_test_setup(odd_addresses_are_masked_whole, clean),
        cmocka_unit_test_setup(one_is_released_or_discarded, clean),
        cmocka_unit_test_setup(all_of_a_state_and_no_other, clean),
        cmocka_unit_test_setup(what_leaves_this_moment_is_left_alone, clean),
        cmocka_unit_test_setup(the_api_does_the_same, clean),
        cmocka_unit_test_setup(bad_input_changes_nothing, clean),
    };
    return cmocka_run_group_tests(tests, house_open, house_close);
}
