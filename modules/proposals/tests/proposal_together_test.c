/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What is merged is handled together to the end (rules.md 2.2, 2.4): days of the strictest, leads
 * of all are told, signers of all read the record of a talk, no wish to withdraw hangs, no more
 * items than one answer holds. Merging itself: proposal_merging_test.c. */
#include "modules/assignments/assignment.h"
#include "modules/proposals/proposal_store.h"
#include "modules/proposals/tests/desk_look.h"
#include "modules/transfers/transfer_record.h"

/* One suggestion, so that main and merged one together have the two of desk_answer. */
static i64 written_by(struct desk *d, size_t member, const char *title)
{
    i64 id = 0;
    desk_as_member(d, member);
    struct test_answer a =
        test_api(d->t, POST, "/api/v1/proposals",
                 arena_printf(d->t->mem,
                              "{\"title\":\"%s\",\"situation\":\"Eight thousand people wait.\","
                              "\"analysis\":\"The line was planned for the old town.\","
                              "\"suggestions\":[\"%s: a bus.\"],\"consent\":\"yes\"}",
                              title, title)
                     .ptr);
    assert_int_equal(a.status, 201);
    assert_true(str_to_i64(test_json(d->t, &a, "id"), &id));
    assert_int_equal(desk_act(d, id, "submit", "{\"confirmed\":true}"), 200);
    return id;
}

static struct test_answer merge(struct desk *d, i64 id, i64 main_id)
{
    desk_as_reviewer(d);
    return test_api(d->t, POST,
                    arena_printf(d->t->mem, "/api/v1/proposals/%lld/merge", (long long)id).ptr,
                    arena_printf(d->t->mem, "{\"main_id\":%lld,\"version\":%lld}",
                                 (long long)main_id, (long long)desk_load(d, id).version)
                        .ptr);
}

/* Li's, docketed, and Wang's, merged into it; both can be told. */
struct pair {
    i64 main, merged;
};

static struct pair pair_of(struct desk *d)
{
    i64 person = d->person[1];
    desk_lead_signs_in(d);
    assert_ok(db_run(d->t->db,
                     SQL("INSERT INTO accounts (org_id, login_name, name, person_id, created_at) "
                         "VALUES (:org, 'wang', 'Wang', :person, 1)",
                         P(person)),
                     NULL));
    struct pair p = { written_by(d, 0, "Main"), written_by(d, 1, "Merged") };
    desk_as_reviewer(d);
    assert_int_equal(desk_act(d, p.main, "docket", "{\"category\":\"transport\"}"), 200);
    assert_int_equal(merge(d, p.merged, p.main).status, 200);
    return p;
}

/* How often somebody was told these words. */
static i64 told(struct desk *d, const char *login_name, const char *words)
{
    str login = str_of(login_name), like = arena_printf(d->t->mem, "%%%s%%", words);
    return desk_count(d, SQL("SELECT count(*) AS n FROM deliveries v JOIN accounts a ON a.org_id = "
                             "v.org_id AND a.id = v.account_id WHERE v.org_id = :org AND "
                             "a.login_name = :login AND v.words LIKE :like",
                             P(login), P(like)));
}

/* ---- before it is handed out ---- */

/* The step that answers it is not there any more once the main one is handed out. */
static void a_wish_to_withdraw_falls_when_the_main_one_is_handed_out(void **state)
{
    struct desk *d = *state;
    struct pair p = pair_of(d);
    desk_as_member(d, 1);
    assert_int_equal(desk_act(d, p.merged, "ask_withdraw", "{\"opinion\":\"Solved.\"}"), 200);
    assert_int_equal(desk_todos(d, p.merged, "withdraw"), 1);
    desk_assign(d, p.main);
    assert_int_equal(desk_load(d, p.merged).withdraw_asked_at, 0);
    assert_int_equal(desk_todos(d, p.merged, "withdraw"), 0);
    assert_int_equal(told(d, "wang", "Merged%不再撤案"), 1);
    assert_int_equal(told(d, "li", "不再撤案"), 0);
}

