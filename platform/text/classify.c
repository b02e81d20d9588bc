/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Training: words of all texts counted, those of two handled texts and more become features, and
 * liblinear finds weights (Crammer and Singer's machine for several classes). Guessing:
 * classify_guess.c. Figures: README.md. */
#include "platform/text/classify.h"

#include <assert.h>
#include <linear.h>
#include <math.h>
#include <pthread.h>
#include <stdlib.h>

#include "platform/text/fold.h"

#include "platform/text/classify_words.h"

enum {
    WORDS_MAX = 4 << 20,  /* different words of the handled texts, each text for itself */
    COMMON_MAX = 2 << 20, /* different words of all texts */
    CELLS_MAX = 8 << 20,  /* features × labels */
    TEXTS_LEAST = 2,      /* that have a feature */
    IDF_LEAST_X1000 = 50,
    WEIGHT_LEAST = MODEL_ONE / 100,
    STATE_BYTES = 128
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER; /* liblinear draws from rand() */

struct word {
    uint32_t key, count;
};

/* A handled text. */
struct sample {
    str label;
    struct word *words;
    size_t count;
};

struct training {
    struct arena *mem, *turn;
    strs labels; /* ascending */
    struct sample *samples;
    size_t count, words;
    i64 texts;           /* counted in all */
    struct text_bag all; /* in how many of all texts a word stands */
    struct text_bag own; /* in how many handled ones */
    uint32_t *keys;      /* features, ascending */
    size_t features;
};

/* ---- labels ---- */

static int by_text(const void *a, const void *b)
{
    return str_cmp(*(const str *)a, *(const str *)b);
}

/* Of the texts that were counted. */
static bool labels_find(struct training *t)
{
    str *all = arena_array(t->mem, t->count + 1, sizeof *all);
    size_t kept = 0;
    for (size_t i = 0; i < t->count; i++)
        all[i] = t->samples[i].label;
    qsort(all, t->count, sizeof *all, by_text);
    for (size_t i = 0; i < t->count; i++)
        if (kept == 0 || !str_eq(all[kept - 1], all[i]))
            all[kept++] = all[i];
    t->labels = (strs){ all, kept };
    for (size_t i = 0; i < kept; i++)
        if (all[i].len > CLASSIFY_LABEL_BYTES || !str_is_utf8(all[i]))
            return false;
    return kept >= 2 && kept <= CLASSIFY_LABELS_MAX;
}

static size_t label_of(const struct training *t, str label)
{
    const str *found = bsearch(&label, t->labels.items, t->labels.count, sizeof label, by_text);
    assert(found);
    return (size_t)(found - t->labels.items);
}

/* ---- words ---- */

static int by_key(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return x < y ? -1 : x > y;
}

static void sample_add(struct training *t, str label, const struct text_bag *bag)
{
    struct sample *s = &t->samples[t->count++];
    *s = (struct sample){ label, arena_array(t->mem, bag->count + 1, sizeof *s->words), 0 };
    for (size_t i = 0; i < bag->capacity; i++)
        if (bag->items[i].key) {
            s->words[s->count++] = (struct word){ bag->items[i].key, bag->items[i].count };
            text_bag_add(&t->own, bag->items[i].key, 1);
        }
    qsort(s->words, s->count, sizeof *s->words, by_key);
    t->words += s->count;
}

static void words_count(struct training *t, const struct classify_text *texts, size_t count)
{
    t->samples = arena_array(t->mem, count + 1, sizeof *t->samples);
    t->all = text_bag_new(t->mem, 65536);
    t->own = text_bag_new(t->mem, 65536);
    for (size_t i = 0; i < count && t->words < WORDS_MAX && t->all.count < COMMON_MAX; i++) {
        struct text_bag bag = classify_bag(t->turn, &texts[i]);
        for (size_t k = 0; k < bag.capacity; k++)
            if (bag.items[k].key)
                text_bag_add(&t->all, bag.items[k].key, 1);
        if (texts[i].label.len)
            sample_add(t, texts[i].label, &bag);
        t->texts++;
        arena_reset(t->turn);
    }
}

static size_t features_from(const struct training *t, uint32_t least)
{
    size_t n = 0;
    for (size_t i = 0; i < t->own.capacity; i++)
        n += t->own.items[i].key && t->own.items[i].count >= least;
    return n;
}

/* The words of two handled texts, or of more where there would be too many. */
static void features_choose(struct training *t)
{
    uint32_t least = TEXTS_LEAST;
    while (features_from(t, least) * t->labels.count > CELLS_MAX)
        least++;
    t->keys = arena_array(t->mem, features_from(t, least) + 1, sizeof *t->keys);
    for (size_t i = 0; i < t->own.capacity; i++)
        if (t->own.items[i].key && t->own.items[i].count >= least)
            t->keys[t->features++] = t->own.items[i].key;
    assert(t->features * t->labels.count <= CELLS_MAX);
    qsort(t->keys, t->features, sizeof *t->keys, by_key);
}

static i64 idf_x1000(const struct training *t, uint32_t key)
{
    double idf = log(((double)t->texts + 1) / ((double)text_bag_count(&t->all, key) + 0.5));
    i64 rounded = (i64)(1000 * idf + 0.5);
    return rounded > IDF_LEAST_X1000 ? rounded : IDF_LEAST_X1000;
}

/* ---- liblinear ---- */

/* Features of a text: numbers from 1, ascending, -1 behind the last; length 1. */
static struct feature_node *nodes_of(const struct training *t, const struct sample *s)
{
    struct feature_node *nodes = arena_array(t->mem, s->count + 1, sizeof *nodes);
    size_t n = 0;
    double square = 0;
    for (size_t i = 0; i < s->count; i++) {
        const uint32_t *found =
            bsearch(&s->words[i].key, t->keys, t->features, sizeof *t->keys, by_key);
        if (!found)
            continue;
        double weight = classify_weight(s->words[i].count, idf_x1000(t, *found));
        nodes[n++] = (struct feature_node){ (int)(found - t->keys) + 1, weight };
        square += weight * weight;
    }
    for (size_t i = 0; i < n; i++)
        nodes[i].value /= sqrt(square);
    nodes[n].index = -1;
    return nodes;
}

static void quiet(const char *line)
{
    (void)line;
}

/* rand() begins anew from a state of its own, so that the same texts give the same model. */
static struct model *learn(const struct problem *problem)
{
    static const struct parameter HOW = { .solver_type = MCSVM_CS, .eps = 0.1, .C = 1 };
    char state[STATE_BYTES];
    pthread_mutex_lock(&lock);
    char *before = initstate(1, state, sizeof state);
    assert(before);
    set_print_string_function(quiet);
    struct model *model = train(problem, &HOW);
    setstate(before);
    pthread_mutex_unlock(&lock);
    return model;
}

static void model_free(void *ptr)
{
    struct model *model = ptr;
    free_and_destroy_model(&model);
}

static const struct model *model_of(struct training *t)
{
    struct problem problem = { .l = (int)t->count, .n = (int)t->features, .bias = -1 };
    problem.y = arena_array(t->mem, t->count, sizeof *problem.y);
    problem.x = arena_array(t->mem, t->count, sizeof *problem.x);
    for (size_t i = 0; i < t->count; i++) {
        problem.y[i] = (double)label_of(t, t->samples[i].label);
        problem.x[i] = nodes_of(t, &t->samples[i]);
    }
    struct model *model = learn(&problem);
    assert(model->nr_class == (int)t->labels.count && model->nr_feature == (int)t->features);
    arena_on_free(t->mem, model_free, model);
    return model;
}

/* ---- the model's bytes ---- */

struct feature {
    size_t number;
    i64 most; /* the greatest of its weights */
};

static int by_most(const void *a, const void *b)
{
    const struct feature *x = a, *y = b;
    if (x->most != y->most)
        return x->most < y->most ? 1 : -1;
    return x->number < y->number ? -1 : x->number > y->number;
}

static int by_number(const void *a, const void *b)
{
    const struct feature *x = a, *y = b;
    return x->number < y->number ? -1 : x->number > y->number;
}

static i64 weight_of(const struct model *m, size_t feature, size_t column)
{
    double weight = MODEL_ONE * m->w[feature * (size_t)m->nr_class + column];
    i64 rounded = (i64)(weight < 0 ? weight - 0.5 : weight + 0.5);
    return rounded > INT16_MAX ? INT16_MAX : rounded < -INT16_MAX ? -INT16_MAX : rounded;
}

/* Those that weigh anything, as many as the model may hold; ascending. */
static size_t features_keep(const struct training *t, const struct model *m, struct feature *kept)
{
    size_t n = 0, label_bytes = MODEL_HEAD;
    for (size_t f = 0; f < t->features; f++) {
        i64 most = 0;
        for (size_t c = 0; c < t->labels.count; c++) {
            i64 weight = weight_of(m, f, c);
            most = weight > most ? weight : -weight > most ? -weight : most;
        }
        if (most >= WEIGHT_LEAST)
            kept[n++] = (struct feature){ f, most };
    }
    for (size_t i = 0; i < t->labels.count; i++)
        label_bytes += 1 + t->labels.items[i].len;
    size_t room =
        (CLASSIFY_MODEL_MAX - label_bytes) / (MODEL_FEATURE + MODEL_WEIGHT * t->labels.count);
    if (n > room) {
        qsort(kept, n, sizeof *kept, by_most);
        n = room;
        qsort(kept, n, sizeof *kept, by_number);
    }
    return n;
}

static void put(struct buf *out, uint64_t value, size_t size)
{
    for (size_t i = 0; i < size; i++)
        buf_put_byte(out, (char)(unsigned char)(value >> (8 * i)));
}

static bytes model_pack(struct arena *mem, const struct training *t, const struct model *m)
{
    struct feature *kept = arena_array(t->mem, t->features + 1, sizeof *kept);
    size_t count = features_keep(t, m, kept);
    size_t *columns = arena_array(t->mem, t->labels.count, sizeof *columns);
    for (size_t c = 0; c < t->labels.count; c++)
        columns[m->label[c]] = c;
    struct buf *out = buf_new(mem, CLASSIFY_MODEL_MAX);
    buf_put(out, "HTC1");
    put(out, t->labels.count, 2);
    put(out, count, 4);
    for (size_t i = 0; i < t->labels.count; i++) {
        put(out, t->labels.items[i].len, 1);
        buf_add(out, t->labels.items[i]);
    }
    for (size_t i = 0; i < count; i++) {
        put(out, t->keys[kept[i].number], 4);
        put(out, (uint64_t)idf_x1000(t, t->keys[kept[i].number]), 2);
        for (size_t c = 0; c < t->labels.count; c++)
            put(out, (uint64_t)weight_of(m, kept[i].number, columns[c]), MODEL_WEIGHT);
    }
    assert(!buf_is_full(out));
    return (bytes){ (const unsigned char *)out->ptr, out->len };
}

bool classify_train(struct arena *mem, const struct classify_text *texts, size_t count,
                    bytes *model)
{
    struct training t = { .mem = arena_new(512 << 20, 0), .turn = arena_new(16 << 20, 0) };
    words_count(&t, texts, count);
    bool can = labels_find(&t);
    if (can)
        features_choose(&t);
    can = can && t.features > 0;
    if (can)
        *model = model_pack(mem, &t, model_of(&t));
    arena_free(t.turn);
    arena_free(t.mem);
    return can;
}
