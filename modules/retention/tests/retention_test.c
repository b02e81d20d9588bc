/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Every table of the product is declared; each rule ends what it says on its day and not before,
 * what is held or still open stays, nothing else changes, a run that was cut short goes on. The
 * product's own house, rows put into it by hand; letters from the phone on: modules/mailbox.
 * HUOTANG_TEST_DB. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>

#include "modules/members/member.h"
#include "modules/retention/retention_store.h"
#include "platform/base/buf.h"
#include "platform/base/str.h"
#include "platform/jobs/jobs.h"
#include "tests/harness/test_app.h"
#include "tests/harness/test_err.h"
#include "tests/matrix/dump.h"

extern const struct module *const MODULES[];

static const i64 DAY = INT64_C(86400000);

enum { BATCH = 100, LEAVE_DAYS = 1825, CHECKIN_DAYS = 1095, WORDS_DAYS = 365 };

static struct test_app *t;
static i64 held_meeting, settled_meeting;

static i64 insert(struct sql sql)
{
    i64 id = 0;
    db_set_org(t->db, t->org);
    assert_ok(db_insert(t->db, sql, &id));
    return id;
}

static i64 number(struct sql sql)
{
    i64 n = -1;
    db_set_org(t->db, t->org);
    assert_ok(db_i64(t->db, sql, &n));
    return n;
}

static i64 meeting(const char *name)
{
    str state = str_of(name);
    return insert(
        SQL("INSERT INTO meetings (org_id, state, kind, title, organiser, organiser_name, "
            "mandatory, from_on, from_half, to_on, to_half, place, audience, "
            "audience_name) VALUES (:org, :state, 'plenary', 'Plenary', 'office', "
            "'Office', 1, 20000, 'morning', 20001, 'morning', 'Hall', 'members', "
            "'Members') RETURNING id",
            P(state)));
}

/* Who asked leave of a meeting and came all the same. */
static i64 invitee(i64 meeting_id, i64 at)
{
    i64 person_id = insert(SQL("INSERT INTO persons (org_id, name, birth_on) VALUES (:org, "
                               "'Ouyang', 0) RETURNING id"));
    i64 member_id = insert(SQL("INSERT INTO members (org_id, person_id) VALUES (:org, :person_id) "
                               "RETURNING id",
                               P(person_id)));
    i64 id = insert(SQL("INSERT INTO invitees (org_id, meeting_id, member_id, person_id, name, "
                        "state, leave_kind, reason, result, halves, answered_at) VALUES (:org, "
                        ":meeting_id, :member_id, :person_id, 'Ouyang', 'leave_granted', 'ill', "
                        "'An operation', 'leave', 1, :at) RETURNING id",
                        P(meeting_id), P(member_id), P(person_id), P(at)));
    insert(
        SQL("INSERT INTO checkins (org_id, meeting_id, invitee_id, half, way, came_at, noted_at, "
            "noted_name) VALUES (:org, :meeting_id, :id, 0, 'gate', :at, :at, 'Clerk') RETURNING "
            "id",
            P(meeting_id), P(id), P(at)));
    return id;
}

static i64 guess(i64 subject_id, i64 decided_at, const char *of)
{
    str question = str_of(of);
    return insert(
        SQL("INSERT INTO guesses (org_id, question, subject_id, label, degree, because, "
            "decided, is_right, decided_at) VALUES (:org, :question, :subject_id, 'roads', "
            "70, 'lamp', 'roads', 1, :decided_at) RETURNING id",
            P(question), P(subject_id), P(decided_at)));
}

static i64 letter(i64 closed_at)
{
    return insert(SQL("INSERT INTO letters (org_id, state, kind, lane, title, body, received_at, "
                      "closed_at, ended) VALUES (:org, 'closed', 'concern', 'proved', 'Lamp', 'The "
                      "lamp is out', 1, :closed_at, 'dismissed') RETURNING id",
                      P(closed_at)));
}

static int set_up(void **state)
{
    (void)state;
    t = test_app_new(MODULES);
    held_meeting = meeting("held");
    settled_meeting = meeting("settled");
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    test_app_free(t);
    return 0;
}

