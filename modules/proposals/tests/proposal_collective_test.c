/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Collective proposals on their whole road: written by the body's contact or by the office for it,
 * answered, and the verdict given by the contact or written down by the office (代录), so that the
 * road closes; the same for imported ones, and for who has left in the meantime. Both engines:
 * HUOTANG_TEST_DB. */
#include "modules/assignments/assignment.h"
#include "modules/members/member_rules.h"
#include "modules/orgs/org.h"
#include "modules/proposals/tests/desk.h"
#include "modules/transfers/transfer_record.h"

#define VERDICT                                                             \
    "\"visit\":\"visited\",\"manner\":\"satisfied\",\"hearing\":\"phone\"," \
    "\"relevance\":\"direct\",\"handling\":\"satisfied\",\"text\":\"Noted.\""

static struct desk *d;
static i64 party, committee, sector;

static err bodies_now(struct rq *rq, void *context)
{
    struct rows rows;
    (void)context;
    TRY(org_save(rq, &(struct org){ .kind = str_of("democratic"), .name = str_of("League") },
                 &party));
    TRY(committee_save(rq, str_of("Economy committee"), 1, &committee));
    TRY(sector_list(rq, rq->today, &rows));
    if (rows.count == 0)
        return sector_save(rq, str_of("Farmers"), 1, &sector);
    sector = ((const struct body *)rows.items)[0].id;
    return OK;
}

static int setup(void **state)
{
    int failed = desk_setup(state);
    d = *state;
    assert_ok(desk_in_org(d, d->t->org, bodies_now, NULL));
    return failed;
}

struct post_new {
    const char *body, *post;
    i64 body_id, person;
};

static err post_now(struct rq *rq, void *context)
{
    const struct post_new *p = context;
    i64 id;
    return member_tenure_add(rq,
                             &(struct tenure){ .person_id = p->person,
                                               .post = str_of(p->post),
                                               .body = str_of(p->body),
                                               .body_id = p->body_id,
                                               .from_on = rq->today - 10 },
                             &id);
}

static void give_post(size_t member, const char *body, i64 body_id, const char *post)
{
    struct post_new p = { body, post, body_id, d->person[member] };
    assert_ok(desk_in_org(d, d->t->org, post_now, &p));
}

/* A complete text in a body's name; contact 0 = none. Gives the answer. */
static struct test_answer write_for(const char *body, i64 contact)
{
    const char *text = desk_text(d, "Roads for the hills");
    str json = arena_printf(
        d->t->mem, "%.*s,\"body\":\"%s\"%s}", (int)strlen(text) - 1, text, body,
        contact ? arena_printf(d->t->mem, ",\"proposer_id\":%lld", (long long)contact).ptr : "");
    return test_api(d->t, POST, "/api/v1/proposals", json.ptr);
}

static const char *key(const char *kind, i64 id)
{
    return arena_printf(d->t->mem, "%s:%lld", kind, (long long)id).ptr;
}

static i64 id_of(const struct test_answer *a)
{
    i64 id = 0;
    assert_true(str_to_i64(test_json(d->t, a, "id"), &id));
    return id;
}

/* From the draft to the delivered answer; whoever is the actor hands in. */
static void walk(i64 id)
{
    assert_int_equal(desk_act(d, id, "submit", "{\"confirmed\":true}"), 200);
    desk_as_reviewer(d);
    assert_int_equal(desk_act(d, id, "docket", "{\"category\":\"transport\"}"), 200);
    desk_assign(d, id);
    desk_answer(d, id, "a");
    desk_same(desk_load(d, id).state, "evaluating");
}

static struct test_answer transcribe(i64 id, const char *basis, const char *result)
{
    i64 assignment = desk_assignment(d, id);
    str path =
        arena_printf(d->t->mem, "/api/v1/assignments/%lld/transcribe", (long long)assignment);
    str json =
        arena_printf(d->t->mem, "{\"basis\":\"%s\",\"result\":\"%s\"," VERDICT "}", basis, result);
    return test_api(d->t, POST, path.ptr,
                    test_versioned(d->t, json.ptr, desk_assignment_version(d, assignment)));
}

/* Whether a to-do of that verb waits for a kind of holder. */
static bool has_todo(const char *holder, const char *verb)
{
    str kind = str_of(holder), what = str_of(verb);
    i64 count = 0;
    assert_ok(
        db_i64(d->t->db,
               SQL("SELECT COUNT(*) FROM todos WHERE org_id = :org AND holder = :kind AND verb"
                   " = :what",
                   P(kind), P(what)),
               &count));
    return count > 0;
}

