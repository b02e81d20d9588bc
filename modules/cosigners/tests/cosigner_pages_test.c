/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Pages and JSON of cosigners: who reads the text and whose answers, the lead's list of names,
 * parts in a case's page, answers that the office writes down. Both engines. */
#include "modules/cosigners/tests/circle.h"

enum { MINUTE = 60000, HOUR = 60 * MINUTE };

static const int TWO[] = { WANG, ZHAO, LEAD };
static const char TEXT[] = "Eight thousand people wait for one bus.";

static struct test_answer invitation_page(struct circle *c, i64 id, int whose, const char *before)
{
    return desk_page(c->d, before, circle_invitation(c, id, whose), "");
}

/* ---- the invitation ---- */

static void who_is_asked_reads_what_he_signs(void **state)
{
    struct circle *c = *state;
    i64 id = circle_sent(c, TWO);
    circle_as(c, WANG);
    struct test_answer a = invitation_page(c, id, WANG, "/cosigners/");
    assert_int_equal(a.status, 200);
    assert_true(desk_has(&a, TEXT));
    str form = arena_printf(c->d->t->mem, "/cosigners/%lld/cosign",
                            (long long)circle_invitation(c, id, WANG));
    assert_true(test_has_form(&a, form.ptr)); /* one tap */
    assert_int_equal(desk_page(c->d, "/proposals/", id, "").status, 404);
    a = test_get(c->d->t, "/cosigners");
    assert_true(desk_has(&a, "A bridge"));
    a = test_post(c->d->t, form.ptr, "version", "2", NULL);
    assert_int_equal(a.status, 303);
    a = invitation_page(c, id, WANG, "/cosigners/"); /* he has agreed: he may read it again */
    assert_true(desk_has(&a, TEXT));
    assert_false(test_has_form(&a, form.ptr));
}

/* The lead of each answer by name; who is asked that he is, and why it is called back. */
static void each_is_told(void **state)
{
    struct circle *c = *state;
    circle_account(c, LEAD, "li");
    circle_account(c, ZHAO, "zhao");
    i64 id = circle_sent(c, TWO);
    assert_int_equal(circle_told(c, "%Li%A bridge%2026年2月3日 12:00%"), 1);
    assert_int_equal(desk_load(c->d, id).due_on, day_of_ms(c->d->t->app.clock.fixed_ms));
    assert_int_equal(circle_answer(c, id, WANG, "cosign"), 200);
    assert_int_equal(circle_told(c, "Wang %A bridge%"), 1);
    circle_as(c, WANG);
    struct test_answer a = invitation_page(c, id, WANG, "/cosigners/");
    assert_true(desk_has(&a, "Wang"));
    circle_as(c, LEAD);
    a = desk_page(c->d, "/proposals/", id, "");
    str form = arena_printf(c->d->t->mem, "/proposals/%lld/recall", (long long)id);
    assert_false(test_has_form(&a, form.ptr)); /* not by one tap: answers would be lost */
    assert_int_equal(desk_page(c->d, "/proposals/", id, "/recall").status, 200);
    assert_int_equal(desk_act(c->d, id, "recall", "{\"opinion\":\"A number is wrong.\"}"), 200);
    assert_int_equal(circle_told(c, "%A bridge%Li%A number is wrong.%"), 1);
    assert_int_equal(desk_load(c->d, id).due_on, 0);
}

static bool reads(struct circle *c, i64 id, int whose, const char *text)
{
    struct test_answer page = invitation_page(c, id, whose, "/cosigners/");
    struct test_answer json = invitation_page(c, id, whose, "/api/v1/cosigners/");
    assert_int_equal(page.status, json.status);
    assert_int_equal(desk_has(&page, text), desk_has(&json, text));
    return desk_has(&page, text);
}

