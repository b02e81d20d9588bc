/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Claims and appeals by the front door: reported, mended, approved into the ledger, recorded for
 * many, annulled; the same thing twice; what a member objects to; who sees what; the other
 * organisation. Expectations: README.md. */
#include "modules/members/tests/crowd.h"
#include "modules/proposals/tests/desk_look.h"
#include "platform/settings/settings.h"

#define TALK "\"kind\":\"lecture.given\",\"title\":\"A talk at school\",\"quantity\":1"

/* A change by PUT: the claim as it is now, with the version that it has. */
static struct test_answer edit(struct desk *d, i64 id, const char *json)
{
    str path = arena_printf(d->t->mem, "/api/v1/claims/%lld", (long long)id);
    struct test_answer a = test_get(d->t, path.ptr);
    i64 version = 1;
    assert_true(str_to_i64(test_json(d->t, &a, "version"), &version));
    return test_api(d->t, PUT, path.ptr, test_versioned(d->t, json, version));
}

static struct test_answer post(struct desk *d, const char *what, i64 id, const char *verb,
                               const char *json)
{
    struct test_answer a =
        test_get(d->t, arena_printf(d->t->mem, "/api/v1/%s/%lld", what, (long long)id).ptr);
    i64 version = 1;
    if (a.status == 200)
        assert_true(str_to_i64(test_json(d->t, &a, "version"), &version));
    str path = arena_printf(d->t->mem, "/api/v1/%s/%lld/%s", what, (long long)id, verb);
    return test_api(d->t, POST, path.ptr, test_versioned(d->t, json, version));
}

static struct test_answer report(struct desk *d, const char *day, const char *more)
{
    return test_api(d->t, POST, "/api/v1/claims",
                    arena_printf(d->t->mem, "{" TALK ",\"happened_on\":\"%s\"%s}", day, more).ptr);
}

static i64 reported(struct desk *d, size_t member, const char *day)
{
    desk_as_member(d, member);
    struct test_answer a = report(d, day, "");
    if (a.status != 200)
        fail_msg("%d %.*s", a.status, (int)a.body.len, a.body.ptr);
    return desk_count(d, SQL("SELECT MAX(id) FROM claims WHERE org_id = :org"));
}

static i64 live(struct desk *d)
{
    return desk_count(d, SQL("SELECT COUNT(*) FROM entries WHERE org_id = :org AND source = "
                             "'claims' AND state = 'live'"));
}

static i64 told(struct desk *d, const char *words)
{
    str like = str_of(words);
    return desk_count(d, SQL("SELECT COUNT(*) FROM deliveries WHERE org_id = :org AND words LIKE "
                             ":like",
                             P(like)));
}

static void is(struct desk *d, const char *what, i64 id, const char *member, const char *expected)
{
    struct test_answer a = desk_page(d, what, id, "");
    desk_same(test_json(d->t, &a, member), expected);
}

static void what_is_approved_stands_in_the_ledger(void **state)
{
    struct desk *d = *state;
    desk_lead_signs_in(d);
    i64 id = reported(d, 0, "2026-11-20");
    assert_int_equal(live(d), 0);
    assert_int_equal(post(d, "claims", id, "approve", "{}").status, 403);
    desk_as_staff(d);
    assert_int_equal(post(d, "claims", id, "revise", "{\"opinion\":\"Which school?\"}").status,
                     200);
    desk_as_member(d, 1);
    assert_int_equal(desk_page(d, "/claims/", id, "").status, 404);
    desk_as_member(d, 0);
    struct test_answer a = desk_page(d, "/claims/", id, "");
    assert_true(desk_has(&a, "Which school?"));
    a = desk_page(d, "/claims/", id, "/edit");
    assert_true(desk_has(&a, "退回的原因：Which school?"));
    a = edit(d, id,
             "{\"kind\":\"lecture.given\",\"title\":\"Law at Fengxiang "
             "school\",\"quantity\":2,\"happened_on\":\"2026-11-19\"}");
    assert_int_equal(a.status, 200); /* mended, and sent again */
    is(d, "/api/v1/claims/", id, "state", "submitted");
    desk_as_staff(d);
    assert_int_equal(post(d, "claims", id, "approve", "{}").status, 200);
    assert_int_equal(live(d), 1);
    assert_int_equal(desk_count(d, SQL("SELECT quantity FROM entries WHERE org_id = :org AND "
                                       "source = 'claims' AND kind = 'lecture.given' AND label = "
                                       "'讲座、宣讲、授课' AND recorded_name <> ''")),
                     2000);
    assert_int_equal(told(d, "您报的“Law at Fengxiang school”已经记入履职记录"), 1);
    desk_as_member(d, 0);
    assert_int_equal(edit(d, id, "{" TALK ",\"happened_on\":\"2026-11-19\"}").status, 409);
    a = test_get(d->t, "/entries/mine");
    assert_true(desk_has(&a, "Law at Fengxiang school"));
    assert_true(desk_has(&a, arena_printf(d->t->mem, "href=\"/claims/%lld\"", (long long)id).ptr));
    desk_as_staff(d);
    assert_int_equal(post(d, "claims", id, "annul", "{\"opinion\":\"It was off.\"}").status, 200);
    assert_int_equal(live(d), 0);
    assert_int_equal(desk_count(d, SQL("SELECT CAST(SUM(quantity) AS BIGINT) AS n FROM entries "
                                       "WHERE org_id = :org AND source = 'claims'")),
                     0);
    assert_int_equal(told(d, "一条履职记录作废了：%"), 1);
}

