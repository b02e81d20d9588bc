/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Routes that follow from a flow: the drawn form, its submission, the API, and what happens when
 * somebody was faster. And what the route table refuses at start. On both engines
 * (HUOTANG_TEST_DB). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include <string.h>

#include "embed.h"
#include "platform/access/access_settings.h"
#include "platform/base/str.h"
#include "platform/flow/flow.h"
#include "platform/text/texts.h"
#include "platform/web/router.h"
#include "tests/harness/test_app.h"

/* ---- a paper that is filed and closed ---- */

static const char SCHEMA[] =
    "CREATE TABLE papers (id @id, org_id @int NOT NULL, title TEXT NOT NULL,\n"
    "    state TEXT NOT NULL, version @int NOT NULL DEFAULT 1);\n";
static const struct embed_file FILES[] = {
    { "0001_papers.sql", (const unsigned char *)SCHEMA, sizeof SCHEMA - 1 },
    { 0 },
};

struct paper {
    i64 id, version;
    str title, state;
};
static const struct field ROW[] = { FIELD(struct paper, id),
                                    FIELD(struct paper, version),
                                    FIELD(struct paper, title),
                                    FIELD(struct paper, state),
                                    { 0 } };

static err paper_load(struct rq *rq, i64 id, struct flow_subject *out)
{
    struct paper *p = arena_zero(rq->mem, sizeof *p);
    TRY(db_one(rq->db,
               SQL("SELECT id, version, title, state FROM papers WHERE org_id = :org AND id = :id",
                   P(id)),
               ROW, rq->mem, p));
    *out = (struct flow_subject){ .id = p->id,
                                  .version = p->version,
                                  .state = p->state,
                                  .title = p->title,
                                  .number = str_of(""),
                                  .row = p };
    return OK;
}

static err paper_store(struct rq *rq, const struct flow_subject *subject, str to)
{
    return db_update(rq->db,
                     SQL("UPDATE papers SET state = :to, version = version + 1 WHERE org_id = :org"
                         " AND id = :id AND version = :version",
                         P(to), P(subject->id), P(subject->version)));
}

/* One under a clock that has ended is not filed. */
static err guard_file(struct rq *rq, const struct flow_subject *subject)
{
    (void)rq;
    return str_is(subject->title, "late") ? err_make(ERR_CONFLICT, "flows.clock_stopped") : OK;
}

struct file_input {
    str opinion, kind;
    i64 due_on;
    bool agreed;
};
static const struct input FILE_INPUTS[] = {
    { FIELD(struct file_input, opinion), .kind = INPUT_AREA, .required = true, .max = 20 },
    { FIELD(struct file_input, kind), .kind = INPUT_CHOICE, .choices = "red green" },
    { FIELD(struct file_input, due_on), .kind = INPUT_DAY },
    { FIELD(struct file_input, agreed), .kind = INPUT_BOOL },
    { .field = { 0 } },
};
static const struct form FILE_FORM = { "papers", sizeof(struct file_input), FILE_INPUTS };

static const struct flow_state STATES[] = { { "draft", true, false, "idle" },
                                            { "filed", false, false, "info" },
                                            { "closed", false, true, "ok" },
                                            { 0 } };
static const struct flow_action ACTIONS[] = {
    { "file", "draft", "filed", "papers.file", .form = &FILE_FORM, .guard = guard_file,
      .weight = FLOW_MAIN },
    { "close", "filed", "closed", "papers.close", .reauth = true },
    { "sweep", "filed", "closed", .may = FLOW_SYSTEM },
    { 0 },
};
static const struct flow_clock CLOCKS[] = { { 0 } };
static const struct flow_todo TODOS[] = { { 0 } };
static const struct flow FLOW = { .name = "papers",
                                  .read = "papers.read",
                                  .states = STATES,
                                  .actions = ACTIONS,
                                  .clocks = CLOCKS,
                                  .todos = TODOS,
                                  .load = paper_load,
                                  .store = paper_store };
static const struct flow *const FLOWS[] = { &FLOW, NULL };

static err page_paper_show(struct rq *rq, struct res *res)
{
    struct flow_subject subject;
    struct buf *b = buf_new(rq->mem, 1000);
    TRY(paper_load(rq, rq->path_id, &subject));
    buf_add(b, subject.state);
    res_html(res, b);
    return OK;
}

