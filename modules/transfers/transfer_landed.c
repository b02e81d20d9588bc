/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Numbers that the house gives next stay behind those that came from elsewhere. */
#include "modules/assignments/assignment.h"
#include "modules/proposals/proposal_whole.h"
#include "modules/replies/reply.h"
#include "modules/transfers/transfer_tables.h"
#include "platform/text/text.h"
#include "platform/web/json_tree.h"

enum { LAST_MOST = 1000000 }; /* what no house reaches would end the sequence */

err transfer_proposal_landed(struct rq *rq, i64 id, const struct json_tree *row)
{
    (void)row;
    return proposal_reach_numbers(rq, id);
}

static size_t digits_before(str s, size_t end)
{
    size_t n = 0;
    while (n < end && s.ptr[end - n - 1] >= '0' && s.ptr[end - n - 1] <= '9')
        n++;
    return n;
}

/* The place behind the last digit before `end`; 0 = there is none. */
static size_t last_digit(str s, size_t end)
{
    while (end && digits_before(s, end) == 0)
        end--;
    return end;
}

/* A letter's number ends with the year in brackets and its place in the sequence (text
 * assignments.letter_number); what stands before the bracket is the prefix. Others do not matter:
 * the house does not give such. */
err transfer_reply_landed(struct rq *rq, i64 id, const struct json_tree *row)
{
    str number = { "", 0 };
    i64 last = 0, year = 0;
    (void)id;
    json_tree_text(json_tree_member(row, "number"), &number);
    size_t end = last_digit(number, number.len), n = digits_before(number, end);
    size_t year_end = last_digit(number, end - n), y = digits_before(number, year_end);
    size_t at = year_end - y;
    if (!str_to_i64(str_sub(number, end - n, n), &last) ||
        !str_to_i64(str_sub(number, at, y), &year) || at == 0 || last > LAST_MOST)
        return OK;
    do
        at--; /* the bracket, however many bytes it has */
    while (at && ((unsigned char)number.ptr[at] & 0xc0) == 0x80);
    return reply_reach_number(rq, str_sub(number, 0, at), year, last);
}
