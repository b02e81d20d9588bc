/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The chain: appended in the act's transaction, any tampering found, written out and checked apart,
 * kept long enough. Both engines (HUOTANG_TEST_DB), two organisations. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>
#include <jansson.h>

#include "platform/access/tests/gate.h"
#include "platform/audit/attest.h"
#include "platform/audit/audit.h"
#include "platform/audit/audit_store.h"
#include "platform/audit/chain.h"
#include "platform/audit/digest.h"
#include "platform/base/str.h"
#include "platform/settings/settings.h"

enum { CHAIN = 12, TAMPERINGS = 10000 };
static const i64 DAY = 86400000;
static struct actor clerk = { .account_id = 7, .org_id = STAGE_ORG };
static struct actor neighbour = { .account_id = 8, .org_id = STAGE_OTHER_ORG };

static struct rq *clerk_rq(void)
{
    clerk.name = str_of("Clerk");
    struct rq *rq = stage_rq(&gate, &clerk);
    rq->address = str_of("192.0.2.7");
    return rq;
}

static void append(struct rq *rq, const char *act, i64 id)
{
    struct audit_entry entry = { .act = act, .object = "samples", .object_id = id };
    entry.before = str_of("{\"state\":\"draft\"}");
    entry.after = str_of("{\"state\":\"submitted\"}");
    stage_expect(audit_add(rq, &entry), NULL);
}

static void append_many(int count)
{
    for (int i = 1; i <= count; i++)
        append(clerk_rq(), i % 2 ? "samples.submit" : "samples.docket", i);
}

static struct audit_check check_of(i64 org_id)
{
    struct audit_check check = { 0 };
    stage_expect(audit_verify_org(&gate.app, gate.db, gate.mem, org_id, &check), NULL);
    return check;
}

static void digests_give_known_answers(void **state)
{
    (void)state;
    str out, none = { "", 0 };
    /* GB/T 32905-2016 appendix A.1; FIPS 180-2 appendix B.1. */
    stage_expect(digest_chain(gate.mem, str_of("sm3"), str_of("a"), str_of("bc"), &out), NULL);
    assert_true(str_is(out, "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"));
    stage_expect(digest_chain(gate.mem, str_of("sha256"), str_of("ab"), str_of("c"), &out), NULL);
    assert_true(str_is(out, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));
    stage_expect(digest_chain(gate.mem, str_of("md5"), none, none, &out), "audit.digest");
}

static void the_line_has_its_fixed_form(void **state)
{
    (void)state;
    struct audit_row row = {
        .org_id = 1, .seq = 2, .at = 3, .account_id = 4, .delegator_id = 5, .object_id = 6
    };
    row.name = str_of("N\"");
    row.act = str_of("a.b");
    row.object = str_of("a");
    row.before_text = str_of("x\r\n\x1b[31m");
    row.result = str_of("ok");
    row.algorithm = str_of("sm3");
    /* The contract with verifiers elsewhere: docs say so, so this text must not change. */
    assert_true(
        str_is(chain_line(gate.mem, &row),
               "{\"org\":1,\"seq\":2,\"at\":3,\"account\":4,\"delegator\":5,\"name\":\"N\\\"\","
               "\"act\":\"a.b\",\"object\":\"a\",\"object_id\":6,"
               "\"before\":\"x\\u000d\\n\\u001b[31m\",\"after\":\"\",\"result\":\"ok\","
               "\"address\":\"\",\"request\":\"\",\"algorithm\":\"sm3\"}"));
}

static void an_entry_says_who_when_what_from_where(void **state)
{
    (void)state;
    clerk.delegator_account_id = 70;
    append(clerk_rq(), "samples.submit", 42);
    clerk.delegator_account_id = 0;
    struct audit_row row = { 0 };
    db_set_org(gate.db, STAGE_ORG);
    stage_expect(audit_store_last_before(gate.db, gate.app.clock.fixed_ms + 1, gate.mem, &row),
                 NULL);
    assert_int_equal(row.seq, 1);
    assert_int_equal(row.at, gate.app.clock.fixed_ms);
    assert_int_equal(row.account_id, 7);
    assert_int_equal(row.delegator_id, 70);
    assert_int_equal(row.object_id, 42);
    assert_true(str_is(row.name, "Clerk"));
    assert_true(str_is(row.act, "samples.submit"));
    assert_true(str_is(row.object, "samples"));
    assert_true(str_is(row.before_text, "{\"state\":\"draft\"}"));
    assert_true(str_is(row.result, "ok"));
    assert_true(str_is(row.address, "192.0.2.7"));
    assert_true(str_is(row.request, "test"));
    assert_true(str_is(row.algorithm, "sm3"));
}

