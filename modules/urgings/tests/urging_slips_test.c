/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Slips (rules.md 12.5): proposed by a rule or a person, issued, taken, answered, passed or sent
 * back, looked at again; who may do and see what; letter, circulars; two at once; two
 * organisations. Both engines. */
#include "modules/outcomes/tests/keeping.h"
#include "modules/urgings/tests/pressing.h"
#include "platform/settings/settings.h"

#define ANSWER "{\"opinion\":\"The line opens in June.\"}"
#define MORE   "{\"opinion\":\"On which day in June?\"}"

static i64 issued(struct desk *d, i64 *proposal)
{
    *proposal = pressing_taken(d, "A bus line", "2026-12-17");
    return pressing_issued(d, *proposal, "2026-09-15");
}

/* ---- the road ---- */

static void a_slip_goes_its_road(void **state)
{
    struct desk *d = *state;
    i64 id, slip = issued(d, &id);
    desk_same(pressing_is(d, slip, "number"), "督办〔2026〕1号");
    desk_same(pressing_is(d, slip, "due_on"), "2026-09-15");
    desk_as_operator(d, 0);
    assert_int_equal(pressing_act(d, slip, "answer", ANSWER), 409); /* it is not taken yet */
    assert_int_equal(pressing_act(d, slip, "accept", "{}"), 200);
    assert_int_equal(pressing_act(d, slip, "answer", "{\"opinion\":\"ok\"}"), 422);
    desk_on_day(d, "2026-09-16"); /* behind its day */
    assert_int_equal(pressing_act(d, slip, "answer", ANSWER), 200);
    desk_same(pressing_is(d, slip, "was_late"), "true");
    desk_as_reviewer(d);
    assert_int_equal(pressing_act(d, slip, "supplement", "{}"), 422);
    assert_int_equal(pressing_act(d, slip, "supplement", MORE), 200);
    /* ten working days from 09-16: 17 18 20 21 22 23 24 28 29 30 */
    desk_same(pressing_is(d, slip, "due_on"), "2026-09-30");
    desk_as_operator(d, 0);
    assert_int_equal(pressing_act(d, slip, "answer", ANSWER), 200);
    pressing_as_leader(d);
    assert_int_equal(pressing_act(d, slip, "pass", "{}"), 200);
    desk_same(pressing_is(d, slip, "state"), "passed");
    desk_same(pressing_is(d, slip, "look_on"), "2026-10-16"); /* thirty days, a Friday */
    (void)pressing_run(d, "2026-10-15");
    desk_same(pressing_is(d, slip, "asked_at"), "");
    (void)pressing_run(d, "2026-10-16");
    pressing_as_leader(d);
    assert_true(pressing_is(d, slip, "asked_at").len > 0);
    assert_int_equal(pressing_act(d, slip, "close", "{\"opinion\":\"The bus runs.\"}"), 200);
    desk_same(pressing_is(d, slip, "state"), "closed");
    assert_int_equal(pressing_act(d, slip, "supplement", MORE), 409);
    i64 todos = 1;
    assert_int_equal(
        db_i64(d->t->db,
               SQL("SELECT COUNT(*) AS n FROM todos WHERE org_id = :org AND flow = 'urgings'"),
               &todos)
            .code,
        ERR_NONE);
    assert_int_equal(todos, 0);
}

static err no_looking(struct rq *rq, void *context)
{
    (void)context;
    return setting_store(rq, "urgings.lookback_days", str_of("0"), rq->today);
}

static void without_looking_again_it_is_closed_when_passed(void **state)
{
    struct desk *d = *state;
    i64 id, slip = issued(d, &id);
    assert_int_equal(test_write(d->t, no_looking, NULL).code, ERR_NONE);
    desk_as_operator(d, 0);
    assert_int_equal(pressing_act(d, slip, "accept", "{}"), 200);
    assert_int_equal(pressing_act(d, slip, "answer", ANSWER), 200);
    desk_as_reviewer(d);
    assert_int_equal(pressing_act(d, slip, "pass", "{}"), 200);
    desk_same(pressing_is(d, slip, "state"), "closed");
}

/* Numbers count up within a year, and begin anew in the next. */
static void numbers_are_of_the_year(void **state)
{
    struct desk *d = *state;
    i64 id, slip = issued(d, &id);
    i64 other = pressing_taken(d, "A later bus", "2026-12-17");
    i64 second = pressing_issued(d, other, "2026-09-20");
    desk_same(pressing_is(d, slip, "number"), "督办〔2026〕1号");
    desk_same(pressing_is(d, second, "number"), "督办〔2026〕2号");
    i64 third = pressing_taken(d, "A bus stop", "2027-03-17");
    desk_on_day(d, "2027-01-05");
    third = pressing_issued(d, third, "2027-02-01");
    desk_same(pressing_is(d, third, "number"), "督办〔2027〕1号");
}

