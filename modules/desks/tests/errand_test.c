/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Errands: what may be given to whom by which day, who does what, what goes into the draft of the
 * answer and what never does. Days by hand: 2026-11-25 is a Wednesday without holidays near; five
 * working days on is Wednesday 12-02. */
#include <stdio.h>

#include "modules/desks/errand_store.h"
#include "modules/desks/tests/office.h"
#include "platform/base/str.h"

static const char BOTH[] = "{\"results\":[\"adopted\",\"planned\"],\"answers\":[\"Done.\","
                           "\"Lamps in May.\"]}";
static const char ONE[] = "{\"results\":[\"planned\"],\"answers\":[\"Lamps in May.\"]}";

static str text_of(struct hall *h, i64 id, const char *at)
{
    struct test_answer a = page(h, "/api/v1/errands/", id, "");
    assert_int_equal(a.status, 200);
    return test_json(h->t, &a, at);
}

/* "before" id "after". */
static const char *text(struct hall *h, const char *before, i64 n, const char *after)
{
    return arena_printf(h->t->mem, "%s%lld%s", before, (long long)n, after).ptr;
}

/* ---- giving ---- */

static void what_may_be_given(void **state)
{
    struct hall *h = *state;
    i64 id = talked(h), desk = make_desk(h, false);
    static const struct {
        const char *json;
        int status;
        const char *why;
    } CASES[] = {
        { "{\"ask\":\"Write.\"}", 422, "errands.nobody" },
        { "{\"account_id\":410}", 422, "form.required" },
        { "{\"account_id\":401,\"ask\":\"Write.\"}", 422, "errands.not_ours" },
        { "{\"account_id\":99,\"ask\":\"Write.\"}", 422, "errands.not_ours" },
        { "{\"account_id\":413,\"ask\":\"Write.\"}", 422, "errands.may_not_finish" },
        { "{\"desk_id\":99,\"ask\":\"Write.\"}", 422, "errands.not_ours" },
        { "{\"desk_id\":1,\"account_id\":400,\"ask\":\"Write.\"}", 422, "errands.not_in_desk" },
        { "{\"account_id\":410,\"ask\":\"Write.\",\"numbers\":[3]}", 422, "errands.bad_number" },
        { "{\"account_id\":410,\"ask\":\"Write.\",\"due_on\":\"2026-11-24\"}", 422,
          "errands.due_past" },
        { "{\"account_id\":410,\"ask\":\"Write.\",\"due_on\":\"2026-11-28\"}", 422,
          "errands.due_off" },
        { "{\"account_id\":410,\"ask\":\"Write.\",\"due_on\":\"2027-02-25\"}", 422,
          "errands.due_behind" },
        { "{\"account_id\":410,\"ask\":\"Write.\",\"due_on\":\"2027-02-24\"}", 201, "" },
        { "{\"desk_id\":1,\"account_id\":411,\"ask\":\"Write.\",\"numbers\":[2]}", 201, "" },
    };
    assert_int_equal(desk, 1);
    as_account(h, OPERATOR);
    const char *path = text(h, "/api/v1/assignments/", id, "/errands");
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        struct test_answer a = test_api(h->t, POST, path, CASES[i].json);
        if (a.status != CASES[i].status || !test_has(&a, CASES[i].why))
            fail_msg("case %zu: %d %.*s", i, a.status, (int)a.body.len, a.body.ptr);
    }
    struct test_answer a = test_api(h->t, GET, path, NULL);
    same(test_json(h->t, &a, "items.0.numbers"), "1 2");
    same(test_json(h->t, &a, "items.1.numbers"), "2");
    same(test_json(h->t, &a, "items.1.due_on"), "2026-12-02");
    a = test_post(h->t, text(h, "/assignments/", id, "/errands"), "ask", "Write this.", NULL);
    assert_int_equal(a.status, 422);
    assert_true(test_has(&a, "Write this."));
}

/* Due on Monday 11-30: the last working day before it is Friday 11-27. Not before it is taken, nor
 * once the answer is handed in. */
