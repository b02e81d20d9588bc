/* SPDX-License-Identifier: MulanPSL-2.0 */
/* JSON Lines as a table: one object a line. The first row handed over (number 0) holds the names in
 * order of first appearance, which takes a first pass over the file; then each line is a row.
 * Members of objects become "outer.inner"; lists of plain values are joined by the enumeration
 * comma, other lists stand as JSON. */
#include <assert.h>
#include <jansson.h>

#include "platform/base/hash.h"
#include "platform/files/sheet_read.h"

enum { NESTING_MAX = 3, LINE_MAX = 8 * 1024 * 1024, NAMES_HASH = 1024 };

struct jsonl {
    struct row_builder *b;
    struct buf *line;
    strs names;
    i64 slots[NAMES_HASH]; /* index into names + 1, open addressing */
    i64 number;
    bool second; /* second pass: values */
};

static size_t slot_of(const struct jsonl *j, str name)
{
    size_t at = hash_text(name) % NAMES_HASH;
    while (j->slots[at] && !str_eq(j->names.items[j->slots[at] - 1], name))
        at = (at + 1) % NAMES_HASH;
    return at;
}

static err name_add(struct jsonl *j, str name)
{
    size_t at = slot_of(j, name);
    if (j->slots[at])
        return OK;
    if ((i64)j->names.count >= j->b->limits.columns || j->names.count >= NAMES_HASH / 2)
        return err_make_with(ERR_INVALID, "files.too_many_columns",
                             arena_printf(j->b->mem, "%lld", (long long)j->b->limits.columns),
                             str_of(""));
    strs_add(j->b->mem, &j->names, arena_str(j->b->mem, name));
    j->slots[at] = (i64)j->names.count;
    return OK;
}

/* A value in the middle of a text: strings bare, all others as JSON writes them; null is nothing.
 * */
static void scalar_put(struct buf *out, const json_t *value)
{
    if (json_is_string(value)) {
        buf_add(out, (str){ json_string_value(value), json_string_length(value) });
        return;
    }
    char text[64];
    size_t n = json_is_null(value) ? 0 : json_dumpb(value, text, sizeof text, JSON_ENCODE_ANY);
    buf_add(out, (str){ text, n < sizeof text ? n : 0 });
}

static int dump_to(const char *data, size_t size, void *context)
{
    buf_add(context, (str){ data, size });
    return buf_is_full(context) ? -1 : 0;
}

static void list_put(struct buf *out, const json_t *list, const char *separator)
{
    size_t i;
    const json_t *item;
    bool plain = true;
    json_array_foreach(list, i, item) plain =
        plain && !json_is_array(item) && !json_is_object(item);
    if (!plain && json_dump_callback(list, dump_to, out, JSON_COMPACT))
        out->full = true;
    for (i = 0; plain && i < json_array_size(list); i++) {
        if (i)
            buf_put(out, separator);
        scalar_put(out, json_array_get(list, i));
    }
}

static err value_read(struct jsonl *j, str name, const json_t *value)
{
    if (!j->second)
        return name_add(j, name);
    size_t slot = slot_of(j, name), start = j->b->text->len;
    assert(j->slots[slot]); /* the first pass saw the same bytes */
    if (json_is_array(value))
        list_put(j->b->text, value, "\u3001");
    else if (json_is_object(value))
        json_dump_callback(value, dump_to, j->b->text, JSON_COMPACT);
    else
        scalar_put(j->b->text, value);
    return row_cell(j->b, j->slots[slot] - 1, start);
}

static err object_read(struct jsonl *j, str prefix, const json_t *object, int depth)
{
    const char *key;
    const json_t *value;
    /* jansson's macro wants a plain pointer; nothing is changed */
    json_object_foreach((json_t *)(uintptr_t)object, key, value)
    {
        char name[256];
        int n = snprintf(name, sizeof name, "%.*s%s%s", (int)prefix.len, prefix.ptr,
                         prefix.len ? "." : "", key);
        if (n < 0 || (size_t)n >= sizeof name)
            return err_make(ERR_INVALID, "files.broken");
        str full = { name, (size_t)n };
        bool inside = json_is_object(value) && depth < NESTING_MAX;
        TRY(inside ? object_read(j, full, value, depth + 1) : value_read(j, full, value));
    }
    return OK;
}

