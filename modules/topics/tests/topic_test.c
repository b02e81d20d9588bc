/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Candidate topics by the front door: written by hand, of a hot matter, of a letter that was not
 * solved twice; taken up or not; without names, once; who sees what. Expectations: README.md. */
#include "modules/clusters/cluster_feed.h"
#include "modules/mailbox/letter.h"
#include "modules/mailbox/letter_rules.h"
#include "modules/proposals/tests/desk_look.h"

#define FERRY       "白水渡口一天只有一班船，上班的人赶不上。我叫金丝雀，电话13812340001"
#define FERRY_TOO   "白水渡口一天只有一班船，上班赶不上，学生也回不了家"
#define BRIDGE      "东门大桥的栏杆断了三根，孩子放学路过很危险"
#define FERRY_AGAIN "白水渡口还是一天一班船，上班的人天天赶不上"
/* clang-format off */
#define TEXT                                                                                       \
    "{\"title\":\"渡口班次\",\"body\":\"群众（金丝雀等）反映渡口一天只有一班船。\"}"
/* clang-format on */
#define BY_HAND                                                                              \
    "{\"title\":\"Parking\",\"body\":\"Streets are full at night.\",\"source\":\"members\"," \
    "\"proposer\":\"Li\"}"

static struct test_answer at(struct desk *d, const char *what, i64 id)
{
    return test_get(d->t, arena_printf(d->t->mem, "/api/v1/%s/%lld", what, (long long)id).ptr);
}

static struct test_answer act(struct desk *d, const char *what, i64 id, const char *verb,
                              const char *json)
{
    struct test_answer a = at(d, what, id);
    i64 version = 1;
    if (a.status == 200)
        assert_true(str_to_i64(test_json(d->t, &a, "version"), &version));
    str path = arena_printf(d->t->mem, "/api/v1/%s/%lld/%s", what, (long long)id, verb);
    return test_api(d->t, POST, path.ptr, test_versioned(d->t, json, version));
}

static i64 newest(struct desk *d)
{
    return desk_count(d, SQL("SELECT COALESCE(MAX(id), 0) FROM topics WHERE org_id = :org"));
}

static i64 by_hand(struct desk *d)
{
    desk_as_staff(d);
    assert_int_equal(test_api(d->t, POST, "/api/v1/topics", BY_HAND).status, 200);
    return newest(d);
}

static void is(struct desk *d, i64 id, const char *member, const char *expected)
{
    struct test_answer a = at(d, "topics", id);
    desk_same(test_json(d->t, &a, member), expected);
}

/* ---- by hand ---- */

static void one_written_by_hand_is_taken_up_or_not(void **state)
{
    struct desk *d = *state;
    i64 id = by_hand(d);
    is(d, id, "state", "proposed");
    is(d, id, "source", "members");
    i64 todo = desk_count(d, SQL("SELECT COUNT(*) FROM todos WHERE org_id = :org AND flow = "
                                 "'topics' AND verb = 'pool'"));
    assert_int_equal(todo, 1);
    assert_int_equal(act(d, "topics", id, "reopen", "{}").status, 409); /* it waits already */
    assert_int_equal(
        act(d, "topics", id, "edit",
            "{\"title\":\"Parking\",\"body\":\"Streets are full.\",\"source\":\"party\"}")
            .status,
        200);
    is(d, id, "source", "party");
    is(d, id, "proposer", "");
    assert_int_equal(act(d, "topics", id, "reject", "{}").status, 422); /* why? */
    assert_int_equal(act(d, "topics", id, "reject", "{\"opinion\":\"Too wide.\"}").status, 200);
    is(d, id, "state", "rejected");
    is(d, id, "reason", "Too wide.");
    assert_int_equal(act(d, "topics", id, "edit", BY_HAND).status, 409);
    assert_int_equal(act(d, "topics", id, "pool", "{}").status, 409);
    assert_int_equal(act(d, "topics", id, "reopen", "{}").status, 200);
    is(d, id, "reason", "");
    assert_int_equal(act(d, "topics", id, "pool", "{}").status, 200);
    is(d, id, "state", "pooled");
    assert_int_equal(desk_count(d, SQL("SELECT COUNT(*) FROM todos WHERE org_id = :org AND flow "
                                       "= 'topics'")),
                     0);
    assert_int_equal(desk_count(d, SQL("SELECT COUNT(*) FROM audits WHERE org_id = :org AND act "
                                       "IN ('topics.edit', 'topics.reject', 'topics.reopen', "
                                       "'topics.pool')")),
                     4);
    struct test_answer a = test_get(d->t, "/topics?state=pooled&source=party");
    assert_true(desk_has(&a, "Parking"));
    a = test_get(d->t, "/topics?state=rejected");
    assert_false(desk_has(&a, "Parking"));
    a = desk_page(d, "/topics/", id, "");
    assert_true(desk_has(&a, "党政交题") && desk_has(&a, "已入库") && desk_has(&a, "重新初筛"));
}

