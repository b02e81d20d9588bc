/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Figures of what stands beside the road: an answer counts until another is delivered; nudges,
 * slips, disputes; what is public or excellent; fields and systems. Reckoned by hand. Both engines,
 * two organisations. */
#include "modules/dashboards/dashboard_facts.h"
#include "modules/dashboards/tests/figure_links.h"
#include "modules/publications/tests/press.h"
#include "modules/urgings/tests/pressing.h"
#include "platform/settings/settings.h"

static err verified(struct rq *rq, void *context)
{
    struct dashboard_check check;
    TRY(dashboard_verify(rq, &check));
    if (check.stale || check.counters)
        fail_msg("%s: %lld stale, %lld counters wrong", (const char *)context,
                 (long long)check.stale, (long long)check.counters);
    return OK;
}

static void assert_counted(struct desk *d, const char *after)
{
    assert_ok(desk_in_org(d, 1, verified, (void *)(size_t)after));
}

static struct test_answer overview(struct desk *d)
{
    desk_as_dispatcher(d); /* sees slips and disputes of all */
    struct test_answer a = test_get(d->t, "/api/v1/proposals/figures?all=1");
    assert_int_equal(a.status, 200);
    return a;
}

/* ---- done again ---- */

/* rules.md 2.6: 采纳率 is of the suggestions that were answered. The answer that was delivered
 * counts as long as no other was. */
static void are_rates(struct desk *d, const char *contact, const char *meet, const char *adoption)
{
    struct test_answer a = overview(d);
    figure_is(d, &a, "assignments.unit_replied", "1");
    figure_is(d, &a, "assignments.items", "2");
    figure_is(d, &a, "assignments.contact_rate_x10000", contact);
    figure_is(d, &a, "assignments.meet_rate_x10000", meet);
    figure_is(d, &a, "assignments.adoption_rate_x10000", adoption);
    a = test_get(d->t, "/proposals/figures/explain"); /* of the session of today */
    assert_true(figure_links(d, a.body, "/proposals/figures/answers") >= 1);
    assert_true(figure_links(d, a.body, "/assignments") >= 1);
}

#define NEITHER                                                                              \
    "{\"class\":\"c\",\"opening\":\"Again.\",\"results\":[\"not_adopted\",\"not_adopted\"]," \
    "\"answers\":[\"No money for it.\",\"No drivers for it.\"],\"closing\":\"Thanks.\","     \
    "\"operator\":\"Ding\",\"phone\":\"0883-1234567\",\"public\":true}"

static const char *talked(struct desk *d, const char *way)
{
    return arena_printf(d->t->mem,
                        "{\"way\":\"%s\",\"held_on\":\"2026-12-01\",\"with_whom\":\"Li\","
                        "\"content\":\"Heard.\"}",
                        way)
        .ptr;
}

static void an_answer_counts_until_another_is_delivered(void **state)
{
    struct desk *d = *state;
    desk_set(d, "assignments.contacts_min", "1");
    i64 id = desk_answered(d, "A bus line"); /* one visit; one adopted, one planned */
    are_rates(d, "10000", "10000", "5000");
    assert_int_equal(desk_evaluate(d, id, "dissatisfied"), 200);
    desk_as_reviewer(d);
    assert_int_equal(desk_act(d, id, "redo", "{\"opinion\":\"Again.\"}"), 200);
    are_rates(d, "10000", "10000", "5000"); /* the new round has no talk and no answer yet */
    assert_counted(d, "redo");
    desk_on_day(d, "2026-12-01");
    desk_as_operator(d, 0);
    assert_int_equal(pressing_step(d, id, "contact", talked(d, "phone")), 200);
    assert_int_equal(pressing_step(d, id, "reply", NEITHER), 200);
    are_rates(d, "10000", "10000", "5000"); /* handed in, not delivered */
    desk_on_day(d, "2026-12-04");
    desk_as_agency_leader(d, 0);
    assert_int_equal(pressing_step(d, id, "sign", "{\"signer\":\"He\"}"), 200);
    are_rates(d, "10000", "0", "0"); /* one talk, by telephone; neither adopted */
    assert_counted(d, "sign");
    /* Signing off took none of the first answer's days; the second does not count. */
    struct test_answer a = test_get(d->t, "/api/v1/proposals/figures/days?all=1");
    figure_is(d, &a, "tables.0.lines.4.label", "签发（交审到送达）");
    figure_is(d, &a, "tables.0.lines.4.cells.0.words", "1");
    figure_is(d, &a, "tables.0.lines.4.cells.1.words", "0");
}

