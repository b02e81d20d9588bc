/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The placing of a text among clusters, by the tables of this module. What is compared how:
 * platform/text/gather.h. No rules about people here. */
#include <assert.h>
#include <stdlib.h>

#include "modules/clusters/cluster_engine.h"
#include "platform/text/copies.h"
#include "platform/text/fold.h"
#include "platform/text/texts.h"

/* Moved at most when two become one by themselves: the larger one stays then, whichever is older.
 */
enum { ITEM_BYTES = 6, MOVED_MAX = 2000, TITLE_CHARS = 60, LIKE_MIN = 150 };

/* ---- numbers of texts as they are kept for a word ---- */

static i64 item_at(bytes items, size_t i)
{
    uint64_t id = 0;
    for (size_t b = 0; b < ITEM_BYTES; b++)
        id |= (uint64_t)items.ptr[i * ITEM_BYTES + b] << (8 * b);
    return (i64)id;
}

/* With one more at the end; the oldest go where there are too many. */
static bytes items_with(struct arena *mem, bytes items, i64 id)
{
    size_t count = items.len / ITEM_BYTES,
           from = count < GATHER_POSTED ? 0 : count + 1 - GATHER_POSTED;
    size_t kept = (count - from) * ITEM_BYTES;
    unsigned char *all = arena_bytes(mem, kept + ITEM_BYTES);
    if (kept)
        memcpy(all, items.ptr + from * ITEM_BYTES, kept);
    assert(id > 0 && id < (i64)1 << (8 * ITEM_BYTES));
    for (size_t b = 0; b < ITEM_BYTES; b++)
        all[kept + b] = (unsigned char)((uint64_t)id >> (8 * b));
    return (bytes){ all, kept + ITEM_BYTES };
}

/* ---- what a text brings ---- */

struct found {
    struct gather_vector vector;
    size_t words; /* of the vector that are looked up */
    struct cluster_key keys[GATHER_KEYS];
    struct gather_posts posts; /* by texts */
};

err cluster_vector(struct rq *rq, const struct cluster_owner *owner, str title, str body,
                   struct gather_vector *out)
{
    const struct text_weights *w;
    TRY(text_weights_of(rq, owner->name, &w));
    gather_vector(rq->mem, w, fold_text(rq->mem, title), fold_text(rq->mem, body), out);
    return OK;
}

/* The newest texts of its heaviest words, but for one. */
static err posts_find(struct rq *rq, const struct cluster_owner *owner, i64 but, struct found *f)
{
    struct gather_post *posts = arena_array(rq->mem, GATHER_KEYS * GATHER_POSTED, sizeof *posts);
    f->words = f->vector.count < GATHER_KEYS ? f->vector.count : GATHER_KEYS;
    f->posts.items = posts;
    for (size_t k = 0; k < f->words; k++) {
        TRY(cluster_store_find_key(rq->db, str_of(owner->name), f->vector.terms[k].key, rq->mem,
                                   &f->keys[k]));
        size_t count = f->keys[k].items.len / ITEM_BYTES;
        assert(count <= GATHER_POSTED);
        for (size_t i = 0; i < count; i++) {
            i64 id = item_at(f->keys[k].items, i);
            if (id != but)
                posts[f->posts.count++] = (struct gather_post){ (i64)k, id };
        }
    }
    return OK;
}

static err texts_find(struct rq *rq, const struct cluster_owner *owner,
                      const struct cluster_text *text, struct found *f)
{
    TRY(cluster_vector(rq, owner, text->title, text->body, &f->vector));
    return posts_find(rq, owner, text->id, f);
}

/* ---- in which clusters those texts are ---- */

struct whereabouts {
    i64 item_id, cluster_id;
};

static int by_item(const void *a, const void *b)
{
    const struct whereabouts *x = a, *y = b;
    return x->item_id < y->item_id ? -1 : x->item_id > y->item_id;
}

