/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Whatever statement fails, signing in, loading an actor, seeding, and the audit log say so; an act
 * whose audit entry cannot be written fails (quality L4). Both engines (HUOTANG_TEST_DB). */
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

#include "platform/access/access_store.h"
#include "platform/access/login.h"
#include "platform/access/secret.h"
#include "platform/access/signin.h"
#include "platform/access/tests/gate.h"
#include "platform/access/totp.h"
#include "platform/audit/audit.h"
#include "platform/base/str.h"
#include "platform/db/tests/fault.h"

static struct actor actor;
static bool stale;
static struct signin_result result;

/* A request loaded before faults begin. */
struct asked {
    struct rq *rq;
    struct signin_proof proof;
    const char *text;
    i64 id;
};

static i64 faults(err (*fn)(void *context), struct asked *asked)
{
    i64 org_id = db_org(gate.db);
    i64 count = fault_each(gate.db, fn, asked);
    db_set_org(gate.db, org_id);
    return count;
}

/* ---- loading ---- */

static err load(void *context)
{
    struct asked *asked = context;
    struct credentials c = { .cookie = str_of(asked->text) };
    access_forget();
    return access_actor(&gate.app, gate.db, &c, gate.mem, &actor, &stale);
}

static err load_token(void *context)
{
    struct asked *asked = context;
    struct credentials c = { .bearer = str_of(asked->text) };
    access_forget();
    return access_actor(&gate.app, gate.db, &c, gate.mem, &actor, &stale);
}

static void loading_an_actor(void **state)
{
    (void)state;
    i64 boss = gate_account(STAGE_ORG, "boss"), aide = gate_account(STAGE_ORG, "aide");
    gate_give(STAGE_ORG, boss, "staff", "org", 0);
    struct asked visitor = { .text = "" }, login = { .text = gate_sign_in("aide") };
    assert_int_equal(faults(load, &visitor), 2);
    assert_true(faults(load, &login) >= 2);
    struct asked nobody = { .text = "nonsense" };
    assert_int_equal(faults(load, &nobody), 3);
    i64 today = stage_day("2026-11-25"), id = 0;
    db_set_org(gate.db, STAGE_ORG);
    stage_expect(db_insert(gate.db,
                           SQL("INSERT INTO delegations (org_id, from_account_id, to_account_id,"
                               " permissions, from_on,"
                               " to_on, created_at) VALUES (:org, :boss, :aide, 'samples.read',"
                               " :today, :today, 0)"
                               " RETURNING id",
                               P(boss), P(aide), P(today)),
                           &id),
                 NULL);
    stage_expect(signin_act_for(gate_rq(login.text, &actor, &stale), id), NULL);
    assert_true(faults(load, &login) >= 4);
    str token = secret_token(&gate.app.rng, gate.mem), token_hash = secret_hash(gate.mem, token);
    i64 expires_at = gate.app.clock.fixed_ms + 1;
    gate_run(STAGE_ORG, SQL("INSERT INTO tokens (org_id, account_id, name, token_hash,"
                            " created_at, expires_at)"
                            " VALUES (:org, :aide, 'x', :token_hash, 0, :expires_at)",
                            P(aide), P(token_hash), P(expires_at)));
    struct asked robot = { .text = token.ptr };
    assert_true(faults(load_token, &robot) >= 2);
}

static err touch(void *context)
{
    struct asked *asked = context;
    gate.app.clock.fixed_ms += 120000;
    err e = load(asked);
    if (e.code == ERR_NONE)
        e = access_touch(&gate.app, gate.db, gate.app.clock.fixed_ms);
    return e;
}

static void writing_last_seen(void **state)
{
    (void)state;
    gate_account(STAGE_ORG, "zhang");
    struct asked login = { .text = gate_sign_in("zhang") };
    assert_true(faults(touch, &login) >= 3);
}

static err found(void *context)
{
    (void)context;
    return access_found(&gate.app, gate.db, 77, str_of("Third"), 3);
}

static err seed(void *context)
{
    (void)context;
    return access_seed(&gate.app, gate.db);
}

static void founding_and_seeding(void **state)
{
    (void)state;
    assert_true(faults(found, NULL) > 20);
    assert_true(faults(seed, NULL) >= 3); /* tenants, its roles, its marks: nothing is missing */
}

/* ---- signing in ---- */

static err prove(void *context)
{
    struct asked *asked = context;
    return signin_prove(asked->rq, str_of("zhang"), str_of("x"), &asked->proof);
}

static err prove_own(void *context)
{
    struct asked *asked = context;
    return signin_prove_own(asked->rq, str_of("x"), &asked->proof);
}

static err finish(void *context)
{
    struct asked *asked = context;
    return signin_finish(asked->rq, &asked->proof, &result);
}

static err again(void *context)
{
    struct asked *asked = context;
    return signin_again(asked->rq, &asked->proof, &result);
}

static err out(void *context)
{
    return signin_out(((struct asked *)context)->rq);
}

static err renew(void *context)
{
    str token;
    return signin_renew(((struct asked *)context)->rq, &token);
}

static err act_for_nobody(void *context)
{
    return signin_act_for(((struct asked *)context)->rq, 0);
}

