/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What the public reads: nothing that is hidden (a canary in each hidden field), progress without
 * verdicts, public replies masked; list with search, filters, pages; headers for search engines;
 * the edit page with the original beside it. */
#include "modules/assignments/assignment.h"
#include "modules/outcomes/tests/keeping.h"
#include "modules/publications/tests/press.h"
#include "platform/settings/settings.h"

/* ---- canaries ---- */

static int on_assignment(struct desk *d, i64 id, const char *verb, const char *json)
{
    const char *path =
        arena_printf(d->t->mem, "/api/v1/assignments/%lld/%s", (long long)id, verb).ptr;
    struct test_answer a =
        test_api(d->t, POST, path, test_versioned(d->t, json, desk_assignment_version(d, id)));
    if (a.status >= 400)
        fprintf(stderr, "%s: %d %.*s\n", path, a.status, (int)a.body.len, a.body.ptr);
    return a.status;
}

/* Every text that the public must not see begins with HIDDEN; its telephone number likewise. */
static i64 written(struct desk *d)
{
    i64 id = 0;
    desk_as_member(d, 0);
    struct test_answer a = test_api(
        d->t, POST, "/api/v1/proposals",
        "{\"title\":\"The bridge\",\"situation\":\"Call 13808831234. Eight thousand people wait "
        "for one bus.\",\"analysis\":\"The line was planned for the old town.\",\"suggestions\":["
        "\"A "
        "line over the second bridge.\",\"A later last bus.\"],\"researched\":true,\"research\":"
        "\"HIDDEN-1 research\",\"consent\":\"yes\"}");
    assert_int_equal(a.status, 201);
    assert_true(str_to_i64(test_json(d->t, &a, "id"), &id));
    assert_int_equal(desk_act(d, id, "submit", "{\"confirmed\":true}"), 200);
    desk_as_staff(d);
    assert_int_equal(desk_act(d, id, "screen", "{\"opinion\":\"HIDDEN-2 finding\"}"), 200);
    desk_as_reviewer(d);
    assert_int_equal(desk_act(d, id, "docket",
                              "{\"category\":\"transport\",\"opinion\":\"HIDDEN-3 finding\"}"),
                     200);
    desk_assign(d, id);
    return id;
}

static void answer(struct desk *d, i64 id, bool public)
{
    i64 job = desk_assignment(d, id);
    desk_as_operator(d, 0);
    assert_int_equal(on_assignment(d, job, "contact",
                                   "{\"way\":\"visit\",\"held_on\":\"2026-11-25\",\"with_whom\":"
                                   "\"HIDDEN-4 Li\",\"content\":\"HIDDEN-5 talk\"}"),
                     200);
    const char *json =
        arena_printf(
            d->t->mem,
            "{\"class\":\"b\",\"opening\":\"We have it. Call 0883-1234567.\",\"results\":["
            "\"adopted\",\"planned\"],\"answers\":[\"The line opens in June.\",\"The last bus "
            "leaves at ten.\"],\"promise_texts\":[\"A bus over the bridge by summer\"],"
            "\"promise_days\":[\"2027-06-30\"],\"promise_owners\":[\"HIDDEN-6 Zhao\"],"
            "\"promise_items\":[\"1\"],\"closing\":\"Thank you.\",\"operator\":\"HIDDEN-7 Ding\","
            "\"phone\":\"0883-7654321\",\"copies\":\"HIDDEN-8 copies\",\"public\":%s}",
            public ? "true" : "false")
            .ptr;
    assert_int_equal(on_assignment(d, job, "reply", json), 200);
    desk_as_agency_leader(d, 0);
    assert_int_equal(on_assignment(d, job, "sign", "{\"signer\":\"HIDDEN-9 He\"}"), 200);
}

static void accept(struct desk *d, i64 id)
{
    desk_as_operator(d, 0);
    assert_int_equal(on_assignment(d, desk_assignment(d, id), "accept", "{}"), 200);
}