/* Each text once, ascending. */
static struct whereabouts *each_once(struct arena *mem, const struct gather_posts *posts,
                                     size_t *count)
{
    struct whereabouts *all = arena_array(mem, posts->count + CLUSTER_AT_ONCE, sizeof *all);
    size_t n = 0;
    for (size_t i = 0; i < posts->count; i++)
        all[i].item_id = posts->items[i].id;
    qsort(all, posts->count, sizeof *all, by_item);
    for (size_t i = 0; i < posts->count; i++)
        if (n == 0 || all[n - 1].item_id != all[i].item_id)
            all[n++] = all[i];
    memset(all + n, 0, CLUSTER_AT_ONCE * sizeof *all);
    *count = n;
    return all;
}

/* The posts with clusters instead of texts; 0 where a text is gone. */
static err clusters_find(struct rq *rq, const struct cluster_owner *owner,
                         const struct gather_posts *posts, struct gather_posts *out)
{
    size_t count;
    struct whereabouts *all = each_once(rq->mem, posts, &count);
    struct gather_post *items = arena_array(rq->mem, posts->count + 1, sizeof *items);
    for (size_t at = 0; at < count; at += CLUSTER_AT_ONCE) {
        i64 eight[CLUSTER_AT_ONCE];
        struct rows rows;
        for (size_t i = 0; i < CLUSTER_AT_ONCE; i++)
            eight[i] = all[at + i].item_id;
        TRY(cluster_store_list_members(rq->db, str_of(owner->name), eight, rq->mem, &rows));
        const struct cluster_member *members = rows.items;
        for (size_t i = 0; i < rows.count; i++) {
            struct whereabouts key = { members[i].item_id, 0 };
            struct whereabouts *one = bsearch(&key, all, count, sizeof key, by_item);
            assert(one);
            one->cluster_id = members[i].cluster_id;
        }
    }
    for (size_t i = 0; i < posts->count; i++) {
        struct whereabouts key = { posts->items[i].id, 0 };
        const struct whereabouts *one = bsearch(&key, all, count, sizeof key, by_item);
        items[i] = (struct gather_post){ posts->items[i].key, one ? one->cluster_id : 0 };
    }
    *out = (struct gather_posts){ items, posts->count };
    return OK;
}

err cluster_vote(struct rq *rq, const struct cluster_owner *owner,
                 const struct gather_vector *vector, ids *out)
{
    struct found *f = arena_zero(rq->mem, sizeof *f);
    struct gather_posts posts;
    f->vector = *vector;
    TRY(posts_find(rq, owner, 0, f));
    TRY(clusters_find(rq, owner, &f->posts, &posts));
    gather_vote(rq->mem, vector, &posts, GATHER_CANDIDATES, out);
    return OK;
}

/* ---- candidates ---- */

/* A cluster that was looked at. */
struct met {
    i64 id;
    bool open;
};

/* Clusters that may take the text, or become one by it; open: texts of open ones asked so far. */
struct candidates {
    struct cluster clusters[GATHER_CANDIDATES];
    struct gather_candidate items[GATHER_CANDIDATES];
    struct gather_apart *apart;
    struct met met[GATHER_KEYS * GATHER_POSTED];
    size_t count, apart_count, apart_room, met_count, open;
};

static void apart_add(struct arena *mem, struct candidates *c, struct gather_apart pair)
{
    if (c->apart_count == c->apart_room) {
        struct gather_apart *more = arena_array(mem, c->apart_room * 2 + 16, sizeof *more);
        if (c->apart_count)
            memcpy(more, c->apart, c->apart_count * sizeof *more);
        c->apart = more;
        c->apart_room = c->apart_room * 2 + 16;
    }
    c->apart[c->apart_count++] = pair;
}

/* What must not become one: what a person has said, and two to which people gave names. */
static err aparts_find(struct rq *rq, struct candidates *c)
{
    for (size_t i = 0; i < c->count; i++) {
        struct rows rows;
        TRY(cluster_store_list_aparts(rq->db, c->clusters[i].id, rq->mem, &rows));
        const struct gather_apart *pairs = rows.items;
        for (size_t k = 0; k < rows.count; k++)
            apart_add(rq->mem, c, pairs[k]);
        for (size_t k = 0; c->clusters[i].name.len && k < i; k++)
            if (c->clusters[k].name.len)
                apart_add(rq->mem, c,
                          (struct gather_apart){ c->clusters[i].id, c->clusters[k].id });
    }
    return OK;
}

