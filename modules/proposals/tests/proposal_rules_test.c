/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Rules of proposals as tables: who sees and changes what in which state, steps by whom and from
 * where, what must be there, numbers without gaps, two savers, receipt and digest. Both engines,
 * two organisations. */
#include <sodium.h>

#include "modules/proposals/proposal_store.h"
#include "modules/proposals/tests/desk.h"

enum { STATES = 5 };

/* Who asks in the tables. */
enum asker { LEAD, FELLOW, STAFF, REVIEWER, DISPATCHER, HOST, OTHER_AGENCY, ABROAD, ASKERS };

static void as(struct desk *d, enum asker who)
{
    switch (who) {
    case LEAD:
        desk_as_member(d, 0);
        break;
    case FELLOW:
        desk_as_member(d, 1);
        break;
    case STAFF:
        desk_as_staff(d);
        break;
    case REVIEWER:
        desk_as_reviewer(d);
        break;
    case DISPATCHER:
        desk_as_dispatcher(d);
        break;
    case HOST:
        desk_as_operator(d, 0);
        break;
    case OTHER_AGENCY:
        desk_as_operator(d, 1);
        break;
    default:
        desk_as_other_reviewer(d);
        break;
    }
}

/* One proposal in each state of the road that the tables look at. */
static void road(struct desk *d, i64 ids_of[STATES])
{
    ids_of[0] = desk_draft(d, "A bus to the hospital");
    ids_of[1] = desk_submitted(d, "A ramp at the station");
    ids_of[2] = desk_docketed(d, "A light at the crossing");
    ids_of[3] = desk_assigned(d, "A line over the bridge");
    ids_of[4] = desk_answered(d, "A school road");
}

/* ---- who may see ---- */

static void who_sees_what_in_which_state(void **state)
{
    /* README, "Who may see": draft, submitted, docketed, assigned, answered */
    static const char *const SEES[ASKERS] = {
        [LEAD] = "yyyyy",       [FELLOW] = "nnyyy", [STAFF] = "nyyyy",        [REVIEWER] = "nyyyy",
        [DISPATCHER] = "nnyyy", [HOST] = "nnnyy",   [OTHER_AGENCY] = "nnnnn", [ABROAD] = "nnnnn",
    };
    static const char *const PATHS[] = { "/proposals/", "/api/v1/proposals/" };
    struct desk *d = *state;
    i64 ids_of[STATES];
    road(d, ids_of);
    for (int who = 0; who < ASKERS; who++)
        for (size_t i = 0; i < STATES; i++)
            for (size_t k = 0; k < 2; k++) {
                as(d, (enum asker)who);
                int wanted = SEES[who][i] == 'y' ? 200 : 404;
                int got = desk_page(d, PATHS[k], ids_of[i], "").status;
                if (got != wanted)
                    fail_msg("asker %d, state %zu, %s: %d", who, i, PATHS[k], got);
            }
}

static void a_confidential_one_is_for_those_concerned(void **state)
{
    struct desk *d = *state;
    i64 id = desk_docketed(d, "A quiet matter");
    assert_ok(
        db_run(d->t->db,
               SQL("UPDATE proposals SET confidential = 1 WHERE org_id = :org AND id = :id", P(id)),
               NULL));
    static const struct {
        enum asker who;
        int status;
    } CASES[] = { { LEAD, 200 }, { FELLOW, 404 }, { REVIEWER, 200 }, { HOST, 404 } };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        as(d, CASES[i].who);
        assert_int_equal(desk_page(d, "/proposals/", id, "").status, CASES[i].status);
    }
}