static void evaluate_badly(struct desk *d, i64 id)
{
    desk_as_member(d, 0);
    assert_int_equal(
        on_assignment(d, desk_assignment(d, id), "evaluate",
                      "{\"visit\":\"visited\",\"manner\":\"satisfied\",\"hearing\":\"visit\","
                      "\"relevance\":\"direct\",\"handling\":\"satisfied\",\"result\":"
                      "\"dissatisfied\",\"text\":\"HIDDEN-10 verdict\"}"),
        200);
}

static void has_no_canary(struct desk *d, i64 id)
{
    const char *paths[] = { "/publications", "/api/v1/publications", "/sitemap.xml",
                            arena_printf(d->t->mem, "/api/v1/publications/%lld", (long long)id).ptr,
                            arena_printf(d->t->mem, "/publications/%lld", (long long)id).ptr };
    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++) {
        struct test_answer a = press_ask(d, paths[i]);
        assert_int_equal(a.status, 200);
        const char *const hidden[] = { "HIDDEN",  "13808831234",  "0883-1234567", "0883-7654321",
                                       "Tea wor", "dissatisfied", "不满意",       "重新办理",
                                       "redo",    "mediat",       "面商",         "evaluat" };
        for (size_t k = 0; k < sizeof hidden / sizeof *hidden; k++)
            if (test_has(&a, hidden[k]))
                fail_msg("%s shows %s", paths[i], hidden[k]);
    }
}

static void only_published_words_are_seen_in_every_state(void **state)
{
    struct desk *d = *state;
    i64 p = written(d), id = press_published(d, p);
    has_no_canary(d, id);
    struct test_answer a = press_page(d, id, "");
    assert_true(desk_has(&a, "The line was planned for the old town."));
    assert_true(desk_has(&a, "Call （电话略）."));
    assert_true(desk_has(&a, "办理中") && desk_has(&a, "Roads（独办）"));
    assert_false(desk_has(&a, "答复期限"));
    accept(d, p);
    answer(d, p, true);
    has_no_canary(d, id);
    a = press_page(d, id, "");
    assert_true(desk_has(&a, "已答复") && desk_has(&a, "The line opens in June."));
    assert_true(desk_has(&a, "We have it. Call （电话略）."));
    assert_true(desk_has(&a, "A bus over the bridge by summer") && desk_has(&a, "已承诺"));
    evaluate_badly(d, p);
    has_no_canary(d, id);
    desk_as_reviewer(d);
    assert_int_equal(desk_act(d, p, "redo", "{\"opinion\":\"HIDDEN-11 why\"}"), 200);
    has_no_canary(d, id);
    a = press_page(d, id, "");
    assert_true(desk_has(&a, "已答复")); /* asked again, it stays what it was */
    assert_true(desk_has(&a, "The line opens in June."));
    a = press_ask(d, "/api/v1/publications");
    desk_same(test_json(d->t, &a, "items.0.stage"), "replied");
}

static void a_reply_that_is_not_public_is_a_day_and_no_more(void **state)
{
    struct desk *d = *state;
    i64 p = written(d), job = desk_assignment(d, p), id = press_published(d, p);
    accept(d, p);
    answer(d, p, false);
    struct test_answer a = press_page(d, id, "");
    assert_true(desk_has(&a, "已答复"));
    assert_false(desk_has(&a, "The line opens in June."));
    assert_false(desk_has(&a, "A bus over the bridge"));
    a = press_page(d, id, arena_printf(d->t->mem, "/replies/%lld/pdf", (long long)job).ptr);
    assert_int_equal(a.status, 404);
}

