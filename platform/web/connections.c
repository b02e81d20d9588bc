/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Slots with deadlines (connections.h). The lock is taken when a connection opens, closes or is
 * cut, never per request. */
#include "platform/web/connections.h"

#include <assert.h>

#include <poll.h>
#include <pthread.h>
#include <sys/socket.h>

#include "platform/base/clock.h"

enum { FIRST_MS = 30000, IDLE_MS = 60000, BODY_MS = 30000, ANSWER_MS = 60000, BYTES_PER_S = 16384 };
enum { CHECK_MS = 1000, CROWDED_CHECK_MS = 50 };

struct connection_slot {
    int fd; /* -1 = free */
    _Atomic bool idle;
    _Atomic int64_t deadline_ms; /* steady; 0 = none */
    struct connection_slot *next_free;
};

struct connections {
    pthread_mutex_t mutex;
    _Atomic int64_t *open;
    struct connection_slot *slots, *first_free;
    i64 most;
};

struct connections *connections_new(struct arena *mem, i64 most, _Atomic int64_t *open)
{
    struct connections *all = arena_zero(mem, sizeof *all);
    pthread_mutex_init(&all->mutex, NULL);
    all->open = open;
    assert(most > 0 && open);
    all->most = most;
    all->slots = arena_array(mem, (size_t)most, sizeof *all->slots);
    for (i64 i = most - 1; i >= 0; i--) {
        all->slots[i].fd = -1;
        all->slots[i].next_free = all->first_free;
        all->first_free = &all->slots[i];
    }
    return all;
}

static void limit(struct connection_slot *slot, i64 ms, bool idle)
{
    if (!slot)
        return;
    atomic_store(&slot->idle, idle);
    atomic_store(&slot->deadline_ms, ms ? clock_steady_ms() + ms : 0);
}

struct connection_slot *connection_opened(struct connections *all, int fd)
{
    atomic_fetch_add(all->open, 1);
    pthread_mutex_lock(&all->mutex);
    struct connection_slot *slot = all->first_free;
    if (slot) {
        all->first_free = slot->next_free;
        slot->fd = fd;
    }
    pthread_mutex_unlock(&all->mutex);
    limit(slot, FIRST_MS, true);
    return slot;
}

void connection_closed(struct connections *all, struct connection_slot *slot)
{
    atomic_fetch_sub(all->open, 1);
    if (!slot)
        return;
    pthread_mutex_lock(&all->mutex);
    assert(slot >= all->slots && slot < all->slots + all->most);
    slot->fd = -1;
    slot->next_free = all->first_free;
    all->first_free = slot;
    pthread_mutex_unlock(&all->mutex);
}

void connection_idle(struct connection_slot *slot)
{
    limit(slot, IDLE_MS, true);
}

void connection_receiving(struct connection_slot *slot, i64 size)
{
    limit(slot, BODY_MS + size / BYTES_PER_S * 1000, false);
}

void connection_working(struct connection_slot *slot)
{
    limit(slot, 0, false);
}

void connection_sending(struct connection_slot *slot, i64 size)
{
    limit(slot, size ? ANSWER_MS + size / BYTES_PER_S * 1000 : 0, false);
}

static bool is_late(struct connection_slot *slot)
{
    i64 deadline = atomic_load(&slot->deadline_ms);
    return deadline && deadline < clock_steady_ms();
}

static bool is_idle(struct connection_slot *slot)
{
    return atomic_load(&slot->idle);
}

static bool is_late_or_left(struct connection_slot *slot)
{
    struct pollfd client = { .fd = slot->fd, .events = POLLRDHUP };
    return is_late(slot) || (is_idle(slot) && poll(&client, 1, 0) > 0);
}

static bool is_any(struct connection_slot *slot)
{
    (void)slot;
    return true;
}

static void cut(struct connections *all, bool (*which)(struct connection_slot *slot))
{
    pthread_mutex_lock(&all->mutex);
    for (i64 i = 0; i < all->most; i++)
        if (all->slots[i].fd >= 0 && which(&all->slots[i]))
            shutdown(all->slots[i].fd, SHUT_RDWR);
    pthread_mutex_unlock(&all->mutex);
}

i64 connections_check(struct connections *all)
{
    bool crowded = atomic_load(all->open) > all->most / 4 * 3;
    cut(all, crowded ? is_late_or_left : is_late);
    return crowded ? CROWDED_CHECK_MS : CHECK_MS;
}

void connections_end_idle(struct connections *all)
{
    cut(all, is_idle);
}

void connections_end_all(struct connections *all)
{
    cut(all, is_any);
}
