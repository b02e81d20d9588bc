/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The book of a session by the front door: what is in it and what must not be, in the copy for all
 * and in the office's own; verdicts never; volumes and chapters; who may; the other organisation;
 * what becomes untrue; the same twice. How it is set: platform/docs/tests/docs_book_test.c. */
#include <zip.h>

#include "modules/compendium/compendium_store.h"
#include "modules/proposals/tests/desk_look.h"
#include "modules/publications/tests/press.h"
#include "platform/jobs/jobs.h"

/* ---- proposals ---- */

/* Submitted by member 0; its texts hold the mark. */
static i64 written(struct desk *d, const char *title, const char *mark, const char *consent)
{
    i64 id = 0;
    desk_as_member(d, 0);
    const char *json =
        arena_printf(
            d->t->mem,
            "{\"title\":\"%s\",\"situation\":\"%s waits for one bus.\",\"analysis\":"
            "\"%s was forgotten.\",\"suggestions\":[\"%s gets a line.\",\"%s gets a lamp."
            "\"],\"consent\":\"%s\",\"consent_reason\":\"It is private.\",\"researched\":true,"
            "\"research\":\"Walked with a neighbour of %s.\"}",
            title, mark, mark, mark, mark, consent, mark)
            .ptr;
    struct test_answer a = test_api(d->t, POST, "/api/v1/proposals", json);
    if (a.status != 201)
        fail_msg("written: %d %.*s", a.status, (int)a.body.len, a.body.ptr);
    assert_true(str_to_i64(test_json(d->t, &a, "id"), &id));
    assert_int_equal(desk_act(d, id, "submit", "{\"confirmed\":true}"), 200);
    return id;
}

static i64 docketed(struct desk *d, const char *title, const char *mark, const char *consent)
{
    i64 id = written(d, title, mark, consent);
    desk_as_reviewer(d);
    assert_int_equal(desk_act(d, id, "docket", "{\"category\":\"transport\"}"), 200);
    return id;
}

/* One answered and found wanting, one private and answered, one under review only. */
struct four {
    i64 answered, shy, pending;
};

static struct four four_of(struct desk *d)
{
    struct four f = { docketed(d, "A bus for Open", "Openton", "yes"),
                      docketed(d, "A bus for Shy", "Shyville", "no"),
                      written(d, "A bus for Pending", "Pendingham", "yes") };
    desk_assign(d, f.answered);
    desk_answer(d, f.answered, "a");
    assert_int_equal(desk_evaluate(d, f.answered, "dissatisfied"), 200);
    desk_assign(d, f.shy);
    desk_answer(d, f.shy, "c");
    return f;
}

/* ---- books ---- */

static i64 asked(struct desk *d, const char *more)
{
    i64 id = 0;
    const char *json =
        arena_printf(d->t->mem, "{\"session_id\":%lld,\"format\":\"docx\"%s%s%s}",
                     (long long)d->session_id,
                     strstr(more, "ordering") ? "" : ",\"ordering\":\"number\"",
                     strstr(more, "with_replies") ? "" : ",\"with_replies\":true", more)
            .ptr;
    struct test_answer a = test_api(d->t, POST, "/api/v1/compendium", json);
    if (a.status != 201)
        fail_msg("asked: %d %.*s", a.status, (int)a.body.len, a.body.ptr);
    assert_true(str_to_i64(test_json(d->t, &a, "id"), &id));
    return id;
}

static void work(struct desk *d)
{
    assert_ok(jobs_run_due(&d->t->app, d->t->app.clock.fixed_ms, NULL));
}

static struct compendium_run run_of(struct desk *d, i64 id)
{
    struct compendium_run run = { 0 };
    assert_ok(compendium_store_find(d->t->db, id, d->t->mem, &run));
    return run;
}

/* The text of a made book. */
static str text_of(struct desk *d, i64 id)
{
    zip_error_t error;
    struct zip_stat stat;
    struct test_answer a = desk_page(d, "/compendium/", id, "/file");
    assert_int_equal(a.status, 200);
    zip_source_t *source = zip_source_buffer_create(a.body.ptr, a.body.len, 0, &error);
    zip_t *zip = zip_open_from_source(source, ZIP_RDONLY, &error);
    assert_non_null(zip);
    assert_int_equal(zip_stat(zip, "word/document.xml", 0, &stat), 0);
    char *data = arena_zero(d->t->mem, stat.size + 1);
    zip_file_t *f = zip_fopen(zip, "word/document.xml", 0);
    assert_int_equal(zip_fread(f, data, stat.size), (zip_int64_t)stat.size);
    zip_fclose(f);
    zip_discard(zip);
    return (str){ data, stat.size };
}

