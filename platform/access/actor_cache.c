/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Two fixed tables under one mutex. A slot that is taken by another key is overwritten: the actor
 * is then loaded again, the last-seen time noted again by the next request. */
#include "platform/access/actor_cache.h"

#include <assert.h>
#include <pthread.h>

#include "platform/base/clock.h"
#include "platform/base/hash.h"
#include "platform/base/str.h"

enum {
    SLOTS = 1024,
    KEEP_MS = 1000,
    SEEN_SLOTS = 8192,
    SEEN_TRIES = 16,
    MINUTE_MS = 60000,
    ACTOR_BYTES = 1 << 14
};

struct slot {
    struct arena *mem; /* holds key and the actor's texts; NULL = never used */
    str key;           /* empty = free */
    i64 steady_ms, now_ms;
    struct actor actor;
};

/* A noted use. written_at: the last time that was handed out. */
struct seen_slot {
    struct seen seen;
    i64 written_at;
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct slot slots[SLOTS];
static struct seen_slot seen_slots[SEEN_SLOTS];

static struct slot *slot_of(str key)
{
    return &slots[hash_text(key) % SLOTS];
}

static void copy_actor(struct arena *mem, const struct actor *from, struct actor *to)
{
    *to = *from;
    to->name = arena_str(mem, from->name);
    to->org_name = arena_str(mem, from->org_name);
    to->delegator_name = arena_str(mem, from->delegator_name);
    to->csrf = arena_str(mem, from->csrf);
    to->committees.items = arena_array(mem, from->committees.count + 1, sizeof(i64));
    for (size_t i = 0; i < from->committees.count; i++)
        to->committees.items[i] = from->committees.items[i];
}

bool actor_cache_find(str key, i64 now_ms, struct arena *mem, struct actor *out)
{
    i64 steady_ms = clock_steady_ms();
    pthread_mutex_lock(&lock);
    struct slot *slot = slot_of(key);
    bool found = slot->key.len > 0 && str_eq(slot->key, key) &&
                 steady_ms - slot->steady_ms < KEEP_MS && now_ms >= slot->now_ms &&
                 now_ms - slot->now_ms < KEEP_MS;
    if (found)
        copy_actor(mem, &slot->actor, out);
    pthread_mutex_unlock(&lock);
    return found;
}

void actor_cache_keep(str key, i64 now_ms, const struct actor *actor)
{
    i64 steady_ms = clock_steady_ms();
    pthread_mutex_lock(&lock);
    struct slot *slot = slot_of(key);
    if (slot->mem)
        arena_reset(slot->mem);
    else
        slot->mem = arena_new(ACTOR_BYTES, 0);
    slot->key = arena_str(slot->mem, key);
    slot->steady_ms = steady_ms;
    slot->now_ms = now_ms;
    copy_actor(slot->mem, actor, &slot->actor);
    if (arena_is_over(slot->mem)) { /* an actor with thousands of committees is loaded each time */
        arena_free(slot->mem);
        *slot = (struct slot){ 0 };
    }
    pthread_mutex_unlock(&lock);
}

void actor_cache_clear(void)
{
    pthread_mutex_lock(&lock);
    for (size_t i = 0; i < SLOTS; i++) {
        arena_free(slots[i].mem);
        slots[i] = (struct slot){ 0 };
    }
    pthread_mutex_unlock(&lock);
}

/* ---- last seen ---- */

static bool is_same(const struct seen *a, const struct seen *b)
{
    return a->login_id == b->login_id && a->org_id == b->org_id && a->token == b->token;
}

/* The slot of a login; with free_too, else an empty one; NULL when there is neither. Called under
 * the lock. */
static struct seen_slot *seen_slot_of(const struct seen *seen, bool free_too)
{
    uint64_t start = (uint64_t)seen->login_id * 2 + seen->token;
    struct seen_slot *empty = NULL;
    for (uint64_t i = 0; i < SEEN_TRIES; i++) {
        struct seen_slot *slot = &seen_slots[(start + i) % SEEN_SLOTS];
        if (slot->seen.login_id && is_same(&slot->seen, seen))
            return slot;
        bool is_free = !slot->seen.login_id || slot->seen.seen_at == slot->written_at;
        if (!empty && is_free)
            empty = slot;
    }
    return free_too ? empty : NULL;
}

void seen_note(const struct seen *seen)
{
    assert(seen->login_id > 0);
    pthread_mutex_lock(&lock);
    struct seen_slot *slot = seen_slot_of(seen, true);
    if (slot && is_same(&slot->seen, seen)) {
        if (seen->seen_at > slot->seen.seen_at)
            slot->seen.seen_at = seen->seen_at;
    } else if (slot) {
        *slot = (struct seen_slot){ .seen = *seen };
    }
    pthread_mutex_unlock(&lock);
}

i64 seen_find(const struct seen *seen)
{
    pthread_mutex_lock(&lock);
    const struct seen_slot *slot = seen_slot_of(seen, false);
    i64 seen_at = slot ? slot->seen.seen_at : 0;
    pthread_mutex_unlock(&lock);
    return seen_at;
}

size_t seen_take(struct seen *out, size_t room)
{
    size_t count = 0;
    pthread_mutex_lock(&lock);
    for (size_t i = 0; i < SEEN_SLOTS && count < room; i++) {
        struct seen_slot *slot = &seen_slots[i];
        if (slot->seen.login_id && slot->seen.seen_at - slot->written_at > MINUTE_MS) {
            out[count++] = slot->seen;
            slot->written_at = slot->seen.seen_at;
        }
    }
    pthread_mutex_unlock(&lock);
    return count;
}

void seen_clear(void)
{
    pthread_mutex_lock(&lock);
    for (size_t i = 0; i < SEEN_SLOTS; i++)
        seen_slots[i] = (struct seen_slot){ 0 };
    pthread_mutex_unlock(&lock);
}
