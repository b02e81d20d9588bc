/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Search, relevance and likeness on a database, both engines, two organisations. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "embed.h"
#include "platform/text/fold.h"
#include "platform/text/text.h"
#include "tests/harness/test_db.h"

static struct arena *mem;
static struct db *db;
static struct rq rq;

static int setup(void **state)
{
    (void)state;
    static const struct db_schema SCHEMAS[] = { { "text", text_schema }, { 0 } };
    mem = arena_new(64 << 20, 0);
    for (const struct embed_file *f = embed_data; f->name; f++)
        if (str_is(str_of("text/traditional.txt"), f->name))
            fold_load(mem, (str){ (const char *)f->data, f->size });
    db = test_db_open(SCHEMAS);
    db_set_org(db, 1);
    rq = (struct rq){ .mem = mem, .db = db, .now_ms = 1 };
    assert_int_equal(db_begin(db).code, ERR_NONE);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    db_rollback(db);
    test_db_close(db);
    arena_free(mem);
    return 0;
}

static void add(i64 id, const char *title, const char *body)
{
    assert_int_equal(text_index(&rq, "proposals", id, str_of(title), str_of(body)).code, ERR_NONE);
}

/* The item ids found, as "3 1", newest first or best first. */
static const char *found(const char *words, bool best)
{
    struct rows rows;
    struct text_query q = { .collection = "proposals", .words = str_of(words), .limit = 20 };
    err e = best ? text_search_best(&rq, &q, &rows) : text_search(&rq, &q, &rows);
    assert_int_equal(e.code, ERR_NONE);
    struct buf *b = buf_new(mem, 1000);
    const struct text_hit *hits = rows.items;
    for (size_t i = 0; i < rows.count; i++)
        buf_printf(b, "%s%lld", i ? " " : "", (long long)hits[i].item_id);
    return arena_cstr(mem, buf_str(b));
}

static void finds_every_true_hit_and_nothing_else(void **state)
{
    (void)state;
    add(1, "关于加强临沧市停车管理的提案", "老城区停车难，5G网络覆盖不足。Null island");
    add(2, "關於臨滄茶葉市場的提案", "茶叶市场没有停车场。");
    add(3, "关于临近沧江的提案", "与临江的村庄有关。停、车。");
    static const struct {
        const char *words, *ids;
    } CASES[] = {
        { "临沧", "2 1" },       { "臨滄", "2 1" },   { "停车", "2 1" },
        { "停车 茶叶", "2" },    { "提案", "3 2 1" }, { "沧江", "3" },
        { "沧", "3 2 1" },       { "５ｇ网络", "1" }, { "临沧市停车管理", "1" },
        { "临沧停车", "" },      { "null", "1" },     { "NULL Island", "1" },
        { "nul", "" },           { "", "" },          { "，。", "" },
        { "\"临沧\" OR x", "" }, { "停、车", "3" },   { "不存在", "" },
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++)
        assert_string_equal(found(CASES[i].words, false), CASES[i].ids);
}

static void a_changed_text_is_found_by_its_new_words_only(void **state)
{
    (void)state;
    add(1, "旧标题", "旧正文");
    add(1, "新标题", "新正文");
    assert_string_equal(found("旧标", false), "");
    assert_string_equal(found("新标", false), "1");
    assert_string_equal(found("标题", false), "1");
    assert_int_equal(text_remove(&rq, "proposals", 1).code, ERR_NONE);
    assert_int_equal(text_remove(&rq, "proposals", 1).code, ERR_NONE);
    assert_string_equal(found("标题", false), "");
}

static err one_text(struct rq *r, i64 after, i64 limit, struct rows *out)
{
    static struct text_document doc;
    (void)r;
    assert_true(limit > 0);
    doc = (struct text_document){ 7, str_of("茶叶市场"), str_of("停车") };
    *out = (struct rows){ &doc, after < 7, sizeof doc };
    return OK;
}

/* What stands in the index and nowhere else goes away, what is missing in it comes. */
static void an_index_built_anew_holds_what_the_texts_say(void **state)
{
    (void)state;
    const struct text_source source = { "proposals", one_text };
    add(1, "已经没有的提案", "停车");
    add(7, "旧标题", "旧正文");
    db_set_org(db, 2);
    add(1, "乙地停车", "正文");
    db_set_org(db, 1);
    assert_int_equal(text_clear(&rq).code, ERR_NONE);
    assert_string_equal(found("停车", false), "");
    i64 after = 0;
    do
        assert_int_equal(text_reindex(&rq, &source, &after).code, ERR_NONE);
    while (after);
    assert_string_equal(found("停车", false), "7");
    assert_string_equal(found("旧正文", false), "");
    db_set_org(db, 2);
    assert_string_equal(found("停车", false), "");
}

