/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What the list of proposals can be asked for (issue: by everything that happens on the road):
 * agencies by role, wishes, sector, research, destination, done again, extended; on page, API,
 * export and saved view alike. */
#include "modules/proposals/tests/desk.h"

static const char *body_of(struct desk *d, const char *title, const char *more)
{
    str text = str_of(desk_text(d, title));
    return arena_printf(d->t->mem, "%.*s,%s}", (int)text.len - 1, text.ptr, more).ptr;
}

static i64 written(struct desk *d, const char *title, const char *more)
{
    i64 id = 0;
    desk_as_member(d, 0);
    struct test_answer a = test_api(d->t, POST, "/api/v1/proposals", body_of(d, title, more));
    assert_int_equal(a.status, 201);
    assert_true(str_to_i64(test_json(d->t, &a, "id"), &id));
    assert_int_equal(desk_act(d, id, "submit", "{\"confirmed\":true}"), 200);
    return id;
}

static void docket(struct desk *d, i64 id)
{
    desk_as_reviewer(d);
    assert_int_equal(desk_act(d, id, "docket", "{\"category\":\"transport\"}"), 200);
}

static void assign(struct desk *d, i64 id, const char *json)
{
    desk_as_dispatcher(d);
    assert_int_equal(desk_act(d, id, "assign", json), 200);
}

/* Roads hosts with Health as cohost; Health and Schools split; rejected; alone with Roads. Wishes:
 * the first wants Schools with Roads. */
static void four_roads(struct desk *d)
{
    const i64 *a = d->agency;
    struct arena *mem = d->t->mem;
    i64 hosted = written(d, "Hosted",
                         arena_printf(mem, "\"hosts\":[%lld],\"cohosts\":[%lld]", (long long)a[2],
                                      (long long)a[0])
                             .ptr);
    i64 split = written(d, "Split", "\"researched\":true,\"research\":\"Three visits.\"");
    i64 rejected = written(d, "Rejected", "\"researched\":false");
    docket(d, hosted);
    docket(d, split);
    assign(d, hosted,
           arena_printf(mem, "{\"mode\":\"host\",\"host_id\":%lld,\"cohosts\":[%lld]}",
                        (long long)a[0], (long long)a[1])
               .ptr);
    assign(d, split,
           arena_printf(mem, "{\"mode\":\"split\",\"splits\":[%lld,%lld]}", (long long)a[1],
                        (long long)a[2])
               .ptr);
    desk_as_reviewer(d);
    assert_int_equal(desk_act(d, rejected, "reject",
                              "{\"reason\":\"empty\",\"destination\":\"letter\","
                              "\"opinion\":\"It goes on as a letter.\"}"),
                     200);
    desk_assigned(d, "Alone");
}

/* Titles that a question finds, in the order of the alphabet. */
static str found(struct desk *d, const char *question)
{
    static const char *const TITLES[] = { "Alone", "Hosted", "Rejected", "Split", "Stranger" };
    str url = arena_printf(d->t->mem, "/api/v1/proposals?%s", question), out = str_of("");
    struct test_answer a = test_get(d->t, url.ptr);
    if (a.status != 200)
        fail_msg("%s: %d %.*s", question, a.status, (int)a.body.len, a.body.ptr);
    for (size_t i = 0; i < sizeof TITLES / sizeof *TITLES; i++)
        if (test_has(&a, arena_printf(d->t->mem, "\"%s\"", TITLES[i]).ptr))
            out = arena_printf(d->t->mem, "%.*s%s%s", (int)out.len, out.ptr, out.len ? " " : "",
                               TITLES[i]);
    return out;
}

