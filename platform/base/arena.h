/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Arenas: memory with one lifetime, freed in one step. Four lifetimes exist: process, request or
 * job, loop body (mark and reset), cache generation. Past the soft cap an arena is marked "over"
 * and the platform answers LIMIT and rolls back; past the hard cap the process stops with a log
 * line and is restarted: callers need no null checks. */
#ifndef HT_BASE_ARENA_H
#define HT_BASE_ARENA_H
#include "platform/base/types.h"

struct arena;

/* A place in an arena to go back to. */
struct arena_mark {
    void *block;
    size_t used;
    void *cleanups;
};

/* A new arena. soft_cap, hard_cap: bytes; hard_cap 0 = four times the soft cap. Freed by
 * arena_free. */
struct arena *arena_new(size_t soft_cap, size_t hard_cap);

/* Runs the registered cleanups (newest first) and frees everything, the arena too. NULL is allowed.
 * */
void arena_free(struct arena *mem);

/* Runs the cleanups and empties the arena, keeping its first block for reuse. */
void arena_reset(struct arena *mem);

/* size zeroed bytes, aligned for any type; never NULL. size 0 gives a valid pointer. */
void *arena_zero(struct arena *mem, size_t size);

/* The same, not zeroed: for what is written whole at once (texts). */
void *arena_bytes(struct arena *mem, size_t size);

/* count zeroed items of size bytes each; an overflowing product stops the process. */
void *arena_array(struct arena *mem, size_t count, size_t size);

/* A copy of text in the arena, also NUL-terminated behind its length (so .ptr is a C string if it
 * has no NUL). */
str arena_str(struct arena *mem, str text);

/* The text as a NUL-terminated C string in the arena, for libraries. */
const char *arena_cstr(struct arena *mem, str text);

/* Formats like printf into the arena. */
str arena_printf(struct arena *mem, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Registers fn(ptr) to run when the arena is freed or reset, or reset past this point; newest
 * first. */
void arena_on_free(struct arena *mem, void (*fn)(void *ptr), void *ptr);

/* The present place; and back to it: what came after is gone, its cleanups have run. */
struct arena_mark arena_mark(struct arena *mem);
void arena_reset_to(struct arena *mem, struct arena_mark mark);

/* Raises the soft cap to so many bytes, at most the hard cap; a lower one changes nothing. */
void arena_widen(struct arena *mem, size_t soft_cap);

/* Whether the soft cap was passed; bytes handed out in all. */
bool arena_is_over(const struct arena *mem);
size_t arena_used(const struct arena *mem);
#endif
