/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Who comes second is told what differs and loses nothing (conflict.h): every kind of field on the
 * page and in the API, what is not compared, what a form sends along. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "platform/base/str.h"
#include "platform/settings/settings.h"
#include "platform/web/conflict.h"
#include "platform/web/json.h"
#include "platform/web/view_parts.h"
#include "tests/harness/test_app.h"
#include "views/web.h"

/* A card that stands at version 7, whatever is saved. */
struct card_input {
    str title, body, kind, colour, password;
    i64 id, version, count, due_on;
    bool agreed;
    ids rooms;
    strs lines;
};

static err rooms(struct rq *rq, struct rows *out)
{
    struct view_choice *all = arena_array(rq->mem, 2, sizeof *all);
    all[0] = (struct view_choice){ .value = str_of("3"), .label = str_of("Kitchen") };
    all[1] = (struct view_choice){ .value = str_of("4"), .label = str_of("Cellar") };
    *out = (struct rows){ all, 2, sizeof *all };
    return OK;
}

static const struct form CARD_FORM = {
    "cards",
    sizeof(struct card_input),
    (const struct input[]){
        { FIELD(struct card_input, id), .kind = INPUT_ID },
        { FIELD(struct card_input, version), .kind = INPUT_NUMBER, .max = 1000 },
        { FIELD(struct card_input, title), .kind = INPUT_TEXT, .required = true, .max = 40 },
        { FIELD(struct card_input, body), .kind = INPUT_AREA },
        { FIELD(struct card_input, kind), .kind = INPUT_CHOICE, .choices = "red green" },
        { FIELD(struct card_input, colour), .kind = INPUT_CHOICE, .values = rooms },
        { FIELD(struct card_input, password), .kind = INPUT_PASSWORD },
        { FIELD(struct card_input, count), .kind = INPUT_NUMBER, .max = 99 },
        { FIELD(struct card_input, due_on), .kind = INPUT_DAY },
        { FIELD(struct card_input, agreed), .kind = INPUT_BOOL },
        { FIELD(struct card_input, rooms), .kind = INPUT_IDS, .max = 3, .values = rooms },
        { FIELD(struct card_input, lines), .kind = INPUT_LINES, .max = 3 },
        { .field = { 0 } },
    },
};

static i64 day(const char *text)
{
    i64 out = 0;
    assert_true(day_parse(str_of(text), &out));
    return out;
}

static struct card_input stored_card(struct rq *rq)
{
    struct card_input card = { .title = str_of("Old <title>"),
                               .body = str_of("one two three"),
                               .kind = str_of("red"),
                               .colour = str_of("3"),
                               .password = str_of("secret"),
                               .count = 5,
                               .due_on = day("2026-12-01"),
                               .agreed = true };
    card.rooms = (ids){ arena_array(rq->mem, 2, sizeof(i64)), 2 };
    card.rooms.items[0] = 3;
    card.rooms.items[1] = 4;
    strs_add(rq->mem, &card.lines, str_of("first"));
    return card;
}

static err page_card_form(struct rq *rq, struct res *res)
{
    struct card_input card = stored_card(rq);
    struct out *out = page_begin(rq, str_of("Card"), NULL);
    view_errors(out);
    struct view_field title = { .name = str_of("title"), .value = card.title };
    view_field_text(out, &title);
    buf_printf(out->buf, "<input type=\"hidden\" name=\"version\" value=\"%lld\">",
               (long long)conflict_version(rq, 7));
    page_end(res, out);
    return OK;
}

static err page_card_save(struct rq *rq, struct res *res)
{
    const struct card_input *in = rq->input;
    struct card_input stored = stored_card(rq);
    stored.id = 99;
    if (str_is(in->title, "Busy"))
        return err_make(ERR_BUSY, "web.overloaded");
    TRY(conflict_check(rq, "web.version", in->version, 7, &stored));
    res_redirect(res, str_of("/cards/1/edit"));
    return OK;
}

static err page_card_auto(struct rq *rq, struct res *res)
{
    const struct card_input *in = rq->input;
    struct card_input stored = *in;
    stored.title = str_of("Old <title>");
    if (in->version == 0)
        return conflict_answer(rq, res, err_make(ERR_CONFLICT, "web.flow_done"));
    return conflict_answer(rq, res, conflict_found(rq, "web.version", 7, &stored));
}

