/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The table of texts.h: open addressing over one array that is never changed once it is
 * published. */
#include "platform/text/texts.h"

#include <assert.h>
#include <stdatomic.h>
#include <stdlib.h>

#include "embed.h"
#include "platform/base/buf.h"
#include "platform/base/clock.h"
#include "platform/base/hash.h"

enum { NAME_MAX_BYTES = 160, HINTS = 512 };

struct entry {
    str name, words;
};

struct table {
    struct entry *slots; /* capacity is a power of two, at most half full */
    size_t capacity, count;
};

static _Atomic(const struct table *) current;

/* What was found last for a name that stood at such an address: only a hint, but names are
 * literals, so the same one mostly comes from the same place, and comparing is quicker than
 * finding. */
static _Atomic(const struct entry *) hints[HINTS];

/* The slot that holds the name, or the free one where it belongs. */
static struct entry *slot_of(const struct table *table, str name)
{
    assert(table->count < table->capacity);
    for (size_t i = (size_t)hash_text(name);; i++) {
        struct entry *entry = &table->slots[i & (table->capacity - 1)];
        if (!entry->name.ptr || str_eq(entry->name, name))
            return entry;
    }
}

/* The words with \n made a line break and \\ a backslash. */
static str unescape(struct arena *mem, str words)
{
    char *to = arena_zero(mem, words.len);
    size_t len = 0;
    for (size_t i = 0; i < words.len; i++) {
        char c = words.ptr[i];
        if (c == '\\' && i + 1 < words.len)
            c = words.ptr[++i] == 'n' ? '\n' : words.ptr[i];
        to[len++] = c;
    }
    return (str){ to, len };
}

static bool is_name(str name)
{
    for (size_t i = 0; i < name.len; i++) {
        char c = name.ptr[i];
        bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        if (!plain && c != '.' && c != '_' && c != '-')
            return false;
    }
    return name.len > 0;
}

static err line_add(struct arena *mem, struct table *table, const char *file, str line)
{
    i64 sign = str_find(line, str_of("="), 0);
    if (line.len == 0 || line.ptr[0] == '#')
        return OK;
    str name = str_trim(str_sub(line, 0, sign < 0 ? 0 : (size_t)sign));
    str words = str_trim(str_sub(line, (size_t)sign + 1, line.len));
    if (sign < 0 || !is_name(name) || words.len == 0 || !str_is_utf8(words))
        return err_make_with(ERR_INVALID, "texts.malformed", str_of(file), line);
    struct entry *entry = slot_of(table, name);
    if (entry->name.ptr)
        return err_make_with(ERR_INVALID, "texts.duplicate", str_of(file), line);
    *entry =
        (struct entry){ name, str_find(words, str_of("\\"), 0) < 0 ? words : unescape(mem, words) };
    table->count++;
    return OK;
}

err text_load(struct arena *mem, const struct embed_file *files)
{
    struct table *table = arena_zero(mem, sizeof *table);
    size_t lines = 1;
    for (const struct embed_file *f = files; f->name; f++)
        for (size_t i = 0; i < f->size; i++)
            lines += f->data[i] == '\n';
    for (const struct embed_file *f = files; f->name; f++)
        lines++;
    for (table->capacity = 16; table->capacity < 2 * lines; table->capacity *= 2)
        ;
    table->slots = arena_array(mem, table->capacity, sizeof *table->slots);
    for (const struct embed_file *f = files; f->name; f++) {
        str rest = { (const char *)f->data, f->size }, line;
        while (str_split(&rest, '\n', &line))
            TRY(line_add(mem, table, f->name, str_trim(line)));
    }
    atomic_store_explicit(&current, table, memory_order_release);
    for (size_t i = 0; i < HINTS; i++) /* what they point to may go away with the old table */
        atomic_store_explicit(&hints[i], NULL, memory_order_release);
    return OK;
}

static str find(str name)
{
    const struct table *table = atomic_load_explicit(&current, memory_order_acquire);
    return table ? slot_of(table, name)->words : (str){ 0 };
}

static bool is_entry(const struct entry *entry, const char *name)
{
    return entry && strncmp(entry->name.ptr, name, entry->name.len) == 0 &&
           name[entry->name.len] == '\0';
}

str text_find(const char *name)
{
    size_t at = ((uintptr_t)name >> 3 ^ (uintptr_t)name >> 11) % HINTS;
    const struct entry *known = atomic_load_explicit(&hints[at], memory_order_acquire);
    if (is_entry(known, name))
        return known->words;
    const struct table *table = atomic_load_explicit(&current, memory_order_acquire);
    const struct entry *entry = table ? slot_of(table, str_of(name)) : NULL;
    if (!entry || !entry->name.ptr)
        return str_of(name);
    atomic_store_explicit(&hints[at], entry, memory_order_release);
    return entry->words;
}

str text_label(const char *prefix, str code)
{
    char name[NAME_MAX_BYTES];
    size_t len = strlen(prefix);
    if (len + 1 + code.len > sizeof name)
        return code; /* no name is that long */
    memcpy(name, prefix, len);
    name[len] = '.';
    if (code.len)
        memcpy(name + len + 1, code.ptr, code.len);
    str words = find((str){ name, len + 1 + code.len });
    return words.ptr ? words : code;
}

bool text_has(const char *name)
{
    return find(str_of(name)).ptr;
}

str text_day(struct arena *mem, i64 day)
{
    int year, month, mday;
    day_to_civil(day, &year, &month, &mday);
    return arena_printf(mem, "%04d-%02d-%02d", year, month, mday);
}

str text_format(struct arena *mem, const char *name, str a, str b)
{
    str words = text_find(name);
    struct buf *out = buf_new(mem, words.len * 8 + a.len * 8 + b.len * 8 + 64);
    for (size_t i = 0; i < words.len; i++) {
        str rest = str_sub(words, i, 3);
        bool first = str_is(rest, "{0}");
        if (first || str_is(rest, "{1}")) {
            buf_add(out, first ? a : b);
            i += 2;
        } else {
            buf_put_byte(out, words.ptr[i]);
        }
    }
    return buf_str(out);
}

size_t text_count(void)
{
    const struct table *table = atomic_load_explicit(&current, memory_order_acquire);
    return table ? table->count : 0;
}

static int by_text(const void *a, const void *b)
{
    return str_cmp(*(const str *)a, *(const str *)b);
}

strs text_codes(struct arena *mem, const char *prefix)
{
    const struct table *table = atomic_load_explicit(&current, memory_order_acquire);
    str start = arena_printf(mem, "%s.", prefix);
    strs codes = { 0 };
    for (size_t i = 0; table && i < table->capacity; i++) {
        str name = table->slots[i].name, code = str_sub(name, start.len, name.len);
        if (name.ptr && str_starts(name, start) && str_find(code, str_of("."), 0) < 0)
            strs_add(mem, &codes, code);
    }
    if (codes.count)
        qsort(codes.items, codes.count, sizeof *codes.items, by_text);
    return codes;
}
