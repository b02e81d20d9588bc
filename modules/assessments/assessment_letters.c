/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The result of the year for employers and recommending bodies (rules.md 4), who have no account
 * here: a letter each, with those of its people who were assessed, to be printed and sent. */
#include "modules/assessments/assessment_views.h"
#include "modules/orgs/org.h"
#include "platform/audit/audit.h"
#include "platform/base/str.h"
#include "platform/docs/docs.h"
#include "platform/settings/settings.h"
#include "platform/text/text_date.h"
#include "platform/text/texts.h"

enum { LINES_MAX = 1 << 20, PARTS = 4 };

struct letters {
    struct rq *rq;
    const struct assessment *a;
    struct rows gradings, bodies; /* struct grading, struct grading_body rows */
    str issuer, contact, to, title, begin;
    struct paper_letter *items;
    size_t count;
};

static const struct grading *grading_of(const struct letters *l, i64 id)
{
    const struct grading *all = l->gradings.items;
    for (size_t i = 0; i < l->gradings.count; i++)
        if (all[i].id == id)
            return &all[i];
    return NULL;
}

/* "张某：优秀，授予“优秀政协委员”称号". */
static str line_of(struct rq *rq, const struct grading *g)
{
    str words =
        text_format(rq->mem, "assessments.letter.line", g->name, grading_words(g, g->grade));
    return str_is(g->honour, "granted")
               ? text_format(rq->mem, "assessments.letter.honoured", words, g->honour_title)
               : words;
}

/* The letter to a body, of its people from a row on; says behind which row they end. */
static size_t letter_add(struct letters *l, size_t from)
{
    struct rq *rq = l->rq;
    const struct grading_body *all = l->bodies.items;
    struct buf *lines = buf_new(rq->mem, LINES_MAX);
    struct paper_part *parts = arena_array(rq->mem, PARTS, sizeof *parts);
    size_t at = from;
    for (; at < l->bodies.count && str_eq(all[at].body, all[from].body); at++) {
        const struct grading *g = grading_of(l, all[at].grading_id);
        if (!g)
            continue;
        if (lines->len)
            buf_put_byte(lines, '\n');
        buf_add(lines, line_of(rq, g));
    }
    parts[0] = (struct paper_part){ PAPER_ADDRESSEE, text_format(rq->mem, "assessments.letter.to",
                                                                 all[from].body, str_of("")) };
    parts[1] = (struct paper_part){ PAPER_BODY, l->begin };
    parts[2] = (struct paper_part){ PAPER_BODY, buf_str(lines) };
    parts[3] = (struct paper_part){ PAPER_BODY, text_find("assessments.letter.end") };
    l->items[l->count++] = (struct paper_letter){ .issuer = l->issuer,
                                                  .title = l->title,
                                                  .parts = parts,
                                                  .part_count = PARTS,
                                                  .seal = l->issuer,
                                                  .signed_on = rq->today,
                                                  .contact = l->contact };
    return at;
}

static void words_make(struct letters *l)
{
    struct rq *rq = l->rq;
    const struct assessment *a = l->a;
    bool employer = str_is(l->to, "employer");
    str phone = setting_text(rq, "orgs.phone");
    str decided = text_format(rq->mem, "assessments.circular.decided", a->meeting,
                              text_date(rq->mem, a->decided_on));
    str basis = text_format(rq->mem, "assessments.letter.basis", a->ruleset_name, decided);
    l->title =
        text_format(rq->mem, "assessments.letter.title", str_number(rq->mem, a->year), str_of(""));
    l->begin =
        text_format(rq->mem,
                    employer ? "assessments.letter.employer" : "assessments.letter.nominator",
                    basis, str_number(rq->mem, a->year));
    if (phone.len)
        l->contact = text_format(rq->mem, "assessments.letter.phone", phone, str_of(""));
}

static err letters_make(struct letters *l)
{
    struct rq *rq = l->rq;
    struct org house;
    TRY(org_find_cppcc(rq, &house));
    l->issuer = house.name;
    TRY(grading_store_list(rq->db, l->a->id, rq->mem, &l->gradings));
    TRY(grading_store_list_bodies(rq->db, l->a->id, l->to, rq->mem, &l->bodies));
    if (l->bodies.count == 0)
        return err_make(ERR_CONFLICT, str_is(l->to, "employer") ? "assessments.no_employers"
                                                                : "assessments.no_nominators");
    words_make(l);
    l->items = arena_array(rq->mem, l->bodies.count, sizeof *l->items);
    for (size_t i = 0; i < l->bodies.count;)
        i = letter_add(l, i);
    return OK;
}

err file_assessment_letters(struct rq *rq, struct res *res)
{
    const struct assessment_letters_input *in = rq->input;
    struct assessment a;
    struct letters l = { .rq = rq,
                         .a = &a,
                         .to = str_of(str_is(in->to, "nominator") ? "nominator" : "employer") };
    bytes pdf;
    TRY(list_find(rq, &ASSESSMENT_LIST, rq->path_id, &a));
    if (!a.notified_at || !assessment_is_decided(&a))
        return err_make(ERR_CONFLICT, "assessments.not_told");
    TRY(letters_make(&l));
    TRY(paper_letters_pdf(rq->mem, l.items, l.count, &pdf));
    TRY(audit_leaving(rq, &(struct audit_entry){ .act = "assessments.letters",
                                                 .object = "assessments",
                                                 .object_id = a.id,
                                                 .after = str_number(rq->mem, (i64)l.count) }));
    res_bytes(res, pdf,
              text_format(rq->mem, "assessments.letter.file", l.title,
                          text_label("choices.to", l.to)),
              "application/pdf", true);
    return OK;
}