/* What a later reply replaces is no answer any more, though the later one is not public. */
static void a_reply_that_a_later_one_replaces_is_not_shown(void **state)
{
    struct desk *d = *state;
    i64 p = written(d), job = desk_assignment(d, p), id = press_published(d, p);
    accept(d, p);
    answer(d, p, true);
    evaluate_badly(d, p);
    desk_as_reviewer(d);
    assert_int_equal(desk_act(d, p, "redo", "{\"opinion\":\"Again.\"}"), 200);
    struct test_answer a = press_page(d, id, "");
    assert_true(desk_has(&a, "The line opens in June.")); /* none is delivered yet */
    answer(d, p, false);
    a = press_page(d, id, "");
    assert_true(desk_has(&a, "已答复"));
    assert_false(desk_has(&a, "The line opens in June."));
    a = press_page(d, id, arena_printf(d->t->mem, "/replies/%lld/pdf", (long long)job).ptr);
    assert_int_equal(a.status, 404);
}

/* Answered as one: what speaks to all is public only while no signer of any of them objects. */
static void what_speaks_to_all_waits_for_all_signers(void **state)
{
    static const char *const LI_WANG[] = { "Li", "Wang", NULL }, *const ZHAO[] = { "Zhao", NULL };
    struct desk *d = *state;
    i64 main = press_joint(d, "The main bridge", ZHAO),
        other = press_joint(d, "The other", LI_WANG);
    desk_as_reviewer(d);
    assert_int_equal(desk_act(d, main, "docket", "{\"category\":\"transport\"}"), 200);
    const char *into = arena_printf(d->t->mem, "{\"main_id\":%lld}", (long long)main).ptr;
    assert_int_equal(desk_act(d, other, "merge", into), 200);
    desk_assign(d, main);
    accept(d, main);
    assert_int_equal(
        on_assignment(d, desk_assignment(d, main), "contact",
                      "{\"way\":\"visit\",\"held_on\":\"2026-11-25\",\"with_whom\":\"Li\","
                      "\"content\":\"Looked at it together.\"}"),
        200);
    assert_int_equal(
        on_assignment(d, desk_assignment(d, main), "reply",
                      "{\"class\":\"b\",\"opening\":\"To all of you.\",\"results\":[\"adopted\","
                      "\"planned\",\"adopted\",\"planned\"],\"answers\":[\"The line opens.\","
                      "\"The last bus leaves at ten.\",\"Third answer.\",\"Fourth answer.\"],"
                      "\"promise_texts\":[\"A bus for all by summer\"],\"promise_days\":["
                      "\"2027-06-30\"],\"promise_owners\":[\"Ding\"],\"closing\":\"Thanks to all."
                      "\",\"operator\":\"Ding\",\"phone\":\"0883-7654321\",\"public\":true}"),
        200);
    desk_as_agency_leader(d, 0);
    assert_int_equal(on_assignment(d, desk_assignment(d, main), "sign", "{\"signer\":\"He\"}"),
                     200);
    i64 id = press_published(d, main);
    static const char *const ALL[] = { "To all of you.", "Thanks to all.",
                                       "A bus for all by summer" };
    struct test_answer a = press_page(d, id, "");
    assert_true(desk_has(&a, "The line opens."));
    for (size_t i = 0; i < sizeof ALL / sizeof *ALL; i++)
        assert_true(desk_has(&a, ALL[i]));
    desk_as_member(d, 1);
    const char *path =
        arena_printf(d->t->mem, "/api/v1/proposals/%lld/publication/object", (long long)other).ptr;
    assert_int_equal(test_api(d->t, POST, path, "{}").status, 200);
    a = press_page(d, id, "");
    assert_true(desk_has(&a, "The line opens."));
    for (size_t i = 0; i < sizeof ALL / sizeof *ALL; i++)
        assert_false(desk_has(&a, ALL[i]));
}

