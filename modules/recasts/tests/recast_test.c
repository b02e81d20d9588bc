/* SPDX-License-Identifier: MulanPSL-2.0 */
/* A matter that goes from proposal to opinion and back: who may, with whose consent, what the text
 * becomes, who sees the link, that it counts once. Expectations: README.md, rules.md 3. */
#include "modules/proposals/tests/desk_look.h"
#include "modules/recasts/recast.h"

static void as(struct desk *d, const char *role)
{
    struct actor *actor = test_as_role(d->t, role);
    actor->account_id = 140;
    actor->person_id = 0;
    d->actor = actor;
}

static struct test_answer post(struct desk *d, const char *what, i64 id, const char *verb,
                               const char *json)
{
    str path = arena_printf(d->t->mem, "/api/v1/%s/%lld/%s", what, (long long)id, verb);
    return test_api(d->t, POST, path.ptr, json);
}

/* Refused, in these words. */
static void refused(const struct test_answer *a, int status, const char *words)
{
    if (a->status != status || !desk_has(a, words))
        fail_msg("%d %.*s", a->status, (int)a->body.len, a->body.ptr);
}

static i64 last_opinion(struct desk *d)
{
    return desk_count(d, SQL("SELECT MAX(id) FROM opinions WHERE org_id = :org"));
}

static i64 last_recast(struct desk *d)
{
    return desk_count(d, SQL("SELECT MAX(id) FROM recasts WHERE org_id = :org"));
}

static i64 told(struct desk *d, const char *words)
{
    str like = arena_printf(d->t->mem, "%%%s%%", words);
    return desk_count(d, SQL("SELECT COUNT(*) FROM deliveries WHERE org_id = :org AND words LIKE "
                             ":like",
                             P(like)));
}

static i64 written(struct desk *d, const char *suggestions)
{
    i64 id = 0;
    desk_as_member(d, 0);
    struct test_answer a = test_api(
        d->t, POST, "/api/v1/opinions",
        arena_printf(d->t->mem,
                     "{\"title\":\"No bus after eight\",\"situation\":\"Many "
                     "wait.\",\"analysis\":\"The line ends early.\",\"suggestions\":\"%s\"}",
                     suggestions)
            .ptr);
    assert_int_equal(a.status, 201);
    assert_true(str_to_i64(test_json(d->t, &a, "id"), &id));
    return id;
}

static int step(struct desk *d, i64 id, const char *verb, const char *json)
{
    struct test_answer a = desk_page(d, "/api/v1/opinions/", id, "");
    i64 version = 0;
    if (!str_to_i64(test_json(d->t, &a, "version"), &version))
        return a.status;
    return post(d, "opinions", id, verb, test_versioned(d->t, json, version)).status;
}

static i64 figure(struct desk *d, const char *name)
{
    i64 n = -1;
    as(d, "editor");
    struct test_answer a = test_get(d->t, "/api/v1/opinions/figures?year=2026");
    if (!str_to_i64(test_json(d->t, &a, arena_printf(d->t->mem, "opinions.%s", name).ptr), &n))
        fail_msg("no %s: %.*s", name, (int)a.body.len, a.body.ptr);
    return n;
}

/* ---- proposal to opinion ---- */

