/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Signing in: password, lock-out by account and by address, second factor, recovery codes, giving
 * the password again, and that unknown, wrong, locked and disabled look and take the same (quality
 * A1-A3). Both engines (HUOTANG_TEST_DB). */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <time.h>

#include <stdio.h>

#include <cmocka.h>

#include "platform/access/access_store.h"
#include "platform/access/login.h"
#include "platform/access/secret.h"
#include "platform/access/signin.h"
#include "platform/access/tests/gate.h"
#include "platform/access/totp.h"
#include "platform/base/str.h"

enum { MINUTE = 60000 };
static struct actor actor;
static bool stale;
static struct signin_result result;

/* One attempt from an address; the result stays in `result`. */
static enum signin_outcome attempt_from(const char *address, const char *name, const char *password)
{
    struct signin_proof proof = { 0 };
    struct rq *rq = gate_visitor(&actor);
    rq->address = str_of(address);
    stage_expect(signin_prove(rq, str_of(name), str_of(password), &proof), NULL);
    stage_expect(signin_finish(rq, &proof, &result), NULL);
    assert_int_equal(db_org(gate.db), STAGE_ORG);
    return result.outcome;
}

static enum signin_outcome attempt(const char *name, const char *password)
{
    return attempt_from("192.0.2.7", name, password);
}

static void the_right_password_makes_a_login(void **state)
{
    (void)state;
    i64 id = gate_account(STAGE_ORG, "zhang");
    assert_int_equal(attempt("zhang", GATE_PASSWORD), SIGNIN_DONE);
    assert_int_equal(result.token.len, 43);
    assert_int_equal(result.max_age_s, 30 * 86400);
    gate_rq(result.token.ptr, &actor, &stale);
    assert_int_equal(actor.account_id, id);
    assert_int_equal(actor.authenticated_at, gate.app.clock.fixed_ms);
    assert_int_equal(gate_audits(STAGE_ORG, "accounts.login"), 1);
    assert_int_equal(attempt("  ZHANG ", GATE_PASSWORD), SIGNIN_DONE);
}

static void an_office_login_ends_with_the_browser(void **state)
{
    (void)state;
    gate_give(STAGE_ORG, gate_account(STAGE_ORG, "clerk"), "staff", "org", 0);
    assert_int_equal(attempt("clerk", GATE_PASSWORD), SIGNIN_DONE);
    assert_int_equal(result.max_age_s, 0);
}

static void every_login_has_its_own_token_kept_as_a_hash(void **state)
{
    (void)state;
    gate_account(STAGE_ORG, "zhang");
    str first = str_of(gate_sign_in("zhang")), second = str_of(gate_sign_in("zhang"));
    i64 count = 0;
    assert_false(str_eq(first, second));
    stage_expect(
        db_i64(gate.db,
               SQL("SELECT COUNT(*) FROM logins WHERE org_id = :org AND token_hash = :first",
                   P(first)),
               &count),
        NULL);
    assert_int_equal(count, 0);
}

static void five_failures_lock_the_account_for_fifteen_minutes(void **state)
{
    (void)state;
    gate_account(STAGE_ORG, "zhang");
    gate_account(STAGE_ORG, "li");
    for (int i = 0; i < 4; i++)
        assert_int_equal(attempt("zhang", "wrong"), SIGNIN_REFUSED);
    assert_int_equal(attempt("zhang", GATE_PASSWORD), SIGNIN_DONE); /* the count begins anew */
    for (int i = 0; i < 5; i++)
        assert_int_equal(attempt("zhang", "wrong"), SIGNIN_REFUSED);
    assert_int_equal(attempt("zhang", GATE_PASSWORD), SIGNIN_REFUSED);
    assert_int_equal(attempt_from("198.51.100.1", "zhang", GATE_PASSWORD), SIGNIN_REFUSED);
    assert_int_equal(attempt("li", GATE_PASSWORD), SIGNIN_DONE);
    gate_later(15 * MINUTE - 1);
    assert_int_equal(attempt("zhang", GATE_PASSWORD), SIGNIN_REFUSED);
    gate_later(1);
    assert_int_equal(attempt("zhang", GATE_PASSWORD), SIGNIN_DONE);
    assert_int_equal(gate_audits(STAGE_ORG, "accounts.login_failed"), 12);
}

