/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The table of a year as a file, a workbook or CSV: what the page shows, no more. */
#include "modules/scores/scores_views.h"
#include "platform/audit/audit.h"
#include "platform/base/buf.h"
#include "platform/base/str.h"
#include "platform/docs/docs.h"
#include "platform/text/texts.h"

static const char XLSX_TYPE[] = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
static const char CSV_TYPE[] = "text/csv; charset=utf-8";

enum { CSV_MAX = 8 << 20 };

/* One of book and csv is NULL. begun: the row has a cell already. */
struct sheet {
    struct rq *rq;
    struct workbook *book;
    struct buf *csv;
    bool begun;
};

/* Every cell of CSV is quoted (RFC 4180); none of either kind becomes a formula. */
static void cell_text(struct sheet *s, str text)
{
    if (s->book) {
        workbook_text(s->book, text);
        return;
    }
    text = cell_safe(s->rq->mem, text);
    buf_put(s->csv, s->begun ? ",\"" : "\"");
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] == '"')
            buf_put_byte(s->csv, '"');
        buf_put_byte(s->csv, text.ptr[i]);
    }
    buf_put_byte(s->csv, '"');
    s->begun = true;
}

static void cell_number(struct sheet *s, i64 number)
{
    if (s->book)
        workbook_number(s->book, number);
    else
        buf_put(s->csv,
                arena_printf(s->rq->mem, s->begun ? ",%lld" : "%lld", (long long)number).ptr);
    s->begun = true;
}

/* Points are a number with a point, in CSV too, where a deduction begins with its sign. */
static void cell_points(struct sheet *s, i64 points)
{
    str text = ruleset_points(s->rq->mem, points);
    if (s->book) {
        workbook_text(s->book, text);
        return;
    }
    buf_put(s->csv, s->begun ? "," : "");
    buf_add(s->csv, text);
    s->begun = true;
}

static void row_end(struct sheet *s)
{
    if (s->book)
        workbook_row_end(s->book);
    else
        buf_put(s->csv, "\r\n");
    s->begun = false;
}

static void heads_write(struct sheet *s, struct scores_shows shows)
{
    static const char *const HEADS[] = { "code",  "name",    "sector", "committee",
                                         "state", "entries", "gates",  "met" };
    for (size_t i = 0; i < sizeof HEADS / sizeof *HEADS; i++)
        cell_text(s, text_label("scores.sheet", str_of(HEADS[i])));
    if (shows.points)
        cell_text(s, text_find("scores.sheet.points"));
    if (shows.grade)
        cell_text(s, text_find("scores.sheet.grade"));
    if (shows.ranking)
        cell_text(s, text_find("scores.sheet.place"));
    if (s->book) {
        workbook_header_end(s->book);
        s->begun = false;
    } else {
        row_end(s);
    }
}

static void row_write(struct sheet *s, const struct scores_list_view *v,
                      const struct scores_row *row)
{
    cell_text(s, row->person->code);
    cell_text(s, row->person->name);
    cell_text(s, row->person->sector);
    cell_text(s, row->person->committee);
    cell_text(s, scores_stand_words(row->person));
    cell_number(s, row->entries);
    cell_number(s, scores_count(row->score->duties));
    cell_number(s, scores_count(row->score->met));
    if (v->shows.points)
        cell_points(s, row->score->total);
    if (v->shows.grade)
        cell_text(s, scores_grade(v->period, row));
    if (v->shows.ranking)
        cell_number(s, row->place);
    row_end(s);
}

static err rows_write(struct sheet *s, str *year)
{
    struct scores_period period;
    struct scores_list_view v = { 0 };
    struct rows rows;
    TRY(scores_list_load(s->rq, &period, &rows, &v));
    const struct scores_row *all = rows.items;
    *year = arena_printf(s->rq->mem, "%lld", (long long)period.year);
    if (!s->csv)
        TRY(workbook_open(s->rq->mem, text_format(s->rq->mem, "scores.year_of", *year, str_of("")),
                          &s->book));
    heads_write(s, v.shows);
    for (size_t i = 0; i < rows.count; i++)
        row_write(s, &v, &all[i]);
    return OK;
}

static err note(struct rq *rq, str year)
{
    return audit_leaving(rq, &(struct audit_entry){
                                 .act = "scores.export", .object = "scores", .after = year });
}

err file_scores(struct rq *rq, struct res *res)
{
    struct sheet s = { .rq = rq };
    str year;
    int fd = -1;
    TRY(rows_write(&s, &year));
    TRY(workbook_finish(s.book, &fd));
    err e = note(rq, year);
    res_file(res, fd, text_format(rq->mem, "scores.file", year, str_of("xlsx")), XLSX_TYPE, false);
    return e;
}

err file_scores_csv(struct rq *rq, struct res *res)
{
    struct sheet s = { .rq = rq, .csv = buf_new(rq->mem, CSV_MAX) };
    str year;
    buf_put(s.csv, "\xEF\xBB\xBF");
    TRY(rows_write(&s, &year));
    if (buf_is_full(s.csv))
        return err_make(ERR_LIMIT, "web.answer_too_big");
    TRY(note(rq, year));
    str text = buf_str(s.csv);
    res_bytes(res, (bytes){ (const unsigned char *)text.ptr, text.len },
              text_format(rq->mem, "scores.file", year, str_of("csv")), CSV_TYPE, false);
    return OK;
}
