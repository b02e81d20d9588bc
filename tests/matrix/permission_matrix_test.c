/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Every route × everybody × the first set's, the second set's and the other organisation's things:
 * the class of the answer must be what expected/<module>.tsv says, and that what the rules say
 * (rules.h). A route without a row fails. On PostgreSQL what is let in is asked whole, of what is
 * refused every fourth: who refuses is the router and the rules, which know no engine.
 * MATRIX_WRITE=tests/matrix/expected writes the tables anew from the rules, to be reviewed as a
 * change. */
#include <dirent.h>

#include "platform/base/str.h"
#include "platform/web/exchange.h"
#include "tests/harness/test_db.h"
#include "tests/matrix/missteps.h"

enum { SHOWN_MAX = 200, LINE_MAX_BYTES = 4096 };

/* ---- the table by the rules ---- */

static void row_rules(struct matrix *m, const struct row *row, char out[WHOS][SETS + 1])
{
    for (enum who who = NOBODY; who < WHOS; who++)
        for (int set = 0; set < row->sets; set++)
            out[who][set] = rules_answer(
                &(struct question){ m->w, row->entry, row->specimen, row->thing, who, set });
}

static void line_write(const struct row *row, char cells[WHOS][SETS + 1], char *out)
{
    int at = snprintf(out, LINE_MAX_BYTES, "%s", row->name);
    for (enum who who = NOBODY; who < WHOS; who++)
        at += snprintf(out + at, (size_t)(LINE_MAX_BYTES - at), "\t%.*s", row->sets, cells[who]);
}

static void table_write(struct matrix *m, const struct part *part, const char *folder)
{
    FILE *f = fopen(arena_printf(m->w->t->mem, "%s/%s.tsv", folder, part->name).ptr, "w");
    assert_non_null(f);
    fprintf(f, "method\tpath\tthing");
    for (enum who who = NOBODY; who < WHOS; who++)
        fprintf(f, "\t%s", WHO[who].name);
    for (size_t i = 0; i < m->count; i++) {
        char cells[WHOS][SETS + 1] = { { 0 } }, line[LINE_MAX_BYTES];
        if (m->rows[i].part != part)
            continue;
        row_rules(m, &m->rows[i], cells);
        line_write(&m->rows[i], cells, line);
        fprintf(f, "\n%s", line);
    }
    fprintf(f, "\n");
    fclose(f);
}

/* ---- the reviewed tables ---- */

static struct matrix *matrix_of(struct world *w)
{
    struct matrix *m = matrix_new(w);
    const char *folder = getenv("MATRIX_WRITE");
    for (int place = PART_NONE + 1; folder && place < PARTS_END; place++)
        table_write(m, part_at(place), folder);
    matrix_read(m);
    return m;
}

static bool table_has(str table, const char *line)
{
    str at;
    while (str_split(&table, '\n', &at))
        if (str_is(at, line))
            return true;
    return false;
}

static size_t lines_of(str table)
{
    size_t lines = 0;
    str line;
    while (str_split(&table, '\n', &line))
        lines += line.len > 0;
    return lines;
}

static size_t files_of(const char *folder)
{
    size_t files = 0;
    DIR *dir = opendir(folder);
    assert_non_null(dir);
    for (const struct dirent *d; (d = readdir(dir));)
        files += strstr(d->d_name, ".tsv") != NULL;
    closedir(dir);
    return files;
}

static void tables_are_by_the_rules(void **state)
{
    struct matrix *m = matrix_of(*state);
    size_t lines = 0;
    for (size_t i = 0; i < m->count; i++) {
        char cells[WHOS][SETS + 1] = { { 0 } }, wanted[LINE_MAX_BYTES];
        row_rules(m, &m->rows[i], cells);
        line_write(&m->rows[i], cells, wanted);
        if (!table_has(m->tables[matrix_place(m->rows[i].part)], wanted))
            fail_msg(TABLES "/%s.tsv has no such row: %s", m->rows[i].part->name, wanted);
    }
    for (int place = PART_NONE + 1; place < PARTS_END; place++)
        lines += lines_of(m->tables[place]) - 1;
    assert_int_equal(lines, m->count); /* and none of a route that is gone */
    assert_int_equal(files_of(TABLES), PARTS_END - 1);
    free(m);
}

/* ---- asking ---- */

struct asking {
    struct matrix *m;
    size_t cells, wrong;
};

static void cell_try(struct asking *a, const struct row *row, enum who who, int set)
{
    struct reply reply = matrix_ask(a->m, row, who, set);
    char wanted = row->wanted[who][set], got = reply_class(&reply);
    a->cells++;
    if (got != wanted && a->wrong++ < SHOWN_MAX)
        fprintf(stderr, "# %s as %s, set %d: wanted %c, got %c (%d) %.*s\n", row->name,
                WHO[who].name, set, wanted, got, reply.status,
                (int)(row->entry->api && reply.body.len < 300 ? reply.body.len : 0),
                reply.body.ptr);
    reply_free(&reply);
}

