/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The answer as a letter in GB/T 9704 shape (rules.md 10.2): number, class mark at the upper
 * right, signer, title, addressee, opening, an answer to each item, closing, seal and date,
 * contact, copies. Of a cohost: its contribution to the host. */
#include "modules/replies/reply_letter.h"

#include "modules/assignments/assignment_origin.h"
#include "modules/replies/reply_pages.h"
#include "platform/base/str.h"
#include "platform/docs/docs_measures.h"
#include "platform/text/texts.h"

enum { PARTS_EXTRA = 4 };

struct letter_input {
    i64 id, round; /* round 0 = the last delivered, else the draft */
    i64 origin;    /* of several that are answered together: whose letter; 0 = the main one's */
};

/* What a letter answers: all of it, or one of several matters that are answered together. */
struct answered {
    const struct assignment_sheet *sheet;
    const struct assignment *assignment;
    const struct reply *reply;
    const struct assignment_origin *origin; /* NULL: there is one alone */
};

/* Every signer by name, persons as members: the answer goes to each of them. */
static str addressee(struct rq *rq, const struct answered *w)
{
    const struct assignment_person *all = w->sheet->persons.items;
    ids persons = { arena_array(rq->mem, w->sheet->persons.count + 1, sizeof(i64)), 0 };
    strs names = { 0 };
    if (w->origin)
        return w->origin->addressee;
    for (size_t i = 0; i < w->sheet->persons.count; i++) {
        persons.items[persons.count++] = all[i].person_id;
        strs_add(rq->mem, &names, all[i].name);
    }
    return origin_addressee(rq, &persons, &names);
}

/* "关于政协六届三次会议第0137号提案的答复": number, and what kind of matter it is; of a plain one
 * its title. */
static str title_of(struct rq *rq, const struct assignment *a, const char *text, const char *plain)
{
    if (a->plain)
        return text_format(rq->mem, plain, a->matter_title, str_of(""));
    return text_format(rq->mem, text, a->matter_number.len ? a->matter_number : a->matter_title,
                       text_label("menu", a->matter));
}

/* "…第0138号提案的答复（与第0137号提案合并办理）". */
static str answer_title(struct rq *rq, const struct answered *w)
{
    str title = title_of(rq, w->assignment, "assignments.letter_title", "assignments.plain_title");
    if (!w->origin || w->origin->position == 1)
        return title;
    str own = text_format(rq->mem, "assignments.letter_title",
                          w->origin->number.len ? w->origin->number : w->origin->title,
                          text_label("menu", w->assignment->matter));
    return text_format(rq->mem, "assignments.letter_together", own, w->assignment->matter_number);
}

static str contact_line(struct rq *rq, str operator, str phone)
{
    return text_format(rq->mem, "assignments.letter_contact", operator, phone);
}

/* ---- promises ---- */

size_t letter_count_promises(const struct assignment_sheet *sheet, i64 reply_id)
{
    const struct reply_promise *all = sheet->promises.items;
    size_t n = 0;
    for (size_t i = 0; i < sheet->promises.count; i++)
        n += all[i].reply_id == reply_id;
    return n > 0 ? n + 1 : 0;
}

/* What is about an item of one of several matters stands in its letter alone, by the number that
 * the item has there. */
static bool letter_promise(const struct assignment_sheet *sheet, i64 origin_id,
                           struct reply_promise *p)
{
    const struct assignment_item *items = sheet->items.items;
    if (origin_id == 0 || p->item_number == 0)
        return true;
    for (size_t i = 0; i < sheet->items.count; i++)
        if (items[i].number == p->item_number) {
            p->item_number = items[i].origin_number;
            return items[i].origin_id == origin_id;
        }
    return false;
}

size_t letter_put_promises(struct rq *rq, const struct assignment_sheet *sheet, i64 reply_id,
                           i64 origin_id, struct paper_part *parts)
{
    const struct reply_promise *all = sheet->promises.items;
    size_t n = 0;
    for (size_t i = 0; i < sheet->promises.count; i++) {
        struct reply_promise p = all[i];
        if (p.reply_id != reply_id || !letter_promise(sheet, origin_id, &p))
            continue;
        if (n == 0)
            parts[n++] =
                (struct paper_part){ PAPER_HEADING2, text_find("assignments.letter_promises") };
        str until = text_format(rq->mem, "assignments.letter_until", paper_day(rq->mem, p.due_on),
                                promise_words(rq, &p));
        str what =
            text_format(rq->mem, "assignments.letter_promise", str_number(rq->mem, (i64)n), p.text);
        parts[n++] =
            (struct paper_part){ PAPER_BODY, arena_printf(rq->mem, "%.*s%.*s", (int)what.len,
                                                          what.ptr, (int)until.len, until.ptr) };
    }
    return n;
}

