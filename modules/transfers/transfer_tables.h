/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Tables of proposals and assignments that travel. */
#ifndef HT_TRANSFERS_TRANSFER_TABLES_H
#define HT_TRANSFERS_TRANSFER_TABLES_H
#include "platform/transfer/transfer.h"

/* Ends with a zero row. */
extern const struct transfer_table TRANSFER_TABLES[];

/* Numbers that the house gives next stay behind those that came (transfer_landed.c). */
err transfer_proposal_landed(struct rq *rq, i64 id, const struct json_tree *row);
err transfer_reply_landed(struct rq *rq, i64 id, const struct json_tree *row);
#endif
