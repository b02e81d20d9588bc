/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Declared lists on both engines: paging by key in both directions over ties and empty values,
 * filters, sort, scopes, counts, JSON, export, saved views, the generic page. Expectations are
 * computed from the rows that the test puts in. HUOTANG_TEST_DB. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

#include "embed.h"
#include "platform/access/access_settings.h"
#include "platform/base/str.h"
#include "platform/db/made.h"
#include "platform/list/tests/things.h"
#include "platform/settings/settings.h"
#include "platform/text/text.h"
#include "platform/text/texts.h"
#include "platform/web/lanes.h"
#include "tests/harness/test_err.h"

static struct list_result ask(struct rq *rq, const char *query)
{
    struct list_query q;
    struct list_result out;
    assert_ok(list_parse_text(rq, &THINGS, str_of(query), &q));
    assert_ok(list_page(rq, &THINGS, &q, &out));
    return out;
}

static const struct thing *at(const struct list_result *r, size_t i)
{
    return &((const struct thing *)r->rows.items)[i];
}

/* Order by sort, rows without a value last, ties by id in the same direction: as the declaration
 * says. */
static const char *sort_name;
static bool sort_down;
static int compare(const void *left, const void *right)
{
    const struct thing *a = left, *b = right;
    i64 x = a->weight, y = b->weight;
    int c = 0;
    if (strcmp(sort_name, "weight") == 0) {
        bool a_none = a->id % 7 == 0,
             b_none = b->id % 7 == 0; /* ids of one organisation are mapped to 1… below */
        if (a_none != b_none)
            return a_none ? 1 : -1;
        c = a_none ? 0 : x < y ? -1 : x > y;
    } else if (strcmp(sort_name, "title") == 0) {
        c = str_cmp(a->title, b->title);
    }
    c = c ? c : a->id < b->id ? -1 : a->id > b->id;
    return sort_down ? -c : c;
}

/* Walks all pages forward, then back, and compares each with the whole list sorted here. */
static void walk(struct rq *rq, const char *sort, i64 limit, i64 total)
{
    char query[2000];
    struct thing *all = arena_array(rq->mem, (size_t)total, sizeof *all);
    size_t seen = 0;
    str after = str_of("");
    struct list_result page = { 0 };
    for (;;) {
        snprintf(query, sizeof query, "sort=%s&limit=%lld&after=%.*s", sort, (long long)limit,
                 (int)after.len, after.ptr);
        page = ask(rq, query);
        assert_int_equal(page.total, total);
        for (size_t i = 0; i < page.rows.count; i++)
            all[seen++] = *at(&page, i);
        assert_true(seen <= (size_t)total);
        if (page.next.len == 0)
            break;
        assert_int_equal(page.rows.count, limit);
        after = page.next;
    }
    assert_int_equal(seen, total);
    for (size_t i = 1; i < seen; i++)
        for (size_t k = 0; k < i && total < 100; k++)
            assert_true(all[i].id != all[k].id);
    sort_down = sort[0] == '-';
    sort_name = sort + sort_down;
    i64 first_id = INT64_MAX;
    for (size_t i = 0; i < seen; i++)
        first_id = all[i].id < first_id ? all[i].id : first_id;
    struct thing *sorted = arena_array(rq->mem, seen, sizeof *sorted);
    memcpy(sorted, all, seen * sizeof *sorted);
    for (size_t i = 0; i < seen; i++) /* every second row is the other organisation's */
        sorted[i].id = (sorted[i].id - first_id) / 2 + 1;
    for (size_t i = 1; i < seen && strcmp(sort_name, "title") != 0; i++) {
        bool down = sort_down, none_a = sorted[i - 1].id % 7 == 0, none_b = sorted[i].id % 7 == 0;
        if (strcmp(sort_name, "weight") == 0 && none_a != none_b)
            assert_true(none_b); /* without a value: last, up and down */
        else
            assert_true(compare(&sorted[i - 1], &sorted[i]) < 0);
        sort_down = down;
    }
    size_t end = seen - page.rows.count; /* and back */
    while (page.previous.len) {
        snprintf(query, sizeof query, "sort=%s&limit=%lld&after=%.*s", sort, (long long)limit,
                 (int)page.previous.len, page.previous.ptr);
        page = ask(rq, query);
        assert_true(page.rows.count == (size_t)limit && end >= page.rows.count);
        end -= page.rows.count;
        for (size_t i = 0; i < page.rows.count; i++)
            assert_int_equal(at(&page, i)->id, all[end + i].id);
        assert_true(page.next.len > 0);
    }
    assert_int_equal(end, 0);
}