/* Handed in on 12-01, signed on 12-04: three days. */
static void days_of_signing_are_from_handing_in_to_delivery(void **state)
{
    struct desk *d = *state;
    desk_set(d, "assignments.contacts_min", "1");
    i64 id = desk_assigned(d, "A bus line");
    desk_on_day(d, "2026-12-01");
    desk_as_operator(d, 0);
    assert_int_equal(pressing_step(d, id, "accept", "{}"), 200);
    assert_int_equal(pressing_step(d, id, "contact", talked(d, "meeting")), 200);
    assert_int_equal(pressing_step(d, id, "reply", NEITHER), 200);
    desk_on_day(d, "2026-12-04");
    desk_as_agency_leader(d, 0);
    assert_int_equal(pressing_step(d, id, "sign", "{\"signer\":\"He\"}"), 200);
    desk_as_dispatcher(d);
    struct test_answer a = test_get(d->t, "/api/v1/proposals/figures/days?all=1");
    figure_is(d, &a, "tables.0.lines.4.cells.1.words", "3");
    figure_is(d, &a, "tables.0.lines.4.cells.2.words", "3");
    assert_counted(d, "signing");
}

/* ---- pressing ---- */

#define ANSWER "{\"opinion\":\"The line opens in June.\"}"

/* Two slips due on 09-15: one answered on 09-10, the other not until 09-16. A third was only
 * proposed. Two nudges by hand: staff to the agency, the proposer to the office. */
static void nudges_and_slips(void **state)
{
    struct desk *d = *state;
    i64 first = pressing_taken(d, "First", "2026-12-17");
    i64 second = pressing_taken(d, "Second", "2026-12-17");
    i64 third = pressing_taken(d, "Third", "2026-12-17");
    i64 slips[] = { pressing_issued(d, first, "2026-09-15"),
                    pressing_issued(d, second, "2026-09-15") };
    desk_as_staff(d);
    str json = arena_printf(d->t->mem,
                            "{\"flow\":\"assignments\",\"subject_id\":%lld,\"cause\":\"manual\"}",
                            (long long)desk_assignment(d, third));
    assert_int_equal(test_api(d->t, POST, "/api/v1/urgings", json.ptr).status, 200);
    assert_int_equal(pressing_remind(d, "assignments", desk_assignment(d, third), "Please."), 200);
    desk_as_member(d, 0);
    assert_int_equal(pressing_remind(d, "proposals", third, "How far is it?"), 200);
    desk_on_day(d, "2026-09-10");
    desk_as_operator(d, 0);
    assert_int_equal(pressing_act(d, slips[0], "accept", "{}"), 200);
    assert_int_equal(pressing_act(d, slips[0], "answer", ANSWER), 200);
    struct test_answer a = overview(d);
    figure_is(d, &a, "urgings.reminded", "2");
    figure_is(d, &a, "urgings.reminded_by_clock", "0");
    figure_is(d, &a, "urgings.slips", "2");
    figure_is(d, &a, "urgings.slips_due", "1");
    figure_is(d, &a, "urgings.slips_answered", "1");
    figure_is(d, &a, "urgings.slips_on_time", "1");
    figure_is(d, &a, "urgings.slips_rate_x10000", "10000");
    desk_on_day(d, "2026-09-16");
    a = overview(d);
    figure_is(d, &a, "urgings.slips_due", "2");
    figure_is(d, &a, "urgings.slips_rate_x10000", "5000");
    a = test_get(d->t, "/proposals/figures/explain?all=1");
    assert_int_equal(figure_links(d, a.body, "/urgings/reminders"), 1);
    assert_int_equal(figure_links(d, a.body, "/urgings"), 4);
    a = test_get(d->t, "/proposals/figures/units?all=1"); /* the proposer's went to the office */
    assert_int_equal(figure_links(d, a.body, "/urgings/reminders"), 1);
    assert_int_equal(figure_links(d, a.body, "/urgings"), 4);
    a = test_get(d->t, "/api/v1/proposals/figures/units?all=1");
    figure_is(d, &a, "agencies.0.reminded", "1");
    figure_is(d, &a, "agencies.0.slips", "2");
    desk_as_operator(d, 0);
    assert_int_equal(pressing_act(d, slips[1], "accept", "{}"), 200);
    assert_int_equal(pressing_act(d, slips[1], "answer", ANSWER), 200); /* a day late */
    a = overview(d);
    figure_is(d, &a, "urgings.slips_answered", "2");
    figure_is(d, &a, "urgings.slips_on_time", "1");
    figure_is(d, &a, "urgings.slips_rate_x10000", "5000");
    assert_counted(d, "slips");
    desk_as_other_reviewer(d); /* of the other organisation: none of these */
    a = test_get(d->t, "/api/v1/urgings/reminders");
    figure_is(d, &a, "total", "0");
    desk_as_operator(d, 0);
    assert_int_equal(desk_total(d, "/api/v1/urgings/reminders"), 1); /* the one that it got */
    desk_as_operator(d, 1);
    assert_int_equal(desk_total(d, "/api/v1/urgings/reminders"), 0);
}

