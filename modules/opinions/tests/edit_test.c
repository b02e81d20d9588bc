/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Editing, composites and signing of opinions: the original stays, who sees what when, what must be
 * there before the signature, conflicts, a source in one composite at a time, who is credited, the
 * other organisation. Expectations: README.md, rules.md 12.2. */
#include "modules/opinions/opinion_edit.h"
#include "modules/proposals/tests/desk.h"

static void as_editor(struct desk *d)
{
    struct actor *actor = test_as_role(d->t, "editor");
    actor->account_id = 140;
    actor->person_id = 0;
    d->actor = actor;
}

static void as_leader(struct desk *d)
{
    struct actor *actor = test_as_role(d->t, "leader");
    actor->account_id = 141;
    actor->person_id = 0;
    d->actor = actor;
}

static struct test_answer one(struct desk *d, i64 id)
{
    return test_get(d->t, arena_printf(d->t->mem, "/api/v1/opinions/%lld", (long long)id).ptr);
}

static i64 number_of(struct desk *d, struct test_answer *a, const char *member)
{
    i64 n = 0;
    if (!str_to_i64(test_json(d->t, a, member), &n))
        fail_msg("no %s: %d %.*s", member, a->status, (int)a->body.len, a->body.ptr);
    return n;
}

static struct test_answer step(struct desk *d, i64 id, const char *verb, const char *json)
{
    struct test_answer a = one(d, id);
    i64 version = a.status == 200 ? number_of(d, &a, "version") : 1;
    str path = arena_printf(d->t->mem, "/api/v1/opinions/%lld/%s", (long long)id, verb);
    return test_api(d->t, POST, path.ptr, test_versioned(d->t, json, version));
}

static void done(struct desk *d, i64 id, const char *verb, const char *json)
{
    struct test_answer a = step(d, id, verb, json);
    if (a.status != 200)
        fail_msg("%s: %d %.*s", verb, a.status, (int)a.body.len, a.body.ptr);
}

static void is(struct desk *d, i64 id, const char *member, const char *wanted)
{
    struct test_answer a = one(d, id);
    assert_int_equal(a.status, 200);
    desk_same(test_json(d->t, &a, member), wanted);
}

/* Of member 0, 1 or 2: sent; taken then. */
static i64 sent(struct desk *d, size_t member, const char *title, const char *more)
{
    str json = arena_printf(d->t->mem,
                            "{\"title\":\"%s\",\"situation\":\"%s: many wait.\",\"analysis\":\"No "
                            "money.\",\"suggestions\":\"Build it.\"%s}",
                            title, title, more);
    desk_as_member(d, member);
    struct test_answer a = test_api(d->t, POST, "/api/v1/opinions", json.ptr);
    assert_int_equal(a.status, 201);
    i64 id = number_of(d, &a, "id");
    done(d, id, "submit", "{}");
    return id;
}

static i64 taken(struct desk *d, size_t member, const char *title, const char *more)
{
    i64 id = sent(d, member, title, more);
    as_editor(d);
    done(d, id, "take", "{\"category\":\"city\"}");
    return id;
}

static struct test_answer save(struct desk *d, i64 id, const char *json, i64 version)
{
    str path = arena_printf(d->t->mem, "/api/v1/opinions/%lld/text", (long long)id);
    return test_api(d->t, PUT, path.ptr, test_versioned(d->t, json, version));
}

static i64 version_of(struct desk *d, i64 id)
{
    struct test_answer a = one(d, id);
    return number_of(d, &a, "version");
}

static struct test_answer compose(struct desk *d, i64 a, i64 b)
{
    str json = arena_printf(d->t->mem,
                            "{\"title\":\"Two villages without water\",\"opinions\":[%lld,%lld]}",
                            (long long)a, (long long)b);
    return test_api(d->t, POST, "/api/v1/opinions/compose", json.ptr);
}

