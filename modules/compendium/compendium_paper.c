/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The paper form of one proposal as PDF and DOCX (rules.md 2.1), as its reader may see it. How it
 * is set: platform/docs. Slow lane, with a connection that cannot write. */
#include "modules/compendium/compendium_pages.h"
#include "modules/orgs/org.h"
#include "modules/proposals/proposal.h"
#include "platform/docs/docs.h"
#include "platform/settings/settings.h"
#include "platform/text/texts.h"

enum { ROWS_MAX = 12, PARTS_MAX = 12 };

/* What the paper shows. */
struct paper {
    struct rq *rq;
    const struct proposal *p;
    struct proposal_sheet sheet;
    struct rows drafters;
    struct paper_row rows[ROWS_MAX];
    size_t row_count;
    struct paper_part parts[PARTS_MAX];
    size_t part_count;
};

static void row_add(struct paper *paper, const char *label, str value)
{
    if (value.len)
        paper->rows[paper->row_count++] = (struct paper_row){ text_find(label), value };
}

static void part_add(struct paper *paper, const char *heading, str text)
{
    if (text.len == 0)
        return;
    paper->parts[paper->part_count++] = (struct paper_part){ PAPER_HEADING1, text_find(heading) };
    paper->parts[paper->part_count++] = (struct paper_part){ PAPER_BODY, text };
}

static str wishes_words(struct paper *paper)
{
    const struct wish *all = paper->sheet.wishes.items;
    strs names = { 0 };
    for (size_t i = 0; i < paper->sheet.wishes.count; i++)
        if (str_is(all[i].by_whom, "proposer"))
            strs_add(paper->rq->mem, &names,
                     text_format(paper->rq->mem,
                                 str_is(all[i].role, "host") ? "proposals.paper.host"
                                                             : "proposals.paper.cohost",
                                 all[i].name, str_of("")));
    return proposal_join(paper->rq->mem, &names, text_find("proposals.and"));
}

static void rows_make(struct paper *paper)
{
    struct rq *rq = paper->rq;
    const struct proposal *p = paper->p;
    const struct proposer *lead = paper->sheet.proposers.items;
    str number = proposal_number(rq, p);
    row_add(paper, p->docket_no ? "proposals.paper.number" : "proposals.paper.serial", number);
    if (p->category.len)
        row_add(paper, "proposals.paper.category",
                dictionary_label(rq, "proposals.categories", p->category));
    row_add(paper, "proposals.paper.subject", p->title);
    row_add(paper, "proposals.paper.proposers", proposal_signers(rq, &paper->sheet.proposers));
    if (paper->sheet.proposers.count)
        row_add(paper, "proposals.paper.contact", lead->contact);
    row_add(paper, "proposals.paper.drafters", proposal_drafters(rq, &paper->drafters));
    row_add(paper, "proposals.paper.kind", text_label("proposals.kind", p->kind));
    if (p->consent.len)
        row_add(paper, "proposals.paper.consent", text_label("proposals.consent", p->consent));
    row_add(paper, "proposals.paper.wishes", wishes_words(paper));
    row_add(paper, "proposals.paper.submitted", proposal_day_words(rq, p->submitted_at));
}

static str numbered(struct rq *rq, const strs *texts)
{
    strs lines = { 0 };
    for (size_t i = 0; i < texts->count; i++)
        strs_add(rq->mem, &lines,
                 text_format(rq->mem, "proposals.paper.numbered",
                             arena_printf(rq->mem, "%zu", i + 1), texts->items[i]));
    return proposal_join(rq->mem, &lines, str_of("\n"));
}

static str findings_words(struct paper *paper)
{
    const struct finding *all = paper->sheet.findings.items;
    strs texts = { 0 };
    for (size_t i = 0; i < paper->sheet.findings.count; i++)
        strs_add(paper->rq->mem, &texts, all[i].text);
    return proposal_join(paper->rq->mem, &texts, str_of("\n"));
}

static void parts_make(struct paper *paper)
{
    const struct proposal *p = paper->p;
    part_add(paper, "proposals.paper.situation", p->situation);
    part_add(paper, "proposals.paper.analysis", p->analysis);
    part_add(paper, "proposals.paper.suggestions", numbered(paper->rq, &paper->sheet.suggestions));
    part_add(paper, "proposals.paper.research", p->researched ? p->research : str_of(""));
    part_add(paper, "proposals.paper.findings", findings_words(paper));
}

/* The form of the proposal in the path, as the actor may see it. */
static err paper_make(struct rq *rq, struct paper_form *out)
{
    struct proposal *p = arena_zero(rq->mem, sizeof *p);
    struct paper *paper = arena_zero(rq->mem, sizeof *paper);
    struct org house;
    *paper = (struct paper){ .rq = rq, .p = p };
    TRY(proposal_find(rq, rq->path_id, p));
    TRY(proposal_sheet_load(rq, p, &paper->sheet));
    TRY(proposal_list_drafters(rq, p->id, &paper->drafters));
    TRY(org_find_cppcc(rq, &house));
    rows_make(paper);
    parts_make(paper);
    *out = (struct paper_form){
        .title = text_format(rq->mem, "proposals.paper.title", house.name, str_of("")),
        .rows = paper->rows,
        .row_count = paper->row_count,
        .parts = paper->parts,
        .part_count = paper->part_count,
        .footer = p->digest.len
                      ? text_format(rq->mem, "proposals.paper.footer", p->digest, str_of(""))
                      : str_of(""),
    };
    return OK;
}

err file_compendium_pdf(struct rq *rq, struct res *res)
{
    struct paper_form form;
    bytes pdf;
    TRY(paper_make(rq, &form));
    TRY(paper_form_pdf(rq->mem, &form, &pdf));
    res_bytes(res, pdf, text_find("proposals.paper.file"), "application/pdf", true);
    return OK;
}

err file_compendium_docx(struct rq *rq, struct res *res)
{
    struct paper_form form;
    bytes docx;
    TRY(paper_make(rq, &form));
    TRY(paper_form_docx(rq->mem, &form, &docx));
    res_bytes(res, docx, text_find("proposals.paper.word"), DOCX_TYPE, false);
    return OK;
}
