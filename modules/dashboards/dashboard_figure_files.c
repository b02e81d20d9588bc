/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The pages of figures as workbooks, and the overview as paper. Slow lane, with a connection that
 * cannot write. What stands in them: dashboard_gather.c. */
#include "modules/dashboards/dashboard_gather.h"
#include "platform/docs/docs.h"
#include "platform/text/texts.h"

enum { LINE_MAX_BYTES = 4000, ROOM = 64 };

static const char XLSX_TYPE[] = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/* ---- workbooks ---- */

static void table_write(const struct figure_table *t, struct workbook *w)
{
    workbook_text(w, t->caption);
    workbook_row_end(w);
    workbook_text(w, t->first);
    for (size_t i = 0; i < t->head_count; i++)
        workbook_text(w, t->heads[i].label);
    workbook_row_end(w);
    for (size_t i = 0; i < t->count; i++) {
        workbook_text(w, t->lines[i].label);
        for (size_t c = 0; c < t->head_count; c++)
            if (t->lines[i].cells[c].rate.len)
                workbook_text(w, t->lines[i].cells[c].rate);
            else
                workbook_number(w, t->lines[i].cells[c].value);
        workbook_row_end(w);
    }
    workbook_row_end(w);
}

static str words_of(const struct figures *f, const char *what)
{
    return text_find(arena_printf(f->set.rq->mem, "%s%s", f->set.world->words, what).ptr);
}

/* Totals with what each means, where the page has them; then its tables. */
err figures_write_book(struct rq *rq, const struct figures *f, const struct figure_table *totals,
                       struct res *res)
{
    struct workbook *w;
    int fd = -1;
    TRY(workbook_open(rq->mem, words_of(f, "sheet"), &w));
    workbook_text(w, words_of(f, "item"));
    workbook_text(w, f->session_name);
    workbook_text(w, words_of(f, "meaning"));
    workbook_header_end(w);
    for (size_t i = 0; totals && i < totals->count; i++) {
        const struct figure_line *line = &totals->lines[i];
        workbook_text(w, line->label);
        if (line->cells[0].rate.len)
            workbook_text(w, line->cells[0].rate);
        else
            workbook_number(w, line->cells[0].value);
        workbook_text(w, line->meaning);
        workbook_row_end(w);
    }
    workbook_row_end(w);
    for (size_t i = 0; i < f->table_count; i++)
        table_write(&f->tables[i], w);
    TRY(workbook_finish(w, &fd));
    res_file(res, fd, words_of(f, "file"), XLSX_TYPE, false);
    return OK;
}

err file_dashboard_figures(struct rq *rq, struct res *res)
{
    struct figures *f = arena_zero(rq->mem, sizeof *f);
    struct figure_table totals;
    TRY(figures_of_overview(rq, f));
    const struct figure_set *set = &f->set;
    figure_table_compare(&set, 1, &totals);
    return figures_write_book(rq, f, &totals, res);
}

err file_dashboard_units(struct rq *rq, struct res *res)
{
    struct figures *f = arena_zero(rq->mem, sizeof *f);
    TRY(figures_of_units(rq, f));
    return figures_write_book(rq, f, NULL, res);
}

err file_dashboard_days(struct rq *rq, struct res *res)
{
    struct figures *f = arena_zero(rq->mem, sizeof *f);
    TRY(figures_of_days(rq, f));
    return figures_write_book(rq, f, NULL, res);
}

err file_dashboard_compare(struct rq *rq, struct res *res)
{
    struct figures *f = arena_zero(rq->mem, sizeof *f);
    TRY(figures_of_sessions(rq, f));
    return figures_write_book(rq, f, NULL, res);
}

/* ---- paper ---- */

static str cell_words(struct rq *rq, const struct figure_cell *cell)
{
    return cell->rate.len ? cell->rate : arena_printf(rq->mem, "%lld", (long long)cell->value);
}

/* "交通：收到 12，立案 10，…", what is none left out. */
static str line_words(struct rq *rq, const struct figure_table *t, const struct figure_line *line)
{
    struct buf *b = buf_new(rq->mem, LINE_MAX_BYTES);
    for (size_t c = 0; c < t->head_count; c++)
        if (line->cells[c].rate.len || line->cells[c].value)
            buf_add(b, text_format(rq->mem,
                                   b->len ? "proposals.figures.and_one" : "proposals.figures.one",
                                   t->heads[c].label, cell_words(rq, &line->cells[c])));
    return text_format(rq->mem, "proposals.figures.with", line->label, buf_str(b));
}

static void parts_make(struct rq *rq, const struct figures *f, struct paper_form *form)
{
    size_t room = 0;
    for (size_t i = 0; i < f->table_count; i++)
        room += f->tables[i].count + 1;
    struct paper_part *parts = arena_array(rq->mem, room + 1, sizeof *parts);
    for (size_t i = 0; i < f->table_count; i++) {
        const struct figure_table *t = &f->tables[i];
        if (t->count)
            parts[form->part_count++] = (struct paper_part){ PAPER_HEADING1, t->caption };
        for (size_t k = 0; k < t->count; k++)
            parts[form->part_count++] =
                (struct paper_part){ PAPER_BODY, line_words(rq, t, &t->lines[k]) };
    }
    form->parts = parts;
}

err doc_dashboard_figures(struct rq *rq, struct res *res)
{
    struct figures *f = arena_zero(rq->mem, sizeof *f);
    struct figure_table totals;
    bytes pdf;
    TRY(figures_of_overview(rq, f));
    const struct figure_set *set = &f->set;
    figure_table_compare(&set, 1, &totals);
    struct paper_row *rows = arena_array(rq->mem, totals.count + 1, sizeof *rows);
    struct paper_form form = { .title = text_find("proposals.figures.paper"),
                               .subtitle = f->session_name,
                               .rows = rows,
                               .footer = text_format(rq->mem, "proposals.figures.as_of",
                                                     text_day(rq->mem, rq->today), str_of("")) };
    for (size_t i = 0; i < totals.count; i++)
        rows[form.row_count++] =
            (struct paper_row){ totals.lines[i].label, cell_words(rq, &totals.lines[i].cells[0]) };
    parts_make(rq, f, &form);
    TRY(paper_form_pdf(rq->mem, &form, &pdf));
    res_bytes(res, pdf, text_find("proposals.figures.paper_file"), "application/pdf", true);
    return OK;
}