static i64 composed(struct desk *d, i64 first, i64 second)
{
    struct test_answer a = compose(d, first, second);
    if (a.status != 201)
        fail_msg("compose: %d %.*s", a.status, (int)a.body.len, a.body.ptr);
    return number_of(d, &a, "id");
}

/* As the signature of the issue does it (modules/bulletins). */
static err sign(struct rq *rq, void *context)
{
    const i64 *id = context;
    return flow_move(rq, &OPINIONS_FLOW, *id, "sign", &(struct opinion_signing){ str_of("Zhou") });
}

static void signed_off(struct desk *d, i64 id)
{
    assert_ok(desk_in_org(d, 1, sign, &id));
}

/* ---- editing ---- */

static void the_original_stays(void **state)
{
    struct desk *d = *state;
    i64 id = taken(d, 0, "East has no water", "");
    done(d, id, "edit", "{}");
    is(d, id, "state", "editing");
    is(d, id, "edited_title", "East has no water"); /* begins with the original */
    struct test_answer a =
        save(d, id,
             "{\"title\":\"Water for East\",\"situation\":\"Many wait for water.\","
             "\"suggestions\":\"Lay a pipe.\"}",
             version_of(d, id));
    assert_int_equal(a.status, 200);
    is(d, id, "title", "East has no water");
    is(d, id, "situation", "East has no water: many wait.");
    is(d, id, "edited_title", "Water for East");
    is(d, id, "edited_situation", "Many wait for water.");
    a = desk_page(d, "/opinions/", id, "/text");
    assert_true(a.status == 200 && desk_has(&a, "East has no water: many wait.") &&
                desk_has(&a, "Many wait for water."));
    str path = arena_printf(d->t->mem, "/api/v1/opinions/%lld/versions", (long long)id);
    a = test_get(d->t, path.ptr);
    desk_same(test_json(d->t, &a, "items.0.reason"), "edit");
    desk_same(test_json(d->t, &a, "items.1.reason"), "submit");
    desk_as_member(d, 0); /* the desk's draft is not the writer's business yet */
    a = one(d, id);
    assert_false(test_has(&a, "Water for East"));
    a = test_get(d->t, path.ptr);
    assert_false(test_has(&a, "Water for East"));
    assert_int_equal(desk_page(d, "/opinions/", id, "/text").status, 403);
    assert_int_equal(save(d, id, "{\"title\":\"Mine\"}", 1).status, 403);
}

static void two_editors_do_not_overwrite_each_other(void **state)
{
    struct desk *d = *state;
    i64 id = taken(d, 0, "East has no water", "");
    done(d, id, "edit", "{}");
    i64 seen = version_of(d, id);
    assert_int_equal(save(d, id, "{\"title\":\"First\"}", seen).status, 200);
    struct test_answer a = save(d, id, "{\"title\":\"Second\"}", seen);
    assert_int_equal(a.status, 409);
    assert_true(test_has(&a, "First") && test_has(&a, "Second"));
    str path = arena_printf(d->t->mem, "/opinions/%lld/text", (long long)id);
    str version = arena_printf(d->t->mem, "%lld", (long long)seen);
    a = test_post(d->t, path.ptr, "version", version.ptr, "title", "Second", NULL);
    assert_true(a.status == 409 && desk_has(&a, "First") && desk_has(&a, "Second"));
}