static void the_lead_makes_an_opinion_of_what_was_refused(void **state)
{
    struct desk *d = *state;
    i64 open = desk_submitted(d, "A bridge"), refuse = desk_rejected(d, "A tunnel");
    desk_as_member(d, 0);
    struct test_answer a = post(d, "proposals", open, "opinion", "{}");
    refused(&a, 409, "作者可以自己转");
    desk_as_member(d, 1);
    assert_int_equal(post(d, "proposals", refuse, "opinion", "{}").status, 404);
    desk_as_reviewer(d);
    assert_int_equal(post(d, "proposals", refuse, "opinion", "{}").status, 403);
    desk_as_member(d, 0);
    a = desk_page(d, "/proposals/", refuse, "");
    assert_true(desk_has(&a, "转为社情民意"));
    assert_int_equal(post(d, "proposals", refuse, "opinion", "{}").status, 200);
    i64 id = last_opinion(d);
    a = desk_page(d, "/api/v1/opinions/", id, "");
    desk_same(test_json(d->t, &a, "state"), "draft");
    desk_same(test_json(d->t, &a, "title"), "A tunnel");
    desk_same(test_json(d->t, &a, "situation"), "Eight thousand people wait for one bus.");
    desk_same(test_json(d->t, &a, "suggestions"),
              "1. A line over the second bridge.\n2. A later last bus.");
    desk_same(test_json(d->t, &a, "recast.way"), "to_opinion");
    desk_same(test_json(d->t, &a, "recast.proposal_id"),
              arena_printf(d->t->mem, "%lld", (long long)refuse).ptr);
    a = post(d, "proposals", refuse, "opinion", "{}");
    refused(&a, 409, "已经转过了");
    assert_int_equal(desk_count(d, SQL("SELECT COUNT(*) FROM audits WHERE org_id = :org AND act = "
                                       "'recasts.make'")),
                     2); /* at both ends */
}

/* Each page leads to the other, for whoever may open that. */
static void both_pages_say_so(void **state)
{
    struct desk *d = *state;
    i64 proposal = desk_rejected(d, "A tunnel");
    desk_as_member(d, 0);
    assert_int_equal(post(d, "proposals", proposal, "opinion", "{}").status, 200);
    i64 id = last_opinion(d);
    const char *link = arena_printf(d->t->mem, "href=\"/opinions/%lld\"", (long long)id).ptr;
    struct test_answer a = desk_page(d, "/proposals/", proposal, "");
    assert_true(desk_has(&a, link));
    a = desk_page(d, "/opinions/", id, "");
    assert_true(desk_has(&a, "由提案转来"));
    assert_true(
        desk_has(&a, arena_printf(d->t->mem, "href=\"/proposals/%lld\"", (long long)proposal).ptr));
    desk_as_reviewer(d); /* the office reads that it did, and may not open it */
    a = desk_page(d, "/proposals/", proposal, "");
    assert_true(desk_has(&a, "转为社情民意信息"));
    assert_false(desk_has(&a, link));
    a = desk_page(d, "/api/v1/proposals/", proposal, "");
    desk_same(test_json(d->t, &a, "recast.state"), "done");
    assert_int_equal(test_json(d->t, &a, "recast.opinion_id").len, 0);
    desk_as_member(d, 0);
    assert_int_equal(step(d, id, "submit", "{}"), 200);
    as(d, "editor"); /* reads where it came from, and opens no proposal */
    a = desk_page(d, "/opinions/", id, "");
    assert_true(desk_has(&a, "由提案转来"));
    assert_false(
        desk_has(&a, arena_printf(d->t->mem, "href=\"/proposals/%lld\"", (long long)proposal).ptr));
}

static void what_is_confidential_or_unsent_stays(void **state)
{
    struct desk *d = *state;
    i64 secret = desk_rejected(d, "A wall"), draft = desk_draft(d, "A road");
    assert_ok(db_run(d->t->db,
                     SQL("UPDATE proposals SET confidential = 1 WHERE org_id = :org AND id = "
                         ":secret AND version > 0",
                         P(secret)),
                     NULL));
    desk_as_member(d, 0);
    struct test_answer a = post(d, "proposals", secret, "opinion", "{}");
    refused(&a, 409, "保密提案");
    a = post(d, "proposals", draft, "opinion", "{}");
    refused(&a, 409, "还没有提交");
    desk_as_reviewer(d);
    a = post(d, "proposals", secret, "recasts", "{}");
    refused(&a, 409, "保密提案");
    assert_int_equal(post(d, "proposals", draft, "recasts", "{}").status, 404);
}

/* ---- with consent ---- */