static void pages_go_both_ways_over_ties_and_empty_values(void **state)
{
    (void)state;
    things_add(60);
    struct rq rq = test_system_rq(app);
    static const char *const SORTS[] = { "id", "-id", "weight", "-weight", "title", "-title" };
    for (size_t i = 0; i < 6; i++) {
        walk(&rq, SORTS[i], 10, 60);
        walk(&rq, SORTS[i], 15, 60);
    }
}

static void the_page_before_the_first_is_the_first(void **state)
{
    (void)state;
    things_add(12);
    struct rq rq = test_system_rq(app);
    struct list_result first = ask(&rq, "limit=5"), second;
    char query[1000];
    snprintf(query, sizeof query, "limit=5&after=%.*s", (int)first.next.len, first.next.ptr);
    second = ask(&rq, query);
    for (i64 n = 0; n < 3; n++) /* new rows come in before the first page was looked at again */
        thing_add(app->org, 100 + n);
    snprintf(query, sizeof query, "limit=5&after=%.*s", (int)second.previous.len,
             second.previous.ptr);
    struct list_result back = ask(&rq, query);
    assert_int_equal(at(&back, 0)->id, at(&first, 0)->id);
    assert_true(back.previous.len > 0); /* the new ones */
    snprintf(query, sizeof query, "limit=5&after=%.*s", (int)back.previous.len, back.previous.ptr);
    back = ask(&rq, query);
    assert_int_equal(back.rows.count, 5); /* not three: the begin is a full first page */
    assert_int_equal(back.previous.len, 0);
}

static i64 wanted_count(i64 rows, bool (*fits)(i64 n))
{
    i64 count = 0;
    for (i64 n = 1; n <= rows; n++)
        count += fits(n);
    return count;
}
static bool is_done(i64 n)
{
    return n % 3 == 0;
}
static bool is_heavy(i64 n)
{
    return n % 7 != 0 && n % 5 >= 2 && n % 5 <= 3;
}
static bool is_flagship_open(i64 n)
{
    return n % 2 == 1 && n % 3 != 0;
}
static bool is_due(i64 n)
{
    return n % 4 != 0 && 20000 + n >= day_from_civil(2024, 10, 15);
}
static bool is_made_that_day(i64 n)
{
    return day_of_ms(TEST_NOW_MS - n * 3600000) == day_from_civil(2026, 11, 24);
}
static bool is_comma(i64 n)
{
    return n % 5 == 3 || n % 5 == 0;
}
static bool is_two_weights(i64 n)
{
    return n % 7 != 0 && (n % 5 == 1 || n % 5 == 4);
}

static void filters_choose_rows(void **state)
{
    (void)state;
    things_add(60);
    struct rq rq = test_system_rq(app);
    static const struct {
        const char *query;
        bool (*fits)(i64);
    } CASES[] = {
        { "state=done", is_done },
        { "state=done,done", is_done },
        { "weight_from=2&weight_to=3", is_heavy },
        { "flagship=1&state=open", is_flagship_open },
        { "due_on_from=2024-10-15", is_due },
        { "made_at=2026-11-24", is_made_that_day },
        { "made_at_from=2026-11-24&made_at_to=2026.11.24", is_made_that_day },
        { "title=gamma%2C%22x%22&title=alpha", is_comma },
        { "weight=1,4&q=&sort=&state=", is_two_weights },
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        struct list_result r = ask(&rq, CASES[i].query);
        assert_int_equal(r.total, wanted_count(60, CASES[i].fits));
    }
}

