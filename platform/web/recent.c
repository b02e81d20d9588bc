/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Counts of the last hour (recent.h): a table of sets, each with a few places. */
#include "platform/web/recent.h"

#include <assert.h>

enum { HOUR_MS = 3600 * 1000 };

struct entry {
    uint64_t key; /* 0 = free */
    int64_t hour; /* of the clock, since 1970 */
    int32_t now, before;
};
static_assert(sizeof(struct entry) == RECENT_ENTRY_BYTES, "as the header says");

struct recent {
    size_t sets;
    struct entry *entries;
};

struct recent *recent_new(struct arena *mem, size_t sets)
{
    struct recent *recent = arena_zero(mem, sizeof *recent);
    assert(sets > 0);
    recent->sets = sets;
    recent->entries = arena_zero(mem, sets * RECENT_WAYS * sizeof *recent->entries);
    return recent;
}

static struct entry *set_of(struct recent *recent, uint64_t key)
{
    return &recent->entries[key % recent->sets * RECENT_WAYS];
}

/* The key's entry, brought to this hour; NULL when it has none. A clock that goes back counts on.
 */
static struct entry *entry_find(struct recent *recent, uint64_t key, i64 hour)
{
    struct entry *set = set_of(recent, key);
    for (int i = 0; i < RECENT_WAYS; i++) {
        struct entry *e = &set[i];
        if (e->key != key)
            continue;
        if (hour > e->hour) {
            e->before = hour - e->hour == 1 ? e->now : 0;
            e->now = 0;
            e->hour = hour;
        }
        return e;
    }
    return NULL;
}

i64 recent_count(struct recent *recent, uint64_t key, i64 now_ms)
{
    struct entry *e = entry_find(recent, key ? key : 1, now_ms / HOUR_MS);
    return e ? e->now + e->before * (HOUR_MS - now_ms % HOUR_MS) / HOUR_MS : 0;
}

static bool goes_first(const struct entry *a, const struct entry *b)
{
    if (!a->key || !b->key)
        return !a->key && b->key;
    return a->hour != b->hour ? a->hour < b->hour : a->now < b->now;
}

void recent_add(struct recent *recent, uint64_t key, i64 now_ms)
{
    key = key ? key : 1;
    struct entry *e = entry_find(recent, key, now_ms / HOUR_MS), *set = set_of(recent, key);
    if (!e) {
        e = set;
        for (int i = 1; i < RECENT_WAYS; i++)
            if (goes_first(&set[i], e))
                e = &set[i];
        *e = (struct entry){ .key = key, .hour = now_ms / HOUR_MS };
    }
    if (e->now < INT32_MAX)
        e->now++;
}

void recent_take_back(struct recent *recent, uint64_t key, i64 now_ms)
{
    struct entry *e = entry_find(recent, key ? key : 1, now_ms / HOUR_MS);
    if (e && e->now > 0)
        e->now--;
}
