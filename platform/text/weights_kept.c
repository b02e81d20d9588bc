/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Weights of each organisation's collections, kept for a while: a generation is made whole, then
 * only read, and freed when a newer one took its place and the last request that holds it has
 * ended. */
#include <assert.h>
#include <pthread.h>

#include "platform/text/text_store.h"
#include "platform/text/weights.h"

enum { SAMPLE = 2000, KEEP_MS = 600000, SLOTS = 16, GROWTH_PART = 4, CHANGE_PART = 20 };

struct kept {
    i64 org_id, made_at, docs, newest, used; /* newest: item of it; used: number of the last call */
    str collection;
    struct text_weights *weights;
    struct arena *mem;
    i64 holders;
    bool replaced;
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct kept *slots[SLOTS]; /* under lock, as holders, used and replaced */
static i64 calls;

static void release(void *ptr)
{
    struct kept *k = ptr;
    pthread_mutex_lock(&lock);
    assert(k->holders > 0);
    bool last = --k->holders == 0 && k->replaced;
    pthread_mutex_unlock(&lock);
    if (last)
        arena_free(k->mem);
}

static void hold(struct rq *rq, struct kept *k)
{
    k->holders++;
    k->used = ++calls;
    arena_on_free(rq->mem, release, k);
}

/* The place of a collection: its own, else the one that nobody asked for longest. */
static struct kept **slot_of(i64 org_id, const char *collection)
{
    struct kept **oldest = &slots[0];
    for (size_t i = 0; i < SLOTS; i++) {
        if (slots[i] && slots[i]->org_id == org_id && str_is(slots[i]->collection, collection))
            return &slots[i];
        if (*oldest && (!slots[i] || slots[i]->used < (*oldest)->used))
            oldest = &slots[i];
    }
    return oldest;
}

/* A document more is looked for by the newest item that was counted: what came since are few, while
 * all of them would be counted again with each text. Time alone changes no frequency. */
static err is_fresh(struct rq *rq, const struct kept *k, i64 keep_ms, bool *out)
{
    i64 came, age = rq->now_ms - k->made_at;
    TRY(text_store_count(rq->db, arena_cstr(rq->mem, k->collection), k->newest, SAMPLE, &came));
    bool grown = k->docs < SAMPLE && came > k->docs / GROWTH_PART;
    bool old = age < 0 || age >= keep_ms; /* below 0: the clock was set back */
    *out = !grown && !(old && came > k->docs / CHANGE_PART);
    return OK;
}

static err count_document(void *context, void *row)
{
    const struct text_doc *doc = row;
    struct kept *k = context;
    text_weights_add(k->weights, doc->title, doc->body);
    k->newest = doc->item_id > k->newest ? doc->item_id : k->newest;
    return OK;
}

static err kept_make(struct rq *rq, const char *collection, struct kept **out)
{
    struct arena *mem = arena_new(64 << 20, 0), *scratch = arena_new(16 << 20, 0);
    struct kept *k = arena_zero(mem, sizeof *k);
    k->org_id = db_org(rq->db);
    k->made_at = rq->now_ms;
    k->collection = arena_str(mem, str_of(collection));
    k->weights = text_weights_new(mem);
    k->mem = mem;
    err e = text_store_newest(rq->db, collection, SAMPLE,
                              &(struct text_each){ scratch, count_document, k });
    arena_free(scratch);
    if (e.code != ERR_NONE)
        arena_free(mem);
    TRY(e);
    k->docs = text_weights_docs(k->weights);
    *out = k;
    return OK;
}

/* Takes the place of what stood there. */
static void kept_put(struct rq *rq, struct kept *k)
{
    pthread_mutex_lock(&lock);
    struct kept **slot = slot_of(k->org_id, arena_cstr(rq->mem, k->collection)), *old = *slot;
    *slot = k;
    hold(rq, k);
    bool unused = old && old->holders == 0;
    if (old)
        old->replaced = true;
    pthread_mutex_unlock(&lock);
    if (unused)
        arena_free(old->mem);
}

static err weights_take(struct rq *rq, const char *collection, i64 keep_ms,
                        const struct text_weights **out)
{
    bool fresh = false;
    pthread_mutex_lock(&lock);
    struct kept *k = *slot_of(db_org(rq->db), collection);
    bool own = k && k->org_id == db_org(rq->db) && str_is(k->collection, collection);
    if (own)
        hold(rq, k);
    pthread_mutex_unlock(&lock);
    if (own)
        TRY(is_fresh(rq, k, keep_ms, &fresh));
    if (!fresh) {
        TRY(kept_make(rq, collection, &k));
        kept_put(rq, k);
    }
    *out = k->weights;
    return OK;
}

err text_weights_of(struct rq *rq, const char *collection, const struct text_weights **out)
{
    return weights_take(rq, collection, KEEP_MS, out);
}

err text_weights_renew(struct rq *rq, const char *collection)
{
    const struct text_weights *w;
    return weights_take(rq, collection, KEEP_MS / 2, &w);
}