static const struct route ROUTES[] = {
    { GET, "/papers/{id}", page_paper_show, .may = "papers.read" }, { 0 }
};
static const struct permission PERMISSIONS[] = { { "papers.read", "member staff", ADMIN_NONE },
                                                 { "papers.file", "staff", ADMIN_NONE },
                                                 { "papers.close", "staff", ADMIN_NONE },
                                                 { 0 } };
static const struct module PAPERS = { .name = "papers",
                                      .routes = ROUTES,
                                      .permissions = PERMISSIONS,
                                      .flows = FLOWS,
                                      .settings = ACCESS_SETTINGS,
                                      .schema = FILES };
static const struct module *const MODULES_HERE[] = { &PAPERS, NULL };

static int set_up(void **state)
{
    struct test_app *t = test_app_new(MODULES_HERE);
    err e =
        db_run(t->db,
               SQL("INSERT INTO papers (org_id, title, state) VALUES (:org, 'A <paper>', 'draft')"),
               NULL);
    assert_int_equal(e.code, 0);
    test_as_role(t, "staff");
    *state = t;
    return 0;
}

static int tear_down(void **state)
{
    test_app_free(*state);
    return 0;
}

static str state_of(struct test_app *t)
{
    struct test_answer a = test_get(t, "/papers/1");
    return a.body;
}

/* ---- pages ---- */

static void a_verb_has_a_page_drawn_from_its_form(void **state)
{
    struct test_app *t = *state;
    struct test_answer a = test_get(t, "/papers/1/file");
    assert_int_equal(a.status, 200);
    assert_true(test_has_form(&a, "/papers/1/file"));
    assert_true(test_has(&a, "A &lt;paper&gt;"));
    assert_true(test_has_field(t, &a, "opinion") && test_has_field(t, &a, "kind"));
    assert_true(test_has_field(t, &a, "due_on") && test_has_field(t, &a, "agreed"));
    assert_string_equal(arena_cstr(t->mem, test_field(t, &a, "version")), "1");
    assert_string_equal(arena_cstr(t->mem, test_field(t, &a, "csrf")), "csrf-of-the-test");
    assert_int_equal(test_get(t, "/papers/1/sweep").status, 404);
    assert_int_equal(test_get(t, "/papers/9/file").status, 404);
    assert_int_equal(test_get(t, "/papers/1/close").status, 409); /* not in this state */
}

static err late_add(struct rq *rq, void *context)
{
    (void)context;
    return db_run(rq->db,
                  SQL("INSERT INTO papers (org_id, title, state) VALUES (:org, 'late', 'draft')"),
                  NULL);
}

/* Page and API say what the guard says, not that somebody else may have been faster. */
static void a_guard_that_refuses_says_why(void **state)
{
    struct test_app *t = *state;
    assert_int_equal(test_write(t, late_add, NULL).code, ERR_NONE);
    struct test_answer a = test_get(t, "/papers/2/file");
    assert_int_equal(a.status, 409);
    assert_true(test_has(&a, arena_cstr(t->mem, text_find("flows.clock_stopped"))));
    a = test_api(t, POST, "/api/v1/papers/2/file", "{\"opinion\":\"fine\",\"version\":1}");
    assert_int_equal(a.status, 409);
    assert_true(str_is(test_json(t, &a, "code"), "flows.clock_stopped"));
}

static void a_submission_makes_the_step(void **state)
{
    struct test_app *t = *state;
    struct test_answer a = test_post(t, "/papers/1/file", "opinion", "fine", "version", "1", NULL);
    assert_int_equal(a.status, 303);
    assert_string_equal(arena_cstr(t->mem, a.location), "/papers/1");
    assert_true(test_cookie(t, "flash").len > 0);
    assert_true(str_is(state_of(t), "filed"));
    assert_int_equal(test_post(t, "/papers/1/close", NULL).status, 303);
    assert_true(str_is(state_of(t), "closed"));
}

