/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Looking back: planned by class when a case is closed, held, asked again blindly; what was found
 * stands apart from the class; tracked until it is fulfilled; B to A by hand. Instructions. Both
 * engines. */
#include "modules/outcomes/tests/keeping.h"
#include "platform/settings/settings.h"

static const struct given ONE[] = { { "A bus over the second bridge", "2026-09-30" }, { 0 } };

/* An account that is active; it holds the role of staff where it has no person. */
static void have_account(struct desk *d, i64 id, i64 person_id, i64 agency_id)
{
    str name = arena_printf(d->t->mem, "a%lld", (long long)id);
    struct db *db = d->t->db;
    assert_int_equal(db_begin(db).code, ERR_NONE);
    assert_int_equal(
        db_run(db,
               SQL("INSERT INTO accounts (org_id, id, login_name, name, person_id, agency_id, "
                   "created_at) VALUES (:org, :id, :name, :name, :person_id, :agency_id, 0)",
                   P(id), P(name), P(person_id), P(agency_id)),
               NULL)
            .code,
        ERR_NONE);
    if (person_id == 0)
        assert_int_equal(
            db_run(db,
                   SQL("INSERT INTO holdings (org_id, account_id, role_id, scope_kind, from_on, "
                       "to_on, given_at) SELECT :org, :id, id, 'org', 1, 0, 0 FROM roles WHERE "
                       "org_id = :org AND code = 'staff'",
                       P(id)),
                   NULL)
                .code,
            ERR_NONE);
    assert_int_equal(db_commit(db).code, ERR_NONE);
}

/* How many messages of an account have a word in them. */
static i64 told(struct desk *d, i64 account_id, const char *word)
{
    i64 n = 0;
    str like = arena_printf(d->t->mem, "%%%s%%", word);
    assert_int_equal(db_i64(d->t->db,
                            SQL("SELECT COUNT(*) FROM deliveries WHERE org_id = :org AND "
                                "account_id = :account_id AND words LIKE :like",
                                P(account_id), P(like)),
                            &n)
                         .code,
                     ERR_NONE);
    return n;
}

/* Closed on Wednesday 2026-06-10: 180 days later is Monday 2026-12-07. */
static i64 closed(struct desk *d, const char *class)
{
    desk_on_day(d, "2026-06-10");
    return keeping_closed(d, "A bus line", class, *class == 'b' ? ONE : NULL);
}

static const char *found(struct desk *d, const char *result)
{
    return arena_printf(d->t->mem,
                        "{\"held_on\":\"2026-12-07\",\"place\":\"At the stop\",\"visitors\":"
                        "\"Two of the committee\",\"result\":\"%s\",\"text\":\"Stood there for "
                        "an hour.\"}",
                        result)
        .ptr;
}

static void keep(struct desk *d, i64 promise)
{
    desk_as_operator(d, 0);
    assert_int_equal(keeping_act(d, "promises", promise, "meet",
                                 "{\"opinion\":\"It runs since Monday.\"}"),
                     200);
    desk_as_staff(d);
    assert_int_equal(keeping_act(d, "promises", promise, "confirm", "{}"), 200);
}

/* ---- planned by class (rules.md 2.6: every A and B answer is checked, B ones are tracked) ---- */

static void classes_decide_what_follows(void **state)
{
    static const struct {
        const char *class, *state, *planned_on;
    } CASES[] = { { "a", "closed", "2026-12-07" },
                  { "b", "tracking", "2026-12-07" },
                  { "c", "closed", "" },
                  { "d", "closed", "" } };
    struct desk *d = *state;
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        i64 id = closed(d, CASES[i].class);
        desk_same(desk_load(d, id).state, CASES[i].state);
        i64 f = keeping_followup(d, id, 0);
        assert_int_equal(f > 0, CASES[i].planned_on[0] != 0);
        if (f > 0) {
            desk_same(keeping_is(d, "followups", f, "planned_on"), CASES[i].planned_on);
            desk_same(keeping_is(d, "followups", f, "class"), CASES[i].class);
        }
        assert_int_equal(keeping_followup(d, id, 1), 0);
    }
}

static err only_c(struct rq *rq, void *context)
{
    (void)context;
    TRY(setting_store(rq, "outcomes.track_classes", str_of("c d"), rq->today));
    return setting_store(rq, "outcomes.followup_classes", str_of(""), rq->today);
}