static void the_same_thing_twice_is_said(void **state)
{
    struct desk *d = *state;
    i64 id = reported(d, 0, "2026-11-20");
    struct test_answer a = report(d, "2026-11-20", "");
    assert_int_equal(a.status, 422);
    assert_true(desk_has(&a, "您这一天已经有"));
    assert_int_equal(report(d, "2026-11-20", ",\"distinct\":true").status, 200);
    a = test_post(d->t, "/claims/new", "kind", "lecture.given", "happened_on", "2026-11-20",
                  "title", "Again", "quantity", "1", NULL);
    assert_int_equal(a.status, 422);
    assert_true(desk_has(&a, "name=\"distinct\"")); /* asked only now */
    assert_true(desk_has(&a, "value=\"Again\""));
    a = test_get(d->t, "/claims/new");
    assert_false(desk_has(&a, "name=\"distinct\""));
    desk_as_staff(d);
    a = desk_page(d, "/claims/", id, "");
    assert_true(desk_has(&a, "这一天已经有同类的记录"));
    desk_as_member(d, 1);
    assert_int_equal(report(d, "2026-11-20", "").status, 200); /* another's is not his */
    assert_int_equal(report(d, "2026-11-26", "").status, 422); /* tomorrow */
    assert_int_equal(report(d, "2025-11-01", "").status, 422); /* too long ago */
    assert_int_equal(report(d, "2026-11-10", ",\"kind\":\"x\"").status, 422);
    id = reported(d, 1, "2026-11-12");
    assert_int_equal(post(d, "claims", id, "withdraw", "{}").status, 200);
    assert_int_equal(report(d, "2026-11-12", "").status, 200);
}

static void who_organises_records_for_all(void **state)
{
    struct desk *d = *state;
    desk_lead_signs_in(d);
    desk_as_member(d, 0);
    assert_int_equal(test_api(d->t, POST, "/api/v1/claims/record", "{}").status, 403);
    desk_as_staff(d);
    struct test_answer a = test_api(d->t, POST, "/api/v1/claims/record",
                                    "{\"kind\":\"welfare.attended\",\"title\":\"Trees\","
                                    "\"quantity\":1,\"happened_on\":\"2026-11-21\",\"audience\":["
                                    "\"members\"]}");
    assert_int_equal(a.status, 200);
    assert_int_equal(live(d), 3);
    assert_int_equal(told(d, "替您记了一条履职记录：Trees（参加公益活动）"),
                     1); /* Li has an account */
    i64 id = desk_count(d, SQL("SELECT MAX(id) FROM claims WHERE org_id = :org"));
    a = desk_page(d, "/claims/", id, "");
    assert_true(desk_has(&a, "记了谁"));
    str wang = arena_printf(d->t->mem, "member:%lld", (long long)d->member[1]);
    a = test_post(d->t, "/claims/record", "kind", "welfare.attended", "title", "Trees", "quantity",
                  "1", "happened_on", "2026-11-21", "audience", wang.ptr, NULL);
    assert_int_equal(a.status, 422);
    assert_true(desk_has(&a, "Wang这一天已经有"));
    desk_as_member(d, 2);
    a = desk_page(d, "/claims/", id, "");
    assert_int_equal(a.status, 200);
    assert_false(desk_has(&a, "记了谁"));
    assert_int_equal(edit(d, id, "{" TALK ",\"happened_on\":\"2026-11-19\"}").status, 403);
    /* One of them was not there: his row alone goes, and comes no more. */
    i64 member_id = d->member[2];
    i64 entry = desk_count(d, SQL("SELECT id FROM entries WHERE org_id = :org AND source = "
                                  "'claims' AND member_id = :member_id",
                                  P(member_id)));
    desk_as_staff(d);
    str path = arena_printf(d->t->mem, "/api/v1/entries/%lld/strike", (long long)entry);
    assert_int_equal(test_api(d->t, POST, path.ptr, "{\"text\":\"Not there.\"}").status, 200);
    assert_int_equal(live(d), 2);
}

