/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Guessing with a stored model, read where it lies. Its bytes come from a database: every length is
 * checked before anything is read. */
#include <assert.h>
#include <math.h>
#include <stdlib.h>

#include "platform/text/fold.h"

#include "platform/text/classify_words.h"

/* What a difference of scores is worth: a quarter is e to one. Chosen so that guesses are right at
 * least about as often as their degrees say (tests/quality/classify_test.c). */
static const double SHARPNESS = 4;

struct model_view {
    strs labels;
    const unsigned char *features;
    size_t count, size; /* size: bytes of one */
};

static uint64_t number_at(const unsigned char *at, size_t size)
{
    uint64_t value = 0;
    for (size_t i = 0; i < size; i++)
        value |= (uint64_t)at[i] << (8 * i);
    return value;
}

static uint32_t key_at(const struct model_view *m, size_t number)
{
    return (uint32_t)number_at(m->features + number * m->size, 4);
}

static bool labels_open(struct arena *mem, bytes model, size_t count, struct model_view *m,
                        size_t *at)
{
    m->labels.items = arena_array(mem, count, sizeof(str));
    for (size_t i = 0; i < count; i++) {
        if (*at >= model.len)
            return false;
        size_t length = model.ptr[(*at)++];
        str label = { (const char *)model.ptr + *at, length };
        if (length == 0 || length > CLASSIFY_LABEL_BYTES || length > model.len - *at ||
            !str_is_utf8(label) || (i > 0 && str_cmp(m->labels.items[i - 1], label) >= 0))
            return false;
        m->labels.items[m->labels.count++] = label;
        *at += length;
    }
    return true;
}

static bool model_open(struct arena *mem, bytes model, struct model_view *m)
{
    if (model.len < MODEL_HEAD || model.len > CLASSIFY_MODEL_MAX ||
        memcmp(model.ptr, "HTC1", 4) != 0)
        return false;
    size_t labels = number_at(model.ptr + 4, 2), at = MODEL_HEAD;
    m->count = number_at(model.ptr + 6, 4);
    m->size = MODEL_FEATURE + MODEL_WEIGHT * labels;
    if (labels < 2 || labels > CLASSIFY_LABELS_MAX || !labels_open(mem, model, labels, m, &at))
        return false;
    m->features = model.ptr + at;
    if (m->count != (model.len - at) / m->size || (model.len - at) % m->size != 0)
        return false;
    for (size_t i = 1; i < m->count; i++)
        if (key_at(m, i - 1) >= key_at(m, i))
            return false;
    return true;
}

/* The feature with a key; NULL when the model has none. */
static const unsigned char *feature_find(const struct model_view *m, uint32_t key)
{
    size_t low = 0, high = m->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (key_at(m, middle) < key)
            low = middle + 1;
        else
            high = middle;
    }
    return low < m->count && key_at(m, low) == key ? m->features + low * m->size : NULL;
}

static double label_weight(const unsigned char *feature, size_t label)
{
    const unsigned char *at = feature + MODEL_FEATURE + MODEL_WEIGHT * label;
    return (double)(int16_t)(uint16_t)number_at(at, MODEL_WEIGHT) / MODEL_ONE;
}

/* ---- a text ---- */

/* A word of the text that the model knows, and how much it counts here. */
struct known {
    const unsigned char *feature, *title; /* title: the same in titles; each may be NULL */
    str text;                             /* empty for a single character */
    double weight, title_weight;
};

struct asked {
    const struct model_view *model;
    struct text_bag bag, seen;
    struct known *known;
    size_t count;
    double length;
};

static double weight_in(const struct asked *a, const unsigned char *feature, uint32_t key)
{
    return feature ? classify_weight(text_bag_count(&a->bag, key), (i64)number_at(feature + 4, 2))
                   : 0;
}

