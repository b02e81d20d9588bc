/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Implementation of ole.h. A container is sectors chained by a table (FAT) that lies in sectors
 * itself; streams below 4,096 bytes lie in small sectors of a stream of their own. */
#include "platform/files/ole.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "platform/base/str.h"

/* Places in the header and in an entry of the directory; numbers of sectors that are none. */
enum {
    HEADER = 512,
    SHIFT_AT = 0x1E,
    FIRST_DIRECTORY_AT = 0x30,
    SMALL_BELOW_AT = 0x38,
    FIRST_SMALL_FAT_AT = 0x3C,
    FIRST_DIFAT_AT = 0x44,
    DIFAT_AT = 0x4C,
    DIFAT_HERE = 109,
    ENTRY = 128,
    NAME_LENGTH_AT = 64,
    KIND_AT = 66,
    START_AT = 116,
    SIZE_AT = 120,
    KIND_STREAM = 2,
    KIND_ROOT = 5,
    SMALL_SECTOR = 64,
};
static const uint32_t LAST_SECTOR = 0xFFFFFFF9; /* what is greater ends a chain or is free */

struct ole {
    struct arena *mem;
    bytes file;
    size_t sector; /* bytes of one: 512 or 4,096 */
    uint32_t *fat_sectors;
    size_t fat_count;
    bytes directory, small_fat, small; /* whole streams */
    uint32_t small_below;
};

static err broken(void)
{
    return err_make(ERR_INVALID, "files.broken");
}

uint32_t ole_u16(bytes b, size_t at)
{
    return at + 2 <= b.len ? (uint32_t)(b.ptr[at] | b.ptr[at + 1] << 8) : 0;
}

uint32_t ole_u32(bytes b, size_t at)
{
    return ole_u16(b, at) | ole_u16(b, at + 2) << 16;
}

/* The bytes of a sector, cut where the file ends; empty beyond. */
static bytes sector_of(const struct ole *o, uint32_t number)
{
    size_t at = ((size_t)number + 1) * o->sector;
    if (number > LAST_SECTOR || at >= o->file.len)
        return (bytes){ o->file.ptr, 0 };
    size_t left = o->file.len - at;
    return (bytes){ o->file.ptr + at, left < o->sector ? left : o->sector };
}

static uint32_t next_of(const struct ole *o, uint32_t number)
{
    size_t each = o->sector / 4, table = number / each;
    if (number > LAST_SECTOR || table >= o->fat_count)
        return UINT32_MAX;
    bytes sector = sector_of(o, o->fat_sectors[table]);
    size_t at = number % each * 4;
    return at + 4 <= sector.len ? ole_u32(sector, at) : UINT32_MAX;
}

/* All sectors of a chain one behind the other. A chain that is longer than the file runs in a
 * circle. */
static err chain_read(const struct ole *o, uint32_t first, bytes *out)
{
    size_t count = 0, most = o->file.len / o->sector + 1, len = 0;
    for (uint32_t s = first; s <= LAST_SECTOR; s = next_of(o, s))
        if (++count > most)
            return broken();
    unsigned char *to = arena_bytes(o->mem, count * o->sector + 1);
    for (uint32_t s = first; s <= LAST_SECTOR; s = next_of(o, s)) {
        bytes sector = sector_of(o, s);
        if (!sector.len)
            return broken();
        memcpy(to + len, sector.ptr, sector.len);
        len += sector.len;
    }
    *out = (bytes){ to, len };
    return OK;
}

/* Where the table's own sectors are: the first 109 in the header, others chained. */
static err fat_find(struct ole *o)
{
    size_t most = o->file.len / o->sector + 1, each = o->sector / 4 - 1;
    uint32_t next = ole_u32(o->file, FIRST_DIFAT_AT);
    o->fat_sectors = arena_array(o->mem, most + DIFAT_HERE, sizeof *o->fat_sectors);
    for (size_t i = 0; i < DIFAT_HERE; i++)
        o->fat_sectors[o->fat_count++] = ole_u32(o->file, DIFAT_AT + 4 * i);
    while (next <= LAST_SECTOR) {
        bytes sector = sector_of(o, next);
        if (sector.len < o->sector || o->fat_count + each > most + DIFAT_HERE)
            return broken();
        for (size_t i = 0; i < each; i++)
            o->fat_sectors[o->fat_count++] = ole_u32(sector, 4 * i);
        next = ole_u32(sector, 4 * each);
    }
    return OK;
}