static void it_says_what_it_needs_and_who_may(void **state)
{
    struct desk *d = *state;
    desk_as_staff(d);
    struct test_answer a = test_post(d->t, "/topics/new", "title", "Parking", "body", "Full",
                                     "source", "nobody", NULL);
    assert_int_equal(a.status, 422);
    assert_true(desk_has(&a, "Parking") && desk_has(&a, "Full")); /* what was typed stays */
    assert_int_equal(newest(d), 0);
    i64 id = by_hand(d);
    test_as_role(d->t, "leader"); /* reads, no more */
    is(d, id, "title", "Parking");
    assert_int_equal(act(d, "topics", id, "pool", "{}").status, 403);
    assert_int_equal(test_api(d->t, POST, "/api/v1/topics", BY_HAND).status, 403);
    test_as_role(d->t, "editor");
    assert_int_equal(at(d, "topics", id).status, 403);
    desk_as_member(d, 0);
    assert_int_equal(at(d, "topics", id).status, 403);
    struct actor *other = test_as_role(d->t, "staff");
    other->org_id = OTHER_ORG;
    assert_int_equal(at(d, "topics", id).status, 404);
    assert_int_equal(act(d, "topics", id, "pool", "{}").status, 404);
    a = test_get(d->t, "/api/v1/topics");
    assert_int_equal(test_json(d->t, &a, "items.0.id").len, 0);
}

/* ---- letters ---- */

struct wanted {
    const char *body;
    i64 id, cluster_id;
};

static err letter_write(struct rq *rq, void *context)
{
    struct wanted *w = context;
    const struct letter_new in = {
        .kind = str_of("concern"),
        .lane = str_of("staff"),
        .via = str_of("phone"),
        .title = str_of("金丝雀说渡口班次"),
        .body = str_of(w->body),
        .sender = { .name = str_of("金丝雀"), .phone = str_of("13812340001"), .contact = true }
    };
    struct cluster c;
    TRY(letter_add(rq, &in, &w->id));
    TRY(cluster_of(rq, &CLUSTER_LETTERS, w->id, &c));
    w->cluster_id = c.id;
    return OK;
}

static struct wanted written(struct desk *d, const char *body)
{
    struct wanted w = { body, 0, 0 };
    assert_int_equal(test_write(d->t, letter_write, &w).code, ERR_NONE);
    return w;
}

static err judge_in(struct rq *rq, void *context)
{
    const struct letter_evaluate_input in = { .verdict = str_of("unsolved"),
                                              .text = str_of("没有。") };
    return flow_move(rq, &LETTERS_FLOW, *(const i64 *)context, "evaluate", &in);
}

/* The office answers, the sender is not satisfied. */
static void not_solved(struct desk *d, i64 id)
{
    desk_as_staff(d);
    assert_int_equal(act(d, "letters", id, "answer", "{\"opinion\":\"已经请人去看。\"}").status,
                     200);
    assert_int_equal(test_write(d->t, judge_in, &id).code, ERR_NONE);
}

static i64 waits(struct desk *d, i64 id)
{
    return desk_count(d, SQL("SELECT COUNT(*) FROM todos WHERE org_id = :org AND flow = 'letters' "
                             "AND subject_id = :id AND verb = 'feed'",
                             P(id)));
}