static struct met *met_find(struct candidates *c, i64 id)
{
    for (size_t i = 0; i < c->met_count; i++)
        if (c->met[i].id == id)
            return &c->met[i];
    return NULL;
}

/* Kept where it is near enough. */
static void cluster_try(struct arena *mem, const struct gather_vector *v, const struct cluster *one,
                        struct candidates *c)
{
    struct gather_profile profile;
    struct met *met = met_find(c, one->id);
    assert(met);
    met->open = str_is(one->state, "open");
    if (!met->open || c->count == GATHER_CANDIDATES || !gather_unpack(mem, one->profile, &profile))
        return;
    if (gather_degree(v, &profile) < GATHER_PLACE)
        return;
    c->clusters[c->count] = *one;
    c->items[c->count++] = (struct gather_candidate){ one->id, profile };
}

/* The clusters of eight texts (0 = no text), each looked at once. */
static err eight_try(struct rq *rq, const struct cluster_owner *owner, const i64 *eight,
                     const struct gather_vector *v, struct candidates *c)
{
    i64 unmet[CLUSTER_AT_ONCE] = { 0 };
    size_t n = 0;
    struct rows rows, clusters;
    TRY(cluster_store_list_members(rq->db, str_of(owner->name), eight, rq->mem, &rows));
    const struct cluster_member *members = rows.items;
    for (size_t i = 0; i < rows.count; i++) {
        if (met_find(c, members[i].cluster_id))
            continue;
        unmet[n++] = members[i].cluster_id;
        c->met[c->met_count++].id = members[i].cluster_id;
    }
    if (n)
        TRY(cluster_store_list_some(rq->db, unmet, rq->mem, &clusters));
    for (size_t i = 0; n && i < clusters.count; i++)
        cluster_try(rq->mem, v, (const struct cluster *)clusters.items + i, c);
    for (size_t i = 0; i < rows.count; i++)
        c->open += met_find(c, members[i].cluster_id)->open;
    return OK;
}

/* Where the texts with most votes are. Those of closed clusters do not count: a matter that was
 * closed would hide its successor behind its many texts. */
static err candidates_find(struct rq *rq, const struct cluster_owner *owner, struct found *f,
                           struct candidates *c)
{
    ids texts;
    gather_vote(rq->mem, &f->vector, &f->posts, f->posts.count, &texts);
    for (size_t at = 0; at < texts.count && c->open < GATHER_ASKED; at += CLUSTER_AT_ONCE) {
        i64 eight[CLUSTER_AT_ONCE] = { 0 };
        size_t left = texts.count - at;
        memcpy(eight, texts.items + at,
               (left < CLUSTER_AT_ONCE ? left : CLUSTER_AT_ONCE) * sizeof(i64));
        TRY(eight_try(rq, owner, eight, &f->vector, c));
    }
    return aparts_find(rq, c);
}

static struct cluster *candidate_of(struct candidates *c, i64 id)
{
    for (size_t i = 0; i < c->count; i++)
        if (c->clusters[i].id == id)
            return &c->clusters[i];
    assert(!"a cluster that was not asked about");
    return NULL;
}

/* ---- figures of a cluster ---- */

/* Days as often as texts came. */
static i64 *spread(struct arena *mem, const struct rows *rows, size_t *count)
{
    const struct cluster_day *days = rows->items;
    size_t n = 0, at = 0;
    for (size_t i = 0; i < rows->count; i++)
        n += (size_t)days[i].texts;
    i64 *all = arena_array(mem, n + 1, sizeof *all);
    for (size_t i = 0; i < rows->count; i++)
        for (i64 k = 0; k < days[i].texts; k++)
            all[at++] = days[i].day_on;
    *count = n;
    return all;
}