/* 1,500 characters of all parts pass, one more does not; nor does one without suggestions. */
static void what_must_be_there_before_the_signature(void **state)
{
    struct desk *d = *state;
    struct buf *b = buf_new(d->t->mem, 4096);
    i64 id = taken(d, 0, "East has no water", "");
    done(d, id, "edit", "{}");
    assert_int_equal(save(d, id, "{\"title\":\"T\",\"situation\":\"S\"}", version_of(d, id)).status,
                     200);
    struct test_answer a = step(d, id, "pass", "{}");
    assert_int_equal(a.status, 409);
    assert_true(test_has(&a, "opinions.edited_missing"));
    for (size_t i = 0; i < 1499; i++)
        buf_add(b, str_of("x"));
    const char *most = arena_cstr(d->t->mem, buf_str(b));
    str over = arena_printf(d->t->mem,
                            "{\"title\":\"T\",\"situation\":\"%s\",\"suggestions\":\"zz\"}", most);
    str fits = arena_printf(d->t->mem,
                            "{\"title\":\"T\",\"situation\":\"%s\",\"suggestions\":\"z\"}", most);
    assert_int_equal(save(d, id, over.ptr, version_of(d, id)).status, 200);
    a = step(d, id, "pass", "{}");
    assert_int_equal(a.status, 409);
    assert_true(test_has(&a, "1501"));
    assert_int_equal(save(d, id, fits.ptr, version_of(d, id)).status, 200);
    done(d, id, "pass", "{}");
    assert_int_equal(save(d, id, fits.ptr, version_of(d, id)).status, 409); /* it waits now */
}

static void signed_or_sent_back(void **state)
{
    struct desk *d = *state;
    i64 id = taken(d, 0, "East has no water", "");
    done(d, id, "edit", "{}");
    assert_int_equal(save(d, id,
                          "{\"title\":\"Water for East\",\"situation\":\"Many wait.\","
                          "\"suggestions\":\"Lay a pipe.\"}",
                          version_of(d, id))
                         .status,
                     200);
    done(d, id, "pass", "{}");
    assert_int_equal(step(d, id, "sign", "{}").status, 404); /* with its issue alone */
    done(d, id, "unpass", "{}");
    done(d, id, "pass", "{}");
    as_leader(d);
    assert_int_equal(step(d, id, "redraft", "{}").status, 422); /* why? */
    done(d, id, "redraft", "{\"opinion\":\"How many houses?\"}");
    as_editor(d);
    is(d, id, "redraft_reason", "How many houses?");
    done(d, id, "pass", "{}");
    is(d, id, "redraft_reason", "");
    signed_off(d, id);
    desk_as_member(d, 0);
    is(d, id, "state", "issued");
    is(d, id, "edited_title", "Water for East"); /* now he reads it */
    as_editor(d);
    assert_int_equal(step(d, id, "keep", "{\"keep_reason\":\"vague\"}").status, 409);
}

/* What its writer sends anew is what is edited anew; kept and taken again, editing goes on. */
static void editing_begins_from_what_was_sent_last(void **state)
{
    struct desk *d = *state;
    i64 id = taken(d, 0, "East has no water", "");
    done(d, id, "edit", "{}");
    assert_int_equal(save(d, id, "{\"title\":\"Edited\"}", version_of(d, id)).status, 200);
    done(d, id, "keep", "{\"keep_reason\":\"vague\"}");
    done(d, id, "take", "{\"category\":\"city\"}");
    done(d, id, "edit", "{}");
    is(d, id, "edited_title", "Edited");
    done(d, id, "revise", "{\"opinion\":\"How many?\"}");
    desk_on_day(d, "2026-11-26");
    desk_as_member(d, 0);
    done(d, id, "submit", "{}");
    as_editor(d);
    done(d, id, "take", "{\"category\":\"city\"}");
    done(d, id, "edit", "{}");
    is(d, id, "edited_title", "East has no water");
}

/* ---- composites ---- */