static void an_address_is_counted_apart(void **state)
{
    (void)state;
    gate_account(STAGE_ORG, "zhang");
    gate_set(STAGE_ORG, "accounts.address_failures", "6");
    for (int i = 0; i < 6; i++)
        assert_int_equal(attempt("nobody", "wrong"), SIGNIN_REFUSED);
    assert_int_equal(attempt("zhang", GATE_PASSWORD), SIGNIN_ADDRESS_LOCKED);
    assert_int_equal(attempt_from("198.51.100.1", "zhang", GATE_PASSWORD), SIGNIN_DONE);
    gate_later(15 * MINUTE);
    assert_int_equal(attempt("zhang", GATE_PASSWORD), SIGNIN_DONE);
}

/* Who has one IPv6 address has 2^64 of them. */
static void a_network_of_64_bits_is_one_client(void **state)
{
    (void)state;
    char address[60];
    gate_account(STAGE_ORG, "zhang");
    gate_set(STAGE_ORG, "accounts.address_failures", "6");
    for (int i = 0; i < 6; i++) {
        snprintf(address, sizeof address, "2001:db8:1:2:%x::%d", i, i);
        assert_int_equal(attempt_from(address, "nobody", "wrong"), SIGNIN_REFUSED);
    }
    assert_int_equal(attempt_from("2001:db8:1:2::7", "zhang", GATE_PASSWORD),
                     SIGNIN_ADDRESS_LOCKED);
    assert_int_equal(attempt_from("2001:db8:1:3::7", "zhang", GATE_PASSWORD), SIGNIN_DONE);
    /* IPv4 in its mapped form is IPv4: one address each. */
    for (int i = 0; i < 6; i++)
        assert_int_equal(attempt_from("::ffff:192.0.2.9", "nobody", "wrong"), SIGNIN_REFUSED);
    assert_int_equal(attempt_from("192.0.2.9", "zhang", GATE_PASSWORD), SIGNIN_ADDRESS_LOCKED);
    assert_int_equal(attempt_from("::ffff:192.0.2.10", "zhang", GATE_PASSWORD), SIGNIN_DONE);
}

/* argon2id takes 64 MiB: not for who is refused anyway. */
static void a_locked_address_costs_no_hash(void **state)
{
    (void)state;
    struct signin_proof proof = { .right = true };
    gate_account(STAGE_ORG, "zhang");
    gate_set(STAGE_ORG, "accounts.address_failures", "6");
    for (int i = 0; i < 6; i++)
        assert_int_equal(attempt("nobody", "wrong"), SIGNIN_REFUSED);
    struct actor nobody = { .org_id = STAGE_ORG };
    struct rq *rq = stage_rq(&gate, &nobody);
    rq->address = str_of("192.0.2.7");
    stage_expect(signin_prove(rq, str_of("zhang"), str_of(GATE_PASSWORD), &proof), NULL);
    assert_false(proof.right);
    assert_int_equal(proof.account_id, 0);
}

static void old_failures_of_an_address_are_forgotten(void **state)
{
    (void)state;
    gate_account(STAGE_ORG, "zhang");
    gate_set(STAGE_ORG, "accounts.address_failures", "6");
    for (int i = 0; i < 5; i++)
        assert_int_equal(attempt("nobody", "wrong"), SIGNIN_REFUSED);
    gate_later(15 * MINUTE + 1);
    for (int i = 0; i < 5; i++)
        assert_int_equal(attempt("nobody", "wrong"), SIGNIN_REFUSED);
    assert_int_equal(attempt("zhang", GATE_PASSWORD), SIGNIN_DONE);
    i64 count = 0;
    stage_expect(access_store_remove_addresses(gate.db, gate.app.clock.fixed_ms + 1), NULL);
    stage_expect(db_i64(gate.db, SQL("SELECT COUNT(*) FROM addresses"), &count), NULL);
    assert_int_equal(count, 0);
}