static void unknown_names_and_bad_values_are_faults(void **state)
{
    (void)state;
    static const struct {
        const char *query, *name;
    } CASES[] = {
        { "stat=open", "list.unknown_name" },
        { "weight=x", "list.bad_value" },
        { "due_on=2024-13-01", "list.bad_value" },
        { "flagship=maybe", "list.bad_value" },
        { "sort=state", "list.bad_sort" },
        { "sort=t.id;--", "list.bad_sort" },
        { "after=zz", "list.bad_after" },
        { "after=00", "list.bad_after" },
        { "limit=0", "list.bad_limit" },
        { "limit=201", "list.bad_limit" },
        { "q=x", "list.unknown_name" },
        { "title_from=a", "list.unknown_name" },
        { "weight=1,2,3,4,5,6,7,8,9", "list.too_many_values" },
        { "weight_from=1&weight_from=2", "list.too_many_values" },
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        char path[200];
        snprintf(path, sizeof path, "/api/v1/things?%s", CASES[i].query);
        struct test_answer a = test_get(app, path);
        assert_int_equal(a.status, 422);
        if (!test_has(&a, CASES[i].name))
            fail_msg("%s: %.*s", CASES[i].query, (int)a.body.len, a.body.ptr);
    }
    struct test_answer a = test_get(app, "/things?weight=x");
    assert_int_equal(a.status, 422);
    assert_true(test_has(&a, "class=\"errs\""));
}

/* "title=" of so many values of as many Chinese characters as one value may have. */
static str long_question(size_t values)
{
    struct buf *b = buf_new(app->mem, 1 << 20);
    for (size_t i = 0; i < values; i++) {
        buf_printf(b, "%stitle=", i ? "&" : "");
        for (int k = 0; k < 200; k++)
            buf_put(b, "%E4%B8%80");
    }
    return buf_str(b);
}

/* However long the question, it is answered: with rows and links, or with 429 and what to do. */
static void long_questions_are_answered(void **state)
{
    (void)state;
    things_add(3);
    for (size_t values = 1; values <= LIST_VALUES_MAX; values++) {
        str question = long_question(values);
        int want = values * 600 > 4096 ? 429 : 200;
        struct test_answer a =
            test_get(app,
                     arena_printf(app->mem, "/things?%.*s", (int)question.len, question.ptr).ptr);
        assert_int_equal(a.status, want);
        assert_true(want == 200 || test_has(&a, "请减少条件后再查"));
        a = test_get(
            app,
            arena_printf(app->mem, "/api/v1/things?%.*s", (int)question.len, question.ptr).ptr);
        assert_int_equal(a.status, want);
        a = test_post(app, "/things/views", "name", "long", "query", question.ptr, NULL);
        assert_int_equal(a.status, question.len > 4000 ? 422 : 303);
    }
    struct buf *zeros = buf_new(app->mem, 1 << 20);
    buf_put(zeros, "/things?weight=");
    for (int i = 0; i < 30000; i++)
        buf_put(zeros, "0");
    int status = test_get(app, buf_str(zeros).ptr).status;
    assert_true(status == 422 || status == 429);
}

static void one_question_is_one_statement_however_typed(void **state)
{
    (void)state;
    things_add(5);
    struct rq rq = test_system_rq(app);
    ask(&rq, "weight_from=1&state=open&flagship=1");
    size_t before = db_made_kept(rq.db);
    ask(&rq, "flagship=1&weight_from=1&state=open");
    ask(&rq, "state=open&flagship=1&weight_from=1");
    assert_int_equal(db_made_kept(rq.db), before);
}

