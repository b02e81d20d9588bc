/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The desk by the front door: the queue with copies as one line, a key a letter, what is masked,
 * what is like it, what was guessed and decided, which unit handles such; a flood is one line that
 * can be taken back for a minute; the lane without proof apart; who may; the other organisation. */
#include "modules/guesses/guess.h"
#include "modules/proposals/tests/desk.h"
#include "modules/triage/triage.h"
#include "platform/jobs/jobs.h"

#define LAMP "凤翔街道的路灯坏了半个月，晚上走路看不见，孩子放学不安全"
#define PIPE "自来水管爆了三天没有人修，全村人都没有水喝，只能去河边挑水"

static err add(struct rq *rq, void *context)
{
    struct letter_new *in = context;
    i64 id;
    return letter_add(rq, in, &id);
}

static i64 came(struct desk *d, const char *lane, const char *body)
{
    struct letter_new in = { .kind = str_of("concern"),
                             .lane = str_of(lane),
                             .title = str_of(""),
                             .body = str_of(body),
                             .place = str_of(""),
                             .category = str_of(""),
                             .source = str_of(""),
                             .source_id = str_of(""),
                             .receipt_hash = str_of(""),
                             .notice = str_of("") };
    i64 id;
    assert_ok(test_write(d->t, add, &in));
    assert_ok(db_i64(d->t->db, SQL("SELECT MAX(id) FROM letters WHERE org_id = :org"), &id));
    return id;
}

static struct test_answer desk_of(struct desk *d, const char *query)
{
    struct test_answer a =
        test_api(d->t, GET, arena_printf(d->t->mem, "/api/v1/letters/desk%s", query).ptr, NULL);
    assert_int_equal(a.status, 200);
    return a;
}

static void is(struct desk *d, const char *query, const char *path, const char *wanted)
{
    struct test_answer a = desk_of(d, query);
    desk_same(test_json(d->t, &a, path), wanted);
}

static i64 version_of(struct desk *d, i64 id)
{
    i64 version;
    assert_ok(db_i64(d->t->db,
                     SQL("SELECT version FROM letters WHERE org_id = :org AND id = :id", P(id)),
                     &version));
    return version;
}

static str state_of(struct desk *d, i64 id)
{
    struct test_answer a = desk_of(d, arena_printf(d->t->mem, "?id=%lld", (long long)id).ptr);
    return test_json(d->t, &a, "letter.state");
}

/* A step with more fields; where it leads. */
static struct test_answer act(struct desk *d, i64 id, const char *verb, const char *field,
                              const char *value)
{
    return test_post(d->t, "/letters/desk", "id",
                     arena_printf(d->t->mem, "%lld", (long long)id).ptr, "version",
                     arena_printf(d->t->mem, "%lld", (long long)version_of(d, id)).ptr, "verb",
                     verb, "kind", "concern", field, value, NULL);
}

static void copies_are_one_line_and_the_oldest_comes_first(void **state)
{
    struct desk *d = *state;
    desk_as_staff(d);
    i64 lamp = came(d, "proved", LAMP);
    d->t->app.clock.fixed_ms += 60000;
    came(d, "proved", PIPE);
    came(d, "proved", LAMP "！！！谢谢");
    came(d, "unproved", LAMP);
    is(d, "", "waiting", "3");
    is(d, "", "apart_waiting", "1");
    is(d, "", "items.0.copies", "2");
    is(d, "", "items.1.copies", "1");
    is(d, "", "items.2.id", "");
    is(d, "", "letter.id", arena_printf(d->t->mem, "%lld", (long long)lamp).ptr);
    is(d, "", "letter.copies", "2");
    is(d, "?apart=1", "items.0.copies", "1");
    is(d, "?apart=1", "items.1.id", "");
}