static i64 rows_of(const char *name)
{
    str table = str_of(name);
    return str_is(table, "checkins")
               ? number(SQL("SELECT COUNT(*) AS n FROM checkins WHERE org_id = :org"))
           : str_is(table, "invitees")
               ? number(SQL("SELECT COUNT(*) AS n FROM invitees WHERE org_id = :org AND reason <> "
                            "''"))
           : str_is(table, "guesses")
               ? number(SQL("SELECT COUNT(*) AS n FROM guesses WHERE org_id = :org AND because <> "
                            "''"))
               : number(SQL("SELECT COUNT(*) AS n FROM letters WHERE org_id = :org AND body <> "
                            "''"));
}

/* ---- declarations ---- */

static void every_table_of_the_product_is_declared(void **state)
{
    (void)state;
    struct buf *faults = buf_new(t->mem, 1 << 16);
    if (!retention_check(MODULES, faults))
        fail_msg("%.*s", (int)faults->len, faults->ptr);
}

/* A house without modules lacks the tables and timers that the list names; each is told. */
static void what_does_not_fit_is_told(void **state)
{
    static const struct module *const NOTHING[] = { NULL };
    struct buf *faults = buf_new(t->mem, 1 << 16);
    (void)state;
    assert_false(retention_check(NOTHING, faults));
    assert_true(str_find(buf_str(faults), str_of("proposals is no table"), 0) >= 0);
    assert_true(str_find(buf_str(faults), str_of("rule mailbox.text"), 0) >= 0);
    assert_true(str_find(buf_str(faults), str_of("outbox is kept by what is not there"), 0) >= 0);
}

/* ---- ending ---- */

struct ending {
    const char *rule;
    i64 ended;
};

static err one_batch(struct rq *rq, void *context)
{
    struct ending *e = context;
    return retention_end(rq, retention_rule_find(str_of(e->rule)), BATCH, &e->ended);
}

static i64 end(const char *rule)
{
    struct ending e = { .rule = rule };
    assert_ok(test_write(t, one_batch, &e));
    return e.ended;
}

/* Of each rule: what it empties or deletes, on the day after and not on the last one. */
static void each_ends_on_its_day_and_not_before(void **state)
{
    static const struct {
        const char *rule, *table;
        i64 days;
    } CASES[] = {
        { "meetings.reasons", "invitees", LEAVE_DAYS },
        { "meetings.checkins", "checkins", CHECKIN_DAYS },
        { "guesses.words", "guesses", WORDS_DAYS },
        { "mailbox.dismissed", "letters", 180 },
    };
    i64 begin = t->app.clock.fixed_ms;
    (void)state;
    invitee(settled_meeting, begin);
    guess(1, begin, "letters");
    letter(begin);
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        t->app.clock.fixed_ms = begin + CASES[i].days * DAY;
        assert_int_equal(end(CASES[i].rule), 0);
        assert_int_equal(rows_of(CASES[i].table), 1);
        str before = dump_rows(t->db, 0, t->mem);
        t->app.clock.fixed_ms++;
        assert_int_equal(end(CASES[i].rule), 1);
        assert_int_equal(rows_of(CASES[i].table), 0);
        strs tables = dump_tables(t->db, t->mem); /* nothing else has changed: but figures, in which
                                                     a row put here by hand was not yet counted */
        for (size_t k = 0; k < tables.count; k++) {
            str now = dump_table(t->db, tables.items[k], t->mem);
            bool told = str_is(tables.items[k], CASES[i].table) ||
                        str_is(tables.items[k], "retention_runs") ||
                        str_starts(tables.items[k], str_of("dashboard_"));
            if (!told && now.len && str_find(before, now, 0) < 0)
                fail_msg("%s changed %.*s", CASES[i].rule, (int)tables.items[k].len,
                         tables.items[k].ptr);
        }
        assert_int_equal(end(CASES[i].rule), 0);
    }
    assert_int_equal(number(SQL("SELECT COUNT(*) AS n FROM invitees WHERE org_id = :org AND result "
                                "= 'leave' AND leave_kind = 'ill' AND halves = 1")),
                     1); /* what counts is still there */
    assert_int_equal(number(SQL("SELECT COUNT(*) AS n FROM audits WHERE org_id = :org AND act = "
                                "'retention.ended'")),
                     4);
    assert_int_equal(number(
                         SQL("SELECT COUNT(*) AS n FROM audits WHERE org_id = :org AND act = "
                             "'retention.ended' AND (after_text LIKE '%lamp%' OR after_text LIKE "
                             "'%operation%')")),
                     0);
}

enum { NO_OFFICE = -1 };