/* ---- who proposes ---- */

static void one_open_slip_of_a_cause(void **state)
{
    struct desk *d = *state;
    i64 id, slip = issued(d, &id);
    desk_as_staff(d);
    str json = arena_printf(d->t->mem,
                            "{\"flow\":\"assignments\",\"subject_id\":%lld,\"cause\":\"manual\"}",
                            (long long)desk_assignment(d, id));
    struct test_answer a = test_api(d->t, POST, "/api/v1/urgings", json.ptr);
    desk_same(test_json(d->t, &a, "id"), arena_printf(d->t->mem, "%lld", (long long)slip).ptr);
    assert_int_equal(pressing_open(d, id), 1);
}

/* A redo is heard of when it is decided, never the verdicts behind it (design 4.6). */
static void a_redo_proposes_one(void **state)
{
    struct desk *d = *state;
    i64 id = desk_answered(d, "A bus line");
    assert_int_equal(desk_evaluate(d, id, "dissatisfied"), 200);
    assert_int_equal(pressing_slip(d, id), 0);
    desk_as_reviewer(d);
    assert_int_equal(desk_act(d, id, "redo", "{\"opinion\":\"Once more.\"}"), 200);
    i64 slip = pressing_slip(d, id);
    desk_same(pressing_is(d, slip, "cause"), "redo");
    desk_as_operator(d, 0);
    desk_same(pressing_is(d, slip, "state"), "not seen");
}

static void a_leaders_note_proposes_one(void **state)
{
    struct desk *d = *state;
    i64 id = desk_assigned(d, "A bus line");
    desk_as_staff(d);
    struct test_answer a =
        test_api(d->t, POST,
                 arena_printf(d->t->mem, "/api/v1/proposals/%lld/instructions", (long long)id).ptr,
                 "{\"leader\":\"Gao\",\"level\":\"city\",\"instructed_on\":\"2026-11-25\","
                 "\"text\":\"HIDDEN WORDS\",\"hidden\":true}");
    assert_true(a.status < 300);
    i64 slip = pressing_slip(d, id);
    desk_same(pressing_is(d, slip, "cause"), "instruction");
    assert_true(pressing_is(d, slip, "text").len > 0);
    a = desk_page(d, "/urgings/", slip, "");
    assert_false(desk_has(&a, "HIDDEN WORDS"));
}

/* Taken away or withdrawn: nobody has to answer any more. */
static void what_is_taken_away_is_not_urged(void **state)
{
    struct desk *d = *state;
    i64 id, slip = issued(d, &id), assignment = desk_assignment(d, id);
    desk_as_member(d, 0);
    assert_int_equal(desk_act(d, id, "ask_withdraw", "{\"opinion\":\"It was built.\"}"), 200);
    desk_as_reviewer(d);
    assert_int_equal(desk_act(d, id, "withdraw", "{\"opinion\":\"Agreed.\"}"), 200);
    desk_same(pressing_is(d, slip, "state"), "closed");
    desk_as_staff(d);
    str json = arena_printf(d->t->mem,
                            "{\"flow\":\"assignments\",\"subject_id\":%lld,\"cause\":\"manual\"}",
                            (long long)assignment);
    assert_int_equal(test_api(d->t, POST, "/api/v1/urgings", json.ptr).status, 409);
}

/* ---- who sees and does what ---- */

static void only_proposed_it_is_the_offices(void **state)
{
    struct desk *d = *state;
    i64 id = pressing_taken(d, "A bus line", "2026-09-17");
    (void)pressing_run(d, "2026-10-08");
    i64 slip = pressing_slip(d, id);
    desk_as_operator(d, 0);
    desk_same(pressing_is(d, slip, "state"), "not seen");
    struct test_answer a = test_get(d->t, "/api/v1/urgings");
    desk_same(test_json(d->t, &a, "total"), "0");
    a = desk_page(d, "/api/v1/proposals/", id, "");
    desk_same(test_json(d->t, &a, "urgings.0.id"), "");
    a = desk_page(d, "/proposals/", id, "");
    assert_false(desk_has(&a, "督办中"));
    pressing_as_leader(d);
    assert_int_equal(pressing_act(d, slip, "drop", "{\"opinion\":\"They answered by phone.\"}"),
                     200);
    desk_as_operator(d, 0); /* dropped, it never was */
    desk_same(pressing_is(d, slip, "state"), "not seen");
}

