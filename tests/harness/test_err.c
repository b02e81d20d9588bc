/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Assertions on errors and on calls that stop the process; see test_err.h. */
#include "tests/harness/test_err.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

void assert_ok(err e)
{
    if (e.code != ERR_NONE)
        fail_msg("%s %s at %s:%d", err_code_name(e.code), e.name, e.file ? e.file : "?", e.line);
}

void assert_err(err e, enum err_code code, const char *name)
{
    if (e.code != code || !err_is(e, name))
        fail_msg("expected %s %s, got %s %s at %s:%d", err_code_name(code), name,
                 err_code_name(e.code), e.name ? e.name : "", e.file ? e.file : "?", e.line);
}

void __gcov_dump(void) __attribute__((weak)); /* there in a build that measures coverage */

/* What ran before the abort counts as covered. abort() itself ends the process after this
 * returns. */
static void keep_coverage(int number)
{
    (void)number;
    if (__gcov_dump)
        __gcov_dump();
}

static void in_child(void (*fn)(void *context), void *context, int out)
{
    signal(SIGABRT, keep_coverage);
    dup2(out, STDERR_FILENO);
    fn(context);
    _exit(0);
}

void assert_stops(void (*fn)(void *context), void *context, const char *says)
{
    int ends[2], status;
    char text[8192];
    size_t used = 0;
    assert_int_equal(pipe(ends), 0);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0)
        in_child(fn, context, ends[1]);
    close(ends[1]);
    for (ssize_t n = 1; n > 0 && used < sizeof text - 1; used += (size_t)(n > 0 ? n : 0))
        n = read(ends[0], text + used, sizeof text - 1 - used);
    text[used] = 0;
    close(ends[0]);
    assert_int_equal(waitpid(child, &status, 0), child);
    if (!WIFSIGNALED(status) || WTERMSIG(status) != SIGABRT)
        fail_msg("did not stop: status %d, %s", status, text);
    if (!strstr(text, says))
        fail_msg("expected '%s' in: %s", says, text);
}
