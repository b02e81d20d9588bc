/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Would the matrix notice a rule that is broken (F9)? Each rule is broken alone, in a child, and
 * the cells that meet it are asked until one answers otherwise than the reviewed table: the mutant
 * is killed. Declared rules: the permission of a route or of a step becomes another one, or none; a
 * step starts from every state. Conditions of rule functions: where the program is linked with what
 * tests/prove/mutation.py makes of them (`./dev prove mutation`), each says always yes or always
 * no. HUOTANG_MUTANTS=0/1 tries all of them, 0/2 and 1/2 each half; without it a few declared ones
 * are tried, and they must be killed. */
#include <signal.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "platform/base/str.h"
#include "tests/harness/test_db.h"
#include "tests/matrix/missteps.h"
#include "tests/prove/mutants.h"

enum {
    TRIED_MAX = 6000, /* cells that one mutant is asked */
    SPREAD = 7919,    /* a prime: neighbours ask much the same, so they are asked far apart */
    PATIENCE_S = 120,
    PATCHES_MAX = 64,
    EVERY = 61,         /* of all declared ones some fifty */
    ALL_BUT_ONE = WHOS, /* instead of somebody: who holds all but the route's permission */
    STRANGER            /* who holds all, but asks for another's: anything but open is right */
};

struct cell {
    int row;
    unsigned char who, set;
};

/* Numbers of cells, in the order of asking; behind them those of steps at the wrong time. */
struct cells {
    int *at;
    size_t count, room;
};

/* A declared word that is another one in the broken house. */
struct patch {
    const char **at, *was;
};

struct shared;

struct mutation {
    struct matrix *m;
    struct cell *cells;
    size_t count;
    struct missteps *missteps;
    struct patch patches[PATCHES_MAX];
    size_t patched;
    size_t number;      /* of mutants so far, those of children before too */
    size_t turn, every; /* each how manyeth is tried */
    size_t part, parts; /* of the mutants only every parts-th is asked, from part on */
    bool paired;        /* in a house of is_doubled */
    struct shared *shared;
};

enum { NAMES_MAX = ACTOR_PERMISSIONS_MAX };

static void cells_add(struct cells *list, int cell)
{
    if (list->count && list->at[list->count - 1] == cell)
        return;
    if (list->count == list->room) {
        list->room = list->room ? list->room * 2 : 64;
        list->at = realloc(list->at, list->room * sizeof *list->at);
        assert_non_null(list->at);
    }
    list->at[list->count++] = cell;
}

/* ---- asking a broken house ---- */

/* What parent and child both see. number: of the mutant that is asked; begun: where a new child
 * goes on. */
struct shared {
    size_t number, begun, mutants, killed, doubled;
    bool told;
    char name[400];
};

static struct reply cell_ask(struct mutation *x, struct cell c)
{
    const struct row *row = &x->m->rows[c.row];
    if (c.who == ALL_BUT_ONE)
        return matrix_ask_all_but(x->m, row, x->paired ? NULL : row->may);
    if (c.who == STRANGER)
        return matrix_ask_as_stranger(x->m, row);
    return matrix_ask(x->m, row, c.who, c.set);
}

static bool cell_is_right(struct mutation *x, int cell)
{
    struct cell c = x->cells[cell];
    struct reply reply = cell_ask(x, c);
    char class = reply_class(&reply);
    reply_free(&reply);
    if (c.who == ALL_BUT_ONE)
        return class == 'f';
    if (c.who == STRANGER)
        return class != 'o';
    return class == x->m->rows[c.row].wanted[c.who][c.set];
}

static bool is_right(struct mutation *x, int cell)
{
    struct test_app *t = x->m->w->t;
    struct arena *kept = t->mem;
    t->mem = arena_new(64 << 20, 256 << 20); /* for what is asked: there are many */
    bool right = (size_t)cell < x->count
                     ? cell_is_right(x, cell)
                     : misstep_is_refused(x->m, &x->missteps->all[(size_t)cell - x->count]);
    arena_free(t->mem);
    t->mem = kept;
    return right;
}

static bool is_killed(struct mutation *x, const struct cells *cells)
{
    alarm(PATIENCE_S);
    for (size_t i = 0; i < cells->count && i < TRIED_MAX; i++)
        if (!is_right(x, cells->at[i * SPREAD % cells->count]))
            return true;
    return false;
}

/* What became of a mutant is a line for mutation.py. */
static void tell(struct mutation *x, bool killed, size_t cells)
{
    x->shared->told = true;
    x->shared->mutants++;
    x->shared->killed += killed;
    if (!killed || x->every == 1)
        printf("# mutant %s: %s, %zu cells\n", x->shared->name, killed ? "killed" : "survived",
               cells);
    fflush(stdout);
}