static void unknown_wrong_locked_and_disabled_are_one_answer(void **state)
{
    (void)state;
    gate_account(STAGE_ORG, "zhang");
    i64 off = gate_account(STAGE_ORG, "off"), none = gate_account(STAGE_ORG, "none");
    gate_run(STAGE_ORG, SQL("UPDATE accounts SET state = 'disabled', version = version + 1"
                            " WHERE org_id = :org AND id = :off",
                            P(off)));
    gate_run(STAGE_ORG, SQL("UPDATE secrets SET password_hash = '' WHERE org_id = :org"
                            " AND account_id = :none",
                            P(none)));
    static const char *const NAMES[] = { "nobody", "zhang", "off", "none", "" };
    for (size_t i = 0; i < 5; i++) {
        assert_int_equal(attempt(NAMES[i], i == 1 ? "wrong" : GATE_PASSWORD), SIGNIN_REFUSED);
        assert_int_equal(result.token.len, 0);
    }
    assert_int_equal(attempt("none", ""), SIGNIN_REFUSED);
}

/* Processor time of this thread: what others do on the machine does not count. */
static i64 processor_ns(void)
{
    struct timespec t;
    assert_int_equal(clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t), 0);
    return (i64)t.tv_sec * 1000000000 + t.tv_nsec;
}

/* Median of the time to prove, over a few; argon2id dwarfs everything else, so few are enough for a
 * factor. */
static i64 prove_ns(const char *name, const char *password)
{
    i64 best = INT64_MAX;
    for (int i = 0; i < 5; i++) {
        struct signin_proof proof;
        struct rq *rq = gate_visitor(&actor);
        i64 begin = processor_ns();
        stage_expect(signin_prove(rq, str_of(name), str_of(password), &proof), NULL);
        i64 took = processor_ns() - begin;
        best = took < best ? took : best;
    }
    return best;
}

static void an_unknown_name_takes_as_long_as_a_known_one(void **state)
{
    (void)state;
    gate_account(STAGE_ORG, "zhang");
    i64 known = prove_ns("zhang", "wrong"), unknown = prove_ns("nobody", "wrong");
    assert_true(unknown * 100 > known * 60 && known * 100 > unknown * 60);
}

static void another_organisations_account_signs_in_at_the_same_door(void **state)
{
    (void)state;
    i64 id = gate_account(STAGE_OTHER_ORG, "other");
    assert_int_equal(attempt("other", "wrong"), SIGNIN_REFUSED);
    assert_int_equal(gate_audits(STAGE_OTHER_ORG, "accounts.login_failed"), 1);
    assert_int_equal(gate_audits(STAGE_ORG, "accounts.login_failed"), 0);
    assert_int_equal(attempt("other", GATE_PASSWORD), SIGNIN_DONE);
    gate_rq(result.token.ptr, &actor, &stale);
    assert_int_equal(actor.account_id, id);
    assert_int_equal(actor.org_id, STAGE_OTHER_ORG);
}

/* ---- second factor ---- */

/* Sets a second factor and gives its secret. */
static str enrol(i64 account_id)
{
    str secret = totp_secret(&gate.app.rng, gate.mem);
    bytes sealed = field_seal(&gate.app, &gate.app.rng, gate.mem, "secrets.totp_secret", secret);
    gate_run(STAGE_ORG, SQL("UPDATE secrets SET totp_secret = :sealed WHERE org_id = :org"
                            " AND account_id = :account_id",
                            P(sealed), P(account_id)));
    return secret;
}

