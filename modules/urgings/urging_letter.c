/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The slip as a letter in the shape of GB/T 9704 (platform/docs): to the agency, from the house.
 * Not issued, it has no number and is the office's draft. */
#include "modules/orgs/org.h"
#include "modules/urgings/urging_pages.h"
#include "modules/urgings/urging_rules.h"
#include "platform/docs/docs.h"
#include "platform/text/text_date.h"
#include "platform/text/texts.h"

/* Number and kind of the matter; of one that is answered plainly its title. */
static err words_of(struct rq *rq, const struct urging *u, str *title, str *about)
{
    struct assignment a = { 0 };
    if (str_is(u->flow, "assignments"))
        TRY(assignment_find_house(rq, u->subject_id, &a));
    if (a.plain) {
        *title = text_format(rq->mem, "urgings.letter.plain_title", u->matter_title, str_of(""));
        *about = text_format(rq->mem, "urgings.letter.plain_about", u->matter_title, str_of(""));
        return OK;
    }
    *title = text_format(rq->mem, "urgings.letter.title",
                         u->matter_number.len ? u->matter_number : u->matter_title,
                         text_label("menu", u->matter));
    *about = text_format(rq->mem, "urgings.letter.about", u->matter_number, u->matter_title);
    return OK;
}

static err letter_make(struct rq *rq, struct paper_letter *out)
{
    struct urging u;
    struct org house;
    str title, about;
    TRY(list_find(rq, &URGING_LIST, rq->path_id, &u));
    TRY(org_find_cppcc(rq, &house));
    TRY(words_of(rq, &u, &title, &about));
    i64 due_on = u.due_on > 0 ? u.due_on : urging_due(rq);
    struct paper_part *parts = arena_array(rq->mem, 4, sizeof *parts);
    parts[0] = (struct paper_part){ PAPER_ADDRESSEE, text_format(rq->mem, "urgings.letter.to",
                                                                 u.agency_name, str_of("")) };
    parts[1] = (struct paper_part){ PAPER_BODY, about };
    parts[2] = (struct paper_part){ PAPER_BODY, u.text };
    parts[3] =
        (struct paper_part){ PAPER_BODY, text_format(rq->mem, "urgings.letter.until",
                                                     text_date(rq->mem, due_on), str_of("")) };
    *out = (struct paper_letter){
        .issuer = house.name,
        .number = u.number,
        .title = title,
        .parts = parts,
        .part_count = 4,
        .seal = house.name,
        .signed_on = u.issued_at ? day_of_ms(u.issued_at) : rq->today,
    };
    if (u.issued_name.len > 0)
        out->signer = text_format(rq->mem, "urgings.letter.signer", u.issued_name, str_of(""));
    return OK;
}

err file_urging_pdf(struct rq *rq, struct res *res)
{
    struct paper_letter letter;
    bytes pdf;
    TRY(letter_make(rq, &letter));
    TRY(paper_letter_pdf(rq->mem, &letter, &pdf));
    res_bytes(res, pdf, text_format(rq->mem, "urgings.letter.file", letter.title, str_of("")),
              "application/pdf", true);
    return OK;
}

err file_urging_docx(struct rq *rq, struct res *res)
{
    struct paper_letter letter;
    bytes docx;
    TRY(letter_make(rq, &letter));
    TRY(paper_letter_docx(rq->mem, &letter, &docx));
    res_bytes(res, docx, text_format(rq->mem, "urgings.letter.word", letter.title, str_of("")),
              DOCX_TYPE, false);
    return OK;
}