static void row_try(struct asking *a, size_t i)
{
    const struct row *row = &a->m->rows[i];
    bool few = test_db_engine() == DB_POSTGRES;
    for (enum who who = NOBODY; who < WHOS; who++)
        for (int set = 0; set < row->sets; set++)
            if (row->wanted[who][set] == 'o' || !few || (i + who + (size_t)set) % 4 == 0)
                cell_try(a, row, who, set);
}

static void answers_are_as_the_table_says(void **state)
{
    struct asking a = { .m = matrix_of(*state) };
    for (size_t i = 0; i < a.m->count; i++)
        row_try(&a, i);
    printf("# permission matrix: %zu rows, %zu cells, %zu wrong\n", a.m->count, a.cells, a.wrong);
    assert_int_equal(a.wrong, 0);
    assert_true(a.cells > 5000);
    free(a.m);
}

/* Nothing else that one may hold stands in for the permission of a route. */
static void who_lacks_the_one_permission_is_refused(void **state)
{
    struct matrix *m = matrix_of(*state);
    size_t wrong = 0;
    for (size_t i = 0; i < m->count; i++) {
        const struct row *row = &m->rows[i];
        if (!matrix_asks_permission(row))
            continue;
        struct reply reply = matrix_ask_all_but(m, row, row->may);
        if (reply_class(&reply) != 'f' && wrong++ < SHOWN_MAX)
            fprintf(stderr, "# %s by all permissions but %s: %d\n", row->name, row->may,
                    reply.status);
        reply_free(&reply);
    }
    assert_int_equal(wrong, 0);
    free(m);
}

/* What members and agencies do with their own nobody does with another's, whatever else he may. */
static void what_is_anothers_is_not_open_to_a_stranger(void **state)
{
    struct matrix *m = matrix_of(*state);
    size_t asked = 0, wrong = 0;
    for (size_t i = 0; i < m->count; i++) {
        const struct row *row = &m->rows[i];
        if (!matrix_is_for_own(row))
            continue;
        struct reply reply = matrix_ask_as_stranger(m, row);
        asked++;
        if (reply_class(&reply) == 'o' && wrong++ < SHOWN_MAX)
            fprintf(stderr, "# %s of another is open\n", row->name);
        reply_free(&reply);
    }
    printf("# strangers: %zu times asked\n", asked);
    assert_int_equal(wrong, 0);
    assert_true(asked > 200);
    free(m);
}

static void a_step_from_another_state_is_a_conflict(void **state)
{
    struct matrix *m = matrix_of(*state);
    struct missteps *list = missteps_new(m);
    size_t wrong = 0, every = test_db_engine() == DB_POSTGRES ? 4 : 1;
    for (size_t i = 0; i < list->count; i += every)
        if (!misstep_is_refused(m, &list->all[i]) && wrong++ < SHOWN_MAX)
            fprintf(stderr, "# %s of %s is not refused for its state\n",
                    list->all[i].entry->route.path, thing_of(list->all[i].thing)->name);
    printf("# steps: %zu at the wrong time\n", list->count);
    assert_int_equal(wrong, 0);
    assert_true(list->count > 500);
    free(list);
    free(m);
}

/* ---- lists ---- */

static bool item_shows(struct world *w, const char *collection, str id)
{
    str path = arena_printf(w->t->mem, "/api/v1/%s/%.*s", collection, (int)id.len, id.ptr);
    return test_api(w->t, GET, path.ptr, NULL).status == 200;
}

/* Number of items of a list; each must be one that its page shows too. */
static int list_check(struct world *w, const char *collection, enum who who)
{
    str path = arena_printf(w->t->mem, "/api/v1/%s?limit=200", collection);
    test_as(w->t, &w->actor[who]);
    struct test_answer a = test_api(w->t, GET, path.ptr, NULL);
    for (int i = 0; a.status == 200; i++) {
        str id = test_json(w->t, &a, arena_printf(w->t->mem, "items.%d.id", i).ptr);
        if (!id.len)
            return i;
        if (!item_shows(w, collection, id))
            fail_msg("%s lists %s %.*s, whose page is refused", WHO[who].name, collection,
                     (int)id.len, id.ptr);
    }
    return 0;
}

static void lists_show_what_pages_show(void **state)
{
    static const char *const COLLECTIONS[] = { "proposals", "assignments", "members", "notices",
                                               "orgs" };
    int seen = 0;
    for (size_t i = 0; i < sizeof COLLECTIONS / sizeof *COLLECTIONS; i++)
        for (enum who who = A_MEMBER; who < WHOS; who++)
            seen += list_check(*state, COLLECTIONS[i], who);
    printf("# lists: %d items, each shown by its page\n", seen);
    assert_true(seen > 100);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tables_are_by_the_rules),
        cmocka_unit_test(answers_are_as_the_table_says),
        cmocka_unit_test(who_lacks_the_one_permission_is_refused),
        cmocka_unit_test(what_is_anothers_is_not_open_to_a_stranger),
        cmocka_unit_test(a_step_from_another_state_is_a_conflict),
        cmocka_unit_test(lists_show_what_pages_show),
    };
    return cmocka_run_group_tests(tests, world_setup, world_teardown);
}