/* Letters do not mean the same everywhere (rules.md 2.5). */
static void the_site_names_the_classes(void **state)
{
    struct desk *d = *state;
    desk_on_day(d, "2026-06-10");
    assert_int_equal(test_write(d->t, only_c, NULL).code, ERR_NONE);
    i64 id = closed(d, "c");
    desk_same(desk_load(d, id).state, "tracking");
    assert_int_equal(keeping_followup(d, id, 0), 0);
    desk_same(desk_load(d, closed(d, "b")).state, "closed");
}

/* By hand too, once at a time, and not before it is closed. */
static void the_office_plans_by_hand(void **state)
{
    struct desk *d = *state;
    i64 id = closed(d, "c"), open = desk_assigned(d, "Still in hand");
    desk_as_staff(d);
    assert_int_equal(desk_act(d, open, "followups", "{\"planned_on\":\"2026-07-01\"}"), 409);
    assert_int_equal(desk_act(d, id, "followups", "{\"planned_on\":\"2026-06-09\"}"), 422);
    assert_int_equal(desk_act(d, id, "followups", "{\"planned_on\":\"2026-07-01\"}"), 200);
    assert_int_equal(desk_act(d, id, "followups", "{\"planned_on\":\"2026-07-02\"}"), 409);
    i64 f = keeping_followup(d, id, 0);
    assert_int_equal(keeping_act(d, "followups", f, "postpone", "{\"planned_on\":\"2026-08-03\"}"),
                     200);
    desk_same(keeping_is(d, "followups", f, "planned_on"), "2026-08-03");
    assert_int_equal(desk_page(d, "/proposals/", id, "/followups").status, 200);
    desk_as_dispatcher(d);
    assert_int_equal(desk_act(d, id, "followups", "{\"planned_on\":\"2026-07-01\"}"), 403);
}

/* ---- held ---- */

static void what_is_found_stands_apart_from_the_class(void **state)
{
    struct desk *d = *state;
    i64 id = closed(d, "b"), p = keeping_promise(d, id, 0), f = keeping_followup(d, id, 0);
    desk_on_day(d, "2026-12-07");
    desk_as_staff(d);
    assert_int_equal(
        keeping_act(d, "followups", f, "record",
                    "{\"held_on\":\"2026-06-09\",\"place\":\"P\",\"visitors\":\"V\",\"result\":"
                    "\"solved\",\"text\":\"Before it was closed.\"}"),
        422);
    assert_int_equal(keeping_act(d, "followups", f, "record", found(d, "solved")), 200);
    struct proposal proposal = desk_load(d, id);
    desk_same(proposal.class, "b");
    desk_same(proposal.state, "tracking"); /* the promise is open */
    struct test_answer a = desk_page(d, "/api/v1/proposals/", id, "");
    desk_same(test_json(d->t, &a, "tracking"), "solved");
    a = test_get(d->t, "/api/v1/proposals?tracking=solved");
    desk_same(test_json(d->t, &a, "total"), "1");
    a = desk_page(d, "/proposals/", id, "");
    assert_true(desk_has(&a, "回头看：已解决"));
    assert_true(desk_has(&a, "答复时 B"));
    keep(d, p);
    desk_same(desk_load(d, id).state, "fulfilled");
    desk_same(desk_load(d, id).class, "b");
    desk_as_staff(d);
    assert_int_equal(keeping_act(d, "followups", f, "record", found(d, "solved")), 409);
    assert_int_equal(desk_act(d, id, "archive", "{}"), 200);
}

/* Kept first, looked at afterwards; in part is enough. A missed promise ends it as well. */
static void fulfilled_when_all_has_ended(void **state)
{
    struct desk *d = *state;
    i64 id = closed(d, "b"), p = keeping_promise(d, id, 0), f = keeping_followup(d, id, 0);
    keep(d, p);
    desk_same(desk_load(d, id).state, "tracking"); /* nobody has looked */
    desk_on_day(d, "2026-12-07");
    desk_as_staff(d);
    assert_int_equal(keeping_act(d, "followups", f, "record", found(d, "partly")), 200);
    desk_same(desk_load(d, id).state, "fulfilled");
}