static void scopes_and_permissions_narrow(void **state)
{
    (void)state;
    things_add(30);
    struct actor *actor = test_as_role(app, "member");
    test_may(actor, "things.read", SCOPE_SELF);
    actor->person_id = 2; /* owner_id = n % 3 + 1 */
    struct test_answer a = test_get(app, "/api/v1/things");
    assert_true(test_has(&a, "\"total\":10"));
    assert_false(test_has(&a, "secret"));
    a = test_get(app,
                 "/api/v1/things?secret=s1"); /* a column that one may not see cannot be probed */
    assert_true(test_has(&a, "list.unknown_name"));
    static i64 committees[] = { 1, 3 };
    actor->committees = (ids){ committees, 2 };
    test_may(actor, "things.read", SCOPE_COMMITTEE);
    a = test_get(app, "/api/v1/things");
    assert_true(test_has(&a, "\"total\":20"));
    test_may(actor, "things.read",
             SCOPE_AGENCY); /* the list says nothing about agencies: nobody sees all by mistake */
    a = test_get(app, "/api/v1/things");
    assert_int_equal(a.status, 403);
    test_as_role(app, "staff");
    a = test_get(app, "/api/v1/things?secret=s1");
    assert_true(test_has(&a, "\"total\":15"));
}

/* A list whose readers see big things only, unless they may see secrets; what it fetches for one
 * row stands in no page. */
static void one_row_is_found_by_whom_it_is_shown_to(void **state)
{
    (void)state;
    static const struct list_column ONE[] = {
        { FIELD(struct thing, id), LIST_NUMBER, .sql = "t.id" },
        { FIELD(struct thing, title), LIST_TEXT, .sql = "t.title", .one = true, .filter = true },
        { .field = { 0 } },
    };
    static const struct list_scope MAY[] = { { SCOPE_ORG, .needs = "things.secret", .sql = "" },
                                             { .sql = "t.flagship = 1" },
                                             { 0 } };
    static const struct list BIG = { .name = "things",
                                     .may = "things.read",
                                     .from = "things t",
                                     .where = "t.org_id = :org",
                                     .key = "t.id",
                                     .sort = "-id",
                                     .columns = ONE,
                                     .scopes = MAY,
                                     .missing = "things.not_found",
                                     .row_size = sizeof(struct thing) };
    struct rq rq = test_system_rq(app);
    struct thing thing;
    struct list_query query;
    struct list_result page;
    const i64 other = 1, small = 2, big = 3;
    for (i64 n = 1; n <= 3; n++)
        thing_add(n == other ? app->org + 1 : app->org, n);
    assert_ok(list_find(&rq, &BIG, small, &thing));
    struct actor *reader = test_as_role(app, "");
    test_may(reader, "things.read", SCOPE_ORG);
    rq.actor = reader;
    assert_err(list_find(&rq, &BIG, small, &thing), ERR_NOT_FOUND, "things.not_found");
    assert_err(list_find(&rq, &BIG, other, &thing), ERR_NOT_FOUND, "things.not_found");
    assert_ok(list_find(&rq, &BIG, big, &thing));
    assert_true(thing.id == big && thing.title.len > 0);
    assert_ok(list_parse_text(&rq, &BIG, str_of(""), &query));
    assert_ok(list_page(&rq, &BIG, &query, &page));
    assert_int_equal(page.rows.count, 1);
    assert_int_equal(((const struct thing *)page.rows.items)->title.len, 0);
    assert_err(list_parse_text(&rq, &BIG, str_of("title=x"), &query), ERR_INVALID, "form.faults");
}

static void counts_are_capped(void **state)
{
    (void)state;
    struct rq rq = test_system_rq(app);
    assert_ok(
        db_run(app->db,
               SQL("INSERT INTO things (org_id, owner_id, title, state, made_at, flagship, secret) "
                   "SELECT :org, 1, 'x', 'open', g.n, 0, '' FROM (WITH RECURSIVE r (n) AS (SELECT 1"
                   " AS n UNION ALL "
                   "SELECT n + 1 FROM r WHERE n < 10050) SELECT n FROM r) g"),
               NULL));
    struct list_result r = ask(&rq, "limit=2");
    assert_int_equal(r.total, 10001);
    assert_int_equal(r.rows.count, 2);
}

