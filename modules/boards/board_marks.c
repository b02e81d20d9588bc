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

static err take_one(struct rq *rq, i64 id, bool *refused)
{
    struct proposal p;
    str reader;
    TRY(proposal_find(rq, id, &p));
    TRY(board_read_by(rq, id, &reader));
    if (reader.len) {
        rq_fault(rq, "cases", "boards.read_by",
                 board_case_words(rq, proposal_number(rq, &p), p.title), reader);
        *refused = true;
        return OK;
    }
    return board_store_put(rq->db, &(struct board_mark){ .proposal_id = id,
                                                         .account_id = rq->actor->account_id,
                                                         .taken_at = rq->now_ms,
                                                         .account_name = rq->actor->name });
}

err board_take(struct rq *rq, const ids *proposals, bool off)
{
    bool refused = false;
    for (size_t i = 0; i < proposals->count; i++)
        if (off)
            TRY(board_store_remove(rq->db, proposals->items[i], rq->actor->account_id));
        else
            TRY(take_one(rq, proposals->items[i], &refused));
    return refused ? err_make(ERR_CONFLICT, "boards.taken") : OK;
}

err job_board_expire(struct rq *rq, bool *again)
{
    *again = false;
    return board_store_expire(rq->db, board_marks_ended(rq));
}