static void organisations_have_chains_of_their_own(void **state)
{
    (void)state;
    append_many(3);
    append(stage_rq(&gate, &neighbour), "samples.submit", 1);
    assert_int_equal(check_of(STAGE_ORG).entries, 3);
    assert_int_equal(check_of(STAGE_OTHER_ORG).entries, 1);
    assert_int_equal(check_of(STAGE_ORG).first_bad, 0);
    struct audit_check all = { 0 };
    stage_expect(audit_verify(&gate.app, gate.db, gate.mem, &all), NULL);
    assert_int_equal(all.entries, 4);
    assert_int_equal(all.head.len, 64);
}

static void an_empty_house_is_sound(void **state)
{
    (void)state;
    struct audit_check all = { 0 };
    stage_expect(audit_verify(&gate.app, gate.db, gate.mem, &all), NULL);
    assert_int_equal(all.entries, 0);
    assert_int_equal(check_of(STAGE_ORG).first_bad, 0);
}

static void the_algorithm_may_change_on_the_way(void **state)
{
    (void)state;
    append_many(2);
    gate_set(STAGE_ORG, "audits.digest", "sha256");
    append_many(2);
    assert_int_equal(check_of(STAGE_ORG).first_bad, 0);
    struct audit_row row = { 0 };
    stage_expect(audit_store_last_before(gate.db, gate.app.clock.fixed_ms + 1, gate.mem, &row),
                 NULL);
    assert_true(str_is(row.algorithm, "sha256"));
}

static void a_rolled_back_act_leaves_no_entry_and_no_gap(void **state)
{
    (void)state;
    append_many(2);
    stage_expect(db_savepoint(gate.db), NULL);
    append_many(1);
    db_savepoint_rollback(gate.db);
    append_many(1);
    assert_int_equal(check_of(STAGE_ORG).entries, 3);
    assert_int_equal(check_of(STAGE_ORG).first_bad, 0);
}

static void what_cannot_be_written_fails_the_act(void **state)
{
    (void)state;
    append_many(1);
    /* Another entry sits on the next number: the unique index refuses the append. */
    gate_run(STAGE_ORG, SQL("UPDATE audit_heads SET seq = 0 WHERE org_id = :org"));
    struct audit_entry entry = { .act = "samples.submit", .object = "samples" };
    stage_expect(audit_add(clerk_rq(), &entry), "db.unique");
}

/* ---- tampering ---- */

/* One change of the stored chain, chosen by the generator. */
static void edit(struct rng *rng, i64 seq)
{
    i64 other = rng_below(rng, 1000000) + 1000;
    str text = arena_printf(gate.mem, "forged %lld", (long long)other);
    switch (rng_below(rng, 10)) {
    case 0:
        gate_run(STAGE_ORG,
                 SQL("UPDATE audits SET at = at + :other WHERE org_id = :org AND seq = :seq",
                     P(other), P(seq)));
        break;
    case 1:
        gate_run(STAGE_ORG,
                 SQL("UPDATE audits SET account_id = :other WHERE org_id = :org AND seq = :seq",
                     P(other), P(seq)));
        break;
    case 2:
        gate_run(STAGE_ORG,
                 SQL("UPDATE audits SET delegator_id = :other WHERE org_id = :org AND seq = :seq",
                     P(other), P(seq)));
        break;
    case 3:
        gate_run(STAGE_ORG,
                 SQL("UPDATE audits SET object_id = :other WHERE org_id = :org AND seq = :seq",
                     P(other), P(seq)));
        break;
    case 4:
        gate_run(STAGE_ORG, SQL("UPDATE audits SET act = :text WHERE org_id = :org AND seq = :seq",
                                P(text), P(seq)));
        break;
    case 5:
        gate_run(STAGE_ORG,
                 SQL("UPDATE audits SET before_text = :text WHERE org_id = :org AND seq = :seq",
                     P(text), P(seq)));
        break;
    case 6:
        gate_run(
            STAGE_ORG,
            SQL("UPDATE audits SET after_text = after_text || ' ' WHERE org_id = :org AND seq ="
                " :seq",
                P(seq)));
        break;
    case 7:
        gate_run(STAGE_ORG,
                 SQL("UPDATE audits SET result = 'refused' WHERE org_id = :org AND seq = :seq",
                     P(seq)));
        break;
    case 8:
        gate_run(STAGE_ORG,
                 SQL("UPDATE audits SET address = :text, name = :text WHERE org_id = :org AND seq ="
                     " :seq",
                     P(text), P(seq)));
        break;
    default:
        gate_run(STAGE_ORG,
                 SQL("UPDATE audits SET digest = :text WHERE org_id = :org AND seq = :seq", P(text),
                     P(seq)));
    }
}