static void another_organisation_and_collection_are_never_seen(void **state)
{
    (void)state;
    add(1, "甲地停车", "正文");
    db_set_org(db, 2);
    add(2, "乙地停车", "正文");
    assert_string_equal(found("停车", false), "2");
    assert_string_equal(found("停车", true), "2");
    db_set_org(db, 1);
    assert_int_equal(text_index(&rq, "letters", 9, str_of("停车"), str_of("信")).code, ERR_NONE);
    assert_string_equal(found("停车", false), "1");
    struct rows twins;
    struct twin_query q = { .collection = "proposals", .title = str_of("停车"), .limit = 5 };
    assert_int_equal(text_twins(&rq, &q, &twins).code, ERR_NONE);
    assert_int_equal(twins.count, 1);
    assert_int_equal(((struct twin *)twins.items)[0].item_id, 1);
}

static void relevance_prefers_titles_and_falls_back_to_some_words(void **state)
{
    (void)state;
    add(1, "关于公园绿化的提案", "附带提到停车一次。");
    add(2, "关于停车的提案", "停车难，停车乱。");
    add(3, "关于养老的提案", "老人食堂。");
    assert_string_equal(found("停车", true), "2 1");
    assert_string_equal(found("停车养老食堂", true), "3 2 1");
}

static void pages_go_on_where_the_last_ended(void **state)
{
    (void)state;
    for (i64 i = 1; i <= 5; i++)
        add(i, "停车", "正文");
    struct rows rows;
    struct text_query q = { .collection = "proposals", .words = str_of("停车"), .limit = 2 };
    assert_int_equal(text_search(&rq, &q, &rows).code, ERR_NONE);
    const struct text_hit *hits = rows.items;
    assert_int_equal(hits[1].item_id, 4);
    q.before = hits[1].doc_id;
    assert_int_equal(text_search(&rq, &q, &rows).code, ERR_NONE);
    hits = rows.items;
    assert_int_equal(rows.count, 2);
    assert_int_equal(hits[0].item_id, 3);
}

static void twins_are_ranked_by_likeness(void **state)
{
    (void)state;
    add(1, "关于在老城区增设停车场的提案", "老城区车位紧张，建议利用闲置地块建设立体停车场。");
    add(2, "关于老城区停车场建设的建议", "老城区车位严重紧张，应利用空地建设立体停车场。");
    add(3, "关于发展茶产业的提案", "茶叶加工企业规模小，建议扶持龙头企业。");
    struct rows twins;
    struct twin_query q = { .collection = "proposals",
                            .self_id = 1,
                            .title = str_of("关于在老城区增设停车场的提案"),
                            .body = str_of("老城区车位紧张，建议利用闲置地块建设立体停车场。"),
                            .limit = 5 };
    assert_int_equal(text_twins(&rq, &q, &twins).code, ERR_NONE);
    const struct twin *t = twins.items;
    assert_true(twins.count >= 1);
    assert_int_equal(t[0].item_id, 2);
    i64 degree = t[0].degree;
    assert_true(twins.count == 1 || t[1].degree < degree);
    q.self_id = 0;
    assert_int_equal(text_twins(&rq, &q, &twins).code, ERR_NONE);
    t = twins.items;
    assert_int_equal(t[0].item_id, 1);
    assert_true(t[0].degree >= 99);
    assert_int_equal(t[1].item_id, 2);
    assert_int_equal(t[1].degree, degree);
}

/* Candidates come by one at a time: long texts are compared in the memory of a small request. */
static void long_texts_do_not_fill_the_request(void **state)
{
    (void)state;
    enum { LONG = 40000, DOCS = 48 };
    struct buf *filler = buf_new(mem, 1 << 20);
    while (filler->len < LONG)
        buf_put(filler, "茶叶加工");
    for (i64 id = 1; id <= DOCS; id++)
        add(id, id % 5 == 1 ? "老城区停车场" : "茶", buf_str(filler).ptr);
    struct arena *small = arena_new(400 << 10, 64 << 20);
    struct rq usual = rq;
    rq.mem = small;
    struct rows rows;
    const struct text_query best = { .collection = "proposals",
                                     .words = str_of("茶叶"),
                                     .limit = 20 };
    assert_int_equal(text_search_best(&rq, &best, &rows).code, ERR_NONE);
    assert_int_equal(rows.count, 20);
    const struct twin_query like = { .collection = "proposals",
                                     .title = str_of("老城区停车场"),
                                     .body = str_of("茶叶加工"),
                                     .limit = 5 };
    assert_int_equal(text_twins(&rq, &like, &rows).code, ERR_NONE);
    assert_int_equal(rows.count, 5);
    assert_int_equal(((const struct twin *)rows.items)->item_id % 5, 1);
    assert_false(arena_is_over(small));
    rq = usual;
    arena_free(small);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(finds_every_true_hit_and_nothing_else, setup, teardown),
        cmocka_unit_test_setup_teardown(a_changed_text_is_found_by_its_new_words_only, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(an_index_built_anew_holds_what_the_texts_say, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(another_organisation_and_collection_are_never_seen, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(relevance_prefers_titles_and_falls_back_to_some_words,
                                        setup, teardown),
        cmocka_unit_test_setup_teardown(pages_go_on_where_the_last_ended, setup, teardown),
        cmocka_unit_test_setup_teardown(twins_are_ranked_by_likeness, setup, teardown),
        cmocka_unit_test_setup_teardown(long_texts_do_not_fill_the_request, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
