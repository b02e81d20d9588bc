/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Words asked of a list: with filters, sort and paging, in few rows and in many, and that all ways
 * of finding them agree. HUOTANG_TEST_DB. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "platform/base/str.h"
#include "platform/list/tests/things.h"
#include "platform/text/text.h"
#include "tests/harness/test_err.h"

/* ?q= narrows with filters, sort and paging; words that say nothing find nothing. */
static void search_narrows(void **state)
{
    (void)state;
    struct list searched = THINGS;
    struct list_query query;
    struct list_result r;
    struct rq rq = test_system_rq(app);
    i64 first_id;
    searched.search = "things";
    things_add(30);
    assert_ok(
        db_i64(app->db, SQL("SELECT MIN(id) AS n FROM things WHERE org_id = :org"), &first_id));
    assert_ok(db_begin(app->db));
    for (i64 n = 1; n <= 30; n++)
        assert_ok(text_index(&rq, "things", first_id + (n - 1) * 2,
                             str_of(n % 2 ? "停车位建设" : "加装电梯"),
                             str_of(n % 5 ? "老旧小区" : "临沧市 老旧小区")));
    assert_ok(db_commit(app->db));
    static const struct {
        const char *query;
        i64 total;
    } CASES[] = { { "q=%E5%81%9C%E8%BD%A6", 15 },                       /* 停车: odd numbers */
                  { "q=%E5%81%9C%E8%BD%A6+%E4%B8%B4%E6%B2%A7", 3 },     /* and 临沧: 5, 15, 25 */
                  { "q=%E5%81%9C%E8%BD%A6&state=done&sort=weight", 5 }, /* 3, 9, 15, 21, 27 */
                  { "q=%E6%B2%A1%E6%9C%89", 0 },
                  { "q=%EF%BC%8C", 0 },
                  { "q=+&state=done", 10 } };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        assert_ok(list_parse_text(&rq, &searched, str_of(CASES[i].query), &query));
        query.limit = 2;
        assert_ok(list_page(&rq, &searched, &query, &r));
        assert_int_equal(r.total, CASES[i].total);
        i64 seen = (i64)r.rows.count;
        while (r.next.len) {
            query.after = r.next;
            assert_ok(list_page(&rq, &searched, &query, &r));
            seen += (i64)r.rows.count;
        }
        assert_int_equal(seen, CASES[i].total);
    }
}

/* Keys of the rows that a way of searching finds, newest first. */
static struct rows found_by(struct rq *rq, const struct list *list, const struct list_query *query,
                            enum list_seek seek)
{
    struct list_statement s;
    struct list_ask ask = { .rq = rq,
                            .list = list,
                            .query = query,
                            .want = WANT_PAGE,
                            .descending = true,
                            .seek = seek,
                            .limit = 1000 };
    assert_ok(list_statement(&ask, &s));
    struct rows rows = { .size = s.size };
    assert_ok(db_list(rq->db, s.sql, s.map, rq->mem, &rows));
    return rows;
}

/* A text of few different characters, so that words repeat: Han, marks, other letters. */
static str random_text(struct rq *rq, uint64_t *state, size_t chars)
{
    static const char *const SIGNS[] = { "停", "车", "市", "场", "，", " ", "a", "B", "7", "・" };
    struct buf *b = buf_new(rq->mem, 1000);
    for (size_t i = 0; i < chars; i++) {
        *state = *state * 6364136223846793005u + 1442695040888963407u;
        buf_put(b, SIGNS[(*state >> 33) % (sizeof SIGNS / sizeof *SIGNS)]);
    }
    return buf_str(b);
}