static void a_key_a_letter_and_on_to_the_next(void **state)
{
    struct desk *d = *state;
    desk_as_staff(d);
    i64 lamp = came(d, "proved", LAMP);
    d->t->app.clock.fixed_ms += 60000;
    i64 pipe = came(d, "proved", PIPE);
    struct test_answer a = test_get(d->t, "/letters/desk");
    assert_true(desk_has(&a, "aria-keyshortcuts=\"1\"") && desk_has(&a, "/assets/desk"));
    a = act(d, lamp, "triage", "category", "utilities");
    assert_int_equal(a.status, 303);
    desk_same(a.location, arena_printf(d->t->mem, "/letters/desk?id=%lld", (long long)pipe).ptr);
    desk_same(state_of(d, lamp), "triaged");
    is(d, "", "waiting", "1");
    a = act(d, pipe, "route", "opinion", "请到信访局。");
    assert_int_equal(a.status, 303);
    desk_same(a.location, "/letters/desk");
    desk_same(state_of(d, pipe), "routed");
    is(d, "", "waiting", "0");
    a = test_get(d->t, "/letters/desk");
    assert_int_equal(a.status, 200);
    assert_true(desk_has(&a, "没有等着的来信"));
}

static void what_is_missing_is_told_and_what_was_typed_stays(void **state)
{
    struct desk *d = *state;
    desk_as_staff(d);
    i64 lamp = came(d, "proved", LAMP);
    struct test_answer a = act(d, lamp, "triage", "masked_body", "路灯坏了，请修");
    assert_int_equal(a.status, 422);
    assert_true(desk_has(&a, "请选一个类别") && desk_has(&a, "路灯坏了，请修"));
    assert_int_equal(act(d, lamp, "dismiss", "opinion", "x").status, 422);
    assert_int_equal(act(d, lamp, "route", "opinion", "x").status, 422);
    desk_same(state_of(d, lamp), "received");
    assert_int_equal(act(d, lamp, "ask", "opinion", "是哪条路？").status, 303);
    desk_same(state_of(d, lamp), "received"); /* it waits for the sender's word */
    d->t->app.clock.fixed_ms += 60000;
    i64 pipe = came(d, "proved", PIPE);
    a = act(d, lamp, "ask", "opinion", "是哪条路？");
    desk_same(a.location, arena_printf(d->t->mem, "/letters/desk?id=%lld", (long long)pipe).ptr);
    a = test_post(d->t, "/letters/desk", "id", arena_printf(d->t->mem, "%lld", (long long)lamp).ptr,
                  "version", "99", "verb", "triage", "kind", "concern", "category", "roads", NULL);
    assert_int_equal(a.status, 409);
}

static void one_that_says_the_same_is_attached(void **state)
{
    struct desk *d = *state;
    desk_as_staff(d);
    i64 lead = came(d, "proved", LAMP);
    d->t->app.clock.fixed_ms += 60000;
    i64 id = came(d, "proved", "凤翔街道的路灯坏了半个月，晚上走路看不见，老人不敢出门");
    const char *number = arena_printf(d->t->mem, "%lld", (long long)lead).ptr;
    const char *here = arena_printf(d->t->mem, "/letters/desk?id=%lld", (long long)id).ptr;
    struct test_answer a = test_get(d->t, here);
    assert_true(desk_has(&a, "并入这件") && desk_has(&a, "aria-keyshortcuts=\"A\""));
    assert_true(desk_has(&a, arena_printf(d->t->mem, "name=\"lead_id\" value=\"%s\"", number).ptr));
    a = act(d, id, "attach", "masked_body", "");
    assert_int_equal(a.status, 422);
    assert_true(desk_has(&a, "请先选要并入哪一件来信"));
    assert_int_equal(act(d, id, "attach", "lead_id", "999999").status, 422);
    desk_same(state_of(d, id), "received");
    a = act(d, id, "attach", "lead_id", number);
    assert_int_equal(a.status, 303);
    desk_same(a.location, arena_printf(d->t->mem, "/letters/desk?id=%s", number).ptr);
    desk_same(state_of(d, id), "triaged");
    is(d, "", "waiting", "1");
    i64 lead_id;
    assert_ok(db_i64(d->t->db,
                     SQL("SELECT lead_id FROM letters WHERE org_id = :org AND id = :id", P(id)),
                     &lead_id));
    assert_int_equal(lead_id, lead);
}

static void who_wrote_it_is_hidden_from_units(void **state)
{
    struct desk *d = *state;
    desk_as_staff(d);
    i64 id = came(d, "proved", "我叫李四，电话13808831234，路灯坏了");
    is(d, "", "letter.masked", "2");
    is(d, "", "letter.masked_body", "我叫（姓名略），电话（电话略），路灯坏了");
    struct test_answer a = test_get(d->t, "/letters/desk");
    assert_true(desk_has(&a, "<mark>李四</mark>"));
    a = act(d, id, "triage", "category", "utilities");
    assert_int_equal(a.status, 303);
    is(d, arena_printf(d->t->mem, "?id=%lld", (long long)id).ptr, "letter.masked_body",
       "我叫（姓名略），电话（电话略），路灯坏了");
}