static err line_read(struct jsonl *j)
{
    str line = str_trim(buf_str(j->line));
    j->number++;
    if (line.len == 0)
        return OK;
    json_error_t why;
    json_t *object = json_loadb(line.ptr, line.len, JSON_REJECT_DUPLICATES, &why);
    err e = json_is_object(object)
                ? object_read(j, str_of(""), object, 1)
                : err_make_with(ERR_INVALID, "files.broken_line",
                                arena_printf(j->b->mem, "%lld", (long long)j->number),
                                arena_str(j->b->mem, str_of(why.text)));
    json_decref(object);
    TRY(e);
    return j->second ? row_end(j->b, j->number) : OK;
}

static err pass(struct jsonl *j, struct source *source)
{
    str piece, part;
    j->number = 0;
    for (;;) {
        TRY(source_next(source, &piece));
        if (piece.len == 0)
            break;
        for (const char *end; (end = memchr(piece.ptr, '\n', piece.len));) {
            part = (str){ piece.ptr, (size_t)(end - piece.ptr) };
            buf_add(j->line, part);
            piece = str_sub(piece, part.len + 1, piece.len);
            TRY(line_read(j));
            j->line->len = 0;
        }
        buf_add(j->line, piece);
        if (buf_is_full(j->line))
            return err_make_with(ERR_INVALID, "files.cell_too_big",
                                 arena_printf(j->b->mem, "%lld", (long long)j->number + 1),
                                 str_of(""));
    }
    TRY(line_read(j));
    j->line->len = 0;
    return OK;
}

err sheet_read_jsonl(struct row_builder *b, struct source *source)
{
    struct jsonl *j = arena_zero(b->mem, sizeof *j);
    j->b = b;
    j->line = buf_new(b->mem, LINE_MAX);
    TRY(pass(j, source));
    for (size_t i = 0; i < j->names.count; i++) {
        size_t start = b->text->len;
        buf_add(b->text, j->names.items[i]);
        TRY(row_cell(b, (i64)i, start));
    }
    TRY(row_end(b, 0));
    source_rewind(source);
    j->second = true;
    return pass(j, source);
}

/* ---- one object as pairs ---- */

static err member_pass(struct arena *mem, str name, const json_t *value,
                       const struct pair_sink *sink)
{
    struct buf *text = buf_new(mem, LINE_MAX);
    if (json_is_array(value))
        list_put(text, value, ",");
    else
        scalar_put(text, value);
    return sink->fn(sink->context, name, buf_str(text));
}

static err members_pass(struct arena *mem, const json_t *object, const struct pair_sink *sink)
{
    const char *key, *inner_key;
    const json_t *value, *inner;
    json_object_foreach((json_t *)(uintptr_t)object, key, value)
    {
        if (!json_is_object(value)) {
            TRY(member_pass(mem, str_of(key), value, sink));
            continue;
        }
        json_object_foreach((json_t *)(uintptr_t)value, inner_key, inner)
        {
            str name = arena_printf(mem, "%s.%s", key, inner_key);
            TRY(member_pass(mem, name, inner, sink));
        }
    }
    return OK;
}

err json_pairs(struct arena *mem, str json, const struct pair_sink *sink)
{
    json_error_t why;
    json_t *object = json_loadb(json.ptr, json.len, JSON_REJECT_DUPLICATES, &why);
    err e = json_is_object(object)
                ? members_pass(mem, object, sink)
                : err_make_with(ERR_INVALID, "import.mapping",
                                arena_str(mem, str_of(object ? "{}" : why.text)), str_of(""));
    json_decref(object);
    return e;
}
