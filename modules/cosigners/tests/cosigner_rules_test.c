/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Invitations to sign: choosing, order, answers in time and too late, rounds that end by the last
 * answer, by the clock or by the lead, called back, too few, people who have left. Both engines. */
#include "modules/cosigners/tests/circle.h"
#include "tests/harness/test_db.h"

enum { MINUTE = 60000, HOUR = 60 * MINUTE };

static const int FOUR[] = { WANG, ZHAO, CHEN, SUN, LEAD };
static const int TWO[] = { WANG, ZHAO, LEAD };

static i64 count(struct circle *c, struct sql sql)
{
    i64 n = -1;
    assert_ok(db_i64(c->d->t->db, sql, &n));
    return n;
}

static i64 todos_of(struct circle *c, int who, const char *verb_text)
{
    str verb = str_of(verb_text);
    i64 person_id = c->person[who];
    return count(c, SQL("SELECT count(*) AS n FROM todos WHERE org_id = :org AND holder = 'person' "
                        "AND holder_id = :person_id AND verb = :verb",
                        P(person_id), P(verb)));
}

/* ---- choosing ---- */

static void the_lead_chooses_serving_members(void **state)
{
    struct circle *c = *state;
    i64 id = circle_draft(c, (const int[]){ LEAD });
    assert_int_equal(circle_add(c, id, c->member[LEAD]), 422); /* himself */
    assert_int_equal(circle_add(c, id, 999999), 422);
    assert_int_equal(circle_add(c, id, c->d->other_member), 422); /* of another organisation */
    circle_leave(c, SUN);
    assert_int_equal(circle_add(c, id, c->member[SUN]), 422);
    assert_int_equal(desk_load(c->d, id).invited, 0);
    assert_int_equal(circle_add(c, id, c->member[WANG]), 200);
    assert_int_equal(circle_add(c, id, c->member[WANG]), 200); /* twice is once */
    assert_int_equal(desk_load(c->d, id).invited, 1);
    assert_int_equal(todos_of(c, WANG, "cosign"), 0); /* not asked yet */
    circle_as(c, WANG);
    assert_int_equal(circle_add(c, id, c->member[ZHAO]), 404); /* another's draft */
}

static void not_more_than_may_sign(void **state)
{
    struct circle *c = *state;
    circle_set(c, "proposals.signers_max", "3");
    i64 id = circle_draft(c, TWO); /* three with the lead */
    assert_int_equal(circle_add(c, id, c->member[CHEN]), 422);
    str all = arena_printf(c->d->t->mem, "{\"members\":[%lld,%lld]}", (long long)c->member[WANG],
                           (long long)c->member[CHEN]);
    str path = arena_printf(c->d->t->mem, "/api/v1/proposals/%lld/cosigners/add", (long long)id);
    assert_int_equal(test_api(c->d->t, POST, path.ptr, all.ptr).status, 422);
    assert_int_equal(desk_load(c->d, id).invited, 2);
}

static str order_of(struct circle *c, i64 id)
{
    struct test_answer a = desk_page(c->d, "/api/v1/proposals/", id, "/cosigners");
    struct buf *b = buf_new(c->d->t->mem, 1000);
    assert_int_equal(a.status, 200);
    for (int i = 0; i < CIRCLE; i++) {
        str name = test_json(c->d->t, &a, arena_printf(c->d->t->mem, "cosigners.%d.name", i).ptr);
        if (name.len == 0)
            break;
        if (i)
            buf_put_byte(b, ' ');
        buf_add(b, name);
    }
    return buf_str(b);
}

static int move(struct circle *c, i64 id, int who, int rank)
{
    str path = arena_printf(c->d->t->mem, "/api/v1/proposals/%lld/cosigners/move", (long long)id);
    str json = arena_printf(c->d->t->mem, "{\"cosigner_id\":%lld,\"rank\":%d}",
                            (long long)circle_invitation(c, id, who), rank);
    return test_api(c->d->t, POST, path.ptr, json.ptr).status;
}