static void the_office_asks_and_the_lead_answers(void **state)
{
    struct desk *d = *state;
    desk_lead_signs_in(d);
    i64 id = desk_docketed(d, "A bridge");
    desk_as_reviewer(d);
    assert_int_equal(desk_page(d, "/proposals/", id, "/recasts").status, 200);
    str path = arena_printf(d->t->mem, "/proposals/%lld/recasts", (long long)id);
    assert_int_equal(test_post(d->t, path.ptr, "remark", "IT-IS-QUICKER", NULL).status, 303);
    assert_int_equal(told(d, "机关请您同意"), 1);
    struct test_answer a = post(d, "proposals", id, "recasts", "{}");
    refused(&a, 409, "正在等他答复");
    desk_as_member(d, 1);
    assert_int_equal(post(d, "recasts", last_recast(d), "agree", "{}").status, 404);
    desk_as_other_member(d);
    assert_int_equal(post(d, "recasts", last_recast(d), "agree", "{}").status, 404);
    desk_as_member(d, 0);
    a = desk_page(d, "/proposals/", id, "");
    assert_true(desk_has(&a, "IT-IS-QUICKER") && desk_has(&a, "不同意"));
    i64 first = last_recast(d);
    assert_int_equal(post(d, "recasts", first, "decline", "{}").status, 200);
    a = post(d, "recasts", first, "agree", "{}");
    refused(&a, 409, "已经答复过了");
    desk_as_reviewer(d);
    a = desk_page(d, "/proposals/", id, "");
    assert_true(desk_has(&a, "作者不同意"));
    assert_int_equal(post(d, "proposals", id, "recasts", "{}").status, 200); /* asks again */
    desk_as_member(d, 0);
    assert_int_equal(post(d, "recasts", last_recast(d), "agree", "{}").status, 200);
    a = desk_page(d, "/api/v1/opinions/", last_opinion(d), "");
    desk_same(test_json(d->t, &a, "title"), "A bridge");
    assert_int_equal(desk_count(d, SQL("SELECT COUNT(*) FROM opinions WHERE org_id = :org")), 1);
}

/* ---- without an answer ---- */

static err lapse(struct rq *rq, void *again)
{
    return job_recast_lapse(rq, again);
}

static void a_question_without_an_answer_ends(void **state)
{
    struct desk *d = *state;
    bool again = false;
    i64 earlier = (i64)31 * 24 * 3600 * 1000;
    desk_lead_signs_in(d);
    i64 proposal = desk_rejected(d, "A tunnel");
    desk_as_reviewer(d);
    assert_int_equal(post(d, "proposals", proposal, "recasts", "{}").status, 200);
    i64 id = last_recast(d);
    struct test_answer a = desk_page(d, "/proposals/", proposal, "");
    assert_true(desk_has(&a, "收回，不再请作者答复"));
    desk_as_member(d, 0);
    assert_int_equal(post(d, "recasts", id, "recall", "{}").status, 403);
    desk_as_reviewer(d);
    assert_int_equal(post(d, "recasts", id, "recall", "{}").status, 200);
    assert_int_equal(told(d, "A tunnel：机关收回了"), 1);
    a = post(d, "recasts", id, "recall", "{}");
    refused(&a, 409, "已经收回");
    desk_as_member(d, 0);
    assert_int_equal(post(d, "recasts", id, "agree", "{}").status, 409);
    desk_as_reviewer(d);
    a = desk_page(d, "/api/v1/proposals/", proposal, "");
    desk_same(test_json(d->t, &a, "recast.ended"), "recalled");
    /* asked again, and a month without a word */
    assert_int_equal(post(d, "proposals", proposal, "recasts", "{}").status, 200);
    assert_ok(desk_in_org(d, 1, lapse, &again));
    a = desk_page(d, "/api/v1/proposals/", proposal, "");
    desk_same(test_json(d->t, &a, "recast.state"), "asked");
    assert_ok(
        db_run(d->t->db,
               SQL("UPDATE recasts SET asked_at = asked_at - :earlier WHERE org_id = :org AND "
                   "state = 'asked'",
                   P(earlier)),
               NULL));
    desk_set(d, "recasts.answer_days", "0"); /* never */
    assert_ok(desk_in_org(d, 1, lapse, &again));
    desk_as_reviewer(d);
    a = desk_page(d, "/api/v1/proposals/", proposal, "");
    desk_same(test_json(d->t, &a, "recast.state"), "asked");
    desk_set(d, "recasts.answer_days", "30");
    assert_ok(desk_in_org(d, 1, lapse, &again));
    desk_as_reviewer(d);
    a = desk_page(d, "/api/v1/proposals/", proposal, "");
    desk_same(test_json(d->t, &a, "recast.ended"), "lapsed");
    a = desk_page(d, "/proposals/", proposal, "");
    assert_true(desk_has(&a, "已经失效"));
}

