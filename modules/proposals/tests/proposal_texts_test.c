/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What is pasted from Word into a proposal is kept tidy, so that text, digest, versions and papers
 * say the same, whether it came by the page, by autosaving or by the API. What tidying does:
 * platform/text/tests/tidy_test.c. */
#include "modules/proposals/tests/desk.h"

static const char PASTED[] =
    "　　近年来，停车难突出。\r\n\uF0B7\t车位不足\u200B\r\n\r\n\r\n\r\n\r\n“𠮷田路”——  ";
static const char CLEAN[] = "近年来，停车难突出。\n• 车位不足\n\n\n“𠮷田路”——";
static const char SUGGESTION[] = "\uFEFF　建设停车楼\v（三年内）\u202E";
static const char SUGGESTED[] = "建设停车楼\n（三年内）";

static struct test_answer send(struct desk *d, i64 id, const char *what)
{
    str path = arena_printf(d->t->mem, "/proposals/%lld/%s", (long long)id, what);
    str version = arena_printf(d->t->mem, "%lld", (long long)desk_load(d, id).version);
    return test_post(d->t, path.ptr, "version", version.ptr, "title", "停车难", "situation", PASTED,
                     "analysis", PASTED, "suggestions", SUGGESTION, "researched", "1", "research",
                     PASTED, "consent", "yes", NULL);
}

static void is_tidy(struct desk *d, i64 id)
{
    struct proposal p = desk_load(d, id);
    strs suggestions;
    assert_ok(proposal_store_list_suggestions(d->t->db, id, d->t->mem, &suggestions));
    desk_same(p.situation, CLEAN);
    desk_same(p.analysis, CLEAN);
    desk_same(p.research, CLEAN);
    assert_int_equal(suggestions.count, 1);
    desk_same(suggestions.items[0], SUGGESTED);
    if (p.digest.len)
        desk_same(p.digest, arena_cstr(d->t->mem, proposal_digest(d->t->mem, &p, &suggestions)));
}

static void what_word_leaves_is_not_kept(void **state)
{
    struct desk *d = *state;
    i64 id = desk_draft(d, "停车难");
    assert_int_equal(send(d, id, "autosave").status, 200);
    is_tidy(d, id);
    assert_int_equal(send(d, id, "edit").status, 303);
    is_tidy(d, id);
    struct buf *json = buf_new(d->t->mem, 4096);
    buf_printf(json,
               "{\"version\":%lld,\"title\":\"停车难\",\"consent\":\"yes\",\"researched\":true",
               (long long)desk_load(d, id).version);
    static const char *const PARTS[] = { "situation", "analysis", "research" };
    for (size_t i = 0; i < 3; i++) {
        buf_printf(json, ",\"%s\":", PARTS[i]);
        buf_put_json(json, str_of(PASTED));
    }
    buf_put(json, ",\"suggestions\":[");
    buf_put_json(json, str_of(SUGGESTION));
    buf_put(json, "]}");
    str path = arena_printf(d->t->mem, "/api/v1/proposals/%lld", (long long)id);
    assert_int_equal(test_api(d->t, PUT, path.ptr, arena_cstr(d->t->mem, buf_str(json))).status,
                     200);
    is_tidy(d, id);
    assert_int_equal(desk_act(d, id, "submit", "{\"confirmed\":true}"), 200);
    assert_true(desk_load(d, id).digest.len > 0);
    is_tidy(d, id); /* and the digest is that of the text that is kept */
    struct test_answer a = desk_page(d, "/proposals/", id, "/versions");
    assert_true(desk_has(&a, "“𠮷田路”——"));
    assert_false(desk_has(&a, "\uF0B7") || desk_has(&a, "\u200B") || desk_has(&a, "\u202E"));
}

#define T(test_) cmocka_unit_test_setup_teardown(test_, desk_setup, desk_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(what_word_leaves_is_not_kept),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
