/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Answers that a reading connection remembers while the database stays as it is (db.h). The engine
 * tells whether anybody has committed since (PRAGMA data_version), so what is remembered is never
 * old, whichever process wrote. PostgreSQL has no such sign: there everything is asked anew. */
#include <assert.h>
#include <string.h>

#include "platform/db/db_engine.h"
#include "platform/db/kept.h"

enum { SLOTS = 256, FULL = SLOTS * 3 / 4, ARENA_SOFT = 4 << 20, ARENA_HARD = 64 << 20 };
enum { KEPT_SOFT = 32 << 20, KEPT_HARD = 256 << 20 };

/* One answer, by statement, organisation and parameters. */
struct slot {
    const char *text; /* NULL = free; of a made statement a copy */
    bool made;
    i64 org;
    size_t count;
    struct param *params;
    struct rows rows; /* or */
    i64 number;
};

struct db_recall {
    struct arena *mem; /* of what the answers hold */
    struct slot slots[SLOTS];
    size_t used;
    i64 version;
};

static void forget(struct db_recall *recall)
{
    arena_reset(recall->mem);
    memset(recall->slots, 0, sizeof recall->slots);
    recall->used = 0;
}

/* The connection's memory, in step with its transaction; NULL where nothing may be remembered. Only
 * the first look of a transaction may forget: until its end rows point into the memory. */
static struct db_recall *recall_of(struct db *db)
{
    struct db_recall *recall = db->recall;
    if (db->mode != DB_READ || !db->in_tx || !db->ops->version)
        return NULL;
    if (!recall) {
        recall = db->recall = arena_zero(db->mem, sizeof *recall);
        recall->mem = arena_new(ARENA_SOFT, ARENA_HARD);
        recall->version = -1;
    }
    if (db->recall_checked)
        return recall;
    i64 version = 0;
    if (db->ops->version(db, &version).code != ERR_NONE)
        return NULL;
    if (version != recall->version || recall->used >= FULL || arena_is_over(recall->mem))
        forget(recall);
    recall->version = version;
    db->recall_checked = true;
    return recall;
}

static bool is_same(const struct slot *slot, const struct db *db, const struct sql *sql)
{
    bool made = db_is_made(sql);
    if (slot->made != made || slot->org != db->org || slot->count != sql->count)
        return false;
    if (made ? strcmp(slot->text, sql->text) != 0 : slot->text != sql->text)
        return false;
    for (size_t i = 1; i <= sql->count; i++) {
        const struct param *a = &slot->params[i], *b = &sql->params[i];
        bool same = a->type == b->type &&
                    (a->type == PARAM_I64 ? a->number == b->number : str_eq(a->text, b->text));
        if (!same || strcmp(a->name, b->name) != 0)
            return false;
    }
    return true;
}

static uint64_t hash_of(const struct db *db, const struct sql *sql)
{
    uint64_t text = db_is_made(sql) ? db_made_hash(sql->text) : (uintptr_t)sql->text;
    uint64_t hash = 14695981039346656037u ^ text ^ (uint64_t)db->org;
    for (size_t i = 1; i <= sql->count; i++) {
        const struct param *p = &sql->params[i];
        hash = (hash ^ (uint64_t)p->number) * 1099511628211u;
        for (size_t k = 0; k < p->text.len; k++)
            hash = (hash ^ (unsigned char)p->text.ptr[k]) * 1099511628211u;
    }
    return hash ^ hash >> 29;
}

/* The slot of the question, or the free one where it belongs; NULL when there is no room. */
static struct slot *slot_of(struct db_recall *recall, const struct db *db, const struct sql *sql)
{
    size_t at = hash_of(db, sql) % SLOTS;
    while (recall->slots[at].text && !is_same(&recall->slots[at], db, sql))
        at = (at + 1) % SLOTS;
    bool room = recall->used < SLOTS - 1 && !arena_is_over(recall->mem);
    return recall->slots[at].text || room ? &recall->slots[at] : NULL;
}

static void keep(struct db_recall *recall, struct slot *slot, const struct db *db,
                 const struct sql *sql)
{
    struct param *params = arena_array(recall->mem, sql->count + 1, sizeof *params);
    for (size_t i = 1; i <= sql->count; i++) {
        params[i] = sql->params[i];
        params[i].name = arena_cstr(recall->mem, str_of(sql->params[i].name));
        if (params[i].type != PARAM_I64)
            params[i].text = arena_str(recall->mem, sql->params[i].text);
    }
    slot->made = db_is_made(sql);
    slot->text = slot->made ? arena_cstr(recall->mem, str_of(sql->text)) : sql->text;
    slot->org = db->org;
    slot->count = sql->count;
    slot->params = params;
    recall->used++;
}

err db_recall_list(struct db *db, struct sql sql, const struct field *map, struct arena *mem,
                   struct rows *out)
{
    struct db_recall *recall = recall_of(db);
    struct slot *slot = recall ? slot_of(recall, db, &sql) : NULL;
    if (!slot)
        return db_list(db, sql, map, mem, out);
    if (!slot->text) {
        slot->rows = (struct rows){ .size = out->size };
        TRY(db_list(db, sql, map, recall->mem, &slot->rows));
        keep(recall, slot, db, &sql);
    }
    assert(slot->rows.size == out->size);
    *out = slot->rows;
    return OK;
}

err db_recall_i64(struct db *db, struct sql sql, i64 *out)
{
    struct db_recall *recall = recall_of(db);
    struct slot *slot = recall ? slot_of(recall, db, &sql) : NULL;
    if (!slot)
        return db_i64(db, sql, out);
    if (!slot->text) {
        TRY(db_i64(db, sql, &slot->number));
        keep(recall, slot, db, &sql);
    }
    *out = slot->number;
    return OK;
}

struct db_kept *db_kept(struct db *db, const char *name)
{
    if (db->mode != DB_READ)
        return NULL;
    struct db_kept *kept = db->kept;
    while (kept && strcmp(kept->name, name) != 0)
        kept = kept->next;
    if (!kept) {
        kept = arena_zero(db->mem, sizeof *kept);
        *kept = (struct db_kept){ name, arena_new(KEPT_SOFT, KEPT_HARD), NULL, db->kept };
        db->kept = kept;
    }
    return kept;
}

void db_recall_free(struct db *db)
{
    for (struct db_kept *kept = db->kept; kept; kept = kept->next)
        arena_free(kept->mem);
    if (db->recall)
        arena_free(db->recall->mem);
}
