/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The page of what is held about oneself; the same taken along as a workbook or JSON. */
#include "modules/personal/personal_views.h"
#include "platform/audit/audit.h"
#include "platform/base/clock.h"
#include "platform/base/str.h"
#include "platform/docs/docs.h"
#include "platform/text/texts.h"
#include "platform/web/json.h"
#include "views/personal.h"

static const char XLSX_TYPE[] = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

enum { DAY_MINUTES = 1440, MINUTE_MS = 60000, JSON_MAX = 96 << 20 };

/* ---- the page ---- */

err slow_personal(struct rq *rq, struct res *res)
{
    struct rows *parts = arena_zero(rq->mem, sizeof *parts);
    (void)res;
    TRY(personal_parts(rq, parts));
    rq->found = parts;
    return OK;
}

static void parts_json(struct rq *rq, const struct rows *parts, struct res *res)
{
    const struct personal_part *all = parts->items;
    struct json j = json_begin(rq);
    json_array(&j, "tables");
    for (size_t i = 0; i < parts->count; i++) {
        json_object(&j, NULL);
        json_str(&j, "name", all[i].schema->name);
        json_str(&j, "title", personal_title(all[i].table));
        json_i64(&j, "rows", all[i].rows);
        json_object_end(&j);
    }
    json_array_end(&j);
    json_array(&j, "not_copied");
    for (const struct personal_table *t = PERSONAL_TABLES; t->name; t++)
        if (t->why) {
            json_object(&j, NULL);
            json_str(&j, "name", str_of(t->name));
            json_str(&j, "title", personal_title(t));
            json_str(&j, "why", text_label("personal.why", str_of(t->why)));
            json_object_end(&j);
        }
    json_array_end(&j);
    json_send(&j, res);
}

err page_personal(struct rq *rq, struct res *res)
{
    const struct rows *parts = rq->found;
    const struct personal_part *all = parts->items;
    if (rq->api) {
        parts_json(rq, parts, res);
        return OK;
    }
    struct personal_view v = { .parts = all,
                               .count = parts->count,
                               .is_member = actor_may(rq->actor, "members.own") };
    for (size_t i = 0; i < parts->count; i++)
        v.rows += all[i].rows;
    struct out *out = page_begin(rq, text_find("personal.title"), NULL);
    view_personal_show(out, &v);
    page_end(res, out);
    return OK;
}

/* ---- cells as people read them ---- */

static str time_text(struct arena *mem, i64 ms)
{
    i64 minute = (ms - day_start_ms(day_of_ms(ms))) / MINUTE_MS % DAY_MINUTES;
    str day = text_day(mem, day_of_ms(ms));
    return arena_printf(mem, "%.*s %02d:%02d", (int)day.len, day.ptr, (int)(minute / 60),
                        (int)(minute % 60));
}

static str thousandths_text(struct arena *mem, i64 n)
{
    i64 size = n < 0 ? -n : n;
    return size % 1000 ? arena_printf(mem, "%s%lld.%03lld", n < 0 ? "-" : "",
                                      (long long)(size / 1000), (long long)(size % 1000))
                       : arena_printf(mem, "%lld", (long long)(n / 1000));
}

/* The schema says by name and comment what a number is (STYLE.md 4). A birthday may lie before
 * 1970; of other days 0 is none. */
static str cell_text(struct arena *mem, const struct personal_part *part, size_t nth,
                     const struct personal_cell *cell)
{
    const struct db_column *c = &part->columns[nth];
    if (c->kind == DB_BYTES)
        return cell->text;
    if (c->kind == DB_TEXT) {
        str prefix =
            arena_printf(mem, "states.%.*s", (int)part->schema->name.len, part->schema->name.ptr);
        return str_is(c->name, "state") ? text_label(prefix.ptr, cell->text) : cell->text;
    }
    bool is_day = str_ends(c->name, str_of("_on")),
         is_time = str_ends(c->name, str_of("_at")) || str_is(c->name, "at");
    bool none = str_is(c->name, "birth_on") ? cell->number == DAY_NONE : cell->number == 0;
    if ((is_day || is_time) && none)
        return str_of("");
    return is_day    ? text_day(mem, cell->number)
           : is_time ? time_text(mem, cell->number)
           : str_find(c->comment, str_of("thousandths"), 0) >= 0
               ? thousandths_text(mem, cell->number)
               : arena_printf(mem, "%lld", (long long)cell->number);
}

