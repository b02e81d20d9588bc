/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Export of a list (list.h): every row of the question into a nameless file, CSV or XLSX, at
 * constant memory. Values look as on the page; cells cannot become formulas. */
#include <assert.h>

#include "platform/audit/audit.h"
#include "platform/docs/docs.h"
#include "platform/files/temp.h"
#include "platform/list/list_sql.h"
#include "platform/settings/settings.h"
#include "platform/text/texts.h"

enum { PIECE = 64 * 1024, ROW_MAX = 8 * 1024 * 1024, LABELS_MAX = 256 };
enum { SCRATCH_SOFT = 16 << 20, MINUTE_MS = 60000 };

/* Words of a code, looked up once per export. */
struct label {
    const struct list_column *column;
    str code, words;
};

struct export
{
    struct rq *rq;
    const struct list *list;
    const struct list_column *columns[LIST_COLUMNS_MAX];
    size_t count;
    struct label labels[LABELS_MAX];
    size_t label_count;
    struct arena *scratch;
    struct workbook *book; /* NULL = CSV */
    struct buf *csv;
    int fd;
};

static void columns_take(struct export *x)
{
    for (const struct list_column *c = x->list->columns; c->field.name; c++) {
        if ((!c->hidden || c->filed) && list_may_see(x->rq, c))
            x->columns[x->count++] = c;
    }
}

static str label_make(struct export *x, const struct list_column *c, str code)
{
    if (c->dictionary)
        return dictionary_label(x->rq, c->dictionary, code);
    return c->states ? text_label(c->states, code) : code;
}

static str label_of(struct export *x, const struct list_column *c, str code)
{
    for (size_t i = 0; i < x->label_count; i++)
        if (x->labels[i].column == c && str_eq(x->labels[i].code, code))
            return x->labels[i].words;
    str words = label_make(x, c, code);
    if (x->label_count < LABELS_MAX)
        x->labels[x->label_count++] = (struct label){ c, arena_str(x->rq->mem, code), words };
    return words;
}

static str day_text(struct arena *mem, i64 day)
{
    int year, month, mday;
    if (day == 0 || day == -1)
        return str_of("");
    day_to_civil(day, &year, &month, &mday);
    return arena_printf(mem, "%04d-%02d-%02d", year, month, mday);
}

static str time_text(struct arena *mem, i64 ms)
{
    if (ms == 0)
        return str_of("");
    i64 minutes = (ms - day_start_ms(day_of_ms(ms))) / MINUTE_MS;
    str day = day_text(mem, day_of_ms(ms));
    return arena_printf(mem, "%.*s %02d:%02d", (int)day.len, day.ptr, (int)(minutes / 60),
                        (int)(minutes % 60));
}

static str words_of(struct export *x, size_t i, i64 number, str text)
{
    const struct list_column *c = x->columns[i];
    switch (c->kind) {
    case LIST_DAY:
        return day_text(x->scratch, number);
    case LIST_TIME:
        return time_text(x->scratch, number);
    case LIST_BOOL:
        return text_find(number ? "list.yes" : "list.no");
    case LIST_CODE:
        return text.len ? label_of(x, c, text) : text;
    case LIST_NUMBER:
        return arena_printf(x->scratch, "%lld", (long long)number);
    case LIST_TEXT:
        break;
    }
    return text;
}

/* RFC 4180: quoted when it must be. */
static void csv_cell(struct export *x, str text)
{
    text = cell_safe(x->scratch, text);
    bool quote = false;
    for (size_t i = 0; i < text.len && !quote; i++)
        quote = memchr(",;\"\r\n\t ", text.ptr[i], 7) != NULL;
    if (!quote) {
        buf_add(x->csv, text);
        return;
    }
    size_t from = 0;
    buf_put_byte(x->csv, '"');
    for (size_t i = 0; i < text.len; i++)
        /* goes out twice: at the end of this run and at the begin of the next */
        if (text.ptr[i] == '"') {
            buf_add(x->csv, str_sub(text, from, i - from + 1));
            from = i;
        }
    buf_add(x->csv, str_sub(text, from, text.len));
    buf_put_byte(x->csv, '"');
}

static err csv_row_end(struct export *x)
{
    buf_put(x->csv, "\r\n");
    if (x->csv->len < PIECE && !buf_is_full(x->csv))
        return OK;
    err e = buf_is_full(x->csv) ? err_make(ERR_LIMIT, "list.row_too_big")
                                : temp_write(x->fd, buf_str(x->csv));
    x->csv->len = 0;
    return e;
}