static const struct {
    const char *question, *titles;
} CASES[] = {
    { "agency_name=Health", "Hosted Split" },
    { "agency_name=Roads", "Alone Hosted" },
    { "agency_name=Roads&agency_name=Schools", "Alone Hosted Split" },
    { "host_name=Roads", "Alone Hosted" },
    { "cohost_name=Health", "Hosted" },
    { "cohost_name=Roads", "" },
    { "split_name=Health", "Split" },
    { "split_name=Schools", "Split" },
    { "agency_name=Health&cohost_name=Health", "Hosted" },
    { "agency_name=Nobody", "" },
    { "agency_name=Strangers", "" }, /* of the other organisation */
    { "wished_host_name=Schools", "Hosted" },
    { "wished_host_name=Roads", "" },
    { "wished_cohost_name=Roads", "Hosted" },
    { "wished_cohost_name=Schools", "" },
    { "researched=1", "Split" },
    { "researched=false", "Alone Hosted Rejected" },
    { "destination=letter", "Rejected" },
    { "destination=letter,refer", "Rejected" },
    { "destination=refer", "" },
    { "sector_name=Economy", "Alone Hosted Rejected Split" },
    { "sector_name=Culture", "" },
    { "sector_name=Economy&researched=1&agency_name=Schools", "Split" },
    { "redone=1", "" },
    { "extended=1", "" },
    { "redone=0&extended=0", "Alone Hosted Rejected Split" },
};

static void each_question_finds_its_proposals(void **state)
{
    struct desk *d = *state;
    four_roads(d);
    desk_as_reviewer(d);
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++)
        desk_same(arena_printf(d->t->mem, "%s: %.*s", CASES[i].question,
                               (int)found(d, CASES[i].question).len,
                               found(d, CASES[i].question).ptr),
                  arena_printf(d->t->mem, "%s: %s", CASES[i].question, CASES[i].titles).ptr);
}

/* The other organisation has an agency and a sector of the same names. */
static void no_other_organisation_is_found(void **state)
{
    struct desk *d = *state;
    four_roads(d);
    desk_as_other_reviewer(d);
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++)
        desk_same(found(d, CASES[i].question), "");
}

static int on_assignment(struct desk *d, i64 id, const char *verb, const char *json)
{
    i64 assignment = desk_assignment(d, id);
    str path = arena_printf(d->t->mem, "/api/v1/assignments/%lld/%s", (long long)assignment, verb);
    return test_api(d->t, POST, path.ptr,
                    test_versioned(d->t, json, desk_assignment_version(d, assignment)))
        .status;
}

/* Asked is not granted, refused neither. */
static void extended_is_what_was_granted(void **state)
{
    struct desk *d = *state;
    i64 id = desk_assigned(d, "Alone");
    static const char ASK[] = "{\"to_on\":\"2027-04-25\",\"opinion\":\"Rain.\"}";
    desk_as_operator(d, 0);
    assert_int_equal(on_assignment(d, id, "accept", "{}"), 200);
    assert_int_equal(on_assignment(d, id, "extend", ASK), 200);
    desk_same(found(d, "extended=1"), "");
    desk_as_dispatcher(d);
    assert_int_equal(on_assignment(d, id, "decide_extension",
                                   "{\"decision\":\"refused\",\"opinion\":\"No.\"}"),
                     200);
    desk_same(found(d, "extended=1"), "");
    desk_as_operator(d, 0);
    assert_int_equal(on_assignment(d, id, "extend", ASK), 200);
    desk_as_dispatcher(d);
    assert_int_equal(on_assignment(d, id, "decide_extension", "{\"decision\":\"granted\"}"), 200);
    desk_same(found(d, "extended=1"), "Alone");
    desk_same(found(d, "extended=0"), "");
}

static void redone_is_what_went_back(void **state)
{
    struct desk *d = *state;
    i64 id = desk_answered(d, "Alone");
    desk_as_member(d, 0);
    assert_int_equal(desk_evaluate(d, id, "dissatisfied"), 200);
    desk_as_reviewer(d);
    desk_same(found(d, "redone=1"), "");
    assert_int_equal(desk_act(d, id, "redo", "{\"opinion\":\"Look at it again.\"}"), 200);
    desk_same(found(d, "redone=1"), "Alone");
    desk_same(found(d, "redone=0"), "");
}

