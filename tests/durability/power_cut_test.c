/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Quality D2: the power goes at any moment of a day's work, a checkpoint or a recovery, and
 * unforced writes are lost, torn or in another order (power.h). Whatever the disk then holds must
 * open, be sound, have a whole audit chain, and be row for row the house after the last request
 * that was acknowledged, or after the one under way: nothing acknowledged is lost, nothing is there
 * by half. HUOTANG_CUTS=10000 for the long form; HUOTANG_SEED for the choices. And of an
 * attachment: its bytes, then its name, then its folders are forced to disk before the answer; what
 * the product asks of the system is noted on its way there. */
#include <dlfcn.h>
#include <sys/stat.h>
#include <unistd.h>

#include "modules/notices/notice.h"
#include "modules/proposals/tests/desk.h"
#include "platform/audit/audit.h"
#include "platform/base/log.h"
#include "tests/durability/power.h"
#include "tests/harness/test_db.h"

enum {
    CUTS = 120,
    LIES = 30,
    ROUNDS_BEFORE_MANY = 40,
    STATES_MAX = 40000,
    FAMILIES_MAX = 40000,
    BODY = 4000,
    NOTICES = 900
};

/* What was found among cuts. */
struct found {
    i64 cuts, within_recovery, unforced, lost, by_half, unsound, under_way, by_loss[POWER_LOSSES];
};

struct work {
    struct desk *d;
    const char *path;
    i64 acknowledged, id, assignment, cuts_wanted;
    struct found found;
    struct rng rng;
    i64 families;
};

/* The house after each acknowledged request; which of them a recovery began with. */
static unsigned char states[STATES_MAX][POWER_STATE];
static i64 family[FAMILIES_MAX];

static i64 number_of(const char *name, i64 otherwise)
{
    i64 number = otherwise;
    if (getenv(name))
        assert_true(str_to_i64(str_of(getenv(name)), &number));
    return number;
}

/* ---- looking at what a cut left ---- */

/* Opens it as the house does at its start. */
static bool is_sound(struct work *w, const char *path)
{
    struct arena *mem = arena_new(64 << 20, 0);
    struct audit_check chain;
    struct db *db = NULL;
    err e = db_open(arena_printf(mem, "sqlite:%s", path), DB_WRITE, &db);
    if (e.code == ERR_NONE)
        e = db_check(db);
    if (e.code == ERR_NONE)
        e = audit_verify(&w->d->t->app, db, mem, &chain);
    if (e.code == ERR_NONE && chain.entries == 0)
        e = err_make(ERR_INTERNAL, "power.no_chain");
    db_close(db);
    arena_free(mem);
    return e.code == ERR_NONE;
}

/* Which state of the house this is: the newest one not after `last`; -1 = none, so one by half. */
static i64 state_of(const char *path, i64 last)
{
    unsigned char state[POWER_STATE];
    if (!power_state(path, state))
        return -1;
    while (last >= 0 && memcmp(states[last], state, POWER_STATE) != 0)
        last--;
    return last;
}

/* A mark below zero: of a cut within the recovery of an earlier one, which had a state already. */
static i64 least_of(const struct power_cut *cut)
{
    return cut->mark < 0 ? family[-cut->mark - 1] : cut->mark;
}

static void judge(struct work *w, const struct power_cut *cut)
{
    struct found *f = &w->found;
    i64 least = least_of(cut), most = cut->mark < 0 ? least : w->acknowledged;
    bool recovery_too = cut->mark >= 0 && rng_below(&w->rng, 12) == 0 && w->families < FAMILIES_MAX;
    if (recovery_too) {
        power_mark(-++w->families);
        power_rate(150);
        power_watch(cut->path);
    }
    bool sound = is_sound(w, cut->path);
    power_leave(cut->path);
    i64 state = sound ? state_of(cut->path, most) : -1;
    if (recovery_too)
        family[w->families - 1] = state;
    f->cuts++;
    f->by_loss[cut->loss]++;
    f->within_recovery += cut->mark < 0;
    f->unforced += cut->unforced;
    f->unsound += !sound;
    f->by_half += sound && state < 0;
    f->lost += state >= 0 && state < least;
    f->under_way += state > least;
}

