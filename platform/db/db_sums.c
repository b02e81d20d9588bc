/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Sums that a transaction holds back (sums.h). At every moment what the tables say plus what is
 * held is right: a savepoint notes what was held since, its rollback takes that off again, and what
 * was written in between is held again, because the engine takes the writing back. */
#include "platform/db/sums.h"

#include <assert.h>
#include <string.h>

#include "platform/db/db_engine.h"

enum { DEPTH_MAX = 64, TABLES_MAX = 8, FIRST = 64, ARENA_SOFT = 64 << 20, ARENA_HARD = 256 << 20 };

/* One counter. noted_at: where its last change stands, if it stands there still. */
struct sum {
    struct sql sql; /* its own copy of the parameters */
    struct param *value;
    i64 org;
    size_t noted_at;
};

/* What a savepoint would take off again. */
struct change {
    size_t sum;
    i64 by;
};

struct db_sums {
    struct arena *mem; /* of one transaction */
    struct sum *sums;
    size_t count, room;
    size_t *places; /* numbers of sums from 1, open addressing, a power of two */
    size_t place_count;
    struct change *changes;
    size_t change_count, change_room;
    size_t marks[DEPTH_MAX]; /* how many changes there were at each open savepoint */
    const char *tables[TABLES_MAX];
    size_t table_count;
    bool pending, writing;
};

static const char VALUE[] = "value", INSERT[] = "INSERT INTO ";

/* ---- which counter ---- */

static bool is_value(const struct param *p)
{
    return str_is(db_last_member(p->name), VALUE);
}

static bool is_same(const struct sum *sum, const struct db *db, const struct sql *sql)
{
    if (sum->sql.text != sql->text || sum->org != db->org || sum->sql.count != sql->count)
        return false;
    for (size_t i = 1; i <= sql->count; i++) {
        const struct param *a = &sum->sql.params[i], *b = &sql->params[i];
        if (a != sum->value && (a->number != b->number || !str_eq(a->text, b->text)))
            return false;
    }
    return true;
}

static uint64_t hash_of(const struct db *db, const struct sql *sql)
{
    uint64_t hash = 14695981039346656037u ^ (uintptr_t)sql->text ^ (uint64_t)db->org;
    for (size_t i = 1; i <= sql->count; i++) {
        const struct param *p = &sql->params[i];
        if (is_value(p))
            continue;
        hash = (hash ^ (uint64_t)p->number) * 1099511628211u;
        for (size_t k = 0; k < p->text.len; k++)
            hash = (hash ^ (unsigned char)p->text.ptr[k]) * 1099511628211u;
        hash ^= p->text.len;
    }
    return hash ^ hash >> 29;
}

static size_t *place_of(struct db_sums *s, const struct db *db, const struct sql *sql)
{
    size_t at = hash_of(db, sql) & (s->place_count - 1);
    while (s->places[at] && !is_same(&s->sums[s->places[at] - 1], db, sql))
        at = (at + 1) & (s->place_count - 1);
    return &s->places[at];
}

static void grow(struct db_sums *s, struct db *db)
{
    i64 org = db->org;
    size_t room = s->room ? s->room * 2 : FIRST;
    struct sum *sums = arena_array(s->mem, room, sizeof *sums);
    if (s->count)
        memcpy(sums, s->sums, s->count * sizeof *sums);
    s->sums = sums;
    s->room = room;
    s->place_count = room * 2;
    s->places = arena_array(s->mem, s->place_count, sizeof *s->places);
    for (size_t i = 0; i < s->count; i++) {
        db->org = sums[i].org;
        *place_of(s, db, &sums[i].sql) = i + 1;
    }
    db->org = org;
}

static size_t sum_new(struct db_sums *s, const struct db *db, const struct sql *sql)
{
    struct sum *sum = &s->sums[s->count++];
    struct param *params = arena_array(s->mem, sql->count + 1, sizeof *params);
    *sum = (struct sum){ .sql = *sql, .org = db->org, .noted_at = SIZE_MAX };
    sum->sql.params = params;
    for (size_t i = 1; i <= sql->count; i++) {
        params[i] = sql->params[i];
        if (params[i].type != PARAM_I64)
            params[i].text = arena_str(s->mem, params[i].text);
        if (is_value(&params[i]))
            sum->value = &params[i];
    }
    assert(sum->value && sum->value->type == PARAM_I64);
    sum->value->number = 0;
    return s->count - 1;
}

/* ---- savepoints ---- */