/* Looking at each row, at the nearest, and asking the index find the same rows. */
static void ways_of_searching_agree(void **state)
{
    (void)state;
    struct list searched = THINGS;
    struct rq rq = test_system_rq(app);
    uint64_t random = 20260101;
    size_t walked = 0;
    i64 first_id;
    searched.search = "things";
    things_add(200);
    assert_ok(
        db_i64(app->db, SQL("SELECT MIN(id) AS n FROM things WHERE org_id = :org"), &first_id));
    assert_ok(db_begin(app->db));
    for (i64 n = 1; n <= 200; n++)
        assert_ok(text_index(&rq, "things", first_id + (n - 1) * 2, random_text(&rq, &random, 8),
                             random_text(&rq, &random, 30)));
    assert_ok(db_commit(app->db));
    for (int i = 0; i < 500; i++) {
        struct list_query query = { .q = random_text(&rq, &random, 1 + (size_t)i % 5) };
        struct text_terms terms = text_terms_of(&rq, "things", query.q);
        if (!terms.walkable)
            continue;
        struct rows index = found_by(&rq, &searched, &query, SEEK_INDEX);
        for (enum list_seek seek = SEEK_EACH; seek <= SEEK_NEAR; seek++) {
            struct rows other = found_by(&rq, &searched, &query, seek);
            assert_int_equal(other.count, index.count);
            for (size_t r = 0; r < index.count; r++)
                assert_int_equal(((const struct thing *)(const void *)((const char *)other.items +
                                                                       r * other.size))
                                     ->id,
                                 ((const struct thing *)(const void *)((const char *)index.items +
                                                                       r * index.size))
                                     ->id);
        }
        walked += index.count > 0;
    }
    if (db_engine(app->db) == DB_SQLITE)
        assert_in_range(walked, 50, 500);
}

/* Every row of a question with words, page by page; what the last page said of their number. */
static i64 pages_of(struct rq *rq, const struct list *list, const char *question, i64 *total)
{
    char after[400];
    struct list_query query;
    struct list_result r;
    i64 seen = 0;
    assert_ok(list_parse_text(rq, list, str_of(question), &query));
    query.limit = 200;
    do {
        struct arena_mark mark = arena_mark(rq->mem);
        assert_ok(list_page(rq, list, &query, &r));
        seen += (i64)r.rows.count;
        *total = r.total;
        snprintf(after, sizeof after, "%.*s", (int)r.next.len, r.next.ptr);
        arena_reset_to(rq->mem, mark);
        query.after = str_of(after);
    } while (query.after.len);
    return seen;
}

/* In more rows than are counted: frequent words by the nearest rows, rare ones by the index, and
 * every page leads to the next. PostgreSQL always asks its index, which needs no crowd. */
static void words_are_found_among_many_rows(void **state)
{
    (void)state;
    bool walks = db_engine(app->db) == DB_SQLITE;
    i64 many = walks ? 10300 : 300, id, total;
    struct list searched = THINGS;
    struct rq rq = test_system_rq(app);
    searched.search = "things";
    assert_ok(db_begin(app->db));
    for (i64 n = 1; n <= many; n++) {
        thing_add(app->org, n);
        assert_ok(db_i64(app->db, SQL("SELECT MAX(id) AS n FROM things WHERE org_id = :org"), &id));
        assert_ok(text_index(&rq, "things", id, str_of(n % 2 ? "停车" : "电梯"),
                             str_of(n % 100 ? "小区" : "足球")));
    }
    assert_ok(db_commit(app->db));
    const struct {
        const char *query;
        i64 seen;
    } cases[] = { { "q=停车", many / 2 },
                  { "q=停车&state=done", (many + 3) / 6 }, /* 3, 9, 15 … */
                  { "q=足球", many / 100 },
                  { "q=足球 电梯&sort=weight", many / 100 },
                  { "q=足球 停车", 0 } };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_int_equal(pages_of(&rq, &searched, cases[i].query, &total), cases[i].seen);
        assert_int_equal(total, walks && i == 0 ? 1001 : cases[i].seen);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(search_narrows, things_set_up, things_tear_down),
        cmocka_unit_test_setup_teardown(ways_of_searching_agree, things_set_up, things_tear_down),
        cmocka_unit_test_setup_teardown(words_are_found_among_many_rows, things_set_up,
                                        things_tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