/* ---- the answer ---- */

/* Opening, then heading and answer of each item, promises, closing. */
static void parts_make(struct rq *rq, const struct answered *w, struct paper_letter *letter)
{
    const struct assignment_sheet *sheet = w->sheet;
    const struct assignment_item *items = sheet->items.items;
    const struct reply *r = w->reply;
    i64 origin_id = w->origin ? w->origin->origin_id : 0;
    size_t most = sheet->items.count * 2 + letter_count_promises(sheet, r->id) + PARTS_EXTRA;
    struct paper_part *parts = arena_array(rq->mem, most, sizeof *parts);
    size_t n = 0;
    parts[n++] = (struct paper_part){ PAPER_ADDRESSEE, addressee(rq, w) };
    parts[n++] = (struct paper_part){ PAPER_BODY, r->opening };
    for (size_t i = 0; i < sheet->items.count; i++) {
        if (w->origin && items[i].origin_id != origin_id)
            continue;
        const struct reply_answer *x = sheet_answer(sheet, r->id, items[i].number);
        str result = x && x->result.len ? text_label("assignments.result", x->result) : str_of("");
        str number = str_number(rq->mem, w->origin ? items[i].origin_number : items[i].number);
        parts[n++] = (struct paper_part){
            PAPER_HEADING2,
            text_format(rq->mem,
                        w->assignment->plain ? "assignments.plain_item" : "assignments.letter_item",
                        number, result)
        };
        parts[n++] = (struct paper_part){ PAPER_BODY, x ? x->text : str_of("") };
    }
    n = letter_put_promises(rq, sheet, r->id, origin_id, parts + n) + n;
    parts[n++] = (struct paper_part){ PAPER_BODY, r->closing };
    letter->parts = parts;
    letter->part_count = n;
}

static void answer_letter(struct rq *rq, const struct answered *w, struct paper_letter *letter)
{
    const struct assignment *a = w->assignment;
    const struct reply *r = w->reply;
    *letter =
        (struct paper_letter){ .issuer = a->agency_name,
                               .number = w->origin ? sheet_letter_number(w->sheet, r, w->origin)
                                                   : r->number,
                               .mark = assignment_class_mark(rq, r->class, r->signed_at),
                               .title = answer_title(rq, w),
                               .seal = a->agency_name,
                               .signed_on = r->signed_at ? day_of_ms(r->signed_at) : rq->today,
                               .contact = contact_line(rq, r->operator, r->phone) };
    if (r->signer.len > 0)
        letter->signer = text_format(rq->mem, "assignments.letter_signer", r->signer, str_of(""));
    if (r->copies.len > 0)
        letter->copies = text_format(rq->mem, "assignments.letter_copies", r->copies, str_of(""));
    parts_make(rq, w, letter);
}

static str host_name(const struct assignment_sheet *sheet)
{
    const struct assignment *all = sheet->assignments.items;
    for (size_t i = 0; i < sheet->assignments.count; i++)
        if (str_is(all[i].role, "host"))
            return all[i].agency_name;
    return str_of("");
}

static void contribution_letter(struct rq *rq, const struct assignment_sheet *sheet,
                                const struct assignment *a, const struct contribution *c,
                                struct paper_letter *letter)
{
    struct paper_part *parts = arena_array(rq->mem, 2, sizeof *parts);
    parts[0] =
        (struct paper_part){ PAPER_ADDRESSEE, text_format(rq->mem, "assignments.letter_addressee",
                                                          host_name(sheet), str_of("")) };
    parts[1] = (struct paper_part){ PAPER_BODY, c->body };
    *letter =
        (struct paper_letter){ .issuer = a->agency_name,
                               .number = c->number,
                               .title = title_of(rq, a, "assignments.letter_contribution",
                                                 "assignments.plain_contribution"),
                               .parts = parts,
                               .part_count = 2,
                               .seal = a->agency_name,
                               .signed_on = day_of_ms(c->signed_at ? c->signed_at : c->given_at),
                               .contact = contact_line(rq, c->operator, c->phone) };
    if (c->signer.len > 0)
        letter->signer = text_format(rq->mem, "assignments.letter_signer", c->signer, str_of(""));
}