/* Unsolved: the next visit is planned, and the promise goes on. */
static void unsolved_is_looked_at_again(void **state)
{
    struct desk *d = *state;
    i64 id = closed(d, "b"), p = keeping_promise(d, id, 0), f = keeping_followup(d, id, 0);
    keep(d, p);
    desk_on_day(d, "2026-12-07");
    desk_as_staff(d);
    assert_int_equal(keeping_act(d, "followups", f, "record", found(d, "unsolved")), 200);
    desk_same(desk_load(d, id).state, "tracking");
    i64 next = keeping_followup(d, id, 1); /* 180 days later: Saturday 06-05, so Monday 06-07 */
    desk_same(keeping_is(d, "followups", next, "planned_on"), "2027-06-07");
    assert_int_equal(keeping_act(d, "promises", p, "reopen",
                                 "{\"to_on\":\"2027-03-31\",\"opinion\":\"It stopped again.\"}"),
                     200);
    desk_on_day(d, "2027-06-07");
    assert_int_equal(
        keeping_act(d, "followups", next, "record",
                    "{\"held_on\":\"2027-06-07\",\"place\":\"P\",\"visitors\":\"V\",\"result\":"
                    "\"solved\",\"text\":\"It runs now.\"}"),
        200);
    desk_same(desk_load(d, id).state, "tracking");
    keep(d, p);
    desk_same(desk_load(d, id).state, "fulfilled");
}

/* Fulfilled, and then it is not done after all: it is followed again, and who asked hears of it. */
static void a_fulfilled_case_is_followed_again(void **state)
{
    struct desk *d = *state;
    i64 id = closed(d, "b"), p = keeping_promise(d, id, 0), f = keeping_followup(d, id, 0);
    keep(d, p);
    desk_on_day(d, "2026-12-07");
    desk_as_staff(d);
    assert_int_equal(keeping_act(d, "followups", f, "record", found(d, "solved")), 200);
    desk_same(desk_load(d, id).state, "fulfilled");
    have_account(d, 300, d->person[0], 0);
    assert_int_equal(keeping_act(d, "promises", p, "reopen",
                                 "{\"to_on\":\"2027-03-31\",\"opinion\":\"It stopped again.\"}"),
                     200);
    desk_same(desk_load(d, id).state, "tracking");
    assert_int_equal(told(d, 300, "继续兑现"), 1);
    keep(d, p);
    desk_same(desk_load(d, id).state, "fulfilled");
}

static int record_on(struct desk *d, i64 followup, const char *day, const char *result)
{
    return keeping_act(d, "followups", followup, "record",
                       arena_printf(d->t->mem,
                                    "{\"held_on\":\"%s\",\"place\":\"P\",\"visitors\":\"V\","
                                    "\"result\":\"%s\",\"text\":\"Stood there.\"}",
                                    day, result)
                           .ptr);
}

/* Planned for December and seen in June already; another, planned for July, was in July: the later
 * look counts, not the later plan, nor what was written down later. */
static void the_last_look_is_the_last_that_was_held(void **state)
{
    struct desk *d = *state;
    i64 id = closed(d, "b"), p = keeping_promise(d, id, 0), first = keeping_followup(d, id, 0);
    desk_on_day(d, "2026-06-20");
    desk_as_staff(d);
    assert_int_equal(record_on(d, first, "2026-06-20", "partly"), 200); /* the promise is open */
    assert_int_equal(desk_act(d, id, "followups", "{\"planned_on\":\"2026-07-15\"}"), 200);
    i64 second = keeping_followup(d, id, 0);
    assert_true(second != first);
    desk_on_day(d, "2026-07-15");
    desk_as_staff(d);
    assert_int_equal(record_on(d, second, "2026-07-15", "unsolved"), 200);
    keep(d, p);
    desk_same(desk_load(d, id).state, "tracking"); /* July found it unsolved */
    struct test_answer a = desk_page(d, "/api/v1/proposals/", id, "");
    desk_same(test_json(d->t, &a, "tracking"), "unsolved");
    desk_on_day(d, "2026-08-03");
    i64 third =
        keeping_followup(d, id, 2); /* planned anew; written down late: it was in July too */
    assert_true(third != first && third != second);
    desk_as_staff(d);
    assert_int_equal(record_on(d, third, "2026-07-01", "solved"), 200);
    a = test_get(d->t, "/api/v1/proposals?tracking=unsolved");
    desk_same(test_json(d->t, &a, "total"), "1");
    desk_same(desk_load(d, id).state, "tracking");
}

