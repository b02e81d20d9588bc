/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What of somebody goes who was named and not elected, when its time is over: for
 * modules/retention, which says when. */
#ifndef HT_NOMINATIONS_NOMINATION_END_H
#define HT_NOMINATIONS_NOMINATION_END_H
#include "platform/web/web.h"

/* Who he is goes, why he was named, what the check and anybody else said of him, with the words of
 * the steps; that somebody was named by whom for which sector, the ground and the vote stay for the
 * record. Errors: NOT_FOUND nominations.not_found; those of the database. */
err nomination_forget(struct rq *rq, i64 id);
#endif