/* Somebody whose seat ended today, with contact; office: last day on which he is somebody's
 * contact, 0 = it is not known. */
static void left(const char *who, const char *in_status, i64 office)
{
    str name = str_of(who), status = str_of(in_status);
    i64 today = t->app.clock.fixed_ms / DAY, to_on = str_is(status, "left") ? today : 0;
    i64 person_id = insert(SQL("INSERT INTO persons (org_id, name, birth_on, mail, phone_key, "
                               "identity_key) VALUES (:org, :name, 0, 'a@b.cn', 'p', :name) "
                               "RETURNING id",
                               P(name)));
    i64 member_id = insert(SQL("INSERT INTO members (org_id, person_id) VALUES (:org, :person_id) "
                               "RETURNING id",
                               P(person_id)));
    i64 term_id = number(SQL("SELECT COALESCE(MAX(id), 0) AS n FROM terms WHERE org_id = :org"));
    if (!term_id)
        term_id = insert(SQL("INSERT INTO terms (org_id, number, from_on) VALUES (:org, 6, 1) "
                             "RETURNING id"));
    insert(SQL("INSERT INTO seats (org_id, member_id, term_id, status, from_on, to_on) VALUES "
               "(:org, :member_id, :term_id, :status, 1, :to_on) RETURNING id",
               P(member_id), P(term_id), P(status), P(to_on)));
    insert(SQL("INSERT INTO amendments (org_id, person_id, field, after, state, asked_at) VALUES "
               "(:org, :person_id, 'mail', 'a@b.cn', 'approved', 1) RETURNING id",
               P(person_id)));
    if (office != NO_OFFICE)
        insert(SQL("INSERT INTO tenures (org_id, person_id, post, body, body_id, from_on, to_on) "
                   "VALUES (:org, :person_id, 'liaison', 'org', 1, 1, :office) RETURNING id",
                   P(person_id), P(office)));
}

static i64 named(const char *who, const char *in_state)
{
    str name = str_of(who), state = str_of(in_state);
    i64 today = t->app.clock.fixed_ms / DAY;
    i64 sector_id = number(SQL("SELECT COALESCE(MAX(id), 0) AS n FROM sectors WHERE org_id = "
                               ":org"));
    if (!sector_id)
        sector_id = insert(SQL("INSERT INTO sectors (org_id, name, position, from_on) VALUES "
                               "(:org, 'Economy', 1, 1) RETURNING id"));
    i64 id = insert(
        SQL("INSERT INTO nominations (org_id, member_id, state, kind, nominator_kind, nominator, "
            "nominated_on, name, gender, birth_on, party, employer, sector_id, reason, "
            "checked_words, yes, no) VALUES (:org, 7, :state, 'augment', 'party', "
            "'League', :today, :name, 'male', 5000, 'cdl', 'School', :sector_id, "
            "'Able', 'Asked', 2, 9) RETURNING id",
            P(state), P(today), P(name), P(sector_id)));
    insert(SQL("INSERT INTO trails (org_id, flow, subject_id, at, verb, from_state, to_state, "
               "actor_account_id, actor_name, opinion) VALUES (:org, 'nominations', :id, 1, "
               "'decline', 'candidate', 'declined', 1, 'Clerk', 'No room') RETURNING id",
               P(id)));
    return id;
}

/* Contacts of who left, the day after its last; who is somebody's contact keeps his until
 * that is over. */
static void contacts_of_who_left_go(void **state)
{
    enum { CONTACT_DAYS = 730 };
    (void)state;
    left("Gone", "left", NO_OFFICE);
    left("Liaison", "left", 0);
    left("Until", "left", t->app.clock.fixed_ms / DAY + CONTACT_DAYS + 1);
    left("Serves", "serving", NO_OFFICE);
    t->app.clock.fixed_ms += CONTACT_DAYS * DAY;
    assert_int_equal(end("members.contact"), 0);
    t->app.clock.fixed_ms += DAY;
    assert_int_equal(end("members.contact"), 1);
    assert_int_equal(number(SQL("SELECT COUNT(*) AS n FROM persons WHERE org_id = :org AND name = "
                                "'Gone' AND mail = '' AND phone_key = '' AND identity_key = "
                                "'Gone'")),
                     1);
    assert_int_equal(number(SQL("SELECT COUNT(*) AS n FROM persons WHERE org_id = :org AND mail = "
                                "'a@b.cn'")),
                     3);
    assert_int_equal(number(SQL("SELECT COUNT(*) AS n FROM amendments WHERE org_id = :org AND "
                                "after = 'a@b.cn'")),
                     3);
    assert_int_equal(end("members.contact"), 0); /* the last day of an office */
    t->app.clock.fixed_ms += DAY;
    assert_int_equal(end("members.contact"), 1);
    assert_int_equal(end("members.contact"), 0);
}