/* Whether a child before has judged the next one, or another process does. */
static bool is_past(struct mutation *x)
{
    bool past = x->number < x->shared->begun || x->number % x->parts != x->part;
    x->number += past;
    return past;
}

/* One mutant, which is on; true = noticed. */
static bool judge(struct mutation *x, const struct cells *cells, const char *kind, const char *name)
{
    x->shared->number = ++x->number;
    x->shared->told = false;
    snprintf(x->shared->name, sizeof x->shared->name, "%s %s", kind, name);
    bool killed = is_killed(x, cells);
    tell(x, killed, cells->count);
    return killed;
}

/* The house that is not broken, once more: nothing of the mutants may be left in it. */
static bool is_whole(struct mutation *x)
{
    for (size_t i = 0; i < x->count && i < TRIED_MAX; i++)
        if (!is_right(x, (int)(i * SPREAD % x->count)))
            return false;
    return true;
}

/* cmocka, which would go on after a crash, hears nothing of it. */
static void child_run(struct mutation *x, void (*all)(struct mutation *))
{
    static const int SIGNALS[] = { SIGSEGV, SIGABRT, SIGFPE, SIGILL, SIGBUS, SIGSYS };
    setrlimit(RLIMIT_CORE, &(struct rlimit){ 0, 0 });
    for (size_t i = 0; i < sizeof SIGNALS / sizeof *SIGNALS; i++)
        signal(SIGNALS[i], SIG_DFL);
    if (!freopen("/dev/null", "w", stderr))
        _exit(2);
    all(x);
    alarm(0);
    _exit(is_whole(x) ? 0 : 2);
}

/* Tries them all in a child; where a broken house crashes or hangs, another one goes on behind. */
static void run(struct mutation *x, void (*all)(struct mutation *))
{
    int status;
    do {
        fflush(NULL);
        pid_t child = fork();
        assert_true(child >= 0);
        if (child == 0)
            child_run(x, all);
        assert_int_equal(waitpid(child, &status, 0), child);
        if (WIFSIGNALED(status) && !x->shared->told)
            tell(x, true, 0);
        x->shared->begun = x->shared->number;
    } while (WIFSIGNALED(status));
    assert_int_equal(WEXITSTATUS(status), 0);
    printf("# mutation: %zu mutants, %zu killed, %zu doubled\n", x->shared->mutants,
           x->shared->killed, x->shared->doubled);
}

/* Who holds each permission, a bit for each person. */
static unsigned held[NAMES_MAX];

static void held_read(void)
{
    size_t count;
    const struct permission *all = permission_all(&count);
    _Static_assert(WHOS <= 32, "a bit for each person");
    for (size_t i = 0; i < count; i++)
        for (enum who who = NOBODY; who < WHOS; who++)
            if (rules_holds(&(struct question){ .who = who }, all[i].name))
                held[i] |= 1U << who;
}

static void cells_of_row(struct mutation *x, int row)
{
    for (enum who who = NOBODY; who < WHOS; who++)
        for (int set = 0; set < x->m->rows[row].sets; set++)
            x->cells[x->count++] = (struct cell){ row, (unsigned char)who, (unsigned char)set };
    if (matrix_asks_permission(&x->m->rows[row]))
        x->cells[x->count++] = (struct cell){ row, ALL_BUT_ONE, SET_FIRST };
    if (matrix_is_for_own(&x->m->rows[row]))
        x->cells[x->count++] = (struct cell){ row, STRANGER, SET_SECOND };
}