/* A case under review is named only to who may read it. */
static void a_nudge_does_not_name_what_is_under_review(void **state)
{
    struct desk *d = *state;
    desk_submitted(d, "UNDER-REVIEW");
    i64 id = desk_submitted(d, "UNDER-REVIEW-TOO");
    desk_as_staff(d);
    assert_int_equal(pressing_remind(d, "proposals", id, "Please."), 200);
    assert_int_equal(desk_total(d, "/api/v1/urgings/reminders"), 1);
    assert_int_equal(desk_total(d, "/api/v1/proposals/figures/signers"), 2);
    desk_as_dispatcher(d);
    assert_int_equal(desk_total(d, "/api/v1/urgings/reminders"), 0);
    assert_int_equal(desk_total(d, "/api/v1/proposals/figures/signers"), 0);
    desk_as_member(d, 0);
    assert_int_equal(test_get(d->t, "/proposals/figures/signers").status, 403);
    assert_int_equal(test_get(d->t, "/proposals/figures/answers").status, 403);
    desk_as_other_reviewer(d);
    assert_int_equal(desk_total(d, "/api/v1/proposals/figures/signers"), 0);
    assert_int_equal(desk_total(d, "/api/v1/proposals/figures/answers"), 0);
}

/* ---- disputes ---- */

static void contest(struct desk *d, i64 id)
{
    desk_on_day(d, "2026-11-25");
    desk_as_operator(d, 0);
    assert_int_equal(pressing_step(d, id, "bounce", "{\"opinion\":\"Not ours.\"}"), 200);
    desk_on_day(d, "2026-12-01");
    desk_as_dispatcher(d);
    assert_int_equal(pressing_step(d, id, "uphold", "{\"opinion\":\"It is.\"}"), 200);
    desk_on_day(d, "2026-12-03");
    desk_as_operator(d, 0);
    assert_int_equal(pressing_step(d, id, "dispute", "{\"opinion\":\"The list says.\"}"), 200);
    desk_on_day(d, "2026-12-09");
}

/* Three, contested on 12-03: upheld on 12-09 (six days), moved on 12-09, and one still open. */
static void disputes_and_their_days(void **state)
{
    struct desk *d = *state;
    desk_set(d, "assignments.dispute_hearing", "0");
    i64 upheld = desk_assigned(d, "Upheld"), moved = desk_assigned(d, "Moved");
    i64 open = desk_assigned(d, "Open");
    contest(d, upheld);
    contest(d, moved);
    contest(d, open);
    desk_as_dispatcher(d);
    assert_int_equal(pressing_step(d, upheld, "uphold",
                                   "{\"opinion\":\"Yours.\",\"decided_by\":\"Mayor Li\"}"),
                     200);
    str json = arena_printf(d->t->mem, "{\"agency_id\":%lld,\"decided_by\":\"Mayor Li\"}",
                            (long long)d->agency[1]);
    assert_int_equal(pressing_step(d, moved, "reassign", json.ptr), 200);
    struct test_answer a = overview(d);
    figure_is(d, &a, "urgings.disputes", "3");
    figure_is(d, &a, "urgings.disputes_open", "1");
    figure_is(d, &a, "urgings.disputes_upheld", "1");
    figure_is(d, &a, "urgings.disputes_moved", "1");
    figure_is(d, &a, "urgings.disputes_dropped", "0");
    figure_is(d, &a, "assignments.agencies", "2"); /* Roads and, since it was moved, Health */
    a = test_get(d->t, "/proposals/figures/explain?all=1");
    assert_int_equal(figure_links(d, a.body, "/disputes"), 4);
    a = test_get(d->t, "/proposals/figures/units?all=1");
    assert_int_equal(figure_links(d, a.body, "/disputes"), 4);
    a = test_get(d->t, "/api/v1/proposals/figures/days?all=1");
    figure_is(d, &a, "tables.0.lines.6.cells.0.words", "2");
    figure_is(d, &a, "tables.0.lines.6.cells.1.words", "6");
    assert_counted(d, "disputes");
    desk_as_reviewer(d); /* reads no disputes, so no sums of them either */
    a = test_get(d->t, "/api/v1/proposals/figures?all=1");
    figure_is(d, &a, "urgings.disputes", "");
}

/* ---- public, excellent ---- */

static err commend(struct rq *rq, void *context)
{
    TRY(proposal_set_flag(rq, *(const i64 *)context, "commended", true));
    return proposal_set_flag(rq, *(const i64 *)context, "flagship", true);
}

