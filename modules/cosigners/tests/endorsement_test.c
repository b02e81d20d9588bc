/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Support after docketing: who may, when, given once, taken back, and that it is no signature. Who
 * wrote a collective proposal: who names them, who corrects, who reads, who is told. Both engines.
 */
#include "modules/cosigners/tests/circle.h"
#include "modules/proposals/tests/desk_look.h"

static const i64 DAY = (i64)24 * 3600 * 1000;

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

/* ---- who wrote a collective one ---- */

/* A draft of the office in a group's name. contact: a member's number, 0 = it has none. */
static i64 group_draft(struct circle *c, i64 contact)
{
    i64 id = 0;
    const char *text = desk_text(c->d, "A bridge");
    str who = contact ? arena_printf(c->d->t->mem, ",\"proposer_id\":%lld", (long long)contact)
                      : str_of("");
    desk_as_staff(c->d);
    struct test_answer a =
        test_api(c->d->t, POST, "/api/v1/proposals",
                 arena_printf(c->d->t->mem, "%.*s,\"body_name\":\"East group\"%.*s}",
                              (int)strlen(text) - 1, text, (int)who.len, who.ptr)
                     .ptr);
    assert_int_equal(a.status, 201);
    assert_true(str_to_i64(test_json(c->d->t, &a, "id"), &id));
    return id;
}

static struct test_answer name(struct circle *c, i64 id, const char *act, str json)
{
    str path = arena_printf(c->d->t->mem, "/api/v1/proposals/%lld/drafters/%s", (long long)id, act);
    return test_api(c->d->t, POST, path.ptr, json.ptr);
}

static int add(struct circle *c, i64 id, int who, const char *note)
{
    return name(c, id, "add",
                arena_printf(c->d->t->mem, "{\"members\":[%lld],\"note\":\"%s\"}",
                             (long long)c->member[who], note))
        .status;
}

static i64 row_of(struct circle *c, i64 id, int who)
{
    i64 person_id = c->person[who];
    return desk_count(c->d, SQL("SELECT COALESCE(MAX(id), 0) AS n FROM drafters WHERE org_id = "
                                ":org AND proposal_id = :id AND person_id = :person_id",
                                P(id), P(person_id)));
}

static int change(struct circle *c, i64 id, const char *act, int who, const char *note)
{
    return name(c, id, act,
                arena_printf(c->d->t->mem, "{\"drafter_id\":%lld,\"note\":\"%s\"}",
                             (long long)row_of(c, id, who), note))
        .status;
}

static str drafters_of(struct circle *c, i64 id)
{
    struct test_answer a = desk_page(c->d, "/api/v1/proposals/", id, "");
    str out = str_of("");
    assert_int_equal(a.status, 200);
    for (int i = 0; i < CIRCLE; i++) {
        str one = test_json(c->d->t, &a, arena_printf(c->d->t->mem, "drafters.%d.name", i).ptr);
        if (one.len)
            out = arena_printf(c->d->t->mem, "%.*s%s%.*s", (int)out.len, out.ptr, i ? " " : "",
                               (int)one.len, one.ptr);
    }
    return out;
}

/* Whether the copy of what is held about who asks has him as one who wrote. */
static bool has_copy(struct circle *c)
{
    struct test_answer a = test_api(c->d->t, GET, "/api/v1/personal/file", NULL);
    assert_int_equal(a.status, 200);
    assert_true(test_has(&a, "\"drafters\":["));
    return !test_has(&a, "\"drafters\":[]");
}

static bool lists(struct circle *c, i64 id)
{
    struct test_answer a = test_get(c->d->t, "/api/v1/proposals");
    assert_int_equal(a.status, 200);
    return str_is(test_json(c->d->t, &a, "items.0.id"),
                  arena_printf(c->d->t->mem, "%lld", (long long)id).ptr);
}

