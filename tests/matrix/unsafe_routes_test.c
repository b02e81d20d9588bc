/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Every route that writes, by somebody who may and with values that are good: it writes an audit
 * entry (L1); it refuses requests of other sites and without token (W3); what its form does not
 * declare changes nothing, and a value sent twice is a fault (Z5). All on the same world, since
 * nothing is kept. */
#include "platform/base/str.h"
#include "platform/web/exchange.h"
#include "platform/web/forms.h"
#include "tests/matrix/dump.h"
#include "tests/matrix/good.h"

struct unsafe {
    struct world *w;
    const struct good *good;
    size_t count, asked, wrong;
};

static struct unsafe unsafe_new(struct world *w)
{
    struct unsafe u = { .w = w };
    u.good = good_all(w, &u.count);
    return u;
}

static void wrong(struct unsafe *u, const struct good *g, const char *what, int status)
{
    u->wrong++;
    good_wrong(g, what, status);
}

static void summary(const struct unsafe *u, const char *what)
{
    printf("# %s: %zu routes, %zu requests, %zu wrong\n", what, u->count, u->asked, u->wrong);
    assert_int_equal(u->wrong, 0);
}

/* ---- audit (L1) ---- */

static i64 entries_now(struct db *db)
{
    return world_number(db, ORG_OWN, SQL("SELECT COUNT(*) FROM audits WHERE org_id = :org"));
}

static void count_entries(struct db *db, void *context)
{
    *(i64 *)context = entries_now(db);
}

static void every_write_is_audited(void **state)
{
    struct unsafe all = unsafe_new(*state), *u = &all;
    for (size_t i = 0; i < u->count; i++) {
        const struct good *g = &u->good[i];
        struct rehearsal r = g->r;
        i64 within = 0, before = entries_now(u->w->t->db);
        r.look = count_entries;
        r.context = &within;
        struct reply reply = world_ask(u->w, g->who, &r);
        bool audited = within > before || entries_now(u->w->t->db) > before;
        u->asked++;
        if (audited == (specimen_of(g->entry)->unaudited != NULL))
            wrong(u, g, audited ? "is audited, its excuse is old" : "is not audited", reply.status);
        reply_free(&reply);
    }
    summary(u, "audit");
}

/* ---- other sites (W3) ---- */

static void must_refuse(struct unsafe *u, const struct good *g, enum who who, struct rehearsal r,
                        const char *what)
{
    bool written = false;
    r.look = good_note;
    r.context = &written;
    struct reply reply = world_ask(u->w, who, &r);
    u->asked++;
    if (written || reply.status != 403)
        wrong(u, g, what, reply.status);
    reply_free(&reply);
}

static void forge(struct unsafe *u, const struct good *g)
{
    str token = u->w->actor[g->who].csrf;
    struct rehearsal r = g->r;
    r.forged = true;
    r.site = "";
    must_refuse(u, g, g->who, r, "no token");
    r.token = str_of("csrf-of-another");
    must_refuse(u, g, g->who, r, "another token");
    r.token = token;
    r.origin = "https://evil.example";
    must_refuse(u, g, g->who, r, "another origin");
    r.origin = "http://huotang.test.evil.example";
    must_refuse(u, g, g->who, r, "another origin that begins alike");
    r.origin = "null";
    must_refuse(u, g, g->who, r, "origin null");
    r.origin = NULL;
    r.site = "cross-site";
    must_refuse(u, g, g->who, r, "cross-site");
    r.site = "same-site";
    must_refuse(u, g, g->who, r, "same-site");
    r.site = "same-origin";
    r.token = str_of("");
    must_refuse(u, g, g->who, r, "same-origin without token");
    if (strcmp(g->entry->route.may, PUBLIC) != 0)
        return;
    r.site = "";
    must_refuse(u, g, NOBODY, r, "nobody, no token");
}

static void other_sites_are_refused(void **state)
{
    struct unsafe all = unsafe_new(*state), *u = &all;
    for (size_t i = 0; i < u->count; i++)
        forge(u, &u->good[i]);
    summary(u, "other sites");
}

/* ---- what is not declared (Z5) ---- */

struct look {
    struct arena *mem;
    str rows;
    bool done;
};

static void look(struct db *db, void *context)
{
    struct look *l = context;
    l->rows = dump_changes(db, 0, l->mem);
    l->done = true;
}

static str rows_after(struct unsafe *u, const struct good *g, const char *target, const char *body,
                      struct arena *mem)
{
    struct look l = { .mem = mem, .rows = str_of("") };
    struct rehearsal r = g->r;
    r.target = target;
    r.body = body;
    r.look = look;
    r.context = &l;
    dump_reset_sequences(u->w->t->db, 1000000);
    struct reply reply = world_ask(u->w, g->who, &r);
    u->asked++;
    if (!l.done && reply.status != 422 && reply.status != 400)
        wrong(u, g, "fails with more fields", reply.status);
    reply_free(&reply);
    return l.rows;
}