static const char *code_now(str secret)
{
    char code[7];
    assert_true(totp_code(secret, gate.app.clock.fixed_ms / TOTP_STEP_MS, code));
    return arena_str(gate.mem, str_of(code)).ptr;
}

/* The second step with a pending login's cookie. */
static enum signin_outcome second(const char *pending, const char *code)
{
    access_forget();
    struct rq *rq = gate_rq(pending, &actor, &stale);
    stage_expect(signin_second(rq, str_of(code), &result), NULL);
    return result.outcome;
}

static const char *pending_login(const char *name)
{
    assert_int_equal(attempt(name, GATE_PASSWORD), SIGNIN_SECOND);
    return result.token.ptr;
}

static void a_pending_login_is_nobody_until_the_code_comes(void **state)
{
    (void)state;
    i64 id = gate_account(STAGE_ORG, "zhang");
    gate_give(STAGE_ORG, id, "staff", "org", 0);
    str secret = enrol(id);
    const char *pending = pending_login("zhang");
    for (int i = 0; i < 2; i++) {
        gate_rq(pending, &actor, &stale);
        assert_false(stale);
        assert_int_equal(actor.account_id, 0);
        assert_true(actor.login_id > 0);
        assert_int_equal(actor.csrf.len, 43);
        assert_false(actor_may(&actor, "samples.read"));
    }
    assert_int_equal(gate_audits(STAGE_ORG, "accounts.login"), 0);
    assert_int_equal(second(pending, code_now(secret)), SIGNIN_DONE);
    assert_false(str_is(result.token, pending));
    gate_rq(result.token.ptr, &actor, &stale);
    assert_int_equal(actor.account_id, id);
    assert_false(actor.must_enrol);
    assert_true(actor_may(&actor, "samples.change"));
    gate_rq(pending, &actor, &stale);
    assert_true(stale);
    assert_int_equal(gate_audits(STAGE_ORG, "accounts.login"), 1);
}

static void a_code_counts_once(void **state)
{
    (void)state;
    str secret = enrol(gate_account(STAGE_ORG, "zhang"));
    const char *code = code_now(secret);
    assert_int_equal(second(pending_login("zhang"), code), SIGNIN_DONE);
    assert_int_equal(second(pending_login("zhang"), code), SIGNIN_REFUSED);
    gate_later(TOTP_STEP_MS);
    assert_int_equal(second(pending_login("zhang"), code_now(secret)), SIGNIN_DONE);
}

static void five_wrong_codes_end_the_login_and_lock(void **state)
{
    (void)state;
    str secret = enrol(gate_account(STAGE_ORG, "zhang"));
    const char *pending = pending_login("zhang"), *right = code_now(secret);
    const char *wrong = str_is(str_of(right), "000000") ? "000001" : "000000";
    for (int i = 0; i < 4; i++)
        assert_int_equal(second(pending, wrong), SIGNIN_REFUSED);
    assert_int_equal(second(pending, wrong), SIGNIN_GONE);
    assert_int_equal(second(pending, right), SIGNIN_GONE);
    assert_int_equal(attempt("zhang", GATE_PASSWORD), SIGNIN_REFUSED);
    assert_int_equal(gate_audits(STAGE_ORG, "accounts.code_failed"), 5);
    gate_later(15 * MINUTE);
    assert_int_equal(second(pending_login("zhang"), code_now(secret)), SIGNIN_DONE);
}

static void tries_are_counted_over_several_logins(void **state)
{
    (void)state;
    str secret = enrol(gate_account(STAGE_ORG, "zhang"));
    const char *right = code_now(secret);
    const char *wrong = str_is(str_of(right), "000000") ? "000001" : "000000";
    for (int i = 0; i < 4; i++)
        assert_int_equal(second(pending_login("zhang"), wrong), SIGNIN_REFUSED);
    const char *first = pending_login("zhang"), *other = pending_login("zhang");
    assert_int_equal(second(first, wrong), SIGNIN_GONE);
    assert_int_equal(second(other, right), SIGNIN_GONE); /* locked by now */
}