static void look(struct work *w)
{
    struct power_cut cut;
    while (power_take(&cut)) {
        judge(w, &cut);
        power_clean(&cut);
    }
}

/* ---- work ---- */

static void api(struct work *w, const char *path, const char *json)
{
    struct test_answer a = test_api(w->d->t, POST, path, json);
    if (a.status >= 300)
        fail_msg("%s: %d %.*s", path, a.status, (int)a.body.len, a.body.ptr);
}

static void step_draft(struct work *w)
{
    w->id = desk_draft(w->d, "A bus for eight thousand");
}

static void step_file(struct work *w)
{
    /* other bytes each time: what is in the store already is not written again */
    str pdf = arena_printf(w->d->t->mem, "%%PDF-1.4\n%lld 0 obj", (long long)w->id);
    const struct test_file files[] = { { "attachments", "plan.pdf", pdf }, { 0 } };
    const char *path = arena_printf(w->d->t->mem, "/proposals/%lld/edit", (long long)w->id).ptr;
    struct test_answer a =
        test_upload(w->d->t, path, files, "version", "1", "title", "A bus with a plan", NULL);
    assert_int_equal(a.status, 303);
}

static void step_text(struct work *w)
{
    w->id = desk_draft(w->d, "A second bridge for the school");
}

static void step_submit(struct work *w)
{
    assert_int_equal(desk_act(w->d, w->id, "submit", "{\"confirmed\":true}"), 200);
}

static void step_docket(struct work *w)
{
    desk_as_reviewer(w->d);
    assert_int_equal(desk_act(w->d, w->id, "docket", "{\"category\":\"transport\"}"), 200);
}

static void step_assign(struct work *w)
{
    desk_assign(w->d, w->id);
}

static void step_accept(struct work *w)
{
    i64 part = desk_assignment(w->d, w->id);
    desk_as_operator(w->d, 0);
    str json = arena_printf(w->d->t->mem, "{\"version\":%lld}",
                            (long long)desk_assignment_version(w->d, part));
    api(w, arena_printf(w->d->t->mem, "/api/v1/assignments/%lld/accept", (long long)part).ptr,
        json.ptr);
}

static err many_notices(struct rq *rq, void *context)
{
    char body[BODY + 1];
    (void)context;
    memset(body, 'n', BODY);
    body[BODY] = '\0';
    for (i64 i = 0; i < NOTICES; i++) {
        struct notice n = { .title = str_of("Many"),
                            .body = str_of(body),
                            .state = str_of("draft"),
                            .audience = str_of("all") };
        i64 id;
        TRY(notice_store_add(rq->db, &n, &id));
    }
    return OK;
}

/* More than the cache holds: it is written before the transaction ends. */
static void step_many(struct work *w)
{
    power_rate(400);
    assert_ok(desk_in_org(w->d, w->d->t->org, many_notices, NULL));
}

static void (*const STEPS[])(struct work *w) = { step_draft,  step_file,   step_text,  step_submit,
                                                 step_docket, step_assign, step_accept };

static void checkpoint(struct work *w)
{
    static const char *const KINDS[] = { "PRAGMA wal_checkpoint(PASSIVE)",
                                         "PRAGMA wal_checkpoint(RESTART)",
                                         "PRAGMA wal_checkpoint(TRUNCATE)" };
    assert_ok(db_script(w->d->t->db, str_of(KINDS[rng_below(&w->rng, 3)])));
}

static void do_step(struct work *w, void (*step)(struct work *w))
{
    power_rate(12);
    step(w);
    assert_true(w->acknowledged + 1 < STATES_MAX);
    assert_true(power_state(w->path, states[++w->acknowledged]));
    power_mark(w->acknowledged);
    if (rng_below(&w->rng, 3) == 0)
        power_cut_now(w->path);
    if (rng_below(&w->rng, 5) == 0)
        checkpoint(w);
    power_rate(0);
    look(w);
    power_mark(w->acknowledged);
}

