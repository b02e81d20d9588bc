/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The message shown once on the next page: a text key and an argument in a signed cookie, so
 * that showing it needs no write. */
#ifndef HT_WEB_FLASH_H
#define HT_WEB_FLASH_H
#include "platform/web/exchange.h"

/* The words that the last answer left for this page, empty if none. Taking them makes the answer
 * delete the cookie. bad: whether they tell of something that failed or wants care, by the name of
 * the text: it ends in "_bad". */
str flash_take(struct rq *rq, bool *bad);

/* Sets or deletes the cookie as the response asks; called once when the answer is completed. */
void flash_finish(struct res *res);
#endif