/* ---- in whose name ---- */

static void kinds_are_offered_to_who_may_use_them(void **state)
{
    (void)state;
    desk_as_member(d, 0);
    struct test_answer a = test_get(d->t, "/proposals/new");
    assert_false(test_has_field(d->t, &a, "body")); /* acts for no body: is not asked */
    give_post(0, "org", party, "liaison");
    give_post(1, "committee", committee, "director");
    give_post(2, "sector", sector, "convener");
    static const struct {
        const char *kind, *own;
        const i64 *id;
    } BODIES[] = { { "democratic", "org", &party },
                   { "committee", "committee", &committee },
                   { "sector", "sector", &sector } };
    for (size_t member = 0; member < 3; member++)
        for (size_t b = 0; b < 3; b++) {
            desk_as_member(d, member);
            a = test_get(d->t, "/proposals/new");
            assert_true(test_has_field(d->t, &a, "body"));
            const char *body = key(BODIES[b].own, *BODIES[b].id);
            bool offered = test_has(&a, arena_printf(d->t->mem, "value=\"%s\"", body).ptr);
            assert_int_equal(offered, member == b);
            a = write_for(body, 0);
            assert_int_equal(a.status, member == b ? 201 : 422);
            if (member == b)
                desk_same(desk_load(d, id_of(&a)).kind, BODIES[b].kind);
        }
    desk_as_staff(d);
    a = test_get(d->t, "/proposals/new");
    assert_true(test_has_field(d->t, &a, "body_name"));
    assert_int_equal(write_for("org:999999", 0).status, 422);
    assert_int_equal(write_for(key("org", d->agency[0]), 0).status, 422); /* no proposer */
    a = test_post(d->t, "/proposals/new", "title", "Of a group", "body_name", "East group", NULL);
    assert_int_equal(a.status, 303);
    a = test_post(d->t, "/proposals/new", "title", "Of nobody", NULL);
    assert_int_equal(a.status, 422);
    assert_true(test_has(&a, "proposer_id-why"));
}

static void a_post_outside_is_that_of_a_contact_only(void **state)
{
    (void)state;
    struct post_new p = { "org", "director", party, d->person[0] };
    assert_err(desk_in_org(d, d->t->org, post_now, &p), ERR_INVALID, "form.faults");
    p = (struct post_new){ "org", "liaison", d->agency[0], d->person[0] };
    assert_err(desk_in_org(d, d->t->org, post_now, &p), ERR_INVALID, "form.faults");
}

/* ---- the road ---- */

static void the_contact_walks_the_whole_road(void **state)
{
    (void)state;
    give_post(0, "org", party, "liaison");
    desk_as_member(d, 0);
    struct test_answer a = write_for(key("org", party), 0);
    assert_int_equal(a.status, 201);
    i64 id = id_of(&a);
    struct proposal p = desk_load(d, id);
    desk_same(p.proposer_name, "League");
    desk_same(p.kind, "democratic");
    assert_int_equal(p.lead_person_id, d->person[0]);
    a = test_api(d->t, PUT, arena_printf(d->t->mem, "/api/v1/proposals/%lld", (long long)id).ptr,
                 arena_printf(d->t->mem, "%.*s,\"version\":%lld}",
                              (int)strlen(desk_text(d, "Roads again")) - 1,
                              desk_text(d, "Roads again"), (long long)p.version)
                     .ptr);
    assert_int_equal(a.status, 200);
    desk_same(desk_load(d, id).kind, "democratic"); /* saving again changes no name */
    walk(id);
    desk_as_member(d, 0);
    a = desk_page(d, "/proposals/", id, "");
    assert_true(test_has(&a, "League"));
    assert_true(test_has(&a, "联系人 Li"));
    assert_int_equal(desk_page(d, "/proposals/", id, "/receipt").status, 200);
    assert_int_equal(desk_evaluate(d, id, "satisfied"), 200);
    desk_same(desk_load(d, id).state, "closed");
}

