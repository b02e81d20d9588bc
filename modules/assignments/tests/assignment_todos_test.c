/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Who has what to do: nobody is asked for a step that he may not take, and every decision that
 * somebody waits for stands on a list with its day. Days: 2026-11-25 is a Wednesday. */
#include "modules/assignments/tests/hall.h"

enum { TODOS = 20 };

/* What one of the role has to do, for an agency of the hall or (agency -1) for the house. */
static struct rows todos_of(struct hall *h, const char *role, int agency)
{
    struct actor actor = *test_as_role(h->t, role);
    struct rq rq = test_system_rq(h->t);
    struct rows rows;
    i64 count = 0;
    actor.person_id = 0;
    actor.agency_id = agency < 0 ? 0 : h->agency[agency];
    for (size_t i = 0; agency >= 0 && i < ACTOR_PERMISSIONS_MAX; i++)
        if (actor.scopes[i] != SCOPE_NONE)
            actor.scopes[i] = SCOPE_AGENCY;
    rq.actor = &actor;
    assert_int_equal(flow_todos(&rq, TODOS, &rows).code, ERR_NONE);
    assert_int_equal(flow_todo_count(&rq, &count).code, ERR_NONE);
    assert_int_equal(count, rows.count);
    return rows;
}

/* Exactly this one, due on a day (NULL = any); verb NULL: nothing at all. */
static void has(struct rows rows, const char *verb, const char *due)
{
    const struct todo *all = rows.items;
    assert_int_equal(rows.count, verb ? 1 : 0);
    if (verb)
        same(all[0].verb, verb);
    if (due)
        assert_int_equal(all[0].due_on, day(due));
}

static void an_answer_waits_for_the_leader_and_not_for_its_writer(void **state)
{
    struct hall *h = *state;
    i64 id = hand_out_one(h);
    has(todos_of(h, "operator", 0), "accept", "2026-12-02");
    has(todos_of(h, "agency_leader", 0), "accept", NULL); /* he may take it as well */
    draft(h, id, 0);
    has(todos_of(h, "operator", 0), NULL, NULL);
    has(todos_of(h, "agency_leader", 0), "sign", "2027-02-25");
    as_leader(h, 0);
    assert_int_equal(act(h, id, "redraft", "{\"opinion\":\"Say when.\"}"), 200);
    has(todos_of(h, "operator", 0), "reply", "2027-02-25");
    has(todos_of(h, "agency_leader", 0), NULL, NULL);
}

/* rules.md 2.3: the coordinator answers within seven days. */
static void a_bounce_is_answered_within_its_days(void **state)
{
    struct hall *h = *state;
    i64 id = hand_out_one(h);
    as_operator(h, 0);
    assert_int_equal(act(h, id, "bounce", "{\"opinion\":\"Not within our duty.\"}"), 200);
    has(todos_of(h, "dispatcher", -1), "reassign", "2026-12-02");
    as_dispatcher(h);
    assert_int_equal(act(h, id, "uphold", "{\"opinion\":\"It is yours.\"}"), 200);
    has(todos_of(h, "dispatcher", -1), NULL, NULL);
}

/* Five working days from Wednesday: the next Wednesday. */
static void more_time_is_decided_within_its_days(void **state)
{
    struct hall *h = *state;
    static const char ASK[] = "{\"to_on\":\"2027-03-25\",\"opinion\":\"Rain.\"}";
    i64 id = hand_out_one(h);
    as_operator(h, 0);
    assert_int_equal(act(h, id, "accept", NULL), 200);
    assert_int_equal(act(h, id, "extend", ASK), 200);
    has(todos_of(h, "dispatcher", -1), "decide_extension", "2026-12-02");
    as_dispatcher(h);
    assert_int_equal(
        act(h, id, "decide_extension", "{\"decision\":\"refused\",\"opinion\":\"No rain.\"}"), 200);
    has(todos_of(h, "dispatcher", -1), NULL, NULL);
    as_operator(h, 0);
    assert_int_equal(act(h, id, "extend", ASK), 200);
    answer(h, id, 0); /* nobody needs the time any more */
    has(todos_of(h, "dispatcher", -1), NULL, NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        { "an_answer_waits_for_the_leader_and_not_for_its_writer",
          an_answer_waits_for_the_leader_and_not_for_its_writer, hall_setup, hall_teardown, NULL },
        { "a_bounce_is_answered_within_its_days", a_bounce_is_answered_within_its_days, hall_setup,
          hall_teardown, NULL },
        { "more_time_is_decided_within_its_days", more_time_is_decided_within_its_days, hall_setup,
          hall_teardown, NULL },
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
