/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Pages of a declared list (list.h): fetches by key in one direction through both phases, makes the
 * links to the pages before and after, counts up to a cap. Statements: list_sql.c. Export:
 * list_export.c. The HTML page: list_show.c. */
#include <assert.h>

#include "platform/base/str.h"
#include "platform/list/list_query.h"
#include "platform/text/text.h"
#include "platform/web/json.h"

/* COUNT_FOUND_MAX: of words searched for in more than COUNT_MAX rows. */
enum { COUNT_MAX = 10000, COUNT_FOUND_MAX = 1000, JSON_MAX = 32 << 20, ALL_MAX = 1000000 };

/* Rows as fetched, module struct and tail together; direction of the fetch is undone. */
struct fetched {
    char *items;
    size_t count, size, tail_at;
    enum list_phase *phases;
};

static const struct list_tail *tail_of(const struct fetched *f, size_t i)
{
    return (const struct list_tail *)(const void *)(f->items + i * f->size + f->tail_at);
}

static bool searches_for_nothing(const struct list_ask *ask)
{
    const struct list_query *q = ask->query;
    return q->q.len && ask->list->search && text_terms_of(ask->rq, ask->list->search, q->q).empty;
}

/* One phase; what it gives is appended to out. */
static err phase_fetch(const struct list_ask *ask, struct fetched *out)
{
    struct list_statement s;
    struct arena *mem = ask->rq->mem;
    TRY(list_statement(ask, &s));
    struct rows rows = { .size = s.size };
    TRY(db_list(ask->rq->db, s.sql, s.map, mem, &rows));
    assert(rows.count <= (size_t)ask->limit && (!out->count || out->size == s.size));
    size_t before = out->count, count = before + rows.count;
    enum list_phase *phases = arena_array(mem, count, sizeof *phases);
    char *items = rows.items;
    if (before && rows.count) { /* seldom: a page that spans both phases */
        items = arena_bytes(mem, count * s.size);
        memcpy(items, out->items, before * s.size);
        memcpy(items + before * s.size, rows.items, rows.count * s.size);
    } else if (before) {
        items = out->items;
    }
    for (size_t i = 0; i < count; i++)
        phases[i] = i < before ? out->phases[i] : ask->phase;
    *out = (struct fetched){ items, count, s.size, s.tail_at, phases };
    return OK;
}

/* Up to `want` rows behind the cursor: values, then empty ones; backward the other way round. */
static err fetch_by(struct list_ask ask, i64 want, struct fetched *out)
{
    bool backward = ask.cursor.backward;
    enum list_phase order[2] = { backward ? PHASE_EMPTY : PHASE_VALUES,
                                 backward ? PHASE_VALUES : PHASE_EMPTY };
    bool begun = !ask.cursor.set;
    *out = (struct fetched){ 0 };
    for (int i = 0; i < 2 && (i64)out->count < want; i++) {
        begun = begun || order[i] == ask.cursor.phase;
        if (!begun || (!ask.sort && order[i] == PHASE_EMPTY))
            continue; /* a key is never empty */
        ask.phase = order[i];
        ask.limit = want - (i64)out->count;
        TRY(phase_fetch(&ask, out));
        ask.cursor.set = false;
        if (ask.seek == SEEK_NEAR)
            break; /* what follows the nearest rows is not known */
    }
    return OK;
}

/* How many rows there are, counted no further than one more than `most`. */
static err count_up_to(struct list_ask ask, i64 most, i64 *out)
{
    struct list_statement s;
    ask.want = WANT_COUNT;
    ask.cursor = (struct list_cursor){ 0 };
    ask.limit = most + 1;
    *out = 0;
    TRY(list_statement(&ask, &s));
    return db_recall_i64(ask.rq->db, s.sql, out);
}

static err count_rows(struct list_ask ask, struct list_result *out)
{
    out->cap = ask.query->count_max    ? ask.query->count_max
               : ask.seek == SEEK_NEAR ? COUNT_FOUND_MAX
                                       : COUNT_MAX;
    if (ask.seek == SEEK_NEAR)
        ask.seek = SEEK_INDEX;
    out->total = 0;
    return searches_for_nothing(&ask) ? OK : count_up_to(ask, out->cap, &out->total);
}

