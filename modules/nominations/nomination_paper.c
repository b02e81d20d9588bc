/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The list of nominees that a meeting has before it (建议人选名单): by sector, within it by the
 * strokes of the surname, with the shares that the parties look at. PDF, DOCX, workbook; each is in
 * the log before it leaves. */
#include <stddef.h>

#include "modules/meetings/meeting.h"
#include "modules/nominations/nomination.h"
#include "modules/orgs/org.h"
#include "platform/audit/audit.h"
#include "platform/base/clock.h"
#include "platform/base/str.h"
#include "platform/docs/docs.h"
#include "platform/settings/settings.h"
#include "platform/text/strokes.h"
#include "platform/text/text_date.h"
#include "platform/text/texts.h"

enum { COLUMNS = 10 };

static const i64 WIDTHS[COLUMNS] = { 12, 30, 24, 12, 20, 28, 22, 60, 33, 20 };
static const char *const LABELS[COLUMNS] = {
    "nominations.paper.number",      "nominations.column.sector", "nominations.column.name",
    "nominations.column.gender",     "nominations.column.ethnic", "nominations.column.party",
    "nominations.paper.born",        "nominations.paper.work",    "nominations.column.nominator",
    "nominations.paper.renominated",
};

struct paper {
    struct rq *rq;
    str meeting;
    struct rows rows;
    i64 women, others, minority; /* others: of no or another party than the CPC */
};

/* ---- order and sums ---- */

static size_t place_of(const struct rows *sectors, i64 sector_id)
{
    const struct body *all = sectors->items;
    size_t i = 0;
    while (i < sectors->count && all[i].id != sector_id)
        i++;
    return i;
}

err nomination_slate_load(struct rq *rq, struct meeting_brief *meeting, struct rows *out)
{
    struct rows sectors;
    TRY(meeting_brief_find(rq, rq->path_id, meeting));
    if (!str_is(meeting->kind, "standing"))
        return err_make(ERR_NOT_FOUND, "meetings.not_found");
    TRY(nomination_store_list_of(rq->db, meeting->id, rq->mem, out));
    TRY(sector_list(rq, rq->today, &sectors));
    strokes_order(rq->mem, out, offsetof(struct nomination, name));
    struct nomination *all = out->items;
    for (size_t i = 1; i < out->count; i++) {
        struct nomination one = all[i];
        size_t k = i, place = place_of(&sectors, one.sector_id);
        for (; k > 0 && place_of(&sectors, all[k - 1].sector_id) > place; k--)
            all[k] = all[k - 1];
        all[k] = one;
    }
    return OK;
}

static bool is_party_member(const struct nomination *n)
{
    return str_is(n->party, "cpc") || str_is(n->party, "cpc_probationary");
}

static bool is_minority(const struct nomination *n)
{
    return n->ethnic.len && !str_starts(n->ethnic, text_find("members.han"));
}

static err paper_load(struct rq *rq, struct paper *p)
{
    struct meeting_brief meeting;
    *p = (struct paper){ .rq = rq };
    TRY(nomination_slate_load(rq, &meeting, &p->rows));
    p->meeting = meeting.title;
    struct nomination *all = p->rows.items;
    size_t stay = 0; /* who withdrew is not put to the vote */
    for (size_t i = 0; i < p->rows.count; i++)
        if (!str_is(all[i].state, "withdrawn"))
            all[stay++] = all[i];
    p->rows.count = stay;
    for (size_t i = 0; i < p->rows.count; i++) {
        p->women += str_is(all[i].gender, "female");
        p->others += !is_party_member(&all[i]);
        p->minority += is_minority(&all[i]);
    }
    return audit_leaving(rq, &(struct audit_entry){ .act = "nominations.paper",
                                                    .object = "meetings",
                                                    .object_id = meeting.id });
}

static str share(const struct paper *p, const char *name, i64 part)
{
    return text_format(p->rq->mem, name, str_number(p->rq->mem, part),
                       nomination_percent(p->rq->mem, part, (i64)p->rows.count));
}

/* "2026-11-28，共 12 人；女 3 人（25.0%），…". */
static str sums(const struct paper *p)
{
    struct arena *mem = p->rq->mem;
    str head = text_format(mem, "nominations.paper.all", text_date(mem, p->rq->today),
                           str_number(mem, (i64)p->rows.count));
    str first =
        text_format(mem, "nominations.paper.and", share(p, "nominations.paper.women", p->women),
                    share(p, "nominations.paper.others", p->others));
    str all = text_format(mem, "nominations.paper.and", first,
                          share(p, "nominations.paper.minority", p->minority));
    return text_format(mem, "nominations.paper.under", head, all);
}

