/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Fuzzes what every text of a stranger meets: the judge of UTF-8, walking by characters, cutting,
 * escaping for HTML and JSON. What is escaped is UTF-8 and holds no mark that could open a tag. */
#include <stdlib.h>

#include "platform/base/buf.h"
#include "platform/base/str.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void walk(str text)
{
    i64 chars = 0;
    char again[4];
    for (size_t at = 0; at < text.len; chars++) {
        size_t before = at;
        uint32_t c = str_next_char(text, &at);
        if (at <= before || at > text.len || str_put_char(c, again) != at - before ||
            memcmp(again, text.ptr + before, at - before) != 0)
            abort();
    }
    if (chars != str_chars(text) || str_cut_chars(text, chars).len != text.len ||
        !str_is_utf8(str_cut_chars(text, chars / 2)))
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    str text = { (const char *)data, size };
    struct arena *mem = arena_new(32 << 20, 256 << 20);
    struct buf *html = buf_new(mem, 8 << 20), *json = buf_new(mem, 8 << 20);
    bool good = str_is_utf8(text);
    if (good)
        walk(text);
    str trimmed = str_trim(text);
    if (trimmed.len > text.len)
        abort();
    buf_put_json(json, text);
    if (!str_is_utf8(buf_str(json)) || memchr(json->ptr, '<', json->len))
        abort();
    buf_put_html(html, text);
    for (size_t i = 0; i < html->len; i++)
        if (strchr("<>\"'", html->ptr[i]) && html->ptr[i])
            abort();
    arena_free(mem);
    return 0;
}