static err call_b_otherwise(struct rq *rq, void *context)
{
    (void)context;
    struct dictionary_row row = { .code = str_of("b"), .label = str_of("B Another word") };
    return dictionary_rename(rq, "assignments.classes", &row, rq->today);
}

/* Renamed afterwards, the case says what the reply said. */
static void the_class_keeps_the_words_of_its_day(void **state)
{
    struct desk *d = *state;
    i64 id = closed(d, "b"), f = keeping_followup(d, id, 0);
    desk_on_day(d, "2026-12-07");
    assert_int_equal(test_write(d->t, call_b_otherwise, NULL).code, ERR_NONE);
    desk_as_staff(d);
    struct test_answer a = desk_page(d, "/followups/", f, "");
    assert_true(desk_has(&a, "B "));
    assert_false(desk_has(&a, "Another word"));
    assert_int_equal(keeping_act(d, "followups", f, "record", found(d, "partly")), 200);
    a = desk_page(d, "/proposals/", id, "");
    assert_true(desk_has(&a, "答复时 B"));
    assert_false(desk_has(&a, "Another word"));
}

/* Three answered B and closed, one of them found solved since: 1 of 3. An A does not count. */
static void b_becomes_a(void **state)
{
    struct desk *d = *state;
    i64 first = closed(d, "b"), second = closed(d, "b"), a = closed(d, "a");
    (void)closed(d, "b");
    i64 looks[] = { keeping_followup(d, first, 0), keeping_followup(d, second, 0),
                    keeping_followup(d, a, 0) };
    desk_on_day(d, "2026-12-07");
    desk_as_staff(d);
    assert_int_equal(keeping_act(d, "followups", looks[0], "record", found(d, "solved")), 200);
    assert_int_equal(keeping_act(d, "followups", looks[1], "record", found(d, "partly")), 200);
    assert_int_equal(keeping_act(d, "followups", looks[2], "record", found(d, "solved")), 200);
    desk_same(desk_load(d, a).state, "closed");
    desk_same(keeping_figure(d, "tracking.tracked"), "3");
    desk_same(keeping_figure(d, "tracking.found"), "1");
    desk_same(keeping_figure(d, "tracking.found_partly"), "1");
    struct test_answer page = test_get(d->t, "/outcomes");
    assert_true(desk_has(&page, "33.3%"));
}

/* ---- asked again ---- */

static bool has_todo(struct desk *d, const char *verb)
{
    struct test_answer a = test_get(d->t, "/api/v1/todos");
    return desk_has(&a, verb);
}