static void the_office_writes_and_writes_down_for_a_body_without_contact(void **state)
{
    (void)state;
    desk_as_staff(d);
    struct test_answer a = write_for(key("committee", committee), 0);
    assert_int_equal(a.status, 201);
    i64 id = id_of(&a);
    assert_int_equal(desk_load(d, id).lead_person_id, 0);
    assert_true(desk_load(d, id).transcribed_by > 0);
    walk(id);
    desk_as_staff(d);
    assert_true(has_todo("may", "transcribe"));
    a = desk_page(d, "/assignments/", desk_assignment(d, id), "/transcribe");
    assert_int_equal(a.status, 200);
    assert_true(test_has(&a, "Economy committee"));
    assert_int_equal(transcribe(id, "", "satisfied").status, 422); /* says from what */
    desk_as_operator(d, 0);
    assert_int_equal(transcribe(id, "Letter of 20 November", "satisfied").status, 403);
    desk_as_member(d, 0);
    assert_int_equal(transcribe(id, "Letter of 20 November", "satisfied").status, 403);
    desk_as_staff(d);
    assert_int_equal(transcribe(id, "Letter of 20 November", "satisfied").status, 200);
    desk_same(desk_load(d, id).state, "closed");
    desk_same(desk_load(d, id).satisfaction, "satisfied");
    assert_false(has_todo("may", "transcribe"));
    a = desk_page(d, "/proposals/", id, "");
    assert_true(test_has(&a, "机关代录：Letter of 20 November"));
    a = desk_page(d, "/api/v1/assignments/", desk_assignment(d, id), "");
    assert_true(test_has(&a, "\"transcribed\":true"));
    desk_as_operator(d, 0); /* blind as ever */
    a = desk_page(d, "/assignments/", desk_assignment(d, id), "");
    assert_false(test_has(&a, "Letter of 20 November"));
    assert_false(test_has(&a, "代录评价"));
    assert_int_equal(transcribe(id, "Letter", "fair").status, 403);
}

static void a_bad_verdict_of_a_body_is_done_again(void **state)
{
    (void)state;
    desk_as_staff(d);
    struct test_answer a = write_for(key("committee", committee), 0);
    i64 id = id_of(&a);
    walk(id);
    desk_as_staff(d);
    assert_int_equal(transcribe(id, "Letter of 20 November", "dissatisfied").status, 200);
    desk_as_reviewer(d);
    assert_int_equal(desk_act(d, id, "redo", "{\"opinion\":\"Answer the question.\"}"), 200);
    desk_answer(d, id, "b");
    desk_as_staff(d);
    assert_int_equal(transcribe(id, "Second letter", "satisfied").status, 200);
    desk_same(desk_load(d, id).state, "tracking");
}

static err import_now(struct rq *rq, void *context)
{
    i64 *id = context;
    char result;
    struct transfer_record r = { .title = str_of("Imported of the league"),
                                 .situation = str_of("S"),
                                 .analysis = str_of("A"),
                                 .kind = str_of("democratic"),
                                 .source_id = str_of("77") };
    strs_add(rq->mem, &r.suggestions, str_of("One."));
    strs_add(rq->mem, &r.suggestions, str_of("Two."));
    strs_add(rq->mem, &r.proposers, str_of("League"));
    return transfer_save_record(rq, &r, id, &result);
}

static void an_imported_one_closes_too(void **state)
{
    i64 id = 0;
    (void)state;
    assert_ok(desk_in_org(d, d->t->org, import_now, &id));
    desk_as_reviewer(d);
    assert_int_equal(desk_act(d, id, "docket", "{\"category\":\"transport\"}"), 200);
    desk_assign(d, id);
    desk_answer(d, id, "a");
    desk_as_staff(d);
    assert_int_equal(transcribe(id, "Called on 24 November", "fair").status, 200);
    desk_same(desk_load(d, id).state, "closed");
}

/* Delivered by an earlier version, which asked nobody. */
static void what_was_delivered_without_asking_is_asked_now(void **state)
{
    i64 id = 0;
    (void)state;
    desk_as_staff(d);
    struct test_answer a = write_for(key("committee", committee), 0);
    id = id_of(&a);
    walk(id);
    assert_ok(db_run(d->t->db, SQL("DELETE FROM evaluations WHERE org_id = :org"), NULL));
    desk_as_staff(d);
    a = desk_page(d, "/assignments/", desk_assignment(d, id), "/transcribe");
    assert_int_equal(a.status, 200);
    assert_int_equal(transcribe(id, "Letter of 20 November", "fair").status, 200);
    desk_same(desk_load(d, id).state, "closed");
}

