/* SPDX-License-Identifier: MulanPSL-2.0 */
/* From one form for several proposals to the form of each one's step. */
#ifndef HT_BOARDS_BOARD_ACTS_H
#define HT_BOARDS_BOARD_ACTS_H
#include "modules/boards/board.h"
#include "modules/proposals/proposal.h"

/* What is asked once for all. cases: "id:version" of each as its reader saw it. own: each by its
 * own category and by the wishes of its review, else of its proposer, instead of category, host_id
 * and cohosts. next: the board to go back to. ask: comes from the board, which asks for
 * nothing: what needs more is asked for on a page of its own. */
struct board_steps_input {
    str verb, category, reason, destination, opinion, next;
    strs cases;
    i64 host_id, due_on;
    ids cohosts;
    bool own, ask;
};

/* "12:3" as a case without input; false if it is none. */
bool board_case_read(str text, struct board_case *out);

/* Cases of a list of "id" (version 0) or "id:version", each once; faults boards.bad_case for what
 * is neither. */
struct board_cases {
    struct board_case *items;
    size_t count;
};
struct board_cases board_cases_read(struct rq *rq, const strs *texts);

/* Whether a verb asks for more than which cases. */
bool board_asks_more(str verb);

/* Does it: see board_steps. Errors: INVALID form.faults where the verb needs what is not given, and
 * boards.bad_case; those of board_steps. */
err board_act(struct rq *rq, const struct board_steps_input *in);
#endif