static void who_asked_is_asked_again_blindly(void **state)
{
    static const char CANARY[] = "The bus came once and never again.";
    struct desk *d = *state;
    i64 id = closed(d, "b"), f = keeping_followup(d, id, 0);
    char path[60];
    snprintf(path, sizeof path, "/followups/%lld/recheck", (long long)f);
    desk_on_day(d, "2026-11-20"); /* ten working days before 12-07 is 11-23 */
    keeping_run_jobs(d);
    desk_as_member(d, 0);
    assert_false(has_todo(d, path));
    desk_on_day(d, "2026-11-23");
    keeping_run_jobs(d);
    desk_as_member(d, 0);
    assert_true(has_todo(d, path));
    desk_as_staff(d);
    snprintf(path, sizeof path, "/followups/%lld/record", (long long)f);
    assert_true(has_todo(d, path));
    desk_as_member(d, 1);
    assert_int_equal(keeping_act(d, "followups", f, "recheck", "{\"result\":\"solved\"}"), 404);
    desk_as_staff(d);
    assert_int_equal(keeping_act(d, "followups", f, "recheck", "{\"result\":\"solved\"}"), 403);
    desk_as_member(d, 0);
    assert_int_equal(keeping_act(d, "followups", f, "recheck", "{\"result\":\"unsolved\"}"), 422);
    const char *json =
        arena_printf(d->t->mem, "{\"result\":\"unsolved\",\"text\":\"%s\"}", CANARY).ptr;
    assert_int_equal(keeping_act(d, "followups", f, "recheck", json), 200);
    snprintf(path, sizeof path, "/followups/%lld/recheck", (long long)f);
    assert_false(has_todo(d, path));
    desk_same(keeping_is(d, "followups", f, "rechecks.0.text"), CANARY); /* his own */
    desk_as_staff(d);
    desk_same(keeping_is(d, "followups", f, "rechecks.0.result"), "unsolved");
    desk_same(keeping_is(d, "followups", f, "result"), ""); /* that is the office's to say */
    static void (*const BLIND[])(struct desk * d, size_t number) = { desk_as_operator,
                                                                     desk_as_agency_leader };
    static const char *const PAGES[] = { "/followups/", "/api/v1/followups/" };
    for (size_t i = 0; i < 2; i++) {
        BLIND[i](d, 0);
        for (size_t k = 0; k < 2; k++) {
            struct test_answer a = desk_page(d, PAGES[k], f, "");
            assert_int_equal(a.status, 200);
            assert_false(desk_has(&a, CANARY));
            assert_false(desk_has(&a, "unsolved"));
        }
        struct test_answer a = desk_page(d, "/proposals/", id, "");
        assert_false(desk_has(&a, CANARY));
        a = test_get(d->t, "/inbox");
        assert_false(desk_has(&a, "还没有解决"));
    }
    desk_as_dispatcher(d); /* of the same government as the agencies */
    struct test_answer a = desk_page(d, "/api/v1/followups/", f, "");
    assert_false(desk_has(&a, CANARY));
    desk_as_staff(d); /* who works for the agency reads it neither */
    d->actor->agency_id = d->agency[0];
    a = desk_page(d, "/api/v1/followups/", f, "");
    assert_false(desk_has(&a, CANARY));
    assert_int_equal(keeping_act(d, "followups", f, "record", found(d, "solved")), 403);
}

/* Whoever acts for the one who asked: his name stands, with a mark; an agency's own gives no word
 * in his name, and reads none, nor does it record one for the office. */
static void nobody_judges_his_own_on_a_delegation(void **state)
{
    static const char CANARY[] = "The bus came once and never again.";
    static const char SAID[] = "{\"result\":\"unsolved\",\"text\":\"The bus came once and never "
                               "again.\"}";
    struct desk *d = *state;
    i64 id = closed(d, "b"), f = keeping_followup(d, id, 0);
    desk_on_day(d, "2026-12-07");
    keeping_run_jobs(d);
    have_account(d, 901, 0, 0);
    have_account(d, 902, 0, d->agency[0]);
    have_account(d, 903, 0, d->agency[1]);
    desk_as_member(d, 0);
    d->actor->account_id = 777;
    d->actor->name = str_of("Clerk");
    d->actor->delegator_account_id = 300;
    d->actor->delegator_name = str_of("Li");
    d->actor->delegate_agency_id = d->agency[0];
    assert_int_equal(keeping_act(d, "followups", f, "recheck", SAID), 403);
    d->actor->delegate_agency_id = d->agency[1];
    assert_int_equal(keeping_act(d, "followups", f, "recheck", SAID), 200);
    assert_int_equal(told(d, 901, "Li"), 1);
    assert_int_equal(told(d, 902, "Li"), 0); /* staff, but one of Roads */
    assert_int_equal(told(d, 903, "Li"), 1);
    desk_same(keeping_is(d, "followups", f, "rechecks.0.text"), CANARY);
    d->actor->delegate_agency_id = d->agency[0];
    struct test_answer a = desk_page(d, "/api/v1/followups/", f, "");
    assert_int_equal(a.status, 200);
    assert_false(desk_has(&a, CANARY));
    desk_as_staff(d);
    desk_same(keeping_is(d, "followups", f, "rechecks.0.person_name"), "Li");
    desk_same(keeping_is(d, "followups", f, "rechecks.0.proxy"), "true");
    a = desk_page(d, "/followups/", f, "");
    assert_true(desk_has(&a, "代签"));
    d->actor->delegator_account_id = 110;
    d->actor->delegate_agency_id = d->agency[0];
    a = desk_page(d, "/api/v1/followups/", f, "");
    assert_false(desk_has(&a, CANARY));
    assert_int_equal(keeping_act(d, "followups", f, "record", found(d, "solved")), 403);
    d->actor->delegate_agency_id = 0;
    assert_int_equal(keeping_act(d, "followups", f, "record", found(d, "solved")), 200);
}