static i64 named(struct desk *d)
{
    return desk_count(d, SQL("SELECT COUNT(*) FROM topics WHERE org_id = :org AND (title LIKE "
                             "'%金丝雀%' OR body LIKE '%金丝雀%')"));
}

static void a_hot_matter_becomes_one_once_and_without_names(void **state)
{
    struct desk *d = *state;
    struct wanted w = written(d, FERRY), too = written(d, FERRY_TOO);
    assert_true(too.cluster_id == w.cluster_id);
    desk_as_staff(d);
    struct test_answer a = desk_page(d, "/clusters/", w.cluster_id, "/offer");
    assert_int_equal(a.status, 200);
    assert_true(desk_has(&a, "群众来信 2 封反映这件事"));
    assert_false(desk_has(&a, "13812340001"));
    desk_as_dispatcher(d);
    assert_int_equal(act(d, "clusters", w.cluster_id, "offer", TEXT).status, 403);
    desk_as_staff(d);
    assert_int_equal(act(d, "clusters", w.cluster_id, "offer", TEXT).status, 200);
    assert_int_equal(act(d, "clusters", w.cluster_id, "offer", TEXT).status, 409);
    i64 id = newest(d);
    is(d, id, "letters", "2");
    is(d, id, "source", "public");
    assert_int_equal(named(d), 0);
    const char *again =
        "{\"title\":\"渡口班次\",\"body\":\"金丝雀可以作证，一天一班。\",\"source\":\"public\"}";
    assert_int_equal(act(d, "topics", id, "edit", again).status, 200);
    assert_int_equal(named(d), 0);
    assert_int_equal(act(d, "topics", id, "reject", "{\"opinion\":\"已列入交通专项。\"}").status,
                     200);
    struct wanted late = written(d, FERRY_AGAIN); /* what comes later is told of too */
    assert_true(late.cluster_id == w.cluster_id);
    a = desk_page(d, "/clusters/", w.cluster_id, "");
    assert_true(desk_has(&a, "提成的议题建议") && desk_has(&a, "已列入交通专项。"));
    a = desk_page(d, "/letters/", late.id, "");
    assert_true(desk_has(&a, "提成的议题建议") && desk_has(&a, "未采纳"));
    a = at(d, "letters", w.id);
    desk_same(test_json(d->t, &a, "topics.0.state"), "rejected");
    a = desk_page(d, "/topics/", id, "");
    assert_true(desk_has(&a, "提出时有 2 封来信"));
    assert_true(desk_has(
        &a, arena_printf(d->t->mem, "href=\"/clusters/%lld\"", (long long)w.cluster_id).ptr));
    desk_as_dispatcher(d); /* reads matters, no topics */
    a = desk_page(d, "/clusters/", w.cluster_id, "");
    assert_true(desk_has(&a, "已提为议题建议"));
    assert_false(desk_has(&a, "/topics/") || desk_has(&a, "已列入交通专项。"));
}

/* Its letters are elsewhere then, and so are the names of who wrote them. */
static void a_matter_that_was_joined_into_another_has_its_topic_there(void **state)
{
    struct desk *d = *state;
    struct wanted w = written(d, FERRY), bridge = written(d, BRIDGE);
    assert_true(bridge.cluster_id != w.cluster_id);
    desk_as_staff(d);
    assert_int_equal(act(d, "clusters", w.cluster_id, "offer", TEXT).status, 200);
    str other = arena_printf(d->t->mem, "{\"other\":\"%lld\"}", (long long)w.cluster_id);
    assert_int_equal(act(d, "clusters", bridge.cluster_id, "join", other.ptr).status, 200);
    const char *again =
        "{\"title\":\"渡口班次\",\"body\":\"金丝雀可以作证，一天一班。\",\"source\":\"public\"}";
    assert_int_equal(act(d, "topics", newest(d), "edit", again).status, 200);
    assert_int_equal(named(d), 0);
    struct test_answer a = desk_page(d, "/clusters/", bridge.cluster_id, "");
    assert_true(desk_has(&a, "提成的议题建议"));
    assert_int_equal(act(d, "clusters", bridge.cluster_id, "offer", TEXT).status, 409);
}

