/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Who reads a card now. */
#ifndef HT_BOARDS_BOARD_MARKS_H
#define HT_BOARDS_BOARD_MARKS_H
#include "modules/boards/board_acts.h"

/* cases: proposals, "id" or "id:version". off: gives them back. open: the only one is then opened,
 * taken or not. next: the board to go back to. */
struct board_take_input {
    strs cases;
    bool off, open;
    str next;
};

/* Marks set at this moment or before have ended (setting boards.take_minutes). */
i64 board_marks_ended(struct rq *rq);

/* Notes that rq's actor reads them. All or none: a line for each that somebody else reads, or that
 * is no longer as its reader saw it (version, if he says one). Errors: NOT_FOUND
 * proposals.not_found; CONFLICT boards.taken with faults boards.read_by, boards.changed. */
err board_take(struct rq *rq, const struct board_cases *cases);

/* Takes the actor's own marks away. */
err board_give_back(struct rq *rq, const struct board_cases *cases);

/* Who else reads it, "name since"; empty = nobody. Errors: those of the database. */
err board_read_by(struct rq *rq, i64 proposal_id, str *out);

/* Removes what has ended. */
err job_board_expire(struct rq *rq, bool *again);
#endif
