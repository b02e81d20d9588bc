/* SPDX-License-Identifier: MulanPSL-2.0 */
/* A public reply as a letter in the shape of GB/T 9704, out of what the page shows: without signer,
 * contact and copies. The letter that goes to the proposer:
 * modules/assignments/assignment_letter.c.
 */
#include "modules/publications/publication_facts.h"
#include "platform/docs/docs.h"
#include "platform/text/texts.h"

enum { PARTS_EXTRA = 4 };

static void add(struct paper_letter *letter, struct paper_part *parts, enum paper_kind kind,
                str text)
{
    if (text.len)
        parts[letter->part_count++] = (struct paper_part){ kind, text };
}

static void parts_make(struct rq *rq, const struct publication_facts *f,
                       const struct publication_reply *r, struct paper_letter *letter)
{
    const struct publication_answer *all = r->answers.items;
    struct paper_part *parts =
        arena_array(rq->mem, r->answers.count * 2 + PARTS_EXTRA, sizeof *parts);
    str names = f->names.len ? f->names : text_find("publications.proposer");
    letter->parts = parts;
    add(letter, parts, PAPER_ADDRESSEE,
        text_format(rq->mem, "assignments.letter_addressee", names, str_of("")));
    add(letter, parts, PAPER_BODY, r->opening);
    for (size_t i = 0; i < r->answers.count; i++) {
        str number = arena_printf(rq->mem, "%lld", (long long)all[i].number);
        add(letter, parts, PAPER_HEADING2,
            text_format(rq->mem, "assignments.letter_item", number, all[i].result));
        add(letter, parts, PAPER_BODY, all[i].text);
    }
    add(letter, parts, PAPER_BODY, r->closing);
}

static const struct publication_reply *reply_of(const struct publication_facts *f, i64 id)
{
    const struct publication_reply *all = f->replies.items;
    for (size_t i = 0; i < f->replies.count; i++)
        if (all[i].assignment_id == id)
            return &all[i];
    return NULL;
}

err file_publication_reply(struct rq *rq, struct res *res)
{
    const struct publication_reply_input *in = rq->input;
    struct publication_facts facts;
    bytes pdf;
    TRY(publication_facts_load(rq, rq->path_id, &facts));
    const struct publication_reply *r = reply_of(&facts, in->file);
    if (!r)
        return err_make(ERR_NOT_FOUND, "publications.no_reply");
    struct paper_letter letter = { .issuer = r->agency_name,
                                   .number = r->number,
                                   .mark = r->mark,
                                   .title = text_format(rq->mem, "assignments.letter_title",
                                                        facts.number, text_find("menu.proposals")),
                                   .seal = r->agency_name,
                                   .signed_on = r->signed_on };
    parts_make(rq, &facts, r, &letter);
    TRY(paper_letter_pdf(rq->mem, &letter, &pdf));
    res_header(res, "X-Robots-Tag", str_of("all"));
    res_bytes(res, pdf, text_format(rq->mem, "assignments.letter_file", letter.title, str_of("")),
              "application/pdf", true);
    return OK;
}