static str book_of(struct desk *d, const char *more)
{
    i64 id = asked(d, more);
    work(d);
    struct compendium_run run = run_of(d, id);
    desk_same(run.state, "made");
    return text_of(d, id);
}

static bool has(str text, const char *words)
{
    return str_find(text, str_of(words), 0) >= 0;
}

/* ---- what is in it ---- */

static void the_copy_for_all_keeps_what_is_private(void **state)
{
    static const char *const IN[] = { "A bus for Open", "Openton waits",  "Openton gets a lamp",
                                      "Roads",          "The line opens", "A bus for Shy",
                                      "只刊登案由" };
    static const char *const OUT[] = { "Shyville", "Pending", "satisfied",
                                       "不满意",   "Noted.",  "0883-1234567" };
    struct desk *d = *state;
    four_of(d);
    desk_as_staff(d);
    str text = book_of(d, "");
    for (size_t i = 0; i < sizeof IN / sizeof *IN; i++)
        if (!has(text, IN[i]))
            fail_msg("missing: %s", IN[i]);
    for (size_t i = 0; i < sizeof OUT / sizeof *OUT; i++)
        if (has(text, OUT[i]))
            fail_msg("told: %s", OUT[i]);
    /* the private one is in no index: Li signs both, Roads has both, one page is named */
    i64 index = str_find(text, str_of("w:name=\"_e3\""), 0);
    assert_true(index > 0);
    assert_true(has(str_sub(text, (size_t)index, text.len), "PAGEREF _e1 "));
    assert_false(has(str_sub(text, (size_t)index, text.len), "PAGEREF _e2 "));
    assert_false(has(book_of(d, ",\"with_replies\":false"), "The line opens"));
}

static void the_offices_copy_has_all_but_the_confidential(void **state)
{
    struct desk *d = *state;
    struct four f = four_of(d);
    desk_as_staff(d);
    str text = book_of(d, ",\"internal\":true");
    assert_true(has(text, "Shyville gets a line") && has(text, "供机关内部使用"));
    assert_false(has(text, "Pending"));
    assert_false(has(text, "不满意"));
    desk_as_reviewer(d);
    assert_int_equal(desk_act(d, f.shy, "mark", "{\"confidential\":true,\"opinion\":\"Secret.\"}"),
                     200);
    desk_as_staff(d);
    text = book_of(d, ",\"internal\":true");
    assert_true(has(text, "Openton"));
    assert_false(has(text, "Shy"));
}

static err hide_reply(struct rq *rq, void *context)
{
    (void)context;
    return db_run(rq->db, SQL("UPDATE replies SET public = 0 WHERE org_id = :org"), NULL);
}

static void an_answer_that_is_not_public_is_for_the_office(void **state)
{
    struct desk *d = *state;
    four_of(d);
    assert_ok(test_write(d->t, hide_reply, NULL));
    desk_as_staff(d);
    str text = book_of(d, "");
    assert_true(has(text, "Openton"));
    assert_false(has(text, "The line opens"));
    assert_true(has(book_of(d, ",\"internal\":true"), "The line opens"));
}

static void a_merged_one_stands_beside_its_main_one(void **state)
{
    struct desk *d = *state;
    i64 main = docketed(d, "A bus for Open", "Openton", "yes");
    i64 second = docketed(d, "A bus for Second", "Secondham", "yes");
    desk_as_reviewer(d);
    assert_int_equal(desk_act(d, second, "merge",
                              arena_printf(d->t->mem, "{\"main_id\":%lld}", (long long)main).ptr),
                     200);
    desk_as_staff(d);
    str text = book_of(d, "");
    assert_true(has(text, "Secondham gets a lamp"));
    assert_true(has(text, "与第0001号提案合并办理"));
    desk_as_reviewer(d);
    assert_int_equal(desk_act(d, main, "mark", "{\"confidential\":true,\"opinion\":\"Secret.\"}"),
                     200);
    desk_as_staff(d);
    text = book_of(d, "");
    assert_true(has(text, "A bus for Second")); /* they are handled as one */
    assert_false(has(text, "Secondham") || has(text, "Open") || has(text, "第0001号"));
}