static const struct route ROUTES[] = {
    { GET, "/cards/{id}/edit", page_card_form, .may = PUBLIC },
    { POST, "/cards/{id}/edit", page_card_save, .may = PUBLIC, .form = &CARD_FORM,
      .redraw = page_card_form, .api = true },
    { POST, "/cards/{id}/save", page_card_save, .may = PUBLIC, .form = &CARD_FORM,
      .redraw = page_card_form }, /* no page of its own to begin anew from */
    { POST, "/cards/{id}/auto", page_card_auto, .may = PUBLIC, .form = &CARD_FORM },
    { 0 },
};

static const struct module CARDS = { .name = "cards", .routes = ROUTES };
static const struct module *const HOUSE[] = { &settings_module, &CARDS, NULL };

static int set_up(void **state)
{
    struct test_app *t = test_app_new(HOUSE);
    test_as_role(t, "staff");
    *state = t;
    return 0;
}

static int tear_down(void **state)
{
    test_app_free(*state);
    return 0;
}

static const char SAME[] =
    "{\"version\":6,\"title\":\"Old <title>\",\"body\":\"one two three\",\"kind\":\"red\","
    "\"colour\":\"3\",\"count\":5,\"due_on\":\"2026-12-01\",\"agreed\":true,\"rooms\":[4,3],"
    "\"lines\":[\"first\"],\"password\":\"other\"}";
static const char OTHER[] =
    "{\"version\":6,\"title\":\"New\",\"body\":\"one 2 three\",\"kind\":\"green\",\"colour\":\"4\","
    "\"count\":6,\"due_on\":\"2026-12-02\",\"rooms\":[4],\"lines\":[\"first\",\"second\"],"
    "\"password\":\"other\"}";

static void both_values_of_each_field(void **state)
{
    static const struct {
        const char *path, *want;
    } CASES[] = {
        { "status", "409" },
        { "code", "web.version" },
        { "version", "7" },
        { "fields.title", "Old <title>" },
        { "typed.title", "New" },
        { "fields.kind", "red" },
        { "typed.kind", "green" },
        { "fields.count", "5" },
        { "typed.count", "6" },
        { "fields.due_on", "2026-12-01" },
        { "typed.due_on", "2026-12-02" },
        { "fields.agreed", "true" },
        { "typed.agreed", "false" },
        { "fields.rooms.0", "3" },
        { "fields.rooms.1", "4" },
        { "typed.rooms.0", "4" },
        { "typed.lines.1", "second" },
        { "fields.password", "" }, /* what is not compared */
        { "typed.password", "" },
        { "fields.id", "" },
        { "fields.version", "" },
    };
    struct test_app *t = *state;
    struct test_answer a = test_api(t, PUT, "/api/v1/cards/1", OTHER);
    assert_int_equal(a.status, 409);
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++)
        if (!str_is(test_json(t, &a, CASES[i].path), CASES[i].want))
            fail_msg("%s: %.*s", CASES[i].path, (int)a.body.len, a.body.ptr);
}

/* In another order chosen things are the same; a form that says what stands is a conflict still,
 * without any difference. */
static void what_is_the_same_is_not_told(void **state)
{
    struct test_app *t = *state;
    struct test_answer a = test_api(t, PUT, "/api/v1/cards/1", SAME);
    assert_int_equal(a.status, 409);
    assert_true(test_has(&a, "\"fields\":{},\"typed\":{}"));
    a = test_post(t, "/cards/1/edit", "version", "6", "title", "Old <title>", "body",
                  "one two three", "kind", "red", "colour", "3", "count", "5", "due_on",
                  "2026-12-01", "agreed", "1", "rooms", "3", "rooms", "4", "lines", "first", NULL);
    assert_int_equal(a.status, 409);
    assert_true(test_has(&a, "内容没有不同"));
}