static void a_flood_is_one_line_that_can_be_taken_back(void **state)
{
    enum { FLOOD = 120 };
    struct desk *d = *state;
    i64 id = 0;
    desk_as_staff(d);
    for (int i = 0; i < FLOOD; i++)
        id = came(d, "unproved", arena_printf(d->t->mem, LAMP "，第%d次说", i).ptr);
    is(d, "?apart=1", "items.0.copies", "120");
    is(d, "?apart=1", "many.0.copies", "120");
    const char *one = arena_printf(d->t->mem, "%lld", (long long)id).ptr;
    struct test_answer a = test_post(d->t, "/letters/desk", "id", one, "version", "1", "verb",
                                     "dismiss", "reason", "spam", "whole", "1", "apart", "1", NULL);
    assert_int_equal(a.status, 303);
    is(d, "?apart=1", "apart_waiting", "0");
    assert_ok(jobs_run_due(&d->t->app, d->t->app.clock.fixed_ms, NULL));
    desk_same(state_of(d, id), "received"); /* not for a minute */
    i64 first;
    assert_ok(db_i64(d->t->db, SQL("SELECT MIN(id) FROM letters WHERE org_id = :org"), &first));
    const char *group = arena_printf(d->t->mem, "%lld", (long long)first).ptr;
    a = test_post(d->t, "/letters/desk/undo", "id", group, "apart", "1", NULL);
    assert_int_equal(a.status, 303);
    d->t->app.clock.fixed_ms += 120000;
    assert_ok(jobs_run_due(&d->t->app, d->t->app.clock.fixed_ms, NULL));
    is(d, "?apart=1", "apart_waiting", "120");
    a = test_post(d->t, "/letters/desk", "id", one, "version", "1", "verb", "dismiss", "reason",
                  "spam", "whole", "1", "apart", "1", NULL);
    assert_int_equal(a.status, 303);
    d->t->app.clock.fixed_ms += 61000;
    assert_ok(jobs_run_due(&d->t->app, d->t->app.clock.fixed_ms, NULL));
    desk_same(state_of(d, id), "closed");
    desk_same(state_of(d, first), "closed");
    is(d, "?apart=1", "apart_waiting", "0");
    assert_int_equal(test_post(d->t, "/letters/desk/undo", "id", group, NULL).status, 409);
    came(d, "unproved", LAMP); /* one that comes later is looked at again */
    is(d, "?apart=1", "apart_waiting", "1");
}

static struct test_answer undo_one(struct desk *d, i64 id)
{
    return test_post(d->t, "/letters/desk/undo", "id",
                     arena_printf(d->t->mem, "%lld", (long long)id).ptr, "one", "1", NULL);
}

static i64 clocks_of(struct desk *d, i64 id)
{
    i64 count;
    assert_ok(db_i64(d->t->db,
                     SQL("SELECT COUNT(*) FROM clocks WHERE org_id = :org AND flow = 'letters' AND "
                         "subject_id = :id AND name = 'triage' AND stopped_at = 0",
                         P(id)),
                     &count));
    return count;
}

