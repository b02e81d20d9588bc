/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Timers, queue and outbox with a clock that the test moves, on both engines (HUOTANG_TEST_DB). The
 * lanes are fakes that run in the test's own connection: a savepoint for each write. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

#include <cmocka.h>

#include "embed.h"
#include <unistd.h>

#include "platform/audit/audit.h"
#include "platform/base/str.h"
#include "platform/flow/tests/stage.h"
#include "platform/jobs/jobs.h"
#include "platform/jobs/jobs_store.h"
#include "platform/notify/notify.h"
#include "platform/web/lanes.h"

static struct stage stage;
static i64 now_ms;

/* ---- fakes ---- */

static int busy_in; /* the write whose COMMIT fails: 1 = the next */
static bool doubt;  /* whether nobody knows what the last COMMIT did */

bool lanes_are_in_doubt(struct lanes *lanes)
{
    (void)lanes;
    return doubt;
}

err lanes_write(struct app *app, lane_fn fn, void *context)
{
    struct arena *mem = arena_new(1 << 20, 0);
    TRY(db_savepoint(stage.db));
    err e = fn(app, stage.db, mem, context);
    arena_free(mem);
    if (e.code == ERR_NONE && busy_in > 0 && --busy_in == 0) {
        e = err_make(ERR_BUSY, "db.busy");
    }
    if (e.code == ERR_NONE)
        return db_savepoint_release(stage.db);
    db_savepoint_rollback(stage.db);
    return e;
}

bool lanes_submit_slow(struct lanes *lanes, struct lane_task *task)
{
    (void)lanes;
    task->done(task, task->run(task, stage.db));
    return true;
}

void app_system_rq(struct app *app, struct db *db, struct arena *mem, i64 org_id, struct rq *out)
{
    static struct actor house;
    house.org_id = org_id;
    *out = (struct rq){ .app = app, .db = db, .mem = mem, .actor = &house, .rng = &app->rng };
}

err audit_add(struct rq *rq, const struct audit_entry *entry)
{
    (void)rq;
    (void)entry;
    return OK;
}

static struct {
    i64 timer_runs, per_org[4], works, slow_works, mails;
    i64 again_left, fail_left;
    char payload[40], mail[40];
    i64 org, run_ms, attempts, lease_ms;
} seen;

static void keep(char to[40], str text)
{
    snprintf(to, 40, "%.*s", (int)text.len, text.ptr);
}

static err fail_if_wanted(void)
{
    return seen.fail_left-- > 0 ? err_make(ERR_INTERNAL, "sample.broken") : OK;
}

static err run_timer(struct rq *rq, bool *again)
{
    seen.timer_runs++;
    seen.org = rq->actor->org_id;
    seen.run_ms = rq->now_ms;
    *again = seen.again_left-- > 0;
    return fail_if_wanted();
}
static err run_per_org(struct rq *rq, bool *again)
{
    (void)again;
    seen.per_org[rq->actor->org_id]++;
    return OK;
}
static err do_work(struct rq *rq, str payload)
{
    seen.works++;
    seen.org = rq->actor->org_id;
    keep(seen.payload, payload);
    return fail_if_wanted();
}
static err do_slow(struct rq *rq, str payload)
{
    TRY(db_i64(rq->db, SQL("SELECT attempts FROM jobs WHERE org_id = :org"), &seen.attempts));
    seen.slow_works++;
    keep(seen.payload, payload);
    return fail_if_wanted();
}
static err send_mail(struct rq *rq, str payload)
{
    seen.mails++;
    if (str_is(payload, "slow"))
        usleep(30000);
    if (str_is(payload, "behind"))
        stage_expect(db_i64(rq->db,
                            SQL("SELECT leased_to_at FROM outbox WHERE org_id = :org AND payload ="
                                " 'behind'"),
                            &seen.lease_ms),
                     NULL);
    seen.org = rq->actor->org_id;
    keep(seen.mail, payload);
    return fail_if_wanted();
}