static void swap(i64 a, i64 b)
{
    gate_run(STAGE_ORG, SQL("UPDATE audits SET seq = 0 WHERE org_id = :org AND seq = :a", P(a)));
    gate_run(STAGE_ORG,
             SQL("UPDATE audits SET seq = :a WHERE org_id = :org AND seq = :b", P(a), P(b)));
    gate_run(STAGE_ORG, SQL("UPDATE audits SET seq = :b WHERE org_id = :org AND seq = 0", P(b)));
}

/* Truncation by someone who also sets the head right: found by the seal, which needs the secret. */
static void truncate_with_head(i64 seq)
{
    gate_run(STAGE_ORG, SQL("DELETE FROM audits WHERE org_id = :org AND seq > :seq", P(seq)));
    gate_run(STAGE_ORG,
             SQL("UPDATE audit_heads SET seq = :seq, digest = (SELECT a.digest FROM audits a"
                 " WHERE a.org_id = :org AND a.seq = :seq) WHERE org_id = :org",
                 P(seq)));
}

static void forge_base(i64 seq)
{
    gate_run(STAGE_ORG,
             SQL("UPDATE audit_heads SET base_seq = :seq, base_digest = (SELECT a.digest"
                 " FROM audits a WHERE a.org_id = :org AND a.seq = :seq) WHERE org_id = :org",
                 P(seq)));
    gate_run(STAGE_ORG, SQL("DELETE FROM audits WHERE org_id = :org AND seq <= :seq", P(seq)));
}

static void tamper(struct rng *rng)
{
    i64 seq = rng_below(rng, CHAIN) + 1,
        other = (seq - 1 + 1 + rng_below(rng, CHAIN - 1)) % CHAIN + 1;
    switch (rng_below(rng, 9)) {
    case 0:
        gate_run(STAGE_ORG, SQL("DELETE FROM audits WHERE org_id = :org AND seq = :seq", P(seq)));
        break;
    case 1:
        swap(seq, other);
        break;
    case 2:
        gate_run(STAGE_ORG, SQL("DELETE FROM audits WHERE org_id = :org AND seq >= :seq", P(seq)));
        break;
    case 3:
        truncate_with_head(seq == CHAIN ? 1 : seq);
        break;
    case 4:
        forge_base(seq);
        break;
    case 6:
        gate_run(STAGE_ORG, SQL("UPDATE audit_heads SET digest = 'x' WHERE org_id = :org"));
        break;
    case 7:
        gate_run(STAGE_ORG, SQL("UPDATE audit_heads SET base_digest = 'x' WHERE org_id = :org"));
        break;
    case 5:
        gate_run(STAGE_ORG, SQL("DELETE FROM audit_heads WHERE org_id = :org"));
        break;
    default:
        edit(rng, seq);
    }
}

static void every_one_of_ten_thousand_tamperings_is_found(void **state)
{
    (void)state;
    struct rng rng = rng_seeded(2026);
    append_many(CHAIN);
    struct arena_mark mark = arena_mark(gate.mem);
    for (int i = 0; i < TAMPERINGS; i++) {
        struct audit_check check = { 0 };
        stage_expect(db_savepoint(gate.db), NULL);
        tamper(&rng);
        stage_expect(audit_verify_org(&gate.app, gate.db, gate.mem, STAGE_ORG, &check), NULL);
        if (!check.first_bad)
            fail_msg("tampering %d was not found", i);
        db_savepoint_rollback(gate.db);
        arena_reset_to(gate.mem, mark);
    }
    assert_int_equal(check_of(STAGE_ORG).first_bad, 0);
}

