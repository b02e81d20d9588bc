/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The meeting's list on paper: PDF and DOCX with a new page for each agency, XLSX in one sheet. An
 * agency gets its own lines. How lists are drawn: platform/docs. */
#include "modules/preassignments/preassignment.h"
#include "modules/preassignments/preassignment_pages.h"
#include "modules/proposals/proposal.h"
#include "modules/proposals/proposal_list.h"
#include "platform/audit/audit.h"
#include "platform/base/str.h"
#include "platform/docs/docs.h"
#include "platform/text/text_date.h"
#include "platform/text/texts.h"

enum { COLUMNS = 6, WORDS_MAX = 8000, SCRATCH_SOFT = 1 << 20 };

static const i64 WIDTHS[COLUMNS] = { 46, 88, 30, 20, 27, 50 };
static const char *const LABELS[COLUMNS] = {
    "preassignments.paper.number", "preassignments.paper.title", "preassignments.paper.proposer",
    "preassignments.paper.role",   "preassignments.paper.due",   "preassignments.paper.answer"
};

/* A part that grows; agency 0: what is put to nobody yet. */
struct part {
    i64 agency_id, hosts, cohosts;
    str name;
    strs cells;
};

struct paper {
    struct rq *rq;
    struct preassignment_meeting m;
    struct part *parts;
    size_t count;
    bool cut; /* only the first lines are in it, and it says so */
};

/* "有异议：不是我局职责；建议由市水务局办理". */
static str answer_words(struct rq *rq, const struct preassignment *p)
{
    struct buf *b = buf_new(rq->mem, WORDS_MAX);
    buf_add(b, p->handed_at > 0 ? text_find("preassignments.handed_state")
               : p->silent      ? text_find("preassignments.silent")
                                : text_label("states.preassignments", p->state));
    if (str_is(p->state, "objected"))
        buf_add(b, text_format(rq->mem, "preassignments.paper.why", p->reason, str_of("")));
    if (str_is(p->state, "objected") && p->better_agency_name.len)
        buf_add(b, text_format(rq->mem, "preassignments.paper.better", p->better_agency_name,
                               str_of("")));
    return buf_str(b);
}

static void line_add(struct paper *paper, struct part *part, const struct preassignment *p)
{
    struct rq *rq = paper->rq;
    strs_add(rq->mem, &part->cells, p->number);
    strs_add(rq->mem, &part->cells, p->title);
    strs_add(rq->mem, &part->cells, p->proposer_name);
    strs_add(rq->mem, &part->cells, text_label("preassignments.role", p->role));
    strs_add(rq->mem, &part->cells, text_day(rq->mem, p->due_on));
    strs_add(rq->mem, &part->cells, answer_words(rq, p));
    part->cohosts += str_is(p->role, "cohost");
    part->hosts += !str_is(p->role, "cohost");
}

/* One of those that are put to nobody yet. */
static err unnamed_add(void *context, const void *row)
{
    struct paper *paper = context;
    struct rq *rq = paper->rq;
    const struct proposal_row *r = row;
    struct part *part = &paper->parts[paper->count];
    const struct proposal p = { .session_id = r->session_id,
                                .serial = r->serial,
                                .docket_no = r->docket_no };
    strs_add(rq->mem, &part->cells, proposal_number(rq, &p));
    strs_add(rq->mem, &part->cells, arena_str(rq->mem, r->title));
    strs_add(rq->mem, &part->cells, arena_str(rq->mem, r->proposer_name));
    for (size_t i = 3; i < COLUMNS; i++)
        strs_add(rq->mem, &part->cells, str_of(""));
    part->hosts++;
    return OK;
}

static err unnamed_make(struct paper *paper)
{
    struct rq *rq = paper->rq;
    struct list_query q;
    str query =
        arena_printf(rq->mem, "state=docketed&session_id=%lld", (long long)paper->m.session_id);
    TRY(list_parse_text(rq, &PROPOSAL_LIST, query, &q));
    paper->parts[paper->count] = (struct part){ .name = text_find("preassignments.paper.unnamed") };
    struct list_each each = { arena_new(SCRATCH_SOFT, 0), unnamed_add, paper };
    err e = list_each(rq, &PROPOSAL_LIST, &q, &each);
    arena_free(each.mem);
    TRY(e);
    paper->count += paper->parts[paper->count].hosts > 0;
    return OK;
}