static const struct gateway MAIL = { "mail", send_mail };
const struct gateway *const GATEWAYS[] = { &MAIL, NULL };

static const struct job JOBS[] = {
    { .name = "sample.tick", .every_s = 60, .run = run_timer },
    { .name = "sample.each", .every_s = 3600, .per_org = true, .run = run_per_org },
    { .name = "sample.work", .work = do_work },
    { .name = "sample.slow", .work = do_slow, .slow = true },
    { 0 },
};
static const struct module SAMPLE = { .name = "sample", .jobs = JOBS };
static const struct module *const MODULE_LIST[] = { &SAMPLE, NULL };

static const char TENANTS[] = "CREATE TABLE tenants (id @int PRIMARY KEY);";
static const struct actor CLERK = { .account_id = 7, .org_id = STAGE_ORG };

static int set_up(void **state)
{
    (void)state;
    static struct embed_file files[2];
    files[0] = (struct embed_file){ "0001_tenants.sql", (const unsigned char *)TENANTS,
                                    sizeof TENANTS - 1 };
    static struct db_schema schemas[] = { { "access", files }, { "jobs", jobs_schema }, { 0 } };
    stage_open(&stage, MODULE_LIST, schemas);
    return 0;
}
static int tear_down(void **state)
{
    (void)state;
    stage_close(&stage);
    return 0;
}
static int begin(void **state)
{
    (void)state;
    memset(&seen, 0, sizeof seen);
    now_ms = stage.app.clock.fixed_ms;
    stage_begin(&stage);
    for (i64 id = 1; id <= 2; id++)
        stage_expect(db_run(stage.db, SQL("INSERT INTO tenants (id) VALUES (:id)", P(id)), NULL),
                     NULL);
    return 0;
}
static int end(void **state)
{
    (void)state;
    stage_end(&stage);
    return 0;
}

static i64 run_at(i64 ms)
{
    i64 ran = 0;
    stage_expect(jobs_run_due(&stage.app, ms, &ran), NULL);
    return ran;
}

static i64 count_of(struct sql sql)
{
    i64 count = 0;
    stage_expect(db_i64(stage.db, sql, &count), NULL);
    return count;
}

/* ---- tests ---- */

static void timers_run_once_a_period(void **state)
{
    (void)state;
    static const struct {
        i64 after_s, runs;
    } CASES[] = { { 0, 1 },  { 0, 1 },   { 59, 1 },  { 60, 2 },
                  { 61, 2 }, { 119, 2 }, { 120, 3 }, { 9000, 4 } };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        run_at(now_ms + CASES[i].after_s * 1000);
        assert_int_equal(seen.timer_runs, CASES[i].runs);
    }
    assert_int_equal(seen.run_ms, now_ms + 9000 * 1000);
    assert_int_equal(seen.org, 0);
    assert_int_equal(seen.per_org[0], 0);
    assert_int_equal(seen.per_org[1], 2);
    assert_int_equal(seen.per_org[2], 2);
}

/* Each COMMIT that is given up leaves a connection of the server waiting. */
static void nothing_runs_while_nobody_knows_what_was_saved(void **state)
{
    (void)state;
    doubt = true;
    run_at(now_ms);
    doubt = false;
    assert_int_equal(seen.timer_runs, 0);
    run_at(now_ms + 1000);
    assert_int_equal(seen.timer_runs, 1);
}

static void a_new_organisation_gets_its_timers(void **state)
{
    (void)state;
    run_at(now_ms);
    stage_expect(db_run(stage.db, SQL("INSERT INTO tenants (id) VALUES (3)"), NULL), NULL);
    run_at(now_ms + 1000);
    assert_int_equal(seen.per_org[3], 1);
    assert_int_equal(seen.per_org[1], 1);
}

