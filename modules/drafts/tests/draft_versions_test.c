/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What is kept of a text: two savers, autosaves, versions and who sees them. Both engines. */
#include "modules/proposals/tests/desk_look.h"

/* ---- two savers ---- */

static void a_save_in_between_is_a_conflict_with_both_texts(void **state)
{
    struct desk *d = *state;
    i64 id = desk_draft(d, "First words");
    str path = arena_printf(d->t->mem, "/api/v1/proposals/%lld", (long long)id);
    i64 version = desk_load(d, id).version;
    str mine = arena_printf(d->t->mem, "{\"version\":%lld,\"title\":\"On the phone\"}",
                            (long long)version);
    str theirs =
        arena_printf(d->t->mem, "{\"version\":%lld,\"title\":\"On the desk\"}", (long long)version);
    assert_int_equal(test_api(d->t, PUT, path.ptr, theirs.ptr).status, 200);
    struct test_answer a = test_api(d->t, PUT, path.ptr, mine.ptr);
    assert_int_equal(a.status, 409);
    desk_same(test_json(d->t, &a, "code"), "proposals.version");
    desk_same(test_json(d->t, &a, "fields.title"), "On the desk");
    desk_same(desk_load(d, id).title, "On the desk");
    mine =
        arena_printf(d->t->mem, "{\"version\":%.*s,\"title\":\"On the phone\"}",
                     (int)test_json(d->t, &a, "version").len, test_json(d->t, &a, "version").ptr);
    assert_int_equal(test_api(d->t, PUT, path.ptr, mine.ptr).status, 200); /* knowingly */
    desk_same(desk_load(d, id).title, "On the phone");
}

static void autosaves_of_five_minutes_share_a_version(void **state)
{
    struct desk *d = *state;
    i64 id = desk_draft(d, "Typing"), count = 0;
    const char *path = arena_printf(d->t->mem, "/proposals/%lld/autosave", (long long)id).ptr;
    for (int i = 0; i < 5; i++) {
        d->t->app.clock.fixed_ms += 10000;
        str version = arena_printf(d->t->mem, "%lld", (long long)desk_load(d, id).version);
        struct test_answer a =
            test_post(d->t, path, "version", version.ptr, "title", "Typing on", NULL);
        assert_int_equal(a.status, 200);
        assert_true(test_json(d->t, &a, "saved_at").len > 0);
    }
    assert_ok(db_i64(
        d->t->db,
        SQL("SELECT count(*) AS n FROM proposal_versions WHERE org_id = :org AND proposal_id = :id",
            P(id)),
        &count));
    assert_int_equal(count, 2); /* the begin and the last of the five */
    d->t->app.clock.fixed_ms += 6 * 60000;
    str version = arena_printf(d->t->mem, "%lld", (long long)desk_load(d, id).version);
    assert_int_equal(
        test_post(d->t, path, "version", version.ptr, "title", "Much later", NULL).status, 200);
    assert_ok(db_i64(
        d->t->db,
        SQL("SELECT count(*) AS n FROM proposal_versions WHERE org_id = :org AND proposal_id = :id",
            P(id)),
        &count));
    assert_int_equal(count, 3);
    struct test_answer a = test_post(d->t, path, "version", "1", "title", "Old", NULL);
    assert_int_equal(a.status, 409);
    desk_same(test_json(d->t, &a, "fields.title"), "Much later");
}

/* ---- versions ---- */

static void save(struct desk *d, i64 id, const char *title)
{
    str path = arena_printf(d->t->mem, "/proposals/%lld/autosave", (long long)id);
    str version = arena_printf(d->t->mem, "%lld", (long long)desk_load(d, id).version);
    assert_int_equal(test_post(d->t, path.ptr, "version", version.ptr, "title", title, "situation",
                               "S.", "analysis", "A.", "suggestions", "One.", "consent", "yes",
                               NULL)
                         .status,
                     200);
}

static i64 version_count(struct desk *d, i64 id)
{
    i64 count = 0;
    assert_ok(db_i64(
        d->t->db,
        SQL("SELECT count(*) AS n FROM proposal_versions WHERE org_id = :org AND proposal_id = :id",
            P(id)),
        &count));
    return count;
}

/* An hour of typing leaves a version for each five minutes of the clock. */
static void an_hour_of_typing_keeps_its_twelve_versions(void **state)
{
    struct desk *d = *state;
    i64 id = desk_draft(d, "Typing");
    for (int i = 0; i < 120; i++) {
        save(d, id, "Typing on");
        d->t->app.clock.fixed_ms += 30000;
    }
    assert_int_equal(version_count(d, id), 1 + 12); /* the begin, and the twelve */
}