/* Its crowd, by the days within from..to, if that is more than what stands. */
static err crowd_raise(struct rq *rq, struct cluster *c, i64 from_on, i64 to_on)
{
    struct rows rows;
    size_t count;
    TRY(cluster_store_list_days(rq->db, c->id, (i64[]){ from_on, to_on }, rq->mem, &rows));
    i64 *days = spread(rq->mem, &rows, &count);
    struct gather_crowd crowd = gather_crowd_of(days, count, CLUSTER_CROWD_DAYS);
    if (crowd.most > c->crowd) {
        c->crowd = crowd.most;
        c->crowd_from_on = crowd.from;
        c->crowd_to_on = crowd.to;
    }
    return OK;
}

err cluster_count(struct rq *rq, struct cluster *c)
{
    struct rows rows;
    TRY(cluster_store_recount(rq->db, c->owner, c->id));
    TRY(cluster_store_list_days(rq->db, c->id, (i64[]){ INT64_MIN, INT64_MAX }, rq->mem, &rows));
    const struct cluster_day *days = rows.items;
    c->texts = c->crowd = c->crowd_from_on = c->crowd_to_on = 0;
    c->first_on = rows.count ? days[0].day_on : 0;
    c->last_on = rows.count ? days[rows.count - 1].day_on : 0;
    for (size_t i = 0; i < rows.count; i++)
        c->texts += days[i].texts;
    return crowd_raise(rq, c, c->first_on, c->last_on);
}

/* ---- placing ---- */

static str title_of(str title, str body)
{
    return str_cut_chars(str_trim(title.len ? title : body), TITLE_CHARS);
}

/* The one of them that goes on: the oldest, but for moving too much at once. */
static struct cluster *going_on(struct candidates *c, const struct gather_placing *p)
{
    struct cluster *stays = candidate_of(c, p->stays), *largest = candidate_of(c, p->into);
    for (size_t i = 0; i < p->joined.count; i++) {
        struct cluster *one = candidate_of(c, p->joined.items[i]);
        if (one->texts > largest->texts)
            largest = one;
    }
    return largest->texts > MOVED_MAX ? largest : stays;
}

err cluster_become_one(struct rq *rq, struct cluster *from, struct cluster *into)
{
    struct rows rows;
    TRY(cluster_store_list_aparts(rq->db, from->id, rq->mem, &rows));
    const struct gather_apart *pairs = rows.items;
    for (size_t i = 0; i < rows.count; i++) {
        i64 other = pairs[i].a == from->id ? pairs[i].b : pairs[i].a;
        if (other != into->id)
            TRY(cluster_store_set_apart(rq->db, other < into->id ? other : into->id,
                                        other < into->id ? into->id : other));
    }
    TRY(cluster_store_move_all(rq->db, from->id, into->id));
    TRY(cluster_store_recount(rq->db, from->owner, from->id));
    if (!into->name.len)
        into->name = from->name;
    into->pinned = into->pinned || from->pinned;
    from->into_id = into->id;
    from->pinned = false;
    from->texts = from->crowd = 0;
    return OK;
}

static err joined_apply(struct rq *rq, struct candidates *c, const struct gather_placing *p,
                        struct cluster *stays)
{
    for (size_t i = 0; i <= p->joined.count; i++) {
        i64 id = i < p->joined.count ? p->joined.items[i] : p->into;
        struct cluster *one = candidate_of(c, id);
        if (one == stays)
            continue;
        TRY(cluster_become_one(rq, one, stays));
        TRY(cluster_store_update(rq->db, one, one->state));
    }
    return p->joined.count ? cluster_count(rq, stays) : OK;
}

static err placed_add(struct rq *rq, const struct cluster_owner *owner,
                      const struct cluster_text *text, i64 cluster_id)
{
    struct cluster_member m = { .item_id = text->id,
                                .cluster_id = cluster_id,
                                .day_on = text->day_on,
                                .area_id = text->area_id };
    TRY(cluster_store_add_member(rq->db, str_of(owner->name), &m));
    return cluster_store_count_day(rq->db, str_of(owner->name), cluster_id, text->day_on, 1);
}