static void before_the_day_of_the_assignment_and_while_it_is_handled(void **state)
{
    struct hall *h = *state;
    i64 made[AGENCIES] = { 0 };
    assert_int_equal(hand_out(h, &(struct handing){ 0, "s", 1, day("2026-11-30") }, made).code,
                     ERR_NONE);
    const char *path = text(h, "/api/v1/assignments/", made[0], "/errands");
    static const char GIVEN[] = "{\"account_id\":410,\"ask\":\"Write.\"}";
    as_account(h, OPERATOR);
    assert_int_equal(test_api(h->t, POST, path, GIVEN).status, 409);
    assert_int_equal(act(h, made[0], "accept", NULL), 200);
    assert_int_equal(test_api(h->t, POST, path, GIVEN).status, 201);
    struct test_answer a = test_api(h->t, GET, path, NULL);
    same(test_json(h->t, &a, "items.0.due_on"), "2026-11-27");
    draft(h, made[0], 0);
    as_account(h, OPERATOR);
    assert_int_equal(test_api(h->t, POST, path, GIVEN).status, 409);
    as_account(h, OTHER_OPERATOR);
    assert_int_equal(test_api(h->t, POST, path, GIVEN).status, 404);
    assert_int_equal(test_api(h->t, GET, path, NULL).status, 404);
    as_foreign_operator(h, h->agency[0]);
    assert_int_equal(test_api(h->t, POST, path, GIVEN).status, 404);
    as_dispatcher(h);
    assert_int_equal(test_api(h->t, POST, path, GIVEN).status, 403);
}

/* ---- the road ---- */

static void from_desk_by_its_head_into_the_draft(void **state)
{
    struct hall *h = *state;
    i64 assignment = talked(h);
    make_desk(h, true);
    i64 id = give(h, assignment, "{\"desk_id\":1,\"numbers\":[2],\"ask\":\"Write it.\"}");
    assert_int_equal(step(h, id, "take", "{}"), 403); /* the operator is of no desk */
    as_account(h, SECOND);
    assert_int_equal(step(h, id, "finish", ONE), 409);
    assert_int_equal(step(h, id, "take", "{}"), 200);
    same(errand_load(h, id).account_name, "Clerk 411");
    as_account(h, WRITER);
    assert_int_equal(step(h, id, "finish", ONE), 403); /* it is the other's now */
    as_account(h, SECOND);
    assert_int_equal(step(h, id, "finish", "{}"), 422);
    assert_int_equal(step(h, id, "finish", "{\"results\":[\"\"],\"answers\":[\"x\"]}"), 422);
    assert_int_equal(step(h, id, "finish",
                          "{\"results\":[\"planned\",\"planned\"],\"answers\":[\"x\",\"y\"]}"),
                     422);
    assert_int_equal(step(h, id, "finish", ONE), 200);
    as_account(h, OPERATOR);
    assert_int_equal(step(h, id, "pass", "{}"), 409); /* its head has not looked */
    assert_int_equal(step(h, id, "approve", "{}"), 403);
    as_account(h, HEAD);
    assert_int_equal(step(h, id, "approve", "{}"), 200);
    assert_int_equal(step(h, id, "approve", "{}"), 409);
    as_account(h, OPERATOR);
    shows(h, page(h, "/errands/", id, "/pass"), "Lamps in May.");
    assert_int_equal(step(h, id, "pass", "{}"), 200);
    same(errand_load(h, id).state, "passed");
    struct test_answer a = page(h, "/assignments/", assignment, "/reply");
    shows(h, a, "Lamps in May.");
    shows(h, a, "value=\"planned\" selected");
    shows(h, page(h, "/assignments/", assignment, ""), "已并入 1 件，共 1 件");
}

/* ---- nothing is lost ---- */

static i64 written(struct hall *h, i64 assignment)
{
    i64 id = give(h, assignment, "{\"account_id\":410,\"ask\":\"Write it.\"}");
    as_account(h, WRITER);
    assert_int_equal(step(h, id, "take", "{}"), 200);
    assert_int_equal(step(h, id, "finish", BOTH), 200);
    as_account(h, OPERATOR);
    return id;
}