static void a_timer_works_in_batches(void **state)
{
    (void)state;
    seen.again_left = 4;
    run_at(now_ms);
    assert_int_equal(seen.timer_runs, 5);
    run_at(now_ms + 1000);
    assert_int_equal(seen.timer_runs, 5);
}

static void a_failing_timer_is_put_off_longer_and_longer(void **state)
{
    (void)state;
    seen.fail_left = 3;
    static const struct {
        i64 after_s, runs;
    } CASES[] = { { 0, 1 },   { 59, 1 },  { 60, 2 },  { 179, 2 },
                  { 180, 3 }, { 419, 3 }, { 420, 4 }, { 480, 5 } };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        run_at(now_ms + CASES[i].after_s * 1000);
        if (seen.timer_runs != CASES[i].runs)
            fail_msg("row %zu: %d runs", i, (int)seen.timer_runs);
    }
    assert_int_equal(count_of(SQL("SELECT failures FROM timers WHERE name = 'sample.tick'")), 0);
}

static void another_node_was_first(void **state)
{
    (void)state;
    run_at(now_ms);
    assert_int_equal(seen.timer_runs, 1);
    busy_in = 2; /* the COMMIT of the run fails: rolled back, noted as failure */
    run_at(now_ms + 60 * 1000);
    assert_int_equal(count_of(SQL("SELECT failures FROM timers WHERE name = 'sample.tick'")), 1);
    busy_in = 1; /* that of the taking: nothing has happened, so at once again */
    run_at(now_ms + 120 * 1000);
    assert_int_equal(count_of(SQL("SELECT failures FROM timers WHERE name = 'sample.tick'")), 0);
}

static void queued_work_runs_once_in_its_organisation(void **state)
{
    (void)state;
    stage_expect(job_queue(stage_rq(&stage, &CLERK), "sample.work", str_of("payload"), 0), NULL);
    stage_expect(job_queue(stage_rq(&stage, &CLERK), "sample.work", str_of("later"), now_ms + 5000),
                 NULL);
    run_at(now_ms);
    assert_int_equal(seen.works, 1);
    assert_int_equal(seen.org, STAGE_ORG);
    assert_string_equal(seen.payload, "payload");
    run_at(now_ms + 4999);
    assert_int_equal(seen.works, 1);
    run_at(now_ms + 5000);
    assert_int_equal(seen.works, 2);
    assert_string_equal(seen.payload, "later");
    run_at(now_ms + 500000);
    assert_int_equal(seen.works, 2);
    assert_int_equal(count_of(SQL("SELECT COUNT(*) FROM jobs")), 0);
}

static void asked_twice_it_waits_once(void **state)
{
    (void)state;
    for (int i = 0; i < 2; i++)
        stage_expect(job_queue_once(stage_rq(&stage, &CLERK), "sample.work", str_of("learn")),
                     NULL);
    stage_expect(job_queue_once(stage_rq(&stage, &CLERK), "sample.work", str_of("other")), NULL);
    assert_int_equal(count_of(SQL("SELECT COUNT(*) FROM jobs")), 2);
    run_at(now_ms);
    assert_int_equal(seen.works, 2);
    stage_expect(job_queue_once(stage_rq(&stage, &CLERK), "sample.work", str_of("learn")), NULL);
    run_at(now_ms);
    assert_int_equal(seen.works, 3); /* done, it can be asked for again */
}

static void failing_work_is_tried_ten_times_and_kept(void **state)
{
    (void)state;
    seen.fail_left = 100;
    stage_expect(job_queue(stage_rq(&stage, &CLERK), "sample.slow", str_of("hard"), 0), NULL);
    i64 at = now_ms, tries = 0;
    for (int hour = 0; hour < 100; hour++) {
        run_at(at + hour * 3600 * 1000LL);
        tries = seen.slow_works;
    }
    assert_int_equal(tries, 10);
    assert_int_equal(
        count_of(SQL("SELECT COUNT(*) FROM jobs WHERE failed_at > 0 AND error = 'sample.broken'")),
        1);
    struct jobs_figures figures;
    stage_expect(jobs_figures(stage.db, now_ms, &figures), NULL);
    assert_int_equal(figures.failed, 1);
    assert_int_equal(figures.queued, 0);
}