/* A new agency takes the place of the old one. */
static void a_reassigned_agency_has_it_no_more(void **state)
{
    struct desk *d = *state;
    i64 id = desk_assigned(d, "Alone");
    desk_as_dispatcher(d);
    assert_int_equal(
        on_assignment(d, id, "reassign",
                      arena_printf(d->t->mem, "{\"agency_id\":%lld}", (long long)d->agency[1]).ptr),
        200);
    desk_same(found(d, "agency_name=Roads"), "");
    desk_same(found(d, "agency_name=Health"), "Alone");
}

static void page_export_and_saved_view_ask_the_same(void **state)
{
    struct desk *d = *state;
    four_roads(d);
    desk_as_staff(d);
    struct test_answer a = test_get(d->t, "/proposals?cohost_name=Health&researched=0");
    assert_int_equal(a.status, 200);
    assert_true(test_has(&a, "Hosted") && !test_has(&a, "Alone"));
    assert_true(test_has(&a, "name=\"cohost_name\"") && test_has(&a, "value=\"Health\""));
    assert_true(test_has(&a, "list=\"agency_name-offers\"")); /* drawn once, used by five */
    assert_true(test_has(&a, "<datalist id=\"agency_name-offers\">"));
    assert_false(test_has(&a, "<datalist id=\"cohost_name-offers\">"));
    a = test_get(d->t, "/proposals.csv?cohost_name=Health&researched=0");
    assert_true(test_has(&a, "Hosted") && !test_has(&a, "Alone"));
    a = test_post(d->t, "/proposals/views", "name", "Health", "query", "?cohost_name=Health", NULL);
    assert_int_equal(a.status, 303);
    a = test_get(d->t, "/proposals");
    assert_true(test_has(&a, "/proposals?cohost_name=Health"));
}

/* What is no value of a filter is a fault, and never shows everything. */
static void odd_values_are_faults(void **state)
{
    static const char *const ODD[] = {
        "researched=maybe", "redone=2",        "extended=yess",    "cohost_name_from=A",
        "redone_from=1",    "sector_name_to=", "agency_name=%00x", "wished_host=Roads",
    };
    struct desk *d = *state;
    desk_as_reviewer(d);
    for (size_t i = 0; i < sizeof ODD / sizeof *ODD; i++) {
        str url = arena_printf(d->t->mem, "/api/v1/proposals?%s", ODD[i]);
        int status = test_get(d->t, url.ptr).status;
        bool empty = ODD[i][strlen(ODD[i]) - 1] == '='; /* a bar sends its empty fields too */
        if (empty ? status != 200 : status != 422 && status != 400)
            fail_msg("%s: %d", ODD[i], status);
    }
    assert_int_equal(test_get(d->t, "/api/v1/proposals?agency_name='%20OR%201=1--").status, 200);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        { "each_question_finds_its_proposals", each_question_finds_its_proposals, desk_setup,
          desk_teardown, NULL },
        { "no_other_organisation_is_found", no_other_organisation_is_found, desk_setup,
          desk_teardown, NULL },
        { "extended_is_what_was_granted", extended_is_what_was_granted, desk_setup, desk_teardown,
          NULL },
        { "redone_is_what_went_back", redone_is_what_went_back, desk_setup, desk_teardown, NULL },
        { "a_reassigned_agency_has_it_no_more", a_reassigned_agency_has_it_no_more, desk_setup,
          desk_teardown, NULL },
        { "page_export_and_saved_view_ask_the_same", page_export_and_saved_view_ask_the_same,
          desk_setup, desk_teardown, NULL },
        { "odd_values_are_faults", odd_values_are_faults, desk_setup, desk_teardown, NULL },
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
