/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Mappings: reading and writing them, finding the header row, telling which column is which field
 * (mapping.h). Running an import is import.c. */
#include "platform/files/mapping.h"

#include <assert.h>

#include "platform/files/import_internal.h"
#include "platform/files/sheet_read.h"
#include "platform/text/fold.h"
#include "platform/text/texts.h"
#include "platform/web/json.h"

enum { HEADER_LINES_MAX = 5, LOOK_ROWS = 20, JSON_MAX = 1 << 20 };

/* ---- comparing headers ---- */

/* A header as it is compared: without what stands in brackets, folded, without spaces and marks. */
static str plain(struct arena *mem, str header)
{
    static const char *const BRACKETS[] = { "(", "\uFF08", "[", "\u3010" };
    for (size_t i = 0; i < sizeof BRACKETS / sizeof *BRACKETS; i++) {
        i64 at = str_find(header, str_of(BRACKETS[i]), 1);
        if (at > 0)
            header = str_sub(header, 0, (size_t)at);
    }
    str folded = fold_text(mem, header);
    char *p = arena_zero(mem, folded.len + 1);
    size_t len = 0;
    for (size_t i = 0; i < folded.len; i++)
        if (folded.ptr[i] != ' ')
            p[len++] = folded.ptr[i];
    return (str){ p, len };
}

static bool knows(struct arena *mem, const struct import_field *field, str header)
{
    str rest = text_find(field->headers), alias;
    if (str_eq(plain(mem, str_of(field->name)), header))
        return true;
    while (str_split(&rest, '|', &alias))
        if (str_eq(plain(mem, alias), header))
            return true;
    return false;
}

const struct import_field *import_field_of(const struct import_kind *kind, str name)
{
    assert(kind && kind->fields);
    for (const struct import_field *f = kind->fields; f->name; f++)
        if (str_is(name, f->name))
            return f;
    return NULL;
}

str import_label(const struct import_field *field)
{
    str rest = text_find(field->headers), first = str_of(field->name);
    bool any = text_has(field->headers) && str_split(&rest, '|', &first);
    return any ? first : str_of(field->name);
}

str import_letter(struct arena *mem, size_t column)
{
    char text[8];
    size_t at = sizeof text;
    for (size_t n = column + 1; n; n = (n - 1) / 26)
        text[--at] = (char)('A' + (n - 1) % 26);
    return arena_str(mem, (str){ text + at, sizeof text - at });
}

/* ---- one column ---- */

/* Names of a column from precise to coarse: upper and lower line together, the lower, the upper. An
 * upper cell that spans several columns stands over the first of them only. */
struct names {
    str items[3];
    size_t count;
};

static str cell_at(const struct import_head *head, size_t line, size_t column)
{
    const strs *cells = &head->lines[line];
    return column < cells->count ? cells->items[column] : str_of("");
}

static str spanning(const struct import_head *head, size_t line, size_t column)
{
    for (size_t c = column + 1; c > 0; c--)
        if (cell_at(head, line, c - 1).len)
            return cell_at(head, line, c - 1);
    return str_of("");
}

static struct names names_of(struct arena *mem, const struct import_head *head, size_t column)
{
    struct names names = { 0 };
    size_t lowest = head->line_count;
    while (lowest > 0 && cell_at(head, lowest - 1, column).len == 0)
        lowest--;
    if (lowest == 0)
        return names;
    str lower = cell_at(head, lowest - 1, column);
    str upper = lowest > 1 ? spanning(head, lowest - 2, column) : str_of("");
    if (upper.len)
        names.items[names.count++] =
            arena_printf(mem, "%.*s/%.*s", (int)upper.len, upper.ptr, (int)lower.len, lower.ptr);
    names.items[names.count++] = lower;
    return names;
}

str import_header(struct arena *mem, const struct import_head *head, size_t column)
{
    struct names names = names_of(mem, head, column);
    return names.count ? names.items[0] : str_of("");
}

