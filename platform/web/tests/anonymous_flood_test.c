/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Forms that anybody may send, under load and under a microscope: a hundred thousand posts in ten
 * minutes of the house's clock (quality P3), what judging one costs, and whether anything of a
 * sender can be found afterwards in the database's files, a copy of it, the data folder or the log
 * (quality P1). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include <dirent.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "platform/base/log.h"
#include "platform/base/str.h"
#include "platform/web/exchange.h"
#include "platform/web/stamp.h"
#include "platform/web/tests/boxes.h"
#include "tests/harness/test_db.h"
#include "tests/harness/test_err.h"

static int set_up(void **state)
{
    *state = box_house();
    return 0;
}

static int tear_down(void **state)
{
    test_app_free(*state);
    return 0;
}

/* ---- a flood ---- */

enum {
    POSTS = 100000,
    MINUTES = 10,
    EACH_MINUTE = POSTS / MINUTES,
    NETWORKS = 100, /* of who floods with true work */
    PLAIN = 20,     /* of who floods without any */
    EVERY = 33      /* one of so many posts comes with true work, one without */
};

struct flood {
    struct test_app *t;
    str used; /* a stamp that was used, sent again and again */
    int taken;
};

/* The n-th post: with true work, without any, forged, or one that was used before. */
static void flood_post(struct flood *f, int n)
{
    struct test_app *t = f->t;
    int network = n % EVERY == 1 ? n % PLAIN : n % NETWORKS;
    const char *from = arena_printf(t->mem, "198.51.%d.%d", network, n % 250).ptr;
    struct box_post post = { "/api/v1/boxes", from, "spam-of-the-flood", f->used, str_of("") };
    if (n % EVERY < 2)
        post.stamp = box_stamp(t, "/boxes/new", from);
    if (n % EVERY == 0)
        post.proof = box_proof(t->mem, post.stamp);
    else if (n % EVERY > 1 && n % 3 == 1)
        post.stamp = str_of("9-1795568400000-00000000000000000000000000000000-"
                            "00000000000000000000000000000000");
    else if (n % EVERY > 1 && n % 3 == 2)
        post.proof = str_of("0000000000000000000000000000000000000000000000000000000000000000");
    int status = box_send(t, &post).status;
    f->taken += status == 200;
    assert_true(status == 200 || status == 409 || status == 422 || status == 429);
}

static void a_flood_leaves_room_for_a_genuine_writer(void **state)
{
    struct test_app *t = *state;
    struct flood f = { .t = t };
    box_setting(t, "anonymous.hour", "300");
    box_setting(t, "anonymous.unproved_hour", "60");
    box_setting(t, "anonymous.work_bits", "1");
    f.used = box_stamp(t, "/boxes/new", "198.51.0.1");
    i64 begun = t->app.clock.fixed_ms;
    for (int n = 0; n < POSTS; n++) {
        t->app.clock.fixed_ms = begun + (i64)n * MINUTES * 60000 / POSTS;
        flood_post(&f, n);
        if (n % EACH_MINUTE != EACH_MINUTE - 1)
            continue;
        /* once a minute somebody writes: from a place of his own, with and without a script */
        const char *from = arena_printf(t->mem, "203.0.%d.5", n / EACH_MINUTE).ptr;
        assert_int_equal(box_write(t, from, "a-true-letter", true).status, 200);
        assert_int_equal(box_write(t, from, "a-true-letter", false).status, 200);
    }
    /* what the flood brought in: at most half of the room, and one more of each network */
    i64 proved = box_count(t, "proved"), unproved = box_count(t, "unproved");
    print_message("# of %d posts %lld proved and %lld unproved were taken\n", POSTS,
                  (long long)proved, (long long)unproved);
    assert_true(proved >= NETWORKS && proved <= 150 + NETWORKS + MINUTES);
    assert_true(unproved >= PLAIN && unproved <= 30 + PLAIN + MINUTES);
    assert_int_equal(proved + unproved, f.taken + 2 * MINUTES);
    /* and afterwards it is as it was */
    t->app.clock.fixed_ms += INT64_C(2) * 3600 * 1000;
    assert_int_equal(box_bits(box_stamp(t, "/boxes/new", "198.51.0.1")), STAMP_BITS_MIN);
}

/* Judging a post's stamp and proof costs well under a millisecond (quality P3), at any bits. */
static void judging_is_cheap(void **state)
{
    enum { ROUNDS = 2000, LIMIT_US = 200 };
    struct test_app *t = *state;
    const struct stamp_scope scope = { t->app.web->csrf_key, 1, "boxes" };
    struct stamp stamp = { .bits = 1, .issued_at = 1 };
    stamp.nonce = str_of("0123456789abcdef0123456789abcdef");
    str text = stamp_write(t->mem, &scope, &stamp), proof = box_proof(t->mem, text);
    struct arena *mem = arena_new(64 << 20, 0);
    i64 begun = clock_steady_ns();
    for (int i = 0; i < ROUNDS; i++) {
        struct stamp read;
        assert_ok(stamp_read(mem, &scope, 2, text, &read));
        assert_true(stamp_is_solved(&read, proof));
    }
    i64 each_ns = (clock_steady_ns() - begun) / ROUNDS;
    print_message("# one stamp and its proof judged in %lld ns\n", (long long)each_ns);
    assert_true(each_ns < LIMIT_US * 1000);
    arena_free(mem);
}

/* ---- canaries ---- */

#define ADDRESS "203.0.113.77"
#define AGENT   "Canary-Agent-7"
#define COOKIE  "c0ffee00c0ffee00c0ffee00c0ffee00"
#define NETWORK "203.0.113.0"
#define LETTER  "Letterword-of-the-canary"

