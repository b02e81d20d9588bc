/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Answers as the copy for all prints them: out of what agencies have marked public, the newest of
 * each, masked; promises by text and day, without who answers for them and his telephone. What
 * speaks to all that are answered together only where all of them may be public. The letters of the
 * office's own copy: reply_papers. */
#include "modules/compendium/compendium.h"
#include "modules/outcomes/outcome.h"
#include "modules/publications/publication.h"
#include "modules/publications/publication_replies.h"
#include "modules/replies/reply_letter.h"
#include "platform/base/str.h"
#include "platform/settings/settings.h"
#include "platform/text/mask.h"
#include "platform/text/text_date.h"
#include "platform/text/texts.h"

enum { PARTS_EXTRA = 3 };

/* One answer being printed. */
struct printing {
    struct rq *rq;
    const struct public_reply *reply;
    struct paper_part *parts;
    size_t count;
    bool whole;
};

static void put(struct printing *p, enum paper_kind kind, str text)
{
    if (text.len)
        p->parts[p->count++] = (struct paper_part){ kind, text };
}

static void put_masked(struct printing *p, str text)
{
    put(p, PAPER_BODY, mask_text(p->rq->mem, text, MASK_NUMBERS));
}

/* Out of this answer, and about an item that stands in it or, where all may be public, about none.
 */
static bool is_promised(const struct printing *p, const struct promise *promise)
{
    const struct public_answer *all = p->reply->answers.items;
    if (promise->assignment_id != p->reply->assignment_id || promise->round != p->reply->round)
        return false;
    for (size_t i = 0; i < p->reply->answers.count; i++)
        if (promise->item_number == all[i].item_number)
            return true;
    return promise->item_number == 0 && p->whole;
}

static void promises_put(struct printing *p, const struct rows *promises)
{
    const struct promise *all = promises->items;
    struct arena *mem = p->rq->mem;
    i64 n = 0;
    for (size_t i = 0; i < promises->count; i++) {
        if (!is_promised(p, &all[i]))
            continue;
        if (n == 0)
            put(p, PAPER_HEADING2, text_find("assignments.letter_promises"));
        str what = text_format(mem, "assignments.letter_promise", str_number(p->rq->mem, ++n),
                               mask_text(mem, all[i].text, MASK_NUMBERS));
        str until =
            text_format(mem, "compendium.promise_until", text_date(mem, all[i].due_on), str_of(""));
        put(p, PAPER_BODY,
            arena_printf(mem, "%.*s%.*s", (int)what.len, what.ptr, (int)until.len, until.ptr));
    }
}

static void parts_put(struct printing *p, const struct rows *promises)
{
    const struct public_reply *r = p->reply;
    const struct public_answer *all = r->answers.items;
    if (p->whole)
        put_masked(p, r->opening);
    for (size_t i = 0; i < r->answers.count; i++) {
        str result =
            all[i].result.len ? text_label("assignments.result", all[i].result) : str_of("");
        put(p, PAPER_HEADING2,
            text_format(p->rq->mem, "assignments.letter_item",
                        str_number(p->rq->mem, all[i].number), result));
        put_masked(p, all[i].text);
    }
    promises_put(p, promises);
    if (p->whole)
        put_masked(p, r->closing);
}

/* "A" of "A 已解决". */
static str class_mark(struct rq *rq, const struct public_reply *r)
{
    i64 on = r->signed_at ? day_of_ms(r->signed_at) : 0;
    str rest = dictionary_label_on(rq, "assignments.classes", r->class, on), word;
    return r->class.len && str_split(&rest, ' ', &word) ? word : str_of("");
}

err compendium_public_papers(struct rq *rq, const struct proposal *handled,
                             const struct proposal *p, struct rows *out)
{
    struct rows replies, promises;
    struct printing printing = { .rq = rq };
    TRY(publication_replies(rq, "proposals", handled->id, p->id, &replies));
    TRY(promise_list_of(rq, "proposals", handled->id, &promises));
    TRY(publication_whole(rq, handled, &printing.whole));
    const struct public_reply *all = replies.items;
    struct reply_paper *papers = arena_array(rq->mem, replies.count + 1, sizeof *papers);
    *out = (struct rows){ papers, 0, sizeof *papers };
    for (size_t i = 0; i < replies.count; i++) {
        if (!all[i].is_last)
            continue;
        struct paper_letter *letter = arena_zero(rq->mem, sizeof *letter);
        size_t most = all[i].answers.count * 2 + promises.count + PARTS_EXTRA;
        printing.reply = &all[i];
        printing.parts = arena_array(rq->mem, most, sizeof *printing.parts);
        printing.count = 0;
        parts_put(&printing, &promises);
        *letter =
            (struct paper_letter){ .number = all[i].number,
                                   .mark = class_mark(rq, &all[i]),
                                   .seal = all[i].agency_name,
                                   .signed_on = all[i].signed_at ? day_of_ms(all[i].signed_at) : 0,
                                   .parts = printing.parts,
                                   .part_count = printing.count };
        papers[out->count++] =
            (struct reply_paper){ all[i].assignment_id, true, all[i].agency_name, letter };
    }
    return OK;
}