/* How a question with words is best answered. The index gives hits in its own order: all of them
 * have to be put in the list's, which costs about 5 us each. Looking at a row in the list's order
 * costs about 1 us. So few rows are looked at one by one; of many, the nearest first. */
static err seek_of(struct list_ask *ask)
{
    i64 rows = 0;
    struct list_ask all = *ask;
    const struct list_query *q = ask->query;
    ask->seek = SEEK_INDEX;
    if (!q->q.len || !ask->list->search ||
        !text_terms_of(ask->rq, ask->list->search, q->q).walkable)
        return OK;
    all.all = true;
    TRY(count_up_to(all, COUNT_MAX, &rows));
    ask->seek = rows <= COUNT_MAX ? SEEK_EACH : SEEK_NEAR;
    return OK;
}

static err fetch(struct list_ask ask, i64 want, struct fetched *out)
{
    *out = (struct fetched){ 0 };
    if (searches_for_nothing(&ask))
        return OK;
    TRY(fetch_by(ask, want, out));
    if (ask.seek != SEEK_NEAR || (i64)out->count == want)
        return OK;
    ask.seek = SEEK_INDEX; /* the words are rare: the index has few hits to be put in order */
    return fetch_by(ask, want, out);
}

static err ask_for(struct rq *rq, const struct list *list, const struct list_query *query,
                   struct list_ask *ask)
{
    *ask = (struct list_ask){ .rq = rq, .list = list, .query = query };
    if (!list_sort_of(ask, query->sort) || !list_cursor_parse(rq->mem, query->after, &ask->cursor))
        return err_make(ERR_INVALID, "list.bad_sort");
    if (!ask->sort && ask->cursor.phase == PHASE_EMPTY)
        ask->cursor = (struct list_cursor){ 0 };
    return OK;
}

static str cursor_at(const struct list_ask *ask, const struct fetched *f, size_t i, bool backward)
{
    assert(f->phases && i < f->count);
    const struct list_tail *tail = tail_of(f, i);
    struct list_cursor c = { true, backward, f->phases[i], tail->list_key, tail->list_text };
    bool number = ask->sort && ask->sort->kind != LIST_TEXT && ask->sort->kind != LIST_CODE;
    if (number)
        c.value = arena_printf(ask->rq->mem, "%lld", (long long)tail->list_number);
    return list_cursor_text(ask->rq->mem, &c);
}

/* The module's structs side by side, in the list's order; for a page of ours they stay where they
 * were fetched, each with its tail behind it. */
static void rows_take(const struct list_ask *ask, const struct fetched *f, size_t count,
                      struct rows *out)
{
    size_t size = ask->list->row_size;
    if (ask->look && !ask->cursor.backward) {
        *out = (struct rows){ f->items, count, f->size };
        return;
    }
    char *items = arena_array(ask->rq->mem, count ? count : 1, size);
    for (size_t i = 0; i < count; i++) {
        size_t from = ask->cursor.backward ? count - 1 - i : i;
        memcpy(items + i * size, f->items + from * f->size, size);
    }
    *out = (struct rows){ items, count, size };
}

/* Rows for the asked page and one more, if there is one. Who comes back to the begin, or to where
 * nothing is any more, gets a full first page. */
static err page_fetch(struct list_ask *ask, i64 limit, struct fetched *f)
{
    TRY(fetch(*ask, limit + 1, f));
    bool begin = ask->cursor.backward && (i64)f->count <= limit;
    if (!ask->cursor.set || (!begin && f->count > 0))
        return OK;
    ask->cursor = (struct list_cursor){ 0 };
    return fetch(*ask, limit + 1, f);
}

err list_page_of(struct rq *rq, const struct list *list, const struct list_look *look,
                 const struct list_query *query, struct list_result *out)
{
    struct list_ask ask;
    struct fetched f;
    i64 limit = query->limit;
    assert(limit >= 1 && limit <= LIST_LIMIT_MAX);
    *out = (struct list_result){ .cap = query->count_max ? query->count_max : COUNT_MAX };
    TRY(ask_for(rq, list, query, &ask));
    TRY(seek_of(&ask));
    ask.look = look;
    TRY(page_fetch(&ask, limit, &f));
    bool first = !ask.cursor.set, backward = ask.cursor.backward, more = (i64)f.count > limit;
    size_t count = more ? (size_t)limit : f.count;
    rows_take(&ask, &f, count, &out->rows);
    if (more || backward)
        out->next = cursor_at(&ask, &f, backward ? 0 : count - 1, false);
    if (backward ? more : !first)
        out->previous = cursor_at(&ask, &f, backward ? count - 1 : 0, true);
    out->total = (i64)count;
    return first && !more ? OK : count_rows(ask, out);
}