static void round_of_work(struct work *w, i64 number)
{
    for (size_t i = 0; i < sizeof STEPS / sizeof *STEPS; i++)
        do_step(w, STEPS[i]);
    if (number % ROUNDS_BEFORE_MANY == 0)
        do_step(w, step_many);
}

/* ---- what is asked of the file system ---- */

enum { ASKED_MAX = 4000, ASKED_PATH = 300 };

struct asked {
    char what; /* 'f'orced, 'n'amed (link, rename), 'm'ade (folder) */
    char path[ASKED_PATH], from[ASKED_PATH];
};
static struct asked asked[ASKED_MAX];
static int asked_count = -1; /* below zero: nobody listens */

static void note_asked(char what, const char *path, const char *from)
{
    if (asked_count < 0 || asked_count == ASKED_MAX)
        return;
    struct asked *a = &asked[asked_count++];
    a->what = what;
    snprintf(a->path, sizeof a->path, "%s", path);
    snprintf(a->from, sizeof a->from, "%s", from);
}

int fsync(int fd)
{
    int (*real)(int) = (int (*)(int))dlsym(RTLD_NEXT, "fsync");
    char link[40], path[ASKED_PATH] = "";
    int rc = real(fd);
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    if (rc == 0 && asked_count >= 0 && readlink(link, path, sizeof path - 1) > 0)
        note_asked('f', path, "");
    return rc;
}

int link(const char *from, const char *to)
{
    int (*real)(const char *, const char *) =
        (int (*)(const char *, const char *))dlsym(RTLD_NEXT, "link");
    int rc = real(from, to);
    if (rc == 0)
        note_asked('n', to, from);
    return rc;
}

int rename(const char *from, const char *to)
{
    int (*real)(const char *, const char *) =
        (int (*)(const char *, const char *))dlsym(RTLD_NEXT, "rename");
    int rc = real(from, to);
    if (rc == 0)
        note_asked('n', to, from);
    return rc;
}

int mkdir(const char *path, mode_t mode)
{
    int (*real)(const char *, mode_t) = (int (*)(const char *, mode_t))dlsym(RTLD_NEXT, "mkdir");
    int rc = real(path, mode);
    if (rc == 0)
        note_asked('m', path, "");
    return rc;
}

/* Whether a path was forced between two of what was asked. */
static bool was_forced(const char *path, int after, int before)
{
    for (int i = after + 1; i < before; i++)
        if (asked[i].what == 'f' && strcmp(asked[i].path, path) == 0)
            return true;
    return false;
}

/* Of the folder in which something got its name. */
static bool folder_was_forced(const char *path, int after)
{
    char folder[ASKED_PATH];
    snprintf(folder, sizeof folder, "%s", path);
    *strrchr(folder, '/') = '\0';
    return was_forced(folder, after, asked_count);
}

/* ---- tests ---- */

static struct work *work_begin(void)
{
    struct work *w = calloc(1, sizeof *w);
    struct db *first;
    void *desk = NULL;
    i64 seed = number_of("HUOTANG_SEED", 20261128);
    assert_non_null(w);
    assert_ok(db_open(str_of("sqlite::memory:"), DB_WRITE, &first)); /* it configures the library */
    db_close(first);
    power_start(seed);
    assert_int_equal(desk_setup(&desk), 0);
    w->d = desk;
    w->rng = rng_seeded((uint64_t)seed + 1);
    w->cuts_wanted = number_of("HUOTANG_CUTS", CUTS);
    w->path = arena_cstr(w->d->t->mem, test_db_url(w->d->t->db)) + strlen("sqlite:");
    assert_true(power_state(w->path, states[0]));
    power_watch(w->path);
    return w;
}