/* The entry of a kind, by name where one is given; its place, SIZE_MAX = none. */
static size_t entry_find(const struct ole *o, int kind, const char *name)
{
    size_t len = name ? strlen(name) : 0;
    for (size_t at = 0; at + ENTRY <= o->directory.len; at += ENTRY) {
        bool same = o->directory.ptr[at + KIND_AT] == kind;
        if (name)
            same = same && ole_u16(o->directory, at + NAME_LENGTH_AT) == 2 * (len + 1);
        for (size_t i = 0; same && i < len; i++)
            same = ole_u16(o->directory, at + 2 * i) == (unsigned char)name[i];
        if (same)
            return at;
    }
    return SIZE_MAX;
}

/* The file whole. */
static err file_read(struct ole *o, int fd, i64 most)
{
    struct stat info;
    if (fstat(fd, &info) != 0 || info.st_size < HEADER)
        return broken();
    if (info.st_size > most)
        return err_make(ERR_INVALID, "files.too_big");
    size_t len = (size_t)info.st_size, got = 0;
    unsigned char *to = arena_bytes(o->mem, len);
    while (got < len) {
        ssize_t n = pread(fd, to + got, len - got, (off_t)got);
        if (n <= 0)
            return broken();
        got += (size_t)n;
    }
    o->file = (bytes){ to, len };
    return OK;
}

err ole_open(struct arena *mem, int fd, i64 most, struct ole **out)
{
    struct ole *o = *out = arena_zero(mem, sizeof *o);
    o->mem = mem;
    TRY(file_read(o, fd, most));
    uint32_t shift = ole_u16(o->file, SHIFT_AT);
    if (shift != 9 && shift != 12)
        return broken();
    o->sector = (size_t)1 << shift;
    o->small_below = ole_u32(o->file, SMALL_BELOW_AT);
    TRY(fat_find(o));
    TRY(chain_read(o, ole_u32(o->file, FIRST_DIRECTORY_AT), &o->directory));
    TRY(chain_read(o, ole_u32(o->file, FIRST_SMALL_FAT_AT), &o->small_fat));
    size_t root = entry_find(o, KIND_ROOT, NULL);
    return root == SIZE_MAX ? broken()
                            : chain_read(o, ole_u32(o->directory, root + START_AT), &o->small);
}

static err small_read(const struct ole *o, uint32_t first, size_t size, bytes *out)
{
    unsigned char *to = arena_bytes(o->mem, size + SMALL_SECTOR);
    size_t len = 0;
    for (uint32_t s = first; len < size; s = ole_u32(o->small_fat, (size_t)s * 4)) {
        size_t at = (size_t)s * SMALL_SECTOR;
        if (s > LAST_SECTOR || at + SMALL_SECTOR > o->small.len ||
            ((size_t)s + 1) * 4 > o->small_fat.len)
            return broken();
        memcpy(to + len, o->small.ptr + at, SMALL_SECTOR);
        len += SMALL_SECTOR;
    }
    *out = (bytes){ to, size };
    return OK;
}

err ole_read(struct ole *o, const char *name, bytes *out)
{
    size_t at = entry_find(o, KIND_STREAM, name);
    if (at == SIZE_MAX)
        return err_make(ERR_NOT_FOUND, "files.broken");
    uint32_t first = ole_u32(o->directory, at + START_AT);
    size_t size = ole_u32(o->directory, at + SIZE_AT);
    if (size > o->file.len)
        return broken();
    if (size < o->small_below)
        return small_read(o, first, size, out);
    TRY(chain_read(o, first, out));
    if (out->len < size)
        return broken();
    out->len = size;
    return OK;
}