static void several_become_one(void **state)
{
    struct desk *d = *state;
    i64 east = taken(d, 0, "East has no water", ",\"joint\":\"Zhao\"");
    i64 west = taken(d, 1, "West has no water", "");
    i64 id = composed(d, east, west);
    is(d, id, "state", "editing");
    is(d, id, "kind", "composite");
    is(d, id, "reporter_name", "Tester"); /* both actors are called so: named once */
    is(d, id, "sources.0.title", "East has no water");
    is(d, id, "sources.1.title", "West has no water");
    struct test_answer a = one(d, id);
    assert_true(test_has(&a, "East has no water: many wait.") &&
                test_has(&a, "West has no water: many wait."));
    is(d, east, "state", "taken");
    assert_int_equal(step(d, east, "edit", "{}").status, 409);
    assert_int_equal(step(d, east, "keep", "{\"keep_reason\":\"vague\"}").status, 409);
    assert_int_equal(step(d, east, "revise", "{\"opinion\":\"Why?\"}").status, 409);
    assert_int_equal(step(d, id, "keep", "{\"keep_reason\":\"vague\"}").status, 409);
    i64 third = taken(d, 2, "South has no water", "");
    a = compose(d, east, third); /* in one at a time */
    assert_int_equal(a.status, 422);
    assert_true(test_has(&a, "opinions.source_taken"));
    assert_int_equal(compose(d, third, third).status, 422);
    desk_as_member(d, 0);
    assert_int_equal(one(d, id).status, 404); /* before it is signed */
    a = desk_page(d, "/opinions/", east, "");
    assert_true(desk_has(&a, "已用于综合信息") && !desk_has(&a, "Two villages"));
    assert_int_equal(compose(d, east, west).status, 403);
}

static void signed_with_all_its_sources(void **state)
{
    struct desk *d = *state;
    i64 east = taken(d, 0, "East has no water", "");
    i64 west = taken(d, 1, "West has no water", "");
    i64 id = composed(d, east, west);
    assert_int_equal(save(d, id,
                          "{\"title\":\"Water for both\",\"situation\":\"Many wait.\","
                          "\"suggestions\":\"Lay pipes.\"}",
                          version_of(d, id))
                         .status,
                     200);
    done(d, id, "pass", "{}");
    signed_off(d, id);
    for (size_t member = 0; member < 2; member++) {
        desk_as_member(d, member);
        is(d, member ? west : east, "state", "issued");
        is(d, id, "edited_title", "Water for both");
        is(d, id, "sources.1.title", "West has no water");
        struct test_answer a = desk_page(d, "/opinions/", member ? west : east, "");
        assert_true(desk_has(&a, "Water for both"));
    }
    desk_as_member(d, 2);
    assert_int_equal(one(d, id).status, 404);
    desk_as_other_member(d);
    assert_int_equal(one(d, id).status, 404);
    as_editor(d);
    assert_int_equal(step(d, id, "uncompose", "{}").status, 409);
}

static void dissolved_its_sources_are_free(void **state)
{
    struct desk *d = *state;
    i64 east = taken(d, 0, "East has no water", "");
    i64 west = taken(d, 1, "West has no water", "");
    i64 id = composed(d, east, west);
    done(d, id, "pass", "{}");
    done(d, id, "uncompose", "{}");
    is(d, id, "state", "kept");
    struct test_answer a = one(d, id);
    assert_true(test_has(&a, "East has no water") && test_has(&a, "West has no water"));
    assert_int_equal(step(d, id, "take", "{\"category\":\"city\"}").status, 409);
    done(d, east, "edit", "{}");
    is(d, west, "composite_id", "0");
    i64 third = taken(d, 2, "South has no water", "");
    composed(d, west, third);
}

/* ---- credits ---- */

struct crediting {
    struct desk *d;
    i64 id;
};

static err credits(struct rq *rq, void *context)
{
    const struct crediting *c = context;
    struct opinion o;
    struct rows rows;
    TRY(opinion_find(rq, c->id, &o));
    TRY(opinion_credits(rq, &o, &rows));
    const struct opinion_credit *all = rows.items;
    assert_int_equal(rows.count, 3); /* Li once, though of two sources; Wang has joined one */
    assert_int_equal(all[0].person_id, c->d->person[0]);
    assert_int_equal(all[1].person_id, c->d->person[1]);
    assert_int_equal(all[2].person_id, c->d->person[2]);
    desk_same(all[1].name, "Wang");
    return OK;
}