/* ---- who has left ---- */

static err leave_now(struct rq *rq, void *context)
{
    const i64 *member = context;
    return member_record_act(rq, *member,
                             &(struct member_act){ .verb = str_of("decease"), .on_on = rq->today });
}

static void who_left_is_not_waited_for(void **state)
{
    (void)state;
    i64 replied = desk_answered(d, "A bus line"), revising = desk_submitted(d, "A ramp");
    desk_as_reviewer(d);
    assert_int_equal(desk_act(d, revising, "revise", "{\"opinion\":\"Say where.\"}"), 200);
    desk_as_member(d, 0);
    assert_true(has_todo("person", "evaluate"));
    desk_as_staff(d);
    assert_false(has_todo("may", "transcribe"));
    assert_int_equal(desk_page(d, "/proposals/", revising, "/edit").status, 403);
    assert_ok(desk_in_org(d, d->t->org, leave_now, &d->member[0]));
    desk_as_member(d, 0);
    assert_false(has_todo("person", "evaluate"));
    desk_as_staff(d);
    assert_true(has_todo("may", "transcribe"));
    assert_true(has_todo("may", "submit"));
    assert_int_equal(transcribe(replied, "Last words to the office", "satisfied").status, 200);
    desk_same(desk_load(d, replied).state, "closed");
    assert_int_equal(desk_page(d, "/proposals/", revising, "/edit").status, 200);
    assert_int_equal(desk_act(d, revising, "submit", "{\"confirmed\":true}"), 200);
    desk_same(desk_load(d, revising).state, "submitted");
    assert_false(has_todo("may", "transcribe"));
}

/* ---- what its days hang on ---- */

static err federations_now(struct rq *rq, void *context)
{
    i64 *made = context;
    TRY(org_save(rq, &(struct org){ .kind = str_of("federation"), .name = str_of("Trade") },
                 &made[0]));
    return org_save(rq, &(struct org){ .kind = str_of("association"), .name = str_of("Women") },
                    &made[1]);
}

/* rules.md 2.4: parties and the federation of industry and commerce have a day of their own, what
 * comes for the plenary another than what comes between. The session was opened on 2026-02-01 and
 * closed on the 5th. */
static void party_and_plenary_go_with_the_matter(void **state)
{
    i64 orgs[2] = { 0 };
    (void)state;
    assert_ok(desk_in_org(d, d->t->org, federations_now, orgs));
    const struct {
        const char *body, *on, *plenary, *party;
    } CASES[] = {
        { key("org", party), "2026-02-03", "true", "true" },
        { key("org", party), "2026-11-25", "false", "true" },
        { key("org", orgs[0]), "2026-02-05", "true", "true" },
        { key("org", orgs[1]), "2026-02-05", "true", "false" },
        { key("committee", committee), "2026-02-06", "false", "false" },
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        desk_on_day(d, CASES[i].on);
        desk_as_staff(d);
        struct test_answer a = write_for(CASES[i].body, 0);
        assert_int_equal(a.status, 201);
        i64 id = id_of(&a);
        walk(id);
        desk_as_staff(d);
        a = desk_page(d, "/api/v1/assignments/", desk_assignment(d, id), "");
        desk_same(test_json(d->t, &a, "plenary"), CASES[i].plenary);
        desk_same(test_json(d->t, &a, "party"), CASES[i].party);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(kinds_are_offered_to_who_may_use_them, setup,
                                        desk_teardown),
        cmocka_unit_test_setup_teardown(a_post_outside_is_that_of_a_contact_only, setup,
                                        desk_teardown),
        cmocka_unit_test_setup_teardown(the_contact_walks_the_whole_road, setup, desk_teardown),
        cmocka_unit_test_setup_teardown(
            the_office_writes_and_writes_down_for_a_body_without_contact, setup, desk_teardown),
        cmocka_unit_test_setup_teardown(a_bad_verdict_of_a_body_is_done_again, setup,
                                        desk_teardown),
        cmocka_unit_test_setup_teardown(an_imported_one_closes_too, setup, desk_teardown),
        cmocka_unit_test_setup_teardown(what_was_delivered_without_asking_is_asked_now, setup,
                                        desk_teardown),
        cmocka_unit_test_setup_teardown(who_left_is_not_waited_for, setup, desk_teardown),
        cmocka_unit_test_setup_teardown(party_and_plenary_go_with_the_matter, setup, desk_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
