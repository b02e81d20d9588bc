/* SPDX-License-Identifier: MulanPSL-2.0 */
/* How good guesses of a category are on real texts (shared data): messages in 7 classes, proposals
 * in the 13 categories that have at least four, messages to leaders in 13 domains. Five parts, each
 * guessed by what was learned from the other four, three times with other parts. Target of issue 4:
 * at least 8 points more than the nearest neighbour (TF-IDF of bigrams, title three times, cosine)
 * in the same run, as the mean of the three. Besides: the same texts give the same model; 6,800
 * texts are learned from in a few seconds. Skipped where the data is absent. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include "embed.h"
#include "platform/files/files.h"
#include "platform/text/classify.h"
#include "platform/text/fold.h"
#include "platform/text/weights.h"

enum {
    TEXTS_MAX = 9000,
    LABELLED_MAX = 1200,
    COLUMNS = 4,
    PARTS = 5,
    SEEDS = 3,
    LEAST_TEXTS = 4,
    GAIN_X10 = 80
};

static struct arena *mem;

/* ---- reading ---- */

static const char *path_of(const char *name)
{
    const char *folder = getenv("HUOTANG_SHARED_DATA");
    return arena_printf(mem, "%s/%s", folder ? folder : "../shared/data", name).ptr;
}

/* A task: handled texts first, then those that only say which words are common. */
struct task {
    const char *name;
    struct classify_text *texts;
    size_t count, handled;
};

struct list {
    struct task *task;
    const char *label;
    size_t columns[COLUMNS]; /* label, title, body */
    bool begun;
};

static size_t column_of(const struct sheet_row *row, const char *name)
{
    for (size_t c = 0; name && c < row->cells.count; c++)
        if (str_is(row->cells.items[c], name))
            return c;
    return SIZE_MAX;
}

/* The source of the messages writes a line break of a workbook's cell as _x000D_. */
static str cell(const struct list *l, const struct sheet_row *row, size_t number)
{
    size_t at = l->columns[number];
    str text = at < row->cells.count ? row->cells.items[at] : str_of("");
    struct buf *b = buf_new(mem, text.len + 1);
    for (i64 end; (end = str_find(text, str_of("_x000D_"), 0)) >= 0;) {
        buf_add(b, str_sub(text, 0, (size_t)end));
        buf_put_byte(b, '\n');
        text = str_sub(text, (size_t)end + 7, text.len);
    }
    buf_add(b, text);
    return buf_str(b);
}

static err list_row(void *context, const struct sheet_row *row)
{
    struct list *l = context;
    if (l->begun) {
        assert_true(l->task->count < TEXTS_MAX);
        l->task->texts[l->task->count++] =
            (struct classify_text){ cell(l, row, 0), cell(l, row, 1), cell(l, row, 2) };
        return OK;
    }
    const char *const names[] = { l->label, "title", "body" };
    for (size_t i = 0; i < 3; i++)
        l->columns[i] = column_of(row, names[i]);
    l->begun = true;
    return OK;
}

static void list_read(struct task *t, const char *name, const char *label)
{
    struct list l = { .task = t, .label = label };
    const struct sheet_reader reader = { .row = list_row, .context = &l };
    assert_int_equal(sheet_read(mem, str_of(path_of(name)), &reader).code, ERR_NONE);
}

static int labelled_first(const void *a, const void *b)
{
    const struct classify_text *x = a, *y = b;
    if ((x->label.len == 0) != (y->label.len == 0))
        return x->label.len == 0 ? 1 : -1;
    int order = str_cmp(x->label, y->label);
    order = order ? order : str_cmp(x->title, y->title);
    return order ? order : str_cmp(x->body, y->body);
}

/* Labels of fewer than four texts are as if nobody had said. */
static void task_sort(struct task *t)
{
    qsort(t->texts, t->count, sizeof *t->texts, labelled_first);
    for (size_t i = 0, end; i < t->count && t->texts[i].label.len; i = end) {
        for (end = i; end < t->count && str_eq(t->texts[end].label, t->texts[i].label);)
            end++;
        for (size_t k = i; end - i < LEAST_TEXTS && k < end; k++)
            t->texts[k].label = str_of("");
    }
    qsort(t->texts, t->count, sizeof *t->texts, labelled_first);
    while (t->handled < t->count && t->texts[t->handled].label.len)
        t->handled++;
    assert_true(t->handled <= LABELLED_MAX);
}

static struct task task_new(const char *name)
{
    return (struct task){ .name = name,
                          .texts = arena_array(mem, TEXTS_MAX, sizeof(struct classify_text)) };
}

/* ---- parts by the digests of texts ---- */

struct drawn {
    uint64_t lot;
    size_t text;
};

static int by_lot(const void *a, const void *b)
{
    const struct drawn *x = a, *y = b;
    return x->lot < y->lot ? -1 : x->lot > y->lot;
}

static uint64_t lot_of(uint64_t h, str text)
{
    for (size_t i = 0; i < text.len; i++)
        h = (h ^ (unsigned char)text.ptr[i]) * 1099511628211u;
    return h ^ (h >> 29);
}