static void the_page_shows_the_difference_and_keeps_what_was_typed(void **state)
{
    struct test_app *t = *state;
    struct test_answer a =
        test_post(t, "/cards/1/edit", "version", "6", "title", "New & new", "body", "one 2 three",
                  "kind", "green", "colour", "4", "due_on", "2026-12-02", "rooms", "4", NULL);
    assert_int_equal(a.status, 409);
    assert_true(str_is(test_field(t, &a, "title"), "New & new"));
    assert_true(str_is(test_field(t, &a, "version"), "7")); /* saved again it overwrites */
    assert_true(test_has(&a, "<del>Old &lt;title&gt;</del> <ins>New &amp; new</ins>"));
    assert_true(test_has(&a, "one <del>two</del><ins>2</ins> three"));
    assert_true(test_has(&a, "<del>Kitchen</del> <ins>Cellar</ins>")); /* worded */
    assert_true(test_has(&a, "<del>2026-12-01</del> <ins>2026-12-02</ins>"));
    assert_true(test_has(&a, "<del>是</del>")); /* unticked */
    assert_true(test_has(&a, "href=\"/cards/1/edit\""));
    assert_false(test_has(&a, "secret"));
    a = test_post(t, "/cards/1/save", "version", "6", "title", "New", NULL);
    assert_int_equal(a.status, 409);
    assert_true(test_has(&a, "h-conflict"));
    assert_false(test_has(&a, "href=\"/cards/1/save\""));
    assert_int_equal(test_post(t, "/cards/1/edit", "version", "7", "title", "New", NULL).status,
                     303);
}

/* After another fault the form still names the version that was seen, else mending the fault would
 * overwrite what came in between. */
static void a_fault_does_not_freshen_the_version(void **state)
{
    struct test_app *t = *state;
    struct test_answer a = test_post(t, "/cards/1/edit", "version", "6", "title", "", NULL);
    assert_int_equal(a.status, 422);
    assert_true(str_is(test_field(t, &a, "version"), "6"));
    assert_false(test_has(&a, "h-conflict"));
    a = test_post(t, "/cards/1/edit", "version", "0", "title", "",
                  NULL); /* seen before the first */
    assert_true(str_is(test_field(t, &a, "version"), "0"));
    a = test_post(t, "/cards/1/edit", "version", "6", "title", "Busy", NULL);
    assert_int_equal(a.status, 503);
    assert_true(str_is(test_field(t, &a, "version"), "6"));
    assert_false(test_has(&a, "h-conflict"));
    a = test_get(t, "/cards/1/edit");
    assert_true(str_is(test_field(t, &a, "version"), "7"));
}

static void odd_versions(void **state)
{
    static const struct {
        const char *version;
        int status;
    } CASES[] = { { "0", 422 }, { "", 422 }, { "-1", 422 }, { "x", 422 }, { "8", 409 } };
    struct test_app *t = *state;
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        struct test_answer a =
            test_post(t, "/cards/1/edit", "version", CASES[i].version, "title", "New", NULL);
        if (a.status != CASES[i].status)
            fail_msg("%s: %d", CASES[i].version, a.status);
    }
    struct test_answer a = test_api(t, PUT, "/api/v1/cards/1", "{\"title\":\"New\"}");
    assert_true(str_is(test_json(t, &a, "errors.0.code"), "web.version_missing"));
}

static void the_scripts_route_answers_json(void **state)
{
    struct test_app *t = *state;
    struct test_answer a = test_post(t, "/cards/1/auto", "version", "6", "title", "New", NULL);
    assert_int_equal(a.status, 409);
    assert_true(str_is(test_json(t, &a, "code"), "web.version"));
    assert_true(str_is(test_json(t, &a, "version"), "7"));
    assert_true(str_is(test_json(t, &a, "fields.title"), "Old <title>"));
    a = test_post(t, "/cards/1/auto", "version", "0", "title", "New", NULL);
    assert_int_equal(a.status, 409); /* another conflict: a page */
    assert_true(test_has(&a, "<html"));
}

int main(void)
{
    static const struct CMUnitTest TESTS[] = {
        cmocka_unit_test_setup_teardown(both_values_of_each_field, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_is_the_same_is_not_told, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_page_shows_the_difference_and_keeps_what_was_typed,
                                        set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_fault_does_not_freshen_the_version, set_up, tear_down),
        cmocka_unit_test_setup_teardown(odd_versions, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_scripts_route_answers_json, set_up, tear_down),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("conflict", TESTS, NULL, NULL);
}