static void who_leads_the_main_one_hears_that_another_leaves(void **state)
{
    struct desk *d = *state;
    struct pair p = pair_of(d);
    desk_as_reviewer(d);
    assert_int_equal(desk_act(d, p.merged, "unmerge", "{}"), 200);
    assert_int_equal(told(d, "li", "Merged%不再与您的提案%Main"), 1);
    assert_int_equal(merge(d, p.merged, p.main).status, 200);
    desk_as_member(d, 1);
    assert_int_equal(desk_act(d, p.merged, "ask_withdraw", "{\"opinion\":\"Solved.\"}"), 200);
    desk_as_reviewer(d);
    assert_int_equal(desk_act(d, p.merged, "withdraw", "{}"), 200);
    assert_int_equal(told(d, "li", "Merged%不再与您的提案%Main"), 2);
}

/* Its lead writes in it: nothing changes under his hands, also when one leaves that came before. */
static void what_is_being_revised_is_no_main_one(void **state)
{
    struct desk *d = *state;
    i64 main = written_by(d, 0, "Main"), other = written_by(d, 1, "Other"),
        early = written_by(d, 2, "Early");
    assert_int_equal(merge(d, early, main).status, 200);
    assert_int_equal(desk_act(d, main, "revise", "{\"opinion\":\"Which bus?\"}"), 200);
    i64 version = desk_load(d, main).version;
    struct test_answer a = merge(d, other, main);
    assert_int_equal(a.status, 409);
    desk_same(test_json(d->t, &a, "code"), "proposals.main_state");
    assert_int_equal(desk_act(d, early, "unmerge", "{}"), 200);
    assert_int_equal(desk_load(d, main).version, version);
    assert_int_equal(desk_load(d, main).merged_count, 0);
}

/* ---- how much is one answer ---- */

struct lists {
    int count;
    i64 id;
};

static err record(struct rq *rq, void *context)
{
    struct lists *l = context;
    char result;
    struct transfer_record r = { .title = arena_printf(rq->mem, "With %d", l->count),
                                 .situation = str_of("Eight thousand wait."),
                                 .analysis = str_of("Planned for the old town."),
                                 .consent = str_of("yes") };
    strs_add(rq->mem, &r.proposers, str_of("Li"));
    for (int i = 0; i < l->count; i++)
        strs_add(rq->mem, &r.suggestions, arena_printf(rq->mem, "Suggestion %d.", i));
    return transfer_save_record(rq, &r, &l->id, &result);
}

static i64 with_suggestions(struct desk *d, int count)
{
    struct lists l = { count, 0 };
    assert_ok(desk_in_org(d, d->t->org, record, &l));
    return l.id;
}

/* 200 items are one answer's most: 150 + 30 + 20 fit, one more does not. */
static void more_than_one_answer_holds_is_not_merged(void **state)
{
    struct desk *d = *state;
    i64 main = with_suggestions(d, 150);
    assert_int_equal(merge(d, with_suggestions(d, 30), main).status, 200);
    struct test_answer a = merge(d, with_suggestions(d, 21), main);
    assert_int_equal(a.status, 409);
    desk_same(test_json(d->t, &a, "code"), "proposals.merge_items");
    assert_int_equal(merge(d, with_suggestions(d, 20), main).status, 200);
    assert_int_equal(desk_load(d, main).merged_count, 2);
}

/* ---- days ---- */

static err traits_of(struct rq *rq, const char *title, bool *plenary, bool *party)
{
    i64 id = 0;
    struct matter matter = { 0 };
    struct proposal p;
    str named = str_of(title);
    TRY(db_i64(rq->db,
               SQL("SELECT id FROM proposals WHERE org_id = :org AND title = :named", P(named)),
               &id));
    TRY(proposal_store_find(rq->db, id, rq->mem, &p));
    TRY(proposal_traits(rq, &p, &matter));
    *plenary = matter.plenary;
    *party = matter.party;
    return OK;
}