static void work_after_a_failure_comes_through(void **state)
{
    (void)state;
    run_at(now_ms); /* timers first, so that the failure meets the work */
    seen.fail_left = 1;
    stage_expect(job_queue(stage_rq(&stage, &CLERK), "sample.work", str_of("x"), 0), NULL);
    run_at(now_ms);
    assert_int_equal(seen.works, 1);
    run_at(now_ms + 59 * 1000);
    assert_int_equal(seen.works, 1);
    seen.fail_left = 0;
    run_at(now_ms + 61 * 1000);
    assert_int_equal(seen.works, 2);
}

static void a_message_leaves_once(void **state)
{
    (void)state;
    stage_expect(outbox_add(stage_rq(&stage, &CLERK), "mail", str_of("first"), str_of("k1")), NULL);
    stage_expect(outbox_add(stage_rq(&stage, &CLERK), "mail", str_of("again"), str_of("k1")), NULL);
    run_at(now_ms);
    assert_int_equal(seen.mails, 1);
    assert_string_equal(seen.mail, "first");
    assert_int_equal(seen.org, STAGE_ORG);
    stage_expect(outbox_add(stage_rq(&stage, &CLERK), "mail", str_of("again"), str_of("k1")), NULL);
    stage_expect(outbox_add(stage_rq(&stage, &CLERK), "mail", str_of("free"), str_of("")), NULL);
    stage_expect(outbox_add(stage_rq(&stage, &CLERK), "mail", str_of("free"), str_of("")), NULL);
    run_at(now_ms + 1000);
    assert_int_equal(seen.mails, 3);
    /* What was sent is not kept. */
    assert_int_equal(count_of(SQL("SELECT COUNT(*) FROM outbox WHERE payload <> ''")), 0);
    assert_int_equal(count_of(SQL("SELECT COUNT(*) FROM outbox WHERE sent_at > 0")), 3);
}

static void a_message_of_a_rolled_back_act_never_leaves(void **state)
{
    (void)state;
    stage_expect(db_savepoint(stage.db), NULL);
    stage_expect(outbox_add(stage_rq(&stage, &CLERK), "mail", str_of("ghost"), str_of("k2")), NULL);
    db_savepoint_rollback(stage.db);
    run_at(now_ms);
    assert_int_equal(seen.mails, 0);
    stage_expect(outbox_add(stage_rq(&stage, &CLERK), "pigeon", str_of("x"), str_of("")), NULL);
    run_at(now_ms);
    assert_int_equal(count_of(SQL("SELECT COUNT(*) FROM outbox WHERE error = 'jobs.gateway'")), 1);
}

static void a_leased_message_waits_for_its_lease(void **state)
{
    (void)state;
    i64 lease_ms = now_ms + 600 * 1000;
    stage_expect(outbox_add(stage_rq(&stage, &CLERK), "mail", str_of("held"), str_of("")), NULL);
    stage_expect(db_run(stage.db,
                        SQL("UPDATE outbox SET leased_to_at = :lease_ms WHERE org_id = :org",
                            P(lease_ms)),
                        NULL),
                 NULL);
    seen.fail_left = 0;
    run_at(now_ms);
    assert_int_equal(seen.mails, 0); /* another node has it */
    run_at(lease_ms);
    assert_int_equal(seen.mails, 1); /* it died */
}

/* Behind a message that took its time, the lease is of the time by the clock: else a third of a
 * queue on a slow relay would be sent twice. */
static void a_lease_begins_when_it_is_taken(void **state)
{
    (void)state;
    stage_expect(outbox_add(stage_rq(&stage, &CLERK), "mail", str_of("slow"), str_of("")), NULL);
    stage_expect(outbox_add(stage_rq(&stage, &CLERK), "mail", str_of("behind"), str_of("")), NULL);
    run_at(now_ms);
    assert_int_equal(seen.mails, 2);
    assert_true(seen.lease_ms >= now_ms + 600 * 1000 + 30);
}