/* ---- workbook ---- */

struct writing {
    struct rq *rq;
    struct workbook *book;
    struct json *json;
};

static void contents_write(struct workbook *book, const struct rows *parts)
{
    const struct personal_part *all = parts->items;
    workbook_text(book, text_find("personal.head_table"));
    workbook_text(book, text_find("personal.head_rows"));
    workbook_header_end(book);
    for (size_t i = 0; i < parts->count; i++) {
        workbook_text(book, personal_title(all[i].table));
        workbook_number(book, all[i].rows > PERSONAL_ROWS_MAX ? PERSONAL_ROWS_MAX : all[i].rows);
        workbook_row_end(book);
    }
    for (const struct personal_table *t = PERSONAL_TABLES; t->name; t++)
        if (t->why) {
            workbook_text(book, personal_title(t));
            workbook_text(book, text_label("personal.why", str_of(t->why)));
            workbook_row_end(book);
        }
}

static err row_write(void *context, const struct personal_part *part,
                     const struct personal_cell *cells)
{
    struct writing *w = context;
    for (size_t i = 0; i < part->column_count; i++) {
        struct arena_mark mark = arena_mark(w->rq->mem);
        workbook_text(w->book, cell_text(w->rq->mem, part, i, &cells[i]));
        arena_reset_to(w->rq->mem, mark);
    }
    workbook_row_end(w->book);
    return OK;
}

static err part_write(struct writing *w, const struct personal_part *part)
{
    if (part->rows == 0)
        return OK;
    workbook_sheet(w->book, personal_title(part->table));
    for (size_t i = 0; i < part->column_count; i++)
        workbook_text(w->book, text_label("personal.columns", part->columns[i].name));
    workbook_header_end(w->book);
    return personal_each(w->rq, part, row_write, w);
}

static err workbook_make(struct rq *rq, const struct rows *parts, int *fd)
{
    struct writing w = { .rq = rq };
    const struct personal_part *all = parts->items;
    TRY(workbook_open(rq->mem, text_find("personal.contents"), &w.book));
    contents_write(w.book, parts);
    for (size_t i = 0; i < parts->count; i++)
        TRY(part_write(&w, &all[i]));
    return workbook_finish(w.book, fd);
}

/* ---- JSON: values as they are stored ---- */

static err row_json(void *context, const struct personal_part *part,
                    const struct personal_cell *cells)
{
    struct writing *w = context;
    json_object(w->json, NULL);
    for (size_t i = 0; i < part->column_count; i++) {
        const struct db_column *c = &part->columns[i];
        if (c->kind == DB_ID || c->kind == DB_NUMBER)
            json_i64(w->json, c->name.ptr, cells[i].number);
        else
            json_str(w->json, c->name.ptr, cells[i].text);
    }
    json_object_end(w->json);
    return OK;
}

static err all_json(struct rq *rq, const struct rows *parts, struct res *res)
{
    const struct personal_part *all = parts->items;
    struct buf *b = buf_new(rq->mem, JSON_MAX);
    struct json j = json_on(b);
    struct writing w = { .rq = rq, .json = &j };
    json_object(&j, NULL);
    for (size_t i = 0; i < parts->count; i++) {
        json_array(&j, all[i].table->name);
        TRY(personal_each(rq, &all[i], row_json, &w));
        json_array_end(&j);
    }
    json_object_end(&j);
    if (buf_is_full(b))
        return err_make(ERR_BUSY, "personal.too_large");
    res_json(res, b);
    return OK;
}

err file_personal(struct rq *rq, struct res *res)
{
    struct rows parts;
    int fd = -1;
    TRY(personal_parts(rq, &parts));
    if (rq->api)
        TRY(all_json(rq, &parts, res));
    else
        TRY(workbook_make(rq, &parts, &fd));
    err e = audit_leaving(rq, &(struct audit_entry){ .act = "personal.export",
                                                     .object = "accounts",
                                                     .object_id = rq->actor->account_id });
    if (!rq->api)
        res_file(res, fd,
                 text_format(rq->mem, "personal.file", rq->actor->name,
                             text_day(rq->mem, rq->today)),
                 XLSX_TYPE, false);
    return e;
}