static void everybody_is_credited_once(void **state)
{
    struct desk *d = *state;
    desk_as_member(d, 0);
    struct test_answer a =
        test_api(d->t, POST, "/api/v1/opinions",
                 "{\"title\":\"East\",\"situation\":\"S\",\"analysis\":\"A\",\"suggestions\":\"G\","
                 "\"joint\":\"Wang\"}");
    i64 east = number_of(d, &a, "id");
    done(d, east, "submit", "{}");
    desk_as_member(d, 1);
    a = one(d, east);
    i64 asked = number_of(d, &a, "reporters.0.id");
    str path = arena_printf(d->t->mem, "/api/v1/reporters/%lld/join", (long long)asked);
    assert_int_equal(test_api(d->t, POST, path.ptr, test_versioned(d->t, "{}", 1)).status, 200);
    as_editor(d);
    done(d, east, "take", "{\"category\":\"city\"}");
    i64 again = taken(d, 0, "East again", ""), south = taken(d, 2, "South", "");
    str json = arena_printf(d->t->mem, "{\"title\":\"Water\",\"opinions\":[%lld,%lld,%lld]}",
                            (long long)east, (long long)again, (long long)south);
    a = test_api(d->t, POST, "/api/v1/opinions/compose", json.ptr);
    assert_int_equal(a.status, 201);
    struct crediting c = { d, number_of(d, &a, "id") };
    assert_ok(desk_in_org(d, 1, credits, &c));
}

/* The desk goes through what waits by keys: urgent first; a choice leads on to the first. */
static void the_desk_chooses_by_keys(void **state)
{
    struct desk *d = *state;
    i64 first = sent(d, 0, "A", ""), second = sent(d, 1, "B", "");
    as_editor(d);
    struct test_answer a = desk_page(d, "/opinions/", first, "");
    assert_true(desk_has(&a, "aria-keyshortcuts=\"1\"") && desk_has(&a, "/assets/desk"));
    assert_true(desk_has(&a, arena_printf(d->t->mem,
                                          "href=\"/opinions/%lld\" aria-keyshortcuts="
                                          "\"J\"",
                                          (long long)second)
                                 .ptr));
    assert_false(desk_has(&a, "aria-keyshortcuts=\"K\""));
    a = desk_page(d, "/opinions/", second, "");
    assert_true(desk_has(&a, arena_printf(d->t->mem,
                                          "href=\"/opinions/%lld\" aria-keyshortcuts="
                                          "\"K\"",
                                          (long long)first)
                                 .ptr));
    assert_false(desk_has(&a, "aria-keyshortcuts=\"J\""));
    done(d, second, "take", "{\"category\":\"city\"}");
    a = desk_page(d, "/opinions/", second, "");
    assert_false(desk_has(&a, "aria-keyshortcuts=\"1\"")); /* it is chosen */
    assert_true(desk_has(&a, "aria-keyshortcuts=\"J\""));
    desk_as_member(d, 0);
    a = desk_page(d, "/opinions/", first, "");
    assert_false(desk_has(&a, "aria-keyshortcuts"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_desk_chooses_by_keys, desk_setup, desk_teardown),
        cmocka_unit_test_setup_teardown(the_original_stays, desk_setup, desk_teardown),
        cmocka_unit_test_setup_teardown(two_editors_do_not_overwrite_each_other, desk_setup,
                                        desk_teardown),
        cmocka_unit_test_setup_teardown(what_must_be_there_before_the_signature, desk_setup,
                                        desk_teardown),
        cmocka_unit_test_setup_teardown(signed_or_sent_back, desk_setup, desk_teardown),
        cmocka_unit_test_setup_teardown(editing_begins_from_what_was_sent_last, desk_setup,
                                        desk_teardown),
        cmocka_unit_test_setup_teardown(several_become_one, desk_setup, desk_teardown),
        cmocka_unit_test_setup_teardown(signed_with_all_its_sources, desk_setup, desk_teardown),
        cmocka_unit_test_setup_teardown(dissolved_its_sources_are_free, desk_setup, desk_teardown),
        cmocka_unit_test_setup_teardown(everybody_is_credited_once, desk_setup, desk_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