/* Changes of one savepoint to one sum are one. */
static void note(struct db_sums *s, const struct db *db, struct change c)
{
    if (db->savepoints == 0)
        return;
    struct sum *sum = &s->sums[c.sum];
    if (sum->noted_at >= s->marks[db->savepoints - 1] && sum->noted_at < s->change_count &&
        s->changes[sum->noted_at].sum == c.sum) {
        s->changes[sum->noted_at].by += c.by;
        return;
    }
    if (s->change_count == s->change_room) {
        size_t room = s->change_room ? s->change_room * 2 : FIRST;
        struct change *changes = arena_array(s->mem, room, sizeof *changes);
        if (s->change_count)
            memcpy(changes, s->changes, s->change_count * sizeof *changes);
        s->changes = changes;
        s->change_room = room;
    }
    sum->noted_at = s->change_count;
    s->changes[s->change_count++] = c;
}

void db_sums_mark(struct db *db)
{
    assert(db->savepoints > 0 && db->savepoints <= DEPTH_MAX);
    if (db->sums)
        db->sums->marks[db->savepoints - 1] = db->sums->change_count;
}

/* The changes become those of the savepoint around it. */
void db_sums_release(struct db *db)
{
    struct db_sums *s = db->sums;
    if (!s)
        return;
    size_t from = s->marks[db->savepoints], end = s->change_count;
    s->change_count = db->savepoints ? from : 0;
    for (size_t i = from; i < end; i++)
        note(s, db, s->changes[i]);
}

void db_sums_undo(struct db *db)
{
    struct db_sums *s = db->sums;
    if (!s)
        return;
    for (size_t from = s->marks[db->savepoints]; s->change_count > from;) {
        struct change c = s->changes[--s->change_count];
        s->sums[c.sum].value->number -= c.by;
        s->pending = true;
    }
}

/* ---- a transaction ---- */

void db_sums_forget(struct db *db)
{
    struct db_sums *s = db->sums;
    if (!s || !s->count)
        return;
    arena_reset(s->mem);
    s->sums = NULL;
    s->places = NULL;
    s->changes = NULL;
    s->count = s->room = s->place_count = s->change_count = s->change_room = 0;
    s->pending = false;
}

void db_sums_free(struct db *db)
{
    if (db->sums)
        arena_free(db->sums->mem);
}

static err write_all(struct db *db)
{
    struct db_sums *s = db->sums;
    for (size_t i = 0; i < s->count; i++) {
        struct param *value = s->sums[i].value;
        if (value->number == 0)
            continue;
        db_set_org(db, s->sums[i].org);
        TRY(db_run(db, s->sums[i].sql, NULL));
        note(s, db, (struct change){ i, -value->number });
        value->number = 0;
    }
    s->pending = false;
    return OK;
}

err db_sums_write(struct db *db)
{
    struct db_sums *s = db->sums;
    if (!s || !s->pending || s->writing)
        return OK;
    i64 org = db->org;
    s->writing = true;
    err e = write_all(db);
    s->writing = false;
    db_set_org(db, org);
    return e;
}

/* Learns a table once; every statement is then looked at anew. */
static void learn(struct db *db, const char *text)
{
    struct db_sums *s = db->sums;
    assert(strncmp(text, INSERT, sizeof INSERT - 1) == 0);
    const char *table = text + sizeof INSERT - 1;
    size_t len = strcspn(table, " ");
    for (size_t i = 0; i < s->table_count; i++)
        if (strlen(s->tables[i]) == len && strncmp(s->tables[i], table, len) == 0)
            return;
    assert(s->table_count < TABLES_MAX);
    s->tables[s->table_count++] = arena_cstr(db->mem, (str){ table, len });
}

bool db_sums_concern(struct db *db, struct db_stmt *stmt)
{
    struct db_sums *s = db->sums;
    if (!s || !s->pending || s->writing)
        return false;
    for (; stmt->tables_seen < s->table_count; stmt->tables_seen++)
        stmt->names_sums =
            stmt->names_sums || strstr(stmt->original, s->tables[stmt->tables_seen]) != NULL;
    return stmt->names_sums;
}

err db_sum(struct db *db, struct sql sql)
{
    if (!db->in_tx)
        return db_run(db, sql, NULL);
    if (!db->sums) {
        db->sums = arena_zero(db->mem, sizeof *db->sums);
        db->sums->mem = arena_new(ARENA_SOFT, ARENA_HARD);
    }
    struct db_sums *s = db->sums;
    learn(db, sql.text);
    if (s->count == s->room)
        grow(s, db);
    size_t *place = place_of(s, db, &sql);
    if (!*place)
        *place = sum_new(s, db, &sql) + 1;
    size_t number = *place - 1;
    for (size_t i = 1; i <= sql.count; i++)
        if (is_value(&sql.params[i])) {
            s->sums[number].value->number += sql.params[i].number;
            note(s, db, (struct change){ number, sql.params[i].number });
        }
    s->pending = true;
    return OK;
}