/* The pair of the mapping for a column, or NULL. */
static const struct import_pair *pair_of(struct arena *mem, const struct import_mapping *mapping,
                                         const struct names *names, size_t column)
{
    str letter = import_letter(mem, column);
    for (size_t i = 0; i < mapping->pair_count; i++) {
        const struct import_pair *p = &mapping->pairs[i];
        str wanted = plain(mem, p->header);
        bool same = str_eq(p->header, letter);
        for (size_t n = 0; n < names->count; n++)
            same = same || str_eq(plain(mem, names->items[n]), wanted);
        if (same)
            return p;
    }
    return NULL;
}

const struct import_field *import_column_field(struct arena *mem, const struct import_kind *kind,
                                               const struct import_head *head, size_t column)
{
    struct names names = names_of(mem, head, column);
    const struct import_pair *pair = pair_of(mem, head->mapping, &names, column);
    if (pair)
        return import_field_of(kind, pair->field);
    for (size_t n = 0; n < names.count; n++)
        for (const struct import_field *f = kind->fields; f->name; f++)
            if (knows(mem, f, plain(mem, names.items[n])))
                return f;
    return NULL;
}

/* ---- the header row ---- */

size_t import_known_headers(struct arena *mem, const struct import_kind *kind, const strs *cells)
{
    size_t known = 0;
    struct import_mapping none = { 0 };
    struct import_head head = { .lines = { *cells }, .line_count = 1, .mapping = &none };
    for (size_t c = 0; c < cells->count; c++)
        known += import_column_field(mem, kind, &head, c) != NULL;
    return known;
}

/* ---- text form ---- */

struct reading {
    struct arena *mem;
    const struct import_kind *kind;
    struct import_mapping *mapping;
    struct import_pair *pairs;
    str wrong; /* first name that is not understood */
};

static bool numbers_take(struct arena *mem, str list, ids *out)
{
    str one;
    size_t most = 1;
    for (size_t i = 0; i < list.len; i++)
        most += list.ptr[i] == ',';
    out->items = arena_array(mem, most, sizeof *out->items);
    while (str_split(&list, ',', &one))
        if (!str_to_i64(one, &out->items[out->count++]))
            return false;
    return true;
}

static bool column_take(struct reading *r, str header, str field)
{
    if (field.len && !import_field_of(r->kind, field))
        return false;
    r->pairs[r->mapping->pair_count++] =
        (struct import_pair){ arena_str(r->mem, header), arena_str(r->mem, field) };
    return true;
}

static bool fill_take(struct reading *r, str list)
{
    str one;
    while (str_split(&list, ',', &one)) {
        if (!import_field_of(r->kind, one))
            return false;
        strs_add(r->mem, &r->mapping->fill, arena_str(r->mem, one));
    }
    return true;
}

static err pair_take(void *context, str name, str value)
{
    struct reading *r = context;
    struct import_mapping *m = r->mapping;
    str columns = str_of("columns.");
    bool ok = false;
    if (str_starts(name, columns))
        ok = m->pair_count < IMPORT_COLUMNS_MAX &&
             column_take(r, str_sub(name, columns.len, name.len), value);
    else if (str_is(name, "header_row"))
        ok = str_to_i64(value, &m->header_row) && m->header_row >= 0;
    else if (str_is(name, "header_rows"))
        ok = str_to_i64(value, &m->header_rows) && m->header_rows >= 0 &&
             m->header_rows <= HEADER_LINES_MAX;
    else if (str_is(name, "skip_rows"))
        ok = numbers_take(r->mem, value, &m->skip_rows);
    else if (str_is(name, "fill"))
        ok = fill_take(r, value);
    if (!ok && r->wrong.len == 0)
        r->wrong = arena_str(r->mem, name);
    return OK;
}

err import_mapping_read(struct arena *mem, str json, const struct import_kind *kind,
                        struct import_mapping *out)
{
    struct reading r = { .mem = mem, .kind = kind, .mapping = out };
    *out = (struct import_mapping){ 0 };
    r.pairs = arena_array(mem, IMPORT_COLUMNS_MAX, sizeof *r.pairs);
    out->pairs = r.pairs;
    TRY(json_pairs(mem, json, &(struct pair_sink){ pair_take, &r }));
    return r.wrong.len ? err_make_with(ERR_INVALID, "import.mapping", r.wrong, str_of("")) : OK;
}