static void the_lead_gives_the_order(void **state)
{
    struct circle *c = *state;
    i64 id = circle_draft(c, FOUR);
    desk_same(order_of(c, id), "Wang Zhao Chen Sun");
    static const struct {
        int who, rank;
        const char *order;
    } MOVES[] = {
        { SUN, 1, "Sun Wang Zhao Chen" },   { SUN, 1, "Sun Wang Zhao Chen" }, /* a second click */
        { WANG, 4, "Sun Zhao Chen Wang" },  { CHEN, 2, "Sun Chen Zhao Wang" },
        { CHEN, 99, "Sun Zhao Wang Chen" },
    };
    for (size_t i = 0; i < sizeof MOVES / sizeof *MOVES; i++) {
        assert_int_equal(move(c, id, MOVES[i].who, MOVES[i].rank), 200);
        desk_same(order_of(c, id), MOVES[i].order);
    }
    str path = arena_printf(c->d->t->mem, "/api/v1/proposals/%lld/cosigners/remove", (long long)id);
    str json = arena_printf(c->d->t->mem, "{\"cosigner_id\":%lld}",
                            (long long)circle_invitation(c, id, ZHAO));
    assert_int_equal(test_api(c->d->t, POST, path.ptr, json.ptr).status, 200);
    assert_int_equal(test_api(c->d->t, POST, path.ptr, json.ptr).status, 404);
    desk_same(order_of(c, id), "Sun Wang Chen");
    assert_int_equal(desk_act(c->d, id, "invite", "{}"), 200);
    assert_int_equal(move(c, id, CHEN, 1), 409); /* it is out now */
    assert_int_equal(circle_add(c, id, c->member[ZHAO]), 409);
}

/* ---- answers ---- */

/* The design's example: three hours from 09:00 in the plenary. */
static void one_declines_one_is_silent_two_sign(void **state)
{
    struct circle *c = *state;
    i64 id = circle_sent(c, FOUR);
    assert_int_equal(todos_of(c, WANG, "cosign"), 1);
    circle_at(c, 30 * MINUTE);
    assert_int_equal(circle_answer(c, id, WANG, "cosign"), 200);
    assert_int_equal(todos_of(c, WANG, "cosign"), 0);
    assert_int_equal(circle_answer(c, id, ZHAO, "decline"), 200);
    circle_at(c, 3 * HOUR - 1000);
    assert_int_equal(circle_answer(c, id, CHEN, "cosign"), 200);
    circle_at(c, 3 * HOUR);
    circle_run_jobs(c); /* the last millisecond is still his */
    desk_same(desk_load(c->d, id).state, "cosigning");
    circle_at(c, 3 * HOUR + 30000);
    circle_run_jobs(c);
    struct proposal p = desk_load(c->d, id);
    desk_same(p.state, "submitted");
    desk_same(p.kind, "joint");
    assert_int_equal(p.signer_count, 3);
    assert_int_equal(p.submitted_at, c->d->t->app.clock.fixed_ms);
    desk_same(circle_signers(c, id), "Li Wang Chen");
    desk_same(circle_state(c, id, ZHAO), "declined");
    desk_same(circle_state(c, id, SUN), "lapsed");
    assert_int_equal(todos_of(c, SUN, "cosign"), 0);
    circle_as(c, CHEN); /* a signer reads it; who fell off does not */
    assert_int_equal(desk_page(c->d, "/proposals/", id, "").status, 200);
    circle_as(c, ZHAO);
    assert_int_equal(desk_page(c->d, "/proposals/", id, "").status, 404);
}

static void an_answer_a_millisecond_late_is_refused(void **state)
{
    struct circle *c = *state;
    i64 id = circle_sent(c, FOUR);
    circle_at(c, 3 * HOUR + 1);
    assert_int_equal(circle_answer(c, id, WANG, "cosign"), 409); /* the job has not come by yet */
    assert_int_equal(circle_answer(c, id, ZHAO, "decline"), 409);
    circle_at(c, 3 * HOUR);
    assert_int_equal(circle_answer(c, id, WANG, "cosign"), 200);
}

