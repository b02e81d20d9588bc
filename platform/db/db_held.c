/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Values that a transaction holds back (held.h). Where none is held the table is right. A savepoint
 * notes what was held at its begin, once for each value that changes within it; its rollback brings
 * that back, also when it was written meanwhile, because the engine takes the writing back. */
#include "platform/db/held.h"

#include <assert.h>
#include <string.h>

#include "platform/db/db_engine.h"

enum { DEPTH_MAX = 64, HOLDINGS_MAX = 4, FIRST = 4 };

struct value {
    bool held;
    _Alignas(16) char bytes[DB_HELD_MAX]; /* of any type */
};

struct item {
    const struct db_holding *holding;
    i64 org;
    struct value now;
};

/* What an item was at the begin of a savepoint. */
struct change {
    size_t item;
    struct value before;
};

struct db_held {
    struct item *items; /* of one transaction; their room is kept for the next */
    size_t count, room;
    struct change *changes;
    size_t change_count, change_room;
    size_t marks[DEPTH_MAX]; /* how many changes there were at each open savepoint */
    const struct db_holding *holdings[HOLDINGS_MAX];
    size_t holding_count;
    bool pending, writing;
};

/* Room for one more of size bytes each. */
static void *with_room(struct db *db, void *items, size_t count, size_t *room, size_t size)
{
    if (count < *room)
        return items;
    *room = *room ? *room * 2 : FIRST;
    void *larger = arena_array(db->mem, *room, size);
    if (count)
        memcpy(larger, items, count * size);
    return larger;
}

/* ---- savepoints ---- */

static bool is_noted(const struct db_held *h, size_t item, size_t from)
{
    for (size_t i = from; i < h->change_count; i++)
        if (h->changes[i].item == item)
            return true;
    return false;
}

/* Called before an item changes. */
static void note(struct db *db, size_t item)
{
    struct db_held *h = db->held;
    if (db->savepoints == 0 || is_noted(h, item, h->marks[db->savepoints - 1]))
        return;
    h->changes = with_room(db, h->changes, h->change_count, &h->change_room, sizeof *h->changes);
    h->changes[h->change_count++] = (struct change){ item, h->items[item].now };
}

void db_held_mark(struct db *db)
{
    assert(db->savepoints > 0 && db->savepoints <= DEPTH_MAX);
    if (db->held)
        db->held->marks[db->savepoints - 1] = db->held->change_count;
}

/* The changes become those of the savepoint around it, which may know an older state already. */
void db_held_release(struct db *db)
{
    struct db_held *h = db->held;
    if (!h)
        return;
    size_t from = h->marks[db->savepoints], end = h->change_count;
    h->change_count = db->savepoints ? from : 0;
    if (db->savepoints == 0)
        return;
    for (size_t i = from; i < end; i++)
        if (!is_noted(h, h->changes[i].item, h->marks[db->savepoints - 1]))
            h->changes[h->change_count++] = h->changes[i];
}

void db_held_undo(struct db *db)
{
    struct db_held *h = db->held;
    if (!h)
        return;
    while (h->change_count > h->marks[db->savepoints]) {
        const struct change *c = &h->changes[--h->change_count];
        h->items[c->item].now = c->before;
        h->pending = h->pending || c->before.held;
    }
}

/* ---- a transaction ---- */

void db_held_forget(struct db *db)
{
    if (!db->held)
        return;
    db->held->count = db->held->change_count = 0;
    db->held->pending = false;
}

static err write_all(struct db *db)
{
    struct db_held *h = db->held;
    for (size_t i = 0; i < h->count; i++) {
        if (!h->items[i].now.held)
            continue;
        db_set_org(db, h->items[i].org);
        TRY(h->items[i].holding->write(db, h->items[i].now.bytes));
        note(db, i);
        h->items[i].now.held = false;
    }
    h->pending = false;
    return OK;
}

err db_held_write(struct db *db)
{
    struct db_held *h = db->held;
    if (!h || !h->pending || h->writing)
        return OK;
    i64 org = db->org;
    h->writing = true;
    err e = write_all(db);
    h->writing = false;
    db_set_org(db, org);
    return e;
}

bool db_held_concerns(struct db *db, struct db_stmt *stmt)
{
    struct db_held *h = db->held;
    if (!h || !h->pending || h->writing)
        return false;
    for (; stmt->holdings_seen < h->holding_count; stmt->holdings_seen++)
        stmt->names_held = stmt->names_held ||
                           strstr(stmt->original, h->holdings[stmt->holdings_seen]->table) != NULL;
    return stmt->names_held;
}

/* Learns a holding once; every statement is then looked at anew. */
static void learn(struct db_held *h, const struct db_holding *holding)
{
    for (size_t i = 0; i < h->holding_count; i++)
        if (h->holdings[i] == holding)
            return;
    assert(h->holding_count < HOLDINGS_MAX);
    h->holdings[h->holding_count++] = holding;
}

static size_t item_of(const struct db *db, const struct db_holding *holding)
{
    const struct db_held *h = db->held;
    size_t i = 0;
    while (i < h->count && (h->items[i].holding != holding || h->items[i].org != db->org))
        i++;
    return i;
}

const void *db_held(struct db *db, const struct db_holding *holding)
{
    if (!db->held)
        return NULL;
    size_t i = item_of(db, holding);
    return i < db->held->count && db->held->items[i].now.held ? db->held->items[i].now.bytes : NULL;
}

err db_hold(struct db *db, const struct db_holding *holding, const void *value)
{
    assert(holding->size <= DB_HELD_MAX && db->org > 0);
    if (!db->in_tx)
        return holding->write(db, value);
    if (!db->held)
        db->held = arena_zero(db->mem, sizeof *db->held);
    struct db_held *h = db->held;
    learn(h, holding);
    size_t i = item_of(db, holding);
    if (i == h->count) {
        h->items = with_room(db, h->items, h->count, &h->room, sizeof *h->items);
        h->items[h->count++] = (struct item){ .holding = holding, .org = db->org };
    }
    note(db, i);
    h->items[i].now.held = true;
    memcpy(h->items[i].now.bytes, value, holding->size);
    h->pending = true;
    return OK;
}