static void a_pending_login_lasts_ten_minutes(void **state)
{
    (void)state;
    str secret = enrol(gate_account(STAGE_ORG, "zhang"));
    const char *pending = pending_login("zhang");
    gate_later(10 * MINUTE - 1);
    gate_rq(pending, &actor, &stale);
    assert_false(stale);
    gate_later(1);
    gate_rq(pending, &actor, &stale);
    assert_true(stale);
    assert_int_equal(second(pending, code_now(secret)), SIGNIN_GONE);
}

static void the_second_step_needs_the_first(void **state)
{
    (void)state;
    str secret = enrol(gate_account(STAGE_ORG, "zhang"));
    assert_int_equal(second("", code_now(secret)), SIGNIN_GONE);
    gate_account(STAGE_ORG, "li");
    assert_int_equal(second(gate_sign_in("li"), code_now(secret)), SIGNIN_GONE);
    /* A pending login that ended between loading and acting. */
    const char *pending = pending_login("zhang");
    struct rq *rq = gate_rq(pending, &actor, &stale);
    gate_run(STAGE_ORG, SQL("UPDATE logins SET ended_at = 1 WHERE org_id = :org"));
    stage_expect(signin_second(rq, str_of(code_now(secret)), &result), NULL);
    assert_int_equal(result.outcome, SIGNIN_GONE);
}

static void a_disabled_account_does_not_pass_the_second_step(void **state)
{
    (void)state;
    i64 id = gate_account(STAGE_ORG, "zhang");
    str secret = enrol(id);
    const char *pending = pending_login("zhang");
    struct rq *rq = gate_rq(pending, &actor, &stale);
    gate_run(STAGE_ORG, SQL("UPDATE accounts SET state = 'disabled', version = version + 1"
                            " WHERE org_id = :org AND id = :id",
                            P(id)));
    stage_expect(signin_second(rq, str_of(code_now(secret)), &result), NULL);
    assert_int_equal(result.outcome, SIGNIN_GONE);
}

static void a_recovery_code_counts_once(void **state)
{
    (void)state;
    i64 id = gate_account(STAGE_ORG, "zhang");
    enrol(id);
    str code = secret_code(&gate.app.rng, gate.mem, 4), hash = secret_hash(gate.mem, code);
    gate_run(STAGE_ORG, SQL("INSERT INTO recovery_codes (org_id, account_id, code_hash)"
                            " VALUES (:org, :id, :hash)",
                            P(id), P(hash)));
    str typed = arena_printf(gate.mem, " %s ", str_lower_ascii(gate.mem, code).ptr);
    assert_int_equal(second(pending_login("zhang"), typed.ptr), SIGNIN_DONE);
    assert_int_equal(second(pending_login("zhang"), code.ptr), SIGNIN_REFUSED);
}

static void a_damaged_secret_lets_nobody_in(void **state)
{
    (void)state;
    i64 id = gate_account(STAGE_ORG, "zhang");
    bytes sealed = { (const unsigned char *)"damaged", 7 };
    gate_run(STAGE_ORG, SQL("UPDATE secrets SET totp_secret = :sealed WHERE org_id = :org"
                            " AND account_id = :id",
                            P(sealed), P(id)));
    struct rq *rq = gate_rq(pending_login("zhang"), &actor, &stale);
    stage_expect(signin_second(rq, str_of("000000"), &result), "access.field_broken");
}

/* ---- afterwards ---- */