static void parts_deal(const struct task *t, uint64_t seed, int *part)
{
    static struct drawn drawn[LABELLED_MAX];
    size_t dealt = 0;
    for (size_t i = 0; i < t->handled;) {
        size_t n = 0;
        for (str label = t->texts[i].label; i < t->handled && str_eq(t->texts[i].label, label);
             i++, n++)
            drawn[n] = (struct drawn){ lot_of(lot_of(14695981039346656037u * (seed * 2 + 1),
                                                     t->texts[i].title),
                                              t->texts[i].body),
                                       i };
        qsort(drawn, n, sizeof *drawn, by_lot);
        for (size_t k = 0; k < n; k++)
            part[drawn[k].text] = (int)(dealt++ % PARTS);
    }
}

/* ---- the nearest neighbour ---- */

struct entry {
    uint32_t key;
    double weight;
};

struct neighbour {
    struct text_bag bag;
    struct entry *entries;
    size_t count;
};

static int by_entry(const void *a, const void *b)
{
    const struct entry *x = a, *y = b;
    return x->key < y->key ? -1 : x->key > y->key;
}

static void neighbour_weigh(struct arena *turn, struct neighbour *n, const struct text_bag *df,
                            size_t texts)
{
    double square = 0;
    n->entries = arena_array(turn, n->bag.count + 1, sizeof *n->entries);
    n->count = 0;
    for (size_t i = 0; i < n->bag.capacity; i++) {
        const struct text_bag_item *item = &n->bag.items[i];
        uint32_t count = item->key ? text_bag_count(df, item->key) : 0;
        if (!count)
            continue;
        double weight =
            (1 + log((double)item->count)) * log(((double)texts + 1) / ((double)count + 0.5));
        n->entries[n->count++] = (struct entry){ item->key, weight };
        square += weight * weight;
    }
    for (size_t i = 0; i < n->count; i++)
        n->entries[i].weight /= sqrt(square);
    qsort(n->entries, n->count, sizeof *n->entries, by_entry);
}

static double cosine(const struct neighbour *a, const struct neighbour *b)
{
    double sum = 0;
    for (size_t i = 0, k = 0; i < a->count && k < b->count;) {
        uint32_t x = a->entries[i].key, y = b->entries[k].key;
        if (x == y)
            sum += a->entries[i].weight * b->entries[k].weight;
        i += x <= y;
        k += y <= x;
    }
    return sum;
}

static i64 neighbours_hit(const struct task *t, struct neighbour *all, const int *part, int held)
{
    struct arena *turn = arena_new(256 << 20, 0);
    struct text_bag df = text_bag_new(turn, 65536);
    size_t known = 0;
    i64 hits = 0;
    for (size_t i = 0; i < t->handled; i++) {
        known += part[i] != held;
        for (size_t k = 0; part[i] != held && k < all[i].bag.capacity; k++)
            if (all[i].bag.items[k].key)
                text_bag_add(&df, all[i].bag.items[k].key, 1);
    }
    for (size_t i = 0; i < t->handled; i++)
        neighbour_weigh(turn, &all[i], &df, known);
    for (size_t i = 0; i < t->handled; i++) {
        double best = 0;
        size_t nearest = SIZE_MAX;
        for (size_t k = 0; part[i] == held && k < t->handled; k++) {
            double likeness = part[k] == held ? 0 : cosine(&all[i], &all[k]);
            nearest = likeness > best ? k : nearest;
            best = likeness > best ? likeness : best;
        }
        hits += nearest != SIZE_MAX && str_eq(t->texts[nearest].label, t->texts[i].label);
    }
    arena_free(turn);
    return hits;
}

static struct neighbour *neighbours_of(struct arena *turn, const struct task *t)
{
    struct neighbour *all = arena_array(turn, t->handled, sizeof *all);
    for (size_t i = 0; i < t->handled; i++) {
        all[i].bag = text_bag_new(turn, 512);
        text_bag_add_text(&all[i].bag, fold_text(turn, t->texts[i].title), 3);
        text_bag_add_text(&all[i].bag, fold_text(turn, t->texts[i].body), 1);
    }
    return all;
}

/* ---- guesses ---- */

/* How often guesses of a degree were right: below 40, 60, 80, and above. */
struct sureness {
    i64 guessed[4], right[4];
};

static i64 guesses_hit(const struct task *t, const int *part, int held, struct sureness *sure)
{
    struct arena *turn = arena_new(256 << 20, 0);
    struct classify_text *texts = arena_array(turn, t->count, sizeof *texts);
    bytes model;
    i64 hits = 0;
    memcpy(texts, t->texts, t->count * sizeof *texts);
    for (size_t i = 0; i < t->handled; i++)
        texts[i].label = part[i] == held ? str_of("") : texts[i].label;
    assert_true(classify_train(turn, texts, t->count, &model));
    for (size_t i = 0; i < t->handled; i++) {
        struct rows rows;
        if (part[i] != held)
            continue;
        assert_true(classify_guess(turn, model, &texts[i], &rows));
        const struct classify_guess *best = rows.items;
        bool right = rows.count && str_eq(best->label, t->texts[i].label);
        size_t band = rows.count ? (size_t)(best->degree < 40 ? 0 : best->degree / 20 - 1) : 0;
        band = band > 3 ? 3 : band;
        sure->guessed[band]++;
        sure->right[band] += right;
        hits += right;
    }
    arena_free(turn);
    return hits;
}

