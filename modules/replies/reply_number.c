/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Numbers of letters (rules.md 10.1, 10.2): a sequence by prefix and year, without gaps. The
 * letters themselves: reply_letter.c. */
#include "modules/orgs/org.h"
#include "modules/replies/reply_rules.h"
#include "modules/replies/reply_store.h"
#include "platform/calendar/calendar.h"
#include "platform/text/texts.h"

/* An agency without a 机关代字 of its own goes by its short name. */
err reply_number_next(struct rq *rq, const struct assignment *a, str *out)
{
    struct org agency;
    i64 number = 0;
    int year, month, mday;
    day_to_civil(rq->today, &year, &month, &mday);
    TRY(org_find(rq, a->agency_id, &agency));
    str prefix = agency.letter_prefix;
    if (prefix.len == 0)
        prefix = text_format(rq->mem,
                             a->plain ? "assignments.plain_prefix" : "assignments.letter_prefix",
                             agency.short_name.len ? agency.short_name : agency.name, str_of(""));
    if (!assignment_answers(a)) /* rules.md 10.2: a sequence of its own */
        prefix = text_format(rq->mem, "assignments.cohost_prefix", prefix, str_of(""));
    TRY(reply_store_next_number(rq->db, prefix, year, &number));
    str head =
        text_format(rq->mem, "assignments.letter_year", prefix, arena_printf(rq->mem, "%d", year));
    *out = text_format(rq->mem, "assignments.letter_number", head,
                       arena_printf(rq->mem, "%lld", (long long)number));
    return OK;
}

err reply_number_all(struct rq *rq, const struct assignment *a, struct reply *reply)
{
    struct rows rows;
    if (a->plain && !a->numbered)
        return OK;
    if (reply->number.len == 0)
        TRY(reply_number_next(rq, a, &reply->number));
    TRY(assignment_list_origins(rq, a, &rows));
    const struct assignment_origin *all = rows.items;
    for (size_t i = 1; i < rows.count; i++) {
        struct reply_letter letter = { .reply_id = reply->id, .origin_id = all[i].origin_id };
        bool has = false;
        TRY(reply_letter_store_has(rq->db, reply->id, letter.origin_id, &has));
        if (has)
            continue;
        TRY(reply_number_next(rq, a, &letter.number));
        TRY(reply_letter_store_add(rq->db, &letter));
    }
    return OK;
}

err reply_reach_number(struct rq *rq, str prefix, i64 year, i64 last)
{
    return reply_store_reach_number(rq->db, prefix, year, last);
}