static void chapters_and_volumes_are_as_asked(void **state)
{
    struct desk *d = *state;
    four_of(d);
    docketed(d, "A bus for Third", "Thirdham", "yes");
    desk_as_staff(d);
    str text = book_of(d, ",\"ordering\":\"agency\"");
    i64 roads = str_find(text, str_of(">Roads<"), 0), none = str_find(text, str_of("未交办"), 0),
        closed = str_find(text, str_of("只刊登案由的提案"), 0);
    assert_true(roads > 0 && roads < none && none < closed);
    text = book_of(d, ",\"from_no\":2,\"to_no\":2");
    assert_true(has(text, "A bus for Shy") && has(text, "案号 2—2"));
    assert_false(has(text, "Openton") || has(text, "Thirdham"));
    assert_false(has(book_of(d, ",\"from_no\":3"), "Openton"));
    text = book_of(d, ",\"category\":\"transport\",\"ordering\":\"category\"");
    assert_true(has(text, "Thirdham"));
    struct test_answer a = test_api(d->t, POST, "/api/v1/compendium",
                                    arena_printf(d->t->mem,
                                                 "{\"session_id\":%lld,\"format\":\"pdf\","
                                                 "\"ordering\":\"number\",\"kind\":\"sector\"}",
                                                 (long long)d->session_id)
                                        .ptr);
    assert_int_equal(a.status, 422);
    assert_true(test_has(&a, "compendium.nothing"));
    a = test_api(d->t, POST, "/api/v1/compendium",
                 arena_printf(d->t->mem,
                              "{\"session_id\":%lld,\"format\":\"pdf\",\"ordering\":\"number\","
                              "\"from_no\":3,\"to_no\":2}",
                              (long long)d->session_id)
                     .ptr);
    assert_true(test_has(&a, "compendium.numbers"));
}

/* ---- the copy for all is public ---- */

static bool in_copies(struct desk *d, const char *words, bool all, bool own)
{
    desk_as_staff(d);
    return has(book_of(d, ""), words) == all && has(book_of(d, ",\"internal\":true"), words) == own;
}

static void who_answers_for_a_promise_is_for_the_office(void **state)
{
    struct desk *d = *state;
    i64 id = docketed(d, "A bus for Open", "Openton", "yes");
    desk_assign(d, id);
    desk_answer(d, id, "b"); /* promised by Zhao */
    assert_true(in_copies(d, "A later bus on Fridays", true, true));
    assert_true(in_copies(d, "We have your proposal.", true, true));
    assert_true(in_copies(d, "Zhao", false, true));
}

static void numbers_and_research_are_for_the_office(void **state)
{
    struct desk *d = *state;
    docketed(d, "A bus 13808831234", "Li of 0831-8221111", "yes");
    assert_true(in_copies(d, "13808831234", false, true));
    assert_true(in_copies(d, "8221111", false, true));
    assert_true(in_copies(d, "A bus （电话略）", true, false));
    assert_true(in_copies(d, "Li of （电话略） gets a lamp", true, false));
    assert_true(in_copies(d, "Walked with a neighbour", false, true));
    desk_set_private(d, docketed(d, "Private 13908831234", "Shyville", "yes"));
    assert_true(in_copies(d, "13908831234", false, true)); /* nor in a title that stands alone */
}

static const char *const LI_WANG[] = { "Li", "Wang", NULL };

static i64 joint(struct desk *d, const char *title)
{
    i64 id = press_joint(d, title, LI_WANG);
    desk_as_reviewer(d);
    assert_int_equal(desk_act(d, id, "docket", "{\"category\":\"transport\"}"), 200);
    return id;
}

static void object(struct desk *d, i64 id)
{
    desk_as_member(d, 1);
    const char *path =
        arena_printf(d->t->mem, "/api/v1/proposals/%lld/publication/object", (long long)id).ptr;
    assert_int_equal(test_api(d->t, POST, path, "{}").status, 200);
}

static void a_signer_who_objects_makes_books_untrue(void **state)
{
    struct desk *d = *state;
    i64 id = joint(d, "A joint bridge");
    desk_as_staff(d);
    i64 own = asked(d, ",\"internal\":true"), all = asked(d, "");
    work(d);
    assert_true(has(text_of(d, all), "A later last bus."));
    object(d, id);
    desk_as_staff(d);
    assert_int_equal(desk_page(d, "/compendium/", all, "/file").status, 409);
    assert_int_equal(desk_page(d, "/compendium/", own, "/file").status, 200);
    assert_true(in_copies(d, "A later last bus.", false, true));
    assert_true(in_copies(d, "Wang", false, true));
    assert_true(in_copies(d, "A joint bridge", true, true));
}