static void json_has_all_kinds(void **state)
{
    (void)state;
    thing_add(app->org, 1);
    thing_add(app->org, 28); /* no weight, no day */
    struct test_answer a = test_get(app, "/api/v1/things?sort=id");
    assert_int_equal(a.status, 200);
    assert_true(str_is(test_json(app, &a, "items.0.title"), "beta"));
    assert_true(str_is(test_json(app, &a, "items.0.due_on"), "2024-10-05")); /* day 20001 */
    assert_true(str_is(test_json(app, &a, "items.0.made_at"), "2026-11-25T08:00:00.000+08:00"));
    assert_true(str_is(test_json(app, &a, "items.0.flagship"), "true"));
    assert_true(test_has(&a, "\"due_on\":null"));
    assert_true(test_has(&a, "\"next\":null"));
}

static i64 exports_noted(void)
{
    i64 count = 0;
    assert_ok(db_i64(app->db,
                     SQL("SELECT COUNT(*) AS n FROM audits WHERE org_id = :org AND act ="
                         " 'things.exported' AND object = 'things' AND after_text = '?sort=id'"),
                     &count));
    return count;
}

static void csv_cells_cannot_be_formulas(void **state)
{
    (void)state;
    things_add(10);
    struct test_answer a = test_get(app, "/things.csv?sort=id");
    assert_int_equal(a.status, 200);
    assert_true(str_starts(a.body, str_of("\xEF\xBB\xBF")));
    i64 lines = 0;
    for (size_t i = 0; i < a.body.len; i++)
        lines += a.body.ptr[i] == '\n';
    assert_int_equal(lines, 11);
    assert_true(test_has(&a, "\r\nbeta,办理中,"));
    assert_true(test_has(&a, "案由,状态,"));
    assert_true(test_has(&a, ",重大\r\n"));
    assert_true(str_find(test_header_of(&a, "Content-Disposition"),
                         str_of("%E4%BA%8B%E9%A1%B9-2026-11-25.csv"), 0) > 0);
    assert_true(test_has(&a, "\r\n'=1+1,"));
    assert_false(test_has(&a, "\n=1+1"));
    assert_true(test_has(&a, "\r\n\"gamma,\"\"x\"\"\","));
    assert_true(test_has(&a, "堃昇喆\U00020164"));
    assert_true(str_find(test_header_of(&a, "Content-Disposition"), str_of("attachment"), 0) >= 0);
    assert_int_equal(exports_noted(), 1);
    a = test_get(app, "/things.xlsx?state=done");
    assert_int_equal(a.status, 200);
    assert_true(str_starts(a.body, str_of("PK")));
    a = test_get(app, "/things.csv?nonsense=1");
    assert_int_equal(a.status, 422);
}

/* What cannot be noted does not leave. */
static void no_export_without_its_entry(void **state)
{
    (void)state;
    thing_add(app->org, 1);
    lanes_fail_commit(app->app.lanes, 0);
    struct test_answer a = test_get(app, "/things.csv?sort=id");
    assert_int_equal(a.status, 503);
    assert_false(test_has(&a, "beta"));
    assert_int_equal(exports_noted(), 0);
    assert_int_equal(test_get(app, "/things.csv?sort=id").status, 200);
    assert_int_equal(exports_noted(), 1);
}

static void views_are_saved_per_account(void **state)
{
    (void)state;
    struct test_answer a =
        test_post(app, "/things/views", "name", "mine", "query", "?state=done&sort=weight", NULL);
    assert_int_equal(a.status, 303);
    a = test_post(app, "/things/views", "name", "mine", "query", "state=open", NULL); /* replaced */
    assert_int_equal(a.status, 303);
    a = test_get(app, "/things");
    assert_true(test_has(&a, "mine"));
    assert_true(str_is(test_link(app, &a, "mine"), "/things?state=open"));
    a = test_post(app, "/things/views", "name", "bad", "query", "nonsense=1", NULL);
    assert_int_equal(a.status, 422);
    struct actor *other = test_as_role(app, "staff");
    other->account_id = 101;
    a = test_get(app, "/things");
    assert_false(test_has(&a, "mine"));
    struct rq rq = test_system_rq(app);
    struct rows rows;
    struct actor owner = *other;
    owner.account_id = 100;
    rq.actor = &owner;
    assert_ok(list_views(&rq, &THINGS, &rows));
    assert_int_equal(rows.count, 1);
    char path[100];
    snprintf(path, sizeof path, "/things/views/%lld/remove",
             (long long)((struct list_view *)rows.items)[0].id);
    a = test_post(app, path, NULL);
    assert_int_equal(a.status, 404); /* another account's */
    test_as(app, &owner);
    a = test_post(app, path, NULL);
    assert_int_equal(a.status, 303);
    assert_ok(list_views(&rq, &THINGS, &rows));
    assert_int_equal(rows.count, 0);
}

