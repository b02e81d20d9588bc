/* SPDX-License-Identifier: MulanPSL-2.0 */
/* How good the groups proposed for merging are on a real session (shared data): all 294 proposals
 * come as a list, and the groups are compared with 24 that were made by hand (59 rows; two
 * proposals stand in two). Target of issue 3: recall >= 0.9 with at most two false proposals for
 * each true group. Skipped where the data is absent.
 *
 * How mergers.degree_min was chosen, by hundredths: recall; false for each true group in those
 * found, and with all that is proposed besides; most false in one group.
 *
 *      8   0.98   1.08   5.88   4
 *     10   0.98   0.75   3.79   4
 *     11   0.97   0.71   2.92   4
 *     12   0.97   0.42   2.00   2     the shipped one: the least noise before recall falls
 *     13   0.90   0.33   1.33   2
 *     14   0.81   0.21   1.04   1
 *
 * A title's share of 10 to 35 hundredths gives nearly the same (0.95 to 0.98 at 11); without it
 * 0.83 to 0.85: it is the title that lifts the groups. Nothing here knows of a single text. */
#include <unistd.h>

#include "embed.h"
#include "modules/mergers/merger.h"
#include "modules/proposals/proposal_store.h"
#include "modules/proposals/tests/desk.h"
#include "modules/transfers/transfer_import.h"
#include "platform/text/fold.h"

enum { TRUE_MAX = 40, GROUP_MAX = 16 };

/* ---- the groups made by hand ---- */

struct true_group {
    str name;
    i64 ids[GROUP_MAX];
    size_t count;
};

struct truth {
    struct desk *d;
    struct true_group groups[TRUE_MAX];
    size_t count;
    bool head;
};

static err truth_row(void *context, const struct sheet_row *row)
{
    struct truth *t = context;
    if (!t->head) {
        t->head = true;
        return OK;
    }
    str name = row->cells.items[0];
    size_t at = 0;
    while (at < t->count && !str_eq(t->groups[at].name, name))
        at++;
    assert_true(at < TRUE_MAX);
    struct true_group *g = &t->groups[at];
    if (at == t->count)
        t->groups[t->count++].name = arena_str(t->d->t->mem, name);
    assert_true(g->count < GROUP_MAX);
    assert_ok(proposal_store_find_by_source(t->d->t->db, str_of(""), row->cells.items[3],
                                            &g->ids[g->count++]));
    return OK;
}

/* ---- comparing ---- */

static bool holds(const i64 *list, size_t count, i64 id)
{
    for (size_t i = 0; i < count; i++)
        if (list[i] == id)
            return true;
    return false;
}

static size_t shared(const struct true_group *g, const struct merger_proposed *p)
{
    size_t n = 0;
    for (size_t i = 0; i < g->count; i++)
        n += holds(p->proposals.items, p->proposals.count, g->ids[i]);
    return n;
}

/* The proposed group with most of a true one; NULL where not even two of it are together. */
static const struct merger_proposed *best_of(const struct true_group *g, const struct rows *rows)
{
    const struct merger_proposed *all = rows->items, *best = NULL;
    size_t most = 1;
    for (size_t i = 0; i < rows->count; i++)
        if (shared(g, &all[i]) > most) {
            most = shared(g, &all[i]);
            best = &all[i];
        }
    return best;
}

/* Proposed ones that are in no group at all, the strictest reading of "false": some of them may be
 * rightly proposed: the groups were made from titles and likeness, and nobody says that they are
 * all. */
static size_t count_outside(const struct truth *t, const struct rows *rows)
{
    const struct merger_proposed *all = rows->items;
    size_t outside = 0;
    for (size_t i = 0; i < rows->count; i++)
        for (size_t k = 0; k < all[i].proposals.count; k++) {
            bool known = false;
            for (size_t g = 0; g < t->count; g++)
                known |= holds(t->groups[g].ids, t->groups[g].count, all[i].proposals.items[k]);
            outside += !known;
        }
    return outside;
}

struct run {
    struct desk *d;
    struct import_options options;
    struct import_report report;
};

static err run_in(struct rq *rq, void *context)
{
    struct run *r = context;
    return import_run(rq, r->d->t->mem, TRANSFER_IMPORTS, &r->options, &r->report);
}

static struct truth *fill(struct desk *d)
{
    struct run r = { .d = d };
    struct truth *t = arena_zero(d->t->mem, sizeof *t);
    const struct sheet_reader reader = { .row = truth_row, .context = t };
    r.options.list = test_list(d->t, desk_shared_file(d, "proposals_js2019.csv.gz"));
    assert_ok(test_write(d->t, run_in, &r));
    assert_int_equal(r.report.refused, 0);
    t->d = d;
    assert_ok(sheet_read(
        d->t->mem, str_of(desk_shared_file(d, "proposals_js2019_similar_groups.csv")), &reader));
    return t;
}

static void groups_are_found_with_few_false_ones(void **state)
{
    struct desk *d = *state;
    struct truth *t = fill(d);
    struct rq rq = test_system_rq(d->t);
    struct rows rows;
    size_t rows_of_truth = 0, found = 0, others = 0, worst = 0;
    assert_ok(merger_propose(&rq, &rows));
    for (size_t g = 0; g < t->count; g++) {
        const struct merger_proposed *best = best_of(&t->groups[g], &rows);
        size_t good = best ? shared(&t->groups[g], best) : 0;
        size_t bad = best ? best->proposals.count - good : 0;
        rows_of_truth += t->groups[g].count;
        found += good;
        others += bad;
        worst = bad > worst ? bad : worst;
    }
    double recall = (double)found / (double)rows_of_truth;
    double of_found = (double)others / (double)t->count;
    size_t outside = count_outside(t, &rows);
    double of_all = (double)(others + outside) / (double)t->count;
    fprintf(stderr,
            "groups: %zu proposed for %zu; recall %.3f (%zu of %zu); false for each true group: "
            "%.2f in those found, %.2f with all that is proposed; most in one: %zu\n",
            rows.count, t->count, recall, found, rows_of_truth, of_found, of_all, worst);
    assert_int_equal(t->count, 24);
    assert_int_equal(rows_of_truth, 59);
    assert_true(recall >= 0.9);
    assert_true(of_all <= 2);
    assert_true(worst <= 4);
}

/* Traditional forms fold as they do in a house that was started; the table lives as long as the
 * program. */
static void tables_load(struct arena *mem)
{
    for (const struct embed_file *f = embed_data; f->name; f++)
        if (strcmp(f->name, "text/traditional.txt") == 0)
            fold_load(mem, (str){ (const char *)f->data, f->size });
}

static void lists_are_absent(void **state)
{
    (void)state;
    skip();
}

int main(void)
{
    const char *data = getenv("HUOTANG_SHARED_DATA");
    if (access(data ? data : "../shared/data", R_OK) != 0) {
        const struct CMUnitTest none[] = {
            cmocka_unit_test(lists_are_absent),
        };
        return cmocka_run_group_tests(none, NULL, NULL);
    }
    struct arena *mem = arena_new(8 << 20, 0);
    tables_load(mem);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(groups_are_found_with_few_false_ones, desk_setup,
                                        desk_teardown),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    arena_free(mem);
    return failed;
}
