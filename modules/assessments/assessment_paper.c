/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The circular on a decision (通报) as PDF and DOCX: how many there are of each grade, and by names
 * as far as setting assessments.circular_names says. No points, no order but the roster's. */

#include "modules/assessments/assessment_views.h"
#include "modules/orgs/org.h"
#include "platform/audit/audit.h"
#include "platform/base/str.h"
#include "platform/docs/docs.h"
#include "platform/settings/settings.h"
#include "platform/text/text_date.h"
#include "platform/text/texts.h"

enum { PARTS_FIXED = 5, NAMES_MAX = 1 << 20 };

struct circular {
    struct rq *rq;
    struct assessment a;
    struct rows gradings, sums;
    i64 assessed;
};

static err circular_load(struct rq *rq, struct circular *c)
{
    const struct ruleset *rules;
    *c = (struct circular){ .rq = rq };
    TRY(list_find(rq, &ASSESSMENT_LIST, rq->path_id, &c->a));
    if (!assessment_is_decided(&c->a))
        return err_make(ERR_CONFLICT, "assessments.not_decided");
    TRY(assessment_rules(rq, &c->a, &rules));
    TRY(grading_store_list(rq->db, c->a.id, rq->mem, &c->gradings));
    gradings_order(&c->gradings);
    c->sums = grading_sums(rq, rules, &c->gradings);
    const struct grading *all = c->gradings.items;
    for (size_t i = 0; i < c->gradings.count; i++)
        c->assessed += all[i].assessed;
    return OK;
}

/* "优秀 12 人，称职 250 人". */
static str counts(const struct circular *c)
{
    const struct grading_sum *sums = c->sums.items;
    struct rq *rq = c->rq;
    str words = str_of("");
    for (size_t i = 0; i < c->sums.count; i++) {
        str name = sums[i].name.len ? sums[i].name : text_find("assessments.ungraded");
        if (!sums[i].count)
            continue;
        str next = text_format(rq->mem, "assessments.circular.count", name,
                               str_number(rq->mem, sums[i].count));
        words = words.len ? text_format(rq->mem, "assessments.circular.and", words, next) : next;
    }
    return words;
}

static str names_of(const struct circular *c, str grade)
{
    const struct grading *all = c->gradings.items;
    struct rq *rq = c->rq;
    struct buf *out = buf_new(rq->mem, NAMES_MAX);
    for (size_t i = 0; i < c->gradings.count; i++)
        if (all[i].assessed && str_eq(all[i].grade, grade)) {
            if (out->len)
                buf_add(out, text_find("assessments.circular.comma"));
            buf_add(out, all[i].name);
        }
    return buf_str(out);
}

/* Those named: of no grade, of the best, of all. */
static void names_add(const struct circular *c, struct paper_letter *letter)
{
    str shown = setting_text(c->rq, "assessments.circular_names");
    const struct grading_sum *sums = c->sums.items;
    struct paper_part *parts = (struct paper_part *)letter->parts;
    size_t last = str_is(shown, "all") ? c->sums.count : str_is(shown, "best") ? 1 : 0;
    for (size_t i = 0; i < last; i++) {
        if (!sums[i].count || !sums[i].name.len)
            continue;
        str heading = text_format(c->rq->mem, "assessments.circular.named", sums[i].name,
                                  str_number(c->rq->mem, sums[i].count));
        parts[letter->part_count++] = (struct paper_part){ PAPER_HEADING2, heading };
        parts[letter->part_count++] = (struct paper_part){ PAPER_BODY, names_of(c, sums[i].name) };
    }
}

/* Whom an organ has commended, as many as one decision names together. */
static str honoured_names(const struct circular *c, const struct grading *of)
{
    const struct grading *all = c->gradings.items;
    struct buf *out = buf_new(c->rq->mem, NAMES_MAX);
    for (size_t i = 0; i < c->gradings.count; i++)
        if (str_is(all[i].honour, "granted") && all[i].honour_on == of->honour_on &&
            str_eq(all[i].honour_title, of->honour_title) &&
            str_eq(all[i].honour_meeting, of->honour_meeting)) {
            if (&all[i] < of)
                return str_of(""); /* told already */
            if (out->len)
                buf_add(out, text_find("assessments.circular.comma"));
            buf_add(out, all[i].name);
        }
    return buf_str(out);
}