static void nobody_else_reads_it(void **state)
{
    struct circle *c = *state;
    i64 id = circle_sent(c, TWO);
    static const int OTHERS[] = { LEAD, ZHAO, SUN };
    for (size_t i = 0; i < sizeof OTHERS / sizeof *OTHERS; i++) {
        circle_as(c, OTHERS[i]);
        assert_int_equal(invitation_page(c, id, WANG, "/cosigners/").status, 404);
    }
    desk_as_other_member(c->d);
    assert_int_equal(invitation_page(c, id, WANG, "/api/v1/cosigners/").status, 404);
    desk_as_other_reviewer(c->d);
    assert_int_equal(invitation_page(c, id, WANG, "/api/v1/cosigners/").status, 404);
    desk_as_operator(c->d, 0);
    assert_int_equal(test_get(c->d->t, "/cosigners").status, 403);
    desk_as_staff(c->d); /* that he is asked, for answers on paper; not the text */
    assert_false(reads(c, id, WANG, TEXT));
    assert_true(reads(c, id, WANG, "A bridge"));
    assert_int_equal(desk_page(c->d, "/proposals/", id, "").status, 404);
}

static void after_a_no_or_too_late_the_text_is_shut(void **state)
{
    struct circle *c = *state;
    i64 id = circle_sent(c, TWO);
    assert_int_equal(circle_answer(c, id, WANG, "decline"), 200);
    assert_false(reads(c, id, WANG, TEXT));
    circle_as(c, ZHAO);
    assert_true(reads(c, id, ZHAO, TEXT));
    circle_at(c, 3 * HOUR + 1);
    assert_false(reads(c, id, ZHAO, TEXT));
}

/* Why not is for the lead; the office learns who, when it is handed in; others nothing. */
static void reasons_are_for_the_lead(void **state)
{
    static const char *const PATHS[] = { "/proposals/", "/api/v1/proposals/" };
    struct circle *c = *state;
    i64 id = circle_sent(c, TWO);
    assert_int_equal(circle_answer(c, id, ZHAO, "decline"), 200);
    assert_int_equal(circle_answer(c, id, WANG, "cosign"), 200);
    for (size_t i = 0; i < 2; i++) {
        circle_as(c, LEAD);
        struct test_answer a = desk_page(c->d, PATHS[i], id, "");
        assert_true(desk_has(&a, "REASON-OF-HIS-OWN"));
        desk_as_reviewer(c->d);
        a = desk_page(c->d, PATHS[i], id, "");
        assert_int_equal(a.status, 200);
        assert_true(desk_has(&a, "Zhao"));
        assert_false(desk_has(&a, "REASON-OF-HIS-OWN"));
        circle_as(c, WANG); /* signs it: sees who signs, not who declined */
        a = desk_page(c->d, PATHS[i], id, "");
        assert_int_equal(a.status, 200);
        assert_false(desk_has(&a, "Zhao"));
    }
}

/* Not for the office either: not when it wrote for the lead, nor when he has left. */
static void the_office_never_reads_a_reason(void **state)
{
    static const char *const PATHS[] = { "/proposals/", "/api/v1/proposals/" };
    struct circle *c = *state;
    i64 id = circle_sent(c, TWO);
    assert_int_equal(circle_answer(c, id, ZHAO, "decline"), 200);
    assert_ok(db_run(c->d->t->db,
                     SQL("UPDATE proposals SET transcribed_by = 110, created_by = 110 WHERE org_id "
                         "= :org AND id = :id",
                         P(id)),
                     NULL)); /* typed in by the office */
    desk_as_staff(c->d);
    for (size_t i = 0; i < 2; i++) {
        struct test_answer a = desk_page(c->d, PATHS[i], id, "");
        assert_int_equal(a.status, 200);
        assert_true(desk_has(&a, "Zhao"));
        assert_false(desk_has(&a, "REASON-OF-HIS-OWN"));
    }
    assert_int_equal(circle_answer(c, id, WANG, "cosign"), 200);
    circle_leave(c, LEAD);
    desk_as_staff(c->d);
    struct test_answer a = desk_page(c->d, "/proposals/", id, "");
    assert_int_equal(a.status, 200);
    assert_false(desk_has(&a, "REASON-OF-HIS-OWN"));
}

