/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Implementation of json.h: a comma goes before every member but the first of its bracket. */
#include "platform/web/json.h"

#include <assert.h>

#include "platform/base/clock.h"

struct json json_on(struct buf *b)
{
    return (struct json){ .buf = b };
}

/* Comma and key, as needed. */
static void lead(struct json *j, const char *key)
{
    if (j->comma)
        buf_put(j->buf, ",");
    j->comma = true;
    if (key) {
        buf_put_json(j->buf, str_of(key));
        buf_put(j->buf, ":");
    }
}

static void open_bracket(struct json *j, const char *key, const char *bracket)
{
    lead(j, key);
    buf_put(j->buf, bracket);
    j->comma = false;
}

static void close_bracket(struct json *j, const char *bracket)
{
    buf_put(j->buf, bracket);
    j->comma = true;
}

void json_object(struct json *j, const char *key)
{
    open_bracket(j, key, "{");
}

void json_object_end(struct json *j)
{
    close_bracket(j, "}");
}

void json_array(struct json *j, const char *key)
{
    open_bracket(j, key, "[");
}

void json_array_end(struct json *j)
{
    close_bracket(j, "]");
}

void json_str(struct json *j, const char *key, str value)
{
    lead(j, key);
    buf_put_json(j->buf, value);
}

void json_i64(struct json *j, const char *key, i64 value)
{
    lead(j, key);
    buf_put_i64(j->buf, value);
}

void json_bool(struct json *j, const char *key, bool value)
{
    lead(j, key);
    buf_put(j->buf, value ? "true" : "false");
}

void json_null(struct json *j, const char *key)
{
    lead(j, key);
    buf_put(j->buf, "null");
}

void json_day(struct json *j, const char *key, i64 day)
{
    int year, month, mday;
    if (day == 0 || day == -1 || day == DAY_NONE) {
        json_null(j, key);
        return;
    }
    day_to_civil(day, &year, &month, &mday);
    lead(j, key);
    buf_printf(j->buf, "\"%04d-%02d-%02d\"", year, month, mday);
}

void json_time(struct json *j, const char *key, i64 ms)
{
    int year, month, mday;
    if (ms == 0) {
        json_null(j, key);
        return;
    }
    i64 day = day_of_ms(ms), in_day = ms - day_start_ms(day);
    day_to_civil(day, &year, &month, &mday);
    lead(j, key);
    buf_printf(j->buf, "\"%04d-%02d-%02dT%02d:%02d:%02d.%03d+08:00\"", year, month, mday,
               (int)(in_day / 3600000), (int)(in_day / 60000 % 60), (int)(in_day / 1000 % 60),
               (int)(in_day % 1000));
}

static void field_i64(struct json *j, const char *name, i64 value)
{
    str s = str_of(name);
    if (str_ends(s, str_of("_at")))
        json_time(j, name, value);
    else if (str_ends(s, str_of("_on")))
        json_day(j, name, value);
    else
        json_i64(j, name, value);
}

static void field_list(struct json *j, const struct field *f, const void *at)
{
    json_array(j, f->name);
    if (f->type == FIELD_STRS) {
        const strs *list = at;
        for (size_t i = 0; i < list->count; i++)
            json_str(j, NULL, list->items[i]);
    } else {
        const ids *list = at;
        for (size_t i = 0; i < list->count; i++)
            json_i64(j, NULL, list->items[i]);
    }
    json_array_end(j);
}

void json_fields(struct json *j, const struct field *fields, const void *item)
{
    for (const struct field *f = fields; f->name; f++) {
        const void *at = (const char *)item + f->offset;
        switch (f->type) {
        case FIELD_I64:
            field_i64(j, f->name, *(const i64 *)at);
            break;
        case FIELD_BOOL:
            json_bool(j, f->name, *(const bool *)at);
            break;
        case FIELD_STR:
            json_str(j, f->name, *(const str *)at);
            break;
        case FIELD_STRS:
        case FIELD_IDS:
            field_list(j, f, at);
            break;
        default:
            assert(f->type == FIELD_BYTES); /* digests and the like never leave as JSON */
        }
    }
}

void json_rows(struct json *j, const char *key, const struct field *fields, const struct rows *rows)
{
    json_array(j, key);
    for (size_t i = 0; i < rows->count; i++) {
        json_object(j, NULL);
        json_fields(j, fields, (const char *)rows->items + i * rows->size);
        json_object_end(j);
    }
    json_array_end(j);
}
