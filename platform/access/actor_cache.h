/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Loaded actors, kept for at most a second of real time and of the house's clock, and last-seen
 * times on their way to the database. One table per process under one lock, held for a copy only.
 * Loading: actor.c. */
#ifndef HT_ACCESS_ACTOR_CACHE_H
#define HT_ACCESS_ACTOR_CACHE_H
#include "platform/access/access.h"
#include "platform/base/arena.h"

/* Copies a kept actor into out, its texts into mem; false when there is none that is fresh. key:
 * hash of the token, or a text that names the anonymous visitor. */
bool actor_cache_find(str key, i64 now_ms, struct arena *mem, struct actor *out);

/* Keeps a copy. */
void actor_cache_keep(str key, i64 now_ms, const struct actor *actor);

/* Forgets all. */
void actor_cache_clear(void);

/* A last-seen time. token: of an API token, else of a browser login. */
struct seen {
    i64 org_id, login_id, seen_at;
    bool token;
};

/* Notes a use; and the latest noted one, 0 if none (not yet written, or written in the last
 * minutes). */
void seen_note(const struct seen *seen);
i64 seen_find(const struct seen *seen);

/* Hands out what has changed by more than a minute since it was last handed out, at most `room`
 * rows. */
size_t seen_take(struct seen *out, size_t room);

/* Forgets all noted uses: for tests, whose rolled-back logins get the same numbers again. */
void seen_clear(void);
#endif
