/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Writing JSON into a buf without a tree: commas are put by themselves. Reading is done by forms
 * (web) with jansson. */
#ifndef HT_WEB_JSON_H
#define HT_WEB_JSON_H
#include "platform/base/buf.h"
#include "platform/db/db.h"

struct json {
    struct buf *buf;
    bool comma;
};

/* A writer over b. */
struct json json_on(struct buf *b);

/* An answer: begins its object, in rq's memory; ends the object and sends it. */
struct rq;
struct res;
struct json json_begin(struct rq *rq);
void json_send(struct json *j, struct res *res);

/* Object and array brackets; key NULL inside arrays and at the top. */
void json_object(struct json *j, const char *key);
void json_object_end(struct json *j);
void json_array(struct json *j, const char *key);
void json_array_end(struct json *j);

/* Members (key given) or items (key NULL). json_day writes "2026-11-25" or null for -1, 0 and
 * DAY_NONE;
 * json_time ISO 8601 with +08:00, null for 0. */
void json_str(struct json *j, const char *key, str value);
void json_i64(struct json *j, const char *key, i64 value);
void json_bool(struct json *j, const char *key, bool value);
void json_null(struct json *j, const char *key);
void json_day(struct json *j, const char *key, i64 day);
void json_time(struct json *j, const char *key, i64 ms);

/* All members of a struct by its field table; members named …_at as time, …_on as day, is the
 * struct's own naming. */
void json_fields(struct json *j, const struct field *fields, const void *item);

/* An array with an object for each row. */
void json_rows(struct json *j, const char *key, const struct field *fields,
               const struct rows *rows);
#endif