static const struct reply *chosen_reply(const struct assignment_sheet *sheet,
                                        const struct assignment *a, i64 round)
{
    const struct reply *all = sheet->replies.items, *last = sheet_delivered(sheet, a->id);
    for (size_t i = 0; i < sheet->replies.count; i++)
        if (all[i].assignment_id == a->id && all[i].round == round)
            return &all[i];
    return last && round == 0 ? last : sheet_draft(sheet, a);
}

static err letter_of(struct rq *rq, const struct assignment *a,
                     const struct assignment_sheet *sheet, struct paper_letter *out)
{
    const struct letter_input *in = rq->input;
    const struct reply *reply = chosen_reply(sheet, a, in ? in->round : 0);
    const struct contribution *all = sheet->contributions.items, *given = NULL;
    for (size_t i = 0; i < sheet->contributions.count; i++)
        if (all[i].assignment_id == a->id)
            given = &all[i];
    struct answered what = { sheet, a, reply, NULL };
    if (sheet->origins.count)
        what.origin = sheet_origin(sheet, in && in->origin ? in->origin : a->matter_id);
    if (in && in->origin && !what.origin)
        return err_make(ERR_NOT_FOUND, "assignments.no_letter");
    if (reply)
        answer_letter(rq, &what, out);
    else if (given)
        contribution_letter(rq, sheet, a, given, out);
    else
        return err_make(ERR_NOT_FOUND, "assignments.no_letter");
    return OK;
}

/* The letter that was asked for, as the actor may see it. */
static err letter_make(struct rq *rq, struct paper_letter *out)
{
    struct assignment a;
    struct assignment_sheet sheet;
    TRY(assignment_sheet_near(rq, rq->path_id, &a, &sheet));
    return letter_of(rq, &a, &sheet, out);
}

err file_reply_pdf(struct rq *rq, struct res *res)
{
    struct paper_letter letter;
    bytes pdf;
    TRY(letter_make(rq, &letter));
    TRY(paper_letter_pdf(rq->mem, &letter, &pdf));
    res_bytes(res, pdf, text_format(rq->mem, "assignments.letter_file", letter.title, str_of("")),
              "application/pdf", true);
    return OK;
}

err file_reply_docx(struct rq *rq, struct res *res)
{
    struct paper_letter letter;
    bytes docx;
    TRY(letter_make(rq, &letter));
    TRY(paper_letter_docx(rq->mem, &letter, &docx));
    res_bytes(res, docx, text_format(rq->mem, "assignments.letter_word", letter.title, str_of("")),
              DOCX_TYPE, false);
    return OK;
}

err reply_papers(struct rq *rq, const char *collection, i64 matter_id, i64 origin_id,
                 struct rows *out)
{
    struct matter_key key = { str_of(collection), matter_id };
    struct assignment_sheet sheet;
    TRY(assignment_sheet_load(rq, &key, &sheet));
    const struct assignment *all = sheet.assignments.items;
    const struct assignment_origin *origin =
        sheet.origins.count ? sheet_origin(&sheet, origin_id ? origin_id : matter_id) : NULL;
    struct reply_paper *papers = arena_array(rq->mem, sheet.assignments.count + 1, sizeof *papers);
    *out = (struct rows){ papers, 0, sizeof *papers };
    if (origin_id && origin_id != matter_id && !origin)
        return OK;
    for (size_t i = 0; i < sheet.assignments.count; i++) {
        const struct reply *reply = sheet_delivered(&sheet, all[i].id);
        if (!reply || str_is(all[i].state, "reassigned"))
            continue;
        struct paper_letter *letter = arena_zero(rq->mem, sizeof *letter);
        answer_letter(rq, &(struct answered){ &sheet, &all[i], reply, origin }, letter);
        papers[out->count++] =
            (struct reply_paper){ all[i].id, reply->public, all[i].agency_name, letter };
    }
    return OK;
}

static const struct input LETTER_INPUTS[] = {
    { FIELD(struct letter_input, id), .kind = INPUT_ID },
    { FIELD(struct letter_input, round), .kind = INPUT_NUMBER, .max = 1000 },
    { FIELD(struct letter_input, origin), .kind = INPUT_ID },
    { .field = { 0 } },
};
const struct form REPLY_LETTER_FORM = { "assignments.letter", sizeof(struct letter_input),
                                        LETTER_INPUTS };