static void work_end(struct work *w)
{
    void *desk = w->d;
    power_leave(w->path);
    desk_teardown(&desk);
    power_stop();
    free(w);
}

static int set_up(void **state)
{
    *state = test_db_engine() == DB_SQLITE ? work_begin() : NULL;
    return 0;
}

static int tear_down(void **state)
{
    if (*state)
        work_end(*state);
    return 0;
}

static struct work *begun(void **state)
{
    struct work *w = *state;
    if (!w)
        skip(); /* a server of PostgreSQL writes to its own disk */
    w->found = (struct found){ 0 };
    return w;
}

static void nothing_acknowledged_is_lost_when_the_power_goes(void **state)
{
    struct work *w = begun(state);
    const struct found *f = &w->found;
    for (i64 round = 1; f->cuts < w->cuts_wanted; round++)
        round_of_work(w, round);
    do_step(w, step_many);
    printf(
        "# %lld cuts, %lld within a recovery, %lld requests acknowledged, %lld unforced writes\n",
        (long long)f->cuts, (long long)f->within_recovery, (long long)w->acknowledged,
        (long long)f->unforced);
    printf("# of them left: nothing %lld, all %lld, the beginning %lld, any %lld, torn %lld\n",
           (long long)f->by_loss[POWER_NOTHING], (long long)f->by_loss[POWER_ALL],
           (long long)f->by_loss[POWER_BEGINNING], (long long)f->by_loss[POWER_ANY],
           (long long)f->by_loss[POWER_TORN]);
    printf("# %lld lost, %lld by half, %lld unsound, %lld with the request under way\n",
           (long long)f->lost, (long long)f->by_half, (long long)f->unsound,
           (long long)f->under_way);
    assert_int_equal(f->lost, 0);
    assert_int_equal(f->by_half, 0);
    assert_int_equal(f->unsound, 0);
    assert_true(f->within_recovery > 0 && f->under_way > 0 && f->unforced > f->cuts);
    for (size_t i = 0; i < POWER_LOSSES; i++)
        assert_true(f->by_loss[i] > 0);
}

/* The same on a disk that says it has forced what it has not: that must be noticed, or the test
 * above says nothing. */
static void a_disk_that_lies_is_found_out(void **state)
{
    struct work *w = begun(state);
    const struct found *f = &w->found;
    power_lie(true);
    log_set_level(LOG_ERROR + 1);
    for (size_t i = 0; f->cuts < LIES; i++)
        do_step(w, STEPS[i % (sizeof STEPS / sizeof *STEPS)]);
    log_set_level(LOG_ERROR);
    power_lie(false);
    assert_true(f->lost + f->by_half + f->unsound > LIES / 10);
}

static void an_attachment_is_on_disk_before_the_answer(void **state)
{
    struct work *w = begun(state);
    str files = arena_printf(w->d->t->mem, "%.*s/files/", (int)w->d->t->app.config.data.len,
                             w->d->t->app.config.data.ptr);
    i64 named = 0, made = 0;
    struct stat there;
    step_draft(w);
    asked_count = 0;
    step_file(w); /* fails the test unless it was acknowledged */
    int count = asked_count;
    for (int i = 0; i < count; i++) {
        str path = str_of(asked[i].path);
        if (asked[i].what == 'f' || !str_starts(path, files))
            continue;
        assert_true(folder_was_forced(asked[i].path, i));
        made += asked[i].what == 'm';
        if (asked[i].what != 'n')
            continue;
        named++;
        assert_true(was_forced(asked[i].from, -1, i));
        assert_int_equal(stat(asked[i].path, &there), 0);
        assert_true(there.st_size > 0);
    }
    asked_count = -1;
    assert_int_equal(named, 1);
    assert_true(made <= 2); /* an earlier one may have the first two letters too */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_acknowledged_is_lost_when_the_power_goes),
        cmocka_unit_test(a_disk_that_lies_is_found_out),
        cmocka_unit_test(an_attachment_is_on_disk_before_the_answer),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
