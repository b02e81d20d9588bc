/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Publication goes by consent (rules.md 2.7): prepared at docketing, published by the publisher,
 * down at once when consent goes, it becomes confidential, is withdrawn, or a signer objects; what
 * is merged follows its main one; nothing is seen of it otherwise, in either organisation. */
#include "modules/publications/tests/press.h"

static const char *const LI_WANG[] = { "Li", "Wang", NULL };
static const char *const ZHAO[] = { "Zhao", NULL };

/* ---- prepared and published ---- */

static void it_is_prepared_at_docketing_and_published_by_the_publisher(void **state)
{
    struct desk *d = *state;
    i64 p = desk_submitted(d, "A bridge");
    assert_int_equal(press_of(d, p).id, 0);
    desk_as_reviewer(d);
    assert_int_equal(desk_act(d, p, "docket", "{\"category\":\"transport\"}"), 200);
    struct publication u = press_of(d, p);
    desk_same(u.state, "prepared");
    desk_same(u.title, "A bridge");
    desk_same(u.reply_mode, "full");
    assert_int_equal(press_seen(d, u.id), 404); /* by a guessed id */
    assert_false(press_listed(d, u.id));
    desk_as_reviewer(d);
    assert_int_equal(press_act(d, u.id, "publish", "{\"checked\":true}"), 403);
    desk_as_member(d, 0);
    assert_int_equal(press_act(d, u.id, "publish", "{\"checked\":true}"), 403);
    press_as_publisher(d);
    assert_int_equal(press_act(d, u.id, "publish", "{}"), 422); /* not read once more */
    assert_int_equal(press_act(d, u.id, "publish", "{\"checked\":true}"), 200);
    assert_int_equal(press_seen(d, u.id), 200);
    assert_true(press_listed(d, u.id));
}

static void without_consent_there_is_none(void **state)
{
    struct desk *d = *state;
    i64 p = desk_submitted(d, "Ours alone");
    desk_set_private(d, p);
    desk_as_reviewer(d);
    assert_int_equal(desk_act(d, p, "docket", "{\"category\":\"transport\"}"), 200);
    assert_int_equal(press_of(d, p).id, 0);
    desk_as_staff(d);
    struct test_answer a =
        test_api(d->t, POST,
                 arena_printf(d->t->mem, "/api/v1/proposals/%lld/publication", (long long)p).ptr,
                 "{}");
    assert_int_equal(a.status, 409);
    assert_true(desk_has(&a, "publications.no_consent"));
    for (i64 id = 1; id < 20; id++)
        assert_int_equal(press_seen(d, id), 404);
}

static void a_consent_that_comes_later_prepares_it(void **state)
{
    struct desk *d = *state;
    i64 p = desk_submitted(d, "Later ours");
    desk_set_private(d, p);
    desk_as_reviewer(d);
    assert_int_equal(desk_act(d, p, "docket", "{\"category\":\"transport\"}"), 200);
    desk_as_member(d, 0);
    assert_int_equal(desk_act(d, p, "reconsider", "{\"consent\":\"yes\"}"), 200);
    desk_same(press_of(d, p).state, "prepared");
}

/* ---- down at once ---- */

static void consent_withdrawn_takes_it_down_at_once(void **state)
{
    struct desk *d = *state;
    i64 p = desk_docketed(d, "A bridge"), id = press_published(d, p);
    str tag;
    struct test_answer a = press_page(d, id, "");
    assert_true((tag = test_header_of(&a, "ETag")).len > 0);
    desk_as_member(d, 0);
    assert_int_equal(desk_act(d, p, "reconsider",
                              "{\"consent\":\"no\",\"consent_reason\":\"Talks go on.\"}"),
                     200);
    desk_same(press_of(d, p).state, "retracted");
    desk_same(press_of(d, p).retract_reason, "提案者没有同意公开。");
    test_as_nobody(d->t);
    struct test_request rq = {
        .method = "GET", .target = arena_printf(d->t->mem, "/publications/%lld", (long long)id).ptr
    };
    test_header(&rq, "If-None-Match", tag); /* a copy that somebody keeps is not confirmed */
    assert_int_equal(test_ask(d->t, &rq).status, 404);
    assert_false(press_listed(d, id));
    a = press_ask(d, "/publications?q=bridge");
    assert_false(desk_has(&a, "A bridge"));
    a = press_ask(d, "/sitemap.xml");
    assert_false(desk_has(&a, "/publications/"));
    press_as_publisher(d);
    assert_int_equal(press_act(d, id, "prepare", "{}"), 409);
    desk_as_member(d, 0);
    assert_int_equal(desk_act(d, p, "reconsider", "{\"consent\":\"yes\"}"), 200);
    assert_int_equal(press_seen(d, id), 404); /* comes back by hand only */
    press_as_publisher(d);
    assert_int_equal(press_act(d, id, "prepare", "{}"), 200);
    assert_int_equal(press_act(d, id, "publish", "{\"checked\":true}"), 200);
    assert_int_equal(press_seen(d, id), 200);
}