static void each_does_his_part(void **state)
{
    struct desk *d = *state;
    i64 id, slip = issued(d, &id);
    desk_as_operator(d, 1); /* another agency */
    desk_same(pressing_is(d, slip, "state"), "not seen");
    assert_int_equal(pressing_act(d, slip, "accept", "{}"), 404);
    desk_as_member(d, 0); /* hears of it, reads no slip */
    assert_int_equal(desk_page(d, "/urgings/", slip, "").status, 403);
    struct test_answer a = desk_page(d, "/proposals/", id, "");
    assert_true(desk_has(&a, "督办中"));
    assert_false(desk_has(&a, "督办〔2026〕1号"));
    desk_as_staff(d); /* writes them, neither issues nor judges */
    assert_int_equal(pressing_act(d, slip, "drop", "{\"opinion\":\"No more.\"}"), 403);
    assert_int_equal(pressing_act(d, slip, "accept", "{}"), 403);
    desk_as_operator(d, 0);
    assert_int_equal(pressing_act(d, slip, "accept", "{}"), 200);
    assert_int_equal(pressing_act(d, slip, "pass", "{}"), 403);
    assert_int_equal(pressing_act(d, slip, "answer", ANSWER), 200);
    a = desk_page(d, "/urgings/", slip, "");
    assert_true(desk_has(&a, "The line opens in June."));
    assert_true(desk_has(&a, "Say when the line opens."));
    a = desk_page(d, "/proposals/", id, "");
    assert_true(desk_has(&a, "督办〔2026〕1号"));
    desk_as_reviewer(d); /* on a delegation of one, who works for the agency judges nothing */
    d->actor->delegator_account_id = 111;
    d->actor->delegate_agency_id = d->agency[0];
    assert_int_equal(pressing_act(d, slip, "pass", "{}"), 403);
    desk_as_other_reviewer(d);
    desk_same(pressing_is(d, slip, "state"), "not seen");
    assert_int_equal(pressing_act(d, slip, "pass", "{}"), 404);
    str json = arena_printf(d->t->mem,
                            "{\"flow\":\"assignments\",\"subject_id\":%lld,\"cause\":\"manual\"}",
                            (long long)desk_assignment(d, id));
    assert_int_equal(test_api(d->t, POST, "/api/v1/urgings", json.ptr).status, 404);
}

/* Who comes second with what he saw is told so; one number is given. */
static void two_at_once(void **state)
{
    struct desk *d = *state;
    i64 id, slip = issued(d, &id);
    desk_as_operator(d, 0);
    assert_int_equal(pressing_act(d, slip, "accept", "{}"), 200);
    i64 version = 0;
    assert_true(str_to_i64(pressing_is(d, slip, "version"), &version));
    const char *path = arena_printf(d->t->mem, "/api/v1/urgings/%lld/answer", (long long)slip).ptr;
    const char *json = test_versioned(d->t, ANSWER, version);
    assert_int_equal(test_api(d->t, POST, path, json).status, 200);
    assert_int_equal(test_api(d->t, POST, path, json).status, 409);
    pressing_as_leader(d);
    assert_int_equal(pressing_act(d, slip, "issue", "{\"text\":\"Once more.\"}"), 409);
    desk_same(pressing_is(d, slip, "number"), "督办〔2026〕1号");
}

/* ---- papers ---- */

static bool names_the_title(struct desk *d, i64 slip)
{
    struct test_answer a = desk_page(d, "/urgings/", slip, "/docx");
    assert_int_equal(a.status, 200);
    str name = test_header_of(&a, "Content-Disposition");
    return strstr(arena_cstr(d->t->mem, name), "A%20bus%20line") != NULL;
}

/* By number and kind of matter; of what is answered plainly, by its title. */
static void the_letter_of_a_plain_matter_bears_its_title(void **state)
{
    struct desk *d = *state;
    i64 id, slip = issued(d, &id), assignment = desk_assignment(d, id);
    assert_false(names_the_title(d, slip));
    assert_int_equal(
        db_run(d->t->db,
               SQL("UPDATE assignments SET plain = 1 WHERE org_id = :org AND id = :assignment",
                   P(assignment)),
               NULL)
            .code,
        ERR_NONE);
    assert_true(names_the_title(d, slip));
}