static void one_that_was_dismissed_by_a_slip_comes_back(void **state)
{
    struct desk *d = *state;
    desk_as_staff(d);
    i64 lamp = came(d, "proved", LAMP);
    came(d, "proved", LAMP "！！！谢谢");
    const char *number = arena_printf(d->t->mem, "%lld", (long long)lamp).ptr;
    const char *page = arena_printf(d->t->mem, "/letters/%lld", (long long)lamp).ptr;
    assert_int_equal(undo_one(d, lamp).status, 409); /* nothing was done */
    assert_int_equal(act(d, lamp, "dismiss", "reason", "spam").status, 303);
    desk_same(state_of(d, lamp), "closed");
    assert_int_equal(clocks_of(d, lamp), 0);
    is(d, "", "waiting", "1");
    is(d, "", "dismissed.0.id", number);
    is(d, "", "dismissed.0.seconds", "60");
    struct test_answer a = test_get(d->t, "/letters/desk");
    assert_true(desk_has(&a, "点错了") && desk_has(&a, "aria-keyshortcuts=\"U\""));
    i64 account_id = d->actor->account_id;
    d->actor->account_id = account_id + 1; /* a colleague */
    is(d, "", "dismissed.0.id", "");
    a = undo_one(d, lamp);
    assert_int_equal(a.status, 409);
    d->actor->account_id = account_id;
    d->t->app.clock.fixed_ms += 59000;
    a = undo_one(d, lamp);
    assert_int_equal(a.status, 303);
    desk_same(a.location, arena_printf(d->t->mem, "/letters/desk?id=%s", number).ptr);
    desk_same(state_of(d, lamp), "received");
    assert_int_equal(clocks_of(d, lamp), 1);
    is(d, "", "waiting", "2");
    is(d, "", "items.0.copies", "2");
    is(d, "", "dismissed.0.id", "");
    came(d, "proved", LAMP "！"); /* copies of it are found again */
    is(d, "", "items.0.copies", "3");
    a = test_get(d->t, page);
    assert_true(desk_has(&a, "撤销不办理"));
    assert_int_equal(undo_one(d, lamp).status, 409);
    /* a sorted one comes back as sorted; later is too late */
    assert_int_equal(act(d, lamp, "triage", "category", "roads").status, 303);
    assert_int_equal(act(d, lamp, "dismiss", "reason", "spam").status, 303);
    assert_int_equal(undo_one(d, lamp).status, 303);
    desk_same(state_of(d, lamp), "triaged");
    is(d, "", "waiting", "2");
    assert_int_equal(act(d, lamp, "dismiss", "reason", "spam").status, 303);
    d->t->app.clock.fixed_ms += 60000;
    is(d, "", "dismissed.0.id", "");
    assert_int_equal(undo_one(d, lamp).status, 409);
    desk_same(state_of(d, lamp), "closed");
}

static void what_was_decided_is_guessed(void **state)
{
    struct desk *d = *state;
    desk_as_staff(d);
    for (int i = 0; i < 16; i++) {
        const char *n = arena_printf(d->t->mem, "第%d处：", i).ptr;
        i64 id = came(d, "proved", arena_printf(d->t->mem, "%s" LAMP "%d", n, i * 7919).ptr);
        assert_int_equal(act(d, id, "triage", "category", "roads").status, 303);
        id = came(d, "proved", arena_printf(d->t->mem, "%s" PIPE "%d", n, i * 7919).ptr);
        assert_int_equal(act(d, id, "triage", "category", "utilities").status, 303);
    }
    d->t->app.clock.fixed_ms += 3600000;
    assert_ok(jobs_run_due(&d->t->app, d->t->app.clock.fixed_ms, NULL));
    i64 id = came(d, "proved", "村里的自来水管又爆了，没有水喝");
    is(d, "", "letter.guesses.0.category", "utilities");
    struct test_answer a = test_get(d->t, "/letters/desk");
    assert_true(desk_has(&a, "因为写到"));
    assert_int_equal(act(d, id, "triage", "category", "utilities").status, 303);
    a = test_api(d->t, GET, "/api/v1/guesses", NULL);
    desk_same(test_json(d->t, &a, "items.1.question"), "letters.category");
    desk_same(test_json(d->t, &a, "items.1.seen"), "1");
    desk_same(test_json(d->t, &a, "items.1.right"), "1");
}

/* ---- the unit that handles such letters ---- */

struct answered {
    i64 id, agency_id;
    const char *category, *county;
};

static err answered_in(struct rq *rq, void *context)
{
    const struct answered *a = context;
    i64 id = a->id, agency_id = a->agency_id, at = rq->now_ms;
    str category = str_of(a->category), county = str_of(a->county);
    return db_run(rq->db,
                  SQL("UPDATE letters SET state = 'closed', category = :category, county = "
                      ":county, triaged_at = :at, assigned_at = :at, first_replied_at = :at, "
                      "agency_id = :agency_id, first_agency_id = :agency_id WHERE org_id = :org "
                      "AND id = :id",
                      P(category), P(county), P(at), P(agency_id), P(id)),
                  NULL);
}

/* Some letters of a category that a unit has answered today. */
static void answered(struct desk *d, int count, const char *category, const char *county,
                     size_t agency)
{
    for (int i = 0; i < count; i++) {
        struct answered a = { came(d, "import", "修过的"), d->agency[agency], category, county };
        assert_ok(test_write(d->t, answered_in, &a));
    }
}