static void a_confidential_one_vanishes_from_the_publishers_desk_too(void **state)
{
    struct desk *d = *state;
    i64 p = desk_docketed(d, "A bridge"), id = press_published(d, p);
    desk_as_staff(d);
    assert_int_equal(
        desk_act(d, p, "mark", "{\"confidential\":true,\"opinion\":\"An inner matter.\"}"), 200);
    desk_same(press_of(d, p).state, "retracted");
    assert_int_equal(press_seen(d, id), 404);
    press_as_publisher(d);
    assert_int_equal(desk_page(d, "/publications/", id, "/edit").status, 404);
    assert_int_equal(desk_page(d, "/api/v1/publications/", id, "/edit").status, 404);
    assert_int_equal(press_act(d, id, "prepare", "{}"), 404);
    assert_int_equal(desk_total(d, "/api/v1/publications/manage"), 0);
}

static void a_withdrawn_one_is_taken_down(void **state)
{
    struct desk *d = *state;
    i64 p = desk_docketed(d, "A bridge"), id = press_published(d, p);
    desk_as_member(d, 0);
    assert_int_equal(desk_act(d, p, "ask_withdraw", "{\"opinion\":\"It is built.\"}"), 200);
    desk_as_reviewer(d);
    assert_int_equal(desk_act(d, p, "withdraw", "{\"opinion\":\"Agreed.\"}"), 200);
    assert_int_equal(press_seen(d, id), 404);
    desk_same(press_of(d, p).state, "retracted");
}

static void the_publisher_takes_it_down_with_a_reason(void **state)
{
    struct desk *d = *state;
    i64 id = press_published(d, desk_docketed(d, "A bridge"));
    press_as_publisher(d);
    assert_int_equal(press_act(d, id, "retract", "{}"), 422);
    assert_int_equal(press_act(d, id, "retract", "{\"opinion\":\"A name in it.\"}"), 200);
    assert_int_equal(press_seen(d, id), 404);
    press_as_publisher(d);
    struct test_answer a = desk_page(d, "/publications/", id, "");
    assert_int_equal(a.status, 303); /* who edits it is led there */
}

/* The state alone is not believed. */
static void what_was_missed_is_not_shown_either(void **state)
{
    struct desk *d = *state;
    i64 p = desk_docketed(d, "A bridge"), id = press_published(d, p);
    desk_set_private(d, p); /* past all rules */
    desk_same(press_of(d, p).state, "published");
    assert_int_equal(press_seen(d, id), 404);
    assert_false(press_listed(d, id));
    struct test_answer a = press_ask(d, "/api/v1/publications");
    desk_same(test_json(d->t, &a, "total"), "0");
}

/* ---- a signer objects ---- */

static int objection(struct desk *d, i64 p, const char *verb)
{
    const char *path =
        arena_printf(d->t->mem, "/api/v1/proposals/%lld/publication/%s", (long long)p, verb).ptr;
    return test_api(d->t, POST, path, "{}").status;
}

static void one_of_the_signers_is_enough_to_stop_it(void **state)
{
    struct desk *d = *state;
    i64 p = press_joint(d, "A joint bridge", LI_WANG);
    desk_as_reviewer(d);
    assert_int_equal(desk_act(d, p, "docket", "{\"category\":\"transport\"}"), 200);
    i64 id = press_published(d, p);
    desk_as_member(d, 0);
    assert_int_equal(objection(d, p, "object"), 403); /* the lead thinks again instead */
    desk_as_member(d, 2);
    assert_int_equal(objection(d, p, "object"), 403); /* does not sign it */
    desk_as_member(d, 1);
    desk_same(desk_json(d, p, "publication_objected"), "false");
    assert_int_equal(objection(d, p, "object"), 200);
    assert_int_equal(objection(d, p, "object"), 200); /* a second click */
    desk_same(desk_json(d, p, "publication_objected"), "true");
    assert_int_equal(press_seen(d, id), 404);
    press_as_publisher(d);
    assert_int_equal(press_act(d, id, "prepare", "{}"), 409);
    desk_as_member(d, 1);
    assert_int_equal(objection(d, p, "agree"), 200);
    assert_int_equal(objection(d, p, "agree"), 200);
    press_as_publisher(d);
    assert_int_equal(press_act(d, id, "prepare", "{}"), 200);
    assert_int_equal(press_act(d, id, "publish", "{\"checked\":true}"), 200);
    assert_int_equal(press_seen(d, id), 200);
}

