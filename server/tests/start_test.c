/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Opening the house: which secret it may be opened with, on both engines. Serving and restarting:
 * supervisor_test.c. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "platform/base/log.h"
#include "platform/base/str.h"
#include "server/secret.h"
#include "server/start.h"
#include "tests/harness/test_db.h"
#include "tests/harness/test_err.h"

struct place {
    struct arena *mem;
    struct db *db;
    char folder[64];
    struct config config;
};

static int set_up(void **state)
{
    struct arena *mem = arena_new(256 << 20, 0);
    struct place *p = arena_zero(mem, sizeof *p);
    p->mem = mem;
    log_set_level(LOG_ERROR);
    p->db = test_db_open(NULL);
    memcpy(p->folder, "/tmp/huotang-start-XXXXXX", sizeof "/tmp/huotang-start-XXXXXX");
    assert_non_null(mkdtemp(p->folder));
    p->config = (struct config){ .listen = str_of("127.0.0.1:0"),
                                 .data = str_of(p->folder),
                                 .db = test_db_url(p->db),
                                 .secret_file = arena_printf(mem, "%s/secret", p->folder),
                                 .loops = 1,
                                 .max_connections = 10 };
    assert_ok(start_tables(mem));
    *state = p;
    return 0;
}

static int tear_down(void **state)
{
    struct place *p = *state;
    test_db_close(p->db);
    unlink(p->config.secret_file.ptr);
    rmdir(p->folder);
    arena_free(p->mem);
    return 0;
}

static err start(struct place *p)
{
    struct app app;
    str why = str_of("");
    return start_app(p->mem, &p->config, true, &app, &why);
}

static void change_secret(struct place *p)
{
    int fd = open(p->config.secret_file.ptr, O_WRONLY);
    assert_int_equal(pwrite(fd, "other", 5, 3), 5);
    close(fd);
}

static void a_new_house_makes_its_secret(void **state)
{
    struct place *p = *state;
    struct stat info;
    assert_ok(start(p));
    assert_int_equal(stat(p->config.secret_file.ptr, &info), 0);
    assert_int_equal(info.st_size, SECRET_SIZE);
    assert_int_equal(info.st_mode & 0777, 0600);
    assert_ok(start(p));
}

static void a_lost_secret_is_not_replaced(void **state)
{
    struct place *p = *state;
    assert_ok(start(p));
    unlink(p->config.secret_file.ptr);
    assert_err(start(p), ERR_INVALID, "start.secret_lost");
    assert_int_not_equal(access(p->config.secret_file.ptr, F_OK), 0);
}

static void another_secret_is_refused(void **state)
{
    struct place *p = *state;
    assert_ok(start(p));
    change_secret(p);
    assert_err(start(p), ERR_INVALID, "start.secret_wrong");
}

static void a_short_or_long_secret_is_refused(void **state)
{
    struct place *p = *state;
    assert_ok(start(p));
    assert_int_equal(truncate(p->config.secret_file.ptr, SECRET_SIZE - 1), 0);
    assert_err(start(p), ERR_INVALID, "start.secret");
    assert_int_equal(truncate(p->config.secret_file.ptr, SECRET_SIZE + 1), 0);
    assert_err(start(p), ERR_INVALID, "start.secret");
}

static void who_makes_a_secret_second_gets_the_first(void **state)
{
    struct place *p = *state;
    bytes first, second;
    assert_ok(secret_make(p->mem, p->config.secret_file, &first));
    assert_ok(secret_make(p->mem, p->config.secret_file, &second));
    assert_memory_equal(first.ptr, second.ptr, SECRET_SIZE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_new_house_makes_its_secret, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_lost_secret_is_not_replaced, set_up, tear_down),
        cmocka_unit_test_setup_teardown(another_secret_is_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_short_or_long_secret_is_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(who_makes_a_secret_second_gets_the_first, set_up,
                                        tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