/* What the operator typed for both suggestions; gives the version of the draft. */
static i64 typed(struct hall *h, i64 assignment, i64 version, const char *second)
{
    str path = arena_printf(h->t->mem, "/api/v1/assignments/%lld/draft", (long long)assignment);
    str json = arena_printf(h->t->mem,
                            "{\"version\":%lld,\"results\":[\"adopted\",\"partly\"],\"answers\":["
                            "\"Done.\",\"%s\"]}",
                            (long long)version, second);
    struct test_answer a = test_api(h->t, PUT, path.ptr, json.ptr);
    i64 now = 0;
    assert_int_equal(a.status, 200);
    assert_true(str_to_i64(test_json(h->t, &a, "version"), &now));
    return now;
}

static str second_answer(struct hall *h, i64 id)
{
    return text_of(h, id, "answers.1.draft_text");
}

static void what_stands_in_the_draft_is_never_overwritten_unseen(void **state)
{
    struct hall *h = *state;
    static const struct {
        const char *keep, *after;
    } CHOICES[] = { { "draft", "Typed." },
                    { "part", "Lamps in May." },
                    { "both", "Typed.\nLamps in May." } };
    for (i64 i = 0; i < 3; i++) {
        i64 made[AGENCIES] = { 0 };
        assert_int_equal(hand_out(h, &(struct handing){ i, "s", 1, 0 }, made).code, ERR_NONE);
        as_account(h, OPERATOR);
        assert_int_equal(act(h, made[0], "accept", NULL), 200);
        i64 id = written(h, made[0]), version = typed(h, made[0], 0, "Before.");
        assert_int_equal(step(h, id, "pass", "{}"), 422);
        assert_int_equal(step(h, id, "pass", text(h, "{\"draft_version\":", version, "}")), 422);
        struct test_answer a = page(h, "/errands/", id, "/pass");
        shows(h, a, "Before.");
        shows(h, a, "Lamps in May.");
        const char *seen = text(h, "{\"draft_version\":", version, ",\"keeps\":[\"\",\"part\"]}");
        version = typed(h, made[0], version, "Typed.");
        assert_int_equal(step(h, id, "pass", seen), 422); /* meanwhile */
        same(second_answer(h, id), "Typed.");
        seen = arena_printf(h->t->mem, "{\"draft_version\":%lld,\"keeps\":[\"\",\"%s\"]}",
                            (long long)version, CHOICES[i].keep)
                   .ptr;
        assert_int_equal(step(h, id, "pass", seen), 200);
        same(second_answer(h, id), CHOICES[i].after);
        same(text_of(h, id, "answers.0.draft_text"), "Done.");
    }
}

/* Two at one desk write at once; and the page comes back as typed. */
static void what_is_typed_is_kept_by_version(void **state)
{
    struct hall *h = *state;
    i64 assignment = talked(h), id = give(h, assignment, "{\"account_id\":410,\"ask\":\"Write.\"}");
    const char *path = text(h, "/api/v1/errands/", id, "/draft");
    static const char FIRST[] = "{\"version\":0,\"answers\":[\"MINE\"],\"note\":\"n\"}";
    as_account(h, WRITER);
    assert_int_equal(test_api(h->t, PUT, path, FIRST).status, 409); /* not taken yet */
    assert_int_equal(step(h, id, "take", "{}"), 200);
    assert_int_equal(test_api(h->t, PUT, path, FIRST).status, 200);
    struct test_answer a = test_api(h->t, PUT, path, FIRST);
    assert_int_equal(a.status, 409);
    a = test_post(h->t, text(h, "/errands/", id, "/draft"), "version", "0", "answers", "THEIRS",
                  "answers", "", "results", "", "results", "", NULL);
    assert_int_equal(a.status, 409);
    assert_true(test_has(&a, "THEIRS") && test_has(&a, "MINE"));
    a = test_post(h->t, text(h, "/errands/", id, "/draft"), "version", "1", "answers", "Done.",
                  "answers", "", "results", "adopted", "results", "", "send", "1", NULL);
    assert_int_equal(a.status, 422); /* the second one has nothing: all or nothing */
    same(text_of(h, id, "answers.0.text"), "MINE");
    a = test_post(h->t, text(h, "/errands/", id, "/draft"), "version", "1", "answers", "Done.",
                  "answers", "Too.", "results", "adopted", "results", "partly", "send", "1", NULL);
    assert_int_equal(a.status, 303);
    same(errand_load(h, id).state, "finished");
    as_account(h, SECOND);
    assert_int_equal(test_api(h->t, PUT, path, FIRST).status, 403);
}