static err kind_in(struct rq *rq, void *context)
{
    (void)context;
    return dictionary_store(rq, "claims.kinds",
                            &(struct dictionary_row){ .code = str_of("other.donated"),
                                                      .label = str_of("捐资助学") });
}

/* A kind that the committee added is a kind of the ledger; the evidence goes with the claim. */
static void a_kind_of_ones_own_with_evidence(void **state)
{
    static const char PDF[] =
        "%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n";
    const struct test_file files[] = { { "evidence", "list.pdf", str_of(PDF) }, { 0 } };
    struct desk *d = *state;
    assert_ok(desk_in_org(d, d->t->org, kind_in, NULL));
    desk_as_member(d, 0);
    struct test_answer a =
        test_upload(d->t, "/claims/new", files, "kind", "other.donated", "happened_on",
                    "2026-11-20", "title", "Books for a school", "quantity", "1", NULL);
    assert_int_equal(a.status, 303);
    i64 id = desk_count(d, SQL("SELECT MAX(id) FROM claims WHERE org_id = :org"));
    i64 file = desk_count(d, SQL("SELECT MAX(id) FROM attachments WHERE org_id = :org AND owner = "
                                 "'claims'"));
    str path =
        arena_printf(d->t->mem, "/claims/%lld/evidence/%lld", (long long)id, (long long)file);
    assert_int_equal(test_get(d->t, path.ptr).status, 200);
    desk_as_member(d, 1);
    assert_int_equal(test_get(d->t, path.ptr).status, 404);
    desk_as_staff(d);
    assert_int_equal(test_get(d->t, path.ptr).status, 200);
    str remove = arena_printf(d->t->mem, "/api/v1/claims/%lld/evidence/%lld/remove", (long long)id,
                              (long long)file);
    assert_int_equal(test_api(d->t, POST, remove.ptr, "{}").status, 403);
    assert_int_equal(post(d, "claims", id, "approve", "{}").status, 200);
    assert_int_equal(desk_count(d, SQL("SELECT COUNT(*) FROM entries WHERE org_id = :org AND kind "
                                       "= 'other.donated' AND label = '捐资助学'")),
                     1);
    desk_as_member(d, 0); /* what was approved with it stays */
    assert_int_equal(test_api(d->t, POST, remove.ptr, "{}").status, 409);
}

/* Who organises a committee sees what its members report, in the list and as a file. */
static void a_head_sees_his_committees_claims(void **state)
{
    struct desk *d = *state;
    i64 committee, none, person_id = d->person[0];
    assert_ok(db_insert(d->t->db,
                        SQL("INSERT INTO committees (org_id, name) VALUES (:org, 'Roads') "
                            "RETURNING id"),
                        &committee));
    assert_ok(db_insert(d->t->db,
                        SQL("INSERT INTO tenures (org_id, person_id, post, body, body_id, from_on) "
                            "VALUES (:org, :person_id, 'committee_member', 'committee', "
                            ":committee, 19000) RETURNING id",
                            P(person_id), P(committee)),
                        &none));
    i64 his = reported(d, 0, "2026-11-20"), other = reported(d, 1, "2026-11-20");
    struct actor *actor = test_as_role(d->t, "head");
    test_may(actor, "claims.read", SCOPE_COMMITTEE);
    test_may(actor, "claims.export", SCOPE_COMMITTEE);
    actor->committees = (ids){ &committee, 1 };
    assert_int_equal(desk_total(d, "/api/v1/claims"), 1);
    assert_int_equal(desk_page(d, "/api/v1/claims/", his, "").status, 200);
    assert_int_equal(desk_page(d, "/api/v1/claims/", other, "").status, 404);
    struct test_answer a = test_get(d->t, "/claims.csv");
    assert_int_equal(a.status, 200);
    assert_true(desk_has(&a, "Li"));
    assert_false(desk_has(&a, "Wang"));
    desk_as_staff(d);
    a = test_get(d->t, "/claims.csv");
    assert_true(desk_has(&a, "Wang"));
    assert_int_equal(test_get(d->t, "/claims.xlsx").status, 200);
}