static void what_was_sent_is_not_put_off(void **state)
{
    (void)state;
    struct piece piece = { .org_id = STAGE_ORG, .outbox = true };
    struct put_off off = { .run_at = now_ms + 1, .failed_at = now_ms, .error = str_of("late") };
    bool taken = false;
    stage_expect(outbox_add(stage_rq(&stage, &CLERK), "mail", str_of("x"), str_of("")), NULL);
    piece.id = count_of(SQL("SELECT id FROM outbox WHERE org_id = :org"));
    stage_expect(pieces_store_end(stage.db, &piece, now_ms, &taken), NULL);
    assert_true(taken);
    stage_expect(pieces_store_put_off(stage.db, &piece, &off), NULL);
    assert_int_equal(count_of(SQL("SELECT COUNT(*) FROM outbox WHERE failed_at > 0")), 0);
}

/* What stops the process is counted before it is begun; so it ends as what always fails does. */
static void work_that_ends_the_process_is_given_up(void **state)
{
    (void)state;
    stage_expect(job_queue(stage_rq(&stage, &CLERK), "sample.slow", str_of("x"), 0), NULL);
    run_at(now_ms);
    assert_int_equal(seen.attempts, 1);
    stage_expect(job_queue(stage_rq(&stage, &CLERK), "sample.work", str_of("poison"), 0), NULL);
    stage_expect(db_run(stage.db, SQL("UPDATE jobs SET attempts = 10 WHERE org_id = :org"), NULL),
                 NULL);
    run_at(now_ms);
    assert_int_equal(seen.works, 0);
    assert_int_equal(
        count_of(SQL("SELECT COUNT(*) FROM jobs WHERE failed_at > 0 AND error = 'jobs.crashed'")),
        1);
}

static void what_was_given_up_is_forgotten_in_time(void **state)
{
    (void)state;
    struct rq *rq = stage_rq(&stage, &CLERK);
    stage_expect(outbox_add(rq, "mail", str_of("personal"), str_of("")), NULL);
    stage_expect(job_queue(rq, "sample.work", str_of("personal"), 0), NULL);
    stage_expect(
        db_run(stage.db, SQL("UPDATE outbox SET failed_at = 100 WHERE org_id = :org"), NULL), NULL);
    stage_expect(db_run(stage.db, SQL("UPDATE jobs SET failed_at = 100 WHERE org_id = :org"), NULL),
                 NULL);
    stage_expect(pieces_store_forget(rq, 100), NULL);
    assert_int_equal(count_of(SQL("SELECT COUNT(*) FROM outbox")), 1);
    stage_expect(pieces_store_forget(rq, 101), NULL);
    assert_int_equal(count_of(SQL("SELECT COUNT(*) FROM outbox")), 0);
    assert_int_equal(count_of(SQL("SELECT COUNT(*) FROM jobs")), 0);
}

static void what_a_backup_revives_does_not_leave(void **state)
{
    (void)state;
    struct rq *rq = stage_rq(&stage, &CLERK);
    i64 held = 0;
    stage_expect(outbox_add(rq, "mail", str_of("long sent"), str_of("")), NULL);
    stage_expect(outbox_hold(rq, "restore.held", &held), NULL);
    assert_int_equal(held, 1);
    run_at(now_ms);
    assert_int_equal(seen.mails, 0);
    assert_int_equal(count_of(SQL("SELECT COUNT(*) FROM outbox WHERE error = 'restore.held'")), 1);
}