/* rules.md 2.4: the plenary's and the parties' have days of their own; they are kept also where
 * such a one is merged into an ordinary one. */
static void the_days_are_those_of_the_strictest(void **state)
{
    struct desk *d = *state;
    struct pair p = pair_of(d);
    struct rq rq = test_system_rq(d->t);
    bool plenary = true, party = true;
    i64 id = p.merged;
    assert_ok(
        db_run(d->t->db,
               SQL("UPDATE proposals SET timing = 'between' WHERE org_id = :org AND title <> ''"),
               NULL));
    assert_ok(traits_of(&rq, "Main", &plenary, &party));
    assert_false(plenary || party);
    assert_ok(db_run(d->t->db,
                     SQL("UPDATE proposals SET timing = 'during', kind = 'democratic' WHERE org_id "
                         "= :org AND id = :id",
                         P(id)),
                     NULL));
    assert_ok(traits_of(&rq, "Main", &plenary, &party));
    assert_true(plenary && party);
}

/* ---- while it is handled ---- */

static int on_assignment(struct desk *d, i64 id, const char *verb, const char *json)
{
    str path = arena_printf(d->t->mem, "/api/v1/assignments/%lld/%s", (long long)id, verb);
    return test_api(d->t, POST, path.ptr,
                    test_versioned(d->t, json, desk_assignment_version(d, id)))
        .status;
}

static void a_new_day_is_told_to_all(void **state)
{
    struct desk *d = *state;
    struct pair p = pair_of(d);
    desk_assign(d, p.main);
    i64 assignment = desk_assignment(d, p.main);
    desk_as_operator(d, 0);
    assert_int_equal(on_assignment(d, assignment, "accept", "{}"), 200);
    assert_int_equal(on_assignment(d, assignment, "extend",
                                   "{\"to_on\":\"2027-04-25\",\"opinion\":\"Rain.\"}"),
                     200);
    desk_as_dispatcher(d);
    assert_int_equal(on_assignment(d, assignment, "decide_extension", "{\"decision\":\"granted\"}"),
                     200);
    assert_int_equal(told(d, "li", "Main%2027年4月25日"), 1);
    assert_int_equal(told(d, "wang", "Merged%2027年4月25日"), 1);
}

static void a_new_agency_is_told_to_all(void **state)
{
    struct desk *d = *state;
    struct pair p = pair_of(d);
    desk_assign(d, p.main);
    desk_as_dispatcher(d);
    assert_int_equal(
        on_assignment(d, desk_assignment(d, p.main), "reassign",
                      arena_printf(d->t->mem, "{\"agency_id\":%lld}", (long long)d->agency[1]).ptr),
        200);
    assert_int_equal(told(d, "li", "Main%Health"), 1);
    assert_int_equal(told(d, "wang", "Merged%Health"), 1);
}

static void both_dissatisfied(struct desk *d, i64 main)
{
    static const char JSON[] =
        "{\"visit\":\"visited\",\"manner\":\"satisfied\",\"hearing\":\"visit\","
        "\"relevance\":\"direct\",\"handling\":\"satisfied\",\"result\":\"dissatisfied\","
        "\"text\":\"Noted.\"}";
    i64 assignment = desk_assignment(d, main);
    for (size_t member = 0; member < 2; member++) {
        desk_as_member(d, member);
        assert_int_equal(on_assignment(d, assignment, "evaluate", JSON), 200);
    }
    desk_as_reviewer(d);
}

