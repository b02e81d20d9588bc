/* SPDX-License-Identifier: MulanPSL-2.0 */
/* A joint proposal before it is handed in: steps and text while others are asked to sign, who signs
 * it then, and that page and list agree about who sees what in every state. Both engines.
 * Invitations themselves: modules/cosigners/tests. */
#include "modules/proposals/proposal_cosigning.h"
#include "modules/proposals/proposal_store.h"
#include "modules/proposals/tests/desk.h"
#include "platform/calendar/calendar.h"
#include "platform/module.h"

enum { MODULES_MAX = 128 };

/* Without the module that asks people: the test plays its part. */
static int setup(void **state)
{
    static const struct module *below[MODULES_MAX];
    size_t n = 0;
    for (size_t i = 0; MODULES[i]; i++) {
        assert_true(n + 1 < MODULES_MAX);
        if (strcmp(MODULES[i]->name, "cosigners") != 0)
            below[n++] = MODULES[i];
    }
    return desk_setup_with(state, below);
}

struct ask {
    struct desk *d;
    i64 id, invited;
    const struct proposal_signer *signers;
    size_t count;
};

static err set_invited(struct rq *rq, void *context)
{
    const struct ask *a = context;
    struct proposal p;
    TRY(proposal_find_house(rq, a->id, &p));
    return proposal_set_invited(rq, &p, a->invited, 0);
}

static err set_signers(struct rq *rq, void *context)
{
    const struct ask *a = context;
    struct proposal p;
    TRY(proposal_find_house(rq, a->id, &p));
    return proposal_set_signers(rq, &p, a->signers, a->count);
}

static err gather(struct rq *rq, void *context)
{
    const struct ask *a = context;
    return flow_move(rq, &PROPOSALS_FLOW, a->id, "gather", NULL);
}

static err do_it(struct desk *d, err (*fn)(struct rq *rq, void *context), struct ask *a)
{
    a->d = d;
    return desk_in_org(d, d->t->org, fn, a);
}

static void invite_n(struct desk *d, i64 id, i64 n)
{
    assert_ok(do_it(d, set_invited, &(struct ask){ .id = id, .invited = n }));
}

static i64 sent_out(struct desk *d, const char *title)
{
    i64 id = desk_draft(d, title);
    invite_n(d, id, 2);
    desk_as_member(d, 0);
    assert_int_equal(desk_act(d, id, "invite", "{}"), 200);
    return id;
}

/* ---- steps ---- */

static void nobody_is_asked_where_nobody_is_chosen(void **state)
{
    struct desk *d = *state;
    i64 id = desk_draft(d, "A bridge");
    desk_as_member(d, 0);
    assert_int_equal(desk_act(d, id, "invite", "{}"), 409);
    invite_n(d, id, 1);
    assert_int_equal(desk_act(d, id, "submit", "{\"confirmed\":true}"),
                     409); /* they would be lost */
    assert_int_equal(desk_act(d, id, "invite", "{}"), 200);
    desk_same(desk_load(d, id).state, "cosigning");
}

static void only_a_complete_text_is_sent_out(void **state)
{
    struct desk *d = *state;
    i64 id = 0;
    desk_as_member(d, 0);
    struct test_answer a = test_api(d->t, POST, "/api/v1/proposals", "{\"title\":\"A bridge\"}");
    assert_true(str_to_i64(test_json(d->t, &a, "id"), &id));
    invite_n(d, id, 1);
    assert_int_equal(desk_act(d, id, "invite", "{}"), 422);
    desk_same(desk_load(d, id).state, "draft");
}

static void the_text_is_shut_until_it_is_called_back(void **state)
{
    struct desk *d = *state;
    i64 id = sent_out(d, "A bridge");
    assert_int_equal(desk_page(d, "/proposals/", id, "/edit").status, 409);
    str path = arena_printf(d->t->mem, "/api/v1/proposals/%lld", (long long)id);
    struct test_answer a = test_api(d->t, PUT, path.ptr, desk_text(d, "Another"));
    assert_int_equal(a.status, 409);
    desk_as_member(d, 1);
    assert_int_equal(desk_act(d, id, "recall", "{}"), 404);
    desk_as_member(d, 0);
    assert_int_equal(desk_act(d, id, "recall", "{}"), 200);
    assert_int_equal(desk_page(d, "/proposals/", id, "/edit").status, 200);
}