/* Who was not elected is not kept by name; who was, and who may be yet, is. */
static void who_was_not_elected_is_forgotten(void **state)
{
    enum { NOMINEE_DAYS = 1095 };
    i64 unknown = BIRTH_UNKNOWN;
    (void)state;
    named("Refused", "refused");
    named("Certified", "certified");
    named("Candidate", "candidate");
    t->app.clock.fixed_ms += NOMINEE_DAYS * DAY;
    assert_int_equal(end("nominations.unelected"), 0);
    t->app.clock.fixed_ms += DAY;
    assert_int_equal(end("nominations.unelected"), 1);
    assert_int_equal(
        number(SQL(
            "SELECT COUNT(*) AS n FROM nominations WHERE org_id = :org AND "
            "name = '（已清理）' AND employer = '' AND birth_on = :unknown AND member_id = 0 AND reason "
            "= '' AND checked_words = '' AND party = '' AND yes = 2 AND no = "
            "9 AND nominator = 'League' AND forgotten_at > 0",
            P(unknown))),
        1);
    assert_int_equal(number(SQL("SELECT COUNT(*) AS n FROM nominations WHERE org_id = :org AND "
                                "employer = 'School' AND forgotten_at = 0")),
                     2);
    assert_int_equal(number(SQL("SELECT COUNT(*) AS n FROM trails WHERE org_id = :org AND opinion "
                                "= 'No room'")),
                     2);
    assert_int_equal(end("nominations.unelected"), 0);
}

static void what_is_still_open_stays(void **state)
{
    (void)state;
    invitee(held_meeting, t->app.clock.fixed_ms);
    t->app.clock.fixed_ms += (LEAVE_DAYS + 1) * DAY;
    assert_int_equal(end("meetings.reasons"), 0);
    assert_int_equal(end("meetings.checkins"), 0);
}

/* As if the process had died after a batch: what was done stays done, the timer does the rest. */
static void a_run_that_was_cut_short_goes_on(void **state)
{
    (void)state;
    for (i64 i = 1; i <= 2 * BATCH + 5; i++)
        guess(i, t->app.clock.fixed_ms, "letters");
    t->app.clock.fixed_ms += WORDS_DAYS * DAY + 1;
    assert_int_equal(end("guesses.words"), BATCH);
    assert_int_equal(rows_of("guesses"), BATCH + 5);
    assert_ok(jobs_run_due(&t->app, t->app.clock.fixed_ms, NULL));
    assert_int_equal(rows_of("guesses"), 0);
    assert_int_equal(number(SQL("SELECT CAST(SUM(ended) AS BIGINT) AS n FROM retention_runs WHERE "
                                "org_id = :org AND rule = 'guesses.words'")),
                     2 * BATCH + 5);
}

/* ---- holds and the page ---- */

static struct test_answer hold(const char *json)
{
    return test_api(t, POST, "/api/v1/retention/hold", json);
}

