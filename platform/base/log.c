/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Log lines are formatted on the stack and written with one write(2), so that lines of threads
 * never mix. */
#include "platform/base/log.h"

#include <stdatomic.h>
#include <stdio.h>
#include <unistd.h>

#include "platform/base/clock.h"
#include "platform/base/str.h"

enum { LINE_MAX_BYTES = 4096, VALUE_MAX_BYTES = 1024 };

static _Atomic int least = LOG_INFO;
static const char *const LEVELS[] = { "debug", "info", "warn", "error" };

struct line {
    char text[LINE_MAX_BYTES];
    size_t len;
};

void log_set_level(enum log_level level)
{
    atomic_store(&least, (int)level);
}

bool log_level_parse(str text, enum log_level *out)
{
    for (int i = 0; i < 4; i++)
        if (str_is(text, LEVELS[i])) {
            *out = (enum log_level)i;
            return true;
        }
    return false;
}

static void put(struct line *l, str s)
{
    size_t room = LINE_MAX_BYTES - 4 - l->len; /* "}\n" and a closing quote always fit */
    size_t n = s.len < room ? s.len : room;
    memcpy(l->text + l->len, s.ptr, n);
    l->len += n;
}

static void put_escaped(struct line *l, str s)
{
    char code[8];
    put(l, str_of("\""));
    for (size_t at = 0; at < s.len && at < VALUE_MAX_BYTES && l->len < LINE_MAX_BYTES - 32;) {
        size_t from = at;
        uint32_t c = str_next_char(s, &at);
        if (c < 0x20 || c == 0x7F || c == '"' || c == '\\' || c == 0x2028 || c == 0x2029 ||
            c == 0xFFFD) {
            snprintf(code, sizeof code, "\\u%04x", (unsigned)c & 0xFFFFu);
            put(l, str_of(code));
        } else {
            put(l, str_sub(s, from, at - from));
        }
    }
    put(l, str_of("\""));
}

static void put_time(struct line *l)
{
    struct clock clock = clock_system();
    i64 ms = clock.now_ms(&clock), day = day_of_ms(ms), in_day = ms - day_start_ms(day);
    int y, m, d;
    day_to_civil(day, &y, &m, &d);
    char text[48];
    int n = snprintf(text, sizeof text, "{\"time\":\"%04d-%02d-%02dT%02d:%02d:%02d.%03d+08:00\"", y,
                     m, d, (int)(in_day / 3600000), (int)(in_day / 60000 % 60),
                     (int)(in_day / 1000 % 60), (int)(in_day % 1000));
    put(l, (str){ text, (size_t)n });
}

static void put_pair(struct line *l, const char *key, str value)
{
    if (l->len > LINE_MAX_BYTES - 128)
        return;
    put(l, str_of(",\""));
    put(l, str_of(key));
    put(l, str_of("\":"));
    put_escaped(l, value);
}

void log_line(enum log_level level, const char *event, const struct log_pair *pairs)
{
    if ((int)level < atomic_load_explicit(&least, memory_order_relaxed))
        return;
    struct line l = { .len = 0 };
    put_time(&l);
    put_pair(&l, "level", str_of(LEVELS[level]));
    put_pair(&l, "event", str_of(event));
    for (const struct log_pair *p = pairs; p && p->key; p++) {
        if (p->text.ptr) {
            put_pair(&l, p->key, p->text);
        } else if (l.len < LINE_MAX_BYTES - 128) {
            char number[64];
            int n =
                snprintf(number, sizeof number, ",\"%.24s\":%lld", p->key, (long long)p->number);
            put(&l, (str){ number, (size_t)n });
        }
    }
    memcpy(l.text + l.len, "}\n", 2);
    if (write(STDERR_FILENO, l.text, l.len + 2) < 0)
        return; /* nobody to tell */
}

void log_note(enum log_level level, const char *event, const char *key, str value)
{
    log_line(level, event, (const struct log_pair[]){ { key, value, 0 }, { 0 } });
}