/* After the last session of a term its proposals can still be read. */
static void pages_open_where_no_session_covers_today(void **state)
{
    static const char *const PATHS[] = { "/proposals/", "/api/v1/proposals/" };
    struct circle *c = *state;
    i64 draft = circle_draft(c, TWO), id = circle_sent(c, TWO);
    assert_int_equal(circle_answer(c, id, ZHAO, "decline"), 200);
    assert_int_equal(circle_answer(c, id, WANG, "cosign"), 200);
    desk_same(desk_load(c->d, id).state, "submitted");
    circle_without_session(c);
    for (size_t i = 0; i < 2; i++) {
        circle_as(c, LEAD);
        assert_int_equal(desk_page(c->d, PATHS[i], id, "").status, 200);
        assert_int_equal(desk_page(c->d, PATHS[i], draft, "").status, 200);
        assert_int_equal(desk_page(c->d, PATHS[i], draft, "/cosigners").status, 200);
        desk_as_reviewer(c->d);
        assert_int_equal(desk_page(c->d, PATHS[i], id, "").status, 200);
    }
    circle_as(c, LEAD);
    assert_int_equal(desk_act(c->d, draft, "invite", "{}"), 404); /* it could not be handed in */
}

/* Why it is called back is for those who were asked, not for whoever reads it later. */
static void why_it_was_called_back_does_not_stay(void **state)
{
    struct circle *c = *state;
    i64 id = circle_sent(c, TWO);
    circle_as(c, LEAD);
    assert_int_equal(desk_act(c->d, id, "recall", "{\"opinion\":\"WHY-BACK\"}"), 200);
    assert_int_equal(desk_act(c->d, id, "invite", "{}"), 200);
    assert_int_equal(circle_answer(c, id, ZHAO, "cosign"), 200);
    assert_int_equal(circle_answer(c, id, WANG, "cosign"), 200);
    circle_as(c, WANG);
    struct test_answer a = desk_page(c->d, "/api/v1/proposals/", id, "");
    assert_int_equal(a.status, 200);
    assert_true(desk_has(&a, "recall"));
    assert_false(desk_has(&a, "WHY-BACK"));
    a = desk_page(c->d, "/proposals/", id, "");
    assert_false(desk_has(&a, "WHY-BACK"));
}

/* It was not the lead who called it back. */
static void who_agreed_hears_that_too_few_did(void **state)
{
    struct circle *c = *state;
    circle_account(c, WANG, "wang");
    circle_account(c, ZHAO, "zhao");
    circle_set(c, "cosigners.quorum", "2");
    i64 id = circle_sent(c, TWO);
    assert_int_equal(circle_answer(c, id, WANG, "cosign"), 200);
    circle_at(c, 3 * HOUR + 1);
    circle_run_jobs(c);
    desk_same(desk_load(c->d, id).state, "draft");
    assert_int_equal(circle_told(c, "%A bridge%同意的人数不够%退回草稿%不再有效%"), 1); /* Wang */
    assert_int_equal(circle_told(c, "%A bridge%没有列为提案人%"), 1);                   /* Zhao */
    assert_int_equal(circle_told(c, "%会签已撤回%"), 0);
}

static int revise_and_submit(struct circle *c, i64 id, const char *json)
{
    str path = arena_printf(c->d->t->mem, "/api/v1/proposals/%lld", (long long)id);
    desk_as_reviewer(c->d);
    assert_int_equal(desk_act(c->d, id, "revise", "{\"opinion\":\"Say where.\"}"), 200);
    circle_as(c, LEAD);
    if (json)
        assert_int_equal(test_api(c->d->t, PUT, path.ptr,
                                  test_versioned(c->d->t, json, desk_load(c->d, id).version))
                             .status,
                         200);
    return desk_act(c->d, id, "submit", "{\"confirmed\":true}");
}

