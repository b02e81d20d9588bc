/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Key proposals from nomination to result, who may do and see what, withdrawn ones, two people at
 * once; excellent ones with their shares; the other organisation. Expectations: README.md,
 * rules.md 2.7. */
#include "modules/flagships/flagship_store.h"
#include "modules/proposals/tests/desk.h"
#include "platform/settings/settings.h"

static const char CHOOSE[] = "{\"champion_name\":\"Sun\",\"champion_post\":\"Chair\",\"meeting\":"
                             "\"Twelfth\",\"decided_on\":\"2026-11-20\"}";
static const char PLAN[] = "{\"plan_form\":\"visit\",\"plan_on\":\"2026-12-10\",\"plan_who\":"
                           "\"Li, Roads\",\"plan\":\"See the bridge together.\"}";
static const char RECORD[] = "{\"kind\":\"research\",\"held_on\":\"2026-11-24\",\"text\":"
                             "\"Counted buses at the bridge.\"}";
static const char FINISH[] = "{\"finished_on\":\"2026-11-25\",\"result\":\"The line runs now.\"}";

static struct test_answer nominate(struct desk *d, i64 proposal)
{
    str path = arena_printf(d->t->mem, "/api/v1/proposals/%lld/flagships", (long long)proposal);
    return test_api(d->t, POST, path.ptr, "{\"grounds\":\"The whole town waits for it.\"}");
}

static i64 nominated(struct desk *d, i64 proposal)
{
    i64 id = 0;
    struct test_answer a = nominate(d, proposal);
    if (a.status != 201)
        fail_msg("nominate: %d %.*s", a.status, (int)a.body.len, a.body.ptr);
    assert_true(str_to_i64(test_json(d->t, &a, "id"), &id));
    return id;
}

static int step(struct desk *d, const char *flow, i64 id, const char *verb, const char *json)
{
    str one = arena_printf(d->t->mem, "/api/v1/%s/%lld", flow, (long long)id);
    struct test_answer a = test_get(d->t, one.ptr);
    i64 version = 1;
    if (a.status == 200)
        assert_true(str_to_i64(test_json(d->t, &a, "version"), &version));
    a = test_api(d->t, POST, arena_printf(d->t->mem, "%s/%s", one.ptr, verb).ptr,
                 test_versioned(d->t, json ? json : "{}", version));
    return a.status;
}

static str is(struct desk *d, i64 id, const char *member)
{
    str path = arena_printf(d->t->mem, "/api/v1/flagships/%lld", (long long)id);
    struct test_answer a = test_get(d->t, path.ptr);
    assert_int_equal(a.status, 200);
    return test_json(d->t, &a, member);
}

static void as_chief(struct desk *d)
{
    struct actor *actor = test_as_role(d->t, "leader");
    actor->account_id = 130;
    actor->person_id = 0;
    d->actor = actor;
}

static void from_nomination_to_result(void **state)
{
    struct desk *d = *state;
    i64 p = desk_docketed(d, "A line over the bridge");
    desk_as_staff(d);
    i64 id = nominated(d, p);
    assert_int_equal(nominate(d, p).status, 409); /* once */
    assert_false(desk_load(d, p).flagship);
    assert_int_equal(step(d, "flagships", id, "choose", CHOOSE),
                     403); /* staff records, not chooses */
    desk_as_reviewer(d);
    assert_int_equal(step(d, "flagships", id, "plan", PLAN), 409);
    assert_int_equal(step(d, "flagships", id, "choose",
                          "{\"champion_name\":\"Sun\",\"champion_post\":\"Chair\",\"meeting\":"
                          "\"Twelfth\",\"decided_on\":\"2026-11-26\"}"),
                     422); /* tomorrow */
    assert_int_equal(step(d, "flagships", id, "choose", CHOOSE), 200);
    assert_true(desk_load(d, p).flagship);
    desk_same(is(d, id, "state"), "chosen");
    desk_as_staff(d);
    assert_int_equal(step(d, "flagships", id, "plan", PLAN), 200);
    assert_int_equal(step(d, "flagships", id, "approve", NULL), 403);
    as_chief(d);
    assert_int_equal(step(d, "flagships", id, "supplement", "{\"opinion\":\"Ask the drivers.\"}"),
                     200);
    desk_same(is(d, id, "state"), "chosen");
    desk_as_staff(d);
    assert_int_equal(step(d, "flagships", id, "plan", PLAN), 200);
    as_chief(d);
    assert_int_equal(step(d, "flagships", id, "approve", NULL), 200);
    desk_same(is(d, id, "state"), "running");
    desk_as_staff(d);
    assert_int_equal(step(d, "flagships", id, "record", RECORD), 200);
    assert_int_equal(step(d, "flagships", id, "finish", FINISH), 200);
    desk_same(is(d, id, "state"), "finished");
    desk_same(is(d, id, "events.0.text"), "Counted buses at the bridge.");
    desk_same(is(d, id, "result"), "The line runs now.");
    assert_true(desk_load(d, p).flagship); /* it stays a key one */
    struct test_answer a = desk_page(d, "/flagships/", id, "");
    assert_true(desk_has(&a, "Counted buses") && desk_has(&a, "Twelfth"));
}

