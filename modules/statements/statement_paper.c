/* SPDX-License-Identifier: MulanPSL-2.0 */
/* A report as PDF and DOCX, with what was said to it and how was voted. Slow lane, with a
 * connection that cannot write. */
#include "modules/orgs/org.h"
#include "modules/statements/ballot.h"
#include "platform/base/str.h"
#include "platform/docs/docs.h"
#include "platform/text/text_date.h"
#include "platform/text/texts.h"

enum { ROWS = 5, PARTS_MAX = 512, NUMERALS = 10 };

struct paper {
    struct rq *rq;
    struct statement s;
    struct paper_row rows[ROWS];
    struct paper_part parts[PARTS_MAX];
    size_t part_count;
};

/* Whether a line is a heading as the report's draft has them: "一、…", of few characters. */
static bool is_heading(struct rq *rq, str line)
{
    for (int i = 1; i <= NUMERALS; i++) {
        str numeral = text_find(arena_printf(rq->mem, "statements.numeral.%d", i).ptr);
        if (str_starts(line, text_format(rq->mem, "statements.heading", numeral, str_of(""))))
            return str_chars(line) <= ROWS * NUMERALS;
    }
    return false;
}

static void part_add(struct paper *p, enum paper_kind kind, str text)
{
    if (p->part_count < PARTS_MAX && text.len)
        p->parts[p->part_count++] = (struct paper_part){ kind, text };
}

static void body_add(struct paper *p, str body)
{
    str line;
    while (str_split(&body, '\n', &line))
        part_add(p, is_heading(p->rq, line) ? PAPER_HEADING1 : PAPER_BODY, line);
}

static err remarks_add(struct paper *p)
{
    struct rows rows;
    TRY(remark_list(p->rq, p->s.id, &rows));
    const struct remark *all = rows.items;
    if (rows.count)
        part_add(p, PAPER_HEADING1, text_find("statements.paper.remarks"));
    for (size_t i = 0; i < rows.count; i++) {
        part_add(p, PAPER_BODY, all[i].text);
        part_add(p, PAPER_NOTE,
                 text_format(p->rq->mem, "statements.paper.remarked", all[i].remarker_name,
                             text_date(p->rq->mem, day_of_ms(all[i].remarked_at))));
    }
    return OK;
}

/* Votes on this report, grade by grade. */
static err ballots_add(struct paper *p)
{
    struct arena *mem = p->rq->mem;
    struct rows rows;
    TRY(ballot_list_of(p->rq, p->s.member_id, p->s.year, &rows));
    const struct ballot_result *all = rows.items;
    for (size_t i = 0; i < rows.count; i++) {
        if (all[i].statement_id != p->s.id)
            continue;
        const struct ballot_count c = { .excellent = all[i].excellent,
                                        .competent = all[i].competent,
                                        .basic = all[i].basic,
                                        .incompetent = all[i].incompetent,
                                        .abstained = all[i].abstained };
        part_add(p, PAPER_HEADING1, text_find("ballots.paper"));
        for (size_t g = 0; g < BALLOT_GRADES; g++)
            part_add(p, PAPER_BODY,
                     text_format(mem, "ballots.paper.votes",
                                 text_label("ballots", str_of(BALLOT_GRADE_CODES[g])),
                                 str_number(mem, ballot_votes(&c, g))));
        part_add(p, PAPER_NOTE,
                 text_format(mem, "ballots.paper.valid", text_date(mem, all[i].held_on),
                             str_number(mem, all[i].valid)));
    }
    return OK;
}

static err paper_make(struct rq *rq, struct paper *p, struct paper_form *out)
{
    struct org house;
    p->rq = rq;
    TRY(statement_find(rq, rq->path_id, &p->s));
    if (p->s.body.len == 0)
        return err_make(ERR_NOT_FOUND, "statements.no_paper");
    TRY(org_find_cppcc(rq, &house));
    str year = arena_printf(rq->mem, "%lld", (long long)p->s.year);
    i64 on = p->s.submitted_at ? day_of_ms(p->s.submitted_at) : rq->today;
    size_t n = 0;
    p->rows[n++] = (struct paper_row){ text_find("statements.column.name"), p->s.name };
    p->rows[n++] = (struct paper_row){ text_find("statements.column.sector"), p->s.sector };
    p->rows[n++] = (struct paper_row){ text_find("statements.column.post"), p->s.post };
    p->rows[n++] = (struct paper_row){ text_find("statements.paper.on"), text_date(rq->mem, on) };
    body_add(p, p->s.body);
    TRY(remarks_add(p));
    TRY(ballots_add(p));
    *out = (struct paper_form){ .title = text_format(rq->mem, "statements.paper.title", house.name,
                                                     year),
                                .rows = p->rows,
                                .row_count = n,
                                .parts = p->parts,
                                .part_count = p->part_count };
    return OK;
}

static str name_of(struct paper *p, const char *ending)
{
    return text_format(p->rq->mem, "statements.paper.file_name",
                       text_format(p->rq->mem, "statements.of", p->s.name,
                                   arena_printf(p->rq->mem, "%lld", (long long)p->s.year)),
                       str_of(ending));
}

err file_statement_pdf(struct rq *rq, struct res *res)
{
    struct paper *p = arena_zero(rq->mem, sizeof *p);
    struct paper_form form;
    bytes pdf;
    TRY(paper_make(rq, p, &form));
    TRY(paper_form_pdf(rq->mem, &form, &pdf));
    res_bytes(res, pdf, name_of(p, ".pdf"), "application/pdf", true);
    return OK;
}

err file_statement_docx(struct rq *rq, struct res *res)
{
    struct paper *p = arena_zero(rq->mem, sizeof *p);
    struct paper_form form;
    bytes docx;
    TRY(paper_make(rq, p, &form));
    TRY(paper_form_docx(rq->mem, &form, &docx));
    res_bytes(res, docx, name_of(p, ".docx"), DOCX_TYPE, false);
    return OK;
}