static err begin_one(struct rq *rq, const struct cluster_owner *owner,
                     const struct cluster_text *text, struct gather_placing *p)
{
    struct cluster c = { .owner = str_of(owner->name),
                         .title = title_of(text->title, text->body),
                         .title_item = text->id,
                         .texts = 1,
                         .first_on = text->day_on,
                         .last_on = text->day_on,
                         .crowd = 1,
                         .crowd_from_on = text->day_on,
                         .crowd_to_on = text->day_on,
                         .profile = gather_pack(rq->mem, &p->profile) };
    TRY(cluster_store_add(rq->db, &c, &p->stays));
    return placed_add(rq, owner, text, p->stays);
}

static err grow_one(struct rq *rq, const struct cluster_owner *owner,
                    const struct cluster_text *text, struct candidates *c, struct gather_placing *p)
{
    struct cluster *stays = going_on(c, p);
    bool named = stays->name.len > 0, pinned = stays->pinned;
    p->stays = stays->id;
    TRY(joined_apply(rq, c, p, stays));
    TRY(placed_add(rq, owner, text, stays->id));
    stays->texts++;
    stays->first_on = text->day_on < stays->first_on ? text->day_on : stays->first_on;
    stays->last_on = text->day_on > stays->last_on ? text->day_on : stays->last_on;
    if (p->degree > stays->title_degree) {
        stays->title = title_of(text->title, text->body);
        stays->title_item = text->id;
        stays->title_degree = p->degree;
    }
    stays->profile = gather_pack(rq->mem, &p->profile);
    TRY(crowd_raise(rq, stays, text->day_on - CLUSTER_CROWD_DAYS + 1,
                    text->day_on + CLUSTER_CROWD_DAYS - 1));
    if (named == (stays->name.len > 0) && pinned == stays->pinned)
        return cluster_store_grow(rq->db, stays);
    return cluster_store_update(rq->db, stays, stays->state);
}

static err words_add(struct rq *rq, const struct cluster_owner *owner, const struct found *f,
                     i64 id)
{
    for (size_t k = 0; k < f->words; k++)
        TRY(cluster_store_save_key(rq->db, str_of(owner->name), f->vector.terms[k].key,
                                   items_with(rq->mem, f->keys[k].items, id)));
    return OK;
}

err cluster_place(struct rq *rq, const struct cluster_owner *owner, const struct cluster_text *text,
                  i64 *cluster_id)
{
    struct cluster_member known;
    err e = cluster_store_find_member(rq->db, str_of(owner->name), text->id, &known);
    *cluster_id = known.cluster_id;
    if (e.code != ERR_NOT_FOUND)
        return e;
    struct found *f = arena_zero(rq->mem, sizeof *f);
    struct candidates *c = arena_zero(rq->mem, sizeof *c);
    struct gather_placing p;
    TRY(texts_find(rq, owner, text, f));
    TRY(candidates_find(rq, owner, f, c));
    gather_place(rq->mem,
                 &(struct gather_ask){ &f->vector, c->items, c->count, c->apart, c->apart_count },
                 &p);
    TRY(p.into ? grow_one(rq, owner, text, c, &p) : begin_one(rq, owner, text, &p));
    *cluster_id = p.stays;
    return words_add(rq, owner, f, text->id);
}

/* The title of another text: of the newest that still have one. */
static err title_renew(struct rq *rq, const struct cluster_owner *owner, struct cluster *c, i64 but)
{
    struct rows rows;
    TRY(cluster_store_list_newest(rq->db, c->id, GATHER_COPIES, rq->mem, &rows));
    const struct cluster_member *members = rows.items;
    c->title = str_of("");
    c->title_item = c->title_degree = 0;
    for (size_t i = 0; i < rows.count && !c->title.len; i++) {
        str title, body;
        if (members[i].item_id == but)
            continue;
        TRY(owner->read(rq, members[i].item_id, &title, &body));
        c->title = title_of(title, body);
        c->title_item = members[i].item_id;
    }
    if (!c->title.len)
        c->title = text_format(rq->mem, "clusters.unnamed",
                               arena_printf(rq->mem, "%lld", (long long)c->id), str_of(""));
    return OK;
}