/* They signed other words. */
static void signers_hear_of_a_rewritten_text(void **state)
{
    static const char NEW[] = "{\"title\":\"A bridge\",\"situation\":\"Other words.\","
                              "\"analysis\":\"b\",\"suggestions\":[\"c\"],\"consent\":\"yes\"}";
    struct circle *c = *state;
    circle_account(c, WANG, "wang");
    circle_account(c, ZHAO, "zhao");
    i64 id = circle_sent(c, TWO);
    assert_int_equal(circle_answer(c, id, ZHAO, "decline"), 200);
    assert_int_equal(circle_answer(c, id, WANG, "cosign"), 200);
    assert_int_equal(revise_and_submit(c, id, NULL), 200);
    assert_int_equal(circle_told(c, "%A bridge%已重新提交%"), 0); /* the same words */
    assert_int_equal(revise_and_submit(c, id, NEW), 200);
    assert_int_equal(circle_told(c, "%A bridge%已重新提交%"), 1); /* Wang alone signs it */
}

/* ---- the lead's list ---- */

static void the_lead_finds_and_lists_members(void **state)
{
    struct circle *c = *state;
    i64 id = circle_draft(c, (const int[]){ WANG, LEAD });
    struct test_answer a = desk_page(c->d, "/proposals/", id, "/cosigners?q=Paper");
    assert_int_equal(a.status, 200); /* by employer: Chen and Sun */
    assert_true(desk_has(&a, "Chen") && desk_has(&a, "Sun"));
    assert_false(desk_has(&a, "Zhao"));
    a = desk_page(c->d, "/proposals/", id, "/cosigners?q=Wang");
    assert_false(test_has_field(c->d->t, &a, "members")); /* is on the list already */
    a = desk_page(c->d, "/proposals/", id, "/cosigners?q=Li");
    assert_false(test_has_field(c->d->t, &a, "members")); /* himself */
    a = desk_page(c->d, "/api/v1/proposals/", id, "/cosigners?q=Chen");
    desk_same(test_json(c->d->t, &a, "found.0.name"), "Chen");
    a = desk_page(c->d, "/proposals/", id, "");
    assert_true(test_link(c->d->t, &a, "联名人名单").len > 0);
    a = desk_page(c->d, "/proposals/", id, "/invite");
    assert_int_equal(a.status, 200);
    assert_true(desk_has(&a, "Wang") && desk_has(&a, "3 小时"));
    circle_as(c, ZHAO);
    assert_int_equal(desk_page(c->d, "/proposals/", id, "/cosigners").status, 404);
    desk_as_staff(c->d);
    assert_int_equal(desk_page(c->d, "/proposals/", id, "/cosigners").status, 404);
}

static void faults_stand_on_the_page_again(void **state)
{
    struct circle *c = *state;
    i64 id = circle_draft(c, (const int[]){ LEAD });
    str path = arena_printf(c->d->t->mem, "/proposals/%lld/cosigners/add", (long long)id);
    str self = arena_printf(c->d->t->mem, "%lld", (long long)c->member[LEAD]);
    struct test_answer a =
        test_post(c->d->t, path.ptr, "members", arena_cstr(c->d->t->mem, self), NULL);
    assert_int_equal(a.status, 422);
    assert_true(desk_has(&a, "第一提案人自己不用请"));
}

/* ---- 代录 ---- */

static int transcribe(struct circle *c, i64 id, int whose, const char *answer)
{
    str path = arena_printf(c->d->t->mem, "/api/v1/cosigners/%lld/transcribe",
                            (long long)circle_invitation(c, id, whose));
    str json =
        arena_printf(c->d->t->mem, "{\"answer\":\"%s\",\"basis\":\"A call at ten\"}", answer);
    return test_api(c->d->t, POST, path.ptr, test_versioned(c->d->t, json.ptr, 2)).status;
}