static err many(struct rq *rq, void *context)
{
    i64 assignment_id = *(const i64 *)context;
    for (i64 i = 0; i < ERRANDS_MOST; i++)
        TRY(db_run(rq->db,
                   SQL("INSERT INTO errands (org_id, assignment_id, agency_id, round, desk_id, "
                       "account_id, due_on, given_at, given_by, matter_title, matter_number, "
                       "numbers, ask, desk_name, account_name, state) VALUES (:org, "
                       ":assignment_id, 1, 1, 0, 410, 1, 1, 1, '', '', '1', '', '', '', 'passed')",
                       P(assignment_id)),
                   NULL));
    return OK;
}

/* More than a listing gives would not end with the assignment. */
static void parts_of_an_assignment_have_an_end(void **state)
{
    struct hall *h = *state;
    i64 assignment = talked(h);
    assert_int_equal(test_write(h->t, many, &assignment).code, ERR_NONE);
    struct test_answer a =
        test_api(h->t, POST, text(h, "/api/v1/assignments/", assignment, "/errands"),
                 "{\"account_id\":410,\"ask\":\"One more.\"}");
    assert_int_equal(a.status, 409);
}

/* ---- who does it changes ---- */

static i64 todos_of(struct hall *h, i64 account_id)
{
    i64 person_id = account_id + 100, count = 0;
    assert_int_equal(db_i64(h->t->db,
                            SQL("SELECT COUNT(*) FROM todos WHERE org_id = :org AND flow = "
                                "'errands' AND holder = 'person' AND holder_id = :person_id",
                                P(person_id)),
                            &count)
                         .code,
                     ERR_NONE);
    return count;
}

static err moved(struct rq *rq, void *context)
{
    const struct hall *h = context;
    i64 account_id = WRITER, agency_id = h->agency[1];
    TRY(db_run(rq->db,
               SQL("UPDATE accounts SET agency_id = :agency_id WHERE org_id = :org AND id = "
                   ":account_id",
                   P(agency_id), P(account_id)),
               NULL));
    return event_emit(rq, "accounts.left", account_id, NULL);
}

/* A person's to-dos of an agency end when he works there no more, and when his desk changes. */
static void todos_follow_desks_and_people(void **state)
{
    struct hall *h = *state;
    i64 assignment = talked(h), desk = make_desk(h, false);
    give(h, assignment, "{\"desk_id\":1,\"numbers\":[1],\"ask\":\"A.\"}");
    give(h, assignment, "{\"account_id\":410,\"numbers\":[2],\"ask\":\"B.\"}");
    assert_int_equal(todos_of(h, WRITER), 2);
    assert_int_equal(todos_of(h, HEAD), 0);
    as_account(h, BOSS);
    assert_int_equal(test_api(h->t, PUT, text(h, "/api/v1/desks/", desk, ""),
                              "{\"version\":1,\"name\":\"Works\",\"accounts\":[412]}")
                         .status,
                     200);
    assert_int_equal(todos_of(h, WRITER), 1); /* what was given to himself */
    assert_int_equal(todos_of(h, HEAD), 1);
    assert_int_equal(test_write(h->t, moved, h).code, ERR_NONE);
    assert_int_equal(todos_of(h, WRITER), 0);
}