/* The list shows exactly what the rule lets see, for everybody. */
static void the_list_shows_what_may_be_read(void **state)
{
    struct desk *d = *state;
    i64 ids_of[STATES + 1];
    road(d, ids_of);
    ids_of[STATES] = desk_docketed(d, "A hidden one");
    i64 hidden = ids_of[STATES];
    assert_ok(
        db_run(d->t->db,
               SQL("UPDATE proposals SET confidential = 1 WHERE org_id = :org AND id = :hidden",
                   P(hidden)),
               NULL));
    for (int who = 0; who < ASKERS; who++) {
        as(d, (enum asker)who);
        i64 seen = 0, total = 0;
        for (size_t i = 0; i <= STATES; i++)
            seen += desk_page(d, "/api/v1/proposals/", ids_of[i], "").status == 200;
        struct test_answer a = test_get(d->t, "/api/v1/proposals");
        assert_true(str_to_i64(test_json(d->t, &a, "total"), &total));
        if (total != seen)
            fail_msg("asker %d reads %lld, the list has %lld", who, (long long)seen,
                     (long long)total);
    }
}

/* ---- who may change ---- */

static void only_its_writer_changes_an_open_text(void **state)
{
    struct desk *d = *state;
    i64 ids_of[STATES];
    road(d, ids_of);
    static const struct {
        enum asker who;
        size_t state;
        int status;
    } CASES[] = {
        { LEAD, 0, 200 },   { FELLOW, 0, 404 }, { STAFF, 0, 404 },    { REVIEWER, 0, 403 },
        { HOST, 0, 403 },   { ABROAD, 0, 404 }, { LEAD, 1, 409 },     { LEAD, 2, 409 },
        { FELLOW, 2, 403 }, { STAFF, 1, 403 },  { REVIEWER, 1, 403 }, { LEAD, 4, 409 },
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        as(d, CASES[i].who);
        i64 id = ids_of[CASES[i].state];
        str json = arena_printf(d->t->mem, "{\"version\":%lld,\"title\":\"Changed\"}",
                                (long long)desk_load(d, id).version);
        str path = arena_printf(d->t->mem, "/api/v1/proposals/%lld", (long long)id);
        struct test_answer a = test_api(d->t, PUT, path.ptr, json.ptr);
        if (a.status != CASES[i].status)
            fail_msg("case %zu: %d %.*s", i, a.status, (int)a.body.len, a.body.ptr);
    }
    desk_same(desk_load(d, ids_of[2]).title, "A light at the crossing");
}

static void staff_write_for_a_member_and_it_shows(void **state)
{
    struct desk *d = *state;
    i64 id = 0;
    desk_as_staff(d);
    str json = arena_printf(d->t->mem, "{\"title\":\"Dictated\",\"proposer_id\":%lld}",
                            (long long)d->member[1]);
    struct test_answer a = test_api(d->t, POST, "/api/v1/proposals", json.ptr);
    assert_int_equal(a.status, 201);
    assert_true(str_to_i64(test_json(d->t, &a, "id"), &id));
    struct proposal p = desk_load(d, id);
    assert_int_equal(p.lead_person_id, d->person[1]);
    assert_int_equal(p.transcribed_by, 110);
    desk_same(p.proposer_name, "Wang");
    assert_int_equal(desk_page(d, "/proposals/", id, "/edit").status, 200);
    desk_as_member(d, 1);
    assert_int_equal(desk_page(d, "/proposals/", id, "/edit").status, 200);
    desk_as_member(d, 0);
    assert_int_equal(desk_page(d, "/proposals/", id, "").status, 404);
    a = test_api(d->t, POST, "/api/v1/proposals", json.ptr); /* a member writes for nobody else */
    assert_int_equal(a.status, 403);
    desk_as_staff(d);
    a = test_api(d->t, POST, "/api/v1/proposals", "{\"title\":\"Nobody's\"}");
    assert_int_equal(a.status, 422);
    desk_same(test_json(d->t, &a, "errors.0.field"), "proposer_id");
    json = arena_printf(d->t->mem, "{\"title\":\"Abroad\",\"proposer_id\":%lld}",
                        (long long)d->other_member + 1000);
    assert_int_equal(test_api(d->t, POST, "/api/v1/proposals", json.ptr).status, 422);
}