static void between_sessions_there_is_a_day(void **state)
{
    struct circle *c = *state;
    desk_on_day(c->d, "2026-11-25");
    i64 start = c->d->t->app.clock.fixed_ms;
    i64 id = circle_sent(c, TWO);
    c->d->t->app.clock.fixed_ms = start + 24 * HOUR + 1;
    assert_int_equal(circle_answer(c, id, WANG, "cosign"), 409);
    c->d->t->app.clock.fixed_ms = start + 24 * HOUR;
    assert_int_equal(circle_answer(c, id, WANG, "cosign"), 200);
    circle_set(c, "cosigners.between_hours", "72"); /* for rounds to come */
    c->d->t->app.clock.fixed_ms = start + 24 * HOUR + 1;
    assert_int_equal(circle_answer(c, id, ZHAO, "cosign"), 409);
}

static void the_last_answer_hands_it_in(void **state)
{
    struct circle *c = *state;
    i64 id = circle_sent(c, TWO);
    assert_int_equal(circle_answer(c, id, ZHAO, "cosign"), 200);
    desk_same(desk_load(c->d, id).state, "cosigning");
    assert_int_equal(desk_load(c->d, id).invited, 1);
    assert_int_equal(circle_answer(c, id, WANG, "cosign"), 200);
    desk_same(desk_load(c->d, id).state, "submitted");
    desk_same(circle_signers(c, id), "Li Wang Zhao"); /* the lead's order, not theirs */
    circle_run_jobs(c);
    assert_int_equal(desk_load(c->d, id).serial, 1);
}

static void nobody_agrees_and_it_stays_personal(void **state)
{
    struct circle *c = *state;
    i64 id = circle_sent(c, TWO);
    assert_int_equal(circle_answer(c, id, WANG, "decline"), 200);
    assert_int_equal(circle_answer(c, id, ZHAO, "decline"), 200);
    desk_same(desk_load(c->d, id).state, "submitted");
    desk_same(desk_load(c->d, id).kind, "personal");
    desk_same(circle_signers(c, id), "Li");
}

/* A second click, and one who would like to change his mind. */
static void an_answer_is_given_once(void **state)
{
    struct circle *c = *state;
    i64 id = circle_sent(c, FOUR);
    assert_int_equal(circle_answer(c, id, WANG, "cosign"), 200);
    assert_int_equal(circle_answer(c, id, WANG, "cosign"), 409);
    assert_int_equal(circle_answer(c, id, WANG, "decline"), 409);
    desk_same(circle_state(c, id, WANG), "cosigned");
    assert_int_equal(desk_load(c->d, id).invited, 3);
}

static void nobody_answers_for_another(void **state)
{
    struct circle *c = *state;
    i64 id = circle_sent(c, TWO);
    i64 invitation = circle_invitation(c, id, WANG);
    str path = arena_printf(c->d->t->mem, "/api/v1/cosigners/%lld/cosign", (long long)invitation);
    const char *json = test_versioned(c->d->t, "{}", 2);
    static const int OTHERS[] = { LEAD, ZHAO, SUN };
    for (size_t i = 0; i < sizeof OTHERS / sizeof *OTHERS; i++) {
        circle_as(c, OTHERS[i]);
        assert_int_equal(test_api(c->d->t, POST, path.ptr, json).status, 404);
    }
    desk_as_other_member(c->d);
    assert_int_equal(test_api(c->d->t, POST, path.ptr, json).status, 404);
    desk_as_staff(c->d); /* sees that he is asked, but has no say of its own */
    assert_int_equal(test_api(c->d->t, POST, path.ptr, json).status, 403);
}

/* ---- called back ---- */

