/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What of a letter goes when its time is over: for modules/retention, which says when. */
#ifndef HT_MAILBOX_LETTER_END_H
#define HT_MAILBOX_LETTER_END_H
#include "platform/web/web.h"

/* What anybody wrote about a letter goes, with photos, sender and search; emits mailbox.erased.
 * What is of use for figures stays. Errors: NOT_FOUND db.no_row; those of the database. */
err letter_erase(struct rq *rq, i64 id);

/* Who wrote it goes, what he agreed to ends; what he wrote stays. Errors: those of the database. */
err letter_forget_sender(struct rq *rq, i64 id);
#endif