/* Who reads slips need not read letters, nor is a letter a proposal: the way there is the
 * assignment, for who may open it. */
static void a_slip_about_no_proposal_leads_to_the_assignment(void **state)
{
    struct desk *d = *state;
    i64 id, slip = issued(d, &id), assignment = desk_assignment(d, id);
    const char *proposal = arena_printf(d->t->mem, "href=\"/proposals/%lld\"", (long long)id).ptr;
    const char *letter = arena_printf(d->t->mem, "href=\"/letters/%lld\"", (long long)id).ptr;
    const char *way =
        arena_printf(d->t->mem, "href=\"/assignments/%lld\"", (long long)assignment).ptr;
    struct test_answer a = desk_page(d, "/urgings/", slip, "");
    assert_true(desk_has(&a, proposal));
    assert_int_equal(db_run(d->t->db,
                            SQL("UPDATE urgings SET matter = 'letters' WHERE org_id = :org AND id "
                                "= :slip",
                                P(slip)),
                            NULL)
                         .code,
                     ERR_NONE);
    a = desk_page(d, "/urgings/", slip, "");
    assert_true(desk_has(&a, way) && !desk_has(&a, proposal) && !desk_has(&a, letter));
    desk_as_operator(d, 0);
    a = desk_page(d, "/urgings/", slip, "");
    assert_int_equal(a.status, 200);
    assert_true(desk_has(&a, way) && !desk_has(&a, proposal));
}

static void the_letter_is_made(void **state)
{
    struct desk *d = *state;
    i64 id, slip = issued(d, &id);
    struct test_answer a = desk_page(d, "/urgings/", slip, "/pdf");
    assert_int_equal(a.status, 200);
    assert_true(a.body.len > 1000 && memcmp(a.body.ptr, "%PDF", 4) == 0);
    a = desk_page(d, "/urgings/", slip, "/docx");
    assert_int_equal(a.status, 200);
    assert_true(a.body.len > 1000 && memcmp(a.body.ptr, "PK", 2) == 0);
    desk_as_operator(d, 0);
    assert_int_equal(desk_page(d, "/urgings/", slip, "/pdf").status, 200);
    desk_as_operator(d, 1);
    assert_int_equal(desk_page(d, "/urgings/", slip, "/pdf").status, 404);
    desk_as_other_reviewer(d);
    assert_int_equal(desk_page(d, "/urgings/", slip, "/docx").status, 404);
}

static void files_are_seen_by_who_sees_the_slip(void **state)
{
    static const char PDF[] =
        "%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n";
    const struct test_file files[] = { { "evidence", "paper.pdf", str_of(PDF) }, { 0 } };
    struct desk *d = *state;
    i64 id, slip = issued(d, &id);
    const char *path = arena_printf(d->t->mem, "/urgings/%lld/evidence", (long long)slip).ptr;
    desk_as_operator(d, 0);
    assert_int_equal(test_upload(d->t, path, files, NULL).status, 303);
    str file = pressing_is(d, slip, "evidence.0.id");
    assert_true(file.len > 0);
    path = arena_printf(d->t->mem, "%s/%.*s", path, (int)file.len, file.ptr).ptr;
    assert_int_equal(test_get(d->t, path).status, 200);
    desk_as_staff(d);
    assert_int_equal(test_get(d->t, path).status, 200);
    desk_as_operator(d, 1);
    assert_int_equal(test_get(d->t, path).status, 404);
    desk_as_other_reviewer(d);
    assert_int_equal(test_get(d->t, path).status, 404);
}