/* What the owner of the database alone can do: a whole chain, digests and head right. */
static void rewrite(i64 seq)
{
    struct audit_row row = { 0 };
    str before = str_of("");
    db_set_org(gate.db, STAGE_ORG);
    for (i64 at = 1; at <= CHAIN; at++) {
        stage_expect(audit_store_find(gate.db, at, gate.mem, &row), NULL);
        row.object_id = at == seq ? 99 : row.object_id;
        stage_expect(chain_digest(gate.mem, before, &row, &before), NULL);
        gate_run(STAGE_ORG, SQL("UPDATE audits SET object_id = :object_id, digest = :before WHERE"
                                " org_id = :org AND seq = :at",
                                P(row.object_id), P(before), P(at)));
    }
    gate_run(STAGE_ORG,
             SQL("UPDATE audit_heads SET digest = :before WHERE org_id = :org", P(before)));
}

static void a_rewritten_chain_lacks_the_seal_and_never_gets_it(void **state)
{
    (void)state;
    struct audit_check all = { 0 };
    append_many(CHAIN);
    rewrite(5);
    stage_expect(audit_verify(&gate.app, gate.db, gate.mem, &all), "audit.unsealed");
    append_many(2);
    stage_expect(audit_verify(&gate.app, gate.db, gate.mem, &all), "audit.unsealed");
}

/* Many entries of one transaction write the head once, however many there are. */
static void the_head_is_written_once_a_transaction(void **state)
{
    struct audit_head head = { 0 };
    (void)state;
    append_many(1);
    i64 before = db_statements(gate.db);
    append_many(500);
    i64 after = db_statements(gate.db);
    stage_expect(audit_store_find_head(gate.db, gate.mem, &head), NULL); /* has it written */
    assert_true(after - before < 2 * 500 + 10); /* an entry, perhaps a look at settings */
    assert_int_equal(db_statements(gate.db) - after, 2);
    assert_int_equal(head.seq, 501);
    assert_int_equal(check_of(STAGE_ORG).first_bad, 0);
}

/* Who changes a head behind the transaction's back is not written over: nothing is committed. */
static void a_head_that_moved_meanwhile_fails_the_transaction(void **state)
{
    struct audit_chain chain;
    struct audit_head head = { 0 };
    (void)state;
    append_many(2);
    stage_expect(audit_store_find_head(gate.db, gate.mem, &head), NULL);
    for (int what = 0; what < 4; what++) {
        stage_expect(db_savepoint(gate.db), NULL);
        db_set_org(gate.db, STAGE_ORG);
        stage_expect(audit_store_take(gate.db, gate.mem, &chain), NULL);
        assert_false(chain.known);
        chain.stood.seq -= what == 0;
        chain.stood.base_seq += what == 1;
        chain.stood.digest = what == 2 ? str_of("x") : chain.stood.digest;
        chain.stood.seal = what == 3 ? str_of("x") : chain.stood.seal;
        stage_expect(audit_store_hold(gate.db, &chain), NULL);
        stage_expect(audit_store_find_head(gate.db, gate.mem, &head), "db.version");
        db_savepoint_rollback(gate.db);
    }
    assert_int_equal(check_of(STAGE_ORG).first_bad, 0);
}

/* Neither by going on in one transaction nor by failing in between is a broken seal made good. */
static void a_broken_seal_stays_broken_however_long_the_transaction(void **state)
{
    struct audit_check all = { 0 };
    struct audit_head head = { 0 };
    (void)state;
    append_many(2);
    gate_run(STAGE_ORG, SQL("UPDATE audit_heads SET seal = 'x' WHERE org_id = :org"));
    stage_expect(db_savepoint(gate.db), NULL);
    append_many(3);
    db_savepoint_rollback(gate.db);
    append_many(3);
    stage_expect(audit_store_find_head(gate.db, gate.mem, &head), NULL);
    assert_int_equal(head.seq, 5);
    assert_int_equal(head.seal.len, 0);
    append_many(1);
    stage_expect(audit_verify(&gate.app, gate.db, gate.mem, &all), "audit.unsealed");
}

/* However its characters are counted, what is no digest of ours denies nobody what he writes: 22
 * are more than 64 bytes, 64 of them no more than 64 characters. */