str import_mapping_text(struct arena *mem, const struct import_mapping *m)
{
    struct buf *b = buf_new(mem, JSON_MAX);
    struct json j = json_on(b);
    json_object(&j, NULL);
    json_i64(&j, "header_row", m->header_row);
    json_i64(&j, "header_rows", m->header_rows);
    json_array(&j, "skip_rows");
    for (size_t i = 0; i < m->skip_rows.count; i++)
        json_i64(&j, NULL, m->skip_rows.items[i]);
    json_array_end(&j);
    json_array(&j, "fill");
    for (size_t i = 0; i < m->fill.count; i++)
        json_str(&j, NULL, m->fill.items[i]);
    json_array_end(&j);
    json_object(&j, "columns");
    for (size_t i = 0; i < m->pair_count; i++)
        json_str(&j, arena_cstr(mem, m->pairs[i].header), m->pairs[i].field);
    json_object_end(&j);
    json_object_end(&j);
    return buf_str(b);
}

/* ---- values ---- */

bool import_day(str text, i64 *day)
{
    assert(day);
    text = str_trim(text);
    *day = DAY_NONE;
    for (size_t i = 0; i < text.len; i++)
        if (text.ptr[i] == ' ' || text.ptr[i] == 'T') {
            text = str_sub(text, 0, i);
            break;
        }
    return text.len == 0 || day_parse(text, day);
}

/* Two digits at p, or -1. */
static i64 two(const char *p)
{
    bool digits = p[0] >= '0' && p[0] <= '9' && p[1] >= '0' && p[1] <= '9';
    return digits ? (p[0] - '0') * 10 + p[1] - '0' : -1;
}

/* "16:04" or "16:04:48", with anything behind it (".000", a zone), as seconds of the day; -1 if it
 * is none. */
static i64 clock_seconds(str clock)
{
    bool full = clock.len >= 8;
    if (clock.len < 5 || clock.ptr[2] != ':' || (full && clock.ptr[5] != ':'))
        return -1;
    i64 hour = two(clock.ptr), minute = two(clock.ptr + 3), second = full ? two(clock.ptr + 6) : 0;
    bool fits = hour >= 0 && hour < 24 && minute >= 0 && minute < 60 && second >= 0 && second < 60;
    return fits ? (hour * 60 + minute) * 60 + second : -1;
}

bool import_time(str text, i64 *ms)
{
    assert(ms);
    i64 day;
    size_t at = 0;
    text = str_trim(text);
    *ms = 0;
    if (!import_day(text, &day))
        return false;
    if (day == DAY_NONE)
        return true;
    while (at < text.len && text.ptr[at] != ' ' && text.ptr[at] != 'T')
        at++;
    str clock = str_trim(str_sub(text, at + 1, text.len));
    i64 seconds = clock.len ? clock_seconds(clock) : 0;
    *ms = day_start_ms(day) + seconds * 1000;
    return seconds >= 0;
}

static bool separates(uint32_t c)
{
    static const uint32_t MARKS[] = { 0x3001, 0xFF0C, ',', 0xFF1B, ';', '/', '\n', 0xFF0F };
    for (size_t i = 0; i < sizeof MARKS / sizeof *MARKS; i++)
        if (c == MARKS[i])
            return true;
    return false;
}

/* A name without the spaces that make two characters as wide as three. */
static str name_of(struct arena *mem, str text)
{
    text = str_trim(text);
    size_t at = 0;
    bool chinese = text.len && fold_is_chinese(str_next_char(text, &at));
    char *p = arena_zero(mem, text.len + 1);
    size_t len = 0;
    for (at = 0; at < text.len;) {
        size_t from = at;
        uint32_t c = str_next_char(text, &at);
        bool space = c == ' ' || c == 0x3000 || c == 0xA0;
        if (chinese && space)
            continue;
        memcpy(p + len, text.ptr + from, at - from);
        len += at - from;
    }
    return (str){ p, len };
}

strs import_names(struct arena *mem, str text)
{
    strs names = { 0 };
    size_t begin = 0;
    for (size_t at = 0; at <= text.len;) {
        size_t here = at;
        bool end = at == text.len;
        bool mark = end || separates(str_next_char(text, &at));
        at += end;
        if (!mark)
            continue;
        str name = name_of(mem, str_sub(text, begin, here - begin));
        if (name.len)
            strs_add(mem, &names, name);
        begin = at;
    }
    return names;
}