/* Whoever is silent falls off only when the lead says so. */
static void the_lead_may_go_without_the_silent(void **state)
{
    struct desk *d = *state;
    i64 id = sent_out(d, "A bridge");
    assert_int_equal(desk_act(d, id, "submit", "{\"confirmed\":true}"), 422);
    struct test_answer a = desk_page(d, "/proposals/", id, "/submit");
    assert_int_equal(a.status, 200);
    assert_true(desk_has(&a, "name=\"unanswered\""));
    assert_int_equal(desk_act(d, id, "submit", "{\"confirmed\":true,\"unanswered\":true}"), 200);
    struct proposal p = desk_load(d, id);
    desk_same(p.state, "submitted");
    assert_int_equal(p.serial, 1);
}

static void the_house_gathers_and_hands_in(void **state)
{
    struct desk *d = *state;
    i64 id = sent_out(d, "A bridge");
    desk_as_member(d, 0);
    assert_int_equal(desk_act(d, id, "gather", "{}"), 404); /* no step of a person's */
    assert_ok(do_it(d, gather, &(struct ask){ .id = id }));
    struct proposal p = desk_load(d, id);
    desk_same(p.state, "submitted");
    assert_int_equal(p.submitted_at, d->t->app.clock.fixed_ms);
    assert_int_equal(desk_page(d, "/proposals/", id, "/receipt").status, 200);
}

/* ---- who signs ---- */

static void signers_stand_behind_the_lead_in_their_order(void **state)
{
    struct desk *d = *state;
    i64 id = sent_out(d, "A bridge");
    const struct proposal_signer two[] = {
        { .person_id = d->person[2], .name = str_of("Zhao") },
        { .person_id = d->person[1], .name = str_of("Wang") },
    };
    assert_ok(do_it(d, set_signers, &(struct ask){ .id = id, .signers = two, .count = 2 }));
    struct proposal p = desk_load(d, id);
    desk_same(p.kind, "joint");
    assert_int_equal(p.signer_count, 3);
    assert_int_equal(p.invited, 0);
    desk_as_member(d, 0);
    struct test_answer a = desk_page(d, "/api/v1/proposals/", id, "");
    desk_same(test_json(d->t, &a, "proposers.0.name"), "Li");
    desk_same(test_json(d->t, &a, "proposers.1.name"), "Zhao");
    desk_same(test_json(d->t, &a, "proposers.2.name"), "Wang");
    assert_ok(do_it(d, set_signers, &(struct ask){ .id = id, .signers = two, .count = 1 }));
    assert_int_equal(desk_load(d, id).signer_count, 2);
    assert_ok(do_it(d, set_signers, &(struct ask){ .id = id }));
    desk_same(desk_load(d, id).kind, "personal");
}

/* How many may sign is judged before they are asked: who was asked and agreed signs. */
static void a_lower_limit_takes_nobody_away(void **state)
{
    struct desk *d = *state;
    i64 id = sent_out(d, "A bridge");
    struct proposal_signer many[50] = { { .name = str_of("One") } };
    for (size_t i = 0; i < 50; i++)
        many[i] = (struct proposal_signer){ .person_id = 1000 + (i64)i, .name = str_of("One") };
    struct ask a = { .id = id, .signers = many, .count = 50 };
    assert_ok(do_it(d, set_signers, &a)); /* 51 with the lead, of 50 */
    assert_int_equal(desk_load(d, id).signer_count, 51);
}

/* ---- page and list agree ---- */

static const char *const EVERY_STATE[] = {
    "draft",   "cosigning", "submitted", "revising",    "screened",  "docketed", "rejected",
    "merged",  "diverted",  "withdrawn", "preassigned", "assigned",  "replied",  "evaluating",
    "redoing", "mediating", "closed",    "tracking",    "fulfilled", "archived",
};