static void what_is_no_digest_stops_no_entry(void **state)
{
    static const int LENGTHS[] = { 21, 22, 64, 65 };
    (void)state;
    append_many(2);
    for (size_t i = 0; i < 2 * sizeof LENGTHS / sizeof *LENGTHS; i++) {
        struct audit_head head = { 0 };
        struct audit_check all = { 0 };
        struct buf *b = buf_new(gate.mem, 1000);
        for (int k = 0; k < LENGTHS[i / 2]; k++)
            buf_put(b, "政");
        str odd = buf_str(b);
        stage_expect(db_savepoint(gate.db), NULL);
        if (i % 2)
            gate_run(STAGE_ORG,
                     SQL("UPDATE audit_heads SET seal = :odd WHERE org_id = :org", P(odd)));
        else
            gate_run(STAGE_ORG,
                     SQL("UPDATE audit_heads SET digest = :odd WHERE org_id = :org", P(odd)));
        append_many(3);
        stage_expect(audit_store_find_head(gate.db, gate.mem, &head), NULL);
        assert_int_equal(head.seq, 5);
        append_many(1);
        assert_int_equal(audit_verify(&gate.app, gate.db, gate.mem, &all).code, ERR_INTERNAL);
        db_savepoint_rollback(gate.db);
    }
    assert_int_equal(check_of(STAGE_ORG).first_bad, 0);
}

static void a_chain_older_than_seals_is_sealed_once(void **state)
{
    (void)state;
    struct audit_check all = { 0 };
    append_many(3);
    append(stage_rq(&gate, &neighbour), "samples.submit", 1);
    gate_run(STAGE_ORG, SQL("UPDATE audit_heads SET seal = '' WHERE org_id = :org"));
    stage_expect(audit_verify(&gate.app, gate.db, gate.mem, &all), "audit.unsealed");
    i64 unsealed = 0;
    stage_expect(audit_count_unsealed(&gate.app, gate.db, gate.mem, &unsealed), NULL);
    assert_int_equal(unsealed, 1);
    stage_expect(audit_seal(&gate.app, gate.db, gate.mem), NULL);
    stage_expect(audit_count_unsealed(&gate.app, gate.db, gate.mem, &unsealed), NULL);
    assert_int_equal(unsealed, 0);
    append_many(1);
    stage_expect(audit_verify(&gate.app, gate.db, gate.mem, &all), NULL);
}

static void a_head_noted_elsewhere_is_compared(void **state)
{
    (void)state;
    i64 retired = 0;
    str then, now;
    gate_set(STAGE_ORG, "audits.keep_days", "180");
    append_many(5);
    then = check_of(STAGE_ORG).head;
    gate_later(200 * DAY);
    append_many(2);
    stage_expect(audit_find_digest(gate.db, STAGE_ORG, 5, gate.mem, &now), NULL);
    assert_true(str_eq(now, then));
    stage_expect(audit_find_digest(gate.db, STAGE_ORG, 8, gate.mem, &now), NULL);
    assert_int_equal(now.len, 0);
    stage_expect(audit_retire(clerk_rq(), clerk_rq()->today - 180, &retired), NULL);
    stage_expect(audit_find_digest(gate.db, STAGE_ORG, 5, gate.mem, &now), NULL);
    assert_true(str_eq(now, then));
    stage_expect(audit_find_digest(gate.db, STAGE_ORG, 4, gate.mem, &now), "audit.retired");
}

static void verify_names_organisation_and_entry(void **state)
{
    (void)state;
    append_many(5);
    append(stage_rq(&gate, &neighbour), "samples.submit", 1);
    gate_run(STAGE_ORG, SQL("UPDATE audits SET object_id = 99 WHERE org_id = :org AND seq = 3"));
    struct audit_check all = { 0 };
    err e = audit_verify(&gate.app, gate.db, gate.mem, &all);
    stage_expect(e, "audit.broken");
    assert_int_equal(e.code, ERR_INTERNAL);
    assert_true(str_is(e.arg[0], "1"));
    assert_true(str_is(e.arg[1], "3"));
    assert_int_equal(all.first_bad, 3);
}

/* ---- what is in the texts ---- */

static void no_text_breaks_a_line(void **state)
{
    (void)state;
    static const char *const TEXTS[] = { "a\r\nb",          "\x1b[2J",      "\xff\xfe",  "\xe6\xb0",
                                         "\"},{\"x\":\"",   "\xe2\x80\xa8", "</script>", "\\",
                                         "\xf0\x9f\x94\xa5" };
    char *large = malloc(10 << 20);
    memset(large, 'A', 10 << 20);
    struct audit_entry entry = { .act = "samples.submit", .object = "samples" };
    for (size_t i = 0; i < sizeof TEXTS / sizeof *TEXTS; i++) {
        entry.before = entry.after = str_of(TEXTS[i]);
        stage_expect(audit_add(clerk_rq(), &entry), NULL);
    }
    entry.after = (str){ "a\0b", 3 };
    entry.before = (str){ large, 10 << 20 };
    stage_expect(audit_add(clerk_rq(), &entry), NULL);
    free(large);
    assert_int_equal(check_of(STAGE_ORG).first_bad, 0);

    FILE *file = tmpfile();
    char line[200000];
    int lines = 0;
    stage_expect(audit_export(clerk_rq(), 0, fileno(file)), NULL);
    rewind(file);
    while (fgets(line, sizeof line, file)) {
        json_t *json = json_loads(line, JSON_REJECT_DUPLICATES, NULL);
        assert_non_null(json);
        assert_int_equal(json_integer_value(json_object_get(json_object_get(json, "entry"), "seq")),
                         ++lines);
        json_decref(json);
    }
    fclose(file);
    assert_int_equal(lines, 10);
}