/* The same by the API; what is saved there stands on the page. */
static void views_are_kept_by_the_api(void **state)
{
    (void)state;
    static const char URL[] = "/api/v1/things/views";
    struct test_answer a =
        test_api(app, POST, URL,
                 "{\"name\":\"mine\",\"query\":\"?state=done&after=&sort=weight\"}");
    assert_int_equal(a.status, 201);
    assert_true(str_is(test_json(app, &a, "query"), "state=done&sort=weight"));
    const char *id = arena_cstr(app->mem, test_json(app, &a, "id"));
    a = test_get(app, "/things");
    assert_true(str_is(test_link(app, &a, "mine"), "/things?state=done&sort=weight"));
    a = test_api(app, POST, URL, "{\"name\":\"mine\",\"query\":\"state=open\"}"); /* replaced */
    assert_true(str_is(test_json(app, &a, "id"), id));
    a = test_api(app, GET, URL, NULL);
    assert_true(str_is(test_json(app, &a, "items.0.name"), "mine"));
    assert_true(str_is(test_json(app, &a, "items.0.query"), "state=open"));
    assert_true(str_is(test_json(app, &a, "items.1.id"), ""));
    static const char *const ODD[] = { "{\"name\":\"\",\"query\":\"\"}",
                                       "{\"name\":\"x\",\"query\":\"nonsense=1\"}",
                                       "{\"name\":\"012345678901234567890\"}", "{}" };
    for (size_t i = 0; i < sizeof ODD / sizeof *ODD; i++)
        assert_int_equal(test_api(app, POST, URL, ODD[i]).status, 422);
    const char *gone = arena_printf(app->mem, "%s/%s/remove", URL, id).ptr;
    test_as_role(app, "staff")->account_id = 101;
    a = test_api(app, GET, URL, NULL);
    assert_true(test_has(&a, "\"items\":[]")); /* another account's */
    assert_int_equal(test_api(app, POST, gone, NULL).status, 404);
    test_as_role(app, "staff")->account_id = 100;
    assert_int_equal(test_api(app, POST, gone, NULL).status, 200);
    assert_int_equal(test_api(app, POST, gone, NULL).status, 404);
}

static void the_page_shows_rows_and_links(void **state)
{
    (void)state;
    things_add(60);
    struct test_answer a = test_get(app, "/things?state=open&weight_from=1");
    assert_int_equal(a.status, 200);
    assert_true(test_has(&a, "<table class=\"tbl\">"));
    assert_true(test_has(&a, "value=\"open\" selected>办理中"));
    assert_true(test_has(&a, "<option value=\"big\">重大"));
    assert_true(test_has(&a, "状态：办理中"));
    assert_true(test_has(&a, "data-l=\"状态\" class=\"word\">办理中"));
    assert_true(test_has(&a, "href=\"/things.xlsx?state=open&amp;weight_from=1\""));
    assert_true(test_has(&a, "href=\"/things?state=open&amp;weight_from=1&amp;sort=title\""));
    assert_true(
        test_has(&a, "href=\"/things?weight_from=1\"")); /* the chip that leaves the state out */
    assert_true(test_has(&a, "=1+1</a>"));
    a = test_get(app, "/things");
    assert_true(test_has(&a, "rel=\"next\""));
    a = test_get(app, "/things?title=none");
    assert_true(test_has(&a, "class=\"empty\""));
}