/* What must be nowhere. */
static const char *const PLANTED[] = { ADDRESS, AGENT, COOKIE, NETWORK, "cb00714d" };

struct hunt {
    int files, letters;
};

static void look_into(struct hunt *h, const char *path)
{
    FILE *file = fopen(path, "rb");
    if (!file)
        return;
    fseek(file, 0, SEEK_END);
    size_t size = (size_t)ftell(file);
    rewind(file);
    char *text = malloc(size + 1);
    size = fread(text, 1, size, file);
    fclose(file);
    for (size_t i = 0; i < sizeof PLANTED / sizeof *PLANTED; i++)
        if (memmem(text, size, PLANTED[i], strlen(PLANTED[i])))
            fail_msg("%s stands in %s", PLANTED[i], path);
    h->letters += memmem(text, size, LETTER, strlen(LETTER)) != NULL;
    h->files++;
    free(text);
}

static void look_below(struct hunt *h, const char *dir)
{
    char path[1000];
    DIR *open = opendir(dir);
    for (struct dirent *e; open && (e = readdir(open));) {
        if (e->d_name[0] == '.')
            continue;
        snprintf(path, sizeof path, "%s/%s", dir, e->d_name);
        if (e->d_type == DT_DIR)
            look_below(h, path);
        else
            look_into(h, path);
    }
    if (open)
        closedir(open);
}

/* One more request of the planted sender. */
static int ask(struct test_app *t, const char *method, const char *target, str body)
{
    struct test_request rq = { .method = method, .target = target, .body = body };
    test_header(&rq, "Content-Type", str_of("application/x-www-form-urlencoded"));
    test_header(&rq, "X-Forwarded-For", str_of(ADDRESS));
    test_header(&rq, "User-Agent", str_of(AGENT));
    test_header(&rq, "Cookie", str_of("visitor=" COOKIE "; login=" COOKIE));
    test_header(&rq, "Idempotency-Key", str_of(COOKIE));
    return test_ask(t, &rq).status;
}

static str body_of(struct test_app *t, bool proved)
{
    str stamp = box_stamp(t, "/boxes/new", ADDRESS);
    str proof = proved ? box_proof(t->mem, stamp) : str_of("");
    return arena_printf(t->mem, "words=" LETTER "&stamp=%.*s&proof=%.*s", (int)stamp.len, stamp.ptr,
                        (int)proof.len, proof.ptr);
}

/* All that can happen to a form: both lanes, used before, forged, faults, no room, no commit. */
static void walk(struct test_app *t)
{
    str body = body_of(t, true);
    assert_int_equal(ask(t, "GET", "/boxes/new", str_of("")), 200);
    assert_int_equal(ask(t, "POST", "/boxes/new", body), 200);
    assert_int_equal(ask(t, "POST", "/boxes/new", body), 409);
    assert_int_equal(ask(t, "POST", "/boxes/new", body_of(t, false)), 200);
    assert_int_equal(ask(t, "POST", "/boxes/new", str_of("words=" LETTER "&stamp=1-2-3")), 422);
    assert_int_equal(ask(t, "POST", "/boxes/new", str_of("words=x")), 422);
    assert_int_equal(ask(t, "POST", "/api/v1/boxes", body_of(t, true)), 200);
    body = body_of(t, true);
    lanes_fail_commit(t->app.lanes, 0);
    assert_int_equal(ask(t, "POST", "/boxes/new", body), 503);
    box_setting(t, "anonymous.network_hour", "1");
    assert_int_equal(ask(t, "POST", "/boxes/new", body), 429);
}

/* The rows themselves, as text: PostgreSQL's files are the server's. */
static bool dump(const char *url, const char *path)
{
    return box_run((const char *const[]){ "pg_dump", "--inserts", "-f", path, url, NULL }) == 0;
}

static void a_sender_is_found_nowhere(void **state)
{
    struct test_app *t = *state;
    char log[1000], copy[1000];
    const char *data = arena_cstr(t->mem, t->app.config.data);
    const char *url = arena_cstr(t->mem, t->app.config.db);
    bool sqlite = db_engine(t->db) == DB_SQLITE;
    t->app.config.trusted_proxies = str_of("127.0.0.1");
    snprintf(log, sizeof log, "%s/service.log", data);
    snprintf(copy, sizeof copy, "%s/copy.db", data);
    test_as_role(t, "staff");
    int kept = dup(STDERR_FILENO), to = open(log, O_CREAT | O_WRONLY | O_TRUNC, 0600);
    dup2(to, STDERR_FILENO);
    log_set_level(LOG_DEBUG);
    walk(t);
    log_set_level(LOG_ERROR);
    dup2(kept, STDERR_FILENO);
    close(kept);
    close(to);
    struct stat lines;
    assert_true(stat(log, &lines) == 0 && lines.st_size > 1000);
    struct hunt h = { 0 };
    if (sqlite) {
        const char *file = url + strlen("sqlite:");
        assert_ok(db_backup(t->db, str_of(copy)));
        look_into(&h, file);
        look_into(&h, arena_printf(t->mem, "%s-wal", file).ptr);
    } else if (!dump(url, copy)) {
        print_message("# no pg_dump here: rows are not looked at\n");
    }
    look_below(&h, data);
    assert_true(h.files >= 2);
    if (sqlite || access(copy, F_OK) == 0)
        assert_true(h.letters > 0); /* who looks for what is there finds it */
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_flood_leaves_room_for_a_genuine_writer),
        TEST(judging_is_cheap),
        TEST(a_sender_is_found_nowhere),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
