/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The hall as rows of chairs: how the office writes it, which chair is whose by rank, what a chair
 * is called, in which order the floor is filled. Pure: no request, no database. */
#include "modules/seatings/seating.h"

#include "platform/base/str.h"

static const char *const PARTS[SEATING_PARTS] = { "rostrum", "floor" };

const char *seating_part_name(enum seating_part part)
{
    return PARTS[part];
}

/* ---- what the office writes ---- */

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* A number at the head of *rest; 0 = none stands there. */
static i64 number_take(str *rest)
{
    i64 n = 0;
    size_t at = 0;
    while (at < rest->len && is_digit(rest->ptr[at]) && n < 100000)
        n = n * 10 + (rest->ptr[at++] - '0');
    *rest = str_trim(str_sub(*rest, at, rest->len));
    return n;
}

static bool word_take(str *rest, const char *word)
{
    str w = str_of(word);
    if (!str_starts(*rest, w))
        return false;
    *rest = str_trim(str_sub(*rest, w.len, rest->len));
    return true;
}

/* The word for a row, in the office's own language. */
#define ROW_WORD "\u6392"

/* "8+12+8", "3排 8+12+8": how many such rows, and one of them. */
static const char *line_read(str text, i64 *times, struct seating_line *out)
{
    str rest = str_trim(text), back = rest;
    *out = (struct seating_line){ 0 };
    *times = number_take(&rest);
    if (!word_take(&rest, ROW_WORD)) {
        *times = 1;
        rest = back;
    }
    do {
        i64 n = number_take(&rest);
        if (n == 0 || *times == 0)
            return "seatings.line_wrong";
        if (out->block_count == SEATING_BLOCKS_MAX || out->chairs + n > SEATING_CHAIRS_MAX)
            return "seatings.line_long";
        out->blocks[out->block_count++] = n;
        out->chairs += n;
    } while (word_take(&rest, "+") || word_take(&rest, "\uff0b"));
    return rest.len ? "seatings.line_wrong" : NULL;
}

const char *seating_lines_read(str text, struct seating_lines *out, i64 *at)
{
    str rest = text, part;
    *out = (struct seating_lines){ 0 };
    *at = 0;
    while (str_split(&rest, '\n', &part)) {
        struct seating_line line;
        i64 times = 0;
        (*at)++;
        if (str_trim(part).len == 0)
            continue;
        const char *fault = line_read(part, &times, &line);
        if (fault)
            return fault;
        if (times > SEATING_LINES_MAX - (i64)out->count)
            return "seatings.too_many_lines";
        for (i64 i = 0; i < times; i++, out->chairs += line.chairs)
            out->items[out->count++] = line;
        if (out->chairs > SEATING_PLACES_MAX)
            return "seatings.too_many_chairs";
    }
    return NULL;
}

/* ---- chairs ---- */

i64 seating_chair_of(i64 k, i64 n)
{
    i64 middle = (n + 1) / 2;
    return k % 2 ? middle - (k - 1) / 2 : middle + k / 2;
}

i64 seating_number_of(i64 chair, i64 n, bool odd_even)
{
    i64 middle = (n + 1) / 2;
    if (!odd_even)
        return chair;
    return chair <= middle ? 2 * (middle - chair) + 1 : 2 * (chair - middle);
}

static size_t block_put(const struct seating_line *line, size_t block, i64 number,
                        struct seating_spot *out)
{
    i64 before = 0;
    for (size_t b = 0; b < block; b++)
        before += line->blocks[b];
    for (i64 c = 1; c <= line->blocks[block]; c++)
        *out++ = (struct seating_spot){ SEATING_FLOOR, number, before + c };
    return (size_t)line->blocks[block];
}

void seating_floor_order(const struct seating_hall *hall, bool blocks, struct seating_spot *out)
{
    const struct seating_lines *floor = &hall->part[SEATING_FLOOR];
    if (!blocks) {
        for (size_t i = 0; i < floor->count; i++)
            for (i64 c = 1; c <= floor->items[i].chairs; c++)
                *out++ = (struct seating_spot){ SEATING_FLOOR, (i64)i + 1, c };
        return;
    }
    for (size_t b = 0; b < SEATING_BLOCKS_MAX; b++)
        for (size_t i = 0; i < floor->count; i++)
            if (b < floor->items[i].block_count)
                out += block_put(&floor->items[i], b, (i64)i + 1, out);
}

bool seating_is_chair(const struct seating_hall *hall, const struct seating_spot *spot)
{
    const struct seating_lines *lines = &hall->part[spot->part];
    return spot->line >= 1 && spot->line <= (i64)lines->count && spot->chair >= 1 &&
           spot->chair <= lines->items[spot->line - 1].chairs;
}

bool seating_is_after_aisle(const struct seating_line *line, i64 chair)
{
    i64 before = 0;
    for (size_t b = 0; b + 1 < line->block_count; b++) {
        before += line->blocks[b];
        if (chair == before + 1)
            return true;
    }
    return false;
}

/* ---- as a form names it ---- */

str seating_spot_text(struct arena *mem, const struct seating_spot *spot)
{
    return arena_printf(mem, "%s:%lld:%lld", PARTS[spot->part], (long long)spot->line,
                        (long long)spot->chair);
}

bool seating_spot_read(str text, struct seating_spot *out)
{
    str rest = text, part = { 0 }, line = { 0 }, chair = { 0 };
    *out = (struct seating_spot){ 0 };
    if (!str_split(&rest, ':', &part) || !str_split(&rest, ':', &line) ||
        !str_split(&rest, ':', &chair))
        return false;
    if (!str_is(part, PARTS[0]) && !str_is(part, PARTS[1]))
        return false;
    out->part = str_is(part, PARTS[1]) ? SEATING_FLOOR : SEATING_ROSTRUM;
    return str_to_i64(line, &out->line) && str_to_i64(chair, &out->chair);
}
