/* SPDX-License-Identifier: MulanPSL-2.0 */
/* A test program that is linked with broken houses (see mutants.h) asks them by itself, one after
 * the other, each in a child: the linker's --wrap leads its groups of tests here.
 * HUOTANG_MUTANTS_HEARD=FILE: runs as always and writes which test heard which condition say what,
 * "3 17 1" a line; 0 = the set-up of the group. HUOTANG_MUTANTS_ASKED=FILE: of each line "3,5 17 1"
 * or "3,5 proposals 3" the mutant "17 1" is tried on the third and the fifth test, and "killed" or
 * "survived" is said of it. HUOTANG_MUTANTS_KEPT: the tests leave nothing behind, so that the
 * set-up of all children is the same one. */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "tests/prove/mutants.h"

enum { TESTS_MAX = 400, PATIENCE_S = 600, WORK_S = 120 };

struct group {
    const char *name;
    const struct CMUnitTest *tests;
    size_t count;
    CMFixtureFunction setup, teardown;
};

int __wrap__cmocka_run_group_tests(const char *name, const struct CMUnitTest *tests, size_t count,
                                   CMFixtureFunction setup, CMFixtureFunction teardown);
int __real__cmocka_run_group_tests(const char *name, const struct CMUnitTest *tests, size_t count,
                                   CMFixtureFunction setup, CMFixtureFunction teardown);

/* Tests of groups before this one; the test that runs now; which are run, NULL = all. */
static size_t before, now;
static bool wanted[TESTS_MAX], choosing;
static const struct group *group;
static bool heard[TESTS_MAX][MUTANT_SITES][2];
static void *kept;

static void hear(int site, bool says)
{
    heard[now][site][says] = true;
}

static void heard_write(const char *path)
{
    FILE *f = fopen(path, "a");
    if (!f)
        abort();
    for (size_t test = before; test <= before + group->count; test++)
        for (int site = 0; site < MUTANT_SITES; site++)
            for (int says = 0; says < 2; says++)
                if (heard[test][site][says])
                    fprintf(f, "%zu %d %d\n", test, site, says);
    fclose(f);
}

/* Set-up of each test: counts them. */
static int counted(void **state)
{
    now++;
    CMFixtureFunction setup = group->tests[now - before - 1].setup_func;
    return setup ? setup(state) : 0;
}

static int setup_is_kept(void **state)
{
    *state = kept;
    return 0;
}

/* The tests of the group that are asked for. */
static int group_run(CMFixtureFunction setup, CMFixtureFunction teardown)
{
    struct CMUnitTest tests[TESTS_MAX];
    size_t count = 0;
    for (size_t i = 0; i < group->count; i++)
        if (!choosing || wanted[before + i + 1])
            tests[count++] = group->tests[i];
    for (size_t i = 0; i < count && !choosing; i++)
        tests[i].setup_func = counted;
    return count ? __real__cmocka_run_group_tests(group->name, tests, count, setup, teardown) : 0;
}

/* "3,5 " -> which are wanted; what stands behind it. */
static const char *wish_read(const char *line)
{
    char *end = NULL;
    memset(wanted, 0, sizeof wanted);
    choosing = true;
    do {
        unsigned long test = strtoul(line, &end, 10);
        if (end == line || test >= TESTS_MAX)
            abort();
        wanted[test] = true;
        line = end + 1;
    } while (*end == ',');
    return line;
}

/* What a child has left of its database. */
static void remains_remove(pid_t child)
{
    char command[100];
    snprintf(command, sizeof command, "rm -f /dev/shm/ht_test_%d_* /tmp/ht_test_%d_*", (int)child,
             (int)child);
    if (system(command) != 0)
        abort();
}

/* Whether a test of the child fails; then the others are not waited for. */
static bool is_killed(pid_t child, int from)
{
    char line[4000];
    bool failed = false;
    int status;
    FILE *f = fdopen(from, "r");
    if (!f)
        abort();
    while (!failed && fgets(line, sizeof line, f))
        failed = strncmp(line, "not ok", 6) == 0 && !strstr(line, "# SKIP");
    if (failed)
        kill(child, SIGKILL);
    fclose(f);
    if (waitpid(child, &status, 0) != child)
        abort();
    remains_remove(child);
    return failed || !WIFEXITED(status) || WEXITSTATUS(status) != 0;
}

static void child_begin(const char *name, int to)
{
    setrlimit(RLIMIT_CPU, &(struct rlimit){ WORK_S, WORK_S });
    alarm(PATIENCE_S);
    dup2(to, STDOUT_FILENO);
    setvbuf(stdout, NULL, _IOLBF, 0);
    if (!freopen("/dev/null", "w", stderr))
        _exit(2);
    mutant_choose(name);
}

/* True in a child, which goes on with the tests. */
static bool asked_one(const char *name)
{
    int ends[2];
    fflush(NULL);
    if (pipe(ends) != 0)
        abort();
    pid_t child = fork();
    if (child == 0) {
        close(ends[0]);
        child_begin(name, ends[1]);
        return true;
    }
    close(ends[1]);
    printf("# mutant %s: %s\n", name, is_killed(child, ends[0]) ? "killed" : "survived");
    return false;
}

static bool asked_all(const char *path)
{
    char line[2000];
    FILE *f = fopen(path, "r");
    if (!f)
        abort();
    while (fgets(line, sizeof line, f)) {
        line[strcspn(line, "\n")] = 0;
        if (*line && asked_one(wish_read(line))) {
            fclose(f);
            return true;
        }
    }
    fclose(f);
    return false;
}

int __wrap__cmocka_run_group_tests(const char *name, const struct CMUnitTest *tests, size_t count,
                                   CMFixtureFunction setup, CMFixtureFunction teardown)
{
    const char *listened = getenv("HUOTANG_MUTANTS_HEARD"),
               *asked = getenv("HUOTANG_MUTANTS_ASKED");
    const struct group g = { name, tests, count, setup, teardown };
    group = &g;
    now = before;
    if (before + count >= TESTS_MAX)
        abort();
    if (listened)
        mutant_heard = hear;
    if (asked && before == 0) {
        if (getenv("HUOTANG_MUTANTS_KEPT")) {
            if (setup(&kept) != 0)
                abort();
            setup = setup_is_kept;
            teardown = NULL;
        }
        if (!asked_all(asked)) {
            if (kept && g.teardown(&kept) != 0)
                abort();
            exit(0);
        }
    }
    int failed = group_run(setup, teardown);
    if (listened)
        heard_write(listened);
    before += count;
    return failed;
}