static void what_is_withdrawn_is_in_no_book(void **state)
{
    struct desk *d = *state;
    i64 id = docketed(d, "A bus for Open", "Openton", "yes");
    docketed(d, "A bus for Second", "Secondham", "yes");
    desk_as_staff(d);
    i64 all = asked(d, "");
    work(d);
    desk_as_member(d, 0);
    assert_int_equal(desk_act(d, id, "ask_withdraw", "{\"opinion\":\"It is built.\"}"), 200);
    desk_as_reviewer(d);
    assert_int_equal(desk_act(d, id, "withdraw", "{\"opinion\":\"Agreed.\"}"), 200);
    desk_as_staff(d);
    assert_int_equal(desk_page(d, "/compendium/", all, "/file").status, 409);
    assert_false(has(book_of(d, ""), "Open"));
}

static void names_are_those_of_the_setting(void **state)
{
    struct desk *d = *state;
    joint(d, "A joint bridge");
    desk_set(d, "publications.names", "lead");
    assert_true(in_copies(d, "Wang", false, true));
    assert_true(in_copies(d, "提案者索引", true, true));
    desk_set(d, "publications.names", "none");
    assert_true(in_copies(d, "Wang", false, true));
    assert_true(in_copies(d, "提案者索引", false, true));
}

/* ---- its life ---- */

static void a_book_as_pdf_is_made_told_fetched_and_removed(void **state)
{
    struct desk *d = *state;
    four_of(d);
    desk_as_staff(d);
    struct test_answer a = test_get(d->t, "/compendium");
    assert_true(test_has_form(&a, "/compendium"));
    str session = arena_printf(d->t->mem, "%lld", (long long)d->session_id);
    a = test_post(d->t, "/compendium", "session_id", session.ptr, "ordering", "category", "format",
                  "pdf", "with_replies", "1", NULL);
    assert_int_equal(a.status, 303);
    a = test_api(d->t, GET, "/api/v1/compendium", NULL);
    i64 id = 0;
    assert_true(str_to_i64(test_json(d->t, &a, "items.0.id"), &id));
    desk_same(test_json(d->t, &a, "items.0.state"), "queued");
    assert_int_equal(desk_page(d, "/compendium/", id, "/file").status, 409);
    a = test_get(d->t, "/compendium");
    assert_true(test_has(&a, "排队") && test_has(&a, "hx-trigger"));
    work(d);
    struct compendium_run run = run_of(d, id);
    desk_same(run.state, "made");
    assert_int_equal(run.entries, 2);
    assert_true(run.pages >= 7); /* cover, its back, contents, a blank, two cases, two indexes */
    a = test_get(d->t, "/compendium");
    assert_true(test_has(&a, "下载"));
    assert_false(test_has(&a, "hx-trigger"));
    a = desk_page(d, "/compendium/", id, "/file");
    assert_memory_equal(a.body.ptr, "%PDF", 4);
    str path = arena_printf(d->t->mem, "/compendium/%lld/remove", (long long)id);
    str version = arena_printf(d->t->mem, "%lld", (long long)run.version);
    assert_int_equal(test_post(d->t, path.ptr, "version", "1", NULL).status, 409);
    assert_int_equal(test_post(d->t, path.ptr, "version", version.ptr, NULL).status, 303);
    assert_int_equal(test_post(d->t, path.ptr, "version", version.ptr, NULL).status, 404);
    assert_int_equal(desk_page(d, "/compendium/", id, "/file").status, 404);
}

static void what_is_hidden_later_makes_books_untrue(void **state)
{
    struct desk *d = *state;
    struct four f = four_of(d);
    desk_as_staff(d);
    i64 own = asked(d, ",\"internal\":true"), all = asked(d, "");
    work(d);
    desk_as_member(d, 0);
    assert_int_equal(desk_act(d, f.answered, "reconsider",
                              "{\"consent\":\"no\",\"consent_reason\":\"It is private.\"}"),
                     200);
    desk_as_staff(d);
    assert_int_equal(desk_page(d, "/compendium/", all, "/file").status, 409);
    assert_int_equal(desk_page(d, "/compendium/", own, "/file").status, 200);
    desk_as_reviewer(d);
    assert_int_equal(
        desk_act(d, f.answered, "mark", "{\"confidential\":true,\"opinion\":\"Secret.\"}"), 200);
    desk_as_staff(d);
    struct test_answer a = desk_page(d, "/api/v1/compendium/", own, "/file");
    assert_int_equal(a.status, 409);
    desk_same(test_json(d->t, &a, "code"), "compendium.outdated");
    a = test_get(d->t, "/compendium");
    assert_true(test_has(&a, "请重新制作"));
}

