/* SPDX-License-Identifier: MulanPSL-2.0 */
/* See messages.h. */
#include "tests/quality/messages.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

#include "embed.h"
#include "platform/files/files.h"
#include "platform/text/fold.h"

enum { COLUMNS = 16 };

/* ---- reading ---- */

static const char *path_of(struct arena *mem, const char *name)
{
    const char *folder = getenv("HUOTANG_SHARED_DATA");
    return arena_printf(mem, "%s/%s", folder ? folder : "../shared/data", name).ptr;
}

/* A list with a line of names; fn gets the cells of the columns asked for. */
struct list {
    const char *const *names;
    size_t columns[COLUMNS];
    bool begun;
    struct messages *messages;
    void (*fn)(struct messages *m, const str *cells);
};

static err list_row(void *context, const struct sheet_row *row)
{
    struct list *l = context;
    str cells[COLUMNS] = { 0 };
    for (size_t i = 0; l->names[i]; i++) {
        if (l->begun && l->columns[i] < row->cells.count)
            cells[i] = arena_str(l->messages->mem, row->cells.items[l->columns[i]]);
        for (size_t c = 0; !l->begun && c < row->cells.count; c++)
            if (str_is(row->cells.items[c], l->names[i]))
                l->columns[i] = c;
    }
    if (l->begun)
        l->fn(l->messages, cells);
    l->begun = true;
    return OK;
}

static void list_read(struct messages *m, const char *name, const char *const *names,
                      void (*fn)(struct messages *m, const str *cells))
{
    struct list l = { .names = names, .messages = m, .fn = fn };
    const struct sheet_reader reader = { .row = list_row, .context = &l };
    assert_int_equal(sheet_read(m->mem, str_of(path_of(m->mem, name)), &reader).code, ERR_NONE);
}

/* Days since the first of March of year 0 of "2019-02-28 …". */
static i64 day_of(str time)
{
    i64 y = 0, m = 0, d = 0;
    assert_true(str_to_i64(str_sub(time, 0, 4), &y) && str_to_i64(str_sub(time, 5, 2), &m) &&
                str_to_i64(str_sub(time, 8, 2), &d));
    y -= m <= 2;
    m += m <= 2 ? 9 : -3;
    return y * 365 + y / 4 - y / 100 + y / 400 + (m * 153 + 2) / 5 + d;
}

/* The source writes a line break of a workbook's cell as _x000D_. */
static str without_breaks(struct arena *mem, str text)
{
    struct buf *b = buf_new(mem, text.len + 1);
    for (i64 at; (at = str_find(text, str_of("_x000D_"), 0)) >= 0;) {
        buf_add(b, str_sub(text, 0, (size_t)at));
        buf_put_byte(b, '\n');
        text = str_sub(text, (size_t)at + 7, text.len);
    }
    buf_add(b, text);
    return buf_str(b);
}

static void take_message(struct messages *m, const str *cells)
{
    assert_true(m->count < MESSAGES);
    m->items[m->count++] = (struct message){ .id = cells[0],
                                             .time = cells[1],
                                             .day = day_of(cells[1]),
                                             .title = without_breaks(m->mem, cells[2]),
                                             .body = without_breaks(m->mem, cells[3]) };
}

static int by_time(const void *a, const void *b)
{
    const struct message *x = a, *y = b;
    int order = str_cmp(x->time, y->time);
    return order ? order : str_cmp(x->id, y->id);
}

static void take_matter(struct messages *m, const str *cells)
{
    size_t i = 0;
    while (i < m->count && !str_eq(m->items[i].id, cells[1]))
        i++;
    assert_true(i < m->count);
    assert_true(str_to_i64(str_sub(cells[0], 1, 2), &m->items[i].matter));
    m->items[i].matter -= 1; /* G02..G14 */
}

/* "id id", the lesser first. */
static uint32_t pair_key(str a, str b)
{
    char text[64];
    bool turned = str_cmp(a, b) > 0;
    str x = turned ? b : a, y = turned ? a : b;
    int length = snprintf(text, sizeof text, "%.*s %.*s", (int)x.len, x.ptr, (int)y.len, y.ptr);
    return text_key((str){ text, (size_t)length });
}