err list_page(struct rq *rq, const struct list *list, const struct list_query *query,
              struct list_result *out)
{
    return list_page_of(rq, list, NULL, query, out);
}

/* ---- all rows ---- */

static err row_pass(void *context, void *row)
{
    const struct list_each *each = context;
    return each->fn(each->context, row);
}

err list_each(struct rq *rq, const struct list *list, const struct list_query *query,
              const struct list_each *each)
{
    struct list_ask ask;
    struct list_statement s;
    TRY(ask_for(rq, list, query, &ask));
    ask.cursor = (struct list_cursor){ 0 };
    ask.want = WANT_ALL;
    ask.limit = ALL_MAX;
    if (searches_for_nothing(&ask))
        return OK;
    for (int phase = PHASE_VALUES; phase <= (ask.sort ? PHASE_EMPTY : PHASE_VALUES); phase++) {
        ask.phase = (enum list_phase)phase;
        TRY(list_statement(&ask, &s));
        /* the tail lies behind the module's struct, whose function takes the row as it is */
        struct db_each rows = { s.map, s.size, each->mem, row_pass, (void *)(uintptr_t)each };
        TRY(db_each(rq->db, s.sql, &rows));
    }
    return OK;
}

err list_find(struct rq *rq, const struct list *list, i64 key, void *out)
{
    struct list_query query = { 0 };
    struct list_ask ask = { .rq = rq, .list = list, .query = &query, .want = WANT_ONE };
    struct list_statement s;
    ask.one = key;
    ask.limit = 1;
    TRY(list_statement(&ask, &s));
    char *row = arena_zero(rq->mem, s.size);
    err e = db_one(rq->db, s.sql, s.map, rq->mem, row);
    if (err_is(e, "db.no_row") && list->missing)
        return err_make(ERR_NOT_FOUND, list->missing);
    TRY(e);
    memcpy(out, row, list->row_size);
    return OK;
}

/* ---- JSON ---- */

static void value_json(struct json *j, const struct list_column *c, const void *row)
{
    const char *name = c->field.name, *at = (const char *)row + c->field.offset;
    if (c->field.type == FIELD_STR)
        json_str(j, name, *(const str *)(const void *)at);
    else if (c->field.type == FIELD_BOOL)
        json_bool(j, name, *(const bool *)(const void *)at);
    else if (c->kind == LIST_DAY)
        json_day(j, name, *(const i64 *)(const void *)at);
    else if (c->kind == LIST_TIME)
        json_time(j, name, *(const i64 *)(const void *)at);
    else if (c->kind == LIST_BOOL)
        json_bool(j, name, *(const i64 *)(const void *)at != 0);
    else
        json_i64(j, name, *(const i64 *)(const void *)at);
}

void list_row_json(const struct rq *rq, const struct list *list, const void *row,
                   enum list_row kind, struct json *j)
{
    for (const struct list_column *c = list->columns; c->field.name; c++)
        if (!c->asked && (kind == LIST_ROW_ONE ? list_may_find(rq, c) : list_may_see(rq, c)))
            value_json(j, c, row);
}

err list_json(struct rq *rq, const struct list *list, const struct list_query *query,
              struct res *res)
{
    struct list_result page;
    TRY(list_page(rq, list, query, &page));
    struct json j = json_begin(rq);
    json_array(&j, "items");
    for (size_t i = 0; i < page.rows.count; i++) {
        json_object(&j, NULL);
        list_row_json(rq, list, (const char *)page.rows.items + i * page.rows.size, LIST_ROW_PAGE,
                      &j);
        json_object_end(&j);
    }
    json_array_end(&j);
    if (page.next.len)
        json_str(&j, "next", page.next);
    else
        json_null(&j, "next");
    json_i64(&j, "total", page.total > page.cap ? page.cap : page.total);
    json_bool(&j, "capped", page.total > page.cap); /* there are more than total */
    json_send(&j, res);
    return OK;
}