/* ---- back and forth ---- */

static void back_with_a_reason_and_to_another(void **state)
{
    struct hall *h = *state;
    i64 id = give(h, talked(h), "{\"account_id\":410,\"ask\":\"Write.\"}");
    as_account(h, WRITER);
    assert_int_equal(step(h, id, "bounce", "{}"), 422);
    assert_int_equal(step(h, id, "bounce", "{\"opinion\":\"NOT-MINE\"}"), 200);
    as_account(h, OPERATOR);
    shows(h, page(h, "/errands/", id, ""), "NOT-MINE");
    assert_int_equal(step(h, id, "reassign", "{}"), 422);
    assert_int_equal(step(h, id, "reassign", "{\"account_id\":401}"), 422);
    assert_int_equal(step(h, id, "reassign", "{\"account_id\":411}"), 200);
    same(errand_load(h, id).state, "given");
    as_account(h, WRITER);
    assert_int_equal(step(h, id, "take", "{}"), 403);
    as_account(h, SECOND);
    assert_int_equal(step(h, id, "take", "{}"), 200);
    assert_int_equal(step(h, id, "finish", BOTH), 200);
    on_day(h, "2026-12-07"); /* its day has passed: who writes again has until tomorrow */
    as_account(h, OPERATOR);
    assert_int_equal(step(h, id, "redraft", "{\"opinion\":\"SAY-WHEN\"}"), 200);
    assert_int_equal(errand_load(h, id).due_on, day("2026-12-08"));
    as_account(h, SECOND);
    struct test_answer a = page(h, "/errands/", id, "/finish");
    shows(h, a, "SAY-WHEN");
    shows(h, a, "Lamps in May."); /* what was written is still there */
    as_account(h, OPERATOR);
    assert_int_equal(step(h, id, "drop", "{}"), 200);
    assert_int_equal(step(h, id, "remind", "{}"), 409);
}

/* A part that is in no draft any more: the answer is with the leader, delivered, or another
 * round's. */
static void a_closed_draft_takes_no_parts_and_an_answer_ends_what_is_open(void **state)
{
    struct hall *h = *state;
    i64 assignment = talked(h), id = written(h, assignment);
    i64 open = give(h, assignment, "{\"account_id\":411,\"ask\":\"More.\"}");
    as_account(h, OPERATOR);
    shows(h, page(h, "/assignments/", assignment, "/reply"), "还有 2 件内部分办没有并入");
    draft(h, assignment, 0);
    as_account(h, OPERATOR);
    assert_int_equal(step(h, id, "pass", "{}"), 409);
    as_leader(h, 0);
    assert_int_equal(act(h, assignment, "sign", "{\"signer\":\"Li\"}"), 200);
    same(errand_load(h, id).state, "dropped");
    same(errand_load(h, open).state, "dropped");
    as_account(h, OPERATOR);
    assert_int_equal(page(h, "/errands/", open, "").status, 200); /* readable */
}

/* ---- late ---- */

static err late(struct rq *rq, void *context)
{
    bool again;
    (void)context;
    return job_errand_late(rq, &again);
}

static i64 reminders(struct hall *h, int agency)
{
    struct rows rows;
    struct rq rq = test_system_rq(h->t);
    struct actor actor = *test_as_role(h->t, "operator");
    actor.person_id = 0;
    actor.agency_id = h->agency[agency];
    rq.actor = &actor;
    assert_int_equal(flow_todos(&rq, 50, &rows).code, ERR_NONE);
    i64 count = 0;
    for (size_t i = 0; i < rows.count; i++)
        count += str_is(((const struct todo *)rows.items)[i].verb, "remind");
    return count;
}