/* ---- steps ---- */

static const char SUBMIT[] = "{\"confirmed\":true}";
static const char DOCKET[] = "{\"category\":\"city\"}";
static const char REVISE[] = "{\"opinion\":\"Say where.\"}";
static const char REJECT[] =
    "{\"reason\":\"empty\",\"destination\":\"refer\",\"opinion\":\"No suggestion.\"}";
static const char REDO[] = "{\"opinion\":\"Again, please.\"}";

struct step_case {
    enum asker who;
    size_t state;
    const char *verb, *json;
    int status;
};

/* Each on a fresh road: what the table of the flow refuses is refused, by role and by state. */
static void steps_are_refused_by_role_and_by_state(void **state)
{
    static const struct step_case CASES[] = {
        { FELLOW, 0, "submit", SUBMIT, 404 },
        { STAFF, 0, "submit", SUBMIT, 404 },
        { REVIEWER, 0, "submit", SUBMIT, 403 },
        { LEAD, 1, "submit", SUBMIT, 409 },
        { LEAD, 1, "screen", "{}", 403 },
        { DISPATCHER, 1, "screen", "{}", 403 },
        { STAFF, 2, "screen", "{}", 409 },
        { LEAD, 1, "docket", DOCKET, 403 },
        { STAFF, 1, "docket", DOCKET, 403 },
        { DISPATCHER, 1, "docket", DOCKET, 403 },
        { REVIEWER, 2, "docket", DOCKET, 409 },
        { REVIEWER, 0, "docket", DOCKET, 404 },
        { ABROAD, 1, "docket", DOCKET, 404 },
        { LEAD, 1, "revise", REVISE, 403 },
        { REVIEWER, 2, "revise", REVISE, 409 },
        { LEAD, 1, "reject", REJECT, 403 },
        { STAFF, 1, "reject", REJECT, 403 },
        { REVIEWER, 3, "reject", REJECT, 409 },
        { REVIEWER, 2, "assign", "{\"mode\":\"sole\",\"host_id\":1}", 403 },
        { DISPATCHER, 1, "assign", "{\"mode\":\"sole\",\"host_id\":1}", 404 },
        { DISPATCHER, 3, "assign", "{\"mode\":\"sole\",\"host_id\":1}", 409 },
        { HOST, 3, "redo", REDO, 403 },
        { LEAD, 4, "redo", REDO, 403 },
        { REVIEWER, 4, "redo", REDO, 409 },
        { REVIEWER, 3, "redo", REDO, 409 },
        { REVIEWER, 4, "close", "{}", 404 },
        { REVIEWER, 3, "deliver", "{}", 404 },
    };
    struct desk *d = *state;
    i64 ids_of[STATES];
    road(d, ids_of);
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        as(d, CASES[i].who);
        int got = desk_act(d, ids_of[CASES[i].state], CASES[i].verb, CASES[i].json);
        if (got != CASES[i].status)
            fail_msg("case %zu %s by %d: %d", i, CASES[i].verb, (int)CASES[i].who, got);
    }
    static const char *const UNTOUCHED[STATES] = { "draft", "submitted", "docketed", "assigned",
                                                   "evaluating" };
    for (size_t i = 0; i < STATES; i++)
        desk_same(desk_load(d, ids_of[i]).state, UNTOUCHED[i]);
}

static void the_straight_road_ends_closed(void **state)
{
    struct desk *d = *state;
    i64 id = desk_answered(d, "A line over the bridge");
    struct proposal p = desk_load(d, id);
    desk_same(p.state, "evaluating");
    desk_same(p.class, "a");
    desk_same(p.host_name, "Roads");
    assert_false(p.was_late);
    assert_int_equal(desk_evaluate(d, id, "fair"), 200);
    p = desk_load(d, id);
    desk_same(p.state, "closed");
    desk_same(p.satisfaction, "fair");
    assert_int_equal(p.due_on, 0);
    assert_true(p.closed_at > 0);
}