/* That somebody looked is public, what he found is not. */
static void a_look_back_is_its_day_and_no_more(void **state)
{
    static const struct given ONE[] = { { "A later bus on Fridays", "2027-06-30" }, { 0 } };
    struct desk *d = *state;
    i64 p = keeping_closed(d, "A bridge", "b", ONE), id = press_published(d, p);
    i64 f = keeping_followup(d, p, 0);
    assert_true(f > 0);
    desk_on_day(d, "2027-07-05");
    desk_as_staff(d);
    assert_int_equal(keeping_act(d, "followups", f, "record",
                                 "{\"held_on\":\"2027-07-01\",\"place\":\"P\",\"visitors\":"
                                 "\"V\",\"result\":\"unsolved\",\"text\":\"Nothing there.\"}"),
                     200);
    struct test_answer a = press_page(d, id, "");
    assert_true(desk_has(&a, "回头看") && desk_has(&a, "2027-07-01"));
    assert_false(desk_has(&a, "未解决") || desk_has(&a, "unsolved"));
}

static void the_letter_is_a_pdf_while_it_is_public(void **state)
{
    struct desk *d = *state;
    i64 p = written(d), job = desk_assignment(d, p), id = press_published(d, p);
    const char *after = arena_printf(d->t->mem, "/replies/%lld/pdf", (long long)job).ptr;
    accept(d, p);
    assert_int_equal(press_page(d, id, after).status, 404);
    answer(d, p, true);
    struct test_answer a = press_page(d, id, after);
    assert_int_equal(a.status, 200);
    desk_same(a.type, "application/pdf");
    desk_same(test_header_of(&a, "X-Robots-Tag"), "all");
    assert_int_equal(press_page(d, id, "/replies/9999/pdf").status, 404);
    press_as_publisher(d);
    assert_int_equal(press_act(d, id, "retract", "{\"opinion\":\"A mistake.\"}"), 200);
    assert_int_equal(press_page(d, id, after).status, 404);
}

static void names_are_written_as_the_setting_says(void **state)
{
    static const char *const LI_WANG[] = { "Li", "Wang", NULL };
    struct desk *d = *state;
    i64 p = press_joint(d, "A joint bridge", LI_WANG);
    desk_as_reviewer(d);
    assert_int_equal(desk_act(d, p, "docket", "{\"category\":\"transport\"}"), 200);
    i64 id = press_published(d, p);
    struct test_answer a = press_page(d, id, "");
    assert_true(desk_has(&a, "提案者：Li、Wang"));
    desk_set(d, "publications.names", "lead");
    a = press_page(d, id, "");
    assert_true(desk_has(&a, "提案者：Li") && !desk_has(&a, "Wang"));
    desk_set(d, "publications.names", "none");
    a = press_page(d, id, "");
    assert_false(desk_has(&a, "提案者：Li"));
}

static void the_day_to_answer_only_by_setting(void **state)
{
    struct desk *d = *state;
    i64 id = press_published(d, desk_assigned(d, "A bridge"));
    desk_set(d, "publications.show_due", "1");
    struct test_answer a = press_page(d, id, "");
    assert_true(desk_has(&a, "答复期限"));
    desk_set(d, "publications.show_due", "0");
    a = press_page(d, id, "");
    assert_false(desk_has(&a, "答复期限"));
}

/* ---- editing ---- */

static int save(struct desk *d, i64 id, const char *json)
{
    struct publication u;
    const char *path = arena_printf(d->t->mem, "/api/v1/publications/%lld", (long long)id).ptr;
    assert_ok(publication_store_find(d->t->db, id, d->t->mem, &u));
    struct test_answer a = test_api(d->t, PUT, path, test_versioned(d->t, json, u.version));
    return a.status;
}