/* Wang's proposal was merged into Li's: what comes of it is his as well (rules.md 2.2). */
static void who_signs_a_merged_one_is_told_and_asked(void **state)
{
    struct desk *d = *state;
    i64 id = 0, main = 0;
    desk_on_day(d, "2026-06-10");
    main = desk_docketed(d, "A bus over the bridge");
    desk_as_member(d, 1);
    struct test_answer a = test_api(d->t, POST, "/api/v1/proposals", desk_text(d, "Bus, bridge"));
    assert_true(str_to_i64(test_json(d->t, &a, "id"), &id));
    assert_int_equal(desk_act(d, id, "submit", "{\"confirmed\":true}"), 200);
    desk_as_reviewer(d);
    assert_int_equal(desk_act(d, id, "merge",
                              arena_printf(d->t->mem, "{\"main_id\":%lld,\"opinion\":\"One.\"}",
                                           (long long)main)
                                  .ptr),
                     200);
    desk_assign(d, main);
    have_account(d, 301, d->person[1], 0);
    keeping_answer(d, main, "b", ONE);
    i64 p = keeping_promise(d, main, 0);
    desk_as_member(d, 1);
    desk_same(keeping_is(d, "promises", p, "state"), "made");
    a = test_get(d->t, "/api/v1/promises");
    desk_same(test_json(d->t, &a, "total"), "1");
    desk_as_operator(d, 0);
    assert_int_equal(
        keeping_act(d, "promises", p, "meet", "{\"opinion\":\"It runs since Monday.\"}"), 200);
    desk_as_staff(d);
    assert_int_equal(keeping_act(d, "promises", p, "confirm", "{}"), 200);
    assert_int_equal(told(d, 301, "兑现了承诺"), 1);
    i64 assignment = desk_assignment(d, main);
    char path[100];
    assert_int_equal(desk_evaluate(d, main, "satisfied"), 200);
    snprintf(path, sizeof path, "/api/v1/assignments/%lld/evaluate", (long long)assignment);
    desk_as_member(d, 1);
    a = test_api(d->t, POST, path,
                 test_versioned(d->t,
                                "{\"visit\":\"visited\",\"manner\":\"satisfied\",\"hearing\":"
                                "\"visit\",\"relevance\":\"direct\",\"handling\":\"satisfied\","
                                "\"result\":\"satisfied\",\"text\":\"Noted.\"}",
                                desk_assignment_version(d, assignment)));
    assert_int_equal(a.status, 200);
    desk_same(desk_load(d, main).state, "tracking");
    i64 f = keeping_followup(d, main, 0);
    desk_on_day(d, "2026-12-07");
    keeping_run_jobs(d);
    snprintf(path, sizeof path, "/followups/%lld/recheck", (long long)f);
    desk_as_member(d, 1);
    assert_true(has_todo(d, path));
    a = desk_page(d, "/proposals/", main, "");
    assert_true(desk_has(&a, arena_printf(d->t->mem, "/followups/%lld\"", (long long)f).ptr));
    assert_int_equal(keeping_act(d, "followups", f, "recheck", "{\"result\":\"solved\"}"), 200);
    desk_as_member(d, 2);
    desk_same(keeping_is(d, "promises", p, "state"), "not seen");
}

static void each_sees_what_is_his(void **state)
{
    struct desk *d = *state;
    i64 id = closed(d, "b"), f = keeping_followup(d, id, 0);
    desk_as_operator(d, 0);
    desk_same(keeping_is(d, "followups", f, "state"), "planned");
    assert_int_equal(keeping_act(d, "followups", f, "record", found(d, "solved")), 403);
    desk_as_operator(d, 1);
    desk_same(keeping_is(d, "followups", f, "state"), "not seen");
    desk_as_member(d, 1);
    desk_same(keeping_is(d, "followups", f, "state"), "not seen");
    desk_as_other_reviewer(d);
    desk_same(keeping_is(d, "followups", f, "state"), "not seen");
    assert_int_equal(keeping_act(d, "followups", f, "record", found(d, "solved")), 404);
    struct test_answer a = test_get(d->t, "/api/v1/followups");
    desk_same(test_json(d->t, &a, "total"), "0");
    desk_as_staff(d);
    a = desk_page(d, "/followups/", f, "");
    assert_true(desk_has(&a, "回头看：A bus line"));
    assert_int_equal(test_get(d->t, "/followups").status, 200);
    assert_true(test_has(&(struct test_answer){ .body = test_get(d->t, "/followups.csv").body },
                         "A bus line"));
}