/* ---- appeals ---- */

static i64 asked(struct desk *d, size_t member, i64 entry)
{
    desk_as_member(d, member);
    str path = arena_printf(d->t->mem, "/api/v1/entries/%lld/appeal", (long long)entry);
    struct test_answer a = test_api(d->t, POST, path.ptr, "{\"text\":\"It was another.\"}");
    if (a.status != 200)
        fail_msg("%d %.*s", a.status, (int)a.body.len, a.body.ptr);
    return desk_count(d, SQL("SELECT MAX(id) FROM appeals WHERE org_id = :org"));
}

static void what_is_wrong_is_put_right_or_explained(void **state)
{
    struct desk *d = *state;
    desk_lead_signs_in(d);
    desk_submitted(d, "Trees");
    i64 entry = desk_count(d, SQL("SELECT MAX(id) FROM entries WHERE org_id = :org"));
    desk_as_member(d, 0);
    struct test_answer a = desk_page(d, "/entries/", entry, "");
    assert_true(desk_has(&a, "申请更正"));
    i64 id = asked(d, 0, entry);
    str again = arena_printf(d->t->mem, "/api/v1/entries/%lld/appeal", (long long)entry);
    assert_int_equal(test_api(d->t, POST, again.ptr, "{\"text\":\"Please.\"}").status, 409);
    a = desk_page(d, "/entries/", entry, "");
    assert_true(desk_has(&a, "等待答复"));
    assert_int_equal(post(d, "appeals", id, "explain", "{\"opinion\":\"No.\"}").status, 403);
    desk_as_member(d, 1);
    assert_int_equal(test_api(d->t, POST, again.ptr, "{\"text\":\"Mine.\"}").status, 404);
    assert_int_equal(desk_page(d, "/appeals/", id, "").status, 404);
    desk_as_staff(d);
    assert_int_equal(post(d, "appeals", id, "explain", "{\"opinion\":\"It is yours.\"}").status,
                     200);
    assert_int_equal(told(d, "您申请更正的“提交提案”%有了答复"), 1);
    id = asked(d, 0, entry);
    desk_as_staff(d);
    assert_int_equal(post(d, "appeals", id, "correct",
                          "{\"way\":\"strike\",\"opinion\":\"Not signed by him.\"}")
                         .status,
                     200);
    assert_int_equal(desk_count(d, SQL("SELECT COUNT(*) FROM entries WHERE org_id = :org AND "
                                       "state = 'struck'")),
                     1);
    desk_as_member(d, 0);
    is(d, "/api/v1/appeals/", id, "answer", "Not signed by him.");
    assert_int_equal(test_api(d->t, POST, again.ptr, "{\"text\":\"Please.\"}").status, 409);
    a = desk_page(d, "/api/v1/entries/", entry, "");
    desk_same(test_json(d->t, &a, "appeals.0.state"), "corrected");
    desk_same(test_json(d->t, &a, "appeals.1.state"), "explained");
}