static void screening_and_revision(void **state)
{
    struct desk *d = *state;
    i64 id = desk_submitted(d, "A ramp at the station");
    struct proposal before = desk_load(d, id);
    desk_as_staff(d);
    assert_int_equal(desk_act(d, id, "screen", "{\"opinion\":\"In order.\"}"), 200);
    desk_same(desk_load(d, id).state, "screened");
    assert_int_equal(desk_act(d, id, "revise", "{}"), 422); /* never without a reason */
    assert_int_equal(desk_act(d, id, "revise", REVISE), 200);
    desk_as_member(d, 0);
    struct test_answer a = desk_page(d, "/proposals/", id, "/edit");
    assert_true(desk_has(&a, "Say where.")); /* the reason stands where he writes */
    assert_false(desk_has(&a, "In order.")); /* what reviewers say to each other does not */
    a = desk_page(d, "/proposals/", id, "");
    assert_true(desk_has(&a, "Say where."));
    assert_false(desk_has(&a, "In order."));
    assert_int_equal(desk_act(d, id, "submit", SUBMIT), 200);
    struct proposal after = desk_load(d, id);
    desk_same(after.state, "submitted");
    assert_int_equal(after.serial, before.serial); /* keeps its number */
    assert_int_equal(after.submitted_at, before.submitted_at);
}

static void a_rejection_says_why_and_where_to(void **state)
{
    struct desk *d = *state;
    i64 id = desk_submitted(d, "Something good");
    desk_as_reviewer(d);
    assert_int_equal(desk_act(d, id, "reject", "{\"reason\":\"empty\",\"opinion\":\"x\"}"), 422);
    assert_int_equal(
        desk_act(d, id, "reject",
                 "{\"reason\":\"because\",\"destination\":\"refer\",\"opinion\":\"x\"}"),
        422);
    assert_int_equal(desk_act(d, id, "reject", REJECT), 200);
    struct proposal p = desk_load(d, id);
    desk_same(p.state, "rejected");
    desk_same(p.reject_reason, "empty");
    desk_same(p.destination, "refer");
    assert_int_equal(p.docket_no, 0);
    desk_as_member(d, 0);
    struct test_answer a = desk_page(d, "/proposals/", id, "");
    assert_true(desk_has(&a, "No suggestion."));
    assert_true(
        desk_has(&a, "\xE4\xB8\x8D\xE4\xBA\x88\xE7\xAB\x8B\xE6\xA1\x88")); /* the state in words */
}

static void handing_out_wants_what_its_mode_needs(void **state)
{
    struct desk *d = *state;
    i64 id = desk_docketed(d, "A light at the crossing");
    long long a = (long long)d->agency[0], b = (long long)d->agency[1],
              x = (long long)d->other_agency;
    const struct {
        str json;
        int status;
        const char *field;
    } cases[] = {
        { str_of("{}"), 422, "mode" },
        { str_of("{\"mode\":\"sole\"}"), 422, "host_id" },
        { arena_printf(d->t->mem, "{\"mode\":\"host\",\"host_id\":%lld}", a), 422, "cohosts" },
        { arena_printf(d->t->mem, "{\"mode\":\"split\",\"splits\":[%lld]}", a), 422, "splits" },
        { arena_printf(d->t->mem, "{\"mode\":\"sole\",\"host_id\":%lld,\"due_on\":\"2026-11-25\"}",
                       a),
          422, "due_on" },
        { arena_printf(d->t->mem, "{\"mode\":\"sole\",\"host_id\":%lld}", x), 422, "" },
        { arena_printf(d->t->mem, "{\"mode\":\"host\",\"host_id\":%lld,\"cohosts\":[%lld]}", a, b),
          200, "" },
    };
    desk_as_dispatcher(d);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        str path = arena_printf(d->t->mem, "/api/v1/proposals/%lld/assign", (long long)id);
        struct test_answer got =
            test_api(d->t, POST, path.ptr,
                     test_versioned(d->t, cases[i].json.ptr, desk_load(d, id).version));
        if (got.status != cases[i].status)
            fail_msg("case %zu: %d %.*s", i, got.status, (int)got.body.len, got.body.ptr);
        if (*cases[i].field)
            desk_same(test_json(d->t, &got, "errors.0.field"), cases[i].field);
    }
    struct proposal p = desk_load(d, id);
    desk_same(p.state, "assigned");
    desk_same(p.host_name, "Roads");
    assert_true(p.due_on > day_of_ms(d->t->app.clock.fixed_ms));
}