static void texts_are_cut_at_characters(void **state)
{
    (void)state;
    str han = str_of("\xE7\x81\xAB\xE5\xA1\x98\xE7\x81\xAB");
    assert_true(str_eq(chain_text(gate.mem, han, 3), han));
    assert_true(str_is(chain_text(gate.mem, han, 2), "\xE7\x81\xAB\xE5\xA1\x98\xE2\x80\xA6"));
    assert_true(
        str_is(chain_text(gate.mem, (str){ "a\0\xff", 3 }, 9), "a\xEF\xBF\xBD\xEF\xBF\xBD"));
    assert_int_equal(chain_text(gate.mem, (str){ "", 0 }, 9).len, 0);
}

/* ---- export, checked by the program that shares no code ---- */

static int run_verifier(const char *path)
{
    char command[300];
    snprintf(command, sizeof command, "python3 tools/audit-verify %s >/dev/null 2>&1", path);
    int status = system(command);
    return status == 0 ? 0 : 1;
}

static void the_separate_verifier_agrees(void **state)
{
    (void)state;
    char path[] = "/tmp/ht_audit_XXXXXX";
    int fd = mkstemp(path);
    if (access("tools/audit-verify", R_OK) != 0 || system("python3 -c 1") != 0) {
        close(fd);
        unlink(path);
        skip();
    }
    append_many(6);
    gate_set(STAGE_ORG, "audits.digest", "sha256");
    append_many(6);
    stage_expect(audit_export(clerk_rq(), 0, fd), NULL);
    assert_int_equal(run_verifier(path), 0);
    gate_run(STAGE_ORG, SQL("UPDATE audits SET object_id = 99 WHERE org_id = :org AND seq = 9"));
    assert_int_equal(ftruncate(fd, 0), 0);
    lseek(fd, 0, SEEK_SET);
    stage_expect(audit_export(clerk_rq(), 0, fd), NULL);
    assert_int_equal(run_verifier(path), 1);
    close(fd);
    unlink(path);
}

/* ---- attestations ---- */

static struct attestation attested(i64 id)
{
    struct attestation a;
    stage_expect(attestation_find(clerk_rq(), "samples", id, &a), NULL);
    return a;
}

/* What the verifier says of it; text NULL = only the entry. */
static int receipt_verified(const struct attestation *a, const char *text)
{
    char path[] = "/tmp/ht_proof_XXXXXX", command[400];
    int fd = mkstemp(path);
    str line = attestation_file(gate.mem, a);
    assert_int_equal(write(fd, line.ptr, line.len), line.len);
    close(fd);
    snprintf(command, sizeof command, "python3 tools/receipt-verify %s %s >/dev/null 2>&1", path,
             text ? text : "");
    int status = system(command);
    unlink(path);
    return status == 0 ? 0 : 1;
}

/* "1:a" "0:" "2:bc" by FIPS 180: printf '1:a0:2:bc' | sha256sum. */
static const char ABC[] = "ed4155066cc5e4ccadca022867774cfecbf10d3c23a49fd6892831f85bcb8de3";

