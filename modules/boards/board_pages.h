/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Handlers of this module. */
#ifndef HT_BOARDS_BOARD_PAGES_H
#define HT_BOARDS_BOARD_PAGES_H
#include "modules/boards/board_acts.h"

/* One step for several, as a page's form and in the API: struct board_steps_input. Errors: those of
 * board_act. */
err page_board_steps(struct rq *rq, struct res *res);
#endif