/* The filters that do not stand in sight are drawn when they are asked for or one is in force, and
 * no page of the list forgets the question over them. */
static void further_filters_show_when_wanted(void **state)
{
    (void)state;
    things_add(60);
    struct test_answer a = test_get(app, "/things?state=open");
    assert_false(test_has(&a, "name=\"secret\""));
    assert_true(test_has(&a, "href=\"/things?state=open&amp;more=1\""));
    a = test_get(app, "/things?state=open&more=1");
    assert_int_equal(a.status, 200);
    assert_true(test_has(&a, "name=\"due_on_from\""));
    assert_false(test_has(&a, "更多条件</a>"));
    assert_true(test_has(&a, "value=\"open\" selected>办理中"));
    a = test_get(app, "/things?due_on_from=2026-01-01");
    assert_true(test_has(&a, "name=\"due_on_from\" type=\"date\" value=\"2026-01-01\""));
    a = test_get(app, "/api/v1/things?more=1");
    assert_int_equal(a.status, 422); /* not a word of the list's questions */
}

static i64 page_ns(struct rq *rq, const struct list_query *query)
{
    i64 best = INT64_MAX;
    for (int i = 0; i < 7; i++) {
        struct list_result out;
        struct arena_mark mark = arena_mark(rq->mem);
        i64 from = clock_steady_ns();
        assert_ok(list_page(rq, &THINGS, query, &out));
        i64 took = clock_steady_ns() - from;
        assert_int_equal(out.rows.count, 50);
        best = took < best ? took : best;
        arena_reset_to(rq->mem, mark);
    }
    return best;
}

/* Page 1,000 of 60,000 rows costs what page 1 costs: by id, by a column with ties, with empty
 * values. */
static void depth_costs_nothing(void **state)
{
    (void)state;
    struct rq rq = test_system_rq(app);
    i64 first_id;
    assert_ok(db_run(app->db,
                     SQL("INSERT INTO things (org_id, owner_id, title, state, weight, made_a"
                         "t, flagship, secret) "
                         "SELECT :org, 1, 'x', 'open', NULLIF(g.n / 20, 0), g.n, 0, '' FROM "
                         "(WITH RECURSIVE r (n) AS "
                         "(SELECT 1 AS n UNION ALL SELECT n + 1 FROM r WHERE n < 60000) SELE"
                         "CT n FROM r) g"),
                     NULL));
    assert_ok(db_i64(app->db,
                     SQL("SELECT MIN(id) AS n FROM things WHERE org_id = :org"
                         ""),
                     &first_id));
    assert_ok(
        db_run(app->db, SQL("ANALYZE things"), NULL)); /* as a database does by itself in time */
    static const char *const SORTS[] = { "id", "-id", "weight", "-weight" };
    for (size_t i = 0; i < 4; i++) {
        struct list_query query;
        char text[40];
        bool down = SORTS[i][0] == '-', weight = i >= 2;
        snprintf(text, sizeof text, "sort=%s", SORTS[i]);
        assert_ok(list_parse_text(&rq, &THINGS, str_of(text), &query));
        i64 first = page_ns(&rq, &query), row = down ? 10000 : 50000;
        struct list_cursor deep = { .set = true, .key = first_id + row - 1 };
        deep.value = weight ? arena_printf(rq.mem, "%lld", (long long)(row / 20)) : str_of("");
        query.after = list_cursor_text(rq.mem, &deep);
        i64 later = page_ns(&rq, &query);
        print_message("%-8s page 1 %lld us, page 1000 %lld us"
                      "\n",
                      SORTS[i], (long long)first / 1000, (long long)later / 1000);
        assert_true(later < 3 * first + 1000000);
    }
}

/* However many are asked, each is answered, a bounded number stays prepared, and one that had to go
 * is made again. */