static void take_pair(struct messages *m, const str *cells)
{
    text_bag_add(&m->listed, pair_key(cells[0], cells[1]), 1);
    for (size_t i = 0; i < m->count; i++)
        if (str_eq(m->items[i].id, cells[0]) || str_eq(m->items[i].id, cells[1]))
            m->items[i].is_near = true;
}

bool messages_are_near(const struct messages *m, str a, str b)
{
    return text_bag_count(&m->listed, pair_key(a, b)) > 0;
}

bool messages_are_there(void)
{
    struct arena *mem = arena_new(1 << 16, 0);
    const char *path = path_of(mem, "messages_gold_topics.csv");
    bool there = access(path, R_OK) == 0;
    if (!there)
        fprintf(stderr, "skipped: %s is not there (HUOTANG_SHARED_DATA)\n", path);
    arena_free(mem);
    return there;
}

void messages_read(struct messages *m)
{
    static const char *const FILES[] = { "messages_hot.csv.gz", "messages_replied.csv.gz",
                                         "messages_plain.csv.gz", "messages_labelled.csv.gz" };
    static const char *const MESSAGE[] = { "id", "time", "title", "body", NULL };
    static const char *const MATTER[] = { "topic", "id", NULL };
    static const char *const PAIR[] = { "id_a", "id_b", NULL };
    for (const struct embed_file *f = embed_data; f->name; f++)
        if (str_is(str_of("text/traditional.txt"), f->name))
            fold_load(m->mem, (str){ (const char *)f->data, f->size });
    m->items = arena_array(m->mem, MESSAGES, sizeof *m->items);
    m->listed = text_bag_new(m->mem, 2048);
    for (size_t i = 0; i < sizeof FILES / sizeof *FILES; i++)
        list_read(m, FILES[i], MESSAGE, take_message);
    assert_int_equal(m->count, MESSAGES);
    qsort(m->items, m->count, sizeof *m->items, by_time);
    list_read(m, "messages_gold_topics.csv", MATTER, take_matter);
    list_read(m, "messages_near_duplicates.csv", PAIR, take_pair);
    assert_int_equal(m->listed.count, 578);
}

/* ---- how good ---- */

double messages_f1(const struct messages *m, const i64 *cluster)
{
    i64 both = 0, only_found = 0, only_true = 0;
    for (size_t a = 0; a < m->count; a++)
        for (size_t b = 0; m->items[a].matter && b < a; b++) {
            if (!m->items[b].matter)
                continue;
            bool same = m->items[a].matter == m->items[b].matter, found = cluster[a] == cluster[b];
            both += same && found;
            only_found += found && !same;
            only_true += same && !found;
        }
    double precision = (double)both / (double)(both + only_found);
    double recall = (double)both / (double)(both + only_true);
    double f1 = 2 * precision * recall / (precision + recall);
    fprintf(stderr, "  pairs: precision %.3f, recall %.3f, F1 %.3f\n", precision, recall, f1);
    return f1;
}

i64 messages_found(const struct messages *m, const i64 *cluster, const ids *hot)
{
    i64 found = 0, of[MATTERS + 1] = { 0 };
    for (size_t i = 0; i < m->count; i++)
        of[m->items[i].matter]++;
    fprintf(stderr, "  %zu clusters of two and more; ranks:", hot->count);
    for (i64 matter = 1; matter <= MATTERS; matter++) {
        size_t rank = 0;
        for (; rank < hot->count; rank++) {
            i64 held = 0;
            for (size_t i = 0; i < m->count; i++)
                held += m->items[i].matter == matter && cluster[i] == hot->items[rank];
            if (held * 2 >= of[matter])
                break;
        }
        found += rank < MESSAGES_HOT;
        fprintf(stderr, " %zu", rank + 1);
    }
    fprintf(stderr, "\n");
    return found;
}
