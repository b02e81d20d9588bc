/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Support after docketing: who may, when, given once, taken back, and that it is no signature. Both
 * engines. */
#include "modules/cosigners/tests/circle.h"

static int ask(struct circle *c, i64 id, const char *verb)
{
    str path = arena_printf(c->d->t->mem, "/api/v1/proposals/%lld/%s", (long long)id, verb);
    return test_api(c->d->t, POST, path.ptr, "{}").status;
}

/* "Wang Chen": the names in its JSON. */
static str names_of(struct circle *c, i64 id)
{
    struct test_answer a = desk_page(c->d, "/api/v1/proposals/", id, "");
    struct buf *b = buf_new(c->d->t->mem, 1000);
    assert_int_equal(a.status, 200);
    for (int i = 0; i < CIRCLE; i++) {
        str name =
            test_json(c->d->t, &a, arena_printf(c->d->t->mem, "endorsements.%d.name", i).ptr);
        if (name.len == 0)
            break;
        if (i)
            buf_put_byte(b, ' ');
        buf_add(b, name);
    }
    return buf_str(b);
}

static void others_support_it_once_it_is_on_the_list(void **state)
{
    struct circle *c = *state;
    i64 id = desk_submitted(c->d, "A bridge");
    circle_as(c, WANG);
    assert_int_equal(ask(c, id, "endorse"), 404); /* under review */
    desk_as_reviewer(c->d);
    assert_int_equal(desk_act(c->d, id, "docket", "{\"category\":\"transport\"}"), 200);
    circle_as(c, WANG);
    struct test_answer a = desk_page(c->d, "/proposals/", id, "");
    str form = arena_printf(c->d->t->mem, "/proposals/%lld/endorse", (long long)id);
    assert_true(test_has_form(&a, form.ptr));
    assert_int_equal(ask(c, id, "endorse"), 200);
    assert_int_equal(ask(c, id, "endorse"), 200); /* a second click */
    circle_as(c, CHEN);
    assert_int_equal(ask(c, id, "endorse"), 200);
    desk_same(names_of(c, id), "Wang Chen");
    a = desk_page(c->d, "/proposals/", id, "");
    assert_true(desk_has(&a, "附议 2 人"));
    circle_as(c, WANG);
    assert_int_equal(ask(c, id, "unendorse"), 200);
    assert_int_equal(ask(c, id, "unendorse"), 200);
    desk_same(names_of(c, id), "Chen");
    assert_int_equal(ask(c, id, "endorse"), 200); /* and again: behind the other now or not */
    desk_same(circle_signers(c, id), "Li");
    assert_int_equal(desk_load(c->d, id).signer_count, 1);
}

static void not_ones_own_nor_without_a_seat(void **state)
{
    struct circle *c = *state;
    i64 id = desk_docketed(c->d, "A bridge");
    circle_as(c, LEAD);
    assert_int_equal(ask(c, id, "endorse"), 403);
    struct test_answer a = desk_page(c->d, "/proposals/", id, "");
    assert_false(test_has_form(
        &a, arena_printf(c->d->t->mem, "/proposals/%lld/endorse", (long long)id).ptr));
    circle_leave(c, SUN);
    circle_as(c, SUN);
    assert_int_equal(ask(c, id, "endorse"), 403);
    desk_as_staff(c->d);
    assert_int_equal(ask(c, id, "endorse"), 403);
    desk_as_other_member(c->d);
    assert_int_equal(ask(c, id, "endorse"), 404);
}

static void signers_do_not_support_what_they_sign(void **state)
{
    struct circle *c = *state;
    i64 id = circle_sent(c, (const int[]){ WANG, LEAD });
    assert_int_equal(circle_answer(c, id, WANG, "cosign"), 200);
    desk_as_reviewer(c->d);
    assert_int_equal(desk_act(c->d, id, "docket", "{\"category\":\"transport\"}"), 200);
    circle_as(c, WANG);
    assert_int_equal(ask(c, id, "endorse"), 403);
}

static void not_after_the_answer_nor_where_it_is_off(void **state)
{
    struct circle *c = *state;
    i64 id = desk_assigned(c->d, "A bridge");
    circle_as(c, WANG);
    assert_int_equal(ask(c, id, "endorse"), 200); /* handled, not answered */
    desk_answer(c->d, id, "a");
    circle_as(c, CHEN);
    assert_int_equal(ask(c, id, "endorse"), 409);
    circle_as(c, WANG); /* nobody is held to it */
    assert_int_equal(ask(c, id, "unendorse"), 200);
    circle_set(c, "cosigners.endorse", "0");
    i64 other = desk_docketed(c->d, "Another");
    circle_as(c, WANG);
    assert_int_equal(ask(c, other, "endorse"), 409);
}

/* Its proposer does not agree to publication: others do not even see it. */
static void what_is_private_finds_no_support(void **state)
{
    struct circle *c = *state;
    i64 id = desk_docketed(c->d, "A bridge");
    circle_as(c, LEAD);
    assert_int_equal(desk_act(c->d, id, "reconsider",
                              "{\"consent\":\"no\",\"consent_reason\":\"Talks go on.\"}"),
                     200);
    circle_as(c, WANG);
    assert_int_equal(ask(c, id, "endorse"), 404);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(others_support_it_once_it_is_on_the_list, circle_setup,
                                        circle_teardown),
        cmocka_unit_test_setup_teardown(not_ones_own_nor_without_a_seat, circle_setup,
                                        circle_teardown),
        cmocka_unit_test_setup_teardown(signers_do_not_support_what_they_sign, circle_setup,
                                        circle_teardown),
        cmocka_unit_test_setup_teardown(not_after_the_answer_nor_where_it_is_off, circle_setup,
                                        circle_teardown),
        cmocka_unit_test_setup_teardown(what_is_private_finds_no_support, circle_setup,
                                        circle_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