/* Names agencies and slips for all agencies, never a case. */
static void a_circular_names_no_case(void **state)
{
    struct desk *d = *state;
    i64 id = pressing_taken(d, "A SECRET LINE", "2026-09-17");
    (void)pressing_run(d, "2026-10-08");
    i64 proposed = pressing_slip(d, id), slip = pressing_issued(d, id, "2026-10-12");
    (void)pressing_run(d, "2026-10-21");
    assert_int_equal(pressing_talks(d), 1);
    desk_as_reviewer(d);
    str json = arena_printf(d->t->mem,
                            "{\"title\":\"October\",\"text\":\"Who waits.\",\"urgings\":[%lld]}",
                            (long long)proposed);
    assert_int_equal(test_api(d->t, POST, "/api/v1/circulars", json.ptr).status, 422);
    pressing_as_leader(d);
    assert_int_equal(pressing_act(d, proposed, "issue", "{\"text\":\"Say when the line opens.\"}"),
                     200);
    json = arena_printf(d->t->mem,
                        "{\"title\":\"October\",\"text\":\"Who waits.\",\"urgings\":[%lld,%lld]}",
                        (long long)proposed, (long long)slip);
    struct test_answer a = test_api(d->t, POST, "/api/v1/circulars", json.ptr);
    assert_true(a.status < 300);
    i64 circular = 0;
    assert_true(str_to_i64(test_json(d->t, &a, "id"), &circular));
    assert_int_equal(pressing_talks(d), 0); /* done by it */
    desk_as_operator(d, 1);
    a = desk_page(d, "/circulars/", circular, "");
    assert_int_equal(a.status, 200);
    assert_true(desk_has(&a, "Roads"));
    assert_true(desk_has(&a, "20 个工作日"));
    assert_false(desk_has(&a, "A SECRET LINE"));
    assert_true(test_get(d->t, "/circulars").status == 200);
    desk_as_member(d, 0);
    assert_int_equal(desk_page(d, "/circulars/", circular, "").status, 403);
    desk_as_other_reviewer(d);
    assert_int_equal(desk_page(d, "/circulars/", circular, "").status, 404);
}

static i64 of_promise(struct desk *d, i64 promise)
{
    i64 slip = 0;
    desk_as_staff(d);
    str json =
        arena_printf(d->t->mem, "{\"flow\":\"promises\",\"subject_id\":%lld,\"cause\":\"manual\"}",
                     (long long)promise);
    struct test_answer a = test_api(d->t, POST, "/api/v1/urgings", json.ptr);
    assert_true(str_to_i64(test_json(d->t, &a, "id"), &slip));
    pressing_as_leader(d);
    return slip;
}

/* A promise that a later answer has replaced is urged no more; none of what is over is issued. */
static void a_replaced_promise_is_not_urged(void **state)
{
    static const struct given OLD[] = { { "A bus at night", "2027-03-31" }, { 0 } };
    static const struct given NEW[] = { { "A bus by day", "2027-06-30" }, { 0 } };
    static const char ISSUE[] = "{\"text\":\"Say when the bus comes.\"}";
    struct desk *d = *state;
    i64 id = keeping_answered(d, "A bus line", "b", OLD);
    i64 slip = of_promise(d, keeping_promise(d, id, 0));
    assert_int_equal(pressing_act(d, slip, "issue", ISSUE), 200);
    assert_int_equal(desk_evaluate(d, id, "dissatisfied"), 200);
    desk_as_reviewer(d);
    assert_int_equal(desk_act(d, id, "redo", "{\"opinion\":\"Once more.\"}"), 200);
    keeping_answer(d, id, "b", NEW);
    pressing_as_leader(d);
    desk_same(pressing_is(d, slip, "state"), "closed");
    i64 other = keeping_answered(d, "A second line", "b", OLD);
    i64 promise = keeping_promise(d, other, 0);
    i64 late = of_promise(d, promise);
    assert_int_equal(db_begin(d->t->db).code, ERR_NONE);
    assert_int_equal(db_run(d->t->db,
                            SQL("UPDATE promises SET state = 'superseded' WHERE org_id = :org AND "
                                "id = :promise",
                                P(promise)),
                            NULL)
                         .code,
                     ERR_NONE);
    assert_int_equal(db_commit(d->t->db).code, ERR_NONE);
    assert_int_equal(pressing_act(d, late, "issue", ISSUE), 409);
    desk_same(pressing_is(d, late, "state"), "proposed");
}

/* 101 open slips: the form has the 100 newest and says so. */
static void a_circular_lists_the_newest(void **state)
{
    struct desk *d = *state;
    i64 id, slip = issued(d, &id);
    assert_int_equal(db_begin(d->t->db).code, ERR_NONE);
    for (i64 n = 1; n <= 100; n++) {
        str number = arena_printf(d->t->mem, "NEW-%lld", (long long)n);
        assert_int_equal(
            db_run(d->t->db,
                   SQL("INSERT INTO urgings (org_id, cause, flow, subject_id, matter, matter_id, "
                       "matter_title, matter_number, agency_id, agency_name, text, number, state, "
                       "proposed_at, proposed_name, issued_at) SELECT org_id, cause, flow, "
                       "subject_id + :n, matter, matter_id, matter_title, matter_number, "
                       "agency_id, agency_name, text, :number, state, proposed_at, "
                       "proposed_name, issued_at + :n FROM urgings WHERE org_id = :org AND id = "
                       ":slip",
                       P(n), P(number), P(slip)),
                   NULL)
                .code,
            ERR_NONE);
    }
    assert_int_equal(db_commit(d->t->db).code, ERR_NONE);
    pressing_as_leader(d);
    struct test_answer a = test_get(d->t, "/circulars/new");
    assert_true(desk_has(&a, "NEW-100"));
    assert_true(desk_has(&a, "NEW-1"));
    assert_false(desk_has(&a, "督办〔2026〕1号"));
    assert_true(desk_has(&a, "共有 101 份，这里只列最近签发的 100 份"));
}