static void the_champion_approves_himself(void **state)
{
    struct desk *d = *state;
    i64 p = desk_docketed(d, "A line over the bridge");
    desk_as_reviewer(d);
    i64 id = nominated(d, p);
    assert_int_equal(step(d, "flagships", id, "choose",
                          "{\"champion_name\":\"Wang\",\"champion_post\":\"Vice\",\"meeting\":"
                          "\"Twelfth\",\"decided_on\":\"2026-11-20\"}"),
                     200);
    assert_int_equal(step(d, "flagships", id, "plan", PLAN), 200);
    desk_as_member(d, 0); /* its proposer does not */
    assert_int_equal(step(d, "flagships", id, "approve", NULL), 403);
    desk_as_member(d, 2);
    assert_int_equal(step(d, "flagships", id, "approve", NULL), 403);
    desk_as_member(d, 1);
    i64 champion = d->actor->person_id, todos = 0;
    assert_ok(db_i64(d->t->db,
                     SQL("SELECT COUNT(*) FROM todos WHERE org_id = :org AND flow = 'flagships' "
                         "AND subject_id = :id AND verb = 'approve' AND holder = 'person' AND "
                         "holder_id = :champion",
                         P(id), P(champion)),
                     &todos));
    assert_int_equal(todos, 1);
    assert_int_equal(step(d, "flagships", id, "approve", NULL), 200);
    desk_as_staff(d);
    desk_same(is(d, id, "state"), "running");
}

static void who_sees_what(void **state)
{
    struct desk *d = *state;
    i64 p = desk_assigned(d, "A line over the bridge"), other = desk_docketed(d, "Another");
    desk_as_reviewer(d);
    i64 id = nominated(d, p), second = nominated(d, other);
    desk_as_member(d, 0);
    assert_int_equal(desk_page(d, "/flagships/", id, "").status, 404); /* only nominated */
    struct test_answer a = desk_page(d, "/proposals/", p, "");
    assert_false(desk_has(&a, "推荐为重点提案"));
    desk_as_operator(d, 0);
    assert_int_equal(desk_page(d, "/flagships/", id, "").status, 404);
    desk_as_reviewer(d);
    assert_int_equal(step(d, "flagships", id, "choose", CHOOSE), 200);
    assert_int_equal(step(d, "flagships", second, "decline", "{\"opinion\":\"Too small.\"}"), 200);
    desk_as_member(d, 1);
    assert_int_equal(desk_page(d, "/flagships/", id, "").status, 200);
    assert_int_equal(desk_page(d, "/flagships/", second, "").status, 404);
    a = test_get(d->t, "/flagships");
    assert_true(desk_has(&a, "A line over the bridge"));
    assert_false(desk_has(&a, "Another"));
    a = desk_page(d, "/proposals/", p, "");
    assert_true(desk_has(&a, "领衔督办"));
    desk_as_operator(d, 0);
    assert_int_equal(desk_page(d, "/flagships/", id, "").status, 200);
    desk_as_operator(d, 1); /* another agency: not its case */
    assert_int_equal(desk_page(d, "/flagships/", id, "").status, 404);
    a = test_get(d->t, "/flagships");
    assert_false(desk_has(&a, "A line over the bridge"));
    desk_as_reviewer(d);
    assert_int_equal(desk_act(d, p, "mark", "{\"confidential\":true,\"opinion\":\"Secret.\"}"),
                     200);
    desk_as_member(d, 1);
    assert_int_equal(desk_page(d, "/flagships/", id, "").status, 404);
    desk_as_other_reviewer(d);
    assert_int_equal(desk_page(d, "/flagships/", id, "").status, 404);
    assert_int_equal(step(d, "flagships", id, "plan", PLAN), 404);
    assert_int_equal(nominate(d, p).status, 404);
    a = test_get(d->t, "/flagships");
    assert_false(desk_has(&a, "A line over the bridge"));
}