err cluster_remove(struct rq *rq, const struct cluster_owner *owner, i64 id)
{
    struct cluster_member m;
    struct cluster c;
    err e = cluster_store_find_member(rq->db, str_of(owner->name), id, &m);
    if (e.code == ERR_NOT_FOUND)
        return OK;
    TRY(e);
    TRY(cluster_store_find(rq->db, m.cluster_id, rq->mem, &c));
    TRY(cluster_store_remove_member(rq->db, str_of(owner->name), id));
    TRY(cluster_store_count_day(rq->db, c.owner, c.id, m.day_on, -1));
    c.texts--;
    if (c.title_item == id)
        TRY(title_renew(rq, owner, &c, id));
    if (c.crowd > 0 && m.day_on >= c.crowd_from_on && m.day_on <= c.crowd_to_on) {
        c.crowd = 0;
        TRY(crowd_raise(rq, &c, c.first_on, c.last_on));
    }
    return cluster_store_grow(rq->db, &c);
}

err cluster_forget(struct rq *rq, const struct cluster_owner *owner, i64 id)
{
    struct rows rows;
    TRY(cluster_store_list_titled(rq->db, str_of(owner->name), id, rq->mem, &rows));
    struct cluster *all = rows.items;
    for (size_t i = 0; i < rows.count; i++) {
        TRY(title_renew(rq, owner, &all[i], id));
        TRY(cluster_store_grow(rq->db, &all[i]));
    }
    return OK;
}

err cluster_of(struct rq *rq, const struct cluster_owner *owner, i64 id, struct cluster *out)
{
    struct cluster_member m;
    *out = (struct cluster){ 0 };
    err e = cluster_store_find_member(rq->db, str_of(owner->name), id, &m);
    if (e.code == ERR_NOT_FOUND)
        return OK;
    TRY(e);
    TRY(cluster_store_find(rq->db, m.cluster_id, rq->mem, out));
    if (out->name.len)
        out->title = out->name;
    return OK;
}

err cluster_warm(struct rq *rq, const struct cluster_owner *owner)
{
    return text_weights_renew(rq, owner->name);
}

/* ---- likeness ---- */

static int most_alike(const void *a, const void *b)
{
    const struct cluster_likeness *x = a, *y = b;
    i64 one = x->degree > x->copy ? x->degree : x->copy;
    i64 other = y->degree > y->copy ? y->degree : y->copy;
    if (one != other)
        return one < other ? 1 : -1;
    return x->id > y->id ? -1 : x->id < y->id; /* the newer first */
}

static err liken(struct rq *rq, const struct cluster_owner *owner, const struct cluster_text *text,
                 const struct gather_vector *vector, struct cluster_likeness *out)
{
    struct gather_vector other;
    struct gather_profile profile = { 0 };
    struct cluster_member m;
    str title, body;
    TRY(owner->read(rq, out->id, &title, &body));
    TRY(cluster_vector(rq, owner, title, body, &other));
    gather_add(rq->mem, &profile, &other);
    out->degree = gather_degree(vector, &profile);
    struct text_runs one = text_runs_of(rq->mem, text->title, text->body),
                     two = text_runs_of(rq->mem, title, body);
    out->copy = text_copy_degree(&one, &two);
    err e = cluster_store_find_member(rq->db, str_of(owner->name), out->id, &m);
    out->cluster_id = m.cluster_id;
    return e.code == ERR_NOT_FOUND ? OK : e;
}

err cluster_similar(struct rq *rq, const struct cluster_owner *owner,
                    const struct cluster_text *text, i64 limit, struct rows *out)
{
    struct found *f = arena_zero(rq->mem, sizeof *f);
    ids voted;
    TRY(texts_find(rq, owner, text, f));
    gather_vote(rq->mem, &f->vector, &f->posts, GATHER_COPIES, &voted);
    struct cluster_likeness *all = arena_array(rq->mem, voted.count + 1, sizeof *all);
    size_t n = 0;
    for (size_t i = 0; i < voted.count; i++) {
        all[n].id = voted.items[i];
        TRY(liken(rq, owner, text, &f->vector, &all[n]));
        n += all[n].cluster_id && (all[n].degree >= LIKE_MIN || all[n].copy >= TEXT_COPY);
    }
    qsort(all, n, sizeof *all, most_alike);
    *out = (struct rows){ all, (i64)n < limit ? n : (size_t)limit, sizeof *all };
    return OK;
}