static void judge(struct task *t, size_t handled)
{
    struct arena *turn = arena_new(256 << 20, 0);
    struct neighbour *neighbours = neighbours_of(turn, t);
    struct sureness sure = { 0 };
    static int part[LABELLED_MAX];
    i64 hits = 0, near = 0;
    assert_int_equal(t->handled, handled);
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        i64 these = 0, those = 0;
        parts_deal(t, seed, part);
        for (int held = 0; held < PARTS; held++) {
            these += guesses_hit(t, part, held, &sure);
            those += neighbours_hit(t, neighbours, part, held);
        }
        fprintf(stderr, "%s %llu: %.1f, nearest %.1f\n", t->name, (unsigned long long)seed,
                100.0 * (double)these / (double)handled, 100.0 * (double)those / (double)handled);
        hits += these;
        near += those;
    }
    fprintf(stderr, "  gain %.1f; right of those sure to below 40, 60, 80, 100 %%:",
            100.0 * (double)(hits - near) / (double)(handled * SEEDS));
    for (size_t i = 0; i < 4; i++)
        fprintf(stderr, " %lld/%lld", (long long)sure.right[i], (long long)sure.guessed[i]);
    fprintf(stderr, "\n");
    assert_true((hits - near) * 1000 >= GAIN_X10 * (i64)handled * SEEDS);
    arena_free(turn);
}

static void messages_in_seven_classes(void **state)
{
    struct task t = task_new("messages");
    (void)state;
    list_read(&t, "messages_labelled.csv.gz", "category");
    list_read(&t, "messages_hot.csv.gz", NULL);
    list_read(&t, "messages_replied.csv.gz", NULL);
    list_read(&t, "messages_plain.csv.gz", NULL);
    task_sort(&t);
    judge(&t, 361);
}

static void proposals_in_thirteen_categories(void **state)
{
    struct task t = task_new("proposals");
    (void)state;
    list_read(&t, "proposals_js2019.csv.gz", "category");
    task_sort(&t);
    judge(&t, 291);
}

static void messages_to_leaders_in_thirteen_domains(void **state)
{
    struct task t = task_new("leaders");
    (void)state;
    list_read(&t, "leader_board_hangzhou.csv.gz", "domain");
    task_sort(&t);
    judge(&t, 1137);
}

static i64 resident_mb(void)
{
    struct rusage used;
    getrusage(RUSAGE_SELF, &used);
    return used.ru_maxrss / 1024;
}

/* As many as a house of some years has. Bounds are wide: other machines, sanitizers. */
static void thousands_are_learned_from_in_seconds(void **state)
{
    struct task t = task_new("many");
    bytes first, second;
    (void)state;
    for (int i = 0; i < 6; i++)
        list_read(&t, "leader_board_hangzhou.csv.gz", "domain");
    clock_t begun = clock();
    assert_true(classify_train(mem, t.texts, t.count, &first));
    double seconds = (double)(clock() - begun) / CLOCKS_PER_SEC;
    fprintf(stderr, "%zu texts: %.1f s, model of %zu KB, the program had %lld MB at most\n",
            t.count, seconds, first.len / 1024, (long long)resident_mb());
    assert_true(classify_train(mem, t.texts, t.count, &second));
    assert_int_equal(first.len, second.len);
    assert_memory_equal(first.ptr, second.ptr, first.len);
    assert_true(first.len <= CLASSIFY_MODEL_MAX);
    assert_true(seconds < 60);
}

static int tables_load(void **state)
{
    (void)state;
    for (const struct embed_file *f = embed_data; f->name; f++)
        if (str_is(str_of("text/traditional.txt"), f->name))
            fold_load(mem, (str){ (const char *)f->data, f->size });
    return 0;
}

static void texts_are_absent(void **state)
{
    (void)state;
    skip();
}

int main(void)
{
    mem = arena_new((size_t)1 << 30, 0);
    if (access(path_of("messages_labelled.csv.gz"), R_OK) != 0) {
        fprintf(stderr, "skipped: %s is not there (HUOTANG_SHARED_DATA)\n",
                path_of("messages_labelled.csv.gz"));
        const struct CMUnitTest none[] = { cmocka_unit_test(texts_are_absent) };
        return cmocka_run_group_tests(none, NULL, NULL);
    }
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(messages_in_seven_classes),
        cmocka_unit_test(proposals_in_thirteen_categories),
        cmocka_unit_test(messages_to_leaders_in_thirteen_domains),
        cmocka_unit_test(thousands_are_learned_from_in_seconds),
    };
    int failed = cmocka_run_group_tests(tests, tables_load, NULL);
    arena_free(mem);
    return failed;
}