static void five_may_wait_and_one_may_be_taken_away(void **state)
{
    struct desk *d = *state;
    four_of(d);
    i64 books[COMPENDIUM_OPEN_MAX];
    for (size_t i = 0; i < COMPENDIUM_OPEN_MAX; i++) {
        if (i % 2)
            desk_as_reviewer(d); /* two people at once */
        else
            desk_as_staff(d);
        books[i] = asked(d, "");
    }
    struct test_answer a = test_api(d->t, POST, "/api/v1/compendium",
                                    arena_printf(d->t->mem,
                                                 "{\"session_id\":%lld,\"format\":\"pdf\","
                                                 "\"ordering\":\"number\"}",
                                                 (long long)d->session_id)
                                        .ptr);
    assert_int_equal(a.status, 409);
    desk_same(test_json(d->t, &a, "code"), "compendium.busy");
    str path = arena_printf(d->t->mem, "/compendium/%lld/remove", (long long)books[0]);
    assert_int_equal(test_post(d->t, path.ptr, "version", "1", NULL).status, 303);
    work(d);
    for (size_t i = 1; i < COMPENDIUM_OPEN_MAX; i++)
        desk_same(run_of(d, books[i]).state, "made");
    desk_on_day(d, "2027-11-26"); /* 366 days later */
    work(d);
    a = test_api(d->t, GET, "/api/v1/compendium", NULL);
    desk_same(test_json(d->t, &a, "items.0.id"), "");
}

static err break_off(struct rq *rq, void *context)
{
    (void)context;
    return db_run(rq->db, SQL("UPDATE compendium_runs SET state = 'making' WHERE org_id = :org"),
                  NULL);
}

static void what_a_restart_broke_off_does_not_block(void **state)
{
    struct desk *d = *state;
    four_of(d);
    desk_as_staff(d);
    i64 id = asked(d, "");
    work(d);
    assert_ok(test_write(d->t, break_off, NULL));
    work(d);
    desk_same(run_of(d, id).state, "making"); /* it may still be at it */
    desk_on_day(d, "2026-11-26");
    work(d);
    desk_same(run_of(d, id).state, "failed");
    desk_as_staff(d);
    struct test_answer a = test_get(d->t, "/compendium");
    assert_true(test_has(&a, "请删除这一册，再制作一次"));
}

static void only_the_office_and_only_its_own(void **state)
{
    struct desk *d = *state;
    four_of(d);
    desk_as_staff(d);
    i64 id = asked(d, "");
    work(d);
    for (int who = 0; who < 4; who++) {
        if (who == 0)
            desk_as_member(d, 0);
        else if (who == 1)
            desk_as_operator(d, 0);
        else if (who == 2)
            desk_as_agency_leader(d, 0);
        else
            desk_as_dispatcher(d);
        assert_int_equal(test_get(d->t, "/compendium").status, 403);
        assert_int_equal(desk_page(d, "/compendium/", id, "/file").status, 403);
    }
    desk_as_other_reviewer(d);
    assert_int_equal(desk_page(d, "/compendium/", id, "/file").status, 404);
    str path = arena_printf(d->t->mem, "/compendium/%lld/remove", (long long)id);
    assert_int_equal(test_post(d->t, path.ptr, "version", "2", NULL).status, 404);
    struct test_answer a = test_get(d->t, "/compendium");
    assert_true(test_has(&a, "还没有"));
    a = test_api(d->t, POST, "/api/v1/compendium",
                 arena_printf(d->t->mem,
                              "{\"session_id\":%lld,\"format\":\"pdf\",\"ordering\":\"number\"}",
                              (long long)d->session_id)
                     .ptr);
    assert_int_equal(a.status, 404); /* a session of another house */
}

#define T(test_) cmocka_unit_test_setup_teardown(test_, desk_setup, desk_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(the_copy_for_all_keeps_what_is_private),
        T(the_offices_copy_has_all_but_the_confidential),
        T(an_answer_that_is_not_public_is_for_the_office),
        T(a_merged_one_stands_beside_its_main_one),
        T(who_answers_for_a_promise_is_for_the_office),
        T(numbers_and_research_are_for_the_office),
        T(a_signer_who_objects_makes_books_untrue),
        T(what_is_withdrawn_is_in_no_book),
        T(names_are_those_of_the_setting),
        T(what_a_restart_broke_off_does_not_block),
        T(chapters_and_volumes_are_as_asked),
        T(a_book_as_pdf_is_made_told_fetched_and_removed),
        T(what_is_hidden_later_makes_books_untrue),
        T(five_may_wait_and_one_may_be_taken_away),
        T(only_the_office_and_only_its_own),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