static void signing_out_ends_the_login(void **state)
{
    (void)state;
    gate_account(STAGE_ORG, "zhang");
    const char *cookie = gate_sign_in("zhang"), *other = gate_sign_in("zhang");
    struct rq *rq = gate_rq(cookie, &actor, &stale);
    stage_expect(signin_out(rq), NULL);
    stage_expect(signin_out(rq), NULL); /* twice is no fault */
    gate_rq(cookie, &actor, &stale);
    assert_true(stale);
    gate_rq(other, &actor, &stale);
    assert_false(stale);
    assert_int_equal(gate_audits(STAGE_ORG, "accounts.logout"), 1);
    stage_expect(signin_out(gate_visitor(&actor)), NULL);
    struct actor robot = { .account_id = 1, .login_id = 1, .org_id = STAGE_ORG, .by_token = true };
    stage_expect(signin_out(stage_rq(&gate, &robot)), NULL);
    assert_int_equal(gate_audits(STAGE_ORG, "accounts.logout"), 1);
}

static enum signin_outcome again(const char *cookie, const char *password)
{
    struct signin_proof proof = { 0 };
    struct rq *rq = gate_rq(cookie, &actor, &stale);
    stage_expect(signin_prove_own(rq, str_of(password), &proof), NULL);
    stage_expect(signin_again(rq, &proof, &result), NULL);
    return result.outcome;
}

static void the_password_is_given_again(void **state)
{
    (void)state;
    gate_account(STAGE_ORG, "zhang");
    const char *cookie = gate_sign_in("zhang");
    i64 begin = gate.app.clock.fixed_ms;
    gate_later(3600000);
    assert_int_equal(again(cookie, "wrong"), SIGNIN_REFUSED);
    gate_rq(cookie, &actor, &stale);
    assert_int_equal(actor.authenticated_at, begin);
    assert_int_equal(again(cookie, GATE_PASSWORD), SIGNIN_DONE);
    gate_rq(cookie, &actor, &stale);
    assert_int_equal(actor.authenticated_at, begin + 3600000);
    for (int i = 0; i < 5; i++)
        assert_int_equal(again(cookie, "wrong"), SIGNIN_REFUSED);
    assert_int_equal(again(cookie, GATE_PASSWORD), SIGNIN_REFUSED); /* locked */
    /* Another account's proof does not do. */
    i64 li = gate_account(STAGE_ORG, "li");
    struct signin_proof proof = { STAGE_ORG, li, true };
    gate_later(15 * MINUTE);
    struct rq *rq = gate_rq(cookie, &actor, &stale);
    stage_expect(signin_again(rq, &proof, &result), NULL);
    assert_int_equal(result.outcome, SIGNIN_REFUSED);
}

/* Hashing takes its time: what is decided in between counts for who was just being let in. */
static void what_happened_meanwhile_counts(void **state)
{
    (void)state;
    i64 id = gate_account(STAGE_ORG, "zhang");
    struct signin_proof proof = { 0 };
    struct rq *rq = gate_rq("", &actor, &stale);
    stage_expect(signin_prove(rq, str_of("zhang"), str_of(GATE_PASSWORD), &proof), NULL);
    assert_true(proof.right);
    gate_run(STAGE_ORG, SQL("UPDATE accounts SET state = 'disabled', disabled_at = 1, version ="
                            " version + 1 WHERE org_id = :org AND id = :id",
                            P(id)));
    stage_expect(signin_finish(gate_rq("", &actor, &stale), &proof, &result), NULL);
    assert_int_equal(result.outcome, SIGNIN_REFUSED);
    assert_int_equal(result.token.len, 0);
}

static void renewing_ends_all_other_logins(void **state)
{
    (void)state;
    i64 id = gate_account(STAGE_ORG, "zhang");
    const char *cookie = gate_sign_in("zhang"), *other = gate_sign_in("zhang");
    str token;
    stage_expect(signin_renew(gate_rq(cookie, &actor, &stale), &token), NULL);
    gate_rq(cookie, &actor, &stale);
    assert_true(stale);
    gate_rq(other, &actor, &stale);
    assert_true(stale);
    gate_rq(token.ptr, &actor, &stale);
    assert_int_equal(actor.account_id, id);
}

