/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Nothing of the second organisation reaches anybody of the first: not by its numbers in paths, not
 * by lists, search, CSV, XLSX, JSON, not by its numbers inside forms. Words planted there
 * (CANARIES) are looked for in every answer and, after every write, in all rows of the first
 * organisation. On PostgreSQL each route is tried by every third of those who ask, the next one by
 * others: what keeps organisations apart are statements and rules, which know no engine. */
#include "platform/base/str.h"
#include "platform/web/exchange.h"
#include "tests/harness/test_db.h"
#include "tests/matrix/answers.h"
#include "tests/matrix/dump.h"
#include "tests/matrix/specimens.h"

struct swap {
    struct world *w;
    size_t asked, leaks, wrong, changed; /* changed: writes that left rows */
    size_t entry;
};

static bool is_turn(const struct swap *s, enum who who)
{
    return test_db_engine() == DB_SQLITE || (s->entry + who) % 3 == 0;
}

static void leak(struct swap *s, const struct rehearsal *r, enum who who, const char *word)
{
    s->leaks++;
    fprintf(stderr, "# LEAK %s %s %s as %s: %s\n", method_name(r->method), r->target,
            r->body ? r->body : "", WHO[who].name, word);
}

/* ---- reading ---- */

static void read_as(struct swap *s, const struct rehearsal *r, enum who who, bool must_refuse)
{
    struct reply reply = world_ask(s->w, who, r);
    const char *word = answer_says(&reply, CANARIES);
    char class = reply_class(&reply);
    s->asked++;
    if (word)
        leak(s, r, who, word);
    if (class == '!' || (must_refuse && class == 'o')) {
        s->wrong++;
        fprintf(stderr, "# %s as %s: %d\n", r->target, WHO[who].name, reply.status);
    }
    reply_free(&reply);
}

static void read_thing(struct swap *s, const struct route_entry *entry, int thing)
{
    struct rehearsal r = specimen_request(s->w, entry, SET_FOREIGN, thing);
    for (enum who who = NOBODY; who < FOREIGN_MEMBER; who++)
        if (is_turn(s, who))
            read_as(s, &r, who, !thing_of(thing)->common);
}

/* Lists and searches asked for what only the other organisation has; false when there is no right
 * to ask at all. */
static bool ask_question(struct swap *s, const char *target, enum who who)
{
    struct rehearsal r = { .method = GET, .target = target };
    struct reply reply = world_ask(s->w, who, &r);
    const char *word = answer_says(&reply, CANARIES);
    char class = reply_class(&reply);
    s->asked++;
    if (word)
        leak(s, &r, who, word);
    reply_free(&reply);
    return class != 'f' && class != 'l';
}

static void read_questions(struct swap *s, const struct route_entry *entry)
{
    static const char *const QUESTIONS[] = { "q=Title", "q=quiet+street", "q=1391111222",
                                             "org_id=2&limit=200" };
    enum { COUNT = sizeof QUESTIONS / sizeof *QUESTIONS };
    const char *targets[COUNT];
    for (size_t i = 0; i < COUNT; i++)
        targets[i] = arena_printf(s->w->t->mem, "%s?%s", entry->route.path, QUESTIONS[i]).ptr;
    for (enum who who = NOBODY; who < FOREIGN_MEMBER; who++)
        for (size_t i = 0; is_turn(s, who) && i < COUNT; i++)
            if (!ask_question(s, targets[i], who))
                break;
}

static void read_entry(struct swap *s, const struct route_entry *entry)
{
    const struct specimen *specimen = specimen_of(entry);
    int thing;
    for (size_t i = 0; specimen_thing(specimen, i, &thing); i++)
        read_thing(s, entry, thing);
    if (specimen->things[0] == THING_NONE)
        read_questions(s, entry);
}

static void nothing_foreign_is_read(void **state)
{
    struct swap s = { .w = *state };
    const struct route_entry *entry;
    for (; (entry = route_at(s.w, s.entry)); s.entry++)
        if (entry->route.method == GET)
            read_entry(&s, entry);
    printf("# object swapping: %zu reads, %zu leaks, %zu not refused\n", s.asked, s.leaks, s.wrong);
    assert_int_equal(s.leaks + s.wrong, 0);
}

/* ---- writing ---- */

struct look {
    struct arena *mem;
    str own, foreign;
};

static void look(struct db *db, void *context)
{
    struct look *l = context;
    l->own = dump_changes(db, ORG_OWN, l->mem);
    l->foreign = dump_changes(db, ORG_OTHER, l->mem);
}

/* The thing of the path is the first set's, every number in the form the other organisation's. */
static void write_as(struct swap *s, const struct rehearsal *asked, enum who who)
{
    struct look l = { .mem = arena_new(256 << 20, 0) };
    struct rehearsal r = *asked;
    r.look = look;
    r.context = &l;
    struct reply reply = world_ask(s->w, who, &r);
    const char *word = answer_says(&reply, CANARIES);
    s->asked++;
    s->changed += reply.written && l.own.len;
    if (word)
        leak(s, &r, who, word);
    if (reply.written && str_find(l.own, str_of("CANARY"), 0) >= 0)
        leak(s, &r, who, "in a row");
    if (reply.written && l.foreign.len) {
        s->wrong++;
        fprintf(stderr, "# %s %s as %s changed rows of the other organisation\n", r.target,
                r.body ? r.body : "", WHO[who].name);
        dump_print_difference(str_of(""), l.foreign);
    }
    if (reply_class(&reply) == '!') {
        s->wrong++;
        fprintf(stderr, "# %s %s as %s: %d\n", r.target, r.body ? r.body : "", WHO[who].name,
                reply.status);
    }
    reply_free(&reply);
    arena_free(l.mem);
}

static void write_entry(struct swap *s, const struct route_entry *entry)
{
    const struct specimen *specimen = specimen_of(entry);
    int thing;
    for (size_t i = 0; specimen_thing(specimen, i, &thing); i++)
        for (int set = SET_FIRST; set < SETS; set += SET_FOREIGN) {
            struct rehearsal own = specimen_swapped(s->w, entry, set, SET_FOREIGN, thing);
            for (enum who who = NOBODY; who < FOREIGN_MEMBER; who++)
                if (is_turn(s, who))
                    write_as(s, &own, who);
        }
}

static void nothing_foreign_is_written(void **state)
{
    struct swap s = { .w = *state };
    const struct route_entry *entry;
    str own = dump_rows(s.w->t->db, ORG_OWN, s.w->t->mem);
    assert_true(own.len && str_find(own, str_of("CANARY"), 0) < 0);
    dump_keep(s.w->t->db);
    for (; (entry = route_at(s.w, s.entry)); s.entry++)
        if (entry->route.method != GET)
            write_entry(&s, entry);
    printf("# object swapping: %zu writes, %zu of them done, %zu leaks, %zu wrong\n", s.asked,
           s.changed, s.leaks, s.wrong);
    assert_int_equal(s.leaks + s.wrong, 0);
    assert_true(s.changed > 100);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_foreign_is_read),
        cmocka_unit_test(nothing_foreign_is_written),
    };
    return cmocka_run_group_tests(tests, world_setup, world_teardown);
}