static void a_recall_drops_the_answers(void **state)
{
    struct circle *c = *state;
    i64 id = circle_sent(c, FOUR);
    assert_int_equal(circle_answer(c, id, WANG, "cosign"), 200);
    assert_int_equal(circle_answer(c, id, ZHAO, "decline"), 200);
    circle_as(c, LEAD);
    assert_int_equal(desk_act(c->d, id, "recall", "{}"), 200);
    desk_same(desk_load(c->d, id).state, "draft");
    assert_int_equal(desk_load(c->d, id).invited, 4);
    desk_same(circle_state(c, id, WANG), "prepared");
    assert_int_equal(todos_of(c, CHEN, "cosign"), 0);
    assert_int_equal(circle_answer(c, id, CHEN, "cosign"), 404); /* nothing is asked of him */
    circle_as(c, LEAD);
    struct test_answer a = desk_page(c->d, "/api/v1/proposals/", id, "/cosigners");
    desk_same(test_json(c->d->t, &a, "cosigners.0.earlier"), "cosigned");
    desk_same(test_json(c->d->t, &a, "cosigners.1.earlier"), "declined");
    assert_int_equal(desk_act(c->d, id, "submit", "{\"confirmed\":true}"), 409);
    assert_int_equal(desk_act(c->d, id, "invite", "{}"), 200);
    assert_int_equal(circle_answer(c, id, WANG, "cosign"), 200);
}

/* The page that he still has open is of the round before. */
static void an_answer_to_an_older_round_does_not_count(void **state)
{
    struct circle *c = *state;
    i64 id = circle_sent(c, TWO);
    i64 invitation = circle_invitation(c, id, WANG);
    const char *old = test_versioned(c->d->t, "{}", 2);
    circle_as(c, LEAD);
    assert_int_equal(desk_act(c->d, id, "recall", "{}"), 200);
    assert_int_equal(desk_act(c->d, id, "invite", "{}"), 200);
    circle_as(c, WANG);
    str path = arena_printf(c->d->t->mem, "/api/v1/cosigners/%lld/cosign", (long long)invitation);
    assert_int_equal(test_api(c->d->t, POST, path.ptr, old).status, 409);
    desk_same(circle_state(c, id, WANG), "asked");
}

/* He signs the text that he was shown, whatever has happened to the row since. */
static void a_text_that_has_changed_is_not_signed(void **state)
{
    struct circle *c = *state;
    i64 id = circle_sent(c, TWO);
    assert_ok(db_run(c->d->t->db,
                     SQL("UPDATE proposals SET analysis = 'Other words.' WHERE org_id = :org AND "
                         "id = :id",
                         P(id)),
                     NULL));
    assert_int_equal(circle_answer(c, id, WANG, "cosign"), 409);
}

/* ---- the lead does not wait, or too few agree ---- */

static void the_lead_goes_without_the_silent(void **state)
{
    struct circle *c = *state;
    i64 id = circle_sent(c, FOUR);
    assert_int_equal(circle_answer(c, id, SUN, "cosign"), 200);
    assert_int_equal(circle_answer(c, id, WANG, "cosign"), 200);
    circle_as(c, LEAD);
    assert_int_equal(desk_act(c->d, id, "submit", "{\"confirmed\":true}"), 422);
    assert_int_equal(desk_act(c->d, id, "submit", "{\"confirmed\":true,\"unanswered\":true}"), 200);
    desk_same(circle_signers(c, id), "Li Wang Sun");
    desk_same(circle_state(c, id, CHEN), "lapsed");
    assert_int_equal(circle_answer(c, id, ZHAO, "cosign"), 409);
}

static void too_few_give_it_back(void **state)
{
    struct circle *c = *state;
    circle_set(c, "cosigners.quorum", "2");
    i64 id = circle_sent(c, FOUR);
    assert_int_equal(circle_answer(c, id, WANG, "cosign"), 200);
    circle_as(c, LEAD); /* nor can he hurry it */
    assert_int_equal(desk_act(c->d, id, "submit", "{\"confirmed\":true,\"unanswered\":true}"), 409);
    desk_same(desk_load(c->d, id).state, "cosigning");
    circle_at(c, 3 * HOUR + 1);
    circle_run_jobs(c);
    desk_same(desk_load(c->d, id).state, "draft");
    assert_int_equal(desk_load(c->d, id).serial, 0);
    circle_as(c, LEAD);
    struct test_answer a = desk_page(c->d, "/api/v1/proposals/", id, "/cosigners");
    desk_same(test_json(c->d->t, &a, "cosigners.0.earlier"), "cosigned");
    desk_same(test_json(c->d->t, &a, "cosigners.3.earlier"), "lapsed");
    circle_at(c, 4 * HOUR);
    circle_run_jobs(c); /* nothing is open any more */
    desk_same(desk_load(c->d, id).state, "draft");
}