static void what_was_handed_in_is_proved_by_its_entry(void **state)
{
    const str parts[] = { str_of("a"), str_of(""), str_of("bc") };
    (void)state;
    str digest = attestation_digest(gate.mem, parts, 3);
    assert_true(str_is(digest, ABC));
    assert_int_equal(attested(5).seq, 0);
    append_many(2);
    stage_expect(attestation_add(clerk_rq(), "samples", 5, digest), NULL);
    append_many(1);
    struct attestation a = attested(5);
    assert_int_equal(a.seq, 3);
    assert_true(a.stands && !a.retired);
    assert_true(str_find(a.entry, str_of("Clerk"), 0) < 0); /* nor who, nor from where */
    assert_true(str_find(a.entry, str_of("192.0.2.7"), 0) < 0);
    a.text_now = digest;
    assert_true(attestation_is_same(&a));
    assert_int_equal(check_of(STAGE_ORG).first_bad, 0);
    stage_expect(attestation_find(stage_rq(&gate, &neighbour), "samples", 5, &a), NULL);
    assert_int_equal(a.seq, 0);
    a = attested(5);
    if (access("tools/receipt-verify", R_OK) == 0 && system("python3 -c 1") == 0) {
        assert_int_equal(receipt_verified(&a, NULL), 0);
        assert_int_equal(receipt_verified(&a, "a '' bc"), 0);
        assert_int_equal(receipt_verified(&a, "a bc"), 1);
        struct attestation forged = a;
        forged.digest = a.before_digest;
        assert_int_equal(receipt_verified(&forged, NULL), 1);
    }
    gate_run(STAGE_ORG, SQL("UPDATE audits SET object_id = 6 WHERE org_id = :org AND seq = 3"));
    a = attested(5);
    assert_false(a.stands || a.retired);
}

static void a_proof_outlives_its_entry(void **state)
{
    const str part = str_of("a");
    i64 retired = 0;
    (void)state;
    stage_expect(attestation_add(clerk_rq(), "samples", 5, attestation_digest(gate.mem, &part, 1)),
                 NULL);
    gate_set(STAGE_ORG, "audits.keep_days", "180");
    gate_later(200 * DAY);
    append_many(1);
    stage_expect(audit_retire(clerk_rq(), clerk_rq()->today - 180, &retired), NULL);
    assert_int_equal(retired, 1);
    struct attestation a = attested(5);
    assert_int_equal(a.seq, 1);
    assert_true(a.retired && !a.stands);
}

static void an_export_that_cannot_be_written_fails(void **state)
{
    (void)state;
    append_many(1);
    stage_expect(audit_export(clerk_rq(), 0, -1), "audit.write");
}

static void an_entry_is_found_by_its_number_in_the_own_organisation(void **state)
{
    (void)state;
    struct audit_row row = { 0 };
    i64 last = 0;
    append_many(3);
    append(stage_rq(&gate, &neighbour), "letters.reply", 9);
    stage_expect(audit_find(clerk_rq(), 2, &row, &last), NULL);
    assert_true(str_is(row.act, "samples.docket"));
    assert_int_equal(last, 3);
    stage_expect(audit_find(clerk_rq(), 4, &row, &last), "audit.not_found");
    stage_expect(audit_find(stage_rq(&gate, &neighbour), 2, &row, &last), "audit.not_found");
}

/* ---- keeping ---- */

static void nothing_younger_than_half_a_year_is_retired(void **state)
{
    (void)state;
    struct rq *rq = clerk_rq();
    i64 retired = 0;
    append_many(3);
    gate_set(STAGE_ORG, "audits.keep_days", "180");
    rq = clerk_rq();
    stage_expect(audit_retire(rq, rq->today, &retired), "audit.too_young");
    stage_expect(audit_retire(rq, rq->today - 179, &retired), "audit.too_young");
    stage_expect(audit_retire(rq, rq->today - 180, &retired), NULL);
    assert_int_equal(retired, 0);
    gate_set(STAGE_ORG, "audits.keep_days", "400");
    rq = clerk_rq();
    stage_expect(audit_retire(rq, rq->today - 399, &retired), "audit.too_young");
    struct actor actor = { .org_id = STAGE_ORG };
    stage_expect(setting_store(stage_rq(&gate, &actor), "audits.keep_days", str_of("179"),
                               rq->today),
                 "settings.out_of_range");
    assert_int_equal(check_of(STAGE_ORG).entries, 3);
}

static void retiring_keeps_the_chain_sound_and_says_so(void **state)
{
    (void)state;
    i64 retired = 0;
    gate_set(STAGE_ORG, "audits.keep_days", "180");
    for (int round = 1; round <= 2; round++) {
        append_many(5);
        gate_later(200 * DAY);
        append_many(2);
        struct rq *rq = clerk_rq();
        stage_expect(audit_retire(rq, rq->today - 180, &retired), NULL);
        assert_int_equal(retired,
                         round == 1 ? 5 : 2 + 1 + 5); /* with the first round's later ones */
        assert_int_equal(check_of(STAGE_ORG).entries, 3);
        assert_int_equal(check_of(STAGE_ORG).first_bad, 0);
    }
    stage_expect(audit_retire(clerk_rq(), clerk_rq()->today - 180, &retired), NULL);
    assert_int_equal(retired, 0);
    gate_run(STAGE_ORG, SQL("UPDATE audit_heads SET base_seq = base_seq + 1 WHERE org_id = :org"));
    assert_true(check_of(STAGE_ORG).first_bad > 0);
}

