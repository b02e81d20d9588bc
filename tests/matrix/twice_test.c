/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Every route that writes, sent twice by somebody who may: with one idempotency key the second gets
 * the first one's answer and changes nothing, also when both come at once; without a key it changes
 * nothing more, or is refused in words, unless doing it again is another deed (specimen .anew). For
 * routes to which no key counts (.keyless) nothing made of a password is ever kept (idempotency.h).
 * Pages send a key with every form; a program that may repeat itself names one. */
#include "platform/base/str.h"
#include "platform/web/exchange.h"
#include "tests/harness/test_db.h"
#include "tests/harness/test_err.h"
#include "tests/matrix/dump.h"
#include "tests/matrix/good.h"

struct twice {
    struct world *w;
    const struct good *good;
    size_t count, asked, wrong;
};

static struct twice twice_new(struct world *w)
{
    struct twice t = { .w = w };
    t.good = good_all(w, &t.count);
    assert_true(t.count > 100);
    return t;
}

static void wrong(struct twice *t, const struct good *g, const char *what, int status)
{
    t->wrong++;
    good_wrong(g, what, status);
}

static void summary(const struct twice *t, const char *what)
{
    printf("# %s: %zu routes, %zu asked twice, %zu wrong\n", what, t->count, t->asked, t->wrong);
    assert_int_equal(t->wrong, 0);
}

/* ---- one after the other ---- */

struct seen {
    struct arena *mem;
    str text;
};

static void look(struct db *db, void *context)
{
    struct seen *rows = context;
    rows->text = dump_changes(db, 0, rows->mem);
}

struct pair {
    struct reply reply;
    struct again again;
    struct seen first, second;
};

static const struct http_header *key_header(void)
{
    static struct http_header more[2];
    more[0] = (struct http_header){ str_of("idempotency-key"), str_of("one-and-the-same-key") };
    return more;
}

static void ask_twice(struct twice *t, const struct good *g, bool keyed, struct pair *out)
{
    struct arena *mem = arena_new(512 << 20, 0);
    struct rehearsal r = g->r;
    *out = (struct pair){ .first.mem = mem, .second.mem = mem };
    out->again = (struct again){ .look = look, .context = &out->second };
    r.look = look;
    r.context = &out->first;
    r.again = &out->again;
    r.more = keyed ? key_header() : NULL;
    out->reply = world_ask(t->w, g->who, &r);
    t->asked++;
}

static void pair_free(struct pair *p)
{
    reply_free(&p->reply);
    arena_free(p->first.mem);
}

static bool is_shown_once(const struct pair *p)
{
    return p->again.status == 409 && !p->again.done;
}

static void with_key(struct twice *t, const struct good *g)
{
    struct pair p;
    ask_twice(t, g, true, &p);
    bool same = p.again.status == p.reply.status && str_eq(p.again.location, p.reply.location);
    if (!p.reply.written)
        wrong(t, g, "did not succeed the first time", p.reply.status);
    else if (!is_shown_once(&p) && !p.again.done)
        wrong(t, g, "second is refused", p.again.status);
    else if (p.again.done && !str_eq(p.first.text, p.second.text)) {
        wrong(t, g, "second changed rows", p.again.status);
        dump_print_difference(p.first.text, p.second.text);
    } else if (p.again.done && !same)
        wrong(t, g, "second has another answer", p.again.status);
    pair_free(&p);
}

static void one_key_is_one_deed(void **state)
{
    struct twice all = twice_new(*state), *t = &all;
    for (size_t i = 0; i < t->count; i++)
        if (!specimen_of(t->good[i].entry)->keyless)
            with_key(t, &t->good[i]);
    summary(t, "twice with one key");
}

/* Refused in words: not any more (409), gone (404), or told at the field (422). */
static bool is_clear_refusal(int status)
{
    return status == 409 || status == 404 || status == 422;
}

static void without_key(struct twice *t, const struct good *g)
{
    const struct specimen *specimen = specimen_of(g->entry);
    struct pair p;
    ask_twice(t, g, false, &p);
    bool anew = specimen->anew || specimen->keyless;
    bool changed = p.again.done && !str_eq(p.first.text, p.second.text);
    if (!p.again.done && !is_clear_refusal(p.again.status))
        wrong(t, g, "second is refused without a reason", p.again.status);
    if (changed && !anew) {
        wrong(t, g, "second changed rows", p.again.status);
        dump_print_difference(p.first.text, p.second.text);
    }
    if (!changed && specimen->anew)
        wrong(t, g, "changes nothing the second time: its reason is old", p.again.status);
    pair_free(&p);
}

static void a_double_click_without_key_does_no_harm(void **state)
{
    struct twice all = twice_new(*state), *t = &all;
    for (size_t i = 0; i < t->count; i++)
        without_key(t, &t->good[i]);
    summary(t, "twice without key");
}

/* ---- both at once ---- */

static void race(struct twice *t, const struct good *g, struct db *const db[2])
{
    struct race result = { .db = { db[0], db[1] } };
    struct rehearsal r = g->r;
    r.t = t->w->t;
    r.read = t->w->read;
    r.more = key_header();
    r.token = t->w->actor[g->who].csrf;
    test_as(t->w->t, &t->w->actor[g->who]);
    t->asked++;
    if (!rehearse_race(&r, &result))
        wrong(t, g, "did not succeed the first time", 0);
    else if (!result.waited)
        wrong(t, g, "second did not wait for the first", 0);
    else if (!result.second)
        wrong(t, g, "second failed though the first was undone", 0);
}

/* SQLite has one writer: there both at once are one after the other. */
static void two_at_once_wait_for_each_other(void **state)
{
    struct twice all = twice_new(*state), *t = &all;
    if (test_db_engine() == DB_SQLITE) {
        print_message("SQLite has one writer\n");
        skip();
    }
    struct db *db[2];
    for (int i = 0; i < 2; i++)
        assert_ok(db_open(t->w->t->app.config.db, DB_WRITE, &db[i]));
    for (size_t i = 0; i < t->count; i++)
        if (!specimen_of(t->good[i].entry)->keyless)
            race(t, &t->good[i], db);
    for (int i = 0; i < 2; i++)
        db_close(db[i]);
    summary(t, "twice at once");
}

static int setup(void **state)
{
    if (world_setup(state) != 0)
        return 1;
    dump_keep(((struct world *)*state)->t->db);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_key_is_one_deed),
        cmocka_unit_test(a_double_click_without_key_does_no_harm),
        cmocka_unit_test(two_at_once_wait_for_each_other),
    };
    return cmocka_run_group_tests(tests, setup, world_teardown);
}