static void a_hold_holds_until_it_is_lifted(void **state)
{
    (void)state;
    test_as_role(t, "staff");
    i64 id = letter(t->app.clock.fixed_ms);
    letter(t->app.clock.fixed_ms);
    struct test_answer a =
        hold(arena_printf(t->mem,
                          "{\"collection\":\"letters\",\"record\":\"https://house.example/letters/"
                          "%lld?tab=1\",\"reason\":\"Lawsuit 7\"}",
                          (long long)id)
                 .ptr);
    assert_int_equal(a.status, 201);
    str number_of = test_json(t, &a, "id");
    const char *lift =
        arena_printf(t->mem, "/api/v1/retention/holds/%.*s/lift", (int)number_of.len, number_of.ptr)
            .ptr;
    t->app.clock.fixed_ms += 181 * DAY;
    assert_int_equal(end("mailbox.dismissed"), 1);
    assert_int_equal(rows_of("letters"), 1);
    a = test_get(t, "/retention");
    assert_int_equal(a.status, 200);
    str words = test_words(t, &a);
    assert_true(str_find(words, str_of("Lawsuit 7"), 0) > 0);
    assert_true(str_find(words, str_of("已到期、暂缓清理的 1 条"), 0) > 0);
    insert(SQL("INSERT INTO trails (org_id, flow, subject_id, at, verb, from_state, to_state, "
               "actor_account_id, actor_name, opinion) VALUES (:org, 'letters', :id, 1, "
               "'dismiss', 'received', "
               "'closed', 1, 'Clerk', 'Your lamp is not ours') RETURNING id",
               P(id)));
    guess(id, t->app.clock.fixed_ms, "letters.agency");
    assert_int_equal(test_api(t, POST, lift, "{}").status, 200);
    assert_int_equal(test_api(t, POST, lift, "{}").status, 409);
    assert_int_equal(end("mailbox.dismissed"), 1);
    assert_int_equal(rows_of("letters"), 0);
    assert_int_equal(number(SQL("SELECT COUNT(*) AS n FROM trails WHERE org_id = :org AND opinion "
                                "<> ''")),
                     0);
    assert_int_equal(rows_of("guesses"), 0); /* at once: what was taken out of it goes with it */
}

static void all_of_a_kind_is_held_and_what_is_wrong_is_told(void **state)
{
    (void)state;
    test_as_role(t, "staff");
    i64 id = letter(t->app.clock.fixed_ms);
    struct test_answer a = test_post(t, "/retention/hold", "collection", "letters", "record",
                                     "/letters/999999", "reason", "Audit of 2026", NULL);
    assert_int_equal(a.status, 422);
    assert_true(test_has(&a, "Audit of 2026") && test_has(&a, "来信里没有这一件"));
    a = hold(arena_printf(t->mem,
                          "{\"collection\":\"letters\",\"record\":\"/meetings/%lld\",\"reason\":"
                          "\"Audit\"}",
                          (long long)id)
                 .ptr); /* its number, but the address of another */
    assert_int_equal(a.status, 422);
    a = hold("{\"collection\":\"checkins\",\"record\":\"1\",\"reason\":\"Audit\"}");
    assert_int_equal(a.status, 422);
    assert_true(test_has(&a, "只能全部暂缓"));
    a = test_post(t, "/retention/hold", "collection", "letters", "record", "", "reason",
                  "Audit of 2026", NULL);
    assert_int_equal(a.status, 303);
    const char *again = "{\"collection\":\"letters\",\"reason\":\"Audit of 2026\"}",
               *other = "{\"collection\":\"letters\",\"reason\":\"Lawsuit 8\"}";
    assert_int_equal(hold(again).status, 409);
    assert_int_equal(hold(other).status, 201);
    t->app.clock.fixed_ms += 181 * DAY;
    assert_int_equal(end("mailbox.dismissed"), 0);
    assert_int_equal(rows_of("letters"), 1);
}

/* What would go is told before it goes. */
static void the_page_says_what_would_go(void **state)
{
    i64 now = t->app.clock.fixed_ms;
    (void)state;
    test_as_role(t, "staff");
    guess(1, now - WORDS_DAYS * DAY - 1, "letters");
    guess(2, now - (WORDS_DAYS - RETENTION_SOON_DAYS) * DAY - 1, "letters");
    guess(3, now - (WORDS_DAYS - RETENTION_SOON_DAYS) * DAY, "letters");
    struct test_answer a = test_api(t, GET, "/api/v1/retention", NULL);
    assert_int_equal(a.status, 200);
    assert_true(test_has(&a, "{\"rule\":\"guesses.words\""));
    assert_true(test_has(&a, "\"days\":365,\"due\":1,\"due_soon\":1,\"held\":0"));
    assert_int_equal(rows_of("guesses"), 3);
    test_as_role(t, "member");
    assert_int_equal(test_get(t, "/retention").status, 403);
}

#define T(test_) cmocka_unit_test_setup_teardown(test_, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(every_table_of_the_product_is_declared),
        T(what_does_not_fit_is_told),
        T(each_ends_on_its_day_and_not_before),
        T(contacts_of_who_left_go),
        T(who_was_not_elected_is_forgotten),
        T(what_is_still_open_stays),
        T(a_run_that_was_cut_short_goes_on),
        T(a_hold_holds_until_it_is_lifted),
        T(all_of_a_kind_is_held_and_what_is_wrong_is_told),
        T(the_page_says_what_would_go),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