/* Writes all three long parts anew, with nothing in common with what stood there. */
static void rewrite(struct desk *d, i64 id, int round)
{
    struct buf *b = buf_new(d->t->mem, 1 << 20);
    for (int i = 0; i < 2900; i++)
        buf_printf(b, "\xE4%c%c", 0xB8 + (i + round) % 8, 0x80 + (i * 7 + round * 13) % 64);
    str text = buf_str(b), path = arena_printf(d->t->mem, "/proposals/%lld/edit", (long long)id);
    str version = arena_printf(d->t->mem, "%lld", (long long)desk_load(d, id).version);
    struct test_answer a =
        test_post(d->t, path.ptr, "version", version.ptr, "title", "Anew", "situation", text.ptr,
                  "analysis", text.ptr, "suggestions", "One.", "consent", "yes", NULL);
    assert_int_equal(a.status, 303);
    d->t->app.clock.fixed_ms += 600000;
}

/* However much was changed how often, the page is drawn: what is too much for one page is compared
 * when it is asked for. */
static void many_great_changes_are_shown_one_by_one(void **state)
{
    struct desk *d = *state;
    i64 id = desk_draft(d, "Long");
    for (int i = 0; i < 34; i++)
        rewrite(d, id, i);
    struct test_answer a = desk_page(d, "/proposals/", id, "/versions");
    assert_int_equal(a.status, 200);
    assert_true(desk_has(&a, "<ins>"));
    assert_true(desk_has(&a, "看第 10 版改了什么"));
    a = desk_page(d, "/proposals/", id, "/versions?number=10");
    assert_int_equal(a.status, 200);
    assert_true(desk_has(&a, "<ins>"));
    assert_false(desk_has(&a, "看第 10 版改了什么"));
    assert_true(desk_has(&a, "看第 12 版改了什么"));
}

static void others_see_versions_from_the_submission_on(void **state)
{
    struct desk *d = *state;
    i64 id = desk_draft(d, "First thought");
    save(d, id, "Second thought");
    assert_int_equal(desk_act(d, id, "submit", "{\"confirmed\":true}"), 200);
    struct test_answer a = desk_page(d, "/api/v1/proposals/", id, "/versions");
    desk_same(test_json(d->t, &a, "items.0.reason"), "submit");
    desk_same(test_json(d->t, &a, "items.0.saved_name"), arena_cstr(d->t->mem, d->actor->name));
    assert_true(desk_has(&a, "First thought"));
    assert_true(desk_has(&a, "consent"));
    desk_as_reviewer(d);
    a = desk_page(d, "/api/v1/proposals/", id, "/versions");
    assert_int_equal(a.status, 200);
    desk_same(test_json(d->t, &a, "items.0.reason"), "submit");
    assert_int_equal(test_json(d->t, &a, "items.1.reason").len, 0);
    assert_false(desk_has(&a, "First thought"));
    a = desk_page(d, "/proposals/", id, "/versions");
    assert_false(desk_has(&a, "First thought"));
}

/* The first submission is found however many versions came after it. */
static void it_is_found_behind_two_hundred_versions(void **state)
{
    struct desk *d = *state;
    i64 id = desk_draft(d, "First thought");
    assert_int_equal(desk_act(d, id, "submit", "{\"confirmed\":true}"), 200);
    assert_ok(db_begin(d->t->db));
    for (i64 n = 1; n <= 210; n++)
        assert_ok(db_run(
            d->t->db,
            SQL("INSERT INTO proposal_versions (org_id, proposal_id, number, title, body, reason, "
                "saved_at, saved_by) SELECT org_id, proposal_id, number + :n, title, body, "
                "'revise', saved_at, saved_by FROM proposal_versions WHERE org_id = :org AND "
                "proposal_id = :id AND reason = 'submit'",
                P(n), P(id)),
            NULL));
    assert_ok(db_commit(d->t->db));
    desk_as_reviewer(d);
    struct test_answer a = desk_page(d, "/api/v1/proposals/", id, "/versions");
    desk_same(test_json(d->t, &a, "items.0.reason"), "revise");
    desk_same(test_json(d->t, &a, "items.199.reason"), "revise");
}

#define T(test_) cmocka_unit_test_setup_teardown(test_, desk_setup, desk_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(a_save_in_between_is_a_conflict_with_both_texts),
        T(autosaves_of_five_minutes_share_a_version),
        T(an_hour_of_typing_keeps_its_twelve_versions),
        T(many_great_changes_are_shown_one_by_one),
        T(others_see_versions_from_the_submission_on),
        T(it_is_found_behind_two_hundred_versions),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