static void withdrawn_it_is_none_any_more(void **state)
{
    struct desk *d = *state;
    i64 p = desk_docketed(d, "A line over the bridge");
    desk_as_reviewer(d);
    i64 id = nominated(d, p);
    assert_int_equal(step(d, "flagships", id, "choose", CHOOSE), 200);
    desk_as_member(d, 0);
    assert_int_equal(desk_act(d, p, "ask_withdraw", "{\"opinion\":\"It is built.\"}"), 200);
    desk_as_reviewer(d);
    assert_int_equal(desk_act(d, p, "withdraw", "{\"opinion\":\"Agreed.\"}"), 200);
    assert_false(desk_load(d, p).flagship);
    desk_same(is(d, id, "state"), "declined");
    assert_int_equal(nominate(d, p).status, 409); /* flagships.not_open */
}

/* Both have read the same version; the second is told. */
static void two_at_once(void **state)
{
    struct desk *d = *state;
    i64 p = desk_docketed(d, "A line over the bridge");
    desk_as_reviewer(d);
    i64 id = nominated(d, p);
    str path = arena_printf(d->t->mem, "/api/v1/flagships/%lld/choose", (long long)id);
    assert_int_equal(test_api(d->t, POST, path.ptr, test_versioned(d->t, CHOOSE, 1)).status, 200);
    as_chief(d);
    assert_int_equal(test_api(d->t, POST, path.ptr, test_versioned(d->t, CHOOSE, 1)).status, 409);
    path = arena_printf(d->t->mem, "/api/v1/flagships/%lld/decline", (long long)id);
    assert_int_equal(test_api(d->t, POST, path.ptr,
                              test_versioned(d->t, "{\"opinion\":\"Too small.\"}", 1))
                         .status,
                     409);
}

static err fifty(struct rq *rq, void *context)
{
    (void)context;
    return setting_store(rq, "flagships.commend_permille", str_of("500"), rq->today);
}

static str commended(struct desk *d, const char *member)
{
    struct test_answer a = test_get(d->t, "/api/v1/commendations");
    assert_int_equal(a.status, 200);
    return test_json(d->t, &a, member);
}

static void excellent_ones_and_their_share(void **state)
{
    struct desk *d = *state;
    i64 closed = desk_closed(d, "A line over the bridge"), open = desk_docketed(d, "Another"),
        id = 0;
    desk_docketed(d, "A third");
    assert_ok(test_write(d->t, fifty, NULL)); /* 3 × 500 ‰ = 1.5: about 2 */
    desk_as_staff(d);
    const char *json = "{\"nominator\":\"Roads\",\"grounds\":\"Right and useful.\"}";
    str path = arena_printf(d->t->mem, "/api/v1/proposals/%lld/commendations", (long long)open);
    assert_int_equal(test_api(d->t, POST, path.ptr, json).status, 409);
    path = arena_printf(d->t->mem, "/api/v1/proposals/%lld/commendations", (long long)closed);
    struct test_answer a = test_api(d->t, POST, path.ptr, json);
    assert_int_equal(a.status, 201);
    assert_true(str_to_i64(test_json(d->t, &a, "id"), &id));
    assert_int_equal(test_api(d->t, POST, path.ptr, json).status, 409);
    assert_int_equal(step(d, "commendations", id, "choose", "{\"decided_on\":\"2026-11-20\"}"),
                     403);
    desk_as_member(d, 0);
    assert_int_equal(desk_page(d, "/commendations/", id, "").status, 404);
    desk_as_reviewer(d);
    desk_same(commended(d, "docketed"), "3");
    desk_same(commended(d, "wanted"), "2");
    desk_same(commended(d, "commended"), "0");
    assert_int_equal(step(d, "commendations", id, "choose", "{\"decided_on\":\"2026-11-20\"}"),
                     200);
    desk_same(commended(d, "commended"), "1");
    desk_same(commended(d, "collective"), "0");
    a = test_get(d->t, "/commendations");
    assert_true(desk_has(&a, "集体提案不足")); /* 0 % of 20 % */
    desk_as_member(d, 1);
    a = desk_page(d, "/proposals/", closed, "");
    assert_true(desk_has(&a, "优秀提案"));
    assert_int_equal(test_get(d->t, "/commendations").status, 403);
    desk_as_other_reviewer(d);
    assert_int_equal(desk_page(d, "/commendations/", id, "").status, 404);
    desk_same(commended(d, "items.0.id"), "");
}

#define T(test_) cmocka_unit_test_setup_teardown(test_, desk_setup, desk_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(from_nomination_to_result),
        T(the_champion_approves_himself),
        T(who_sees_what),
        T(withdrawn_it_is_none_any_more),
        T(two_at_once),
        T(excellent_ones_and_their_share),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