static void everything_old_may_go(void **state)
{
    (void)state;
    i64 retired = 0;
    gate_set(STAGE_ORG, "audits.keep_days", "180");
    append_many(4);
    gate_later(200 * DAY);
    stage_expect(audit_retire(clerk_rq(), clerk_rq()->today - 180, &retired), NULL);
    assert_int_equal(retired, 4);
    assert_int_equal(check_of(STAGE_ORG).entries, 1);
    assert_int_equal(check_of(STAGE_ORG).first_bad, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(digests_give_known_answers, gate_begin, gate_end),
        cmocka_unit_test_setup_teardown(the_line_has_its_fixed_form, gate_begin, gate_end),
        cmocka_unit_test_setup_teardown(an_entry_says_who_when_what_from_where, gate_begin,
                                        gate_end),
        cmocka_unit_test_setup_teardown(organisations_have_chains_of_their_own, gate_begin,
                                        gate_end),
        cmocka_unit_test_setup_teardown(an_empty_house_is_sound, gate_begin, gate_end),
        cmocka_unit_test_setup_teardown(the_algorithm_may_change_on_the_way, gate_begin, gate_end),
        cmocka_unit_test_setup_teardown(a_rolled_back_act_leaves_no_entry_and_no_gap, gate_begin,
                                        gate_end),
        cmocka_unit_test_setup_teardown(what_cannot_be_written_fails_the_act, gate_begin, gate_end),
        cmocka_unit_test_setup_teardown(every_one_of_ten_thousand_tamperings_is_found, gate_begin,
                                        gate_end),
        cmocka_unit_test_setup_teardown(a_rewritten_chain_lacks_the_seal_and_never_gets_it,
                                        gate_begin, gate_end),
        cmocka_unit_test_setup_teardown(the_head_is_written_once_a_transaction, gate_begin,
                                        gate_end),
        cmocka_unit_test_setup_teardown(a_head_that_moved_meanwhile_fails_the_transaction,
                                        gate_begin, gate_end),
        cmocka_unit_test_setup_teardown(a_broken_seal_stays_broken_however_long_the_transaction,
                                        gate_begin, gate_end),
        cmocka_unit_test_setup_teardown(what_is_no_digest_stops_no_entry, gate_begin, gate_end),
        cmocka_unit_test_setup_teardown(a_chain_older_than_seals_is_sealed_once, gate_begin,
                                        gate_end),
        cmocka_unit_test_setup_teardown(a_head_noted_elsewhere_is_compared, gate_begin, gate_end),
        cmocka_unit_test_setup_teardown(verify_names_organisation_and_entry, gate_begin, gate_end),
        cmocka_unit_test_setup_teardown(no_text_breaks_a_line, gate_begin, gate_end),
        cmocka_unit_test_setup_teardown(texts_are_cut_at_characters, gate_begin, gate_end),
        cmocka_unit_test_setup_teardown(the_separate_verifier_agrees, gate_begin, gate_end),
        cmocka_unit_test_setup_teardown(what_was_handed_in_is_proved_by_its_entry, gate_begin,
                                        gate_end),
        cmocka_unit_test_setup_teardown(a_proof_outlives_its_entry, gate_begin, gate_end),
        cmocka_unit_test_setup_teardown(an_export_that_cannot_be_written_fails, gate_begin,
                                        gate_end),
        cmocka_unit_test_setup_teardown(an_entry_is_found_by_its_number_in_the_own_organisation,
                                        gate_begin, gate_end),
        cmocka_unit_test_setup_teardown(nothing_younger_than_half_a_year_is_retired, gate_begin,
                                        gate_end),
        cmocka_unit_test_setup_teardown(retiring_keeps_the_chain_sound_and_says_so, gate_begin,
                                        gate_end),
        cmocka_unit_test_setup_teardown(everything_old_may_go, gate_begin, gate_end),
    };
    return cmocka_run_group_tests(tests, gate_open, gate_close);
}