/* ---- opinion to proposal ---- */

static void the_writer_makes_a_proposal_of_it(void **state)
{
    struct desk *d = *state;
    i64 id = written(d, "1. A later bus.\\n2. A lamp at the stop.");
    assert_int_equal(step(d, id, "submit", "{}"), 200);
    struct test_answer a = post(d, "opinions", id, "proposal", "{}");
    refused(&a, 409, "正在采编");
    as(d, "editor");
    assert_int_equal(step(d, id, "keep", "{\"keep_reason\":\"vague\"}"), 200);
    assert_int_equal(post(d, "opinions", id, "proposal", "{}").status, 403);
    desk_as_member(d, 1);
    assert_int_equal(post(d, "opinions", id, "proposal", "{}").status, 404);
    desk_as_member(d, 0);
    a = desk_page(d, "/opinions/", id, "");
    assert_true(desk_has(&a, "转为提案"));
    assert_int_equal(post(d, "opinions", id, "proposal", "{}").status, 200);
    i64 proposal = desk_count(d, SQL("SELECT MAX(id) FROM proposals WHERE org_id = :org"));
    a = desk_page(d, "/api/v1/proposals/", proposal, "");
    desk_same(test_json(d->t, &a, "state"), "draft");
    desk_same(test_json(d->t, &a, "title"), "No bus after eight");
    desk_same(test_json(d->t, &a, "suggestions.0"), "A later bus.");
    desk_same(test_json(d->t, &a, "suggestions.1"), "A lamp at the stop.");
    desk_same(test_json(d->t, &a, "recast.way"), "to_proposal");
    a = post(d, "opinions", id, "proposal", "{}");
    refused(&a, 409, "已经转过了");
    a = post(d, "proposals", proposal, "opinion", "{}"); /* and not back */
    refused(&a, 409, "还没有提交");
}

/* ---- counted once ---- */

static void each_counts_once(void **state)
{
    struct desk *d = *state;
    i64 refuse = desk_rejected(d, "A tunnel"), own = written(d, "A later bus."),
        other = written(d, "A later train.");
    assert_int_equal(step(d, own, "submit", "{}"), 200);
    assert_int_equal(step(d, other, "submit", "{}"), 200);
    assert_int_equal(figure(d, "opinions"), 2);
    desk_as_member(d, 0);
    assert_int_equal(post(d, "proposals", refuse, "opinion", "{}").status, 200);
    assert_int_equal(step(d, last_opinion(d), "submit", "{}"), 200);
    assert_int_equal(figure(d, "opinions"), 2);
    assert_int_equal(figure(d, "recast"), 1);
    assert_int_equal(step(d, own, "keep", "{\"keep_reason\":\"vague\"}"), 200);
    assert_int_equal(figure(d, "stored"), 1);
    desk_as_member(d, 0);
    assert_int_equal(post(d, "opinions", own, "proposal", "{}").status, 200);
    assert_int_equal(figure(d, "opinions"), 2); /* the draft of a proposal is none yet */
    i64 proposal = desk_count(d, SQL("SELECT MAX(id) FROM proposals WHERE org_id = :org"));
    desk_as_member(d, 0);
    str path = arena_printf(d->t->mem, "/api/v1/proposals/%lld", (long long)proposal);
    struct test_answer a = test_get(d->t, path.ptr);
    i64 version = 0;
    assert_true(str_to_i64(test_json(d->t, &a, "version"), &version));
    a = test_api(d->t, PUT, path.ptr,
                 test_versioned(d->t, desk_text(d, "No bus after eight"), version));
    assert_int_equal(a.status, 200);
    assert_int_equal(desk_act(d, proposal, "submit", "{\"confirmed\":true}"), 200);
    assert_int_equal(figure(d, "opinions"), 1);
    assert_int_equal(figure(d, "stored"), 0);
    assert_int_equal(figure(d, "recast"), 2);
    assert_int_equal(desk_total(d, "/api/v1/opinions?recast=1"), 2); /* what the number leads to */
    assert_int_equal(desk_total(d, "/api/v1/opinions?counted=1"), 1);
}