static void the_publisher_edits_with_the_original_beside(void **state)
{
    struct desk *d = *state;
    i64 p = written(d), id = press_of(d, p).id;
    press_as_publisher(d);
    struct test_answer a = desk_page(d, "/publications/", id, "/edit");
    assert_int_equal(a.status, 200);
    desk_same(test_field(d->t, &a, "title"), "The bridge");
    assert_true(desk_has(&a, "Call 13808831234.")); /* the original */
    assert_true(str_find(test_field(d->t, &a, "situation"), str_of("1380"), 0) < 0);
    assert_int_equal(save(d, id,
                          "{\"title\":\"A bridge for all\",\"situation\":\"They wait.\","
                          "\"analysis\":\"\",\"suggestions\":[\"\",\"A later bus.\"],"
                          "\"reply_mode\":\"full\",\"show_progress\":true}"),
                     200);
    assert_int_equal(save(d, id,
                          "{\"title\":\"x\",\"suggestions\":[\"one\"],\"reply_mode\":\"full\"}"),
                     409); /* numbers stay those of the proposal */
    assert_int_equal(save(d, id,
                          "{\"title\":\"x\",\"suggestions\":[\"\",\"b\"],\"reply_mode\":"
                          "\"summary\"}"),
                     422); /* which summary? */
    press_published(d, p);
    a = press_page(d, id, "");
    assert_true(desk_has(&a, "A bridge for all") && desk_has(&a, "（这一条不公开）"));
    assert_false(desk_has(&a, "planned for the old town"));
    accept(d, p);
    answer(d, p, true);
    a = press_page(d, id, "");
    assert_true(desk_has(&a, "The last bus leaves at ten."));
    assert_false(desk_has(&a, "The line opens in June."));         /* answers what is not shown */
    assert_false(desk_has(&a, "A bus over the bridge by summer")); /* promised there */
    press_as_publisher(d);
    assert_int_equal(save(d, id,
                          "{\"title\":\"A bridge for all\",\"suggestions\":[\"\",\"b\"],"
                          "\"reply_mode\":\"summary\",\"summary\":\"It comes.\","
                          "\"show_progress\":false}"),
                     200);
    a = press_page(d, id, "");
    assert_true(desk_has(&a, "It comes."));
    assert_false(desk_has(&a, "The last bus leaves at ten.") || desk_has(&a, "Roads"));
    a = press_ask(d, "/publications");
    assert_false(desk_has(&a, "Roads") || desk_has(&a, "已答复"));
}

/* ---- finding ---- */

static void the_list_searches_filters_and_turns_pages(void **state)
{
    struct desk *d = *state;
    for (int i = 0; i < 22; i++) {
        i64 p = desk_docketed(d, arena_printf(d->t->mem, "Bridge %02d", i).ptr);
        press_published(d, p);
        d->t->app.clock.fixed_ms += 1000;
    }
    i64 p = desk_assigned(d, "A school");
    press_published(d, p);
    press_published(d, desk_docketed(d, "A pond"));
    struct test_answer a = press_ask(d, "/publications");
    assert_true(desk_has(&a, "A pond") && desk_has(&a, "共 24"));
    assert_false(desk_has(&a, "Bridge 00"));
    str next = test_link(d->t, &a, "下一页");
    a = press_ask(d, arena_cstr(d->t->mem, next));
    assert_int_equal(a.status, 200);
    assert_true(desk_has(&a, "Bridge 00") && !desk_has(&a, "A pond"));
    a = press_ask(d, "/publications?q=pond&utm_source=elsewhere");
    assert_true(desk_has(&a, "A pond") && !desk_has(&a, "A school"));
    a = press_ask(d, "/publications?agency=Roads");
    assert_true(desk_has(&a, "A school") && !desk_has(&a, "A pond"));
    a = press_ask(d, "/publications?category=health");
    assert_true(desk_has(&a, "没有找到"));
    a = press_ask(d, arena_printf(d->t->mem, "/publications?session_id=%lld&category=transport",
                                  (long long)d->session_id)
                         .ptr);
    assert_true(desk_has(&a, "共 24"));
    a = press_ask(d, "/publications?session_id=99");
    assert_true(desk_has(&a, "没有找到"));
    assert_int_equal(press_ask(d, "/publications?category=nonsense").status, 422);
    a = press_ask(d, "/api/v1/publications?q=school");
    desk_same(test_json(d->t, &a, "total"), "1");
    desk_same(test_json(d->t, &a, "items.0.host_name"), "Roads");
    a = press_ask(d, "/");
    assert_true(test_link(d->t, &a, "提案公开").len > 0);
}