static void a_site_may_leave_the_last_step_to_the_lead(void **state)
{
    struct circle *c = *state;
    circle_set(c, "cosigners.auto_submit", "0");
    i64 id = circle_sent(c, TWO);
    assert_int_equal(circle_answer(c, id, WANG, "cosign"), 200);
    circle_at(c, 3 * HOUR + 1);
    circle_run_jobs(c);
    desk_same(desk_load(c->d, id).state, "cosigning");
    assert_int_equal(todos_of(c, LEAD, "submit"), 1);
    circle_run_jobs(c);
    assert_int_equal(todos_of(c, LEAD, "submit"), 1);
    circle_as(c, LEAD);
    assert_int_equal(desk_act(c->d, id, "submit", "{\"confirmed\":true}"), 200);
    desk_same(circle_signers(c, id), "Li Wang");
    assert_int_equal(todos_of(c, LEAD, "submit"), 0);
}

/* ---- what cannot be closed ---- */

/* A limit that is lowered meanwhile is for rounds to come. */
static void a_lower_limit_does_not_break_a_round(void **state)
{
    struct circle *c = *state;
    i64 id = circle_sent(c, TWO), draft = circle_draft(c, TWO);
    circle_set(c, "proposals.signers_max", "2");
    assert_int_equal(desk_act(c->d, draft, "invite", "{}"), 409); /* judged when they are asked */
    assert_int_equal(circle_answer(c, id, ZHAO, "cosign"), 200);
    assert_int_equal(circle_answer(c, id, WANG, "cosign"), 200);
    desk_same(desk_load(c->d, id).state, "submitted");
    desk_same(circle_signers(c, id), "Li Wang Zhao");
}

static void a_round_that_cannot_be_closed_goes_back(void **state)
{
    struct circle *c = *state;
    i64 id = circle_sent(c, TWO), last = circle_sent(c, TWO);
    assert_int_equal(circle_answer(c, id, ZHAO, "cosign"), 200);
    assert_int_equal(circle_answer(c, last, ZHAO, "cosign"), 200);
    circle_without_session(c); /* nothing can be handed in */
    assert_int_equal(circle_answer(c, last, WANG, "decline"), 200);
    desk_same(desk_load(c->d, last).state, "draft");
    desk_same(desk_load(c->d, id).state, "cosigning");
    circle_at(c, 3 * HOUR + 1);
    circle_run_jobs(c);
    struct proposal p = desk_load(c->d, id);
    desk_same(p.state, "draft");
    assert_int_equal(p.serial, 0);
    assert_int_equal(p.invited, 2);
    desk_same(circle_state(c, id, ZHAO), "prepared");
    assert_int_equal(todos_of(c, WANG, "cosign"), 0);
}

static void one_bad_round_does_not_hold_up_others(void **state)
{
    struct circle *c = *state;
    i64 bad = circle_sent(c, TWO), good = circle_sent(c, TWO), nobody = 999999;
    assert_int_equal(circle_answer(c, bad, WANG, "cosign"), 200);
    assert_int_equal(circle_answer(c, good, WANG, "cosign"), 200);
    assert_ok(db_run(c->d->t->db,
                     SQL("UPDATE proposals SET lead_person_id = :nobody WHERE org_id = :org AND "
                         "id = :bad",
                         P(nobody), P(bad)),
                     NULL)); /* whom no member's record knows */
    circle_at(c, 3 * HOUR + 1);
    circle_run_jobs(c);
    desk_same(desk_load(c->d, good).state, "submitted");
    desk_same(desk_load(c->d, bad).state, "cosigning"); /* not even given back: as it was */
    desk_same(circle_state(c, bad, WANG), "cosigned");
    assert_int_equal(desk_load(c->d, bad).serial, 0);
}