static void a_letter_that_was_not_solved_twice_becomes_one(void **state)
{
    struct desk *d = *state;
    struct wanted w = written(d, FERRY);
    not_solved(d, w.id);
    assert_int_equal(act(d, "letters", w.id, "offer", TEXT).status, 409); /* handled again first */
    not_solved(d, w.id);
    assert_int_equal(waits(d, w.id), 1);
    struct test_answer a = desk_page(d, "/letters/", w.id, "/offer");
    assert_int_equal(a.status, 200);
    assert_false(desk_has(&a, "13812340001"));
    a = act(d, "letters", w.id, "offer", "{\"title\":\"渡口班次\"}");
    assert_int_equal(a.status, 422);
    assert_int_equal(act(d, "letters", w.id, "offer", TEXT).status, 200);
    assert_int_equal(waits(d, w.id), 0);
    assert_int_equal(named(d), 0);
    assert_int_equal(act(d, "letters", w.id, "offer", TEXT).status, 409);
    a = desk_page(d, "/letters/", w.id, "");
    assert_true(desk_has(&a, "提成的议题建议") && desk_has(&a, "渡口班次"));
    a = desk_page(d, "/topics/", newest(d), "");
    assert_true(desk_has(&a, "来信人还是说没有解决"));
    /* not taken up: the office's to think of again, until the topic is */
    const char *no = "{\"opinion\":\"范围太小。\"}";
    assert_int_equal(act(d, "topics", newest(d), "reject", no).status, 200);
    assert_int_equal(waits(d, w.id), 1);
    a = desk_page(d, "/letters/", w.id, "");
    assert_true(desk_has(&a, "提的议题没有采纳，请再想别的办法"));
    assert_int_equal(act(d, "topics", newest(d), "reopen", "{}").status, 200);
    assert_int_equal(waits(d, w.id), 0);
    assert_int_equal(act(d, "topics", newest(d), "reject", no).status, 200);
    assert_int_equal(act(d, "letters", w.id, "close", "{}").status, 200);
    assert_int_equal(waits(d, w.id), 0);
}

static void letters_of_a_matter_are_done_with_it(void **state)
{
    struct desk *d = *state;
    struct wanted w = written(d, FERRY), late = written(d, FERRY_TOO);
    not_solved(d, w.id);
    not_solved(d, w.id);
    assert_int_equal(waits(d, w.id), 1);
    assert_int_equal(act(d, "clusters", w.cluster_id, "offer", TEXT).status, 200);
    assert_int_equal(waits(d, w.id), 0);
    struct test_answer a = desk_page(d, "/letters/", w.id, "");
    assert_true(desk_has(&a, "这件一并算已提"));
    not_solved(d, late.id);
    not_solved(d, late.id);
    assert_int_equal(waits(d, late.id), 0);
    assert_int_equal(act(d, "letters", late.id, "offer", TEXT).status, 409);
    assert_int_equal(desk_count(d, SQL("SELECT COUNT(*) FROM topics WHERE org_id = :org")), 1);
    assert_int_equal(act(d, "topics", newest(d), "reject", "{\"opinion\":\"范围太小。\"}").status,
                     200);
    assert_int_equal(waits(d, w.id) + waits(d, late.id), 2); /* the whole matter waits again */
    struct wanted last = written(d, FERRY_AGAIN);
    assert_true(last.cluster_id == w.cluster_id);
    not_solved(d, last.id);
    not_solved(d, last.id);
    assert_int_equal(waits(d, last.id), 1); /* what was not taken up is no answer to it */
}

#define T(test_) cmocka_unit_test_setup_teardown(test_, desk_setup, desk_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(one_written_by_hand_is_taken_up_or_not),
        T(it_says_what_it_needs_and_who_may),
        T(a_hot_matter_becomes_one_once_and_without_names),
        T(a_matter_that_was_joined_into_another_has_its_topic_there),
        T(a_letter_that_was_not_solved_twice_becomes_one),
        T(letters_of_a_matter_are_done_with_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