/* Three docketed, of which one does not consent; one of the two others is published. */
static void public_and_excellent(void **state)
{
    struct desk *d = *state;
    i64 first = desk_docketed(d, "First"), second = desk_submitted(d, "Second");
    desk_docketed(d, "Third");
    desk_set_private(d, second);
    desk_as_reviewer(d);
    assert_int_equal(desk_act(d, second, "docket", "{\"category\":\"transport\"}"), 200);
    i64 publication = press_published(d, first);
    assert_ok(desk_in_org(d, 1, commend, &first));
    struct test_answer a = overview(d);
    figure_is(d, &a, "proposals.publishable", "2");
    figure_is(d, &a, "proposals.published", "1");
    figure_is(d, &a, "proposals.publish_rate_x10000", "5000");
    figure_is(d, &a, "proposals.commended", "1");
    figure_is(d, &a, "proposals.flagship", "1");
    a = test_get(d->t, "/proposals/figures?all=1");
    assert_true(figure_links(d, a.body, "/proposals") >= 5);
    assert_counted(d, "published");
    press_as_publisher(d);
    assert_int_equal(press_act(d, publication, "retract", "{\"opinion\":\"A name in it.\"}"), 200);
    a = overview(d);
    figure_is(d, &a, "proposals.publishable", "1");
    figure_is(d, &a, "proposals.published", "0");
    assert_counted(d, "retracted");
}

/* ---- fields, systems ---- */

static err fields(struct rq *rq, void *context)
{
    (void)context;
    struct dictionary_row city = { .code = str_of("city"),
                                   .label = str_of("City"),
                                   .note = str_of("Economy") },
                          roads = { .code = str_of("transport"),
                                    .label = str_of("Roads"),
                                    .note = str_of("Economy") },
                          health = { .code = str_of("health"),
                                     .label = str_of("Health"),
                                     .note = str_of("Society") };
    TRY(dictionary_store(rq, "proposals.categories", &city));
    TRY(dictionary_store(rq, "proposals.categories", &roads));
    return dictionary_store(rq, "proposals.categories", &health);
}

static i64 docketed_as(struct desk *d, const char *title, const char *category)
{
    i64 id = desk_submitted(d, title);
    desk_as_reviewer(d);
    const char *json = arena_printf(d->t->mem, "{\"category\":\"%s\"}", category).ptr;
    assert_int_equal(desk_act(d, id, "docket", json), 200);
    return id;
}

static err to_party(struct rq *rq, void *context)
{
    i64 agency = *(const i64 *)context;
    return db_run(rq->db,
                  SQL("UPDATE orgs SET kind = 'party_committee' WHERE org_id = :org AND id = "
                      ":agency",
                      P(agency)),
                  NULL);
}

/* Two of the field Economy, one of Society; each number leads to its list. Split to two agencies,
 * one of the party's: one part each. */
static void fields_and_systems(void **state)
{
    struct desk *d = *state;
    assert_ok(test_write(d->t, fields, NULL));
    assert_ok(desk_in_org(d, 1, to_party, &d->agency[1]));
    docketed_as(d, "A square", "city");
    docketed_as(d, "A clinic", "health");
    i64 id = docketed_as(d, "A bridge", "transport");
    desk_split(d, id);
    struct test_answer a = overview(d);
    figure_is(d, &a, "by.field.0.label", "Economy");
    figure_is(d, &a, "by.field.0.docketed", "2");
    figure_is(d, &a, "by.field.0.assigned", "1");
    figure_is(d, &a, "by.field.1.label", "Society");
    figure_is(d, &a, "by.field.1.docketed", "1");
    a = test_get(d->t, "/proposals/figures?all=1");
    assert_true(desk_has(&a, "field=%45"));
    figure_links(d, a.body, "/proposals");
    a = test_get(d->t, "/api/v1/proposals/figures/units?all=1");
    figure_is(d, &a, "systems.0.system", "party");
    figure_is(d, &a, "systems.0.unit_assigned", "1");
    figure_is(d, &a, "systems.1.system", "government");
    figure_is(d, &a, "systems.1.unit_assigned", "1");
    figure_is(d, &a, "total", "2");
    a = test_get(d->t, "/proposals/figures/units?all=1");
    assert_true(desk_has(&a, "agency_system=party"));
    figure_links(d, a.body, "/assignments");
}

#define T(test_) cmocka_unit_test_setup_teardown(test_, desk_setup, desk_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(an_answer_counts_until_another_is_delivered),
        T(days_of_signing_are_from_handing_in_to_delivery),
        cmocka_unit_test_setup_teardown(nudges_and_slips, pressing_setup, pressing_teardown),
        T(a_nudge_does_not_name_what_is_under_review),
        T(disputes_and_their_days),
        T(public_and_excellent),
        T(fields_and_systems),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
