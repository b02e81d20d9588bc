/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Handlers of this module: the boards (board_show.c), the page of a step and the acts
 * (board_pages.c). All but the page of a step answer as JSON too. */
#ifndef HT_BOARDS_BOARD_PAGES_H
#define HT_BOARDS_BOARD_PAGES_H
#include "modules/boards/board_acts.h"
#include "modules/boards/board_marks.h"

/* session_id 0: of review the present one, of handling every one. own: those of the system of the
 * reader's own body. */
struct board_input {
    i64 session_id;
    str category, kind, column, after;
    bool mine, own;
};

struct board_choice_input {
    str verb, next;
    strs cases;
};

/* Columns of cards. Errors: NOT_FOUND boards.no_column; those of list_page. */
err page_board_review(struct rq *rq, struct res *res);
err page_board_handling(struct rq *rq, struct res *res);

/* A board as it usually is, after a mark was refused. */
err page_board_again(struct rq *rq, struct res *res);

/* The form of a step, for what was ticked; also drawn again after a refusal. */
err page_board_steps_form(struct rq *rq, struct res *res);

/* One step for several: struct board_steps_input. Errors: those of board_act. */
err page_board_steps(struct rq *rq, struct res *res);

/* Reading a card, or no longer: struct board_take_input. Errors: those of board_take. */
err page_board_take(struct rq *rq, struct res *res);

/* board_step_pages.c: pages of steps of one proposal, with its choices or with what stands. */
err page_board_docket(struct rq *rq, struct res *res);
err page_board_preassign(struct rq *rq, struct res *res);
err page_board_assign(struct rq *rq, struct res *res);
err page_board_reconsider(struct rq *rq, struct res *res);
err page_board_merge(struct rq *rq, struct res *res);
err page_board_mark(struct rq *rq, struct res *res);
#endif
