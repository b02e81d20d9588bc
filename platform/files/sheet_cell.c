/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Implementation of sheet_cell.h. */
#include "platform/files/sheet_cell.h"

#include <assert.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "platform/base/clock.h"

enum { STYLES_MAX = 65536, DAY_SECONDS = 86400 };

struct cell_styles *cell_styles_new(struct arena *mem)
{
    struct cell_styles *s = arena_zero(mem, sizeof *s);
    s->mem = mem;
    return s;
}

/* Formats that every workbook has: dates, times, and the East Asian dates 27-36 and 50-58. */
static bool is_builtin_date(i64 id)
{
    return (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) ||
           (id >= 50 && id <= 58);
}

/* Whether a format code shows a date or time: y m d h s outside quotes, brackets and escapes. */
static bool is_date_code(str code)
{
    bool quoted = false, bracket = false;
    for (size_t i = 0; i < code.len; i++) {
        char c = code.ptr[i];
        if (c == '"')
            quoted = !quoted;
        else if (quoted)
            continue;
        else if (c == '\\' || c == '_' || c == '*')
            i++;
        else if (c == '[')
            bracket = !memchr("hms", i + 1 < code.len ? code.ptr[i + 1] : ' ', 3); /* [h]:mm */
        else if (c == ']')
            bracket = false;
        else if (!bracket && memchr("yYmMdDhHsS", c, 10))
            return true;
    }
    return false;
}

void cell_format_add(struct cell_styles *s, i64 format_id, str code)
{
    if (!is_date_code(code) || s->format_count >= STYLES_MAX)
        return;
    if (s->format_count == s->format_cap) {
        size_t cap = s->format_cap ? s->format_cap * 2 : 32;
        i64 *more = arena_array(s->mem, cap, sizeof *more);
        if (s->format_count)
            memcpy(more, s->date_formats, s->format_count * sizeof *more);
        s->date_formats = more;
        s->format_cap = cap;
    }
    s->date_formats[s->format_count++] = format_id;
}

void cell_style_add(struct cell_styles *s, i64 format_id)
{
    if (s->style_count >= STYLES_MAX)
        return;
    if (s->style_count == s->style_cap) {
        size_t cap = s->style_cap ? s->style_cap * 2 : 64;
        bool *more = arena_array(s->mem, cap, sizeof *more);
        if (s->style_count)
            memcpy(more, s->is_date, s->style_count * sizeof *more);
        s->is_date = more;
        s->style_cap = cap;
    }
    bool date = is_builtin_date(format_id);
    for (size_t i = 0; i < s->format_count && !date; i++)
        date = s->date_formats[i] == format_id;
    s->is_date[s->style_count++] = date;
}

static str print(char out[CELL_TEXT_MAX], int length)
{
    return (str){ out, length < 0 || length >= CELL_TEXT_MAX ? 0 : (size_t)length };
}

/* Excel counts days from 1899-12-31 and believes in a 29 February 1900, so that later days are one
 * more. */
static i64 day_of_serial(const struct cell_styles *s, i64 serial)
{
    if (s->from_1904)
        return day_from_civil(1904, 1, 1) + serial;
    return serial - (serial < 60 ? 25568 : 25569);
}

static str date_text(const struct cell_styles *s, double serial, char out[CELL_TEXT_MAX])
{
    i64 seconds = (i64)floor(serial * DAY_SECONDS + 0.5);
    i64 whole = seconds / DAY_SECONDS, rest = seconds % DAY_SECONDS;
    int year, month, day;
    int hour = (int)(rest / 3600), minute = (int)(rest / 60 % 60), second = (int)(rest % 60);
    if (whole == 0 && rest)
        return print(out, snprintf(out, CELL_TEXT_MAX, "%02d:%02d:%02d", hour, minute, second));
    day_to_civil(day_of_serial(s, whole), &year, &month, &day);
    if (rest == 0)
        return print(out, snprintf(out, CELL_TEXT_MAX, "%04d-%02d-%02d", year, month, day));
    return print(out, snprintf(out, CELL_TEXT_MAX, "%04d-%02d-%02d %02d:%02d:%02d", year, month,
                               day, hour, minute, second));
}

/* Whether raw is already what one would write by hand: at most 15 digits and no exponent. */
static bool is_plain(str raw)
{
    size_t digits = 0;
    for (size_t i = 0; i < raw.len; i++) {
        if (raw.ptr[i] == 'e' || raw.ptr[i] == 'E')
            return false;
        digits += raw.ptr[i] >= '0' && raw.ptr[i] <= '9';
    }
    return digits <= 15;
}

/* Fifteen significant digits, as the office's programs show, without exponent. */
static str decimal(double value, char out[CELL_TEXT_MAX])
{
    double size = fabs(value);
    if (size >= 1e15)
        return print(out, snprintf(out, CELL_TEXT_MAX, "%.0f", value));
    int digits = 14 - (size < 1 ? -1 : (int)floor(log10(size)));
    int n = snprintf(out, CELL_TEXT_MAX, "%.*f", digits, value);
    if (n < 0 || n >= CELL_TEXT_MAX || !memchr(out, '.', (size_t)n))
        return print(out, n);
    while (out[n - 1] == '0')
        n--;
    n -= out[n - 1] == '.';
    return print(out, n);
}

str cell_number(const struct cell_styles *s, i64 style, str raw, char out[CELL_TEXT_MAX])
{
    assert(s && out);
    char text[CELL_TEXT_MAX], *end;
    if (raw.len == 0 || raw.len >= sizeof text)
        return (str){ out, 0 };
    memcpy(text, raw.ptr, raw.len);
    text[raw.len] = '\0';
    double value = strtod(text, &end);
    bool number = *end == '\0' && isfinite(value);
    bool date = style >= 0 && style < (i64)s->style_count && s->is_date[style];
    if (number && date && value >= 0 && value < 2958466) /* up to 9999-12-31 */
        return date_text(s, value, out);
    if (number && !is_plain(raw) && fabs(value) < 1e30)
        return decimal(value, out);
    return print(out, snprintf(out, CELL_TEXT_MAX, "%s", text));
}

static int hex(const char *p)
{
    int value = 0;
    for (int i = 0; i < 4; i++) {
        char c = p[i];
        int digit = c >= '0' && c <= '9'   ? c - '0'
                    : c >= 'A' && c <= 'F' ? c - 'A' + 10
                    : c >= 'a' && c <= 'f' ? c - 'a' + 10
                                           : -1;
        if (digit < 0)
            return -1;
        value = value * 16 + digit;
    }
    return value;
}

size_t cell_unescape(char *text, size_t length)
{
    size_t to = 0;
    for (size_t i = 0; i < length; i++) {
        int code = -1;
        if (text[i] == '_' && i + 7 <= length && text[i + 1] == 'x' && text[i + 6] == '_')
            code = hex(text + i + 2);
        bool usable = code > 0 && (code < 0xD800 || code > 0xDFFF);
        if (usable)
            to += str_put_char((uint32_t)code, text + to);
        else
            text[to++] = text[i];
        i += usable ? 6 : 0;
    }
    return to;
}