static void what_is_no_longer_declared_waits(void **state)
{
    (void)state;
    stage_rq(&stage, &CLERK);
    stage_expect(db_run(stage.db,
                        SQL("INSERT INTO jobs (org_id, name, payload, run_at, queued_at)"
                            " VALUES (:org, 'sample.gone', '', 1, 1)"),
                        NULL),
                 NULL);
    stage_expect(db_run(stage.db,
                        SQL("INSERT INTO timers (org_id, name, next_at) VALUES (:org,"
                            " 'sample.old', 1)"),
                        NULL),
                 NULL);
    run_at(now_ms);
    assert_int_equal(count_of(SQL("SELECT COUNT(*) FROM jobs WHERE error = 'jobs.undeclared' AND"
                                  " attempts = 1")),
                     1);
    i64 tomorrow = now_ms + 24 * 3600 * 1000;
    assert_int_equal(count_of(SQL("SELECT COUNT(*) FROM timers WHERE name = 'sample.old' AND"
                                  " next_at = :tomorrow",
                                  P(tomorrow))),
                     1);
}

static void broken_declarations_are_told(void **state)
{
    (void)state;
    static const struct job BROKEN[] = {
        { .name = "sample.a", .run = run_timer },
        { .name = "sample.b" },
        { .name = "sample.c", .work = do_work, .per_org = true },
        { .name = "sample.d", .work = do_work },
        { .name = "sample.d", .work = do_work },
        { 0 },
    };
    static const struct module BAD = { .name = "bad", .jobs = BROKEN };
    static const struct module *const BAD_LIST[] = { &BAD, NULL };
    struct buf *faults = buf_new(stage.mem, 4000);
    assert_false(jobs_check(BAD_LIST, faults));
    buf_put_byte(faults, 0);
    assert_non_null(strstr(faults->ptr, "timer sample.a needs a period"));
    assert_non_null(strstr(faults->ptr, "job sample.b needs either"));
    assert_non_null(strstr(faults->ptr, "queued job sample.c has no period"));
    assert_non_null(strstr(faults->ptr, "job sample.d is declared twice"));
    assert_true(jobs_check(MODULE_LIST, buf_new(stage.mem, 4000)));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(timers_run_once_a_period, begin, end),
        cmocka_unit_test_setup_teardown(nothing_runs_while_nobody_knows_what_was_saved, begin, end),
        cmocka_unit_test_setup_teardown(a_new_organisation_gets_its_timers, begin, end),
        cmocka_unit_test_setup_teardown(a_timer_works_in_batches, begin, end),
        cmocka_unit_test_setup_teardown(a_failing_timer_is_put_off_longer_and_longer, begin, end),
        cmocka_unit_test_setup_teardown(another_node_was_first, begin, end),
        cmocka_unit_test_setup_teardown(queued_work_runs_once_in_its_organisation, begin, end),
        cmocka_unit_test_setup_teardown(asked_twice_it_waits_once, begin, end),
        cmocka_unit_test_setup_teardown(failing_work_is_tried_ten_times_and_kept, begin, end),
        cmocka_unit_test_setup_teardown(work_after_a_failure_comes_through, begin, end),
        cmocka_unit_test_setup_teardown(a_message_leaves_once, begin, end),
        cmocka_unit_test_setup_teardown(a_message_of_a_rolled_back_act_never_leaves, begin, end),
        cmocka_unit_test_setup_teardown(a_leased_message_waits_for_its_lease, begin, end),
        cmocka_unit_test_setup_teardown(a_lease_begins_when_it_is_taken, begin, end),
        cmocka_unit_test_setup_teardown(what_was_sent_is_not_put_off, begin, end),
        cmocka_unit_test_setup_teardown(work_that_ends_the_process_is_given_up, begin, end),
        cmocka_unit_test_setup_teardown(what_was_given_up_is_forgotten_in_time, begin, end),
        cmocka_unit_test_setup_teardown(what_a_backup_revives_does_not_leave, begin, end),
        cmocka_unit_test_setup_teardown(what_is_no_longer_declared_waits, begin, end),
        cmocka_unit_test(broken_declarations_are_told),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