/* A merged one has its main one, which is docketed. */
static void put_state(struct desk *d, i64 id, const char *name, i64 other)
{
    str to = str_of(name);
    i64 main_id = str_is(to, "merged") ? other : 0;
    assert_ok(db_run(d->t->db,
                     SQL("UPDATE proposals SET state = :to, main_id = :main_id "
                         "WHERE org_id = :org AND id = :id",
                         P(to), P(main_id), P(id)),
                     NULL));
}

static bool is_listed(struct desk *d, i64 id)
{
    i64 total = -1;
    str path = arena_printf(d->t->mem, "/api/v1/proposals?id=%lld", (long long)id);
    struct test_answer a = test_get(d->t, path.ptr);
    assert_int_equal(a.status, 200);
    assert_true(str_to_i64(test_json(d->t, &a, "total"), &total));
    return total == 1;
}

static void as_first(struct desk *d)
{
    desk_as_member(d, 0);
}
static void as_second(struct desk *d)
{
    desk_as_member(d, 1);
}
static void as_operator(struct desk *d)
{
    desk_as_operator(d, 0);
}

static void page_and_list_show_the_same(void **state)
{
    static const struct {
        const char *name;
        void (*become)(struct desk *d);
        bool draft, cosigning; /* whether he sees it then */
    } ASKED[] = { { "lead", as_first, true, true },
                  { "member", as_second, false, false },
                  { "staff", desk_as_staff, false, false },
                  { "reviewer", desk_as_reviewer, false, false },
                  { "dispatcher", desk_as_dispatcher, false, false },
                  { "operator", as_operator, false, false } };
    struct desk *d = *state;
    i64 other = desk_docketed(d, "A ferry"), id = desk_draft(d, "A bridge");
    for (size_t s = 0; s < sizeof EVERY_STATE / sizeof *EVERY_STATE; s++) {
        put_state(d, id, EVERY_STATE[s], other);
        for (size_t i = 0; i < sizeof ASKED / sizeof *ASKED; i++) {
            ASKED[i].become(d);
            bool seen = desk_page(d, "/api/v1/proposals/", id, "").status == 200;
            if (seen != is_listed(d, id))
                fail_msg("%s, %s: page %d, list %d", EVERY_STATE[s], ASKED[i].name, seen, !seen);
            if (s < 2)
                assert_int_equal(seen, s ? ASKED[i].cosigning : ASKED[i].draft);
        }
    }
}

/* Not even that there is one. */
static void figures_do_not_count_what_is_not_handed_in(void **state)
{
    struct desk *d = *state;
    sent_out(d, "A bridge");
    desk_as_staff(d);
    struct test_answer a = test_get(d->t, "/api/v1/proposals/figures");
    assert_int_equal(a.status, 200);
    desk_same(test_json(d->t, &a, "proposals.received"), "0");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(nobody_is_asked_where_nobody_is_chosen, setup,
                                        desk_teardown),
        cmocka_unit_test_setup_teardown(only_a_complete_text_is_sent_out, setup, desk_teardown),
        cmocka_unit_test_setup_teardown(the_text_is_shut_until_it_is_called_back, setup,
                                        desk_teardown),
        cmocka_unit_test_setup_teardown(the_lead_may_go_without_the_silent, setup, desk_teardown),
        cmocka_unit_test_setup_teardown(the_house_gathers_and_hands_in, setup, desk_teardown),
        cmocka_unit_test_setup_teardown(signers_stand_behind_the_lead_in_their_order, setup,
                                        desk_teardown),
        cmocka_unit_test_setup_teardown(a_lower_limit_takes_nobody_away, setup, desk_teardown),
        cmocka_unit_test_setup_teardown(page_and_list_show_the_same, setup, desk_teardown),
        cmocka_unit_test_setup_teardown(figures_do_not_count_what_is_not_handed_in, setup,
                                        desk_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