static void who_signs_a_merged_one_goes_the_whole_road(void **state)
{
    static const char RECORD[] =
        "{\"held_on\":\"2026-11-25\",\"place\":\"Room 3\",\"present\":\"Li; Wang; Roads\","
        "\"agency_said\":\"It stops at the gate.\",\"proposer_said\":\"The gate is far.\","
        "\"result\":\"explained\",\"satisfaction\":\"fair\"}";
    struct desk *d = *state;
    struct pair p = pair_of(d);
    desk_assign(d, p.main);
    desk_answer(d, p.main, "a");
    both_dissatisfied(d, p.main);
    assert_int_equal(desk_act(d, p.main, "redo", "{\"opinion\":\"Which gate?\"}"), 200);
    assert_int_equal(told(d, "li", "Main%重新办理%Which gate"), 1);
    assert_int_equal(told(d, "wang", "Merged%重新办理%Which gate"), 1);
    desk_answer(d, p.main, "a");
    both_dissatisfied(d, p.main);
    assert_int_equal(desk_act(d, p.main, "mediate", "{\"opinion\":\"At the gate.\"}"), 200);
    assert_int_equal(told(d, "wang", "Merged%当面协商%At the gate"), 1);
    desk_as_reviewer(d);
    assert_int_equal(desk_act(d, p.main, "settle", RECORD), 200);
    assert_int_equal(told(d, "li", "Main%已经面商"), 1);
    assert_int_equal(told(d, "wang", "Merged%已经面商"), 1);
    desk_as_member(d, 1); /* the record and the last word are his too */
    desk_same(desk_json(d, p.main, "mediations.0.place"), "Room 3");
    desk_same(desk_json(d, p.main, "mediations.0.satisfaction"), "fair");
    desk_as_member(d, 2);
    desk_same(desk_json(d, p.main, "mediations.0.place"), "");
}

/* ---- texts to compare ---- */

static err newest(struct rq *rq, void *context)
{
    struct rows rows;
    (void)context;
    TRY(proposal_store_list_newest(rq->db, 2, rq->mem, &rows));
    assert_int_equal(rows.count, 2);
    const struct proposal_text *all = rows.items;
    assert_true(str_find(all[1].body, str_of("Last: a bus."), 0) >= 0);
    return OK;
}

/* What stands between two of the newest and is not among them is not read: a hundred thousand lines
 * of it crowd nothing out. */
static void suggestions_are_read_of_the_newest_alone(void **state)
{
    struct desk *d = *state;
    i64 of[3];
    of[0] = written_by(d, 0, "First");
    of[1] = desk_draft(d, "Never handed in");
    of[2] = written_by(d, 1, "Last");
    assert_true(of[0] < of[1] && of[1] < of[2]);
    i64 id = of[1];
    assert_ok(db_run(
        d->t->db,
        SQL("WITH t AS (SELECT 0 AS n UNION ALL SELECT 1 UNION ALL SELECT 2 UNION ALL SELECT 3 "
            "UNION ALL SELECT 4 UNION ALL SELECT 5 UNION ALL SELECT 6 UNION ALL SELECT 7 UNION ALL "
            "SELECT 8 UNION ALL SELECT 9) INSERT INTO suggestions (org_id, proposal_id, number, "
            "text) SELECT :org, :id, 100 + a.n + 10 * b.n + 100 * c.n + 1000 * e.n + 10000 * f.n, "
            "'x' FROM t a, t b, t c, t e, t f",
            P(id)),
        NULL));
    assert_ok(desk_in_org(d, d->t->org, newest, NULL));
}

#define T(test_) cmocka_unit_test_setup_teardown(test_, desk_setup, desk_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(a_wish_to_withdraw_falls_when_the_main_one_is_handed_out),
        T(who_leads_the_main_one_hears_that_another_leaves),
        T(what_is_being_revised_is_no_main_one),
        T(more_than_one_answer_holds_is_not_merged),
        T(the_days_are_those_of_the_strictest),
        T(a_new_day_is_told_to_all),
        T(a_new_agency_is_told_to_all),
        T(who_signs_a_merged_one_goes_the_whole_road),
        T(suggestions_are_read_of_the_newest_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