static void word_know(struct asked *a, const struct classify_walk *w)
{
    if (text_bag_count(&a->seen, w->key))
        return; /* titles come first, so a word is met with its title's key, if it has one */
    text_bag_add(&a->seen, w->key, 1);
    struct known k = { feature_find(a->model, w->key),
                       w->title_key ? feature_find(a->model, w->title_key) : NULL,
                       w->says ? w->text : str_of(""), 0, 0 };
    if (!k.feature && !k.title)
        return;
    k.weight = weight_in(a, k.feature, w->key);
    k.title_weight = weight_in(a, k.title, w->title_key);
    a->length += k.weight * k.weight + k.title_weight * k.title_weight;
    assert(a->count < a->bag.count);
    a->known[a->count++] = k;
}

static void words_know(struct arena *mem, const struct model_view *m,
                       const struct classify_text *text, struct asked *a)
{
    struct classify_walk w = classify_walk_begin(mem, text);
    *a = (struct asked){ .model = m, .bag = classify_bag(mem, text) };
    a->seen = text_bag_new(mem, a->bag.capacity);
    a->known = arena_array(mem, a->bag.count + 1, sizeof *a->known);
    while (classify_walk_next(&w))
        word_know(a, &w);
    a->length = sqrt(a->length);
}

static double says_for(const struct asked *a, const struct known *k, size_t label)
{
    double sum = k->feature ? k->weight * label_weight(k->feature, label) : 0;
    sum += k->title ? k->title_weight * label_weight(k->title, label) : 0;
    return a->length > 0 ? sum / a->length : 0;
}

/* The words that spoke most for a label. */
static void reasons_find(struct arena *mem, const struct asked *a, size_t label, strs *out)
{
    assert(label < a->model->labels.count);
    double best[CLASSIFY_BECAUSE] = { 0 };
    out->items = arena_array(mem, CLASSIFY_BECAUSE, sizeof(str));
    for (size_t i = 0; i < a->count; i++) {
        double says = a->known[i].text.len ? says_for(a, &a->known[i], label) : 0;
        size_t at = out->count;
        while (at > 0 && says > best[at - 1])
            at--;
        if (says <= 0 || at == CLASSIFY_BECAUSE)
            continue;
        size_t last = out->count < CLASSIFY_BECAUSE ? out->count++ : CLASSIFY_BECAUSE - 1;
        for (; last > at; last--) {
            best[last] = best[last - 1];
            out->items[last] = out->items[last - 1];
        }
        best[at] = says;
        out->items[at] = a->known[i].text;
    }
}

/* ---- labels ---- */

struct scored {
    double score;
    size_t label;
};

static int by_score(const void *a, const void *b)
{
    const struct scored *x = a, *y = b;
    if (x->score < y->score || x->score > y->score)
        return x->score < y->score ? 1 : -1;
    return x->label < y->label ? -1 : x->label > y->label;
}

static struct scored *score(struct arena *mem, const struct asked *a, double *all)
{
    size_t count = a->model->labels.count;
    struct scored *scores = arena_array(mem, count, sizeof *scores);
    for (size_t l = 0; l < count; l++) {
        scores[l].label = l;
        for (size_t i = 0; i < a->count; i++)
            scores[l].score += says_for(a, &a->known[i], l);
    }
    qsort(scores, count, sizeof *scores, by_score);
    *all = 0;
    for (size_t l = 0; l < count; l++)
        *all += exp(SHARPNESS * (scores[l].score - scores[0].score));
    return scores;
}

bool classify_guess(struct arena *mem, bytes model, const struct classify_text *text,
                    struct rows *out)
{
    struct model_view view = { 0 };
    struct asked a;
    double all;
    if (!model_open(mem, model, &view))
        return false;
    words_know(mem, &view, text, &a);
    struct classify_guess *guesses = arena_array(mem, view.labels.count, sizeof *guesses);
    *out = (struct rows){ guesses, a.count ? view.labels.count : 0, sizeof *guesses };
    const struct scored *scores = score(mem, &a, &all);
    for (size_t i = 0; i < out->count; i++) {
        double share = exp(SHARPNESS * (scores[i].score - scores[0].score)) / all;
        guesses[i].label = view.labels.items[scores[i].label];
        guesses[i].degree = (i64)(100 * share + 0.5);
        reasons_find(mem, &a, scores[i].label, &guesses[i].because);
    }
    return true;
}
