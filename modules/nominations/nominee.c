/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Lists of nominees: their order, the shares that the parties look at, PDF, DOCX, workbook. Each
 * file is in the log before it leaves. Who is on a list is for whom it is to say. */
#include "modules/nominations/nominee.h"

#include <stddef.h>
#include <stdlib.h>

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

/* ---- who, and in which order ---- */

struct nominee nominee_of(const struct nomination *n)
{
    return (struct nominee){
        .sector_id = n->sector_id,
        .birth_on = n->birth_on,
        .name = n->name,
        .gender = n->gender,
        .ethnic = n->ethnic,
        .party = n->party,
        .employer = n->employer,
        .job = n->job,
        .sector = n->sector,
        .nominator = n->nominator,
        .remark = text_find(n->member_id ? "nominations.paper.former" : "nominations.paper.fresh"),
    };
}

void nominees_of(struct rq *rq, const struct rows *nominations, struct rows *out)
{
    const struct nomination *all = nominations->items;
    struct nominee *nominees = arena_array(rq->mem, nominations->count + 1, sizeof *nominees);
    for (size_t i = 0; i < nominations->count; i++) {
        nominees[i] = nominee_of(&all[i]);
        nominees[i].at = i;
    }
    *out = (struct rows){ nominees, nominations->count, sizeof *nominees };
}

static size_t place_of(const struct rows *sectors, i64 sector_id)
{
    const struct body *all = sectors->items;
    size_t i = 0;
    while (i < sectors->count && all[i].id != sector_id)
        i++;
    return i;
}

struct ranked {
    struct nominee nominee;
    size_t rank; /* by strokes */
};

static int by_place(const void *a, const void *b)
{
    const struct ranked *x = a, *y = b;
    if (x->nominee.place != y->nominee.place)
        return x->nominee.place < y->nominee.place ? -1 : 1;
    return x->rank < y->rank ? -1 : x->rank > y->rank;
}

err nominees_order(struct rq *rq, i64 on, struct rows *nominees)
{
    struct rows sectors;
    TRY(sector_list(rq, on, &sectors));
    strokes_order(rq->mem, nominees, offsetof(struct nominee, name));
    struct nominee *all = nominees->items;
    struct ranked *ranked = arena_array(rq->mem, nominees->count + 1, sizeof *ranked);
    for (size_t i = 0; i < nominees->count; i++) {
        ranked[i] = (struct ranked){ all[i], i };
        ranked[i].nominee.place = place_of(&sectors, all[i].sector_id);
    }
    if (nominees->count)
        qsort(ranked, nominees->count, sizeof *ranked, by_place);
    for (size_t i = 0; i < nominees->count; i++)
        all[i] = ranked[i].nominee;
    return OK;
}

/* ---- shares ---- */

bool nominee_is_other(str party)
{
    return party.len && !str_is(party, "cpc") && !str_is(party, "cpc_probationary");
}

bool nominee_is_minority(str ethnic)
{
    return ethnic.len && !str_starts(ethnic, text_find("members.han"));
}

static str share(struct arena *mem, const char *name, i64 part, size_t whole)
{
    return text_format(mem, name, str_number(mem, part), nomination_percent(mem, part, (i64)whole));
}

str nominee_sums(struct rq *rq, const struct nominee_list *list)
{
    struct arena *mem = rq->mem;
    const struct nominee *all = list->nominees.items;
    size_t count = list->nominees.count;
    i64 women = 0, others = 0, minority = 0;
    for (size_t i = 0; i < count; i++) {
        women += str_is(all[i].gender, "female");
        others += nominee_is_other(all[i].party);
        minority += nominee_is_minority(all[i].ethnic);
    }
    str head = text_format(mem, "nominations.paper.all", text_date(mem, rq->today),
                           str_number(mem, (i64)count));
    str first = text_format(mem, "nominations.paper.and",
                            share(mem, "nominations.paper.women", women, count),
                            share(mem, "nominations.paper.others", others, count));
    str shares = text_format(mem, "nominations.paper.and", first,
                             share(mem, "nominations.paper.minority", minority, count));
    if (list->note.len)
        head = text_format(mem, "nominations.paper.under", head, list->note);
    return text_format(mem, "nominations.paper.under", head, shares);
}

/* ---- cells ---- */