/* ---- instructions ---- */

static void instructions_are_kept_and_may_be_hidden(void **state)
{
    static const char CANARY[] = "Build it before the rains.";
    struct desk *d = *state;
    i64 id = desk_assigned(d, "A bus line");
    char json[400];
    snprintf(json, sizeof json,
             "{\"leader\":\"Mayor Gao\",\"level\":\"city\",\"instructed_on\":\"2026-11-24\","
             "\"text\":\"%s\",\"to_agency\":\"%lld\",\"hidden\":true}",
             CANARY, (long long)d->agency[0]);
    desk_as_reviewer(d);
    assert_int_equal(desk_act(d, id, "instructions", json), 403);
    desk_as_staff(d);
    assert_int_equal(desk_act(d, id, "instructions",
                              "{\"leader\":\"Mayor Gao\",\"level\":\"moon\",\"instructed_on\":"
                              "\"2026-11-24\",\"text\":\"T\"}"),
                     422);
    assert_int_equal(desk_act(d, id, "instructions",
                              "{\"leader\":\"Mayor Gao\",\"level\":\"city\",\"instructed_on\":"
                              "\"2026-11-26\",\"text\":\"T\"}"),
                     422); /* tomorrow */
    assert_int_equal(desk_act(d, id, "instructions", json), 200);
    assert_int_equal(desk_page(d, "/proposals/", id, "/instructions").status, 200);
    struct test_answer a = desk_page(d, "/proposals/", id, "");
    assert_true(desk_has(&a, CANARY));
    desk_as_operator(d, 0); /* it is for them */
    a = desk_page(d, "/proposals/", id, "");
    assert_true(desk_has(&a, CANARY));
    a = test_get(d->t, "/inbox");
    desk_as_member(d, 0);
    a = desk_page(d, "/proposals/", id, "");
    assert_true(desk_has(&a, "Mayor Gao"));
    assert_false(desk_has(&a, CANARY));
    a = desk_page(d, "/api/v1/proposals/", id, "");
    assert_false(desk_has(&a, CANARY));
    desk_as_member(d, 1);
    a = desk_page(d, "/proposals/", id, "");
    assert_false(desk_has(&a, "Mayor Gao"));
    desk_as_other_reviewer(d); /* no agency has it there; nor is it there at all */
    assert_int_equal(desk_act(d, id, "instructions", json), 422);
    assert_int_equal(desk_act(d, id, "instructions",
                              "{\"leader\":\"Mayor Gao\",\"level\":\"city\",\"instructed_on\":"
                              "\"2026-11-24\",\"text\":\"T\"}"),
                     404);
    snprintf(json, sizeof json,
             "{\"leader\":\"Mayor Gao\",\"level\":\"city\",\"instructed_on\":\"2026-11-24\","
             "\"text\":\"T\",\"to_agency\":\"%lld\"}",
             (long long)d->agency[1]);
    desk_as_staff(d);
    assert_int_equal(desk_act(d, id, "instructions", json), 422); /* they do not have it */
    i64 waiting = desk_docketed(d, "Not handed out");
    desk_as_staff(d);
    assert_int_equal(desk_act(d, waiting, "instructions",
                              "{\"leader\":\"Mayor Gao\",\"level\":\"city\",\"instructed_on\":"
                              "\"2026-11-24\",\"text\":\"T\"}"),
                     409);
}

struct noting {
    struct desk *d;
    struct instruction_new wanted;
    i64 id;
};

static err note_in(struct rq *rq, void *context)
{
    struct noting *n = context;
    return instruction_record(rq, &n->wanted, &n->id);
}

static struct rows noted(struct rq *rq, const char *collection)
{
    struct rows rows;
    assert_int_equal(instruction_list_of(rq, collection, 7, &rows).code, ERR_NONE);
    return rows;
}