/* The names that the page offers, in order, with a blank behind each. */
static const char *offered(struct desk *d)
{
    strs names;
    struct buf *b = buf_new(d->t->mem, 1000);
    db_set_org(d->t->db, 1);
    assert_ok(publication_store_list_hosts(d->t->db, d->t->mem, &names));
    for (size_t i = 0; i < names.count; i++)
        buf_printf(b, "%.*s ", (int)names.items[i].len, names.items[i].ptr);
    return arena_cstr(d->t->mem, buf_str(b));
}

static void agencies_offered_are_those_that_are_shown(void **state)
{
    struct desk *d = *state;
    i64 docketed = desk_docketed(d, "A pond"), assigned = desk_assigned(d, "A school");
    assert_string_equal(offered(d), ""); /* none is published */
    i64 pond = press_published(d, docketed), school = press_published(d, assigned);
    assert_string_equal(offered(d), "Roads "); /* the pond is with nobody yet */
    desk_assign(d, docketed);
    press_as_publisher(d);
    assert_int_equal(press_act(d, school, "retract", "{\"opinion\":\"A name.\"}"), 200);
    assert_string_equal(offered(d), "Roads "); /* the pond's now */
    desk_as_operator(d, 0);
    i64 assignment = desk_assignment(d, docketed);
    desk_as_dispatcher(d);
    const char *path =
        arena_printf(d->t->mem, "/api/v1/assignments/%lld/reassign", (long long)assignment).ptr;
    const char *json = arena_printf(d->t->mem, "{\"agency_id\":%lld}", (long long)d->agency[1]).ptr;
    json = test_versioned(d->t, json, desk_assignment_version(d, assignment));
    assert_int_equal(test_api(d->t, POST, path, json).status, 200);
    assert_string_equal(offered(d), "Health ");
    struct test_answer a = press_ask(d, "/publications");
    assert_true(desk_has(&a, ">Health<") && !desk_has(&a, ">Roads<"));
    press_as_publisher(d);
    assert_int_equal(press_act(d, pond, "retract", "{\"opinion\":\"A name.\"}"), 200);
    assert_string_equal(offered(d), "");
}

/* ---- search engines and caches ---- */

static void search_engines_are_told_of_what_is_published_and_no_more(void **state)
{
    struct desk *d = *state;
    i64 id = press_published(d, desk_docketed(d, "A bridge"));
    (void)desk_docketed(d, "Not yet");
    struct test_answer a = press_ask(d, "/sitemap.xml");
    desk_same(a.type, "application/xml");
    assert_true(
        desk_has(&a, arena_printf(d->t->mem, "/publications/%lld</loc>", (long long)id).ptr));
    size_t urls = 0;
    for (i64 at = 0; (at = str_find(a.body, str_of("<url>"), (size_t)at)) >= 0; at++)
        urls++;
    assert_int_equal(urls, 1);
    desk_same(test_header_of(&a, "X-Robots-Tag"), "noindex, nofollow");
    a = press_ask(d, "/robots.txt");
    assert_true(desk_has(&a, "Disallow: /\n") && desk_has(&a, "Allow: /publications/\n") &&
                desk_has(&a, "/sitemap.xml"));
    a = press_page(d, id, "");
    desk_same(test_header_of(&a, "X-Robots-Tag"), "all");
    assert_true(test_header_of(&a, "ETag").len > 0);
    desk_same(test_header_of(&a, "Cache-Control"), "no-cache");
    static const char *const OTHERS[] = { "/",        "/help",
                                          "/login",   "/publications",
                                          "/receipt", "/publications/999",
                                          "/nothing", "/api/v1/publications" };
    for (size_t i = 0; i < sizeof OTHERS / sizeof *OTHERS; i++) {
        a = press_ask(d, OTHERS[i]);
        desk_same(test_header_of(&a, "X-Robots-Tag"), "noindex, nofollow");
    }
    a = press_ask(d, "/publications");
    assert_true(test_header_of(&a, "ETag").len > 0);
}