static void faults_draw_the_form_again(void **state)
{
    struct test_app *t = *state;
    struct test_answer a = test_post(t, "/papers/1/file", "opinion", "much too long an opinion",
                                     "kind", "green", "agreed", "1", NULL);
    assert_int_equal(a.status, 422);
    assert_string_equal(arena_cstr(t->mem, test_field(t, &a, "opinion")),
                        "much too long an opinion");
    assert_string_equal(arena_cstr(t->mem, test_field(t, &a, "kind")), "green");
    assert_string_equal(arena_cstr(t->mem, test_field(t, &a, "agreed")), "1");
    assert_true(test_has(&a, "opinion-why"));
    assert_true(str_is(state_of(t), "draft"));
}

static void who_was_faster_wins_and_the_other_keeps_the_text(void **state)
{
    struct test_app *t = *state;
    assert_int_equal(
        test_post(t, "/papers/1/file", "opinion", "first", "version", "1", NULL).status, 303);
    struct test_answer a =
        test_post(t, "/papers/1/file", "opinion", "second", "version", "1", NULL);
    assert_int_equal(a.status, 409);
    assert_string_equal(arena_cstr(t->mem, test_field(t, &a, "opinion")), "second");
    a = test_api(t, POST, "/api/v1/papers/1/close", "{\"version\":1}");
    assert_int_equal(a.status, 409);
    assert_true(str_is(test_json(t, &a, "code"), "flows.version"));
    assert_true(str_is(state_of(t), "filed"));
}

static void the_api_makes_the_same_step(void **state)
{
    struct test_app *t = *state;
    struct test_answer a =
        test_api(t, POST, "/api/v1/papers/1/file", "{\"opinion\":\"fine\",\"version\":1}");
    assert_int_equal(a.status, 200);
    assert_true(str_is(test_json(t, &a, "state"), "filed"));
    assert_true(str_is(test_json(t, &a, "version"), "2"));
    assert_true(str_is(test_json(t, &a, "allowed.0.verb"), "close"));
    a = test_api(t, POST, "/api/v1/papers/1/file", "{\"opinion\":\"fine\"}");
    assert_int_equal(a.status, 409);
    assert_true(str_is(test_json(t, &a, "code"), "flows.state"));
    a = test_api(t, POST, "/api/v1/papers/1/file", "{}");
    assert_int_equal(a.status, 422);
}

static void steps_want_permission_and_password(void **state)
{
    struct test_app *t = *state;
    struct actor *actor = test_as_role(t, "member");
    assert_int_equal(test_post(t, "/papers/1/file", "opinion", "x", NULL).status, 403);
    assert_int_equal(test_get(t, "/papers/1/file").status, 403);
    actor = test_as_role(t, "staff");
    test_post(t, "/papers/1/file", "opinion", "x", NULL);
    actor->authenticated_at = t->app.clock.fixed_ms - INT64_C(721) * 60000;
    struct test_answer a = test_post(t, "/papers/1/close", NULL);
    assert_int_equal(a.status, 403);
    assert_true(test_has(&a, "/login/again"));
    a = test_get(t, "/papers/1/close");
    assert_string_equal(arena_cstr(t->mem, a.location), "/login/again?next=/papers/1/close");
    struct actor other = *test_as_role(t, "staff");
    other.org_id = 2; /* another organisation's staff sees nothing of it */
    test_as(t, &other);
    assert_int_equal(test_post(t, "/papers/1/close", NULL).status, 404);
    test_as_role(t, "staff");
    assert_true(str_is(state_of(t), "filed"));
}

/* ---- what does not start ---- */

