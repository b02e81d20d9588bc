/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Implementation of xls_make.h: the table of sectors first, then the directory, then the stream (of
 * a small one its own table before it). */
#include "platform/files/tests/xls_make.h"

#include <string.h>

#include "platform/base/str.h"

enum { SECTOR = 512, EACH = SECTOR / 4, SMALL = 64, SMALL_BELOW = 4096 };
static const uint32_t NO_SECTOR = 0xFFFFFFFF, END_OF_CHAIN = 0xFFFFFFFE, TABLE = 0xFFFFFFFD;

static void put(struct buf *to, uint32_t value, size_t size)
{
    for (size_t i = 0; i < size; i++)
        buf_put_byte(to, i < 4 ? (char)(value >> 8 * i) : 0);
}

/* Filled up with a byte to a whole number of sectors. */
static void fill(struct buf *to, char with, size_t to_multiple)
{
    while (to->len % to_multiple)
        buf_put_byte(to, with);
}

void xls_record(struct buf *to, unsigned number, const void *data, size_t size)
{
    put(to, number, 2);
    put(to, (uint32_t)size, 2);
    buf_add(to, (str){ data, size });
}

struct plan {
    uint32_t tables, directory, small_table, stream, sectors;
    bool small;
};

static struct plan plan_of(size_t size)
{
    struct plan p = { .small = size < SMALL_BELOW };
    uint32_t own = (uint32_t)((size + SECTOR - 1) / SECTOR);
    while (p.tables * EACH < p.tables + 1 + p.small + own)
        p.tables++;
    p.directory = p.tables;
    p.small_table = p.directory + 1;
    p.stream = p.small_table + p.small;
    p.sectors = p.stream + own;
    return p;
}

static void head_put(struct buf *to, const struct plan *p)
{
    buf_add(to, (str){ "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8 });
    for (size_t i = 0; i < 16; i++)
        buf_put_byte(to, 0);
    put(to, 0x3E, 2);
    put(to, 3, 2);
    put(to, 0xFFFE, 2);
    put(to, 9, 2); /* sectors of 512, small ones of 64 */
    put(to, 6, 2);
    put(to, 0, 6);
    put(to, 0, 4);
    put(to, p->tables, 4);
    put(to, p->directory, 4);
    put(to, 0, 4);
    put(to, SMALL_BELOW, 4);
    put(to, p->small ? p->small_table : END_OF_CHAIN, 4);
    put(to, p->small, 4);
    put(to, END_OF_CHAIN, 4);
    put(to, 0, 4);
    for (uint32_t i = 0; i < 109; i++)
        put(to, i < p->tables ? i : NO_SECTOR, 4);
}

static void tables_put(struct buf *to, const struct plan *p)
{
    for (uint32_t i = 0; i < p->tables * EACH; i++) {
        bool last = i == p->directory || (p->small && i == p->small_table) || i + 1 == p->sectors;
        put(to,
            i >= p->sectors ? NO_SECTOR
            : i < p->tables ? TABLE
            : last          ? END_OF_CHAIN
                            : i + 1,
            4);
    }
}

static void entry_put(struct buf *to, const char *name, int kind, uint32_t start, size_t size)
{
    size_t length = strlen(name);
    for (size_t i = 0; i < 32; i++)
        put(to, i < length ? (unsigned char)name[i] : 0, 2);
    put(to, (uint32_t)(2 * (length + 1)), 2);
    put(to, (uint32_t)kind | 1 << 8, 2);
    for (size_t i = 0; i < 3; i++)
        put(to, kind == 5 && i == 2 ? 1 : NO_SECTOR, 4);
    for (size_t i = 0; i < 36; i++)
        buf_put_byte(to, 0);
    put(to, start, 4);
    put(to, (uint32_t)size, 4);
    put(to, 0, 4);
}

static void small_table_put(struct buf *to, size_t size)
{
    uint32_t count = (uint32_t)((size + SMALL - 1) / SMALL);
    for (uint32_t i = 0; i < EACH; i++)
        put(to, i + 1 < count ? i + 1 : i + 1 == count ? END_OF_CHAIN : NO_SECTOR, 4);
}

str ole_make(struct arena *mem, const char *name, str stream)
{
    struct plan p = plan_of(stream.len);
    struct buf *to = buf_new(mem, stream.len + ((size_t)p.sectors + 4) * SECTOR);
    size_t whole = (stream.len + SMALL - 1) / SMALL * SMALL;
    head_put(to, &p);
    tables_put(to, &p);
    entry_put(to, "Root Entry", 5, p.small && whole ? p.stream : END_OF_CHAIN, p.small ? whole : 0);
    entry_put(to, name, 2, p.small ? 0 : p.stream, stream.len);
    fill(to, 0, SECTOR);
    if (p.small)
        small_table_put(to, stream.len);
    buf_add(to, stream);
    fill(to, 0, SECTOR);
    return buf_str(to);
}