static void the_writer_names_who_wrote_it(void **state)
{
    struct circle *c = *state;
    circle_account(c, WANG, "wang");
    circle_account(c, CHEN, "chen");
    i64 id = group_draft(c, 0);
    assert_int_equal(add(c, id, WANG, ""), 200); /* a draft wants no reason */
    assert_int_equal(add(c, id, CHEN, ""), 200);
    assert_int_equal(add(c, id, CHEN, ""), 200); /* a second click */
    desk_same(drafters_of(c, id), "Wang Chen");
    assert_int_equal(change(c, id, "lead", CHEN, ""), 200);
    assert_int_equal(change(c, id, "lead", CHEN, ""), 200);
    desk_same(drafters_of(c, id), "Chen Wang");
    circle_leave(c, SUN);
    desk_as_staff(c->d);
    assert_int_equal(add(c, id, SUN, ""), 422);
    struct test_answer a = name(c, id, "add", str_of("{\"members\":[999999]}"));
    assert_int_equal(a.status, 422);
    circle_set(c, "cosigners.drafters_max", "2");
    assert_int_equal(add(c, id, ZHAO, ""), 422);
    a = desk_page(c->d, "/proposals/", id, "");
    assert_true(desk_has(&a, "主笔：Chen；参与：Wang"));
    assert_true(desk_has(&a, "修改名单"));
    a = desk_page(c->d, "/proposals/", id, "/drafters?q=a");
    assert_true(desk_has(&a, "设为主笔人"));
    assert_false(desk_has(&a, "更正的理由"));
    assert_int_equal(circle_told(c, "%East group%主笔人%"), 0); /* nobody before it is handed in */
    circle_as(c, CHEN);                                         /* a draft is its writer's */
    assert_int_equal(desk_page(c->d, "/proposals/", id, "").status, 404);
    assert_int_equal(add(c, id, ZHAO, ""), 404);
    assert_false(lists(c, id));
    assert_false(has_copy(c));
    desk_as_staff(c->d);
    assert_int_equal(desk_act(c->d, id, "submit", "{\"confirmed\":true}"), 200);
    assert_int_equal(circle_told(c, "%A bridge%East group%主笔人%"), 2);
    circle_as(c, CHEN);
    assert_true(has_copy(c));
}

static void who_wrote_it_reads_and_does_not_act(void **state)
{
    struct circle *c = *state;
    i64 id = group_draft(c, 0);
    assert_int_equal(add(c, id, WANG, ""), 200);
    assert_int_equal(desk_act(c->d, id, "submit", "{\"confirmed\":true}"), 200);
    circle_as(c, WANG); /* under review: he and no other member */
    assert_int_equal(desk_page(c->d, "/proposals/", id, "").status, 200);
    assert_true(lists(c, id));
    assert_int_equal(add(c, id, ZHAO, "Me too."), 403);
    assert_int_equal(desk_page(c->d, "/proposals/", id, "/drafters").status, 403);
    assert_int_equal(desk_act(c->d, id, "ask_withdraw", "{\"opinion\":\"No.\"}"), 403);
    assert_int_equal(desk_page(c->d, "/proposals/", id, "/receipt").status, 404);
    circle_as(c, ZHAO);
    assert_int_equal(desk_page(c->d, "/proposals/", id, "").status, 404);
    assert_false(lists(c, id));
    desk_as_reviewer(c->d);
    assert_int_equal(desk_act(c->d, id, "docket", "{\"category\":\"transport\"}"), 200);
    circle_as(c, WANG);
    assert_int_equal(ask(c, id, "endorse"), 403); /* what he wrote himself */
    circle_as(c, ZHAO);
    assert_int_equal(ask(c, id, "endorse"), 200);
    desk_as_other_member(c->d);
    assert_int_equal(desk_page(c->d, "/proposals/", id, "/drafters").status, 404);
    desk_as_staff(c->d); /* who supported it and turns out to have written it: one part in it */
    assert_int_equal(add(c, id, ZHAO, "He wrote it."), 200);
    assert_int_equal(desk_count(c->d, SQL("SELECT COUNT(*) FROM endorsements WHERE org_id = :org "
                                          "AND withdrawn_at = 0")),
                     0);
    struct test_answer a = desk_page(c->d, "/proposals/", id, "");
    assert_false(desk_has(&a, "1 人附议"));
    assert_int_equal(change(c, id, "remove", ZHAO, "Not he."), 200); /* he supports it again */
    assert_int_equal(desk_count(c->d, SQL("SELECT COUNT(*) FROM endorsements WHERE org_id = :org "
                                          "AND withdrawn_at = 0")),
                     1);
}

