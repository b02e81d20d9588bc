/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What is declared, by name, and what is stored, by organisation. Stored rows are kept in an arena
 * per organisation and compared with the database once a second by the sum of their random marks:
 * the same sum means the same rows, also for a change that is not committed yet or was rolled back.
 * Values and rules: settings.c, dictionaries.c. */
#include <assert.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "platform/app.h"
#include "platform/base/clock.h"
#include "platform/settings/settings_internal.h"

enum { FRESH_MS = 1000, SUSPECT_MS = 10000, ARENA_SOFT = 4 << 20 };

/* ---- declarations ---- */

struct declared {
    const struct module *const *modules;
    const struct setting **settings; /* by name */
    size_t setting_count;
    const struct dictionary **dictionaries; /* by name */
    size_t dictionary_count;
};

static _Atomic(const struct declared *) declared_now;

static int by_setting(const void *a, const void *b)
{
    return strcmp((*(const struct setting *const *)a)->name,
                  (*(const struct setting *const *)b)->name);
}

static int by_dictionary(const void *a, const void *b)
{
    return strcmp((*(const struct dictionary *const *)a)->name,
                  (*(const struct dictionary *const *)b)->name);
}

static struct declared *declared_read(struct arena *mem, const struct module *const *modules)
{
    struct declared *d = arena_zero(mem, sizeof *d);
    d->modules = modules;
    size_t settings = 0, dictionaries = 0;
    for (const struct module *const *m = modules; m && *m; m++) {
        for (const struct setting *s = (*m)->settings; s && s->name; s++)
            settings++;
        for (const struct dictionary *x = (*m)->dictionaries; x && x->name; x++)
            dictionaries++;
    }
    d->settings = arena_array(mem, settings, sizeof *d->settings);
    d->dictionaries = arena_array(mem, dictionaries, sizeof *d->dictionaries);
    for (const struct module *const *m = modules; m && *m; m++) {
        for (const struct setting *s = (*m)->settings; s && s->name; s++)
            d->settings[d->setting_count++] = s;
        for (const struct dictionary *x = (*m)->dictionaries; x && x->name; x++)
            d->dictionaries[d->dictionary_count++] = x;
    }
    qsort(d->settings, settings, sizeof *d->settings, by_setting);
    qsort(d->dictionaries, dictionaries, sizeof *d->dictionaries, by_dictionary);
    return d;
}

/* Read at the first look; two threads at once both read the same. Kept for good. */
static const struct declared *declared_of(const struct app *app)
{
    const struct declared *d = atomic_load(&declared_now);
    if (d && d->modules == app->modules)
        return d;
    d = declared_read(arena_new(1 << 20, 0), app->modules);
    atomic_store(&declared_now, d);
    return d;
}

const struct setting *setting_find(const struct app *app, const char *name)
{
    const struct declared *d = declared_of(app);
    const struct setting key = { .name = name }, *at = &key;
    const struct setting **found =
        bsearch(&at, d->settings, d->setting_count, sizeof *d->settings, by_setting);
    return found ? *found : NULL;
}

const struct dictionary *dictionary_find(const struct app *app, const char *name)
{
    const struct declared *d = declared_of(app);
    const struct dictionary key = { .name = name }, *at = &key;
    const struct dictionary **found =
        bsearch(&at, d->dictionaries, d->dictionary_count, sizeof *d->dictionaries, by_dictionary);
    return found ? *found : NULL;
}

/* ---- stored rows ---- */

struct entry {
    struct entry *next;
    i64 org_id;
    i64 mark;
    i64 checked_ms;    /* steady time of the last comparison */
    i64 suspect_to_ms; /* steady time until which every look compares */
    struct arena *mem; /* of rows; NULL = nothing read yet */
    struct settings_cached rows;
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct entry *entries; /* newest first; never removed */

/* The organisation's entry, made at the first look; with the lock held. */
static struct entry *entry_of(i64 org_id)
{
    for (struct entry *e = entries; e; e = e->next)
        if (e->org_id == org_id)
            return e;
    struct entry *e = arena_zero(arena_new(sizeof *e * 2, 0), sizeof *e);
    e->org_id = org_id;
    e->next = entries;
    entries = e;
    return e;
}

static bool is_fresh(const struct entry *e, i64 now_ms)
{
    return e->mem && now_ms >= e->suspect_to_ms && now_ms - e->checked_ms < FRESH_MS;
}

/* Reads all rows of the organisation into an arena of their own. */
static err rows_read(struct rq *rq, struct arena *mem, struct settings_cached *out)
{
    TRY(settings_store_list(rq->db, mem, &out->values));
    TRY(dictionaries_store_list(rq->db, mem, &out->dictionaries));
    return dictionaries_store_words(rq->db, mem, &out->words);
}

/* Compares with the database and reads anew where it differs. Called without the lock; returns with
 * it. */
static err entry_renew(struct rq *rq, i64 now_ms)
{
    i64 mark = 0;
    err failed = settings_store_mark(rq->db, &mark);
    pthread_mutex_lock(&lock);
    struct entry *e = entry_of(db_org(rq->db));
    if (failed.code != ERR_NONE)
        return failed;
    e->checked_ms = now_ms;
    if (e->mem && e->mark == mark)
        return OK;
    /* Marks do not tell which is older: whoever still reads an earlier moment puts back what was
     * then. Until such readers are gone every look compares. */
    if (e->mem)
        e->suspect_to_ms = now_ms + SUSPECT_MS;
    pthread_mutex_unlock(&lock);
    struct settings_cached rows = { 0 };
    struct arena *mem = arena_new(ARENA_SOFT, 0);
    failed = rows_read(rq, mem, &rows);
    pthread_mutex_lock(&lock);
    struct arena *old = failed.code == ERR_NONE ? e->mem : mem;
    if (failed.code == ERR_NONE) {
        e->mem = mem;
        e->rows = rows;
        e->mark = mark;
    }
    arena_free(old);
    return failed;
}

const struct settings_cached *settings_lock(struct rq *rq)
{
    i64 now_ms = clock_steady_ms();
    pthread_mutex_lock(&lock);
    if (!db_org(rq->db))
        return NULL; /* nothing is founded yet: what is declared holds */
    struct entry *e = entry_of(db_org(rq->db));
    if (is_fresh(e, now_ms))
        return &e->rows;
    pthread_mutex_unlock(&lock);
    err failed = entry_renew(rq, now_ms);
    if (failed.code != ERR_NONE)
        log_note(LOG_ERROR, "settings.unread", "error", str_of(failed.name));
    return e->mem ? &e->rows : NULL;
}

void settings_unlock(void)
{
    pthread_mutex_unlock(&lock);
}

void settings_changed(struct rq *rq)
{
    pthread_mutex_lock(&lock);
    entry_of(db_org(rq->db))->suspect_to_ms = clock_steady_ms() + SUSPECT_MS;
    pthread_mutex_unlock(&lock);
}