/* ---- over the limit ---- */

static void a_long_text_comes_down_bit_by_bit(void **state)
{
    struct desk *d = *state;
    desk_set(d, "opinions.total_max", "200");
    desk_as_member(d, 0);
    char text[400], json[2000];
    memset(text, 'a', 390);
    text[390] = 0;
    snprintf(json, sizeof json,
             "{\"title\":\"A tunnel\",\"situation\":\"%s\",\"analysis\":\"b\",\"suggestions\":"
             "[\"c\"],\"consent\":\"yes\"}",
             text);
    struct test_answer a = test_api(d->t, POST, "/api/v1/proposals", json);
    assert_int_equal(a.status, 201);
    i64 id = 0, version = 0;
    assert_true(str_to_i64(test_json(d->t, &a, "id"), &id));
    assert_int_equal(desk_act(d, id, "submit", "{\"confirmed\":true}"), 200);
    desk_as_reviewer(d);
    assert_int_equal(
        desk_act(d, id, "reject",
                 "{\"reason\":\"empty\",\"destination\":\"refer\",\"opinion\":\"No.\"}"),
        200);
    desk_as_member(d, 0);
    assert_int_equal(post(d, "proposals", id, "opinion", "{}").status, 200);
    i64 opinion = last_opinion(d);
    assert_int_equal(step(d, opinion, "submit", "{}"), 422);
    str path = arena_printf(d->t->mem, "/api/v1/opinions/%lld", (long long)opinion);
    static const struct {
        int length, status;
    } SAVES[] = { { 300, 200 }, { 350, 422 }, { 250, 200 }, { 150, 200 }, { 220, 422 } };
    for (size_t i = 0; i < sizeof SAVES / sizeof *SAVES; i++) {
        a = test_get(d->t, path.ptr);
        assert_true(str_to_i64(test_json(d->t, &a, "version"), &version));
        text[SAVES[i].length] = 0;
        snprintf(
            json, sizeof json,
            "{\"title\":\"A tunnel\",\"situation\":\"%.*s\",\"analysis\":\"b\",\"suggestions\":"
            "\"c\"}",
            SAVES[i].length, text);
        memset(text, 'a', 390);
        a = test_api(d->t, PUT, path.ptr, test_versioned(d->t, json, version));
        if (a.status != SAVES[i].status)
            fail_msg("%d: %d %.*s", SAVES[i].length, a.status, (int)a.body.len, a.body.ptr);
    }
    assert_int_equal(step(d, opinion, "submit", "{}"), 200);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_lead_makes_an_opinion_of_what_was_refused, desk_setup,
                                        desk_teardown),
        cmocka_unit_test_setup_teardown(both_pages_say_so, desk_setup, desk_teardown),
        cmocka_unit_test_setup_teardown(what_is_confidential_or_unsent_stays, desk_setup,
                                        desk_teardown),
        cmocka_unit_test_setup_teardown(the_office_asks_and_the_lead_answers, desk_setup,
                                        desk_teardown),
        cmocka_unit_test_setup_teardown(a_question_without_an_answer_ends, desk_setup,
                                        desk_teardown),
        cmocka_unit_test_setup_teardown(the_writer_makes_a_proposal_of_it, desk_setup,
                                        desk_teardown),
        cmocka_unit_test_setup_teardown(each_counts_once, desk_setup, desk_teardown),
        cmocka_unit_test_setup_teardown(a_long_text_comes_down_bit_by_bit, desk_setup,
                                        desk_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