static void before_anything_is_founded_all_are_refused(void **state)
{
    (void)state;
    gate_run(STAGE_ORG, SQL("DELETE FROM role_permissions WHERE org_id > 0"));
    gate_run(STAGE_ORG, SQL("DELETE FROM roles WHERE org_id > 0"));
    gate_run(STAGE_ORG, SQL("DELETE FROM tenants WHERE id > 0"));
    struct credentials none = { 0 };
    stage_expect(access_actor(&gate.app, gate.db, &none, gate.mem, &actor, &stale), NULL);
    struct signin_proof proof = { 0 };
    struct rq *rq = stage_rq(&gate, &actor);
    rq->address = str_of("192.0.2.7");
    stage_expect(signin_prove(rq, str_of("zhang"), str_of("x"), &proof), NULL);
    stage_expect(signin_finish(rq, &proof, &result), NULL);
    assert_int_equal(result.outcome, SIGNIN_REFUSED);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_right_password_makes_a_login, gate_begin, gate_end),
        cmocka_unit_test_setup_teardown(an_office_login_ends_with_the_browser, gate_begin,
                                        gate_end),
        cmocka_unit_test_setup_teardown(every_login_has_its_own_token_kept_as_a_hash, gate_begin,
                                        gate_end),
        cmocka_unit_test_setup_teardown(five_failures_lock_the_account_for_fifteen_minutes,
                                        gate_begin, gate_end),
        cmocka_unit_test_setup_teardown(an_address_is_counted_apart, gate_begin, gate_end),
        cmocka_unit_test_setup_teardown(a_network_of_64_bits_is_one_client, gate_begin, gate_end),
        cmocka_unit_test_setup_teardown(a_locked_address_costs_no_hash, gate_begin, gate_end),
        cmocka_unit_test_setup_teardown(old_failures_of_an_address_are_forgotten, gate_begin,
                                        gate_end),
        cmocka_unit_test_setup_teardown(unknown_wrong_locked_and_disabled_are_one_answer,
                                        gate_begin, gate_end),
        cmocka_unit_test_setup_teardown(an_unknown_name_takes_as_long_as_a_known_one, gate_begin,
                                        gate_end),
        cmocka_unit_test_setup_teardown(another_organisations_account_signs_in_at_the_same_door,
                                        gate_begin, gate_end),
        cmocka_unit_test_setup_teardown(a_pending_login_is_nobody_until_the_code_comes, gate_begin,
                                        gate_end),
        cmocka_unit_test_setup_teardown(a_code_counts_once, gate_begin, gate_end),
        cmocka_unit_test_setup_teardown(five_wrong_codes_end_the_login_and_lock, gate_begin,
                                        gate_end),
        cmocka_unit_test_setup_teardown(tries_are_counted_over_several_logins, gate_begin,
                                        gate_end),
        cmocka_unit_test_setup_teardown(a_pending_login_lasts_ten_minutes, gate_begin, gate_end),
        cmocka_unit_test_setup_teardown(the_second_step_needs_the_first, gate_begin, gate_end),
        cmocka_unit_test_setup_teardown(a_disabled_account_does_not_pass_the_second_step,
                                        gate_begin, gate_end),
        cmocka_unit_test_setup_teardown(a_recovery_code_counts_once, gate_begin, gate_end),
        cmocka_unit_test_setup_teardown(a_damaged_secret_lets_nobody_in, gate_begin, gate_end),
        cmocka_unit_test_setup_teardown(signing_out_ends_the_login, gate_begin, gate_end),
        cmocka_unit_test_setup_teardown(the_password_is_given_again, gate_begin, gate_end),
        cmocka_unit_test_setup_teardown(what_happened_meanwhile_counts, gate_begin, gate_end),
        cmocka_unit_test_setup_teardown(renewing_ends_all_other_logins, gate_begin, gate_end),
        cmocka_unit_test_setup_teardown(before_anything_is_founded_all_are_refused, gate_begin,
                                        gate_end),
    };
    return cmocka_run_group_tests(tests, gate_open, gate_close);
}