static const char *number(struct desk *d, i64 n)
{
    return arena_printf(d->t->mem, "%lld", (long long)n).ptr;
}

static const char *query(struct desk *d, i64 id)
{
    return arena_printf(d->t->mem, "?id=%lld", (long long)id).ptr;
}

static void the_unit_that_handles_such_letters_is_suggested(void **state)
{
    struct desk *d = *state;
    desk_as_staff(d);
    i64 lamp = came(d, "proved", LAMP), pipe = came(d, "proved", PIPE);
    answered(d, 2, "utilities", "", 0);
    assert_int_equal(act(d, lamp, "triage", "category", "utilities").status, 303);
    is(d, query(d, lamp), "letter.agencies.0.agency_id", ""); /* two are too few */
    answered(d, 2, "utilities", "", 0);
    answered(d, 1, "utilities", "", 1);
    answered(d, 9, "roads", "", 1);
    is(d, query(d, pipe), "letter.agencies.0.agency_id", ""); /* of which kind is not known */
    is(d, query(d, lamp), "letter.agency_category", "utilities");
    is(d, query(d, lamp), "letter.agencies.0.agency_id", number(d, d->agency[0]));
    is(d, query(d, lamp), "letter.agencies.0.hits", "4");
    is(d, query(d, lamp), "letter.agencies.0.sum", "5");
    is(d, query(d, lamp), "letter.agencies.0.because", "同类来信近一年 5 件中 4 件交Roads办理");
    is(d, query(d, lamp), "letter.agencies.1.degree", "20");
    struct test_answer a = desk_page(d, "/letters/desk?id=", lamp, "");
    assert_true(desk_has(&a, "aria-keyshortcuts=\"G\"") && desk_has(&a, "交Roads办理"));
    a = desk_page(d, "/letters/", lamp, "/assign");
    assert_true(desk_has(&a, "同类来信交给谁") && desk_has(&a, "5 件中 4 件"));
    a = desk_page(d, "/api/v1/letters/", lamp, "");
    desk_same(test_json(d->t, &a, "agencies.0.agency_id"), number(d, d->agency[0]));
}

static struct test_answer handed(struct desk *d, i64 id, i64 host_id)
{
    return test_post(d->t, "/letters/desk", "id", number(d, id), "version",
                     number(d, version_of(d, id)), "verb", "triage", "kind", "concern",
                     "masked_body", "路灯坏了", "host_category", "utilities", "host_id",
                     number(d, host_id), NULL);
}

static err retold(struct rq *rq, void *context)
{
    const struct answered *a = context;
    struct letter l;
    TRY(letter_find_house(rq, a->id, &l));
    l.agency_id = a->agency_id;
    return letter_update(rq, &l);
}

static void a_key_sorts_and_hands_out(void **state)
{
    struct desk *d = *state;
    desk_as_staff(d);
    i64 lamp = came(d, "proved", LAMP), pipe = came(d, "proved", PIPE);
    answered(d, 4, "utilities", "", 0);
    struct test_answer a = handed(d, lamp, 999999);
    assert_int_equal(a.status, 422);
    assert_true(desk_has(&a, "路灯坏了"));
    desk_same(state_of(d, lamp), "received"); /* neither of both is done */
    a = handed(d, lamp, d->agency[0]);
    assert_int_equal(a.status, 303);
    desk_same(a.location, arena_printf(d->t->mem, "/letters/desk?id=%lld", (long long)pipe).ptr);
    desk_same(state_of(d, lamp), "assigned");
    assert_int_equal(handed(d, pipe, d->agency[1]).status, 303);
    a = test_api(d->t, GET, "/api/v1/guesses", NULL);
    desk_same(test_json(d->t, &a, "items.2.question"), "letters.agency");
    desk_same(test_json(d->t, &a, "items.2.seen"), "2");
    desk_same(test_json(d->t, &a, "items.2.right"), "1");
    assert_ok(test_write(d->t, retold, &(struct answered){ pipe, d->agency[0], "", "" }));
    a = test_api(d->t, GET, "/api/v1/guesses", NULL);
    desk_same(test_json(d->t, &a, "items.2.right"), "2"); /* that unit handles it in the end */
    a = test_get(d->t, "/guesses");
    assert_true(desk_has(&a, "来信的承办单位") && desk_has(&a, "Roads"));
}

