/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Decoding of names and values (params.h). Typing and judging is forms.c. */
#include "platform/web/params.h"

#include <assert.h>

#include "platform/base/str.h"

err params_add(struct arena *mem, struct params *list, struct web_param item)
{
    assert(list->count <= list->cap || list->cap == 0);
    if (list->count >= PARAMS_MAX)
        return err_make(ERR_INVALID, "web.too_many_fields");
    if (list->count == list->cap) {
        size_t cap = list->cap ? list->cap * 2 : 16;
        struct web_param *more = arena_array(mem, cap, sizeof *more);
        if (list->count)
            memcpy(more, list->items, list->count * sizeof *more);
        list->items = more;
        list->cap = cap;
    }
    list->items[list->count++] = item;
    return OK;
}

const struct web_param *params_find(const struct params *list, str name, enum param_source source)
{
    for (size_t i = 0; i < list->count; i++)
        if (list->items[i].source == source && str_eq(list->items[i].name, name))
            return &list->items[i];
    return NULL;
}

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

err params_decode(struct arena *mem, str text, bool plus, str *out)
{
    char *to = arena_zero(mem, text.len + 1);
    size_t len = 0;
    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];
        if (c == '%') {
            int high = i + 2 < text.len ? hex_digit(text.ptr[i + 1]) : -1;
            int low = i + 2 < text.len ? hex_digit(text.ptr[i + 2]) : -1;
            if (high < 0 || low < 0)
                return err_make(ERR_INVALID, "web.encoding");
            c = (char)(high << 4 | low);
            i += 2;
        } else if (c == '+' && plus) {
            c = ' ';
        }
        if (c == '\0')
            return err_make(ERR_INVALID, "web.encoding");
        to[len++] = c;
    }
    *out = (str){ to, len };
    return str_is_utf8(*out) ? OK : err_make(ERR_INVALID, "web.encoding");
}

err params_urlencoded(struct arena *mem, str text, enum param_source source, struct params *list)
{
    str pair;
    while (str_split(&text, '&', &pair)) {
        if (pair.len == 0)
            continue;
        i64 sign = str_find(pair, str_of("="), 0);
        size_t at = sign < 0 ? pair.len : (size_t)sign;
        struct web_param item = { .source = source };
        TRY(params_decode(mem, str_sub(pair, 0, at), true, &item.name));
        TRY(params_decode(mem, str_sub(pair, at + 1, pair.len), true, &item.value));
        TRY(params_add(mem, list, item));
    }
    return OK;
}