/* Pages for who uses them, and the files of the list. */
static void pages_show_what_to_do(void **state)
{
    struct desk *d = *state;
    i64 id, slip = issued(d, &id);
    desk_as_operator(d, 0);
    struct test_answer a = desk_page(d, "/urgings/", slip, "");
    assert_true(desk_has(&a, "签收督办单"));
    a = test_get(d->t, "/urgings");
    assert_true(desk_has(&a, "A bus line"));
    desk_as_staff(d);
    a = test_get(d->t, "/urgings?state=issued&cause=manual");
    assert_true(desk_has(&a, "A bus line"));
    a = test_get(d->t, "/urgings.csv");
    assert_true(desk_has(&a, "督办〔2026〕1号"));
    a = test_get(d->t, arena_printf(d->t->mem, "/urgings/new?flow=assignments&subject_id=%lld",
                                    (long long)desk_assignment(d, id))
                           .ptr);
    assert_true(desk_has(&a, "拟办督办单"));
    assert_int_equal(test_get(d->t, "/urgings/new").status, 422);
    i64 other = pressing_taken(d, "A later bus", "2026-09-17");
    (void)pressing_run(d, "2026-10-08");
    pressing_as_leader(d);
    a = desk_page(d, "/urgings/", pressing_slip(d, other), "/issue");
    assert_true(desk_has(&a, "的办理期限是2026年9月17日"));
    assert_true(desk_has(&a, "2026-10-21")); /* ten working days from 10-08 */
    a = desk_page(d, "/urgings/", slip, "/issue");
    assert_int_equal(a.status, 409);
    a = test_get(d->t, "/circulars/new");
    assert_true(desk_has(&a, "督办〔2026〕1号"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_slip_goes_its_road, pressing_setup, pressing_teardown),
        cmocka_unit_test_setup_teardown(without_looking_again_it_is_closed_when_passed,
                                        pressing_setup, pressing_teardown),
        cmocka_unit_test_setup_teardown(numbers_are_of_the_year, pressing_setup, pressing_teardown),
        cmocka_unit_test_setup_teardown(one_open_slip_of_a_cause, pressing_setup,
                                        pressing_teardown),
        cmocka_unit_test_setup_teardown(a_redo_proposes_one, desk_setup, desk_teardown),
        cmocka_unit_test_setup_teardown(a_leaders_note_proposes_one, desk_setup, desk_teardown),
        cmocka_unit_test_setup_teardown(what_is_taken_away_is_not_urged, pressing_setup,
                                        pressing_teardown),
        cmocka_unit_test_setup_teardown(only_proposed_it_is_the_offices, pressing_setup,
                                        pressing_teardown),
        cmocka_unit_test_setup_teardown(each_does_his_part, pressing_setup, pressing_teardown),
        cmocka_unit_test_setup_teardown(two_at_once, pressing_setup, pressing_teardown),
        cmocka_unit_test_setup_teardown(the_letter_is_made, pressing_setup, pressing_teardown),
        cmocka_unit_test_setup_teardown(the_letter_of_a_plain_matter_bears_its_title,
                                        pressing_setup, pressing_teardown),
        cmocka_unit_test_setup_teardown(a_slip_about_no_proposal_leads_to_the_assignment,
                                        pressing_setup, pressing_teardown),
        cmocka_unit_test_setup_teardown(files_are_seen_by_who_sees_the_slip, pressing_setup,
                                        pressing_teardown),
        cmocka_unit_test_setup_teardown(a_circular_names_no_case, pressing_setup,
                                        pressing_teardown),
        cmocka_unit_test_setup_teardown(a_replaced_promise_is_not_urged, pressing_setup,
                                        pressing_teardown),
        cmocka_unit_test_setup_teardown(a_circular_lists_the_newest, pressing_setup,
                                        pressing_teardown),
        cmocka_unit_test_setup_teardown(pages_show_what_to_do, pressing_setup, pressing_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