/* What is handled as one with what he wrote he reads as a signer does, closed to others as it may
 * be; no more than that. */
static void who_wrote_one_that_is_merged_reads_the_main_one(void **state)
{
    struct circle *c = *state;
    i64 id = group_draft(c, 0);
    assert_int_equal(add(c, id, WANG, ""), 200);
    assert_int_equal(desk_act(c->d, id, "submit", "{\"confirmed\":true}"), 200);
    i64 main_id = desk_docketed(c->d, "A road");
    desk_count(c->d, SQL("UPDATE proposals SET confidential = 1 WHERE org_id = :org AND id = "
                         ":main_id RETURNING id",
                         P(main_id)));
    circle_as(c, WANG);
    assert_int_equal(desk_page(c->d, "/proposals/", main_id, "").status, 404);
    desk_count(c->d, SQL("UPDATE proposals SET state = 'merged', main_id = :main_id WHERE org_id = "
                         ":org AND id = :id RETURNING id",
                         P(main_id), P(id)));
    desk_count(c->d, SQL("UPDATE proposals SET merged_count = 1 WHERE org_id = :org AND id = "
                         ":main_id RETURNING id",
                         P(main_id)));
    assert_int_equal(desk_page(c->d, "/proposals/", main_id, "").status, 200);
    assert_int_equal(desk_page(c->d, "/proposals/", id, "").status, 200);
    struct test_answer a = test_get(c->d->t, "/api/v1/proposals");
    assert_true(test_json(c->d->t, &a, "items.1.id").len > 0); /* both */
    assert_int_equal(desk_act(c->d, main_id, "ask_withdraw", "{\"opinion\":\"No.\"}"), 403);
    circle_as(c, ZHAO);
    assert_int_equal(desk_page(c->d, "/proposals/", main_id, "").status, 404);
}

static void the_office_corrects_with_a_reason(void **state)
{
    struct circle *c = *state;
    circle_account(c, WANG, "wang");
    circle_account(c, ZHAO, "zhao");
    circle_account(c, CHEN, "chen");
    i64 id = group_draft(c, c->member[CHEN]), own = desk_docketed(c->d, "A road");
    desk_as_staff(c->d);
    assert_int_equal(add(c, id, WANG, ""), 200);
    assert_int_equal(desk_act(c->d, id, "submit", "{\"confirmed\":true}"), 200);
    assert_int_equal(add(c, id, ZHAO, ""), 422);
    assert_int_equal(change(c, id, "remove", WANG, ""), 422);
    struct test_answer a = desk_page(c->d, "/proposals/", id, "/drafters");
    assert_true(desk_has(&a, "更正的理由"));
    str path = arena_printf(c->d->t->mem, "/proposals/%lld/drafters/add", (long long)id);
    str zhao = arena_printf(c->d->t->mem, "%lld", (long long)c->member[ZHAO]);
    a = test_post(c->d->t, path.ptr, "q", "Zhao", "members", zhao.ptr, "note", "", NULL);
    assert_int_equal(a.status, 422); /* what was found and ticked is still there */
    assert_true(desk_has(&a, "name=\"q\" value=\"Zhao\""));
    assert_true(desk_has(&a, "checked><span>Zhao"));
    assert_int_equal(add(c, id, ZHAO, "The group called."), 200);
    assert_int_equal(circle_told(c, "您写为%A bridge%"), 2);
    assert_int_equal(circle_told(c, "提案工作机构更正了%A bridge%现在：Wang；参与：Zhao%"), 1);
    str json = arena_printf(c->d->t->mem, "{\"drafter_id\":%lld,\"note\":\"It was another Wang.\"}",
                            (long long)row_of(c, id, WANG));
    assert_int_equal(name(c, id, "remove", json).status, 200);
    assert_int_equal(name(c, id, "remove", json).status, 404);
    assert_int_equal(circle_told(c, "%A bridge%不再有您%"), 1);
    desk_same(drafters_of(c, id), "Zhao");
    a = desk_page(c->d, "/proposals/", id, "");
    assert_true(desk_has(&a, "更正主笔人、参与者"));
    assert_true(desk_has(&a, "原来：Wang；参与：Zhao。现在：Zhao。理由：It was another Wang."));
    assert_int_equal(circle_told(c, "提案工作机构更正了%A bridge%现在：Zhao%"), 1);
    circle_as(c, WANG);
    assert_int_equal(desk_page(c->d, "/proposals/", id, "").status, 404);
    desk_as_reviewer(c->d); /* not his office */
    assert_int_equal(add(c, id, WANG, "Why not."), 403);
    desk_as_staff(c->d);
    assert_int_equal(add(c, own, ZHAO, "He helped."), 409); /* a member's own has its signers */
    circle_at(c, 40 * DAY);                                 /* who served when it was handed in */
    circle_leave(c, SUN);
    circle_at(c, 50 * DAY);
    a = desk_page(c->d, "/proposals/", id, "/drafters?q=Sun");
    assert_true(desk_has(&a, "name=\"members\""));
    assert_int_equal(add(c, id, SUN, "The group called."), 200);
}