/* Commendation is public by its nature: it names, whatever the setting says of grades. */
static void honours_add(const struct circular *c, struct paper_letter *letter)
{
    const struct grading *all = c->gradings.items;
    struct paper_part *parts = (struct paper_part *)letter->parts;
    struct rq *rq = c->rq;
    bool first = true;
    for (size_t i = 0; i < c->gradings.count; i++) {
        const struct grading *g = &all[i];
        str names = str_is(g->honour, "granted") ? honoured_names(c, g) : str_of("");
        if (names.len == 0)
            continue;
        str decided = text_format(rq->mem, "assessments.circular.decided", g->honour_meeting,
                                  text_date(rq->mem, g->honour_on));
        if (first)
            parts[letter->part_count++] =
                (struct paper_part){ PAPER_HEADING2, text_find("assessments.circular.honours") };
        first = false;
        parts[letter->part_count++] =
            (struct paper_part){ PAPER_BODY,
                                 text_format(rq->mem, "assessments.circular.names",
                                             text_format(rq->mem, "assessments.circular.honoured",
                                                         decided, g->honour_title),
                                             names) };
    }
}

static err circular_make(struct rq *rq, struct paper_letter *out)
{
    struct circular c;
    struct org house;
    TRY(circular_load(rq, &c));
    TRY(org_find_cppcc(rq, &house));
    struct paper_part *parts =
        arena_array(rq->mem, 2 * c.sums.count + c.gradings.count + PARTS_FIXED, sizeof *parts);
    str year = str_number(rq->mem, c.a.year);
    str decided = text_format(rq->mem, "assessments.circular.decided", c.a.meeting,
                              text_date(rq->mem, c.a.decided_on));
    str people =
        text_format(rq->mem, "assessments.circular.people",
                    str_number(rq->mem, (i64)c.gradings.count), str_number(rq->mem, c.assessed));
    parts[0] = (struct paper_part){ PAPER_ADDRESSEE, text_find("assessments.circular.to") };
    parts[1] = (struct paper_part){ PAPER_BODY, text_format(rq->mem, "assessments.circular.begin",
                                                            c.a.ruleset_name, decided) };
    parts[2] = (struct paper_part){ PAPER_BODY, text_format(rq->mem, "assessments.circular.sums",
                                                            people, counts(&c)) };
    *out = (struct paper_letter){
        .issuer = house.name,
        .number = c.a.document,
        .title = text_format(rq->mem,
                             c.a.corrects_id ? "assessments.circular.title_correct"
                                             : "assessments.circular.title",
                             year, str_of("")),
        .parts = parts,
        .part_count = 3,
        .seal = house.name,
        .signed_on = c.a.decided_on,
    };
    names_add(&c, out);
    honours_add(&c, out);
    return audit_leaving(rq, &(struct audit_entry){ .act = "assessments.circular",
                                                    .object = "assessments",
                                                    .object_id = c.a.id });
}

static str file_name(struct rq *rq, const struct paper_letter *letter, const char *ending)
{
    return text_format(rq->mem, "assessments.circular.file", letter->title, str_of(ending));
}

err file_assessment_pdf(struct rq *rq, struct res *res)
{
    struct paper_letter letter;
    bytes pdf;
    TRY(circular_make(rq, &letter));
    TRY(paper_letter_pdf(rq->mem, &letter, &pdf));
    res_bytes(res, pdf, file_name(rq, &letter, "pdf"), "application/pdf", true);
    return OK;
}

err file_assessment_docx(struct rq *rq, struct res *res)
{
    struct paper_letter letter;
    bytes docx;
    TRY(circular_make(rq, &letter));
    TRY(paper_letter_docx(rq->mem, &letter, &docx));
    res_bytes(res, docx, file_name(rq, &letter, "docx"), DOCX_TYPE, false);
    return OK;
}