static void what_is_missing_is_recorded(void **state)
{
    struct desk *d = *state;
    desk_as_member(d, 1);
    assert_int_equal(test_api(d->t, POST, "/api/v1/appeals",
                              "{\"happened_on\":\"2026-11-26\",\"text\":\"I was there.\"}")
                         .status,
                     422);
    assert_int_equal(test_api(d->t, POST, "/api/v1/appeals",
                              "{\"happened_on\":\"2026-11-18\",\"text\":\"I was there.\"}")
                         .status,
                     200);
    i64 id = desk_count(d, SQL("SELECT MAX(id) FROM appeals WHERE org_id = :org"));
    is(d, "/api/v1/appeals/", id, "label", "少了一条");
    desk_as_staff(d);
    struct test_answer a = desk_page(d, "/appeals/", id, "");
    assert_true(desk_has(&a, "/claims/record"));
    a = post(d, "appeals", id, "correct", "{\"way\":\"strike\",\"opinion\":\"Done.\"}");
    assert_int_equal(a.status, 422);
    assert_true(desk_has(&a, "没有可以冲销的"));
    a = post(d, "appeals", id, "correct", "{\"way\":\"recorded\",\"opinion\":\"Done.\"}");
    assert_int_equal(a.status, 200);
    desk_as_other_member(d);
    assert_int_equal(desk_page(d, "/api/v1/appeals/", id, "").status, 404);
    assert_int_equal(desk_total(d, "/api/v1/appeals"), 0);
    assert_int_equal(desk_total(d, "/api/v1/claims"), 0);
}

static struct test_answer recorded(struct desk *d, const char *audience)
{
    return test_post(d->t, "/claims/record", "kind", "welfare.attended", "title", "Trees",
                     "quantity", "1", "happened_on", "2026-11-20", "distinct", "1", "audience",
                     audience, NULL);
}

/* Of a roster too long to draw each is named: by number, code or name; whom two words could mean is
 * asked for by code, and what was typed stays. */
static void anybody_of_a_long_roster_can_be_named(void **state)
{
    struct desk *d = *state;
    desk_as_staff(d);
    struct test_answer a = test_get(d->t, "/claims/record");
    assert_false(test_has(&a, "audience-words"));
    crowd_add(d->t->db);
    a = test_get(d->t, "/claims/record");
    assert_true(test_has(&a, "audience-words"));
    assert_true(test_has(&a, "value=\"members\""));
    assert_false(test_has(&a, "Crowd580"));
    assert_int_equal(recorded(d, "member:5000580").status, 303);
    assert_int_equal(live(d), 1);
    assert_int_equal(recorded(d, "C581\u3001Crowd582").status, 303);
    assert_int_equal(live(d), 3);
    a = recorded(d, "Crowd583 Twin");
    assert_int_equal(a.status, 422);
    assert_true(test_has(&a, "C599"));
    assert_true(test_has(&a, "C600"));
    assert_true(test_has(&a, "value=\"Crowd583 Twin\""));
    a = recorded(d, "Nobody");
    assert_int_equal(a.status, 422);
    assert_true(test_has(&a, "\u6CA1\u6709\u627E\u5230"));
    assert_int_equal(recorded(d, "member:99").status, 422);
    assert_int_equal(live(d), 3);
    assert_int_equal(desk_count(d, SQL("SELECT COUNT(*) FROM entries WHERE org_id = :org AND state "
                                       "= 'live' AND member_id IN (5000580, 5000581, 5000582)")),
                     3);
    a = recorded(d, "members"); /* those are all, not the first so many */
    assert_true(test_has(
        &a, arena_printf(d->t->mem, "%lld",
                         (long long)desk_count(d, SQL("SELECT COUNT(*) FROM seats WHERE org_id = "
                                                      ":org AND status = 'serving'")))
                .ptr));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_is_approved_stands_in_the_ledger, desk_setup,
                                        desk_teardown),
        cmocka_unit_test_setup_teardown(the_same_thing_twice_is_said, desk_setup, desk_teardown),
        cmocka_unit_test_setup_teardown(who_organises_records_for_all, desk_setup, desk_teardown),
        cmocka_unit_test_setup_teardown(a_kind_of_ones_own_with_evidence, desk_setup,
                                        desk_teardown),
        cmocka_unit_test_setup_teardown(what_is_wrong_is_put_right_or_explained, desk_setup,
                                        desk_teardown),
        cmocka_unit_test_setup_teardown(a_head_sees_his_committees_claims, desk_setup,
                                        desk_teardown),
        cmocka_unit_test_setup_teardown(what_is_missing_is_recorded, desk_setup, desk_teardown),
        cmocka_unit_test_setup_teardown(anybody_of_a_long_roster_can_be_named, desk_setup,
                                        desk_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