static void the_office_writes_answers_down(void **state)
{
    struct circle *c = *state;
    i64 id = circle_sent(c, TWO);
    circle_as(c, ZHAO);
    assert_int_equal(transcribe(c, id, WANG, "cosign"), 403); /* no office */
    desk_as_staff(c->d);
    assert_int_equal(transcribe(c, id, WANG, "cosign"), 200);
    assert_int_equal(transcribe(c, id, WANG, "decline"), 409); /* it is given */
    circle_as(c, WANG); /* he sees that it was written down for him */
    struct test_answer a = invitation_page(c, id, WANG, "/cosigners/");
    assert_true(desk_has(&a, "A call at ten"));
    circle_as(c, LEAD);
    a = desk_page(c->d, "/proposals/", id, "");
    assert_true(desk_has(&a, "代录") && desk_has(&a, "A call at ten"));
    a = desk_page(c->d, "/api/v1/proposals/", id, "");
    desk_same(test_json(c->d->t, &a, "cosigners.0.transcribed"), "true");
    circle_at(c, 3 * HOUR + 1); /* the same time for all */
    desk_as_staff(c->d);
    assert_int_equal(transcribe(c, id, ZHAO, "cosign"), 409);
    circle_at(c, 3 * HOUR);
    assert_int_equal(transcribe(c, id, ZHAO, "decline"), 200);
    desk_same(circle_signers(c, id), "Li Wang");
}

/* The office that types it in for a member may ask for him. */
static void the_office_asks_for_whom_it_writes(void **state)
{
    struct circle *c = *state;
    i64 id = 0;
    desk_as_staff(c->d);
    str json = arena_printf(c->d->t->mem,
                            "{\"title\":\"Dictated\",\"proposer_id\":%lld,\"situation\":\"a\","
                            "\"analysis\":\"b\",\"suggestions\":[\"c\"],\"consent\":\"yes\"}",
                            (long long)c->member[LEAD]);
    struct test_answer a = test_api(c->d->t, POST, "/api/v1/proposals", json.ptr);
    assert_true(str_to_i64(test_json(c->d->t, &a, "id"), &id));
    assert_int_equal(circle_add(c, id, c->member[LEAD]), 422); /* the lead, not the typist */
    assert_int_equal(circle_add(c, id, c->member[WANG]), 200);
    assert_int_equal(desk_act(c->d, id, "invite", "{}"), 200);
    assert_int_equal(desk_page(c->d, "/proposals/", id, "").status, 200);
    assert_int_equal(circle_answer(c, id, WANG, "cosign"), 200);
    desk_same(circle_signers(c, id), "Li Wang");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(who_is_asked_reads_what_he_signs, circle_setup,
                                        circle_teardown),
        cmocka_unit_test_setup_teardown(each_is_told, circle_setup, circle_teardown),
        cmocka_unit_test_setup_teardown(nobody_else_reads_it, circle_setup, circle_teardown),
        cmocka_unit_test_setup_teardown(after_a_no_or_too_late_the_text_is_shut, circle_setup,
                                        circle_teardown),
        cmocka_unit_test_setup_teardown(reasons_are_for_the_lead, circle_setup, circle_teardown),
        cmocka_unit_test_setup_teardown(the_office_never_reads_a_reason, circle_setup,
                                        circle_teardown),
        cmocka_unit_test_setup_teardown(pages_open_where_no_session_covers_today, circle_setup,
                                        circle_teardown),
        cmocka_unit_test_setup_teardown(why_it_was_called_back_does_not_stay, circle_setup,
                                        circle_teardown),
        cmocka_unit_test_setup_teardown(who_agreed_hears_that_too_few_did, circle_setup,
                                        circle_teardown),
        cmocka_unit_test_setup_teardown(signers_hear_of_a_rewritten_text, circle_setup,
                                        circle_teardown),
        cmocka_unit_test_setup_teardown(the_lead_finds_and_lists_members, circle_setup,
                                        circle_teardown),
        cmocka_unit_test_setup_teardown(faults_stand_on_the_page_again, circle_setup,
                                        circle_teardown),
        cmocka_unit_test_setup_teardown(the_office_writes_answers_down, circle_setup,
                                        circle_teardown),
        cmocka_unit_test_setup_teardown(the_office_asks_for_whom_it_writes, circle_setup,
                                        circle_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