static void what_is_late_is_the_agencys_to_do(void **state)
{
    struct hall *h = *state;
    i64 id = give(h, talked(h), "{\"account_id\":410,\"ask\":\"Write.\"}"); /* until 12-02 */
    on_day(h, "2026-12-02");
    assert_int_equal(test_write(h->t, late, NULL).code, ERR_NONE);
    assert_int_equal(reminders(h, 0), 0);
    on_day(h, "2026-12-03");
    for (int i = 0; i < 2; i++) /* once, however often it runs */
        assert_int_equal(test_write(h->t, late, NULL).code, ERR_NONE);
    assert_int_equal(reminders(h, 0), 1);
    as_account(h, OPERATOR);
    shows(h, test_get(h->t, "/errands?is_late=1"), "A safe road");
    assert_int_equal(step(h, id, "remind", "{}"), 200);
    assert_int_equal(step(h, id, "remind", "{}"), 409); /* once a day */
    assert_int_equal(reminders(h, 0), 1);
    assert_int_equal(reminders(h, 1), 0);
    as_account(h, WRITER);
    assert_int_equal(step(h, id, "take", "{}"), 200);
    assert_int_equal(step(h, id, "finish", BOTH), 200);
    assert_int_equal(reminders(h, 0), 0);
}

/* ---- who sees it ---- */

/* Host 0 and cohost 1 of one matter; all that is said inside agency 0 holds INSIDE. */
static const struct {
    const char *before, *after;
} INSIDE_PAGES[] = { { "/assignments/", "" },         { "/api/v1/assignments/", "" },
                     { "/assignments/", "/errands" }, { "/api/v1/assignments/", "/errands" },
                     { "/assignments/", "/reply" },   { "/assignments/", "/pdf" } };
static const char *const INSIDE_LISTS[] = {
    "/matters/900", "/api/v1/matters/900", "/errands", "/api/v1/errands", "/desks", "/api/v1/desks",
    "/assignments", "/api/v1/assignments", "/home"
};

static void sees_nothing(struct hall *h, i64 assignment, i64 errand)
{
    struct test_answer a;
    for (size_t i = 0; i < sizeof INSIDE_PAGES / sizeof *INSIDE_PAGES; i++) {
        a = page(h, INSIDE_PAGES[i].before, assignment, INSIDE_PAGES[i].after);
        assert_false(test_has(&a, "INSIDE"));
    }
    for (size_t i = 0; i < sizeof INSIDE_LISTS / sizeof *INSIDE_LISTS; i++) {
        a = test_get(h->t, INSIDE_LISTS[i]);
        assert_false(test_has(&a, "INSIDE"));
    }
    assert_true(page(h, "/errands/", errand, "").status >= 403);
    assert_true(page(h, "/api/v1/errands/", errand, "").status >= 403);
    assert_true(page(h, "/errands/", errand, "/finish").status >= 403);
    assert_true(page(h, "/errands/", errand, "/pass").status >= 403);
    assert_true(step(h, errand, "redraft", "{\"opinion\":\"x\"}") >= 403);
    assert_true(step(h, errand, "drop", "{}") >= 403);
}

static void the_office_and_others_see_nothing_of_the_inside(void **state)
{
    struct hall *h = *state;
    i64 made[AGENCIES] = { 0 };
    assert_int_equal(hand_out(h, &(struct handing){ 0, "hc", 2, 0 }, made).code, ERR_NONE);
    as_account(h, OPERATOR);
    assert_int_equal(act(h, made[0], "accept", NULL), 200);
    as_account(h, BOSS);
    assert_int_equal(
        office_post(h, "/api/v1/desks", "{\"name\":\"INSIDE-DESK\",\"accounts\":[410]}"), 201);
    i64 id = give(h, made[0], "{\"desk_id\":1,\"ask\":\"INSIDE-ASK\"}");
    as_account(h, WRITER);
    assert_int_equal(step(h, id, "take", "{}"), 200);
    assert_int_equal(step(h, id, "finish",
                          "{\"results\":[\"adopted\",\"partly\"],\"answers\":[\"INSIDE-1\","
                          "\"INSIDE-2\"],\"note\":\"INSIDE-NOTE\"}"),
                     200);
    as_account(h, OPERATOR);
    assert_int_equal(step(h, id, "redraft", "{\"opinion\":\"INSIDE-WHY\"}"), 200);
    as_account(h, WRITER);
    assert_int_equal(step(h, id, "finish", "{}"), 200);
    as_dispatcher(h);
    sees_nothing(h, made[0], id);
    as_staff(h);
    sees_nothing(h, made[0], id);
    as_signer(h, 301);
    sees_nothing(h, made[0], id);
    as_reader(h);
    sees_nothing(h, made[0], id);
    as_account(h, OTHER_OPERATOR); /* the cohost, on the same matter */
    sees_nothing(h, made[0], id);
    sees_nothing(h, made[1], id);
    as_foreign_operator(h, h->agency[0]);
    sees_nothing(h, made[0], id);
    as_account(h, BOSS); /* who checks and signs in the agency reads it all */
    struct test_answer a = page(h, "/errands/", id, "");
    shows(h, a, "INSIDE-ASK");
    shows(h, a, "INSIDE-NOTE");
    shows(h, a, "INSIDE-WHY");
    shows(h, a, "INSIDE-2");
    shows(h, page(h, "/assignments/", made[0], ""), "INSIDE-DESK");
    shows(h, page(h, "/api/v1/assignments/", made[0], ""), "INSIDE-ASK");
}