/* Who is asked can never be enough: said before it goes out, not when all have answered. */
static void a_round_that_cannot_reach_its_quorum_is_not_sent_out(void **state)
{
    struct circle *c = *state;
    circle_set(c, "cosigners.quorum", "3");
    i64 id = circle_draft(c, TWO);
    str path = arena_printf(c->d->t->mem, "/api/v1/proposals/%lld/invite", (long long)id);
    struct test_answer a = test_api(c->d->t, POST, path.ptr,
                                    test_versioned(c->d->t, "{}", desk_load(c->d, id).version));
    assert_int_equal(a.status, 409);
    assert_true(desk_has(&a, "再加 1 人"));
    desk_same(desk_load(c->d, id).state, "draft");
    desk_same(circle_state(c, id, WANG), "prepared");
    assert_int_equal(circle_add(c, id, c->member[CHEN]), 200);
    assert_int_equal(desk_act(c->d, id, "invite", "{}"), 200);
}

/* ---- the office's list ---- */

struct plan {
    i64 id, parent, notused;
    str detail;
};

/* What waits is few among all there ever were: an index of its own, not a walk. */
static void the_office_finds_by_an_index(void **state)
{
    static const struct field ROW[] = { FIELD(struct plan, id),
                                        FIELD(struct plan, parent),
                                        FIELD(struct plan, notused),
                                        FIELD(struct plan, detail),
                                        { 0 } };
    struct circle *c = *state;
    struct rows rows = { .size = sizeof(struct plan) };
    bool found = false;
    if (test_db_engine() != DB_SQLITE)
        skip();
    assert_string_equal(COSIGNER_LIST.scopes[0].sql,
                        "c.state = 'asked' OR (c.state <> 'prepared' AND c.transcribed_by > 0)");
    assert_ok(db_list(c->d->t->db,
                      SQL("EXPLAIN QUERY PLAN SELECT c.id FROM cosigners c WHERE c.org_id = :org "
                          "AND c.waits_until IS NOT NULL AND (c.state = 'asked' OR (c.state <> "
                          "'prepared' AND c.transcribed_by > 0)) ORDER BY c.waits_until DESC, "
                          "c.id DESC LIMIT 51"),
                      ROW, c->d->t->mem, &rows));
    for (size_t i = 0; i < rows.count; i++) {
        str detail = ((const struct plan *)rows.items)[i].detail;
        found = found || str_find(detail, str_of("cosigners_office"), 0) >= 0;
        assert_true(str_find(detail, str_of("TEMP B-TREE"), 0) < 0);
    }
    assert_true(found);
}

/* ---- who has left ---- */

static void who_has_left_does_not_sign(void **state)
{
    struct circle *c = *state;
    i64 id = circle_draft(c, FOUR);
    circle_leave(c, WANG); /* chosen, then left: not asked */
    circle_as(c, LEAD);
    assert_int_equal(desk_act(c->d, id, "invite", "{}"), 200);
    assert_int_equal(circle_invitation(c, id, WANG), 0);
    assert_int_equal(circle_answer(c, id, ZHAO, "cosign"), 200);
    circle_leave(c, ZHAO); /* agreed, then left: falls off */
    circle_leave(c, CHEN); /* asked, then left: cannot answer */
    assert_int_equal(circle_answer(c, id, CHEN, "cosign"), 403);
    assert_int_equal(circle_answer(c, id, SUN, "cosign"), 200);
    circle_at(c, 3 * HOUR + 1);
    circle_run_jobs(c);
    desk_same(desk_load(c->d, id).state, "submitted");
    desk_same(circle_signers(c, id), "Li Sun");
    desk_same(circle_state(c, id, ZHAO), "lapsed");
}