static void split_agencies_must_all_answer(void **state)
{
    struct desk *d = *state;
    i64 id = desk_docketed(d, "A school road");
    desk_split(d, id);
    i64 due = 0;
    assert_true(day_parse(str_of("2027-01-15"), &due));
    assert_int_equal(desk_load(d, id).due_on, due);
    desk_answer(d, id, "a"); /* the first of them */
    desk_same(desk_load(d, id).state, "assigned");
}

static void dissatisfaction_is_confirmed_and_answered_again(void **state)
{
    struct desk *d = *state;
    i64 id = desk_answered(d, "A line over the bridge");
    assert_int_equal(desk_evaluate(d, id, "dissatisfied"), 200);
    struct proposal p = desk_load(d, id);
    desk_same(p.state, "evaluating"); /* the committee has to confirm it */
    desk_same(p.satisfaction, "");    /* blind until then */
    desk_as_reviewer(d);
    assert_int_equal(desk_act(d, id, "redo", "{}"), 422);
    assert_int_equal(desk_act(d, id, "redo", REDO), 200);
    p = desk_load(d, id);
    desk_same(p.state, "redoing");
    desk_same(p.satisfaction, "dissatisfied");
    assert_true(p.due_on > 0);
    desk_answer(d, id, "b");
    desk_same(desk_load(d, id).state, "evaluating");
    desk_same(desk_load(d, id).class, "b");
    assert_int_equal(desk_evaluate(d, id, "satisfied"), 200);
    p = desk_load(d, id);
    desk_same(p.state, "tracking"); /* answered B: what was promised is followed */
    desk_same(p.satisfaction, "satisfied");
}

static void a_late_answer_is_remembered(void **state)
{
    struct desk *d = *state;
    i64 id = desk_assigned(d, "A line over the bridge");
    desk_as_operator(d, 0);
    desk_on_day(d, "2027-12-01");
    desk_answer(d, id, "a");
    assert_true(desk_load(d, id).was_late);
}

/* ---- completeness ---- */