static void an_objection_before_docketing_keeps_it_from_being_prepared(void **state)
{
    struct desk *d = *state;
    i64 p = press_joint(d, "A joint bridge", LI_WANG);
    desk_as_member(d, 1);
    assert_int_equal(objection(d, p, "object"), 200);
    desk_as_reviewer(d);
    assert_int_equal(desk_act(d, p, "docket", "{\"category\":\"transport\"}"), 200);
    assert_int_equal(press_of(d, p).id, 0);
    desk_as_member(d, 1);
    assert_int_equal(objection(d, p, "agree"), 200);
    desk_same(press_of(d, p).state, "prepared");
}

/* ---- merged ---- */

static void what_is_merged_follows_its_main_one(void **state)
{
    struct desk *d = *state;
    i64 main = press_joint(d, "The main bridge", LI_WANG),
        other = press_joint(d, "The other", ZHAO);
    desk_as_reviewer(d);
    const char *into = arena_printf(d->t->mem, "{\"main_id\":%lld}", (long long)main).ptr;
    assert_int_equal(desk_act(d, other, "merge", into), 200);
    assert_int_equal(press_of(d, other).id, 0); /* its main one is not on the list */
    assert_int_equal(desk_act(d, main, "docket", "{\"category\":\"transport\"}"), 200);
    i64 id = press_published(d, other);
    struct test_answer a = press_page(d, id, "");
    assert_int_equal(a.status, 200);
    assert_true(desk_has(&a, "与其他提案合并办理"));
    assert_false(desk_has(&a, "The main bridge")); /* not public itself */
    assert_false(desk_has(&a, "0002号"));          /* its own is 0001: it was numbered first */
    i64 main_id = press_published(d, main);
    a = press_page(d, id, "");
    assert_true(
        desk_has(&a, arena_printf(d->t->mem, "/publications/%lld\"", (long long)main_id).ptr));
    assert_true(desk_has(&a, "等待交办"));
    desk_assign(d, main);
    a = press_page(d, id, "");
    assert_true(desk_has(&a, "办理中") && desk_has(&a, "Roads"));
    desk_as_staff(d);
    assert_int_equal(
        desk_act(d, main, "mark", "{\"confidential\":true,\"opinion\":\"An inner matter.\"}"), 200);
    assert_int_equal(press_seen(d, main_id), 404);
    assert_int_equal(press_seen(d, id), 404); /* they are handled as one */
}

/* ---- two organisations ---- */

static void nothing_of_another_organisation_is_shown_or_done(void **state)
{
    struct desk *d = *state;
    i64 p = desk_docketed(d, "A bridge"), id = press_published(d, p);
    desk_as_other_reviewer(d); /* also staff there */
    assert_int_equal(desk_page(d, "/publications/", id, "").status, 404);
    assert_int_equal(desk_page(d, "/publications/", id, "/edit").status, 404);
    assert_int_equal(desk_page(d, "/api/v1/publications/", id, "").status, 404);
    assert_int_equal(press_act(d, id, "retract", "{\"opinion\":\"Theirs.\"}"), 404);
    struct test_answer a = test_get(d->t, "/publications");
    assert_false(desk_has(&a, "A bridge"));
    a = test_get(d->t, "/sitemap.xml");
    assert_false(desk_has(&a, "/publications/"));
    desk_same(press_of(d, p).state, "published");
}

#define T(test_) cmocka_unit_test_setup_teardown(test_, desk_setup, desk_teardown)

int main(void)
{

    const struct CMUnitTest tests[] = {
        T(it_is_prepared_at_docketing_and_published_by_the_publisher),
        T(without_consent_there_is_none),
        T(a_consent_that_comes_later_prepares_it),
        T(consent_withdrawn_takes_it_down_at_once),
        T(a_confidential_one_vanishes_from_the_publishers_desk_too),
        T(a_withdrawn_one_is_taken_down),
        T(the_publisher_takes_it_down_with_a_reason),
        T(what_was_missed_is_not_shown_either),
        T(one_of_the_signers_is_enough_to_stop_it),
        T(an_objection_before_docketing_keeps_it_from_being_prepared),
        T(what_is_merged_follows_its_main_one),
        T(nothing_of_another_organisation_is_shown_or_done),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
