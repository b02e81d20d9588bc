/* SPDX-License-Identifier: MulanPSL-2.0 */
/* A case that another house handles in the place of one agency (city and county): what goes there
 * is its text, what comes back is the answer, which becomes that agency's. */
#ifndef HT_TRANSFERS_TRANSFER_HANDING_H
#define HT_TRANSFERS_TRANSFER_HANDING_H
#include "modules/transfers/transfer_case.h"

struct json;
struct json_tree;

/* Tables that stay here for a purpose, attachments among them where none go; in rq->mem. */
const char *const *transfer_without(struct rq *rq, const struct transfer_ask *ask);

/* Columns likewise, of whatever table; NULL = none. */
const char *const *transfer_blank(const struct transfer_ask *ask);

/* Writes the member "handing" of a case that goes to be handled (who asks, by when), or of one that
 * is answered (whose case it is); nothing of a copy. Errors: CONFLICT transfers.not_with (the
 * agency does not have it), transfers.not_asked (the case did not come to be handled),
 * transfers.not_answered_yet, transfers.merged_stays, .split_stays, .confidential_stays. */
err transfer_handing_write(struct rq *rq, const struct transfer_ask *ask, i64 id, struct json *j);

/* Takes in one that is to be handled here: a proposal as it was handed in, in the review; and one
 * that is an answer: the steps of the agency in whose place it was handled. came: what is noted of
 * it. Errors: those of transfer_check; CONFLICT transfers.not_ours_to_answer, transfers.answered,
 * transfers.answer_refused (it does not hold what the rules here want); INVALID transfers.no_text,
 * transfers.no_answer. */
err transfer_handle_take(struct rq *rq, const struct json_tree *tree, str path, str peer_name,
                         struct transfer_case *came);
err transfer_answer_take(struct rq *rq, const struct json_tree *tree, str path,
                         struct transfer_case *came);
#endif
