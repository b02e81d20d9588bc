/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The structured log: one JSON object a line on standard error. A line always stays one line,
 * whatever is in its values (control characters are escaped, long values cut). `error` means a
 * person must act. */
#ifndef HT_BASE_LOG_H
#define HT_BASE_LOG_H
#include "platform/base/types.h"

enum log_level { LOG_DEBUG, LOG_INFO, LOG_WARN, LOG_ERROR };

/* A key and its value; a table of them ends with a zero row. Number when text.ptr is NULL. */
struct log_pair {
    const char *key;
    str text;
    i64 number;
};

/* Lines below this level are dropped. Set once at start. */
void log_set_level(enum log_level level);

/* Reads "debug", "info", "warn", "error"; false if it is none. */
bool log_level_parse(str text, enum log_level *out);

/* Writes a line: time (UTC+8 with offset), level, event, then the pairs. pairs may be NULL.
 * Thread-safe. */
void log_line(enum log_level level, const char *event, const struct log_pair *pairs);

/* The same with one text pair; for start-up and shutdown lines. */
void log_note(enum log_level level, const char *event, const char *key, str value);
#endif