static bool is_declared(const struct form *form, str name)
{
    return form_input(form, name) || str_is(name, "csrf") || str_is(name, "idempotency") ||
           str_is(name, "version") || str_is(name, "id");
}

static const char *with_columns(struct unsafe *u, const struct good *g, const strs *columns)
{
    struct buf *b = buf_new(u->w->t->mem, 1 << 18);
    buf_put(b, g->r.body ? g->r.body : "");
    for (size_t i = 0; i < columns->count; i++)
        if (!is_declared(g->entry->route.form, columns->items[i]))
            buf_printf(b, "%s%.*s=9", b->len ? "&" : "", (int)columns->items[i].len,
                       columns->items[i].ptr);
    return arena_cstr(u->w->t->mem, buf_str(b));
}

/* Declared fields sent in the address of a form count as little as undeclared ones. */
static const char *with_query(struct unsafe *u, const struct good *g)
{
    struct buf *b = buf_new(u->w->t->mem, 1 << 16);
    const struct form *form = g->entry->route.form;
    buf_put(b, g->r.target);
    for (const struct input *i = form ? form->inputs : NULL; i && i->field.name; i++)
        if (!i->query)
            buf_printf(b, "%c%s=9", strchr(b->ptr, '?') ? '&' : '?', i->field.name);
    return arena_cstr(u->w->t->mem, buf_str(b));
}

static void compare(struct unsafe *u, const struct good *g, str plain, str more, const char *what)
{
    if (str_eq(plain, more))
        return;
    wrong(u, g, what, 0);
    dump_print_difference(plain, more);
}

static void what_is_not_declared_changes_nothing(void **state)
{
    struct unsafe all = unsafe_new(*state), *u = &all;
    struct arena *mem = arena_new(1 << 20, 0);
    strs columns = dump_columns(u->w->t->db, mem);
    size_t changed = 0, refused = 0;
    dump_keep(u->w->t->db);
    for (size_t i = 0; i < u->count; i++) {
        const struct good *g = &u->good[i];
        struct arena *rows = arena_new(512 << 20, 0);
        str plain = rows_after(u, g, g->r.target, g->r.body, rows);
        str more = rows_after(u, g, g->r.target, with_columns(u, g, &columns), rows);
        changed += plain.len > 0;
        refused += plain.len > 0 && more.len == 0;
        if (more.len) /* else refused for the field that is not declared */
            compare(u, g, plain, more, "undeclared fields changed rows");
        more = rows_after(u, g, with_query(u, g), g->r.body, rows);
        compare(u, g, plain, more, "fields in the address changed rows");
        arena_free(rows);
    }
    printf("# %zu column names, %zu routes left rows, %zu refused more\n", columns.count, changed,
           refused);
    assert_true(changed > u->count / 2 && refused < changed / 10);
    arena_free(mem);
    summary(u, "undeclared fields");
}

static bool is_single(const struct input *i)
{
    return i->kind != INPUT_IDS && i->kind != INPUT_LINES && i->kind != INPUT_FILES;
}

static bool has_pair(const char *body, const char *name)
{
    size_t len = strlen(name);
    for (const char *at = body; at; at = strchr(at, '&') ? strchr(at, '&') + 1 : NULL)
        if (strncmp(at, name, len) == 0 && at[len] == '=')
            return true;
    return false;
}

static void twice(struct unsafe *u, const struct good *g, const struct input *input)
{
    bool written = false;
    struct rehearsal r = g->r;
    r.body = arena_printf(u->w->t->mem, "%s&%s=1", g->r.body, input->field.name).ptr;
    r.look = good_note;
    r.context = &written;
    /* the door drawn again leads on who is signed in */
    enum who who = strcmp(g->entry->route.may, PUBLIC) == 0 ? NOBODY : g->who;
    struct reply reply = world_ask(u->w, who, &r);
    u->asked++;
    if (written || reply.status != 422)
        wrong(u, g, input->field.name, reply.status);
    reply_free(&reply);
}

static void a_value_sent_twice_is_a_fault(void **state)
{
    struct unsafe all = unsafe_new(*state), *u = &all;
    for (size_t i = 0; i < u->count; i++) {
        const struct form *form = u->good[i].entry->route.form;
        for (const struct input *in = form ? form->inputs : NULL; in && in->field.name; in++)
            if (is_single(in) && !in->query && u->good[i].r.body &&
                has_pair(u->good[i].r.body, in->field.name))
                twice(u, &u->good[i], in);
    }
    summary(u, "doubled values");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_write_is_audited),
        cmocka_unit_test(other_sites_are_refused),
        cmocka_unit_test(what_is_not_declared_changes_nothing),
        cmocka_unit_test(a_value_sent_twice_is_a_fault),
    };
    return cmocka_run_group_tests(tests, world_setup, world_teardown);
}