static void what_must_be_there_to_submit(void **state)
{
    static const struct {
        const char *json, *field, *code;
    } CASES[] = {
        { "{\"title\":\"\",\"situation\":\"s\",\"analysis\":\"a\",\"suggestions\":[\"x\"],"
          "\"consent\":\"yes\"",
          "title", "proposals.need_title" },
        { "{\"title\":\"t\",\"analysis\":\"a\",\"suggestions\":[\"x\"],\"consent\":\"yes\"",
          "situation", "proposals.need_situation" },
        { "{\"title\":\"t\",\"situation\":\"s\",\"suggestions\":[\"x\"],\"consent\":\"yes\"",
          "analysis", "proposals.need_analysis" },
        { "{\"title\":\"t\",\"situation\":\"s\",\"analysis\":\"a\",\"suggestions\":[\" \"],"
          "\"consent\":\"yes\"",
          "suggestions", "proposals.need_suggestion" },
        { "{\"title\":\"t\",\"situation\":\"s\",\"analysis\":\"a\",\"suggestions\":[\"x\"]",
          "consent", "proposals.need_consent" },
        { "{\"title\":\"t\",\"situation\":\"s\",\"analysis\":\"a\",\"suggestions\":[\"x\"],"
          "\"consent\":\"no\"",
          "consent_reason", "proposals.need_consent_reason" },
        { "{\"title\":\"t\",\"situation\":\"s\",\"analysis\":\"a\",\"suggestions\":[\"x\"],"
          "\"consent\":\"yes\",\"researched\":true",
          "research", "proposals.need_research" },
    };
    struct desk *d = *state;
    i64 id = desk_draft(d, "To be changed");
    str path = arena_printf(d->t->mem, "/api/v1/proposals/%lld", (long long)id);
    str submit = arena_printf(d->t->mem, "%.*s/submit", (int)path.len, path.ptr);
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        str json = arena_printf(d->t->mem, "%s,\"version\":%lld}", CASES[i].json,
                                (long long)desk_load(d, id).version);
        assert_int_equal(test_api(d->t, PUT, path.ptr, json.ptr).status, 200);
        struct test_answer a = test_api(d->t, POST, submit.ptr,
                                        test_versioned(d->t, SUBMIT, desk_load(d, id).version));
        assert_int_equal(a.status, 422);
        desk_same(test_json(d->t, &a, "errors.0.field"), CASES[i].field);
        desk_same(test_json(d->t, &a, "errors.0.code"), CASES[i].code);
        desk_same(test_json(d->t, &a, "errors.1.field"), ""); /* nothing else is missing */
    }
    assert_int_equal(desk_act(d, id, "submit", "{}"), 422); /* not confirmed */
    desk_same(desk_load(d, id).state, "draft");
}

static void who_does_not_serve_cannot_submit(void **state)
{
    struct desk *d = *state;
    i64 id = desk_draft(d, "Too late"), member = d->member[0];
    assert_ok(db_run(
        d->t->db,
        SQL("UPDATE seats SET status = 'suspended' WHERE org_id = :org AND member_id = :member",
            P(member)),
        NULL));
    assert_ok(db_run(d->t->db,
                     SQL("INSERT INTO changes (org_id, seat_id, act, on_on, recorded_by, "
                         "recorded_at) SELECT org_id, id, 'suspend', from_on, 1, 1 FROM seats "
                         "WHERE org_id = :org AND member_id = :member",
                         P(member)),
                     NULL));
    assert_int_equal(desk_act(d, id, "submit", SUBMIT), 422);
    desk_same(desk_load(d, id).state, "draft");
}

static void limits_are_the_sites(void **state)
{
    struct desk *d = *state;
    char *json = arena_zero(d->t->mem, 8000);
    char *at = json + snprintf(json, 100, "{\"title\":\"");
    memset(at, 'x', 51);
    snprintf(at + 51, 100, "\"}");
    desk_as_member(d, 0);
    struct test_answer a = test_api(d->t, POST, "/api/v1/proposals", json);
    assert_int_equal(a.status, 422); /* proposals.title_max is 50 */
    desk_same(test_json(d->t, &a, "errors.0.field"), "title");
    at = json + snprintf(json, 100, "{\"title\":\"t\",\"suggestions\":[\"short\",\"");
    memset(at, 'y', 1501);
    snprintf(at + 1501, 100, "\"]}");
    a = test_api(d->t, POST, "/api/v1/proposals", json);
    assert_int_equal(a.status, 422);
    desk_same(test_json(d->t, &a, "errors.0.code"), "proposals.suggestion_too_long");
}

/* ---- numbers ---- */