static err retire(struct rq *rq, void *context)
{
    (void)context;
    return dictionary_store(rq, "proposals.categories",
                            &(struct dictionary_row){ .position = 1,
                                                      .from_on = 1,
                                                      .to_on = rq->today - 1,
                                                      .code = str_of("transport"),
                                                      .label = str_of("Traffic") });
}

/* What was published under a category is found by it when it is no longer given. */
static void a_retired_category_is_still_a_choice(void **state)
{
    struct desk *d = *state;
    i64 id = press_published(d, desk_docketed(d, "A bridge")); /* transport */
    assert_ok(test_write(d->t, retire, NULL));
    struct test_answer a = press_ask(d, "/publications");
    assert_true(desk_has(&a, "value=\"transport\""));
    a = press_ask(d, "/publications?category=transport");
    assert_int_equal(a.status, 200);
    assert_true(desk_has(&a, arena_printf(d->t->mem, "\"/publications/%lld\"", (long long)id).ptr));
    assert_int_equal(press_ask(d, "/publications?category=nonsense").status, 422);
}

/* Doubles what there is, then publishes all of it. */
static err many_make(struct rq *rq, void *context)
{
    (void)context;
    for (int i = 0; i < 13; i++)
        TRY(db_run(rq->db,
                   SQL("INSERT INTO proposals (org_id, session_id, timing, kind, state, title, "
                       "created_at, created_by, updated_at, situation, analysis, consent, outcome) "
                       "SELECT :org, session_id, timing, kind, state, title, created_at, "
                       "created_by, updated_at, situation, analysis, consent, outcome FROM "
                       "proposals WHERE org_id = :org"),
                   NULL));
    TRY(db_run(rq->db,
               SQL("INSERT INTO publications (org_id, proposal_id, state, prepared_at, "
                   "published_at, title) SELECT :org, p.id, 'published', 1, 1, p.title FROM "
                   "proposals p WHERE p.org_id = :org AND NOT EXISTS (SELECT 1 FROM "
                   "publications u WHERE u.org_id = :org AND u.proposal_id = p.id)"),
               NULL));
    return db_analyze(rq->db, true); /* as whatever brings in many at once */
}

/* 8,192 of them: more than would fit into the memory of a request. */
static void the_map_names_all_that_is_published(void **state)
{
    struct desk *d = *state;
    (void)press_published(d, desk_docketed(d, "A bridge"));
    assert_ok(test_write(d->t, many_make, NULL));
    struct test_answer a = press_ask(d, "/sitemap.xml");
    size_t urls = 0;
    for (i64 at = 0; (at = str_find(a.body, str_of("<url>"), (size_t)at)) >= 0; at++)
        urls++;
    assert_int_equal(urls, 8192);
    assert_true(desk_has(&a, "</urlset>\n"));
}

#define T(test_) cmocka_unit_test_setup_teardown(test_, desk_setup, desk_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(only_published_words_are_seen_in_every_state),
        T(a_reply_that_is_not_public_is_a_day_and_no_more),
        T(a_reply_that_a_later_one_replaces_is_not_shown),
        T(what_speaks_to_all_waits_for_all_signers),
        T(a_look_back_is_its_day_and_no_more),
        T(the_letter_is_a_pdf_while_it_is_public),
        T(names_are_written_as_the_setting_says),
        T(the_day_to_answer_only_by_setting),
        T(the_publisher_edits_with_the_original_beside),
        T(the_list_searches_filters_and_turns_pages),
        T(agencies_offered_are_those_that_are_shown),
        T(search_engines_are_told_of_what_is_published_and_no_more),
        T(the_map_names_all_that_is_published),
        T(a_retired_category_is_still_a_choice),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
