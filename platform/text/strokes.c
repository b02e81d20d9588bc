/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Places of characters by one table, and the key of a name made of them. */
#include "platform/text/strokes.h"

#include <stdlib.h>
#include <string.h>

#include "platform/base/buf.h"

enum { PAGE = 256, PAGES = 0x110000 / PAGE, SURNAMES_MAX = 200, NAME_MAX = 60, DIGITS = 6 };
enum { MIDDLE_DOT = 0xB7, KATAKANA_DOT = 0x30FB, WIDE_BLANK = 0x3000, UNKNOWN = 0x200000 };

/* Places by page of 256 code points, 0 = not in the table; and surnames of two characters. Written
 * once at start, then read only. */
static uint32_t *places[PAGES];
static uint32_t surnames[SURNAMES_MAX][2];
static size_t surname_count;

static void place_put(struct arena *mem, uint32_t c, uint32_t place)
{
    if (!places[c / PAGE])
        places[c / PAGE] = arena_array(mem, PAGE, sizeof(uint32_t));
    places[c / PAGE][c % PAGE] = place;
}

void strokes_load(struct arena *mem, str table)
{
    str line, head;
    uint32_t next = 0;
    memset(places, 0, sizeof places);
    surname_count = 0;
    while (str_split(&table, '\n', &line)) {
        size_t at = 0;
        if (line.len == 0 || line.ptr[0] == '#' || !str_split(&line, ' ', &head))
            continue;
        if (!str_is(head, "=")) {
            while (at < line.len)
                place_put(mem, str_next_char(line, &at), ++next);
        } else if (surname_count < SURNAMES_MAX && line.len) {
            surnames[surname_count][0] = str_next_char(line, &at);
            surnames[surname_count++][1] = str_next_char(line, &at);
        }
    }
}

static bool is_gap(uint32_t c)
{
    return c <= ' ' || c == MIDDLE_DOT || c == KATAKANA_DOT || c == WIDE_BLANK;
}

static bool is_surname(uint32_t first, uint32_t second)
{
    for (size_t i = 0; i < surname_count; i++)
        if (surnames[i][0] == first && surnames[i][1] == second)
            return true;
    return false;
}

static void key_put(struct buf *key, uint32_t c)
{
    uint32_t place = places[c / PAGE] ? places[c / PAGE][c % PAGE] : 0;
    buf_printf(key, "%0*x", DIGITS, place ? place : UNKNOWN + c);
}

str strokes_key(struct arena *mem, str name)
{
    uint32_t chars[NAME_MAX];
    size_t count = 0, at = 0;
    struct buf *key = buf_new(mem, (NAME_MAX + 1) * DIGITS);
    while (at < name.len && count < NAME_MAX) {
        chars[count] = str_next_char(name, &at);
        count += !is_gap(chars[count]);
    }
    bool two = count > 2 && is_surname(chars[0], chars[1]);
    size_t given = two ? 2 : 1;
    key_put(key, count ? chars[0] : 0);
    buf_printf(key, "%d", two);
    if (two)
        key_put(key, chars[1]);
    buf_printf(key, "%d", count > given + 1);
    for (size_t i = given; i < count; i++)
        key_put(key, chars[i]);
    return buf_str(key);
}

/* ---- rows ---- */

struct placed {
    str key;
    size_t row;
};

static int by_key(const void *a, const void *b)
{
    const struct placed *x = a, *y = b;
    size_t common = x->key.len < y->key.len ? x->key.len : y->key.len;
    int order = memcmp(x->key.ptr, y->key.ptr, common);
    if (order == 0 && x->key.len != y->key.len)
        return x->key.len < y->key.len ? -1 : 1;
    return order ? order : (x->row > y->row) - (x->row < y->row);
}

void strokes_order(struct arena *mem, struct rows *rows, size_t at)
{
    struct placed *order = arena_array(mem, rows->count + 1, sizeof *order);
    char *from = rows->items, *to = arena_array(mem, rows->count + 1, rows->size);
    for (size_t i = 0; i < rows->count; i++) {
        const str *name = (const str *)(const void *)(from + i * rows->size + at);
        order[i] = (struct placed){ strokes_key(mem, *name), i };
    }
    qsort(order, rows->count, sizeof *order, by_key);
    for (size_t i = 0; i < rows->count; i++)
        memcpy(to + i * rows->size, from + order[i].row * rows->size, rows->size);
    rows->items = to;
}