static void broken_tables_do_not_start(void **state)
{
    static const struct flow_action TWO_FORMS[] = {
        { "file", "draft", "filed", "papers.file", .form = &FILE_FORM },
        { "file", "filed", "closed", .may = "papers.file" },
        { 0 },
    };
    static const struct flow BAD_FLOW = { .name = "papers",
                                          .states = STATES,
                                          .actions = TWO_FORMS };
    static const struct flow *const BAD_FLOWS[] = { &BAD_FLOW, NULL };
    static const struct {
        struct route routes[3];
        const struct flow *const *flows;
        const char *fault;
    } CASES[] = {
        { { { GET, "/a", page_paper_show, .may = PUBLIC },
            { GET, "/a", page_paper_show, .may = PUBLIC } },
          NULL,
          "web.route_twice" },
        { { { GET, "/a/{id}", page_paper_show, .may = PUBLIC },
            { GET, "/a/{x_id}", page_paper_show, .may = PUBLIC } },
          NULL,
          "web.route_twice" },
        { { { GET, "/a", page_paper_show, .may = NULL } }, NULL, "web.route_open" },
        { { { GET, "/a", NULL, .may = PUBLIC } }, NULL, "web.route_empty" },
        { { { GET, "a", page_paper_show, .may = PUBLIC } }, NULL, "web.route_path" },
        { { { GET, "/a//b", page_paper_show, .may = PUBLIC } }, NULL, "web.route_path" },
        { { { GET, "/a/{b", page_paper_show, .may = PUBLIC } }, NULL, "web.route_path" },
        { { { GET, "/papers/{id}/file", page_paper_show, .may = PUBLIC } },
          FLOWS,
          "web.route_twice" },
        { { { 0 } }, BAD_FLOWS, "web.flow_forms" },
        { { { GET, "/a/{id}", page_paper_show, .may = PUBLIC },
            { GET, "/a/{name}", page_paper_show, .may = PUBLIC } },
          NULL,
          NULL },
        { { { GET, "/", page_paper_show, .may = PUBLIC },
            { POST, "/", page_paper_show, .may = PUBLIC } },
          NULL,
          NULL },
    };
    (void)state;
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        struct arena *mem = arena_new(1 << 22, 0);
        struct module module = { .name = "x", .routes = CASES[i].routes, .flows = CASES[i].flows };
        const struct module *const modules[] = { &module, NULL };
        struct router *router;
        err e = router_new(mem, modules, NULL, &router);
        if (CASES[i].fault ? !err_is(e, CASES[i].fault) : e.code != ERR_NONE)
            fail_msg("case %zu: %s", i, e.name ? e.name : "starts");
        arena_free(mem);
    }
}

/* A step's page belongs to whoever knows what to show there, the step to its flow. */
static void a_module_above_draws_the_page_of_a_step(void **state)
{
    static const struct route PAGES[] = {
        { GET, "/papers/{id}/file", page_paper_show, .may = "papers.file" },
        { 0 },
    };
    static const struct module BELOW = { .name = "papers", .flows = FLOWS };
    static const struct module ABOVE = { .name = "above", .routes = PAGES };
    static const struct module *const MODULES_OF[] = { &BELOW, &ABOVE, NULL };
    struct arena *mem = arena_new(1 << 22, 0);
    struct router *router = NULL;
    struct route_hit hit;
    (void)state;
    assert_true(router_new(mem, MODULES_OF, NULL, &router).code == ERR_NONE);
    assert_true(router_find(router, GET, str_of("/papers/1/file"), mem, &hit).code == ERR_NONE);
    assert_ptr_equal(hit.entry->route.handler, page_paper_show);
    assert_null(hit.entry->flow);
    assert_true(router_find(router, POST, str_of("/papers/1/file"), mem, &hit).code == ERR_NONE);
    assert_ptr_equal(hit.entry->flow, &FLOW);
    assert_ptr_equal(hit.entry->own_page, &PAGES[0]); /* which is drawn again after a fault */
    assert_true(router_find(router, GET, str_of("/papers/1/close"), mem, &hit).code == ERR_NONE);
    assert_null(hit.entry->own_page);
    arena_free(mem);
}

int main(void)
{
    static const struct CMUnitTest TESTS[] = {
        cmocka_unit_test_setup_teardown(a_verb_has_a_page_drawn_from_its_form, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_guard_that_refuses_says_why, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_submission_makes_the_step, set_up, tear_down),
        cmocka_unit_test_setup_teardown(faults_draw_the_form_again, set_up, tear_down),
        cmocka_unit_test_setup_teardown(who_was_faster_wins_and_the_other_keeps_the_text, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(the_api_makes_the_same_step, set_up, tear_down),
        cmocka_unit_test_setup_teardown(steps_want_permission_and_password, set_up, tear_down),
        cmocka_unit_test(broken_tables_do_not_start),
        cmocka_unit_test(a_module_above_draws_the_page_of_a_step),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("web_flow", TESTS, NULL, NULL);
}
