/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Words that several files of this module say alike. */
#ifndef HT_BOARDS_BOARD_WORDS_H
#define HT_BOARDS_BOARD_WORDS_H
#include "platform/web/web.h"

/* "09:12" of today, "11-25 09:12" of another day; China Standard Time. */
str board_moment(struct rq *rq, i64 ms);

/* A case in a line: its number and its title. */
str board_case_words(struct rq *rq, str number, str title);
#endif
