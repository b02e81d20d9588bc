/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Made statements of a connection (made.h): found by their text, the one that was not used for
 * longest goes when there are too many. A connection is used by one thread at a time, so there is
 * no lock, and nothing that another thread still runs is ever dropped. */
#include "platform/db/made.h"

#include <assert.h>
#include <string.h>

#include "platform/base/hash.h"
#include "platform/base/str.h"
#include "platform/db/db_engine.h"

enum { BUCKETS = 256 };

struct db_made {
    struct db_stmt *buckets[BUCKETS];
    size_t count;
    i64 clock; /* counts uses */
};

/* The place in a file that tells a made statement; literals have theirs. */
static const char MADE_FILE[] = "made";

struct sql db_made(const char *text, size_t count, const struct param *params)
{
    return (struct sql){ text, MADE_FILE, 0, count, params };
}

bool db_is_made(const struct sql *sql)
{
    return sql->file == MADE_FILE;
}

uint64_t db_made_hash(const char *text)
{
    return hash_text(str_of(text));
}

size_t db_made_kept(const struct db *db)
{
    return db->made ? db->made->count : 0;
}

struct db_stmt *db_made_find(struct db *db, uint64_t hash, const char *text)
{
    struct db_stmt *stmt = db->made ? db->made->buckets[hash % BUCKETS] : NULL;
    while (stmt && (stmt->hash != hash || strcmp(stmt->original, text) != 0))
        stmt = stmt->next;
    if (stmt)
        stmt->used = ++db->made->clock;
    return stmt;
}

static void drop(struct db *db, struct db_stmt *stmt)
{
    struct db_stmt **at = &db->made->buckets[stmt->hash % BUCKETS];
    while (*at != stmt)
        at = &(*at)->next;
    *at = stmt->next;
    db->made->count--;
    db->ops->forget(db, stmt);
    arena_free(stmt->mem);
}

/* What is running has rows that somebody reads: it stays. */
static struct db_stmt *oldest(const struct db_made *made)
{
    struct db_stmt *found = NULL;
    for (size_t i = 0; i < BUCKETS; i++)
        for (struct db_stmt *s = made->buckets[i]; s; s = s->next)
            if (!s->running && (!found || s->used < found->used))
                found = s;
    return found;
}

void db_made_keep(struct db *db, uint64_t hash, struct db_stmt *stmt)
{
    if (!db->made)
        db->made = arena_zero(db->mem, sizeof *db->made);
    struct db_made *made = db->made;
    struct db_stmt *old = made->count >= DB_MADE_MAX ? oldest(made) : NULL;
    if (old)
        drop(db, old);
    stmt->hash = hash;
    stmt->used = ++made->clock;
    stmt->next = made->buckets[hash % BUCKETS];
    made->buckets[hash % BUCKETS] = stmt;
    made->count++;
}

void db_made_free(struct db *db)
{
    for (size_t i = 0; db->made && i < BUCKETS; i++)
        while (db->made->buckets[i])
            drop(db, db->made->buckets[i]);
}

/* A map is the same when it says the same: that of a made statement is made anew for each run. */
bool db_made_knows(const struct db_stmt *stmt, const struct field *map)
{
    size_t i = 0;
    if (!stmt->map)
        return false;
    while (map[i].name && memcmp(&map[i], &stmt->map[i], sizeof *map) == 0)
        i++;
    return !map[i].name && !stmt->map[i].name;
}

void db_made_learn(struct db_stmt *stmt, const struct field *map)
{
    size_t fields =
        stmt->column_count + 1; /* each column has its field, and each field its column */
    if (!stmt->own_map)
        stmt->own_map = arena_array(stmt->mem, fields, sizeof *map);
    memcpy(stmt->own_map, map, fields * sizeof *map);
    stmt->map = stmt->own_map;
}