/* ---- cells ---- */

static str born(struct rq *rq, i64 birth_on)
{
    return str_sub(text_day(rq->mem, birth_on), 0, sizeof "2026-11" - 1);
}

static void cells_of(const struct paper *p, size_t row, str *cells)
{
    const struct nomination *n = (const struct nomination *)p->rows.items + row;
    struct rq *rq = p->rq;
    *cells++ = str_number(rq->mem, (i64)row + 1);
    *cells++ = n->sector;
    *cells++ = n->name;
    *cells++ = text_label("members.gender", n->gender);
    *cells++ = n->ethnic;
    *cells++ = dictionary_label(rq, "members.parties", n->party);
    *cells++ = born(rq, n->birth_on);
    *cells++ = arena_printf(rq->mem, "%.*s%.*s", (int)n->employer.len, n->employer.ptr,
                            (int)n->job.len, n->job.ptr);
    *cells++ = n->nominator;
    *cells = text_find(n->member_id ? "nominations.paper.former" : "nominations.paper.fresh");
}

static str title_of(const struct paper *p)
{
    return text_format(p->rq->mem, "nominations.slate", p->meeting, str_of(""));
}

static str file_name(const struct paper *p, const char *ending)
{
    return text_format(p->rq->mem, "nominations.paper.file", title_of(p), str_of(ending));
}

/* ---- files ---- */

static err list_make(struct rq *rq, struct paper *p, struct paper_list *list)
{
    TRY(paper_load(rq, p));
    struct paper_column *columns = arena_array(rq->mem, COLUMNS, sizeof *columns);
    struct paper_list_part *part = arena_array(rq->mem, 1, sizeof *part);
    str *cells = arena_array(rq->mem, p->rows.count * COLUMNS + 1, sizeof *cells);
    for (size_t i = 0; i < COLUMNS; i++)
        columns[i] = (struct paper_column){ text_find(LABELS[i]), WIDTHS[i] };
    for (size_t i = 0; i < p->rows.count; i++)
        cells_of(p, i, cells + i * COLUMNS);
    *part = (struct paper_list_part){ text_find("nominations.paper.order"), cells, p->rows.count };
    *list = (struct paper_list){ .title = title_of(p),
                                 .subtitle = sums(p),
                                 .columns = columns,
                                 .column_count = COLUMNS,
                                 .parts = part,
                                 .part_count = 1 };
    return OK;
}

err file_nomination_pdf(struct rq *rq, struct res *res)
{
    struct paper p;
    struct paper_list list;
    bytes pdf;
    TRY(list_make(rq, &p, &list));
    TRY(paper_list_pdf(rq->mem, &list, &pdf));
    res_bytes(res, pdf, file_name(&p, "pdf"), "application/pdf", true);
    return OK;
}

err file_nomination_docx(struct rq *rq, struct res *res)
{
    struct paper p;
    struct paper_list list;
    bytes docx;
    TRY(list_make(rq, &p, &list));
    TRY(paper_list_docx(rq->mem, &list, &docx));
    res_bytes(res, docx, file_name(&p, "docx"), DOCX_TYPE, false);
    return OK;
}

err file_nomination_xlsx(struct rq *rq, struct res *res)
{
    struct paper p;
    struct workbook *book;
    str cells[COLUMNS];
    int fd;
    TRY(paper_load(rq, &p));
    TRY(workbook_open(rq->mem, text_find("nominations.paper.sheet"), &book));
    for (size_t i = 0; i < COLUMNS; i++)
        workbook_text(book, text_find(LABELS[i]));
    workbook_header_end(book);
    for (size_t i = 0; i < p.rows.count; i++) {
        cells_of(&p, i, cells);
        workbook_number(book, (i64)i + 1);
        for (size_t k = 1; k < COLUMNS; k++)
            workbook_text(book, cells[k]);
        workbook_row_end(book);
    }
    workbook_text(book, sums(&p));
    workbook_row_end(book);
    TRY(workbook_finish(book, &fd));
    res_file(res, fd, file_name(&p, "xlsx"),
             "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", false);
    return OK;
}