static void check_noted(const struct noting *n)
{
    struct rq rq = test_system_rq(n->d->t);
    struct rows rows = noted(&rq, "wishes");
    assert_int_equal(rows.count, 1);
    const struct instruction *one = rows.items;
    desk_same(one->matter, "wishes");
    desk_same(one->leader, "Mayor Gao");
    assert_int_equal(one->id, n->id);
    assert_int_equal(one->to_agency_id, n->d->agency[0]);
    desk_same(one->text, "Mend it.");
    /* another collection's matter of that number; the other organisation's */
    assert_int_equal(noted(&rq, "proposals").count, 0);
    db_set_org(rq.db, n->d->t->org + 1);
    assert_int_equal(noted(&rq, "wishes").count, 0);
    db_set_org(rq.db, n->d->t->org);
    struct actor nobody = { .org_id = n->d->t->org, .account_id = 77 };
    rq.actor = &nobody;
    rows = noted(&rq, "wishes");
    desk_same(((const struct instruction *)rows.items)->text, ""); /* hidden */
    nobody.agency_id = n->d->agency[0];                            /* it is for them */
    rows = noted(&rq, "wishes");
    desk_same(((const struct instruction *)rows.items)->text, "Mend it.");
}

/* Of any kind of matter; today is 2026-11-25. */
static void instructions_stand_on_any_matter(void **state)
{
    struct desk *d = *state;
    struct noting n = { .d = d,
                        .wanted = { .collection = "wishes",
                                    .matter_id = 7,
                                    .title = str_of("A lamp"),
                                    .url = str_of("/wishes/7"),
                                    .instructed_on = day_of_ms(d->t->app.clock.fixed_ms),
                                    .to_agency_id = d->agency[0],
                                    .hidden = true,
                                    .leader = str_of("Mayor Gao"),
                                    .level = str_of("city"),
                                    .text = str_of("Mend it.") } };
    assert_int_equal(test_write(d->t, note_in, &n).code, ERR_NONE);
    check_noted(&n);
    struct noting bad = n;
    bad.wanted.instructed_on++; /* to come */
    assert_int_equal(test_write(d->t, note_in, &bad).code, ERR_INVALID);
    bad = n;
    bad.wanted.level = str_of("moon");
    assert_int_equal(test_write(d->t, note_in, &bad).code, ERR_INVALID);
    bad = n;
    bad.wanted.to_agency_id = 999999;
    assert_int_equal(test_write(d->t, note_in, &bad).code, ERR_NOT_FOUND);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(classes_decide_what_follows, desk_setup, desk_teardown),
        cmocka_unit_test_setup_teardown(the_site_names_the_classes, desk_setup, desk_teardown),
        cmocka_unit_test_setup_teardown(the_office_plans_by_hand, desk_setup, desk_teardown),
        cmocka_unit_test_setup_teardown(what_is_found_stands_apart_from_the_class, desk_setup,
                                        desk_teardown),
        cmocka_unit_test_setup_teardown(fulfilled_when_all_has_ended, desk_setup, desk_teardown),
        cmocka_unit_test_setup_teardown(unsolved_is_looked_at_again, desk_setup, desk_teardown),
        cmocka_unit_test_setup_teardown(the_class_keeps_the_words_of_its_day, desk_setup,
                                        desk_teardown),
        cmocka_unit_test_setup_teardown(a_fulfilled_case_is_followed_again, desk_setup,
                                        desk_teardown),
        cmocka_unit_test_setup_teardown(the_last_look_is_the_last_that_was_held, desk_setup,
                                        desk_teardown),
        cmocka_unit_test_setup_teardown(nobody_judges_his_own_on_a_delegation, desk_setup,
                                        desk_teardown),
        cmocka_unit_test_setup_teardown(who_signs_a_merged_one_is_told_and_asked, desk_setup,
                                        desk_teardown),
        cmocka_unit_test_setup_teardown(b_becomes_a, desk_setup, desk_teardown),
        cmocka_unit_test_setup_teardown(who_asked_is_asked_again_blindly, desk_setup,
                                        desk_teardown),
        cmocka_unit_test_setup_teardown(each_sees_what_is_his, desk_setup, desk_teardown),
        cmocka_unit_test_setup_teardown(instructions_stand_on_any_matter, desk_setup,
                                        desk_teardown),
        cmocka_unit_test_setup_teardown(instructions_are_kept_and_may_be_hidden, desk_setup,
                                        desk_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