str nominee_born(struct arena *mem, i64 birth_on)
{
    int year, month, mday;
    if (birth_on == BIRTH_UNKNOWN)
        return str_of("");
    day_to_civil(birth_on, &year, &month, &mday);
    return text_format(mem, "nominations.paper.birth", arena_printf(mem, "%d", year),
                       arena_printf(mem, "%d", month));
}

static str gender_label(str gender)
{
    return gender.len ? text_label("members.gender", gender) : gender;
}

static void cells_of(struct rq *rq, const struct nominee *n, size_t row, str *cells)
{
    *cells++ = str_number(rq->mem, (i64)row + 1);
    *cells++ = n->sector;
    *cells++ = n->name;
    *cells++ = gender_label(n->gender);
    *cells++ = n->ethnic;
    *cells++ = dictionary_label(rq, "members.parties", n->party);
    *cells++ = nominee_born(rq->mem, n->birth_on);
    *cells++ = arena_printf(rq->mem, "%.*s%.*s", (int)n->employer.len, n->employer.ptr,
                            (int)n->job.len, n->job.ptr);
    *cells++ = n->nominator;
    *cells = n->remark;
}

/* ---- files ---- */

static str file_name(struct rq *rq, const struct nominee_list *list, const char *ending)
{
    return text_format(rq->mem, "nominations.paper.file", list->title, str_of(ending));
}

static err leaves(struct rq *rq, const struct nominee_list *list)
{
    return audit_leaving(rq, &(struct audit_entry){ .act = list->act,
                                                    .object = list->object,
                                                    .object_id = list->object_id });
}

static err paper_make(struct rq *rq, const struct nominee_list *from, struct paper_list *list)
{
    const struct nominee *all = from->nominees.items;
    size_t count = from->nominees.count;
    struct paper_column *columns = arena_array(rq->mem, COLUMNS, sizeof *columns);
    struct paper_list_part *part = arena_array(rq->mem, 1, sizeof *part);
    str *cells = arena_array(rq->mem, count * COLUMNS + 1, sizeof *cells);
    for (size_t i = 0; i < COLUMNS; i++)
        columns[i] = (struct paper_column){ text_find(LABELS[i]), WIDTHS[i] };
    for (size_t i = 0; i < count; i++)
        cells_of(rq, &all[i], i, cells + i * COLUMNS);
    *part = (struct paper_list_part){ text_find("nominations.paper.order"), cells, count };
    *list = (struct paper_list){ .title = from->title,
                                 .subtitle = nominee_sums(rq, from),
                                 .columns = columns,
                                 .column_count = COLUMNS,
                                 .parts = part,
                                 .part_count = 1 };
    return leaves(rq, from);
}

err nominee_list_pdf(struct rq *rq, const struct nominee_list *from, struct res *res)
{
    struct paper_list list;
    bytes pdf;
    TRY(paper_make(rq, from, &list));
    TRY(paper_list_pdf(rq->mem, &list, &pdf));
    res_bytes(res, pdf, file_name(rq, from, "pdf"), "application/pdf", true);
    return OK;
}

err nominee_list_docx(struct rq *rq, const struct nominee_list *from, struct res *res)
{
    struct paper_list list;
    bytes docx;
    TRY(paper_make(rq, from, &list));
    TRY(paper_list_docx(rq->mem, &list, &docx));
    res_bytes(res, docx, file_name(rq, from, "docx"), DOCX_TYPE, false);
    return OK;
}

err nominee_list_xlsx(struct rq *rq, const struct nominee_list *from, struct res *res)
{
    const struct nominee *all = from->nominees.items;
    struct workbook *book;
    str cells[COLUMNS];
    int fd;
    TRY(leaves(rq, from));
    TRY(workbook_open(rq->mem, text_find("nominations.paper.sheet"), &book));
    for (size_t i = 0; i < COLUMNS; i++)
        workbook_text(book, text_find(LABELS[i]));
    workbook_header_end(book);
    for (size_t i = 0; i < from->nominees.count; i++) {
        cells_of(rq, &all[i], i, cells);
        workbook_number(book, (i64)i + 1);
        for (size_t k = 1; k < COLUMNS; k++)
            workbook_text(book, cells[k]);
        workbook_row_end(book);
    }
    workbook_text(book, nominee_sums(rq, from));
    workbook_row_end(book);
    TRY(workbook_finish(book, &fd));
    res_file(res, fd, file_name(rq, from, "xlsx"),
             "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", false);
    return OK;
}
