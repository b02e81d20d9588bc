/* SPDX-License-Identifier: MulanPSL-2.0 */
/* An issue on paper: red head, its opinions one after the other, where it goes, who signed, as PDF
 * and for Word. How it is set: platform/docs. Before it is signed the same paper without a number,
 * for who signs. */
#include "modules/bulletins/bulletin.h"
#include "platform/docs/docs.h"
#include "platform/text/texts.h"

enum { PARTS_EACH = 8, LINE_MAX = 1 << 16 };

/* "一、情况" and its text; number counts the headings that are there. */
static size_t section(struct rq *rq, const char *heading, str text, size_t *number,
                      struct paper_part *parts)
{
    static const char *const NUMBERS[] = { "issues.one", "issues.two", "issues.three" };
    if (text.len == 0)
        return 0;
    parts[0] = (struct paper_part){ PAPER_HEADING1,
                                    text_format(rq->mem, "issues.heading",
                                                text_find(NUMBERS[*number]), text_find(heading)) };
    parts[1] = (struct paper_part){ PAPER_BODY, text };
    (*number)++;
    return 2;
}

static size_t item_put(struct rq *rq, const struct issue *n, const struct issue_item *item,
                       struct paper_part *parts)
{
    size_t count = 0, number = 0;
    if (item->position > 1)
        parts[count++] = (struct paper_part){ PAPER_TITLE, item->title };
    count += section(rq, "opinions.situation", item->situation, &number, parts + count);
    count += section(rq, "opinions.analysis", item->analysis, &number, parts + count);
    count += section(rq, "opinions.suggestions", item->suggestions, &number, parts + count);
    if (n->named && item->reporters.len)
        parts[count++] =
            (struct paper_part){ PAPER_SIGNATURE, text_format(rq->mem, "issues.reporters",
                                                              item->reporters, str_of("")) };
    return count;
}

/* "报送：…，…。" of a body a line; empty = nothing. */
static void bodies_put(struct rq *rq, struct buf *b, const char *label, str lines)
{
    struct buf *names = buf_new(rq->mem, LINE_MAX);
    str body;
    while (str_split(&lines, '\n', &body)) {
        body = str_trim(body);
        if (body.len == 0)
            continue;
        buf_add(names, names->len ? text_find("issues.body_mark") : str_of(""));
        buf_add(names, body);
    }
    if (names->len == 0)
        return;
    buf_put(b, b->len ? "\n" : "");
    buf_add(b, text_format(rq->mem, label, buf_str(names), str_of("")));
}

/* Who signed, who edited, how many are printed. */
static str print_note(struct rq *rq, const struct issue *n)
{
    str people = text_format(rq->mem, n->signer_name.len ? "issues.people" : "issues.editor",
                             n->editor_name, n->signer_name);
    return n->printed ? text_format(rq->mem, "issues.printed_line", people,
                                    arena_printf(rq->mem, "%lld", (long long)n->printed))
                      : people;
}

static err paper_make(struct rq *rq, const struct issue *n, struct paper_letter *out)
{
    struct rows rows;
    TRY(issue_list_items(rq, n, &rows));
    const struct issue_item *all = rows.items;
    struct paper_part *parts = arena_array(rq->mem, rows.count * PARTS_EACH + 1, sizeof *parts);
    struct paper_masthead *head = arena_zero(rq->mem, sizeof *head);
    struct buf *copies = buf_new(rq->mem, 2 * LINE_MAX);
    size_t count = 0;
    *head = (struct paper_masthead){ .name = n->bulletin_name,
                                     .issue = n->serial ? n->number : text_find("issues.unsigned"),
                                     .office = n->office,
                                     .mark = n->mark,
                                     .issued_on = n->issued_on };
    for (size_t i = 0; i < rows.count; i++)
        count += item_put(rq, n, &all[i], parts + count);
    bodies_put(rq, copies, "issues.reports_line", n->reports);
    bodies_put(rq, copies, "issues.copies_line", n->copies);
    *out = (struct paper_letter){ .issuer = n->office,
                                  .masthead = head,
                                  .title = rows.count ? all[0].title : n->title,
                                  .parts = parts,
                                  .part_count = count,
                                  .signed_on = n->issued_on,
                                  .copies = buf_str(copies),
                                  .print_note = print_note(rq, n) };
    return OK;
}

static str file_name(struct rq *rq, const struct issue *n, const char *ending)
{
    str name = n->serial ? issue_name(rq, n) : n->title;
    return arena_printf(rq->mem, "%.*s%s", (int)name.len, name.ptr, ending);
}

err file_issue_pdf(struct rq *rq, struct res *res)
{
    struct issue n;
    struct paper_letter paper;
    bytes pdf;
    TRY(issue_open(rq, rq->path_id, &n));
    TRY(paper_make(rq, &n, &paper));
    TRY(paper_letter_pdf(rq->mem, &paper, &pdf));
    res_bytes(res, pdf, file_name(rq, &n, ".pdf"), "application/pdf", true);
    return OK;
}

err file_issue_docx(struct rq *rq, struct res *res)
{
    struct issue n;
    struct paper_letter paper;
    bytes docx;
    TRY(issue_open(rq, rq->path_id, &n));
    TRY(paper_make(rq, &n, &paper));
    TRY(paper_letter_docx(rq->mem, &paper, &docx));
    res_bytes(res, docx, file_name(rq, &n, ".docx"), DOCX_TYPE, false);
    return OK;
}
