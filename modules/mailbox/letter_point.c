/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The point (定位) of a letter: two numbers that a telephone measured or somebody typed. */
#include "modules/mailbox/letter_rules.h"

#include "platform/base/str.h"
#include "platform/text/texts.h"
#include "views/mailbox.h"

/* Degrees in units of the fifth decimal, about a metre. Around China: so wide that nobody at its
 * border is refused, and so that no latitude is a longitude. */
enum {
    DECIMALS = 5,
    DEGREE = 100000,
    DEGREE_DIGITS = 3,
    TYPED_DECIMALS = 16,
    SOUTH = 3 * DEGREE,
    NORTH = 54 * DEGREE,
    WEST = 73 * DEGREE,
    EAST = 136 * DEGREE
};

/* 23.884235 -> 2388424. */
static bool degrees_of(str text, i64 *out)
{
    str whole = text, rest = str_of("");
    i64 dot = str_find(text, str_of("."), 0);
    if (dot >= 0) {
        whole = str_sub(text, 0, (size_t)dot);
        rest = str_sub(text, (size_t)dot + 1, text.len);
    }
    if (!whole.len || whole.len > DEGREE_DIGITS || rest.len > TYPED_DECIMALS)
        return false;
    *out = 0;
    for (size_t i = 0; i < whole.len + rest.len; i++) {
        char c = i < whole.len ? whole.ptr[i] : rest.ptr[i - whole.len];
        if (c < '0' || c > '9')
            return false;
        if (i < whole.len + DECIMALS)
            *out = *out * 10 + (c - '0');
        else if (i == whole.len + DECIMALS && c >= '5')
            *out += 1;
    }
    for (size_t i = rest.len; i < DECIMALS; i++)
        *out *= 10;
    return true;
}

/* Parts the text at a mark; what stands around it is left out. */
static bool halves_at(str text, str mark, str *first, str *second)
{
    i64 at = str_find(text, mark, 0);
    if (at < 0)
        return false;
    *first = str_trim(str_sub(text, 0, (size_t)at));
    *second = str_trim(str_sub(text, (size_t)at + mark.len, text.len));
    return true;
}

/* Between the two numbers stands a comma of either width, or a space alone. */
static bool halves(str text, str *first, str *second)
{
    str marks = text_find("mailbox.point_marks");
    for (size_t at = 0; at < marks.len;) {
        size_t begin = at;
        str_next_char(marks, &at);
        if (halves_at(text, str_sub(marks, begin, at - begin), first, second))
            return true;
    }
    return halves_at(text, str_of(" "), first, second);
}

static bool is_within(i64 value, i64 from, i64 to)
{
    return value >= from && value <= to;
}

bool letter_point_read(struct arena *mem, str typed, str *out)
{
    str part[2];
    i64 lat, lng;
    *out = str_of("");
    typed = str_trim(typed);
    if (!typed.len)
        return true;
    if (!halves(typed, &part[0], &part[1]) || !degrees_of(part[0], &lat) ||
        !degrees_of(part[1], &lng))
        return false;
    if (is_within(lat, WEST, EAST)) { /* maps of China say the longitude first */
        i64 first = lat;
        lat = lng;
        lng = first;
    }
    if (!is_within(lat, SOUTH, NORTH) || !is_within(lng, WEST, EAST))
        return false;
    *out = arena_printf(mem, "%lld.%05lld,%lld.%05lld", (long long)(lat / DEGREE),
                        (long long)(lat % DEGREE), (long long)(lng / DEGREE),
                        (long long)(lng % DEGREE));
    return true;
}

void view_letter_point(struct out *out, const struct letter *l)
{
    struct letter_point p = { .by = l->point_by };
    if (l->point.len && halves(l->point, &p.lat, &p.lng))
        view_mailbox_point(out, &p);
}