/* A cohost has no draft: its parts are written and looked at, and the operator sums up. */
static void a_cohosts_parts_need_no_result_and_no_draft(void **state)
{
    struct hall *h = *state;
    i64 made[AGENCIES] = { 0 };
    assert_int_equal(hand_out(h, &(struct handing){ 0, "hc", 1, 0 }, made).code, ERR_NONE);
    as_account(h, OTHER_OPERATOR);
    assert_int_equal(act(h, made[1], "accept", NULL), 200);
    assert_int_equal(office_post(h, text(h, "/api/v1/assignments/", made[1], "/errands"),
                                 "{\"account_id\":401,\"ask\":\"Write.\",\"numbers\":[1]}"),
                     201);
    i64 id = office_id(h);
    assert_int_equal(step(h, id, "take", "{}"), 200);
    assert_int_equal(step(h, id, "finish", "{\"answers\":[\"We agree.\"]}"), 200);
    assert_int_equal(step(h, id, "pass", "{}"), 200);
    same(errand_load(h, id).state, "passed");
}

/* What was taken from the agency is not seen there any more, nor by who has it now. */
static void what_is_taken_away_is_not_seen_any_more(void **state)
{
    struct hall *h = *state;
    i64 assignment = talked(h), id = give(h, assignment, "{\"account_id\":410,\"ask\":\"OURS\"}");
    as_dispatcher(h);
    assert_int_equal(act(h, assignment, "reassign", text(h, "{\"agency_id\":", h->agency[1], "}")),
                     200);
    same(errand_load(h, id).state, "dropped");
    as_account(h, OPERATOR);
    assert_int_equal(page(h, "/errands/", id, "").status, 404);
    hides(test_get(h->t, "/api/v1/errands"), "OURS");
    as_account(h, OTHER_OPERATOR);
    assert_int_equal(page(h, "/errands/", id, "").status, 404);
    hides(test_get(h->t, "/api/v1/errands"), "OURS");
}

#define T(test_) cmocka_unit_test_setup_teardown(test_, office_setup, hall_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(what_may_be_given),
        T(before_the_day_of_the_assignment_and_while_it_is_handled),
        T(from_desk_by_its_head_into_the_draft),
        T(what_stands_in_the_draft_is_never_overwritten_unseen),
        T(what_is_typed_is_kept_by_version),
        T(parts_of_an_assignment_have_an_end),
        T(todos_follow_desks_and_people),
        T(back_with_a_reason_and_to_another),
        T(a_closed_draft_takes_no_parts_and_an_answer_ends_what_is_open),
        T(what_is_late_is_the_agencys_to_do),
        T(the_office_and_others_see_nothing_of_the_inside),
        T(a_cohosts_parts_need_no_result_and_no_draft),
        T(what_is_taken_away_is_not_seen_any_more),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
