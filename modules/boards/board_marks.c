/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Who reads a card now: set, given back, over after a while. A help among colleagues, no wall: a
 * step is judged by the flow alone. */
#include "modules/boards/board_marks.h"

#include "modules/boards/board_store.h"
#include "modules/boards/board_words.h"
#include "modules/proposals/proposal.h"
#include "platform/settings/settings.h"
#include "platform/text/texts.h"

enum { MINUTE_MS = 60000 };

i64 board_marks_ended(struct rq *rq)
{
    return rq->now_ms - setting_number(rq, "boards.take_minutes") * MINUTE_MS;
}

err board_read_by(struct rq *rq, i64 proposal_id, str *out)
{
    struct board_mark mark;
    *out = (str){ "", 0 };
    err e = board_store_find(rq->db, proposal_id, board_marks_ended(rq), rq->mem, &mark);
    if (e.code == ERR_NOT_FOUND)
        return OK;
    TRY(e);
    if (mark.account_id != rq->actor->account_id)
        *out = text_format(rq->mem, "boards.since", mark.account_name,
                           board_moment(rq, mark.taken_at));
    return OK;
}

static err take_one(struct rq *rq, const struct board_case *c, bool *refused)
{
    struct proposal p;
    str reader;
    TRY(proposal_find(rq, c->id, &p));
    TRY(board_read_by(rq, c->id, &reader));
    bool changed = c->version > 0 && c->version != p.version;
    if (!changed && reader.len == 0)
        return board_store_put(rq->db, &(struct board_mark){ .proposal_id = c->id,
                                                             .account_id = rq->actor->account_id,
                                                             .taken_at = rq->now_ms,
                                                             .account_name = rq->actor->name });
    rq_fault(rq, "cases", changed ? "boards.changed" : "boards.read_by",
             board_case_words(rq, proposal_number(rq, &p), p.title), reader);
    *refused = true;
    return OK;
}

err board_take(struct rq *rq, const struct board_cases *cases)
{
    bool refused = false;
    for (size_t i = 0; i < cases->count; i++)
        TRY(take_one(rq, &cases->items[i], &refused));
    return refused ? err_make(ERR_CONFLICT, "boards.taken") : OK;
}

err board_give_back(struct rq *rq, const struct board_cases *cases)
{
    for (size_t i = 0; i < cases->count; i++)
        TRY(board_store_remove(rq->db, cases->items[i].id, rq->actor->account_id));
    return OK;
}

err job_board_expire(struct rq *rq, bool *again)
{
    *again = false;
    return board_store_expire(rq->db, board_marks_ended(rq));
}
