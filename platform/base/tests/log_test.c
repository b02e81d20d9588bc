/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The log: whatever the values hold, each call is one line of valid JSON; levels; threads. Standard
 * error is caught in a file. */
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>
#include <jansson.h>

#include "platform/base/clock.h"
#include "platform/base/log.h"
#include "platform/base/str.h"

static int kept = -1;
static FILE *caught;

static int catch (void **state)
{
    (void)state;
    caught = tmpfile();
    kept = dup(STDERR_FILENO);
    return caught && kept >= 0 && dup2(fileno(caught), STDERR_FILENO) >= 0 ? 0 : -1;
}

static int release(void **state)
{
    (void)state;
    dup2(kept, STDERR_FILENO);
    close(kept);
    fclose(caught);
    log_set_level(LOG_INFO);
    return 0;
}

/* Reads all lines back; each must be a JSON object. The last is given. */
static json_t *last_line(size_t *lines)
{
    char line[8192];
    json_t *last = NULL;
    *lines = 0;
    rewind(caught);
    while (fgets(line, sizeof line, caught)) {
        json_decref(last);
        assert_non_null(strchr(line, '\n'));
        last = json_loads(line, JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL, NULL);
        if (!last)
            fail_msg("line %zu is not JSON: %s", *lines, line);
        ++*lines;
    }
    return last;
}

static void a_line_has_time_level_event_and_pairs(void **state)
{
    (void)state;
    log_line(LOG_WARN, "test.event",
             (const struct log_pair[]){ { .key = "who", .text = str_of("谁") },
                                        { .key = "n", .number = -5 },
                                        { .key = "empty", .text = str_of("") },
                                        { 0 } });
    size_t lines;
    json_t *line = last_line(&lines);
    assert_int_equal(lines, 1);
    assert_string_equal(json_string_value(json_object_get(line, "level")), "warn");
    assert_string_equal(json_string_value(json_object_get(line, "event")), "test.event");
    assert_string_equal(json_string_value(json_object_get(line, "who")), "谁");
    assert_string_equal(json_string_value(json_object_get(line, "empty")), "");
    assert_int_equal(json_integer_value(json_object_get(line, "n")), -5);
    int y, mo, d, h, mi, s, ms;
    const char *time = json_string_value(json_object_get(line, "time"));
    assert_int_equal(
        sscanf(time, "%4d-%2d-%2dT%2d:%2d:%2d.%3d+08:00", &y, &mo, &d, &h, &mi, &s, &ms), 7);
    i64 at = day_start_ms(day_from_civil(y, mo, d)) + ((h * 60 + mi) * 60 + s) * 1000 + ms;
    struct clock clock = clock_system();
    assert_true(llabs(clock.now_ms(&clock) - at) < 60000);
    json_decref(line);
}

static void lines_below_the_level_are_dropped(void **state)
{
    (void)state;
    static const char *const NAMES[] = { "debug", "info", "warn", "error" };
    enum log_level level;
    size_t lines;
    for (int i = 0; i < 4; i++) {
        assert_true(log_level_parse(str_of(NAMES[i]), &level));
        assert_int_equal(level, i);
    }
    assert_false(log_level_parse(str_of("loud"), &level));
    log_set_level(LOG_WARN);
    log_note(LOG_DEBUG, "no", "k", str_of("v"));
    log_note(LOG_INFO, "no", "k", str_of("v"));
    log_note(LOG_WARN, "yes", "k", str_of("v"));
    log_line(LOG_ERROR, "yes", NULL);
    json_decref(last_line(&lines));
    assert_int_equal(lines, 2);
}

/* Any byte at any place of a value, alone and beside its neighbours; seeded noise of all lengths.
 * */
static void hostile_values_stay_one_valid_line(void **state)
{
    (void)state;
    struct rng rng = rng_seeded(5);
    char noise[3000];
    size_t lines, written = 0;
    for (int c = 0; c < 256; c++, written++) {
        char text[3] = { 'a', (char)c, '"' };
        log_note(LOG_INFO, "hostile", "value", (str){ text, 3 });
    }
    for (int i = 0; i < 300; i++, written++) {
        size_t n = (size_t)rng_below(&rng, sizeof noise);
        rng.fill(&rng, noise, n);
        if (i % 3 == 0)
            memset(noise, i % 2 ? '\n' : 0x01, n); /* the longest escapes */
        log_line(LOG_INFO, "hostile",
                 (const struct log_pair[]){ { .key = "a", .text = { noise, n } },
                                            { .key = "b", .text = { noise, n / 2 } },
                                            { .key = "c", .text = { noise, n / 3 } },
                                            { .key = "n", .number = INT64_MIN },
                                            { .key = "d", .text = { noise, n } },
                                            { .key = "e", .text = { noise, n } },
                                            { 0 } });
    }
    json_decref(last_line(&lines));
    assert_int_equal(lines, written);
}

static void injected_lines_are_only_text(void **state)
{
    (void)state;
    const char *attack = "x\"}\n{\"level\":\"error\",\"event\":\"forged\"}\r\u2028";
    size_t lines;
    log_note(LOG_INFO, "test", "value", str_of(attack));
    json_t *line = last_line(&lines);
    assert_int_equal(lines, 1);
    assert_string_equal(json_string_value(json_object_get(line, "value")), attack);
    json_decref(line);
}

static void *write_lines(void *text)
{
    for (int i = 0; i < 500; i++)
        log_note(LOG_INFO, "thread", "value", str_of(text));
    return NULL;
}

static void lines_of_threads_do_not_mix(void **state)
{
    (void)state;
    pthread_t threads[4];
    size_t lines;
    /* one open file and position, as with a terminal or a pipe: appends are whole */
    for (size_t i = 0; i < 4; i++)
        assert_int_equal(
            pthread_create(&threads[i], NULL, write_lines, i % 2 ? "短" : "a longer value"), 0);
    for (size_t i = 0; i < 4; i++)
        pthread_join(threads[i], NULL);
    json_decref(last_line(&lines));
    assert_int_equal(lines, 2000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_line_has_time_level_event_and_pairs, catch, release),
        cmocka_unit_test_setup_teardown(lines_below_the_level_are_dropped, catch, release),
        cmocka_unit_test_setup_teardown(hostile_values_stay_one_valid_line, catch, release),
        cmocka_unit_test_setup_teardown(injected_lines_are_only_text, catch, release),
        cmocka_unit_test_setup_teardown(lines_of_threads_do_not_mix, catch, release),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