/* A clerk with a seat: not himself onto what was handed in, nor a list on which he stands. */
static void a_clerk_corrects_for_others(void **state)
{
    struct circle *c = *state;
    i64 id = group_draft(c, 0);
    c->d->actor->person_id = c->person[WANG];
    assert_int_equal(add(c, id, ZHAO, ""), 200);
    assert_int_equal(desk_act(c->d, id, "submit", "{\"confirmed\":true}"), 200);
    struct test_answer a = name(c, id, "add",
                                arena_printf(c->d->t->mem, "{\"members\":[%lld],\"note\":\"Me.\"}",
                                             (long long)c->member[WANG]));
    assert_int_equal(a.status, 422);
    assert_true(test_has(&a, "cosigners.own_name"));
    desk_same(drafters_of(c, id), "Zhao");
    desk_as_staff(c->d); /* a colleague does */
    assert_int_equal(add(c, id, WANG, "The group called."), 200);
    c->d->actor->person_id = c->person[WANG];
    assert_int_equal(change(c, id, "lead", WANG, "It was I."), 422);
    assert_int_equal(change(c, id, "remove", ZHAO, "It was I alone."), 422);
    assert_int_equal(change(c, id, "remove", WANG, "It was not I."), 422);
    assert_int_equal(add(c, id, CHEN, "She helped."), 422);
    desk_same(drafters_of(c, id), "Zhao Wang");
    desk_as_staff(c->d);
    c->d->actor->delegate_person_id = c->person[WANG]; /* for another: his own person counts */
    assert_int_equal(change(c, id, "lead", WANG, "It was I."), 422);
    desk_as_staff(c->d);
    assert_int_equal(change(c, id, "lead", WANG, "The group called."), 200);
    desk_same(drafters_of(c, id), "Wang Zhao");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_writer_names_who_wrote_it, circle_setup,
                                        circle_teardown),
        cmocka_unit_test_setup_teardown(who_wrote_it_reads_and_does_not_act, circle_setup,
                                        circle_teardown),
        cmocka_unit_test_setup_teardown(who_wrote_one_that_is_merged_reads_the_main_one,
                                        circle_setup, circle_teardown),
        cmocka_unit_test_setup_teardown(the_office_corrects_with_a_reason, circle_setup,
                                        circle_teardown),
        cmocka_unit_test_setup_teardown(a_clerk_corrects_for_others, circle_setup, circle_teardown),
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