static err paper_make(struct rq *rq, struct paper *paper)
{
    struct rows agencies, lines;
    *paper = (struct paper){ .rq = rq };
    TRY(preassignment_meeting_find(rq, rq->path_id, &paper->m));
    TRY(preassignment_meeting_agencies(rq, &paper->m, &agencies));
    TRY(preassignment_meeting_lines(rq, &paper->m, 0, &lines, &paper->cut));
    const struct preassignment_meeting_agency *all = agencies.items;
    const struct preassignment *p = lines.items;
    paper->parts = arena_zero(rq->mem, (agencies.count + 1) * sizeof *paper->parts);
    for (size_t i = 0, at = 0; i < agencies.count; i++) {
        struct part *part = &paper->parts[paper->count++];
        *part = (struct part){ .agency_id = all[i].agency_id, .name = all[i].agency_name };
        for (; at < lines.count && p[at].agency_id == all[i].agency_id; at++)
            line_add(paper, part, &p[at]);
    }
    TRY(audit_leaving(rq, &(struct audit_entry){ .act = "preassignments.print",
                                                 .object = "preassignment_meetings",
                                                 .object_id = paper->m.id }));
    return preassignment_is_office(rq) ? unnamed_make(paper) : OK;
}

static str part_name(struct rq *rq, const struct part *part)
{
    str sums = part->agency_id ? text_format(rq->mem, "preassignments.paper.sums",
                                             str_number(rq->mem, part->hosts),
                                             str_number(rq->mem, part->cohosts))
                               : text_format(rq->mem, "preassignments.paper.sum",
                                             str_number(rq->mem, part->hosts), str_of(""));
    return arena_printf(rq->mem, "%.*s%.*s", (int)part->name.len, part->name.ptr, (int)sums.len,
                        sums.ptr);
}

/* "只列出前 5000 件"; empty where all are in it. */
static str cut_words(struct rq *rq, const struct paper *paper)
{
    return paper->cut ? text_format(rq->mem, "preassignments.paper.cut",
                                    str_number(rq->mem, PREASSIGNMENT_MEETING_LINES), str_of(""))
                      : str_of("");
}

static err list_make(struct rq *rq, struct paper_list *list)
{
    struct paper paper;
    TRY(paper_make(rq, &paper));
    struct paper_column *columns = arena_array(rq->mem, COLUMNS, sizeof *columns);
    for (size_t i = 0; i < COLUMNS; i++)
        columns[i] = (struct paper_column){ text_find(LABELS[i]), WIDTHS[i] };
    struct paper_list_part *parts = arena_array(rq->mem, paper.count + 1, sizeof *parts);
    for (size_t i = 0; i < paper.count; i++)
        parts[i] =
            (struct paper_list_part){ part_name(rq, &paper.parts[i]), paper.parts[i].cells.items,
                                      paper.parts[i].cells.count / COLUMNS };
    str cut = cut_words(rq, &paper),
        under = text_format(rq->mem, "preassignments.paper.under",
                            text_date(rq->mem, paper.m.held_on), paper.m.place);
    *list = (struct paper_list){
        .title = paper.m.name,
        .subtitle =
            arena_printf(rq->mem, "%.*s%.*s", (int)under.len, under.ptr, (int)cut.len, cut.ptr),
        .columns = columns,
        .column_count = COLUMNS,
        .parts = parts,
        .part_count = paper.count,
    };
    return OK;
}

static str file_name(struct rq *rq, const char *ending)
{
    return text_format(rq->mem, "preassignments.paper.file", str_of(ending), str_of(""));
}

err file_preassignment_meeting_pdf(struct rq *rq, struct res *res)
{
    struct paper_list list;
    bytes pdf;
    TRY(list_make(rq, &list));
    TRY(paper_list_pdf(rq->mem, &list, &pdf));
    res_bytes(res, pdf, file_name(rq, "pdf"), "application/pdf", true);
    return OK;
}

err file_preassignment_meeting_docx(struct rq *rq, struct res *res)
{
    struct paper_list list;
    bytes docx;
    TRY(list_make(rq, &list));
    TRY(paper_list_docx(rq->mem, &list, &docx));
    res_bytes(res, docx, file_name(rq, "docx"), DOCX_TYPE, false);
    return OK;
}

err file_preassignment_meeting_xlsx(struct rq *rq, struct res *res)
{
    struct paper paper;
    struct workbook *book;
    int fd = -1;
    TRY(paper_make(rq, &paper));
    TRY(workbook_open(rq->mem, text_find("preassignments.paper.sheet"), &book));
    workbook_text(book, text_find("preassignments.paper.agency"));
    for (size_t i = 0; i < COLUMNS; i++)
        workbook_text(book, text_find(LABELS[i]));
    workbook_header_end(book);
    for (size_t i = 0; i < paper.count; i++)
        for (size_t k = 0; k < paper.parts[i].cells.count; k++) {
            if (k % COLUMNS == 0)
                workbook_text(book, paper.parts[i].name);
            workbook_text(book, paper.parts[i].cells.items[k]);
            if (k % COLUMNS == COLUMNS - 1)
                workbook_row_end(book);
        }
    if (paper.cut) {
        workbook_text(book, cut_words(rq, &paper));
        workbook_row_end(book);
    }
    TRY(workbook_finish(book, &fd));
    res_file(res, fd, file_name(rq, "xlsx"),
             "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", false);
    return OK;
}