static void cell_put(struct export *x, size_t i, const void *row)
{
    const char *at = (const char *)row + x->columns[i]->field.offset;
    enum field_type type = x->columns[i]->field.type;
    str text = type == FIELD_STR ? *(const str *)(const void *)at : str_of("");
    i64 number = type == FIELD_I64    ? *(const i64 *)(const void *)at
                 : type == FIELD_BOOL ? *(const bool *)(const void *)at
                                      : 0;
    enum list_kind kind = x->columns[i]->kind;
    if (x->book && kind == LIST_NUMBER)
        workbook_number(x->book, number);
    else if (x->book && kind == LIST_DAY)
        workbook_day(x->book, number);
    else if (x->book)
        workbook_text(x->book, words_of(x, i, number, text));
    else
        csv_cell(x, words_of(x, i, number, text));
}

static err row_put(void *context, const void *row)
{
    struct export *x = context;
    for (size_t i = 0; i < x->count; i++) {
        if (i && !x->book)
            buf_put_byte(x->csv, ',');
        cell_put(x, i, row);
    }
    if (!x->book)
        return csv_row_end(x);
    workbook_row_end(x->book);
    return OK;
}

static err head_put(struct export *x)
{
    if (!x->book)
        buf_put(x->csv, "\uFEFF");
    for (size_t i = 0; i < x->count; i++) {
        str key =
            arena_printf(x->rq->mem, "%s.column.%s", x->list->name, x->columns[i]->field.name);
        if (i && !x->book)
            buf_put_byte(x->csv, ',');
        if (x->book)
            workbook_text(x->book, text_find(key.ptr));
        else
            csv_cell(x, text_find(key.ptr));
    }
    if (!x->book)
        return csv_row_end(x);
    workbook_header_end(x->book);
    return OK;
}

/* Name of the list as the menu has it. */
static str list_words(struct rq *rq, const struct list *list)
{
    str key = arena_printf(rq->mem, "menu.%s", list->name);
    return text_has(key.ptr) ? text_find(key.ptr) : str_of(list->name);
}

static err rows_put(struct export *x, const struct list_query *query)
{
    TRY(head_put(x));
    const struct list_each each = { x->scratch, row_put, x };
    TRY(list_each(x->rq, x->list, query, &each));
    return x->book ? workbook_finish(x->book, &x->fd) : temp_write(x->fd, buf_str(x->csv));
}

static void file_name(struct export *x, bool xlsx, str *name)
{
    str words = list_words(x->rq, x->list), day = day_text(x->rq->mem, x->rq->today);
    *name = arena_printf(x->rq->mem, "%.*s-%.*s.%s", (int)words.len, words.ptr, (int)day.len,
                         day.ptr, xlsx ? "xlsx" : "csv");
}

err list_export(struct rq *rq, const struct list *list, const struct list_query *query, bool xlsx,
                struct res *res)
{
    struct export *x = arena_zero(rq->mem, sizeof *x);
    *x = (struct export){ .rq = rq, .list = list, .fd = -1, .csv = buf_new(rq->mem, ROW_MAX) };
    columns_take(x);
    TRY(xlsx ? workbook_open(rq->mem, list_words(rq, list), &x->book) : temp_open(&x->fd));
    x->scratch = arena_new(SCRATCH_SOFT, 0);
    err e = rows_put(x, query);
    arena_free(x->scratch);
    if (e.code != ERR_NONE) {
        if (x->fd >= 0)
            temp_close(x->fd);
        return e;
    }
    const char *act = arena_printf(rq->mem, "%s.exported", list->name).ptr;
    str question = list_link(rq, list, query, "after", str_of(""));
    e = audit_leaving(rq,
                      &(struct audit_entry){ .act = act, .object = list->name, .after = question });
    if (e.code != ERR_NONE) {
        temp_close(x->fd);
        return e;
    }
    str name;
    file_name(x, xlsx, &name);
    res_file(res, x->fd, name,
             xlsx ? "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
                  : "text/csv; charset=utf-8",
             false);
    return OK;
}

err file_list(struct rq *rq, struct res *res)
{
    struct list_query query;
    assert(rq->route->look);
    TRY(list_parse(rq, rq->route->look->list, &query));
    return list_export(rq, rq->route->look->list, &query, str_ends(rq->path, str_of(".xlsx")), res);
}