static void signing_in_and_out(void **state)
{
    (void)state;
    i64 id = gate_account(STAGE_ORG, "zhang");
    const char *cookie = gate_sign_in("zhang");
    struct asked right = { .proof = { STAGE_ORG, id, true } },
                 wrong = { .proof = { STAGE_ORG, id, false } };
    struct asked unknown = { 0 };
    struct actor visitor;
    right.rq = wrong.rq = unknown.rq = gate_visitor(&visitor);
    struct asked proving = { .rq = right.rq };
    assert_int_equal(faults(prove, &proving), 2); /* the address, the name */
    assert_true(faults(finish, &right) >= 8);
    assert_int_equal(result.outcome, SIGNIN_DONE);
    assert_true(faults(finish, &wrong) >= 8);
    assert_true(faults(finish, &unknown) >= 6);
    proving.rq = right.rq = wrong.rq = gate_rq(cookie, &actor, &stale);
    assert_int_equal(faults(prove_own, &proving), 1);
    assert_true(faults(again, &right) >= 6);
    assert_int_equal(result.outcome, SIGNIN_DONE);
    assert_true(faults(again, &wrong) >= 6);
    assert_true(faults(renew, &right) >= 3);
    assert_true(faults(act_for_nobody, &right) >= 4);
    assert_true(faults(out, &right) >= 4);
}

static err second(void *context)
{
    struct asked *asked = context;
    return signin_second(asked->rq, str_of(asked->text), &result);
}

static void the_second_step(void **state)
{
    (void)state;
    i64 id = gate_account(STAGE_ORG, "zhang");
    str secret = totp_secret(&gate.app.rng, gate.mem);
    bytes sealed = field_seal(&gate.app, &gate.app.rng, gate.mem, "secrets.totp_secret", secret);
    gate_run(STAGE_ORG, SQL("UPDATE secrets SET totp_secret = :sealed, totp_failures = 4 WHERE"
                            " org_id = :org"
                            " AND account_id = :id",
                            P(sealed), P(id)));
    struct actor visitor;
    struct signin_proof proof = { STAGE_ORG, id, true };
    stage_expect(signin_finish(gate_visitor(&visitor), &proof, &result), NULL);
    assert_int_equal(result.outcome, SIGNIN_SECOND);
    char code[7];
    assert_true(totp_code(secret, gate.app.clock.fixed_ms / TOTP_STEP_MS, code));
    struct asked right = { .text = code }, wrong = { .text = "wrong" };
    right.rq = wrong.rq = gate_rq(result.token.ptr, &actor, &stale);
    assert_true(faults(second, &right) >= 8);
    assert_int_equal(result.outcome, SIGNIN_DONE);
    assert_true(faults(second, &wrong) >= 6);
    assert_int_equal(result.outcome, SIGNIN_GONE); /* the fifth */
}

/* ---- audit ---- */

static err add(void *context)
{
    return audit_add(((struct asked *)context)->rq,
                     &(struct audit_entry){ .act = "samples.submit", .object = "samples" });
}

static err retire(void *context)
{
    i64 retired;
    struct rq *rq = ((struct asked *)context)->rq;
    err e = audit_retire(rq, rq->today - 1100, &retired);
    if (e.code == ERR_NONE)
        assert_int_equal(retired, 2);
    return e;
}

static err verify(void *context)
{
    struct audit_check check;
    (void)context;
    return audit_verify(&gate.app, gate.db, gate.mem, &check);
}

static err find(void *context)
{
    struct audit_row row;
    i64 last;
    return audit_find(((struct asked *)context)->rq, 1, &row, &last);
}

static err export(void *context)
{
    struct asked *asked = context;
    return audit_export(asked->rq, 0, (int)asked->id);
}

static void the_audit_log(void **state)
{
    (void)state;
    struct actor clerk = { .account_id = 7, .org_id = STAGE_ORG };
    struct asked asked = { .rq = stage_rq(&gate, &clerk), .id = open("/dev/null", O_WRONLY) };
    assert_int_equal(faults(add, &asked), 5); /* no head yet: looked for, made, looked for */
    for (int i = 0; i < 2; i++)
        stage_expect(add(&asked), NULL);
    assert_int_equal(faults(add, &asked), 3); /* head looked for, entry, head written */
    assert_int_equal(faults(find, &asked), 2);
    assert_true(faults(verify, &asked) >= 3);
    assert_int_equal(faults(export, &asked), 1);
    gate_later(1200 * (i64)86400000);
    asked.rq = stage_rq(&gate, &clerk);
    assert_true(faults(retire, &asked) >= 5); /* the last, and an entry with what is removed */
    stage_expect(retire(&asked), NULL);
    assert_true(faults(verify, &asked) >= 4); /* with a base to look up */
    close((int)asked.id);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(loading_an_actor, gate_begin, gate_end),
        cmocka_unit_test_setup_teardown(writing_last_seen, gate_begin, gate_end),
        cmocka_unit_test_setup_teardown(founding_and_seeding, gate_begin, gate_end),
        cmocka_unit_test_setup_teardown(signing_in_and_out, gate_begin, gate_end),
        cmocka_unit_test_setup_teardown(the_second_step, gate_begin, gate_end),
        cmocka_unit_test_setup_teardown(the_audit_log, gate_begin, gate_end),
    };
    return cmocka_run_group_tests(tests, gate_open, gate_close);
}
