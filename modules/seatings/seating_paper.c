/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Who sits where on paper and as a workbook: the plan as the hall sees the rostrum, and by name. */
#include "modules/seatings/seating.h"

#include "platform/audit/audit.h"
#include "platform/base/str.h"
#include "platform/text/strokes.h"
#include "platform/text/texts.h"

static const char XLSX_TYPE[] = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

static str file_name(struct rq *rq, const struct seating *s, const char *ending)
{
    return text_format(rq->mem, "seatings.paper.file", s->title, str_of(ending));
}

static err shown(struct rq *rq, struct seating_page *v)
{
    struct seating *s = arena_zero(rq->mem, sizeof *s);
    TRY(list_find(rq, &SEATING_LIST, rq->path_id, s));
    return seating_shown_make(rq, s, str_of(""), v);
}

static str line_label(struct rq *rq, const struct seating_line_view *line)
{
    return text_format(rq->mem,
                       line->part == SEATING_FLOOR ? "seatings.paper.line"
                                                   : "seatings.paper.rostrum_line",
                       str_number(rq->mem, line->line), str_of(""));
}

static str name_of(const struct seating_chair_view *c)
{
    return c->gone ? str_of("") : c->name;
}

static struct paper_plan_line plan_line(struct rq *rq, const struct seating_line_view *line)
{
    struct paper_plan_cell *cells = arena_array(rq->mem, line->count + 1, sizeof *cells);
    for (size_t i = 0; i < line->count; i++)
        cells[i] = (struct paper_plan_cell){ name_of(&line->chairs[i]),
                                             str_number(rq->mem, line->chairs[i].number),
                                             line->chairs[i].aisle };
    return (struct paper_plan_line){ line_label(rq, line), cells, line->count };
}

err file_seating_pdf(struct rq *rq, struct res *res)
{
    struct seating_page v;
    bytes pdf;
    TRY(shown(rq, &v));
    struct paper_plan_line *lines = arena_array(rq->mem, v.line_count + 1, sizeof *lines);
    for (size_t i = 0; i < v.line_count; i++)
        lines[i] = plan_line(rq, &v.lines[i]);
    const struct paper_plan plan = { .title = text_format(rq->mem, "seatings.paper.title",
                                                          v.s->meeting_title, str_of("")),
                                     .subtitle = v.s->title,
                                     .lines = lines,
                                     .line_count = v.line_count };
    TRY(paper_plan_pdf(rq->mem, &plan, &pdf));
    res_bytes(res, pdf, file_name(rq, v.s, "pdf"), "application/pdf", true);
    return OK;
}

/* ---- name cards, in the order of the chairs ---- */

err file_seating_cards(struct rq *rq, struct res *res)
{
    const struct seating_cards_query *in = rq->input;
    struct seating_page v;
    bytes pdf;
    TRY(shown(rq, &v));
    bool all = in->of.len ? str_is(in->of, "all") : v.hall->part[SEATING_ROSTRUM].count == 0;
    str *names = arena_array(rq->mem, (size_t)v.chairs + 1, sizeof *names);
    struct paper_cards cards = { .title = v.s->title,
                                 .names = names,
                                 .large = str_is(in->size, "large") };
    for (size_t i = 0; i < v.line_count; i++)
        for (size_t k = 0; k < v.lines[i].count; k++) {
            str name = name_of(&v.lines[i].chairs[k]);
            if (name.len && (all || v.lines[i].part == SEATING_ROSTRUM))
                names[cards.count++] = name;
        }
    if (cards.count == 0)
        return err_make(ERR_CONFLICT, "seatings.no_cards");
    TRY(paper_cards_pdf(rq->mem, &cards, &pdf));
    str name =
        text_format(rq->mem, cards.large ? "seatings.paper.large_cards" : "seatings.paper.cards",
                    v.s->title, str_of(""));
    res_bytes(res, pdf, name, "application/pdf", true);
    return OK;
}

/* ---- the workbook ---- */

static void plan_sheet(struct rq *rq, struct workbook *w, const struct seating_page *v)
{
    workbook_text(w, v->s->title);
    workbook_header_end(w);
    for (size_t i = 0; i < v->line_count; i++) {
        workbook_text(w, line_label(rq, &v->lines[i]));
        for (size_t k = 0; k < v->lines[i].count; k++) {
            if (v->lines[i].chairs[k].aisle)
                workbook_text(w, str_of(""));
            workbook_text(w, name_of(&v->lines[i].chairs[k]));
        }
        workbook_row_end(w);
    }
}

static void names_sheet(struct rq *rq, struct workbook *w, const struct seating_page *v)
{
    static const char *const HEADS[] = { "seatings.paper.name", "seatings.paper.sector",
                                         "seatings.paper.seat" };
    struct seating_chair_view *seated = arena_array(rq->mem, (size_t)v->chairs + 1, sizeof *seated);
    struct rows rows = { seated, 0, sizeof *seated };
    for (size_t i = 0; i < v->line_count; i++)
        for (size_t k = 0; k < v->lines[i].count; k++)
            if (name_of(&v->lines[i].chairs[k]).len)
                seated[rows.count++] = v->lines[i].chairs[k];
    strokes_order(rq->mem, &rows, offsetof(struct seating_chair_view, name));
    workbook_sheet(w, text_find("seatings.paper.names"));
    for (size_t i = 0; i < sizeof HEADS / sizeof *HEADS; i++)
        workbook_text(w, text_find(HEADS[i]));
    workbook_header_end(w);
    for (size_t i = 0; i < rows.count; i++) {
        workbook_text(w, seated[i].name);
        workbook_text(w, seated[i].sector_name);
        workbook_text(w, seated[i].words);
        workbook_row_end(w);
    }
}

err file_seating_xlsx(struct rq *rq, struct res *res)
{
    struct seating_page v;
    struct workbook *w;
    int fd;
    TRY(shown(rq, &v));
    TRY(audit_leaving(rq, &(struct audit_entry){ .act = "seatings.workbook",
                                                 .object = "seatings",
                                                 .object_id = v.s->id }));
    TRY(workbook_open(rq->mem, text_find("seatings.paper.plan"), &w));
    plan_sheet(rq, w, &v);
    names_sheet(rq, w, &v);
    TRY(workbook_finish(w, &fd));
    res_file(res, fd, file_name(rq, v.s, "xlsx"), XLSX_TYPE, false);
    return OK;
}
