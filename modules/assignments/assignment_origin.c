/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Matters that are answered together: words of a letter's addressee, looking things up on a sheet,
 * and the letters for other modules. The letters themselves: modules/replies. */
#include "modules/assignments/assignment_origin.h"
#include "platform/text/texts.h"

enum { NAMES_MAX = 4000 };

str origin_addressee(struct rq *rq, const ids *persons, const strs *names)
{
    struct buf *b = buf_new(rq->mem, NAMES_MAX);
    for (size_t i = 0; i < names->count; i++) {
        if (i > 0)
            buf_add(b, text_find("assignments.letter_and"));
        buf_add(b, persons->items[i] ? text_format(rq->mem, "assignments.letter_person",
                                                   names->items[i], str_of(""))
                                     : names->items[i]);
    }
    return text_format(rq->mem, "assignments.letter_addressee", buf_str(b), str_of(""));
}

err assignment_list_origins(struct rq *rq, const struct assignment *a, struct rows *out)
{
    struct matter_key key = assignment_matter(a);
    return origin_store_list(rq->db, &key, rq->mem, out);
}

const struct assignment_origin *sheet_origin(const struct assignment_sheet *sheet, i64 origin_id)
{
    const struct assignment_origin *all = sheet->origins.items;
    for (size_t i = 0; i < sheet->origins.count; i++)
        if (all[i].origin_id == origin_id)
            return &all[i];
    return NULL;
}

str sheet_letter_number(const struct assignment_sheet *sheet, const struct reply *reply,
                        const struct assignment_origin *origin)
{
    const struct reply_letter *all = sheet->letters.items;
    if (origin->position == 1)
        return reply->number;
    for (size_t i = 0; i < sheet->letters.count; i++)
        if (all[i].reply_id == reply->id && all[i].origin_id == origin->origin_id)
            return all[i].number;
    return str_of("");
}

str sheet_item_origin(const struct assignment_sheet *sheet, const struct assignment_item *item)
{
    const struct assignment_origin *origin = sheet_origin(sheet, item->origin_id);
    if (!origin)
        return str_of("");
    return text_format(sheet->rq->mem, "assignments.item_origin", origin->number,
                       arena_printf(sheet->rq->mem, "%lld", (long long)item->origin_number));
}

static bool has_item(const struct assignment_sheet *sheet, i64 number)
{
    const struct assignment_item *all = sheet->items.items;
    for (size_t i = 0; i < sheet->items.count; i++)
        if (all[i].number == number)
            return true;
    return false;
}

void sheet_keep_main(struct assignment_sheet *sheet, i64 matter_id)
{
    struct assignment_item *items = sheet->items.items;
    struct reply_answer *answers = sheet->answers.items;
    struct reply_promise *promises = sheet->promises.items;
    size_t kept = 0, kept_answers = 0, kept_promises = 0;
    if (sheet->origins.count == 0)
        return;
    for (size_t i = 0; i < sheet->items.count; i++)
        if (items[i].origin_id == matter_id)
            items[kept++] = items[i];
    sheet->items.count = kept;
    for (size_t i = 0; i < sheet->answers.count; i++)
        if (has_item(sheet, answers[i].number))
            answers[kept_answers++] = answers[i];
    sheet->answers.count = kept_answers;
    for (size_t i = 0; i < sheet->promises.count; i++)
        if (promises[i].item_number == 0 || has_item(sheet, promises[i].item_number))
            promises[kept_promises++] = promises[i];
    sheet->promises.count = kept_promises;
    sheet->origins.count = sheet->letters.count = 0;
}