static void combinations_are_bounded(void **state)
{
    (void)state;
    things_add(30);
    struct rq rq = test_system_rq(app);
    static const char *const PARTS[] = { "title=alpha",
                                         "state=open",
                                         "weight=1",
                                         "weight_from=0",
                                         "weight_to=4",
                                         "due_on=2024-10-05",
                                         "due_on_from=2024-01-01",
                                         "made_at_from=2026-01-01",
                                         "flagship=1",
                                         "secret=s1" };
    static const char *const SORTS[] = { "id", "-title" };
    static i64 totals[1024];
    for (int sort = 0; sort < 2; sort++)
        for (int bits = 0; bits < 1024; bits++) {
            char query[400];
            int n = snprintf(query, sizeof query, "sort=%s", SORTS[sort]);
            for (int i = 0; i < 10; i++)
                if (bits & 1 << i)
                    n += snprintf(query + n, sizeof query - (size_t)n, "&%s", PARTS[i]);
            struct arena_mark mark = arena_mark(rq.mem);
            i64 total = ask(&rq, query).total;
            arena_reset_to(rq.mem, mark);
            if (sort == 0)
                totals[bits] = total;
            assert_int_equal(total, totals[bits]);
        }
    assert_int_equal(db_made_kept(rq.db), DB_MADE_MAX);
    assert_int_equal(ask(&rq, "sort=id").total, totals[0]);
    static i64 brute[1024];
    for (i64 n = 1; n <= 30; n++)
        for (int bits = 0; bits < 1024; bits++) {
            bool has = n % 7 != 0, due = n % 4 != 0;
            bool fits[10] = { n % 5 == 0, n % 3 != 0, has && n % 5 == 1,
                              has,        has,        due && n == 1,
                              due,        true,       n % 2 == 1,
                              n % 2 == 1 };
            bool all = true;
            for (int i = 0; i < 10; i++)
                all = all && (!(bits & 1 << i) || fits[i]);
            brute[bits] += all;
        }
    for (int bits = 0; bits < 1024; bits++)
        assert_int_equal(totals[bits], brute[bits]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(pages_go_both_ways_over_ties_and_empty_values,
                                        things_set_up, things_tear_down),
        cmocka_unit_test_setup_teardown(the_page_before_the_first_is_the_first, things_set_up,
                                        things_tear_down),
        cmocka_unit_test_setup_teardown(filters_choose_rows, things_set_up, things_tear_down),
        cmocka_unit_test_setup_teardown(unknown_names_and_bad_values_are_faults, things_set_up,
                                        things_tear_down),
        cmocka_unit_test_setup_teardown(long_questions_are_answered, things_set_up,
                                        things_tear_down),
        cmocka_unit_test_setup_teardown(one_question_is_one_statement_however_typed, things_set_up,
                                        things_tear_down),
        cmocka_unit_test_setup_teardown(scopes_and_permissions_narrow, things_set_up,
                                        things_tear_down),
        cmocka_unit_test_setup_teardown(one_row_is_found_by_whom_it_is_shown_to, things_set_up,
                                        things_tear_down),
        cmocka_unit_test_setup_teardown(counts_are_capped, things_set_up, things_tear_down),
        cmocka_unit_test_setup_teardown(json_has_all_kinds, things_set_up, things_tear_down),
        cmocka_unit_test_setup_teardown(no_export_without_its_entry, things_set_up,
                                        things_tear_down),
        cmocka_unit_test_setup_teardown(csv_cells_cannot_be_formulas, things_set_up,
                                        things_tear_down),
        cmocka_unit_test_setup_teardown(views_are_saved_per_account, things_set_up,
                                        things_tear_down),
        cmocka_unit_test_setup_teardown(views_are_kept_by_the_api, things_set_up, things_tear_down),
        cmocka_unit_test_setup_teardown(the_page_shows_rows_and_links, things_set_up,
                                        things_tear_down),
        cmocka_unit_test_setup_teardown(further_filters_show_when_wanted, things_set_up,
                                        things_tear_down),
        cmocka_unit_test_setup_teardown(depth_costs_nothing, things_set_up, things_tear_down),
        cmocka_unit_test_setup_teardown(combinations_are_bounded, things_set_up, things_tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