static void nobody_left_to_ask(void **state)
{
    struct circle *c = *state;
    i64 id = circle_draft(c, (const int[]){ WANG, LEAD });
    circle_leave(c, WANG);
    circle_as(c, LEAD);
    assert_int_equal(desk_act(c->d, id, "invite", "{}"), 409);
    desk_same(desk_load(c->d, id).state, "draft");
}

/* Charter art. 38: only who serves hands in; the house does not do it for him. */
static void a_lead_who_has_left_hands_nothing_in(void **state)
{
    struct circle *c = *state;
    i64 id = circle_sent(c, TWO);
    assert_int_equal(circle_answer(c, id, WANG, "cosign"), 200);
    circle_leave(c, LEAD);
    assert_int_equal(circle_answer(c, id, ZHAO, "cosign"), 200);
    desk_same(desk_load(c->d, id).state, "draft");
    assert_int_equal(desk_load(c->d, id).serial, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_lead_chooses_serving_members, circle_setup,
                                        circle_teardown),
        cmocka_unit_test_setup_teardown(not_more_than_may_sign, circle_setup, circle_teardown),
        cmocka_unit_test_setup_teardown(the_lead_gives_the_order, circle_setup, circle_teardown),
        cmocka_unit_test_setup_teardown(one_declines_one_is_silent_two_sign, circle_setup,
                                        circle_teardown),
        cmocka_unit_test_setup_teardown(an_answer_a_millisecond_late_is_refused, circle_setup,
                                        circle_teardown),
        cmocka_unit_test_setup_teardown(between_sessions_there_is_a_day, circle_setup,
                                        circle_teardown),
        cmocka_unit_test_setup_teardown(the_last_answer_hands_it_in, circle_setup, circle_teardown),
        cmocka_unit_test_setup_teardown(nobody_agrees_and_it_stays_personal, circle_setup,
                                        circle_teardown),
        cmocka_unit_test_setup_teardown(an_answer_is_given_once, circle_setup, circle_teardown),
        cmocka_unit_test_setup_teardown(nobody_answers_for_another, circle_setup, circle_teardown),
        cmocka_unit_test_setup_teardown(a_recall_drops_the_answers, circle_setup, circle_teardown),
        cmocka_unit_test_setup_teardown(an_answer_to_an_older_round_does_not_count, circle_setup,
                                        circle_teardown),
        cmocka_unit_test_setup_teardown(a_text_that_has_changed_is_not_signed, circle_setup,
                                        circle_teardown),
        cmocka_unit_test_setup_teardown(the_lead_goes_without_the_silent, circle_setup,
                                        circle_teardown),
        cmocka_unit_test_setup_teardown(too_few_give_it_back, circle_setup, circle_teardown),
        cmocka_unit_test_setup_teardown(a_site_may_leave_the_last_step_to_the_lead, circle_setup,
                                        circle_teardown),
        cmocka_unit_test_setup_teardown(a_lower_limit_does_not_break_a_round, circle_setup,
                                        circle_teardown),
        cmocka_unit_test_setup_teardown(a_round_that_cannot_be_closed_goes_back, circle_setup,
                                        circle_teardown),
        cmocka_unit_test_setup_teardown(one_bad_round_does_not_hold_up_others, circle_setup,
                                        circle_teardown),
        cmocka_unit_test_setup_teardown(a_round_that_cannot_reach_its_quorum_is_not_sent_out,
                                        circle_setup, circle_teardown),
        cmocka_unit_test_setup_teardown(the_office_finds_by_an_index, circle_setup,
                                        circle_teardown),
        cmocka_unit_test_setup_teardown(who_has_left_does_not_sign, circle_setup, circle_teardown),
        cmocka_unit_test_setup_teardown(nobody_left_to_ask, circle_setup, circle_teardown),
        cmocka_unit_test_setup_teardown(a_lead_who_has_left_hands_nothing_in, circle_setup,
                                        circle_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