static void numbers_have_no_gaps(void **state)
{
    struct desk *d = *state;
    i64 made[4];
    for (size_t i = 0; i < 4; i++)
        made[i] = desk_submitted(d, "A numbered one");
    desk_as_reviewer(d);
    assert_int_equal(desk_act(d, made[2], "docket", DOCKET), 200);
    assert_int_equal(desk_act(d, made[2], "docket", DOCKET), 409); /* takes no number */
    assert_int_equal(desk_act(d, made[1], "reject", REJECT), 200);
    assert_int_equal(desk_act(d, made[0], "docket", "{\"category\":\"nonsense\"}"), 422);
    assert_int_equal(desk_act(d, made[0], "docket", DOCKET), 200);
    assert_int_equal(desk_act(d, made[3], "docket", DOCKET), 200);
    for (size_t i = 0; i < 4; i++)
        assert_int_equal(desk_load(d, made[i]).serial, (i64)i + 1);
    assert_int_equal(desk_load(d, made[2]).docket_no, 1);
    assert_int_equal(desk_load(d, made[0]).docket_no, 2);
    assert_int_equal(desk_load(d, made[3]).docket_no, 3);
    assert_int_equal(desk_load(d, made[1]).docket_no, 0);
}

static void the_other_organisation_counts_for_itself(void **state)
{
    struct desk *d = *state;
    i64 id = 0;
    desk_submitted(d, "Ours");
    desk_as_other_member(d);
    struct test_answer a = test_api(d->t, POST, "/api/v1/proposals", desk_text(d, "Theirs"));
    assert_int_equal(a.status, 201);
    assert_true(str_to_i64(test_json(d->t, &a, "id"), &id));
    assert_int_equal(desk_act(d, id, "submit", SUBMIT), 200);
    a = desk_page(d, "/api/v1/proposals/", id, "");
    desk_same(test_json(d->t, &a, "serial"), "1");
    a = test_get(d->t, "/api/v1/proposals");
    desk_same(test_json(d->t, &a, "total"), "1");
    a = test_get(d->t, "/api/v1/proposals/similar?title=Ours");
    desk_same(test_json(d->t, &a, "items.0.id"), "");
}

/* ---- digest and receipt ---- */

/* The digest by the written rule: netstrings of title, situation, analysis, research and each
 * suggestion. */
static void the_digest_is_what_the_rule_says(void **state)
{
    static const char FORM[] = "6:Bridge"
                               "1:s"
                               "2:an"
                               "0:"
                               "3:one"
                               "3:two";
    struct desk *d = *state;
    unsigned char hash[32];
    char hex[65];
    crypto_hash_sha256(hash, (const unsigned char *)FORM, sizeof FORM - 1);
    sodium_bin2hex(hex, sizeof hex, hash, sizeof hash);
    str items[] = { str_of("one"), str_of("two") };
    struct proposal p = { .title = str_of("Bridge"),
                          .situation = str_of("s"),
                          .analysis = str_of("an") };
    desk_same(proposal_digest(d->t->mem, &p, &(strs){ items, 2 }), hex);
    str joined[] = { str_of("onetwo") };
    assert_false(str_is(proposal_digest(d->t->mem, &p, &(strs){ joined, 1 }), hex));
}

#define T(test_) cmocka_unit_test_setup_teardown(test_, desk_setup, desk_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(who_sees_what_in_which_state),
        T(a_confidential_one_is_for_those_concerned),
        T(the_list_shows_what_may_be_read),
        T(only_its_writer_changes_an_open_text),
        T(staff_write_for_a_member_and_it_shows),
        T(steps_are_refused_by_role_and_by_state),
        T(the_straight_road_ends_closed),
        T(screening_and_revision),
        T(a_rejection_says_why_and_where_to),
        T(handing_out_wants_what_its_mode_needs),
        T(split_agencies_must_all_answer),
        T(dissatisfaction_is_confirmed_and_answered_again),
        T(a_late_answer_is_remembered),
        T(what_must_be_there_to_submit),
        T(who_does_not_serve_cannot_submit),
        T(limits_are_the_sites),
        T(numbers_have_no_gaps),
        T(the_other_organisation_counts_for_itself),
        T(the_digest_is_what_the_rule_says),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