static void its_county_counts_and_whom_it_complains_about_does_not(void **state)
{
    struct desk *d = *state;
    desk_as_staff(d);
    i64 lamp = came(d, "proved", LAMP);
    i64 cross = came(d, "proved", "去年就反映过。我要投诉Roads，互相推诿，路灯一直不修。");
    i64 plain = came(d, "proved", "请Roads来修路灯。小区里没有人管，我投诉过物业。");
    assert_int_equal(act(d, cross, "triage", "category", "utilities").status, 303);
    assert_int_equal(act(d, plain, "triage", "category", "utilities").status, 303);
    answered(d, 5, "utilities", "", 0);
    answered(d, 3, "utilities", "临翔区", 1);
    is(d, query(d, cross), "letter.spared", "Roads");
    is(d, query(d, cross), "letter.agencies.0.agency_id", number(d, d->agency[1]));
    is(d, query(d, cross), "letter.agencies.0.because", "同类来信近一年 8 件中 3 件交Health办理");
    struct test_answer a = desk_page(d, "/letters/desk?id=", cross, "");
    assert_true(desk_has(&a, "来信像是在投诉Roads"));
    is(d, query(d, plain), "letter.spared", "");
    is(d, query(d, plain), "letter.agencies.0.agency_id", number(d, d->agency[0]));
    struct answered of = { lamp, 0, "utilities", "临翔区" };
    assert_ok(test_write(d->t, answered_in, &of));
    assert_ok(db_run(d->t->db,
                     SQL("UPDATE letters SET state = 'triaged', first_replied_at = 0 WHERE org_id "
                         "= :org AND id = :lamp",
                         P(lamp)),
                     NULL));
    is(d, query(d, lamp), "letter.agencies.0.agency_id", number(d, d->agency[1]));
    is(d, query(d, lamp), "letter.agencies.0.because",
       "临翔区同类来信近一年 3 件中 3 件交Health办理");
}

static void only_who_triages_finds_the_desk(void **state)
{
    struct desk *d = *state;
    desk_as_staff(d);
    i64 id = came(d, "proved", LAMP);
    desk_as_dispatcher(d);
    assert_int_equal(test_get(d->t, "/letters/desk").status, 403);
    desk_as_member(d, 0);
    assert_int_equal(test_get(d->t, "/letters/desk").status, 403);
    desk_as_staff(d);
    d->actor->org_id = OTHER_ORG;
    assert_int_equal(
        test_get(d->t, arena_printf(d->t->mem, "/letters/desk?id=%lld", (long long)id).ptr).status,
        404);
    is(d, "", "waiting", "0");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(copies_are_one_line_and_the_oldest_comes_first, desk_setup,
                                        desk_teardown),
        cmocka_unit_test_setup_teardown(a_key_a_letter_and_on_to_the_next, desk_setup,
                                        desk_teardown),
        cmocka_unit_test_setup_teardown(what_is_missing_is_told_and_what_was_typed_stays,
                                        desk_setup, desk_teardown),
        cmocka_unit_test_setup_teardown(one_that_says_the_same_is_attached, desk_setup,
                                        desk_teardown),
        cmocka_unit_test_setup_teardown(who_wrote_it_is_hidden_from_units, desk_setup,
                                        desk_teardown),
        cmocka_unit_test_setup_teardown(one_that_was_dismissed_by_a_slip_comes_back, desk_setup,
                                        desk_teardown),
        cmocka_unit_test_setup_teardown(a_flood_is_one_line_that_can_be_taken_back, desk_setup,
                                        desk_teardown),
        cmocka_unit_test_setup_teardown(what_was_decided_is_guessed, desk_setup, desk_teardown),
        cmocka_unit_test_setup_teardown(the_unit_that_handles_such_letters_is_suggested, desk_setup,
                                        desk_teardown),
        cmocka_unit_test_setup_teardown(a_key_sorts_and_hands_out, desk_setup, desk_teardown),
        cmocka_unit_test_setup_teardown(its_county_counts_and_whom_it_complains_about_does_not,
                                        desk_setup, desk_teardown),
        cmocka_unit_test_setup_teardown(only_who_triages_finds_the_desk, desk_setup, desk_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
