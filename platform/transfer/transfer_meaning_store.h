/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Rows of transfer_meanings. For transfer_meaning.c only. */
#ifndef HT_TRANSFER_TRANSFER_MEANING_STORE_H
#define HT_TRANSFER_TRANSFER_MEANING_STORE_H
#include "platform/transfer/transfer_meaning.h"

/* Empty = none. Errors: those of the database. */
err meaning_store_find(struct db *db, str peer, const struct transfer_meaning *asked,
                       struct arena *mem, str *meaning);

/* Errors: those of the database. */
err meaning_store_put(struct rq *rq, str peer, const struct transfer_meaning *said);

/* *removed: whether there was one. Errors: those of the database. */
err meaning_store_remove(struct db *db, str peer, const struct transfer_meaning *said,
                         bool *removed);
#endif