static struct mutation *mutation_new(struct world *w)
{
    struct mutation *x = calloc(1, sizeof *x);
    assert_non_null(x);
    held_read();
    x->parts = 1;
    x->m = matrix_new(w);
    matrix_read(x->m);
    x->shared =
        mmap(NULL, sizeof *x->shared, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    assert_true(x->shared != MAP_FAILED);
    x->cells = calloc(x->m->count * (WHOS * SETS + 2), sizeof *x->cells);
    assert_non_null(x->cells);
    for (size_t i = 0; i < x->m->count; i++)
        cells_of_row(x, (int)i);
    return x;
}

static void mutation_free(struct mutation *x)
{
    munmap(x->shared, sizeof *x->shared);
    free(x->cells);
    free(x->missteps);
    free(x->m);
    free(x);
}

static bool is_turn(struct mutation *x)
{
    return x->turn++ % x->every == 0;
}

/* ---- permissions ---- */

static unsigned held_by(const char *permission)
{
    unsigned all = (1U << WHOS) - 1;
    if (strcmp(permission, PUBLIC) == 0)
        return all;
    if (strcmp(permission, SIGNED_IN) == 0)
        return all & ~(1U << NOBODY);
    return held[permission_number(permission)];
}

/* The permission that is most like one, but not held by the same: hardest to notice. */
static const char *nearest(const char *permission)
{
    size_t count;
    const struct permission *all = permission_all(&count);
    const char *best = NULL;
    int least = WHOS + 1;
    for (size_t i = 0; i < count; i++) {
        int here = __builtin_popcount(held[i] ^ held_by(permission));
        if (here > 0 && here < least) {
            least = here;
            best = all[i].name;
        }
    }
    return best;
}

/* Tables are constants, whose pages are read-only once the program has begun. */
static void patch(struct mutation *x, const char *const *at, const char *word)
{
    uintptr_t size = (uintptr_t)sysconf(_SC_PAGESIZE), page = (uintptr_t)at / size * size;
    assert_true(x->patched < PATCHES_MAX);
    assert_int_equal(mprotect((void *)page, size * 2, PROT_READ | PROT_WRITE), 0);
    x->patches[x->patched++] = (struct patch){ (const char **)(uintptr_t)at, *at };
    *(const char **)(uintptr_t)at = word;
}

static void mend(struct mutation *x)
{
    while (x->patched > 0) {
        struct patch *p = &x->patches[--x->patched];
        *p->at = p->was;
    }
}

static bool is_of(const struct row *row, const struct route_entry *entry)
{
    if (!entry->flow)
        return row->entry == entry;
    return row->entry->flow == entry->flow &&
           strcmp(row->entry->action->verb, entry->action->verb) == 0;
}

/* Cells of a route; of a step those of all its routes. */
static struct cells cells_of(struct mutation *x, const struct route_entry *entry)
{
    struct cells list = { 0 };
    for (size_t i = 0; i < x->count; i++)
        if (is_of(&x->m->rows[x->cells[i].row], entry))
            cells_add(&list, (int)i);
    return list;
}

/* A step's permission stands in its rows, and from there in its three routes. */
static void patch_all(struct mutation *x, const struct route_entry *entry, const char *word)
{
    const struct route_entry *other;
    const char *was = entry->route.may;
    if (!entry->flow) {
        patch(x, &entry->route.may, word);
        return;
    }
    for (const struct flow_action *a = entry->flow->actions; a->verb; a++)
        if (strcmp(a->verb, entry->action->verb) == 0 && strcmp(a->may, was) == 0)
            patch(x, &a->may, word);
    for (size_t i = 0; (other = route_at(x->m->w, i)); i++)
        if (other->flow == entry->flow && strcmp(other->action->verb, entry->action->verb) == 0)
            patch(x, &other->route.may, word);
}

/* A survivor may be held by a second rule that asks for the same permission (a list, the handler):
 * broken alone it changes nothing. The pair is noticed: tried in a house in which everybody holds
 * the one permission as he holds the other. */
static bool is_doubled(struct mutation *x, const struct cells *list, const char *was,
                       const char *word)
{
    struct actor kept[WHOS];
    struct actor *actors = x->m->w->actor;
    int from = permission_number(word), to = permission_number(was);
    if (to < 0)
        return false;
    memcpy(kept, actors, sizeof kept);
    for (enum who who = NOBODY; who < WHOS; who++)
        actors[who].scopes[to] = from < 0 ? (unsigned char)SCOPE_ORG : actors[who].scopes[from];
    x->paired = true;
    bool killed = is_killed(x, list);
    x->paired = false;
    memcpy(actors, kept, sizeof kept);
    x->shared->doubled += killed;
    if (killed)
        printf("#   doubled: a second rule asks for %s\n", was);
    fflush(stdout);
    return killed;
}

static void permission_try(struct mutation *x, const struct route_entry *entry, const char *word)
{
    char name[300];
    const char *was = entry->route.may;
    if (!word || held_by(was) == held_by(word) || !is_turn(x) || is_past(x))
        return;
    struct cells list = cells_of(x, entry);
    snprintf(name, sizeof name, "%s %s %s for %s", method_name(entry->route.method),
             entry->route.path, word, was);
    patch_all(x, entry, word);
    if (!judge(x, &list, entry->flow ? "step" : "route", name))
        (void)is_doubled(x, &list, was, word);
    mend(x);
    free(list.at);
}

/* Of a step's three routes the first stands for all. */
static void permissions_try(struct mutation *x)
{
    const struct route_entry *entry;
    for (size_t i = 0; (entry = route_at(x->m->w, i)); i++) {
        if (entry->flow && (entry->api || entry->route.method != GET))
            continue;
        bool open = strcmp(entry->route.may, PUBLIC) == 0;
        if (!entry->flow) {
            permission_try(x, entry, PUBLIC);
            permission_try(x, entry, SIGNED_IN);
        }
        if (!open && strcmp(entry->route.may, SIGNED_IN) != 0)
            permission_try(x, entry, nearest(entry->route.may));
    }
}

static void a_few_permissions_that_are_wrong_are_noticed(void **state)
{
    if (test_db_engine() == DB_POSTGRES)
        skip(); /* a child would speak on its parent's connection; the rules know no engine */
    struct mutation *x = mutation_new(*state);
    x->every = EVERY;
    run(x, permissions_try);
    size_t left = x->shared->mutants - x->shared->killed - x->shared->doubled;
    assert_true(x->shared->mutants >= 20);
    assert_true(left * 10 <= x->shared->mutants); /* some change nothing: tests/prove/mutants.txt */
    mutation_free(x);
}

/* ---- conditions ---- */

static struct cells said[MUTANT_SITES][2]; /* cells in which a condition said no, yes */
static int cell_now;

static void listen(int site, bool says)
{
    cells_add(&said[site][says], cell_now);
}

/* All cells of the house as it is: all right, and which conditions they meet. */
static void conditions_hear(struct mutation *x)
{
    size_t wrong = 0;
    mutant_heard = listen;
    for (size_t i = 0; i < x->count; i++) {
        cell_now = (int)i;
        wrong += !is_right(x, cell_now);
    }
    mutant_heard = NULL;
    assert_int_equal(wrong, 0);
}

/* A condition that is always yes matters where it said no. */
static void conditions_try(struct mutation *x)
{
    char name[40];
    for (int site = 1; site < MUTANT_SITES; site++)
        for (int says = 0; says < 2; says++) {
            if ((!said[site][0].count && !said[site][1].count) || is_past(x))
                continue;
            mutant_chosen = (struct mutant){ .site = site, .says = says };
            snprintf(name, sizeof name, "%d %d", site, says);
            judge(x, &said[site][!says], "condition", name);
        }
    mutant_chosen = (struct mutant){ 0 };
}

static void missteps_add(struct mutation *x, const struct route_entry *entry, struct cells *list)
{
    for (size_t i = 0; i < x->missteps->count; i++) {
        const struct route_entry *step = x->missteps->all[i].entry;
        if (step->flow == entry->flow && strcmp(step->action->verb, entry->action->verb) == 0)
            cells_add(list, (int)(x->count + i));
    }
}

/* A row that starts from every state. */
static void states_try(struct mutation *x)
{
    char name[200];
    const struct route_entry *entry;
    for (size_t i = 0; (entry = route_at(x->m->w, i)); i++) {
        if (!entry->flow || entry->api || entry->route.method != GET)
            continue;
        struct cells list = cells_of(x, entry);
        missteps_add(x, entry, &list);
        for (const struct flow_action *a = entry->flow->actions; a->verb; a++) {
            if (strcmp(a->verb, entry->action->verb) != 0 || strcmp(a->may, FLOW_SYSTEM) == 0)
                continue;
            if (is_past(x))
                continue;
            size_t row = (size_t)(a - entry->flow->actions);
            mutant_chosen = (struct mutant){ .flow = entry->flow->name, .row = row };
            snprintf(name, sizeof name, "%s %zu %s", entry->flow->name, row, a->verb);
            judge(x, &list, "state", name);
        }
        free(list.at);
    }
    mutant_chosen = (struct mutant){ 0 };
}

static void all_try(struct mutation *x)
{
    permissions_try(x);
    states_try(x);
    conditions_try(x);
}

/* How many are killed is judged by mutation.py, which asks other tests of those that are left. */
static void all_mutants(void **state)
{
    struct mutation *x = mutation_new(*state);
    x->every = 1;
    assert_int_equal(sscanf(getenv("HUOTANG_MUTANTS"), "%zu/%zu", &x->part, &x->parts), 2);
    conditions_hear(x);
    x->missteps = missteps_new(x->m);
    run(x, all_try);
    for (int site = 0; site < MUTANT_SITES; site++)
        for (int says = 0; says < 2; says++)
            free(said[site][says].at);
    mutation_free(x);
}

int main(void)
{
    const struct CMUnitTest few[] = {
        cmocka_unit_test(a_few_permissions_that_are_wrong_are_noticed),
    };
    const struct CMUnitTest all[] = { cmocka_unit_test(all_mutants) };
    if (getenv("HUOTANG_MUTANTS"))
        return cmocka_run_group_tests(all, world_setup, world_teardown);
    return cmocka_run_group_tests(few, world_setup, world_teardown);
}
